/* SPDX-License-Identifier: Apache-2.0 */
/* Stretches of one reason: open periods, holidays, taken and plain closed time, cut where the zone's clock changes.
 *
 * What is open comes from the pages, so that the stretches add up to what between() says. Why the rest is closed is
 * asked of the definitions, date by date; closed time of one reason is one stretch over any number of dates. */
#include "time/explain.h"
#include "time/period.h"
#include "time/reason.h"

static int64_t second_of(bpo_time at)
{
    return at / BPO_SECOND - (at % BPO_SECOND < 0);
}

/* An instant of whole seconds, no later than `limit`. */
static bpo_time instant_until(int64_t second, bpo_time limit)
{
    return second <= second_of(limit) ? second * BPO_SECOND : limit;
}

/* --- changes of the clock ---------------------------------------------------------------------------------------- */

/* How far the clock jumps at an instant: 0 for nearly all. */
static int32_t jump_at(const bpo_zone *zone, bpo_time at)
{
    int64_t second = second_of(at);
    if (at % BPO_SECOND != 0)
        return 0;
    return bpo__zone_span_at(zone, second).offset - bpo__zone_span_at(zone, second - 1).offset;
}

/* --- closed time -------------------------------------------------------------------------------------------------- */

static bool is_same(const bpo__reason *a, const bpo__reason *b)
{
    return a->kind == b->kind && bpo__text_equal(a->name, b->name);
}

/* The closed stretch that begins at interval->from and goes no further than interval->until. */
static void explain_closed(const bpo_calendar *calendar, bpo_interval *interval)
{
    int64_t limit = second_of(interval->until - 1) + 1;
    bpo__reason reason = bpo__reason_at(calendar, second_of(interval->from));
    int64_t end = reason.until;
    while (end < limit) {
        bpo__reason next = bpo__reason_at(calendar, end);
        if (!is_same(&next, &reason))
            break;
        end = next.until;
    }
    interval->kind = reason.kind;
    interval->name = reason.name.data;
    interval->until = instant_until(end, interval->until);
}

/* --- stretches ---------------------------------------------------------------------------------------------------- */

void bpo__explanation_init(bpo__explanation *explanation, bpo_time from, bpo_time until)
{
    explanation->at = from;
    explanation->until = until;
    explanation->changed_until = from - 1;
}

static bpo_interval stretch_of(bpo_time from, bpo_time until)
{
    bpo_interval interval = BPO_INTERVAL_INIT;
    interval.kind = BPO_INTERVAL_OPEN;
    interval.from = from;
    interval.until = until;
    interval.name = "";
    return interval;
}

/* The stretch from e->at on, where the clock does not change or that is told. */
static bpo_status explain(const bpo__explanation *e, bpo_calendar *calendar, bpo_interval *ret_interval, bpo_error *err)
{
    bpo__period period;
    bpo__zone_span span = bpo__zone_span_at(calendar->zone, second_of(e->at));
    bpo_interval interval = stretch_of(e->at, instant_until(span.until, e->until));
    bpo_status status = bpo__period_next(calendar, e->at, interval.until, &period, err);
    if (status < BPO_OK)
        return status;
    if (status == BPO_OK && period.from == e->at) {
        interval.until = period.until;
        interval.open = period.until - period.from;
    } else {
        if (status == BPO_OK)
            interval.until = period.from;
        explain_closed(calendar, &interval);
    }
    *ret_interval = interval;
    return BPO_OK;
}

bpo_status bpo__explanation_next(bpo__explanation *explanation, bpo_calendar *calendar, bpo_interval *ret_interval,
                                 bpo_error *err)
{
    bpo__explanation *e = explanation;
    if (e->at >= e->until)
        return BPO_DONE;
    int32_t jump = e->changed_until < e->at ? jump_at(calendar->zone, e->at) : 0;
    if (jump != 0) {
        *ret_interval = stretch_of(e->at, e->at);
        ret_interval->kind = BPO_INTERVAL_CLOCK_CHANGE;
        ret_interval->clock_change_seconds = jump;
        e->changed_until = e->at;
        return BPO_OK;
    }
    bpo_status status = explain(e, calendar, ret_interval, err);
    if (status == BPO_OK)
        e->at = ret_interval->until;
    return status;
}
