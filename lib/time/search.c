/* SPDX-License-Identifier: Apache-2.0 */
/* From page to page. Pages are measured only, but for the one that is sought and those beside pages that are closed
 * altogether: a closed time is bounded by ten years, and no shorter than a page where it matters. */
#include "time/search.h"
#include "core/fail.h"

/* A walk over pages. */
typedef struct walk {
    bpo_calendar *calendar;
    bool forward;
    uint32_t index;   /* of the page that is looked at */
    int64_t before;   /* position of its start */
    int64_t open;     /* in it */
    bool after_closed; /* the page before is closed altogether */
    bpo_time reached;  /* the open time walked over ends here, or the walk began here */
    bool is_reached_exact; /* else it is somewhere in the page before */
} walk;

/* Ten closed years end a walk before it comes to the first or the last page. */
static bpo_status no_more(bpo_error *err)
{
    return bpo__fail(err, BPO_E_HORIZON, BPO__MSG_calendar_horizon, NULL, "the result", NULL, NULL);
}

/* Goes to the next page. */
static bpo_status step(walk *w, bpo_error *err)
{
    int64_t open;
    if (w->index == (w->forward ? BPO__PAGE_COUNT - 1 : 0))
        return no_more(err);
    uint32_t next = w->forward ? w->index + 1 : w->index - 1;
    bpo_status status = bpo__timeline_measure(w->calendar, next, &open, err);
    if (status != BPO_OK)
        return status;
    w->index = next;
    w->before += w->forward ? w->open : -open;
    w->open = open;
    return BPO_OK;
}

/* Passes over a page that is closed altogether. */
static bpo_status pass_closed(walk *w, bpo_error *err)
{
    const bpo__page *page;
    bpo_time end = w->forward ? bpo__page_start(w->index + 1) : bpo__page_start(w->index);
    if (!w->is_reached_exact) {
        bpo_status status = bpo__timeline_page(w->calendar, w->forward ? w->index - 1 : w->index + 1, &page, err);
        if (status != BPO_OK)
            return status;
        w->reached = w->forward ? page->last_close : page->first_open;
        w->is_reached_exact = true;
    }
    w->after_closed = true;
    return (w->forward ? end - w->reached : w->reached - end) > BPO__NEVER_SPAN ? BPO_NEVER : BPO_OK;
}

/* Passes over a page with open time, or stops there. */
static bpo_status pass_open(walk *w, bpo_error *err)
{
    const bpo__page *page;
    if (w->after_closed) {
        bpo_status status = bpo__timeline_page(w->calendar, w->index, &page, err);
        if (status != BPO_OK)
            return status;
        if ((w->forward ? page->first_open - w->reached : w->reached - page->last_close) > BPO__NEVER_SPAN)
            return BPO_NEVER;
    }
    w->after_closed = false;
    w->is_reached_exact = false;
    w->reached = w->forward ? bpo__page_start(w->index) : bpo__page_start(w->index + 1);
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

static bool holds(const walk *w, int64_t position)
{
    return position >= w->before && position - w->before < w->open;
}

bpo_status bpo__search_position(bpo_calendar *calendar, const bpo__page *page, bpo_time at, int64_t position,
                                bool forward, const bpo__page **ret_page, bpo_error *err)
{
    walk w = {calendar, forward, page->index, page->before, page->after - page->before,
              false, first_reached(page, at, forward), true};
    while (!holds(&w, position)) {
        bpo_status status = step(&w, err);
        if (status == BPO_OK)
            status = w.open > 0 ? pass_open(&w, err) : pass_closed(&w, err);
        if (status != BPO_OK)
            return status;
    }
    return bpo__timeline_page(calendar, w.index, ret_page, err);
}
