/* SPDX-License-Identifier: Apache-2.0 */
/* A cell: count, sum and exact distribution of int64 values; a commutative group. add(x) then retract(x) is nothing,
 * merging is commutative and associative, equal content has equal bytes whatever its history.
 *
 * DIST at p = 62: every value is its own bucket (spec/kpi.md section 2). */
#ifndef BPO_KPI_CELL_H
#define BPO_KPI_CELL_H

#include "codec/reader.h"
#include "codec/writer.h"
#include "num/wide.h"

typedef enum bpo__cell_kind { BPO__CELL_COUNT = 1, BPO__CELL_SUM, BPO__CELL_DIST } bpo__cell_kind;

typedef struct bpo__cell bpo__cell;

bpo_status bpo__cell_new(bpo_context *context, bpo__cell_kind kind, bpo__cell **ret_cell);
void bpo__cell_free(bpo__cell *cell);
/* Adds (weight > 0) or retracts (weight < 0). Domain |value| < 2^62: BPO_E_RANGE. */
bpo_status bpo__cell_add(bpo__cell *cell, int64_t value, int64_t weight);
bpo_status bpo__cell_merge(bpo__cell *cell, const bpo__cell *other);
bool bpo__cell_is_empty(const bpo__cell *cell); /* equal to a new one */
/* BPO_E_STATE where a count is below zero. */
bpo_status bpo__cell_check(const bpo__cell *cell);
int64_t bpo__cell_count(const bpo__cell *cell);
bpo__i256 bpo__cell_sum(const bpo__cell *cell);
/* Nearest rank max(1, ceil(p n)) for p = numerator / denominator; BPO_DONE when empty. Sorts lazily: cell not const. */
bpo_status bpo__cell_quantile(bpo__cell *cell, uint32_t numerator, uint32_t denominator, int64_t *ret_value);
bpo_status bpo__cell_encode(bpo__cell *cell, bpo__buffer *into);
bpo_status bpo__cell_decode(bpo_context *context, bpo__reader *from, bpo__cell **ret_cell);
size_t bpo__cell_memory(const bpo__cell *cell);

#endif
