/* SPDX-License-Identifier: Apache-2.0 */
/* Giving notices. A notice is due when its clock has crossed its target by `now` and no process has given it; it is
 * recorded before it is given, and given by the one process whose record it is. Facts that arrive late are no special
 * case: what they show to be due is due.
 *
 * Tickets are looked at only when something can have changed: a fact came, or their next crossing or held fact was
 * passed. A watermark is recorded with the notices, for an instant before it would contradict them. */
#include "core/fail.h"
#include "desk/follow.h"
#include "desk/notices.h"
#include "desk/own_records.h"
#include "sla/picture.h"

/* How often others may write in between before the caller is told. */
#define ATTEMPTS 16

/* --- what is due ------------------------------------------------------------------------------------------------- */

static bpo_time earlier(bpo_time a, bpo_time b) { return a < b ? a : b; }

/* First instant behind `now` at which a fact that is held is seen. */
static bpo_time next_held(const bpo__history *history, bpo_time now)
{
    bpo_time next = BPO_TIME_NEVER;

    for (size_t i = history->count; i-- > 0 && history->entries[i].at > now;)
        next = history->entries[i].at;
    return next;
}

static bool is_given(const bpo_desk *desk, const bpo__dossier *dossier, const bpo__cycle *cycle)
{
    bpo__own_key key = bpo__notice_key(dossier->name, bpo__text_of(cycle->metric->name), cycle->number);
    return bpo__map_get(&desk->given, (bpo__text){key.text, key.size}) != NULL;
}

static bpo_status collect_cycle(const bpo_desk *desk, bpo__dossier *dossier, const bpo__cycle *cycle, bpo_time now,
                                bpo_notices *notices)
{
    if (cycle->breach_at > now)
        dossier->wake_next = earlier(dossier->wake_next, cycle->breach_at);
    if (cycle->breach_at > now || is_given(desk, dossier, cycle))
        return BPO_OK;
    return bpo__notices_add(notices, dossier->name, bpo__text_of(cycle->metric->name), cycle->number,
                            cycle->breach_at);
}

static bpo_status collect(const bpo_desk *desk, bpo__dossier *dossier, bpo_time now, bpo_notices *notices,
                          bpo_error *err)
{
    bpo__picture picture;

    dossier->wake_next = dossier->wake_at;
    if (dossier->wake_at > now || !dossier->is_ticket)
        return BPO_OK;
    bpo__picture_init(&picture, desk->context);
    dossier->wake_next = next_held(&dossier->history, now);
    bpo_status status = bpo__picture_take(&picture, desk->contract, &dossier->history, now, now, err);
    for (size_t i = 0; i < picture.count && status == BPO_OK; i++) {
        status = collect_cycle(desk, dossier, &picture.cycles[i], now, notices);
        if (status != BPO_OK)
            bpo__fail_memory(err);
    }
    bpo__picture_clear(&picture);
    return status;
}

static bpo_status collect_all(bpo_desk *desk, bpo_time now, bpo_notices *notices, bpo_error *err)
{
    bpo_status status = BPO_OK;

    bpo__notices_clear(notices);
    for (size_t i = 0; i < desk->dossier_count && status == BPO_OK; i++)
        status = collect(desk, desk->dossiers[i], now, notices, err);
    bpo__notices_sort(notices);
    return status;
}

/* --- recording it ------------------------------------------------------------------------------------------------ */

/* The records of notices and watermark, and the copies of the keys that the desk will keep. */
typedef struct entries {
    bpo_context *context;
    size_t count; /* the watermark is the last */
    bpo__own_key *keys;
    bpo_record *records;
    const bpo_record **pointers;
    uint64_t *sequences;
    char **copies;
    bpo__buffer bytes;
} entries;

static void end_entries(entries *e)
{
    for (size_t i = 0; e->copies && i < e->count; i++)
        bpo__free(e->context, e->copies[i], e->copies[i] ? e->keys[i].size : 0);
    bpo__free(e->context, e->copies, e->count * sizeof *e->copies);
    bpo__free(e->context, e->sequences, e->count * sizeof *e->sequences);
    bpo__free(e->context, e->pointers, e->count * sizeof *e->pointers);
    bpo__free(e->context, e->records, e->count * sizeof *e->records);
    bpo__free(e->context, e->keys, e->count * sizeof *e->keys);
    bpo__buffer_clear(&e->bytes);
}

static bpo_status begin_entries(bpo_context *context, size_t count, entries *e)
{
    *e = (entries){.context = context, .count = count};
    bpo__buffer_init(&e->bytes, context);
    e->keys = bpo__alloc(context, count * sizeof *e->keys);
    e->records = e->keys ? bpo__alloc(context, count * sizeof *e->records) : NULL;
    e->pointers = e->records ? bpo__alloc(context, count * sizeof *e->pointers) : NULL;
    e->sequences = e->pointers ? bpo__alloc(context, count * sizeof *e->sequences) : NULL;
    e->copies = e->sequences ? bpo__alloc_zeroed(context, count * sizeof *e->copies) : NULL;
    return e->copies ? BPO_OK : BPO_E_NOMEM;
}

static bpo_status write_notice(entries *e, size_t i, const bpo_notice *notice, bpo_time now, bpo_error *err)
{
    bpo__text subject = bpo__text_of(notice->subject), metric = bpo__text_of(notice->metric);
    size_t offset = e->bytes.size;

    e->keys[i] = bpo__notice_key(subject, metric, notice->cycle);
    e->records[i] = bpo__own_record(BPO_RECORD_NOTICE, &e->keys[i], notice->at, now);
    e->records[i].subject = subject.data;
    e->records[i].subject_size = subject.size;
    bpo_status status = bpo__notice_encode(subject, metric, notice->cycle, &e->bytes, err);
    e->records[i].size = e->bytes.size - offset;
    if (status != BPO_OK)
        return status;
    e->copies[i] = bpo__alloc(e->context, e->keys[i].size);
    if (!e->copies[i])
        return bpo__fail_memory(err);
    memcpy(e->copies[i], e->keys[i].text, e->keys[i].size);
    return BPO_OK;
}

static bpo_status write_entries(entries *e, const bpo_notices *notices, bpo_time now, bpo_error *err)
{
    bpo_status status = BPO_OK;
    size_t offset = 0;

    for (size_t i = 0; i + 1 < e->count && status == BPO_OK; i++) {
        bpo_notice notice = BPO_NOTICE_INIT;
        (void)bpo_notices_at(notices, i, &notice);
        status = write_notice(e, i, &notice, now, err);
    }
    if (status != BPO_OK)
        return status;
    e->keys[e->count - 1] = bpo__watermark_key(now);
    e->records[e->count - 1] = bpo__own_record(BPO_RECORD_WATERMARK, &e->keys[e->count - 1], now, now);
    for (size_t i = 0; i < e->count; i++) {
        e->pointers[i] = &e->records[i];
        if (i + 1 < e->count)
            e->records[i].bytes = e->bytes.data + offset;
        offset += e->records[i].size;
    }
    return BPO_OK;
}

/* In the store; from here on nothing fails. */
static void take_in(bpo_desk *desk, entries *e, bpo_time now)
{
    for (size_t i = 0; i + 1 < e->count; i++) {
        bpo__desk_add_given(desk, (bpo__text){e->copies[i], e->keys[i].size});
        e->copies[i] = NULL;
    }
    bpo__desk_add_watermark(desk, now);
}

static bpo_status append_entries(bpo_desk *desk, entries *e, bpo_time now, bpo_error *err)
{
    /* A second batch of notices at one instant finds its watermark there already and goes without. */
    size_t count = now == desk->watermark ? e->count - 1 : e->count;
    bool dense = false;
    bpo_status status = bpo__desk_append(desk, desk->head, e->pointers, count, e->sequences, &dense, err);

    if (status != BPO_OK)
        return status;
    if (!dense)
        return bpo__fail(err, BPO_E_CONFLICT, BPO__MSG_head_moved, NULL, NULL, NULL, NULL);
    take_in(desk, e, now);
    return BPO_OK;
}

static bpo_status record_notices(bpo_desk *desk, const bpo_notices *notices, bpo_time now, bpo_error *err)
{
    size_t count = bpo_notices_count(notices);
    entries e;

    if (count == 0)
        return BPO_OK;
    bpo_status status = begin_entries(desk->context, count + 1, &e);
    if (status != BPO_OK)
        bpo__fail_memory(err);
    else
        status = bpo__desk_reserve_given(desk, count, err);
    if (status == BPO_OK)
        status = write_entries(&e, notices, now, err);
    if (status == BPO_OK)
        status = append_entries(desk, &e, now, err);
    end_entries(&e);
    return status;
}

static bpo_status try_once(bpo_desk *desk, bpo_time now, bpo_notices *notices, bpo_error *err)
{
    bpo_status status = bpo__desk_catch_up(desk, err);

    if (status == BPO_OK)
        status = bpo__desk_clock(desk, now, &now, err);
    if (status == BPO_OK)
        status = collect_all(desk, now, notices, err);
    if (status == BPO_OK)
        status = record_notices(desk, notices, now, err);
    for (size_t i = 0; i < desk->dossier_count && status == BPO_OK; i++)
        desk->dossiers[i]->wake_at = desk->dossiers[i]->wake_next;
    return status;
}

bpo_status bpo_desk_advance(bpo_desk *desk, bpo_time now, bpo_notices *notices, bpo_error *err)
{
    if (!notices)
        return bpo__fail_argument(err, "notices");
    bpo__notices_clear(notices);
    bpo_status status = bpo__desk_enter(desk, err);
    if (status != BPO_OK)
        return status;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        status = try_once(desk, now, notices, err);
        if (status != BPO_E_CONFLICT)
            break;
    }
    if (status != BPO_OK)
        bpo__notices_clear(notices);
    return bpo__desk_leave(desk, status);
}
