/* SPDX-License-Identifier: Apache-2.0 */
/* The cells of a ledger: what occurrences come to, by measure, dimension and service period. Merge class A.
 *
 * A fact feeds the measures of its kind, a clock's cycle the attainments and service levels of its metric, which keep
 * three counts: met, breached, indeterminate. Each keeps the whole and one cell for each value of each dimension. */
#ifndef BPO_KPI_CELLS_H
#define BPO_KPI_CELLS_H

#include "core/map.h"
#include "kpi/cell.h"
#include "terms/occurrence.h"

typedef enum bpo__cell_role {
    BPO__ROLE_MEASURE = 1,   /* the values of a measure; of a ratio: its denominator */
    BPO__ROLE_NUMERATOR,     /* of a ratio */
    BPO__ROLE_MET,           /* of a service level or attainment */
    BPO__ROLE_BREACHED,
    BPO__ROLE_INDETERMINATE
} bpo__cell_role;

/* What a cell is about; texts borrowed from the cells. */
typedef struct bpo__cell_name {
    bool level;          /* of a service level, else of a measure */
    bpo__text id;        /* name of the measure or level */
    bpo__text dimension; /* empty: the whole */
    bpo__text value;     /* value of the dimension; empty: not known */
    bpo__cell_role role;
    bpo_time period_start; /* service period */
} bpo__cell_name;

typedef struct bpo__cells bpo__cells;

bpo_status bpo__cells_new(bpo_context *context, bpo__cells **ret_cells);
void bpo__cells_free(bpo__cells *cells);
/* Counts one occurrence for every measure and level of its plan that it concerns; sign -1 takes the same back. A value
 * that is missing, or is no whole number, contributes nothing. BPO_E_RANGE names the KPI whose value is too large,
 * BPO_E_MISMATCH the one whose form changed from one version to the next. On failure the content is as before. */
bpo_status bpo__cells_count(bpo__cells *cells, const bpo__occurrence *occurrence, bpo_error *err);
/* The other must be another set. On failure the content is as before. */
bpo_status bpo__cells_merge(bpo__cells *cells, const bpo__cells *other);
/* The cell of a name, or NULL. */
bpo__cell *bpo__cells_find(const bpo__cells *cells, const bpo__cell_name *name);
/* Canonical order (level, id, dimension, value, role, period); empty cells are left out. The array is the caller's,
 * to be freed with bpo__free(context, *ret_list, *ret_count * sizeof **ret_list). */
typedef struct bpo__cell_item {
    bpo__cell_name name;
    bpo__cell *cell;
} bpo__cell_item;
bpo_status bpo__cells_list(const bpo__cells *cells, bpo__cell_item **ret_list, size_t *ret_count);
bpo_status bpo__cells_encode(bpo__cells *cells, bpo__buffer *into);
/* BPO_E_CORRUPT for any bytes that bpo__cells_encode would not have written. */
bpo_status bpo__cells_decode(bpo_context *context, bpo__reader *from, bpo__cells **ret_cells);
size_t bpo__cells_total(const bpo__cells *cells);  /* number of cells held, empty ones included */
size_t bpo__cells_memory(const bpo__cells *cells); /* bytes */

#endif
