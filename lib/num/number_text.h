/* SPDX-License-Identifier: Apache-2.0 */
/* The text of a coefficient and a scale: what decimals and rationals share. */
#ifndef BPO_NUM_NUMBER_TEXT_H
#define BPO_NUM_NUMBER_TEXT_H

#include "num/wide.h"

/* Digits, at most one '-' before them and one '.' between them, at most 18 digits behind it. BPO_E_VALUE for anything
 * else, BPO_E_RANGE for more digits than fit. */
bpo_status bpo__number_parse(const char *data, size_t size, bpo__i256 *ret_coefficient, int32_t *ret_scale);

#define BPO__NUMBER_TEXT_SIZE 100
/* With exactly `scale` (0..18) digits after the point; NUL-terminated; returns the length. */
size_t bpo__number_format(bpo__i256 coefficient, int32_t scale, char *text);

#endif
