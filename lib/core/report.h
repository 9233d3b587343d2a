/* SPDX-License-Identifier: Apache-2.0 */
/* Filling a report: what ledger and desk do while they walk a batch. */
#ifndef BPO_CORE_REPORT_H
#define BPO_CORE_REPORT_H

#include "core/text.h"
#include <bpo/report.h>

/* Every call that is given a report begins with it. Takes NULL. Keeps the room of earlier rows. */
void bpo__report_clear(bpo_report *report);
/* Adds a row; path may be NULL, arguments as in bpo__fail_text. A NULL report takes nothing and gives BPO_OK.
 * BPO_E_NOMEM leaves the report as it was. */
bpo_status bpo__report_add(bpo_report *report, bpo_report_code code, size_t index, bpo_status status, int32_t message,
                           const char *path, bpo__text argument0, bpo__text argument1, bpo__text argument2);
/* Adds a row with the status, path and message of an error that a check reported. */
bpo_status bpo__report_add_error(bpo_report *report, bpo_report_code code, size_t index, const bpo_error *err);
/* Drops the rows from `count` on: how a batch that fails half-way takes its rows back. Takes NULL. */
void bpo__report_truncate(bpo_report *report, size_t count);

#endif
