/* SPDX-License-Identifier: Apache-2.0 */
/* Decimals, ratios, modes and currencies of a vector's input; false where one is refused or not built. */
#ifndef BPO_TESTS_VECTORS_ARITHMETIC_H
#define BPO_TESTS_VECTORS_ARITHMETIC_H

#include "driver.h"
#include "num/ratio.h"

bool parse_decimal(vector *v, const char *text, bpo_decimal *ret_value);
bool parse_ratio(vector *v, const char *text, bpo__ratio *ret_value);
bool mode_of(vector *v, bpo_rounding *ret_mode);
bool digits_of(vector *v, int32_t *ret_digits);
void expect_number(vector *v, const char *key, const bpo_decimal *found);

#endif
