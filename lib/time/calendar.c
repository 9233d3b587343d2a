/* SPDX-License-Identifier: Apache-2.0 */
/* Business calendars: making them, and the questions one at a time. */
#include "core/fail.h"
#include "time/period.h"
#include "time/reckoning.h"

/* --- making and ending ------------------------------------------------------------------------------------------ */

static void destroy(bpo_calendar *calendar)
{
    bpo_context *context = calendar->context;
    bpo__timeline_clear(calendar);
    bpo__combination_clear(&calendar->combination);
    bpo__arena_clear(&calendar->arena);
    bpo_zone_unref(calendar->zone);
    bpo__free(context, calendar, sizeof(*calendar));
    bpo_context_unref(context);
}

bpo_status bpo__calendar_compile(bpo_context *context, const bpo__calendar_definition *definition,
                                 bpo_calendar **ret_calendar, bpo_error *err)
{
    bpo_calendar *calendar = bpo__alloc_zeroed(context, sizeof(*calendar));
    if (calendar == NULL)
        return bpo__fail_memory(err);
    bpo__reference_init(&calendar->references);
    calendar->context = bpo_context_ref(context);
    calendar->zone = bpo_zone_ref(definition->zone);
    bpo__arena_init(&calendar->arena, context);
    bpo_status status = bpo__schedule_init(&calendar->schedule, &calendar->arena, definition, err);
    if (status == BPO_OK)
        status = bpo__combination_init(&calendar->combination, &calendar->arena, definition, &calendar->schedule, err);
    if (status != BPO_OK) {
        destroy(calendar);
        return status;
    }
    *ret_calendar = calendar;
    return BPO_OK;
}

/* From the page of 1970 to the last, then from the first: most calendars open in the first page that is asked. */
bpo_status bpo__calendar_opens(bpo_calendar *calendar, bool *ret_opens, bpo_error *err)
{
    uint32_t first = bpo__page_index(0);
    bool opens = calendar->schedule.is_steady;
    for (uint32_t i = 0; i < BPO__PAGE_COUNT && !opens; i++) {
        int64_t open;
        bpo_status status = bpo__timeline_measure(calendar, (first + i) % BPO__PAGE_COUNT, &open, err);
        if (status != BPO_OK)
            return status;
        opens = open > 0;
    }
    *ret_opens = opens;
    return BPO_OK;
}

const bpo_zone *bpo__calendar_zone(const bpo_calendar *calendar)
{
    return calendar->zone;
}

bpo_calendar *bpo_calendar_ref(bpo_calendar *calendar)
{
    if (calendar != NULL)
        bpo__reference_take(&calendar->references);
    return calendar;
}

bpo_calendar *bpo_calendar_unref(bpo_calendar *calendar)
{
    if (calendar != NULL && bpo__reference_drop(&calendar->references))
        destroy(calendar);
    return NULL;
}

/* --- sums ------------------------------------------------------------------------------------------------------ */

bpo_status bpo_calendar_between(const bpo_calendar *calendar, bpo_time from, bpo_time until, bpo_duration *ret_open,
                                bpo_error *err)
{
    if (calendar == NULL || ret_open == NULL)
        return bpo__refuse_null(calendar, "ret_open", err);
    return bpo__between(bpo__calendar_own(calendar), from, until, true, ret_open, err);
}

bpo_status bpo_calendar_add(const bpo_calendar *calendar, bpo_time from, bpo_duration open, bpo_landing landing,
                            bpo_time *ret_at, bpo_error *err)
{
    if (calendar == NULL || ret_at == NULL)
        return bpo__refuse_null(calendar, "ret_at", err);
    if (!bpo__is_landing(landing))
        return bpo__add_with_zero(bpo__calendar_own(calendar), from, open, landing, ret_at, err);
    return bpo__add_or_never(bpo__calendar_own(calendar), from, open, landing, true, ret_at, err);
}

/* --- openings and closes ----------------------------------------------------------------------------------------- */

bpo_status bpo_calendar_is_open(const bpo_calendar *calendar, bpo_time at, int *ret_open, bpo_error *err)
{
    const bpo__page *page;
    if (calendar == NULL || ret_open == NULL)
        return bpo__refuse_null(calendar, "ret_open", err);
    if (calendar->schedule.is_always_open && bpo__is_covered(at)) {
        *ret_open = 1;
        return BPO_OK;
    }
    bpo_status status = bpo__timeline_page_at(bpo__calendar_own(calendar), at, &page, err);
    if (status != BPO_OK)
        return status;
    const bpo__segment *s = bpo__page_segment_at(page, at);
    *ret_open = at - s->start < s[1].before - s->before;
    return BPO_OK;
}

bpo_status bpo_calendar_next_open(const bpo_calendar *calendar, bpo_time at, bpo_time *ret_at, bpo_error *err)
{
    return bpo_calendar_add(calendar, at, 0, BPO_LANDING_EARLIEST, ret_at, err);
}

/* End of the open period that holds an instant. BPO_NEVER for more than ten years. */
static bpo_status close_after(bpo_calendar *calendar, bpo_time open_at, bpo_time *ret_at, bpo_error *err)
{
    bpo_time close;
    bpo_time limit = open_at + BPO__NEVER_SPAN + 1;
    if (calendar->schedule.is_always_open)
        return BPO_NEVER;
    if (limit > BPO__COVERED_UNTIL + 1)
        limit = BPO__COVERED_UNTIL + 1;
    bpo_status status = bpo__period_end(calendar, open_at, limit, &close, err);
    if (status != BPO_OK)
        return status;
    if (close - open_at > BPO__NEVER_SPAN)
        return BPO_NEVER;
    if (close > BPO__COVERED_UNTIL)
        return bpo__refuse_result(err);
    *ret_at = close;
    return BPO_OK;
}

bpo_status bpo_calendar_next_close(const bpo_calendar *calendar, bpo_time at, bpo_time *ret_at, bpo_error *err)
{
    bpo_time open_at;
    if (calendar == NULL || ret_at == NULL)
        return bpo__refuse_null(calendar, "ret_at", err);
    bpo_calendar *own = bpo__calendar_own(calendar);
    bpo_status status = bpo__add(own, at, 0, BPO_LANDING_EARLIEST, &open_at, err);
    if (status == BPO_OK)
        status = close_after(own, open_at, ret_at, err);
    if (status == BPO_NEVER)
        *ret_at = BPO_TIME_NEVER;
    return status;
}

bpo_status bpo_calendar_prev_close(const bpo_calendar *calendar, bpo_time at, bpo_time *ret_at, bpo_error *err)
{
    if (calendar == NULL || ret_at == NULL)
        return bpo__refuse_null(calendar, "ret_at", err);
    return bpo__close_before(bpo__calendar_own(calendar), at, ret_at, err);
}

/* Past the period that holds an instant, if one does. */
static bpo_status leave_period(bpo_calendar *calendar, bpo_time *at, bpo_error *err)
{
    int is_open;
    bpo_status status = bpo_calendar_is_open(calendar, *at, &is_open, err);
    return status == BPO_OK && is_open ? close_after(calendar, *at, at, err) : status;
}

bpo_status bpo_calendar_next_opening(const bpo_calendar *calendar, bpo_time at, bpo_time *ret_at, bpo_error *err)
{
    if (calendar == NULL || ret_at == NULL)
        return bpo__refuse_null(calendar, "ret_at", err);
    bpo_calendar *own = bpo__calendar_own(calendar);
    bpo_status status = leave_period(own, &at, err);
    if (status == BPO_OK)
        status = bpo__add(own, at, 0, BPO_LANDING_EARLIEST, &at, err);
    if (status >= BPO_OK)
        *ret_at = status == BPO_NEVER ? BPO_TIME_NEVER : at;
    return status;
}

bpo_status bpo_calendar_prepare(const bpo_calendar *calendar, bpo_time from, bpo_time until, bpo_error *err)
{
    if (calendar == NULL)
        return bpo__fail_argument(err, "calendar");
    if (!bpo__is_covered(from) || !bpo__is_covered(until))
        return bpo__refuse_range(from, err);
    if (calendar->schedule.is_always_open)
        return BPO_OK;
    uint32_t last = bpo__page_index(from < until ? until : from);
    for (uint32_t index = bpo__page_index(from < until ? from : until); index <= last; index++) {
        const bpo__page *page;
        bpo_status status = bpo__timeline_page(bpo__calendar_own(calendar), index, &page, err);
        if (status != BPO_OK)
            return status;
    }
    return BPO_OK;
}
