/* SPDX-License-Identifier: Apache-2.0 */
/* Exact rationals. Common factors leave before the products are made, so that a result overflows only if it is
 * itself too large; and a comparison never does. */
#include "num/ratio.h"
#include "num/decimal.h"
#include "num/rounding.h"

static bool is_one(bpo__i256 a)
{
    return a.limb[0] == 1 && (a.limb[1] | a.limb[2] | a.limb[3]) == 0;
}

/* An exact quotient: b divides a. */
static bpo__i256 quotient(bpo__i256 a, bpo__i256 b)
{
    bpo__i256 result = a;
    if (!is_one(b))
        bpo__i256_divide(a, b, &result, NULL);
    return result;
}

bpo__ratio bpo__ratio_of(int64_t value)
{
    return (bpo__ratio){bpo__i256_of(value), bpo__i256_of(1)};
}

bool bpo__ratio_is_zero(bpo__ratio a)
{
    return bpo__i256_is_zero(a.numerator);
}

bpo_status bpo__ratio_make(bpo__i256 numerator, bpo__i256 denominator, bpo__ratio *ret)
{
    if (bpo__i256_is_zero(denominator))
        return BPO_E_INVALID;
    bpo__i256 common = bpo__i256_gcd(numerator, denominator);
    if (bpo__i256_is_negative(denominator))
        common = bpo__i256_negate(common);
    *ret = (bpo__ratio){quotient(numerator, common), quotient(denominator, common)};
    return BPO_OK;
}

bpo_status bpo__ratio_of_decimal(const bpo_decimal *value, bpo__ratio *ret)
{
    if (!bpo__decimal_is_valid(value))
        return BPO_E_INVALID;
    bpo__i256 denominator;
    bpo__i256_power_of_ten(value->scale, &denominator);
    return bpo__ratio_make(bpo__i256_of_decimal(value), denominator, ret);
}

/* a * b + c * d. */
static bpo_status sum_of_products(bpo__i256 a, bpo__i256 b, bpo__i256 c, bpo__i256 d, bpo__i256 *ret)
{
    bpo__i256 left;
    bpo__i256 right;
    if (bpo__i256_multiply(a, b, &left) != BPO_OK || bpo__i256_multiply(c, d, &right) != BPO_OK)
        return BPO_E_RANGE;
    return bpo__i256_add(left, right, ret);
}

bpo_status bpo__ratio_add(bpo__ratio a, bpo__ratio b, bpo__ratio *ret)
{
    bpo__i256 common = bpo__i256_gcd(a.denominator, b.denominator);
    bpo__i256 a_part = quotient(a.denominator, common);
    bpo__i256 b_part = quotient(b.denominator, common);
    bpo__i256 numerator;
    bpo__i256 denominator;
    bpo_status status = sum_of_products(a.numerator, b_part, b.numerator, a_part, &numerator);
    if (status != BPO_OK)
        return status;
    /* whatever can still be reduced divides the common part */
    bpo__i256 shared = bpo__i256_gcd(numerator, common);
    status = bpo__i256_multiply(a_part, quotient(b.denominator, shared), &denominator);
    if (status == BPO_OK)
        *ret = (bpo__ratio){quotient(numerator, shared), denominator};
    return status;
}

bpo_status bpo__ratio_subtract(bpo__ratio a, bpo__ratio b, bpo__ratio *ret)
{
    b.numerator = bpo__i256_negate(b.numerator);
    return bpo__ratio_add(a, b, ret);
}

bpo_status bpo__ratio_multiply(bpo__ratio a, bpo__ratio b, bpo__ratio *ret)
{
    bpo__i256 left = bpo__i256_gcd(a.numerator, b.denominator);
    bpo__i256 right = bpo__i256_gcd(b.numerator, a.denominator);
    bpo__ratio product;
    bpo_status status =
        bpo__i256_multiply(quotient(a.numerator, left), quotient(b.numerator, right), &product.numerator);
    if (status == BPO_OK)
        status =
            bpo__i256_multiply(quotient(a.denominator, right), quotient(b.denominator, left), &product.denominator);
    if (status == BPO_OK)
        *ret = product;
    return status;
}

bpo_status bpo__ratio_divide(bpo__ratio a, bpo__ratio b, bpo__ratio *ret)
{
    if (bpo__ratio_is_zero(b))
        return BPO_E_INVALID;
    bpo__ratio inverse = {b.denominator, b.numerator};
    if (bpo__i256_is_negative(b.numerator)) {
        inverse.numerator = bpo__i256_negate(inverse.numerator);
        inverse.denominator = bpo__i256_negate(inverse.denominator);
    }
    return bpo__ratio_multiply(a, inverse, ret);
}

/* Compares the magnitudes as continued fractions: whole parts first, then the inverses of what remains, the other way
 * round. Each turn is a turn of Euclid's algorithm, so there are fewer than 2 * 256. */
static int compare_magnitudes(bpo__ratio a, bpo__ratio b)
{
    for (int direction = 1;; direction = -direction) {
        bpo__i256 a_whole;
        bpo__i256 b_whole;
        bpo__i256 a_rest;
        bpo__i256 b_rest;
        bpo__i256_divide(a.numerator, a.denominator, &a_whole, &a_rest);
        bpo__i256_divide(b.numerator, b.denominator, &b_whole, &b_rest);
        int order = bpo__i256_compare(a_whole, b_whole);
        if (order != 0)
            return order * direction;
        if (bpo__i256_is_zero(a_rest) || bpo__i256_is_zero(b_rest))
            return bpo__i256_compare(a_rest, b_rest) * direction;
        a = (bpo__ratio){a.denominator, a_rest};
        b = (bpo__ratio){b.denominator, b_rest};
    }
}

int bpo__ratio_compare(bpo__ratio a, bpo__ratio b)
{
    bool is_negative = bpo__i256_is_negative(a.numerator);
    if (is_negative != bpo__i256_is_negative(b.numerator) || bpo__i256_compare(a.denominator, b.denominator) == 0)
        return bpo__i256_compare(a.numerator, b.numerator);
    a.numerator = bpo__i256_magnitude(a.numerator);
    b.numerator = bpo__i256_magnitude(b.numerator);
    int order = compare_magnitudes(a, b);
    return is_negative ? -order : order;
}

bpo_status bpo__ratio_round(bpo__ratio a, int32_t scale, bpo_rounding mode, const bpo_decimal *increment,
                            bpo_decimal *ret)
{
    return bpo__round(a.numerator, a.denominator, scale, mode, increment, ret);
}
