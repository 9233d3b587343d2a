/* SPDX-License-Identifier: Apache-2.0 */
/* Open periods from segments: a period ends where its segment does, unless that is the end of a page. */
#include "time/period.h"
#include "core/fail.h"

static bpo_time segment_end(const bpo__segment *s)
{
    return s->start + (s[1].before - s->before);
}

bpo_status bpo__period_end(bpo_calendar *calendar, bpo_time open_at, bpo_time limit, bpo_time *ret_end, bpo_error *err)
{
    const bpo__page *page;
    if (calendar->schedule.is_always_open) {
        *ret_end = limit;
        return BPO_OK;
    }
    bpo_status status = bpo__timeline_page_at(calendar, open_at, &page, err);
    if (status != BPO_OK)
        return status;
    bpo_time end = segment_end(bpo__page_segment_at(page, open_at));
    while (end < limit && end == bpo__page_start(page->index + 1)) {
        if ((status = bpo__timeline_page(calendar, page->index + 1, &page, err)) != BPO_OK)
            return status;
        end = segment_end(page->segments); /* nothing where the page begins closed */
    }
    *ret_end = end < limit ? end : limit;
    return BPO_OK;
}

/* The first open instant at or after `from` in its page; BPO_DONE where the page has none. */
static bpo_status open_in_page(bpo_calendar *calendar, bpo_time from, bpo_time *ret_at, bpo_error *err)
{
    const bpo__page *page;
    int64_t open;
    bpo_status status = bpo__timeline_measure(calendar, bpo__page_index(from), &open, err);
    if (status != BPO_OK || open == 0)
        return status == BPO_OK ? BPO_DONE : status;
    status = bpo__timeline_page_at(calendar, from, &page, err);
    if (status != BPO_OK)
        return status;
    int64_t position = bpo__page_position(page, from);
    if (position >= page->after)
        return BPO_DONE;
    *ret_at = bpo__page_instant(page, position);
    return BPO_OK;
}

static bpo_status next_open(bpo_calendar *calendar, bpo_time from, bpo_time until, bpo_time *ret_at, bpo_error *err)
{
    bpo_status status = BPO_DONE;
    *ret_at = from;
    if (calendar->schedule.is_always_open)
        return from < until ? BPO_OK : BPO_DONE;
    while (status == BPO_DONE && from < until) {
        status = open_in_page(calendar, from, ret_at, err);
        from = bpo__page_start(bpo__page_index(from) + 1);
    }
    return status;
}

bpo_status bpo__period_next(bpo_calendar *calendar, bpo_time from, bpo_time until, bpo__period *ret_period,
                            bpo_error *err)
{
    bpo__period period;
    bpo_status status = next_open(calendar, from, until, &period.from, err);
    if (status != BPO_OK || period.from >= until)
        return status == BPO_OK ? BPO_DONE : status;
    status = bpo__period_end(calendar, period.from, until, &period.until, err);
    if (status == BPO_OK)
        *ret_period = period;
    return status;
}
