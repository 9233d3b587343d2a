/* SPDX-License-Identifier: Apache-2.0 */
/* The definition, word by word. */
#define _GNU_SOURCE
#include "naive_calendar.h"
#include "naive_stack.h"
#include <stdlib.h>
#include <string.h>
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

/* What holds on a date. */
static const naive_calendar *on(const naive_calendar *c, wall_date d)
{
    return c->stack ? naive_stack_on(c->stack, number(d), d.weekday) : c;
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
static int is_kept_holiday(const naive_calendar *calendar, wall_date d)
{
    const naive_calendar *c = on(calendar, d);
    int overridden = listed(c->overrides, c->override_count, d) != 0;
    return is_holiday(c, d) && !(overridden && c->override_beats_holiday);
}

/* The hours of the shifts that start on the date if it is no holiday. */
static const naive_hours *shifts(const naive_calendar *calendar, wall_date d)
{
    const naive_calendar *c = on(calendar, d);
    const naive_hours *override = listed(c->overrides, c->override_count, d);
    return override ? override : &c->week[d.weekday];
}

static int is_within(const naive_hours *hours, int second)
{
    for (int i = 0; i < hours->count; i++)
        if (second >= hours->ranges[i].from && second < hours->ranges[i].until)
            return 1;
    return 0;
}

/* Whether a shift that starts on the date holds a second counted from the date's 00:00. */
static int in_shift(const naive_calendar *c, wall_date d, int second)
{
    if (on(c, d)->holidays_by_shift_start && is_kept_holiday(c, d))
        return 0;
    return is_within(shifts(c, d), second);
}

static int is_open(const naive_calendar *c, wall_date d, int second)
{
    const naive_calendar *today = on(c, d);
    const naive_hours *closures = listed(today->closures, today->closure_count, d);
    if (!today->holidays_by_shift_start && is_kept_holiday(c, d))
        return 0;
    if (closures && is_within(closures, second))
        return 0;
    return in_shift(c, d, second) || in_shift(c, day_before(d), second + DAY);
}

/* --- the clock on the wall ---------------------------------------------------------------------------------------- */

#define HOUR 3600

static long asked_offset(int64_t second)
{
    time_t t = (time_t)second;
    struct tm wall;
    localtime_r(&t, &wall);
    return wall.tm_gmtoff;
}

/* What was asked of the clock last. */
typedef struct wall_clock {
    int is_asked;
    int64_t hour;
    long offset, offset_at_end;
} wall_clock;

/* How far the clock is ahead of UTC. It is asked at both ends of an hour; within one it is not changed and changed
 * back. */
static long offset_by(wall_clock *clock, int64_t second)
{
    int64_t hour = second / HOUR - (second % HOUR < 0);
    if (!clock->is_asked || clock->hour != hour) {
        int is_next = clock->is_asked && clock->hour == hour - 1;
        clock->offset = is_next ? clock->offset_at_end : asked_offset(hour * HOUR);
        clock->offset_at_end = asked_offset((hour + 1) * HOUR);
        clock->hour = hour;
        clock->is_asked = 1;
    }
    return clock->offset == clock->offset_at_end ? clock->offset : asked_offset(second);
}

/* The same for questions in any order; TZ may have changed since the last. */
static long offset_at(int64_t second)
{
    static wall_clock clock;
    static char zone[64];
    const char *name = getenv("TZ");
    if (strcmp(zone, name) != 0) {
        clock.is_asked = 0;
        strncpy(zone, name, sizeof zone - 1);
    }
    return offset_by(&clock, second);
}

/* The date and second that a clock shows which is `offset` ahead; the date is looked up once a day. */
static wall_date date_by(int64_t second, long offset, int *ret_of_day)
{
    static wall_date date;
    static int64_t known = INT64_MIN;
    int64_t local = second + offset;
    int64_t day = local / DAY - (local % DAY < 0);
    if (day != known) {
        time_t t = (time_t)(day * DAY);
        struct tm wall;
        gmtime_r(&t, &wall);
        date = (wall_date){wall.tm_year + 1900, wall.tm_mon + 1, wall.tm_mday, wall.tm_wday};
        known = day;
    }
    *ret_of_day = (int)(local - day * DAY);
    return date;
}

static wall_date wall_of(int64_t second, int *ret_of_day)
{
    return date_by(second, offset_at(second), ret_of_day);
}

void naive_window_fill(naive_window *window, const naive_calendar *calendar)
{
    wall_clock clock = {0};
    for (int64_t i = 0; i < window->count; i++) {
        int64_t second = window->first + i * window->step;
        int of_day;
        wall_date d = date_by(second, offset_by(&clock, second), &of_day);
        if (of_day % window->step != 0 || offset_by(&clock, second + window->step - 1) != offset_by(&clock, second))
            abort(); /* the clock does not go by whole steps */
        window->open[i] = (unsigned char)is_open(calendar, d, of_day);
    }
}

/* --- reasons ------------------------------------------------------------------------------------------------------ */

/* Whether the second is closed because a holiday of scope shift_start took the night shift of the date before. */
static int is_lost_tail(const naive_calendar *c, wall_date d, int second)
{
    wall_date yesterday = day_before(d);
    return on(c, yesterday)->holidays_by_shift_start && is_kept_holiday(c, yesterday) &&
           is_within(shifts(c, yesterday), second + DAY);
}

int naive_reason(const naive_calendar *c, int64_t second)
{
    int of_day;
    wall_date d = wall_of(second, &of_day);
    if (is_open(c, d, of_day))
        return NAIVE_OPEN;
    return is_kept_holiday(c, d) || is_lost_tail(c, d, of_day) ? NAIVE_HOLIDAY : NAIVE_CLOSED;
}

int naive_holiday_tag(const naive_calendar *c, int64_t second)
{
    int of_day;
    wall_date d = wall_of(second, &of_day);
    return on(c, is_kept_holiday(c, d) ? d : day_before(d))->holiday_tag;
}

/* What the wall shows, as seconds of a clock that never jumps. */
static int64_t reading(int64_t second)
{
    return second + offset_at(second);
}

int naive_clock_change(int64_t second)
{
    return (int)(reading(second) - reading(second - 1) - 1);
}

int64_t naive_first_change(const naive_window *window)
{
    int64_t end = window->first + window->count * window->step;
    for (int64_t hour = window->first; hour + HOUR < end; hour += HOUR)
        for (int64_t s = hour + 1; offset_at(hour) != offset_at(hour + HOUR) && s <= hour + HOUR; s++)
            if (naive_clock_change(s) != 0)
                return s;
    return NAIVE_NONE;
}

/* --- working dates ------------------------------------------------------------------------------------------------ */

static int64_t floor_second(int64_t at)
{
    return at / SECOND - (at % SECOND < 0);
}

static int is_working(const naive_calendar *c, wall_date d)
{
    return shifts(c, d)->count > 0 && !is_kept_holiday(c, d);
}

/* The first instant that shows a reading; one that is skipped goes on with the clock from before the gap. It is sought
 * minute by minute, and second by second in a minute within which the clock is changed. */
static int64_t landing(wall_date d, int of_day)
{
    struct tm wall = {0};
    wall.tm_year = d.year - 1900;
    wall.tm_mon = d.month - 1;
    wall.tm_mday = d.day;
    int64_t target = (int64_t)timegm(&wall) + of_day;
    int64_t second = (target - target % 60) - 27 * 3600;
    int64_t end_of_minute = second;
    for (int64_t step = 60;; second += step) {
        if (second == end_of_minute) {
            end_of_minute += 60;
            step = reading(end_of_minute) == reading(second) + 60 ? 60 : 1;
        }
        int64_t shown = reading(second);
        if (shown <= target && (target < shown + step || reading(second + step) > target))
            return (second + target - shown) * SECOND;
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
        return NAIVE_NEVER;
    for (int left = days < 0 ? -days : days; left > 0; left--)
        if (!go_to_working_date(c, &d, days < 0))
            return NAIVE_NEVER;
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
