/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as zone data: a zone that keeps its laws, or a refusal.
 *
 * Target functions: bpo_zone_new (bpo__tzif_read, bpo__zone_rule_parse), bpo_zone_to_civil, bpo_zone_from_civil,
 * bpo_calendar_between and bpo_calendar_add over such a zone. */
#include "hold.h"
#include "time/definition.h"
#include "time/zone.h"
#include <bpo/calendar.h>

typedef struct input {
    const uint8_t *data;
    size_t size;
} input;

static bpo_status give(void *user, const char *name, const bpo_sink *tzif, const bpo_sink *version)
{
    const input *in = user;
    (void)name;
    (void)version;
    return tzif->write(tzif->user, in->data, in->size);
}

static int is_same_reading(const bpo_civil *a, const bpo_civil *b)
{
    return a->year == b->year && a->month == b->month && a->day == b->day && a->hour == b->hour &&
           a->minute == b->minute && a->second == b->second && a->microsecond == b->microsecond;
}

/* A reading comes back to its instant, or to an earlier one with the same reading. */
static void check_reading(const bpo_zone *zone, bpo_time at)
{
    bpo_civil civil;
    bpo_civil again;
    bpo_time back;
    hold(bpo_zone_to_civil(zone, at, &civil, NULL) == BPO_OK);
    hold(bpo_zone_from_civil(zone, &civil, &back, NULL) == BPO_OK);
    hold(back <= at);
    hold(bpo_zone_to_civil(zone, back, &again, NULL) == BPO_OK);
    hold(is_same_reading(&civil, &again));
}

/* Spans follow one another without a gap, offsets stay within a day and a bit, and the quick way to an offset gives
 * that of the span from its first to its last second. Readings are tried where spans meet. */
static void check_spans(const bpo_zone *zone)
{
    int64_t second = INT64_C(-6000000000);
    for (int i = 0; i < 2000 && second < INT64_C(12000000000); i++) {
        bpo__zone_span span = bpo__zone_span_at(zone, second);
        int64_t last = span.until < INT64_C(12000000000) ? span.until - 1 : INT64_C(12000000000);
        hold(span.from <= second && span.until > second);
        hold(span.offset >= -90000 && span.offset <= 93600);
        hold(bpo__zone_offset(zone, second * BPO_SECOND) == span.offset);
        hold(bpo__zone_offset(zone, last * BPO_SECOND + BPO_SECOND - 1) == span.offset);
        for (int64_t behind = 0; behind <= 3600; behind += 600)
            check_reading(zone, (second + behind) * BPO_SECOND + i);
        check_reading(zone, last * BPO_SECOND + BPO_SECOND - 1);
        second = span.until;
    }
}

static void check_readings(const bpo_zone *zone)
{
    for (int64_t at = INT64_C(-3000000000); at < INT64_C(8000000000); at += 97654321)
        check_reading(zone, at * BPO_SECOND + at % 1000000);
}

/* add() is the inverse of between(), whatever the clock does. */
static void check_calendar(bpo_context *context, bpo_zone *zone)
{
    static const bpo__range ranges[2] = {{1 * 3600, 3 * 3600}, {20 * 3600, 26 * 3600}};
    bpo__calendar_definition d = {0};
    bpo_calendar *calendar = NULL;
    d.zone = zone;
    for (int i = 0; i < 7; i++) {
        d.weekly[i].ranges = ranges;
        d.weekly[i].count = 2;
    }
    hold(bpo__calendar_compile(context, &d, &calendar, NULL) == BPO_OK);
    for (int i = 0; i < 50; i++) {
        bpo_duration open = i * BPO_HOUR + 1;
        bpo_duration back;
        bpo_time at;
        bpo_status status = bpo_calendar_add(calendar, i * 40 * BPO_DAY, open, BPO_LANDING_EARLIEST, &at, NULL);
        hold(status == BPO_OK || status == BPO_NEVER || status == BPO_E_LIMIT || status == BPO_E_HORIZON);
        if (status != BPO_OK)
            continue;
        hold(bpo_calendar_between(calendar, i * 40 * BPO_DAY, at, &back, NULL) == BPO_OK);
        hold(back == open);
    }
    bpo_calendar_unref(calendar);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    input in = {data, size};
    bpo_host host = BPO_HOST_INIT;
    bpo_context *context = NULL;
    bpo_zone *zone = NULL;
    host.user = &in;
    host.zone = give;
    hold(bpo_context_new(&host, &context, NULL) == BPO_OK);
    bpo_status status = bpo_zone_new(context, "Any", &zone, NULL);
    hold(status == BPO_OK || status == BPO_E_ZONE_DATA);
    hold((zone != NULL) == (status == BPO_OK));
    if (status == BPO_OK) {
        check_spans(zone);
        check_readings(zone);
        check_calendar(context, zone);
    }
    bpo_zone_unref(zone);
    bpo_context_unref(context);
    return 0;
}
