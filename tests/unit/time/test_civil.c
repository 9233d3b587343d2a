/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"
#include "time/civil.h"

static void known_dates_have_their_day_numbers(void **state)
{
    (void)state;
    assert_int_equal(bpo__days_of_civil(1970, 1, 1), 0);
    assert_int_equal(bpo__days_of_civil(1969, 12, 31), -1);
    assert_int_equal(bpo__days_of_civil(2000, 2, 29), 11016);
    assert_int_equal(bpo__days_of_civil(1900, 3, 1), -25508);
    assert_int_equal(bpo__days_of_civil(1, 1, 1), -719162);
    assert_int_equal(bpo__days_of_civil(9999, 12, 31), 2932896);
}

/* Counts the calendar out by hand from the year 1 on. */
static void every_date_of_ten_thousand_years_goes_both_ways(void **state)
{
    (void)state;
    static const int lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int32_t days = -719162;
    int weekday = 1; /* 0001-01-01 was a Monday */
    for (int year = 1; year <= 9999; year++) {
        int leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
        assert_int_equal(bpo__is_leap_year(year), leap);
        for (int month = 1; month <= 12; month++) {
            int length = lengths[month - 1] + (month == 2 && leap);
            assert_int_equal(bpo__month_length(year, month), length);
            for (int day = 1; day <= length; day++, days++, weekday = weekday % 7 + 1) {
                bpo__date date = bpo__civil_of_days(days);
                if (bpo__days_of_civil(year, month, day) != days || date.year != year || date.month != month ||
                    date.day != day || bpo__weekday_of_days(days) != weekday)
                    fail_msg("%d-%d-%d", year, month, day);
            }
        }
    }
}

static void the_farthest_day_numbers_are_dates(void **state)
{
    (void)state;
    static const int32_t farthest[] = {-106751992, 106751991, INT32_MIN + 1000000, INT32_MAX - 1000000};
    for (size_t i = 0; i < sizeof farthest / sizeof farthest[0]; i++) {
        bpo__date date = bpo__civil_of_days(farthest[i]);
        assert_in_range(date.month, 1, 12);
        assert_in_range(date.day, 1, bpo__month_length(date.year, date.month));
    }
    bpo__date date = bpo__civil_of_days(-106751992);
    assert_int_equal(bpo__days_of_civil(date.year, date.month, date.day), -106751992);
}

static void dates_that_do_not_exist_are_known(void **state)
{
    (void)state;
    assert_true(bpo__date_exists(2024, 2, 29));
    assert_true(bpo__date_exists(1, 1, 1));
    assert_true(bpo__date_exists(9999, 12, 31));
    assert_false(bpo__date_exists(2023, 2, 29));
    assert_false(bpo__date_exists(1900, 2, 29));
    assert_false(bpo__date_exists(2023, 4, 31));
    assert_false(bpo__date_exists(2023, 0, 1));
    assert_false(bpo__date_exists(2023, 13, 1));
    assert_false(bpo__date_exists(2023, 1, 0));
    assert_false(bpo__date_exists(0, 1, 1));
    assert_false(bpo__date_exists(10000, 1, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_dates_have_their_day_numbers),
        cmocka_unit_test(every_date_of_ten_thousand_years_goes_both_ways),
        cmocka_unit_test(the_farthest_day_numbers_are_dates),
        cmocka_unit_test(dates_that_do_not_exist_are_known),
    };
    return cmocka_run_group_tests_name("time_civil", tests, NULL, NULL);
}
