/* SPDX-License-Identifier: Apache-2.0 */
/* Sightings in a short array: a subject is seen by few charges, in few periods. */
#include "pricing/sightings.h"

static bool same_service(const bpo__sighting *a, const bpo__sighting *b)
{
    return a->period_start == b->period_start && bpo__text_equal(a->charge, b->charge);
}

static bool has(const bpo__sightings *sightings, const bpo__sighting *wanted)
{
    for (size_t i = 0; i < sightings->count; i++) {
        const bpo__sighting *item = &sightings->items[i];
        if (item->version == wanted->version && item->sign == wanted->sign && same_service(item, wanted))
            return true;
    }
    return false;
}

/* Whether no earlier version saw the subject in the same service. */
static bool is_first(const bpo__sightings *sightings, const bpo__sighting *sighting)
{
    for (size_t i = 0; i < sightings->count; i++) {
        const bpo__sighting *item = &sightings->items[i];
        if (item->version < sighting->version && item->sign == sighting->sign && same_service(item, sighting))
            return false;
    }
    return true;
}

void bpo__sightings_init(bpo__sightings *sightings, bpo_context *context)
{
    *sightings = (bpo__sightings){.context = context};
}

void bpo__sightings_clear(bpo__sightings *sightings)
{
    bpo__free(sightings->context, sightings->items, sightings->capacity * sizeof *sightings->items);
    bpo__sightings_init(sightings, sightings->context);
}

bpo_status bpo__sightings_note(bpo__sightings *sightings, const bpo__sighting *sighting)
{
    void *items = sightings->items;
    if (has(sightings, sighting))
        return BPO_OK;
    bpo_status status =
        bpo__reserve(sightings->context, &items, &sightings->capacity, sightings->count, 1, sizeof *sighting);
    sightings->items = items;
    if (status == BPO_OK)
        sightings->items[sightings->count++] = *sighting;
    return status;
}

int32_t bpo__sightings_worth(const bpo__sightings *sightings, size_t index)
{
    bpo__sighting opposite = sightings->items[index];
    int32_t sign = opposite.sign;
    if (!is_first(sightings, &opposite))
        return 0;
    opposite.sign = -sign;
    return has(sightings, &opposite) && is_first(sightings, &opposite) ? 0 : sign;
}
