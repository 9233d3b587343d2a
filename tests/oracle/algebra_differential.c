/* SPDX-License-Identifier: Apache-2.0 */
/* Random calendars by their terms (rules for holidays, versions, union, intersection, difference, each member in
 * a zone of its own) against the naive definition.
 *
 *     algebra-differential [ROUNDS [SEED]]
 *
 * What the terms say by a rule or a version, the naive calendar has date by date; seconds are combined one by one. */
#define _GNU_SOURCE
#include "../support/host.h"
#include "naive_calendar.h"
#include <bpo/bpo.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SECOND 1000000
#define DAY 86400
#define WINDOW (6 * DAY)
#define MEMBERS 3
#define QUESTIONS 100

static const char *const zones[] = {"UTC", "America/New_York", "America/St_Johns", "America/Santiago", "Europe/London",
                                    "Europe/Warsaw", "Africa/Casablanca", "Asia/Kolkata", "Asia/Manila", "Asia/Gaza",
                                    "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Apia", "Antarctica/Troll"};
static const char *const days[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                     "jul", "aug", "sep", "oct", "nov", "dec"};

static uint64_t random_state;
static int differences;

static uint64_t any(uint64_t below)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (random_state >> 11) % below;
}

static void set(bpo_terms *terms, const char *value, const char *format, ...)
{
    char path[256];
    bpo_error err = BPO_ERROR_INIT;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(path, sizeof path, format, arguments);
    va_end(arguments);
    if (bpo_terms_set(terms, path, value, &err) != BPO_OK) {
        differences++;
        printf("%s = %s: %s\n", path, value, err.message);
    }
}

/* The date some days after that of the window's start. */
static struct tm date_after(const naive_window *w, int count)
{
    time_t t = (time_t)(w->first + (int64_t)count * DAY);
    struct tm date;
    t -= (t % DAY + DAY) % DAY; /* its 00:00, also before 1970 */
    gmtime_r(&t, &date);
    return date;
}

static int number(struct tm date)
{
    return (date.tm_year + 1900) * 10000 + (date.tm_mon + 1) * 100 + date.tm_mday;
}

static naive_hours any_hours(bpo_terms *terms, const char *path, int day)
{
    naive_hours hours = {0};
    char text[128] = "";
    hours.count = (int)any(3);
    for (int i = 0; i < hours.count; i++) {
        int from = (int)any(48) * 1800;
        int until = (int)any(48) * 1800;
        snprintf(text + strlen(text), 32, "%s%02d:%02d-%02d:%02d", i ? ", " : "", from / 3600, from / 60 % 60,
                 until / 3600, until / 60 % 60);
        hours.ranges[i].from = from;
        hours.ranges[i].until = until > from ? until : until + DAY;
    }
    set(terms, text, "%s/hours/%s", path, days[day]);
    return hours;
}

/* Easter Sunday as days from 1 March (1 is the first), by the rule of Butcher. */
static int easter(int year)
{
    int a = year % 19, b = year / 100, c = year % 100;
    int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int m = (a + 11 * h + 22 * l) / 451;
    int sum = h + l - 7 * m + 114;
    return sum % 31 + 1 + (sum / 31 - 3) * 31;
}

static int days_of_easter(int year)
{
    struct tm march = {.tm_year = year - 1900, .tm_mon = 2, .tm_mday = easter(year)};
    return (int)(timegm(&march) / DAY);
}

/* A rule whose date lies in the window, in one of its forms; moved where it is observed. Returns that date. */
static int any_rule(bpo_terms *terms, const naive_window *w, const char *path, int index)
{
    struct tm date = date_after(w, (int)any(7));
    int to_easter = (int)(timegm(&date) / DAY) - days_of_easter(date.tm_year + 1900);
    int moved = (int)any(2);
    char text[64];
    switch (any(4)) {
    case 0:
        snprintf(text, sizeof text, "--%02d-%02d", date.tm_mon + 1, date.tm_mday);
        break;
    case 1:
        snprintf(text, sizeof text, "%s#%d of %s", days[date.tm_wday], (date.tm_mday + 6) / 7, months[date.tm_mon]);
        break;
    case 2:
        snprintf(text, sizeof text, "%s from --%02d-%02d", days[date.tm_wday], date.tm_mon + 1, date.tm_mday);
        break;
    default:
        snprintf(text, sizeof text, "easter%+d", to_easter);
        if (to_easter < -250 || to_easter > 250)
            snprintf(text, sizeof text, "--%02d-%02d", date.tm_mon + 1, date.tm_mday);
    }
    set(terms, text, "%s/holiday_rules/rule%d/rule", path, index);
    set(terms, moved ? "nearest_weekday" : "none", "%s/holiday_rules/rule%d/observed", path, index);
    if (moved && (date.tm_wday == 6 || date.tm_wday == 0)) {
        date.tm_mday += date.tm_wday == 6 ? -1 : 1;
        timegm(&date);
    }
    return number(date);
}

/* Hours of other weeks from a date on: to the naive calendar, of each single date. */
static void any_version(bpo_terms *terms, const naive_window *w, const char *path, naive_calendar *c)
{
    int first = 1 + (int)any(4);
    struct tm start = date_after(w, first);
    naive_hours week[7];
    char version[128];
    snprintf(version, sizeof version, "%s/versions/%04d-%02d-%02d", path, start.tm_year + 1900, start.tm_mon + 1,
             start.tm_mday);
    for (int i = 0; i < 7; i++)
        week[i] = any_hours(terms, version, i);
    for (int i = first; i <= 7; i++) {
        struct tm date = date_after(w, i);
        c->overrides[c->override_count] = week[date.tm_wday];
        c->overrides[c->override_count++].date = number(date);
    }
}

static naive_calendar any_calendar(bpo_terms *terms, const naive_window *w, const char *path)
{
    naive_calendar c = {0};
    for (int i = 0; i < 7; i++)
        c.week[i] = any_hours(terms, path, i);
    for (; c.holiday_count < 2 && any(2); c.holiday_count++)
        c.holidays[c.holiday_count] = any_rule(terms, w, path, c.holiday_count);
    if (any(2))
        any_version(terms, w, path, &c);
    c.holidays_by_shift_start = (int)any(2);
    set(terms, c.holidays_by_shift_start ? "shift_start" : "civil", "%s/scope", path);
    set(terms, "true", "%s/may_be_empty", path);
    return c;
}

static void compare(const char *what, int64_t at, int64_t argument, int64_t expected, int64_t found)
{
    if (expected == NAIVE_NONE || expected == found || differences++ >= 20)
        return;
    printf("%s(%lld, %lld) is %lld, not %lld\n", what, (long long)at, (long long)argument, (long long)expected,
           (long long)found);
}

static void ask(const naive_window *w, const bpo_calendar *calendar)
{
    int64_t from = (w->first + (int64_t)any(WINDOW)) * SECOND;
    int64_t until = (w->first + (int64_t)any(WINDOW)) * SECOND;
    int64_t open = naive_between(w, from, until);
    int64_t found = -1;
    int is_open = -1;
    bpo_calendar_between(calendar, from, until, &found, NULL);
    compare("between", from, until, open, found);
    bpo_calendar_add(calendar, from, open, BPO_LANDING_EARLIEST, &found, NULL);
    compare("add earliest", from, open, naive_add(w, from, open, 0), found);
    bpo_calendar_add(calendar, from, open, BPO_LANDING_LATEST, &found, NULL);
    compare("add latest", from, open, naive_add(w, from, open, 1), found);
    bpo_calendar_is_open(calendar, from, &is_open, NULL);
    compare("is_open", from, 0, naive_is_open(w, from), is_open);
    bpo_calendar_next_close(calendar, from, &found, NULL);
    compare("next_close", from, 0, naive_next_close(w, from), found);
}

static void ask_named(bpo_context *context, const bpo_terms *terms, const char *name, const naive_window *w)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_calendar *calendar = NULL;
    if (bpo_calendar_new_named(context, terms, name, &calendar, &err) != BPO_OK) {
        differences++;
        printf("%s: %s\n", err.path, err.message);
        return;
    }
    for (int i = 0; i < QUESTIONS; i++)
        ask(w, calendar);
    bpo_calendar_unref(calendar);
}

static void try_one(bpo_context *context, naive_window *members, naive_window *all)
{
    bpo_terms *terms = NULL;
    int is_union = (int)any(2);
    int has_minus = (int)any(2);
    bpo_terms_new(context, &terms, NULL);
    all->first = ((int64_t)any(110 * 366) - 20 * 366) * DAY + (int64_t)any(DAY);
    for (int i = 0; i < MEMBERS; i++) {
        const char *zone = zones[any(sizeof zones / sizeof zones[0])];
        char path[] = "/calendars/member0";
        path[strlen(path) - 1] = (char)('0' + i);
        set(terms, zone, "%s/time_zone", path);
        members[i].first = all->first;
        naive_calendar c = any_calendar(terms, all, path);
        setenv("TZ", zone, 1);
        tzset();
        naive_window_fill(&members[i], &c);
        ask_named(context, terms, path + strlen("/calendars/"), &members[i]);
    }
    set(terms, "member0, member1", "/calendars/all/%s", is_union ? "union" : "intersection");
    set(terms, "UTC", "/calendars/all/time_zone");
    set(terms, "true", "/calendars/all/may_be_empty");
    if (has_minus)
        set(terms, "member2", "/calendars/all/minus");
    for (int64_t i = 0; i < WINDOW; i++) {
        unsigned char a = members[0].open[i], b = members[1].open[i];
        all->open[i] = (unsigned char)((is_union ? a | b : a & b) & !(has_minus && members[2].open[i]));
    }
    ask_named(context, terms, "all", all);
    bpo_terms_unref(terms);
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 20;
    bpo_host host = test_host();
    bpo_context *context = NULL;
    naive_window windows[MEMBERS + 1];
    random_state = argc > 2 ? strtoull(argv[2], NULL, 10) : (uint64_t)time(NULL) * 2654435761u;
    printf("seed %llu\n", (unsigned long long)random_state);
    for (int i = 0; i <= MEMBERS; i++) {
        windows[i].count = WINDOW;
        windows[i].open = malloc(WINDOW);
        if (windows[i].open == NULL)
            return 2;
    }
    if (bpo_context_new(&host, &context, NULL) != BPO_OK)
        return 2;
    for (int i = 0; i < rounds; i++)
        try_one(context, windows, &windows[MEMBERS]);
    printf("%d rounds, %d questions each, %d differences\n", rounds, (MEMBERS + 1) * QUESTIONS * 5, differences);
    for (int i = 0; i <= MEMBERS; i++)
        free(windows[i].open);
    bpo_context_unref(context);
    return differences > 0;
}
