/* SPDX-License-Identifier: Apache-2.0 */
/* Folding a subject: the outline, facts that stand for themselves, and the row with the digest. */
#include "ledger/fold.h"

#include "core/digest.h"
#include "core/fail.h"
#include "ledger/difference.h"
#include "terms/fact_table.h"

static bool metric_is_metered(const bpo__pricing *pricing)
{
    for (size_t i = 0; i < pricing->meter_count; i++)
        if (pricing->meters[i].source == BPO__METER_METRIC)
            return true;
    return false;
}

static bool is_plain(bpo_fact_kind kind)
{
    const bpo__fact_row *row = bpo__fact_row_of(kind);
    return row == NULL || row->subject != BPO__SUBJECT_TICKET;
}

static void see_entry(const bpo__folder *folder, const bpo__entry *entry, bpo__outline *outline)
{
    bool plain = is_plain(entry->kind);
    outline->has_plain |= plain;
    outline->has_tickets |= !plain;
    outline->has_seats |= entry->kind == BPO_SEAT_CHANGED && entry->at < folder->until;
    outline->has_earlier |= entry->at < folder->start;
    outline->has_later |= entry->at >= folder->until;
    outline->differs |= entry->at < folder->until && (entry->at >= folder->start || (entry->flags & BPO_FACT_LATE));
}

/* Only a late fact, or one of P that revises an earlier one, can change what counted before. */
static void see_differences(const bpo__folder *folder, const bpo__history *history, bpo__outline *outline)
{
    bpo__difference difference = bpo__difference_of(history, bpo__fold_after(folder), bpo__fold_before(folder));
    const bpo__entry *entry;
    int32_t sign;
    outline->differs = false;
    while (!outline->revised && (entry = bpo__difference_next(&difference, &sign)) != NULL) {
        outline->differs = true;
        outline->revised = entry->at < folder->start;
    }
}

static bpo__outline outline_of(const bpo__folder *folder, const bpo__history *history)
{
    bpo__outline outline = {0};
    for (size_t i = 0; i < history->count; i++)
        see_entry(folder, &history->entries[i], &outline);
    if (outline.differs)
        see_differences(folder, history, &outline);
    return outline;
}

static bpo_status emit_entry(bpo__folder *folder, bpo__text subject, const bpo__entry *entry, int32_t sign,
                             bpo_error *err)
{
    bpo_value values[BPO_FACT_VALUE_COUNT_MAX];
    bpo_fact fact = BPO_FACT_INIT;
    bpo_status status = bpo__fact_decode(folder->contract, entry->bytes, entry->size, &fact, values, err);
    if (status < 0)
        return status;
    const bpo__fact_row *row = bpo__fact_row_of(entry->kind);
    bpo__text name = bpo__text_of(row != NULL ? row->name : "");
    bpo_value kind = {BPO_VALUE_KIND, BPO_TYPE_TEXT, 0, {0, 0, 0, 0}, name.data, name.size};
    bpo__attributes words = {&kind, 1, NULL};
    bpo__attributes attributes = {fact.values, fact.value_count, &words};
    bpo__occurrence occurrence = {.kind = BPO__OCCURRENCE_FACT, .sign = sign, .at = fact.at, .fact = &fact,
                                  .subject = subject, .attributes = &attributes};
    return bpo__fold_emit(folder, &occurrence, err);
}

static bpo_status fold_plain(bpo__folder *folder, bpo__text subject, const bpo__history *history, bpo_error *err)
{
    bpo__difference difference = bpo__difference_of(history, bpo__fold_after(folder), bpo__fold_before(folder));
    const bpo__entry *entry;
    int32_t sign;
    bpo_status status = BPO_OK;
    while (status >= 0 && (entry = bpo__difference_next(&difference, &sign)) != NULL)
        if (is_plain(entry->kind))
            status = emit_entry(folder, subject, entry, sign, err);
    return status;
}

/* One fact as the digest sees it: its sign, where it may be withdrawn, and its canonical bytes. */
static bpo_status digest_entry(bpo__folder *folder, const bpo__entry *entry, int32_t sign)
{
    bpo__text bytes = {(const char *)entry->bytes, entry->size};
    bpo_status status = bpo__write_signed(&folder->scratch, sign);
    return status < 0 ? status : bpo__write_text(&folder->scratch, bytes);
}

/* Gathers what the subject's row covers: of tickets and seats, which live on, everything that counts; else only what
 * came or went. */
static bpo_status gather_facts(bpo__folder *folder, const bpo__history *history, const bpo__outline *outline,
                               uint64_t *ret_count)
{
    bpo__view nothing = {INT64_MIN, false, false};
    bool lives_on = outline->has_tickets || outline->has_seats;
    bpo__difference difference = bpo__difference_of(history, bpo__fold_after(folder),
                                                    lives_on ? nothing : bpo__fold_before(folder));
    const bpo__entry *entry;
    int32_t sign;
    bpo_status status = BPO_OK;
    *ret_count = 0;
    while (status >= 0 && (entry = bpo__difference_next(&difference, &sign)) != NULL) {
        status = digest_entry(folder, entry, sign);
        *ret_count += sign > 0;
    }
    return status;
}

static bpo_status enter_row(bpo__folder *folder, bpo__text subject, const bpo__history *history,
                            const bpo__outline *outline, bpo_error *err)
{
    uint8_t digest[BPO_DIGEST_SIZE];
    uint64_t count;
    folder->scratch.size = 0;
    if (bpo__write_text(&folder->scratch, subject) < 0 || gather_facts(folder, history, outline, &count) < 0)
        return bpo__fail_memory(err);
    bpo_status status = bpo__digest(folder->context, folder->scratch.data, folder->scratch.size, digest, err);
    if (status < 0)
        return status;
    if (bpo__books_enter(folder->books, subject, status == BPO_OK ? digest : NULL) < 0)
        return bpo__fail_memory(err);
    folder->books->fact_count += count;
    return BPO_OK;
}

/* What /contract/late_window leaves open, and from the service's first period on: what lies before that was in no
 * statement, so there is nothing to correct. */
static bpo_time counted_from(const bpo_contract *contract, bpo_time start)
{
    bpo_time settled = bpo__contract_settled_until(contract, start), first, end;
    if (bpo__contract_period_at(contract, bpo__contract_start(contract), &first, &end, NULL) < 0)
        return settled; /* the contract names no start */
    return settled > first ? settled : first;
}

void bpo__folder_init(bpo__folder *folder, bpo_contract *contract, bpo_time start, bpo_time until)
{
    *folder = (bpo__folder){0};
    folder->context = bpo__contract_context(contract);
    folder->contract = contract;
    folder->start = start;
    folder->counted = counted_from(contract, start);
    folder->until = until;
    folder->restates = bpo__contract_late_facts(contract) == BPO__LATE_RESTATE;
    bpo__buffer_init(&folder->scratch, folder->context);
    for (size_t i = 0, n = bpo_contract_version_count(contract); i < n; i++)
        folder->runs_count |= metric_is_metered(&bpo__contract_plan(contract, i)->pricing);
}

void bpo__folder_clear(bpo__folder *folder)
{
    bpo__free(folder->context, folder->state, folder->state_capacity * sizeof *folder->state);
    bpo__buffer_clear(&folder->scratch);
}

bpo__view bpo__fold_after(const bpo__folder *folder)
{
    bpo__view view = {folder->until, true, folder->restates};
    return view;
}

bpo__view bpo__fold_before(const bpo__folder *folder)
{
    bpo__view view = {folder->start, false, folder->restates};
    return view;
}

bpo_status bpo__fold(bpo__folder *folder, bpo__text subject, const bpo__history *history, bool *ret_settled,
                     bpo_error *err)
{
    bpo__outline outline = outline_of(folder, history);
    bool alive = outline.differs, open = false;
    bpo_status status = BPO_OK;
    if (outline.has_tickets)
        status = bpo__fold_ticket(folder, subject, history, &outline, &alive, &open, err);
    if (status >= 0 && outline.has_seats)
        status = bpo__fold_seat(folder, subject, history, &outline, err);
    if (status >= 0 && outline.has_plain && outline.differs)
        status = fold_plain(folder, subject, history, err);
    if (status >= 0)
        status = bpo__usage_settle(folder->books->usage, err);
    if (status >= 0 && (alive || outline.has_seats))
        status = enter_row(folder, subject, history, &outline, err);
    if (status >= 0 && ret_settled != NULL)
        *ret_settled = !open && !outline.has_later && !outline.has_seats;
    return status;
}

bpo_status bpo__fold_emit(bpo__folder *folder, bpo__occurrence *occurrence, bpo_error *err)
{
    bpo_status status = bpo__place_find(&folder->place, folder->contract, occurrence->at, err);
    if (status < 0 || folder->place.period_start < folder->counted)
        return status;
    occurrence->plan = folder->place.plan;
    occurrence->version = folder->place.version;
    occurrence->period_start = folder->place.period_start;
    occurrence->period_end = folder->place.period_end;
    if ((status = bpo__cells_count(folder->books->cells, occurrence, err)) < 0)
        return status;
    return bpo__usage_count(folder->books->usage, occurrence, err);
}

bpo_status bpo__fold_emit_stretch(bpo__folder *folder, const bpo__occurrence *stretch, const bpo_calendar *calendar,
                                  bpo_error *err)
{
    bpo__occurrence piece = *stretch;
    bpo_status status = BPO_OK;
    for (bpo_time at = stretch->from; at < stretch->until && status >= 0; at = piece.until) {
        if ((status = bpo__place_find(&folder->place, folder->contract, at, err)) < 0)
            break;
        piece.at = piece.from = at;
        piece.until = folder->place.until < stretch->until ? folder->place.until : stretch->until;
        piece.elapsed = piece.until - piece.from;
        if (calendar != NULL)
            status = bpo_calendar_between(calendar, piece.from, piece.until, &piece.elapsed, err);
        if (status >= 0)
            status = bpo__fold_emit(folder, &piece, err);
    }
    return status;
}
