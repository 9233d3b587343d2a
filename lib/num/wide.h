/* SPDX-License-Identifier: Apache-2.0 */
/* Wide integers. bpo__i256 is two's complement in four limbs, lowest first, and symmetric: every magnitude is below
 * 2^255, so that each value has its negative. Every operation is checked and reports overflow as BPO_E_RANGE, never
 * wraps. The 64x64->128 multiply and 128/64 divide inside (num/limb.h) have a form on __int128 and a portable one on
 * two limbs (BPO_PORTABLE_WIDE); both are tested in the same run. */
#ifndef BPO_NUM_WIDE_H
#define BPO_NUM_WIDE_H

#include <bpo/types.h>
#include <stdbool.h>

typedef struct bpo__i256 {
    uint64_t limb[4];
} bpo__i256;

bpo__i256 bpo__i256_of(int64_t value);
bpo__i256 bpo__i256_of_u64(uint64_t value);
bpo__i256 bpo__i256_of_decimal(const bpo_decimal *value); /* the coefficient */
bool bpo__i256_is_negative(bpo__i256 a);
bool bpo__i256_is_zero(bpo__i256 a);
int bpo__i256_compare(bpo__i256 a, bpo__i256 b);
bpo_status bpo__i256_add(bpo__i256 a, bpo__i256 b, bpo__i256 *ret);
bpo_status bpo__i256_subtract(bpo__i256 a, bpo__i256 b, bpo__i256 *ret);
bpo__i256 bpo__i256_negate(bpo__i256 a);
bpo__i256 bpo__i256_magnitude(bpo__i256 a);
bpo_status bpo__i256_multiply(bpo__i256 a, bpo__i256 b, bpo__i256 *ret);
/* Truncates toward zero; the remainder has a's sign. b = 0 is BPO_E_INVALID. Either result may be NULL. */
bpo_status bpo__i256_divide(bpo__i256 a, bpo__i256 b, bpo__i256 *ret_quotient, bpo__i256 *ret_remainder);
bpo__i256 bpo__i256_gcd(bpo__i256 a, bpo__i256 b);                   /* of the magnitudes; gcd(0,0) = 0 */
bpo_status bpo__i256_power_of_ten(int32_t exponent, bpo__i256 *ret); /* 0..76 */
bpo_status bpo__i256_to_i64(bpo__i256 a, int64_t *ret);
/* BPO_E_RANGE for more than 38 digits, BPO_E_INVALID for a scale outside 0..18. */
bpo_status bpo__i256_to_decimal(bpo__i256 coefficient, int32_t scale, bpo_decimal *ret);
#define BPO__I256_TEXT_SIZE 80
size_t bpo__i256_format(bpo__i256 a, char *text); /* decimal digits, NUL-terminated; returns the length */

#endif
