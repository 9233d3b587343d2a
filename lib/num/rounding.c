/* SPDX-License-Identifier: Apache-2.0 */
/* Rounding works on magnitudes: the quotient is cut, and one comparison with the half step says whether to move away
 * from zero. The digits are won one by one, as on paper, so that nothing larger than ten times the remainder is
 * ever held; specified in pricing, "Numbers". */
#include "num/rounding.h"
#include "num/decimal.h"

/* A cut number of steps and how what was cut compares with half a step. */
typedef struct cut {
    bpo__i256 steps;
    bool is_exact;
    int half; /* -1, 0, 1: the rest is less than, equal to, more than half a step */
} cut;

static bool is_odd(bpo__i256 magnitude)
{
    return magnitude.limb[0] & 1;
}

/* Whether an inexact magnitude goes to the next step instead of staying at the cut one. */
static bool moves_away(bpo_rounding mode, const cut *c, bool is_negative)
{
    switch (mode) {
    case BPO_ROUNDING_HALF_AWAY:
        return c->half >= 0;
    case BPO_ROUNDING_HALF_EVEN:
        return c->half > 0 || (c->half == 0 && is_odd(c->steps));
    case BPO_ROUNDING_HALF_DOWN:
        return c->half > 0;
    case BPO_ROUNDING_UP:
        return true;
    case BPO_ROUNDING_FLOOR:
        return is_negative;
    case BPO_ROUNDING_CEILING:
        return !is_negative;
    default: /* BPO_ROUNDING_DOWN */
        return false;
    }
}

/* The step in units of 10^-scale. */
static bpo_status step_units(const bpo_decimal *increment, int32_t scale, bpo__i256 *ret)
{
    *ret = bpo__i256_of(1);
    if (!increment)
        return BPO_OK;
    if (!bpo__decimal_is_valid(increment) || bpo__decimal_sign(increment) <= 0)
        return BPO_E_INVALID;
    bpo__i256 power;
    bpo__i256 coefficient = bpo__i256_of_decimal(increment);
    if (increment->scale <= scale) {
        bpo__i256_power_of_ten(scale - increment->scale, &power);
        return bpo__i256_multiply(coefficient, power, ret);
    }
    bpo__i256 rest;
    bpo__i256_power_of_ten(increment->scale - scale, &power);
    bpo__i256_divide(coefficient, power, ret, &rest);
    return bpo__i256_is_zero(rest) ? BPO_OK : BPO_E_INVALID; /* 0.005 cannot be kept in two places */
}

/* numerator * 10^scale / denominator of magnitudes, cut; the rest stays below the denominator. */
static bpo_status divide_digits(bpo__i256 numerator, bpo__i256 denominator, int32_t scale, bpo__i256 *ret_quotient,
                                bpo__i256 *ret_rest)
{
    const bpo__i256 ten = bpo__i256_of(10);
    bpo__i256 quotient;
    bpo__i256 rest;
    bpo__i256_divide(numerator, denominator, &quotient, &rest);
    for (int32_t i = 0; i < scale; i++) {
        bpo__i256 digit;
        if (bpo__i256_multiply(rest, ten, &rest) != BPO_OK || bpo__i256_multiply(quotient, ten, &quotient) != BPO_OK)
            return BPO_E_RANGE;
        bpo__i256_divide(rest, denominator, &digit, &rest);
        if (bpo__i256_add(quotient, digit, &quotient) != BPO_OK)
            return BPO_E_RANGE;
    }
    *ret_quotient = quotient;
    *ret_rest = rest;
    return BPO_OK;
}

/* Compares a + b with c, each below 2^255, without a sum that could overflow: a with c - b. */
static int compare_sum(bpo__i256 a, bpo__i256 b, bpo__i256 c)
{
    bpo__i256 difference;
    bpo__i256_subtract(c, b, &difference);
    return bpo__i256_compare(a, difference);
}

/* How `whole + rest / denominator` compares with half of `step`, all in units; rest < denominator, whole < step. */
static int compare_half(bpo__i256 whole, bpo__i256 rest, bpo__i256 denominator, bpo__i256 step)
{
    int order = compare_sum(whole, whole, step);
    if (order >= 0)
        return order > 0 || !bpo__i256_is_zero(rest);
    bpo__i256 next;
    bpo__i256_add(whole, bpo__i256_of(1), &next);
    if (compare_sum(whole, next, step) < 0)
        return -1; /* a whole unit short of the half, and the rest gives at most two halves of one */
    return compare_sum(rest, rest, denominator);
}

static bpo_status cut_to_steps(bpo__i256 numerator, bpo__i256 denominator, int32_t scale, bpo__i256 step, cut *ret)
{
    bpo__i256 units;
    bpo__i256 rest;
    bpo__i256 whole;
    bpo_status status = divide_digits(numerator, denominator, scale, &units, &rest);
    if (status != BPO_OK)
        return status;
    bpo__i256_divide(units, step, &ret->steps, &whole);
    ret->is_exact = bpo__i256_is_zero(whole) && bpo__i256_is_zero(rest);
    ret->half = compare_half(whole, rest, denominator, step);
    return BPO_OK;
}

bpo_status bpo__round(bpo__i256 numerator, bpo__i256 denominator, int32_t scale, bpo_rounding mode,
                      const bpo_decimal *increment, bpo_decimal *ret)
{
    bool is_negative = bpo__i256_is_negative(numerator);
    bpo__i256 step;
    cut c;
    if (mode < BPO_ROUNDING_HALF_AWAY || mode > BPO_ROUNDING_CEILING || scale < 0 || scale > BPO_DECIMAL_SCALE_MAX)
        return BPO_E_INVALID;
    bpo_status status = step_units(increment, scale, &step);
    if (status == BPO_OK)
        status = cut_to_steps(bpo__i256_magnitude(numerator), denominator, scale, step, &c);
    if (status != BPO_OK)
        return status;
    bpo__i256 units = c.steps;
    if (!c.is_exact && moves_away(mode, &c, is_negative))
        status = bpo__i256_add(units, bpo__i256_of(1), &units);
    if (status == BPO_OK)
        status = bpo__i256_multiply(units, step, &units);
    if (status != BPO_OK)
        return status;
    return bpo__i256_to_decimal(is_negative ? bpo__i256_negate(units) : units, scale, ret);
}
