/* SPDX-License-Identifier: Apache-2.0 */
/* Rating: from quantities to rounded lines with their explanation (spec/pricing.md sections 3, 6 and 16).
 *
 * Law: a line's amount is exact until it is rounded once; rating in one piece or in several positions gives the same
 * exact total. The steps of a line replay to its amount. */
#include "pricing/rating.h"
#include "core/fail.h"
#include "pricing/steps.h"

#define MICROSECONDS_PER_HOUR INT64_C(3600000000)
#define STEP_DIGITS 2       /* places that amounts in steps have at least */
#define OTHER_STEPS 4       /* quantity, position, product, rounding */
#define TIER_LABEL_SIZE 32  /* "tier N: " */

/* How a model turns the meter's unit into the charge's. */
typedef struct unit_row {
    const char *name;
    const char *plural;
    const char *metered; /* the meter's unit, where it is another */
    int64_t per_unit;    /* the meter's units in one; 0: the days of the period */
} unit_row;

static const unit_row period_unit = {"period", "periods", "days", 0};
static const unit_row task_unit = {"task", "tasks", NULL, 1};
static const unit_row hour_unit = {"hour", "hours", "microseconds", MICROSECONDS_PER_HOUR};
static const unit_row seat_unit = {"seat", "seats", NULL, 1};
static const unit_row seat_day_unit = {"seat", "seats", "seat-days", 0};

static const char *const rounding_names[] = {
    [BPO_ROUNDING_HALF_AWAY] = "half_away", [BPO_ROUNDING_HALF_EVEN] = "half_even",
    [BPO_ROUNDING_HALF_DOWN] = "half_down", [BPO_ROUNDING_UP] = "up",
    [BPO_ROUNDING_DOWN] = "down",           [BPO_ROUNDING_FLOOR] = "floor",
    [BPO_ROUNDING_CEILING] = "ceiling",
};

/* What the parts of one rating share. */
typedef struct rating {
    const bpo__pricing *pricing;
    const bpo__charge *charge;
    const unit_row *unit;
    bpo__ratio per_unit;
    bpo__steps *steps; /* NULL: nobody wants to know */
} rating;

static const unit_row *unit_of(const bpo__charge *charge)
{
    switch (charge->model) {
    case BPO__MODEL_FIXED:
        return &period_unit;
    case BPO__MODEL_PER_SEAT:
        return charge->meter->source == BPO__METER_SEATS ? &seat_day_unit : &seat_unit;
    case BPO__MODEL_HOURLY:
        return &hour_unit;
    default:
        return &task_unit;
    }
}

static const char *unit_word(const rating *r, const char *quantity)
{
    return bpo__text_is(bpo__text_of(quantity), "1") ? r->unit->name : r->unit->plural;
}

static bpo_status explain_quantity(const rating *r, const bpo_decimal *metered, bpo__ratio quantity)
{
    char from[BPO_DECIMAL_TEXT_SIZE], by[BPO__RATIO_TEXT_SIZE], text[BPO__RATIO_TEXT_SIZE];
    bpo__ratio_format(quantity, text);
    if (!r->unit->metered)
        return BPO__STEP(r->steps, "quantity: ", text, " ", unit_word(r, text));
    bpo_decimal_format(metered, from, sizeof from);
    bpo__ratio_format(r->per_unit, by);
    return BPO__STEP(r->steps, "quantity: ", from, " ", r->unit->metered, " / ", by, " = ", text, " ",
                     unit_word(r, text));
}

/* "tier 1: 1000 x 1.20 = 1200.00" */
static bpo_status explain_product(const rating *r, const char *label, bpo__ratio quantity, const char *rate,
                                  bpo__ratio amount)
{
    char left[BPO__RATIO_TEXT_SIZE], right[BPO__RATIO_TEXT_SIZE];
    bpo__ratio_format(quantity, left);
    bpo__step_number(amount, STEP_DIGITS, right);
    return BPO__STEP(r->steps, label, left, " x ", rate, " = ", right);
}

static bpo_status explain_rounding(const rating *r, const bpo_decimal *amount)
{
    char digits[BPO__INTEGER_TEXT_SIZE], text[BPO_DECIMAL_TEXT_SIZE];
    bpo__integer_format(r->pricing->currency_digits, digits);
    bpo_decimal_format(amount, text, sizeof text);
    return BPO__STEP(r->steps, "round ", rounding_names[r->pricing->rounding], " to ", digits, " places: ", text);
}

/* "tier 2: flat 50.00"; a tier without one says nothing. */
static bpo_status explain_flat(const rating *r, const char *label, const bpo_decimal *flat)
{
    char text[BPO_DECIMAL_TEXT_SIZE];
    if (flat->hi == 0 && flat->lo == 0)
        return BPO_OK;
    bpo_decimal_format(flat, text, sizeof text);
    return BPO__STEP(r->steps, label, "flat ", text);
}

static bpo_status explain_position(const rating *r, bpo__ratio position)
{
    char text[BPO__RATIO_TEXT_SIZE];
    bpo__ratio_format(position, text);
    return BPO__STEP(r->steps, "position: ", text, " ", unit_word(r, text), " came before in the period");
}

static void tier_label(size_t number, char label[TIER_LABEL_SIZE])
{
    memcpy(label, "tier ", 5);
    size_t size = 5 + bpo__unsigned_format(number, label + 5);
    memcpy(label + size, ": ", 3);
}

static bool is_less(bpo__ratio a, bpo__ratio b)
{
    return bpo__ratio_compare(a, b) < 0;
}

static bpo_status add_product(bpo__ratio quantity, const bpo_decimal *rate, bpo__ratio *total, bpo__ratio *ret_product)
{
    bpo__ratio price, product;
    bpo_status status = bpo__ratio_of_decimal(rate, &price);
    if (status == BPO_OK)
        status = bpo__ratio_multiply(quantity, price, &product);
    if (status == BPO_OK)
        status = bpo__ratio_add(*total, product, total);
    if (status == BPO_OK)
        *ret_product = product;
    return status;
}

/* Adds one tier, above `lower`, to the total: its part of the way at its rate, and its flat amount where the position
 * enters it on the way. */
static bpo_status add_tier(const rating *r, const bpo__tier *tier, size_t number, bpo__ratio lower, bpo__ratio from,
                           bpo__ratio until, bpo__ratio *total)
{
    char label[TIER_LABEL_SIZE];
    bpo__ratio part, product, upper = until;
    bpo__ratio start = is_less(from, lower) ? lower : from;
    bpo_status status = tier->unbounded ? BPO_OK : bpo__ratio_of_decimal(&tier->up_to, &upper);
    if (is_less(until, upper))
        upper = until;
    if (status != BPO_OK || !is_less(start, upper))
        return status;
    tier_label(number, label);
    status = bpo__ratio_subtract(upper, start, &part);
    if (status == BPO_OK)
        status = add_product(part, &tier->rate, total, &product);
    if (status == BPO_OK && r)
        status = explain_product(r, label, part, tier->rate_text, product);
    if (status != BPO_OK || is_less(lower, from)) /* was in it before */
        return status;
    status = add_product(bpo__ratio_of(1), &tier->flat, total, &product);
    return status == BPO_OK && r ? explain_flat(r, label, &tier->flat) : status;
}

static bpo_status graduated(const rating *r, const bpo__tier *tiers, size_t tier_count, bpo__ratio from,
                            bpo__ratio until, bpo__ratio *ret_amount)
{
    bpo__ratio total = bpo__ratio_of(0), lower = bpo__ratio_of(0);
    bpo_status status = BPO_OK;
    for (size_t i = 0; i < tier_count && status == BPO_OK; i++) {
        status = add_tier(r, &tiers[i], i + 1, lower, from, until, &total);
        if (status == BPO_OK && !tiers[i].unbounded)
            status = bpo__ratio_of_decimal(&tiers[i].up_to, &lower);
    }
    if (status == BPO_OK)
        *ret_amount = total;
    return status;
}

/* The exact amount of moving the position of the charge from `from` to `until`. */
static bpo_status exact_amount(const rating *r, bpo__ratio from, bpo__ratio until, bpo__ratio quantity,
                               bpo__ratio *ret_amount)
{
    bpo__ratio total = bpo__ratio_of(0), product;
    bpo_status status = BPO_OK;
    if (r->charge->tier_count > 0) {
        if (!bpo__ratio_is_zero(from))
            status = explain_position(r, from);
        return status == BPO_OK
                   ? graduated(r, r->charge->tiers, r->charge->tier_count, from, until, ret_amount)
                   : status;
    }
    status = add_product(quantity, &r->charge->rate, &total, &product);
    if (status == BPO_OK)
        status = explain_product(r, "", quantity, r->charge->rate_text, product);
    if (status == BPO_OK)
        *ret_amount = total;
    return status;
}

static bpo_status unit_quantity(const rating *r, const bpo_decimal *metered, bpo__ratio *ret_quantity)
{
    bpo_status status = bpo__ratio_of_decimal(metered, ret_quantity);
    return status == BPO_OK ? bpo__ratio_divide(*ret_quantity, r->per_unit, ret_quantity) : status;
}

/* Rates one segment from the charge's position on, and moves the position. */
static bpo_status rate_segment(const rating *r, const bpo__segment *segment, bpo__ratio *position, bpo__line *line)
{
    char text[BPO__RATIO_TEXT_SIZE];
    bpo__ratio until, amount;
    *line = (bpo__line){.charge = segment->charge, .version = segment->version, .unit = r->unit->name};
    bpo_status status = unit_quantity(r, &segment->quantity, &line->quantity);
    if (status == BPO_OK)
        status = bpo__ratio_add(*position, line->quantity, &until);
    if (status == BPO_OK)
        status = explain_quantity(r, &segment->quantity, line->quantity);
    if (status == BPO_OK)
        status = exact_amount(r, *position, until, line->quantity, &amount);
    if (status == BPO_OK)
        status = bpo__ratio_round(amount, r->pricing->currency_digits, r->pricing->rounding, NULL, &line->amount);
    if (status == BPO_OK)
        status = explain_rounding(r, &line->amount);
    if (status != BPO_OK)
        return status;
    size_t size = bpo__ratio_format(line->quantity, text);
    line->quantity_text = bpo__arena_text(r->steps->arena, text, size);
    line->steps = r->steps->list;
    line->step_count = r->steps->count;
    *position = until;
    return line->quantity_text ? BPO_OK : BPO_E_NOMEM;
}

static bpo_status refuse(bpo_error *err, bpo_status status, const bpo__segment *segment)
{
    char text[BPO_DECIMAL_TEXT_SIZE];
    const char *name = segment->charge->name;
    if (status == BPO_E_NOMEM)
        return bpo__fail_memory(err);
    bpo_decimal_format(&segment->quantity, text, sizeof text);
    int32_t message = status == BPO_E_STATE ? BPO__MSG_usage_below_zero : BPO__MSG_amount_range;
    status = bpo__fail(err, status, message, name, name, text, NULL);
    bpo__fail_prefix(err, "/pricing/charges/");
    return status;
}

static bpo_status rate_one(const bpo__pricing *pricing, const bpo__segment *segment, int64_t period_days,
                           bpo__arena *arena, bpo__ratio *position, bpo__line *line)
{
    bpo__steps steps;
    rating r = {.pricing = pricing, .charge = segment->charge, .unit = unit_of(segment->charge), .steps = &steps};
    if (segment->quantity.hi < 0)
        return BPO_E_STATE;
    r.per_unit = bpo__ratio_of(r.unit->per_unit ? r.unit->per_unit : period_days);
    bpo_status status = bpo__steps_init(&steps, arena, OTHER_STEPS + 2 * segment->charge->tier_count);
    return status == BPO_OK ? rate_segment(&r, segment, position, line) : status;
}

bpo_status bpo__rate(const bpo__pricing *pricing, const bpo__segment *segments, size_t count, int64_t period_days,
                     bpo__arena *arena, bpo__line *lines, bpo_error *err)
{
    bpo__ratio position = bpo__ratio_of(0);
    if (period_days <= 0)
        return bpo__fail(err, BPO_E_INVALID, BPO__MSG_argument_invalid, NULL, "period_days", "must be positive", NULL);
    bpo__line *rated = bpo__arena_alloc(arena, count * sizeof *rated);
    if (!rated)
        return bpo__fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        bpo_status status = rate_one(pricing, &segments[i], period_days, arena, &position, &rated[i]);
        if (status != BPO_OK)
            return refuse(err, status, &segments[i]);
    }
    for (size_t i = 0; i < count; i++)
        lines[i] = rated[i];
    return BPO_OK;
}

bpo_status bpo__graduated_amount(const bpo__tier *tiers, size_t tier_count, bpo__ratio from, bpo__ratio until,
                                 bpo__ratio *ret_amount)
{
    return graduated(NULL, tiers, tier_count, from, until, ret_amount);
}
