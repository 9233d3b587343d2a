/* SPDX-License-Identifier: Apache-2.0 */
#include "office.h"
#include "support/random.h"
#include <bpo/intervals.h>
#include <stdio.h>
#include <string.h>

/* An explanation in the calendar's zone, one stretch after the other:
 * "open until 17:00, closed until 09:00, Thanksgiving until 00:00, +3600" (seconds that the clock jumps). */
static void expect_explanation(const bpo_calendar *c, const char *from, const char *until, const char *expected)
{
    static const char *const words[] = {"?", "open", "closed", "", "clock"};
    bpo_intervals *l = NULL;
    bpo_interval i = BPO_INTERVAL_INIT;
    char text[1024] = "";
    size_t used = 0;
    assert_int_equal(bpo_intervals_new(c, office_time(from), office_time(until), BPO_INTERVALS_EXPLAINED, &l, NULL),
                     BPO_OK);
    while (bpo_intervals_next(l, &i, NULL) == BPO_OK) {
        bpo_civil end;
        assert_int_equal(bpo_zone_to_civil(bpo__calendar_zone(c), i.until, &end, NULL), BPO_OK);
        const char *comma = used > 0 ? ", " : "";
        int size = i.kind == BPO_INTERVAL_CLOCK_CHANGE
                       ? snprintf(text + used, sizeof text - used, "%s%+d", comma, i.clock_change_seconds)
                       : snprintf(text + used, sizeof text - used, "%s%s%s until %02d:%02d", comma, words[i.kind],
                                  i.name, end.hour, end.minute);
        used += (size_t)size;
    }
    bpo_intervals_unref(l);
    assert_string_equal(text, expected);
}

static bpo__calendar_definition with_holidays(bpo__calendar_definition d, const bpo__holiday *holidays, size_t count)
{
    d.holidays = holidays;
    d.holiday_count = count;
    return d;
}

static void a_week_end_is_one_closed_stretch(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_nine_to_five, 0, 4), "America/New_York");
    expect_explanation(c, "2026-11-20T16:00:00-05:00", "2026-11-23T10:00:00-05:00",
                       "open until 17:00, closed until 09:00, open until 10:00");
    expect_explanation(c, "2026-11-21T12:00:00-05:00", "2026-11-22T00:00:00.5-05:00", "closed until 00:00");
    bpo_calendar_unref(c);
}

static void a_holiday_is_named(void **state)
{
    (void)state;
    const bpo__holiday holidays[] = {{{2026, 11, 26}, BPO__TEXT("Thanksgiving")},
                                            {{0, 11, 27}, BPO__TEXT("The day after")}};
    bpo_calendar *c =
        office_calendar(with_holidays(office_week(office_nine_to_five, 0, 4), holidays, 2), "America/New_York");
    expect_explanation(c, "2026-11-25T16:00:00-05:00", "2026-11-30T09:30:00-05:00",
                       "open until 17:00, closed until 00:00, Thanksgiving until 00:00, The day after until 00:00, "
                       "closed until 09:00, open until 09:30");
    expect_explanation(c, "2026-11-26T10:00:00.25-05:00", "2026-11-26T10:00:00.5-05:00", "Thanksgiving until 10:00");
    expect_explanation(c, "2026-11-26T23:59:59.5-05:00", "2026-11-27T00:00:00.5-05:00",
                       "Thanksgiving until 00:00, The day after until 00:00");
    bpo_calendar_unref(c);
}

static void a_holiday_names_the_tail_that_it_took(void **state)
{
    (void)state;
    const bpo__holiday holiday[] = {{{2026, 11, 26}, BPO__TEXT("Thanksgiving")}};
    bpo__calendar_definition d = with_holidays(office_week(office_night, 0, 4), holiday, 1);
    bpo_calendar *civil = office_calendar(d, "UTC");
    expect_explanation(civil, "2026-11-25T21:00:00Z", "2026-11-27T08:00:00Z",
                       "closed until 22:00, open until 00:00, Thanksgiving until 00:00, open until 06:00, "
                       "closed until 08:00");
    d.holidays_by_shift_start = true;
    bpo_calendar *by_start = office_calendar(d, "UTC");
    expect_explanation(by_start, "2026-11-25T21:00:00Z", "2026-11-27T08:00:00Z",
                       "closed until 22:00, open until 06:00, Thanksgiving until 06:00, closed until 08:00");
    bpo_calendar_unref(civil);
    bpo_calendar_unref(by_start);
}

static void a_change_of_the_clock_is_told_where_it_happens(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_night, 0, 6), "Europe/Berlin");
    expect_explanation(c, "2026-03-28T23:00:00+01:00", "2026-03-29T07:00:00+02:00",
                       "open until 03:00, +3600, open until 06:00, closed until 07:00");
    expect_explanation(c, "2026-10-24T23:00:00+02:00", "2026-10-25T07:00:00+01:00",
                       "open until 02:00, -3600, open until 06:00, closed until 07:00");
    /* at the range's start it is told, at its end it is not */
    expect_explanation(c, "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z", "+3600, open until 04:00");
    expect_explanation(c, "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z", "open until 03:00");
    expect_explanation(c, "2026-03-29T01:00:00.5Z", "2026-03-29T02:00:00Z", "open until 04:00");
    bpo_calendar_unref(c);
}

static void a_date_that_the_zone_skips_is_one_change(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_nine_to_five, 0, 6), "Pacific/Apia");
    expect_explanation(c, "2011-12-29T16:00:00-10:00", "2011-12-31T10:00:00+14:00",
                       "open until 17:00, closed until 00:00, +86400, closed until 09:00, open until 10:00");
    bpo_calendar_unref(c);
}

static void a_name_without_an_end_is_still_cut_at_the_range(void **state)
{
    (void)state;
    bpo_calendar *never = office_calendar(office_week(office_whole_day, 0, -1), "UTC");
    bpo_calendar *always = office_calendar(office_week(office_whole_day, 0, 6), "UTC");
    expect_explanation(never, "1900-01-01T00:00:00Z", "2201-01-01T00:00:00Z", "closed until 00:00");
    expect_explanation(always, "1900-01-01T00:00:00Z", "2201-01-01T00:00:00Z", "open until 00:00");
    bpo_calendar_unref(never);
    bpo_calendar_unref(always);
}

/* Stretches follow each other without a hole, and their open times add up to between(). */
static void expect_whole(const bpo_calendar *c, bpo_time from, bpo_time until)
{
    bpo_intervals *l = NULL;
    bpo_interval i = BPO_INTERVAL_INIT;
    bpo_duration open = 0;
    bpo_duration expected = 0;
    bpo_time reached = from;
    bpo_interval_kind last = 0;
    assert_int_equal(bpo_intervals_new(c, from, until, BPO_INTERVALS_EXPLAINED, &l, NULL), BPO_OK);
    while (bpo_intervals_next(l, &i, NULL) == BPO_OK) {
        assert_true(i.from == reached);
        assert_true((i.until == i.from) == (i.kind == BPO_INTERVAL_CLOCK_CHANGE));
        assert_true(i.kind != last || i.kind == BPO_INTERVAL_HOLIDAY);
        reached = i.until;
        open += i.open;
        last = i.kind;
    }
    assert_true(reached == until);
    assert_int_equal(bpo_calendar_between(c, from, until, &expected, NULL), BPO_OK);
    assert_true(open == expected);
    bpo_intervals_unref(l);
}

static void explanations_add_up(void **state)
{
    (void)state;
    static const char *const zones[] = {"America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia"};
    const bpo__holiday holidays[] = {{{0, 12, 25}, BPO__TEXT("Christmas")}, {{0, 1, 1}, BPO__TEXT("New Year")},
                                            {{2011, 12, 31}, BPO__TEXT("The day after the day that was not")}};
    test_random random = {20261121};
    for (size_t z = 0; z < 4; z++) {
        bpo__calendar_definition d = office_week(z % 2 ? office_night : office_nine_to_five, 0, 5);
        d.holidays_by_shift_start = z >= 2;
        bpo_calendar *c = office_calendar(with_holidays(d, holidays, 3), zones[z]);
        for (int i = 0; i < 100; i++) {
            bpo_time from = office_time("2005-01-01T00:00:00Z") +
                            (bpo_time)test_random_below(&random, (uint64_t)(20 * 365 * BPO_DAY));
            expect_whole(c, from, from + 1 + (bpo_time)test_random_below(&random, (uint64_t)(400 * BPO_DAY)));
        }
        expect_whole(c, BPO__COVERED_FROM, BPO__COVERED_FROM + 300 * BPO_DAY);
        expect_whole(c, BPO__COVERED_UNTIL - 300 * BPO_DAY, BPO__COVERED_UNTIL);
        bpo_calendar_unref(c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_week_end_is_one_closed_stretch),
        cmocka_unit_test(a_holiday_is_named),
        cmocka_unit_test(a_holiday_names_the_tail_that_it_took),
        cmocka_unit_test(a_change_of_the_clock_is_told_where_it_happens),
        cmocka_unit_test(a_date_that_the_zone_skips_is_one_change),
        cmocka_unit_test(a_name_without_an_end_is_still_cut_at_the_range),
        cmocka_unit_test(explanations_add_up),
    };
    return cmocka_run_group_tests_name("time_explain", tests, NULL, NULL);
}
