/* SPDX-License-Identifier: Apache-2.0 */
/* What other rooms ask of a decimal that a host gave. */
#ifndef BPO_NUM_DECIMAL_H
#define BPO_NUM_DECIMAL_H

#include <bpo/decimal.h>
#include <stdbool.h>

/* A scale of 0..18, at most 38 digits, reserved 0. NULL is not valid. */
bool bpo__decimal_is_valid(const bpo_decimal *value);
int bpo__decimal_sign(const bpo_decimal *value); /* -1, 0 or 1 */

#endif
