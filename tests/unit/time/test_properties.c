/* SPDX-License-Identifier: Apache-2.0 */
/* Laws that hold for every calendar, tried at random instants of many years. */
#include "office.h"
#include "support/random.h"
#include <bpo/intervals.h>
#include <bpo/working_days.h>

#define TRIES 400

static test_random numbers = {1123581321};

static bpo_time any_instant(void)
{
    return office_time("1950-01-01T00:00:00Z") +
           (bpo_time)test_random_below(&numbers, (uint64_t)(100 * 365 * BPO_DAY / BPO_SECOND)) * BPO_SECOND +
           (bpo_time)(test_random_below(&numbers, 3) == 0 ? test_random_below(&numbers, (uint64_t)BPO_SECOND) : 0);
}

static bpo_duration any_duration(void)
{
    return (bpo_duration)test_random_below(&numbers, (uint64_t)(4000 * BPO_HOUR / BPO_MINUTE)) * BPO_MINUTE;
}

static bpo_duration between(const bpo_calendar *c, bpo_time from, bpo_time until)
{
    bpo_duration open = 0;
    assert_int_equal(bpo_calendar_between(c, from, until, &open, NULL), BPO_OK);
    return open;
}

static bpo_time add(const bpo_calendar *c, bpo_time from, bpo_duration open, bpo_landing landing)
{
    bpo_time at = 0;
    assert_int_equal(bpo_calendar_add(c, from, open, landing, &at, NULL), BPO_OK);
    return at;
}

static void adding_is_the_inverse_of_counting(const bpo_calendar *c)
{
    bpo_time a = any_instant();
    bpo_duration d = any_duration();
    bpo_time early = add(c, a, d, BPO_LANDING_EARLIEST);
    bpo_time late = add(c, a, d, BPO_LANDING_LATEST);
    assert_true(early <= late);
    assert_true(between(c, a, early) == d);
    assert_true(between(c, a, late) == d);
    assert_true(between(c, a, late + 1) == d + 1);
    if (d > 0)
        assert_true(between(c, a, early - 1) == d - 1);
    early = add(c, a, -d, BPO_LANDING_EARLIEST);
    assert_true(between(c, a, early) == -d);
    assert_true(between(c, a, add(c, a, -d, BPO_LANDING_LATEST)) == -d);
}

static void counting_is_additive(const bpo_calendar *c)
{
    bpo_time x = any_instant(), y = any_instant(), z = any_instant();
    assert_true(between(c, x, y) + between(c, y, z) == between(c, x, z));
    assert_true(between(c, x, y) == -between(c, y, x));
    assert_true(x > y || (between(c, x, y) >= 0 && between(c, x, y) <= y - x));
}

static void adding_in_steps_is_adding(const bpo_calendar *c)
{
    bpo_time a = any_instant();
    bpo_duration d = any_duration() + 1, e = any_duration() + 1;
    bpo_time step = add(c, a, d, BPO_LANDING_EARLIEST);
    assert_true(add(c, step, e, BPO_LANDING_EARLIEST) == add(c, a, d + e, BPO_LANDING_EARLIEST));
}

static void adding_is_monotone(const bpo_calendar *c)
{
    static const bpo_landing landings[] = {BPO_LANDING_EARLIEST, BPO_LANDING_LATEST};
    bpo_time a = any_instant();
    bpo_time b = a + (bpo_time)test_random_below(&numbers, (uint64_t)(30 * BPO_DAY));
    bpo_duration d = any_duration() - 2000 * BPO_HOUR;
    for (size_t i = 0; i < 2; i++) {
        assert_true(add(c, a, d, landings[i]) <= add(c, b, d, landings[i]));
        assert_true(d == 0 || d == -1 || add(c, a, d, landings[i]) <= add(c, a, d + 1, landings[i]));
    }
}

static void edges_are_edges(const bpo_calendar *c)
{
    bpo_time a = any_instant();
    bpo_time open = 0, opening = 0, close = 0, last = 0;
    assert_int_equal(bpo_calendar_next_open(c, a, &open, NULL), BPO_OK);
    assert_int_equal(bpo_calendar_next_opening(c, a, &opening, NULL), BPO_OK);
    assert_int_equal(bpo_calendar_next_close(c, a, &close, NULL), BPO_OK);
    assert_int_equal(bpo_calendar_prev_close(c, a, &last, NULL), BPO_OK);
    assert_true(last <= a && a <= open && open < close && a < opening);
    assert_true(between(c, last, open) == 0 && between(c, last - 1, last) == 1 && between(c, open, open + 1) == 1);
    assert_true(between(c, open, close) == close - open && between(c, close, close + 1) == 0);
    assert_true(between(c, opening - 1, opening + 1) == 1);
    assert_true(add(c, a, 0, BPO_LANDING_EARLIEST | BPO_LANDING_ZERO_SNAP_BACK) == last);
}

/* Pieces of a list follow each other, and their open times add up to what is open. */
static void lists_add_up(const bpo_calendar *c)
{
    bpo_time from = any_instant();
    bpo_time until = from + (bpo_time)test_random_below(&numbers, (uint64_t)(500 * BPO_DAY));
    bpo_duration expected = between(c, from, until);
    bpo_coverage coverage = BPO_COVERAGE_INIT;
    assert_int_equal(bpo_calendar_coverage(c, from, until, &coverage, NULL), BPO_OK);
    assert_true(coverage.open == expected && coverage.open + coverage.closed == until - from);
    for (bpo_interval_list list = BPO_INTERVALS_OPEN; list <= BPO_INTERVALS_EXPLAINED; list++) {
        bpo_intervals *intervals = NULL;
        bpo_interval i = BPO_INTERVAL_INIT;
        bpo_duration open = 0, all = 0;
        bpo_time reached = from;
        assert_int_equal(bpo_intervals_new(c, from, until, list, &intervals, NULL), BPO_OK);
        while (bpo_intervals_next(intervals, &i, NULL) == BPO_OK) {
            assert_true(i.from >= reached && i.until >= i.from && i.until <= until);
            assert_true(i.open == between(c, i.from, i.until));
            open += i.open;
            all += i.until - i.from;
            reached = i.until;
        }
        bpo_intervals_unref(intervals);
        assert_true(open == (list == BPO_INTERVALS_CLOSED ? 0 : expected));
        assert_true(all == (list == BPO_INTERVALS_OPEN ? expected
                                                       : until - from - (list == BPO_INTERVALS_CLOSED) * expected));
    }
}

static void working_dates_are_counted_as_they_are_added(const bpo_calendar *c)
{
    bpo_time a = any_instant();
    int64_t days = (int64_t)test_random_below(&numbers, 300) + 1;
    bpo_time at = 0;
    int64_t count = 0;
    assert_int_equal(bpo_calendar_add_days(c, a, days, 0, &at, NULL), BPO_OK);
    assert_int_equal(bpo_calendar_count_days(c, a, at, BPO_DAYS_EXCLUDE_START, &count, NULL), BPO_OK);
    assert_true(count == days);
}

typedef void (*law)(const bpo_calendar *calendar);

static void try_law(law holds)
{
    static const char *const zones[] = {"America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia",
                                        "America/Santiago", "UTC"};
    static const bpo__range split[2] = {{9 * 3600, 12 * 3600 + 1800}, {13 * 3600 + 900, 17 * 3600}};
    const bpo__holiday holidays[] = {{{0, 12, 25}, BPO__TEXT("Christmas")}, {{0, 1, 1}, BPO__TEXT("New Year")}};
    for (size_t z = 0; z < sizeof zones / sizeof zones[0]; z++) {
        bpo__calendar_definition d = office_week(z % 2 ? office_night : office_nine_to_five, 0, 4);
        if (z % 3 == 0) {
            d.weekly[2].ranges = split;
            d.weekly[2].count = 2;
        }
        d.holidays = holidays;
        d.holiday_count = 2;
        d.holidays_by_shift_start = z >= 3;
        bpo_calendar *c = office_calendar(d, zones[z]);
        for (int i = 0; i < TRIES; i++)
            holds(c);
        bpo_calendar_unref(c);
    }
}

#define LAW(name)                                                                                                      \
    static void law_##name(void **state)                                                                               \
    {                                                                                                                  \
        (void)state;                                                                                                   \
        try_law(name);                                                                                                 \
    }
LAW(adding_is_the_inverse_of_counting)
LAW(counting_is_additive)
LAW(adding_in_steps_is_adding)
LAW(adding_is_monotone)
LAW(edges_are_edges)
LAW(lists_add_up)
LAW(working_dates_are_counted_as_they_are_added)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(law_adding_is_the_inverse_of_counting),
        cmocka_unit_test(law_counting_is_additive),
        cmocka_unit_test(law_adding_in_steps_is_adding),
        cmocka_unit_test(law_adding_is_monotone),
        cmocka_unit_test(law_edges_are_edges),
        cmocka_unit_test(law_lists_add_up),
        cmocka_unit_test(law_working_dates_are_counted_as_they_are_added),
    };
    return cmocka_run_group_tests_name("time_properties", tests, NULL, NULL);
}
