/* SPDX-License-Identifier: Apache-2.0 */
/* The definition, word by word. */
#define _GNU_SOURCE
#include "naive_calendar.h"
#include <time.h>

#define SECOND 1000000
#define DAY    86400

/* A date as it stands on the calendar on the wall. */
typedef struct wall_date {
    int year, month, day, weekday;
} wall_date;

static int number(wall_date d)
{
    return d.year * 10000 + d.month * 100 + d.day;
}

static int days_in_month(int year, int month)
{
    if (month == 2)
        return year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static wall_date day_before(wall_date d)
{
    d.weekday = (d.weekday + 6) % 7;
    if (--d.day > 0)
        return d;
    if (--d.month == 0) {
        d.month = 12;
        d.year--;
    }
    d.day = days_in_month(d.year, d.month);
    return d;
}

static wall_date day_after(wall_date d)
{
    d.weekday = (d.weekday + 1) % 7;
    if (++d.day <= days_in_month(d.year, d.month))
        return d;
    d.day = 1;
    if (++d.month == 13) {
        d.month = 1;
        d.year++;
    }
    return d;
}

static int is_holiday(const naive_calendar *c, wall_date d)
{
    for (int i = 0; i < c->holiday_count; i++)
        if (c->holidays[i] == number(d) || c->holidays[i] == number(d) % 10000)
            return 1;
    return 0;
}

static const naive_hours *listed(const naive_hours *list, int count, wall_date d)
{
    for (int i = 0; i < count; i++)
        if (list[i].date == number(d))
            return &list[i];
    return 0;
}

/* Whether the date is a holiday that no override beats. */
static int is_kept_holiday(const naive_calendar *c, wall_date d)
{
    int overridden = listed(c->overrides, c->override_count, d) != 0;
    return is_holiday(c, d) && !(overridden && c->override_beats_holiday);
}

/* Whether a shift that starts on the date holds a second counted from the date's 00:00. */
static int in_shift(const naive_calendar *c, wall_date d, int second)
{
    const naive_hours *override = listed(c->overrides, c->override_count, d);
    const naive_hours *hours = override ? override : &c->week[d.weekday];
    if (c->holidays_by_shift_start && is_kept_holiday(c, d))
        return 0;
    for (int i = 0; i < hours->count; i++)
        if (second >= hours->ranges[i].from && second < hours->ranges[i].until)
            return 1;
    return 0;
}

static int is_open(const naive_calendar *c, wall_date d, int second)
{
    const naive_hours *closures = listed(c->closures, c->closure_count, d);
    if (!c->holidays_by_shift_start && is_kept_holiday(c, d))
        return 0;
    for (int i = 0; closures && i < closures->count; i++)
        if (second >= closures->ranges[i].from && second < closures->ranges[i].until)
            return 0;
    return in_shift(c, d, second) || in_shift(c, day_before(d), second + DAY);
}

void naive_window_fill(naive_window *window, const naive_calendar *calendar)
{
    for (int64_t i = 0; i < window->count; i++) {
        time_t t = (time_t)(window->first + i);
        struct tm wall;
        localtime_r(&t, &wall);
        wall_date d = {wall.tm_year + 1900, wall.tm_mon + 1, wall.tm_mday, wall.tm_wday};
        window->open[i] = (unsigned char)is_open(calendar, d, wall.tm_hour * 3600 + wall.tm_min * 60 + wall.tm_sec);
    }
}

static int64_t floor_second(int64_t at)
{
    return at / SECOND - (at % SECOND < 0);
}

/* 1, 0, or -1 outside the window. */
static int second_is_open(const naive_window *w, int64_t second)
{
    return second < w->first || second >= w->first + w->count ? -1 : w->open[second - w->first];
}

int naive_is_open(const naive_window *window, int64_t at)
{
    return second_is_open(window, floor_second(at));
}

int64_t naive_between(const naive_window *window, int64_t from, int64_t until)
{
    int64_t sum = 0;
    if (until < from)
        return -naive_between(window, until, from);
    for (int64_t s = floor_second(from); s * SECOND < until; s++) {
        int64_t begin = s * SECOND < from ? from : s * SECOND;
        int64_t end = (s + 1) * SECOND > until ? until : (s + 1) * SECOND;
        if (second_is_open(window, s) == 1)
            sum += end - begin;
    }
    return sum;
}

int64_t naive_next_open(const naive_window *window, int64_t at)
{
    int64_t s = floor_second(at);
    if (second_is_open(window, s) == 1)
        return at;
    while (second_is_open(window, s) == 0)
        s++;
    return second_is_open(window, s) == 1 ? s * SECOND : NAIVE_NONE;
}

/* The latest instant not after `at` just before which it is open. */
int64_t naive_prev_close(const naive_window *window, int64_t at)
{
    int64_t s = floor_second(at - 1);
    if (second_is_open(window, s) == 1)
        return at;
    while (second_is_open(window, s) == 0)
        s--;
    return second_is_open(window, s) == 1 ? (s + 1) * SECOND : NAIVE_NONE;
}

int64_t naive_next_opening(const naive_window *window, int64_t at)
{
    int64_t s = floor_second(at);
    while (second_is_open(window, s) == 1)
        s++;
    while (second_is_open(window, s) == 0)
        s++;
    return second_is_open(window, s) == 1 ? s * SECOND : NAIVE_NONE;
}

int64_t naive_next_close(const naive_window *window, int64_t at)
{
    int64_t open = naive_next_open(window, at);
    if (open == NAIVE_NONE)
        return NAIVE_NONE;
    int64_t s = floor_second(open);
    while (second_is_open(window, s) == 1)
        s++;
    return second_is_open(window, s) == 0 ? s * SECOND : NAIVE_NONE;
}

static int64_t go_forward(const naive_window *window, int64_t at, int64_t open)
{
    while (open > 0) {
        int64_t s = floor_second(at);
        int64_t rest = (s + 1) * SECOND - at;
        int state = second_is_open(window, s);
        if (state < 0)
            return NAIVE_NONE;
        int64_t step = state && open < rest ? open : rest;
        at += step;
        open -= state ? step : 0;
    }
    return at;
}

static int64_t go_back(const naive_window *window, int64_t at, int64_t open)
{
    while (open > 0) {
        int64_t s = floor_second(at - 1);
        int64_t rest = at - s * SECOND;
        int state = second_is_open(window, s);
        if (state < 0)
            return NAIVE_NONE;
        int64_t step = state && open < rest ? open : rest;
        at -= step;
        open -= state ? step : 0;
    }
    return at;
}

int64_t naive_add(const naive_window *window, int64_t from, int64_t open, int latest)
{
    if (open == 0)
        return naive_next_open(window, from);
    int64_t at = open > 0 ? go_forward(window, from, open) : go_back(window, from, -open);
    if (at == NAIVE_NONE || !latest)
        return at;
    return open > 0 ? naive_next_open(window, at) : naive_prev_close(window, at);
}

/* --- reasons ------------------------------------------------------------------------------------------------------ */

static wall_date wall_of(int64_t second, int *ret_of_day)
{
    time_t t = (time_t)second;
    struct tm wall;
    localtime_r(&t, &wall);
    wall_date d = {wall.tm_year + 1900, wall.tm_mon + 1, wall.tm_mday, wall.tm_wday};
    *ret_of_day = wall.tm_hour * 3600 + wall.tm_min * 60 + wall.tm_sec;
    return d;
}

int naive_reason(const naive_calendar *c, int64_t second)
{
    int of_day;
    wall_date d = wall_of(second, &of_day);
    naive_calendar without = *c;
    if (is_open(c, d, of_day))
        return NAIVE_OPEN;
    if (is_kept_holiday(c, d))
        return NAIVE_HOLIDAY;
    without.holiday_count = 0;
    int took_tail = c->holidays_by_shift_start && is_kept_holiday(c, day_before(d)) &&
                    in_shift(&without, day_before(d), of_day + DAY);
    return took_tail ? NAIVE_HOLIDAY : NAIVE_CLOSED;
}

/* What the wall shows, as seconds of a clock that never jumps. */
static int64_t reading(int64_t second)
{
    time_t t = (time_t)second;
    struct tm wall;
    localtime_r(&t, &wall);
    return (int64_t)timegm(&wall);
}

int naive_clock_change(int64_t second)
{
    return (int)(reading(second) - reading(second - 1) - 1);
}

/* --- working dates ------------------------------------------------------------------------------------------------ */

static const naive_hours *shifts(const naive_calendar *c, wall_date d)
{
    const naive_hours *override = listed(c->overrides, c->override_count, d);
    return override ? override : &c->week[d.weekday];
}

static int is_working(const naive_calendar *c, wall_date d)
{
    return shifts(c, d)->count > 0 && !is_kept_holiday(c, d);
}

/* The first instant that shows a reading; one that is skipped goes on with the clock from before the gap. Clocks are
 * changed at whole minutes. */
static int64_t landing(wall_date d, int of_day)
{
    struct tm wall = {0};
    wall.tm_year = d.year - 1900;
    wall.tm_mon = d.month - 1;
    wall.tm_mday = d.day;
    int64_t target = (int64_t)timegm(&wall) + of_day;
    int64_t minute = (target - target % 60) - 27 * 3600;
    for (;; minute += 60) {
        int64_t shown = reading(minute);
        if (shown <= target && (target < shown + 60 || reading(minute + 60) > target))
            return (minute + target - shown) * SECOND;
    }
}

/* Moves to the next working date; 0 where ten years have none. */
static int go_to_working_date(const naive_calendar *c, wall_date *d, int back)
{
    for (int passed = 0; passed < 3653; passed++) {
        *d = back ? day_before(*d) : day_after(*d);
        if (is_working(c, *d))
            return 1;
    }
    return 0;
}

int64_t naive_add_days(const naive_calendar *c, int64_t from, int days, naive_days_options options)
{
    int of_day;
    wall_date d = wall_of(floor_second(from), &of_day);
    int must_work = days == 0 ? options.end_of_day : options.snap_origin;
    if (must_work && !is_working(c, d) && !go_to_working_date(c, &d, days < 0))
        return NAIVE_NONE;
    for (int left = days < 0 ? -days : days; left > 0; left--)
        if (!go_to_working_date(c, &d, days < 0))
            return NAIVE_NONE;
    if (!options.end_of_day)
        return landing(d, of_day) + (from - floor_second(from) * SECOND);
    int end = 0;
    for (int i = 0; i < shifts(c, d)->count; i++)
        end = shifts(c, d)->ranges[i].until > end ? shifts(c, d)->ranges[i].until : end;
    return landing(end >= DAY ? day_after(d) : d, end % DAY);
}

int naive_count_days(const naive_calendar *c, int64_t from, int64_t until, int inclusive)
{
    int of_day;
    int count = 0;
    wall_date d = wall_of(floor_second(from), &of_day);
    wall_date last = wall_of(floor_second(until), &of_day);
    if (number(last) < number(d))
        return -naive_count_days(c, until, from, inclusive);
    for (int first = 1; number(d) <= number(last); d = day_after(d), first = 0)
        count += is_working(c, d) && (inclusive || !first);
    return count;
}
