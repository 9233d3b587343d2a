/* SPDX-License-Identifier: Apache-2.0 */
/* Metering: which charges one occurrence concerns, and with which quantity.
 *
 * Everything is staged first and committed at the end, so that an occurrence counts wholly or not at all. */
#include "core/fail.h"
#include "pricing/staging.h"
#include "pricing/usage.h"
#include "terms/value_text.h"
#include "time/zone.h"
#include <bpo/decimal.h>

static const bpo__occurrence_kind source_kinds[] = {
    [BPO__METER_FACT] = BPO__OCCURRENCE_FACT,
    [BPO__METER_METRIC] = BPO__OCCURRENCE_RUN,
    [BPO__METER_SEATS] = BPO__OCCURRENCE_SEAT,
};

static bpo_status whole(int64_t value, bpo_decimal *ret_quantity)
{
    return bpo_decimal_set(value, 0, ret_quantity);
}

static bpo_decimal negated(bpo_decimal value)
{
    value.lo = ~value.lo + 1;
    value.hi = (int64_t)(~(uint64_t)value.hi + (value.lo == 0));
    return value;
}

static bool span(bpo_time from, bpo_time until, bpo_duration *ret_span)
{
    if (until < from || (from < 0 && until > INT64_MAX + from))
        return false;
    *ret_span = until - from;
    return true;
}

/* The time from `started` to `ended`. BPO_DONE where the fact does not have both. */
static bpo_status worked_time(const bpo__attributes *attributes, bpo_decimal *ret_quantity)
{
    bpo_duration worked;
    const bpo_value *started = bpo__attributes_find(attributes, BPO_VALUE_STARTED);
    const bpo_value *ended = bpo__attributes_find(attributes, BPO_VALUE_ENDED);
    if (!started || !ended)
        return BPO_DONE;
    return span(started->integer, ended->integer, &worked) ? whole(worked, ret_quantity) : BPO_E_RANGE;
}

/* The quantity of a fact without the value that is its quantity. */
static bpo_status absent_quantity(const bpo__meter *meter, const bpo__attributes *attributes, bpo_decimal *ret_quantity)
{
    switch (meter->quantity) {
    case 0:
    case BPO_VALUE_QUANTITY:
        return whole(1, ret_quantity);
    case BPO_VALUE_DURATION:
        return worked_time(attributes, ret_quantity);
    default:
        return BPO_DONE;
    }
}

static bpo_status fact_quantity(const bpo__meter *meter, const bpo__attributes *attributes, bpo_decimal *ret_quantity)
{
    const bpo_value *value = meter->quantity ? bpo__attributes_find(attributes, meter->quantity) : NULL;
    if (!value)
        return absent_quantity(meter, attributes, ret_quantity);
    if (value->type == BPO_TYPE_INTEGER)
        return whole(value->integer, ret_quantity);
    if (value->type != BPO_TYPE_DECIMAL)
        return BPO_DONE;
    *ret_quantity = value->decimal;
    return BPO_OK;
}

static bool state_is_billable(const bpo__charge *charge, const bpo__attributes *attributes)
{
    if (charge->billable)
        return bpo__condition_holds(charge->billable, attributes);
    const bpo_value *state = bpo__attributes_find(attributes, BPO_VALUE_STATE);
    return state && bpo__text_is((bpo__text){state->text, state->size}, "productive");
}

static bpo_status seat_days(const bpo__charge *charge, const bpo__occurrence *occurrence, bpo_decimal *ret_quantity)
{
    if (!state_is_billable(charge, occurrence->attributes))
        return BPO_DONE;
    const bpo_zone *zone = occurrence->plan->zone;
    return whole((int64_t)bpo__zone_local_days(zone, occurrence->until) -
                     bpo__zone_local_days(zone, occurrence->from),
                 ret_quantity);
}

static bpo_status quantity_of(const bpo__charge *charge, const bpo__occurrence *occurrence, bpo_decimal *ret_quantity)
{
    switch (charge->meter->source) {
    case BPO__METER_SEATS:
        return seat_days(charge, occurrence, ret_quantity);
    case BPO__METER_METRIC:
        return whole(occurrence->elapsed, ret_quantity);
    default:
        return fact_quantity(charge->meter, occurrence->attributes, ret_quantity);
    }
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && bpo__text_equal(bpo__text_of(a), bpo__text_of(b)));
}

static bool concerns(const bpo__charge *charge, const bpo__occurrence *occurrence)
{
    const bpo__meter *meter = charge->meter;
    if (!meter || source_kinds[meter->source] != occurrence->kind)
        return false;
    if (meter->source == BPO__METER_FACT && meter->fact != occurrence->fact->kind)
        return false;
    if (meter->source == BPO__METER_METRIC && !same_text(meter->metric->name, occurrence->metric))
        return false;
    return bpo__condition_holds(meter->when, occurrence->attributes) &&
           bpo__condition_holds(charge->filter, occurrence->attributes);
}

/* Makes the item keyed by the value of an attribute; an unknown one is replaced by the fact's subject. */
static void key_by(bpo__usage_item *item, const bpo__occurrence *occurrence, uint32_t attribute, char *room)
{
    const bpo_value *value = bpo__attributes_find(occurrence->attributes, attribute);
    item->keyed = true;
    item->distinct = value ? bpo__value_text(value, room) : occurrence->subject;
    item->quantity = (bpo_decimal){.lo = 1};
}

static bpo_status refuse(bpo_error *err, bpo_status status, const char *charge)
{
    if (status == BPO_E_NOMEM)
        return bpo__fail_memory(err);
    status = bpo__fail(err, status, BPO__MSG_usage_range, charge, charge, NULL, NULL);
    bpo__fail_prefix(err, "/pricing/charges/");
    return status;
}

/* The subject is seen; what it counts shows once all of it was. */
static bpo_status note(bpo__usage *usage, const bpo__charge *charge, const bpo__occurrence *occurrence, bpo_error *err)
{
    bpo__sighting sighting = {bpo__text_of(charge->name), occurrence->period_start, occurrence->version,
                              occurrence->sign};
    bpo_status status = bpo__sightings_note(bpo__usage_sightings(usage), &sighting);
    return status == BPO_OK ? BPO_OK : refuse(err, status, charge->name);
}

static bpo_status stage_charge(bpo__usage *usage, const bpo__charge *charge, const bpo__occurrence *occurrence,
                               bpo_error *err)
{
    char room[BPO__VALUE_TEXT_SIZE];
    bpo__usage_item item = {.charge = bpo__text_of(charge->name), .period_start = occurrence->period_start,
                            .version = occurrence->version};
    if (charge->meter->once_per_subject)
        return note(usage, charge, occurrence, err);
    bpo_status status = quantity_of(charge, occurrence, &item.quantity);
    if (status == BPO_DONE)
        return BPO_OK;
    if (status == BPO_OK) {
        if (charge->meter->once_per)
            key_by(&item, occurrence, charge->meter->once_per, room);
        if (occurrence->sign < 0)
            item.quantity = negated(item.quantity);
        status = bpo__usage_stage(usage, &item);
    }
    return status == BPO_OK ? BPO_OK : refuse(err, status, charge->name);
}

bpo_status bpo__usage_count(bpo__usage *usage, const bpo__occurrence *occurrence, bpo_error *err)
{
    const bpo__pricing *pricing = &occurrence->plan->pricing;
    size_t seen = bpo__usage_sightings(usage)->count;
    bpo_status status = BPO_OK;
    for (size_t i = 0; i < pricing->charge_count && status == BPO_OK; i++) {
        if (concerns(&pricing->charges[i], occurrence))
            status = stage_charge(usage, &pricing->charges[i], occurrence, err);
    }
    if (status == BPO_OK) {
        bpo__usage_commit(usage);
        return BPO_OK;
    }
    bpo__usage_abandon(usage);
    bpo__usage_sightings(usage)->count = seen;
    return status;
}

static bpo_status stage_sighting(bpo__usage *usage, size_t index, bpo_error *err)
{
    const bpo__sightings *sightings = bpo__usage_sightings(usage);
    const bpo__sighting *seen = &sightings->items[index];
    bpo__usage_item item = {.charge = seen->charge, .period_start = seen->period_start, .version = seen->version};
    int32_t worth = bpo__sightings_worth(sightings, index);
    if (worth == 0)
        return BPO_OK;
    bpo_status status = whole(worth, &item.quantity);
    if (status == BPO_OK)
        status = bpo__usage_stage(usage, &item);
    return status == BPO_OK ? BPO_OK : refuse(err, status, seen->charge.data);
}

bpo_status bpo__usage_settle(bpo__usage *usage, bpo_error *err)
{
    bpo__sightings *sightings = bpo__usage_sightings(usage);
    bpo_status status = BPO_OK;
    for (size_t i = 0; i < sightings->count && status == BPO_OK; i++)
        status = stage_sighting(usage, i, err);
    if (status == BPO_OK)
        bpo__usage_commit(usage);
    else
        bpo__usage_abandon(usage);
    sightings->count = 0;
    return status;
}
