/* SPDX-License-Identifier: Apache-2.0 */
/* Random calendars against the naive definition.
 *
 *     calendar-differential [CALENDARS [SEED]]
 *
 * Each calendar gets a window of six days, mostly around a change of its zone's offset or where one of the library's
 * pages ends, and 511 questions. Prints the seed and every difference; exits 1 if there was one. */
#define _GNU_SOURCE
#include "../support/host.h"
#include "naive_calendar.h"
#include "time/definition.h"
#include "time/page.h"
#include <bpo/intervals.h>
#include <bpo/working_days.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SECOND 1000000
#define DAY 86400
#define WINDOW (6 * DAY)
#define QUESTIONS 100
#define DAYS_QUESTIONS 10 /* the naive answer to these is the slowest */
#define DIFFERENCES_SHOWN 20

static const char *const zones[] = {
    "UTC", "America/New_York", "America/Chicago", "America/Los_Angeles", "America/St_Johns", "America/Sao_Paulo",
    "America/Santiago", "America/Asuncion", "America/Havana", "America/Caracas", "America/Argentina/Buenos_Aires",
    "America/Bogota", "America/Mexico_City", "America/Anchorage", "America/Nuuk", "Europe/London", "Europe/Dublin",
    "Europe/Berlin", "Europe/Lisbon", "Europe/Moscow", "Europe/Istanbul", "Africa/Casablanca", "Africa/Cairo",
    "Africa/Johannesburg", "Asia/Tehran", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Manila", "Asia/Tokyo",
    "Asia/Pyongyang", "Asia/Gaza", "Asia/Amman", "Australia/Sydney", "Australia/Lord_Howe", "Australia/Eucla",
    "Pacific/Auckland", "Pacific/Chatham", "Pacific/Apia", "Antarctica/Troll", "America/Scoresbysund",
};
#define ZONE_COUNT (sizeof(zones) / sizeof(zones[0]))

static uint64_t random_state;
static int differences;

static uint64_t any(uint64_t below)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (random_state >> 11) % below;
}

/* --- random definitions ------------------------------------------------------------------------------------------ */

static int any_second_of_day(void)
{
    switch (any(4)) {
    case 0:
        return (int)any(24) * 3600;
    case 1:
        return (int)any(96) * 900;
    case 2:
        return (int)any(8) * 1800; /* where clocks change */
    default:
        return (int)any(DAY);
    }
}

static naive_hours any_hours(int most)
{
    naive_hours hours = {0};
    hours.count = (int)any((uint64_t)most + 1);
    for (int i = 0; i < hours.count; i++) {
        hours.ranges[i].from = any_second_of_day();
        hours.ranges[i].until = any_second_of_day();
        if (hours.ranges[i].until <= hours.ranges[i].from)
            hours.ranges[i].until += DAY;
    }
    return hours;
}

static int any_date(const naive_window *window)
{
    time_t t = (time_t)(window->first + (int64_t)any((uint64_t)window->count));
    struct tm wall;
    localtime_r(&t, &wall);
    return (wall.tm_year + 1900) * 10000 + (wall.tm_mon + 1) * 100 + wall.tm_mday;
}

static int any_dated(const naive_window *window, naive_hours *list)
{
    int count = 0;
    for (int tries = (int)any(4); tries > 0; tries--) {
        int date = any_date(window);
        int known = 0;
        for (int i = 0; i < count; i++)
            known |= list[i].date == date;
        if (known)
            continue;
        list[count] = any_hours(3);
        list[count++].date = date;
    }
    return count;
}

static naive_calendar any_calendar(const naive_window *window)
{
    naive_calendar c = {0};
    int office = any(3) == 0;
    for (int i = 0; i < 7; i++) {
        naive_hours hours = any_hours(4);
        naive_hours nine_to_five = {0, i > 0 && i < 6, {{9 * 3600, 17 * 3600}}};
        c.week[i] = office ? nine_to_five : hours;
    }
    c.holiday_count = (int)any(4);
    for (int i = 0; i < c.holiday_count; i++)
        c.holidays[i] = any(2) ? any_date(window) : any_date(window) % 10000;
    c.override_count = any_dated(window, c.overrides);
    c.closure_count = any_dated(window, c.closures);
    c.holidays_by_shift_start = (int)any(2);
    c.override_beats_holiday = (int)any(2);
    return c;
}

/* A window of random years, mostly around a change of offset. The first page has nothing covered before it. */
static int64_t any_first(void)
{
    int64_t t = (int64_t)(any(110) * 366 + any(366)) * DAY - 20 * 366 * DAY; /* 1950 to 2060 */
    if (any(5) == 0)
        return t;
    if (any(5) == 0)
        return bpo__page_start(1 + (uint32_t)any(BPO__PAGE_COUNT - 1)) / SECOND - WINDOW / 2;
    time_t at = (time_t)t;
    struct tm wall;
    localtime_r(&at, &wall);
    long offset = wall.tm_gmtoff;
    for (int i = 0; i < 400 && wall.tm_gmtoff == offset; i++) {
        at += DAY;
        localtime_r(&at, &wall);
    }
    return (int64_t)at - WINDOW / 2;
}

/* --- the same as a definition of the library ---------------------------------------------------------------------- */

typedef struct holder {
    bpo__range ranges[7 + 2 * NAIVE_LIST_MOST][NAIVE_LIST_MOST];
    size_t used;
    bpo__dated_hours overrides[NAIVE_LIST_MOST];
    bpo__dated_hours closures[NAIVE_LIST_MOST];
    bpo__holiday holidays[NAIVE_LIST_MOST];
} holder;

static bpo__hours hours_of(holder *h, const naive_hours *from)
{
    bpo__range *ranges = h->ranges[h->used++];
    for (int i = 0; i < from->count; i++) {
        ranges[i].from = from->ranges[i].from;
        ranges[i].until = from->ranges[i].until;
    }
    bpo__hours hours = {ranges, (size_t)from->count};
    return hours;
}

static void dated_of(holder *h, const naive_hours *from, int count, bpo__dated_hours *into)
{
    for (int i = 0; i < count; i++) {
        into[i].days = bpo__days_of_civil(from[i].date / 10000, from[i].date / 100 % 100, from[i].date % 100);
        into[i].hours = hours_of(h, &from[i]);
    }
}

static bpo_calendar *compile(bpo_context *context, const char *zone_name, const naive_calendar *c)
{
    static holder h;
    bpo__calendar_definition definition = {0};
    bpo_calendar *calendar = NULL;
    memset(&h, 0, sizeof h);
    if (bpo_zone_new(context, zone_name, &definition.zone, NULL) != BPO_OK)
        return NULL;
    for (int i = 0; i < 7; i++)
        definition.weekly[i] = hours_of(&h, &c->week[(i + 1) % 7]);
    for (int i = 0; i < c->holiday_count; i++) {
        bpo__date date = {c->holidays[i] / 10000, c->holidays[i] / 100 % 100, c->holidays[i] % 100};
        h.holidays[i].date = date;
        h.holidays[i].name = BPO__TEXT("a holiday");
    }
    dated_of(&h, c->overrides, c->override_count, h.overrides);
    dated_of(&h, c->closures, c->closure_count, h.closures);
    definition.holidays = h.holidays;
    definition.holiday_count = (size_t)c->holiday_count;
    definition.overrides = h.overrides;
    definition.override_count = (size_t)c->override_count;
    definition.closures = h.closures;
    definition.closure_count = (size_t)c->closure_count;
    definition.holidays_by_shift_start = c->holidays_by_shift_start;
    definition.override_beats_holiday = c->override_beats_holiday;
    bpo__calendar_compile(context, &definition, &calendar, NULL);
    bpo_zone_unref(definition.zone);
    return calendar;
}

/* --- questions ---------------------------------------------------------------------------------------------------- */

static void compare(const char *zone, const char *what, int64_t at, int64_t argument, int64_t expected, int64_t found)
{
    if (expected == found || differences++ >= DIFFERENCES_SHOWN)
        return;
    printf("%s: %s(%lld, %lld) is %lld, not %lld\n", zone, what, (long long)at, (long long)argument,
           (long long)expected, (long long)found);
}

static int64_t any_instant(const naive_window *w)
{
    int64_t second = w->first + (int64_t)any((uint64_t)w->count);
    return second * SECOND + (any(3) == 0 ? (int64_t)any(SECOND) : 0);
}

static void ask_between(const char *zone, const naive_window *w, const bpo_calendar *calendar)
{
    int64_t from = any_instant(w);
    int64_t until = any_instant(w);
    int64_t found = -1;
    int64_t many = -1;
    bpo_calendar_between(calendar, from, until, &found, NULL);
    bpo_calendar_between_many(calendar, &from, &until, 1, &many, NULL);
    compare(zone, "between", from, until, naive_between(w, from, until), found);
    compare(zone, "between_many", from, until, found, many);
}

static void ask_add(const char *zone, const naive_window *w, const bpo_calendar *calendar)
{
    int64_t from = any_instant(w);
    int64_t open = ((int64_t)any(2 * WINDOW / 3) - WINDOW / 3) * SECOND;
    int latest = (int)any(2);
    bpo_landing landing = latest ? BPO_LANDING_LATEST : BPO_LANDING_EARLIEST;
    int64_t found = -1;
    int64_t many = -1;
    if (any(2))
        open = naive_between(w, from, any_instant(w)); /* often ends at an edge */
    int64_t expected = naive_add(w, from, open, latest);
    if (expected == NAIVE_NONE)
        return;
    bpo_calendar_add(calendar, from, open, landing, &found, NULL);
    bpo_calendar_add_many(calendar, &from, &open, 1, landing, &many, NULL);
    compare(zone, latest ? "add latest" : "add earliest", from, open, expected, found);
    compare(zone, "add_many", from, open, found, many);
}

static void ask_openings(const char *zone, const naive_window *w, const bpo_calendar *calendar)
{
    int64_t at = any_instant(w);
    int64_t found = -1;
    int open = -1;
    bpo_calendar_is_open(calendar, at, &open, NULL);
    compare(zone, "is_open", at, 0, naive_is_open(w, at), open);
    int64_t expected = naive_next_open(w, at);
    bpo_calendar_next_open(calendar, at, &found, NULL);
    if (expected != NAIVE_NONE)
        compare(zone, "next_open", at, 0, expected, found);
    expected = naive_next_close(w, at);
    bpo_calendar_next_close(calendar, at, &found, NULL);
    if (expected != NAIVE_NONE)
        compare(zone, "next_close", at, 0, expected, found);
}

/* The last close, the next opening, and adding nothing. */
static void ask_edges(const char *zone, const naive_window *w, const bpo_calendar *calendar)
{
    int64_t at = any_instant(w);
    int64_t found = -1;
    int64_t expected = naive_prev_close(w, at);
    if (expected != NAIVE_NONE) {
        bpo_calendar_prev_close(calendar, at, &found, NULL);
        compare(zone, "prev_close", at, 0, expected, found);
        bpo_calendar_add(calendar, at, 0, BPO_LANDING_LATEST | BPO_LANDING_ZERO_SNAP_BACK, &found, NULL);
        compare(zone, "add nothing, back", at, 0, expected, found);
    }
    expected = naive_next_opening(w, at);
    bpo_calendar_next_opening(calendar, at, &found, NULL);
    if (expected != NAIVE_NONE)
        compare(zone, "next_opening", at, 0, expected, found);
    bpo_calendar_add(calendar, at, 0, BPO_LANDING_EARLIEST | BPO_LANDING_ZERO_IDENTITY, &found, NULL);
    compare(zone, "add nothing", at, 0, at, found);
}

/* Periods and gaps of a range in turn, each as the naive walk finds its end; their sums are those of coverage. */
static void ask_lists(const char *zone, const naive_window *w, const bpo_calendar *calendar)
{
    int64_t from = any_instant(w);
    int64_t until = any_instant(w);
    bpo_coverage coverage = BPO_COVERAGE_INIT;
    bpo_interval interval = BPO_INTERVAL_INIT;
    bpo_intervals *lists[2] = {NULL, NULL};
    int64_t open = 0;
    int64_t count = 0;
    bpo_intervals_new(calendar, from, until, BPO_INTERVALS_CLOSED, &lists[0], NULL);
    bpo_intervals_new(calendar, from, until, BPO_INTERVALS_OPEN, &lists[1], NULL);
    for (int64_t at = from; at < until; count++) {
        int is_open = naive_is_open(w, at);
        int64_t end = is_open ? naive_next_close(w, at) : naive_next_open(w, at);
        end = end == NAIVE_NONE || end > until ? until : end;
        bpo_intervals_next(lists[is_open], &interval, NULL);
        compare(zone, is_open ? "period's start" : "gap's start", from, until, at, interval.from);
        compare(zone, is_open ? "period's end" : "gap's end", from, until, end, interval.until);
        open += is_open ? end - at : 0;
        at = end;
    }
    for (int i = 0; i < 2; i++) {
        compare(zone, "end of a list", from, until, BPO_DONE, bpo_intervals_next(lists[i], &interval, NULL));
        bpo_intervals_unref(lists[i]);
    }
    bpo_calendar_coverage(calendar, from, until, &coverage, NULL);
    compare(zone, "coverage's open time", from, until, open, coverage.open);
    compare(zone, "coverage's pieces", from, until, count, coverage.period_count + coverage.gap_count);
}

/* Each second of the range has the reason that the naive definition gives it, and each change of the clock is told. */
static void ask_explanation(const char *zone, const naive_window *w, const naive_calendar *c,
                            const bpo_calendar *calendar)
{
    int64_t from = w->first + (int64_t)any((uint64_t)w->count - 2 * DAY);
    int64_t until = from + (int64_t)any(2 * DAY);
    bpo_intervals *list = NULL;
    bpo_interval interval = BPO_INTERVAL_INIT;
    int64_t second = from;
    int told = 0; /* the change of the clock that was told of the second */
    int64_t sum = 0;
    bpo_intervals_new(calendar, from * SECOND, until * SECOND, BPO_INTERVALS_EXPLAINED, &list, NULL);
    while (bpo_intervals_next(list, &interval, NULL) == BPO_OK) {
        compare(zone, "explanation's start", from, until, second * SECOND, interval.from);
        told += interval.clock_change_seconds;
        for (; second * SECOND < interval.until; second++, told = 0) {
            compare(zone, "reason", second, 0, naive_reason(c, second), interval.kind);
            compare(zone, "clock change", second, 0, naive_clock_change(second), told);
        }
        sum += interval.open;
    }
    bpo_intervals_unref(list);
    compare(zone, "explanation's end", from, until, until > from ? until : from, second);
    compare(zone, "explanation's sum", from, until, naive_between(w, from * SECOND, until * SECOND), sum);
}

static void ask_days(const char *zone, const naive_window *w, const naive_calendar *c, const bpo_calendar *calendar)
{
    int64_t from = any_instant(w);
    int64_t until = any_instant(w) + ((int64_t)any(60) - 30) * DAY * SECOND;
    int days = (int)any(41) - 20;
    naive_days_options options = {(int)any(2), any(4) == 0};
    bpo_days_options flags = (options.snap_origin ? BPO_DAYS_SNAP_ORIGIN : 0u) |
                             (options.end_of_day ? BPO_DAYS_END_OF_DAY : 0u);
    int64_t found = -1;
    int64_t expected = naive_add_days(c, from, days, options);
    bpo_status status = bpo_calendar_add_days(calendar, from, days, flags, &found, NULL);
    if (expected == NAIVE_NONE)
        compare(zone, "add_days, never", from, days, BPO_NEVER, status);
    else
        compare(zone, "add_days", from, days, expected, found);
    bpo_calendar_count_days(calendar, from, until, BPO_DAYS_EXCLUDE_START, &found, NULL);
    compare(zone, "count_days", from, until, naive_count_days(c, from, until, 0), found);
    bpo_calendar_count_days(calendar, from, until, BPO_DAYS_INCLUSIVE, &found, NULL);
    compare(zone, "count_days, inclusive", from, until, naive_count_days(c, from, until, 1), found);
}

static void try_one(bpo_context *context, naive_window *w)
{
    const char *zone = zones[any(ZONE_COUNT)];
    setenv("TZ", zone, 1);
    tzset();
    w->first = any_first();
    naive_calendar c = any_calendar(w);
    naive_window_fill(w, &c);
    bpo_calendar *calendar = compile(context, zone, &c);
    if (calendar == NULL) {
        differences++;
        printf("%s: no calendar\n", zone);
        return;
    }
    for (int i = 0; i < QUESTIONS; i++) {
        ask_between(zone, w, calendar);
        ask_add(zone, w, calendar);
        ask_openings(zone, w, calendar);
        ask_edges(zone, w, calendar);
        ask_lists(zone, w, calendar);
    }
    for (int i = 0; i < DAYS_QUESTIONS; i++)
        ask_days(zone, w, &c, calendar);
    ask_explanation(zone, w, &c, calendar);
    bpo_calendar_unref(calendar);
}

int main(int argc, char **argv)
{
    int calendars = argc > 1 ? atoi(argv[1]) : 40;
    bpo_host host = test_host();
    bpo_context *context = NULL;
    naive_window window = {0, WINDOW, malloc(WINDOW)};
    random_state = argc > 2 ? strtoull(argv[2], NULL, 10) : (uint64_t)time(NULL) * 2654435761u;
    printf("seed %llu\n", (unsigned long long)random_state);
    if (bpo_context_new(&host, &context, NULL) != BPO_OK || window.open == NULL)
        return 2;
    for (int i = 0; i < calendars; i++)
        try_one(context, &window);
    printf("%d calendars, %d questions each, %d differences\n", calendars, 5 * QUESTIONS + DAYS_QUESTIONS + 1,
           differences);
    free(window.open);
    bpo_context_unref(context);
    return differences > 0;
}
