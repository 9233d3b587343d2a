/* SPDX-License-Identifier: Apache-2.0 */
/* The exact text of a rational: "12.5" where the denominator divides 10^18, else "a/b". One value, one text. */
#include "core/text.h"
#include "num/number_text.h"
#include "num/ratio.h"

/* The fewest places that show the value exactly, with the coefficient; false where 18 are not enough. */
static bool find_plain(bpo__ratio a, bpo__i256 *ret_coefficient, int32_t *ret_scale)
{
    for (int32_t scale = 0; scale <= BPO_DECIMAL_SCALE_MAX; scale++) {
        bpo__i256 power;
        bpo__i256 factor;
        bpo__i256 rest;
        bpo__i256_power_of_ten(scale, &power);
        bpo__i256_divide(power, a.denominator, &factor, &rest);
        if (bpo__i256_is_zero(rest)) {
            *ret_scale = scale;
            return bpo__i256_multiply(a.numerator, factor, ret_coefficient) == BPO_OK;
        }
    }
    return false;
}

size_t bpo__ratio_format(bpo__ratio a, char *text)
{
    bpo__i256 coefficient;
    int32_t scale;
    if (find_plain(a, &coefficient, &scale))
        return bpo__number_format(coefficient, scale, text);
    size_t length = bpo__i256_format(a.numerator, text);
    text[length++] = '/';
    return length + bpo__i256_format(a.denominator, text + length);
}

static size_t find_slash(const char *data, size_t size)
{
    size_t at = 0;
    while (at < size && data[at] != '/')
        at++;
    return at;
}

bpo_status bpo__ratio_parse(const char *data, size_t size, bpo__ratio *ret_value)
{
    size_t slash = find_slash(data, size);
    bpo__i256 numerator;
    bpo__i256 denominator;
    int32_t scale;
    int32_t denominator_scale;
    bpo_status status = bpo__number_parse(data, slash, &numerator, &scale);
    if (status != BPO_OK)
        return status;
    if (slash == size) {
        bpo__i256_power_of_ten(scale, &denominator);
        return bpo__ratio_make(numerator, denominator, ret_value);
    }
    status = bpo__number_parse(data + slash + 1, size - slash - 1, &denominator, &denominator_scale);
    if (status != BPO_OK)
        return status;
    bool is_fraction = scale == 0 && denominator_scale == 0 && data[slash + 1] != '-';
    if (!is_fraction || bpo__i256_is_zero(denominator))
        return BPO_E_VALUE;
    return bpo__ratio_make(numerator, denominator, ret_value);
}
