/* SPDX-License-Identifier: Apache-2.0 */
/* Business calendars: the five questions.
 *
 * With P(t) the open time before an instant, between(a, b) = P(b) - P(a), and adding is the way back from
 * P(a) + d. The way back has an answer on each side of a closed time: the latest instant before which just q is open,
 * and one microsecond more than that of q - 1, the earliest before which q is. */
#include "core/fail.h"
#include "time/search.h"

/* Calendars are immutable but for their pages, which appear as they are asked for. */
static bpo_calendar *changeable(const bpo_calendar *calendar)
{
    union {
        const bpo_calendar *seen;
        bpo_calendar *kept;
    } view = {calendar};
    return view.kept;
}

static bpo_status horizon(bpo_error *err)
{
    return bpo__fail(err, BPO_E_HORIZON, BPO__MSG_calendar_horizon, NULL, NULL, NULL, NULL);
}

static bool is_covered(bpo_time at)
{
    return at >= BPO__COVERED_FROM && at <= BPO__COVERED_UNTIL;
}

static bpo_status refuse_null(const void *calendar, const char *result, bpo_error *err)
{
    return bpo__fail_argument(err, calendar == NULL ? "calendar" : result);
}

/* --- making and ending ------------------------------------------------------------------------------------------ */

static void destroy(bpo_calendar *calendar)
{
    bpo_context *context = calendar->context;
    bpo__timeline_clear(calendar);
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
    if (status != BPO_OK) {
        destroy(calendar);
        return status;
    }
    *ret_calendar = calendar;
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

/* --- between ----------------------------------------------------------------------------------------------------- */

/* For a page that is not there yet, and for calendars without pages. */
static bpo_status between_slowly(bpo_calendar *calendar, bpo_time from, bpo_time until, bpo_duration *ret_open,
                                 bpo_error *err)
{
    const bpo__page *from_page;
    const bpo__page *until_page;
    if (!is_covered(from) || !is_covered(until))
        return horizon(err);
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

static inline bpo_status between(bpo_calendar *calendar, bpo_time from, bpo_time until, bpo_duration *ret_open,
                                 bpo_error *err)
{
    const bpo__page *from_page = bpo__timeline_peek_at(calendar, from);
    const bpo__page *until_page = bpo__timeline_peek_at(calendar, until);
    if (from_page == NULL || until_page == NULL)
        return between_slowly(calendar, from, until, ret_open, err);
    *ret_open = bpo__page_position(until_page, until) - bpo__page_position(from_page, from);
    return BPO_OK;
}

bpo_status bpo_calendar_between(const bpo_calendar *calendar, bpo_time from, bpo_time until, bpo_duration *ret_open,
                                bpo_error *err)
{
    if (calendar == NULL || ret_open == NULL)
        return refuse_null(calendar, "ret_open", err);
    return between(changeable(calendar), from, until, ret_open, err);
}

/* --- add --------------------------------------------------------------------------------------------------------- */

/* Whether the sum is sought as the earliest instant: forward at the earliest landing, back at the latest. */
static bool is_sought_early(bpo_duration open, bpo_landing landing)
{
    return open != 0 && (open > 0) == (landing == BPO_LANDING_EARLIEST);
}

static bpo_duration bounded(bpo_duration open)
{
    if (open > BPO__OPEN_MOST)
        return BPO__OPEN_MOST;
    return open < -BPO__OPEN_MOST ? -BPO__OPEN_MOST : open;
}

static bpo_status add_without_pages(bpo_time from, bpo_duration open, bpo_time *ret_at, bpo_error *err)
{
    bpo_time at = from + bounded(open);
    if (!is_covered(from) || !is_covered(at))
        return horizon(err);
    *ret_at = at;
    return BPO_OK;
}

/* For a sum on another page. */
static bpo_status add_far(bpo_calendar *calendar, const bpo__page *page, bpo_time from, int64_t position, bool forward,
                          const bpo__page **ret_page, bpo_error *err)
{
    const bpo__page *guess = bpo__search_guess(calendar, page, position);
    if (guess != NULL && bpo__page_holds(guess, position)) {
        *ret_page = guess;
        return BPO_OK;
    }
    return bpo__search_position(calendar, page, from, position, forward, ret_page, err);
}

/* BPO_NEVER is left to the caller, who knows what to write then. */
static inline bpo_status add(bpo_calendar *calendar, bpo_time from, bpo_duration open, bpo_landing landing,
                             bpo_time *ret_at, bpo_error *err)
{
    const bpo__page *page = bpo__timeline_peek_at(calendar, from);
    if (page == NULL) {
        if (calendar->schedule.is_always_open)
            return is_covered(from) ? add_without_pages(from, open, ret_at, err) : horizon(err);
        bpo_status status = bpo__timeline_page_at(calendar, from, &page, err);
        if (status != BPO_OK)
            return status;
    }
    int64_t early = is_sought_early(open, landing);
    int64_t position = bpo__page_position(page, from) + bounded(open) - early;
    if (!bpo__page_holds(page, position)) {
        bpo_status status = add_far(calendar, page, from, position, open >= 0, &page, err);
        if (status != BPO_OK)
            return status;
    }
    bpo_time at = bpo__page_instant(page, position) + early;
    if (at > BPO__COVERED_UNTIL)
        return horizon(err);
    *ret_at = at;
    return BPO_OK;
}

static bool is_landing(bpo_landing landing)
{
    return landing == BPO_LANDING_EARLIEST || landing == BPO_LANDING_LATEST;
}

static bpo_status refuse_landing(bpo_error *err)
{
    return bpo__fail(err, BPO_E_INVALID, BPO__MSG_argument_invalid, NULL, "landing",
                     "it is BPO_LANDING_EARLIEST or BPO_LANDING_LATEST", NULL);
}

bpo_status bpo_calendar_add(const bpo_calendar *calendar, bpo_time from, bpo_duration open, bpo_landing landing,
                            bpo_time *ret_at, bpo_error *err)
{
    if (calendar == NULL || ret_at == NULL)
        return refuse_null(calendar, "ret_at", err);
    if (!is_landing(landing))
        return refuse_landing(err);
    bpo_status status = add(changeable(calendar), from, open, landing, ret_at, err);
    if (status == BPO_NEVER)
        *ret_at = open < 0 ? -BPO_TIME_NEVER : BPO_TIME_NEVER;
    return status;
}

/* --- openings and closes ----------------------------------------------------------------------------------------- */

bpo_status bpo_calendar_is_open(const bpo_calendar *calendar, bpo_time at, int *ret_open, bpo_error *err)
{
    const bpo__page *page;
    if (calendar == NULL || ret_open == NULL)
        return refuse_null(calendar, "ret_open", err);
    if (calendar->schedule.is_always_open && is_covered(at)) {
        *ret_open = 1;
        return BPO_OK;
    }
    bpo_status status = bpo__timeline_page_at(changeable(calendar), at, &page, err);
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

/* End of the open period that holds an instant; it may reach over pages. BPO_NEVER for more than ten years. */
static bpo_status close_after(bpo_calendar *calendar, bpo_time open_at, bpo_time *ret_at, bpo_error *err)
{
    const bpo__page *page;
    bpo_status status = bpo__timeline_page_at(calendar, open_at, &page, err);
    if (status != BPO_OK)
        return status;
    const bpo__segment *s = bpo__page_segment_at(page, open_at);
    bpo_time close = s->start + (s[1].before - s->before);
    while (close == bpo__page_start(page->index + 1)) {
        if (close - open_at > BPO__NEVER_SPAN)
            return BPO_NEVER;
        if (close > BPO__COVERED_UNTIL)
            return horizon(err);
        if ((status = bpo__timeline_page(calendar, page->index + 1, &page, err)) != BPO_OK)
            return status;
        s = page->segments;
        close = s->start + (s[1].before - s->before);
    }
    if (close > BPO__COVERED_UNTIL)
        return horizon(err);
    *ret_at = close;
    return BPO_OK;
}

bpo_status bpo_calendar_next_close(const bpo_calendar *calendar, bpo_time at, bpo_time *ret_at, bpo_error *err)
{
    bpo_time open_at;
    if (calendar == NULL || ret_at == NULL)
        return refuse_null(calendar, "ret_at", err);
    bpo_calendar *own = changeable(calendar);
    bpo_status status = add(own, at, 0, BPO_LANDING_EARLIEST, &open_at, err);
    if (status == BPO_OK)
        status = own->schedule.is_always_open ? BPO_NEVER : close_after(own, open_at, ret_at, err);
    if (status == BPO_NEVER)
        *ret_at = BPO_TIME_NEVER;
    return status;
}

/* --- many at once ------------------------------------------------------------------------------------------------- */

/* Compiles what is missing for some instants, so that positions of them cannot fail. */
static bpo_status prepare_many(bpo_calendar *calendar, const bpo_time *instants, size_t count, bpo_error *err)
{
    for (size_t i = 0; i < count; i++) {
        const bpo__page *page = bpo__timeline_peek_at(calendar, instants[i]);
        if (page != NULL)
            continue;
        if (!is_covered(instants[i]))
            return horizon(err);
        bpo_status status =
            calendar->schedule.is_always_open ? BPO_OK : bpo__timeline_page_at(calendar, instants[i], &page, err);
        if (status != BPO_OK)
            return status;
    }
    return BPO_OK;
}

bpo_status bpo_calendar_between_many(const bpo_calendar *calendar, const bpo_time *from, const bpo_time *until,
                                     size_t count, bpo_duration *ret_open, bpo_error *err)
{
    if (calendar == NULL || (count > 0 && (from == NULL || until == NULL || ret_open == NULL)))
        return refuse_null(calendar, from == NULL ? "from" : until == NULL ? "until" : "ret_open", err);
    bpo_calendar *own = changeable(calendar);
    bpo_status status = prepare_many(own, from, count, err);
    if (status == BPO_OK)
        status = prepare_many(own, until, count, err);
    for (size_t i = 0; status == BPO_OK && i < count; i++)
        status = between(own, from[i], until[i], &ret_open[i], err); /* cannot fail any more */
    return status;
}

/* One sum of many; one that never comes is a result. */
static inline bpo_status add_one(bpo_calendar *calendar, bpo_time from, bpo_duration open, bpo_landing landing,
                                 bpo_time *ret_at, bpo_error *err)
{
    bpo_status status = add(calendar, from, open, landing, ret_at, err);
    if (status != BPO_NEVER)
        return status;
    *ret_at = open < 0 ? -BPO_TIME_NEVER : BPO_TIME_NEVER;
    return BPO_OK;
}

bpo_status bpo_calendar_add_many(const bpo_calendar *calendar, const bpo_time *from, const bpo_duration *open,
                                 size_t count, bpo_landing landing, bpo_time *ret_at, bpo_error *err)
{
    if (calendar == NULL || (count > 0 && (from == NULL || open == NULL || ret_at == NULL)))
        return refuse_null(calendar, from == NULL ? "from" : open == NULL ? "open" : "ret_at", err);
    if (!is_landing(landing))
        return refuse_landing(err);
    bpo_calendar *own = changeable(calendar);
    bpo_status status = BPO_OK;
    for (size_t i = 0; status == BPO_OK && i < count; i++) {
        bpo_time at;
        status = add_one(own, from[i], open[i], landing, &at, err);
    }
    for (size_t i = 0; status == BPO_OK && i < count; i++)
        status = add_one(own, from[i], open[i], landing, &ret_at[i], err); /* cannot fail a second time */
    return status;
}

bpo_status bpo_calendar_prepare(const bpo_calendar *calendar, bpo_time from, bpo_time until, bpo_error *err)
{
    if (calendar == NULL)
        return bpo__fail_argument(err, "calendar");
    if (!is_covered(from) || !is_covered(until))
        return horizon(err);
    if (calendar->schedule.is_always_open)
        return BPO_OK;
    uint32_t last = bpo__page_index(from < until ? until : from);
    for (uint32_t index = bpo__page_index(from < until ? from : until); index <= last; index++) {
        const bpo__page *page;
        bpo_status status = bpo__timeline_page(changeable(calendar), index, &page, err);
        if (status != BPO_OK)
            return status;
    }
    return BPO_OK;
}
