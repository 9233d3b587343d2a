/* SPDX-License-Identifier: Apache-2.0 */
/* Places: where an instant belongs, in which period and under which version. */
#include "ledger/place.h"

#include "core/fail.h"
#include "time/zone.h"

bpo_status bpo__place_find(bpo__place *place, const bpo_contract *contract, bpo_time at, bpo_error *err)
{
    bpo__place found;
    if (place->from <= at && at < place->until)
        return BPO_OK;
    bpo_status status = bpo__contract_period_at(contract, at, &found.period_start, &found.period_end, err);
    if (status < 0)
        return status;
    size_t version = bpo_contract_version_at(contract, at);
    bpo_time next = bpo__contract_next_version(contract, at);
    found.version = (uint32_t)version;
    found.plan = bpo__contract_plan(contract, version);
    found.from = bpo_contract_version_at(contract, found.period_start) == version ? found.period_start : at;
    found.until = next < found.period_end ? next : found.period_end;
    *place = found;
    return BPO_OK;
}

bpo_status bpo__places_of(const bpo_contract *contract, bpo_time start, bpo_time end, bpo__place **ret_places,
                          size_t *ret_count, bpo_error *err)
{
    bpo_context *context = bpo__contract_context(contract);
    void *places = NULL;
    size_t count = 0, capacity = 0;
    bpo_status status = BPO_OK;
    bpo__place place = {0};
    for (bpo_time at = start; at < end && status >= 0; at = place.until) {
        status = bpo__place_find(&place, contract, at, err);
        if (status >= 0 && bpo__reserve(context, &places, &capacity, count, 1, sizeof place) < 0)
            status = bpo__fail_memory(err);
        if (status < 0)
            break;
        place.from = at;
        place.until = place.until < end ? place.until : end;
        ((bpo__place *)places)[count++] = place;
    }
    if (status >= 0) {
        void *exact = count > 0 ? bpo__resize(context, places, capacity * sizeof place, count * sizeof place) : NULL;
        if (exact != NULL) {
            *ret_places = exact;
            *ret_count = count;
            return BPO_OK;
        }
        status = bpo__fail_memory(err);
    }
    bpo__free(context, places, capacity * sizeof place);
    return status;
}

int64_t bpo__place_days(const bpo__place *place, bpo_time from, bpo_time until)
{
    const bpo_zone *zone = place->plan->zone;
    return (int64_t)bpo__zone_local_days(zone, until) - bpo__zone_local_days(zone, from);
}
