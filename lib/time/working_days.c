/* SPDX-License-Identifier: Apache-2.0 */
/* Working dates: counted on the schedule alone; the zone only says which date an instant has, and back.
 *
 * Dates are walked in blocks of which the schedule says where they are not ordinary; on the others the weekday decides.
 * A date that the zone skips whole counts as its weekday does, as on any printed calendar. */
#include "core/fail.h"
#include "time/reckoning.h"
#include <bpo/working_days.h>

#define BLOCK 64          /* dates of a block */
#define NEVER_DATES 3653  /* ten years without a working date are "never" */

/* --- a walk over dates -------------------------------------------------------------------------------------------- */

typedef struct walk {
    const bpo__schedule *schedule;
    const bpo__schedule *version; /* whose weekdays hold where nothing is marked */
    int32_t first;                /* date of the block */
    bool marks[BLOCK];
} walk;

static int32_t block_of(int32_t days)
{
    return days - ((days % BLOCK) + BLOCK) % BLOCK;
}

static void take_block(walk *w, int32_t days)
{
    w->first = block_of(days);
    w->version = bpo__schedule_version(w->schedule, w->first);
    bpo__schedule_mark(w->schedule, w->first, BLOCK, w->marks);
}

static walk walk_from(const bpo_calendar *calendar, int32_t days)
{
    walk w;
    w.schedule = &calendar->schedule;
    take_block(&w, days);
    return w;
}

static bool is_working(walk *w, int32_t days)
{
    if (days < w->first || days >= w->first + BLOCK)
        take_block(w, days);
    if (w->marks[days - w->first])
        return bpo__schedule_is_working(w->schedule, days);
    return w->version->weekly[bpo__weekday_of_days(days) - 1].count > 0;
}

/* Goes on to the next working date. BPO_NEVER where ten years have none. */
static bpo_status step(walk *w, int32_t direction, int32_t *days)
{
    for (int32_t passed = 1; passed <= NEVER_DATES; passed++) {
        if (is_working(w, *days + passed * direction)) {
            *days += passed * direction;
            return BPO_OK;
        }
    }
    return BPO_NEVER;
}

/* --- adding ------------------------------------------------------------------------------------------------------- */

typedef struct question {
    bpo_calendar *calendar;
    bpo_time from;
    int64_t days;
    bpo_days_options options;
} question;

static bool wants(const question *q, bpo_days_options option)
{
    return (q->options & option) != 0;
}

/* Whether a date may lie within the covered years in some zone. */
static bool may_be_covered(int32_t days)
{
    return days >= BPO__COVERED_FROM / BPO_DAY - 2 && days <= BPO__COVERED_UNTIL / BPO_DAY + 2;
}

/* Moves `days` to the date of the answer. */
static bpo_status find_date(const question *q, int32_t *days, bpo_error *err)
{
    walk w = walk_from(q->calendar, *days);
    int32_t direction = q->days < 0 ? -1 : 1;
    uint64_t count = q->days < 0 ? 0 - (uint64_t)q->days : (uint64_t)q->days;
    bpo_status status = BPO_OK;
    bool must_work = q->days == 0 ? wants(q, BPO_DAYS_END_OF_DAY) : wants(q, BPO_DAYS_SNAP_ORIGIN);
    if (must_work && !is_working(&w, *days))
        status = step(&w, direction, days);
    for (uint64_t i = 0; status == BPO_OK && i < count; i++) {
        if (!may_be_covered(*days))
            return bpo__refuse_horizon(err);
        status = step(&w, direction, days);
    }
    return status;
}

/* The end of the last shift that starts on a date, in seconds from its 00:00. */
static int32_t last_end(const bpo__schedule *schedule, int32_t days)
{
    bpo__hours shifts = bpo__schedule_shifts(schedule, days);
    return shifts.ranges[shifts.count - 1].until;
}

static bpo_status roll(const question *q, bpo_time *at, bpo_error *err)
{
    if (wants(q, BPO_DAYS_ROLL_FORWARD))
        return bpo_calendar_next_open(q->calendar, *at, at, err);
    if (wants(q, BPO_DAYS_ROLL_BACKWARD))
        return bpo_calendar_prev_close(q->calendar, *at, at, err);
    return BPO_OK;
}

static bpo_status add_days(const question *q, bpo_time *ret_at, bpo_error *err)
{
    const bpo_zone *zone = q->calendar->zone;
    int32_t days = bpo__zone_local_days(zone, q->from);
    int64_t of_day = q->from + bpo__zone_offset(zone, q->from) * BPO_SECOND - days * BPO_DAY;
    bpo_status status = find_date(q, &days, err);
    if (status == BPO_NEVER)
        *ret_at = q->days < 0 ? -BPO_TIME_NEVER : BPO_TIME_NEVER;
    if (status != BPO_OK)
        return status;
    if (wants(q, BPO_DAYS_END_OF_DAY))
        of_day = last_end(&q->calendar->schedule, days) * BPO_SECOND;
    bpo_time at = bpo__zone_instant(zone, days, (int32_t)(of_day / BPO_SECOND)) + of_day % BPO_SECOND;
    if (!bpo__is_covered(at))
        return bpo__refuse_horizon(err);
    if (!wants(q, BPO_DAYS_END_OF_DAY))
        status = roll(q, &at, err);
    if (status >= BPO_OK)
        *ret_at = at;
    return status;
}

/* A calendar with members has no shifts of its own, so no date is one on which a shift starts. */
static bpo_status refuse_members(bpo_error *err)
{
    return bpo__fail(err, BPO_E_UNSUPPORTED, BPO__MSG_calendar_without_days, NULL, NULL, NULL, NULL);
}

static bool are_options(bpo_days_options options)
{
    const bpo_days_options rolls = BPO_DAYS_ROLL_FORWARD | BPO_DAYS_ROLL_BACKWARD;
    const bpo_days_options all = rolls | BPO_DAYS_SNAP_ORIGIN | BPO_DAYS_END_OF_DAY;
    return (options & ~all) == 0 && (options & rolls) != rolls;
}

bpo_status bpo_calendar_add_days(const bpo_calendar *calendar, bpo_time from, int64_t days, bpo_days_options options,
                                 bpo_time *ret_at, bpo_error *err)
{
    if (calendar == NULL || ret_at == NULL)
        return bpo__refuse_null(calendar, "ret_at", err);
    if (calendar->combination.member_count > 0)
        return refuse_members(err);
    if (!are_options(options))
        return bpo__fail(err, BPO_E_INVALID, BPO__MSG_argument_invalid, NULL, "options",
                         "it is 0 or BPO_DAYS_... or-ed, with at most one of the two rolls", NULL);
    if (!bpo__is_covered(from))
        return bpo__refuse_horizon(err);
    question q = {bpo__calendar_own(calendar), from, days, options};
    return add_days(&q, ret_at, err);
}

/* --- counting ----------------------------------------------------------------------------------------------------- */

bpo_status bpo_calendar_count_days(const bpo_calendar *calendar, bpo_time from, bpo_time until, bpo_days_rule rule,
                                   int64_t *ret_days, bpo_error *err)
{
    if (calendar == NULL || ret_days == NULL)
        return bpo__refuse_null(calendar, "ret_days", err);
    if (calendar->combination.member_count > 0)
        return refuse_members(err);
    if (rule != BPO_DAYS_EXCLUDE_START && rule != BPO_DAYS_INCLUSIVE)
        return bpo__fail(err, BPO_E_INVALID, BPO__MSG_argument_invalid, NULL, "rule",
                         "it is BPO_DAYS_EXCLUDE_START or BPO_DAYS_INCLUSIVE", NULL);
    if (!bpo__is_covered(from) || !bpo__is_covered(until))
        return bpo__refuse_horizon(err);
    int32_t from_date = bpo__zone_local_days(calendar->zone, from);
    int32_t until_date = bpo__zone_local_days(calendar->zone, until);
    int32_t first = from_date < until_date ? from_date : until_date;
    int32_t last = from_date < until_date ? until_date : from_date;
    int64_t count = 0;
    walk w = walk_from(calendar, first);
    for (int32_t days = first + (rule == BPO_DAYS_EXCLUDE_START); days <= last; days++)
        count += is_working(&w, days);
    *ret_days = until_date < from_date ? -count : count;
    return BPO_OK;
}
