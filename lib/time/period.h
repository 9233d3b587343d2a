/* SPDX-License-Identifier: Apache-2.0 */
/* Open periods: stretches of open time, merged where they touch, also over the ends of pages. */
#ifndef BPO_TIME_PERIOD_H
#define BPO_TIME_PERIOD_H

#include "time/timeline.h"

typedef struct bpo__period {
    bpo_time from;
    bpo_time until;
} bpo__period;

/* How far an open period goes, given an open instant of it, but not beyond `limit`: covered, or 1 us later. */
bpo_status bpo__period_end(bpo_calendar *calendar, bpo_time open_at, bpo_time limit, bpo_time *ret_end,
                           bpo_error *err);
/* The first open period of [from, until), cut at both; all covered. BPO_DONE where there is none. No closed time is too
 * long for it. */
bpo_status bpo__period_next(bpo_calendar *calendar, bpo_time from, bpo_time until, bpo__period *ret_period,
                            bpo_error *err);

#endif
