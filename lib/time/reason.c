/* SPDX-License-Identifier: Apache-2.0 */
/* Reasons of calendars with hours of their own, and how members give one together. */
#include "time/reason.h"

/* --- hours of its own --------------------------------------------------------------------------------------------- */

/* The reason of a second of a date; `until` is a second of that date, too. */
static bpo__reason reason_on(const bpo__schedule *schedule, int32_t days, int32_t second)
{
    bpo__range ranges[BPO__DAY_RANGES_MOST];
    bpo__reason reason = {BPO_INTERVAL_CLOSED, BPO__TEXT(""), BPO__DAY_SECONDS};
    int32_t until;
    size_t count = bpo__schedule_ranges(schedule, days, ranges);
    size_t i = 0;
    while (i < count && ranges[i].until <= second)
        i++;
    if (i < count && ranges[i].from <= second) {
        reason.kind = BPO_INTERVAL_OPEN;
        reason.until = ranges[i].until;
        return reason;
    }
    const bpo__holiday *holiday = bpo__schedule_reason(schedule, days, second, &until);
    if (holiday != NULL) {
        reason.kind = BPO_INTERVAL_HOLIDAY;
        reason.name = holiday->name;
    }
    reason.until = i < count && ranges[i].from < until ? ranges[i].from : until;
    return reason;
}

static bpo__reason own_reason(const bpo_calendar *calendar, int64_t second)
{
    bpo__zone_span span = bpo__zone_span_at(calendar->zone, second);
    int64_t local = second + span.offset;
    int32_t days = (int32_t)(local / BPO__DAY_SECONDS - (local % BPO__DAY_SECONDS < 0));
    int32_t of_day = (int32_t)(local - (int64_t)days * BPO__DAY_SECONDS);
    bpo__reason reason = reason_on(&calendar->schedule, days, of_day);
    int64_t until = second + (reason.until - of_day);
    reason.until = until < span.until ? until : span.until;
    return reason;
}

/* --- together ----------------------------------------------------------------------------------------------------- */

/* The table of reason.h. */
#define RANK_MOST 3
static int rank_of(bpo__combining combining, bpo_interval_kind kind)
{
    static const int ranks[][6] = {
        [BPO__COMBINING_UNION] = {[BPO_INTERVAL_OPEN] = 3, [BPO_INTERVAL_HOLIDAY] = 2, [BPO_INTERVAL_EXCLUDED] = 1},
        [BPO__COMBINING_INTERSECTION] = {[BPO_INTERVAL_HOLIDAY] = 3, [BPO_INTERVAL_CLOSED] = 2,
                                         [BPO_INTERVAL_EXCLUDED] = 1},
    };
    return ranks[combining][kind];
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* The first reason of the highest rank; whoever comes after one of the highest there is does not matter. */
static bpo__reason reason_of_members(const bpo__combination *c, int64_t second)
{
    bpo__reason reason = bpo__reason_at(c->members[0], second);
    for (size_t i = 1; i < c->member_count && rank_of(c->combining, reason.kind) < RANK_MOST; i++) {
        bpo__reason other = bpo__reason_at(c->members[i], second);
        int64_t until = earlier(reason.until, other.until);
        if (rank_of(c->combining, other.kind) > rank_of(c->combining, reason.kind))
            reason = other;
        reason.until = until;
    }
    return reason;
}

/* Calls itself once for each level of members, of which there are at most BPO__COMBINING_DEPTH_MOST. */
bpo__reason bpo__reason_at(const bpo_calendar *calendar, int64_t second)
{
    const bpo__combination *c = &calendar->combination;
    bpo__reason reason = c->member_count > 0 ? reason_of_members(c, second) : own_reason(calendar, second);
    for (size_t i = 0; i < c->minus_count && reason.kind == BPO_INTERVAL_OPEN; i++) {
        bpo__reason taken = bpo__reason_at(c->minus[i], second);
        reason.until = earlier(reason.until, taken.until);
        if (taken.kind == BPO_INTERVAL_OPEN) {
            reason.kind = BPO_INTERVAL_EXCLUDED;
            reason.name = c->minus_names[i];
        }
    }
    return reason;
}
