/* SPDX-License-Identifier: Apache-2.0 */
/* Adding to several quantities at once or to none: each addition is staged, which may fail, and then all are committed,
 * which cannot. No quantity is staged twice before a commit. */
#ifndef BPO_PRICING_STAGING_H
#define BPO_PRICING_STAGING_H

#include "pricing/sightings.h"
#include "pricing/usage.h"

/* Adds the item's quantity to that of its name. */
bpo_status bpo__usage_stage(bpo__usage *usage, const bpo__usage_item *addition);
void bpo__usage_commit(bpo__usage *usage);
void bpo__usage_abandon(bpo__usage *usage);
/* What was seen of the subject at hand. */
bpo__sightings *bpo__usage_sightings(bpo__usage *usage);

#endif
