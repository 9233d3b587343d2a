/* SPDX-License-Identifier: Apache-2.0 */
/* Compiling a page: dates cut by spans of constant offset from UTC give segments; sums and indexes follow.
 *
 * Within a span, local time is UTC plus a constant, so the open seconds of a local date are open instants by mere
 * subtraction: an hour that the clock skips is in no span, one that it repeats is in two. */
#include "time/page.h"
#include "core/memory.h"

#define SEGMENTS_MOST  65000 /* what the index can hold */
#define MARGIN_DAYS    2     /* a page's local dates reach beyond its UTC dates by less */
#define MARKS_COUNT    416   /* local dates of a page: 407 days and margins */
#define GUESS_LEAST    (1u << 15) /* units of open time in a page: 38 hours; its share then stays below 2^24 */

/* What the walk over a page's dates fills. Open periods come in order of time. */
typedef struct collector {
    bpo_context *context; /* NULL: measure only */
    bpo__segment *segments; /* `before` counted from the page's start */
    size_t capacity;
    size_t count;
    int64_t open;
    bpo_time page_start;
    bpo_time page_end;
    bpo_time last_until; /* end of the last period */
    bpo_status status;
} collector;

/* Starts a segment. */
static void collect_start(collector *c, bpo_time from)
{
    if (c->count >= SEGMENTS_MOST)
        c->status = BPO_E_LIMIT;
    if (c->context != NULL && c->status == BPO_OK)
        c->status = bpo__reserve(c->context, (void **)&c->segments, &c->capacity, c->count, 1, sizeof(*c->segments));
    if (c->status != BPO_OK)
        return;
    if (c->context != NULL) {
        c->segments[c->count].start = from;
        c->segments[c->count].before = c->open;
    }
    c->count++;
}

/* Takes an open period in, cut at the page's ends; one that touches the last goes on with it. */
static void collect(collector *c, bpo_time from, bpo_time until)
{
    if (from < c->page_start)
        from = c->page_start;
    if (until > c->page_end)
        until = c->page_end;
    if (from >= until)
        return;
    if (c->open == 0 || from != c->last_until)
        collect_start(c, from);
    c->open += until - from;
    c->last_until = until;
}

/* A page's dates: which of them are not ordinary. */
typedef struct dates {
    const bpo__schedule *schedule;
    const bpo__hours *ordinary;
    int32_t first;
    bool marks[MARKS_COUNT];
} dates;

static bpo__hours ranges_of(const dates *d, int32_t days, bpo__range *scratch)
{
    size_t mark = (size_t)(days - d->first);
    if (!d->marks[mark])
        return d->ordinary[bpo__weekday_of_days(days) - 1];
    bpo__hours hours = {scratch, bpo__schedule_ranges(d->schedule, days, scratch)};
    return hours;
}

static int64_t floor_divide(int64_t value, int64_t by)
{
    return value / by - (value % by < 0);
}

/* The open periods of one span, given with its ends cut to the page's seconds. */
static void collect_span(collector *c, const dates *d, bpo__zone_span span)
{
    int64_t local_from = span.from + span.offset;
    int64_t local_until = span.until + span.offset;
    bpo__range scratch[BPO__DAY_RANGES_MOST];
    int32_t last = (int32_t)floor_divide(local_until - 1, BPO__DAY_SECONDS);
    for (int32_t days = (int32_t)floor_divide(local_from, BPO__DAY_SECONDS); days <= last; days++) {
        bpo__hours hours = ranges_of(d, days, scratch);
        int64_t midnight = (int64_t)days * BPO__DAY_SECONDS;
        for (size_t i = 0; i < hours.count; i++) {
            int64_t from = midnight + hours.ranges[i].from;
            int64_t until = midnight + hours.ranges[i].until;
            collect(c, ((from > local_from ? from : local_from) - span.offset) * BPO_SECOND,
                    ((until < local_until ? until : local_until) - span.offset) * BPO_SECOND);
        }
    }
}

static void collect_page(collector *c, const bpo__schedule *schedule, const bpo_zone *zone)
{
    dates d;
    int64_t first_second = floor_divide(c->page_start, BPO_SECOND);
    int64_t end_second = floor_divide(c->page_end, BPO_SECOND) + 1;
    d.schedule = schedule;
    d.first = (int32_t)floor_divide(first_second, BPO__DAY_SECONDS) - MARGIN_DAYS;
    d.ordinary = bpo__schedule_version(schedule, d.first)->ordinary;
    bpo__schedule_mark(schedule, d.first, MARKS_COUNT, d.marks);
    for (int64_t at = first_second; at < end_second && c->status == BPO_OK;) {
        bpo__zone_span span = bpo__zone_span_at(zone, at);
        span.from = at;
        span.until = span.until < end_second ? span.until : end_second;
        collect_span(c, &d, span);
        at = span.until;
    }
}

static collector collector_of(bpo_context *context, uint32_t index)
{
    collector c = {0};
    c.context = context;
    c.page_start = bpo__page_start(index);
    c.page_end = bpo__page_start(index + 1);
    return c;
}

bpo_status bpo__page_measure(const bpo__schedule *schedule, const bpo_zone *zone, uint32_t index, int64_t *ret_open)
{
    collector c = collector_of(NULL, index);
    collect_page(&c, schedule, zone);
    if (c.status == BPO_OK)
        *ret_open = c.open;
    return c.status;
}

/* For each bucket of time the last segment that starts at or before it, and the most that start in one bucket. */
static void index_forward(bpo__page *page, bpo_time page_start)
{
    const bpo__segment *s = page->segments;
    uint32_t at = 0;
    page->forward_steps = 0;
    for (uint32_t i = 0; i < BPO__FORWARD_COUNT; i++) {
        bpo_time bucket = page_start + (bpo_time)((uint64_t)i << BPO__FORWARD_SHIFT);
        uint32_t before = at;
        while (at + 1 < page->segment_count && s[at + 1].start <= bucket)
            at++;
        page->forward[i] = (uint16_t)at;
        if (i > 0 && at - before > page->forward_steps)
            page->forward_steps = at - before;
    }
    if (page->segment_count - 1 - at > page->forward_steps)
        page->forward_steps = page->segment_count - 1 - at;
}

/* The same over open time. */
static void index_inverse(bpo__page *page, uint16_t *inverse, uint32_t count)
{
    const bpo__segment *s = page->segments;
    uint32_t at = 0;
    page->inverse_steps = 0;
    for (uint32_t i = 0; i < count; i++) {
        int64_t bucket = page->before + (int64_t)((uint64_t)i << BPO__INVERSE_SHIFT);
        uint32_t before = at;
        while (at + 1 < page->segment_count && s[at + 1].before <= bucket)
            at++;
        inverse[i] = (uint16_t)at;
        if (i > 0 && at - before > page->inverse_steps)
            page->inverse_steps = at - before;
    }
    if (page->segment_count - 1 - at > page->inverse_steps)
        page->inverse_steps = page->segment_count - 1 - at;
    page->inverse = inverse;
}

/* Copies the segments behind an entry for the closed start, if there is one, and puts the page's end behind them. */
static void fill_segments(bpo__page *page, const collector *c, int64_t before)
{
    uint32_t at = 0;
    if (c->count == 0 || c->segments[0].start > c->page_start) {
        page->segments[at].start = c->page_start;
        page->segments[at++].before = before;
    }
    for (size_t i = 0; i < c->count; i++) {
        page->segments[at].start = c->segments[i].start;
        page->segments[at++].before = before + c->segments[i].before;
    }
    page->segments[at].start = c->page_end;
    page->segments[at].before = before + c->open;
    page->segment_count = at;
}

/* Where a closed time may be "never", far pages must be walked to. */
static void set_share(bpo__page *page, const collector *c, const bpo__schedule *schedule)
{
    uint64_t page_units = UINT64_C(1) << (BPO__PAGE_SHIFT - BPO__UNIT_SHIFT);
    uint64_t open_units = (uint64_t)c->open >> BPO__UNIT_SHIFT;
    page->time_per_open = 0;
    if (schedule->is_steady && open_units > GUESS_LEAST)
        page->time_per_open = (uint32_t)((page_units << BPO__SHARE_SHIFT) / open_units);
    uint64_t most = (uint64_t)BPO__OPEN_MOST >> BPO__UNIT_SHIFT;
    page->guess_offset = (most * page->time_per_open >> BPO__SHARE_SHIFT) + page_units / 2;
}

static void fill_page(bpo__page *page, const collector *c, int64_t before, uint32_t inverse_count)
{
    page->before = before;
    page->after = before + c->open;
    page->first_open = c->count > 0 ? c->segments[0].start : c->page_end;
    page->last_close = c->count > 0 ? c->last_until : c->page_start;
    fill_segments(page, c, before);
    index_forward(page, c->page_start);
    index_inverse(page, (uint16_t *)(page->segments + c->count + 2), inverse_count);
}

static void collector_clear(collector *c)
{
    bpo__free(c->context, c->segments, c->capacity * sizeof(*c->segments));
}

/* The page of all that was collected. */
static bpo_status make_page(const collector *c, const bpo__schedule *schedule, uint32_t index, int64_t before,
                            bpo__page **ret_page)
{
    uint32_t inverse_count = (uint32_t)(c->open >> BPO__INVERSE_SHIFT) + 1;
    size_t size = sizeof(bpo__page) + (c->count + 2) * sizeof(bpo__segment) + inverse_count * sizeof(uint16_t);
    bpo__page *page = c->status == BPO_OK ? bpo__alloc(c->context, size) : NULL;
    if (page == NULL)
        return c->status == BPO_OK ? BPO_E_NOMEM : c->status;
    page->index = index;
    page->size = size;
    set_share(page, c, schedule);
    fill_page(page, c, before, inverse_count);
    *ret_page = page;
    return BPO_OK;
}

bpo_status bpo__page_new(bpo_context *context, const bpo__schedule *schedule, const bpo_zone *zone, uint32_t index,
                         int64_t before, bpo__page **ret_page)
{
    collector c = collector_of(context, index);
    collect_page(&c, schedule, zone);
    bpo_status status = make_page(&c, schedule, index, before, ret_page);
    collector_clear(&c);
    return status;
}

/* A segment is as long as the open time up to the next one. */
bpo_status bpo__page_openings(bpo_context *context, const bpo__schedule *schedule, const bpo_zone *zone,
                              uint32_t index, bpo__openings *ret_openings)
{
    collector c = collector_of(context, index);
    collect_page(&c, schedule, zone);
    bpo_status status = c.status;
    if (status == BPO_OK)
        status = bpo__reserve(context, (void **)&ret_openings->list, &ret_openings->capacity, 0, c.count,
                              sizeof(*ret_openings->list));
    for (size_t i = 0; status == BPO_OK && i < c.count; i++) {
        int64_t next = i + 1 < c.count ? c.segments[i + 1].before : c.open;
        bpo__opening opening = {c.segments[i].start, c.segments[i].start + (next - c.segments[i].before)};
        ret_openings->list[ret_openings->count++] = opening;
    }
    collector_clear(&c);
    return status;
}

bpo_status bpo__page_of_openings(bpo_context *context, const bpo__schedule *schedule, const bpo__openings *openings,
                                 uint32_t index, int64_t before, bpo__page **ret_page)
{
    collector c = collector_of(context, index);
    for (size_t i = 0; i < openings->count && c.status == BPO_OK; i++)
        collect(&c, openings->list[i].from, openings->list[i].until);
    bpo_status status = make_page(&c, schedule, index, before, ret_page);
    collector_clear(&c);
    return status;
}

void bpo__page_free(bpo_context *context, bpo__page *page)
{
    if (page != NULL)
        bpo__free(context, page, page->size);
}
