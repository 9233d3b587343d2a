/* SPDX-License-Identifier: Apache-2.0 */
/* Sightings: what one subject brought about for charges that count each subject once in a period.
 *
 * All facts of a subject are folded together, so the fold alone can tell whether the subject counts: in each (charge,
 * service period) it is one, under the first version that saw it, however often it was seen. A sighting with sign +1 is
 * of what is known now, one with -1 of what was known when the period before was closed; the difference of the two adds
 * up like any other quantity. So no row of the subject has to be kept beyond its fold. */
#ifndef BPO_PRICING_SIGHTINGS_H
#define BPO_PRICING_SIGHTINGS_H

#include "core/memory.h"
#include "core/text.h"

typedef struct bpo__sighting {
    bpo__text charge; /* borrowed from the plan */
    bpo_time period_start;
    uint32_t version;
    int32_t sign;
} bpo__sighting;

typedef struct bpo__sightings {
    bpo_context *context;
    bpo__sighting *items;
    size_t count;
    size_t capacity;
} bpo__sightings;

void bpo__sightings_init(bpo__sightings *sightings, bpo_context *context);
void bpo__sightings_clear(bpo__sightings *sightings);
/* Notes a sighting; one that was noted before changes nothing. BPO_E_NOMEM. */
bpo_status bpo__sightings_note(bpo__sightings *sightings, const bpo__sighting *sighting);
/* What the item adds to the quantity of its charge, period and version: its sign, or 0 where an earlier version saw the
 * subject or where now and before take each other off. */
int32_t bpo__sightings_worth(const bpo__sightings *sightings, size_t index);

#endif
