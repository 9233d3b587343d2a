/* SPDX-License-Identifier: Apache-2.0 */
/* Finding an open position on a calendar's line of pages, near or far. */
#ifndef BPO_TIME_SEARCH_H
#define BPO_TIME_SEARCH_H

#include "time/timeline.h"

/* No open second within ten years is "never". */
#define BPO__NEVER_SPAN (3653 * BPO_DAY)

/* Sums beyond this cannot be reached in the covered years. */
#define BPO__OPEN_MOST (INT64_C(1) << 60)

/* The page that holds a position, for a calendar that has no ten years without an open second, by a guess from the
 * share of open time: right or off by one for ordinary hours. NULL where it must be searched for. */
const bpo__page *bpo__search_guess(bpo_calendar *calendar, const bpo__page *page, int64_t position);

/* The page that holds a position, searched from the instant `at` in `page`, forward in time or back. BPO_NEVER where a
 * closed time of more than ten years lies between, BPO_E_HORIZON where the covered years end before. */
bpo_status bpo__search_position(bpo_calendar *calendar, const bpo__page *page, bpo_time at, int64_t position,
                                bool forward, const bpo__page **ret_page, bpo_error *err);

#endif
