/* SPDX-License-Identifier: Apache-2.0 */
/* The definition of reasons, second by second. */
#define _GNU_SOURCE
#include "naive_reasons.h"
#include <stdlib.h>
#include <time.h>

static int own_reason(const naive_calendar *c, int64_t second)
{
    int reason = naive_reason(c, second);
    return reason == NAIVE_HOLIDAY ? NAIVE_NAMED_HOLIDAY + naive_holiday_tag(c, second) : reason;
}

static int how_many_are(int reason, const made_calendar *c, int64_t i, int *const *all)
{
    int count = 0;
    for (int k = 0; k < c->member_count; k++)
        count += all[c->members[k]][i] == reason;
    return count;
}

/* The reason of the first member that has one from `from` on, below `until`; 0 where none has. */
static int first_within(int from, int until, const made_calendar *c, int64_t i, int *const *all)
{
    for (int k = 0; k < c->member_count; k++) {
        int reason = all[c->members[k]][i];
        if (reason >= from && reason < until)
            return reason;
    }
    return 0;
}

static int reason_of_members(const made_calendar *c, int64_t i, int *const *all)
{
    int open = how_many_are(NAIVE_OPEN, c, i, all);
    if (c->is_union ? open > 0 : open == c->member_count)
        return NAIVE_OPEN;
    int holiday = first_within(NAIVE_NAMED_HOLIDAY, INT32_MAX, c, i, all);
    if (holiday)
        return holiday;
    int excluded = first_within(NAIVE_EXCLUDED, NAIVE_NAMED_HOLIDAY, c, i, all);
    int would_be_open = c->is_union || how_many_are(NAIVE_CLOSED, c, i, all) == 0;
    return excluded && would_be_open ? excluded : NAIVE_CLOSED;
}

void naive_reasons(const made_family *family, int place, int64_t first, int64_t count, int *const *all)
{
    const made_calendar *c = &family->calendars[place];
    setenv("TZ", c->zone, 1);
    tzset();
    for (int64_t i = 0; i < count; i++) {
        int reason = c->member_count > 0 ? reason_of_members(c, i, all) : own_reason(&c->own, first + i);
        for (int k = 0; k < c->minus_count && reason == NAIVE_OPEN; k++)
            if (all[c->minus[k]][i] == NAIVE_OPEN)
                reason = NAIVE_EXCLUDED + c->minus[k];
        all[place][i] = reason;
    }
}
