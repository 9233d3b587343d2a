/* SPDX-License-Identifier: Apache-2.0 */
/* Closing a period, and showing what it would come to. A seal is appended where the desk has read to, so it covers
 * exactly the records before it; whatever comes later is late by its place in the stream, for every reader alike. */
#include "core/fail.h"
#include "desk/follow.h"
#include "desk/own_records.h"
#include "desk/period.h"
#include <bpo/zone.h>

/* A period by its bounds, checked against what is sealed. */
typedef struct bounds {
    bpo_time start, end;
} bounds;

static bpo_status refuse_at(bpo_error *err, bpo_status status, int32_t message, const char *period, bpo_time at)
{
    char text[BPO_TIME_TEXT_SIZE] = "";
    bpo_time_format(at, text, sizeof text);
    return bpo__fail(err, status, message, period, text, NULL, NULL);
}

static bool is_sealed(const bpo_desk *desk, bpo_time start)
{
    for (size_t i = 0; i < desk->seal_count; i++)
        if (desk->seals[i].start == start)
            return true;
    return false;
}

static bpo_status open_period(const bpo_desk *desk, const char *period, bounds *ret_bounds, bpo_error *err)
{
    bpo_status status = bpo_contract_period(desk->contract, period, &ret_bounds->start, &ret_bounds->end, err);
    if (status != BPO_OK)
        return status;
    if (is_sealed(desk, ret_bounds->start))
        return refuse_at(err, BPO_E_SEALED, BPO__MSG_period_sealed, period, ret_bounds->start);
    return BPO_OK;
}

/* The last sealed statement, if the period follows it; else NULL. */
static bpo_status opening_of(bpo_desk *desk, bpo_time start, bpo_statement **ret_before, bpo_error *err)
{
    *ret_before = NULL;
    if (desk->seal_count == 0 || bpo__desk_sealed_until(desk) != start)
        return BPO_OK;
    return bpo_desk_sealed(desk, desk->seal_count - 1, ret_before, err);
}

static void set_opening(bpo__period *period, const bpo_statement *before)
{
    if (before)
        period->opening = bpo_statement_closing_position(before, &period->opening_size);
}

/* --- showing ----------------------------------------------------------------------------------------------------- */

/* `now` itself is seen; nothing behind the period is. */
static bpo_time horizon_of(const bounds *b, bpo_time now)
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
    bounds b;
    bpo_status status = bpo__desk_catch_up(desk, err);

    if (status == BPO_OK)
        status = open_period(desk, name, &b, err);
    if (status == BPO_OK)
        status = bpo__desk_next_start(desk, &next, err);
    if (status == BPO_OK)
        status = opening_of(desk, b.start, &before, err);
    if (status != BPO_OK)
        return status;
    period.contract = desk->contract; /* reading may have amended it */
    period.horizon = horizon_of(&b, now);
    period.booked = b.start == next;
    set_opening(&period, before);
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
    bounds b;
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

static bpo_status check_order(const bpo_desk *desk, const char *name, const bounds *b, bpo_time now, bpo_error *err)
{
    bpo_time next = 0;
    bpo_status status = bpo__desk_next_start(desk, &next, err);

    if (status != BPO_OK)
        return status;
    if (next != INT64_MIN && next != b->start)
        return refuse_at(err, BPO_E_STATE, BPO__MSG_period_order, name, next);
    if (now < b->end)
        return refuse_at(err, BPO_E_STATE, BPO__MSG_period_open, name, b->end);
    return BPO_OK;
}

/* A statement on its way to be sealed, with everything that taking it in needs. */
typedef struct sealing {
    bounds period;
    bpo_time now;
    bool *settled;
    size_t settled_size;
    bpo_statement *before;
    bpo_statement *statement;
    bpo__buffer encoded; /* the statement */
    bpo__buffer bytes;   /* the record's */
    bpo__seal seal;
} sealing;

static void end_sealing(bpo_context *context, sealing *s)
{
    bpo_statement_unref(s->before);
    bpo_statement_unref(s->statement);
    bpo__buffer_clear(&s->encoded);
    bpo__buffer_clear(&s->bytes);
    bpo__free(context, s->settled, s->settled_size);
    bpo__free(context, s->seal.bytes, s->seal.size);
}

static bpo_status refuse_without_digest(bpo_error *err)
{
    return bpo__fail(err, BPO_E_UNSUPPORTED, BPO__MSG_sealing_digest, NULL, NULL, NULL, NULL);
}

/* A host may have the callback and pass all the same. */
static bpo_status check_digests(const bpo_statement *statement, bpo_error *err)
{
    bpo_statement_header header = BPO_STATEMENT_HEADER_INIT;
    bpo_status status = bpo_statement_get_header(statement, &header);
    return status == BPO_OK && !header.has_digests ? refuse_without_digest(err) : status;
}

static bpo_status state_period(bpo_desk *desk, const char *name, sealing *s, bpo_error *err)
{
    bpo__period period = {.contract = desk->contract, .name = name, .horizon = s->period.end, .booked = true,
                          .as_of = s->now};

    s->settled_size = desk->dossier_count * sizeof *s->settled;
    s->settled = bpo__alloc_zeroed(desk->context, s->settled_size);
    if (!s->settled && s->settled_size > 0)
        return bpo__fail_memory(err);
    bpo_status status = opening_of(desk, s->period.start, &s->before, err);
    if (status != BPO_OK)
        return status;
    period.settled = s->settled;
    set_opening(&period, s->before);
    status = bpo__desk_state(desk, &period, &s->statement, err);
    return status == BPO_OK ? check_digests(s->statement, err) : status;
}

/* The seal's bytes, and the desk's own copy of them. */
static bpo_status write_seal(bpo_desk *desk, sealing *s, bpo_error *err)
{
    bpo__seal_content content;
    bpo_sink sink = bpo__buffer_sink(&s->encoded);
    bpo_status status = bpo_statement_encode(s->statement, &sink, err);

    if (status == BPO_OK)
        status = bpo__seal_encode(s->period.start, s->period.end, desk->chain, &s->encoded, &s->bytes, err);
    if (status == BPO_OK)
        status = bpo__seal_decode(s->bytes.data, s->bytes.size, &content, err);
    if (status == BPO_OK)
        status = bpo__desk_reserve_seal(desk, err);
    if (status != BPO_OK)
        return status;
    uint8_t *copy = bpo__alloc(desk->context, s->bytes.size);
    if (!copy)
        return bpo__fail_memory(err);
    memcpy(copy, s->bytes.data, s->bytes.size);
    s->seal = (bpo__seal){s->period.start, s->period.end, copy, s->bytes.size,
                          (size_t)((const uint8_t *)content.statement.data - s->bytes.data), content.statement.size};
    return BPO_OK;
}

/* In the store; from here on nothing fails. */
static void take_in(bpo_desk *desk, sealing *s)
{
    for (size_t i = 0; i < desk->dossier_count; i++)
        desk->dossiers[i]->settled = s->settled[i];
    bpo__desk_add_seal(desk, &s->seal, s->now);
    s->seal = (bpo__seal){0, 0, NULL, 0, 0, 0};
}

static bpo_status append_seal(bpo_desk *desk, sealing *s, bpo_error *err)
{
    bpo__own_key key = bpo__seal_key(s->period.start);
    bpo_record record = bpo__own_record(BPO_RECORD_SEAL, &key, s->now, s->now);
    const bpo_record *pointer = &record;
    uint64_t sequence = 0;
    bool dense = false;

    record.bytes = s->bytes.data;
    record.size = s->bytes.size;
    bpo_status status = bpo__desk_append(desk, desk->head, &pointer, 1, &sequence, &dense, err);
    if (status != BPO_OK)
        return status;
    if (!dense)
        return bpo__fail(err, BPO_E_CONFLICT, BPO__MSG_head_moved, NULL, NULL, NULL, NULL);
    take_in(desk, s);
    return BPO_OK;
}

static bpo_status close_period(bpo_desk *desk, const char *name, bpo_time now, bpo_statement **ret_statement,
                               bpo_error *err)
{
    sealing s = {.now = now};

    if (!desk->context->host.digest)
        return refuse_without_digest(err);
    bpo_status status = bpo__desk_catch_up(desk, err);
    if (status == BPO_OK)
        status = bpo__desk_clock(desk, now, &s.now, err);
    if (status == BPO_OK)
        status = open_period(desk, name, &s.period, err);
    if (status == BPO_OK)
        status = check_order(desk, name, &s.period, s.now, err);
    if (status != BPO_OK)
        return status;
    bpo__buffer_init(&s.encoded, desk->context);
    bpo__buffer_init(&s.bytes, desk->context);
    status = state_period(desk, name, &s, err);
    if (status == BPO_OK)
        status = write_seal(desk, &s, err);
    if (status == BPO_OK)
        status = append_seal(desk, &s, err);
    if (status == BPO_OK)
        *ret_statement = bpo_statement_ref(s.statement);
    end_sealing(desk->context, &s);
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
