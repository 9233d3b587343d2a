/* SPDX-License-Identifier: Apache-2.0 */
/* Sealing a period, for the first time or again. */
#ifndef BPO_DESK_SEALING_H
#define BPO_DESK_SEALING_H

#include "core/buffer.h"
#include "desk/desk.h"
#include "desk/period.h"

typedef struct bpo__bounds {
    bpo_time start, end;
} bpo__bounds;

/* A statement on its way to be sealed, with everything that taking it in needs. */
typedef struct bpo__sealing {
    bpo__bounds period;
    bpo_time now;
    uint32_t revision;
    bpo_statement *former; /* what it restates, or NULL */
    bool *settled;
    size_t settled_size;
    bpo_statement *before;
    bpo_statement *statement;
    bpo__buffer encoded; /* the statement */
    bpo__buffer bytes;   /* the record's */
    bpo__seal seal;
} bpo__sealing;

/* Refuses what was asked of a period, naming the instant that would be right. */
bpo_status bpo__refuse_period(bpo_error *err, bpo_status status, int32_t message, const char *period, bpo_time at);

/* The latest statement that ends where the period starts; NULL where there is none. */
bpo_status bpo__desk_opening(bpo_desk *desk, bpo_time start, bpo_statement **ret_before, bpo_error *err);
void bpo__period_open_with(bpo__period *period, const bpo_statement *before);

/* Reads to the head and holds `now` against the watermark; the caller then sets the period. */
bpo_status bpo__sealing_begin(bpo__sealing *s, bpo_desk *desk, bpo_time now, bpo_error *err);
bpo_status bpo__sealing_seal(bpo__sealing *s, bpo_desk *desk, const char *name, bpo_statement **ret_statement,
                             bpo_error *err);
/* Also after a failure of the others. */
void bpo__sealing_end(bpo__sealing *s, bpo_desk *desk);

#endif
