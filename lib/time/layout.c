/* SPDX-License-Identifier: Apache-2.0 */
/* Walking over the dates of a page, span by span. */
#include "time/layout.h"

#define MARGIN_DAYS 3   /* local dates are at most two away from those of UTC, and one more is looked at */
#define MARKS_COUNT 416 /* of a page: 409 dates of UTC, and margins */

/* A page's dates, and the periods found so far. */
typedef struct layout {
    bpo_context *context;
    const bpo__schedule *schedule;
    const bpo__hours *ordinary;
    bpo_time start; /* of the page */
    bpo_time end;
    int32_t first; /* date of the first mark */
    bpo__date_mark marks[MARKS_COUNT];
    bpo__openings *openings;
} layout;

static int64_t floor_divide(int64_t value, int64_t by)
{
    return value / by - (value % by < 0);
}

static bpo__hours ranges_of(const layout *l, int32_t days, bpo__range *scratch)
{
    size_t at = (size_t)(days - l->first);
    if (l->marks[at] == 0)
        return l->ordinary[bpo__weekday_of_days(days) - 1];
    bpo__hours hours = {scratch, bpo__schedule_marked_ranges(l->schedule, days, &l->marks[at], scratch)};
    return hours;
}

static bpo_status make_room(layout *l, size_t count)
{
    bpo__openings *o = l->openings;
    if (o->count + count > BPO__OPENINGS_MOST)
        return BPO_E_LIMIT;
    return bpo__reserve(l->context, (void **)&o->list, &o->capacity, o->count, count, sizeof(*o->list));
}

/* An open period, cut at the page's ends, which are no whole seconds. */
static void lay_period(layout *l, int64_t from_second, int64_t until_second)
{
    bpo_time from = from_second * BPO_SECOND;
    bpo_time until = until_second * BPO_SECOND;
    from = from > l->start ? from : l->start;
    until = until < l->end ? until : l->end;
    if (from < until)
        bpo__openings_append(l->openings, from, until);
}

/* The ranges of one date within a span, whose local ends are given. */
static void lay_date(layout *l, int64_t midnight, bpo__hours hours, int64_t from, int64_t until, int32_t offset)
{
    for (size_t i = 0; i < hours.count; i++) {
        int64_t opens = midnight + hours.ranges[i].from;
        int64_t closes = midnight + hours.ranges[i].until;
        lay_period(l, (opens > from ? opens : from) - offset, (closes < until ? closes : until) - offset);
    }
}

/* One span, its ends cut to the page's. */
static bpo_status lay_span(layout *l, bpo__zone_span span)
{
    int64_t from = span.from + span.offset;
    int64_t until = span.until + span.offset;
    bpo__range scratch[BPO__DAY_RANGES_MOST];
    int32_t last = (int32_t)floor_divide(until - 1, BPO__DAY_SECONDS);
    for (int32_t days = (int32_t)floor_divide(from, BPO__DAY_SECONDS); days <= last; days++) {
        bpo__hours hours = ranges_of(l, days, scratch);
        bpo_status status = make_room(l, hours.count);
        if (status != BPO_OK)
            return status;
        lay_date(l, (int64_t)days * BPO__DAY_SECONDS, hours, from, until, span.offset);
    }
    return BPO_OK;
}

bpo_status bpo__layout_openings(bpo_context *context, const bpo__schedule *schedule, const bpo_zone *zone,
                                uint32_t index, bpo__openings *ret_openings)
{
    layout l;
    l.context = context;
    l.schedule = schedule;
    l.start = bpo__page_start(index);
    l.end = bpo__page_start(index + 1);
    int64_t first_second = floor_divide(l.start, BPO_SECOND);
    int64_t end_second = floor_divide(l.end, BPO_SECOND) + 1;
    l.first = (int32_t)floor_divide(first_second, BPO__DAY_SECONDS) - MARGIN_DAYS;
    l.ordinary = bpo__schedule_version(schedule, l.first)->ordinary;
    l.openings = ret_openings;
    bpo__schedule_mark(schedule, l.first, MARKS_COUNT, l.marks);
    bpo_status status = BPO_OK;
    for (int64_t at = first_second; at < end_second && status == BPO_OK;) {
        bpo__zone_span span = bpo__zone_span_at(zone, at);
        span.from = at;
        span.until = span.until < end_second ? span.until : end_second;
        status = lay_span(&l, span);
        at = span.until;
    }
    return status;
}
