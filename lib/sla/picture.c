/* SPDX-License-Identifier: Apache-2.0 */
/* Pictures of a ticket and their differences.
 *
 * Law: what changed is the difference of two replays, so a late or corrected fact is reported like any other, and a
 * fact that changes nothing reports nothing. */
#include "sla/picture.h"
#include "core/fail.h"
#include "sla/changes.h"

/* --- taking ------------------------------------------------------------------------------------------------------ */

static bpo_status grow(bpo__picture *picture)
{
    size_t capacity = picture->capacity * 2;
    bpo__cycle *cycles = bpo__alloc(picture->context, capacity * sizeof *cycles);
    if (cycles == NULL)
        return BPO_E_NOMEM;
    memcpy(cycles, picture->cycles, picture->count * sizeof *cycles);
    if (picture->cycles != picture->first)
        bpo__free(picture->context, picture->cycles, picture->capacity * sizeof *cycles);
    picture->cycles = cycles;
    picture->capacity = capacity;
    return BPO_OK;
}

static bpo_status on_cycle(void *user, const bpo__cycle *cycle, const bpo__attributes *attributes)
{
    bpo__picture *picture = user;
    (void)attributes;
    if (picture->count == picture->capacity && grow(picture) < 0)
        return BPO_E_NOMEM;
    picture->cycles[picture->count++] = *cycle;
    return BPO_OK;
}

void bpo__picture_init(bpo__picture *picture, bpo_context *context)
{
    picture->context = context;
    picture->cycles = picture->first;
    picture->count = 0;
    picture->capacity = BPO__PICTURE_CYCLES_INLINE;
}

void bpo__picture_clear(bpo__picture *picture)
{
    if (picture->cycles != picture->first)
        bpo__free(picture->context, picture->cycles, picture->capacity * sizeof *picture->cycles);
    bpo__picture_init(picture, picture->context);
}

bpo_status bpo__picture_take(bpo__picture *picture, bpo_contract *contract, const bpo__history *history, bpo_time until,
                             bpo_time at, bpo_error *err)
{
    bpo__replay_visitor visitor = {.user = picture, .on_cycle = on_cycle};
    bpo__view view = {.until = until < BPO_TIME_NEVER ? until + 1 : BPO_TIME_NEVER, .late = true};
    bpo_status status = bpo__replay_at(contract, history, view, at, &visitor, &picture->outcome, err);
    return status == BPO_E_NOMEM ? bpo__fail_memory(err) : status;
}

/* --- comparing --------------------------------------------------------------------------------------------------- */

bool bpo__cycle_is_open(const bpo__cycle *cycle)
{
    return cycle->stopped_at == BPO_TIME_NEVER;
}

static const bpo__cycle *find(const bpo__picture *picture, const bpo__cycle *wanted)
{
    bpo__text metric = bpo__text_of(wanted->metric->name);
    for (size_t i = 0; i < picture->count; i++)
        if (picture->cycles[i].number == wanted->number && bpo__text_is(metric, picture->cycles[i].metric->name))
            return &picture->cycles[i];
    return NULL;
}

typedef struct comparison {
    const bpo__said *said;
    bpo_changes *changes;
    bpo_status status; /* the first failure */
} comparison;

static void add(comparison *to, const bpo__cycle *cycle, bpo_change_kind kind, bpo_time at, bpo_time before)
{
    if (to->status >= 0)
        to->status = bpo__changes_add(to->changes, kind, cycle->metric->name, cycle->number, at, before);
}

/* Started, stopped, cancelled, held or running again. `was` is a cycle that never began where there was none. */
static void compare_course(comparison *to, const bpo__cycle *was, const bpo__cycle *is)
{
    bpo_time fact_at = to->said->fact_at;
    bool cancelled = is->state == BPO_CLOCK_CANCELLED;
    bool ran = bpo__cycle_is_open(was) && !was->held;
    if (was->started_at != is->started_at)
        add(to, is, BPO_CHANGE_STARTED, is->started_at, BPO_TIME_NEVER);
    if (cancelled && was->state != BPO_CLOCK_CANCELLED)
        add(to, is, BPO_CHANGE_CANCELLED, is->stopped_at, BPO_TIME_NEVER);
    if (cancelled)
        return;
    if (!bpo__cycle_is_open(is) && was->stopped_at != is->stopped_at)
        add(to, is, BPO_CHANGE_STOPPED, is->stopped_at, BPO_TIME_NEVER);
    if (bpo__cycle_is_open(is) && is->held && ran)
        add(to, is, BPO_CHANGE_PAUSED, fact_at, BPO_TIME_NEVER);
    if (bpo__cycle_is_open(is) && !is->held && !ran)
        add(to, is, BPO_CHANGE_RESUMED, fact_at, BPO_TIME_NEVER);
    if (was->due_at != is->due_at)
        add(to, is, BPO_CHANGE_DUE_MOVED, is->due_at, was->due_at);
}

static void compare_breach(comparison *to, const bpo__cycle *was, const bpo__cycle *is)
{
    const bpo__said *said = to->said;
    if (was->breach_at <= said->known && is->breach_at > said->known)
        add(to, is, BPO_CHANGE_BREACH_RETRACTED, was->breach_at, BPO_TIME_NEVER);
    if (was->breach_at > said->advanced && is->breach_at <= said->advanced)
        add(to, is, BPO_CHANGE_BREACHED, is->breach_at, BPO_TIME_NEVER);
}

/* A cycle of which nothing is known: running, so that the first pause is a change and the first run is none. */
static bpo__cycle nothing_of(const bpo__cycle *cycle)
{
    bpo__cycle nothing = {.metric = cycle->metric,
                          .number = cycle->number,
                          .started_at = BPO_TIME_NEVER,
                          .stopped_at = BPO_TIME_NEVER,
                          .breach_at = BPO_TIME_NEVER,
                          .due_at = BPO_TIME_NEVER};
    return nothing;
}

bpo_status bpo__picture_compare(const bpo__picture *before, const bpo__picture *after, const bpo__said *said,
                                bpo_changes *changes)
{
    comparison to = {said, changes, BPO_OK};
    for (size_t i = 0; i < after->count; i++) {
        const bpo__cycle *is = &after->cycles[i];
        const bpo__cycle *was = find(before, is);
        bpo__cycle nothing = nothing_of(is);
        compare_course(&to, was != NULL ? was : &nothing, is);
        compare_breach(&to, was != NULL ? was : &nothing, is);
    }
    for (size_t i = 0; i < before->count; i++) {
        const bpo__cycle *was = &before->cycles[i];
        if (find(after, was) != NULL)
            continue;
        bpo__cycle nothing = nothing_of(was);
        if (was->state != BPO_CLOCK_CANCELLED)
            add(&to, was, BPO_CHANGE_CANCELLED, said->fact_at, BPO_TIME_NEVER);
        compare_breach(&to, was, &nothing);
    }
    return to.status;
}
