/* SPDX-License-Identifier: Apache-2.0 */
/* A period's books over the desk's dossiers. Nothing is copied but the dossiers with late facts where these are to
 * count as if they had come in time: for a what-if, and for a period behind the next one. */
#include "desk/period.h"

#include "core/fail.h"
#include "terms/plan.h"

static bpo_time earliest_fact(const bpo_desk *desk)
{
    bpo_time earliest = BPO_TIME_NEVER;

    for (size_t i = 0; i < desk->dossier_count; i++) {
        const bpo__history *history = &desk->dossiers[i]->history;
        if (history->count > 0 && history->entries[0].at < earliest)
            earliest = history->entries[0].at;
    }
    return earliest;
}

bpo_status bpo__desk_next_start(const bpo_desk *desk, bpo_time *ret_start, bpo_error *err)
{
    bpo_time first = bpo__contract_start(desk->contract);
    bpo_time end = 0;

    if (desk->seal_count > 0) {
        *ret_start = bpo__desk_sealed_until(desk);
        return BPO_OK;
    }
    if (first == INT64_MIN)
        first = earliest_fact(desk);
    if (first == BPO_TIME_NEVER) {
        *ret_start = INT64_MIN;
        return BPO_OK;
    }
    return bpo__contract_period_at(desk->contract, first, ret_start, &end, err);
}

/* A copy of a history in which nothing is late. */
static bpo_status copy_in_time(const bpo__history *from, bpo__history *copy, bpo_error *err)
{
    bpo_status status = bpo__history_reserve(copy, from->count, from->block_size);

    if (status != BPO_OK)
        return bpo__fail_memory(err);
    for (size_t i = 0; i < from->count && status == BPO_OK; i++) {
        const bpo__entry *entry = &from->entries[i];
        bpo_fact fact = BPO_FACT_INIT;
        bpo__added added;
        fact.at = entry->at;
        fact.order = entry->order;
        fact.kind = entry->kind;
        fact.flags = entry->flags & BPO_FACT_RETRACTED;
        fact.revision = entry->revision;
        status = bpo__history_add(copy, &fact, entry->bytes, entry->size, &added, err);
    }
    return status;
}

static bpo_status add_in_time(bpo_ledger *ledger, const bpo__dossier *dossier, bpo_error *err)
{
    bpo__history copy;

    bpo__history_init(&copy, dossier->history.context);
    bpo_status status = copy_in_time(&dossier->history, &copy, err);
    if (status == BPO_OK)
        status = bpo__ledger_add_history(ledger, dossier->name, &copy, NULL, err);
    bpo__history_clear(&copy);
    return status;
}

static bpo_status add_dossier(bpo_ledger *ledger, const bpo__dossier *dossier, const bpo__period *period,
                              bool *ret_settled, bpo_error *err)
{
    if (!period->booked && dossier->has_late)
        return add_in_time(ledger, dossier, err);
    return bpo__ledger_add_history(ledger, dossier->name, &dossier->history, ret_settled, err);
}

/* What was settled with an earlier seal adds nothing to a period behind it, as long as the terms are the desk's. */
static bool is_passed_over(const bpo_desk *desk, const bpo__dossier *dossier, const bpo__period *period)
{
    bool is_next = period->booked && !period->former && period->contract == desk->contract;
    return dossier->history.count == 0 || (dossier->settled && is_next);
}

static bpo_status fill(const bpo_desk *desk, const bpo__period *period, bpo_ledger *ledger, bpo_error *err)
{
    bpo_status status = BPO_OK;

    for (size_t i = 0; i < desk->dossier_count && status == BPO_OK; i++) {
        const bpo__dossier *dossier = desk->dossiers[i];
        bool settled = dossier->settled;
        if (!is_passed_over(desk, dossier, period))
            status = add_dossier(ledger, dossier, period, &settled, err);
        if (period->settled)
            period->settled[i] = settled;
    }
    return status;
}

bpo_status bpo__desk_state(const bpo_desk *desk, const bpo__period *period, bpo_statement **ret_statement,
                           bpo_error *err)
{
    bpo__closing closing = {period->opening, period->opening_size, period->as_of, period->provisional,
                            period->revision, period->former};
    bpo_ledger *ledger = NULL;
    bpo_status status = bpo__ledger_new_until(period->contract, period->name, period->horizon, &ledger, err);

    if (status == BPO_OK)
        status = fill(desk, period, ledger, err);
    if (status == BPO_OK)
        status = bpo__ledger_close(ledger, &closing, ret_statement, err);
    bpo_ledger_unref(ledger);
    return status;
}
