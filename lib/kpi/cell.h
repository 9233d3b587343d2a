/* SPDX-License-Identifier: Apache-2.0 */
/* A cell: count, sum and exact distribution of int64 values; a commutative group. add(x) then retract(x) is nothing,
 * merging is commutative and associative, equal content has equal bytes whatever its history.
 *
 * DIST at p = 62: every value is its own bucket (spec/kpi.md section 2). Additions are collected and brought into
 * order when somebody reads, which is why reading takes a cell that is not const. Bringing into order never fails:
 * where the host has no memory for it, it is only slower. */
#ifndef BPO_KPI_CELL_H
#define BPO_KPI_CELL_H

#include "codec/reader.h"
#include "codec/writer.h"
#include "num/wide.h"

typedef enum bpo__cell_kind { BPO__CELL_COUNT = 1, BPO__CELL_SUM, BPO__CELL_DIST } bpo__cell_kind;

/* Values lie in -BPO__CELL_VALUE_MAX .. BPO__CELL_VALUE_MAX. */
#define BPO__CELL_VALUE_MAX ((INT64_C(1) << 62) - 1)

typedef struct bpo__cell bpo__cell;

bpo_status bpo__cell_new(bpo_context *context, bpo__cell_kind kind, bpo__cell **ret_cell);
void bpo__cell_free(bpo__cell *cell);
bpo__cell_kind bpo__cell_kind_of(const bpo__cell *cell);
/* Adds (weight > 0) or retracts (weight < 0) a value that many times. A COUNT looks at no value. BPO_E_RANGE for a
 * value out of the domain, or where additions and retractions that do not cancel out would be more than 2^63 - 1. */
bpo_status bpo__cell_add(bpo__cell *cell, int64_t value, int64_t weight);
/* Makes the next add of the same value and weight infallible; the content stays as it is. */
bpo_status bpo__cell_prepare_add(bpo__cell *cell, int64_t value, int64_t weight);
/* BPO_E_MISMATCH for cells of different kinds; BPO_E_RANGE. The other must be another cell. */
bpo_status bpo__cell_merge(bpo__cell *cell, const bpo__cell *other);
/* Makes the next merge of the same other infallible; the content stays as it is. */
bpo_status bpo__cell_prepare_merge(bpo__cell *cell, const bpo__cell *other);
bool bpo__cell_is_empty(bpo__cell *cell); /* equal to a new one */
/* BPO_E_STATE where something was retracted that was not added: a count below zero, or a sum without values. */
bpo_status bpo__cell_check(bpo__cell *cell);
int64_t bpo__cell_count(const bpo__cell *cell);
bpo__i256 bpo__cell_sum(const bpo__cell *cell);            /* 0 for a COUNT */
bpo__i256 bpo__cell_sum_of_squares(const bpo__cell *cell); /* 0 but for a DIST */
/* Of a DIST; BPO_DONE when it holds no value, BPO_E_STATE as bpo__cell_check, BPO_E_INVALID for another kind. */
bpo_status bpo__cell_extremes(bpo__cell *cell, int64_t *ret_min, int64_t *ret_max);
/* Nearest rank max(1, ceil(p n)) for p = numerator / denominator in 0..1; results as bpo__cell_extremes, and
 * BPO_E_INVALID for a p out of range. */
bpo_status bpo__cell_quantile(bpo__cell *cell, uint32_t numerator, uint32_t denominator, int64_t *ret_value);
/* Counts below zero are written as they are: parts of one whole may each hold a half of it. */
bpo_status bpo__cell_encode(bpo__cell *cell, bpo__buffer *into);
/* BPO_E_CORRUPT for any bytes that bpo__cell_encode would not have written. */
bpo_status bpo__cell_decode(bpo_context *context, bpo__reader *from, bpo__cell **ret_cell);
size_t bpo__cell_memory(const bpo__cell *cell); /* bytes */

#endif
