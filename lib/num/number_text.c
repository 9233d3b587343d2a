/* SPDX-License-Identifier: Apache-2.0 */
/* Reading and writing numbers: ASCII digits, '-' and '.'; no locale, no exponent, no grouping, no sign '+', and a
 * digit on both sides of the point. */
#include "num/number_text.h"
#include <bpo/decimal.h>
#include <string.h>

#define CHUNK_DIGITS 18 /* digits that surely fit in a limb */

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static size_t count_digits(const char *data, size_t size)
{
    size_t count = 0;
    while (count < size && is_digit(data[count]))
        count++;
    return count;
}

static uint64_t parse_chunk(const char *digits, size_t count)
{
    uint64_t value = 0;
    for (size_t i = 0; i < count; i++)
        value = value * 10 + (uint64_t)(digits[i] - '0');
    return value;
}

/* *value = *value * 10^count + digits. */
static bpo_status append_digits(const char *digits, size_t count, bpo__i256 *value)
{
    while (count > 0) {
        size_t size = count < CHUNK_DIGITS ? count : CHUNK_DIGITS;
        bpo__i256 factor;
        bpo__i256_power_of_ten((int32_t)size, &factor);
        bpo__i256 chunk = bpo__i256_of_u64(parse_chunk(digits, size));
        if (bpo__i256_multiply(*value, factor, value) != BPO_OK || bpo__i256_add(*value, chunk, value) != BPO_OK)
            return BPO_E_RANGE;
        digits += size;
        count -= size;
    }
    return BPO_OK;
}

bpo_status bpo__number_parse(const char *data, size_t size, bpo__i256 *ret_coefficient, int32_t *ret_scale)
{
    bool is_negative = size > 0 && data[0] == '-';
    const char *whole = is_negative ? data + 1 : data;
    size_t left = is_negative ? size - 1 : size;
    size_t whole_digits = count_digits(whole, left);
    bool has_point = whole_digits < left && whole[whole_digits] == '.';
    const char *places = has_point ? whole + whole_digits + 1 : NULL;
    size_t place_digits = has_point ? count_digits(places, left - whole_digits - 1) : 0;
    if (whole_digits == 0 || (has_point && place_digits == 0) ||
        whole_digits + place_digits + (has_point ? 1 : 0) != left)
        return BPO_E_VALUE;
    if (place_digits > BPO_DECIMAL_SCALE_MAX)
        return BPO_E_RANGE;
    bpo__i256 value = bpo__i256_of(0);
    if (append_digits(whole, whole_digits, &value) != BPO_OK || append_digits(places, place_digits, &value) != BPO_OK)
        return BPO_E_RANGE;
    *ret_coefficient = is_negative ? bpo__i256_negate(value) : value;
    *ret_scale = (int32_t)place_digits;
    return BPO_OK;
}

size_t bpo__number_format(bpo__i256 coefficient, int32_t scale, char *text)
{
    char digits[BPO__I256_TEXT_SIZE];
    size_t count = bpo__i256_format(bpo__i256_magnitude(coefficient), digits);
    size_t places = (size_t)scale;
    char *at = text;
    if (bpo__i256_is_negative(coefficient))
        *at++ = '-';
    size_t whole = count > places ? count - places : 0;
    if (whole == 0)
        *at++ = '0';
    memcpy(at, digits, whole);
    at += whole;
    if (places > 0) {
        size_t zeros = places - (count - whole);
        *at++ = '.';
        memset(at, '0', zeros);
        memcpy(at + zeros, digits + whole, count - whole);
        at += places;
    }
    *at = '\0';
    return (size_t)(at - text);
}
