/* SPDX-License-Identifier: Apache-2.0 */
/* The definition of joint working dates, date by date. */
#define _GNU_SOURCE
#include "naive_joint.h"
#include <stdlib.h>
#include <time.h>

#define SECOND 1000000
#define DAY    86400
#define TEN_YEARS 3653 /* dates; without a working one it is never */

static void look_at_the_wall_of(const char *zone)
{
    setenv("TZ", zone, 1);
    tzset();
}

/* The day that the wall of TZ shows. */
static int64_t day_of(int64_t at)
{
    time_t t = (time_t)(at / SECOND - (at % SECOND < 0));
    struct tm wall;
    localtime_r(&t, &wall);
    return (int64_t)timegm(&wall) / DAY - (timegm(&wall) % DAY < 0);
}

static int works(const naive_joint *joint, int64_t day)
{
    if (joint->own) {
        int64_t noon = (day * DAY + DAY / 2) * SECOND;
        look_at_the_wall_of("UTC"); /* where each day has a noon */
        return naive_count_days(joint->own, noon, noon, 1);
    }
    int working = 0;
    for (int i = 0; i < joint->count; i++)
        working += works(joint->members[i], day);
    return joint->is_union ? working > 0 : working == joint->count;
}

/* When the last shift that a calendar with hours of its own starts on a day ends. */
static int64_t own_end(const naive_joint *joint, int64_t day)
{
    naive_days_options to_its_end = {0, 1};
    look_at_the_wall_of(joint->zone);
    for (int64_t at = (day - 2) * DAY; at < (day + 2) * DAY; at += 900)
        if (day_of(at * SECOND) == day)
            return naive_add_days(joint->own, at * SECOND, 0, to_its_end);
    return NAIVE_NONE; /* the zone skips the day */
}

/* A day that works. */
static int64_t end_of(const naive_joint *joint, int64_t day)
{
    int64_t end = NAIVE_NONE;
    if (joint->own)
        return own_end(joint, day);
    for (int i = 0; i < joint->count; i++) {
        if (!works(joint->members[i], day))
            continue;
        int64_t other = end_of(joint->members[i], day);
        if (other == NAIVE_NONE)
            return NAIVE_NONE;
        if (end == NAIVE_NONE || (joint->is_union && other > end) || (!joint->is_union && other < end))
            end = other;
    }
    return end;
}

int64_t naive_joint_add_days(const naive_joint *joint, int64_t from, int days, naive_days_options options)
{
    static const naive_calendar plain = {0};
    int direction = days < 0 ? -1 : 1;
    int left = days < 0 ? -days : days;
    naive_days_options keep_the_time = {0, 0};
    naive_calendar every_day = plain;
    look_at_the_wall_of(joint->zone);
    int64_t start = day_of(from);
    int64_t day = start;
    for (int i = 0; i < 7; i++)
        every_day.week[i].count = 1;
    if (days == 0 ? options.end_of_day : options.snap_origin)
        left += !works(joint, start);
    for (int passed = 0; left > 0; passed++) {
        day += direction;
        if (passed == TEN_YEARS)
            return NAIVE_NEVER;
        if (day > joint->last_day || day < start - 366)
            return NAIVE_NONE;
        if (works(joint, day)) {
            left--;
            passed = -1;
        }
    }
    if (options.end_of_day)
        return day > joint->last_day ? NAIVE_NONE : end_of(joint, day);
    look_at_the_wall_of(joint->zone);
    return naive_add_days(&every_day, from, (int)(day - start), keep_the_time);
}

int64_t naive_joint_count_days(const naive_joint *joint, int64_t from, int64_t until, int inclusive)
{
    int64_t count = 0;
    look_at_the_wall_of(joint->zone);
    int64_t day = day_of(from);
    int64_t last = day_of(until);
    if (last < day)
        return -naive_joint_count_days(joint, until, from, inclusive);
    if (last > joint->last_day)
        return NAIVE_NONE;
    for (day += !inclusive; day <= last; day++)
        count += works(joint, day);
    return count;
}
