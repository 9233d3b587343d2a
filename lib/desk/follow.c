/* SPDX-License-Identifier: Apache-2.0 */
/* Following the stream. A record is folded wholly or not at all, one after another, so a reader that fails in the
 * middle stands at a record and goes on from there. */
#include "desk/follow.h"

#include "core/fail.h"
#include "core/sized.h"
#include "desk/book_bytes.h"
#include "desk/own_records.h"
#include "terms/fact_table.h"

/* --- what a record does ------------------------------------------------------------------------------------------ */

static bpo_status refuse_record(const bpo_record *record, bpo_status status, int32_t message, bpo_error *err)
{
    char sequence[BPO__INTEGER_TEXT_SIZE];
    bpo__unsigned_format(record->sequence, sequence);
    return bpo__fail(err, status, message, NULL, sequence, NULL, NULL);
}

static bpo_status fold_terms(bpo_desk *desk, const bpo_record *record, bpo_error *err)
{
    bpo_terms *terms = NULL;

    if (desk->contract)
        return refuse_record(record, BPO_E_CORRUPT, BPO__MSG_stream_record, err);
    bpo_status status = bpo__terms_decode(desk->context, record->bytes, record->size, &terms, err);
    if (status == BPO_OK)
        status = bpo_contract_new(desk->context, terms, &desk->contract, err);
    bpo_terms_unref(terms);
    return status;
}

static bpo_status fold_amendment(bpo_desk *desk, const bpo_record *record, bpo_error *err)
{
    bpo_contract *next = NULL;
    bpo_status status = bpo__amendment_apply(desk->context, desk->contract, record->bytes, record->size, &next, err);
    if (status == BPO_OK)
        bpo__desk_set_contract(desk, next);
    return status;
}

/* Zeros where the host gives no digest. */
static bool is_chained(const bpo_desk *desk)
{
    uint8_t bits = 0;
    for (size_t i = 0; i < BPO_DIGEST_SIZE; i++)
        bits |= desk->chain[i];
    return bits != 0;
}

/* The period that is next, or the one that is to be restated. */
static bool is_due(const bpo_desk *desk, const bpo__seal_content *content)
{
    const bpo__seal *restatement = bpo__desk_restatement(desk);
    if (restatement)
        return content->start == restatement->start && content->end == restatement->end;
    return desk->seal_count == 0 || content->start == desk->sealed_until;
}

static bpo_status check_seal(const bpo_desk *desk, const bpo_record *record, const bpo__seal_content *content,
                             bpo_error *err)
{
    if (!is_due(desk, content))
        return refuse_record(record, BPO_E_CORRUPT, BPO__MSG_stream_record, err);
    if (!is_chained(desk) || memcmp(content->chain.data, desk->chain, BPO_DIGEST_SIZE) == 0)
        return BPO_OK;
    bpo__log(desk->context, BPO_LOG_ERROR, "a stream was changed after it was sealed");
    return refuse_record(record, BPO_E_CORRUPT, BPO__MSG_stream_changed, err);
}

static bpo_status fold_seal(bpo_desk *desk, const bpo_record *record, bpo_error *err)
{
    bpo__seal_content content;
    bpo_status status = bpo__seal_decode(record->bytes, record->size, &content, err);
    if (status == BPO_OK)
        status = check_seal(desk, record, &content, err);
    if (status == BPO_OK)
        status = bpo__desk_reserve_seal(desk, err);
    if (status != BPO_OK)
        return status;
    uint8_t *bytes = bpo__alloc(desk->context, record->size);
    if (!bytes)
        return bpo__fail_memory(err);
    memcpy(bytes, record->bytes, record->size);
    size_t offset = (size_t)(content.statement.data - (const char *)record->bytes);
    bpo__seal seal = {content.start, content.end, bytes, record->size, offset, content.statement.size};
    bpo__desk_add_seal(desk, &seal, record->at);
    return BPO_OK;
}

static bpo_status fold_notice(bpo_desk *desk, const bpo_record *record, bpo_error *err)
{
    if (record->key_size == 0)
        return refuse_record(record, BPO_E_CORRUPT, BPO__MSG_stream_record, err);
    bpo_status status = bpo__desk_reserve_given(desk, 1, err);
    if (status != BPO_OK)
        return status;
    char *key = bpo__alloc(desk->context, record->key_size);
    if (!key)
        return bpo__fail_memory(err);
    memcpy(key, record->key, record->key_size);
    bpo__desk_add_given(desk, (bpo__text){key, record->key_size});
    return BPO_OK;
}

static bpo_status fold_watermark(bpo_desk *desk, const bpo_record *record, bpo_error *err)
{
    (void)err;
    bpo__desk_add_watermark(desk, record->at);
    return BPO_OK;
}

/* A fact that was recorded by somebody who had not read of a seal yet is left out by every reader where the contract
 * then refuses it. */
static bpo_status fold_fact(bpo_desk *desk, const bpo_record *record, bpo_error *err)
{
    bpo_value values[BPO_FACT_VALUE_COUNT_MAX];
    bpo_fact fact = BPO_FACT_INIT;
    bpo__added added;
    bpo_status status = bpo__fact_decode(desk->contract, record->bytes, record->size, &fact, values, err);

    if (status != BPO_OK)
        return status;
    if (fact.kind != record->kind)
        return refuse_record(record, BPO_E_CORRUPT, BPO__MSG_stream_record, err);
    if (bpo__desk_refusal(desk, &fact) != 0)
        return BPO_OK;
    bpo__dossier *dossier = bpo__desk_provide(desk, (bpo__text){fact.subject, fact.subject_size});
    if (!dossier)
        return bpo__fail_memory(err);
    status = bpo__dossier_add(desk, dossier, &fact, record->bytes, record->size, &added, err);
    return status == BPO_E_KEY_REUSED ? refuse_record(record, BPO_E_CORRUPT, BPO__MSG_stream_record, err) : status;
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

typedef bpo_status (*folder)(bpo_desk *desk, const bpo_record *record, bpo_error *err);

static const struct {
    int32_t kind;
    folder fold;
} folders[] = {
    {BPO_RECORD_TERMS, fold_terms},   {BPO_RECORD_AMENDMENT, fold_amendment}, {BPO_RECORD_SEAL, fold_seal},
    {BPO_RECORD_NOTICE, fold_notice}, {BPO_RECORD_WATERMARK, fold_watermark},
};

static folder folder_of(int32_t kind)
{
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
        if (folders[i].kind == kind)
            return folders[i].fold;
    return bpo__fact_row_of(kind) ? fold_fact : NULL;
}

static bpo_status fold_record(bpo_desk *desk, const bpo_record *record, bpo__buffer *scratch, bpo_error *err)
{
    uint8_t chain[BPO_DIGEST_SIZE];
    folder fold = folder_of(record->kind);

    if (!desk->contract && record->kind != BPO_RECORD_TERMS)
        return bpo__fail(err, BPO_E_CORRUPT, BPO__MSG_stream_foreign, NULL, desk->id, NULL, NULL);
    if (!fold)
        return refuse_record(record, BPO_E_TOO_NEW, BPO__MSG_stream_too_new, err);
    memcpy(chain, desk->chain, sizeof chain);
    bpo_status status = bpo__chain_add(desk->context, chain, record->sequence, record, scratch, err);
    if (status == BPO_OK)
        status = fold(desk, record, err);
    if (status != BPO_OK)
        return status;
    memcpy(desk->chain, chain, sizeof chain);
    desk->head = record->sequence;
    return BPO_OK;
}

/* A read of the stream: which failures are the desk's own. */
typedef struct reading {
    bpo_desk *desk;
    bpo__buffer scratch;
    bpo_error *err;
    bpo_status status;
} reading;

/* Whether what has a size is there. */
static bool has_bytes(const bpo_record *record)
{
    return (record->key || record->key_size == 0) && (record->subject || record->subject_size == 0) &&
           (record->bytes || record->size == 0);
}

static bpo_status visit(void *user, const bpo_record *given)
{
    reading *r = user;
    bpo_record record;

    if (r->status != BPO_OK)
        return r->status; /* a store that reads on past a failure */
    if (!given || bpo__sized_read(given, sizeof record, &record, sizeof record) != BPO_OK)
        r->status = bpo__fail(r->err, BPO_E_ABI, BPO__MSG_struct_size, NULL, "bpo_record", NULL, NULL);
    else if (!has_bytes(&record))
        r->status = refuse_record(&record, BPO_E_CORRUPT, BPO__MSG_stream_record, r->err);
    else if (record.sequence != r->desk->head + 1) {
        char found[BPO__INTEGER_TEXT_SIZE], wanted[BPO__INTEGER_TEXT_SIZE];
        bpo__unsigned_format(record.sequence, found);
        bpo__unsigned_format(r->desk->head + 1, wanted);
        r->status = bpo__fail(r->err, BPO_E_CORRUPT, BPO__MSG_stream_gap, NULL, found, wanted, NULL);
    } else {
        r->status = fold_record(r->desk, &record, &r->scratch, r->err);
    }
    return r->status;
}

bpo_status bpo__desk_catch_up(bpo_desk *desk, bpo_error *err)
{
    reading r = {desk, {NULL, NULL, 0, 0}, err, BPO_OK};

    bpo__buffer_init(&r.scratch, desk->context);
    bpo_status status = desk->store.read(desk->store.user, desk->id, desk->head + 1, visit, &r);
    bpo__buffer_clear(&r.scratch);
    if (r.status != BPO_OK)
        return r.status;
    if (status != BPO_OK)
        return bpo__fail_host(err, status, "read");
    desk->stale = false;
    return BPO_OK;
}

/* --- appending --------------------------------------------------------------------------------------------------- */

/* The chain if the records come to lie directly behind the head. */
static bpo_status chain_ahead(bpo_desk *desk, const bpo_record *const *records, size_t count, uint8_t *chain,
                              bpo_error *err)
{
    bpo__buffer scratch;
    bpo_status status = BPO_OK;

    bpo__buffer_init(&scratch, desk->context);
    memcpy(chain, desk->chain, BPO_DIGEST_SIZE);
    for (size_t i = 0; i < count && status == BPO_OK; i++)
        status = bpo__chain_add(desk->context, chain, desk->head + 1 + i, records[i], &scratch, err);
    bpo__buffer_clear(&scratch);
    return status;
}

static bool is_dense(const uint64_t *sequences, size_t count, uint64_t first)
{
    for (size_t i = 0; i < count; i++)
        if (sequences[i] != first + i)
            return false;
    return true;
}

static bpo_status refuse_append(bpo_desk *desk, bpo_status status, bpo_error *err)
{
    if (status == BPO_E_UNKNOWN_OUTCOME) {
        desk->stale = true;
        return bpo__fail(err, status, BPO__MSG_append_unknown, NULL, NULL, NULL, NULL);
    }
    if (status == BPO_E_CONFLICT)
        return bpo__fail(err, status, BPO__MSG_head_moved, NULL, NULL, NULL, NULL);
    return bpo__fail_host(err, status, "append");
}

bpo_status bpo__desk_append(bpo_desk *desk, uint64_t expected_seq, const bpo_record *const *records, size_t count,
                            uint64_t *sequences, bool *ret_dense, bpo_error *err)
{
    uint8_t chain[BPO_DIGEST_SIZE];
    bpo_status status = chain_ahead(desk, records, count, chain, err);

    memset(sequences, 0xff, count * sizeof *sequences); /* what a callback does not set is no sequence and no index */
    if (status != BPO_OK)
        return status;
    status = desk->store.append(desk->store.user, desk->id, expected_seq, records, count, sequences);
    if (status == BPO_E_KEY_REUSED && sequences[0] >= count)
        return bpo__fail(err, BPO_E_STATE, BPO__MSG_append_protocol, NULL, NULL, NULL, NULL);
    if (status != BPO_OK)
        return refuse_append(desk, status, err);
    *ret_dense = is_dense(sequences, count, desk->head + 1);
    if (*ret_dense) {
        desk->head += count;
        memcpy(desk->chain, chain, sizeof chain);
    } else {
        desk->stale = true;
    }
    return BPO_OK;
}

/* --- what folding leaves ----------------------------------------------------------------------------------------- */

bpo_status bpo__desk_reserve_seal(bpo_desk *desk, bpo_error *err)
{
    void *seals = desk->seals;
    bpo_status status =
        bpo__reserve(desk->context, &seals, &desk->seal_capacity, desk->seal_count, 1, sizeof *desk->seals);
    desk->seals = seals;
    return status == BPO_OK ? BPO_OK : bpo__fail_memory(err);
}

/* What was booked late is booked now; the next ledger sees it as known. */
static void clear_late(bpo__dossier *dossier)
{
    for (size_t i = 0; i < dossier->history.count; i++)
        dossier->history.entries[i].flags &= ~(uint32_t)BPO_FACT_LATE;
    dossier->has_late = false;
}

void bpo__desk_add_seal(bpo_desk *desk, const bpo__seal *seal, bpo_time said_at)
{
    desk->seals[desk->seal_count++] = *seal;
    if (seal->end > desk->sealed_until)
        desk->sealed_until = seal->end;
    else
        desk->restate_from = seal->end < desk->sealed_until ? seal->end : BPO_TIME_NEVER;
    for (size_t i = 0; i < desk->dossier_count; i++)
        if (desk->dossiers[i]->has_late)
            clear_late(desk->dossiers[i]);
    bpo__desk_add_watermark(desk, said_at);
}

bpo_status bpo__desk_reserve_given(bpo_desk *desk, size_t count, bpo_error *err)
{
    return bpo__map_reserve(&desk->given, count) == BPO_OK ? BPO_OK : bpo__fail_memory(err);
}

void bpo__desk_add_given(bpo_desk *desk, bpo__text key)
{
    if (bpo__map_get(&desk->given, key))
        bpo__free(desk->context, (void *)(uintptr_t)key.data, key.size);
    else
        (void)bpo__map_set(&desk->given, key, (void *)(uintptr_t)key.data); /* room was made */
}

void bpo__desk_add_watermark(bpo_desk *desk, bpo_time at)
{
    if (at > desk->watermark)
        desk->watermark = at;
}

/* Other terms give other clocks. */
void bpo__desk_set_contract(bpo_desk *desk, bpo_contract *contract)
{
    bpo_contract_unref(desk->contract);
    desk->contract = contract;
    for (size_t i = 0; i < desk->dossier_count; i++) {
        desk->dossiers[i]->settled = false;
        desk->dossiers[i]->wake_at = INT64_MIN;
    }
}
