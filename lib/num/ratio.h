/* SPDX-License-Identifier: Apache-2.0 */
/* Exact rationals: what a line's amount is until it is rounded once. Always reduced, denominator positive. */
#ifndef BPO_NUM_RATIO_H
#define BPO_NUM_RATIO_H

#include "num/wide.h"
#include <bpo/decimal.h>

typedef struct bpo__ratio {
    bpo__i256 numerator;
    bpo__i256 denominator; /* > 0 */
} bpo__ratio;

bpo__ratio bpo__ratio_of(int64_t value);
bpo_status bpo__ratio_of_decimal(const bpo_decimal *value, bpo__ratio *ret);
bpo_status bpo__ratio_make(bpo__i256 numerator, bpo__i256 denominator, bpo__ratio *ret); /* denominator != 0 */
bpo_status bpo__ratio_add(bpo__ratio a, bpo__ratio b, bpo__ratio *ret);
bpo_status bpo__ratio_subtract(bpo__ratio a, bpo__ratio b, bpo__ratio *ret);
bpo_status bpo__ratio_multiply(bpo__ratio a, bpo__ratio b, bpo__ratio *ret);
bpo_status bpo__ratio_divide(bpo__ratio a, bpo__ratio b, bpo__ratio *ret); /* b != 0 */
int bpo__ratio_compare(bpo__ratio a, bpo__ratio b);                        /* -1, 0, 1; never fails */
bool bpo__ratio_is_zero(bpo__ratio a);
/* Rounds to a decimal of `scale` digits, optionally to a multiple of increment (NULL: none), which is positive and has
 * no more places than `scale`: BPO_E_INVALID. */
bpo_status bpo__ratio_round(bpo__ratio a, int32_t scale, bpo_rounding mode, const bpo_decimal *increment,
                            bpo_decimal *ret);
/* Exact text: a plain decimal ("12.5") where there is one with at most 18 places, else "a/b". */
#define BPO__RATIO_TEXT_SIZE 168
size_t bpo__ratio_format(bpo__ratio a, char *text);
/* A decimal, or "a/b" of integers with b > 0. BPO_E_VALUE for anything else, BPO_E_RANGE for more digits than fit. */
bpo_status bpo__ratio_parse(const char *data, size_t size, bpo__ratio *ret);

#endif
