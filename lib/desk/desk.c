/* SPDX-License-Identifier: Apache-2.0 */
/* A desk's life: begun, opened, asked, ended. */
#include "desk/desk.h"

#include "core/fail.h"
#include "desk/book_bytes.h"
#include "desk/follow.h"
#include "desk/own_records.h"
#include "desk/store_access.h"
#include "sla/ticket.h"
#include "terms/plan.h"
#include <bpo/zone.h>

#define ID_SIZE_MOST 256

/* --- making and ending ------------------------------------------------------------------------------------------- */

static void free_dossiers(bpo_desk *desk)
{
    for (size_t i = 0; i < desk->dossier_count; i++) {
        bpo__dossier *dossier = desk->dossiers[i];
        bpo__history_clear(&dossier->history);
        bpo__free(desk->context, dossier, sizeof *dossier + dossier->name.size);
    }
    bpo__free(desk->context, desk->dossiers, desk->dossier_capacity * sizeof *desk->dossiers);
    bpo__map_clear(&desk->dossier_of);
}

static void free_given(bpo_desk *desk)
{
    const bpo__map_entry *entry;
    size_t position = 0;

    while ((entry = bpo__map_next(&desk->given, &position)) != NULL)
        bpo__free(desk->context, entry->value, entry->key.size);
    bpo__map_clear(&desk->given);
}

static void free_desk(bpo_desk *desk)
{
    bpo_context *context = desk->context;

    free_dossiers(desk);
    free_given(desk);
    for (size_t i = 0; i < desk->seal_count; i++)
        bpo__free(context, desk->seals[i].bytes, desk->seals[i].size);
    bpo__free(context, desk->seals, desk->seal_capacity * sizeof *desk->seals);
    bpo__free(context, desk->id, desk->id_size);
    bpo_contract_unref(desk->contract);
    bpo__free(context, desk, sizeof *desk);
    bpo_context_unref(context);
}

/* A desk that has read nothing. The store is not its own yet: free_desk() leaves it. */
static bpo_status make_desk(bpo_context *context, const bpo_store *store, const char *id, bpo_desk **ret_desk,
                            bpo_error *err)
{
    size_t size = strlen(id);
    bpo_store copy = BPO_STORE_INIT;

    if (size == 0 || size > ID_SIZE_MOST || !bpo__utf8_is_valid(id, size))
        return bpo__fail(err, BPO_E_INVALID, BPO__MSG_desk_id, NULL, NULL, NULL, NULL);
    bpo_status status = bpo__store_copy(store, &copy, err);
    if (status != BPO_OK)
        return status;
    bpo_desk *desk = bpo__alloc_zeroed(context, sizeof *desk);
    if (!desk)
        return bpo__fail_memory(err);
    desk->context = bpo_context_ref(context);
    desk->store = copy;
    desk->watermark = INT64_MIN;
    desk->sealed_until = INT64_MIN;
    desk->restate_from = BPO_TIME_NEVER;
    bpo__reference_init(&desk->references);
    bpo__map_init(&desk->dossier_of, context);
    bpo__map_init(&desk->given, context);
    desk->id_size = size + 1;
    desk->id = bpo__alloc(context, desk->id_size);
    if (!desk->id) {
        desk->id_size = 0;
        free_desk(desk);
        return bpo__fail_memory(err);
    }
    memcpy(desk->id, id, desk->id_size);
    *ret_desk = desk;
    return BPO_OK;
}

/* --- beginning --------------------------------------------------------------------------------------------------- */

/* The book as records: its bytes one after another, and where each begins. */
typedef struct book {
    bpo__buffer bytes;
    bpo__own_key *keys;
    bpo_record *records;
    const bpo_record **pointers;
    uint64_t *sequences;
    size_t count;
} book;

static void end_book(bpo_context *context, book *b)
{
    bpo__buffer_clear(&b->bytes);
    bpo__free(context, b->keys, b->count * sizeof *b->keys);
    bpo__free(context, b->records, b->count * sizeof *b->records);
    bpo__free(context, b->pointers, b->count * sizeof *b->pointers);
    bpo__free(context, b->sequences, b->count * sizeof *b->sequences);
}

static bpo_status begin_book(bpo_context *context, size_t count, book *b)
{
    *b = (book){.count = count};
    bpo__buffer_init(&b->bytes, context);
    b->keys = bpo__alloc(context, count * sizeof *b->keys);
    b->records = b->keys ? bpo__alloc(context, count * sizeof *b->records) : NULL;
    b->pointers = b->records ? bpo__alloc(context, count * sizeof *b->pointers) : NULL;
    b->sequences = b->pointers ? bpo__alloc_zeroed(context, count * sizeof *b->sequences) : NULL;
    return b->sequences ? BPO_OK : BPO_E_NOMEM;
}

/* Encodes record i; its bytes are pointed at once all are written. */
static bpo_status write_page(bpo_contract *contract, book *b, size_t i, bpo_error *err)
{
    size_t offset = b->bytes.size;
    bpo_status status;

    if (i == 0) {
        b->keys[i] = bpo__terms_key();
        b->records[i] = bpo__own_record(BPO_RECORD_TERMS, &b->keys[i], 0, 0);
        status = bpo__terms_encode(bpo__contract_base(contract), &b->bytes, err);
    } else {
        const bpo_amendment *amendment = bpo__contract_amendment(contract, i - 1);
        b->keys[i] = bpo__amendment_key(amendment->number);
        b->records[i] = bpo__own_record(BPO_RECORD_AMENDMENT, &b->keys[i], amendment->effective_from,
                                        amendment->recorded_at);
        status = bpo__amendment_encode(b->bytes.context, amendment, &b->bytes, err);
    }
    b->records[i].size = b->bytes.size - offset;
    return status;
}

static bpo_status write_book(bpo_contract *contract, book *b, bpo_error *err)
{
    bpo_status status = BPO_OK;
    size_t offset = 0;

    for (size_t i = 0; i < b->count && status == BPO_OK; i++)
        status = write_page(contract, b, i, err);
    for (size_t i = 0; i < b->count && status == BPO_OK; i++) {
        b->records[i].bytes = b->bytes.data + offset;
        b->pointers[i] = &b->records[i];
        offset += b->records[i].size;
    }
    return status;
}

static bpo_status append_book(bpo_desk *desk, bpo_error *err)
{
    bool dense = false;
    book b;
    bpo_status status = begin_book(desk->context, 1 + bpo__contract_amendment_count(desk->contract), &b);

    if (status != BPO_OK)
        bpo__fail_memory(err);
    else
        status = write_book(desk->contract, &b, err);
    if (status == BPO_OK)
        status = bpo__desk_append(desk, 0, b.pointers, b.count, b.sequences, &dense, err);
    if (status == BPO_E_CONFLICT)
        status = bpo__fail(err, BPO_E_EXISTS, BPO__MSG_desk_exists, NULL, desk->id, NULL, NULL);
    end_book(desk->context, &b);
    return status;
}

bpo_status bpo_desk_create(bpo_contract *contract, const bpo_store *store, const char *id, bpo_desk **ret_desk,
                           bpo_error *err)
{
    bpo_desk *desk = NULL;

    if (!contract || !store || !id || !ret_desk)
        return bpo__fail_argument(err, !contract ? "contract" : !store ? "store" : !id ? "id" : "ret_desk");
    bpo_status status = make_desk(bpo__contract_context(contract), store, id, &desk, err);
    if (status != BPO_OK)
        return status;
    desk->contract = bpo_contract_ref(contract);
    status = append_book(desk, err);
    if (status != BPO_OK) {
        free_desk(desk);
        return status;
    }
    *ret_desk = desk;
    return BPO_OK;
}

/* --- opening ----------------------------------------------------------------------------------------------------- */

bpo_status bpo_desk_open(bpo_context *context, const bpo_store *store, const char *id, bpo_desk **ret_desk,
                         bpo_error *err)
{
    bpo_desk *desk = NULL;

    if (!context || !store || !id || !ret_desk)
        return bpo__fail_argument(err, !context ? "context" : !store ? "store" : !id ? "id" : "ret_desk");
    bpo_status status = make_desk(context, store, id, &desk, err);
    if (status != BPO_OK)
        return status;
    status = bpo__desk_catch_up(desk, err);
    if (status == BPO_OK && desk->head == 0)
        status = bpo__fail(err, BPO_E_NOT_FOUND, BPO__MSG_desk_unknown, NULL, desk->id, NULL, NULL);
    if (status != BPO_OK) {
        free_desk(desk);
        return status;
    }
    *ret_desk = desk;
    return BPO_OK;
}

bpo_desk *bpo_desk_ref(bpo_desk *desk)
{
    if (desk)
        bpo__reference_take(&desk->references);
    return desk;
}

bpo_desk *bpo_desk_unref(bpo_desk *desk)
{
    if (desk && bpo__reference_drop(&desk->references)) {
        bpo__store_release(&desk->store);
        free_desk(desk);
    }
    return NULL;
}

/* --- being used -------------------------------------------------------------------------------------------------- */

bpo_status bpo__desk_enter(bpo_desk *desk, bpo_error *err)
{
    if (!desk)
        return bpo__fail_argument(err, "desk");
    if (desk->busy)
        return bpo__fail(err, BPO_E_BUSY, BPO__MSG_desk_busy, NULL, NULL, NULL, NULL);
    desk->busy = true;
    return BPO_OK;
}

bpo_status bpo__desk_leave(bpo_desk *desk, bpo_status status)
{
    desk->busy = false;
    return status;
}

bpo_status bpo__desk_clock(const bpo_desk *desk, bpo_time now, bpo_time *ret_now, bpo_error *err)
{
    char given[BPO_TIME_TEXT_SIZE] = "", said[BPO_TIME_TEXT_SIZE] = "";

    if (now >= desk->watermark) {
        *ret_now = now;
        return BPO_OK;
    }
    uint64_t behind = (uint64_t)desk->watermark - (uint64_t)now;
    if (behind > (uint64_t)bpo__contract_clock_tolerance(desk->contract)) {
        bpo_time_format(now, given, sizeof given);
        bpo_time_format(desk->watermark, said, sizeof said);
        return bpo__fail(err, BPO_E_CLOCK_BACK, BPO__MSG_desk_clock_back, NULL, given, said, NULL);
    }
    *ret_now = desk->watermark;
    return BPO_OK;
}

/* --- being asked ------------------------------------------------------------------------------------------------- */

bpo_contract *bpo_desk_contract(const bpo_desk *desk) { return desk ? desk->contract : NULL; }

size_t bpo_desk_sealed_count(const bpo_desk *desk) { return desk ? desk->seal_count : 0; }

bpo_status bpo_desk_sealed(bpo_desk *desk, size_t index, bpo_statement **ret_statement, bpo_error *err)
{
    if (!desk || !ret_statement)
        return bpo__fail_argument(err, desk ? "ret_statement" : "desk");
    if (index >= desk->seal_count)
        return bpo__fail(err, BPO_E_INVALID, BPO__MSG_argument_invalid, NULL, "index",
                         "it is not below bpo_desk_sealed_count()", NULL);
    const bpo__seal *seal = &desk->seals[index];
    return bpo_statement_decode(desk->context, seal->bytes + seal->statement_offset, seal->statement_size,
                                ret_statement, err);
}

bpo_status bpo_desk_clock(bpo_desk *desk, const char *subject, const char *metric, bpo_time now, bpo_clock *ret_clock,
                          bpo_error *err)
{
    if (!desk || !subject || !metric || !ret_clock)
        return bpo__fail_argument(err, !desk ? "desk" : !subject ? "subject" : !metric ? "metric" : "ret_clock");
    const bpo__dossier *dossier = bpo__desk_find(desk, bpo__text_of(subject));
    if (!dossier || !dossier->is_ticket)
        return bpo__fail(err, BPO_E_NOT_FOUND, BPO__MSG_clock_unknown, NULL, subject, metric, NULL);
    /* The same facts as a ticket, lent for the call: clocks are read and nothing is changed. */
    bpo_ticket ticket = {.contract = desk->contract, .history = dossier->history, .advanced = BPO__NEVER_ADVANCED};
    return bpo_ticket_clock(&ticket, metric, now, ret_clock, err);
}
