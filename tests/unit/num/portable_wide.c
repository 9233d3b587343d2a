/* SPDX-License-Identifier: Apache-2.0 */
/* The very same source, told to do without the compiler's 128-bit integer, under other names. */
#define BPO_PORTABLE_WIDE
#include "portable_wide.h"

#define bpo__i256_of          portable_of
#define bpo__i256_of_u64      portable_of_u64
#define bpo__i256_is_negative portable_is_negative
#define bpo__i256_is_zero     portable_is_zero
#define bpo__i256_compare     portable_compare
#define bpo__i256_add         portable_add
#define bpo__i256_subtract    portable_subtract
#define bpo__i256_negate      portable_negate
#define bpo__i256_magnitude   portable_magnitude
#define bpo__i256_multiply    portable_multiply
#define bpo__i256_divide      portable_divide
#define bpo__i256_gcd         portable_gcd
#define bpo__i256_to_i64      portable_to_i64
#define bpo__i256_format      portable_format

#include "num/wide.c"

#if BPO__HAVE_TWO_LIMBS
#error "the portable form was not taken"
#endif

uint64_t portable_limb_multiply(uint64_t a, uint64_t b, uint64_t *ret_high)
{
    return bpo__limb_multiply(a, b, ret_high);
}

uint64_t portable_limb_divide(uint64_t high, uint64_t low, uint64_t divisor, uint64_t *ret_remainder)
{
    return bpo__limb_divide(high, low, divisor, ret_remainder);
}
