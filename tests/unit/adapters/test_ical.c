/* SPDX-License-Identifier: Apache-2.0 */
/* Holidays from iCalendar: every day of every occurrence, taken whole or not at all. */
#include "support/fault.h"
#include "support/test.h"
#include <bpo/calendar.h>
#include <bpo/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CALENDAR(body) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n" body "END:VCALENDAR\r\n"
#define EVENT(body) "BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\n" body "END:VEVENT\r\n"
#define ONE(body) CALENDAR(EVENT(body))

static bpo_terms *new_terms(bpo_context **ret_context)
{
    bpo_terms *terms = NULL;
    assert_int_equal(bpo_context_new(NULL, ret_context, NULL), BPO_OK);
    assert_int_equal(bpo_terms_new(*ret_context, &terms, NULL), BPO_OK);
    return terms;
}

static void end_terms(bpo_context *context, bpo_terms *terms)
{
    bpo_terms_unref(terms);
    bpo_context_unref(context);
}

/* All holidays as "date=name date=name", the path left away. */
static void list_terms(const bpo_terms *terms, char *into, size_t room)
{
    size_t end = 0;
    into[0] = '\0';
    for (size_t i = 0; i < bpo_terms_count(terms); i++) {
        const char *path = NULL;
        const char *value = NULL;
        assert_int_equal(bpo_terms_at(terms, i, &path, &value), BPO_OK);
        assert_int_equal(strncmp(path, "/holidays/", 10), 0);
        end += (size_t)snprintf(into + end, room - end, "%s%s=%s", i ? " " : "", path + 10, value);
        assert_true(end < room);
    }
}

/* Each document, read for 2025 to 2028, and what it gives. */
static const struct {
    const char *text;
    const char *holidays;
    size_t left_out;
} readings[] = {
    /* one day, and the older ways to write one */
    {ONE("DTSTART;VALUE=DATE:20261225\r\nSUMMARY:Christmas\r\n"), "2026-12-25=Christmas", 0},
    {ONE("DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261226\r\nSUMMARY:A\r\n"), "2026-12-25=A", 0},
    {ONE("DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261225\r\nSUMMARY:A\r\n"), "2026-12-25=A", 0},
    {ONE("DTSTART:20261225\r\n"), "2026-12-25=holiday", 0},
    {ONE("DTSTART;VALUE=DATE:20261225\r\nSUMMARY:\r\n"), "2026-12-25=holiday", 0},
    {ONE("DTSTART;VALUE=DATE:20261225\r\nSUMMARY;X=\":\":\r\nUID:\r\n"), "2026-12-25=holiday", 0},
    {ONE("DTSTART;VALUE=DATE:20261225\r\nSUMMARY:A:\r\n"), "2026-12-25=A:", 0},
    {"\xef\xbb\xbf" ONE("DTSTART;VALUE=DATE:20261225\r\nSUMMARY:A\r\n"), "2026-12-25=A", 0},
    {"begin:vcalendar\nbegin:vevent\ndtstart;value=date:20261225\nsummary:A\nend:vevent\nend:vcalendar",
     "2026-12-25=A", 0},
    /* folded, escaped, with parameters */
    {ONE("DTSTART;VALUE=DA\r\n TE:20261003\r\nSUMMARY;LANGUAGE=de:Tag der Deutschen\r\n\t Einheit\\, frei\r\n"),
     "2026-10-03=Tag der Deutschen Einheit, frei", 0},
    /* several days; into the years asked for and out of them */
    {ONE("DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261227\r\nSUMMARY:A\r\n"),
     "2026-12-24=A 2026-12-25=A 2026-12-26=A", 0},
    {ONE("DTSTART;VALUE=DATE:20260227\r\nDURATION:P3D\r\nSUMMARY:A\r\n"), "2026-02-27=A 2026-02-28=A 2026-03-01=A", 0},
    {ONE("DTSTART;VALUE=DATE:20260227\r\nDURATION:PT48H\r\nSUMMARY:A\r\n"), "2026-02-27=A 2026-02-28=A", 0},
    {ONE("DTSTART;VALUE=DATE:20241230\r\nDTEND;VALUE=DATE:20250103\r\nSUMMARY:A\r\n"), "2025-01-01=A 2025-01-02=A", 0},
    {ONE("DTSTART;VALUE=DATE:20281231\r\nDURATION:P1W\r\nSUMMARY:A\r\n"), "2028-12-31=A", 0},
    {ONE("DTSTART;VALUE=DATE:20241231\r\n"), "", 0},
    {ONE("DTSTART;VALUE=DATE:20290101\r\nRRULE:FREQ=YEARLY\r\n"), "", 0},
    /* every year */
    {ONE("DTSTART;VALUE=DATE:20001225\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:A\r\n"),
     "2025-12-25=A 2026-12-25=A 2027-12-25=A 2028-12-25=A", 0},
    {ONE("DTSTART;VALUE=DATE:20240229\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:A\r\n"), "2028-02-29=A", 0},
    {ONE("DTSTART;VALUE=DATE:20251226\r\nRRULE:FREQ=YEARLY;COUNT=2\r\nSUMMARY:A\r\n"), "2025-12-26=A 2026-12-26=A", 0},
    {ONE("DTSTART;VALUE=DATE:20201226\r\nRRULE:FREQ=YEARLY;UNTIL=20261226\r\nSUMMARY:A\r\n"),
     "2025-12-26=A 2026-12-26=A", 0},
    {ONE("DTSTART;VALUE=DATE:20201226\r\nRRULE:FREQ=YEARLY;UNTIL=20261225\r\nSUMMARY:A\r\n"), "2025-12-26=A", 0},
    {ONE("DTSTART;VALUE=DATE:20201103\r\nRRULE:FREQ=YEARLY;INTERVAL=4\r\nSUMMARY:A\r\n"), "2028-11-03=A", 0},
    {ONE("DTSTART;VALUE=DATE:20231123\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH\r\nSUMMARY:Thanksgiving\r\n"),
     "2025-11-27=Thanksgiving 2026-11-26=Thanksgiving 2027-11-25=Thanksgiving 2028-11-23=Thanksgiving", 0},
    {ONE("DTSTART;VALUE=DATE:20240527\r\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO\r\nSUMMARY:A\r\n"),
     "2025-05-26=A 2026-05-25=A 2027-05-31=A 2028-05-29=A", 0},
    {ONE("DTSTART;VALUE=DATE:20250501\r\nRRULE:FREQ=YEARLY;BYMONTH=5,12;BYMONTHDAY=1;COUNT=3\r\nSUMMARY:A\r\n"),
     "2025-05-01=A 2025-12-01=A 2026-05-01=A", 0},
    {ONE("DTSTART;VALUE=DATE:20241231\r\nDURATION:P2D\r\nRRULE:FREQ=YEARLY;COUNT=2\r\nSUMMARY:A\r\n"),
     "2025-01-01=A 2025-12-31=A 2026-01-01=A", 0},
    {ONE("DTSTART;VALUE=DATE:20250101\r\nRRULE:RSCALE=GREGORIAN;FREQ=YEARLY;COUNT=1\r\n"), "2025-01-01=holiday", 0},
    /* the first occurrence is DTSTART, on the rule or not */
    {ONE("DTSTART;VALUE=DATE:20270704\r\nRRULE:FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=5\r\nSUMMARY:A\r\n"),
     "2027-07-04=A 2027-07-05=A 2028-07-05=A", 0},
    /* added and taken away */
    {ONE("DTSTART;VALUE=DATE:20261225\r\nRDATE;VALUE=DATE:20270102,20280103\r\nRDATE;VALUE=DATE:20260101\r\n"
         "SUMMARY:A\r\n"),
     "2026-01-01=A 2026-12-25=A 2027-01-02=A 2028-01-03=A", 0},
    {ONE("DTSTART;VALUE=DATE:20251225\r\nRRULE:FREQ=YEARLY\r\nEXDATE;VALUE=DATE:20251225,20271225\r\nSUMMARY:A\r\n"),
     "2026-12-25=A 2028-12-25=A", 0},
    {ONE("DTSTART;VALUE=DATE:20261225\r\nSTATUS:CANCELLED\r\n"), "", 0},
    {ONE("DTSTART;VALUE=DATE:20261225\r\nSTATUS:CONFIRMED\r\nSUMMARY:A\r\n"), "2026-12-25=A", 0},
    {CALENDAR(EVENT("DTSTART;VALUE=DATE:20260704\r\nRECURRENCE-ID;VALUE=DATE:20260703\r\nSUMMARY:Moved\r\n")
              EVENT("DTSTART;VALUE=DATE:20250703\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:A\r\n")
              EVENT("DTSTART;VALUE=DATE:20270703\r\nRECURRENCE-ID;VALUE=DATE:20270703\r\nSTATUS:CANCELLED\r\n")),
     "2025-07-03=A 2026-07-04=Moved 2028-07-03=A", 0},
    {CALENDAR(EVENT("DTSTART;VALUE=DATE:20260703\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:A\r\n")
              "BEGIN:VEVENT\r\nUID:2\r\nDTSTART;VALUE=DATE:20260704\r\nRECURRENCE-ID;VALUE=DATE:20260703\r\n"
              "SUMMARY:B\r\nEND:VEVENT\r\n"),
     "2026-07-03=A 2026-07-04=B 2027-07-03=A 2028-07-03=A", 0},
    /* two on one day: the later names it */
    {CALENDAR(EVENT("DTSTART;VALUE=DATE:20261224\r\nDURATION:P3D\r\nSUMMARY:Long\r\n")
              EVENT("DTSTART;VALUE=DATE:20261225\r\nSUMMARY:Short\r\n")),
     "2026-12-24=Long 2026-12-25=Short 2026-12-26=Long", 0},
    /* left out, and counted */
    {CALENDAR(EVENT("DTSTART:20261225T090000Z\r\nDTEND:20261225T100000Z\r\n")
              EVENT("DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=MONTHLY\r\n")
              EVENT("DTSTART;VALUE=DATE:20260102\r\nRRULE:RSCALE=HEBREW;FREQ=YEARLY;BYMONTH=7\r\n")
              EVENT("DTSTART;VALUE=DATE:20260103\r\nEXRULE:FREQ=YEARLY\r\n")
              EVENT("DTSTART;VALUE=DATE:20260104\r\nSUMMARY:A\r\n")),
     "2026-01-04=A", 4},
    /* what is no event: other components, alarms within events, text that looks like it */
    {CALENDAR("BEGIN:VTIMEZONE\r\nTZID:X\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nEND:STANDARD\r\n"
              "END:VTIMEZONE\r\nBEGIN:VTODO\r\nDTSTART;VALUE=DATE:20260101\r\nEND:VTODO\r\n" EVENT(
                  "DTSTART;VALUE=DATE:20260105\r\nX-NOTE:RRULE:FREQ=YEARLY\r\nBEGIN:VALARM\r\nDURATION:PT1H\r\n"
                  "SUMMARY:alarm\r\nEND:VALARM\r\nSUMMARY:A\r\n")),
     "2026-01-05=A", 0},
    {CALENDAR("") CALENDAR(EVENT("DTSTART;VALUE=DATE:20260106\r\nSUMMARY:A\r\n")), "2026-01-06=A", 0},
};

static void every_day_of_every_occurrence_is_a_holiday(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof readings / sizeof readings[0]; i++) {
        bpo_context *context = NULL;
        bpo_error err = BPO_ERROR_INIT;
        bpo_terms *terms = new_terms(&context);
        size_t left_out = 77;
        char found[1000];
        const char *text = readings[i].text;
        if (bpo_ical_read_holidays(terms, "", text, strlen(text), 2025, 2028, &left_out, &err) != BPO_OK)
            fail_msg("%s: %s: %s", text, err.path, err.message);
        list_terms(terms, found, sizeof found);
        if (strcmp(found, readings[i].holidays) != 0 || left_out != readings[i].left_out)
            fail_msg("%s: %s, %zu left out", text, found, left_out);
        end_terms(context, terms);
    }
}

/* Each document, the status, and what path and message must hold. */
static const struct {
    const char *text;
    bpo_status status;
    const char *path;
    const char *message;
} refusals[] = {
    {"", BPO_E_SYNTAX, "", "no VCALENDAR"},
    {"\r\n\r\n", BPO_E_SYNTAX, "", "no VCALENDAR"},
    {"this is not a calendar", BPO_E_SYNTAX, "line 1", "NAME:VALUE"},
    {"{\"a\": 1}", BPO_E_SYNTAX, "line 1", "NAME:VALUE"},
    {"BEGIN:VCALENDAR\r\nBEGIN\r\n", BPO_E_SYNTAX, "line 2", "NAME:VALUE"},
    {"BEGIN:VCALENDAR\r\nX:a\r\n b\r\n:VEVENT\r\n", BPO_E_SYNTAX, "line 4", "NAME:VALUE"},
    {"VERSION:2.0\r\n", BPO_E_SYNTAX, "line 1", "outside"},
    {"BEGIN:VEVENT\r\nEND:VEVENT\r\n", BPO_E_SYNTAX, "line 1", "outside"},
    {"END:VCALENDAR\r\n", BPO_E_SYNTAX, "line 1", "outside"},
    {CALENDAR("") "VERSION:2.0\r\n", BPO_E_SYNTAX, "line 5", "outside"},
    {"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n", BPO_E_SYNTAX, "line 3", "VEVENT began last"},
    {"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n\r\nDTSTART:20260101\r\n", BPO_E_SYNTAX, "line 4", "within VEVENT"},
    {"BEGIN:VCALENDAR\r\nNAME:a\001b\r\n", BPO_E_SYNTAX, "line 2", "control"},
    {"BEGIN:VCALENDAR\r\nNAME:a\r\n b\rc\r\n", BPO_E_SYNTAX, "line 3", "control"},
    {ONE("DTSTART;VALUE=DATE:20260230\r\n"), BPO_E_VALUE, "line 7", "DTSTART"},
    {ONE("DTSTART;VALUE=DATE:20261301\r\n"), BPO_E_VALUE, "line 7", "does not exist"},
    {ONE("DTSTART;VALUE=DATE:2026\r\n"), BPO_E_SYNTAX, "line 7", "DTSTART"},
    {ONE("DTSTART\r\n"), BPO_E_SYNTAX, "line 7", "NAME:VALUE"},
    {ONE("DTSTART:\r\n"), BPO_E_SYNTAX, "line 7", "DTSTART"},
    {ONE("DTSTART;VALUE=DATE\r\n"), BPO_E_SYNTAX, "line 7", "DTSTART"},
    {ONE("SUMMARY:A\r\n"), BPO_E_SYNTAX, "line 4", "no DTSTART"},
    {ONE("DTSTART;VALUE=DATE:20260101\r\nDTSTART;VALUE=DATE:20260102\r\n"), BPO_E_SYNTAX, "line 8", "twice"},
    {ONE("DTSTART;VALUE=DATE:20260102\r\nDTEND;VALUE=DATE:20260101\r\n"), BPO_E_VALUE, "line 4", "later date"},
    {ONE("DTSTART;VALUE=DATE:20260102\r\nDTEND;VALUE=DATE:20270104\r\n"), BPO_E_VALUE, "line 4", "366"},
    {ONE("DTSTART;VALUE=DATE:20260102\r\nDURATION:PT12H\r\n"), BPO_E_VALUE, "line 4", "whole days"},
    {ONE("DTSTART;VALUE=DATE:20260102\r\nDURATION:-P1D\r\n"), BPO_E_VALUE, "line 4", "whole days"},
    {ONE("DTSTART;VALUE=DATE:20260102\r\nDURATION:P99999999999W\r\n"), BPO_E_VALUE, "line 4", "366"},
    {ONE("DTSTART;VALUE=DATE:20260102\r\nDURATION:P1D\r\nDTEND;VALUE=DATE:20260103\r\n"), BPO_E_SYNTAX, "line 4",
     "keep one"},
    {ONE("DTSTART;VALUE=DATE:20260102\r\nRRULE:FREQ=YEARLY;BYDAY=XX\r\n"), BPO_E_SYNTAX, "line 8", "RRULE"},
    {ONE("DTSTART;VALUE=DATE:20260102\r\nRRULE:FREQ=YEARLY;INTERVAL=0\r\n"), BPO_E_SYNTAX, "line 8", "RRULE"},
    {ONE("DTSTART;VALUE=DATE:20260102\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\n"), BPO_E_VALUE, "line 4",
     "no day"},
    {ONE("DTSTART;VALUE=DATE:20260102\r\nEXDATE;VALUE=DATE:20260102,2026x\r\n"), BPO_E_SYNTAX, "line 8", "EXDATE"},
    {ONE("DTSTART;VALUE=DATE:20260102\r\nEXDATE;VALUE=DATE:20260102,20260332\r\n"), BPO_E_VALUE, "line 8", "EXDATE"},
    {ONE("DTSTART;VALUE=DATE:20260102\r\nRDATE;VALUE=DATE:20260431\r\n"), BPO_E_VALUE, "line 8", "RDATE"},
    {ONE("DTSTART;VALUE=DATE:20260102\r\nSUMMARY:\xff\r\n"), BPO_E_VALUE, "/holidays/2026-01-02", "UTF-8"},
    {"BEGIN:VCALENDAR\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\n", BPO_E_LIMIT,
     "line 9", "nested"},
};

static void a_refusal_names_the_place_and_changes_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        bpo_context *context = NULL;
        bpo_error err = BPO_ERROR_INIT;
        bpo_terms *terms = new_terms(&context);
        size_t left_out = 77;
        const char *text = refusals[i].text;
        assert_int_equal(bpo_terms_set(terms, "/id", "as before", NULL), BPO_OK);
        bpo_status status = bpo_ical_read_holidays(terms, "", text, strlen(text), 2025, 2028, &left_out, &err);
        if (status != refusals[i].status || err.code != status || !strstr(err.path, refusals[i].path) ||
            !strstr(err.message, refusals[i].message))
            fail_msg("%s: %d at %s: %s", text, status, err.path, err.message);
        assert_int_equal(left_out, 77);
        assert_int_equal(bpo_terms_count(terms), 1);
        end_terms(context, terms);
    }
}

static void a_document_cut_anywhere_before_its_end_is_refused(void **state)
{
    static const char text[] = ONE("DTSTART;VALUE=DATE:20261225\r\nRRULE:FREQ=YEARLY;COUNT=2\r\nSUMMARY:A\r\n");
    bpo_context *context = NULL;
    bpo_terms *terms = new_terms(&context);
    (void)state;
    for (size_t size = 0; size < sizeof text - 3; size++) {
        bpo_status status = bpo_ical_read_holidays(terms, "", text, size, 2025, 2028, NULL, NULL);
        if (status != BPO_E_SYNTAX && status != BPO_E_VALUE)
            fail_msg("cut after %zu bytes: %d", size, status);
        assert_int_equal(bpo_terms_count(terms), 0);
    }
    end_terms(context, terms);
}

/* A head, a piece that is repeated, a foot. */
static char *repeat(const char *head, const char *piece, size_t times, const char *foot, size_t *ret_size)
{
    size_t size = strlen(piece);
    char *text = malloc(strlen(head) + times * size + strlen(foot) + 1);
    assert_non_null(text);
    strcpy(text, head);
    for (size_t i = 0; i < times; i++)
        memcpy(text + strlen(head) + i * size, piece, size);
    strcpy(text + strlen(head) + times * size, foot);
    *ret_size = strlen(head) + times * size + strlen(foot);
    return text;
}

static void more_than_the_limits_is_refused(void **state)
{
    static const struct {
        const char *head, *piece, *foot;
        size_t times;
        bpo_status status;
    } documents[] = {
        {"BEGIN:VCALENDAR\nX:", "a", "\nEND:VCALENDAR\n", 65534, BPO_OK},
        {"BEGIN:VCALENDAR\nX:", "a", "\nEND:VCALENDAR\n", 65535, BPO_E_LIMIT},
        {"BEGIN:VCALENDAR\nX:", "aaaaaaaa\n ", "\nEND:VCALENDAR\n", 8192, BPO_E_LIMIT},
        {"BEGIN:VCALENDAR\n", "BEGIN:VEVENT\nDTSTART:19000101\nRRULE:FREQ=YEARLY;BYDAY=MO\nEND:VEVENT\n",
         "END:VCALENDAR\n", 7, BPO_E_LIMIT},
        {"", "BEGIN:VCALENDAR\n", "", 1000000, BPO_E_LIMIT},
    };
    bpo_context *context = NULL;
    bpo_terms *terms = new_terms(&context);
    (void)state;
    for (size_t i = 0; i < sizeof documents / sizeof documents[0]; i++) {
        size_t size;
        char *text = repeat(documents[i].head, documents[i].piece, documents[i].times, documents[i].foot, &size);
        assert_int_equal(bpo_ical_read_holidays(terms, "", text, size, 1900, 2200, NULL, NULL), documents[i].status);
        free(text);
    }
    assert_int_equal(bpo_terms_count(terms), 0);
    end_terms(context, terms);
}

static void wrong_arguments_are_refused(void **state)
{
    bpo_context *context = NULL;
    bpo_error err = BPO_ERROR_INIT;
    bpo_terms *terms = new_terms(&context);
    size_t size = strlen(CALENDAR(""));
    (void)state;
    assert_int_equal(bpo_ical_read_holidays(NULL, "", CALENDAR(""), size, 2025, 2028, NULL, &err), BPO_E_INVALID);
    assert_int_equal(bpo_ical_read_holidays(terms, NULL, CALENDAR(""), size, 2025, 2028, NULL, &err), BPO_E_INVALID);
    assert_int_equal(bpo_ical_read_holidays(terms, "", NULL, size, 2025, 2028, NULL, &err), BPO_E_INVALID);
    assert_int_equal(bpo_ical_read_holidays(terms, "", CALENDAR(""), size, 2028, 2025, NULL, &err), BPO_E_INVALID);
    assert_int_equal(bpo_ical_read_holidays(terms, "", CALENDAR(""), size, 1899, 2025, NULL, &err), BPO_E_INVALID);
    assert_int_equal(bpo_ical_read_holidays(terms, "", CALENDAR(""), size, 2025, 2201, NULL, &err), BPO_E_INVALID);
    assert_int_equal(bpo_ical_read_holidays(terms, "", CALENDAR(""), size, 2025, 2025, NULL, NULL), BPO_OK);
    assert_int_equal(bpo_ical_read_holidays(terms, "no/slash", ONE("DTSTART:20250101\n"),
                                            strlen(ONE("DTSTART:20250101\n")), 2025, 2025, NULL, &err),
                     BPO_E_PATH);
    end_terms(context, terms);
}

static void what_was_read_closes_a_calendar(void **state)
{
    static const char text[] =
        ONE("DTSTART;VALUE=DATE:20201225\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Christmas\r\n");
    bpo_context *context = NULL;
    bpo_terms *terms = new_terms(&context);
    bpo_calendar *office = NULL;
    bpo_duration open = -1;
    (void)state;
    assert_int_equal(bpo_terms_set(terms, "/time_zone", "UTC", NULL), BPO_OK);
    assert_int_equal(bpo_terms_set(terms, "/hours/mon-fri", "09:00-17:00", NULL), BPO_OK);
    assert_int_equal(bpo_ical_read_holidays(terms, "", text, sizeof text - 1, 2025, 2028, NULL, NULL), BPO_OK);
    assert_int_equal(bpo_calendar_new(context, terms, &office, NULL), BPO_OK);
    /* Thursday 2026-12-24 to Monday 2026-12-28, 00:00 UTC */
    assert_int_equal(bpo_calendar_between(office, INT64_C(1798070400000000), INT64_C(1798416000000000), &open, NULL),
                     BPO_OK);
    assert_true(open == 8 * BPO_HOUR);
    bpo_calendar_unref(office);
    end_terms(context, terms);
}

static bpo_status a_document_is_read(fault_host *fault, void *user)
{
    static const char text[] = ONE("DTSTART;VALUE=DATE:20251225\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:A\r\n");
    bpo_context *context = NULL;
    bpo_terms *terms = NULL;
    (void)user;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    if (status == BPO_OK)
        status = bpo_terms_new(context, &terms, NULL);
    if (status == BPO_OK)
        status = bpo_terms_set(terms, "/site/holidays/2025-12-25", "before", NULL);
    if (status == BPO_OK) {
        status = bpo_ical_read_holidays(terms, "/site", text, sizeof text - 1, 2025, 2028, NULL, NULL);
        assert_int_equal(bpo_terms_count(terms), status == BPO_OK ? 4 : 1);
        assert_string_equal(bpo_terms_get(terms, "/site/holidays/2025-12-25"), status == BPO_OK ? "A" : "before");
    }
    bpo_terms_unref(terms);
    bpo_context_unref(context);
    return status;
}

static void a_document_is_taken_whole_or_not_at_all(void **state)
{
    (void)state;
    assert_true(fault_torture(a_document_is_read, NULL) > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_of_every_occurrence_is_a_holiday),
        cmocka_unit_test(a_refusal_names_the_place_and_changes_nothing),
        cmocka_unit_test(a_document_cut_anywhere_before_its_end_is_refused),
        cmocka_unit_test(more_than_the_limits_is_refused),
        cmocka_unit_test(wrong_arguments_are_refused),
        cmocka_unit_test(what_was_read_closes_a_calendar),
        cmocka_unit_test(a_document_is_taken_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
