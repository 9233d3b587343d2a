/* SPDX-License-Identifier: Apache-2.0 */
/* The decimal text of integers: ASCII digits and '-', no locale. */
#include "core/text.h"

size_t bpo__unsigned_format(uint64_t value, char *text)
{
    char digits[BPO__INTEGER_TEXT_SIZE];
    size_t at = sizeof(digits);
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    size_t length = sizeof(digits) - at;
    memcpy(text, digits + at, length);
    text[length] = '\0';
    return length;
}

size_t bpo__integer_format(int64_t value, char *text)
{
    if (value >= 0)
        return bpo__unsigned_format((uint64_t)value, text);
    text[0] = '-';
    return 1 + bpo__unsigned_format(0 - (uint64_t)value, text + 1);
}

bool bpo__integer_parse(const char *data, size_t size, int64_t *ret_value)
{
    bool is_negative = size > 0 && data[0] == '-';
    uint64_t most = is_negative ? (uint64_t)INT64_MAX + 1 : (uint64_t)INT64_MAX;
    uint64_t value = 0;
    size_t at = is_negative ? 1 : 0;
    if (at == size)
        return false;
    for (; at < size; at++) {
        if (data[at] < '0' || data[at] > '9')
            return false;
        uint64_t digit = (uint64_t)(data[at] - '0');
        if (value > (most - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    /* the detour keeps INT64_MIN out of a signed negation */
    *ret_value = is_negative && value != 0 ? -(int64_t)(value - 1) - 1 : (int64_t)value;
    return true;
}
