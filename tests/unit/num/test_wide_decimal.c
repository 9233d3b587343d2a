/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "num/wide.h"
#include <bpo/decimal.h>
#include <string.h>

static void powers_of_ten_are_a_one_and_zeros(void **state)
{
    char text[BPO__I256_TEXT_SIZE];
    bpo__i256 power = {{9, 9, 9, 9}};
    (void)state;
    for (int32_t exponent = 0; exponent <= 76; exponent++) {
        assert_int_equal(bpo__i256_power_of_ten(exponent, &power), BPO_OK);
        assert_int_equal(bpo__i256_format(power, text), exponent + 1);
        assert_int_equal(text[0], '1');
        assert_int_equal(strspn(text + 1, "0"), exponent);
    }
    power.limb[0] = 9;
    assert_int_equal(bpo__i256_power_of_ten(77, &power), BPO_E_RANGE);
    assert_int_equal(bpo__i256_power_of_ten(-1, &power), BPO_E_RANGE);
    assert_int_equal(power.limb[0], 9);
}

static void thirty_eight_digits_are_the_most(void **state)
{
    bpo__i256 edge;
    bpo__i256 inside;
    bpo_decimal value = {1, 2, 3, 4};
    (void)state;
    assert_int_equal(bpo__i256_power_of_ten(38, &edge), BPO_OK);
    bpo__i256_subtract(edge, bpo__i256_of(1), &inside);
    assert_int_equal(bpo__i256_to_decimal(edge, 0, &value), BPO_E_RANGE);
    assert_int_equal(bpo__i256_to_decimal(bpo__i256_negate(edge), 0, &value), BPO_E_RANGE);
    assert_true(value.hi == 1 && value.lo == 2 && value.scale == 3 && value.reserved == 4);
    for (int sign = 1; sign >= -1; sign -= 2) {
        bpo__i256 coefficient = sign < 0 ? bpo__i256_negate(inside) : inside;
        assert_int_equal(bpo__i256_to_decimal(coefficient, 18, &value), BPO_OK);
        assert_int_equal(value.scale, 18);
        assert_int_equal(value.reserved, 0);
        assert_int_equal(bpo__i256_compare(bpo__i256_of_decimal(&value), coefficient), 0);
    }
}

static void a_scale_that_does_not_exist_is_refused(void **state)
{
    bpo_decimal value = {1, 2, 3, 4};
    (void)state;
    assert_int_equal(bpo__i256_to_decimal(bpo__i256_of(1), 19, &value), BPO_E_INVALID);
    assert_int_equal(bpo__i256_to_decimal(bpo__i256_of(1), -1, &value), BPO_E_INVALID);
    assert_true(value.hi == 1 && value.scale == 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(powers_of_ten_are_a_one_and_zeros),
        cmocka_unit_test(thirty_eight_digits_are_the_most),
        cmocka_unit_test(a_scale_that_does_not_exist_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
