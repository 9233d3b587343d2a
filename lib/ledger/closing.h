/* SPDX-License-Identifier: Apache-2.0 */
/* Closing: from books and an opening position to a statement and the closing position. Everything that does not simply
 * add happens here, part by part. */
#ifndef BPO_LEDGER_CLOSING_H
#define BPO_LEDGER_CLOSING_H

#include "ledger/books.h"
#include "ledger/definitions.h"
#include "ledger/ledger.h"
#include "ledger/position.h"
#include "ledger/statement.h"

/* What the parts of a close work on. */
typedef struct bpo__close {
    bpo_ledger *ledger;
    bpo__books *books;
    bpo__place *places; /* of the period */
    size_t place_count;
    bpo__definitions definitions;
    bpo__position position;  /* the opening one, made the closing one by and by */
    bpo__cell_item *cells;   /* in canonical order */
    size_t cell_count;
    bpo_statement *statement;
    bpo_error *err;
} bpo__close;

/* Cells of one definition and one value of a dimension in the period, by role; NULL where there is none. */
typedef struct bpo__cell_group {
    bpo__text dimension, value;
    bpo__cell *by_role[BPO__ROLE_INDETERMINATE + 1];
} bpo__cell_group;

/* Walks the groups of a measure or level: *position starts at 0; the whole comes first, also where nothing was
 * counted. BPO_DONE at the end; BPO_E_STATE for a count below zero. */
typedef struct bpo__cell_walk {
    size_t position;
    bool whole_seen;
} bpo__cell_walk;
bpo_status bpo__close_next_group(bpo__close *close, bool level, const char *id, bpo__cell_walk *walk,
                                 bpo__cell_group *ret_group);

/* A copy of a text that lives as long as the statement; NULL when the host has no memory. */
const char *bpo__close_text(bpo__close *close, bpo__text text);

/* The parts, in this order. */
bpo_status bpo__close_kpis(bpo__close *close);
bpo_status bpo__close_levels(bpo__close *close);
bpo_status bpo__close_adjustments(bpo__close *close);
bpo_status bpo__close_invoice(bpo__close *close);
bpo_status bpo__close_reversals(bpo__close *close, const bpo__closing *closing);

#endif
