/* SPDX-License-Identifier: Apache-2.0 */
/* Dossiers: what a desk keeps about each subject, and which period a fact is booked to. */
#include "core/fail.h"
#include "desk/desk.h"
#include "terms/fact_table.h"
#include "terms/plan.h"

bpo__dossier *bpo__desk_find(const bpo_desk *desk, bpo__text subject)
{
    bpo__dossier *dossier = bpo__map_get(&desk->dossier_of, subject);
    return dossier && dossier->history.count > 0 ? dossier : NULL;
}

static bpo__dossier *make_dossier(bpo_context *context, bpo__text subject)
{
    bpo__dossier *dossier = bpo__alloc_zeroed(context, sizeof *dossier + subject.size);
    if (!dossier)
        return NULL;
    char *name = (char *)(dossier + 1);
    if (subject.size > 0)
        memcpy(name, subject.data, subject.size);
    dossier->name = (bpo__text){name, subject.size};
    dossier->wake_at = INT64_MIN;
    bpo__history_init(&dossier->history, context);
    return dossier;
}

bpo__dossier *bpo__desk_provide(bpo_desk *desk, bpo__text subject)
{
    bpo__dossier *dossier = bpo__map_get(&desk->dossier_of, subject);
    void *list = desk->dossiers;
    if (dossier)
        return dossier;
    bpo_status status = bpo__reserve(desk->context, &list, &desk->dossier_capacity, desk->dossier_count, 1,
                                     sizeof *desk->dossiers);
    desk->dossiers = list;
    dossier = status == BPO_OK ? make_dossier(desk->context, subject) : NULL;
    if (!dossier)
        return NULL;
    if (bpo__map_set(&desk->dossier_of, dossier->name, dossier) != BPO_OK) {
        bpo__free(desk->context, dossier, sizeof *dossier + subject.size);
        return NULL;
    }
    desk->dossiers[desk->dossier_count++] = dossier;
    return dossier;
}

/* A fact of a sealed period, or one that revises such a fact, makes that period and those after it out of date. */
static void note_restatement(bpo_desk *desk, const bpo__dossier *dossier, const bpo_fact *fact)
{
    bpo__text key = {fact->key, fact->key_size};
    bpo_time earliest = fact->at;
    for (size_t i = 0; fact->revision > 0 && i < dossier->history.count; i++) {
        const bpo__entry *entry = &dossier->history.entries[i];
        if (entry->at < earliest && bpo__text_equal(entry->key, key))
            earliest = entry->at;
    }
    if (earliest < desk->sealed_until && earliest < desk->restate_from)
        desk->restate_from = earliest;
}

bpo_status bpo__dossier_add(bpo_desk *desk, bpo__dossier *dossier, const bpo_fact *fixed_part, const void *bytes,
                            size_t size, bpo__added *ret_added, bpo_error *err)
{
    const bpo__fact_row *row = bpo__fact_row_of(fixed_part->kind);
    bool restates = bpo__contract_late_facts(desk->contract) == BPO__LATE_RESTATE;
    bool late = !restates && bpo__desk_is_late(desk, fixed_part->at);
    bpo_fact booked = *fixed_part;

    booked.flags = (fixed_part->flags & BPO_FACT_RETRACTED) | (late ? (uint32_t)BPO_FACT_LATE : 0);
    bpo_status status = bpo__history_add(&dossier->history, &booked, bytes, size, ret_added, err);
    if (status != BPO_OK)
        return status;
    if (restates && *ret_added != BPO__ADDED_DUPLICATE)
        note_restatement(desk, dossier, fixed_part);
    dossier->is_ticket = dossier->is_ticket || (row && row->subject == BPO__SUBJECT_TICKET);
    dossier->has_late = dossier->has_late || late;
    dossier->settled = false;
    dossier->wake_at = INT64_MIN;
    return BPO_OK;
}

bpo_time bpo__desk_sealed_until(const bpo_desk *desk)
{
    return desk->sealed_until;
}

const bpo__seal *bpo__desk_seal_from(const bpo_desk *desk, bpo_time start)
{
    for (size_t i = desk->seal_count; i-- > 0;)
        if (desk->seals[i].start == start)
            return &desk->seals[i];
    return NULL;
}

const bpo__seal *bpo__desk_seal_until(const bpo_desk *desk, bpo_time end)
{
    for (size_t i = desk->seal_count; i-- > 0;)
        if (desk->seals[i].end == end)
            return &desk->seals[i];
    return NULL;
}

const bpo__seal *bpo__desk_restatement(const bpo_desk *desk)
{
    const bpo__seal *due = NULL;
    for (size_t i = 0; i < desk->seal_count && desk->restate_from != BPO_TIME_NEVER; i++) {
        const bpo__seal *seal = &desk->seals[i];
        if (seal->end > desk->restate_from && (!due || seal->start <= due->start))
            due = seal;
    }
    return due;
}

bool bpo__desk_is_late(const bpo_desk *desk, bpo_time at) { return at < bpo__desk_sealed_until(desk); }

/* Whether the fact lies in a period that is settled for good, or corrects one that does. */
static bool changes_what_is_settled(const bpo_desk *desk, const bpo_fact *fact)
{
    bpo_time settled = bpo__contract_settled_until(desk->contract, bpo__desk_sealed_until(desk));
    const bpo__dossier *dossier;

    if (settled == INT64_MIN || fact->at < settled)
        return settled != INT64_MIN;
    dossier = bpo__desk_find(desk, (bpo__text){fact->subject, fact->subject_size});
    const bpo__entry *before =
        dossier ? bpo__history_newest(&dossier->history, (bpo__text){fact->key, fact->key_size}) : NULL;
    return before && before->at < settled && !(before->flags & BPO_FACT_RETRACTED);
}

int32_t bpo__desk_refusal(const bpo_desk *desk, const bpo_fact *fact)
{
    if (bpo__desk_is_late(desk, fact->at) && bpo__contract_late_facts(desk->contract) == BPO__LATE_REFUSE)
        return BPO__MSG_fact_is_too_late;
    return changes_what_is_settled(desk, fact) ? BPO__MSG_fact_beyond_window : 0;
}
