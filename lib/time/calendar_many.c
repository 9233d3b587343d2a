/* SPDX-License-Identifier: Apache-2.0 */
/* Many questions in one call. A failure writes no result, so everything that can fail is tried first: cheaply where the
 * pages between the outermost instants are all there, else one by one. */
#include "core/fail.h"
#include "time/reckoning.h"

/* The least and the most of some numbers. */
typedef struct extent {
    int64_t least;
    int64_t most;
} extent;

static extent extent_of(const int64_t *values, size_t count)
{
    extent e = {INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < count; i++) {
        e.least = values[i] < e.least ? values[i] : e.least;
        e.most = values[i] > e.most ? values[i] : e.most;
    }
    return e;
}

/* Whether every page from one instant to another is compiled. */
static bool is_compiled(bpo_calendar *calendar, bpo_time from, bpo_time until)
{
    if (!bpo__is_covered(from) || !bpo__is_covered(until))
        return false;
    for (uint32_t i = bpo__page_index(from); i <= bpo__page_index(until); i++) {
        if (bpo__timeline_peek(calendar, i) == NULL)
            return false;
    }
    return true;
}

/* Compiles what is missing for the instants of an array, whose name is for an error. */
static bpo_status prepare_each(bpo_calendar *calendar, const char *array, const bpo_time *instants, size_t count,
                               bpo_error *err)
{
    bpo_status status = BPO_OK;
    for (size_t i = 0; status == BPO_OK && i < count; i++) {
        const bpo__page *page;
        if (!bpo__is_covered(instants[i]))
            return bpo__refuse_item(array, i, err);
        if (!calendar->schedule.is_always_open)
            status = bpo__timeline_page_at(calendar, instants[i], &page, err);
    }
    return status;
}

static bpo_status prepare(bpo_calendar *calendar, const char *array, const bpo_time *instants, size_t count,
                          bpo_error *err)
{
    extent e = extent_of(instants, count);
    if (is_compiled(calendar, e.least, e.most))
        return BPO_OK;
    return prepare_each(calendar, array, instants, count, err);
}

bpo_status bpo_calendar_between_many(const bpo_calendar *calendar, const bpo_time *from, const bpo_time *until,
                                     size_t count, bpo_duration *ret_open, bpo_error *err)
{
    if (calendar == NULL || (count > 0 && (from == NULL || until == NULL || ret_open == NULL)))
        return bpo__refuse_null(calendar, from == NULL ? "from" : until == NULL ? "until" : "ret_open", err);
    bpo_calendar *own = bpo__calendar_own(calendar);
    bpo_status status = prepare(own, "from", from, count, err);
    if (status == BPO_OK)
        status = prepare(own, "until", until, count, err);
    for (size_t i = 0; status == BPO_OK && i < count; i++)
        status = bpo__between(own, from[i], until[i], false, &ret_open[i], err); /* cannot fail any more */
    return status;
}

/* Whether no sum can fail: adding is monotone, so all sums lie between those of the least and of the most, and so does
 * any closed time for which one is "never". */
static bool are_sums_compiled(bpo_calendar *calendar, extent from, extent open, bpo_landing landing)
{
    bpo_time least;
    bpo_time most;
    if (!is_compiled(calendar, from.least, from.most))
        return false;
    if (bpo__add(calendar, from.least, open.least, landing, &least, NULL) != BPO_OK ||
        bpo__add(calendar, from.most, open.most, landing, &most, NULL) != BPO_OK)
        return false;
    least = least < from.least ? least : from.least;
    most = most > from.most ? most : from.most;
    return is_compiled(calendar, least, most);
}

/* The origin of a sum lies outside the covered years, or the sum does. */
static bpo_status refuse_sum(const bpo_time *from, size_t i, bpo_error *err)
{
    return bpo__refuse_item(bpo__is_covered(from[i]) ? "ret_at" : "from", i, err);
}

/* Each sum once, without keeping it. */
static bpo_status try_each(bpo_calendar *calendar, const bpo_time *from, const bpo_duration *open, size_t count,
                           bpo_landing landing, bpo_error *err)
{
    bpo_status status = BPO_OK;
    for (size_t i = 0; status >= BPO_OK && i < count; i++) {
        bpo_time at;
        status = bpo__add(calendar, from[i], open[i], landing, &at, err);
        if (status == BPO_E_HORIZON)
            return refuse_sum(from, i, err);
    }
    return status < BPO_OK ? status : BPO_OK;
}

/* The same at a landing with flags: one by one, first without keeping any sum. */
static bpo_status add_each_with_zero(bpo_calendar *calendar, const bpo_time *from, const bpo_duration *open,
                                     size_t count, bpo_landing landing, bpo_time *ret_at, bpo_error *err)
{
    bpo_time at;
    bpo_status status = bpo__is_landing_with_zero(landing) ? BPO_OK : bpo__refuse_landing(err);
    for (size_t i = 0; status >= BPO_OK && i < count; i++) {
        status = bpo__add_with_zero(calendar, from[i], open[i], landing, &at, err);
        if (status == BPO_E_HORIZON)
            return refuse_sum(from, i, err);
    }
    for (size_t i = 0; status >= BPO_OK && i < count; i++)
        status = bpo__add_with_zero(calendar, from[i], open[i], landing, &ret_at[i], err); /* cannot fail any more */
    return status < BPO_OK ? status : BPO_OK;
}

bpo_status bpo_calendar_add_many(const bpo_calendar *calendar, const bpo_time *from, const bpo_duration *open,
                                 size_t count, bpo_landing landing, bpo_time *ret_at, bpo_error *err)
{
    if (calendar == NULL || (count > 0 && (from == NULL || open == NULL || ret_at == NULL)))
        return bpo__refuse_null(calendar, from == NULL ? "from" : open == NULL ? "open" : "ret_at", err);
    bpo_calendar *own = bpo__calendar_own(calendar);
    if (!bpo__is_landing(landing))
        return add_each_with_zero(own, from, open, count, landing, ret_at, err);
    bpo_status status = BPO_OK;
    if (!are_sums_compiled(own, extent_of(from, count), extent_of(open, count), landing))
        status = try_each(own, from, open, count, landing, err);
    for (size_t i = 0; status >= BPO_OK && i < count; i++)
        status = bpo__add_or_never(own, from[i], open[i], landing, false, &ret_at[i], err); /* cannot fail any more */
    return status < BPO_OK ? status : BPO_OK;
}
