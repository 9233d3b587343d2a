/* SPDX-License-Identifier: Apache-2.0 */
/* The two sums of a calendar, on the way that is taken nearly always: both pages are there. Everything else is in
 * reckoning.c.
 *
 * With P(t) the open time before an instant, between(a, b) = P(b) - P(a), and adding is the way back from P(a) + d. The
 * way back has an answer on each side of a closed time: the latest instant before which just q is open, and one
 * microsecond more than that of q - 1, the earliest before which q is. */
#ifndef BPO_TIME_RECKONING_H
#define BPO_TIME_RECKONING_H

#include "time/search.h"

/* Calendars are immutable but for their pages, which appear as they are asked for. */
static inline bpo_calendar *bpo__calendar_own(const bpo_calendar *calendar)
{
    union {
        const bpo_calendar *seen;
        bpo_calendar *kept;
    } view = {calendar};
    return view.kept;
}

static inline bool bpo__is_covered(bpo_time at)
{
    return at >= BPO__COVERED_FROM && at <= BPO__COVERED_UNTIL;
}

static inline bool bpo__is_landing(bpo_landing landing)
{
    return landing == BPO_LANDING_EARLIEST || landing == BPO_LANDING_LATEST;
}

/* A landing and what adding nothing means, one of the flags at most. */
#define BPO__LANDING_ZERO (BPO_LANDING_ZERO_SNAP_BACK | BPO_LANDING_ZERO_IDENTITY)

static inline bool bpo__is_landing_with_zero(bpo_landing landing)
{
    return bpo__is_landing(landing & ~BPO__LANDING_ZERO) && (landing & BPO__LANDING_ZERO) != BPO__LANDING_ZERO;
}

/* BPO_E_HORIZON for the instant that is asked for, what would be the answer, one of a range, one of many. */
bpo_status bpo__refuse_instant(bpo_error *err);
bpo_status bpo__refuse_result(bpo_error *err);
bpo_status bpo__refuse_range(bpo_time from, bpo_error *err);
bpo_status bpo__refuse_item(const char *array, size_t index, bpo_error *err);
/* BPO_E_INVALID for a landing; BPO_E_INVALID for the first of two that is NULL. */
bpo_status bpo__refuse_landing(bpo_error *err);
bpo_status bpo__refuse_null(const void *calendar, const char *result, bpo_error *err);

bpo_status bpo__between_slowly(bpo_calendar *calendar, bpo_time from, bpo_time until, bpo_duration *ret_open,
                               bpo_error *err);

static inline bpo_status bpo__between(bpo_calendar *calendar, bpo_time from, bpo_time until, bool is_alone,
                                      bpo_duration *ret_open, bpo_error *err)
{
    int64_t before_from;
    int64_t before_until;
    if (!bpo__timeline_position(calendar, from, is_alone, &before_from) ||
        !bpo__timeline_position(calendar, until, is_alone, &before_until))
        return bpo__between_slowly(calendar, from, until, ret_open, err);
    *ret_open = before_until - before_from;
    return BPO_OK;
}

/* Microseconds that a sum is sought before it is reached: 1 for the earliest instant, 0 for the latest. */
static inline int64_t bpo__early(bpo_duration open, bpo_landing landing)
{
    uint64_t backward = landing == BPO_LANDING_EARLIEST ? 0 - (uint64_t)open : (uint64_t)open;
    return (int64_t)(backward >> 63);
}

bpo_status bpo__add_slowly(bpo_calendar *calendar, bpo_time from, bpo_duration open, bpo_landing landing,
                           bpo_time *ret_at, bpo_error *err);

/* The sum, if its pages are there and it is no exception. Near sums take the same way as far ones: it costs less than
 * to part them by a branch that cannot be predicted. A sum out of all bounds wraps around, and no page holds it. */
static inline bool bpo__add_quickly(const bpo_calendar *calendar, bpo_time from, bpo_duration open,
                                    bpo_landing landing, bool is_alone, bpo_time *ret_at)
{
    uint32_t index = bpo__page_index(from);
    const bpo__page *page = bpo__timeline_peek(calendar, index);
    if (page == NULL)
        return false;
    if (is_alone)
        bpo__search_expect(&calendar->places[index], page, from, open);
    const bpo__place *place = bpo__search_guess(calendar, page, from, open);
    if (place == NULL)
        return false;
    int64_t early = bpo__early(open, landing);
    int64_t position = (int64_t)((uint64_t)bpo__page_position(page, from) + (uint64_t)open - (uint64_t)early);
    page = bpo__search_near(place, position);
    if (page == NULL)
        return false;
    *ret_at = bpo__page_instant(page, position) + early;
    return true;
}

/* Either way; BPO_NEVER leaves *ret_at alone. Not inline, so that the compiler puts the quick way into the calls of the
 * interface, which use the next function. */
bpo_status bpo__add(bpo_calendar *calendar, bpo_time from, bpo_duration open, bpo_landing landing, bpo_time *ret_at,
                    bpo_error *err);

/* The same where a sum that never comes is a result: BPO_TIME_NEVER, or its negative for a negative amount. */
bpo_status bpo__add_or_never_slowly(bpo_calendar *calendar, bpo_time from, bpo_duration open, bpo_landing landing,
                                    bpo_time *ret_at, bpo_error *err);

static inline bpo_status bpo__add_or_never(bpo_calendar *calendar, bpo_time from, bpo_duration open,
                                           bpo_landing landing, bool is_alone,
                                           bpo_time *ret_at, bpo_error *err)
{
    if (bpo__add_quickly(calendar, from, open, landing, is_alone, ret_at))
        return BPO_OK;
    return bpo__add_or_never_slowly(calendar, from, open, landing, ret_at, err);
}

/* Adding at a landing that has flags for adding nothing. BPO_E_INVALID for any that is none. */
bpo_status bpo__add_with_zero(bpo_calendar *calendar, bpo_time from, bpo_duration open, bpo_landing landing,
                              bpo_time *ret_at, bpo_error *err);

/* The latest instant not after `at` just before which it is open; BPO_NEVER gives -BPO_TIME_NEVER. */
bpo_status bpo__close_before(bpo_calendar *calendar, bpo_time at, bpo_time *ret_at, bpo_error *err);

#endif
