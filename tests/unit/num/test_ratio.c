/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "num/ratio.h"
#include "wide_values.h"
#include <bpo/error.h>

#define SMALL 9

static bpo__ratio ratio(int64_t numerator, int64_t denominator)
{
    bpo__ratio made;
    assert_int_equal(bpo__ratio_make(bpo__i256_of(numerator), bpo__i256_of(denominator), &made), BPO_OK);
    return made;
}

static void assert_reduced(bpo__ratio a)
{
    bpo__i256 common = bpo__i256_gcd(a.numerator, a.denominator);
    assert_false(bpo__i256_is_negative(a.denominator) || bpo__i256_is_zero(a.denominator));
    assert_true(common.limb[0] == 1 && (common.limb[1] | common.limb[2] | common.limb[3]) == 0);
}

static void assert_same(bpo__ratio a, bpo__ratio b)
{
    assert_reduced(a);
    assert_memory_equal(&a, &b, sizeof(a));
}

static void check_small(int64_t a, int64_t b, int64_t c, int64_t d)
{
    bpo__ratio result;
    int64_t order = a * d - c * b;
    assert_int_equal(bpo__ratio_add(ratio(a, b), ratio(c, d), &result), BPO_OK);
    assert_same(result, ratio(a * d + c * b, b * d));
    assert_int_equal(bpo__ratio_subtract(ratio(a, b), ratio(c, d), &result), BPO_OK);
    assert_same(result, ratio(a * d - c * b, b * d));
    assert_int_equal(bpo__ratio_multiply(ratio(a, b), ratio(c, d), &result), BPO_OK);
    assert_same(result, ratio(a * c, b * d));
    assert_int_equal(bpo__ratio_compare(ratio(a, b), ratio(c, d)), (order > 0) - (order < 0));
    assert_int_equal(bpo__ratio_divide(ratio(a, b), ratio(c, d), &result), c == 0 ? BPO_E_INVALID : BPO_OK);
    assert_same(result, c == 0 ? ratio(0, 1) : ratio(a * d, b * c));
}

static void every_small_pair_agrees_with_plain_arithmetic(void **state)
{
    (void)state;
    for (int64_t a = -SMALL; a <= SMALL; a++) {
        for (int64_t b = 1; b <= SMALL; b++) {
            for (int64_t c = -SMALL; c <= SMALL; c++) {
                for (int64_t d = 1; d <= SMALL; d++)
                    check_small(a, b, c, d);
            }
        }
    }
}

static bpo__ratio random_ratio(void)
{
    bpo__ratio made;
    bpo__i256 denominator = random_wide();
    if (bpo__i256_is_zero(denominator))
        denominator = bpo__i256_of(1);
    assert_int_equal(bpo__ratio_make(random_wide(), denominator, &made), BPO_OK);
    return made;
}

static void check_inverse_operations(bpo__ratio a, bpo__ratio b)
{
    bpo__ratio result;
    if (bpo__ratio_add(a, b, &result) == BPO_OK) {
        assert_reduced(result);
        if (bpo__ratio_subtract(result, b, &result) == BPO_OK)
            assert_same(result, a);
    }
    if (!bpo__ratio_is_zero(b) && bpo__ratio_multiply(a, b, &result) == BPO_OK) {
        assert_reduced(result);
        /* everything that it multiplied cancels out again, so nothing can overflow */
        assert_int_equal(bpo__ratio_divide(result, b, &result), BPO_OK);
        assert_same(result, a);
    }
}

static void check_order(bpo__ratio a, bpo__ratio b)
{
    bpo__ratio difference;
    int order = bpo__ratio_compare(a, b);
    assert_int_equal(bpo__ratio_compare(b, a), -order);
    assert_int_equal(bpo__ratio_compare(a, a), 0);
    if (bpo__ratio_subtract(a, b, &difference) != BPO_OK)
        return;
    int sign = bpo__ratio_is_zero(difference) ? 0 : bpo__i256_is_negative(difference.numerator) ? -1 : 1;
    assert_int_equal(order, sign);
}

static void random_ratios_obey_the_laws(void **state)
{
    (void)state;
    for (int i = 0; i < 20000; i++) {
        bpo__ratio a = random_ratio();
        bpo__ratio b = random_ratio();
        check_inverse_operations(a, b);
        check_order(a, b);
    }
}

/* Neighbours whose cross products have 509 bits. */
static void the_closest_fractions_are_told_apart(void **state)
{
    bpo__ratio below;
    bpo__ratio above;
    bpo__i256 less;
    bpo__i256 least;
    (void)state;
    bpo__i256_subtract(largest, bpo__i256_of(1), &less);
    bpo__i256_subtract(largest, bpo__i256_of(2), &least);
    assert_int_equal(bpo__ratio_make(least, less, &below), BPO_OK);
    assert_int_equal(bpo__ratio_make(less, largest, &above), BPO_OK);
    assert_int_equal(bpo__ratio_compare(below, above), -1);
    below.numerator = bpo__i256_negate(below.numerator);
    above.numerator = bpo__i256_negate(above.numerator);
    assert_int_equal(bpo__ratio_compare(below, above), 1);
}

static void what_does_not_fit_is_out_of_range_and_changes_nothing(void **state)
{
    bpo__ratio result = {{{9, 9, 9, 9}}, {{9, 9, 9, 9}}};
    bpo__ratio wide = {largest, bpo__i256_of(1)};
    bpo__ratio fine = {bpo__i256_of(1), largest};
    bpo__ratio half = ratio(1, 2);
    (void)state;
    assert_int_equal(bpo__ratio_add(wide, ratio(1, 1), &result), BPO_E_RANGE);
    assert_int_equal(bpo__ratio_add(wide, half, &result), BPO_E_RANGE);
    assert_int_equal(bpo__ratio_add(half, wide, &result), BPO_E_RANGE);
    assert_int_equal(bpo__ratio_add(fine, half, &result), BPO_E_RANGE);
    assert_int_equal(bpo__ratio_subtract(bpo__ratio_of(-2), wide, &result), BPO_E_RANGE);
    assert_int_equal(bpo__ratio_multiply(wide, bpo__ratio_of(2), &result), BPO_E_RANGE);
    assert_int_equal(bpo__ratio_multiply(fine, half, &result), BPO_E_RANGE);
    assert_int_equal(bpo__ratio_divide(wide, half, &result), BPO_E_RANGE);
    assert_int_equal(bpo__ratio_divide(wide, bpo__ratio_of(0), &result), BPO_E_INVALID);
    assert_int_equal(bpo__ratio_make(largest, bpo__i256_of(0), &result), BPO_E_INVALID);
    assert_int_equal(result.numerator.limb[0], 9);
    assert_int_equal(result.denominator.limb[0], 9);
}

static void decimals_become_reduced_ratios(void **state)
{
    const bpo_decimal value = {-1, (uint64_t)-1250, 2, 0};
    const bpo_decimal invalid = {0, 1, 19, 0};
    bpo__ratio result;
    (void)state;
    assert_int_equal(bpo__ratio_of_decimal(&value, &result), BPO_OK);
    assert_same(result, ratio(-25, 2));
    assert_int_equal(bpo__ratio_of_decimal(&invalid, &result), BPO_E_INVALID);
    assert_int_equal(bpo__ratio_of_decimal(NULL, &result), BPO_E_INVALID);
    assert_same(result, ratio(-25, 2));
}

static void rounding_is_that_of_decimals(void **state)
{
    bpo_decimal rounded;
    (void)state;
    assert_int_equal(bpo__ratio_round(ratio(2, 3), 4, BPO_ROUNDING_HALF_AWAY, NULL, &rounded), BPO_OK);
    assert_int_equal(rounded.lo, 6667);
    assert_int_equal(rounded.scale, 4);
    assert_int_equal(bpo__ratio_round(ratio(-44, 60), 2, BPO_ROUNDING_DOWN, NULL, &rounded), BPO_OK);
    assert_true(rounded.hi == -1 && rounded.lo == (uint64_t)-73);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_small_pair_agrees_with_plain_arithmetic),
        cmocka_unit_test(random_ratios_obey_the_laws),
        cmocka_unit_test(the_closest_fractions_are_told_apart),
        cmocka_unit_test(what_does_not_fit_is_out_of_range_and_changes_nothing),
        cmocka_unit_test(decimals_become_reduced_ratios),
        cmocka_unit_test(rounding_is_that_of_decimals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
