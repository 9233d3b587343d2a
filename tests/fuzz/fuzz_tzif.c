/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as zone data: a zone that keeps its laws, or a refusal.
 *
 * Target functions: bpo_zone_new (bpo__tzif_read, bpo__zone_rule_parse), bpo_zone_to_civil, bpo_zone_from_civil,
 * bpo_calendar_between and bpo_calendar_add over such a zone. */
#include "time/definition.h"
#include "time/zone.h"
#include <bpo/calendar.h>
#include <stdlib.h>

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

static void hold(int law)
{
    if (!law)
        abort();
}

/* Spans follow one another without a gap, and offsets stay within a day and a bit. */
static void check_spans(const bpo_zone *zone)
{
    int64_t second = INT64_C(-6000000000);
    for (int i = 0; i < 2000 && second < INT64_C(12000000000); i++) {
        bpo__zone_span span = bpo__zone_span_at(zone, second);
        hold(span.from <= second && span.until > second);
        hold(span.offset >= -94000 && span.offset <= 94000);
        second = span.until;
    }
}

/* A reading comes back to its instant, or to an earlier one with the same reading. */
static void check_readings(const bpo_zone *zone)
{
    for (int64_t at = INT64_C(-3000000000); at < INT64_C(8000000000); at += 97654321) {
        bpo_civil civil;
        bpo_civil again;
        bpo_time back;
        hold(bpo_zone_to_civil(zone, at * BPO_SECOND, &civil, NULL) == BPO_OK);
        hold(bpo_zone_from_civil(zone, &civil, &back, NULL) == BPO_OK);
        hold(back <= at * BPO_SECOND);
        hold(bpo_zone_to_civil(zone, back, &again, NULL) == BPO_OK);
        hold(again.day == civil.day && again.hour == civil.hour && again.second == civil.second);
    }
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
    if (status == BPO_OK) {
        check_spans(zone);
        check_readings(zone);
        check_calendar(context, zone);
    }
    bpo_zone_unref(zone);
    bpo_context_unref(context);
    return 0;
}
