/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of ranges of one date, held against the sets of seconds that they stand for. A world of few seconds is enough:
 * the lists know no unit. */
#include "time/ranges.h"
#include "office.h"

#define SPAN 12 /* seconds of a small world */

/* The ranges whose seconds are the bits of a number. */
static size_t ranges_of(unsigned bits, bpo__range *ranges)
{
    size_t count = 0;
    for (int32_t i = 0; i < SPAN; i++) {
        if (bits >> i & 1)
            count = bpo__ranges_append(ranges, count, i, i + 1);
    }
    return count;
}

/* Fails for a list that is not the shortest in order. */
static unsigned bits_of(const bpo__range *ranges, size_t count)
{
    unsigned bits = 0;
    for (size_t i = 0; i < count; i++) {
        assert_true(ranges[i].from < ranges[i].until);
        assert_true(i == 0 || ranges[i - 1].until < ranges[i].from);
        for (int32_t s = ranges[i].from; s < ranges[i].until; s++)
            bits |= 1u << s;
    }
    return bits;
}

static void what_touches_or_overlaps_the_last_becomes_part_of_it(void **state)
{
    (void)state;
    bpo__range ranges[3];
    size_t count = bpo__ranges_append(ranges, 0, 10, 20);
    assert_int_equal(count, 1);
    assert_int_equal(bpo__ranges_append(ranges, count, 20, 30), 1); /* touches */
    assert_int_equal(ranges[0].until, 30);
    assert_int_equal(bpo__ranges_append(ranges, count, 15, 40), 1); /* overlaps */
    assert_int_equal(ranges[0].until, 40);
    assert_int_equal(bpo__ranges_append(ranges, count, 35, 38), 1); /* lies within */
    assert_int_equal(ranges[0].until, 40);
    assert_int_equal(bpo__ranges_append(ranges, count, 41, 42), 2); /* one second apart */
    assert_int_equal(ranges[1].from, 41);
    assert_int_equal(ranges[0].from, 10);
}

static void ranges_are_cut_as_their_seconds_are(void **state)
{
    (void)state;
    for (unsigned open = 0; open < 1u << SPAN; open += 11) {
        for (unsigned closed = 0; closed < 1u << SPAN; closed += 17) {
            bpo__range shifts[SPAN];
            bpo__range breaks[SPAN];
            bpo__range left[2 * SPAN];
            size_t count = ranges_of(open, shifts);
            bpo__hours closures = {breaks, ranges_of(closed, breaks)};
            size_t left_count = bpo__ranges_subtract(shifts, count, closures, left);
            assert_int_equal(bits_of(left, left_count), open & ~closed);
        }
    }
}

static void closures_may_reach_over_shifts_on_both_sides(void **state)
{
    (void)state;
    static const bpo__range shifts[] = {{10, 20}, {30, 40}, {50, 60}};
    static const bpo__range breaks[] = {{0, 12}, {18, 32}, {34, 36}, {40, 70}, {80, 90}};
    bpo__range left[8];
    bpo__hours closures = {breaks, 5};
    assert_int_equal(bpo__ranges_subtract(shifts, 3, closures, left), 3);
    assert_int_equal(left[0].from, 12);
    assert_int_equal(left[0].until, 18);
    assert_int_equal(left[1].from, 32);
    assert_int_equal(left[1].until, 34);
    assert_int_equal(left[2].from, 36);
    assert_int_equal(left[2].until, 40);
}

static void the_tail_is_that_of_the_shift_which_ends_last(void **state)
{
    (void)state;
    static const bpo__range shifts[] = {{0, BPO__DAY_SECONDS}, {10, BPO__DAY_SECONDS + 7}, {20, BPO__DAY_SECONDS + 3}};
    assert_int_equal(bpo__ranges_tail((bpo__hours){NULL, 0}), 0);
    assert_int_equal(bpo__ranges_tail((bpo__hours){shifts, 1}), 0);
    assert_int_equal(bpo__ranges_tail((bpo__hours){shifts, 3}), 7);
}

static void a_date_is_open_by_its_shifts_and_the_tail_of_the_night_before(void **state)
{
    (void)state;
    for (int32_t tail = 0; tail <= SPAN; tail++) {
        const bpo__range night[1] = {{22 * 3600, BPO__DAY_SECONDS + tail}};
        for (unsigned today = 0; today < 1u << SPAN; today += 3) {
            bpo__range shifts[SPAN];
            bpo__range open[SPAN + 1];
            bpo__hours hours = {shifts, ranges_of(today, shifts)};
            size_t count = bpo__ranges_join(hours, (bpo__hours){night, 1}, open);
            assert_int_equal(bits_of(open, count), today | ((1u << tail) - 1));
        }
    }
}

static void what_reaches_into_the_next_date_is_not_of_this_one(void **state)
{
    (void)state;
    static const bpo__range night[] = {{22 * 3600, 30 * 3600}};
    bpo__range open[2];
    bpo__hours shifts = {night, 1};
    assert_int_equal(bpo__ranges_join(shifts, (bpo__hours){NULL, 0}, open), 1);
    assert_int_equal(open[0].until, BPO__DAY_SECONDS);
    assert_int_equal(bpo__ranges_join(shifts, shifts, open), 2);
    assert_int_equal(open[0].from, 0);
    assert_int_equal(open[0].until, 6 * 3600);
    assert_int_equal(open[1].from, 22 * 3600);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_touches_or_overlaps_the_last_becomes_part_of_it),
        cmocka_unit_test(ranges_are_cut_as_their_seconds_are),
        cmocka_unit_test(closures_may_reach_over_shifts_on_both_sides),
        cmocka_unit_test(the_tail_is_that_of_the_shift_which_ends_last),
        cmocka_unit_test(a_date_is_open_by_its_shifts_and_the_tail_of_the_night_before),
        cmocka_unit_test(what_reaches_into_the_next_date_is_not_of_this_one),
    };
    return cmocka_run_group_tests_name("time_ranges", tests, NULL, NULL);
}
