/* SPDX-License-Identifier: Apache-2.0 */
/* Everything printed comes out of the statement's typed accessors; nothing is computed here but the layout. */
#include "print_statement.h"

#include <inttypes.h>
#include <string.h>

static void print_date(FILE *out, const bpo_zone *zone, bpo_time at)
{
    bpo_civil civil;
    if (bpo_zone_to_civil(zone, at, &civil, NULL) == BPO_OK)
        fprintf(out, "%04" PRId32 "-%02" PRId32 "-%02" PRId32, civil.year, civil.month, civil.day);
}

static void print_header(FILE *out, const bpo_statement *statement, const bpo_zone *zone)
{
    bpo_statement_header header = BPO_STATEMENT_HEADER_INIT;
    bpo_statement_get_header(statement, &header);
    fprintf(out, "Statement of %s, ", header.contract);
    print_date(out, zone, header.start);
    fputs(" until ", out);
    print_date(out, zone, header.end);
    fprintf(out, " (%s)%s\n", header.time_zone, header.provisional ? ", provisional" : "");
}

static void print_part(FILE *out, const char *dimension, const char *value, const char *id)
{
    if (dimension[0])
        fprintf(out, "    %-28.28s", value[0] ? value : "(not known)");
    else
        fprintf(out, "  %-30.30s", id);
}

static void print_service_levels(FILE *out, const bpo_statement *statement)
{
    static const char *const results[] = {"", "met", "MISSED", "not measured"};
    size_t count = bpo_statement_service_level_count(statement);
    if (!count)
        return;
    fprintf(out, "\n  %-30s %9s %9s %9s %10s %9s  %s\n", "service level", "in target", "missed", "unknown", "value %",
            "expected", "result");
    for (size_t i = 0; i < count; i++) {
        bpo_service_level level = BPO_SERVICE_LEVEL_INIT;
        bpo_statement_service_level(statement, i, &level);
        print_part(out, level.dimension, level.dimension_value, level.id);
        fprintf(out, " %9" PRId64 " %9" PRId64 " %9" PRId64 " %10s %9s  %s\n", level.met, level.breached,
                level.indeterminate, level.value, level.expected, results[level.result]);
    }
}

/* Microseconds as days, hours and minutes, the rest cut off. */
static void print_duration(FILE *out, int64_t value)
{
    char text[32];
    int64_t minutes = value / BPO_MINUTE;
    snprintf(text, sizeof text, "%" PRId64 "d %02" PRId64 ":%02" PRId64, minutes / 1440, minutes / 60 % 24,
             minutes % 60);
    fprintf(out, " %12s", text);
}

static void print_kpi_value(FILE *out, const bpo_kpi *kpi, int64_t value)
{
    if (strcmp(kpi->unit, "us") == 0)
        print_duration(out, value);
    else
        fprintf(out, " %12" PRId64, value);
}

static void print_kpi(FILE *out, const bpo_kpi *kpi)
{
    print_part(out, kpi->dimension, kpi->dimension_value, kpi->id);
    fprintf(out, " %9" PRId64, kpi->n);
    if (kpi->form == BPO_KPI_SUM)
        fprintf(out, "  sum %s", kpi->sum);
    if (kpi->form == BPO_KPI_RATIO)
        fprintf(out, "  of these %s", kpi->sum);
    if (kpi->form == BPO_KPI_DISTRIBUTION && kpi->n > 0) {
        const int64_t values[] = {kpi->min, kpi->p50, kpi->p90, kpi->p95, kpi->p99, kpi->max};
        for (size_t i = 0; i < sizeof values / sizeof *values; i++)
            print_kpi_value(out, kpi, values[i]);
    }
    fputc('\n', out);
}

static void print_kpis(FILE *out, const bpo_statement *statement)
{
    size_t count = bpo_statement_kpi_count(statement);
    if (!count)
        return;
    fprintf(out, "\n  %-30s %9s %12s %12s %12s %12s %12s %12s\n", "KPI", "n", "min", "p50", "p90", "p95", "p99", "max");
    for (size_t i = 0; i < count; i++) {
        bpo_kpi kpi = BPO_KPI_INIT;
        bpo_statement_kpi(statement, i, &kpi);
        print_kpi(out, &kpi);
    }
}

static void print_line(FILE *out, const bpo_statement *statement, size_t index, const bpo_zone *zone)
{
    bpo_invoice_line line = BPO_INVOICE_LINE_INIT;
    char amount[BPO_DECIMAL_TEXT_SIZE];
    bpo_statement_invoice_line(statement, index, &line);
    bpo_decimal_format(&line.amount, amount, sizeof amount);
    fprintf(out, "  %-30.30s %20s %-6s version %" PRIu32 " %16s%s", line.charge, line.quantity, line.unit,
            line.contract_version, amount, line.adjustment ? "  adjustment for " : "");
    if (line.adjustment)
        print_date(out, zone, line.service_start);
    fputc('\n', out);
    for (size_t step = 0; step < line.step_count; step++)
        fprintf(out, "      %s\n", bpo_statement_invoice_step(statement, index, step));
}

static void print_invoice(FILE *out, const bpo_statement *statement, const bpo_zone *zone)
{
    bpo_statement_header header = BPO_STATEMENT_HEADER_INIT;
    bpo_decimal total;
    char text[BPO_DECIMAL_TEXT_SIZE];
    size_t count = bpo_statement_invoice_line_count(statement);
    bpo_statement_get_header(statement, &header);
    if (bpo_statement_invoice_total(statement, &total) != BPO_OK || !header.currency[0])
        return;
    fprintf(out, "\n  invoice\n");
    for (size_t i = 0; i < count; i++)
        print_line(out, statement, i, zone);
    bpo_decimal_format(&total, text, sizeof text);
    fprintf(out, "  %-30s %50s %s\n", "total", text, header.currency);
}

void print_statement(FILE *out, const bpo_statement *statement, const bpo_zone *zone)
{
    print_header(out, statement, zone);
    print_service_levels(out, statement);
    print_kpis(out, statement);
    print_invoice(out, statement, zone);
}
