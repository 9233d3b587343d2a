/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of rounding and currencies, through <bpo/decimal.h> and, for products, the exact ratios behind it. */
#include "arithmetic.h"
#include <string.h>

typedef struct named_mode {
    const char *name;
    bpo_rounding mode;
} named_mode;

static const named_mode modes[] = {
    {"half_up", BPO_ROUNDING_HALF_AWAY}, {"half_even", BPO_ROUNDING_HALF_EVEN}, {"half_down", BPO_ROUNDING_HALF_DOWN},
    {"up", BPO_ROUNDING_UP},             {"down", BPO_ROUNDING_DOWN},           {"floor", BPO_ROUNDING_FLOOR},
    {"ceiling", BPO_ROUNDING_CEILING}};

bool parse_decimal(vector *v, const char *text, bpo_decimal *ret_value)
{
    bpo_error err = BPO_ERROR_INIT;
    return succeeded(v, bpo_decimal_parse(text, strlen(text), ret_value, &err), &err);
}

bool parse_ratio(vector *v, const char *text, bpo__ratio *ret_value)
{
    bpo_error err = BPO_ERROR_INIT;
    return succeeded(v, bpo__ratio_parse(text, strlen(text), ret_value), &err);
}

void expect_number(vector *v, const char *key, const bpo_decimal *found)
{
    char text[BPO_DECIMAL_TEXT_SIZE] = "unprintable";
    bpo_decimal_format(found, text, sizeof text);
    expect_decimal(v, key, text);
}

bool mode_of(vector *v, bpo_rounding *ret_mode)
{
    const char *name = text_of(v->input, "mode", "half_up");
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        if (strcmp(modes[i].name, name) == 0) {
            *ret_mode = modes[i].mode;
            return true;
        }
    }
    skip(v, "rounding mode %s is not built", name);
    return false;
}

bool digits_of(vector *v, int32_t *ret_digits)
{
    bpo_error err = BPO_ERROR_INIT;
    return succeeded(v, bpo_currency_digits(text_of(v->input, "currency", ""), ret_digits), &err);
}

static void round_to(vector *v, const char *key, const char *value, int32_t scale, const char *step)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_rounding mode = 0;
    bpo_decimal number = {0, 0, 0, 0};
    bpo_decimal increment = {0, 0, 0, 0};
    if (!mode_of(v, &mode) || !parse_decimal(v, value, &number) || (step && !parse_decimal(v, step, &increment)))
        return;
    if (succeeded(v, bpo_decimal_round(&number, scale, mode, step ? &increment : NULL, &number), &err))
        expect_number(v, key, &number);
}

/* The digits that are asked for, or those of the step. */
static int32_t scale_of(const vector *v, const char *step)
{
    const char *point = step ? strchr(step, '.') : NULL;
    if (json_object_get(v->input, "scale"))
        return (int32_t)integer_of(v->input, "scale");
    return point ? (int32_t)strlen(point + 1) : 0;
}

static void round_value(vector *v)
{
    const char *step = text_of(v->input, "increment", NULL);
    int32_t scale = scale_of(v, step);
    if (scale < 0)
        skip(v, "rounding before the point is not built");
    else
        round_to(v, "value", text_of(v->input, "value", ""), scale, step);
}

static void money_round(vector *v)
{
    int32_t digits = 0;
    if (digits_of(v, &digits))
        round_to(v, "value", text_of(v->input, "value", ""), digits, NULL);
}

static void currency_exponent(vector *v)
{
    int32_t digits = 0;
    if (digits_of(v, &digits))
        expect_integer(v, "exponent", digits);
}

/* Rounds each amount and adds, or adds and rounds. */
static void sum_rounded(vector *v)
{
    bpo_error err = BPO_ERROR_INIT;
    const char *policy = text_of(v->input, "policy", "");
    bool each = strcmp(policy, "round_then_sum") == 0;
    bpo_rounding mode = 0;
    int32_t digits = 0;
    bpo_decimal total = {0, 0, 0, 0};
    size_t index;
    const json_t *amount;
    if (!each && strcmp(policy, "sum_then_round") != 0) {
        skip(v, "policy %s is not built", policy);
        return;
    }
    if (!mode_of(v, &mode) || !digits_of(v, &digits))
        return;
    json_array_foreach(json_object_get(v->input, "amounts"), index, amount)
    {
        bpo_decimal number;
        if (!parse_decimal(v, json_string_value(amount), &number) ||
            (each && !succeeded(v, bpo_decimal_round(&number, digits, mode, NULL, &number), &err)) ||
            !succeeded(v, bpo_decimal_add(&total, &number, &total), &err))
            return;
    }
    if (succeeded(v, bpo_decimal_round(&total, digits, mode, NULL, &total), &err))
        expect_number(v, "total", &total);
}

/* Exact product, rounded once. */
static void expect_product(vector *v, const bpo__ratio *a, const bpo__ratio *b, int32_t scale)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_rounding mode = 0;
    bpo__ratio product;
    bpo_decimal rounded;
    if (mode_of(v, &mode) && succeeded(v, bpo__ratio_multiply(*a, *b, &product), &err) &&
        succeeded(v, bpo__ratio_round(product, scale, mode, NULL, &rounded), &err))
        expect_number(v, "amount", &rounded);
}

/* The quantity is rounded before it is priced. */
static void round_quantity(vector *v)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_rounding mode = 0;
    bpo_decimal quantity;
    bpo__ratio exact;
    bpo__ratio price;
    int32_t digits = 0;
    int32_t scale = (int32_t)integer_of(v->input, "scale");
    if (!digits_of(v, &digits) || !mode_of(v, &mode) ||
        !parse_decimal(v, text_of(v->input, "quantity", ""), &quantity) ||
        !succeeded(v, bpo_decimal_round(&quantity, scale, mode, NULL, &quantity), &err))
        return;
    expect_number(v, "quantity", &quantity);
    if (succeeded(v, bpo__ratio_of_decimal(&quantity, &exact), &err) &&
        parse_ratio(v, text_of(v->input, "unit_price", ""), &price))
        expect_product(v, &exact, &price, digits);
}

const kind rounding_kinds[] = {{"round.value", round_value},
                               {"money.round", money_round},
                               {"currency.exponent", currency_exponent},
                               {"sum.rounded", sum_rounded},
                               {"unit.round_quantity", round_quantity},
                               {NULL, NULL}};
