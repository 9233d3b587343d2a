/* SPDX-License-Identifier: Apache-2.0 */
/* Values of terms, read. Every refusal is BPO_E_VALUE (or BPO_E_RANGE) at `path` and says what would be right. What
 * belongs to time (durations, dates, instants, hours) is read by lib/time. */
#ifndef BPO_TERMS_VALUES_H
#define BPO_TERMS_VALUES_H

#include "core/text.h"
#include "num/ratio.h"
#include <bpo/decimal.h>

bpo_status bpo__value_decimal(const char *path, bpo__text text, bpo_decimal *ret_value, bpo_error *err);
/* At least `least` and at most `most`. */
bpo_status bpo__value_integer(const char *path, bpo__text text, int64_t least, int64_t most, int64_t *ret_value,
                              bpo_error *err);
/* `95%` or `0.95`, from 0 to 1. */
bpo_status bpo__value_share(const char *path, bpo__text text, bpo__ratio *ret_value, bpo_error *err);
/* `24.50`, or `24.50 EUR` where the code must be `currency` (NULL: any). Not negative. */
bpo_status bpo__value_money(const char *path, bpo__text text, const char *currency, bpo_decimal *ret_value,
                            bpo_error *err);
/* Index of the word in a comma-separated list of choices. */
bpo_status bpo__value_choice(const char *path, bpo__text text, const char *choices, int32_t *ret_index, bpo_error *err);
bpo_status bpo__value_flag(const char *path, bpo__text text, bool *ret_value, bpo_error *err);
/* Three capital letters of ISO 4217. */
bpo_status bpo__value_currency(const char *path, bpo__text text, bpo_error *err);
/* Fails with the value and one argument more. */
bpo_status bpo__value_refuse(const char *path, bpo__text text, int32_t message, const char *argument, bpo_error *err);

#endif
