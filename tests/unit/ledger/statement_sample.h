/* SPDX-License-Identifier: Apache-2.0 */
/* A small statement with a row of everything, made by hand. */
#ifndef BPO_TESTS_STATEMENT_SAMPLE_H
#define BPO_TESTS_STATEMENT_SAMPLE_H

#include "ledger/statement.h"

static inline bpo_status sample_kpis(bpo_statement *s)
{
    const bpo_kpi rows[] = {
        {sizeof(bpo_kpi), BPO_KPI_COUNT, "opened", "count", "", "", 3, "", 0, 0, 0, 0, 0, 0},
        {sizeof(bpo_kpi), BPO_KPI_COUNT, "opened", "count", "priority", "", 1, "", 0, 0, 0, 0, 0, 0},
        {sizeof(bpo_kpi), BPO_KPI_COUNT, "opened", "count", "priority", "1 - Critical", 2, "", 0, 0, 0, 0, 0, 0},
        {sizeof(bpo_kpi), BPO_KPI_COUNT, "opened", "count", "tier", "gold", 3, "", 0, 0, 0, 0, 0, 0},
        {sizeof(bpo_kpi), BPO_KPI_RATIO, "resolved_first", "count", "", "", 4, "3", 0, 0, 0, 0, 0, 0},
        {sizeof(bpo_kpi), BPO_KPI_DISTRIBUTION, "wait", "us", "", "", 2, "30", 10, 20, 10, 20, 20, 20},
        {sizeof(bpo_kpi), BPO_KPI_SUM, "worked", "us", "", "", 0, "0", 0, 0, 0, 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bpo_kpi *row = bpo__statement_append(s, &s->kpis);
        if (row == NULL)
            return BPO_E_NOMEM;
        *row = rows[i];
    }
    return BPO_OK;
}

static inline bpo_status sample_lines(bpo_statement *s)
{
    const bpo_invoice_line rows[] = {
        {sizeof(bpo_invoice_line), 0, "seats", "per_seat", 0, 86400000000, "2", "seat", "10.00", {0, 2000, 2, 0}, 0, 2},
        {sizeof(bpo_invoice_line), 1, "tickets", "per_task", -86400000000, 0, "-1", "task", "",
         {-1, UINT64_MAX - 99, 2, 0}, 1, 1},
    };
    const char *const steps[] = {"quantity: 2 seats", "2 x 10.00 = 20.00", "difference: -1.00"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bpo__invoice_row *row = bpo__statement_append(s, &s->lines);
        if (row == NULL)
            return BPO_E_NOMEM;
        row->line = rows[i];
    }
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        const char **step = bpo__statement_append(s, &s->steps);
        if (step == NULL)
            return BPO_E_NOMEM;
        *step = steps[i];
    }
    return BPO_OK;
}

static inline bpo_status sample_fill(bpo_statement *s)
{
    static const uint8_t closing[] = {'B', 'P', 'O', 5};
    const bpo_service_level level = {sizeof level, BPO_LEVEL_MISSED, "answered", "first_response", "", "", 9, 1, 2,
                                     "95%", "90.0000", 3, 0};
    const bpo_adjustment adjustment = {sizeof adjustment, BPO_ADJUSTMENT_LEVEL, "answered", "priority", "low", "met",
                                       -86400000000, 0, -1, "0"};
    bpo_service_level *level_row = bpo__statement_append(s, &s->levels);
    bpo_adjustment *adjustment_row = bpo__statement_append(s, &s->adjustments);
    if (level_row == NULL || adjustment_row == NULL || sample_kpis(s) < 0 || sample_lines(s) < 0)
        return BPO_E_NOMEM;
    *level_row = level;
    *adjustment_row = adjustment;
    s->header.semantics = 1;
    s->header.end = 86400000000;
    s->header.as_of = 86400000001;
    s->header.contract = "acme-2026";
    s->header.time_zone = "UTC";
    s->header.currency = "EUR";
    s->header.fact_count = 12;
    s->header.unopened_count = 1;
    s->closing = closing;
    s->closing_size = sizeof closing;
    return bpo__statement_settle(s);
}

static inline bpo_status sample_statement(bpo_context *context, bpo_statement **ret_statement)
{
    bpo_statement *statement;
    bpo_status status = bpo__statement_new(context, &statement);
    if (status < 0)
        return status;
    if ((status = sample_fill(statement)) < 0)
        bpo_statement_unref(statement);
    else
        *ret_statement = statement;
    return status;
}

#endif
