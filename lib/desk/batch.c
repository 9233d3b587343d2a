/* SPDX-License-Identifier: Apache-2.0 */
/* A batch of facts on its way into the stream. What the desk has read already is compared here and spares the store
 * the work; what another process wrote meanwhile the store decides. */
#include "desk/batch.h"

#include "codec/fact_check.h"
#include "core/fail.h"
#include "core/report.h"
#include "core/sized.h"

bpo_status bpo__batch_begin(bpo__batch *batch, bpo_desk *desk, bpo_time now, size_t capacity, bpo_report *report,
                            bpo_error *err)
{
    *batch = (bpo__batch){.desk = desk, .now = now, .report = report, .err = err, .capacity = capacity};
    bpo__buffer_init(&batch->bytes, desk->context);
    bpo__map_init(&batch->key_of, desk->context);
    bpo__report_clear(report);
    if (capacity > PTRDIFF_MAX / sizeof *batch->items)
        return bpo__fail_memory(err);
    batch->items = bpo__alloc(desk->context, capacity * sizeof *batch->items);
    if (capacity > 0 && (!batch->items || bpo__map_reserve(&batch->key_of, capacity) != BPO_OK))
        return bpo__fail_memory(err);
    return BPO_OK;
}

void bpo__batch_end(bpo__batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        batch->items[i].dossier->pending_count = 0;
        batch->items[i].dossier->pending_size = 0;
    }
    bpo__map_clear(&batch->key_of);
    bpo__buffer_clear(&batch->bytes);
    if (batch->items)
        bpo__free(batch->desk->context, batch->items, batch->capacity * sizeof *batch->items);
}

/* --- rows -------------------------------------------------------------------------------------------------------- */

static bpo__text key_of(const bpo_fact *fact) { return (bpo__text){fact->key, fact->key_size}; }

static bpo_status add_row(bpo__batch *batch, size_t index, bpo_report_code code, int32_t message, const bpo_fact *fact)
{
    const bpo__text none = {NULL, 0};
    bpo_status status = bpo__report_add(batch->report, code, index, BPO_OK, message, "", key_of(fact), none, none);
    return status == BPO_OK ? BPO_OK : bpo__fail_memory(batch->err);
}

bpo_status bpo__batch_remark(bpo__batch *batch, const bpo__batch_item *item, bpo_report_code code, int32_t message)
{
    return add_row(batch, item->index, code, message, &item->fact);
}

/* A row, or without a report the failure of the batch: nothing is lost in silence. */
static bpo_status refuse(bpo__batch *batch, size_t index, bpo_report_code code, const bpo_error *reason)
{
    if (!batch->report || !bpo__fact_is_to_blame(reason->code))
        return bpo__fail_as(batch->err, reason);
    bpo_status status = bpo__report_add_error(batch->report, code, index, reason);
    return status == BPO_OK ? BPO_OK : bpo__fail_memory(batch->err);
}

static bpo_status refuse_key(bpo__batch *batch, size_t index, bpo_report_code code, bpo_status status, int32_t message,
                             const bpo_fact *fact)
{
    char revision[BPO__INTEGER_TEXT_SIZE];
    bpo_error reason = BPO_ERROR_INIT;
    size_t size = bpo__unsigned_format(fact->revision, revision);

    bpo__fail_text(&reason, status, message, BPO__TEXT("/key"), key_of(fact), (bpo__text){revision, size},
                   (bpo__text){NULL, 0});
    return refuse(batch, index, code, &reason);
}

/* --- what is known ----------------------------------------------------------------------------------------------- */

/* What a fact is to those before it. */
typedef struct standing {
    bool known;      /* its key and revision are there ... */
    bool equal;      /* ... with equal bytes */
    bool superseded; /* a higher revision is there */
} standing;

static bool same_bytes(const uint8_t *a, size_t a_size, const uint8_t *b, size_t b_size)
{
    return a_size == b_size && memcmp(a, b, a_size) == 0;
}

static void compare_with_desk(const bpo__batch *batch, const bpo__batch_item *item, standing *s)
{
    const bpo__dossier *dossier =
        bpo__desk_find(batch->desk, (bpo__text){item->fact.subject, item->fact.subject_size});
    if (!dossier)
        return;
    const bpo__entry *entry =
        bpo__history_find(&dossier->history, key_of(&item->fact), item->fact.revision, &s->superseded);
    s->known = entry != NULL;
    s->equal = entry && same_bytes(entry->bytes, entry->size, batch->bytes.data + item->offset, item->size);
}

static void compare_with_batch(const bpo__batch *batch, const bpo__batch_item *item, standing *s)
{
    const uint8_t *bytes = batch->bytes.data;
    const bpo__batch_item *other = bpo__map_get(&batch->key_of, key_of(&item->fact));

    for (; other; other = other->same_key) {
        s->superseded = s->superseded || other->fact.revision > item->fact.revision;
        if (other->fact.revision != item->fact.revision)
            continue;
        s->known = true;
        s->equal = same_bytes(bytes + other->offset, other->size, bytes + item->offset, item->size);
    }
}

/* --- taking ------------------------------------------------------------------------------------------------------ */

/* Room for one fact more in its subject's dossier. */
static bpo_status make_room(bpo__batch *batch, bpo__batch_item *item)
{
    bpo__dossier *dossier =
        bpo__desk_provide(batch->desk, (bpo__text){item->fact.subject, item->fact.subject_size});
    if (!dossier)
        return bpo__fail_memory(batch->err);
    bpo_status status = bpo__history_reserve(&dossier->history, dossier->pending_count + 1,
                                             dossier->pending_size + item->size);
    if (status != BPO_OK)
        return bpo__fail_memory(batch->err);
    item->dossier = dossier;
    return BPO_OK;
}

static bpo_status remark_all(bpo__batch *batch, bpo__batch_item *item, const standing *s)
{
    bpo_status status = BPO_OK;

    if (s->superseded) {
        item->remarks |= BPO__REMARK_SUPERSEDED;
        status = bpo__batch_remark(batch, item, BPO_REPORT_SUPERSEDED, BPO__MSG_fact_is_superseded);
    }
    if (status == BPO_OK && bpo__desk_is_late(batch->desk, item->fact.at)) {
        item->remarks |= BPO__REMARK_LATE;
        status = bpo__batch_remark(batch, item, BPO_REPORT_LATE, BPO__MSG_fact_is_late);
    }
    if (status == BPO_OK && item->fact.at > batch->now)
        status = bpo__batch_remark(batch, item, BPO_REPORT_FUTURE, BPO__MSG_fact_is_future);
    return status;
}

static void add_item(bpo__batch *batch, bpo__batch_item *item)
{
    bpo__batch_item *kept = &batch->items[batch->count++];

    *kept = *item;
    kept->same_key = bpo__map_get(&batch->key_of, key_of(&item->fact));
    kept->dossier->pending_count++;
    kept->dossier->pending_size += item->size;
    (void)bpo__map_set(&batch->key_of, key_of(&kept->fact), kept); /* room was made */
}

/* A fact that is encoded at the end of the bytes; cut off again if it is not kept. */
static bpo_status take_encoded(bpo__batch *batch, bpo__batch_item *item)
{
    standing s = {false, false, false};
    int32_t refusal = bpo__desk_refusal(batch->desk, &item->fact);
    compare_with_desk(batch, item, &s);
    compare_with_batch(batch, item, &s);

    if (s.known && s.equal)
        return add_row(batch, item->index, BPO_REPORT_DUPLICATE, BPO__MSG_fact_is_duplicate, &item->fact);
    if (s.known)
        return refuse_key(batch, item->index, BPO_REPORT_REUSED, BPO_E_KEY_REUSED, BPO__MSG_key_reused, &item->fact);
    if (refusal != 0)
        return refuse_key(batch, item->index, BPO_REPORT_TOO_LATE, BPO_E_SEALED, refusal, &item->fact);
    bpo_status status = make_room(batch, item);
    if (status == BPO_OK)
        status = remark_all(batch, item, &s);
    if (status == BPO_OK)
        add_item(batch, item);
    return status;
}

static bpo_status encode(bpo__batch *batch, const bpo_fact *fact, bpo_error *reason)
{
    if (fact->key && fact->key_size > 0 && fact->key[0] == BPO__DESK_KEY_PREFIX)
        return bpo__fail(reason, BPO_E_INVALID, BPO__MSG_key_reserved, "/key", NULL, NULL, NULL);
    return bpo__fact_encode(batch->desk->contract, fact, &batch->bytes, reason);
}

bpo_status bpo__batch_take(bpo__batch *batch, size_t index, const bpo_fact *given)
{
    bpo__batch_item item = {.index = index, .offset = batch->bytes.size};
    bpo_error reason = BPO_ERROR_INIT;

    if (bpo__sized_read(given, sizeof item.fact, &item.fact, sizeof item.fact) != BPO_OK)
        return bpo__fail(batch->err, BPO_E_ABI, BPO__MSG_struct_size, NULL, "bpo_fact", NULL, NULL);
    if (encode(batch, &item.fact, &reason) != BPO_OK)
        return refuse(batch, index, BPO_REPORT_REFUSED, &reason);
    size_t count = batch->count;
    item.size = batch->bytes.size - item.offset;
    bpo_status status = take_encoded(batch, &item);
    if (batch->count == count)
        batch->bytes.size = item.offset;
    return status;
}

bpo_status bpo__batch_drop(bpo__batch *batch, size_t item)
{
    bpo__batch_item dropped = batch->items[item];

    dropped.dossier->pending_count = 0; /* as bpo__batch_end() does for those that stay */
    dropped.dossier->pending_size = 0;
    batch->count--;
    for (size_t i = item; i < batch->count; i++)
        batch->items[i] = batch->items[i + 1];
    return refuse_key(batch, dropped.index, BPO_REPORT_REUSED, BPO_E_KEY_REUSED, BPO__MSG_key_reused, &dropped.fact);
}
