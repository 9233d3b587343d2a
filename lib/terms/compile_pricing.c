/* SPDX-License-Identifier: Apache-2.0 */
/* Meters and charges: what becomes billable, and at which price. */
#include "core/fail.h"
#include "terms/compiler.h"
#include "terms/fact_table.h"
#include "terms/values.h"

static const bpo__text none = {NULL, 0};
static const char meters_root[] = "/pricing/meters";

/* --- meters ------------------------------------------------------------------------------------------------- */

static bool is_duration(uint32_t name)
{
    return name == BPO_VALUE_DURATION || name == BPO_VALUE_WAIT || name == BPO_VALUE_TALK || name == BPO_VALUE_HOLD ||
           name == BPO_VALUE_AFTER_WORK;
}

static bpo_status check_quantity(bpo__compiler *c, const bpo__definition *definition, const bpo__meter *meter)
{
    int32_t type = bpo__declared_type(&c->plan->declarations, meter->quantity);
    bpo__place place;

    if (meter->quantity == 0 || type == BPO_TYPE_INTEGER || type == BPO_TYPE_DECIMAL)
        return BPO_OK;
    return bpo__fail_text(c->err, BPO_E_VALUE, BPO__MSG_attribute_type,
                          bpo__text_of(bpo__definition_place(definition, "quantity", &place)),
                          bpo__definition_value(definition, "quantity"),
                          type == BPO_TYPE_TEXT ? BPO__TEXT("text") : BPO__TEXT("instant"),
                          BPO__TEXT("number or decimal, declared below /attributes"));
}

static bpo_status read_source(bpo__compiler *c, const bpo__definition *definition, bpo__meter *meter)
{
    bpo__text fact = bpo__definition_value(definition, "fact");
    bpo__text metric = bpo__definition_value(definition, "metric");
    bpo__place place;

    if (metric.data) {
        meter->source = BPO__METER_METRIC;
        return bpo__find_metric(c, bpo__definition_place(definition, "metric", &place), metric, &meter->metric);
    }
    if (!fact.data)
        return bpo__definition_missing(c, definition, "fact",
                                       "a meter counts facts of a kind, or the time of a metric");
    bpo_fact_kind_find(fact.data, fact.size, &meter->fact);
    meter->source = meter->fact == BPO_SEAT_CHANGED ? BPO__METER_SEATS : BPO__METER_FACT;
    return BPO_OK;
}

/* Fields that cannot stand together. */
static bpo_status check_meter(bpo__compiler *c, const bpo__definition *definition, const bpo__meter *meter)
{
    static const char *const pairs[][2] = {
        {"metric", "fact"}, {"quantity", "metric"}, {"once_per", "metric"}, {"once_per", "quantity"}};
    static const char *const seatless[] = {"quantity", "once_per"};
    bpo_status status = BPO_OK;
    bpo__place place;

    for (size_t i = 0; status == BPO_OK && i < sizeof pairs / sizeof pairs[0]; i++)
        status = bpo__definition_excludes(c, definition, pairs[i][0], pairs[i][1]);
    for (size_t i = 0; status == BPO_OK && meter->source == BPO__METER_SEATS && i < 2; i++)
        if (bpo__definition_value(definition, seatless[i]).data)
            return bpo__fail(c->err, BPO_E_VALUE, BPO__MSG_field_misplaced,
                             bpo__definition_place(definition, seatless[i], &place), "fact", "seat.changed", NULL);
    return status == BPO_OK ? check_quantity(c, definition, meter) : status;
}

/* A ticket is the subject of its own facts, whatever these carry. */
static bool counts_subjects(const bpo__meter *meter)
{
    const bpo__fact_row *row = bpo__fact_row_of(meter->fact);

    return meter->once_per == BPO_VALUE_TICKET && row && row->subject == BPO__SUBJECT_TICKET;
}

static bpo_status compile_meter(bpo__compiler *c, bpo__text name, bpo__meter *meter)
{
    bpo__branch branch = bpo__branch_at(c->root, meters_root + 1);
    bpo__definition definition;
    bpo_status status = bpo__compile_text(c, name, &meter->name);

    if (status != BPO_OK)
        return status;
    definition = bpo__definition_of(BPO__COLLECTION_METER, meters_root, name, bpo__branch_at(branch, meter->name));
    status = read_source(c, &definition, meter);
    if (status == BPO_OK)
        status = bpo__definition_condition(c, &definition, "when", &meter->when);
    if (status == BPO_OK)
        status = bpo__definition_attribute(c, &definition, "quantity", &meter->quantity);
    if (status == BPO_OK)
        status = bpo__definition_attribute(c, &definition, "once_per", &meter->once_per);
    meter->quantity_is_duration = is_duration(meter->quantity);
    meter->once_per_subject = counts_subjects(meter);
    return status == BPO_OK ? check_meter(c, &definition, meter) : status;
}

/* The meters that charges mean without naming one. */
static bpo__text default_meter(bpo__branch charge)
{
    bpo__text model = bpo__branch_value(charge, "model");

    if (bpo__text_is(model, "per_seat"))
        return BPO__TEXT("seats");
    return bpo__text_is(model, "hourly") ? BPO__TEXT("hours_worked") : none;
}

static bpo_status add_default_meters(bpo__compiler *c, bpo__name_list *list)
{
    bpo__branch charges = bpo__branch_at(c->root, "pricing/charges");
    bpo_status status = BPO_OK;
    size_t position = 0;
    bpo__branch charge;
    bpo__text token;

    while (status == BPO_OK && bpo__branch_next(charges, &position, &charge, &token))
        if (!bpo__branch_value(charge, "meter").data && default_meter(charge).data)
            status = bpo__name_list_add(c, list, default_meter(charge));
    return status;
}

bpo_status bpo__compile_meters(bpo__compiler *c)
{
    bpo__name_list list = {NULL, 0, 0};
    bpo__meter *meters;
    bpo_status status = bpo__name_list_add_children(c, &list, meters_root);

    if (status == BPO_OK)
        status = bpo__name_list_add_presets(c, &list, "/pricing/charges", "meter", BPO__COLLECTION_METER);
    if (status == BPO_OK)
        status = add_default_meters(c, &list);
    if (status != BPO_OK)
        return status;
    bpo__name_list_settle(&list);
    meters = bpo__arena_alloc(c->arena, list.count * sizeof *meters);
    if (!meters)
        return bpo__fail_memory(c->err);
    for (size_t i = 0; status == BPO_OK && i < list.count; i++)
        status = compile_meter(c, list.names[i], &meters[i]);
    c->plan->pricing.meters = meters;
    c->plan->pricing.meter_count = list.count;
    return status;
}

/* --- charges ------------------------------------------------------------------------------------------------ */

/* The number of an amount, without its currency. */
static bpo__text number_of(bpo__text money)
{
    size_t size = 0;

    while (size < money.size && money.data[size] != ' ')
        size++;
    return (bpo__text){money.data, size};
}

static bpo_status read_money(bpo__compiler *c, bpo__branch branch, const char *field, bpo_decimal *ret_amount,
                             const char **ret_text)
{
    bpo__place place;
    bpo__text value = bpo__branch_value(branch, field);
    bpo_status status =
        bpo__value_money(bpo__place_of(&place, branch, field), value, c->plan->pricing.currency, ret_amount, c->err);

    return status == BPO_OK && ret_text ? bpo__compile_text(c, number_of(value), ret_text) : status;
}

static bpo_status read_bound(bpo__compiler *c, bpo__branch entry, const bpo__tier *before, bool last, bpo__tier *tier)
{
    static const bpo_decimal zero = {0, 0, 0, 0};
    char text[BPO_DECIMAL_TEXT_SIZE];
    bpo__text value = bpo__branch_value(entry, "up_to");
    const bpo_decimal *floor = before ? &before->up_to : &zero;
    bpo__place place;
    bpo_status status;

    tier->unbounded = !value.data;
    if (last && value.data)
        return bpo__refuse(c, entry, "up_to", BPO__MSG_tier_last_bounded, none, none);
    if (!value.data)
        return last ? BPO_OK : bpo__refuse_missing(c, entry, "up_to", "only the last tier has no end");
    status = bpo__value_decimal(bpo__place_of(&place, entry, "up_to"), value, &tier->up_to, c->err);
    if (status != BPO_OK || bpo_decimal_compare(&tier->up_to, floor) > 0)
        return status;
    bpo_decimal_format(floor, text, sizeof text);
    return bpo__refuse(c, entry, "up_to", BPO__MSG_tier_not_rising, value, bpo__text_of(text));
}

static bpo_status read_tier(bpo__compiler *c, bpo__branch entry, const bpo__tier *before, bool last, bpo__tier *tier)
{
    bpo_status status = read_bound(c, entry, before, last, tier);

    if (status != BPO_OK)
        return status;
    if (!bpo__branch_value(entry, "rate").data)
        return bpo__refuse_missing(c, entry, "rate", "each tier has a price such as 1.20");
    status = read_money(c, entry, "rate", &tier->rate, &tier->rate_text);
    if (status == BPO_OK && bpo__branch_value(entry, "flat").data)
        status = read_money(c, entry, "flat", &tier->flat, NULL);
    return status;
}

static bpo_status read_tiers(bpo__compiler *c, bpo__branch table, bpo__charge *charge)
{
    bpo__tier *tiers;
    size_t count;
    bpo_status status = bpo__compile_table_size(c, table, &count);

    if (status != BPO_OK)
        return status;
    tiers = bpo__arena_alloc(c->arena, count * sizeof *tiers);
    if (!tiers)
        return bpo__fail_memory(c->err);
    for (size_t i = 0; status == BPO_OK && i < count; i++)
        status = read_tier(c, bpo__table_entry(table, i), i ? &tiers[i - 1] : NULL, i + 1 == count, &tiers[i]);
    charge->tiers = tiers;
    charge->tier_count = count;
    return status;
}

static bpo_status read_prices(bpo__compiler *c, bpo__branch branch, bpo__charge *charge)
{
    bpo__branch tiers = bpo__branch_at(branch, "tiers");
    bool has_rate = bpo__branch_value(branch, "rate").data != NULL;

    if (bpo__branch_is_empty(tiers))
        return has_rate ? read_money(c, branch, "rate", &charge->rate, &charge->rate_text)
                        : bpo__refuse_missing(c, branch, "rate", "a charge has a rate such as 24.50, or tiers");
    if (has_rate)
        return bpo__refuse(c, branch, "tiers", BPO__MSG_field_excludes, BPO__TEXT("rate"), none);
    if (charge->model != BPO__MODEL_PER_TASK)
        return bpo__refuse(c, branch, "tiers", BPO__MSG_field_misplaced, BPO__TEXT("model"),
                           bpo__text_of(charge->model_text));
    return read_tiers(c, tiers, charge);
}

/* Whether a model can charge what a meter counts: seats or people, pieces, time. */
static bool suits(bpo__model model, const bpo__meter *meter)
{
    bool time = meter->source == BPO__METER_METRIC || meter->quantity_is_duration;

    if (model == BPO__MODEL_HOURLY)
        return time;
    return model == BPO__MODEL_PER_SEAT ? !time : !time && meter->source == BPO__METER_FACT;
}

static bpo_status read_meter(bpo__compiler *c, bpo__branch branch, bpo__charge *charge)
{
    bpo__text name = bpo__branch_value(branch, "meter");
    bpo__place place;

    if (charge->model == BPO__MODEL_FIXED)
        return name.data ? bpo__refuse(c, branch, "meter", BPO__MSG_field_misplaced, BPO__TEXT("model"),
                                       bpo__text_of(charge->model_text))
                         : BPO_OK;
    if (!name.data)
        name = default_meter(branch);
    if (!name.data)
        return bpo__refuse_missing(c, branch, "meter", "it says what is counted, for example tickets_resolved");
    charge->meter = bpo__named_find(c->plan->pricing.meters, c->plan->pricing.meter_count, sizeof *charge->meter, name);
    if (!charge->meter)
        return bpo__reference_unknown(c, bpo__place_of(&place, branch, "meter"), name, "meter",
                                      "define it below /pricing/meters, or name a preset");
    if (!suits(charge->model, charge->meter))
        return bpo__refuse(c, branch, "meter", BPO__MSG_field_misplaced, BPO__TEXT("model"),
                           bpo__text_of(charge->model_text));
    return BPO_OK;
}

static bpo_status read_conditions(bpo__compiler *c, bpo__branch branch, bpo__charge *charge)
{
    bool seats = charge->meter && charge->meter->source == BPO__METER_SEATS;
    bpo_status status;

    if (!charge->meter && bpo__branch_value(branch, "filter").data)
        return bpo__refuse(c, branch, "filter", BPO__MSG_field_misplaced, BPO__TEXT("model"),
                           bpo__text_of(charge->model_text));
    if (!seats && bpo__branch_value(branch, "billable").data)
        return bpo__refuse(c, branch, "billable", BPO__MSG_field_misplaced, BPO__TEXT("model"),
                           bpo__text_of(charge->model_text));
    status = bpo__compile_condition(c, branch, "filter", &charge->filter);
    return status == BPO_OK ? bpo__compile_condition(c, branch, "billable", &charge->billable) : status;
}

static bpo_status compile_charge(bpo__compiler *c, bpo__branch branch, bpo__text name, bpo__charge *charge)
{
    static const char models[] = "fixed,per_seat,per_task,hourly";
    bpo__text model = bpo__branch_value(branch, "model");
    bpo__place place;
    int32_t index = 0;
    bpo_status status = bpo__compile_text(c, name, &charge->name);

    if (status != BPO_OK)
        return status;
    if (!model.data)
        return bpo__refuse_missing(c, branch, "model", "it is one of fixed, per_seat, per_task, hourly");
    status = bpo__value_choice(bpo__place_of(&place, branch, "model"), model, models, &index, c->err);
    if (status == BPO_OK)
        status = bpo__compile_text(c, model, &charge->model_text);
    charge->model = (bpo__model)(BPO__MODEL_FIXED + index);
    if (status == BPO_OK)
        status = read_meter(c, branch, charge);
    if (status == BPO_OK)
        status = read_prices(c, branch, charge);
    return status == BPO_OK ? read_conditions(c, branch, charge) : status;
}

/* Currency and rounding, which every charge shares. */
static bpo_status read_common(bpo__compiler *c, bool has_charges)
{
    bpo__pricing *pricing = &c->plan->pricing;
    bpo__text currency = bpo__branch_value(c->root, "contract/currency");
    bpo__text rounding = bpo__branch_value(c->root, "pricing/rounding");
    int32_t index = 0;
    bpo_status status = BPO_OK;

    if (rounding.data)
        status = bpo__value_choice("/pricing/rounding", rounding, "half_away,half_even,half_down,up,down,floor,ceiling",
                                   &index, c->err);
    if (status != BPO_OK)
        return status;
    pricing->rounding = BPO_ROUNDING_HALF_AWAY + index;
    if (!currency.data)
        return has_charges ? bpo__refuse_missing(c, c->root, "contract/currency", "prices need one, such as EUR")
                           : BPO_OK;
    memcpy(pricing->currency, currency.data, 3);
    return bpo_currency_digits(pricing->currency, &pricing->currency_digits);
}

bpo_status bpo__compile_charges(bpo__compiler *c)
{
    bpo__branch branch = bpo__branch_at(c->root, "pricing/charges");
    bpo__pricing *pricing = &c->plan->pricing;
    size_t position = 0;
    bpo__charge *charges = bpo__arena_alloc(c->arena, bpo__branch_child_count(branch) * sizeof *charges);
    bpo_status status = charges ? read_common(c, !bpo__branch_is_empty(branch)) : bpo__fail_memory(c->err);
    bpo__branch child;
    bpo__text name;

    while (status == BPO_OK && bpo__branch_next(branch, &position, &child, &name))
        status = compile_charge(c, child, name, &charges[pricing->charge_count++]);
    pricing->charges = charges;
    if (status != BPO_OK)
        return status;
    return bpo__compile_order(c, "/pricing/order", "charge", charges, pricing->charge_count, sizeof *charges);
}
