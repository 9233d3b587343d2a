/* SPDX-License-Identifier: Apache-2.0 */
/* Whether a fact is what its kind must be. */
#ifndef BPO_CODEC_FACT_CHECK_H
#define BPO_CODEC_FACT_CHECK_H

#include "core/text.h"
#include <bpo/contract.h>
#include <stdbool.h>

/* Checks everything of a fact but its values against each other; fills names[0..value_count) with their names, valid
 * as long as the contract. err->path names the field. `names` has room for BPO_FACT_VALUE_COUNT_MAX. */
bpo_status bpo__fact_check(const bpo_contract *contract, const bpo_fact *fact, bpo__text *names, bpo_error *err);

/* Whether a refusal is about the fact alone, and not about memory or the host: then the rest of its batch goes on. */
bool bpo__fact_is_to_blame(bpo_status status);

/* Reports that a value stands twice. */
bpo_status bpo__fact_twice(bpo__text name, bpo_error *err);

#endif
