/* SPDX-License-Identifier: Apache-2.0 */
/* Recording facts: into the store first, into memory then. What the desk knows is compared before; what another
 * process wrote meanwhile shows in the sequences that the store gives, and is read. */
#include "core/fail.h"
#include "core/report.h"
#include "desk/batch.h"
#include "desk/follow.h"

/* The batch as the store wants it. */
typedef struct shipment {
    bpo_record *records;
    const bpo_record **pointers;
    uint64_t *sequences;
    size_t capacity;
} shipment;

static void end_shipment(bpo_context *context, shipment *s)
{
    bpo__free(context, s->records, s->capacity * sizeof *s->records);
    bpo__free(context, s->pointers, s->capacity * sizeof *s->pointers);
    bpo__free(context, s->sequences, s->capacity * sizeof *s->sequences);
}

/* Room before the store is called; a part that could not be had is NULL. */
static bpo_status begin_shipment(bpo_context *context, size_t capacity, shipment *s)
{
    s->capacity = capacity;
    s->records = bpo__alloc(context, capacity * sizeof *s->records);
    s->pointers = s->records ? bpo__alloc(context, capacity * sizeof *s->pointers) : NULL;
    s->sequences = s->pointers ? bpo__alloc(context, capacity * sizeof *s->sequences) : NULL;
    return s->sequences ? BPO_OK : BPO_E_NOMEM;
}

static bpo_record record_of(const bpo__batch *batch, const bpo__batch_item *item)
{
    bpo_record record = BPO_RECORD_INIT;

    record.kind = item->fact.kind;
    record.revision = item->fact.revision;
    record.at = item->fact.at;
    record.recorded_at = item->fact.recorded_at;
    record.key = item->fact.key;
    record.key_size = item->fact.key_size;
    record.subject = item->fact.subject_size > 0 ? item->fact.subject : "";
    record.subject_size = item->fact.subject_size;
    record.bytes = batch->bytes.data + item->offset;
    record.size = item->size;
    return record;
}

/* Appends; a fact whose key another process used is dropped, and the rest tried again. */
static bpo_status ship(bpo__batch *batch, shipment *s, bool *ret_dense)
{
    while (batch->count > 0) {
        for (size_t i = 0; i < batch->count; i++) {
            s->records[i] = record_of(batch, &batch->items[i]);
            s->pointers[i] = &s->records[i];
        }
        bpo_status status = bpo__desk_append(batch->desk, BPO_SEQ_ANY, s->pointers, batch->count, s->sequences,
                                             ret_dense, batch->err);
        if (status != BPO_E_KEY_REUSED || s->sequences[0] >= batch->count)
            return status; /* the host's digest may say the same, and means no record */
        batch->desk->stale = true; /* the store knows what the desk does not */
        status = bpo__batch_drop(batch, (size_t)s->sequences[0]);
        if (status != BPO_OK)
            return status;
    }
    return BPO_OK;
}

/* The usual case: the records lie directly behind the head, and room was made for all of them. */
static void fold_own(bpo__batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        const bpo__batch_item *item = &batch->items[i];
        bpo__added added;
        (void)bpo__dossier_add(batch->desk, item->dossier, &item->fact, batch->bytes.data + item->offset, item->size,
                               &added, NULL);
    }
}

/* Marks what was there before, as far as the sequences tell: new records are the last, without gaps. */
static void mark_known(bpo__batch *batch, const uint64_t *sequences)
{
    uint64_t next = 0;

    for (size_t i = 0; i < batch->count; i++)
        next = sequences[i] > next ? sequences[i] : next;
    for (size_t i = batch->count; i-- > 0;) {
        if (sequences[i] == next)
            next--;
        else
            batch->items[i].remarks |= BPO__REMARK_KNOWN;
    }
}

/* The facts that this one was judged by may have changed since; that it is not there says that it was too late. */
static int32_t why_left_out(const bpo__batch *batch, const bpo_fact *fact)
{
    int32_t message = bpo__desk_refusal(batch->desk, fact);
    return message != 0 ? message : BPO__MSG_fact_is_too_late;
}

/* What is to be said of a fact now, beyond what was said before. */
static bpo_status remark_again(bpo__batch *batch, const bpo__batch_item *item)
{
    bpo__text key = {item->fact.key, item->fact.key_size};
    bool superseded = false;
    const bpo__entry *entry =
        bpo__history_find(&item->dossier->history, key, item->fact.revision, &superseded);

    if (item->remarks & BPO__REMARK_KNOWN)
        return bpo__batch_remark(batch, item, BPO_REPORT_DUPLICATE, BPO__MSG_fact_is_duplicate);
    if (!entry)
        return bpo__batch_remark(batch, item, BPO_REPORT_TOO_LATE, why_left_out(batch, &item->fact));
    if ((entry->flags & BPO_FACT_LATE) && !(item->remarks & BPO__REMARK_LATE))
        return bpo__batch_remark(batch, item, BPO_REPORT_LATE, BPO__MSG_fact_is_late);
    if (superseded && !(item->remarks & BPO__REMARK_SUPERSEDED))
        return bpo__batch_remark(batch, item, BPO_REPORT_SUPERSEDED, BPO__MSG_fact_is_superseded);
    return BPO_OK;
}

/* What only shows after reading what others wrote in between. Lack of memory loses a remark, not a fact. */
static void remark_after(bpo__batch *batch, const uint64_t *sequences)
{
    mark_known(batch, sequences);
    for (size_t i = 0; i < batch->count; i++)
        (void)remark_again(batch, &batch->items[i]);
}

static bpo_status record_items(bpo__batch *batch)
{
    bpo_context *context = batch->desk->context;
    shipment s = {NULL, NULL, NULL, 0};
    bool dense = false;

    if (batch->count == 0)
        return BPO_OK;
    bpo_status status = begin_shipment(context, batch->count, &s);
    if (status != BPO_OK)
        bpo__fail_memory(batch->err);
    else
        status = ship(batch, &s, &dense);
    if (status == BPO_OK && dense)
        fold_own(batch);
    else if (status == BPO_OK && bpo__desk_catch_up(batch->desk, NULL) == BPO_OK)
        remark_after(batch, s.sequences);
    else if (status == BPO_OK)
        bpo__log(context, BPO_LOG_WARNING, "facts are recorded, but not read back yet; the next call reads them");
    end_shipment(context, &s);
    return status;
}

static bpo_status record(bpo_desk *desk, bpo_time now, const bpo_fact *facts, size_t count, bpo_report *report,
                         bpo_error *err)
{
    bpo__batch batch;
    size_t stride = count > 0 ? facts->struct_size : 0; /* the caller's struct may be longer than ours */
    bpo_status status = desk->stale ? bpo__desk_catch_up(desk, err) : BPO_OK;

    if (status != BPO_OK)
        return status;
    status = bpo__batch_begin(&batch, desk, now, count, report, err);
    for (size_t i = 0; i < count && status == BPO_OK; i++)
        status = bpo__batch_take(&batch, i, (const bpo_fact *)((const char *)facts + i * stride));
    if (status == BPO_OK)
        status = record_items(&batch);
    bpo__batch_end(&batch);
    if (status != BPO_OK)
        bpo__report_clear(report);
    return status;
}

bpo_status bpo_desk_record(bpo_desk *desk, bpo_time now, const bpo_fact *facts, size_t count, bpo_report *report,
                           bpo_error *err)
{
    if (count > 0 && !facts)
        return bpo__fail_argument(err, "facts");
    bpo_status status = bpo__desk_enter(desk, err);
    if (status != BPO_OK)
        return status;
    return bpo__desk_leave(desk, record(desk, now, facts, count, report, err));
}
