/* SPDX-License-Identifier: Apache-2.0 */
/* A statement as canonical JSON: keys sorted bytewise, counts as numbers, everything else exact as text. */
#include "core/fail.h"
#include "ledger/json_text.h"
#include "ledger/statement.h"

static void write_text(bpo__json *json, const char *key, const char *value)
{
    bpo__json_key(json, key);
    bpo__json_text(json, value);
}

static void write_number(bpo__json *json, const char *key, int64_t value)
{
    bpo__json_key(json, key);
    bpo__json_number(json, value);
}

static void write_integer(bpo__json *json, const char *key, int64_t value)
{
    bpo__json_key(json, key);
    bpo__json_integer(json, value);
}

static void write_time(bpo__json *json, const char *key, bpo_time at)
{
    bpo__json_key(json, key);
    bpo__json_time(json, at);
}

static void write_span(bpo__json *json, const char *key, bpo_time start, bpo_time end)
{
    bpo__json_key(json, key);
    bpo__json_open(json, '{');
    write_time(json, "end", end);
    write_time(json, "start", start);
    bpo__json_close(json, '}');
}

/* --- rows by dimension ---------------------------------------------------------------------------------------- */

/* What differs between KPIs and service levels: where the names are, and which members a row has. */
typedef struct form {
    const bpo__rows *rows;
    size_t id, dimension, dimension_value; /* offsets */
    void (*write_before)(bpo__json *json, const void *row, bool whole); /* members that sort before "by" */
    void (*write_behind)(bpo__json *json, const void *row, bool whole); /* and behind it */
} form;

static const char *name_at(const form *f, size_t row, size_t offset)
{
    return *(const char *const *)((const char *)bpo__rows_at(f->rows, row) + offset);
}

static bool same_name(const form *f, size_t a, size_t b, size_t offset)
{
    return bpo__text_is(bpo__text_of(name_at(f, a, offset)), name_at(f, b, offset));
}

/* {"priority":{"1 - Critical":{...}}}: the rows [first, end), which have the id of the whole in common. */
static void write_by(bpo__json *json, const form *f, size_t first, size_t end)
{
    bpo__json_open(json, '{');
    for (size_t i = first; i < end; i++) {
        if (i == first || !same_name(f, i, i - 1, f->dimension)) {
            if (i > first)
                bpo__json_close(json, '}');
            bpo__json_key(json, name_at(f, i, f->dimension));
            bpo__json_open(json, '{');
        }
        bpo__json_key(json, name_at(f, i, f->dimension_value));
        bpo__json_open(json, '{');
        f->write_before(json, bpo__rows_at(f->rows, i), false);
        f->write_behind(json, bpo__rows_at(f->rows, i), false);
        bpo__json_close(json, '}');
    }
    if (end > first)
        bpo__json_close(json, '}');
    bpo__json_close(json, '}');
}

static void write_rows(bpo__json *json, const form *f)
{
    bpo__json_open(json, '[');
    for (size_t i = 0, end; i < f->rows->count; i = end) {
        for (end = i + 1; end < f->rows->count && same_name(f, i, end, f->id);)
            end++;
        bpo__json_open(json, '{');
        f->write_before(json, bpo__rows_at(f->rows, i), true);
        if (end > i + 1) {
            bpo__json_key(json, "by");
            write_by(json, f, i + 1, end);
        }
        f->write_behind(json, bpo__rows_at(f->rows, i), true);
        bpo__json_close(json, '}');
    }
    bpo__json_close(json, ']');
}

/* --- KPIs and service levels ---------------------------------------------------------------------------------- */

static void write_nothing(bpo__json *json, const void *row, bool whole)
{
    (void)json;
    (void)row;
    (void)whole;
}

static void write_quantiles(bpo__json *json, const bpo_kpi *kpi)
{
    write_integer(json, "p50", kpi->p50);
    write_integer(json, "p90", kpi->p90);
    write_integer(json, "p95", kpi->p95);
    write_integer(json, "p99", kpi->p99);
}

static void write_kpi(bpo__json *json, const void *row, bool whole)
{
    const bpo_kpi *kpi = row;
    bool spread = kpi->form == BPO_KPI_DISTRIBUTION && kpi->n > 0;
    if (whole)
        write_text(json, "id", kpi->id);
    if (spread) {
        write_integer(json, "max", kpi->max);
        write_integer(json, "min", kpi->min);
    }
    write_number(json, "n", kpi->n);
    if (kpi->form == BPO_KPI_RATIO)
        write_text(json, "numerator", kpi->sum);
    if (spread)
        write_quantiles(json, kpi);
    if (kpi->form == BPO_KPI_SUM || kpi->form == BPO_KPI_DISTRIBUTION)
        write_text(json, "sum", kpi->sum);
    if (whole || spread)
        write_text(json, "unit", kpi->unit);
}

static void write_breached(bpo__json *json, const void *row, bool whole)
{
    const bpo_service_level *level = row;
    (void)whole;
    write_number(json, "breached", level->breached);
}

static void write_level(bpo__json *json, const void *row, bool whole)
{
    static const char *const results[] = {"", "met", "missed", "not_measured"};
    const bpo_service_level *level = row;
    bool known = level->result >= BPO_LEVEL_MET && level->result <= BPO_LEVEL_NOT_MEASURED;
    if (whole) {
        write_text(json, "expected", level->expected);
        write_number(json, "failures_in_row", level->failures_in_row);
        write_text(json, "id", level->id);
    }
    write_number(json, "indeterminate", level->indeterminate);
    write_number(json, "met", level->met);
    if (whole)
        write_text(json, "metric", level->metric);
    write_text(json, "result", results[known ? level->result : 0]);
    write_text(json, "value", level->value);
}

/* --- the other parts ------------------------------------------------------------------------------------------ */

static void write_adjustment(bpo__json *json, const bpo_adjustment *adjustment)
{
    bpo__json_open(json, '{');
    write_text(json, "dimension", adjustment->dimension);
    write_text(json, "dimension_value", adjustment->dimension_value);
    write_text(json, "id", adjustment->id);
    write_text(json, "kind", adjustment->subject == BPO_ADJUSTMENT_LEVEL ? "service_level" : "kpi");
    write_number(json, "n", adjustment->n);
    write_text(json, "part", adjustment->part);
    write_span(json, "service_period", adjustment->service_start, adjustment->service_end);
    write_text(json, "sum", adjustment->sum);
    bpo__json_close(json, '}');
}

static void write_adjustments(bpo__json *json, const bpo_statement *statement)
{
    bpo__json_open(json, '[');
    for (size_t i = 0; i < statement->adjustments.count; i++)
        write_adjustment(json, bpo__rows_at(&statement->adjustments, i));
    bpo__json_close(json, ']');
}

static void write_digests(bpo__json *json, const bpo_statement_header *header)
{
    bpo__json_open(json, '{');
    bpo__json_key(json, "contract");
    bpo__json_bytes(json, header->contract_digest, BPO_DIGEST_SIZE);
    bpo__json_key(json, "facts");
    bpo__json_bytes(json, header->facts_digest, BPO_DIGEST_SIZE);
    bpo__json_key(json, "opening");
    bpo__json_bytes(json, header->opening_digest, BPO_DIGEST_SIZE);
    bpo__json_close(json, '}');
}

static void write_line(bpo__json *json, const bpo_statement *statement, size_t index)
{
    const bpo__invoice_row *row = bpo__rows_at(&statement->lines, index);
    const bpo_invoice_line *line = &row->line;
    bpo__json_open(json, '{');
    bpo__json_key(json, "adjustment");
    bpo__json_flag(json, line->adjustment == BPO_LINE_ADJUSTMENT);
    bpo__json_key(json, "amount");
    bpo__json_decimal(json, &line->amount);
    write_text(json, "charge", line->charge);
    write_text(json, "model", line->model);
    write_text(json, "quantity", line->quantity);
    write_text(json, "rate", line->rate);
    bpo__json_key(json, "reversal");
    bpo__json_flag(json, line->adjustment == BPO_LINE_REVERSAL);
    write_span(json, "service_period", line->service_start, line->service_end);
    bpo__json_key(json, "steps");
    bpo__json_open(json, '[');
    for (size_t i = 0; i < line->step_count; i++)
        bpo__json_text(json, bpo_statement_invoice_step(statement, index, i));
    bpo__json_close(json, ']');
    write_text(json, "unit", line->unit);
    write_number(json, "version", line->contract_version);
    bpo__json_close(json, '}');
}

static void write_invoice(bpo__json *json, const bpo_statement *statement)
{
    bpo__json_open(json, '{');
    write_text(json, "currency", statement->header.currency);
    bpo__json_key(json, "lines");
    bpo__json_open(json, '[');
    for (size_t i = 0; i < statement->lines.count; i++)
        write_line(json, statement, i);
    bpo__json_close(json, ']');
    bpo__json_key(json, "total");
    bpo__json_decimal(json, &statement->total);
    bpo__json_close(json, '}');
}

static void write_period(bpo__json *json, const bpo_statement_header *header)
{
    bpo__json_open(json, '{');
    write_time(json, "end", header->end);
    write_time(json, "start", header->start);
    write_text(json, "time_zone", header->time_zone);
    bpo__json_close(json, '}');
}

static void write_statement(bpo__json *json, const bpo_statement *statement)
{
    const bpo_statement_header *header = &statement->header;
    const form kpis = {&statement->kpis, offsetof(bpo_kpi, id), offsetof(bpo_kpi, dimension),
                       offsetof(bpo_kpi, dimension_value), write_nothing, write_kpi};
    const form levels = {&statement->levels, offsetof(bpo_service_level, id), offsetof(bpo_service_level, dimension),
                         offsetof(bpo_service_level, dimension_value), write_breached, write_level};
    bpo__json_open(json, '{');
    bpo__json_key(json, "adjustments");
    write_adjustments(json, statement);
    write_time(json, "as_of", header->as_of);
    write_text(json, "contract", header->contract);
    write_text(json, "currency", header->currency);
    bpo__json_key(json, "digests");
    if (header->has_digests)
        write_digests(json, header);
    else
        bpo__json_null(json);
    write_number(json, "fact_count", (int64_t)(header->fact_count & INT64_MAX));
    bpo__json_key(json, "invoice");
    write_invoice(json, statement);
    bpo__json_key(json, "kpis");
    write_rows(json, &kpis);
    bpo__json_key(json, "period");
    write_period(json, header);
    bpo__json_key(json, "provisional");
    bpo__json_flag(json, header->provisional != 0);
    write_number(json, "revision", header->revision);
    write_number(json, "semantics", header->semantics);
    bpo__json_key(json, "service_levels");
    write_rows(json, &levels);
    write_number(json, "unopened_count", header->unopened_count);
    bpo__json_close(json, '}');
}

bpo_status bpo_statement_write(const bpo_statement *statement, int32_t format, const bpo_sink *sink, bpo_error *err)
{
    bpo__buffer text;
    if (statement == NULL || sink == NULL || sink->write == NULL)
        return bpo__fail_argument(err, statement == NULL ? "statement" : "sink");
    if (format != BPO_FORMAT_JSON)
        return bpo__fail(err, BPO_E_INVALID, BPO__MSG_argument_invalid, "", "format", "it must be BPO_FORMAT_JSON",
                         NULL);
    bpo__buffer_init(&text, statement->context);
    bpo__json json = {&text, BPO_OK, false};
    write_statement(&json, statement);
    bpo_status status = json.status;
    if (status < 0)
        bpo__fail_memory(err);
    else if ((status = bpo_sink_write(sink, text.data, text.size)) < 0)
        bpo__fail_host(err, status, "write");
    bpo__buffer_clear(&text);
    return status < 0 ? status : BPO_OK;
}
