/* SPDX-License-Identifier: Apache-2.0 */
/* A position: what a period hands to the next one. Quantities and amounts that were posted, so that a late fact is
 * billed as the difference to them, for the periods that /contract/late_window leaves open, and how often in a row each
 * service level was missed. */
#ifndef BPO_LEDGER_POSITION_H
#define BPO_LEDGER_POSITION_H

#include "core/arena.h"
#include "pricing/usage.h"
#include <bpo/contract.h>

/* What was posted for one charge, service period and version; never 0. */
typedef struct bpo__posted {
    bpo__text charge;
    bpo_time period_start;
    uint32_t version;
    bpo_decimal amount;
} bpo__posted;

/* How often in a row a service level was missed; never 0. */
typedef struct bpo__streak {
    bpo__text level;
    uint32_t failures;
} bpo__streak;

typedef struct bpo__position {
    bpo_context *context;
    bpo__arena arena;      /* of the texts */
    bpo__text contract;    /* its id */
    bpo_time end;          /* first instant that is not settled by it */
    bpo__usage *quantities;
    bpo__posted *amounts;  /* in order of (charge, period, version) */
    size_t amount_count, amount_capacity;
    bpo__streak *streaks;  /* in order of level */
    size_t streak_count, streak_capacity;
} bpo__position;

bpo_status bpo__position_init(bpo__position *position, bpo_context *context);
void bpo__position_clear(bpo__position *position);
/* Reads a position into an empty one and checks that it is the contract's and ends where the period starts. */
bpo_status bpo__position_read(bpo__position *position, const bpo_contract *contract, bpo_time start,
                              const void *bytes, size_t size, bpo_error *err);
bpo_status bpo__position_write(bpo__position *position, bpo__buffer *into);

/* What was posted, 0 where nothing was. */
bpo_decimal bpo__position_amount(const bpo__position *position, bpo__text charge, bpo_time period_start,
                                 uint32_t version);
bpo_status bpo__position_post(bpo__position *position, bpo__text charge, bpo_time period_start, uint32_t version,
                              const bpo_decimal *amount);
/* Forgets what was posted for periods that began before an instant. */
void bpo__position_forget(bpo__position *position, bpo_time before);
uint32_t bpo__position_failures(const bpo__position *position, bpo__text level);
bpo_status bpo__position_set_failures(bpo__position *position, bpo__text level, uint32_t failures);

#endif
