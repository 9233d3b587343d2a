/* SPDX-License-Identifier: Apache-2.0 */
/* The prototype behind the library's signature: a handle, microseconds, a status, one call through a shared library. */
#include "limit.h"
#include "biztime.h"
#include <stdlib.h>

#define SECOND 1000000

struct limit_calendar {
    bt_cal calendar;
    int64_t base; /* microseconds */
    uint64_t span;
};

limit_calendar *limit_calendar_new(const char *zone_file, int32_t first_day, int32_t end_day,
                                   const limit_range *ranges, int range_count, const int32_t *holidays,
                                   int holiday_count)
{
    limit_calendar *limit = calloc(1, sizeof *limit);
    bt_tz zone;
    bt_iv day[8];
    const bt_iv *week[7] = {0};
    int counts[7] = {0};
    if (limit == NULL || bt_tz_load(&zone, zone_file) != 0)
        return NULL;
    for (int i = 0; i < range_count; i++) {
        day[i].from = ranges[i].from;
        day[i].to = ranges[i].until;
    }
    for (int i = 0; i < 7; i++) {
        week[i] = day;
        counts[i] = i > 0 && i < 6 ? range_count : 0;
    }
    bt_cal_build(&limit->calendar, &zone, first_day, end_day, week, counts, holidays, holiday_count);
    free(zone.at);
    free(zone.off);
    limit->base = limit->calendar.base * SECOND;
    limit->span = (uint64_t)limit->calendar.span * SECOND;
    return limit;
}

void limit_calendar_free(limit_calendar *limit)
{
    bt_cal_free(&limit->calendar);
    free(limit);
}

size_t limit_calendar_size(const limit_calendar *limit)
{
    return limit->calendar.bytes;
}

int32_t limit_between(const limit_calendar *limit, int64_t from, int64_t until, int64_t *ret_open)
{
    uint64_t a = (uint64_t)from - (uint64_t)limit->base;
    uint64_t b = (uint64_t)until - (uint64_t)limit->base;
    if (a >= limit->span || b >= limit->span)
        return -1;
    int64_t base = limit->calendar.base;
    *ret_open = SECOND * bt_between(&limit->calendar, base + (int64_t)(a / SECOND), base + (int64_t)(b / SECOND));
    return 0;
}

int32_t limit_add(const limit_calendar *limit, int64_t from, int64_t open, int64_t *ret_at)
{
    uint64_t a = (uint64_t)from - (uint64_t)limit->base;
    if (a >= limit->span || open <= 0 || (uint64_t)open >= limit->span)
        return -1;
    int64_t at = limit->calendar.base + (int64_t)(a / SECOND);
    *ret_at = SECOND * bt_add(&limit->calendar, at, (int32_t)((uint64_t)open / SECOND));
    return 0;
}

int32_t limit_between_one(const limit_calendar *limit, int64_t from, int64_t until, int64_t *ret_open)
{
    uint64_t a = (uint64_t)from - (uint64_t)limit->base;
    uint64_t b = (uint64_t)until - (uint64_t)limit->base;
    const bt_cal *c = &limit->calendar;
    if (a >= limit->span || b >= limit->span)
        return -1;
    int64_t open = (int64_t)bt_pos2(c, c->base + (int64_t)(b / SECOND)) - bt_pos2(c, c->base + (int64_t)(a / SECOND));
    *ret_open = SECOND * open;
    return 0;
}

int32_t limit_add_one(const limit_calendar *limit, int64_t from, int64_t open, int64_t *ret_at)
{
    uint64_t a = (uint64_t)from - (uint64_t)limit->base;
    const bt_cal *c = &limit->calendar;
    if (a >= limit->span || open <= 0 || (uint64_t)open >= limit->span)
        return -1;
    uint32_t position = bt_pos2(c, c->base + (int64_t)(a / SECOND)) + (uint32_t)((uint64_t)open / SECOND);
    *ret_at = SECOND * bt_at2(c, position);
    return 0;
}

int32_t limit_between_many(const limit_calendar *limit, const int64_t *from, const int64_t *until, size_t count,
                           int64_t *ret_open)
{
    const bt_cal *c = &limit->calendar;
    int branch_free = c->kfwd <= 1;
    for (size_t i = 0; i < count; i++) {
        uint64_t a = (uint64_t)from[i] - (uint64_t)limit->base;
        uint64_t b = (uint64_t)until[i] - (uint64_t)limit->base;
        if (a >= limit->span || b >= limit->span)
            return -1;
        int64_t at = c->base + (int64_t)(a / SECOND);
        int64_t end = c->base + (int64_t)(b / SECOND);
        ret_open[i] = SECOND * (branch_free ? (int64_t)bt_pos1(c, end) - bt_pos1(c, at) : bt_between(c, at, end));
    }
    return 0;
}

int32_t limit_add_many(const limit_calendar *limit, const int64_t *from, const int64_t *open, size_t count,
                       int64_t *ret_at)
{
    const bt_cal *c = &limit->calendar;
    int branch_free = c->kfwd <= 1 && c->kinv <= 1;
    for (size_t i = 0; i < count; i++) {
        uint64_t a = (uint64_t)from[i] - (uint64_t)limit->base;
        if (a >= limit->span || open[i] <= 0 || (uint64_t)open[i] >= limit->span)
            return -1;
        int64_t at = c->base + (int64_t)(a / SECOND);
        int32_t seconds = (int32_t)((uint64_t)open[i] / SECOND);
        ret_at[i] = SECOND * (branch_free ? bt_at1(c, bt_pos1(c, at) + (uint32_t)seconds) : bt_add(c, at, seconds));
    }
    return 0;
}
