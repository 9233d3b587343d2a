/* SPDX-License-Identifier: Apache-2.0 */
/* The canonical bytes of books: cells, quantities, rows in order of subject, counts. Reading is total: rows out of
 * order or twice, and digests of another size, are refused. */
#include "ledger/books.h"

#include "codec/frame.h"

enum { SECTION_CELLS = 4, SECTION_USAGE = 6, SECTION_ROWS = 8, SECTION_COUNTS = 10 };

static bpo_status write_cells(bpo__books *books, bpo__buffer *content)
{
    return bpo__cells_encode(books->cells, content);
}

static bpo_status write_usage(bpo__books *books, bpo__buffer *content)
{
    return bpo__usage_encode(books->usage, content);
}

static bpo_status write_rows(bpo__books *books, bpo__buffer *content)
{
    const bpo__row **rows;
    size_t count;
    bpo_status status = bpo__books_list(books, &rows, &count);
    if (status < 0)
        return status;
    status = bpo__write_unsigned(content, count);
    for (size_t i = 0; i < count && status >= 0; i++) {
        bpo__text digest = {(const char *)rows[i]->digest, rows[i]->has_digest ? BPO_DIGEST_SIZE : 0};
        status = bpo__write_text(content, rows[i]->subject);
        if (status >= 0)
            status = bpo__write_text(content, digest);
    }
    bpo__free(books->context, rows, count * sizeof *rows);
    return status;
}

static bpo_status write_counts(bpo__books *books, bpo__buffer *content)
{
    bpo_status status = bpo__write_unsigned(content, books->fact_count);
    return status < 0 ? status : bpo__write_unsigned(content, books->unopened_count);
}

static bpo_status read_cells(bpo__books *books, bpo__reader *content)
{
    bpo__cells *cells;
    bpo_status status = bpo__cells_decode(books->context, content, &cells);
    if (status < 0)
        return status;
    bpo__cells_free(books->cells);
    books->cells = cells;
    return BPO_OK;
}

static bpo_status read_usage(bpo__books *books, bpo__reader *content)
{
    bpo__usage *usage;
    bpo_status status = bpo__usage_decode(books->context, content, &usage);
    if (status < 0)
        return status;
    bpo__usage_free(books->usage);
    books->usage = usage;
    return BPO_OK;
}

static bpo_status read_row(bpo__books *books, bpo__reader *content, bpo__text *previous, bool first)
{
    bpo__text subject, digest;
    bpo_status status = bpo__read_text(content, &subject);
    if (status < 0 || (status = bpo__read_text(content, &digest)) < 0)
        return status;
    if (digest.size != 0 && digest.size != BPO_DIGEST_SIZE)
        return BPO_E_CORRUPT;
    if (!first && bpo__text_compare(*previous, subject) >= 0)
        return BPO_E_CORRUPT;
    *previous = subject;
    return bpo__books_enter(books, subject, digest.size > 0 ? (const uint8_t *)digest.data : NULL);
}

static bpo_status read_rows(bpo__books *books, bpo__reader *content)
{
    bpo__text previous = {NULL, 0};
    uint64_t count = 0;
    bpo_status status = bpo__read_unsigned(content, &count);
    for (uint64_t i = 0; i < count && status >= 0; i++) /* each row takes bytes, so the content bounds the loop */
        status = read_row(books, content, &previous, i == 0);
    return status;
}

static bpo_status read_counts(bpo__books *books, bpo__reader *content)
{
    bpo_status status = bpo__read_unsigned(content, &books->fact_count);
    return status < 0 ? status : bpo__read_unsigned(content, &books->unopened_count);
}

static const struct section {
    uint32_t id;
    bpo_status (*write)(bpo__books *books, bpo__buffer *content);
    bpo_status (*read)(bpo__books *books, bpo__reader *content);
} sections[] = {
    {SECTION_CELLS, write_cells, read_cells},
    {SECTION_USAGE, write_usage, read_usage},
    {SECTION_ROWS, write_rows, read_rows},
    {SECTION_COUNTS, write_counts, read_counts},
};

_Static_assert(sizeof sections / sizeof *sections == BPO__BOOKS_SECTIONS, "every section is counted");

bpo_status bpo__books_encode(bpo__books *books, bpo__buffer *payload)
{
    bpo_status status = BPO_OK;
    bpo__buffer content;
    bpo__buffer_init(&content, books->context);
    for (size_t i = 0; i < sizeof sections / sizeof *sections && status >= 0; i++) {
        content.size = 0;
        status = sections[i].write(books, &content);
        if (status >= 0)
            status = bpo__section_write(payload, sections[i].id, &content);
    }
    bpo__buffer_clear(&content);
    return status;
}

bpo_status bpo__books_read_section(bpo__books *books, uint32_t id, bpo__reader *content)
{
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        if (sections[i].id != id)
            continue;
        bpo_status status = sections[i].read(books, content);
        if (status >= 0 && content->position != content->end)
            status = BPO_E_CORRUPT;
        return status;
    }
    return BPO_DONE;
}
