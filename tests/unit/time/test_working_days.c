/* SPDX-License-Identifier: Apache-2.0 */
#include "office.h"
#include "support/random.h"
#include <bpo/working_days.h>
#include <string.h>

static void expect_days(const bpo_calendar *c, const char *from, int64_t days, bpo_days_options options,
                        const char *expected)
{
    bpo_time at = 0;
    assert_int_equal(bpo_calendar_add_days(c, office_time(from), days, options, &at, NULL), BPO_OK);
    if (at != office_time(expected)) {
        char text[BPO_TIME_TEXT_SIZE];
        bpo_time_format(at, text, sizeof text);
        fail_msg("%s, not %s", text, expected);
    }
}

static void the_time_of_day_is_kept(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_nine_to_five, 0, 4), "America/New_York");
    expect_days(c, "2026-10-30T16:00:00.25-04:00", 1, 0, "2026-11-02T16:00:00.25-05:00");
    expect_days(c, "2026-11-02T16:00:00.25-05:00", -1, 0, "2026-10-30T16:00:00.25-04:00");
    expect_days(c, "2026-11-21T12:00:00-05:00", 1, 0, "2026-11-23T12:00:00-05:00");
    expect_days(c, "2026-11-21T12:00:00-05:00", 1, BPO_DAYS_SNAP_ORIGIN, "2026-11-24T12:00:00-05:00");
    expect_days(c, "2026-11-21T12:00:00-05:00", -1, BPO_DAYS_SNAP_ORIGIN, "2026-11-19T12:00:00-05:00");
    expect_days(c, "2026-11-21T12:00:00-05:00", 0, BPO_DAYS_SNAP_ORIGIN, "2026-11-21T12:00:00-05:00");
    expect_days(c, "1950-06-01T00:00:00-04:00", 260, 0, "1951-05-31T00:00:00-04:00");
    bpo_calendar_unref(c);
}

static void a_skipped_time_of_day_moves_forward_and_of_two_the_first_is_taken(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_nine_to_five, 0, 6), "Europe/Berlin");
    expect_days(c, "2026-03-28T02:30:00+01:00", 1, 0, "2026-03-29T03:30:00+02:00");
    expect_days(c, "2026-10-24T02:30:00+02:00", 1, 0, "2026-10-25T02:30:00+02:00");
    bpo_calendar_unref(c);
}

static void a_result_in_closed_time_is_rolled(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_nine_to_five, 0, 4), "UTC");
    expect_days(c, "2026-11-20T20:00:00Z", 1, BPO_DAYS_ROLL_FORWARD, "2026-11-24T09:00:00Z");
    expect_days(c, "2026-11-20T20:00:00Z", 1, BPO_DAYS_ROLL_BACKWARD, "2026-11-23T17:00:00Z");
    expect_days(c, "2026-11-20T10:00:00Z", 1, BPO_DAYS_ROLL_FORWARD, "2026-11-23T10:00:00Z");
    expect_days(c, "2026-11-20T10:00:00Z", 1, BPO_DAYS_ROLL_BACKWARD, "2026-11-23T10:00:00Z");
    bpo_calendar_unref(c);
}

static void the_end_of_the_day_is_that_of_its_last_shift(void **state)
{
    (void)state;
    bpo_calendar *day = office_calendar(office_week(office_nine_to_five, 0, 4), "UTC");
    bpo_calendar *night = office_calendar(office_week(office_night, 0, 4), "UTC");
    expect_days(day, "2026-11-20T20:00:00.5Z", 1, BPO_DAYS_END_OF_DAY, "2026-11-23T17:00:00Z");
    expect_days(day, "2026-11-20T20:00:00Z", 1, BPO_DAYS_END_OF_DAY | BPO_DAYS_ROLL_FORWARD, "2026-11-23T17:00:00Z");
    expect_days(night, "2026-11-20T20:00:00Z", 1, BPO_DAYS_END_OF_DAY, "2026-11-24T06:00:00Z");
    expect_days(day, "2026-11-20T20:00:00Z", 0, BPO_DAYS_END_OF_DAY, "2026-11-20T17:00:00Z");
    expect_days(day, "2026-11-21T20:00:00Z", 0, BPO_DAYS_END_OF_DAY, "2026-11-23T17:00:00Z");
    bpo_calendar_unref(day);
    bpo_calendar_unref(night);
}

static int64_t count_of(const bpo_calendar *c, const char *from, const char *until, bpo_days_rule rule)
{
    int64_t days = -1;
    assert_int_equal(bpo_calendar_count_days(c, office_time(from), office_time(until), rule, &days, NULL), BPO_OK);
    return days;
}

static void dates_are_counted_without_or_with_the_first(void **state)
{
    (void)state;
    bpo__holiday holiday = {{0, 12, 25}, BPO__TEXT("Christmas")};
    bpo__calendar_definition d = office_week(office_nine_to_five, 0, 4);
    d.holidays = &holiday;
    d.holiday_count = 1;
    bpo_calendar *c = office_calendar(d, "UTC");
    assert_true(count_of(c, "2026-11-20T23:00:00Z", "2026-11-24T00:00:00Z", BPO_DAYS_EXCLUDE_START) == 2);
    assert_true(count_of(c, "2026-11-20T23:00:00Z", "2026-11-24T00:00:00Z", BPO_DAYS_INCLUSIVE) == 3);
    assert_true(count_of(c, "2026-11-24T00:00:00Z", "2026-11-20T23:00:00Z", BPO_DAYS_EXCLUDE_START) == -2);
    assert_true(count_of(c, "2026-11-20T23:00:00Z", "2026-11-20T01:00:00Z", BPO_DAYS_INCLUSIVE) == 1);
    assert_true(count_of(c, "2026-12-24T12:00:00Z", "2026-12-28T12:00:00Z", BPO_DAYS_EXCLUDE_START) == 1);
    assert_true(count_of(c, "1900-01-01T00:00:00Z", "2201-01-01T00:00:00Z", BPO_DAYS_INCLUSIVE) > 78000);
    bpo_calendar_unref(c);
}

static void a_version_has_its_own_working_dates(void **state)
{
    (void)state;
    bpo__calendar_definition d = office_week(office_nine_to_five, 0, 4);
    bpo__calendar_version version = {office_days(2026, 11, 18), office_week(office_nine_to_five, 5, 6)};
    d.versions = &version;
    d.version_count = 1;
    bpo_calendar *c = office_calendar(d, "UTC");
    expect_days(c, "2026-11-16T12:00:00Z", 1, 0, "2026-11-17T12:00:00Z");
    expect_days(c, "2026-11-16T12:00:00Z", 2, 0, "2026-11-21T12:00:00Z");
    expect_days(c, "2027-11-22T12:00:00Z", -1, 0, "2027-11-21T12:00:00Z");
    assert_true(count_of(c, "2026-11-16T00:00:00Z", "2026-12-01T00:00:00Z", BPO_DAYS_INCLUSIVE) == 6);
    bpo_calendar_unref(c);
}

/* Going n dates on and counting them gives n back, from a working date. */
static void counting_undoes_adding(void **state)
{
    (void)state;
    bpo__holiday holiday = {{0, 12, 25}, BPO__TEXT("Christmas")};
    bpo__calendar_definition d = office_week(office_nine_to_five, 0, 4);
    test_random random = {7};
    d.holidays = &holiday;
    d.holiday_count = 1;
    bpo_calendar *c = office_calendar(d, "Australia/Lord_Howe");
    for (int i = 0; i < 300; i++) {
        bpo_time from = (bpo_time)test_random_below(&random, (uint64_t)(50 * 365 * BPO_DAY));
        int64_t days = (int64_t)test_random_below(&random, 500) + 1;
        bpo_time at = 0;
        int64_t counted = 0;
        assert_int_equal(bpo_calendar_add_days(c, from, days, 0, &at, NULL), BPO_OK);
        assert_int_equal(bpo_calendar_count_days(c, from, at, BPO_DAYS_EXCLUDE_START, &counted, NULL), BPO_OK);
        assert_true(counted == days);
    }
    bpo_calendar_unref(c);
}

static void never_and_the_horizon_are_told_apart(void **state)
{
    (void)state;
    bpo_calendar *never = office_calendar(office_week(office_nine_to_five, 0, -1), "UTC");
    bpo_calendar *c = office_calendar(office_week(office_nine_to_five, 0, 4), "UTC");
    bpo_time at = 77;
    assert_int_equal(bpo_calendar_add_days(c, 0, INT64_MAX, 0, &at, NULL), BPO_E_HORIZON);
    assert_int_equal(bpo_calendar_add_days(c, 0, INT64_MIN, 0, &at, NULL), BPO_E_HORIZON);
    assert_int_equal(bpo_calendar_add_days(c, INT64_MAX, 0, 0, &at, NULL), BPO_E_HORIZON);
    assert_int_equal(bpo_calendar_add_days(c, INT64_MIN, 0, 0, &at, NULL), BPO_E_HORIZON);
    assert_int_equal(bpo_calendar_add_days(c, BPO__COVERED_UNTIL, 1, 0, &at, NULL), BPO_E_HORIZON);
    assert_int_equal(bpo_calendar_add_days(c, BPO__COVERED_FROM, -1, 0, &at, NULL), BPO_E_HORIZON);
    assert_true(at == 77);
    assert_int_equal(bpo_calendar_add_days(never, 0, 1, 0, &at, NULL), BPO_NEVER);
    assert_true(at == BPO_TIME_NEVER);
    assert_int_equal(bpo_calendar_add_days(never, 0, -1, 0, &at, NULL), BPO_NEVER);
    assert_true(at == -BPO_TIME_NEVER);
    assert_int_equal(bpo_calendar_add_days(never, 0, 0, BPO_DAYS_ROLL_BACKWARD, &at, NULL), BPO_NEVER);
    assert_true(at == -BPO_TIME_NEVER);
    assert_int_equal(bpo_calendar_add_days(never, 5, 0, 0, &at, NULL), BPO_OK);
    assert_true(at == 5);
    bpo_calendar_unref(never);
    bpo_calendar_unref(c);
}

static void unknown_options_are_refused(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_nine_to_five, 0, 4), "UTC");
    bpo_time at = 77;
    int64_t days = 77;
    bpo_error err = BPO_ERROR_INIT;
    assert_int_equal(bpo_calendar_add_days(c, 0, 1, BPO_DAYS_ROLL_FORWARD | BPO_DAYS_ROLL_BACKWARD, &at, &err),
                     BPO_E_INVALID);
    assert_non_null(strstr(err.message, "options"));
    assert_int_equal(bpo_calendar_add_days(c, 0, 1, 16, &at, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_add_days(NULL, 0, 1, 0, &at, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_add_days(c, 0, 1, 0, NULL, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_count_days(c, 0, 1, 0, &days, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_count_days(c, 0, 1, 3, &days, &err), BPO_E_INVALID);
    assert_non_null(strstr(err.message, "rule"));
    assert_int_equal(bpo_calendar_count_days(NULL, 0, 1, BPO_DAYS_INCLUSIVE, &days, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_count_days(c, 0, 1, BPO_DAYS_INCLUSIVE, NULL, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_count_days(c, 0, INT64_MAX, BPO_DAYS_INCLUSIVE, &days, NULL), BPO_E_HORIZON);
    assert_int_equal(bpo_calendar_count_days(c, INT64_MIN, 0, BPO_DAYS_INCLUSIVE, &days, NULL), BPO_E_HORIZON);
    assert_true(at == 77 && days == 77);
    bpo_calendar_unref(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_time_of_day_is_kept),
        cmocka_unit_test(a_skipped_time_of_day_moves_forward_and_of_two_the_first_is_taken),
        cmocka_unit_test(a_result_in_closed_time_is_rolled),
        cmocka_unit_test(the_end_of_the_day_is_that_of_its_last_shift),
        cmocka_unit_test(dates_are_counted_without_or_with_the_first),
        cmocka_unit_test(a_version_has_its_own_working_dates),
        cmocka_unit_test(counting_undoes_adding),
        cmocka_unit_test(never_and_the_horizon_are_told_apart),
        cmocka_unit_test(unknown_options_are_refused),
    };
    return cmocka_run_group_tests_name("time_working_days", tests, NULL, NULL);
}
