/* SPDX-License-Identifier: Apache-2.0 */
/* Random calendars by their terms (rules for holidays, versions, union, intersection, difference, each member in
 * a zone of its own) against the naive definition.
 *
 *     algebra-differential [ROUNDS [SEED]]
 *
 * What the terms say by a rule or a version, the naive calendar has date by date; seconds and dates are combined one by
 * one. */
#define _GNU_SOURCE
#include "../support/host.h"
#include "naive_joint.h"
#include <bpo/bpo.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define SECOND 1000000
#define DAY 86400
#define WINDOW (6 * DAY)
#define QUESTIONS 100
#define HOLIDAYS 2         /* of each calendar */
#define EXPLAINED (2 * DAY) /* seconds */

/* Calendars with hours of their own, one made from the first two, and one made from that and the third. */
enum { MEMBERS = 3, ALL = MEMBERS, NESTED, CALENDARS };

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

/* A rule whose date lies in the window, in one of its forms; moved where it is observed. It is called by the holiday's
 * number. Returns that date. */
static int any_rule(bpo_terms *terms, const naive_window *w, const char *path, int index, int holiday)
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
    snprintf(text, sizeof text, "%d", holiday);
    set(terms, text, "%s/holiday_rules/rule%d/title", path, index);
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

/* Its first holiday has the number `first`. */
static naive_calendar any_calendar(bpo_terms *terms, const naive_window *w, const char *path, int first)
{
    naive_calendar c = {0};
    for (int i = 0; i < 7; i++)
        c.week[i] = any_hours(terms, path, i);
    for (; c.holiday_count < HOLIDAYS && any(2); c.holiday_count++)
        c.holidays[c.holiday_count] = any_rule(terms, w, path, c.holiday_count, first + c.holiday_count);
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

/* Within the window, for there alone the naive calendars know everything. */
static void ask_days(const naive_window *w, const naive_joint *joint, const bpo_calendar *calendar)
{
    int64_t from = (w->first + (int64_t)any(WINDOW)) * SECOND + (int64_t)any(SECOND);
    int64_t until = (w->first - 20 * DAY + (int64_t)any(20 * DAY + WINDOW)) * SECOND;
    int count = (int)any(16) - 10;
    naive_days_options options = {(int)any(2), (int)any(2)};
    bpo_days_options flags = (options.snap_origin ? BPO_DAYS_SNAP_ORIGIN : 0u) |
                             (options.end_of_day ? BPO_DAYS_END_OF_DAY : 0u);
    int inclusive = (int)any(2);
    int64_t found = -1;
    bpo_calendar_add_days(calendar, from, count, flags, &found, NULL);
    compare(options.end_of_day ? "add_days to the end" : "add_days", from, count,
            naive_joint_add_days(joint, from, count, options), found);
    bpo_calendar_count_days(calendar, from, until, inclusive ? BPO_DAYS_INCLUSIVE : BPO_DAYS_EXCLUDE_START, &found,
                            NULL);
    compare(inclusive ? "count_days, inclusive" : "count_days", from, until,
            naive_joint_count_days(joint, from, until, inclusive), found);
}

/* What the naive definition has a number for. */
static int64_t reason_of(const bpo_interval *i)
{
    if (i->kind == BPO_INTERVAL_HOLIDAY)
        return NAIVE_FIRST_HOLIDAY + atoi(i->name);
    if (strcmp(i->name, i->kind == BPO_INTERVAL_EXCLUDED ? "member2" : "") != 0)
        return -1;
    return i->kind;
}

/* Each second of [from, from + EXPLAINED) has the reason that the naive definition gives it, each change of the clock
 * in the calendar's own zone is told, and no stretch is cut without need. */
static void ask_reasons(const naive_window *w, const naive_joint *joint, int64_t from, const unsigned char *reasons,
                        const bpo_calendar *calendar)
{
    bpo_intervals *list = NULL;
    bpo_interval interval = BPO_INTERVAL_INIT;
    int64_t second = from, sum = 0, last = -1;
    int told = 0; /* the change of the clock that was told of the second */
    setenv("TZ", joint->zone, 1);
    tzset();
    bpo_intervals_new(calendar, from * SECOND, (from + EXPLAINED) * SECOND, BPO_INTERVALS_EXPLAINED, &list, NULL);
    while (bpo_intervals_next(list, &interval, NULL) == BPO_OK) {
        compare("explanation's start", from, 0, second * SECOND, interval.from);
        compare("explanation's cut", second, 0, 0, reason_of(&interval) == last);
        last = reason_of(&interval);
        told += interval.clock_change_seconds;
        for (; second * SECOND < interval.until && second < from + EXPLAINED; second++, told = 0) {
            compare("reason", second, 0, reasons[second - from], last);
            compare("clock change", second, 0, naive_clock_change(second), told);
        }
        sum += interval.open;
    }
    bpo_intervals_unref(list);
    compare("explanation's end", from, 0, from + EXPLAINED, second);
    compare("explanation's sum", from, 0, naive_between(w, from * SECOND, (from + EXPLAINED) * SECOND), sum);
}

static void ask_named(bpo_context *context, const bpo_terms *terms, const char *name, const naive_window *w,
                      const naive_joint *joint, int64_t explained, const unsigned char *reasons)
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
    for (int i = 0; i < QUESTIONS; i++)
        ask_days(w, joint, calendar);
    ask_reasons(w, joint, explained, reasons, calendar);
    bpo_calendar_unref(calendar);
}

static const char *any_zone(void)
{
    return zones[any(sizeof zones / sizeof zones[0])];
}

/* The terms of a calendar made from two others and, unless NULL, without a third; in a zone of its own. */
static naive_joint any_combination(bpo_terms *terms, const char *name, const char *list, const char *minus)
{
    naive_joint joint = {0};
    joint.zone = any_zone();
    joint.is_union = (int)any(2);
    set(terms, list, "/calendars/%s/%s", name, joint.is_union ? "union" : "intersection");
    set(terms, joint.zone, "/calendars/%s/time_zone", name);
    set(terms, "true", "/calendars/%s/may_be_empty", name);
    if (minus)
        set(terms, minus, "/calendars/%s/minus", name);
    return joint;
}

static void combine(naive_joint *joint, const naive_joint *a, const naive_joint *b, int64_t last_day)
{
    joint->members[0] = a;
    joint->members[1] = b;
    joint->count = 2;
    joint->last_day = last_day;
}

static void combine_seconds(const naive_joint *joint, const naive_window *a, const naive_window *b,
                            const naive_window *minus, naive_window *into)
{
    into->first = a->first;
    for (int64_t i = 0; i < WINDOW; i++) {
        int open = joint->is_union ? a->open[i] | b->open[i] : a->open[i] & b->open[i];
        into->open[i] = (unsigned char)(open && !(minus && minus->open[i]));
    }
}

/* The reasons of all calendars for a part of the window, which it returns the start of. */
static int64_t fill_reasons(const naive_joint *joints, const naive_window *w, int has_minus,
                            unsigned char (*reasons)[EXPLAINED])
{
    int64_t from = w->first + (int64_t)any(WINDOW - EXPLAINED);
    for (int i = 0; i < MEMBERS; i++)
        naive_joint_own_reasons(&joints[i], HOLIDAYS * i, from, EXPLAINED, reasons[i]);
    naive_joint_reasons(joints[ALL].is_union, reasons[0], reasons[1], has_minus ? reasons[2] : NULL, EXPLAINED,
                        reasons[ALL]);
    naive_joint_reasons(joints[NESTED].is_union, reasons[ALL], reasons[2], NULL, EXPLAINED, reasons[NESTED]);
    return from;
}

static void try_one(bpo_context *context, naive_window *windows)
{
    static unsigned char reasons[CALENDARS][EXPLAINED];
    static const char *const names[CALENDARS] = {"member0", "member1", "member2", "all", "nested"};
    naive_calendar calendars[MEMBERS];
    naive_joint joints[CALENDARS] = {0};
    bpo_terms *terms = NULL;
    int has_minus = (int)any(2);
    int64_t first = ((int64_t)any(110 * 366) - 20 * 366) * DAY + (int64_t)any(DAY);
    int64_t last_day = first / DAY - (first % DAY < 0) + 7;
    bpo_terms_new(context, &terms, NULL);
    for (int i = 0; i < MEMBERS; i++) {
        char path[64];
        snprintf(path, sizeof path, "/calendars/%s", names[i]);
        joints[i].zone = any_zone();
        joints[i].last_day = last_day;
        set(terms, joints[i].zone, "%s/time_zone", path);
        windows[i].first = first;
        calendars[i] = any_calendar(terms, &windows[i], path, HOLIDAYS * i);
        joints[i].own = &calendars[i];
        setenv("TZ", joints[i].zone, 1);
        tzset();
        naive_window_fill(&windows[i], &calendars[i]);
    }
    joints[ALL] = any_combination(terms, names[ALL], "member0, member1", has_minus ? "member2" : NULL);
    joints[NESTED] = any_combination(terms, names[NESTED], "all, member2", NULL);
    combine(&joints[ALL], &joints[0], &joints[1], last_day);
    combine(&joints[NESTED], &joints[ALL], &joints[2], last_day);
    combine_seconds(&joints[ALL], &windows[0], &windows[1], has_minus ? &windows[2] : NULL, &windows[ALL]);
    combine_seconds(&joints[NESTED], &windows[ALL], &windows[2], NULL, &windows[NESTED]);
    int64_t explained = fill_reasons(joints, &windows[0], has_minus, reasons);
    for (int i = 0; i < CALENDARS; i++)
        ask_named(context, terms, names[i], &windows[i], &joints[i], explained, reasons[i]);
    bpo_terms_unref(terms);
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 20;
    bpo_host host = test_host();
    bpo_context *context = NULL;
    naive_window windows[CALENDARS];
    random_state = argc > 2 ? strtoull(argv[2], NULL, 10) : (uint64_t)time(NULL) * 2654435761u;
    printf("seed %llu\n", (unsigned long long)random_state);
    for (int i = 0; i < CALENDARS; i++) {
        windows[i].count = WINDOW;
        windows[i].step = 1;
        windows[i].open = malloc(WINDOW);
        if (windows[i].open == NULL)
            return 2;
    }
    if (bpo_context_new(&host, &context, NULL) != BPO_OK)
        return 2;
    for (int i = 0; i < rounds; i++)
        try_one(context, windows);
    printf("%d rounds, %d questions each, %d differences\n", rounds, CALENDARS * (QUESTIONS * 7 + 1), differences);
    for (int i = 0; i < CALENDARS; i++)
        free(windows[i].open);
    bpo_context_unref(context);
    return differences > 0;
}
