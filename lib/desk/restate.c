/* SPDX-License-Identifier: Apache-2.0 */
/* Restating a sealed period, where the contract agreed to that for late facts.
 *
 * Law: once a fact comes in for a sealed period, that period and every sealed one after it are out of date, and are
 * restated one after another before anything else is closed. Each gets a new revision; the old one stays readable. */
#include "core/fail.h"
#include "desk/sealing.h"
#include "terms/plan.h"

/* The period is the one that is to be restated next. */
static bpo_status check_due(const bpo_desk *desk, const char *name, bpo__sealing *s, bpo_error *err)
{
    const bpo__seal *due = bpo__desk_restatement(desk);

    if (bpo__contract_late_facts(desk->contract) != BPO__LATE_RESTATE)
        return bpo__fail(err, BPO_E_STATE, BPO__MSG_restatement_not_agreed, name, NULL, NULL, NULL);
    if (!due)
        return bpo__fail(err, BPO_E_STATE, BPO__MSG_restatement_none, name, NULL, NULL, NULL);
    bpo_status status = bpo_contract_period(desk->contract, name, &s->period.start, &s->period.end, err);
    if (status == BPO_OK && s->period.start != due->start)
        return bpo__refuse_period(err, BPO_E_STATE, BPO__MSG_restatement_due, name, due->start);
    return status;
}

static bpo_status find_former(bpo_desk *desk, bpo__sealing *s, bpo_error *err)
{
    const bpo__seal *seal = bpo__desk_seal_from(desk, s->period.start);
    bpo_statement_header header = BPO_STATEMENT_HEADER_INIT;
    bpo_status status = bpo_desk_sealed(desk, (size_t)(seal - desk->seals), &s->former, err);

    if (status == BPO_OK)
        status = bpo_statement_get_header(s->former, &header);
    s->revision = header.revision + 1;
    return status;
}

static bpo_status restate(bpo_desk *desk, const char *name, bpo_time now, bpo_statement **ret_statement,
                          bpo_error *err)
{
    bpo__sealing s;
    bpo_status status = bpo__sealing_begin(&s, desk, now, err);

    if (status == BPO_OK)
        status = check_due(desk, name, &s, err);
    if (status == BPO_OK)
        status = find_former(desk, &s, err);
    if (status == BPO_OK)
        status = bpo__sealing_seal(&s, desk, name, ret_statement, err);
    bpo__sealing_end(&s, desk);
    return status;
}

bpo_status bpo_desk_restate(bpo_desk *desk, const char *period, bpo_time now, bpo_statement **ret_statement,
                            bpo_error *err)
{
    if (!period || !ret_statement)
        return bpo__fail_argument(err, period ? "ret_statement" : "period");
    bpo_status status = bpo__desk_enter(desk, err);
    if (status != BPO_OK)
        return status;
    return bpo__desk_leave(desk, restate(desk, period, now, ret_statement, err));
}

bpo_status bpo_desk_restatement(const bpo_desk *desk, bpo_time *ret_start)
{
    const bpo__seal *due = desk ? bpo__desk_restatement(desk) : NULL;

    if (!desk || !ret_start)
        return BPO_E_INVALID;
    if (!due)
        return BPO_DONE;
    *ret_start = due->start;
    return BPO_OK;
}
