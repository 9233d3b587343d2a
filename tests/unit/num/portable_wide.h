/* SPDX-License-Identifier: Apache-2.0 */
/* The portable form of num/wide.h and num/limb.h under other names, beside the form that the library was built with. */
#ifndef BPO_TESTS_PORTABLE_WIDE_H
#define BPO_TESTS_PORTABLE_WIDE_H

#include "num/wide.h"

uint64_t portable_limb_multiply(uint64_t a, uint64_t b, uint64_t *ret_high);
uint64_t portable_limb_divide(uint64_t high, uint64_t low, uint64_t divisor, uint64_t *ret_remainder);

bpo__i256 portable_of(int64_t value);
bpo__i256 portable_of_u64(uint64_t value);
bool portable_is_negative(bpo__i256 a);
bool portable_is_zero(bpo__i256 a);
int portable_compare(bpo__i256 a, bpo__i256 b);
bpo_status portable_add(bpo__i256 a, bpo__i256 b, bpo__i256 *ret);
bpo_status portable_subtract(bpo__i256 a, bpo__i256 b, bpo__i256 *ret);
bpo__i256 portable_negate(bpo__i256 a);
bpo__i256 portable_magnitude(bpo__i256 a);
bpo_status portable_multiply(bpo__i256 a, bpo__i256 b, bpo__i256 *ret);
bpo_status portable_divide(bpo__i256 a, bpo__i256 b, bpo__i256 *ret_quotient, bpo__i256 *ret_remainder);
bpo__i256 portable_gcd(bpo__i256 a, bpo__i256 b);
bpo_status portable_to_i64(bpo__i256 a, int64_t *ret);
size_t portable_format(bpo__i256 a, char *text);

#endif
