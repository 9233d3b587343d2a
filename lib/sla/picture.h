/* SPDX-License-Identifier: Apache-2.0 */
/* A picture of a ticket: all cycles of all its clocks, and how two pictures differ. */
#ifndef BPO_SLA_PICTURE_H
#define BPO_SLA_PICTURE_H

#include "sla/replay.h"

#define BPO__PICTURE_CYCLES_INLINE 16

typedef struct bpo__picture {
    bpo_context *context;
    bpo__cycle *cycles; /* as they were told */
    size_t count;
    size_t capacity;
    bpo__outcome outcome;
    bpo__cycle first[BPO__PICTURE_CYCLES_INLINE];
} bpo__picture;

/* Takes the picture of the facts up to and including `until`, clocks measured at `at`. Cleared by the caller, also
 * after a failure. */
bpo_status bpo__picture_take(bpo__picture *picture, bpo_contract *contract, const bpo__history *history, bpo_time until,
                             bpo_time at, bpo_error *err);
void bpo__picture_init(bpo__picture *picture, bpo_context *context);
void bpo__picture_clear(bpo__picture *picture);

/* What was said of breaches before a fact arrived. */
typedef struct bpo__said {
    bpo_time fact_at;  /* the instant of the fact that made the difference */
    bpo_time advanced; /* breaches up to it were announced; INT64_MIN: none */
    bpo_time known;    /* breaches up to it could be seen: the latest fact before, or `advanced` */
} bpo__said;

/* Adds what became of `before` to the draft of `changes`. BPO_E_NOMEM. */
bpo_status bpo__picture_compare(const bpo__picture *before, const bpo__picture *after, const bpo__said *said,
                                bpo_changes *changes);

/* Whether the cycle goes on: neither stopped nor cancelled. */
bool bpo__cycle_is_open(const bpo__cycle *cycle);

#endif
