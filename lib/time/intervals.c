/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of intervals, pulled one at a time. A list is a place in a range and the rule for its next piece. */
#include "core/fail.h"
#include "core/sized.h"
#include "time/explain.h"
#include "time/period.h"
#include "time/reckoning.h"

/* Fills all but struct_size and moves `place`; BPO_DONE at the end. A failure moves nothing. */
typedef bpo_status (*list_rule)(bpo__explanation *place, bpo_calendar *calendar, bpo_interval *ret_interval,
                                bpo_error *err);

struct bpo_intervals {
    bpo__references references;
    bpo_calendar *calendar;
    list_rule next;
    bpo__explanation place;
};

static bpo_interval interval_of(bpo_interval_kind kind, bpo_time from, bpo_time until)
{
    bpo_interval interval = BPO_INTERVAL_INIT;
    interval.kind = kind;
    interval.from = from;
    interval.until = until;
    interval.open = kind == BPO_INTERVAL_OPEN ? until - from : 0;
    interval.name = "";
    return interval;
}

static bpo_status next_period(bpo__explanation *place, bpo_calendar *calendar, bpo_interval *ret_interval,
                              bpo_error *err)
{
    bpo__period period;
    bpo_status status = bpo__period_next(calendar, place->at, place->until, &period, err);
    if (status == BPO_OK) {
        *ret_interval = interval_of(BPO_INTERVAL_OPEN, period.from, period.until);
        place->at = period.until;
    }
    return status;
}

/* From the end of the period at the place, if there is one, to the start of the next. */
static bpo_status next_gap(bpo__explanation *place, bpo_calendar *calendar, bpo_interval *ret_interval, bpo_error *err)
{
    bpo__period period;
    bpo_time from = place->at;
    bpo_status status = bpo__period_next(calendar, from, place->until, &period, err);
    if (status == BPO_OK && period.from == from) {
        from = period.until;
        status = bpo__period_next(calendar, from, place->until, &period, err);
    }
    if (status < BPO_OK)
        return status;
    bpo_time until = status == BPO_OK ? period.from : place->until;
    if (from >= until)
        return BPO_DONE;
    *ret_interval = interval_of(BPO_INTERVAL_CLOSED, from, until);
    place->at = until;
    return BPO_OK;
}

static list_rule rule_of(bpo_interval_list list)
{
    static const list_rule rules[] = {NULL, next_period, next_gap, bpo__explanation_next};
    return list >= BPO_INTERVALS_OPEN && list <= BPO_INTERVALS_EXPLAINED ? rules[list] : NULL;
}

bpo_status bpo_intervals_new(const bpo_calendar *calendar, bpo_time from, bpo_time until, bpo_interval_list list,
                             bpo_intervals **ret_intervals, bpo_error *err)
{
    if (calendar == NULL || ret_intervals == NULL)
        return bpo__refuse_null(calendar, "ret_intervals", err);
    if (rule_of(list) == NULL)
        return bpo__fail(err, BPO_E_INVALID, BPO__MSG_argument_invalid, NULL, "list",
                         "it is BPO_INTERVALS_OPEN, BPO_INTERVALS_CLOSED or BPO_INTERVALS_EXPLAINED", NULL);
    if (!bpo__is_covered(from) || !bpo__is_covered(until))
        return bpo__refuse_range(from, err);
    bpo_intervals *intervals = bpo__alloc(calendar->context, sizeof(*intervals));
    if (intervals == NULL)
        return bpo__fail_memory(err);
    bpo__reference_init(&intervals->references);
    intervals->calendar = bpo_calendar_ref(bpo__calendar_own(calendar));
    intervals->next = rule_of(list);
    bpo__explanation_init(&intervals->place, from, until);
    *ret_intervals = intervals;
    return BPO_OK;
}

bpo_intervals *bpo_intervals_ref(bpo_intervals *intervals)
{
    if (intervals != NULL)
        bpo__reference_take(&intervals->references);
    return intervals;
}

bpo_intervals *bpo_intervals_unref(bpo_intervals *intervals)
{
    if (intervals != NULL && bpo__reference_drop(&intervals->references)) {
        bpo_calendar *calendar = intervals->calendar;
        bpo__free(calendar->context, intervals, sizeof(*intervals));
        bpo_calendar_unref(calendar);
    }
    return NULL;
}

bpo_status bpo_intervals_next(bpo_intervals *intervals, bpo_interval *ret_interval, bpo_error *err)
{
    bpo_interval interval;
    if (intervals == NULL || ret_interval == NULL)
        return bpo__fail_argument(err, intervals == NULL ? "intervals" : "ret_interval");
    bpo__explanation place = intervals->place;
    bpo_status status = intervals->next(&place, intervals->calendar, &interval, err);
    if (status != BPO_OK)
        return status;
    if (bpo__sized_write(&interval, sizeof(interval), ret_interval, sizeof(interval)) != BPO_OK)
        return bpo__fail(err, BPO_E_ABI, BPO__MSG_struct_size, NULL, "bpo_interval", NULL, NULL);
    intervals->place = place;
    return BPO_OK;
}
