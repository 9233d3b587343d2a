/* SPDX-License-Identifier: Apache-2.0 */
/* Sealing a period, for the first time or again: its statement is made, written down and appended where the desk has
 * read to. Nothing is remembered before the store has it. */
#include "desk/sealing.h"

#include "core/fail.h"
#include "desk/follow.h"
#include "desk/own_records.h"
#include <bpo/zone.h>

bpo_status bpo__refuse_period(bpo_error *err, bpo_status status, int32_t message, const char *period, bpo_time at)
{
    char text[BPO_TIME_TEXT_SIZE] = "";
    bpo_time_format(at, text, sizeof text);
    return bpo__fail(err, status, message, period, text, NULL, NULL);
}

bpo_status bpo__desk_opening(bpo_desk *desk, bpo_time start, bpo_statement **ret_before, bpo_error *err)
{
    const bpo__seal *before = bpo__desk_seal_until(desk, start);

    *ret_before = NULL;
    return before ? bpo_desk_sealed(desk, (size_t)(before - desk->seals), ret_before, err) : BPO_OK;
}

void bpo__period_open_with(bpo__period *period, const bpo_statement *before)
{
    if (before)
        period->opening = bpo_statement_closing_position(before, &period->opening_size);
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

bpo_status bpo__sealing_begin(bpo__sealing *s, bpo_desk *desk, bpo_time now, bpo_error *err)
{
    *s = (bpo__sealing){.now = now};
    bpo__buffer_init(&s->encoded, desk->context);
    bpo__buffer_init(&s->bytes, desk->context);
    if (!desk->context->host.digest)
        return refuse_without_digest(err);
    bpo_status status = bpo__desk_catch_up(desk, err);
    return status == BPO_OK ? bpo__desk_clock(desk, now, &s->now, err) : status;
}

void bpo__sealing_end(bpo__sealing *s, bpo_desk *desk)
{
    bpo_context *context = desk->context;

    bpo_statement_unref(s->before);
    bpo_statement_unref(s->former);
    bpo_statement_unref(s->statement);
    bpo__buffer_clear(&s->encoded);
    bpo__buffer_clear(&s->bytes);
    bpo__free(context, s->settled, s->settled_size);
    bpo__free(context, s->seal.bytes, s->seal.size);
}

static bpo_status state_period(bpo_desk *desk, const char *name, bpo__sealing *s, bpo_error *err)
{
    bpo__period period = {.contract = desk->contract, .name = name, .horizon = s->period.end, .booked = true,
                          .as_of = s->now, .former = s->former, .revision = s->revision};

    s->settled_size = desk->dossier_count * sizeof *s->settled;
    s->settled = bpo__alloc_zeroed(desk->context, s->settled_size);
    if (!s->settled && s->settled_size > 0)
        return bpo__fail_memory(err);
    bpo_status status = bpo__desk_opening(desk, s->period.start, &s->before, err);
    if (status != BPO_OK)
        return status;
    period.settled = s->settled;
    bpo__period_open_with(&period, s->before);
    status = bpo__desk_state(desk, &period, &s->statement, err);
    return status == BPO_OK ? check_digests(s->statement, err) : status;
}

/* The seal's bytes, and the desk's own copy of them. */
static bpo_status write_seal(bpo_desk *desk, bpo__sealing *s, bpo_error *err)
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
static void take_in(bpo_desk *desk, bpo__sealing *s)
{
    for (size_t i = 0; i < desk->dossier_count && !s->former; i++) /* what is said of the last period stands */
        desk->dossiers[i]->settled = s->settled[i];
    bpo__desk_add_seal(desk, &s->seal, s->now);
    s->seal = (bpo__seal){0, 0, NULL, 0, 0, 0};
}

static bpo_status append_seal(bpo_desk *desk, bpo__sealing *s, bpo_error *err)
{
    bpo__own_key key = bpo__seal_key(s->period.start);
    bpo_record record = bpo__own_record(BPO_RECORD_SEAL, &key, s->now, s->now);
    const bpo_record *pointer = &record;
    uint64_t sequence = 0;
    bool dense = false;

    record.revision = s->revision;
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

bpo_status bpo__sealing_seal(bpo__sealing *s, bpo_desk *desk, const char *name, bpo_statement **ret_statement,
                             bpo_error *err)
{
    bpo_status status = state_period(desk, name, s, err);

    if (status == BPO_OK)
        status = write_seal(desk, s, err);
    if (status == BPO_OK)
        status = append_seal(desk, s, err);
    if (status == BPO_OK)
        *ret_statement = bpo_statement_ref(s->statement);
    return status;
}
