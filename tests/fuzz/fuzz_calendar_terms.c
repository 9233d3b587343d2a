/* SPDX-License-Identifier: Apache-2.0 */
/* Any lines "path value" as the terms of calendars: calendars that keep their laws, or refusals.
 *
 * Target functions: bpo_terms_set, bpo_calendar_new, bpo_calendar_new_named (of the name "a"), bpo_calendar_between,
 * bpo_calendar_add, bpo_calendar_is_open, bpo_calendar_next_open, bpo_calendar_next_close. Two zones are made here, one
 * with summer time of an hour and one of half an hour. */
#include <bpo/calendar.h>
#include <stdlib.h>
#include <string.h>

#define LINE_SIZE 512

static void hold(int law)
{
    if (!law)
        abort();
}

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

/* add() is the inverse of between(), at both landings, forward and backward. */
static void check_add(const bpo_calendar *calendar, bpo_time from, bpo_duration open)
{
    bpo_time earliest, latest;
    bpo_status status = bpo_calendar_add(calendar, from, open, BPO_LANDING_EARLIEST, &earliest, NULL);
    bpo_status other = bpo_calendar_add(calendar, from, open, BPO_LANDING_LATEST, &latest, NULL);
    hold(status == BPO_OK || status == BPO_NEVER || status == BPO_E_HORIZON);
    if (status != BPO_OK)
        return;
    hold(open_time(calendar, from, earliest) == open);
    hold(open > 0 ? earliest > from : earliest < from);
    if (other != BPO_OK)
        return;
    hold(open_time(calendar, from, latest) == open);
    hold(open > 0 ? latest >= earliest : latest <= earliest);
}

/* between() is additive, antisymmetric, and never more than the time that passes. */
static void check_between(const bpo_calendar *calendar, bpo_time from, bpo_time middle, bpo_time until)
{
    bpo_duration whole = open_time(calendar, from, until);
    hold(open_time(calendar, from, middle) + open_time(calendar, middle, until) == whole);
    hold(open_time(calendar, until, from) == -whole);
    hold(whole >= 0 && whole <= until - from);
}

/* Up to the next opening nothing is open, and from there to the next close everything is. */
static void check_edges(const bpo_calendar *calendar, bpo_time at)
{
    bpo_time opening, close;
    int open;
    hold(bpo_calendar_is_open(calendar, at, &open, NULL) == BPO_OK);
    bpo_status status = bpo_calendar_next_open(calendar, at, &opening, NULL);
    hold(status == BPO_OK || status == BPO_NEVER || status == BPO_E_HORIZON);
    if (status != BPO_OK) {
        hold(!open);
        return;
    }
    hold((opening == at) == (open == 1));
    hold(open_time(calendar, at, opening) == 0);
    if (bpo_calendar_next_close(calendar, at, &close, NULL) != BPO_OK)
        return;
    hold(close > opening && open_time(calendar, opening, close) == close - opening);
    hold(bpo_calendar_is_open(calendar, close, &open, NULL) == BPO_OK && !open);
}

static void check_laws(const bpo_calendar *calendar)
{
    bpo_time start = INT64_C(1767225600) * BPO_SECOND; /* 2026-01-01 */
    for (int i = 0; i < 24; i++) {
        bpo_time at = start + i * (15 * BPO_DAY + 7 * BPO_HOUR + 11 * BPO_MINUTE) + i * i;
        check_between(calendar, at, at + i * BPO_DAY + 12345, at + 40 * BPO_DAY);
        check_add(calendar, at, 1 + i * i * BPO_HOUR);
        check_add(calendar, at, -1 - i * i * BPO_HOUR);
        check_edges(calendar, at);
    }
}

typedef bpo_status compile(bpo_context *context, const bpo_terms *terms, bpo_calendar **ret_calendar, bpo_error *err);

static bpo_status compile_named(bpo_context *context, const bpo_terms *terms, bpo_calendar **ret_calendar,
                                bpo_error *err)
{
    return bpo_calendar_new_named(context, terms, "a", ret_calendar, err);
}

static void check_calendar(bpo_context *context, const bpo_terms *terms, compile *run)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_calendar *calendar = NULL;
    bpo_status status = run(context, terms, &calendar, &err);
    hold(status == BPO_OK || (status < 0 && err.code == status && err.message[0] && status != BPO_E_NOMEM));
    if (status == BPO_OK)
        check_laws(calendar);
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
