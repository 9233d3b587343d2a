/* SPDX-License-Identifier: Apache-2.0 */
/* Replaying a ticket: its facts in fact order, each first upon the ticket's attributes, then upon every clock.
 *
 * Law: the outcome is a function of the contract, the facts that the view shows and the horizon. A ticket is under the
 * contract's version of its opening; facts from before the opening wait for it and count as of its instant. An ordinary
 * ticket is replayed without allocating: all scratch is in one struct on the stack. */
#include "sla/replay.h"
#include "core/fail.h"
#include "sla/clockwork.h"

#define CLOCKS_INLINE 16

typedef struct replay {
    bpo_contract *contract;
    const bpo__history *history;
    bpo__view view;
    bpo_time at; /* where open cycles are measured */
    const bpo__replay_visitor *visitor;
    bpo_error *err;

    const bpo__plan *plan;
    const bpo__policy *policy;
    const bpo_calendar *calendar;
    bpo_time opened_at;
    size_t fact_count;
    bpo__ticket_state ticket;
    bpo__stretches stretches;
    bpo__clockwork *clocks; /* one a metric of the plan */
    size_t clock_count;
    const bpo__attributes *attributes; /* what the fact at hand lets see */

    bpo_fact fact; /* the fact at hand */
    bpo_value values[BPO_FACT_VALUE_COUNT_MAX];
    bpo__sight sight;
    bpo__clockwork first[CLOCKS_INLINE];
} replay;

/* --- telling the visitor ----------------------------------------------------------------------------------------- */

static bpo_status tell_cycle(void *user, bpo__clockwork *works)
{
    replay *r = user;
    bpo__cycle cycle;
    if (r->visitor == NULL || r->visitor->on_cycle == NULL)
        return BPO_OK;
    bpo_time at = works->stopped_at == BPO_TIME_NEVER ? r->at : works->stopped_at;
    bpo_status status = bpo__clockwork_show(works, &r->stretches, at, &cycle, r->err);
    return status < 0 ? status : r->visitor->on_cycle(r->visitor->user, &cycle, r->attributes);
}

/* Tells how far the clocks have run, with the state of the ticket in which they did. */
static bpo_status tell_runs(replay *r, bpo_time until)
{
    bpo__sight sight;
    if (r->visitor == NULL || r->visitor->on_run == NULL)
        return BPO_OK;
    bpo__ticket_state_word(&r->ticket, NULL);
    const bpo__attributes *attributes = bpo__ticket_state_see(&r->ticket, NULL, &sight);
    for (size_t i = 0; i < r->clock_count; i++) {
        bpo__clockwork *works = &r->clocks[i];
        bpo_time from = works->run_told_until;
        if (works->phase != BPO__PHASE_RUNNING || from >= until)
            continue;
        works->run_told_until = until;
        bpo_status status = r->visitor->on_run(r->visitor->user, works->metric, works->policy, works->calendar, from,
                                               until, attributes);
        if (status < 0)
            return status;
    }
    return BPO_OK;
}

static bpo_status tell_fact(const replay *r, bool opened)
{
    if (r->visitor == NULL || r->visitor->on_fact == NULL)
        return BPO_OK;
    return r->visitor->on_fact(r->visitor->user, &r->fact, r->attributes, opened);
}

/* --- one fact ---------------------------------------------------------------------------------------------------- */

static bpo_status read_fact(replay *r, const bpo__entry *entry)
{
    bpo_status status = bpo__fact_decode(r->contract, entry->bytes, entry->size, &r->fact, r->values, r->err);
    r->fact.flags |= entry->flags & BPO_FACT_LATE;
    return status;
}

static bpo_status see_fact(replay *r)
{
    if (bpo__ticket_state_apply(&r->ticket, &r->fact) < 0)
        return bpo__fail_memory(r->err);
    bpo__ticket_state_word(&r->ticket, &r->fact);
    r->attributes = bpo__ticket_state_see(&r->ticket, &r->fact, &r->sight);
    r->fact_count++;
    return BPO_OK;
}

/* Another target for one metric. */
static bool order_target(replay *r)
{
    bpo__attributes fact = {r->fact.values, r->fact.value_count, NULL};
    const bpo_value *metric = bpo__attributes_find(&fact, BPO_VALUE_METRIC);
    const bpo_value *target = bpo__attributes_find(&fact, BPO_VALUE_TARGET);
    if (r->fact.kind != BPO_TICKET_TARGET_SET || metric == NULL || target == NULL)
        return false;
    for (size_t i = 0; i < r->clock_count; i++)
        if (bpo__text_is((bpo__text){metric->text, metric->size}, r->clocks[i].metric->name))
            bpo__clockwork_order(&r->clocks[i], target->integer);
    return true;
}

/* Whether the ticket was opened in the hours of its policy; a question of the calendar at hand. */
static bpo_status see_hours(replay *r)
{
    int open = 1;
    bpo_status status = BPO_OK;
    if (r->calendar != NULL)
        status = bpo_calendar_is_open(r->calendar, r->opened_at, &open, r->err);
    if (status < 0)
        return status;
    r->ticket.opened_in_hours = r->policy != NULL ? open : -1;
    bpo__ticket_state_word(&r->ticket, &r->fact);
    r->attributes = bpo__ticket_state_see(&r->ticket, &r->fact, &r->sight);
    return BPO_OK;
}

/* Policy and calendar for the ticket as it is now; *ret_changed is set where one is another than before. */
static bpo_status choose(replay *r, bool opening, bool *ret_changed)
{
    const bpo__policy *policy = r->policy;
    if (opening || bpo__policy_is_touched(r->plan, &r->ticket))
        policy = bpo__policy_choose(r->plan, r->attributes);
    const bpo_calendar *calendar = policy != NULL ? bpo__policy_calendar(policy, r->attributes) : NULL;
    if (!opening && policy == r->policy && calendar == r->calendar)
        return BPO_OK;
    r->policy = policy;
    r->calendar = calendar;
    *ret_changed = true;
    return see_hours(r);
}

static bpo_status step_clocks(replay *r, bpo_time at, bool opening, bool changed)
{
    bpo__moment moment = {.at = at,
                          .opening = opening,
                          .changed = changed,
                          .category_unknown = r->ticket.category == BPO__CATEGORY_UNKNOWN,
                          .policy = r->policy,
                          .calendar = r->calendar,
                          .attributes = r->attributes,
                          .stretches = &r->stretches,
                          .err = r->err};
    for (size_t i = 0; i < r->clock_count; i++) {
        bpo_status status = bpo__clockwork_step(&r->clocks[i], &moment, tell_cycle, r);
        if (status < 0)
            return status;
    }
    return BPO_OK;
}

/* A fact of an opened ticket. */
static bpo_status step(replay *r, const bpo__entry *entry, bool opening)
{
    bpo_time at = entry->at > r->opened_at ? entry->at : r->opened_at;
    bpo_status status = tell_runs(r, at);
    if (status < 0 || (status = read_fact(r, entry)) < 0 || (status = see_fact(r)) < 0)
        return status;
    bool changed = order_target(r) || opening || r->ticket.changed_count > 0;
    if (changed && (status = choose(r, opening, &changed)) < 0)
        return status;
    if ((status = tell_fact(r, true)) < 0)
        return status;
    return step_clocks(r, at, opening, changed);
}

/* --- the pass ---------------------------------------------------------------------------------------------------- */

static const bpo__entry *find_opening(const replay *r)
{
    size_t position = 0;
    const bpo__entry *entry;
    while ((entry = bpo__history_next(r->history, r->view, &position)) != NULL)
        if (entry->kind == BPO_TICKET_OPENED)
            return entry;
    return NULL;
}

/* Facts of a ticket that was never opened are only told. */
static bpo_status pass_unopened(replay *r)
{
    size_t position = 0;
    const bpo__entry *entry;
    while ((entry = bpo__history_next(r->history, r->view, &position)) != NULL) {
        bpo_status status = read_fact(r, entry);
        if (status < 0 || (status = see_fact(r)) < 0 || (status = tell_fact(r, false)) < 0)
            return status;
    }
    return BPO_OK;
}

static bpo_status pass_opened(replay *r, const bpo__entry *opening)
{
    size_t position = 0;
    const bpo__entry *entry;
    bpo_status status = step(r, opening, true);
    while (status >= 0 && (entry = bpo__history_next(r->history, r->view, &position)) != NULL)
        if (entry != opening)
            status = step(r, entry, false);
    return status;
}

/* What goes on, or may go on, at the horizon. */
static bpo_status pass_horizon(replay *r)
{
    bpo_status status = tell_runs(r, r->at);
    bpo__ticket_state_word(&r->ticket, NULL);
    r->attributes = bpo__ticket_state_see(&r->ticket, NULL, &r->sight);
    for (size_t i = 0; i < r->clock_count && status >= 0; i++) {
        bpo__clockwork *works = &r->clocks[i];
        if (works->number > 0 && !works->told)
            status = tell_cycle(r, works);
    }
    return status;
}

static bpo_status open_clocks(replay *r)
{
    r->clock_count = r->plan->metric_count;
    r->clocks = r->first;
    if (r->clock_count > CLOCKS_INLINE)
        r->clocks = bpo__alloc(r->stretches.context, r->clock_count * sizeof *r->clocks);
    if (r->clocks == NULL) {
        r->clock_count = 0;
        return bpo__fail_memory(r->err);
    }
    for (size_t i = 0; i < r->clock_count; i++)
        bpo__clockwork_init(&r->clocks[i], &r->plan->metrics[i]);
    return BPO_OK;
}

static bpo_status see_weekday(replay *r)
{
    bpo_civil civil;
    if (r->plan->zone == NULL)
        return BPO_OK;
    bpo_status status = bpo_zone_to_civil(r->plan->zone, r->opened_at, &civil, r->err);
    if (status >= 0)
        r->ticket.opened_weekday = civil.weekday;
    return status;
}

static bpo_status run(replay *r)
{
    const bpo__entry *opening = find_opening(r);
    bpo_time first = opening != NULL ? opening->at : r->history->count > 0 ? r->history->entries[0].at : 0;
    bpo_context *context = bpo__contract_context(r->contract);
    r->plan = bpo__contract_plan_at(r->contract, first);
    r->opened_at = opening != NULL ? opening->at : BPO_TIME_NEVER;
    bpo__stretches_init(&r->stretches, context);
    bpo__ticket_state_init(&r->ticket, context, r->plan);
    if (opening == NULL)
        return pass_unopened(r);
    bpo_status status = open_clocks(r);
    if (status < 0 || (status = see_weekday(r)) < 0 || (status = pass_opened(r, opening)) < 0)
        return status;
    return pass_horizon(r);
}

static void clear(replay *r)
{
    if (r->clocks != r->first)
        bpo__free(r->stretches.context, r->clocks, r->clock_count * sizeof *r->clocks);
    bpo__ticket_state_clear(&r->ticket);
    bpo__stretches_clear(&r->stretches);
}

static bool is_active(const replay *r)
{
    for (size_t i = 0; i < r->clock_count; i++)
        if (bpo__clockwork_is_active(&r->clocks[i]))
            return true;
    return false;
}

bpo_status bpo__replay_at(bpo_contract *contract, const bpo__history *history, bpo__view view, bpo_time at,
                          const bpo__replay_visitor *visitor, bpo__outcome *ret_outcome, bpo_error *err)
{
    replay r; /* large: only what is read before it is written is set up here */
    r.contract = contract;
    r.history = history;
    r.view = view;
    r.at = at;
    r.visitor = visitor;
    r.err = err;
    r.policy = NULL;
    r.calendar = NULL;
    r.fact_count = 0;
    r.clocks = r.first;
    r.clock_count = 0;
    bpo_status status = run(&r);
    if (status >= 0) {
        ret_outcome->opened = r.opened_at != BPO_TIME_NEVER;
        ret_outcome->active = is_active(&r);
        ret_outcome->opened_at = r.opened_at;
        ret_outcome->category = r.ticket.category;
        ret_outcome->fact_count = r.fact_count;
        status = BPO_OK;
    }
    clear(&r);
    return status;
}

bpo_status bpo__replay(bpo_contract *contract, const bpo__history *history, bpo__view view, bpo_time horizon,
                       const bpo__replay_visitor *visitor, bool *ret_open, bpo_error *err)
{
    bpo__outcome outcome;
    if (view.until > horizon)
        view.until = horizon;
    bpo_status status = bpo__replay_at(contract, history, view, horizon, visitor, &outcome, err);
    if (status >= 0 && ret_open != NULL)
        *ret_open = outcome.active;
    return status;
}
