/* SPDX-License-Identifier: Apache-2.0 */
/* A page: the open segments of 2^45 microseconds (407 days), with running sums and an index each way.
 *
 * A page is what the documentation calls a compiled year. Its length and its buckets are powers of two of microseconds,
 * so that an instant finds its place by shifts. A segment holds where it starts and the open time before it; its end
 * follows from the next one's sum. So both questions are one search for the last entry at or before a value:
 *
 *     position(t) = min(before[i] + t - start[i], before[i + 1])   with the last i of start[i] <= t
 *     instant(p)  = start[i] + p - before[i]                       with the last i of before[i] <= p
 *
 * Two small tables give the entry at which the search begins, and how many steps it can take at most: one for
 * ordinary hours, which is taken without a branch. */
#ifndef BPO_TIME_PAGE_H
#define BPO_TIME_PAGE_H

#include "core/prefetch.h"
#include "time/openings.h"

#define BPO__PAGE_SHIFT 45
#define BPO__FORWARD_SHIFT 36 /* 19 hours of time */
#define BPO__INVERSE_SHIFT 34 /* 4.8 hours of open time */
/* In units of 2^22 microseconds, times of all covered years fit into 32 bits. time_per_open has a fraction of 16. */
#define BPO__UNIT_SHIFT  22
#define BPO__UNIT        (INT64_C(1) << BPO__UNIT_SHIFT)
#define BPO__SHARE_SHIFT 16
#define BPO__FORWARD_COUNT_SHIFT (BPO__PAGE_SHIFT - BPO__FORWARD_SHIFT)
#define BPO__FORWARD_COUNT (1u << BPO__FORWARD_COUNT_SHIFT)

/* 1900-01-01 and 2201-01-01: instants from the one to the other are covered. */
#define BPO__COVERED_FROM  (INT64_C(-2208988800) * BPO_SECOND)
#define BPO__COVERED_UNTIL (INT64_C(7289654400) * BPO_SECOND)
#define BPO__PAGE_COUNT    270

/* Sums beyond this cannot be reached in the covered years. */
#define BPO__OPEN_MOST (INT64_C(1) << 60)

typedef struct bpo__segment {
    bpo_time start;
    int64_t before; /* open time before it, counted from the calendar's first page used; may be negative */
} bpo__segment;

typedef struct bpo__page {
    int64_t before; /* open time before the page */
    int64_t reach;  /* its own, if it can be reached without looking at the pages between; else 0 */
    uint64_t guess_offset;  /* time of -BPO__OPEN_MOST, and half a page, in units; more than all where reach is 0 */
    const uint16_t *inverse;
    uint32_t inverse_steps;
    uint32_t time_per_open; /* to guess the page of a far sum; 0 where there is too little open time */
    int64_t after;          /* open time at its end */
    uint32_t forward_steps;
    uint32_t index;         /* of the page */
    bpo_time first_open; /* valid where there is open time at all */
    bpo_time last_close;
    uint32_t segment_count; /* without the last entry, which is the page's end */
    size_t size;            /* of the whole block */
    uint16_t forward[BPO__FORWARD_COUNT];
    bpo__segment segments[];
} bpo__page;

static inline bpo_time bpo__page_start(uint32_t index)
{
    return BPO__COVERED_FROM + (bpo_time)((uint64_t)index << BPO__PAGE_SHIFT);
}

/* The bucket of an instant of a page. */
static inline uint32_t bpo__page_bucket(bpo_time at)
{
    uint64_t since = (uint64_t)at - (uint64_t)BPO__COVERED_FROM;
    return (uint32_t)(since >> BPO__FORWARD_SHIFT) & (BPO__FORWARD_COUNT - 1);
}

/* The last segment that starts at or before an instant of the page, which has so many forward steps. */
static inline const bpo__segment *bpo__page_step_to(const bpo__page *page, bpo_time at, uint32_t forward_steps)
{
    const bpo__segment *s = page->segments + page->forward[bpo__page_bucket(at)];
    s += s[1].start <= at;
    for (uint32_t steps = forward_steps; steps > 1; steps--)
        s += s[1].start <= at;
    return s;
}

static inline const bpo__segment *bpo__page_segment_at(const bpo__page *page, bpo_time at)
{
    return bpo__page_step_to(page, at, page->forward_steps);
}

/* Open time before an instant, by the last segment that starts at or before it. */
static inline int64_t bpo__segment_position(const bpo__segment *s, bpo_time at)
{
    int64_t position = s->before + (at - s->start);
    return position < s[1].before ? position : s[1].before;
}

/* Open time before an instant of the page. */
static inline int64_t bpo__page_position(const bpo__page *page, bpo_time at)
{
    return bpo__segment_position(bpo__page_segment_at(page, at), at);
}

/* The index over open time lies behind the segments and the page's end. */
static inline uint16_t *bpo__page_inverse_of(bpo__page *page)
{
    return (uint16_t *)(void *)(page->segments + page->segment_count + 1);
}

static inline bool bpo__page_holds(const bpo__page *page, int64_t position)
{
    return (uint64_t)position - (uint64_t)page->before < (uint64_t)page->after - (uint64_t)page->before;
}

/* The latest instant before which just `position` is open; for a position that the page holds. */
static inline bpo_time bpo__page_instant(const bpo__page *page, int64_t position)
{
    const bpo__segment *s = page->segments + page->inverse[(uint64_t)(position - page->before) >> BPO__INVERSE_SHIFT];
    s += s[1].before <= position;
    for (uint32_t steps = page->inverse_steps; steps > 1; steps--)
        s += s[1].before <= position;
    return s->start + (position - s->before);
}

/* The page of open periods that lie within it; `before` is the open time before it, and no closed time between
 * it and other such pages is "never", or there might be one. BPO_E_NOMEM. */
bpo_status bpo__page_new(bpo_context *context, const bpo__openings *openings, uint32_t index, int64_t before,
                         bool is_steady, bpo__page **ret_page);
void bpo__page_free(bpo_context *context, bpo__page *page);

#endif
