/* SPDX-License-Identifier: Apache-2.0 */
/* The canonical bytes of a position. Reading is total: rows out of order, zeros and periods that the position cannot
 * know are refused, and so is the position of another contract or another period. */
#include "codec/frame.h"
#include "core/fail.h"
#include "ledger/position.h"
#include "terms/plan.h"
#include <bpo/version.h>

enum { SECTION_IDENTITY = 2, SECTION_QUANTITIES = 4, SECTION_AMOUNTS = 6, SECTION_STREAKS = 8 };

/* The rules that made it; checked when all else is known to be well-formed. */
typedef struct bytes_of {
    bpo__position *position;
    uint64_t semantics;
} bytes_of;

static bpo_status write_identity(bytes_of *it, bpo__buffer *into)
{
    bpo_status status = bpo__write_text(into, it->position->contract);
    if (status >= 0)
        status = bpo__write_signed(into, it->position->end);
    return status < 0 ? status : bpo__write_unsigned(into, it->semantics);
}

static bpo_status read_identity(bytes_of *it, bpo__reader *from)
{
    bpo__position *position = it->position;
    bpo_status status = bpo__read_text(from, &position->contract);
    if (status >= 0)
        status = bpo__read_signed(from, &position->end);
    if (status >= 0)
        status = bpo__read_unsigned(from, &it->semantics);
    if (status < 0 || (position->contract.size > 0 &&
                       !bpo__utf8_is_valid(position->contract.data, position->contract.size)))
        return BPO_E_CORRUPT;
    const char *id = bpo__arena_text(&position->arena, position->contract.data, position->contract.size);
    position->contract.data = id;
    return id != NULL ? BPO_OK : BPO_E_NOMEM;
}

static bpo_status write_quantities(bytes_of *it, bpo__buffer *into)
{
    return bpo__usage_encode(it->position->quantities, into);
}

static bpo_status read_quantities(bytes_of *it, bpo__reader *from)
{
    bpo__usage *usage;
    bpo_status status = bpo__usage_decode(it->position->context, from, &usage);
    if (status < 0)
        return status;
    bpo__usage_free(it->position->quantities);
    it->position->quantities = usage;
    return BPO_OK;
}

static bpo_status write_amounts(bytes_of *it, bpo__buffer *into)
{
    const bpo__position *position = it->position;
    bpo_status status = bpo__write_unsigned(into, position->amount_count);
    for (size_t i = 0; i < position->amount_count && status >= 0; i++) {
        const bpo__posted *row = &position->amounts[i];
        status = bpo__write_text(into, row->charge);
        if (status >= 0)
            status = bpo__write_signed(into, row->period_start);
        if (status >= 0)
            status = bpo__write_unsigned(into, row->version);
        if (status >= 0)
            status = bpo__write_decimal(into, &row->amount);
    }
    return status;
}

static bpo_status read_amount(bytes_of *it, bpo__reader *from)
{
    bpo__position *position = it->position;
    size_t count = position->amount_count;
    bpo__posted row;
    bpo_status status = bpo__read_text(from, &row.charge);
    if (status >= 0)
        status = bpo__read_signed(from, &row.period_start);
    if (status >= 0)
        status = bpo__read_limited(from, UINT32_MAX, &row.version);
    if (status >= 0)
        status = bpo__read_decimal(from, &row.amount);
    if (status >= 0)
        status = bpo__position_post(position, row.charge, row.period_start, row.version, &row.amount);
    if (status < 0)
        return status;
    /* A zero, a row that is there already, or one out of order does not come last. */
    const bpo__posted *last = &position->amounts[count];
    bool in_order = position->amount_count == count + 1 && bpo__text_equal(last->charge, row.charge) &&
                    last->period_start == row.period_start && last->version == row.version;
    return in_order && row.period_start < position->end ? BPO_OK : BPO_E_CORRUPT;
}

static bpo_status read_amounts(bytes_of *it, bpo__reader *from)
{
    uint64_t count = 0;
    bpo_status status = bpo__read_unsigned(from, &count);
    for (uint64_t i = 0; i < count && status >= 0; i++) /* each row takes bytes, so they bound the loop */
        status = read_amount(it, from);
    return status;
}

static bpo_status write_streaks(bytes_of *it, bpo__buffer *into)
{
    const bpo__position *position = it->position;
    bpo_status status = bpo__write_unsigned(into, position->streak_count);
    for (size_t i = 0; i < position->streak_count && status >= 0; i++) {
        status = bpo__write_text(into, position->streaks[i].level);
        if (status >= 0)
            status = bpo__write_unsigned(into, position->streaks[i].failures);
    }
    return status;
}

static bpo_status read_streaks(bytes_of *it, bpo__reader *from)
{
    bpo__position *position = it->position;
    uint64_t count = 0;
    bpo_status status = bpo__read_unsigned(from, &count);
    for (uint64_t i = 0; i < count && status >= 0; i++) {
        bpo__text level;
        uint32_t failures;
        if (bpo__read_text(from, &level) < 0 || bpo__read_limited(from, UINT32_MAX, &failures) < 0)
            return BPO_E_CORRUPT;
        status = bpo__position_set_failures(position, level, failures);
        if (status >= 0 && (position->streak_count != i + 1 || !bpo__text_equal(position->streaks[i].level, level)))
            return BPO_E_CORRUPT;
    }
    return status;
}

static const struct section {
    uint32_t id;
    bpo_status (*write)(bytes_of *it, bpo__buffer *into);
    bpo_status (*read)(bytes_of *it, bpo__reader *from);
} sections[] = {
    {SECTION_IDENTITY, write_identity, read_identity},
    {SECTION_QUANTITIES, write_quantities, read_quantities},
    {SECTION_AMOUNTS, write_amounts, read_amounts},
    {SECTION_STREAKS, write_streaks, read_streaks},
};
enum { SECTION_COUNT = sizeof sections / sizeof *sections };

static bpo_status read_section(bytes_of *it, uint32_t id, bpo__reader *content, bpo_error *err)
{
    for (size_t i = 0; i < SECTION_COUNT; i++)
        if (sections[i].id == id)
            return sections[i].read(it, content);
    content->position = content->end;
    return bpo__section_unknown(id, err);
}

/* Sections stand in order of id, each once, and all of them are there. */
static bpo_status read_payload(bytes_of *it, bpo__reader *payload, bpo_error *err)
{
    uint32_t id = 0, previous = 0, known = 0;
    bpo__reader content;
    bpo_status status;
    while ((status = bpo__section_read(payload, &id, &content)) == BPO_OK) {
        if (id <= previous)
            return BPO_E_CORRUPT;
        previous = id;
        known += id <= SECTION_STREAKS && id % 2 == 0;
        if ((status = read_section(it, id, &content, err)) < 0)
            return status;
        if (content.position != content.end)
            return BPO_E_CORRUPT;
    }
    if (status < 0)
        return status;
    return known == SECTION_COUNT ? BPO_OK : BPO_E_CORRUPT;
}

static bpo_status refuse_foreign(const bytes_of *it, const bpo_contract *contract, bpo_time start, bpo_error *err)
{
    const char *id = bpo__contract_plan(contract, 0)->id;
    char end_text[BPO_TIME_TEXT_SIZE] = "", start_text[BPO_TIME_TEXT_SIZE] = "";
    if (!bpo__text_is(it->position->contract, id))
        return bpo__fail(err, BPO_E_MISMATCH, BPO__MSG_opening_other_contract, "", it->position->contract.data, id,
                         NULL);
    if (it->position->end != start) {
        bpo_time_format(it->position->end, end_text, sizeof end_text);
        bpo_time_format(start, start_text, sizeof start_text);
        return bpo__fail(err, BPO_E_MISMATCH, BPO__MSG_opening_other_period, "", end_text, start_text, NULL);
    }
    if (it->semantics != bpo_semantics_version())
        return bpo__fail(err, BPO_E_MISMATCH, BPO__MSG_opening_other_semantics, "", NULL, NULL, NULL);
    return BPO_OK;
}

bpo_status bpo__position_read(bpo__position *position, const bpo_contract *contract, bpo_time start,
                              const void *bytes, size_t size, bpo_error *err)
{
    bytes_of it = {position, 0};
    bpo__reader payload;
    bpo_status status = bpo__frame_read(bytes, size, BPO__FRAME_POSITION, &payload, err);
    if (status < 0)
        return status;
    status = read_payload(&it, &payload, err);
    if (status == BPO_E_NOMEM)
        return bpo__fail_memory(err);
    if (status == BPO_E_TOO_NEW)
        return status;
    if (status < 0)
        return bpo__fail(err, BPO_E_CORRUPT, BPO__MSG_bytes_malformed, "", "position", NULL, NULL);
    return refuse_foreign(&it, contract, start, err);
}

bpo_status bpo__position_write(bpo__position *position, bpo__buffer *into)
{
    bytes_of it = {position, bpo_semantics_version()};
    bpo__buffer payload, content;
    bpo_status status = BPO_OK;
    bpo__buffer_init(&payload, position->context);
    bpo__buffer_init(&content, position->context);
    for (size_t i = 0; i < SECTION_COUNT && status >= 0; i++) {
        content.size = 0;
        status = sections[i].write(&it, &content);
        if (status >= 0)
            status = bpo__section_write(&payload, sections[i].id, &content);
    }
    if (status >= 0)
        status = bpo__frame_write(into, BPO__FRAME_POSITION, &payload);
    bpo__buffer_clear(&content);
    bpo__buffer_clear(&payload);
    return status;
}
