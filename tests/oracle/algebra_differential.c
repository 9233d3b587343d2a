/* SPDX-License-Identifier: Apache-2.0 */
/* Explanations of calendars that are made from each other, against the naive definition.
 *
 *     algebra-differential [FAMILIES [SEED]]
 *
 * All else is asked of them by calendar-differential. Families are random, each with members in zones of their own,
 * mostly around a change of the first one's clock; one has its own seed, the next number after the one before, so that
 * a difference comes again at once with `algebra-differential 1 SEED`. Exits 1 if there was one. */
#define _GNU_SOURCE
#include "../support/host.h"
#include "naive_reasons.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SECOND    1000000
#define DAY       86400
#define WINDOW    (4 * DAY)
#define EXPLAINED DAY

static const char *const zones[] = {"UTC", "America/New_York", "America/St_Johns", "America/Santiago", "Europe/London",
                                    "Europe/Warsaw", "Africa/Casablanca", "Asia/Kolkata", "Asia/Manila", "Asia/Gaza",
                                    "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Apia", "Antarctica/Troll"};
#define ZONE_COUNT (sizeof zones / sizeof zones[0])

typedef struct session {
    bpo_context *context;
    test_random random;
    made_family family;
    int64_t comparisons;
    int differences;
    uint64_t seed; /* of the family */
    int place;     /* of the calendar that is asked */
    bpo_calendar *calendar;
    int *reasons[MADE_CALENDARS];
} session;

static int64_t below(session *s, int64_t bound)
{
    return (int64_t)test_random_below(&s->random, (uint64_t)bound);
}

/* Whether it differs, which is told. */
static int compare(session *s, const char *what, int64_t at, int64_t argument, int64_t expected, int64_t found)
{
    s->comparisons++;
    if (expected == found)
        return 0;
    if (s->differences++ < 20)
        printf("seed %llu, %s: %s(%lld, %lld) is %lld, not %lld\n", (unsigned long long)s->seed,
               s->family.calendars[s->place].name, what, (long long)at, (long long)argument, (long long)expected,
               (long long)found);
    return 1;
}

/* --- explanations ------------------------------------------------------------------------------------------------- */

/* `holiday 0017` is 17, `calendar3` is 3. */
static int number_in(const char *name)
{
    return atoi(name + strcspn(name, "0123456789"));
}

/* As the naive definition counts reasons. */
static int reason_of(const bpo_interval *i)
{
    if (i->kind == BPO_INTERVAL_HOLIDAY)
        return NAIVE_NAMED_HOLIDAY + number_in(i->name);
    if (i->kind == BPO_INTERVAL_EXCLUDED)
        return NAIVE_EXCLUDED + number_in(i->name);
    return i->name[0] == '\0' ? i->kind : -1;
}

/* The seconds of a stretch have its reason, and the change of the clock in the calendar's zone that was told comes
 * before the first. */
static void compare_stretch(session *s, int64_t from, const bpo_interval *stretch, int told, int64_t *sum)
{
    for (int64_t second = stretch->from / SECOND; second < stretch->until / SECOND; second++, told = 0) {
        int expected = s->reasons[s->place][second - from];
        *sum += expected == NAIVE_OPEN;
        if (compare(s, "reason", second, 0, expected, reason_of(stretch)) ||
            compare(s, "clock change", second, 0, naive_clock_change(second), told))
            return;
    }
}

/* Stretches without a hole that end where the range does, none of them cut without need; open times add up. */
static void ask_explanation(session *s, int64_t from)
{
    int64_t until = from + EXPLAINED, reached = from, open = 0, sum = 0;
    bpo_intervals *list = NULL;
    bpo_interval stretch = BPO_INTERVAL_INIT;
    int told = 0, last = 0;
    bpo_intervals_new(s->calendar, from * SECOND, until * SECOND, BPO_INTERVALS_EXPLAINED, &list, NULL);
    while (bpo_intervals_next(list, &stretch, NULL) == BPO_OK) {
        compare(s, "explanation's cut", reached, 0, 0, reason_of(&stretch) == last);
        if (compare(s, "explanation's start", from, until, reached * SECOND, stretch.from) ||
            compare(s, "explanation in its range", from, until, 1, stretch.until <= until * SECOND))
            break;
        if (stretch.kind == BPO_INTERVAL_CLOCK_CHANGE)
            told = stretch.clock_change_seconds;
        else
            compare_stretch(s, from, &stretch, told, &sum), told = 0;
        last = reason_of(&stretch);
        reached = stretch.until / SECOND;
        open += stretch.open;
    }
    bpo_intervals_unref(list);
    compare(s, "explanation's end", from, until, until, reached);
    compare(s, "explanation's sum", from, until, sum * SECOND, open);
}

/* --- a family ----------------------------------------------------------------------------------------------------- */

/* A second in the days before the clock of a zone is changed next, or any where that does not come for a year. */
static int64_t any_first(session *s, const char *zone)
{
    time_t t = (time_t)(INT64_C(-600000000) + below(s, INT64_C(3600000000))); /* 1950 to 2065 */
    struct tm wall;
    setenv("TZ", zone, 1);
    tzset();
    localtime_r(&t, &wall);
    long offset = wall.tm_gmtoff;
    for (int i = 0; i < 400 && wall.tm_gmtoff == offset; i++) {
        t += DAY;
        localtime_r(&t, &wall);
    }
    return (int64_t)t - below(s, WINDOW);
}

static void ask_calendar(session *s, int64_t explained)
{
    const made_calendar *c = &s->family.calendars[s->place];
    bpo_error err = BPO_ERROR_INIT;
    naive_reasons(&s->family, s->place, explained, EXPLAINED, s->reasons);
    if (bpo_calendar_new_named(s->context, s->family.terms, c->name, &s->calendar, &err) != BPO_OK) {
        s->differences++;
        printf("seed %llu: %s: %s\n", (unsigned long long)s->seed, err.path, err.message);
        return;
    }
    ask_explanation(s, explained);
    s->calendar = bpo_calendar_unref(s->calendar);
}

static void try_family(session *s)
{
    made_family *f = &s->family;
    const char *chosen[ZONE_COUNT];
    memset(f, 0, sizeof *f);
    s->random.state = s->seed;
    memcpy(chosen, zones, sizeof chosen);
    chosen[0] = zones[below(s, ZONE_COUNT)];
    f->random = &s->random;
    f->zones = chosen;
    f->zone_count = ZONE_COUNT;
    f->first = any_first(s, chosen[0]);
    f->length = WINDOW;
    f->grain = 1;
    bpo_terms_new(s->context, &f->terms, NULL);
    made_family_fill(f);
    s->differences += f->refused;
    int64_t explained = f->first + below(s, WINDOW - EXPLAINED);
    for (s->place = 0; s->place < MADE_CALENDARS; s->place++)
        ask_calendar(s, explained);
    bpo_terms_unref(f->terms);
}

int main(int argc, char **argv)
{
    static session s;
    int families = argc > 1 ? atoi(argv[1]) : 20;
    bpo_host host = test_host();
    s.seed = argc > 2 ? strtoull(argv[2], NULL, 10) : (uint64_t)time(NULL) * 1000000;
    printf("seed %llu\n", (unsigned long long)s.seed);
    for (int i = 0; i < MADE_CALENDARS; i++)
        if ((s.reasons[i] = malloc(EXPLAINED * sizeof(int))) == NULL)
            return 2;
    if (bpo_context_new(&host, &s.context, NULL) != BPO_OK)
        return 2;
    for (int i = 0; i < families; i++, s.seed++)
        try_family(&s);
    printf("oracle: explanations of %d families of calendars, seed %llu, %lld comparisons, %d differences\n", families,
           (unsigned long long)s.seed - (unsigned)families, (long long)s.comparisons, s.differences);
    for (int i = 0; i < MADE_CALENDARS; i++)
        free(s.reasons[i]);
    bpo_context_unref(s.context);
    return s.differences > 0;
}
