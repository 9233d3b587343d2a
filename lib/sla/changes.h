/* SPDX-License-Identifier: Apache-2.0 */
/* The list of changes that a caller holds. A call fills a draft, which replaces the list only when it succeeds. */
#ifndef BPO_SLA_CHANGES_H
#define BPO_SLA_CHANGES_H

#include "core/memory.h"
#include <bpo/ticket.h>

/* All take NULL for a caller who wants no changes. */
void bpo__changes_begin(bpo_changes *changes);
bpo_status bpo__changes_add(bpo_changes *changes, bpo_change_kind kind, const char *metric, uint32_t cycle, bpo_time at,
                            bpo_time before);
/* Puts the draft in order of (at, metric, cycle, kind). */
void bpo__changes_sort(bpo_changes *changes);
void bpo__changes_commit(bpo_changes *changes);

#endif
