/* SPDX-License-Identifier: Apache-2.0 */
#include "office.h"
#include "support/fault.h"
#include <bpo/intervals.h>

static bpo_coverage coverage_of(const bpo_calendar *c, const char *from, const char *until)
{
    bpo_coverage coverage = BPO_COVERAGE_INIT;
    assert_int_equal(bpo_calendar_coverage(c, office_time(from), office_time(until), &coverage, NULL), BPO_OK);
    return coverage;
}

static void a_range_is_added_up(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_nine_to_five, 0, 4), "UTC");
    bpo_coverage coverage = coverage_of(c, "2026-11-19T12:00:00Z", "2026-11-24T00:00:00Z");
    assert_true(coverage.open == 21 * BPO_HOUR);
    assert_true(coverage.closed == 108 * BPO_HOUR - 21 * BPO_HOUR);
    assert_true(coverage.period_count == 3);
    assert_true(coverage.gap_count == 3);
    assert_true(coverage.longest_gap_from == office_time("2026-11-20T17:00:00Z"));
    assert_true(coverage.longest_gap_until == office_time("2026-11-23T09:00:00Z"));
    bpo_calendar_unref(c);
}

static void of_equal_gaps_the_first_is_told(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_nine_to_five, 0, 4), "UTC");
    bpo_coverage coverage = coverage_of(c, "2026-11-16T09:00:00Z", "2026-11-19T09:00:00Z");
    assert_true(coverage.gap_count == 3);
    assert_true(coverage.longest_gap_from == office_time("2026-11-16T17:00:00Z"));
    bpo_calendar_unref(c);
}

static void what_is_never_closed_has_no_gap(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_nine_to_five, 0, 4), "UTC");
    bpo_coverage coverage = coverage_of(c, "2026-11-16T10:00:00Z", "2026-11-16T17:00:00Z");
    assert_true(coverage.open == 7 * BPO_HOUR);
    assert_true(coverage.closed == 0);
    assert_true(coverage.gap_count == 0);
    assert_true(coverage.period_count == 1);
    assert_true(coverage.longest_gap_from == coverage.longest_gap_until);
    coverage = coverage_of(c, "2026-11-16T10:00:00Z", "2026-11-16T09:00:00Z");
    assert_true(coverage.open == 0 && coverage.closed == 0 && coverage.period_count == 0 && coverage.gap_count == 0);
    assert_true(coverage.longest_gap_from == office_time("2026-11-16T10:00:00Z"));
    bpo_calendar_unref(c);
}

static void failure_leaves_the_report_alone(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_nine_to_five, 0, 4), "UTC");
    bpo_coverage coverage = BPO_COVERAGE_INIT;
    coverage.open = 77;
    assert_int_equal(bpo_calendar_coverage(c, 0, INT64_MAX, &coverage, NULL), BPO_E_HORIZON);
    assert_int_equal(bpo_calendar_coverage(c, INT64_MIN, 0, &coverage, NULL), BPO_E_HORIZON);
    assert_int_equal(bpo_calendar_coverage(NULL, 0, 1, &coverage, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_coverage(c, 0, 1, NULL, NULL), BPO_E_INVALID);
    coverage.struct_size = 16;
    assert_int_equal(bpo_calendar_coverage(c, 0, 1, &coverage, NULL), BPO_E_ABI);
    assert_true(coverage.open == 77);
    bpo_calendar_unref(c);
}

static bpo_status a_report_is_made(fault_host *fault, void *user)
{
    bpo_context *context = NULL;
    bpo_calendar *calendar = NULL;
    bpo_coverage coverage = BPO_COVERAGE_INIT;
    bpo__calendar_definition d = office_week(office_nine_to_five, 0, 4);
    (void)user;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    if (status == BPO_OK)
        status = bpo_zone_new(context, "UTC", &d.zone, NULL);
    if (status == BPO_OK)
        status = bpo__calendar_compile(context, &d, &calendar, NULL);
    if (status == BPO_OK)
        status = bpo_calendar_coverage(calendar, 0, 1000 * BPO_DAY, &coverage, NULL);
    if (status != BPO_OK)
        assert_true(coverage.open == 0 && coverage.period_count == 0);
    bpo_calendar_unref(calendar);
    bpo_zone_unref(d.zone);
    bpo_context_unref(context);
    return status;
}

static void memory_may_fail_at_any_point(void **state)
{
    (void)state;
    assert_true(fault_torture(a_report_is_made, NULL) > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_range_is_added_up),
        cmocka_unit_test(of_equal_gaps_the_first_is_told),
        cmocka_unit_test(what_is_never_closed_has_no_gap),
        cmocka_unit_test(failure_leaves_the_report_alone),
        cmocka_unit_test(memory_may_fail_at_any_point),
    };
    return cmocka_run_group_tests_name("time_coverage", tests, NULL, NULL);
}
