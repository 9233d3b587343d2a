/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "num/rounding.h"
#include <stdlib.h>
#include <string.h>

#define MODES 7

/* Which of two neighbouring multiples a mode takes, in its own words. `below` and `above` count steps; `order` tells
 * whether the value is nearer to the lower (-1), in the middle (0) or nearer to the upper one (1). */
static int64_t choose(bpo_rounding mode, int64_t below, int64_t above, int order)
{
    int64_t toward_zero = llabs(below) < llabs(above) ? below : above;
    int64_t away = toward_zero == below ? above : below;
    int64_t nearer = order < 0 ? below : above;
    switch (mode) {
    case BPO_ROUNDING_HALF_AWAY:
        return order != 0 ? nearer : away;
    case BPO_ROUNDING_HALF_EVEN:
        return order != 0 ? nearer : below % 2 == 0 ? below : above;
    case BPO_ROUNDING_HALF_DOWN:
        return order != 0 ? nearer : toward_zero;
    case BPO_ROUNDING_UP:
        return away;
    case BPO_ROUNDING_DOWN:
        return toward_zero;
    case BPO_ROUNDING_FLOOR:
        return below;
    default:
        return above;
    }
}

/* numerator / denominator as a number of steps of step / 10^scale, found by walking, not by dividing. */
static int64_t steps_by_definition(int64_t numerator, int64_t denominator, int64_t power, int64_t step,
                                   bpo_rounding mode)
{
    int64_t value = numerator * power; /* in units, times the denominator, as the steps are below */
    int64_t size = step * denominator;
    int64_t below = 0;
    while (below * size > value)
        below--;
    while ((below + 1) * size <= value)
        below++;
    if (below * size == value)
        return below;
    int64_t twice = 2 * value - (2 * below + 1) * size;
    return choose(mode, below, below + 1, (twice > 0) - (twice < 0));
}

static void check_round(int64_t numerator, int64_t denominator, int32_t scale, const bpo_decimal *increment,
                        int64_t step)
{
    int64_t power = scale == 0 ? 1 : scale == 1 ? 10 : 100;
    for (bpo_rounding mode = 1; mode <= MODES; mode++) {
        bpo_decimal rounded;
        int64_t expected = step * steps_by_definition(numerator, denominator, power, step, mode);
        assert_int_equal(
            bpo__round(bpo__i256_of(numerator), bpo__i256_of(denominator), scale, mode, increment, &rounded), BPO_OK);
        assert_int_equal(rounded.scale, scale);
        assert_int_equal(bpo__i256_compare(bpo__i256_of_decimal(&rounded), bpo__i256_of(expected)), 0);
    }
}

static void every_small_fraction_is_rounded_by_definition(void **state)
{
    (void)state;
    for (int64_t denominator = 1; denominator <= 24; denominator++) {
        for (int64_t numerator = -30 * denominator; numerator <= 30 * denominator; numerator++) {
            for (int32_t scale = 0; scale <= 2; scale++)
                check_round(numerator, denominator, scale, NULL, 1);
        }
    }
}

static void every_small_decimal_is_rounded_to_increments_by_definition(void **state)
{
    static const struct {
        bpo_decimal increment;
        int32_t scale;
        int64_t step;
    } cases[] = {
        {{0, 5, 2, 0}, 2, 5},       {{0, 25, 2, 0}, 2, 25}, {{0, 2, 0, 0}, 0, 2},    {{0, 10, 0, 0}, 0, 10},
        {{0, 3, 0, 0}, 1, 30},      {{0, 7, 1, 0}, 1, 7},   {{0, 1, 0, 0}, 2, 100},  {{0, 100, 2, 0}, 0, 1},
        {{0, 50, 3, 0}, 2, 5},      {{0, 1, 2, 0}, 2, 1},   {{0, 700, 2, 0}, 1, 70}, {{0, 15, 1, 0}, 2, 150},
        {{0, 1000, 0, 0}, 0, 1000},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        for (int64_t numerator = -30 * 40; numerator <= 30 * 40; numerator++)
            check_round(numerator, 40, cases[i].scale, &cases[i].increment, cases[i].step);
        for (int64_t numerator = -30 * 7; numerator <= 30 * 7; numerator++)
            check_round(numerator, 7, cases[i].scale, &cases[i].increment, cases[i].step);
    }
}

/* One part in the denominator more or less than a half, where the denominator fills 255 bits. */
static void the_widest_halves_are_told_apart(void **state)
{
    const bpo__i256 denominator = {{UINT64_MAX - 1, UINT64_MAX, UINT64_MAX, INT64_MAX}}; /* 2^255 - 2 */
    bpo__i256 half;
    (void)state;
    bpo__i256_divide(denominator, bpo__i256_of(2), &half, NULL);
    for (int64_t offset = -1; offset <= 1; offset++) {
        bpo__i256 numerator;
        bpo_decimal rounded;
        bpo__i256_add(half, bpo__i256_of(offset), &numerator);
        assert_int_equal(bpo__round(numerator, denominator, 0, BPO_ROUNDING_HALF_AWAY, NULL, &rounded), BPO_OK);
        assert_int_equal(rounded.lo, offset >= 0);
        assert_int_equal(bpo__round(numerator, denominator, 0, BPO_ROUNDING_HALF_EVEN, NULL, &rounded), BPO_OK);
        assert_int_equal(rounded.lo, offset > 0);
    }
}

static void what_does_not_fit_is_out_of_range(void **state)
{
    const bpo__i256 largest = {{UINT64_MAX, UINT64_MAX, UINT64_MAX, INT64_MAX}};
    bpo__i256 edge;
    bpo_decimal rounded = {1, 2, 3, 4};
    (void)state;
    bpo__i256_power_of_ten(38, &edge);
    assert_int_equal(bpo__round(edge, bpo__i256_of(1), 0, BPO_ROUNDING_DOWN, NULL, &rounded), BPO_E_RANGE);
    assert_int_equal(bpo__round(largest, bpo__i256_of(3), 18, BPO_ROUNDING_DOWN, NULL, &rounded), BPO_E_RANGE);
    bpo__i256_multiply(edge, bpo__i256_of(2), &edge);
    bpo__i256_subtract(edge, bpo__i256_of(1), &edge); /* 10^38 - 1/2 */
    assert_int_equal(bpo__round(edge, bpo__i256_of(2), 0, BPO_ROUNDING_UP, NULL, &rounded), BPO_E_RANGE);
    assert_true(rounded.hi == 1 && rounded.lo == 2 && rounded.scale == 3 && rounded.reserved == 4);
    assert_int_equal(bpo__round(edge, bpo__i256_of(2), 0, BPO_ROUNDING_DOWN, NULL, &rounded), BPO_OK);
}

/* A value whose last digit, or whose last step, is the one beyond 2^255 - 1. */
static void the_last_digit_can_be_one_too_many(void **state)
{
    const bpo__i256 largest = {{UINT64_MAX, UINT64_MAX, UINT64_MAX, INT64_MAX}};
    bpo__i256 tenth;
    bpo__i256 numerator;
    bpo_decimal rounded;
    (void)state;
    bpo__i256_divide(largest, bpo__i256_of(10), &tenth, NULL); /* the largest ends in 7 */
    bpo__i256_multiply(tenth, bpo__i256_of(5), &numerator);
    bpo__i256_add(numerator, bpo__i256_of(4), &numerator); /* tenth + 8/10 */
    assert_int_equal(bpo__round(numerator, bpo__i256_of(5), 1, BPO_ROUNDING_DOWN, NULL, &rounded), BPO_E_RANGE);
    bpo__i256_multiply(tenth, bpo__i256_of(4), &numerator);
    bpo__i256_add(numerator, bpo__i256_of(3), &numerator); /* tenth + 75/100 */
    assert_int_equal(bpo__round(numerator, bpo__i256_of(4), 1, BPO_ROUNDING_UP, NULL, &rounded), BPO_E_RANGE);
}

/* Ten times the rest of a 255-bit denominator has no room. */
static void a_fraction_too_fine_for_digits_is_out_of_range(void **state)
{
    const bpo__i256 largest = {{UINT64_MAX, UINT64_MAX, UINT64_MAX, INT64_MAX}};
    bpo__i256 numerator;
    bpo_decimal rounded = {0, 0, 0, 0};
    (void)state;
    bpo__i256_subtract(largest, bpo__i256_of(1), &numerator);
    assert_int_equal(bpo__round(numerator, largest, 2, BPO_ROUNDING_DOWN, NULL, &rounded), BPO_E_RANGE);
    assert_int_equal(bpo__round(numerator, largest, 0, BPO_ROUNDING_UP, NULL, &rounded), BPO_OK);
    assert_int_equal(rounded.lo, 1);
}

static void what_is_no_mode_scale_or_increment_is_refused(void **state)
{
    static const bpo_decimal increments[] = {{0, 0, 0, 0}, {-1, UINT64_MAX, 0, 0}, {0, 5, 3, 0}, {0, 1, 19, 0}};
    const bpo__i256 one = bpo__i256_of(1);
    bpo_decimal rounded = {1, 2, 3, 4};
    (void)state;
    assert_int_equal(bpo__round(one, one, 2, 0, NULL, &rounded), BPO_E_INVALID);
    assert_int_equal(bpo__round(one, one, 2, MODES + 1, NULL, &rounded), BPO_E_INVALID);
    assert_int_equal(bpo__round(one, one, -1, 1, NULL, &rounded), BPO_E_INVALID);
    assert_int_equal(bpo__round(one, one, 19, 1, NULL, &rounded), BPO_E_INVALID);
    for (size_t i = 0; i < sizeof(increments) / sizeof(increments[0]); i++)
        assert_int_equal(bpo__round(one, one, 2, 1, &increments[i], &rounded), BPO_E_INVALID);
    assert_true(rounded.hi == 1 && rounded.lo == 2 && rounded.scale == 3 && rounded.reserved == 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_small_fraction_is_rounded_by_definition),
        cmocka_unit_test(every_small_decimal_is_rounded_to_increments_by_definition),
        cmocka_unit_test(the_widest_halves_are_told_apart),
        cmocka_unit_test(what_does_not_fit_is_out_of_range),
        cmocka_unit_test(the_last_digit_can_be_one_too_many),
        cmocka_unit_test(a_fraction_too_fine_for_digits_is_out_of_range),
        cmocka_unit_test(what_is_no_mode_scale_or_increment_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
