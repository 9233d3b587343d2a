/* SPDX-License-Identifier: Apache-2.0 */
#include "office.h"
#include "support/fault.h"
#include <bpo/intervals.h>
#include <stdio.h>
#include <string.h>

static bpo_intervals *list_of(const bpo_calendar *c, const char *from, const char *until, bpo_interval_list list)
{
    bpo_intervals *intervals = NULL;
    assert_int_equal(bpo_intervals_new(c, office_time(from), office_time(until), list, &intervals, NULL), BPO_OK);
    return intervals;
}

static void expect_next(bpo_intervals *intervals, bpo_interval_kind kind, const char *from, const char *until)
{
    bpo_interval interval = BPO_INTERVAL_INIT;
    assert_int_equal(bpo_intervals_next(intervals, &interval, NULL), BPO_OK);
    assert_int_equal(interval.kind, kind);
    assert_true(interval.from == office_time(from));
    assert_true(interval.until == office_time(until));
    assert_true(interval.open == (kind == BPO_INTERVAL_OPEN ? interval.until - interval.from : 0));
    assert_string_equal(interval.name, "");
}

/* The end stays the end, and nothing is written there. */
static void expect_end(bpo_intervals *intervals)
{
    for (int i = 0; i < 2; i++) {
        bpo_interval interval = BPO_INTERVAL_INIT;
        assert_int_equal(bpo_intervals_next(intervals, &interval, NULL), BPO_DONE);
        assert_int_equal(interval.kind, 0);
    }
    bpo_intervals_unref(intervals);
}

static void open_periods_are_cut_at_the_ends_of_the_range(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_nine_to_five, 0, 4), "UTC");
    bpo_intervals *l = list_of(c, "2026-11-20T16:30:00Z", "2026-11-24T09:00:00.5Z", BPO_INTERVALS_OPEN);
    expect_next(l, BPO_INTERVAL_OPEN, "2026-11-20T16:30:00Z", "2026-11-20T17:00:00Z");
    expect_next(l, BPO_INTERVAL_OPEN, "2026-11-23T09:00:00Z", "2026-11-23T17:00:00Z");
    expect_next(l, BPO_INTERVAL_OPEN, "2026-11-24T09:00:00Z", "2026-11-24T09:00:00.5Z");
    expect_end(l);
    expect_end(list_of(c, "2026-11-21T00:00:00Z", "2026-11-23T09:00:00Z", BPO_INTERVALS_OPEN));
    bpo_calendar_unref(c);
}

static void gaps_are_what_lies_between(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_nine_to_five, 0, 4), "UTC");
    bpo_intervals *l = list_of(c, "2026-11-20T16:30:00Z", "2026-11-24T06:00:00Z", BPO_INTERVALS_CLOSED);
    expect_next(l, BPO_INTERVAL_CLOSED, "2026-11-20T17:00:00Z", "2026-11-23T09:00:00Z");
    expect_next(l, BPO_INTERVAL_CLOSED, "2026-11-23T17:00:00Z", "2026-11-24T06:00:00Z");
    expect_end(l);
    l = list_of(c, "2026-11-21T00:00:00Z", "2026-11-23T17:00:00Z", BPO_INTERVALS_CLOSED);
    expect_next(l, BPO_INTERVAL_CLOSED, "2026-11-21T00:00:00Z", "2026-11-23T09:00:00Z");
    expect_end(l);
    bpo_calendar_unref(c);
}

static void a_night_shift_is_one_period(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_night, 0, 6), "UTC");
    bpo_intervals *l = list_of(c, "2026-11-20T12:00:00Z", "2026-11-21T12:00:00Z", BPO_INTERVALS_OPEN);
    expect_next(l, BPO_INTERVAL_OPEN, "2026-11-20T22:00:00Z", "2026-11-21T06:00:00Z");
    expect_end(l);
    bpo_calendar_unref(c);
}

static void periods_reach_over_pages(void **state)
{
    (void)state;
    bpo__holiday holiday = {{2026, 7, 1}, BPO__TEXT("The only one")};
    bpo__calendar_definition d = office_week(office_whole_day, 0, 6);
    d.holidays = &holiday;
    d.holiday_count = 1;
    bpo_calendar *c = office_calendar(d, "UTC");
    bpo_intervals *l = list_of(c, "1990-01-01T00:00:00Z", "2201-01-01T00:00:00Z", BPO_INTERVALS_OPEN);
    expect_next(l, BPO_INTERVAL_OPEN, "1990-01-01T00:00:00Z", "2026-07-01T00:00:00Z");
    expect_next(l, BPO_INTERVAL_OPEN, "2026-07-02T00:00:00Z", "2201-01-01T00:00:00Z");
    expect_end(l);
    bpo_calendar_unref(c);
}

static void calendars_without_an_end_have_lists_with_one(void **state)
{
    (void)state;
    bpo_calendar *always = office_calendar(office_week(office_whole_day, 0, 6), "UTC");
    bpo_calendar *never = office_calendar(office_week(office_whole_day, 0, -1), "UTC");
    bpo_intervals *l = list_of(always, "1900-01-01T00:00:00Z", "2201-01-01T00:00:00Z", BPO_INTERVALS_OPEN);
    expect_next(l, BPO_INTERVAL_OPEN, "1900-01-01T00:00:00Z", "2201-01-01T00:00:00Z");
    expect_end(l);
    expect_end(list_of(always, "1900-01-01T00:00:00Z", "2201-01-01T00:00:00Z", BPO_INTERVALS_CLOSED));
    l = list_of(never, "1900-01-01T00:00:00Z", "2201-01-01T00:00:00Z", BPO_INTERVALS_CLOSED);
    expect_next(l, BPO_INTERVAL_CLOSED, "1900-01-01T00:00:00Z", "2201-01-01T00:00:00Z");
    expect_end(l);
    expect_end(list_of(never, "1900-01-01T00:00:00Z", "2201-01-01T00:00:00Z", BPO_INTERVALS_OPEN));
    bpo_calendar_unref(always);
    bpo_calendar_unref(never);
}

static void an_empty_range_has_no_intervals(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_nine_to_five, 0, 4), "UTC");
    for (bpo_interval_list list = BPO_INTERVALS_OPEN; list <= BPO_INTERVALS_EXPLAINED; list++) {
        expect_end(list_of(c, "2026-11-20T12:00:00Z", "2026-11-20T12:00:00Z", list));
        expect_end(list_of(c, "2026-11-20T12:00:00Z", "2026-11-19T12:00:00Z", list));
    }
    bpo_calendar_unref(c);
}

static void a_list_keeps_its_calendar(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_nine_to_five, 0, 4), "UTC");
    bpo_intervals *l = list_of(c, "2026-11-20T12:00:00Z", "2026-11-20T13:00:00Z", BPO_INTERVALS_OPEN);
    bpo_calendar_unref(c);
    assert_ptr_equal(bpo_intervals_ref(l), l);
    assert_null(bpo_intervals_unref(l));
    expect_next(l, BPO_INTERVAL_OPEN, "2026-11-20T12:00:00Z", "2026-11-20T13:00:00Z");
    expect_end(l);
    assert_null(bpo_intervals_ref(NULL));
    assert_null(bpo_intervals_unref(NULL));
}

static void a_list_that_cannot_be_is_refused(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_nine_to_five, 0, 4), "UTC");
    bpo_intervals *l = NULL;
    bpo_error err = BPO_ERROR_INIT;
    assert_int_equal(bpo_intervals_new(c, 0, INT64_MAX, BPO_INTERVALS_OPEN, &l, &err), BPO_E_HORIZON);
    assert_int_equal(bpo_intervals_new(c, INT64_MIN, 0, BPO_INTERVALS_OPEN, &l, &err), BPO_E_HORIZON);
    assert_int_equal(bpo_intervals_new(c, 0, 1, 0, &l, &err), BPO_E_INVALID);
    assert_int_equal(bpo_intervals_new(c, 0, 1, 4, &l, &err), BPO_E_INVALID);
    assert_non_null(strstr(err.message, "BPO_INTERVALS_OPEN"));
    assert_int_equal(bpo_intervals_new(NULL, 0, 1, BPO_INTERVALS_OPEN, &l, &err), BPO_E_INVALID);
    assert_int_equal(bpo_intervals_new(c, 0, 1, BPO_INTERVALS_OPEN, NULL, &err), BPO_E_INVALID);
    assert_null(l);
    bpo_calendar_unref(c);
}

static void a_struct_of_another_size_loses_no_interval(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_nine_to_five, 0, 4), "UTC");
    bpo_intervals *l = list_of(c, "2026-11-20T12:00:00Z", "2026-11-20T13:00:00Z", BPO_INTERVALS_OPEN);
    bpo_interval small = BPO_INTERVAL_INIT;
    small.struct_size = 8;
    assert_int_equal(bpo_intervals_next(l, &small, NULL), BPO_E_ABI);
    assert_int_equal(small.kind, 0);
    assert_int_equal(bpo_intervals_next(l, NULL, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_intervals_next(NULL, &small, NULL), BPO_E_INVALID);
    expect_next(l, BPO_INTERVAL_OPEN, "2026-11-20T12:00:00Z", "2026-11-20T13:00:00Z");
    expect_end(l);
    bpo_calendar_unref(c);
}

static bpo_status compiled(fault_host *fault, bpo_calendar **ret_calendar)
{
    bpo_context *context = NULL;
    bpo__calendar_definition d = office_week(office_nine_to_five, 0, 4);
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    if (status == BPO_OK)
        status = bpo_zone_new(context, "Europe/Berlin", &d.zone, NULL);
    if (status == BPO_OK)
        status = bpo__calendar_compile(context, &d, ret_calendar, NULL);
    bpo_zone_unref(d.zone);
    bpo_context_unref(context);
    return status;
}

/* A failure in the middle loses no interval and tells none twice. */
static bpo_status a_list_is_read(fault_host *fault, void *user)
{
    bpo_calendar *calendar = NULL;
    bpo_intervals *intervals = NULL;
    bpo_interval interval = BPO_INTERVAL_INIT;
    bpo_interval_list list = *(bpo_interval_list *)user;
    bpo_time reached = office_time("2025-01-01T00:00:00Z");
    bpo_status status = compiled(fault, &calendar);
    if (status == BPO_OK)
        status = bpo_intervals_new(calendar, reached, reached + 800 * BPO_DAY, list, &intervals, NULL);
    if (status != BPO_OK)
        assert_null(intervals);
    while (status == BPO_OK && (status = bpo_intervals_next(intervals, &interval, NULL)) == BPO_OK) {
        assert_true(interval.from >= reached);
        reached = interval.until;
    }
    bpo_intervals_unref(intervals);
    bpo_calendar_unref(calendar);
    return status == BPO_DONE ? BPO_OK : status;
}

static void memory_may_fail_at_any_point(void **state)
{
    (void)state;
    for (bpo_interval_list list = BPO_INTERVALS_OPEN; list <= BPO_INTERVALS_EXPLAINED; list++)
        assert_true(fault_torture(a_list_is_read, &list) > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(open_periods_are_cut_at_the_ends_of_the_range),
        cmocka_unit_test(gaps_are_what_lies_between),
        cmocka_unit_test(a_night_shift_is_one_period),
        cmocka_unit_test(periods_reach_over_pages),
        cmocka_unit_test(calendars_without_an_end_have_lists_with_one),
        cmocka_unit_test(an_empty_range_has_no_intervals),
        cmocka_unit_test(a_list_keeps_its_calendar),
        cmocka_unit_test(a_list_that_cannot_be_is_refused),
        cmocka_unit_test(a_struct_of_another_size_loses_no_interval),
        cmocka_unit_test(memory_may_fail_at_any_point),
    };
    return cmocka_run_group_tests_name("time_intervals", tests, NULL, NULL);
}
