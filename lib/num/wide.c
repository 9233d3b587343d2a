/* SPDX-License-Identifier: Apache-2.0 */
/* Wide integers: sums and comparisons on two's complement, products and quotients on magnitudes with the sign put
 * back. Values of one limb, the rule in practice, take a short way through each. */
#include "num/wide.h"
#include "num/limb.h"
#include <bpo/error.h>
#include <string.h>

#define LIMBS 4

static const bpo__i256 zero = {{0, 0, 0, 0}};

/* How many limbs a magnitude needs; 0 for zero. */
static size_t limb_count(const bpo__i256 *magnitude)
{
    size_t count = LIMBS;
    while (count > 0 && magnitude->limb[count - 1] == 0)
        count--;
    return count;
}

/* Adds what is counted from `a` on, and returns the carry. */
static uint64_t add_limbs(const uint64_t *a, const uint64_t *b, size_t count, uint64_t *sum)
{
    uint64_t carry = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t part = a[i] + carry;
        carry = part < carry;
        sum[i] = part + b[i];
        carry += sum[i] < part;
    }
    return carry;
}

/* a -= b * factor over `count` limbs of b and one more of a. */
static void subtract_product(uint64_t *a, const uint64_t *b, size_t count, uint64_t factor)
{
    uint64_t carried = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t high;
        uint64_t low = bpo__limb_multiply(b[i], factor, &high);
        low += carried;
        high += low < carried;
        carried = high + (a[i] < low);
        a[i] -= low;
    }
    a[count] -= carried;
}

static bpo_status with_sign(bpo__i256 magnitude, bool is_negative, bpo__i256 *ret)
{
    if (magnitude.limb[LIMBS - 1] >> 63)
        return BPO_E_RANGE;
    *ret = is_negative ? bpo__i256_negate(magnitude) : magnitude;
    return BPO_OK;
}

bpo__i256 bpo__i256_of(int64_t value)
{
    uint64_t fill = value < 0 ? UINT64_MAX : 0;
    return (bpo__i256){{(uint64_t)value, fill, fill, fill}};
}

bpo__i256 bpo__i256_of_u64(uint64_t value)
{
    return (bpo__i256){{value, 0, 0, 0}};
}

bool bpo__i256_is_negative(bpo__i256 a)
{
    return a.limb[LIMBS - 1] >> 63;
}

bool bpo__i256_is_zero(bpo__i256 a)
{
    return (a.limb[0] | a.limb[1] | a.limb[2] | a.limb[3]) == 0;
}

int bpo__i256_compare(bpo__i256 a, bpo__i256 b)
{
    if (bpo__i256_is_negative(a) != bpo__i256_is_negative(b))
        return bpo__i256_is_negative(a) ? -1 : 1;
    for (size_t i = LIMBS; i-- > 0;) {
        if (a.limb[i] != b.limb[i])
            return a.limb[i] < b.limb[i] ? -1 : 1;
    }
    return 0;
}

bpo__i256 bpo__i256_negate(bpo__i256 a)
{
    static const bpo__i256 one = {{1, 0, 0, 0}};
    for (size_t i = 0; i < LIMBS; i++)
        a.limb[i] = ~a.limb[i];
    add_limbs(a.limb, one.limb, LIMBS, a.limb);
    return a;
}

bpo__i256 bpo__i256_magnitude(bpo__i256 a)
{
    return bpo__i256_is_negative(a) ? bpo__i256_negate(a) : a;
}

bpo_status bpo__i256_add(bpo__i256 a, bpo__i256 b, bpo__i256 *ret)
{
    bpo__i256 sum;
    add_limbs(a.limb, b.limb, LIMBS, sum.limb);
    bool is_negative = bpo__i256_is_negative(a);
    if (is_negative == bpo__i256_is_negative(b) && is_negative != bpo__i256_is_negative(sum))
        return BPO_E_RANGE;
    if (bpo__i256_is_negative(sum) && (sum.limb[3] << 1 | sum.limb[2] | sum.limb[1] | sum.limb[0]) == 0)
        return BPO_E_RANGE; /* -2^255 has no negative */
    *ret = sum;
    return BPO_OK;
}

bpo_status bpo__i256_subtract(bpo__i256 a, bpo__i256 b, bpo__i256 *ret)
{
    return bpo__i256_add(a, bpo__i256_negate(b), ret);
}

/* Adds factor * b to the limbs from `into` on, and the carry behind them. */
static void add_product(uint64_t *into, const uint64_t *b, size_t count, uint64_t factor)
{
    uint64_t carried = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t high;
        uint64_t low = bpo__limb_multiply(b[i], factor, &high);
        low += carried;
        high += low < carried;
        into[i] += low;
        carried = high + (into[i] < low);
    }
    into[count] = carried;
}

bpo_status bpo__i256_multiply(bpo__i256 a, bpo__i256 b, bpo__i256 *ret)
{
    bool is_negative = bpo__i256_is_negative(a) != bpo__i256_is_negative(b);
    a = bpo__i256_magnitude(a);
    b = bpo__i256_magnitude(b);
    size_t a_count = limb_count(&a);
    size_t b_count = limb_count(&b);
    if (a_count + b_count > LIMBS + 1)
        return BPO_E_RANGE;
    uint64_t product[LIMBS + 2] = {0};
    for (size_t i = 0; i < a_count; i++)
        add_product(product + i, b.limb, b_count, a.limb[i]);
    if (product[LIMBS] != 0)
        return BPO_E_RANGE;
    bpo__i256 magnitude;
    memcpy(magnitude.limb, product, sizeof(magnitude.limb));
    return with_sign(magnitude, is_negative, ret);
}

/* Divides in place by one limb; returns the remainder. */
static uint64_t divide_by_limb(bpo__i256 *magnitude, uint64_t divisor)
{
    uint64_t remainder = 0;
    for (size_t i = limb_count(magnitude); i-- > 0;)
        magnitude->limb[i] = bpo__limb_divide(remainder, magnitude->limb[i], divisor, &remainder);
    return remainder;
}

/* Shifts left by less than a limb; `into` has room for one limb more. */
static void shift_left(const uint64_t *from, size_t count, unsigned shift, uint64_t *into)
{
    uint64_t carried = 0;
    for (size_t i = 0; i < count; i++) {
        into[i] = from[i] << shift | carried;
        carried = shift == 0 ? 0 : from[i] >> (64 - shift);
    }
    into[count] = carried;
}

static void shift_right(uint64_t *limbs, size_t count, unsigned shift)
{
    for (size_t i = 0; i < count && shift != 0; i++) {
        uint64_t above = i + 1 < count ? limbs[i + 1] : 0;
        limbs[i] = limbs[i] >> shift | above << (64 - shift);
    }
}

/* One limb of a quotient. `rest` holds count + 1 limbs, less than divisor * 2^64; it keeps what remains. The divisor's
 * highest bit is set, so a guess from the first limbs is at most two too large; each repair adds the divisor back. */
static uint64_t divide_step(uint64_t *rest, const uint64_t *divisor, size_t count)
{
    uint64_t guess = UINT64_MAX;
    uint64_t ignored;
    if (rest[count] < divisor[count - 1])
        guess = bpo__limb_divide(rest[count], rest[count - 1], divisor[count - 1], &ignored);
    subtract_product(rest, divisor, count, guess);
    for (; rest[count] != 0; guess--) /* a rest below the divisor needs no limb more: this one is negative */
        rest[count] += add_limbs(rest, divisor, count, rest);
    return guess;
}

/* Long division of magnitudes with 64-bit digits; b has two limbs or more and is not larger than a. */
static void divide_long(bpo__i256 a, bpo__i256 b, bpo__i256 *quotient, bpo__i256 *remainder)
{
    size_t count = limb_count(&b);
    unsigned shift = bpo__limb_leading_zeros(b.limb[count - 1]);
    uint64_t rest[LIMBS + 1];
    uint64_t divisor[LIMBS + 1];
    shift_left(a.limb, LIMBS, shift, rest);
    shift_left(b.limb, count, shift, divisor);
    *quotient = zero;
    for (size_t i = LIMBS - count + 1; i-- > 0;)
        quotient->limb[i] = divide_step(rest + i, divisor, count);
    shift_right(rest, count, shift);
    *remainder = zero;
    memcpy(remainder->limb, rest, count * sizeof(rest[0]));
}

static void divide_magnitudes(bpo__i256 a, bpo__i256 b, bpo__i256 *quotient, bpo__i256 *remainder)
{
    if (bpo__i256_compare(a, b) < 0) {
        *quotient = zero;
        *remainder = a;
    } else if (limb_count(&b) == 1) {
        *quotient = a;
        *remainder = bpo__i256_of_u64(divide_by_limb(quotient, b.limb[0]));
    } else {
        divide_long(a, b, quotient, remainder);
    }
}

bpo_status bpo__i256_divide(bpo__i256 a, bpo__i256 b, bpo__i256 *ret_quotient, bpo__i256 *ret_remainder)
{
    if (bpo__i256_is_zero(b))
        return BPO_E_INVALID;
    bpo__i256 quotient;
    bpo__i256 remainder;
    divide_magnitudes(bpo__i256_magnitude(a), bpo__i256_magnitude(b), &quotient, &remainder);
    if (ret_quotient)
        *ret_quotient = bpo__i256_is_negative(a) != bpo__i256_is_negative(b) ? bpo__i256_negate(quotient) : quotient;
    if (ret_remainder)
        *ret_remainder = bpo__i256_is_negative(a) ? bpo__i256_negate(remainder) : remainder;
    return BPO_OK;
}

static uint64_t limb_gcd(uint64_t a, uint64_t b)
{
    while (b != 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

bpo__i256 bpo__i256_gcd(bpo__i256 a, bpo__i256 b)
{
    a = bpo__i256_magnitude(a);
    b = bpo__i256_magnitude(b);
    while (!bpo__i256_is_zero(b)) {
        if (limb_count(&a) <= 1 && limb_count(&b) == 1)
            return bpo__i256_of_u64(limb_gcd(a.limb[0], b.limb[0]));
        bpo__i256 quotient;
        bpo__i256 rest;
        divide_magnitudes(a, b, &quotient, &rest);
        a = b;
        b = rest;
    }
    return a;
}

bpo_status bpo__i256_to_i64(bpo__i256 a, int64_t *ret)
{
    uint64_t fill = a.limb[0] >> 63 ? UINT64_MAX : 0;
    if (a.limb[1] != fill || a.limb[2] != fill || a.limb[3] != fill)
        return BPO_E_RANGE;
    memcpy(ret, &a.limb[0], sizeof(*ret));
    return BPO_OK;
}

/* 10^19, the largest power of ten in a limb, and its digits. */
#define CHUNK        UINT64_C(10000000000000000000)
#define CHUNK_DIGITS 19

/* Writes digits of one chunk backwards from `end`, the leading zeros too where others come before it. */
static char *format_chunk(uint64_t chunk, bool is_first, char *end)
{
    for (int i = 0; i < CHUNK_DIGITS && (!is_first || chunk != 0); i++) {
        *--end = (char)('0' + chunk % 10);
        chunk /= 10;
    }
    return end;
}

size_t bpo__i256_format(bpo__i256 a, char *text)
{
    char digits[BPO__I256_TEXT_SIZE];
    char *end = digits + sizeof(digits);
    char *at = end;
    bpo__i256 magnitude = bpo__i256_magnitude(a);
    do {
        uint64_t chunk = divide_by_limb(&magnitude, CHUNK);
        at = format_chunk(chunk, bpo__i256_is_zero(magnitude), at);
    } while (!bpo__i256_is_zero(magnitude));
    if (at == end)
        *--at = '0';
    if (bpo__i256_is_negative(a))
        *--at = '-';
    size_t length = (size_t)(end - at);
    memcpy(text, at, length);
    text[length] = '\0';
    return length;
}
