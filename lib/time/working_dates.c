/* SPDX-License-Identifier: Apache-2.0 */
/* Sets of working dates as bits, so that members are joined 64 dates at a time.
 *
 * The functions that call themselves do so once for each level of members, of which there are at most
 * BPO__COMBINING_DEPTH_MOST. */
#include "time/working_dates.h"

/* The dates whose weekday has shifts: the bits of one week, turned to begin with the first date's, over and over. */
static uint64_t weekly_dates(const bpo__schedule *version, int32_t first)
{
    uint64_t week = 0;
    int32_t weekday = bpo__weekday_of_days(first) - 1;
    for (size_t i = 0; i < 7; i++)
        week |= (uint64_t)(version->weekly[i].count > 0) << i;
    uint64_t dates = (week >> weekday | week << (7 - weekday)) & 0x7f;
    for (int32_t filled = 7; filled < BPO__DATES_BLOCK; filled *= 2)
        dates |= dates << filled;
    return dates;
}

static uint64_t marked_dates(const bpo__schedule *schedule, int32_t first)
{
    bpo__date_mark marks[BPO__DATES_BLOCK];
    uint64_t dates = 0;
    bpo__schedule_mark(schedule, first, BPO__DATES_BLOCK, marks);
    for (size_t i = 0; i < BPO__DATES_BLOCK; i += 8) {
        uint64_t eight;
        memcpy(&eight, marks + i, sizeof(eight));
        for (size_t k = i; eight != 0 && k < i + 8; k++)
            dates |= (uint64_t)marks[k] << k;
    }
    return dates;
}

static bpo__date_set own_dates(const bpo__schedule *schedule, int32_t first)
{
    bpo__date_set dates = {weekly_dates(bpo__schedule_version(schedule, first), first), marked_dates(schedule, first)};
    return dates;
}

bpo__date_set bpo__working_dates(const bpo_calendar *calendar, int32_t first)
{
    const bpo__combination *c = &calendar->combination;
    if (c->member_count == 0)
        return own_dates(&calendar->schedule, first);
    bpo__date_set dates = bpo__working_dates(c->members[0], first);
    for (size_t i = 1; i < c->member_count; i++) {
        bpo__date_set more = bpo__working_dates(c->members[i], first);
        dates.working = c->combining == BPO__COMBINING_UNION ? dates.working | more.working
                                                             : dates.working & more.working;
        dates.marked |= more.marked;
    }
    return dates;
}

/* A union works with the first member that does, an intersection rests with the first that does. */
bool bpo__is_working_date(const bpo_calendar *calendar, int32_t days)
{
    const bpo__combination *c = &calendar->combination;
    bool is_union = c->combining == BPO__COMBINING_UNION;
    if (c->member_count == 0)
        return bpo__schedule_is_working(&calendar->schedule, days);
    for (size_t i = 0; i < c->member_count; i++) {
        if (bpo__is_working_date(c->members[i], days) == is_union)
            return is_union;
    }
    return !is_union;
}

/* --- ends -------------------------------------------------------------------------------------------------------- */

static bool own_end(const bpo_calendar *calendar, int32_t days, bpo_time *ret_end)
{
    if (!bpo__schedule_is_working(&calendar->schedule, days))
        return false;
    bpo__hours shifts = bpo__schedule_shifts(&calendar->schedule, days);
    *ret_end = bpo__zone_instant(calendar->zone, days, shifts.ranges[shifts.count - 1].until);
    return true;
}

bool bpo__working_date_end(const bpo_calendar *calendar, int32_t days, bpo_time *ret_end)
{
    const bpo__combination *c = &calendar->combination;
    bool is_union = c->combining == BPO__COMBINING_UNION;
    bool works = false;
    bpo_time end = 0;
    if (c->member_count == 0)
        return own_end(calendar, days, ret_end);
    for (size_t i = 0; i < c->member_count; i++) {
        bpo_time other;
        if (bpo__working_date_end(c->members[i], days, &other)) {
            end = !works || (is_union ? other > end : other < end) ? other : end;
            works = true;
        } else if (!is_union) {
            return false;
        }
    }
    if (works)
        *ret_end = end;
    return works;
}
