/* SPDX-License-Identifier: Apache-2.0 */
/* Limbs of 64 bits: the two steps for which C has no type, a product of two limbs and a division of two limbs by
 * one. One form stands on the compiler's 128-bit integer, the other on halves of 32 bits; BPO_PORTABLE_WIDE asks for
 * the second where the first exists. */
#ifndef BPO_NUM_LIMB_H
#define BPO_NUM_LIMB_H

#include <stdint.h>

/* The zero bits above the highest one; value != 0. */
static inline unsigned bpo__limb_leading_zeros(uint64_t value)
{
    unsigned zeros = 0;
    for (unsigned half = 32; half > 0; half /= 2) {
        if (value >> (64 - half) == 0) {
            zeros += half;
            value <<= half;
        }
    }
    return zeros;
}

#if defined(__SIZEOF_INT128__) && !defined(BPO_PORTABLE_WIDE)
__extension__ typedef unsigned __int128 bpo__two_limbs;
#define BPO__HAVE_TWO_LIMBS 1
#else
#define BPO__HAVE_TWO_LIMBS 0
#endif

#define BPO__LIMB_HALF UINT64_C(0xffffffff)

/* a * b: returns the low limb. */
static inline uint64_t bpo__limb_multiply(uint64_t a, uint64_t b, uint64_t *ret_high)
{
#if BPO__HAVE_TWO_LIMBS
    bpo__two_limbs product = (bpo__two_limbs)a * b;
    *ret_high = (uint64_t)(product >> 64);
    return (uint64_t)product;
#else
    uint64_t low = (a & BPO__LIMB_HALF) * (b & BPO__LIMB_HALF);
    uint64_t cross = (a >> 32) * (b & BPO__LIMB_HALF) + (low >> 32); /* at most 2^64 - 2^32 */
    uint64_t other = (a & BPO__LIMB_HALF) * (b >> 32) + (cross & BPO__LIMB_HALF);
    *ret_high = (a >> 32) * (b >> 32) + (cross >> 32) + (other >> 32);
    return other << 32 | (low & BPO__LIMB_HALF);
#endif
}

#if !BPO__HAVE_TWO_LIMBS
/* One half limb of a quotient: (*top * 2^32 + next) / divisor, where *top < divisor and divisor's highest bit is
 * set. Leaves the remainder in *top. The first guess is at most two too large, so its product has room. */
static inline uint64_t bpo__limb_divide_half(uint64_t *top, uint64_t next, uint64_t divisor)
{
    uint64_t guess = *top / (divisor >> 32);
    uint64_t rest = *top % (divisor >> 32);
    while (guess * (divisor & BPO__LIMB_HALF) > (rest << 32 | next)) {
        guess--;
        rest += divisor >> 32;
        if (rest > BPO__LIMB_HALF)
            break;
    }
    *top = (*top << 32 | next) - guess * divisor; /* what overflows cancels out */
    return guess;
}
#endif

/* (high * 2^64 + low) / divisor, where high < divisor, so that the quotient is one limb. */
static inline uint64_t bpo__limb_divide(uint64_t high, uint64_t low, uint64_t divisor, uint64_t *ret_remainder)
{
    if (high == 0) { /* the usual case has an instruction of its own */
        *ret_remainder = low % divisor;
        return low / divisor;
    }
#if BPO__HAVE_TWO_LIMBS
    bpo__two_limbs dividend = (bpo__two_limbs)high << 64 | low;
    *ret_remainder = (uint64_t)(dividend % divisor);
    return (uint64_t)(dividend / divisor);
#else
    unsigned shift = bpo__limb_leading_zeros(divisor);
    if (shift != 0) {
        high = high << shift | low >> (64 - shift);
        low <<= shift;
        divisor <<= shift;
    }
    uint64_t upper = bpo__limb_divide_half(&high, low >> 32, divisor);
    uint64_t lower = bpo__limb_divide_half(&high, low & BPO__LIMB_HALF, divisor);
    *ret_remainder = high >> shift;
    return upper << 32 | lower;
#endif
}

#endif
