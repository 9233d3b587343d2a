/* SPDX-License-Identifier: Apache-2.0 */
/* Any lines "path value" as the terms of calendars: calendars that keep their laws, or refusals.
 *
 * Target functions: bpo_terms_set, bpo_calendar_new, bpo_calendar_new_named (of the name "a"), bpo_calendar_between,
 * bpo_calendar_add, bpo_calendar_is_open, bpo_calendar_next_open, bpo_calendar_next_close, bpo_calendar_prev_close,
 * bpo_calendar_next_opening, bpo_intervals_next, bpo_calendar_coverage, bpo_calendar_add_days,
 * bpo_calendar_count_days, and the batches. Two zones are made here, one with summer time of an hour and one of half an
 * hour. */
#include "hold.h"
#include <bpo/calendar.h>
#include <bpo/intervals.h>
#include <bpo/working_days.h>
#include <string.h>

#define LINE_SIZE 512

#define COVERED_FROM  (INT64_C(-2208988800) * BPO_SECOND) /* 1900-01-01 */
#define COVERED_UNTIL (INT64_C(7289654400) * BPO_SECOND)  /* 2201-01-01 */

/* TZif (RFC 9636) with no transition of its own: all is in the footer. Version 1 part, version 2 part, footer. */
static bpo_status give(void *user, const char *name, const bpo_sink *tzif, const bpo_sink *version)
{
    static const uint8_t head[44] = {'T', 'Z', 'i', 'f', '2', [39] = 1, [43] = 4};
    static const uint8_t type[10] = "\0\0\0\0\0\0LMT";
    const char *footer = strcmp(name, "Europe/Berlin") == 0         ? "\nCET-1CEST,M3.5.0,M10.5.0/3\n"
                         : strcmp(name, "Australia/Lord_Howe") == 0 ? "\n<+1030>-10:30<+11>-11,M10.1.0,M4.1.0\n"
                                                                    : NULL;
    (void)user;
    (void)version;
    if (!footer)
        return BPO_E_ZONE;
    bpo_status status = BPO_OK;
    for (int part = 0; part < 2 && status == BPO_OK; part++) {
        status = tzif->write(tzif->user, head, sizeof head);
        if (status == BPO_OK)
            status = tzif->write(tzif->user, type, sizeof type);
    }
    return status == BPO_OK ? tzif->write(tzif->user, footer, strlen(footer)) : status;
}

/* One line: the path up to the first blank, then the value. */
static void set_line(bpo_terms *terms, const uint8_t *data, size_t size)
{
    char line[LINE_SIZE + 1];
    if (size > LINE_SIZE)
        return;
    memcpy(line, data, size);
    line[size] = '\0';
    char *blank = strchr(line, ' ');
    if (blank)
        *blank = '\0';
    bpo_terms_set(terms, line, blank ? blank + 1 : "", NULL);
}

static void set_lines(bpo_terms *terms, const uint8_t *data, size_t size)
{
    while (size > 0) {
        const uint8_t *end = memchr(data, '\n', size);
        size_t length = end ? (size_t)(end - data) : size;
        set_line(terms, data, length);
        data += length + (end != NULL);
        size -= length + (end != NULL);
    }
}

static bpo_duration open_time(const bpo_calendar *calendar, bpo_time from, bpo_time until)
{
    bpo_duration open;
    hold(bpo_calendar_between(calendar, from, until, &open, NULL) == BPO_OK);
    return open;
}

/* An instant, or a reason why there is none. */
static int is_found(bpo_status status)
{
    hold(status == BPO_OK || status == BPO_NEVER || status == BPO_E_HORIZON);
    return status == BPO_OK;
}

/* add() is the inverse of between(), at both landings, forward and backward; between the two nothing is open, and one
 * microsecond before the earliest and behind the latest the sum is another. */
static void check_add(const bpo_calendar *calendar, bpo_time from, bpo_duration open)
{
    bpo_time earliest, latest;
    int toward = open > 0 ? 1 : -1;
    int has_earliest = is_found(bpo_calendar_add(calendar, from, open, BPO_LANDING_EARLIEST, &earliest, NULL));
    int has_latest = is_found(bpo_calendar_add(calendar, from, open, BPO_LANDING_LATEST, &latest, NULL));
    hold(has_earliest || !has_latest);
    if (!has_earliest)
        return;
    hold(open > 0 ? earliest > from : earliest < from);
    hold(open_time(calendar, from, earliest) == open);
    hold(open_time(calendar, from, earliest - toward) == open - toward);
    if (!has_latest || latest == COVERED_FROM || latest == COVERED_UNTIL)
        return;
    hold(open > 0 ? latest >= earliest : latest <= earliest);
    hold(open_time(calendar, from, latest) == open);
    hold(open_time(calendar, from, latest + toward) == open + toward);
}

/* between() is additive, antisymmetric, and never more than the time that passes. */
static void check_between(const bpo_calendar *calendar, bpo_time from, bpo_time middle, bpo_time until)
{
    bpo_duration whole = open_time(calendar, from, until);
    hold(open_time(calendar, from, middle) + open_time(calendar, middle, until) == whole);
    hold(open_time(calendar, until, from) == -whole);
    hold(whole >= 0 && whole <= until - from);
}

/* An explanation leaves no hole and adds up; the report of the same range says the same. */
static void check_explanation(const bpo_calendar *calendar, bpo_time from, bpo_time until)
{
    bpo_intervals *intervals = NULL;
    bpo_interval interval = BPO_INTERVAL_INIT;
    bpo_coverage coverage = BPO_COVERAGE_INIT;
    bpo_duration open = 0;
    bpo_time reached = from;
    bpo_status status = bpo_intervals_new(calendar, from, until, BPO_INTERVALS_EXPLAINED, &intervals, NULL);
    hold(status == BPO_OK);
    while ((status = bpo_intervals_next(intervals, &interval, NULL)) == BPO_OK) {
        hold(interval.from == reached && interval.until >= reached);
        hold((interval.until == reached) == (interval.kind == BPO_INTERVAL_CLOCK_CHANGE));
        hold((interval.kind == BPO_INTERVAL_HOLIDAY || interval.kind == BPO_INTERVAL_EXCLUDED) ==
             (interval.name[0] != '\0'));
        reached = interval.until;
        open += interval.open;
    }
    hold(status == BPO_DONE && reached == until);
    hold(open == open_time(calendar, from, until));
    hold(bpo_calendar_coverage(calendar, from, until, &coverage, NULL) == BPO_OK);
    hold(coverage.open == open && coverage.open + coverage.closed == until - from);
    hold(coverage.longest_gap_until - coverage.longest_gap_from <= coverage.closed);
    bpo_intervals_unref(intervals);
}

static int is_open(const bpo_calendar *calendar, bpo_time at)
{
    int open = -1;
    hold(bpo_calendar_is_open(calendar, at, &open, NULL) == BPO_OK);
    hold(open == 0 || open == 1);
    return open;
}

/* Up to the next opening nothing is open, and from there to the next close everything is. */
static void check_edges(const bpo_calendar *calendar, bpo_time at)
{
    bpo_time opening, close;
    int open = is_open(calendar, at);
    hold(open_time(calendar, at, at + 1) == open);
    if (!is_found(bpo_calendar_next_open(calendar, at, &opening, NULL))) {
        hold(!open);
        return;
    }
    hold(opening >= at && (opening == at) == (open == 1));
    hold(open_time(calendar, at, opening) == 0);
    hold(is_open(calendar, opening));
    if (!is_found(bpo_calendar_next_close(calendar, at, &close, NULL)))
        return;
    hold(close > opening && open_time(calendar, opening, close) == close - opening);
    hold(!is_open(calendar, close));
    check_add(calendar, at, close - opening);
    check_add(calendar, close, opening - close);
}

/* The close before an instant has open time just before it and none behind; the opening after it begins a period. */
static void check_other_edges(const bpo_calendar *calendar, bpo_time at)
{
    bpo_time close, opening;
    if (is_found(bpo_calendar_prev_close(calendar, at, &close, NULL))) {
        hold(close <= at && open_time(calendar, close, at) == 0);
        hold(is_open(calendar, close - 1));
    }
    if (is_found(bpo_calendar_next_opening(calendar, at, &opening, NULL))) {
        hold(opening > at && is_open(calendar, opening));
        hold(!is_open(calendar, opening - 1));
    }
}

/* So many working dates on are counted as that many, seen from either side. */
static void check_days(const bpo_calendar *calendar, bpo_time from, int64_t days)
{
    bpo_time at;
    int64_t counted;
    is_found(bpo_calendar_add_days(calendar, from, days, BPO_DAYS_END_OF_DAY, &at, NULL));
    is_found(bpo_calendar_add_days(calendar, from, -days, 0, &at, NULL));
    if (!is_found(bpo_calendar_add_days(calendar, from, days, 0, &at, NULL)))
        return;
    hold(bpo_calendar_count_days(calendar, from, at, BPO_DAYS_EXCLUDE_START, &counted, NULL) == BPO_OK);
    hold(counted == days);
    hold(bpo_calendar_count_days(calendar, at, from, BPO_DAYS_EXCLUDE_START, &counted, NULL) == BPO_OK);
    hold(counted == -days);
}

#define ASKED 24

/* A batch says what the calls say one by one, or fails as one of them does, and then says nothing. */
static void check_batch(const bpo_calendar *calendar, const bpo_time *from, const bpo_duration *open)
{
    bpo_time sums[ASKED] = {0};
    bpo_duration spans[ASKED];
    bpo_status status = bpo_calendar_add_many(calendar, from, open, ASKED, BPO_LANDING_LATEST, sums, NULL);
    bpo_status worst = BPO_OK;
    for (int i = 0; i < ASKED; i++) {
        bpo_time one = 0;
        bpo_status single = bpo_calendar_add(calendar, from[i], open[i], BPO_LANDING_LATEST, &one, NULL);
        worst = single < worst ? single : worst;
        hold(sums[i] == (status == BPO_OK ? one : 0));
    }
    hold(status == worst);
    hold(bpo_calendar_between_many(calendar, from, from + 1, ASKED - 1, spans, NULL) == BPO_OK);
    for (int i = 0; i < ASKED - 1; i++)
        hold(spans[i] == open_time(calendar, from[i], from[i + 1]));
}

/* Of the 400 days from a start on. */
static void check_laws(const bpo_calendar *calendar, bpo_time start)
{
    bpo_time from[ASKED];
    bpo_duration open[ASKED];
    for (int i = 0; i < ASKED; i++) {
        bpo_time at = start + i * (15 * BPO_DAY + 7 * BPO_HOUR + 11 * BPO_MINUTE) + i * i;
        check_between(calendar, at, at + i * BPO_DAY + 12345, at + 40 * BPO_DAY);
        check_add(calendar, at, 1 + i * i * BPO_HOUR);
        check_add(calendar, at, -1 - i * i * BPO_HOUR);
        check_edges(calendar, at);
        check_other_edges(calendar, at);
        check_days(calendar, at, i);
        from[i] = at;
        open[i] = (i % 3 - 1) * i * BPO_HOUR;
    }
    check_batch(calendar, from, open);
    check_explanation(calendar, start + 12345, start + 400 * BPO_DAY);
}

typedef bpo_status compile(bpo_context *context, const bpo_terms *terms, bpo_calendar **ret_calendar, bpo_error *err);

static bpo_status compile_named(bpo_context *context, const bpo_terms *terms, bpo_calendar **ret_calendar,
                                bpo_error *err)
{
    return bpo_calendar_new_named(context, terms, "a", ret_calendar, err);
}

static void check_calendar(bpo_context *context, const bpo_terms *terms, compile *run)
{
    /* 1900-01-02, 2026-01-01, 2199-11-17: at both ends of the covered years, and between them */
    static const int64_t starts[] = {-2208902400, 1767225600, 7254230400};
    bpo_error err = BPO_ERROR_INIT;
    bpo_calendar *calendar = NULL;
    bpo_status status = run(context, terms, &calendar, &err);
    hold(status == BPO_OK || (status < 0 && err.code == status && err.message[0] && status != BPO_E_NOMEM));
    for (size_t i = 0; status == BPO_OK && i < sizeof starts / sizeof starts[0]; i++)
        check_laws(calendar, starts[i] * BPO_SECOND);
    bpo_calendar_unref(calendar);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bpo_host host = BPO_HOST_INIT;
    bpo_context *context = NULL;
    bpo_terms *terms = NULL;
    host.zone = give;
    hold(bpo_context_new(&host, &context, NULL) == BPO_OK);
    hold(bpo_terms_new(context, &terms, NULL) == BPO_OK);
    set_lines(terms, data, size);
    check_calendar(context, terms, bpo_calendar_new);
    check_calendar(context, terms, compile_named);
    bpo_terms_unref(terms);
    bpo_context_unref(context);
    return 0;
}
