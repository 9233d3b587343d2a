/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of charges: the exact amounts of pricing/rating.h, before they are rounded to a line. */
#include "arithmetic.h"
#include "pricing/rating.h"
#include <string.h>

#define MOST_TIERS 16

static const bpo__tier no_tier = {false, {0, 0, 0, 0}, {0, 0, 0, 0}, {0, 0, 0, 0}, NULL};

static bool is_known(vector *v, const char *key, const char *const *known)
{
    for (; *known; known++)
        if (strcmp(key, *known) == 0)
            return true;
    skip(v, "option %s is not built", key);
    return false;
}

/* False, and skipped, for an input that asks for something that is not built. */
static bool only_known(vector *v, const char *const *known)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)v->input, key, value)
    {
        if (!json_is_null(value) && !is_known(v, key, known))
            return false;
    }
    return true;
}

static void expect_ratio(vector *v, const char *key, bpo__ratio found)
{
    char text[BPO__RATIO_TEXT_SIZE];
    bpo__ratio_format(found, text);
    expect_decimal(v, key, text);
}

/* A flat rate is one tier without end. */
static void charge_unit(vector *v)
{
    static const char *const known[] = {"quantity", "unit_price", NULL};
    bpo_error err = BPO_ERROR_INIT;
    bpo__tier tier = no_tier;
    bpo__ratio quantity;
    bpo__ratio amount;
    tier.unbounded = true;
    if (only_known(v, known) && parse_ratio(v, text_of(v->input, "quantity", ""), &quantity) &&
        parse_decimal(v, text_of(v->input, "unit_price", ""), &tier.rate) &&
        succeeded(v, bpo__graduated_amount(&tier, 1, bpo__ratio_of(0), quantity, &amount), &err))
        expect_ratio(v, "amount", amount);
}

static bool read_tier(vector *v, const json_t *from, bpo__tier *tier)
{
    const char *bound = text_of(from, "up_to", NULL);
    *tier = no_tier;
    tier->unbounded = !bound;
    tier->rate_text = text_of(from, "unit", "0");
    if (json_object_get(from, "cap")) {
        skip(v, "option cap is not built");
        return false;
    }
    return (!bound || parse_decimal(v, bound, &tier->up_to)) && parse_decimal(v, tier->rate_text, &tier->rate) &&
           parse_decimal(v, text_of(from, "flat", "0"), &tier->flat);
}

static size_t read_tiers(vector *v, const json_t *price, bpo__tier *tiers)
{
    const json_t *list = json_object_get(price, "tiers");
    size_t count = json_array_size(list);
    if (count > MOST_TIERS) {
        skip(v, "more than %d tiers", MOST_TIERS);
        return 0;
    }
    for (size_t i = 0; i < count; i++)
        if (!read_tier(v, json_array_get(list, i), &tiers[i]))
            return 0;
    return count;
}

/* What each tier brings on its own, up to the one that is reached. */
static void expect_tier_amounts(vector *v, const bpo__tier *tiers, size_t count, bpo__ratio quantity)
{
    bpo_error err = BPO_ERROR_INIT;
    const json_t *wanted = json_object_get(v->expected, "tier_amounts");
    bpo__ratio from = bpo__ratio_of(0);
    size_t reached = json_array_size(wanted);
    json_object_set_new(v->checked, "tier_amounts", json_true());
    for (size_t i = 0; i < reached && i < count; i++) {
        bpo__ratio until = quantity;
        bpo__ratio amount;
        if (!tiers[i].unbounded && succeeded(v, bpo__ratio_of_decimal(&tiers[i].up_to, &until), &err) &&
            bpo__ratio_compare(until, quantity) > 0)
            until = quantity;
        if (!succeeded(v, bpo__graduated_amount(tiers, count, from, until, &amount), &err))
            return;
        json_object_set(v->expected, "tier", json_array_get(wanted, i));
        expect_ratio(v, "tier", amount);
        from = until;
    }
    json_object_del(v->expected, "tier");
}

static void charge_graduated(vector *v)
{
    static const char *const known[] = {"quantity", "tiers", "zero_usage_flat", NULL};
    bpo_error err = BPO_ERROR_INIT;
    bpo__tier tiers[MOST_TIERS];
    bpo__ratio quantity;
    bpo__ratio amount;
    size_t count = only_known(v, known) ? read_tiers(v, v->input, tiers) : 0;
    if (count == 0 || !parse_ratio(v, text_of(v->input, "quantity", ""), &quantity))
        return;
    bool flat_at_zero = json_is_true(json_object_get(v->input, "zero_usage_flat"));
    bool flat_first = bpo_decimal_compare(&tiers[0].flat, &no_tier.flat) != 0;
    if (bpo__ratio_is_zero(quantity) && flat_at_zero && flat_first) {
        skip(v, "a flat price without usage is not built");
        return;
    }
    if (!succeeded(v, bpo__graduated_amount(tiers, count, bpo__ratio_of(0), quantity, &amount), &err))
        return;
    expect_ratio(v, "amount", amount);
    if (expects(v, "tier_amounts"))
        expect_tier_amounts(v, tiers, count, quantity);
}

/* The further amount from one cumulative quantity to another. */
static void charge_graduated_delta(vector *v)
{
    static const char *const known[] = {"from", "to", "tiers", NULL};
    bpo_error err = BPO_ERROR_INIT;
    bpo__tier tiers[MOST_TIERS];
    bpo__ratio from;
    bpo__ratio until;
    bpo__ratio amount;
    size_t count = only_known(v, known) ? read_tiers(v, v->input, tiers) : 0;
    if (count > 0 && parse_ratio(v, text_of(v->input, "from", ""), &from) &&
        parse_ratio(v, text_of(v->input, "to", ""), &until) &&
        succeeded(v, bpo__graduated_amount(tiers, count, from, until, &amount), &err))
        expect_ratio(v, "amount", amount);
}

/* What each cumulative quantity brings beyond the one before it: less, where it was corrected downward. */
static void expect_deltas(vector *v, const bpo__tier *tiers, size_t count)
{
    bpo_error err = BPO_ERROR_INIT;
    const json_t *wanted = json_object_get(v->expected, "deltas");
    const json_t *cumulative = json_object_get(v->input, "cumulative");
    bpo__ratio billed = bpo__ratio_of(0);
    json_object_set_new(v->checked, "deltas", json_true());
    for (size_t i = 0; i < json_array_size(cumulative); i++) {
        bpo__ratio quantity;
        bpo__ratio amount;
        bpo__ratio delta;
        if (!parse_ratio(v, json_string_value(json_array_get(cumulative, i)), &quantity) ||
            !succeeded(v, bpo__graduated_amount(tiers, count, bpo__ratio_of(0), quantity, &amount), &err) ||
            !succeeded(v, bpo__ratio_subtract(amount, billed, &delta), &err))
            return;
        json_object_set(v->expected, "delta", json_array_get(wanted, i));
        expect_ratio(v, "delta", delta);
        billed = amount;
    }
    json_object_del(v->expected, "delta");
}

static void rating_delta(vector *v)
{
    static const char *const known[] = {"price", "cumulative", NULL};
    bpo__tier tiers[MOST_TIERS];
    const json_t *price = json_object_get(v->input, "price");
    const char *model = text_of(price, "model", "");
    if (!only_known(v, known))
        return;
    if (strcmp(model, "graduated") != 0) {
        skip(v, "model %s is not built", model);
        return;
    }
    size_t count = read_tiers(v, price, tiers);
    if (count > 0)
        expect_deltas(v, tiers, count);
}

const kind charge_kinds[] = {{"charge.unit", charge_unit},
                             {"charge.graduated", charge_graduated},
                             {"charge.graduated_delta", charge_graduated_delta},
                             {"rating.delta", rating_delta},
                             {NULL, NULL}};
