/* SPDX-License-Identifier: Apache-2.0 */
/* A date is the holiday if some date that the rule names, moved as the rule says, is that date. */
#define _GNU_SOURCE
#include "naive_rule.h"
#include <time.h>

#define DAY       86400
#define MOVE_MOST 7

static naive_date date_of_day(long long day)
{
    time_t t = (time_t)(day * DAY);
    struct tm tm;
    gmtime_r(&t, &tm);
    naive_date date = {tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_wday};
    return date;
}

naive_date naive_date_after(int date, int days)
{
    struct tm tm = {.tm_year = date / 10000 - 1900, .tm_mon = date / 100 % 100 - 1, .tm_mday = date % 100 + days};
    long long second = (long long)timegm(&tm);
    return date_of_day(second / DAY - (second % DAY < 0));
}

int naive_date_number(naive_date date)
{
    return date.year * 10000 + date.month * 100 + date.day;
}

int naive_month_length(int year, int month)
{
    if (month == 2)
        return year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/* The rule of Butcher. */
int naive_easter(int year)
{
    int a = year % 19, b = year / 100, c = year % 100;
    int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int m = (a + 11 * h + 22 * l) / 451;
    int sum = h + l - 7 * m + 114;
    return year * 10000 + sum / 31 * 100 + sum % 31 + 1;
}

/* The rule of Meeus gives a date of the Julian calendar; its day number is that of any almanac. */
int naive_orthodox_easter(int year)
{
    int d = (19 * (year % 19) + 15) % 30;
    int e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
    int month = (d + e + 114) / 31;
    int day = (d + e + 114) % 31 + 1;
    int julian_day = 367 * year - 7 * (year + 5001 + (month - 9) / 7) / 4 + 275 * month / 9 + day + 1729777;
    return naive_date_number(date_of_day(julian_day - 2440588LL));
}

/* Whether a date is that of every year; a date that some years do not have is there the one after. */
static int is_anchor(const naive_rule *rule, naive_date date)
{
    if (rule->day > naive_month_length(date.year, rule->month))
        return date.month == rule->month + 1 && date.day == 1;
    return date.month == rule->month && date.day == rule->day;
}

/* The year whose anchor lies from `least` to `most` days after a date; 0 without one. */
static int year_of_anchor(const naive_rule *rule, naive_date date, int least, int most)
{
    for (int days = least; days <= most; days++) {
        naive_date other = naive_date_after(naive_date_number(date), days);
        if (is_anchor(rule, other))
            return other.year;
    }
    return 0;
}

/* The year of the rule of which this is the date before it is moved; 0 for none. */
static int year_of_base(const naive_rule *rule, naive_date d)
{
    int from_end = (naive_month_length(d.year, d.month) - d.day) / 7 + 1;
    int holds = 0;
    switch (rule->kind) {
    case NAIVE_RULE_DATE:
        holds = d.month == rule->month && d.day == rule->day;
        break;
    case NAIVE_RULE_EASTER:
        holds = naive_date_number(d) == naive_easter(d.year);
        break;
    case NAIVE_RULE_ORTHODOX_EASTER:
        holds = naive_date_number(d) == naive_orthodox_easter(d.year);
        break;
    case NAIVE_RULE_NTH:
        holds = d.month == rule->month && d.weekday == rule->weekday &&
                (rule->nth > 0 ? (d.day - 1) / 7 + 1 == rule->nth : from_end == -rule->nth);
        break;
    case NAIVE_RULE_FROM:
        return d.weekday == rule->weekday ? year_of_anchor(rule, d, -6, 0) : 0;
    case NAIVE_RULE_BEFORE:
        return d.weekday == rule->weekday ? year_of_anchor(rule, d, 1, 7) : 0;
    }
    return holds ? d.year : 0;
}

int naive_rule_holds(const naive_rule *rule, int date)
{
    int weekday = naive_date_after(date, 0).weekday;
    for (int moved = -MOVE_MOST; moved <= MOVE_MOST; moved++) {
        if (rule->moves[(weekday - moved + 2 * 7) % 7] != moved)
            continue;
        int year = year_of_base(rule, naive_date_after(date, -moved - rule->offset));
        if (year != 0 && (rule->from_year == 0 || year >= rule->from_year) &&
            (rule->to_year == 0 || year <= rule->to_year))
            return 1;
    }
    return 0;
}
