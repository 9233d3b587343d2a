/* SPDX-License-Identifier: Apache-2.0 */
/* Coverage of a range: its open periods added up, and the gaps between them compared. */
#include "core/fail.h"
#include "core/sized.h"
#include "time/period.h"
#include "time/reckoning.h"
#include <bpo/intervals.h>

static void add_gap(bpo_coverage *coverage, bpo_time from, bpo_time until)
{
    if (from >= until)
        return;
    coverage->gap_count++;
    coverage->closed += until - from;
    if (until - from > coverage->longest_gap_until - coverage->longest_gap_from) {
        coverage->longest_gap_from = from;
        coverage->longest_gap_until = until;
    }
}

/* All of a range that is not empty. */
static bpo_status cover(bpo_calendar *calendar, bpo_time from, bpo_time until, bpo_coverage *coverage, bpo_error *err)
{
    bpo__period period;
    bpo_status status;
    while ((status = bpo__period_next(calendar, from, until, &period, err)) == BPO_OK) {
        add_gap(coverage, from, period.from);
        coverage->period_count++;
        coverage->open += period.until - period.from;
        from = period.until;
    }
    add_gap(coverage, from, until);
    return status == BPO_DONE ? BPO_OK : status;
}

bpo_status bpo_calendar_coverage(const bpo_calendar *calendar, bpo_time from, bpo_time until,
                                 bpo_coverage *ret_coverage, bpo_error *err)
{
    bpo_coverage coverage = BPO_COVERAGE_INIT;
    if (calendar == NULL || ret_coverage == NULL)
        return bpo__refuse_null(calendar, "ret_coverage", err);
    if (!bpo__is_covered(from) || !bpo__is_covered(until))
        return bpo__refuse_range(from, err);
    coverage.longest_gap_from = from;
    coverage.longest_gap_until = from;
    bpo_status status = cover(bpo__calendar_own(calendar), from, until, &coverage, err);
    if (status != BPO_OK)
        return status;
    if (bpo__sized_write(&coverage, sizeof(coverage), ret_coverage, sizeof(coverage)) != BPO_OK)
        return bpo__fail(err, BPO_E_ABI, BPO__MSG_struct_size, NULL, "bpo_coverage", NULL, NULL);
    return BPO_OK;
}
