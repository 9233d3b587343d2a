/* SPDX-License-Identifier: Apache-2.0 */
/* A calendar's line of pages, compiled when first asked for and published atomically.
 *
 * Sums run from the first page that was ever asked for, so one page costs nothing but itself; for a page elsewhere the
 * pages in between are measured, not kept. What a page holds depends on the definition alone, so that threads that
 * compile the same one make equal pages: the first to publish wins, the other frees its own. */
#ifndef BPO_TIME_TIMELINE_H
#define BPO_TIME_TIMELINE_H

#include "core/reference.h"
#include "time/combination.h"
#include "time/page.h"
#include "time/zone.h"

/* An amount of open time in two halves, so that no machine needs a lock for it: the upper one is set last, with a flag
 * that says so. */
typedef struct bpo__measure {
    atomic_uint_least32_t low;
    atomic_uint_least32_t high;
} bpo__measure;

/* Where a page is, and how much is open before it, in units rounded down: all that a far sum needs to find its page, so
 * that neighbours lie side by side. Whoever reads `before` holds the page found against the sum: it may be 0 still, and
 * 285 open years from where sums begin it has wrapped around. */
typedef struct bpo__place {
    _Atomic(bpo__page *) page;
    atomic_int_least32_t before;
    atomic_uint_least16_t segment_count; /* of the page, as are the steps: a question need not look at its head */
    atomic_uint_least16_t forward_steps;
} bpo__place;

struct bpo_calendar {
    bpo__references references;
    atomic_uint_least32_t anchor; /* index + 1 of the page from which sums run; 0: none yet */
    bpo_context *context;
    bpo_zone *zone;
    bpo__arena arena;
    bpo__schedule schedule; /* of a calendar with members, only what is known of the whole */
    bpo__combination combination;
    bpo__place places[BPO__PAGE_COUNT + 1]; /* the last only ends the one before it */
    bpo__measure measures[BPO__PAGE_COUNT];
};

/* Index of the page that holds an instant, or BPO__PAGE_COUNT outside the covered years. */
static inline uint32_t bpo__page_index(bpo_time at)
{
    uint64_t since = (uint64_t)at - (uint64_t)BPO__COVERED_FROM;
    return since <= (uint64_t)(BPO__COVERED_UNTIL - BPO__COVERED_FROM) ? (uint32_t)(since >> BPO__PAGE_SHIFT)
                                                                       : BPO__PAGE_COUNT;
}

/* A page if it is compiled, else NULL; `index` up to BPO__PAGE_COUNT, which is none. */
static inline const bpo__page *bpo__timeline_peek(const bpo_calendar *calendar, uint32_t index)
{
    return atomic_load_explicit(&calendar->places[index].page, memory_order_acquire);
}

/* Fetches the segments around an instant while the index is asked which of them it is: where open time is even, they
 * lie as far in the list as the instant in the page, give or take a few. A wrong guess costs no more than the time to
 * fetch. Returns where in the list they are expected, in bytes. */
static inline uint64_t bpo__timeline_expect(const bpo__place *place, const bpo__page *page, bpo_time at)
{
    uint32_t count = atomic_load_explicit(&place->segment_count, memory_order_relaxed);
    uint64_t expected = (bpo__page_bucket(at) * count >> BPO__FORWARD_COUNT_SHIFT) * sizeof(bpo__segment);
    bpo__prefetch(page->segments, expected - 2 * sizeof(bpo__segment));
    bpo__prefetch(page->segments, expected + 2 * sizeof(bpo__segment));
    return expected;
}

/* The open time before an instant, if that is covered and its page compiled; false elsewhere. A question that comes
 * alone finds little of the calendar in the machine's caches: it is worth while to fetch ahead. */
static inline bool bpo__timeline_position(const bpo_calendar *calendar, bpo_time at, bool is_alone,
                                          int64_t *ret_position)
{
    uint32_t index = bpo__page_index(at);
    const bpo__place *place = &calendar->places[index];
    const bpo__page *page = bpo__timeline_peek(calendar, index);
    if (page == NULL)
        return false;
    if (is_alone)
        bpo__timeline_expect(place, page, at);
    uint32_t steps = atomic_load_explicit(&place->forward_steps, memory_order_relaxed);
    *ret_position = bpo__segment_position(bpo__page_step_to(page, at, steps), at);
    return true;
}

/* A page, compiled where needed. */
bpo_status bpo__timeline_page(bpo_calendar *calendar, uint32_t index, const bpo__page **ret_page, bpo_error *err);
/* The page that holds an instant; BPO_E_HORIZON outside the covered years. */
bpo_status bpo__timeline_page_at(bpo_calendar *calendar, bpo_time at, const bpo__page **ret_page, bpo_error *err);
/* Open time of a page; compiles nothing. */
bpo_status bpo__timeline_measure(bpo_calendar *calendar, uint32_t index, int64_t *ret_open, bpo_error *err);
void bpo__timeline_clear(bpo_calendar *calendar);

#endif
