/* SPDX-License-Identifier: Apache-2.0 */
/* Compiling pages on demand. */
#include "time/timeline.h"
#include "core/fail.h"

#define HIGH_KNOWN (UINT32_C(1) << 31)

static bpo_status fail(bpo_error *err, bpo_status status)
{
    if (status == BPO_E_NOMEM)
        return bpo__fail_memory(err);
    return bpo__fail(err, status, BPO__MSG_periods_many, NULL, NULL, NULL, NULL);
}

static void set_measure(bpo__measure *measure, int64_t open)
{
    uint64_t value = (uint64_t)open;
    atomic_store_explicit(&measure->low, (uint32_t)(value & UINT32_MAX), memory_order_relaxed);
    atomic_store_explicit(&measure->high, (uint32_t)(value >> 32) | HIGH_KNOWN, memory_order_release);
}

static bool get_measure(bpo__measure *measure, int64_t *ret_open)
{
    uint32_t high = atomic_load_explicit(&measure->high, memory_order_acquire);
    if (high == 0)
        return false;
    uint32_t low = atomic_load_explicit(&measure->low, memory_order_relaxed);
    *ret_open = (int64_t)((uint64_t)(high & ~HIGH_KNOWN) << 32 | low);
    return true;
}

/* What is known of the pages between the one from which sums run and another. */
typedef struct standing {
    int64_t open; /* before the latter; negative where that is the earlier */
    bool is_steady; /* no closed time in them is "never": by the definition, or as each is open at some time */
} standing;

/* --- pages -------------------------------------------------------------------------------------------------------- */

static bpo_status measure_page(const bpo_calendar *calendar, uint32_t index, int64_t *ret_open)
{
    bpo__openings openings = {NULL, 0, 0};
    bpo_status status = bpo__combination_openings(calendar, index, &openings);
    if (status == BPO_OK)
        *ret_open = bpo__openings_sum(&openings);
    bpo__openings_clear(calendar->context, &openings);
    return status;
}

static bpo_status make_page(const bpo_calendar *calendar, uint32_t index, standing before, bpo__page **ret_page)
{
    bpo__openings openings = {NULL, 0, 0};
    bpo_status status = bpo__combination_openings(calendar, index, &openings);
    if (status == BPO_OK)
        status = bpo__page_new(calendar->context, &openings, index, before.open, before.is_steady, ret_page);
    bpo__openings_clear(calendar->context, &openings);
    return status;
}

/* --- the line ---------------------------------------------------------------------------------------------------- */

bpo_status bpo__timeline_measure(bpo_calendar *calendar, uint32_t index, int64_t *ret_open, bpo_error *err)
{
    if (get_measure(&calendar->measures[index], ret_open))
        return BPO_OK;
    bpo_status status = measure_page(calendar, index, ret_open);
    if (status != BPO_OK)
        return fail(err, status);
    set_measure(&calendar->measures[index], *ret_open);
    return BPO_OK;
}

/* The page from which sums run: the first that anybody asked for. */
static uint32_t anchor_of(bpo_calendar *calendar, uint32_t index)
{
    uint_least32_t anchor = 0;
    if (atomic_compare_exchange_strong(&calendar->anchor, &anchor, index + 1))
        return index;
    return (uint32_t)anchor - 1;
}

/* From the anchor's start to a page's start. */
static bpo_status stand_at(bpo_calendar *calendar, uint32_t index, standing *ret_standing, bpo_error *err)
{
    uint32_t anchor = anchor_of(calendar, index);
    uint32_t first = anchor < index ? anchor : index;
    uint32_t end = anchor < index ? index : anchor;
    int64_t sum = 0;
    bool all_open = true;
    for (uint32_t i = first; i < end; i++) {
        int64_t open = 0;
        bpo_status status = bpo__timeline_measure(calendar, i, &open, err);
        if (status != BPO_OK)
            return status;
        sum += open;
        all_open = all_open && open > 0;
    }
    ret_standing->open = anchor < index ? sum : -sum;
    ret_standing->is_steady = all_open || calendar->schedule.is_steady;
    return BPO_OK;
}

/* Open time in units, rounded down. */
static int32_t units_of(int64_t open)
{
    return (int32_t)(open / BPO__UNIT - (open % BPO__UNIT < 0));
}

/* Makes a page known, or takes the one that another thread made known first. */
static const bpo__page *publish(bpo_calendar *calendar, bpo__page *page)
{
    bpo__page *known = NULL;
    bpo__place *place = &calendar->places[page->index];
    set_measure(&calendar->measures[page->index], page->after - page->before);
    atomic_store_explicit(&place[0].before, units_of(page->before), memory_order_relaxed);
    atomic_store_explicit(&place[0].segment_count, (uint_least16_t)page->segment_count, memory_order_relaxed);
    atomic_store_explicit(&place[0].forward_steps, (uint_least16_t)page->forward_steps, memory_order_relaxed);
    atomic_store_explicit(&place[1].before, units_of(page->after), memory_order_relaxed);
    if (atomic_compare_exchange_strong(&place->page, &known, page))
        return page;
    bpo__page_free(calendar->context, page);
    return known;
}

bpo_status bpo__timeline_page(bpo_calendar *calendar, uint32_t index, const bpo__page **ret_page, bpo_error *err)
{
    const bpo__page *known = bpo__timeline_peek(calendar, index);
    standing before;
    bpo__page *page;
    if (known != NULL) {
        *ret_page = known;
        return BPO_OK;
    }
    bpo_status status = stand_at(calendar, index, &before, err);
    if (status != BPO_OK)
        return status;
    status = make_page(calendar, index, before, &page);
    if (status != BPO_OK)
        return fail(err, status);
    *ret_page = publish(calendar, page);
    return BPO_OK;
}

bpo_status bpo__timeline_page_at(bpo_calendar *calendar, bpo_time at, const bpo__page **ret_page, bpo_error *err)
{
    uint32_t index = bpo__page_index(at);
    if (index == BPO__PAGE_COUNT)
        return bpo__fail(err, BPO_E_HORIZON, BPO__MSG_calendar_horizon, NULL, "the instant", NULL, NULL);
    return bpo__timeline_page(calendar, index, ret_page, err);
}

void bpo__timeline_clear(bpo_calendar *calendar)
{
    for (uint32_t i = 0; i < BPO__PAGE_COUNT; i++)
        bpo__page_free(calendar->context, atomic_load(&calendar->places[i].page));
}
