/* SPDX-License-Identifier: Apache-2.0 */
/* The works of one clock.
 *
 * Law: what a fact does to a clock depends on the clock, the fact and the ticket's state after it, and on nothing else.
 * Within one fact: its opening starts first; then changes of policy, target and calendar, cancel, stop, pause and
 * resume, start, restart. Elapsed is open time run; breached is elapsed > target, always. */
#include "sla/clockwork.h"
#include "core/fail.h"

/* --- what the contract says -------------------------------------------------------------------------------------- */

static bool holds(const bpo__condition *condition, const bpo__moment *moment)
{
    return condition != NULL && bpo__condition_holds(condition, moment->attributes);
}

static const bpo_calendar *calendar_of(const bpo__clockwork *works, const bpo__moment *moment)
{
    return works->metric->elapsed_time ? NULL : moment->calendar;
}

/* The target that holds now; false where the metric does not run. */
static bool look_up_target(const bpo__clockwork *works, const bpo__moment *moment, bpo_duration *ret_target)
{
    if (works->objective == NULL)
        return false;
    if (works->ordered >= 0) {
        *ret_target = works->ordered;
        return true;
    }
    return bpo__objective_target(works->objective, moment->attributes, ret_target);
}

static bpo__phase wanted_phase(const bpo__clockwork *works, const bpo__moment *moment)
{
    if (works->needs_category && moment->category_unknown)
        return BPO__PHASE_UNKNOWN;
    return holds(works->objective->pause, moment) ? BPO__PHASE_HELD : BPO__PHASE_RUNNING;
}

/* --- measuring --------------------------------------------------------------------------------------------------- */

/* The cycle's first stretch in whose course the elapsed time comes to the target, or passes it. */
static const bpo__stretch *stretch_of(const bpo__clockwork *works, const bpo__stretches *stretches, bool passes)
{
    if (works->last == BPO__STRETCH_NONE)
        return NULL;
    const bpo__stretch *stretch = &stretches->items[works->last];
    while (stretch->previous != BPO__STRETCH_NONE &&
           (stretch->before > works->target || (!passes && stretch->before == works->target)))
        stretch = &stretches->items[stretch->previous];
    return stretch;
}

static bpo_status show_landing(const bpo__clockwork *works, const bpo__stretch *stretch, bpo_landing landing,
                               bpo_time *ret_at, bpo_error *err)
{
    if (stretch == NULL)
        return BPO_OK;
    return bpo__open_landing(stretch->calendar, stretch->from, works->target - stretch->before, landing, ret_at, err);
}

/* What it has run at an instant, and what it may have run besides. */
static bpo_status measure(const bpo__clockwork *works, const bpo__stretches *stretches, bpo_time at,
                          bpo_duration *ret_elapsed, bpo_duration *ret_doubt, bpo_error *err)
{
    bpo_duration open = 0;
    bpo_status status = BPO_OK;
    if (works->phase == BPO__PHASE_RUNNING) {
        const bpo__stretch *stretch = &stretches->items[works->last];
        status = bpo__open_between(stretch->calendar, stretch->from, at, &open, err);
    } else if (works->phase == BPO__PHASE_UNKNOWN) {
        status = bpo__open_between(works->calendar, works->doubt_from, at, &open, err);
    }
    *ret_elapsed = works->elapsed + (works->phase == BPO__PHASE_RUNNING ? open : 0);
    *ret_doubt = works->doubt + (works->phase == BPO__PHASE_UNKNOWN ? open : 0);
    return status;
}

/* --- moving ------------------------------------------------------------------------------------------------------ */

bool bpo__clockwork_is_active(const bpo__clockwork *works)
{
    return works->phase >= BPO__PHASE_RUNNING && works->phase <= BPO__PHASE_SUSPENDED;
}

/* Ends what was being measured. */
static bpo_status leave(bpo__clockwork *works, const bpo__moment *moment)
{
    bpo_duration open = 0;
    if (works->phase == BPO__PHASE_RUNNING) {
        bpo__stretch *stretch = &moment->stretches->items[works->last];
        bpo_status status = bpo__open_between(stretch->calendar, stretch->from, moment->at, &open, moment->err);
        if (status < 0)
            return status;
        stretch->open = open;
        stretch->ended = true;
        works->elapsed += open;
    } else if (works->phase == BPO__PHASE_UNKNOWN) {
        bpo_status status = bpo__open_between(works->calendar, works->doubt_from, moment->at, &open, moment->err);
        if (status < 0)
            return status;
        works->doubt += open;
    }
    return BPO_OK;
}

static bpo_status enter(bpo__clockwork *works, const bpo__moment *moment, bpo__phase phase)
{
    works->calendar = calendar_of(works, moment);
    works->phase = phase;
    if (phase == BPO__PHASE_UNKNOWN)
        works->doubt_from = moment->at;
    if (phase != BPO__PHASE_RUNNING)
        return BPO_OK;
    bpo__stretch stretch = {
        .from = moment->at, .calendar = works->calendar, .before = works->elapsed, .previous = works->last};
    works->run_told_until = moment->at;
    if (bpo__stretches_add(moment->stretches, &stretch, &works->last) < 0)
        return bpo__fail_memory(moment->err);
    return BPO_OK;
}

/* Also cuts a run where the calendar is another. */
static bpo_status move_to(bpo__clockwork *works, const bpo__moment *moment, bpo__phase phase)
{
    if (phase == works->phase && works->calendar == calendar_of(works, moment))
        return BPO_OK;
    bpo_status status = leave(works, moment);
    return status < 0 ? status : enter(works, moment, phase);
}

static bpo_status finish(bpo__clockwork *works, const bpo__moment *moment, bpo__phase phase)
{
    bool running = works->phase == BPO__PHASE_RUNNING;
    bool suspended = works->phase == BPO__PHASE_SUSPENDED;
    bpo_status status = move_to(works, moment, phase);
    if (!suspended) /* a suspended one ended when it was suspended */
        works->stopped_at = moment->at;
    works->stopped_running = running;
    return status;
}

/* When the cycle was breached under the target that it has, if it was: an earlier breach stands as long as nothing
 * has healed it. */
static bpo_status note_breach(bpo__clockwork *works, const bpo__moment *moment, bool by_change)
{
    bpo_duration elapsed = 0, doubt = 0;
    bpo_status status = measure(works, moment->stretches, moment->at, &elapsed, &doubt, moment->err);
    if (status < 0)
        return status;
    bool breached = works->target >= 0 && elapsed > works->target;
    if (!breached)
        works->breached_at = BPO_TIME_NEVER;
    if (!breached || works->breached_at != BPO_TIME_NEVER)
        return BPO_OK;
    if (by_change) {
        works->breached_at = moment->at;
        return BPO_OK;
    }
    status = show_landing(works, stretch_of(works, moment->stretches, true), BPO_LANDING_LATEST, &works->breached_at,
                          moment->err);
    if (works->breached_at != BPO_TIME_NEVER)
        works->breached_at += BPO_MICROSECOND;
    return status;
}

/* A target below what has run already is breached by the change, at its instant; one above it heals. */
static bpo_status set_target(bpo__clockwork *works, const bpo__moment *moment, bpo_duration target)
{
    if (target == works->target)
        return BPO_OK;
    bpo_status status = note_breach(works, moment, false);
    works->target = target;
    return status < 0 ? status : note_breach(works, moment, true);
}

static bpo_status begin_cycle(bpo__clockwork *works, const bpo__moment *moment, bpo_duration target)
{
    works->number++;
    works->policy = moment->policy->name;
    works->started_at = moment->at;
    works->stopped_at = BPO_TIME_NEVER;
    works->elapsed = 0;
    works->doubt = 0;
    works->last = BPO__STRETCH_NONE;
    works->target = target;
    works->breached_at = BPO_TIME_NEVER;
    works->told = false;
    return enter(works, moment, wanted_phase(works, moment));
}

/* --- one fact's effect, in order of precedence ------------------------------------------------------------------- */

typedef struct fact_effect {
    const bpo__moment *moment;
    bpo__tell tell;
    void *user;
    bool ended;   /* the fact cancelled the cycle: it starts none */
    bool started; /* the fact started the cycle: it does not restart it */
} fact_effect;

static bpo_status tell_cycle(bpo__clockwork *works, const fact_effect *effect)
{
    works->told = true;
    return effect->tell(effect->user, works);
}

static bpo_status cancel(bpo__clockwork *works, fact_effect *effect)
{
    bpo_status status = finish(works, effect->moment, BPO__PHASE_CANCELLED);
    effect->ended = true;
    return status < 0 ? status : tell_cycle(works, effect);
}

static bpo_status stop(bpo__clockwork *works, fact_effect *effect)
{
    if (works->phase == BPO__PHASE_SUSPENDED)
        return cancel(works, effect);
    bpo_status status = finish(works, effect->moment, BPO__PHASE_STOPPED);
    works->finished++;
    if (status < 0 || works->metric->again == BPO__AGAIN_RESUME)
        return status; /* it may go on yet: told at the horizon */
    return tell_cycle(works, effect);
}

/* Policy, target and calendar. */
static bpo_status change(bpo__clockwork *works, fact_effect *effect)
{
    const bpo__moment *moment = effect->moment;
    bpo_duration target = -1;
    works->objective = bpo__policy_objective(moment->policy, works->metric);
    if (works->objective == NULL)
        return bpo__clockwork_is_active(works) ? cancel(works, effect) : BPO_OK;
    works->needs_category = bpo__condition_mentions(works->objective->pause, BPO_VALUE_STATUS_CATEGORY);
    works->due_landing = works->objective->due_landing;
    bool found = look_up_target(works, moment, &target);
    if (works->phase == BPO__PHASE_WAITING && found) {
        effect->started = true;
        return begin_cycle(works, moment, target);
    }
    if (!bpo__clockwork_is_active(works))
        return BPO_OK;
    works->policy = moment->policy->name;
    if (found) {
        bpo_status status = set_target(works, moment, target);
        works->stopped_at = BPO_TIME_NEVER;
        if (status < 0)
            return status;
        return works->phase == BPO__PHASE_SUSPENDED ? move_to(works, moment, wanted_phase(works, moment)) : BPO_OK;
    }
    if (works->phase == BPO__PHASE_SUSPENDED)
        return BPO_OK;
    works->stopped_at = moment->at;
    return move_to(works, moment, BPO__PHASE_SUSPENDED);
}

/* Whether a start means anything where the clock stands. */
static bool may_start(const bpo__clockwork *works)
{
    switch (works->phase) {
    case BPO__PHASE_IDLE:
        return true;
    case BPO__PHASE_STOPPED:
        return works->metric->again != BPO__AGAIN_NEVER;
    case BPO__PHASE_CANCELLED:
        return works->finished == 0 || works->metric->again != BPO__AGAIN_NEVER;
    default:
        return false;
    }
}

static bpo_status start(bpo__clockwork *works, fact_effect *effect)
{
    bpo_duration target = -1;
    bool resume = works->phase == BPO__PHASE_STOPPED && works->metric->again == BPO__AGAIN_RESUME;
    if (effect->ended || !may_start(works) || !holds(works->metric->start, effect->moment))
        return BPO_OK;
    if (!look_up_target(works, effect->moment, &target)) {
        if (!resume)
            works->phase = BPO__PHASE_WAITING;
        return BPO_OK;
    }
    effect->started = true;
    if (!resume)
        return begin_cycle(works, effect->moment, target);
    bpo_status status = set_target(works, effect->moment, target);
    if (status < 0)
        return status;
    works->policy = effect->moment->policy->name;
    works->stopped_at = BPO_TIME_NEVER;
    return enter(works, effect->moment, wanted_phase(works, effect->moment));
}

static bpo_status restart(bpo__clockwork *works, fact_effect *effect)
{
    bpo_duration target = -1;
    if (effect->started || !bpo__clockwork_is_active(works) || !holds(works->metric->restart, effect->moment))
        return BPO_OK;
    bpo_status status = cancel(works, effect);
    if (status < 0)
        return status;
    if (look_up_target(works, effect->moment, &target))
        return begin_cycle(works, effect->moment, target);
    works->phase = BPO__PHASE_WAITING;
    return BPO_OK;
}

/* Cancel or stop, else pause and resume. */
static bpo_status go_on(bpo__clockwork *works, fact_effect *effect)
{
    bool over = holds(works->metric->cancel, effect->moment);
    if (works->phase == BPO__PHASE_WAITING && (over || holds(works->metric->stop, effect->moment))) {
        works->phase = BPO__PHASE_IDLE;
        effect->ended = over;
        return BPO_OK;
    }
    if (!bpo__clockwork_is_active(works))
        return BPO_OK;
    if (over)
        return cancel(works, effect);
    if (holds(works->metric->stop, effect->moment))
        return stop(works, effect);
    if (works->phase == BPO__PHASE_SUSPENDED)
        return BPO_OK;
    return move_to(works, effect->moment, wanted_phase(works, effect->moment));
}

void bpo__clockwork_init(bpo__clockwork *works, const bpo__metric *metric)
{
    static const bpo__clockwork idle = {.last = BPO__STRETCH_NONE,
                                        .started_at = BPO_TIME_NEVER,
                                        .stopped_at = BPO_TIME_NEVER,
                                        .breached_at = BPO_TIME_NEVER,
                                        .target = -1,
                                        .ordered = -1};
    *works = idle;
    works->metric = metric;
}

void bpo__clockwork_order(bpo__clockwork *works, bpo_duration target)
{
    works->ordered = target;
}

bpo_status bpo__clockwork_step(bpo__clockwork *works, const bpo__moment *moment, bpo__tell tell, void *user)
{
    fact_effect effect = {.moment = moment, .tell = tell, .user = user};
    bpo_status status = BPO_OK;
    if (moment->changed)
        status = change(works, &effect);
    if (status >= 0 && moment->opening)
        status = start(works, &effect);
    if (status >= 0)
        status = go_on(works, &effect);
    if (status >= 0 && !moment->opening)
        status = start(works, &effect);
    return status < 0 ? status : restart(works, &effect);
}

/* --- showing ----------------------------------------------------------------------------------------------------- */

/* Due, last instant in time and breach, of a cycle that runs, ran to its stop, or is breached. */
static bpo_status show_instants(const bpo__clockwork *works, const bpo__stretches *stretches, bool breached,
                                bpo__cycle *cycle, bpo_error *err)
{
    bool running = works->phase == BPO__PHASE_RUNNING;
    bool ran = running || (works->phase == BPO__PHASE_STOPPED && works->stopped_running);
    if (works->target < 0 || works->phase == BPO__PHASE_CANCELLED || works->phase == BPO__PHASE_SUSPENDED ||
        (!ran && !breached))
        return BPO_OK;
    bpo_status status =
        show_landing(works, stretch_of(works, stretches, false), works->due_landing, &cycle->due_at, err);
    if (status >= 0)
        status =
            show_landing(works, stretch_of(works, stretches, true), BPO_LANDING_LATEST, &cycle->in_time_until, err);
    if (status >= 0 && (running || breached) && cycle->in_time_until != BPO_TIME_NEVER)
        cycle->breach_at = cycle->in_time_until + BPO_MICROSECOND;
    return status;
}

static bpo_clock_state state_of(const bpo__clockwork *works, bool breached, bool undecided)
{
    switch (works->phase) {
    case BPO__PHASE_IDLE:
    case BPO__PHASE_WAITING:
        return BPO_CLOCK_NONE;
    case BPO__PHASE_SUSPENDED:
    case BPO__PHASE_CANCELLED:
        return BPO_CLOCK_CANCELLED;
    case BPO__PHASE_STOPPED:
        return undecided ? BPO_CLOCK_INDETERMINATE : breached ? BPO_CLOCK_MISSED : BPO_CLOCK_MET;
    default:
        break;
    }
    if (breached)
        return BPO_CLOCK_BREACHED;
    if (undecided || works->phase == BPO__PHASE_UNKNOWN)
        return BPO_CLOCK_INDETERMINATE;
    return works->phase == BPO__PHASE_HELD ? BPO_CLOCK_PAUSED : BPO_CLOCK_RUNNING;
}

bpo_status bpo__clockwork_show(const bpo__clockwork *works, const bpo__stretches *stretches, bpo_time at,
                               bpo__cycle *ret_cycle, bpo_error *err)
{
    bpo_duration elapsed = 0, doubt = 0;
    bpo_status status = measure(works, stretches, at, &elapsed, &doubt, err);
    if (status < 0)
        return status;
    bool breached = works->target >= 0 && elapsed > works->target;
    bool undecided = works->target >= 0 && !breached && doubt > works->target - elapsed;
    bpo__cycle cycle = {.metric = works->metric,
                        .policy = works->policy,
                        .number = works->number,
                        .state = state_of(works, breached, undecided),
                        .started_at = works->started_at,
                        .stopped_at = works->stopped_at,
                        .breach_at = BPO_TIME_NEVER,
                        .breached_at = BPO_TIME_NEVER,
                        .in_time_until = BPO_TIME_NEVER,
                        .due_at = BPO_TIME_NEVER,
                        .elapsed = elapsed,
                        .target = works->target,
                        .has_target = works->target >= 0,
                        .held = works->phase == BPO__PHASE_HELD || works->phase == BPO__PHASE_UNKNOWN,
                        .indeterminate = undecided && works->phase != BPO__PHASE_CANCELLED};
    status = show_instants(works, stretches, breached, &cycle, err);
    if (breached)
        cycle.breached_at = works->breached_at != BPO_TIME_NEVER ? works->breached_at : cycle.breach_at;
    if (status >= 0)
        *ret_cycle = cycle;
    return status;
}
