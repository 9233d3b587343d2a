/* SPDX-License-Identifier: Apache-2.0 */
/* Folding a ticket: a replay of what is seen now, and one of what was seen when the period before was closed, of which
 * every contribution is withdrawn.
 *
 * A cycle counts where its verdict became certain: met at its stop, breached at the breach instant, whether it was
 * stopped by then or not, so that a later stop does not count it twice. */
#include "core/fail.h"
#include "ledger/fold.h"
#include "sla/replay.h"
#include "terms/fact_table.h"

typedef struct pass {
    bpo__folder *folder;
    bpo__text subject;
    bpo_error *err;
    int32_t sign;
    bpo_time from;  /* facts and runs before it cancel and are passed over; a cycle depends on what follows */
    bpo_time limit; /* contributions from here on do not count yet */
    bool opened;
    bpo_time opened_at;
} pass;

/* Facts from before the opening wait for it and count as of its instant; the opening itself is told first. */
static bpo_status on_fact(void *user, const bpo_fact *fact, const bpo__attributes *attributes, bool opened)
{
    pass *p = user;
    const bpo__fact_row *row = bpo__fact_row_of(fact->kind);
    if (!opened) {
        p->folder->books->unopened_count += p->sign > 0;
        return BPO_OK;
    }
    if (!p->opened)
        p->opened_at = fact->at;
    p->opened = true;
    bpo_time at = fact->at > p->opened_at ? fact->at : p->opened_at;
    if (at < p->from || row == NULL || row->subject != BPO__SUBJECT_TICKET)
        return BPO_OK;
    bpo__occurrence occurrence = {.kind = BPO__OCCURRENCE_FACT, .sign = p->sign, .at = at, .fact = fact,
                                  .subject = p->subject, .attributes = attributes};
    return bpo__fold_emit(p->folder, &occurrence, p->err);
}

/* The verdict that a cycle has at the horizon, if any, and the instant that it belongs to. */
static bool verdict_of(const bpo__cycle *cycle, bpo__verdict *ret_verdict, bpo_time *ret_at)
{
    switch (cycle->state) {
    case BPO_CLOCK_MET:
        *ret_verdict = BPO__VERDICT_MET;
        *ret_at = cycle->stopped_at;
        return cycle->has_target;
    case BPO_CLOCK_MISSED:
    case BPO_CLOCK_BREACHED:
        *ret_verdict = BPO__VERDICT_BREACHED;
        *ret_at = cycle->breached_at;
        return cycle->has_target;
    case BPO_CLOCK_INDETERMINATE:
        *ret_verdict = BPO__VERDICT_INDETERMINATE;
        *ret_at = cycle->stopped_at;
        return true;
    default:
        return false;
    }
}

static bpo_status on_cycle(void *user, const bpo__cycle *cycle, const bpo__attributes *attributes)
{
    pass *p = user;
    bpo__occurrence occurrence = {.kind = BPO__OCCURRENCE_CYCLE, .sign = p->sign, .subject = p->subject,
                                  .attributes = attributes, .metric = cycle->metric->name, .policy = cycle->policy,
                                  .elapsed = cycle->elapsed};
    if (!verdict_of(cycle, &occurrence.verdict, &occurrence.at) || occurrence.at >= p->limit)
        return BPO_OK;
    return bpo__fold_emit(p->folder, &occurrence, p->err);
}

static bpo_status on_run(void *user, const bpo__metric *metric, const char *policy, const bpo_calendar *calendar,
                         bpo_time from, bpo_time until, const bpo__attributes *attributes)
{
    pass *p = user;
    bpo__occurrence stretch = {.kind = BPO__OCCURRENCE_RUN, .sign = p->sign,
                               .from = from > p->from ? from : p->from, .until = until, .subject = p->subject,
                               .attributes = attributes, .metric = metric->name, .policy = policy};
    return bpo__fold_emit_stretch(p->folder, &stretch, calendar, p->err);
}

static bpo_status replay(pass *p, const bpo__history *history, bpo__view view, bool *ret_open)
{
    bool nothing_but_cycles = p->from >= p->limit;
    bpo__replay_visitor visitor = {p, nothing_but_cycles ? NULL : on_fact, on_cycle,
                                   nothing_but_cycles || !p->folder->runs_count ? NULL : on_run};
    return bpo__replay(p->folder->contract, history, view, view.until, &visitor, ret_open, p->err);
}

/* Whether anything of an unchanged ticket can still happen: only where a clock was open. */
static bpo_status was_open(const bpo__folder *folder, const bpo__history *history, bool *ret_open, bpo_error *err)
{
    const bpo__replay_visitor nobody = {NULL, NULL, NULL, NULL};
    return bpo__replay(folder->contract, history, bpo__fold_before(folder), folder->start, &nobody, ret_open, err);
}

bpo_status bpo__fold_ticket(bpo__folder *folder, bpo__text subject, const bpo__history *history,
                            const bpo__outline *outline, bool *ret_alive, bool *ret_open, bpo_error *err)
{
    bpo_time from = outline->revised ? INT64_MIN : folder->start;
    pass before = {folder, subject, err, -1, from, folder->start, false, 0};
    pass after = {folder, subject, err, +1, from, folder->until, false, 0};
    bool open = false;
    bpo_status status = BPO_OK;
    if (!outline->differs) {
        status = outline->has_earlier ? was_open(folder, history, &open, err) : BPO_OK;
        *ret_alive = *ret_open = open;
        if (status < 0 || !open)
            return status;
    }
    if (outline->has_earlier)
        status = replay(&before, history, bpo__fold_before(folder), &open);
    if (status >= 0)
        status = replay(&after, history, bpo__fold_after(folder), &open);
    *ret_alive = true;
    *ret_open = open;
    return status;
}
