/* SPDX-License-Identifier: Apache-2.0 */
/* The sums where a page is missing, the sum lies far away, or the calendar needs no pages at all. */
#include "time/reckoning.h"
#include "core/fail.h"
#include "core/text.h"

static bpo_status refuse_horizon(const char *what, bpo_error *err)
{
    return bpo__fail(err, BPO_E_HORIZON, BPO__MSG_calendar_horizon, NULL, what, NULL, NULL);
}

bpo_status bpo__refuse_instant(bpo_error *err)
{
    return refuse_horizon("the instant", err);
}

bpo_status bpo__refuse_result(bpo_error *err)
{
    return refuse_horizon("the result", err);
}

bpo_status bpo__refuse_range(bpo_time from, bpo_error *err)
{
    return refuse_horizon(bpo__is_covered(from) ? "until" : "from", err);
}

/* As in C: from[17]. */
bpo_status bpo__refuse_item(const char *array, size_t index, bpo_error *err)
{
    char text[64];
    size_t size = strlen(array);
    memcpy(text, array, size);
    text[size++] = '[';
    size += bpo__integer_format((int64_t)index, text + size);
    text[size++] = ']';
    text[size] = '\0';
    return refuse_horizon(text, err);
}

bpo_status bpo__refuse_landing(bpo_error *err)
{
    return bpo__fail(err, BPO_E_INVALID, BPO__MSG_argument_invalid, NULL, "landing",
                     "it is BPO_LANDING_EARLIEST or BPO_LANDING_LATEST, with at most one of BPO_LANDING_ZERO_... or-ed",
                     NULL);
}

bpo_status bpo__refuse_null(const void *calendar, const char *result, bpo_error *err)
{
    return bpo__fail_argument(err, calendar == NULL ? "calendar" : result);
}

bpo_status bpo__between_slowly(bpo_calendar *calendar, bpo_time from, bpo_time until, bpo_duration *ret_open,
                               bpo_error *err)
{
    const bpo__page *from_page;
    const bpo__page *until_page;
    if (!bpo__is_covered(from) || !bpo__is_covered(until))
        return bpo__refuse_range(from, err);
    if (calendar->schedule.is_always_open) {
        *ret_open = until - from;
        return BPO_OK;
    }
    bpo_status status = bpo__timeline_page_at(calendar, from, &from_page, err);
    if (status == BPO_OK)
        status = bpo__timeline_page_at(calendar, until, &until_page, err);
    if (status == BPO_OK)
        *ret_open = bpo__page_position(until_page, until) - bpo__page_position(from_page, from);
    return status;
}

static bpo_duration bounded(bpo_duration open)
{
    bpo_duration below = open < BPO__OPEN_MOST ? open : BPO__OPEN_MOST;
    return below > -BPO__OPEN_MOST ? below : -BPO__OPEN_MOST;
}

static bpo_status add_without_pages(bpo_time from, bpo_duration open, bpo_time *ret_at, bpo_error *err)
{
    bpo_time at = from + bounded(open);
    if (!bpo__is_covered(at))
        return bpo__refuse_result(err);
    *ret_at = at;
    return BPO_OK;
}

bpo_status bpo__add_slowly(bpo_calendar *calendar, bpo_time from, bpo_duration open, bpo_landing landing,
                           bpo_time *ret_at, bpo_error *err)
{
    const bpo__page *page;
    if (!bpo__is_covered(from))
        return bpo__refuse_instant(err);
    if (calendar->schedule.is_always_open)
        return add_without_pages(from, open, ret_at, err);
    bpo_status status = bpo__timeline_page_at(calendar, from, &page, err);
    if (status != BPO_OK)
        return status;
    int64_t early = bpo__early(open, landing);
    int64_t position = bpo__page_position(page, from) + bounded(open) - early;
    status = bpo__search_position(calendar, page, from, position, open >= 0, &page, err);
    if (status != BPO_OK)
        return status;
    bpo_time at = bpo__page_instant(page, position) + early;
    if (at > BPO__COVERED_UNTIL)
        return bpo__refuse_result(err);
    *ret_at = at;
    return BPO_OK;
}

bpo_status bpo__add(bpo_calendar *calendar, bpo_time from, bpo_duration open, bpo_landing landing, bpo_time *ret_at,
                    bpo_error *err)
{
    if (bpo__add_quickly(calendar, from, open, landing, false, ret_at))
        return BPO_OK;
    return bpo__add_slowly(calendar, from, open, landing, ret_at, err);
}

bpo_status bpo__add_or_never_slowly(bpo_calendar *calendar, bpo_time from, bpo_duration open, bpo_landing landing,
                                    bpo_time *ret_at, bpo_error *err)
{
    bpo_status status = bpo__add_slowly(calendar, from, open, landing, ret_at, err);
    if (status == BPO_NEVER)
        *ret_at = open < 0 ? -BPO_TIME_NEVER : BPO_TIME_NEVER;
    return status;
}

bpo_status bpo__close_before(bpo_calendar *calendar, bpo_time at, bpo_time *ret_at, bpo_error *err)
{
    bpo_status status = bpo__add_or_never(calendar, at, -1, BPO_LANDING_EARLIEST, false, ret_at, err);
    if (status == BPO_OK)
        *ret_at += 1; /* the last open microsecond ends there */
    return status;
}

bpo_status bpo__add_with_zero(bpo_calendar *calendar, bpo_time from, bpo_duration open, bpo_landing landing,
                              bpo_time *ret_at, bpo_error *err)
{
    bpo_landing plain = landing & ~BPO__LANDING_ZERO;
    if (!bpo__is_landing_with_zero(landing))
        return bpo__refuse_landing(err);
    if (open != 0 || plain == landing)
        return bpo__add_or_never(calendar, from, open, plain, false, ret_at, err);
    if (landing & BPO_LANDING_ZERO_SNAP_BACK)
        return bpo__close_before(calendar, from, ret_at, err);
    if (!bpo__is_covered(from))
        return bpo__refuse_instant(err);
    *ret_at = from;
    return BPO_OK;
}
