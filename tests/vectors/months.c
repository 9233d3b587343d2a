/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of invoices, through a whole month: the vector's terms are compiled, its usage is told as facts, a ledger is
 * closed, and the amount is read from the statement. */
#include "arithmetic.h"
#include <stdio.h>
#include <string.h>

#define MOST_FACTS 32
#define MOST_VALUES 2

/* A month in the making. */
typedef struct month {
    vector *v;
    bpo_terms *terms;
    const char *period;
    bpo_fact facts[MOST_FACTS];
    bpo_value values[MOST_FACTS][MOST_VALUES];
    char keys[MOST_FACTS][24];
    size_t count;
    bpo_statement *statement;
} month;

static bool set(month *m, const char *path, const char *value)
{
    return set_term(m->v, m->terms, path, value);
}

static bool month_begin(month *m, vector *v, const char *period)
{
    bpo_error err = BPO_ERROR_INIT;
    memset(m, 0, sizeof *m);
    m->v = v;
    m->period = period;
    return succeeded(v, bpo_terms_new(v->context, &m->terms, &err), &err) && set(m, "/contract/id", "vector") &&
           set(m, "/contract/time_zone", "UTC") &&
           set(m, "/contract/currency", text_of(v->input, "currency", "USD"));
}

static void month_end(month *m)
{
    bpo_statement_unref(m->statement);
    bpo_terms_unref(m->terms);
}

static bpo_fact *add_fact(month *m, bpo_fact_kind what, bpo_time at, const char *subject)
{
    static const bpo_fact none = BPO_FACT_INIT;
    bpo_fact *fact = &m->facts[m->count];
    *fact = none;
    fact->kind = what;
    fact->at = at;
    fact->order = (int64_t)m->count + 1;
    fact->subject = subject;
    fact->subject_size = strlen(subject);
    fact->key = m->keys[m->count];
    fact->key_size = (size_t)snprintf(m->keys[m->count], sizeof m->keys[0], "fact-%zu", m->count);
    fact->values = m->values[m->count++];
    return fact;
}

static void add_value(month *m, bpo_fact *fact, bpo_value value)
{
    m->values[fact - m->facts][fact->value_count++] = value;
}

static bpo_value text_value(uint32_t name, const char *text)
{
    bpo_value value = {name, BPO_TYPE_TEXT, 0, {0, 0, 0, 0}, text, strlen(text)};
    return value;
}

static bpo_value duration_value(uint32_t name, bpo_duration duration)
{
    bpo_value value = {name, BPO_TYPE_INTEGER, duration, {0, 0, 0, 0}, NULL, 0};
    return value;
}

/* Compiles, folds and closes; false and a failed vector where any of it is refused. */
static bool close_month(month *m)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_contract *contract = NULL;
    bpo_ledger *ledger = NULL;
    bpo_time start = 0;
    bpo_time end = 0;
    bool done = succeeded(m->v, bpo_contract_new(m->v->context, m->terms, &contract, &err), &err) &&
                succeeded(m->v, bpo_contract_period(contract, m->period, &start, &end, &err), &err) &&
                succeeded(m->v, bpo_ledger_new(contract, m->period, &ledger, &err), &err) &&
                succeeded(m->v, bpo_ledger_add(ledger, m->facts, m->count, NULL, &err), &err) &&
                succeeded(m->v, bpo_ledger_close(ledger, NULL, 0, end, &m->statement, &err), &err);
    bpo_ledger_unref(ledger);
    bpo_contract_unref(contract);
    return done;
}

static void expect_total(month *m, const char *key)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_decimal total;
    if (succeeded(m->v, bpo_statement_invoice_total(m->statement, &total), &err))
        expect_number(m->v, key, &total);
}

/* The first line's quantity times a factor; 0 where there is no line. */
static void expect_quantity(month *m, const char *key, int64_t factor)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_invoice_line line = BPO_INVOICE_LINE_INIT;
    bpo__ratio quantity = bpo__ratio_of(0);
    char text[BPO__RATIO_TEXT_SIZE];
    if (bpo_statement_invoice_line_count(m->statement) > 0 &&
        succeeded(m->v, bpo_statement_invoice_line(m->statement, 0, &line), &err) &&
        parse_ratio(m->v, line.quantity, &quantity))
        succeeded(m->v, bpo__ratio_multiply(quantity, bpo__ratio_of(factor), &quantity), &err);
    bpo__ratio_format(quantity, text);
    expect_decimal(m->v, key, text);
}

/* --- seats ------------------------------------------------------------------------------------------------------- */

static bpo_time date_of(vector *v, const char *date)
{
    char text[40];
    bpo_time at = 0;
    bpo_error err = BPO_ERROR_INIT;
    snprintf(text, sizeof text, "%sT00:00:00Z", date);
    succeeded(v, bpo_time_parse(text, &at, &err), &err);
    return at;
}

/* A seat is productive from its first date to the date on which it is no longer there. */
static void add_seat(month *m, const json_t *span, const char *seat)
{
    const json_t *until = json_array_get(span, 1);
    bpo_time from = date_of(m->v, json_string_value(json_array_get(span, 0)));
    add_value(m, add_fact(m, BPO_SEAT_CHANGED, from, seat), text_value(BPO_VALUE_STATE, "productive"));
    if (json_is_string(until))
        add_value(m, add_fact(m, BPO_SEAT_CHANGED, date_of(m->v, json_string_value(until)), seat),
                  text_value(BPO_VALUE_STATE, "ended"));
}

static void add_seats(month *m)
{
    static const char *const names[] = {"seat-1", "seat-2", "seat-3", "seat-4", "seat-5", "seat-6"};
    size_t index;
    const json_t *span;
    json_array_foreach(json_object_get(m->v->input, "seats"), index, span)
    {
        if (index < sizeof names / sizeof *names)
            add_seat(m, span, names[index]);
    }
}

static void seat_days(vector *v)
{
    month m;
    char period[8];
    bpo_time start = date_of(v, text_of(v->input, "period_start", ""));
    bpo_time end = date_of(v, text_of(v->input, "period_end", ""));
    snprintf(period, sizeof period, "%.7s", text_of(v->input, "period_start", ""));
    if (month_begin(&m, v, period) && set(&m, "/pricing/charges/seats/model", "per_seat") &&
        set(&m, "/pricing/charges/seats/rate", text_of(v->input, "price_per_seat", ""))) {
        add_seats(&m);
        if (close_month(&m)) {
            expect_total(&m, "amount");
            expect_quantity(&m, "seat_days", (end - start) / BPO_DAY);
        }
    }
    month_end(&m);
}

/* --- hours ------------------------------------------------------------------------------------------------------- */

static void add_work(month *m, bpo_time started, bpo_duration worked)
{
    bpo_fact *fact = add_fact(m, BPO_TIME_WORKED, started, "agent");
    add_value(m, fact, duration_value(BPO_VALUE_DURATION, worked));
}

static void elapsed(vector *v)
{
    month m;
    char period[8];
    bpo_time start = instant_of(v, json_object_get(v->input, "start"));
    bpo_time end = instant_of(v, json_object_get(v->input, "end"));
    snprintf(period, sizeof period, "%.7s", text_of(v->input, "start", ""));
    if (month_begin(&m, v, period) && set(&m, "/pricing/charges/work/model", "hourly") &&
        set(&m, "/pricing/charges/work/rate", text_of(v->input, "rate", ""))) {
        add_work(&m, start, end - start);
        if (close_month(&m)) {
            expect_total(&m, "amount");
            expect_quantity(&m, "hours", 1);
        }
    }
    month_end(&m);
}

/* Exact seconds, rounded once to the digits of a currency: four of them are those of the UF. */
static void rate_of_time(vector *v)
{
    month m;
    const char *mode = text_of(v->input, "mode", "");
    bool four = strcmp(mode, "exact_seconds_scale4") == 0;
    if ((!four && strcmp(mode, "exact_seconds_scale2") != 0) || json_object_get(v->input, "factors")) {
        skip(v, "mode %s is not built", json_object_get(v->input, "factors") ? "with factors" : mode);
        return;
    }
    if (month_begin(&m, v, "2026-07") && set(&m, "/contract/currency", four ? "CLF" : "USD") &&
        set(&m, "/pricing/charges/work/model", "hourly") &&
        set(&m, "/pricing/charges/work/rate", text_of(v->input, "hourly_rate", ""))) {
        add_work(&m, date_of(v, "2026-07-01"), integer_of(v->input, "seconds") * BPO_SECOND);
        if (close_month(&m))
            expect_total(&m, "amount");
    }
    month_end(&m);
}

/* --- pieces ------------------------------------------------------------------------------------------------------ */

static bool set_usage_charge(month *m)
{
    return set(m, "/pricing/meters/pieces/fact", "usage.recorded") &&
           set(m, "/pricing/meters/pieces/quantity", "quantity") &&
           set(m, "/pricing/charges/pieces/model", "per_task") && set(m, "/pricing/charges/pieces/meter", "pieces");
}

static bool add_usage(month *m, const char *quantity)
{
    bpo_value value = {BPO_VALUE_QUANTITY, BPO_TYPE_DECIMAL, 0, {0, 0, 0, 0}, NULL, 0};
    if (!parse_decimal(m->v, quantity, &value.decimal))
        return false;
    bpo_fact *fact = add_fact(m, BPO_USAGE_RECORDED, date_of(m->v, "2026-07-01"), "");
    add_value(m, fact, value);
    add_value(m, fact, text_value(BPO_VALUE_METER, "pieces"));
    return true;
}

/* The mode's word in contracts. */
static const char *rounding_word(const vector *v)
{
    const char *mode = text_of(v->input, "mode", "half_up");
    return strcmp(mode, "half_up") == 0 ? "half_away" : mode;
}

static void line_amount(vector *v)
{
    month m;
    if (month_begin(&m, v, "2026-07") && set_usage_charge(&m) && set(&m, "/pricing/rounding", rounding_word(v)) &&
        set(&m, "/pricing/charges/pieces/rate", text_of(v->input, "unit_price", "")) &&
        add_usage(&m, text_of(v->input, "quantity", "")) && close_month(&m))
        expect_total(&m, "amount");
    month_end(&m);
}

/* Tier bounds count from the included quantity on. */
static bool set_tier(month *m, size_t index, const json_t *tier, const bpo_decimal *included)
{
    bpo_error err = BPO_ERROR_INIT;
    char path[64];
    char bound[BPO_DECIMAL_TEXT_SIZE];
    bpo_decimal up_to;
    const char *text = text_of(tier, "up_to", NULL);
    snprintf(path, sizeof path, "/pricing/charges/pieces/tiers/%zu/rate", index);
    if (!set(m, path, text_of(tier, "unit", "0")) || !text)
        return !m->v->failed;
    snprintf(path, sizeof path, "/pricing/charges/pieces/tiers/%zu/up_to", index);
    if (!parse_decimal(m->v, text, &up_to) ||
        !succeeded(m->v, bpo_decimal_add(&up_to, included, &up_to), &err))
        return false;
    bpo_decimal_format(&up_to, bound, sizeof bound);
    return set(m, path, bound);
}

/* A fee with an included quantity: the first tier is free. */
static void hybrid(vector *v)
{
    month m;
    bpo_decimal included = {0, 0, 0, 0};
    size_t index;
    const json_t *tier;
    bool ready = month_begin(&m, v, "2026-07") && set_usage_charge(&m) &&
                 set(&m, "/pricing/charges/base/model", "fixed") &&
                 set(&m, "/pricing/charges/base/rate", text_of(v->input, "fixed", "")) &&
                 parse_decimal(v, text_of(v->input, "included", "0"), &included) &&
                 set(&m, "/pricing/charges/pieces/tiers/0/up_to", text_of(v->input, "included", "0")) &&
                 set(&m, "/pricing/charges/pieces/tiers/0/rate", "0");
    json_array_foreach(json_object_get(v->input, "tiers"), index, tier)
    {
        ready = ready && set_tier(&m, index + 1, tier, &included);
    }
    if (ready && set(&m, "/pricing/order", "base, pieces") && add_usage(&m, text_of(v->input, "quantity", "")) &&
        close_month(&m))
        expect_total(&m, "amount");
    month_end(&m);
}

const kind month_kinds[] = {{"bpo.seat_days", seat_days}, {"time.elapsed", elapsed},    {"time.rate", rate_of_time},
                            {"line.amount", line_amount}, {"bpo.hybrid", hybrid},       {NULL, NULL}};
