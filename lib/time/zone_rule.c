/* SPDX-License-Identifier: Apache-2.0 */
/* POSIX TZ strings: reading one, and when its daylight saving begins and ends in a year.
 *
 * The law is RFC 9636, section 3.3.1: the time of a change is -167 to 167 hours from 00:00, so it may lie on another
 * date or in another year; daylight saving all year is one that ends where that of the next year begins. */
#include "time/zone_rule.h"
#include "time/civil.h"

#define HOUR_SECONDS   3600
#define MINUTE_SECONDS 60
#define DAY_SECONDS    86400
#define OFFSET_HOURS_MOST 24
#define CHANGE_HOURS_MOST 167
#define CHANGE_DEFAULT    (2 * HOUR_SECONDS)

typedef struct scan {
    bpo__text text;
    size_t at;
} scan;

static char peek(const scan *s)
{
    return s->at < s->text.size ? s->text.data[s->at] : '\0';
}

static bool skip(scan *s, char c)
{
    if (peek(s) != c)
        return false;
    s->at++;
    return true;
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* EST or <-03>: at least three characters, which say nothing to us. */
static bool read_name(scan *s)
{
    bool quoted = skip(s, '<');
    size_t start = s->at;
    while (is_letter(peek(s)) || (quoted && (is_digit(peek(s)) || peek(s) == '+' || peek(s) == '-')))
        s->at++;
    return s->at - start >= 3 && (!quoted || skip(s, '>'));
}

/* 1 to 3 digits, least..most. */
static bool read_number(scan *s, int32_t least, int32_t most, int32_t *ret_value)
{
    int32_t value = 0;
    size_t start = s->at;
    for (; is_digit(peek(s)) && s->at - start < 3; s->at++)
        value = value * 10 + (peek(s) - '0');
    *ret_value = value;
    return s->at > start && value >= least && value <= most;
}

/* [+-]hh[:mm[:ss]] in seconds. */
static bool read_time(scan *s, int32_t hours_most, int32_t *ret_seconds)
{
    int32_t hours;
    int32_t minutes = 0;
    int32_t seconds = 0;
    bool negative = skip(s, '-');
    if (!negative)
        skip(s, '+');
    if (!read_number(s, 0, hours_most, &hours))
        return false;
    if (skip(s, ':')) {
        if (!read_number(s, 0, 59, &minutes) || (skip(s, ':') && !read_number(s, 0, 59, &seconds)))
            return false;
    }
    *ret_seconds = hours * HOUR_SECONDS + minutes * MINUTE_SECONDS + seconds;
    if (negative)
        *ret_seconds = -*ret_seconds;
    return true;
}

static bool read_weekday_date(scan *s, bpo__rule_date *date)
{
    return read_number(s, 1, 12, &date->month) && skip(s, '.') && read_number(s, 1, 5, &date->week) && skip(s, '.') &&
           read_number(s, 0, 6, &date->weekday);
}

/* ,date[/time] */
static bool read_change(scan *s, bpo__rule_date *ret_date)
{
    bpo__rule_date date = {BPO__RULE_DAY_ZERO, 0, 0, 0, 0, CHANGE_DEFAULT};
    bool read;
    if (!skip(s, ','))
        return false;
    if (skip(s, 'M')) {
        date.kind = BPO__RULE_DAY_WEEKDAY;
        read = read_weekday_date(s, &date);
    } else if (skip(s, 'J')) {
        date.kind = BPO__RULE_DAY_JULIAN;
        read = read_number(s, 1, 365, &date.day);
    } else {
        read = read_number(s, 0, 365, &date.day);
    }
    if (!read || (skip(s, '/') && !read_time(s, CHANGE_HOURS_MOST, &date.second)))
        return false;
    *ret_date = date;
    return true;
}

/* Everything behind the name of daylight saving time. */
static bool read_daylight(scan *s, bpo__zone_rule *rule)
{
    int32_t west;
    rule->has_daylight = true;
    rule->daylight = rule->standard + HOUR_SECONDS;
    if (peek(s) != ',') {
        if (!read_time(s, OFFSET_HOURS_MOST, &west))
            return false;
        rule->daylight = -west;
    }
    return read_change(s, &rule->starts) && read_change(s, &rule->ends);
}

bool bpo__zone_rule_parse(bpo__text text, bpo__zone_rule *ret_rule)
{
    scan s = {text, 0};
    bpo__zone_rule rule = {0};
    int32_t west;
    if (!read_name(&s) || !read_time(&s, OFFSET_HOURS_MOST, &west))
        return false;
    rule.standard = -west;
    if (s.at < text.size && (!read_name(&s) || !read_daylight(&s, &rule)))
        return false;
    if (s.at != text.size)
        return false;
    *ret_rule = rule;
    return true;
}

/* The week-th weekday of a month; week 5 is the last. */
static int32_t weekday_date(const bpo__rule_date *date, int32_t year)
{
    int32_t first = bpo__days_of_civil(year, date->month, 1);
    int32_t sunday_based = bpo__weekday_of_days(first) % 7;
    int32_t day = (date->weekday - sunday_based + 7) % 7 + 7 * (date->week - 1);
    if (day >= bpo__month_length(year, date->month))
        day -= 7;
    return first + day;
}

static int32_t date_in(const bpo__rule_date *date, int32_t year)
{
    int32_t first = bpo__days_of_civil(year, 1, 1);
    switch (date->kind) {
    case BPO__RULE_DAY_WEEKDAY:
        return weekday_date(date, year);
    case BPO__RULE_DAY_JULIAN:
        return first + date->day - 1 + (bpo__is_leap_year(year) && date->day >= 60);
    case BPO__RULE_DAY_ZERO:
    default:
        return first + date->day;
    }
}

/* A change of offset by the rule. */
typedef struct change {
    int64_t at;
    int32_t offset;
} change;

static change starts_in(const bpo__zone_rule *rule, int32_t year)
{
    int64_t day = date_in(&rule->starts, year);
    change c = {day * DAY_SECONDS + rule->starts.second - rule->standard, rule->daylight};
    return c;
}

static change ends_in(const bpo__zone_rule *rule, int32_t year)
{
    int64_t day = date_in(&rule->ends, year);
    change c = {day * DAY_SECONDS + rule->ends.second - rule->daylight, rule->standard};
    return c;
}

/* Puts a change in order of time, behind those of the same second. */
static void insert(change *changes, size_t count, change c)
{
    for (; count > 0 && changes[count - 1].at > c.at; count--)
        changes[count] = changes[count - 1];
    changes[count] = c;
}

/* The changes of the years around one, in order of time. Where one year's end meets the next year's start, the start
 * stands last and so decides: daylight saving all year. */
#define YEARS_AROUND 4
static void changes_around(const bpo__zone_rule *rule, int32_t year, change *ret_changes)
{
    for (int32_t i = 0; i < YEARS_AROUND; i++)
        insert(ret_changes, (size_t)i, ends_in(rule, year - 2 + i));
    for (int32_t i = 0; i < YEARS_AROUND; i++)
        insert(ret_changes, (size_t)(YEARS_AROUND + i), starts_in(rule, year - 2 + i));
}

bpo__zone_span bpo__zone_rule_span(const bpo__zone_rule *rule, int64_t second)
{
    change changes[2 * YEARS_AROUND];
    int64_t days = second / DAY_SECONDS - (second % DAY_SECONDS < 0);
    changes_around(rule, bpo__civil_of_days((int32_t)days).year, changes);
    bpo__zone_span span = {INT64_MIN, INT64_MAX, rule->standard};
    for (size_t i = 0; i < 2 * YEARS_AROUND; i++) {
        if (changes[i].at > second) {
            span.until = changes[i].at;
            break;
        }
        span.from = changes[i].at;
        span.offset = changes[i].offset;
    }
    return span;
}
