/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "num/limb.h"
#include "portable_wide.h"
#include "wide_values.h"

/* Both forms, and the residues modulo a prime that keeps products in one limb. */
#define PRIME        UINT64_C(4294967291)
#define LIMB_RESIDUE UINT64_C(25) /* of 2^64: 2^32 is 5 */

static void multiply_both_ways(uint64_t a, uint64_t b)
{
    uint64_t high;
    uint64_t portable_high;
    uint64_t low = bpo__limb_multiply(a, b, &high);
    assert_true(portable_limb_multiply(a, b, &portable_high) == low);
    assert_true(portable_high == high);
    assert_true((high % PRIME * LIMB_RESIDUE + low % PRIME) % PRIME == a % PRIME * (b % PRIME) % PRIME);
}

static void divide_both_ways(uint64_t high, uint64_t low, uint64_t divisor)
{
    uint64_t rest;
    uint64_t portable_rest;
    uint64_t back_high;
    if (divisor <= high)
        return;
    uint64_t quotient = bpo__limb_divide(high, low, divisor, &rest);
    assert_true(portable_limb_divide(high, low, divisor, &portable_rest) == quotient);
    assert_true(portable_rest == rest);
    assert_true(rest < divisor);
    uint64_t back = bpo__limb_multiply(quotient, divisor, &back_high);
    assert_true(back + rest == low);
    assert_true(back_high + (back + rest < back) == high);
}

static void products_agree(void **state)
{
    (void)state;
    for (size_t i = 0; i < CORNERS * CORNERS; i++)
        multiply_both_ways(corners[i / CORNERS], corners[i % CORNERS]);
    for (int i = 0; i < 200000; i++)
        multiply_both_ways(random_limb() >> random_limb() % 64, random_limb() >> random_limb() % 64);
}

static void quotients_agree_and_give_the_dividend_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < CORNERS * CORNERS * CORNERS; i++)
        divide_both_ways(corners[i / CORNERS / CORNERS], corners[i / CORNERS % CORNERS], corners[i % CORNERS]);
    for (int i = 0; i < 400000; i++) {
        uint64_t divisor = random_limb() >> random_limb() % 64;
        divide_both_ways(divisor == 0 ? 0 : random_limb() % divisor, random_limb(), divisor);
        divide_both_ways(divisor - 1, UINT64_MAX - random_limb() % 3, divisor);
    }
}

static void zeros_are_counted(void **state)
{
    (void)state;
    for (unsigned zeros = 0; zeros < 64; zeros++) {
        assert_int_equal(bpo__limb_leading_zeros(UINT64_MAX >> zeros), zeros);
        assert_int_equal(bpo__limb_leading_zeros(UINT64_C(1) << (63 - zeros)), zeros);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_agree),
        cmocka_unit_test(quotients_agree_and_give_the_dividend_back),
        cmocka_unit_test(zeros_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
