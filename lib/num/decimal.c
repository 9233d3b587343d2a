/* SPDX-License-Identifier: Apache-2.0 */
/* Decimals: exact, at most 38 digits, 18 of them after the point. Two scales meet at the larger one. */
#include "num/decimal.h"
#include "core/fail.h"
#include "num/number_text.h"
#include "num/rounding.h"

bool bpo__decimal_is_valid(const bpo_decimal *value)
{
    bpo_decimal ignored;
    return value && value->reserved == 0 &&
           bpo__i256_to_decimal(bpo__i256_of_decimal(value), value->scale, &ignored) == BPO_OK;
}

int bpo__decimal_sign(const bpo_decimal *value)
{
    if (value->hi < 0)
        return -1;
    return value->hi != 0 || value->lo != 0;
}

/* The coefficient at a scale that is at least the value's own: at most 38 + 18 digits. */
static bpo__i256 coefficient_at(const bpo_decimal *value, int32_t scale)
{
    bpo__i256 coefficient = bpo__i256_of_decimal(value);
    if (scale == value->scale)
        return coefficient;
    bpo__i256 power;
    bpo__i256_power_of_ten(scale - value->scale, &power);
    bpo__i256_multiply(coefficient, power, &coefficient);
    return coefficient;
}

static int32_t larger_scale(const bpo_decimal *a, const bpo_decimal *b)
{
    return a->scale > b->scale ? a->scale : b->scale;
}

bpo_status bpo_decimal_parse(const char *text, size_t size, bpo_decimal *ret_value, bpo_error *err)
{
    if (!ret_value || (!text && size != 0))
        return bpo__fail_argument(err, ret_value ? "text" : "ret_value");
    bpo__text shown = {text ? text : "", size};
    bpo__text none = {NULL, 0};
    bpo__i256 coefficient;
    int32_t scale;
    bpo_status status = bpo__number_parse(shown.data, size, &coefficient, &scale);
    if (status == BPO_OK)
        status = bpo__i256_to_decimal(coefficient, scale, ret_value);
    if (status == BPO_E_VALUE)
        return bpo__fail_text(err, status, BPO__MSG_decimal_malformed, none, shown, none, none);
    if (status == BPO_E_RANGE)
        return bpo__fail_text(err, status, BPO__MSG_decimal_too_long, none, shown, none, none);
    return status;
}

size_t bpo_decimal_format(const bpo_decimal *value, char *text, size_t size)
{
    if (!text || !bpo__decimal_is_valid(value))
        return 0;
    char formatted[BPO__NUMBER_TEXT_SIZE];
    size_t length = bpo__number_format(bpo__i256_of_decimal(value), value->scale, formatted);
    if (length >= size)
        return 0;
    memcpy(text, formatted, length + 1);
    return length;
}

bpo_status bpo_decimal_set(int64_t coefficient, int32_t scale, bpo_decimal *ret_value)
{
    return ret_value ? bpo__i256_to_decimal(bpo__i256_of(coefficient), scale, ret_value) : BPO_E_INVALID;
}

int bpo_decimal_compare(const bpo_decimal *a, const bpo_decimal *b)
{
    bool a_is_valid = bpo__decimal_is_valid(a);
    bool b_is_valid = bpo__decimal_is_valid(b);
    if (!a_is_valid || !b_is_valid)
        return (a_is_valid ? 1 : 0) - (b_is_valid ? 1 : 0); /* an order all the same, for who sorts */
    int32_t scale = larger_scale(a, b);
    return bpo__i256_compare(coefficient_at(a, scale), coefficient_at(b, scale));
}

bpo_status bpo_decimal_add(const bpo_decimal *a, const bpo_decimal *b, bpo_decimal *ret_sum)
{
    if (!ret_sum || !bpo__decimal_is_valid(a) || !bpo__decimal_is_valid(b))
        return BPO_E_INVALID;
    int32_t scale = larger_scale(a, b);
    bpo__i256 sum;
    bpo__i256_add(coefficient_at(a, scale), coefficient_at(b, scale), &sum); /* 57 digits have room */
    return bpo__i256_to_decimal(sum, scale, ret_sum);
}

bpo_status bpo_decimal_round(const bpo_decimal *value, int32_t scale, bpo_rounding mode, const bpo_decimal *increment,
                             bpo_decimal *ret_value)
{
    if (!ret_value || !bpo__decimal_is_valid(value))
        return BPO_E_INVALID;
    bpo__i256 denominator;
    bpo__i256_power_of_ten(value->scale, &denominator);
    return bpo__round(bpo__i256_of_decimal(value), denominator, scale, mode, increment, ret_value);
}
