/* SPDX-License-Identifier: Apache-2.0 */
/* The text of a value, for grouping by it: equal values give equal text. */
#ifndef BPO_TERMS_VALUE_TEXT_H
#define BPO_TERMS_VALUE_TEXT_H

#include "core/text.h"
#include <bpo/fact.h>

#define BPO__VALUE_TEXT_SIZE 64

/* A text as it is, borrowed; a number or instant written into `room`: 1.50 and 1.5 are both "1.5". NULL: empty. */
bpo__text bpo__value_text(const bpo_value *value, char room[BPO__VALUE_TEXT_SIZE]);

#endif
