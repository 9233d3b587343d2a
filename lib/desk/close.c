/* SPDX-License-Identifier: Apache-2.0 */
/* Closing a period, and showing what it would come to. A seal is appended where the desk has read to, so it covers
 * exactly the records before it; whatever comes later is late by its place in the stream, for every reader alike. */
#include "core/fail.h"
#include "desk/follow.h"
#include "desk/sealing.h"

static bpo_status open_period(const bpo_desk *desk, const char *period, bpo__bounds *ret_bounds, bpo_error *err)
{
    bpo_status status = bpo_contract_period(desk->contract, period, &ret_bounds->start, &ret_bounds->end, err);
    if (status != BPO_OK)
        return status;
    if (bpo__desk_seal_from(desk, ret_bounds->start))
        return bpo__refuse_period(err, BPO_E_SEALED, BPO__MSG_period_sealed, period, ret_bounds->start);
    return BPO_OK;
}

/* --- showing ----------------------------------------------------------------------------------------------------- */

/* `now` itself is seen; nothing behind the period is. */
static bpo_time horizon_of(const bpo__bounds *b, bpo_time now)
{
    if (now < b->start)
        return b->start;
    return now < b->end - 1 ? now + 1 : b->end;
}

static bpo_status preview(bpo_desk *desk, const char *name, bpo_time now, bpo_statement **ret_statement,
                          bpo_error *err)
{
    bpo__period period = {.name = name, .as_of = now, .provisional = true};
    bpo_statement *before = NULL;
    bpo_time next = 0;
    bpo__bounds b;
    bpo_status status = bpo__desk_catch_up(desk, err);

    if (status == BPO_OK)
        status = open_period(desk, name, &b, err);
    if (status == BPO_OK)
        status = bpo__desk_next_start(desk, &next, err);
    if (status == BPO_OK)
        status = bpo__desk_opening(desk, b.start, &before, err);
    if (status != BPO_OK)
        return status;
    period.contract = desk->contract; /* reading may have amended it */
    period.horizon = horizon_of(&b, now);
    period.booked = b.start == next;
    bpo__period_open_with(&period, before);
    status = bpo__desk_state(desk, &period, ret_statement, err);
    bpo_statement_unref(before);
    return status;
}

bpo_status bpo_desk_preview(bpo_desk *desk, const char *period, bpo_time now, bpo_statement **ret_statement,
                            bpo_error *err)
{
    if (!period || !ret_statement)
        return bpo__fail_argument(err, period ? "ret_statement" : "period");
    bpo_status status = bpo__desk_enter(desk, err);
    if (status != BPO_OK)
        return status;
    return bpo__desk_leave(desk, preview(desk, period, now, ret_statement, err));
}

static bpo_status quote(bpo_desk *desk, bpo_contract *contract, const char *name, bpo_time now,
                        bpo_statement **ret_statement, bpo_error *err)
{
    bpo__period period = {.contract = contract, .name = name, .as_of = now, .provisional = true};
    bpo__bounds b;
    bpo_status status = bpo__desk_catch_up(desk, err);

    if (status == BPO_OK)
        status = bpo_contract_period(contract, name, &b.start, &b.end, err);
    if (status != BPO_OK)
        return status;
    period.horizon = horizon_of(&b, now);
    return bpo__desk_state(desk, &period, ret_statement, err);
}

bpo_status bpo_desk_quote(bpo_desk *desk, bpo_contract *contract, const char *period, bpo_time now,
                          bpo_statement **ret_statement, bpo_error *err)
{
    if (!contract || !period || !ret_statement)
        return bpo__fail_argument(err, !contract ? "contract" : !period ? "period" : "ret_statement");
    bpo_status status = bpo__desk_enter(desk, err);
    if (status != BPO_OK)
        return status;
    return bpo__desk_leave(desk, quote(desk, contract, period, now, ret_statement, err));
}

/* --- closing ----------------------------------------------------------------------------------------------------- */

static bpo_status check_order(const bpo_desk *desk, const char *name, const bpo__bounds *b, bpo_time now,
                              bpo_error *err)
{
    const bpo__seal *restatement = bpo__desk_restatement(desk);
    bpo_time next = 0;
    bpo_status status = bpo__desk_next_start(desk, &next, err);

    if (status != BPO_OK)
        return status;
    if (restatement)
        return bpo__refuse_period(err, BPO_E_STATE, BPO__MSG_restatement_due, name, restatement->start);
    if (next != INT64_MIN && next != b->start)
        return bpo__refuse_period(err, BPO_E_STATE, BPO__MSG_period_order, name, next);
    if (now < b->end)
        return bpo__refuse_period(err, BPO_E_STATE, BPO__MSG_period_open, name, b->end);
    return BPO_OK;
}

static bpo_status close_period(bpo_desk *desk, const char *name, bpo_time now, bpo_statement **ret_statement,
                               bpo_error *err)
{
    bpo__sealing s;
    bpo_status status = bpo__sealing_begin(&s, desk, now, err);

    if (status == BPO_OK)
        status = open_period(desk, name, &s.period, err);
    if (status == BPO_OK)
        status = check_order(desk, name, &s.period, s.now, err);
    if (status == BPO_OK)
        status = bpo__sealing_seal(&s, desk, name, ret_statement, err);
    bpo__sealing_end(&s, desk);
    return status;
}

bpo_status bpo_desk_close(bpo_desk *desk, const char *period, bpo_time now, bpo_statement **ret_statement,
                          bpo_error *err)
{
    if (!period || !ret_statement)
        return bpo__fail_argument(err, period ? "ret_statement" : "period");
    bpo_status status = bpo__desk_enter(desk, err);
    if (status != BPO_OK)
        return status;
    return bpo__desk_leave(desk, close_period(desk, period, now, ret_statement, err));
}
