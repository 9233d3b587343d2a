/* SPDX-License-Identifier: Apache-2.0 */
#include "office.h"
#include "support/fault.h"
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

/* --- calendars made from others ---------------------------------------------------------------------------------- */

/* A night shift in Manila from Monday to Friday, and an office in New York from Tuesday to Saturday that is closed on
 * Thanksgiving. */
typedef struct sites {
    bpo_calendar *manila;
    bpo_calendar *new_york;
} sites;

static sites two_sites(void)
{
    const bpo__holiday thanksgiving = {{2026, 11, 26}, BPO__TEXT("Thanksgiving")};
    bpo__calendar_definition d = office_week(office_nine_to_five, 1, 5);
    d.holidays = &thanksgiving;
    d.holiday_count = 1;
    sites s = {office_calendar(office_week(office_night, 0, 4), "Asia/Manila"), office_calendar(d, "America/New_York")};
    return s;
}

static bpo_calendar *joined(sites s, bpo__combining combining, const char *zone)
{
    bpo_calendar *members[] = {s.manila, s.new_york};
    return office_calendar(office_combination(members, 2, combining), zone);
}

static void end_sites(sites s)
{
    bpo_calendar_unref(s.manila);
    bpo_calendar_unref(s.new_york);
}

static void a_union_works_on_the_dates_of_any_member(void **state)
{
    (void)state;
    sites s = two_sites();
    bpo_calendar *c = joined(s, BPO__COMBINING_UNION, "UTC");
    assert_true(count_of(c, "2026-11-23T00:00:00Z", "2026-11-29T23:59:59Z", BPO_DAYS_INCLUSIVE) == 6);
    expect_days(c, "2026-11-25T12:00:00Z", 1, 0, "2026-11-26T12:00:00Z"); /* Manila works on Thanksgiving */
    expect_days(c, "2026-11-27T12:00:00Z", 1, 0, "2026-11-28T12:00:00Z"); /* New York works on Saturday */
    expect_days(c, "2026-11-28T12:00:00Z", 1, 0, "2026-11-30T12:00:00Z");
    expect_days(c, "2026-11-29T12:00:00Z", -1, BPO_DAYS_SNAP_ORIGIN, "2026-11-27T12:00:00Z");
    bpo_calendar_unref(c);
    end_sites(s);
}

static void an_intersection_works_on_the_dates_of_every_member(void **state)
{
    (void)state;
    sites s = two_sites();
    bpo_calendar *c = joined(s, BPO__COMBINING_INTERSECTION, "UTC");
    bpo_calendar *turned = joined((sites){s.new_york, s.manila}, BPO__COMBINING_INTERSECTION, "UTC");
    expect_days(turned, "2026-11-25T12:00:00Z", 1, 0, "2026-11-27T12:00:00Z");
    bpo_calendar_unref(turned);
    assert_true(count_of(c, "2026-11-23T00:00:00Z", "2026-11-29T23:59:59Z", BPO_DAYS_INCLUSIVE) == 3);
    expect_days(c, "2026-11-25T12:00:00Z", 1, 0, "2026-11-27T12:00:00Z");
    expect_days(c, "2026-11-27T12:00:00Z", 1, 0, "2026-12-01T12:00:00Z");
    expect_days(c, "2026-12-01T12:00:00Z", -2, 0, "2026-11-25T12:00:00Z");
    bpo_calendar_unref(c);
    end_sites(s);
}

/* 20:00 UTC on Friday is Saturday in Manila; which date it is decides the calendar's own zone, not a member's. */
static void an_instant_has_the_date_of_the_calendars_own_clock(void **state)
{
    (void)state;
    sites s = two_sites();
    bpo_calendar *utc = joined(s, BPO__COMBINING_INTERSECTION, "UTC");
    bpo_calendar *manila = joined(s, BPO__COMBINING_INTERSECTION, "Asia/Manila");
    expect_days(utc, "2026-11-24T20:00:00Z", 1, 0, "2026-11-25T20:00:00Z");
    expect_days(manila, "2026-11-24T20:00:00Z", 1, 0, "2026-11-26T20:00:00Z"); /* from the 25th to the 27th */
    assert_true(count_of(utc, "2026-11-24T20:00:00Z", "2026-11-25T12:00:00Z", BPO_DAYS_INCLUSIVE) == 2);
    assert_true(count_of(manila, "2026-11-24T20:00:00Z", "2026-11-25T12:00:00Z", BPO_DAYS_INCLUSIVE) == 1);
    bpo_calendar_unref(utc);
    bpo_calendar_unref(manila);
    end_sites(s);
}

/* Manila's night of the 25th ends on the 26th at 06:00+08:00, which is 17:00 of the 25th in New York; in January New
 * York's 17:00 is 22:00Z as well, in July it is 21:00Z and Manila is later. */
static void the_end_of_the_day_is_an_instant_of_the_member_that_decides(void **state)
{
    (void)state;
    sites s = two_sites();
    bpo_calendar *any = joined(s, BPO__COMBINING_UNION, "UTC");
    bpo_calendar *all = joined(s, BPO__COMBINING_INTERSECTION, "UTC");
    expect_days(any, "2026-07-07T12:00:00Z", 1, BPO_DAYS_END_OF_DAY, "2026-07-08T22:00:00Z"); /* Manila's */
    expect_days(all, "2026-07-07T12:00:00Z", 1, BPO_DAYS_END_OF_DAY, "2026-07-08T21:00:00Z"); /* New York's */
    expect_days(any, "2026-07-10T12:00:00Z", 1, BPO_DAYS_END_OF_DAY, "2026-07-11T21:00:00Z"); /* it works alone */
    expect_days(all, "2026-07-10T12:00:00Z", 1, BPO_DAYS_END_OF_DAY, "2026-07-14T21:00:00Z");
    expect_days(any, "2026-07-12T12:00:00Z", 0, BPO_DAYS_END_OF_DAY, "2026-07-13T22:00:00Z");
    expect_days(all, "2026-11-26T12:00:00Z", 0, BPO_DAYS_END_OF_DAY, "2026-11-27T22:00:00Z");
    bpo_calendar_unref(any);
    bpo_calendar_unref(all);
    end_sites(s);
}

/* On Thanksgiving New York's shift is planned and not worked: it is not the one that ends the date. */
static void a_member_that_does_not_work_does_not_end_the_date(void **state)
{
    (void)state;
    static const bpo__range late[1] = {{12 * 3600, 21 * 3600}};
    const bpo__holiday thanksgiving = {{2026, 11, 26}, BPO__TEXT("Thanksgiving")};
    bpo__calendar_definition d = office_week(late, 0, 4);
    d.holidays = &thanksgiving;
    d.holiday_count = 1;
    bpo_calendar *members[] = {office_calendar(d, "UTC"),
                               office_calendar(office_week(office_nine_to_five, 0, 4), "UTC")};
    bpo_calendar *c = office_calendar(office_combination(members, 2, BPO__COMBINING_UNION), "UTC");
    expect_days(c, "2026-11-24T12:00:00Z", 1, BPO_DAYS_END_OF_DAY, "2026-11-25T21:00:00Z");
    expect_days(c, "2026-11-24T12:00:00Z", 2, BPO_DAYS_END_OF_DAY, "2026-11-26T17:00:00Z");
    bpo_calendar_unref(members[0]);
    bpo_calendar_unref(members[1]);
    bpo_calendar_unref(c);
}

/* What is taken away are hours: a date whose last hour, or every hour, is gone stays a working date with its end. */
static void what_is_taken_away_takes_no_dates(void **state)
{
    (void)state;
    bpo_calendar *office = office_calendar(office_week(office_nine_to_five, 0, 4), "UTC");
    bpo__calendar_definition plain = office_week(office_nine_to_five, 0, 4);
    bpo__calendar_definition whole = office_combination(&office, 1, BPO__COMBINING_UNION);
    plain.minus = &office;
    plain.minus_count = 1;
    whole.minus = &office;
    whole.minus_count = 1;
    bpo_calendar *empty[] = {office_calendar(plain, "UTC"), office_calendar(whole, "UTC")};
    for (int i = 0; i < 2; i++) {
        bpo_time at = 0;
        assert_true(count_of(empty[i], "2026-11-23T00:00:00Z", "2026-11-29T00:00:00Z", BPO_DAYS_INCLUSIVE) == 5);
        expect_days(empty[i], "2026-11-27T12:00:00Z", 1, BPO_DAYS_END_OF_DAY, "2026-11-30T17:00:00Z");
        assert_int_equal(bpo_calendar_add_days(empty[i], 0, 1, BPO_DAYS_ROLL_FORWARD, &at, NULL), BPO_NEVER);
        bpo_calendar_unref(empty[i]);
    }
    bpo_calendar_unref(office);
}

/* Monday to Wednesday, or Wednesday to Friday but not on Wednesday: a union within an intersection within a union, and
 * then as deep as calendars can be. */
static void combinations_of_combinations_have_dates_too(void **state)
{
    (void)state;
    bpo_calendar *early = office_calendar(office_week(office_nine_to_five, 0, 2), "UTC");
    bpo_calendar *late = office_calendar(office_week(office_night, 2, 4), "UTC");
    bpo_calendar *both[] = {early, late};
    bpo_calendar *any = office_calendar(office_combination(both, 2, BPO__COMBINING_UNION), "UTC");
    bpo_calendar *any_and_late[] = {any, late};
    bpo_calendar *c = office_calendar(office_combination(any_and_late, 2, BPO__COMBINING_INTERSECTION), "UTC");
    expect_days(any, "2026-11-25T12:00:00Z", 0, BPO_DAYS_END_OF_DAY, "2026-11-26T06:00:00Z");
    for (int depth = 3; depth <= BPO__COMBINING_DEPTH_MOST; depth++) {
        assert_true(count_of(c, "2026-11-23T00:00:00Z", "2026-11-29T00:00:00Z", BPO_DAYS_INCLUSIVE) == 3);
        expect_days(c, "2026-11-21T12:00:00Z", 1, BPO_DAYS_END_OF_DAY, "2026-11-26T06:00:00Z");
        bpo_calendar *deeper = office_calendar(office_combination(&c, 1, BPO__COMBINING_UNION), "UTC");
        bpo_calendar_unref(c);
        c = deeper;
    }
    expect_days(c, "2026-11-25T12:00:00Z", 2, BPO_DAYS_END_OF_DAY, "2026-11-28T06:00:00Z");
    bpo_calendar_unref(early);
    bpo_calendar_unref(late);
    bpo_calendar_unref(any);
    bpo_calendar_unref(c);
}

/* Members that never work on one date; and an end that lies in another century in its member's zone. */
static void joint_dates_that_never_come_or_lie_too_far_are_told(void **state)
{
    (void)state;
    bpo_calendar *members[] = {office_calendar(office_week(office_nine_to_five, 0, 2), "America/New_York"),
                               office_calendar(office_week(office_night, 3, 6), "America/New_York")};
    bpo_calendar *all = office_calendar(office_combination(members, 2, BPO__COMBINING_INTERSECTION), "UTC");
    bpo_calendar *any = office_calendar(office_combination(members, 2, BPO__COMBINING_UNION), "UTC");
    bpo_time at = 77;
    int64_t days = 77;
    assert_int_equal(bpo_calendar_add_days(all, 0, -1, 0, &at, NULL), BPO_NEVER);
    assert_true(at == -BPO_TIME_NEVER);
    at = 77;
    assert_int_equal(bpo_calendar_add_days(any, office_time("2200-12-31T12:00:00Z"), 0, BPO_DAYS_END_OF_DAY, &at, NULL),
                     BPO_OK);
    assert_true(at == office_time("2200-12-31T17:00:00-05:00"));
    at = 77;
    assert_int_equal(bpo_calendar_add_days(any, BPO__COVERED_UNTIL, 0, BPO_DAYS_END_OF_DAY, &at, NULL), BPO_E_HORIZON);
    assert_int_equal(bpo_calendar_add_days(any, 0, INT64_MAX, 0, &at, NULL), BPO_E_HORIZON);
    assert_int_equal(bpo_calendar_count_days(any, 0, INT64_MAX, BPO_DAYS_INCLUSIVE, &days, NULL), BPO_E_HORIZON);
    assert_true(at == 77 && days == 77);
    bpo_calendar_unref(members[0]);
    bpo_calendar_unref(members[1]);
    bpo_calendar_unref(all);
    bpo_calendar_unref(any);
}

/* A roll needs pages, and pages need memory; adding and counting alone need none. */
static bpo_status joint_days_are_asked(fault_host *fault, void *user)
{
    bpo__calendar_definition d = office_week(office_nine_to_five, 0, 4);
    bpo_calendar *office = NULL;
    bpo_calendar *whole = NULL;
    bpo_context *context = NULL;
    bpo_time at = 77;
    int64_t days = 0;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    (void)user;
    if (status == BPO_OK)
        status = bpo_zone_new(context, "America/New_York", &d.zone, NULL);
    if (status == BPO_OK)
        status = bpo__calendar_compile(context, &d, &office, NULL);
    bpo__calendar_definition twice = office_combination((bpo_calendar *[]){office, office}, 2, BPO__COMBINING_UNION);
    twice.zone = d.zone;
    if (status == BPO_OK)
        status = bpo__calendar_compile(context, &twice, &whole, NULL);
    if (status == BPO_OK)
        status = bpo_calendar_add_days(whole, 0, 5, BPO_DAYS_ROLL_FORWARD, &at, NULL);
    assert_true(status == BPO_OK ? at == office_time("1970-01-08T09:00:00-05:00") : at == 77);
    if (whole != NULL) {
        assert_int_equal(bpo_calendar_add_days(whole, 0, 5, BPO_DAYS_END_OF_DAY, &at, NULL), BPO_OK);
        assert_int_equal(bpo_calendar_count_days(whole, 0, at, BPO_DAYS_EXCLUDE_START, &days, NULL), BPO_OK);
        assert_true(days == 5);
    }
    bpo_calendar_unref(office);
    bpo_calendar_unref(whole);
    bpo_zone_unref(d.zone);
    bpo_context_unref(context);
    return status;
}

static void failure_leaves_nothing_behind(void **state)
{
    (void)state;
    fault_torture(joint_days_are_asked, NULL);
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
        cmocka_unit_test(a_union_works_on_the_dates_of_any_member),
        cmocka_unit_test(an_intersection_works_on_the_dates_of_every_member),
        cmocka_unit_test(an_instant_has_the_date_of_the_calendars_own_clock),
        cmocka_unit_test(the_end_of_the_day_is_an_instant_of_the_member_that_decides),
        cmocka_unit_test(a_member_that_does_not_work_does_not_end_the_date),
        cmocka_unit_test(what_is_taken_away_takes_no_dates),
        cmocka_unit_test(combinations_of_combinations_have_dates_too),
        cmocka_unit_test(joint_dates_that_never_come_or_lie_too_far_are_told),
        cmocka_unit_test(failure_leaves_nothing_behind),
    };
    return cmocka_run_group_tests_name("time_working_days", tests, NULL, NULL);
}
