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

static void run_add(vector *v, const bpo_calendar *calendar)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_time found = 0;
    bpo_duration open = seconds_of(json_object_get(v->input, "seconds"));
    bool latest = strcmp(text_of(v->input, "landing", "earliest"), "latest") == 0;
    if (open == 0 && strcmp(text_of(v->input, "zero", "snap"), "snap") != 0) {
        skip(v, "zero %s is not built", text_of(v->input, "zero", ""));
        return;
    }
    bpo_status status = bpo_calendar_add(calendar, input_instant(v, "at"), open,
                                         latest ? BPO_LANDING_LATEST : BPO_LANDING_EARLIEST, &found, &err);
    if (succeeded(v, status, &err))
        expect_instant(v, "", found);
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

/* The opening after the period of an instant: past its close where it is open. */
static void run_next_opening(vector *v, const bpo_calendar *calendar)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_time found = input_instant(v, "at");
    int open = 0;
    bpo_status status = bpo_calendar_is_open(calendar, found, &open, &err);
    if (status == BPO_OK && open)
        status = bpo_calendar_next_close(calendar, found, &found, &err);
    if (status == BPO_OK)
        status = bpo_calendar_next_open(calendar, found, &found, &err);
    if (succeeded(v, status, &err))
        expect_instant(v, "", found);
}

/* The last close is one microsecond after the last open microsecond. */
static void run_prev_close(vector *v, const bpo_calendar *calendar)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_time found = 0;
    bpo_status status = bpo_calendar_add(calendar, input_instant(v, "at"), -1, BPO_LANDING_EARLIEST, &found, &err);
    if (succeeded(v, status, &err))
        expect_instant(v, "", status == BPO_NEVER ? BPO_TIME_NEVER : found + 1);
}

/* One open period from an instant on; false where there is none before `until`. */
static bool next_period(vector *v, const bpo_calendar *calendar, bpo_time *from, bpo_time *ret_close, bpo_time until)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_status status = bpo_calendar_next_open(calendar, *from, from, &err);
    if (status == BPO_OK)
        status = bpo_calendar_next_close(calendar, *from, ret_close, &err);
    if (!succeeded(v, status, &err) || *from >= until)
        return false;
    if (*ret_close > until)
        *ret_close = until;
    return true;
}

static void run_periods(vector *v, const bpo_calendar *calendar)
{
    const json_t *wanted = json_object_get(v->expected, "");
    const json_t *last = json_object_get(v->input, "until");
    bpo_time until = last ? instant_of(v, last) : BPO_TIME_NEVER;
    int64_t most = last ? INT64_MAX : integer_of(v->input, "count");
    bpo_time from = input_instant(v, "from");
    bpo_time close = from;
    json_t *found = json_array();
    for (int64_t i = 0; i < most && next_period(v, calendar, &from, &close, until); i++, from = close) {
        char start[BPO_TIME_TEXT_SIZE];
        char end[BPO_TIME_TEXT_SIZE];
        bpo_time_format(from, start, sizeof start);
        bpo_time_format(close, end, sizeof end);
        json_array_append_new(found, json_pack("[s, s]", start, end));
    }
    char *text = json_dumps(found, 0);
    json_object_set_new(v->checked, "", json_true());
    if (!json_equal(wanted, found))
        fail(v, "", "other periods", text);
    free(text);
    json_decref(found);
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

const kind calendar_kinds[] = {{"add", add},
                               {"between", between},
                               {"is_open", is_open},
                               {"next_open", next_open},
                               {"next_close", next_close},
                               {"next_opening", next_opening},
                               {"prev_close", prev_close},
                               {"periods", periods},
                               {NULL, NULL}};
