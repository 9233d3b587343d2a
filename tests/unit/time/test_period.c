/* SPDX-License-Identifier: Apache-2.0 */
/* Open periods, over the ends of pages. */
#include "time/period.h"
#include "office.h"
#include "support/fault.h"

#define FROM  office_time("2026-11-16T00:00:00Z") /* a Monday */
#define NOON  (FROM + 12 * BPO_HOUR)
#define FIVE  (FROM + 17 * BPO_HOUR)

static void a_period_ends_at_its_close_or_at_the_limit(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_nine_to_five, 0, 4), "UTC");
    bpo_time end = 0;
    assert_int_equal(bpo__period_end(c, NOON, FROM + BPO_DAY, &end, NULL), BPO_OK);
    assert_true(end == FIVE);
    assert_int_equal(bpo__period_end(c, NOON, NOON + 7, &end, NULL), BPO_OK);
    assert_true(end == NOON + 7);
    bpo_calendar_unref(c);
}

static void a_period_goes_on_over_the_ends_of_pages(void **state)
{
    (void)state;
    bpo__holiday holidays[2] = {{{2020, 1, 1}, BPO__TEXT("First")}, {{2030, 1, 1}, BPO__TEXT("Last")}};
    bpo__calendar_definition d = office_week(office_whole_day, 0, 6);
    d.holidays = holidays;
    d.holiday_count = 2;
    bpo_calendar *c = office_calendar(d, "UTC");
    bpo__period period = {0, 0};
    bpo_time end = 0;
    assert_int_equal(bpo__period_end(c, FROM, BPO__COVERED_UNTIL, &end, NULL), BPO_OK);
    assert_true(end == office_time("2030-01-01T00:00:00Z"));
    assert_int_equal(bpo__period_next(c, office_time("2020-01-01T00:00:00Z"), BPO__COVERED_UNTIL, &period, NULL),
                     BPO_OK);
    assert_true(period.from == office_time("2020-01-02T00:00:00Z"));
    assert_true(period.until == end);
    bpo_calendar_unref(c);
}

static void the_next_period_begins_at_once_or_later_or_not_at_all(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_nine_to_five, 0, 4), "UTC");
    bpo__period period = {7, 7};
    assert_int_equal(bpo__period_next(c, FIVE, FIVE + 16 * BPO_HOUR, &period, NULL), BPO_DONE);
    assert_int_equal(bpo__period_next(c, FIVE, FIVE, &period, NULL), BPO_DONE);
    assert_true(period.from == 7 && period.until == 7);
    assert_int_equal(bpo__period_next(c, NOON, NOON + 1, &period, NULL), BPO_OK);
    assert_true(period.from == NOON && period.until == NOON + 1);
    assert_int_equal(bpo__period_next(c, FIVE, FIVE + 16 * BPO_HOUR + 1, &period, NULL), BPO_OK);
    assert_true(period.from == FIVE + 16 * BPO_HOUR && period.until == period.from + 1);
    bpo_calendar_unref(c);
}

static void what_is_always_open_ends_at_the_limit(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_whole_day, 0, 6), "UTC");
    bpo__period period = {7, 7};
    assert_int_equal(bpo__period_next(c, FROM, FROM, &period, NULL), BPO_DONE);
    assert_true(period.from == 7);
    assert_int_equal(bpo__period_next(c, FROM, FIVE, &period, NULL), BPO_OK);
    assert_true(period.from == FROM && period.until == FIVE);
    bpo_calendar_unref(c);
}

/* Of a calendar of which no page is compiled yet; user is the range of its shifts. */
static bpo_status an_end_is_sought(fault_host *fault, void *user)
{
    bpo__calendar_definition d = office_week(user, 0, 6);
    bpo__holiday holiday = {{2028, 1, 1}, BPO__TEXT("Some day")};
    bpo_context *context = NULL;
    bpo_calendar *c = NULL;
    bpo_time end = 7;
    d.holidays = &holiday;
    d.holiday_count = 1;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    if (status == BPO_OK)
        status = bpo_zone_new(context, "UTC", &d.zone, NULL);
    if (status == BPO_OK)
        status = bpo__calendar_compile(context, &d, &c, NULL);
    if (status == BPO_OK)
        status = bpo__period_end(c, NOON, BPO__COVERED_UNTIL, &end, NULL);
    assert_true((end == 7) == (status != BPO_OK));
    bpo_calendar_unref(c);
    bpo_zone_unref(d.zone);
    bpo_context_unref(context);
    return status;
}

static void lack_of_memory_leaves_the_end_alone(void **state)
{
    (void)state;
    bpo__range hours = office_nine_to_five[0];
    bpo__range whole = office_whole_day[0];
    assert_true(fault_torture(an_end_is_sought, &hours) > 5); /* in one page */
    assert_true(fault_torture(an_end_is_sought, &whole) > 5); /* over several */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_period_ends_at_its_close_or_at_the_limit),
        cmocka_unit_test(a_period_goes_on_over_the_ends_of_pages),
        cmocka_unit_test(the_next_period_begins_at_once_or_later_or_not_at_all),
        cmocka_unit_test(what_is_always_open_ends_at_the_limit),
        cmocka_unit_test(lack_of_memory_leaves_the_end_alone),
    };
    return cmocka_run_group_tests_name("time_period", tests, NULL, NULL);
}
