/* SPDX-License-Identifier: Apache-2.0 */
/* Adding to several cells at once or to none: each addition is staged, which may fail, and then all are committed,
 * which cannot. No cell is staged twice before a commit. */
#ifndef BPO_KPI_STAGING_H
#define BPO_KPI_STAGING_H

#include "kpi/cells.h"

/* Finds or makes the cell and makes room for the addition. BPO_E_MISMATCH where the cell is of another kind, and as
 * bpo__cell_add. */
bpo_status bpo__cells_stage(bpo__cells *cells, const bpo__cell_name *name, bpo__cell_kind kind, int64_t value,
                            int64_t weight);
void bpo__cells_commit(bpo__cells *cells);
void bpo__cells_abandon(bpo__cells *cells);

#endif
