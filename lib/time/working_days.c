/* SPDX-License-Identifier: Apache-2.0 */
/* Working dates, added and counted. The zone only says which date an instant has, and back.
 *
 * Dates are walked in blocks. A date that the zone skips whole counts as any other, as on any printed calendar. */
#include "time/working_dates.h"
#include "core/fail.h"
#include "time/reckoning.h"
#include <bpo/working_days.h>

#define NEVER_DATES 3653 /* ten years without a working date are "never" */

/* --- a walk over dates -------------------------------------------------------------------------------------------- */

typedef struct walk {
    const bpo_calendar *calendar;
    int32_t first; /* date of the block */
    bpo__date_set dates;
} walk;

static void take_block(walk *w, int32_t days)
{
    w->first = days - ((days % BPO__DATES_BLOCK) + BPO__DATES_BLOCK) % BPO__DATES_BLOCK;
    w->dates = bpo__working_dates(w->calendar, w->first);
}

static walk walk_from(const bpo_calendar *calendar, int32_t days)
{
    walk w;
    w.calendar = calendar;
    take_block(&w, days);
    return w;
}

static bool is_working(walk *w, int32_t days)
{
    if (days < w->first || days >= w->first + BPO__DATES_BLOCK)
        take_block(w, days);
    uint64_t bit = UINT64_C(1) << (days - w->first);
    return (w->dates.marked & bit) != 0 ? bpo__is_working_date(w->calendar, days) : (w->dates.working & bit) != 0;
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
            return bpo__refuse_result(err);
        status = step(&w, direction, days);
    }
    return status;
}

/* The instant of the answer on its date, by the origin's time of day. */
static bpo_time instant_on(const question *q, int32_t days)
{
    const bpo_zone *zone = q->calendar->zone;
    bpo_time end;
    if (wants(q, BPO_DAYS_END_OF_DAY) && bpo__working_date_end(q->calendar, days, &end))
        return end;
    bpo_time midnight = bpo__zone_local_days(zone, q->from) * BPO_DAY;
    int64_t of_day = q->from + bpo__zone_offset(zone, q->from) * BPO_SECOND - midnight;
    return bpo__zone_instant(zone, days, (int32_t)(of_day / BPO_SECOND)) + of_day % BPO_SECOND;
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
    int32_t days = bpo__zone_local_days(q->calendar->zone, q->from);
    bpo_status status = find_date(q, &days, err);
    if (status == BPO_NEVER)
        *ret_at = q->days < 0 ? -BPO_TIME_NEVER : BPO_TIME_NEVER;
    if (status != BPO_OK)
        return status;
    bpo_time at = instant_on(q, days);
    if (!bpo__is_covered(at))
        return bpo__refuse_result(err);
    if (!wants(q, BPO_DAYS_END_OF_DAY))
        status = roll(q, &at, err);
    if (status >= BPO_OK)
        *ret_at = at;
    return status;
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
    if (!are_options(options))
        return bpo__fail(err, BPO_E_INVALID, BPO__MSG_argument_invalid, NULL, "options",
                         "it is 0 or BPO_DAYS_... or-ed, with at most one of the two rolls", NULL);
    if (!bpo__is_covered(from))
        return bpo__refuse_instant(err);
    question q = {bpo__calendar_own(calendar), from, days, options};
    return add_days(&q, ret_at, err);
}

/* --- counting ----------------------------------------------------------------------------------------------------- */

bpo_status bpo_calendar_count_days(const bpo_calendar *calendar, bpo_time from, bpo_time until, bpo_days_rule rule,
                                   int64_t *ret_days, bpo_error *err)
{
    if (calendar == NULL || ret_days == NULL)
        return bpo__refuse_null(calendar, "ret_days", err);
    if (rule != BPO_DAYS_EXCLUDE_START && rule != BPO_DAYS_INCLUSIVE)
        return bpo__fail(err, BPO_E_INVALID, BPO__MSG_argument_invalid, NULL, "rule",
                         "it is BPO_DAYS_EXCLUDE_START or BPO_DAYS_INCLUSIVE", NULL);
    if (!bpo__is_covered(from) || !bpo__is_covered(until))
        return bpo__refuse_range(from, err);
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
