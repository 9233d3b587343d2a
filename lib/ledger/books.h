/* SPDX-License-Identifier: Apache-2.0 */
/* Books: what the subjects of a period come to once they are folded. Cells and quantities add up (class A); one row a
 * subject (class B) says whose facts are in, with their digest. Merging is commutative and associative, and equal
 * content has equal bytes. */
#ifndef BPO_LEDGER_BOOKS_H
#define BPO_LEDGER_BOOKS_H

#include "codec/reader.h"
#include "codec/writer.h"
#include "core/arena.h"
#include "core/map.h"
#include "kpi/cells.h"
#include "pricing/usage.h"

/* A subject that is in the books. */
typedef struct bpo__row {
    bpo__text subject;
    bool has_digest; /* false where the host had no digest callback */
    uint8_t digest[BPO_DIGEST_SIZE];
} bpo__row;

typedef struct bpo__books {
    bpo_context *context;
    bpo__cells *cells;
    bpo__usage *usage;
    bpo__map rows;      /* subject -> bpo__row */
    bpo__arena memory;  /* of the rows */
    uint64_t fact_count;
    uint64_t unopened_count;
} bpo__books;

bpo_status bpo__books_new(bpo_context *context, bpo__books **ret_books);
void bpo__books_free(bpo__books *books); /* NULL is fine */
bool bpo__books_has(const bpo__books *books, bpo__text subject);
/* Enters a subject; digest NULL: the host has none. The text is copied. The subject is not in yet. */
bpo_status bpo__books_enter(bpo__books *books, bpo__text subject, const uint8_t *digest);
/* Adds another part's content. BPO_E_MISMATCH for a subject in both. On failure the books are as before. */
bpo_status bpo__books_merge(bpo__books *books, const bpo__books *part, bpo_error *err);
/* The rows in order of subject; to be freed with bpo__free(context, *ret_rows, *ret_count * sizeof **ret_rows). */
bpo_status bpo__books_list(const bpo__books *books, const bpo__row ***ret_rows, size_t *ret_count);
size_t bpo__books_memory(const bpo__books *books);

enum { BPO__BOOKS_SECTIONS = 4 };
/* Writes the books as sections of a payload; reads one such section: BPO_DONE for an id that is not of the books. */
bpo_status bpo__books_encode(bpo__books *books, bpo__buffer *payload);
bpo_status bpo__books_read_section(bpo__books *books, uint32_t id, bpo__reader *content);

#endif
