/* SPDX-License-Identifier: Apache-2.0 */
/* Wide integers as coefficients of decimals: at most 38 digits, so that what is computed can be written and read
 * back. */
#include "num/wide.h"
#include <bpo/decimal.h>

/* 10^0 to 10^19, all that fit in a limb. */
static const uint64_t powers_of_ten[] = {
    UINT64_C(1),
    UINT64_C(10),
    UINT64_C(100),
    UINT64_C(1000),
    UINT64_C(10000),
    UINT64_C(100000),
    UINT64_C(1000000),
    UINT64_C(10000000),
    UINT64_C(100000000),
    UINT64_C(1000000000),
    UINT64_C(10000000000),
    UINT64_C(100000000000),
    UINT64_C(1000000000000),
    UINT64_C(10000000000000),
    UINT64_C(100000000000000),
    UINT64_C(1000000000000000),
    UINT64_C(10000000000000000),
    UINT64_C(100000000000000000),
    UINT64_C(1000000000000000000),
    UINT64_C(10000000000000000000),
};

#define LARGEST_EXPONENT 76 /* 10^76 < 2^255 < 10^77 */
#define LIMB_EXPONENT    19

/* 10^38 - 1, the largest coefficient. */
static const bpo__i256 largest_coefficient = {{UINT64_C(0x098a223fffffffff), UINT64_C(0x4b3b4ca85a86c47a), 0, 0}};

bpo_status bpo__i256_power_of_ten(int32_t exponent, bpo__i256 *ret)
{
    if (exponent < 0 || exponent > LARGEST_EXPONENT)
        return BPO_E_RANGE;
    bpo__i256 power = bpo__i256_of_u64(powers_of_ten[exponent % LIMB_EXPONENT]);
    for (int32_t left = exponent / LIMB_EXPONENT; left > 0; left--)
        bpo__i256_multiply(power, bpo__i256_of_u64(powers_of_ten[LIMB_EXPONENT]), &power);
    *ret = power;
    return BPO_OK;
}

bpo__i256 bpo__i256_of_decimal(const bpo_decimal *value)
{
    uint64_t fill = value->hi < 0 ? UINT64_MAX : 0;
    return (bpo__i256){{value->lo, (uint64_t)value->hi, fill, fill}};
}

bpo_status bpo__i256_to_decimal(bpo__i256 coefficient, int32_t scale, bpo_decimal *ret)
{
    if (scale < 0 || scale > BPO_DECIMAL_SCALE_MAX)
        return BPO_E_INVALID;
    if (bpo__i256_compare(bpo__i256_magnitude(coefficient), largest_coefficient) > 0)
        return BPO_E_RANGE;
    bpo_decimal value = {0, coefficient.limb[0], scale, 0};
    value.hi = (int64_t)coefficient.limb[1];
    *ret = value;
    return BPO_OK;
}
