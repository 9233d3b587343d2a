/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of business calendars: each runs bpo_calendar_new() on its calendar's terms, then the call it names. */
#include "driver.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool set_term(vector *v, bpo_terms *terms, const char *path, const char *value)
{
    bpo_error err = BPO_ERROR_INIT;
    return succeeded(v, bpo_terms_set(terms, path, value, &err), &err);
}

/* [["09:00","12:30"],["13:15","17:00"]] as "09:00-12:30, 13:15-17:00". */
static bool set_hours(vector *v, bpo_terms *terms, const char *path, const json_t *ranges)
{
    char text[1024] = "";
    size_t used = 0;
    size_t index;
    const json_t *range;
    json_array_foreach(ranges, index, range)
    {
        int size = snprintf(text + used, sizeof text - used, "%s%s-%s", index ? ", " : "",
                            json_string_value(json_array_get(range, 0)), json_string_value(json_array_get(range, 1)));
        used += (size_t)size;
    }
    return set_term(v, terms, path, text);
}

static bool set_hours_below(vector *v, bpo_terms *terms, const char *below, const char *section, const json_t *table)
{
    char path[256];
    const char *key;
    const json_t *ranges;
    json_object_foreach((json_t *)table, key, ranges)
    {
        snprintf(path, sizeof path, "%s/%s/%s", below, section, key);
        if (!set_hours(v, terms, path, ranges))
            return false;
    }
    return true;
}

static bool set_holidays(vector *v, bpo_terms *terms, const char *below, const json_t *dates)
{
    char path[256];
    size_t index;
    const json_t *date;
    json_array_foreach(dates, index, date)
    {
        snprintf(path, sizeof path, "%s/holidays/%s", below, json_string_value(date));
        if (!set_term(v, terms, path, "holiday"))
            return false;
    }
    return true;
}

/* Sets a text of the calendar where it has one. */
static bool set_text(vector *v, bpo_terms *terms, const char *below, const char *name, const char *value)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", below, name);
    return !value || set_term(v, terms, path, value);
}

bool set_calendar(vector *v, bpo_terms *terms, const char *below, const char *name)
{
    const json_t *calendar = json_object_get(v->calendars, name);
    bool loses = json_is_false(json_object_get(calendar, "override_beats_holiday"));
    return set_text(v, terms, below, "time_zone", text_of(calendar, "tz", "")) &&
           set_text(v, terms, below, "may_be_empty", "true") && /* some ask what never opens */
           set_text(v, terms, below, "scope", text_of(calendar, "holiday_scope", NULL)) &&
           set_text(v, terms, below, "override_beats_holiday", loses ? "false" : NULL) &&
           set_hours_below(v, terms, below, "hours", json_object_get(calendar, "weekly")) &&
           set_hours_below(v, terms, below, "overrides", json_object_get(calendar, "overrides")) &&
           set_hours_below(v, terms, below, "closures", json_object_get(calendar, "closures")) &&
           set_holidays(v, terms, below, json_object_get(calendar, "holidays"));
}

static bpo_calendar *compile(vector *v)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_terms *terms = NULL;
    bpo_calendar *calendar = NULL;
    if (!succeeded(v, bpo_terms_new(v->context, &terms, &err), &err))
        return NULL;
    if (set_calendar(v, terms, "", text_of(v->whole, "cal", "")))
        succeeded(v, bpo_calendar_new(v->context, terms, &calendar, &err), &err);
    bpo_terms_unref(terms);
    return calendar;
}

static bpo_time input_instant(vector *v, const char *key)
{
    return instant_of(v, json_object_get(v->input, key));
}

/* How a vector wants sums to land. */
static bpo_landing landing_of(const vector *v)
{
    const char *zero = text_of(v->input, "zero", "snap");
    bool latest = strcmp(text_of(v->input, "landing", "earliest"), "latest") == 0;
    bpo_landing landing = latest ? BPO_LANDING_LATEST : BPO_LANDING_EARLIEST;
    if (strcmp(zero, "snap_back") == 0)
        landing |= BPO_LANDING_ZERO_SNAP_BACK;
    if (strcmp(zero, "identity") == 0)
        landing |= BPO_LANDING_ZERO_IDENTITY;
    return landing;
}

/* "Never" of the past is the vectors' null, too. */
static void expect_found(vector *v, bpo_status status, bpo_time found, const bpo_error *err)
{
    if (succeeded(v, status, err))
        expect_instant(v, "", status == BPO_NEVER ? BPO_TIME_NEVER : found);
}

static void run_add(vector *v, const bpo_calendar *calendar)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_time found = 0;
    bpo_duration open = seconds_of(json_object_get(v->input, "seconds"));
    bpo_status status = bpo_calendar_add(calendar, input_instant(v, "at"), open, landing_of(v), &found, &err);
    expect_found(v, status, found, &err);
}

static void run_between(vector *v, const bpo_calendar *calendar)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_duration found = 0;
    if (succeeded(v, bpo_calendar_between(calendar, input_instant(v, "from"), input_instant(v, "to"), &found, &err),
                  &err))
        expect_seconds(v, "", found);
}

static void run_is_open(vector *v, const bpo_calendar *calendar)
{
    bpo_error err = BPO_ERROR_INIT;
    int found = 0;
    if (succeeded(v, bpo_calendar_is_open(calendar, input_instant(v, "at"), &found, &err), &err))
        expect_flag(v, "", found != 0);
}

static void run_next_open(vector *v, const bpo_calendar *calendar)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_time found = 0;
    if (succeeded(v, bpo_calendar_next_open(calendar, input_instant(v, "at"), &found, &err), &err))
        expect_instant(v, "", found);
}

static void run_next_close(vector *v, const bpo_calendar *calendar)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_time found = 0;
    if (succeeded(v, bpo_calendar_next_close(calendar, input_instant(v, "at"), &found, &err), &err))
        expect_instant(v, "", found);
}

static void run_next_opening(vector *v, const bpo_calendar *calendar)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_time found = 0;
    bpo_status status = bpo_calendar_next_opening(calendar, input_instant(v, "at"), &found, &err);
    expect_found(v, status, found, &err);
}

static void run_prev_close(vector *v, const bpo_calendar *calendar)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_time found = 0;
    bpo_status status = bpo_calendar_prev_close(calendar, input_instant(v, "at"), &found, &err);
    expect_found(v, status, found, &err);
}

/* Beyond this a vector without an end does not look: the oracle gives up after 800 days. */
#define PERIODS_SPAN (800 * BPO_DAY)

/* Up to `most` open periods as an array of pairs of texts. */
static json_t *list_periods(vector *v, bpo_intervals *intervals, int64_t most)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_interval interval = BPO_INTERVAL_INIT;
    json_t *found = json_array();
    for (int64_t i = 0; i < most; i++) {
        char start[BPO_TIME_TEXT_SIZE];
        char end[BPO_TIME_TEXT_SIZE];
        bpo_status status = bpo_intervals_next(intervals, &interval, &err);
        if (status == BPO_DONE || !succeeded(v, status, &err))
            break;
        bpo_time_format(interval.from, start, sizeof start);
        bpo_time_format(interval.until, end, sizeof end);
        json_array_append_new(found, json_pack("[s, s]", start, end));
    }
    return found;
}

static void run_periods(vector *v, const bpo_calendar *calendar)
{
    const json_t *last = json_object_get(v->input, "until");
    const json_t *count = json_object_get(v->input, "count");
    bpo_time from = input_instant(v, "from");
    bpo_time until = last ? instant_of(v, last) : from + PERIODS_SPAN;
    bpo_error err = BPO_ERROR_INIT;
    bpo_intervals *intervals = NULL;
    if (!succeeded(v, bpo_intervals_new(calendar, from, until, BPO_INTERVALS_OPEN, &intervals, &err), &err))
        return;
    json_t *found = list_periods(v, intervals, count ? json_integer_value(count) : INT64_MAX);
    char *text = json_dumps(found, 0);
    json_object_set_new(v->checked, "", json_true());
    if (!json_equal(json_object_get(v->expected, ""), found))
        fail(v, "", "other periods", text);
    free(text);
    json_decref(found);
    bpo_intervals_unref(intervals);
}

static bpo_days_options days_options_of(const vector *v)
{
    const char *roll = text_of(v->input, "roll", "none");
    bpo_days_options options = 0;
    if (strcmp(roll, "forward") == 0)
        options |= BPO_DAYS_ROLL_FORWARD;
    if (strcmp(roll, "backward") == 0)
        options |= BPO_DAYS_ROLL_BACKWARD;
    if (json_is_true(json_object_get(v->input, "snap_origin")))
        options |= BPO_DAYS_SNAP_ORIGIN;
    if (json_is_true(json_object_get(v->input, "eod")))
        options |= BPO_DAYS_END_OF_DAY;
    return options;
}

static void run_add_days(vector *v, const bpo_calendar *calendar)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_time found = 0;
    bpo_status status = bpo_calendar_add_days(calendar, input_instant(v, "at"), integer_of(v->input, "days"),
                                              days_options_of(v), &found, &err);
    expect_found(v, status, found, &err);
}

static void run_count_days(vector *v, const bpo_calendar *calendar)
{
    bpo_error err = BPO_ERROR_INIT;
    int64_t found = 0;
    bool inclusive = strcmp(text_of(v->input, "rule", ""), "inclusive") == 0;
    bpo_status status =
        bpo_calendar_count_days(calendar, input_instant(v, "from"), input_instant(v, "to"),
                                inclusive ? BPO_DAYS_INCLUSIVE : BPO_DAYS_EXCLUDE_START, &found, &err);
    if (succeeded(v, status, &err))
        expect_integer(v, "", found);
}

#define RUNNER(name)                                                                                                   \
    static void name(vector *v)                                                                                        \
    {                                                                                                                  \
        bpo_calendar *calendar = compile(v);                                                                           \
        if (calendar)                                                                                                  \
            run_##name(v, calendar);                                                                                   \
        bpo_calendar_unref(calendar);                                                                                  \
    }
RUNNER(add)
RUNNER(between)
RUNNER(is_open)
RUNNER(next_open)
RUNNER(next_close)
RUNNER(next_opening)
RUNNER(prev_close)
RUNNER(periods)
RUNNER(add_days)
RUNNER(count_days)

const kind calendar_kinds[] = {{"add", add},
                               {"between", between},
                               {"is_open", is_open},
                               {"next_open", next_open},
                               {"next_close", next_close},
                               {"next_opening", next_opening},
                               {"prev_close", prev_close},
                               {"periods", periods},
                               {"add_days", add_days},
                               {"count_days", count_days},
                               {NULL, NULL}};
