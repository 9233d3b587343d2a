/* SPDX-License-Identifier: Apache-2.0 */
/* Rounding: the one place where an exact number loses something. */
#ifndef BPO_NUM_ROUNDING_H
#define BPO_NUM_ROUNDING_H

#include "num/wide.h"
#include <bpo/decimal.h>

/* numerator / denominator (> 0) as a decimal of `scale` digits, brought to a multiple of `increment` (NULL: none).
 * An increment is positive and has no more places than the result: BPO_E_INVALID, as for a mode or scale that does
 * not exist. */
bpo_status bpo__round(bpo__i256 numerator, bpo__i256 denominator, int32_t scale, bpo_rounding mode,
                      const bpo_decimal *increment, bpo_decimal *ret);

#endif
