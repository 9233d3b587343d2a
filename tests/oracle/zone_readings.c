/* SPDX-License-Identifier: Apache-2.0 */
/* Compares zones with a list of readings of their clocks that holds both sides of each change.
 *
 * Reads lines from stdin, each zone's readings in order of time:
 *     zone NAME
 *     reading SECOND YEAR MONTH DAY HOUR MINUTE SECOND WEEKDAY OFFSET     of 1900 to 2200; weekday 1 is Monday
 * Each reading is asked of the library. Between two of them, before the first and behind the last, the library's offset
 * must be the same throughout: each of its spans is looked at, and some random instants are asked. A zone without
 * readings has one offset, which the C library says. Prints each difference; exits 1 if there was one. */
#define _GNU_SOURCE
#include "../support/host.h"
#include "../support/random.h"
#include "time/zone.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define FIRST             INT64_C(-2208988800) /* 1900-01-01 */
#define END               INT64_C(7289654400)  /* 2201-01-01 */
#define RANDOM_INSTANTS   2                    /* between two readings */
#define DIFFERENCES_SHOWN 20

typedef struct reading {
    int64_t second;
    bpo_civil civil;
} reading;

/* The zone that the lines are about, and its reading before. */
typedef struct session {
    bpo_context *context;
    bpo_zone *zone;
    char name[256]; /* as long as a line */
    int has_last;
    reading last;
    int64_t zones;
    int64_t readings;
    int64_t instants;
    int64_t differences;
    test_random random;
} session;

static void differ(session *s, int64_t second, const char *what, int64_t expected, int64_t found)
{
    if (s->differences++ < DIFFERENCES_SHOWN)
        printf("%s at %" PRId64 ": %s is %" PRId64 ", not %" PRId64 "\n", s->name, second, what, expected, found);
}

static int32_t the_c_librarys_offset(const char *name, int64_t second)
{
    time_t t = (time_t)second;
    struct tm local;
    setenv("TZ", name, 1);
    tzset();
    return localtime_r(&t, &local) != NULL ? (int32_t)local.tm_gmtoff : INT32_MIN;
}

/* All fields of a reading, at the first and at the last microsecond of its second. */
static void compare_reading(session *s, const reading *r)
{
    static const char *const names[] = {"year",   "month",       "day",     "hour",  "minute",
                                        "second", "microsecond", "weekday", "offset"};
    for (int last = 0; last < 2; last++) {
        int32_t expected[9];
        int32_t found[9] = {0};
        bpo_civil civil = {0};
        bpo_civil wanted = r->civil;
        wanted.microsecond = last ? BPO_SECOND - 1 : 0;
        bpo_status status = bpo_zone_to_civil(s->zone, r->second * BPO_SECOND + wanted.microsecond, &civil, NULL);
        if (status != BPO_OK)
            differ(s, r->second, "status", BPO_OK, status);
        memcpy(expected, &wanted, sizeof expected);
        memcpy(found, &civil, sizeof found);
        for (int i = 0; i < 9; i++)
            if (expected[i] != found[i])
                differ(s, r->second, names[i], expected[i], found[i]);
    }
    s->readings++;
}

/* One offset from a second up to another, by the library's spans and by asking. */
static void compare_stretch(session *s, int64_t from, int64_t until, int32_t offset)
{
    for (int64_t at = from; at < until;) {
        bpo__zone_span span = bpo__zone_span_at(s->zone, at);
        if (span.offset != offset)
            differ(s, at, "offset", offset, span.offset);
        at = span.until;
    }
    for (int i = 0; i < RANDOM_INSTANTS && from < until; i++) {
        int64_t at = from + (int64_t)test_random_below(&s->random, (uint64_t)(until - from));
        bpo_civil civil = {0};
        bpo_zone_to_civil(s->zone, at * BPO_SECOND, &civil, NULL);
        if (civil.utc_offset_seconds != offset)
            differ(s, at, "offset", offset, civil.utc_offset_seconds);
        s->instants++;
    }
}

static void end_zone(session *s)
{
    if (s->zone == NULL)
        return;
    if (s->has_last)
        compare_stretch(s, s->last.second, END, s->last.civil.utc_offset_seconds);
    else
        compare_stretch(s, FIRST, END, the_c_librarys_offset(s->name, FIRST));
    s->zone = bpo_zone_unref(s->zone);
}

static void begin_zone(session *s, const char *name)
{
    bpo_error err = BPO_ERROR_INIT;
    end_zone(s);
    snprintf(s->name, sizeof s->name, "%s", name);
    s->has_last = 0;
    s->zones++;
    if (bpo_zone_new(s->context, name, &s->zone, &err) != BPO_OK) {
        s->differences++;
        printf("%s: %s\n", name, err.message);
    }
}

/* Every stretch between two readings has the offset of its first; only a change's two sides may differ. */
static void take_reading(session *s, const reading *r)
{
    compare_reading(s, r);
    if (!s->has_last)
        compare_stretch(s, FIRST, r->second, r->civil.utc_offset_seconds);
    else
        compare_stretch(s, s->last.second, r->second, s->last.civil.utc_offset_seconds);
    s->last = *r;
    s->has_last = 1;
}

/* False for a line that is none of the two. */
static int take_line(session *s, char *line)
{
    reading r = {0};
    bpo_civil *c = &r.civil;
    line[strcspn(line, "\n")] = '\0';
    if (strncmp(line, "zone ", 5) == 0) {
        begin_zone(s, line + 5);
        return 1;
    }
    if (sscanf(line,
               "reading %" SCNd64 " %" SCNd32 " %" SCNd32 " %" SCNd32 " %" SCNd32 " %" SCNd32 " %" SCNd32 " %" SCNd32
               " %" SCNd32,
               &r.second, &c->year, &c->month, &c->day, &c->hour, &c->minute, &c->second, &c->weekday,
               &c->utc_offset_seconds) != 9)
        return 0;
    if (s->zone != NULL)
        take_reading(s, &r);
    return 1;
}

int main(void)
{
    bpo_host host = test_host();
    session s = {0};
    char line[256];
    s.random.state = 20381;
    if (bpo_context_new(&host, &s.context, NULL) != BPO_OK)
        return 2;
    while (fgets(line, sizeof line, stdin))
        if (!take_line(&s, line)) {
            printf("not understood: %s\n", line);
            return 2;
        }
    end_zone(&s);
    bpo_context_unref(s.context);
    printf("%" PRId64 " zones, %" PRId64 " readings, %" PRId64 " instants between them, %" PRId64 " differences\n",
           s.zones, s.readings, s.instants, s.differences);
    return s.differences > 0;
}
