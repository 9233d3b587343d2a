/* SPDX-License-Identifier: Apache-2.0 */
/* Places: where an instant belongs, in which period and under which version. */
#include "ledger/place.h"

#include "core/fail.h"

/* Days since 0000-03-01, which makes leap days the last of their year. */
static int64_t day_number(const bpo_civil *civil)
{
    int64_t year = civil->month > 2 ? civil->year : civil->year - 1;
    int64_t month = civil->month > 2 ? civil->month - 3 : civil->month + 9;
    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + civil->day - 1;
}

/* The number of the first local date that begins at or after an instant. */
static bpo_status first_day(const bpo_zone *zone, bpo_time at, int64_t *ret_day, bpo_error *err)
{
    bpo_civil civil;
    bpo_status status = bpo_zone_to_civil(zone, at, &civil, err);
    if (status < 0)
        return status;
    bool midnight = civil.hour == 0 && civil.minute == 0 && civil.second == 0 && civil.microsecond == 0;
    *ret_day = day_number(&civil) + (midnight ? 0 : 1);
    return BPO_OK;
}

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

bpo_status bpo__place_days(const bpo_zone *zone, bpo_time from, bpo_time until, int64_t *ret_days, bpo_error *err)
{
    int64_t first, end;
    bpo_status status = first_day(zone, from, &first, err);
    if (status < 0 || (status = first_day(zone, until, &end, err)) < 0)
        return status;
    *ret_days = end - first;
    return BPO_OK;
}
