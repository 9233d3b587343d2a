/* SPDX-License-Identifier: Apache-2.0 */
/* Finding an open position on a calendar's line of pages, near or far. */
#ifndef BPO_TIME_SEARCH_H
#define BPO_TIME_SEARCH_H

#include "time/timeline.h"

/* No open second within ten years is "never". */
#define BPO__NEVER_SPAN (3653 * BPO_DAY)

/* Fetches what a near sum will probably need, while its place is looked up: sums lie as far in their list as the
 * instants in the page, too, and 9.5 hours of open time are about a segment. */
static inline void bpo__search_expect(const bpo__place *place, const bpo__page *page, bpo_time from, bpo_duration open)
{
    uint64_t segments = bpo__timeline_expect(place, page, from) + 2 * sizeof(bpo__segment);
    uint64_t inverse = (atomic_load_explicit(&place->segment_count, memory_order_relaxed) + 1u) * sizeof(bpo__segment);
    uint32_t units = (uint32_t)atomic_load_explicit(&place[1].before, memory_order_relaxed) -
                     (uint32_t)atomic_load_explicit(&place[0].before, memory_order_relaxed);
    uint64_t sum = (units >> BPO__FORWARD_COUNT_SHIFT) * bpo__page_bucket(from) + ((uint64_t)open >> BPO__UNIT_SHIFT);
    bpo__prefetch(page->segments, segments + ((uint64_t)open >> 35) * sizeof(bpo__segment));
    bpo__prefetch(page->segments, inverse + (sum >> (BPO__INVERSE_SHIFT - BPO__UNIT_SHIFT)) * sizeof(uint16_t));
}

/* Where the page of a sum of `open` from the instant `from` in `page` is: there or in the next place. NULL outside the
 * covered years, or near their end, where a sum may lie beyond.
 *
 * About so much time must pass as the share of open time in `page` tells. That needs no position, so that the machine
 * finds both at once. The guess falls half a page short on purpose. Counted from the least sum, nothing is negative. */
static inline const bpo__place *bpo__search_guess(const bpo_calendar *calendar, const bpo__page *page, bpo_time from,
                                                  bpo_duration open)
{
    uint64_t since = ((uint64_t)from - (uint64_t)BPO__COVERED_FROM) >> BPO__UNIT_SHIFT;
    uint64_t units = ((uint64_t)open + (uint64_t)BPO__OPEN_MOST) >> BPO__UNIT_SHIFT;
    uint64_t away = units * page->time_per_open >> BPO__SHARE_SHIFT;
    uint64_t guess = (since + away - page->guess_offset) >> (BPO__PAGE_SHIFT - BPO__UNIT_SHIFT);
    return guess < BPO__PAGE_COUNT - 2 ? &calendar->places[guess] : NULL;
}

/* The page that holds a position, if it is in a place or the next, compiled and steady; else NULL. Which of the two is
 * told by the open time before the latter, and picked without a branch, as it could not be predicted. */
static inline const bpo__page *bpo__search_near(const bpo__place *place, int64_t position)
{
    int64_t until = (int64_t)atomic_load_explicit(&place[1].before, memory_order_relaxed) * BPO__UNIT;
    const bpo__page *pages[2] = {atomic_load_explicit(&place[0].page, memory_order_acquire),
                                 atomic_load_explicit(&place[1].page, memory_order_acquire)};
    const bpo__page *found = position >= until ? pages[1] : pages[0];
    return found != NULL && (uint64_t)position - (uint64_t)found->before < (uint64_t)found->reach ? found : NULL;
}

/* The page that holds a position, searched from the instant `at` in `page`, forward in time or back. BPO_NEVER where a
 * closed time of more than ten years lies between, BPO_E_HORIZON where the covered years end before. */
bpo_status bpo__search_position(bpo_calendar *calendar, const bpo__page *page, bpo_time at, int64_t position,
                                bool forward, const bpo__page **ret_page, bpo_error *err);

#endif
