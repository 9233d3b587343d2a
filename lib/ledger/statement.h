/* SPDX-License-Identifier: Apache-2.0 */
/* A statement from within: lists of rows, each a public struct. One table of their fields drives encoding and
 * decoding, so that the canonical bytes hold exactly what the accessors show. */
#ifndef BPO_LEDGER_STATEMENT_H
#define BPO_LEDGER_STATEMENT_H

#include "core/arena.h"
#include "core/buffer.h"
#include "core/reference.h"
#include <bpo/statement.h>

/* A growing list of rows of one type. */
typedef struct bpo__rows {
    void *items;
    size_t count;
    size_t capacity;
    size_t item_size;
} bpo__rows;

/* A line and where its steps begin. */
typedef struct bpo__invoice_row {
    bpo_invoice_line line;
    size_t first_step;
} bpo__invoice_row;

struct bpo_statement {
    bpo__references references;
    bpo_context *context;
    bpo__arena arena; /* texts and the closing position */
    bpo_statement_header header;
    bpo__rows kpis;        /* bpo_kpi */
    bpo__rows levels;      /* bpo_service_level */
    bpo__rows lines;       /* bpo__invoice_row */
    bpo__rows steps;       /* const char *, line by line */
    bpo__rows adjustments; /* bpo_adjustment */
    bpo_decimal total;
    const uint8_t *closing;
    size_t closing_size;
};

bpo_status bpo__statement_new(bpo_context *context, bpo_statement **ret_statement);
/* A new row at the end of a list, zeroed; NULL when the host has no memory. */
void *bpo__statement_append(bpo_statement *statement, bpo__rows *rows);
static inline void *bpo__rows_at(const bpo__rows *rows, size_t index)
{
    return (char *)rows->items + index * rows->item_size;
}
/* Adds the lines up and finds where their steps begin. BPO_E_CORRUPT where the steps are not those of the lines. */
bpo_status bpo__statement_settle(bpo_statement *statement);
/* Appends the canonical bytes. */
bpo_status bpo__statement_bytes(const bpo_statement *statement, bpo__buffer *into);

#endif
