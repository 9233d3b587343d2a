/* SPDX-License-Identifier: Apache-2.0 */
/* From page to page. A page that is not needed is measured only; a closed time is bounded by ten years. */
#include "time/search.h"
#include "core/fail.h"

/* A walk over pages. */
typedef struct walk {
    bpo_calendar *calendar;
    bool forward;
    uint32_t index;   /* of the page that is looked at */
    int64_t before;   /* open time before it */
    int64_t open;     /* in it */
    bpo_time reached; /* the open time walked over ends here, or the walk began here */
} walk;

static bpo_status no_more(const walk *w, bpo_error *err)
{
    bpo_duration closed = w->forward ? BPO__COVERED_UNTIL - w->reached : w->reached - BPO__COVERED_FROM;
    if (closed > BPO__NEVER_SPAN)
        return BPO_NEVER;
    return bpo__fail(err, BPO_E_HORIZON, BPO__MSG_calendar_horizon, NULL, NULL, NULL, NULL);
}

/* Goes to the next page. */
static bpo_status step(walk *w, bpo_error *err)
{
    if (w->index == (w->forward ? BPO__PAGE_COUNT - 1 : 0))
        return no_more(w, err);
    if (w->forward)
        w->before += w->open;
    w->index = w->forward ? w->index + 1 : w->index - 1;
    bpo_status status = bpo__timeline_measure(w->calendar, w->index, &w->open, err);
    if (status == BPO_OK && !w->forward)
        w->before -= w->open;
    return status;
}

/* How long it is closed up to a page's first open instant, seen from where the walk is. */
static bpo_duration closed_until(const walk *w, const bpo__page *page)
{
    return w->forward ? page->first_open - w->reached : w->reached - page->last_close;
}

/* How long it is closed up to the far end of the page. */
static bpo_duration closed_beyond(const walk *w)
{
    return w->forward ? bpo__page_start(w->index + 1) - w->reached : w->reached - bpo__page_start(w->index);
}

/* Passes over a page with open time; BPO_NEVER where that comes too late. */
static bpo_status pass(walk *w, bool hold, const bpo__page **ret_page, bpo_error *err)
{
    const bpo__page *page;
    if (w->calendar->schedule.is_steady && !hold) {
        w->reached = bpo__page_start(w->index);
        return BPO_OK;
    }
    bpo_status status = bpo__timeline_page(w->calendar, w->index, &page, err);
    if (status != BPO_OK)
        return status;
    if (closed_until(w, page) > BPO__NEVER_SPAN)
        return BPO_NEVER;
    w->reached = w->forward ? page->last_close : page->first_open;
    *ret_page = page;
    return BPO_OK;
}

/* Where the open time of the first page leaves the walk. */
static bpo_time first_reached(const bpo__page *page, bpo_time at, bool forward)
{
    if (page->after == page->before)
        return at;
    if (forward)
        return page->last_close > at ? page->last_close : at;
    return page->first_open < at ? page->first_open : at;
}

bpo_status bpo__search_position(bpo_calendar *calendar, const bpo__page *page, bpo_time at, int64_t position,
                                bool forward, const bpo__page **ret_page, bpo_error *err)
{
    walk w = {calendar, forward, page->index, page->before, page->after - page->before,
              first_reached(page, at, forward)};
    bool held = bpo__page_holds(page, position);
    while (!held) {
        bpo_status status = step(&w, err);
        if (status != BPO_OK)
            return status;
        held = position >= w.before && position - w.before < w.open;
        if (w.open > 0)
            status = pass(&w, held, &page, err);
        else if (closed_beyond(&w) > BPO__NEVER_SPAN)
            status = BPO_NEVER;
        if (status != BPO_OK)
            return status;
    }
    *ret_page = page;
    return BPO_OK;
}
