/* SPDX-License-Identifier: Apache-2.0 */
/* Books: entering subjects, merging, listing. A merge first does everything that can fail on the side and then swaps,
 * so that a failure leaves the books as they were. */
#include "ledger/books.h"

#include "core/fail.h"
#include "core/sort.h"

static int compare_rows(const void *a, const void *b, void *user)
{
    const bpo__row *const *left = a, *const *right = b;
    (void)user;
    return bpo__text_compare((*left)->subject, (*right)->subject);
}

/* A row in the books' own memory. */
static bpo__row *copy_row(bpo__books *books, bpo__text subject, const uint8_t *digest)
{
    bpo__row *row = bpo__arena_alloc(&books->memory, sizeof *row);
    char *text = row ? bpo__arena_text(&books->memory, subject.data, subject.size) : NULL;
    if (text == NULL)
        return NULL;
    row->subject = (bpo__text){text, subject.size};
    row->has_digest = digest != NULL;
    if (digest != NULL)
        memcpy(row->digest, digest, sizeof row->digest);
    return row;
}

static bpo_status refuse_common_subjects(const bpo__books *books, const bpo__books *part, bpo_error *err)
{
    size_t position = 0;
    const bpo__map_entry *entry;
    while ((entry = bpo__map_next(&part->rows, &position)) != NULL)
        if (bpo__books_has(books, entry->key))
            return bpo__fail_text(err, BPO_E_MISMATCH, BPO__MSG_subject_in_both, BPO__TEXT(""), entry->key,
                                  BPO__TEXT(""), BPO__TEXT(""));
    return BPO_OK;
}

/* Copies of the part's rows, in the books' memory, not entered yet. */
static bpo_status copy_rows(bpo__books *books, const bpo__books *part, bpo__row ***ret_rows)
{
    bpo__row **rows = bpo__arena_alloc(&books->memory, part->rows.count * sizeof *rows);
    size_t position = 0, count = 0;
    const bpo__map_entry *entry;
    if (rows == NULL)
        return BPO_E_NOMEM;
    while ((entry = bpo__map_next(&part->rows, &position)) != NULL) {
        const bpo__row *row = entry->value;
        rows[count] = copy_row(books, row->subject, row->has_digest ? row->digest : NULL);
        if (rows[count++] == NULL)
            return BPO_E_NOMEM;
    }
    *ret_rows = rows;
    return bpo__map_reserve(&books->rows, count);
}

static bpo_status merged_usage(const bpo__books *books, const bpo__books *part, bpo__usage **ret_usage)
{
    bpo__usage *usage;
    bpo_status status = bpo__usage_new(books->context, &usage);
    if (status < 0)
        return status;
    status = bpo__usage_merge(usage, books->usage);
    if (status >= 0)
        status = bpo__usage_merge(usage, part->usage);
    if (status < 0)
        bpo__usage_free(usage);
    else
        *ret_usage = usage;
    return status;
}

static bpo_status fail_merge(bpo_status status, bpo_error *err)
{
    if (status == BPO_E_NOMEM)
        return bpo__fail_memory(err);
    return bpo__fail(err, status, BPO__MSG_sum_too_large, "", NULL, NULL, NULL);
}

bpo_status bpo__books_new(bpo_context *context, bpo__books **ret_books)
{
    bpo__books *books = bpo__alloc_zeroed(context, sizeof *books);
    if (books == NULL)
        return BPO_E_NOMEM;
    books->context = context;
    bpo__map_init(&books->rows, context);
    bpo__arena_init(&books->memory, context);
    if (bpo__cells_new(context, &books->cells) < 0 || bpo__usage_new(context, &books->usage) < 0) {
        bpo__books_free(books);
        return BPO_E_NOMEM;
    }
    *ret_books = books;
    return BPO_OK;
}

void bpo__books_free(bpo__books *books)
{
    if (books == NULL)
        return;
    if (books->cells != NULL)
        bpo__cells_free(books->cells);
    if (books->usage != NULL)
        bpo__usage_free(books->usage);
    bpo__map_clear(&books->rows);
    bpo__arena_clear(&books->memory);
    bpo__free(books->context, books, sizeof *books);
}

bool bpo__books_has(const bpo__books *books, bpo__text subject)
{
    return bpo__map_get(&books->rows, subject) != NULL;
}

bpo_status bpo__books_enter(bpo__books *books, bpo__text subject, const uint8_t *digest)
{
    bpo__row *row = copy_row(books, subject, digest);
    return row == NULL ? BPO_E_NOMEM : bpo__map_set(&books->rows, row->subject, row);
}

bpo_status bpo__books_merge(bpo__books *books, const bpo__books *part, bpo_error *err)
{
    bpo__usage *usage = NULL;
    bpo__row **rows = NULL;
    bpo_status status = refuse_common_subjects(books, part, err);
    if (status < 0)
        return status;
    if (part->fact_count > UINT64_MAX - books->fact_count || part->unopened_count > UINT64_MAX - books->unopened_count)
        return fail_merge(BPO_E_RANGE, err);
    if ((status = copy_rows(books, part, &rows)) < 0 || (status = merged_usage(books, part, &usage)) < 0)
        return fail_merge(status, err);
    if ((status = bpo__cells_merge(books->cells, part->cells)) < 0) {
        bpo__usage_free(usage);
        return fail_merge(status, err);
    }
    bpo__usage_free(books->usage);
    books->usage = usage;
    for (size_t i = 0, n = part->rows.count; i < n; i++)
        (void)bpo__map_set(&books->rows, rows[i]->subject, rows[i]); /* cannot fail: room was reserved */
    books->fact_count += part->fact_count;
    books->unopened_count += part->unopened_count;
    return BPO_OK;
}

bpo_status bpo__books_list(const bpo__books *books, const bpo__row ***ret_rows, size_t *ret_count)
{
    size_t count = books->rows.count, position = 0;
    const bpo__row **rows = bpo__alloc(books->context, count * sizeof *rows);
    const bpo__map_entry *entry;
    if (rows == NULL && count > 0)
        return BPO_E_NOMEM;
    for (size_t i = 0; (entry = bpo__map_next(&books->rows, &position)) != NULL; i++)
        rows[i] = entry->value;
    bpo__sort(rows, count, sizeof *rows, compare_rows, NULL);
    *ret_rows = rows;
    *ret_count = count;
    return BPO_OK;
}

size_t bpo__books_memory(const bpo__books *books)
{
    size_t bytes = sizeof *books + books->rows.capacity * sizeof *books->rows.entries, position = 0;
    const bpo__map_entry *entry;
    while ((entry = bpo__map_next(&books->rows, &position)) != NULL)
        bytes += sizeof(bpo__row) + entry->key.size + 1;
    return bytes + bpo__cells_memory(books->cells) + bpo__usage_memory(books->usage);
}
