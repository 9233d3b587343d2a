/* SPDX-License-Identifier: Apache-2.0 */
/* A multiset of integers with signed counts: what a DIST cell keeps.
 *
 * Additions are appended; reading settles them: the appended items are sorted and merged into those already in order,
 * equal values become one item and counts of zero disappear. So equal content is equal items, whatever came first.
 * An addition costs a few nanoseconds, a distinct value 16 bytes and the slack of a doubling array; the slack is also
 * the room that sorting needs, so that settling allocates nothing and cannot fail. */
#ifndef BPO_KPI_DISTRIBUTION_H
#define BPO_KPI_DISTRIBUTION_H

#include "core/memory.h"
#include <stdbool.h>
#include <string.h>

typedef struct bpo__value_count {
    int64_t value;
    int64_t count;
} bpo__value_count;

typedef struct bpo__distribution {
    bpo_context *context;
    bpo__value_count *items; /* [0, sorted): settled; then `pending` as they came; then room for as many again */
    size_t sorted;
    size_t pending;
    size_t capacity;    /* >= sorted + 2 * pending */
    size_t negative;    /* settled items with a count below zero */
    int64_t count;      /* sum of all counts */
    uint64_t magnitude; /* sum of the counts' magnitudes, at most 2^63 - 1, so that no sum of them can overflow */
} bpo__distribution;

void bpo__distribution_init(bpo__distribution *distribution, bpo_context *context);
void bpo__distribution_clear(bpo__distribution *distribution);
/* Makes the next add of this weight infallible. */
bpo_status bpo__distribution_prepare_add(bpo__distribution *distribution, int64_t weight);
void bpo__distribution_add(bpo__distribution *distribution, int64_t value, int64_t weight);
/* Makes the next merge of this other one infallible. */
bpo_status bpo__distribution_prepare_merge(bpo__distribution *distribution, const bpo__distribution *other);
void bpo__distribution_merge(bpo__distribution *distribution, const bpo__distribution *other);
/* Appends to a settled distribution the item behind its last one. BPO_E_RANGE for a value that is not greater, a count
 * of zero, or too many. */
bpo_status bpo__distribution_append(bpo__distribution *distribution, int64_t value, int64_t count);
void bpo__distribution_settle(bpo__distribution *distribution);
/* The value of a rank, 1 <= rank <= count, of a settled distribution without negative counts. */
int64_t bpo__distribution_ranked(const bpo__distribution *distribution, int64_t rank);

#endif
