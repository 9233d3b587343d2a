/* SPDX-License-Identifier: Apache-2.0 */
/* The contract's book as records of a stream; layout in desk/book_bytes.h. */
#include "desk/book_bytes.h"

#include "codec/frame.h"
#include "core/arena.h"
#include "core/fail.h"

/* Sections; even, so that no reader may skip them. */
enum { SECTION_HEAD = 2, SECTION_CHANGES = 4, SECTION_REMOVALS = 6 };

/* --- writing ----------------------------------------------------------------------------------------------------- */

static bpo_status write_text(bpo__buffer *into, const char *text)
{
    return bpo__write_text(into, bpo__text_of(text));
}

static bpo_status write_terms(bpo__buffer *into, const bpo_terms *terms)
{
    size_t count = terms ? bpo_terms_count(terms) : 0;
    bpo_status status = bpo__write_unsigned(into, count);

    for (size_t i = 0; i < count && status == BPO_OK; i++) {
        const char *path = NULL, *value = NULL;
        status = bpo_terms_at(terms, i, &path, &value);
        if (status == BPO_OK)
            status = write_text(into, path);
        if (status == BPO_OK)
            status = write_text(into, value);
    }
    return status;
}

static bpo_status write_removals(bpo__buffer *into, const bpo_amendment *amendment)
{
    bpo_status status = bpo__write_unsigned(into, amendment->removal_count);
    for (size_t i = 0; i < amendment->removal_count && status == BPO_OK; i++)
        status = write_text(into, amendment->removals[i]);
    return status;
}

static bpo_status write_head(bpo__buffer *into, const bpo_amendment *amendment)
{
    bpo_status status = bpo__write_unsigned(into, amendment->number);
    if (status == BPO_OK)
        status = bpo__write_signed(into, amendment->effective_from);
    if (status == BPO_OK)
        status = bpo__write_signed(into, amendment->effective_to);
    if (status == BPO_OK)
        status = bpo__write_signed(into, amendment->recorded_at);
    if (status == BPO_OK)
        status = write_text(into, amendment->client_approval);
    if (status == BPO_OK)
        status = write_text(into, amendment->provider_approval);
    return status;
}

/* A payload that grows section by section. */
typedef struct pages {
    bpo__buffer whole;
    bpo__buffer content; /* of the section at hand */
    bpo_status status;
} pages;

static void begin(pages *p, bpo_context *context)
{
    bpo__buffer_init(&p->whole, context);
    bpo__buffer_init(&p->content, context);
    p->status = BPO_OK;
}

static void end_section(pages *p, uint32_t id, bpo_status written)
{
    if (p->status == BPO_OK)
        p->status = written;
    if (p->status == BPO_OK)
        p->status = bpo__section_write(&p->whole, id, &p->content);
    p->content.size = 0;
}

static bpo_status finish(pages *p, uint8_t kind, bpo__buffer *into, bpo_error *err)
{
    if (p->status == BPO_OK)
        p->status = bpo__frame_write(into, kind, &p->whole);
    bpo__buffer_clear(&p->whole);
    bpo__buffer_clear(&p->content);
    return p->status == BPO_E_NOMEM ? bpo__fail_memory(err) : p->status;
}

bpo_status bpo__terms_encode(const bpo_terms *terms, bpo__buffer *into, bpo_error *err)
{
    pages p;

    begin(&p, into->context);
    end_section(&p, SECTION_HEAD, write_terms(&p.content, terms));
    return finish(&p, BPO__FRAME_TERMS, into, err);
}

bpo_status bpo__amendment_encode(bpo_context *context, const bpo_amendment *amendment, bpo__buffer *into,
                                 bpo_error *err)
{
    pages p;

    begin(&p, context);
    end_section(&p, SECTION_HEAD, write_head(&p.content, amendment));
    end_section(&p, SECTION_CHANGES, write_terms(&p.content, amendment->changes));
    end_section(&p, SECTION_REMOVALS, write_removals(&p.content, amendment));
    return finish(&p, BPO__FRAME_AMENDMENT, into, err);
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

static bpo_status refuse_damaged(bpo_error *err)
{
    return bpo__fail(err, BPO_E_CORRUPT, BPO__MSG_book_damaged, NULL, NULL, NULL, NULL);
}

/* A text with a NUL behind it, in the arena. */
static bpo_status read_text(bpo__reader *from, bpo__arena *arena, const char **ret_text)
{
    bpo__text text = {NULL, 0};
    if (bpo__read_text(from, &text) != BPO_OK || (text.size > 0 && !bpo__utf8_is_valid(text.data, text.size)))
        return BPO_E_CORRUPT;
    char *copy = bpo__arena_text(arena, text.data, text.size);
    if (!copy)
        return BPO_E_NOMEM;
    *ret_text = copy;
    return BPO_OK;
}

static bpo_status read_terms(bpo__reader *from, bpo_context *context, bpo_terms *terms)
{
    uint32_t count = 0;
    bpo_status status = bpo__read_limited(from, BPO_TERMS_COUNT_MAX, &count);

    for (uint32_t i = 0; i < count && status == BPO_OK; i++) {
        const char *path = NULL, *value = NULL;
        bpo__arena arena;
        bpo__arena_init(&arena, context);
        status = read_text(from, &arena, &path);
        if (status == BPO_OK)
            status = read_text(from, &arena, &value);
        if (status == BPO_OK)
            status = bpo_terms_set(terms, path, value, NULL);
        bpo__arena_clear(&arena);
    }
    if (status == BPO_OK && bpo__reader_left(from) > 0)
        status = BPO_E_CORRUPT;
    return status == BPO_OK || status == BPO_E_NOMEM ? status : BPO_E_CORRUPT;
}

/* The section that must come next. */
static bpo_status expect_section(bpo__reader *payload, uint32_t id, bpo__reader *ret_content, bpo_error *err)
{
    uint32_t found = 0;
    bpo_status status = BPO_OK;

    do {
        status = bpo__section_read(payload, &found, ret_content);
        if (status == BPO_OK && found < id)
            status = bpo__section_unknown(found, err);
    } while (status == BPO_OK && found < id);
    if (status != BPO_OK && status != BPO_DONE)
        return status == BPO_E_CORRUPT ? refuse_damaged(err) : status;
    return status == BPO_OK && found == id ? BPO_OK : refuse_damaged(err);
}

/* What a later version may have added behind. */
static bpo_status expect_end(bpo__reader *payload, bpo_error *err)
{
    bpo__reader content;
    uint32_t id = 0;
    bpo_status status = BPO_OK;

    while (status == BPO_OK) {
        status = bpo__section_read(payload, &id, &content);
        if (status == BPO_OK)
            status = bpo__section_unknown(id, err);
    }
    if (status == BPO_DONE)
        return BPO_OK;
    return status == BPO_E_CORRUPT ? refuse_damaged(err) : status;
}

static bpo_status terms_section(bpo_context *context, bpo__reader *payload, uint32_t id, bpo_terms **ret_terms,
                                bpo_error *err)
{
    bpo_terms *terms = NULL;
    bpo__reader content;
    bpo_status status = expect_section(payload, id, &content, err);
    if (status == BPO_OK)
        status = bpo_terms_new(context, &terms, err);
    if (status != BPO_OK)
        return status;
    status = read_terms(&content, context, terms);
    if (status != BPO_OK) {
        bpo_terms_unref(terms);
        return status == BPO_E_NOMEM ? bpo__fail_memory(err) : refuse_damaged(err);
    }
    *ret_terms = terms;
    return BPO_OK;
}

bpo_status bpo__terms_decode(bpo_context *context, const void *bytes, size_t size, bpo_terms **ret_terms,
                             bpo_error *err)
{
    bpo_terms *terms = NULL;
    bpo__reader payload;
    bpo_status status = bpo__frame_read(bytes, size, BPO__FRAME_TERMS, &payload, err);
    if (status == BPO_OK)
        status = terms_section(context, &payload, SECTION_HEAD, &terms, err);
    if (status == BPO_OK)
        status = expect_end(&payload, err);
    if (status != BPO_OK) {
        bpo_terms_unref(terms);
        return status;
    }
    *ret_terms = terms;
    return BPO_OK;
}

static bpo_status read_head(bpo__reader *from, bpo__arena *arena, bpo_amendment *amendment)
{
    bpo_status status = bpo__read_limited(from, UINT32_MAX, &amendment->number);
    if (status == BPO_OK)
        status = bpo__read_signed(from, &amendment->effective_from);
    if (status == BPO_OK)
        status = bpo__read_signed(from, &amendment->effective_to);
    if (status == BPO_OK)
        status = bpo__read_signed(from, &amendment->recorded_at);
    if (status == BPO_OK)
        status = read_text(from, arena, &amendment->client_approval);
    if (status == BPO_OK)
        status = read_text(from, arena, &amendment->provider_approval);
    return status == BPO_OK && bpo__reader_left(from) > 0 ? BPO_E_CORRUPT : status;
}

static bpo_status read_removals(bpo__reader *from, bpo__arena *arena, bpo_amendment *amendment)
{
    uint32_t count = 0;
    bpo_status status = bpo__read_limited(from, BPO_TERMS_COUNT_MAX, &count);
    if (status != BPO_OK || count > bpo__reader_left(from))
        return BPO_E_CORRUPT;
    const char **removals = bpo__arena_alloc(arena, count * sizeof *removals);
    if (!removals)
        return BPO_E_NOMEM;
    for (uint32_t i = 0; i < count && status == BPO_OK; i++)
        status = read_text(from, arena, &removals[i]);
    amendment->removals = removals;
    amendment->removal_count = count;
    return status == BPO_OK && bpo__reader_left(from) > 0 ? BPO_E_CORRUPT : status;
}

/* Reads one section with a reader of the amendment's parts. */
static bpo_status read_part(bpo__reader *payload, uint32_t id, bpo__arena *arena, bpo_amendment *amendment,
                            bpo_status (*read)(bpo__reader *, bpo__arena *, bpo_amendment *), bpo_error *err)
{
    bpo__reader content;
    bpo_status status = expect_section(payload, id, &content, err);
    if (status != BPO_OK)
        return status;
    status = read(&content, arena, amendment);
    if (status == BPO_E_NOMEM)
        return bpo__fail_memory(err);
    return status == BPO_OK ? BPO_OK : refuse_damaged(err);
}

bpo_status bpo__amendment_apply(bpo_context *context, bpo_contract *contract, const void *bytes, size_t size,
                                bpo_contract **ret_contract, bpo_error *err)
{
    bpo_amendment amendment = BPO_AMENDMENT_INIT;
    bpo_terms *changes = NULL;
    bpo__reader payload;
    bpo__arena arena;

    bpo__arena_init(&arena, context);
    bpo_status status = bpo__frame_read(bytes, size, BPO__FRAME_AMENDMENT, &payload, err);
    if (status == BPO_OK)
        status = read_part(&payload, SECTION_HEAD, &arena, &amendment, read_head, err);
    if (status == BPO_OK)
        status = terms_section(context, &payload, SECTION_CHANGES, &changes, err);
    if (status == BPO_OK)
        status = read_part(&payload, SECTION_REMOVALS, &arena, &amendment, read_removals, err);
    if (status == BPO_OK)
        status = expect_end(&payload, err);
    amendment.changes = changes;
    if (status == BPO_OK)
        status = bpo_contract_amend(contract, &amendment, ret_contract, err);
    bpo_terms_unref(changes);
    bpo__arena_clear(&arena);
    return status;
}
