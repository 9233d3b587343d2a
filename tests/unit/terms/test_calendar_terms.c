/* SPDX-License-Identifier: Apache-2.0 */
/* What the terms of one calendar say once its layers lie upon each other, and how many there can be. */
#include "terms/calendar_terms.h"
#include "terms_support.h"
#include <stdio.h>

static bpo_context *context;

static int set_up(void **state)
{
    (void)state;
    context = context_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    context = bpo_context_unref(context);
    return 0;
}

/* The calendar `desk` of some lines; a refusal fails the test with its message. */
static bpo_calendar *desk_of(bpo_terms *terms)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_calendar *calendar = NULL;

    if (bpo_calendar_new_named(context, terms, "desk", &calendar, &err) != BPO_OK)
        fail_msg("%s: %s", err.path, err.message);
    bpo_terms_unref(terms);
    return calendar;
}

#define DESK_OF(lines) desk_of(terms_of(context, lines, COUNT(lines)))

static bpo_time midnight_of(const char *date)
{
    char text[40];
    bpo_time at = 0;

    snprintf(text, sizeof text, "%sT00:00:00Z", date);
    assert_int_equal(bpo_time_parse(text, &at, NULL), BPO_OK);
    return at;
}

/* Why a date begins closed: the name of its holiday, or "" for none. */
static void assert_holiday(const bpo_calendar *calendar, const char *date, const char *name)
{
    bpo_intervals *intervals = NULL;
    bpo_interval interval = BPO_INTERVAL_INIT;
    bpo_time from = midnight_of(date);

    assert_int_equal(bpo_intervals_new(calendar, from, from + BPO_DAY, BPO_INTERVALS_EXPLAINED, &intervals, NULL),
                     BPO_OK);
    assert_int_equal(bpo_intervals_next(intervals, &interval, NULL), BPO_OK);
    assert_string_equal(interval.name, name);
    bpo_intervals_unref(intervals);
}

static void assert_hours(const bpo_calendar *calendar, const char *date, int hours)
{
    bpo_duration open = -1;
    bpo_time from = midnight_of(date);

    assert_int_equal(bpo_calendar_between(calendar, from, from + BPO_DAY, &open, NULL), BPO_OK);
    assert_int_equal(open, hours * BPO_HOUR);
}

/* --- rules ------------------------------------------------------------------------------------------------------- */

static void a_rule_has_a_title_and_years(void **state)
{
    static const line lines[] = {{"/calendars/desk/time_zone", "UTC"},
                                 {"/calendars/desk/hours/mon-sun", "09:00-17:00"},
                                 {"/calendars/desk/holiday_rules/juneteenth/rule", "--06-19"},
                                 {"/calendars/desk/holiday_rules/juneteenth/title", "Juneteenth Day"},
                                 {"/calendars/desk/holiday_rules/juneteenth/from_year", "2021"},
                                 {"/calendars/desk/holiday_rules/juneteenth/to_year", "2030"},
                                 {"/calendars/desk/holiday_rules/plain", "--07-04"}};
    bpo_calendar *desk = DESK_OF(lines);

    (void)state;
    assert_holiday(desk, "2020-06-19", "");
    assert_holiday(desk, "2021-06-19", "Juneteenth Day");
    assert_holiday(desk, "2030-06-19", "Juneteenth Day");
    assert_holiday(desk, "2031-06-19", "");
    assert_holiday(desk, "2026-07-04", "plain");
    bpo_calendar_unref(desk);
}

static void a_rule_of_no_year_is_refused(void **state)
{
    static const line lines[] = {{"/calendars/desk/time_zone", "UTC"},
                                 {"/calendars/desk/hours/mon-sun", "09:00-17:00"},
                                 {"/calendars/desk/holiday_rules/a/rule", "--06-19"},
                                 {"/calendars/desk/holiday_rules/a/from_year", "2030"},
                                 {"/calendars/desk/holiday_rules/a/to_year", "2029"}};
    bpo_error err = BPO_ERROR_INIT;
    bpo_terms *terms = terms_of(context, lines, COUNT(lines));
    bpo_calendar *desk = NULL;

    (void)state;
    assert_int_equal(bpo_calendar_new_named(context, terms, "desk", &desk, &err), BPO_E_VALUE);
    bpo_terms_unref(terms);
    assert_string_equal(err.path, "/calendars/desk/holiday_rules/a/to_year");
    assert_non_null(strstr(err.message, "2030"));
}

/* What a layer says of a rule is all of it: nothing of the rule below shines through. */
static void a_rule_is_one_term_however_it_is_written(void **state)
{
    static const line lines[] = {{"/calendars/base/time_zone", "UTC"},
                                 {"/calendars/base/hours/mon-sun", "09:00-17:00"},
                                 {"/calendars/base/holiday_rules/a/rule", "--07-04"},
                                 {"/calendars/base/holiday_rules/a/title", "Below"},
                                 {"/calendars/base/holiday_rules/a/observed", "sat-1"},
                                 {"/calendars/base/holiday_rules/b", "--08-01"},
                                 {"/calendars/base/holiday_rules/c", "--09-01"},
                                 {"/calendars/desk/extends", "base"},
                                 {"/calendars/desk/holiday_rules/a", "--07-05"},
                                 {"/calendars/desk/holiday_rules/b/rule", "--08-02"},
                                 {"/calendars/desk/holiday_rules/b/title", "Above"},
                                 {"/calendars/desk/holiday_rules/c/rule", "none"}};
    bpo_calendar *desk = DESK_OF(lines);

    (void)state;
    assert_holiday(desk, "2026-07-03", ""); /* 2026-07-04 is a Saturday */
    assert_holiday(desk, "2026-07-04", "");
    assert_holiday(desk, "2026-07-05", "a");
    assert_holiday(desk, "2026-08-01", "");
    assert_holiday(desk, "2026-08-02", "Above");
    assert_holiday(desk, "2026-09-01", "");
    bpo_calendar_unref(desk);
}

/* --- versions ---------------------------------------------------------------------------------------------------- */

static void versions_of_one_date_lie_upon_each_other(void **state)
{
    static const line lines[] = {{"/calendars/base/time_zone", "UTC"},
                                 {"/calendars/base/hours/mon-sun", "09:00-17:00"},
                                 {"/calendars/base/versions/2026-07-01/hours/mon-sun", "09:00-12:00"},
                                 {"/calendars/base/versions/2026-07-01/holidays/2026-07-15", "Below"},
                                 {"/calendars/base/versions/2026-09-01/hours/mon-sun", "09:00-10:00"},
                                 {"/calendars/desk/extends", "base"},
                                 {"/calendars/desk/versions/2026-07-01/hours/wed", "09:00-11:00"},
                                 {"/calendars/desk/versions/2026-08-01/holidays/2026-08-05", "Above"}};
    bpo_calendar *desk = DESK_OF(lines);

    (void)state;
    assert_hours(desk, "2026-06-30", 8);
    assert_hours(desk, "2026-07-02", 3); /* a Thursday, of the version below */
    assert_hours(desk, "2026-07-01", 2); /* a Wednesday, of the one above */
    assert_holiday(desk, "2026-07-15", "Below");
    assert_holiday(desk, "2026-08-05", "Above");
    assert_hours(desk, "2026-08-06", 3);
    assert_hours(desk, "2026-09-03", 1);
    assert_hours(desk, "2026-09-02", 2); /* what lies above holds on, whatever comes below */
    bpo_calendar_unref(desk);
}

static void scope_and_precedence_have_versions(void **state)
{
    static const line lines[] = {{"/calendars/desk/time_zone", "UTC"},
                                 {"/calendars/desk/hours/mon-sun", "22:00-06:00"},
                                 {"/calendars/desk/holidays/--07-15", "x"},
                                 {"/calendars/desk/overrides/2027-07-15", "10:00-11:00"},
                                 {"/calendars/desk/overrides/2028-07-15", "10:00-11:00"},
                                 {"/calendars/desk/closures/2027-07-16", "22:00-23:00"},
                                 {"/calendars/desk/versions/2026-01-01/scope", "shift_start"},
                                 {"/calendars/desk/versions/2028-01-01/override_beats_holiday", "false"},
                                 {"/calendars/desk/versions/2029-01-01/scope", "civil"}};
    bpo_calendar *desk = DESK_OF(lines);

    (void)state;
    assert_hours(desk, "2025-07-15", 0); /* civil: with the tail of the night before */
    assert_hours(desk, "2026-07-15", 6); /* shift_start: the tail stays */
    assert_hours(desk, "2027-07-15", 7); /* the override beats it */
    assert_hours(desk, "2027-07-16", 1); /* but for the closure, two hours of the evening */
    assert_hours(desk, "2028-07-15", 6); /* and no longer does */
    assert_hours(desk, "2029-07-15", 0); /* civil again */
    bpo_calendar_unref(desk);
}

/* Puts versions into a calendar, one a day, from a day of 2026 on. */
static void put_versions(bpo_terms *terms, const char *calendar, int first, int count)
{
    for (int i = first; i < first + count; i++) {
        char path[80];
        snprintf(path, sizeof path, "/calendars/%s/versions/2026-%02d-%02d/hours/mon", calendar, 1 + i / 28,
                 1 + i % 28);
        assert_int_equal(bpo_terms_set(terms, path, "08:00-12:00", NULL), BPO_OK);
    }
}

/* A desk that extends a base, each with versions. */
static bpo_status compile_versions(int of_base, int first_of_desk, int of_desk, bpo_error *err)
{
    static const line lines[] = {{"/calendars/base/time_zone", "UTC"},
                                 {"/calendars/base/hours/mon-sun", "09:00-17:00"},
                                 {"/calendars/desk/extends", "base"}};
    bpo_terms *terms = terms_of(context, lines, COUNT(lines));
    bpo_calendar *calendar = NULL;
    bpo_status status;

    put_versions(terms, "base", 0, of_base);
    put_versions(terms, "desk", first_of_desk, of_desk);
    status = bpo_calendar_new_named(context, terms, "desk", &calendar, err);
    assert_true((calendar != NULL) == (status == BPO_OK));
    bpo_calendar_unref(calendar);
    bpo_terms_unref(terms);
    return status;
}

static void a_calendar_has_at_most_64_versions_with_those_it_inherits(void **state)
{
    bpo_error err = BPO_ERROR_INIT;

    (void)state;
    assert_int_equal(BPO__VERSIONS_MOST, 64);
    assert_int_equal(compile_versions(0, 0, 64, NULL), BPO_OK);
    assert_int_equal(compile_versions(0, 0, 65, &err), BPO_E_LIMIT);
    assert_string_equal(err.path, "/calendars/desk/versions/2026-03-09");
    assert_contains(err.message, "at most 64 versions");
    assert_int_equal(compile_versions(64, 0, 64, NULL), BPO_OK); /* the same dates are the same versions */
    assert_int_equal(compile_versions(40, 40, 24, NULL), BPO_OK);
    assert_int_equal(compile_versions(40, 40, 25, &err), BPO_E_LIMIT);
    assert_string_equal(err.path, "/calendars/desk/versions/2026-03-09");
    assert_int_equal(compile_versions(65, 0, 0, &err), BPO_E_LIMIT);
    assert_string_equal(err.path, "/calendars/base/versions/2026-03-09");
}

/* --- other limits ------------------------------------------------------------------------------------------------ */

/* Ranges of 10 minutes with 10 minutes between them. */
static const char *ranges_of(int count)
{
    static char text[2000];
    size_t size = 0;

    for (int i = 0; i < count; i++)
        size += (size_t)snprintf(text + size, sizeof text - size, "%s%02d:%02d-%02d:%02d", i > 0 ? "," : "",
                                 i * 20 / 60, i * 20 % 60, (i * 20 + 10) / 60, (i * 20 + 10) % 60);
    return text;
}

static void a_date_has_at_most_64_ranges(void **state)
{
    static const char *const paths[] = {"/calendars/desk/hours/mon", "/calendars/desk/overrides/2026-07-01",
                                        "/calendars/desk/closures/2026-07-01",
                                        "/calendars/desk/versions/2026-02-01/hours/tue"};
    static const line lines[] = {{"/calendars/desk/time_zone", "UTC"}, {"/calendars/desk/hours/sun", "09:00-17:00"}};

    (void)state;
    for (size_t i = 0; i < COUNT(paths); i++) {
        bpo_error err = BPO_ERROR_INIT;
        bpo_terms *terms = terms_of(context, lines, COUNT(lines));
        bpo_calendar *calendar = NULL;
        assert_int_equal(bpo_terms_set(terms, paths[i], ranges_of(65), NULL), BPO_OK);
        assert_int_equal(bpo_calendar_new_named(context, terms, "desk", &calendar, &err), BPO_E_LIMIT);
        assert_string_equal(err.path, paths[i]);
        assert_contains(err.message, "64");
        assert_null(calendar);
        assert_int_equal(bpo_terms_set(terms, paths[i], ranges_of(64), NULL), BPO_OK);
        bpo_calendar_unref(desk_of(terms));
    }
}

static void names_may_be_as_long_as_they_can(void **state)
{
    static char path[200 + BPO_TERMS_NAME_SIZE_MAX];
    char name[BPO_TERMS_NAME_SIZE_MAX + 1];
    static const line lines[] = {{"/calendars/base/time_zone", "UTC"},
                                 {"/calendars/base/hours/mon-sun", "09:00-17:00"},
                                 {"/calendars/desk/extends", "base"}};
    bpo_terms *terms = terms_of(context, lines, COUNT(lines));
    bpo_calendar *desk;

    (void)state;
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    snprintf(path, sizeof path, "/calendars/base/holiday_rules/%s", name);
    assert_int_equal(bpo_terms_set(terms, path, "--07-04", NULL), BPO_OK);
    snprintf(path, sizeof path, "/calendars/desk/versions/2027-01-01/holiday_rules/%s", name);
    assert_int_equal(bpo_terms_set(terms, path, "none", NULL), BPO_OK);
    desk = desk_of(terms);
    assert_holiday(desk, "2026-07-04", name);
    assert_holiday(desk, "2027-07-04", "");
    bpo_calendar_unref(desk);
}

/* --- lack of memory ---------------------------------------------------------------------------------------------- */

#define BLOCK 4096 /* bytes of an arena's first block */
#define PIECE 16

static const line everything[] = {{"/time_zone", "UTC"},
                                  {"/hours/mon", "09:00-17:00"},
                                  {"/holidays/2026-07-01", "x"},
                                  {"/holiday_rules/y", "--07-02"},
                                  {"/overrides/2026-07-03", "10:00-11:00"},
                                  {"/closures/2026-07-06", "10:00-11:00"},
                                  {"/versions/2027-01-01/hours/mon", "09:00-12:00"}};

/* The terms belong to the context of the test; what is read to the one that fails. `user` bytes are taken already. */
static bpo_status terms_are_read(fault_host *fault, void *user)
{
    bpo_terms *terms = terms_of(context, everything, COUNT(everything));
    bpo__branch root = bpo__branch_root(terms);
    bpo__calendar_definition definition = {0};
    bpo__arena scratch = {NULL, NULL, 0};
    bpo_context *own = NULL;
    bpo_status status = bpo_context_new(&fault->host, &own, NULL);

    if (status == BPO_OK) {
        bpo__arena_init(&scratch, own);
        status = bpo__arena_alloc(&scratch, *(size_t *)user) ? BPO_OK : BPO_E_NOMEM;
    }
    if (status == BPO_OK)
        status = bpo__calendar_terms_read((bpo__lineage){&root, 1}, &scratch, &definition, NULL);
    if (status == BPO_OK)
        assert_int_equal(definition.version_count + definition.holiday_count + definition.rule_count +
                         definition.override_count + definition.closure_count, 5);
    bpo__arena_clear(&scratch);
    bpo_terms_unref(terms);
    bpo_context_unref(own);
    return status;
}

/* The arena asks the host only where a block ends, so that end is moved over everything that is read. The place for
 * the layers alone takes most of a block. */
static void memory_may_end_at_any_term(void **state)
{
    (void)state;
    for (size_t taken = PIECE; taken <= BLOCK; taken += PIECE)
        assert_true(fault_torture(terms_are_read, &taken) >= 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_has_a_title_and_years),
        cmocka_unit_test(a_rule_of_no_year_is_refused),
        cmocka_unit_test(a_rule_is_one_term_however_it_is_written),
        cmocka_unit_test(versions_of_one_date_lie_upon_each_other),
        cmocka_unit_test(scope_and_precedence_have_versions),
        cmocka_unit_test(a_calendar_has_at_most_64_versions_with_those_it_inherits),
        cmocka_unit_test(a_date_has_at_most_64_ranges),
        cmocka_unit_test(names_may_be_as_long_as_they_can),
        cmocka_unit_test(memory_may_end_at_any_term),
    };
    return cmocka_run_group_tests_name("terms_calendar_terms", tests, set_up, tear_down);
}
