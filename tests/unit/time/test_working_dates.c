/* SPDX-License-Identifier: Apache-2.0 */
/* Sets of working dates against the dates asked one by one, and when a date ends. */
#include "time/working_dates.h"
#include "office.h"

/* Monday to Friday until 17:00; Tuesday to Saturday until 06:00 on the next morning, but not on two dates. */
typedef struct sides {
    bpo_calendar *day;
    bpo_calendar *night;
    bpo_calendar *any;
    bpo_calendar *all;
} sides;

#define HOLIDAY office_days(2026, 11, 19) /* a Thursday */
#define WEDNESDAY (HOLIDAY - 1)
#define SATURDAY (HOLIDAY + 2)
#define SUNDAY (HOLIDAY + 3)

static sides sides_of(void)
{
    bpo__holiday holidays[2] = {{{2026, 11, 19}, BPO__TEXT("A holiday")}, {{0, 1, 1}, BPO__TEXT("New Year")}};
    bpo__calendar_definition night = office_week(office_night, 1, 5);
    sides s = {office_calendar(office_week(office_nine_to_five, 0, 4), "UTC"), NULL, NULL, NULL};
    night.holidays = holidays;
    night.holiday_count = 2;
    s.night = office_calendar(night, "UTC");
    bpo_calendar *both[] = {s.day, s.night};
    s.any = office_calendar(office_combination(both, 2, BPO__COMBINING_UNION), "UTC");
    s.all = office_calendar(office_combination(both, 2, BPO__COMBINING_INTERSECTION), "UTC");
    return s;
}

static void end_sides(sides s)
{
    bpo_calendar_unref(s.day);
    bpo_calendar_unref(s.night);
    bpo_calendar_unref(s.any);
    bpo_calendar_unref(s.all);
}

static void a_set_says_what_each_date_says(void **state)
{
    (void)state;
    sides s = sides_of();
    bpo_calendar *const calendars[] = {s.day, s.night, s.any, s.all};
    for (size_t i = 0; i < 4; i++) {
        for (int32_t first = office_days(2020, 1, 1); first < office_days(2030, 1, 1); first += 61) {
            bpo__date_set dates = bpo__working_dates(calendars[i], first);
            for (int32_t k = 0; k < BPO__DATES_BLOCK; k++) {
                bool works = bpo__is_working_date(calendars[i], first + k);
                assert_true((dates.marked >> k & 1) != 0 || (dates.working >> k & 1) == works);
            }
        }
    }
    end_sides(s);
}

static void dates_combine_as_their_members_do(void **state)
{
    (void)state;
    sides s = sides_of();
    for (int32_t days = office_days(2026, 1, 1); days < office_days(2027, 1, 1); days++) {
        bool day = bpo__is_working_date(s.day, days);
        bool night = bpo__is_working_date(s.night, days);
        assert_int_equal(bpo__is_working_date(s.any, days), day || night);
        assert_int_equal(bpo__is_working_date(s.all, days), day && night);
    }
    end_sides(s);
}

static void expect_end(const bpo_calendar *c, int32_t days, bpo_time expected)
{
    bpo_time end = 77;
    assert_int_equal(bpo__working_date_end(c, days, &end), expected != 77);
    assert_true(end == expected);
}

static void a_date_on_which_nobody_works_has_no_end(void **state)
{
    (void)state;
    sides s = sides_of();
    bpo_time five = 17 * BPO_HOUR;
    bpo_time six = 30 * BPO_HOUR;
    expect_end(s.any, WEDNESDAY, WEDNESDAY * BPO_DAY + six);
    expect_end(s.all, WEDNESDAY, WEDNESDAY * BPO_DAY + five);
    expect_end(s.any, HOLIDAY, HOLIDAY * BPO_DAY + five); /* the day alone */
    expect_end(s.all, HOLIDAY, 77);
    expect_end(s.any, SATURDAY, SATURDAY * BPO_DAY + six); /* the night alone */
    expect_end(s.all, SATURDAY, 77);
    expect_end(s.any, SUNDAY, 77);
    expect_end(s.all, SUNDAY, 77);
    expect_end(s.day, SUNDAY, 77);
    end_sides(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_set_says_what_each_date_says),
        cmocka_unit_test(dates_combine_as_their_members_do),
        cmocka_unit_test(a_date_on_which_nobody_works_has_no_end),
    };
    return cmocka_run_group_tests_name("time_working_dates", tests, NULL, NULL);
}
