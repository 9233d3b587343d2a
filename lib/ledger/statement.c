/* SPDX-License-Identifier: Apache-2.0 */
/* A statement: made once, then only read. */
#include "ledger/statement.h"

#include "core/digest.h"
#include "core/fail.h"
#include "core/sized.h"

static void free_rows(bpo_context *context, bpo__rows *rows)
{
    bpo__free(context, rows->items, rows->capacity * rows->item_size);
}

static void free_statement(bpo_statement *statement)
{
    bpo_context *context = statement->context;
    free_rows(context, &statement->kpis);
    free_rows(context, &statement->levels);
    free_rows(context, &statement->lines);
    free_rows(context, &statement->steps);
    free_rows(context, &statement->adjustments);
    bpo__arena_clear(&statement->arena);
    bpo__free(context, statement, sizeof *statement);
    bpo_context_unref(context);
}

/* A row of a list into the caller's struct. */
static bpo_status get_row(const bpo__rows *rows, size_t index, size_t known_size, void *ret_row)
{
    if (ret_row == NULL || index >= rows->count)
        return BPO_E_INVALID;
    return bpo__sized_write(bpo__rows_at(rows, index), known_size, ret_row, known_size);
}

bpo_status bpo__statement_new(bpo_context *context, bpo_statement **ret_statement)
{
    bpo_statement *statement = bpo__alloc_zeroed(context, sizeof *statement);
    if (statement == NULL)
        return BPO_E_NOMEM;
    bpo_statement_header header = BPO_STATEMENT_HEADER_INIT;
    statement->header = header;
    statement->context = bpo_context_ref(context);
    bpo__reference_init(&statement->references);
    bpo__arena_init(&statement->arena, context);
    statement->kpis.item_size = sizeof(bpo_kpi);
    statement->levels.item_size = sizeof(bpo_service_level);
    statement->lines.item_size = sizeof(bpo__invoice_row);
    statement->steps.item_size = sizeof(const char *);
    statement->adjustments.item_size = sizeof(bpo_adjustment);
    *ret_statement = statement;
    return BPO_OK;
}

void *bpo__statement_append(bpo_statement *statement, bpo__rows *rows)
{
    if (bpo__reserve(statement->context, &rows->items, &rows->capacity, rows->count, 1, rows->item_size) < 0)
        return NULL;
    return memset(bpo__rows_at(rows, rows->count++), 0, rows->item_size);
}

bpo_status bpo__statement_settle(bpo_statement *statement)
{
    bpo_decimal total = {0, 0, 0, 0};
    size_t first_step = 0;
    if (bpo_currency_digits(statement->header.currency, &total.scale) < 0)
        total.scale = 0; /* an invoice without lines is 0.00 all the same, where there is a currency */
    for (size_t i = 0; i < statement->lines.count; i++) {
        bpo__invoice_row *row = bpo__rows_at(&statement->lines, i);
        if (row->line.step_count > statement->steps.count - first_step)
            return BPO_E_CORRUPT;
        row->first_step = first_step;
        first_step += row->line.step_count;
        bpo_status status = bpo_decimal_add(&total, &row->line.amount, &total);
        if (status < 0)
            return status;
    }
    statement->total = total;
    return first_step == statement->steps.count ? BPO_OK : BPO_E_CORRUPT;
}

bpo_statement *bpo_statement_ref(bpo_statement *statement)
{
    if (statement != NULL)
        bpo__reference_take(&statement->references);
    return statement;
}

bpo_statement *bpo_statement_unref(bpo_statement *statement)
{
    if (statement != NULL && bpo__reference_drop(&statement->references))
        free_statement(statement);
    return NULL;
}

bpo_status bpo_statement_get_header(const bpo_statement *statement, bpo_statement_header *ret_header)
{
    if (statement == NULL || ret_header == NULL)
        return BPO_E_INVALID;
    return bpo__sized_write(&statement->header, sizeof *ret_header, ret_header, sizeof *ret_header);
}

size_t bpo_statement_kpi_count(const bpo_statement *statement)
{
    return statement != NULL ? statement->kpis.count : 0;
}

bpo_status bpo_statement_kpi(const bpo_statement *statement, size_t index, bpo_kpi *ret_kpi)
{
    return statement == NULL ? BPO_E_INVALID : get_row(&statement->kpis, index, sizeof *ret_kpi, ret_kpi);
}

size_t bpo_statement_service_level_count(const bpo_statement *statement)
{
    return statement != NULL ? statement->levels.count : 0;
}

bpo_status bpo_statement_service_level(const bpo_statement *statement, size_t index, bpo_service_level *ret_level)
{
    return statement == NULL ? BPO_E_INVALID : get_row(&statement->levels, index, sizeof *ret_level, ret_level);
}

size_t bpo_statement_adjustment_count(const bpo_statement *statement)
{
    return statement != NULL ? statement->adjustments.count : 0;
}

bpo_status bpo_statement_adjustment(const bpo_statement *statement, size_t index, bpo_adjustment *ret_adjustment)
{
    return statement == NULL
               ? BPO_E_INVALID
               : get_row(&statement->adjustments, index, sizeof *ret_adjustment, ret_adjustment);
}

size_t bpo_statement_invoice_line_count(const bpo_statement *statement)
{
    return statement != NULL ? statement->lines.count : 0;
}

bpo_status bpo_statement_invoice_line(const bpo_statement *statement, size_t index, bpo_invoice_line *ret_line)
{
    return statement == NULL ? BPO_E_INVALID : get_row(&statement->lines, index, sizeof *ret_line, ret_line);
}

const char *bpo_statement_invoice_step(const bpo_statement *statement, size_t line, size_t step)
{
    if (statement == NULL || line >= statement->lines.count)
        return NULL;
    const bpo__invoice_row *row = bpo__rows_at(&statement->lines, line);
    if (step >= row->line.step_count)
        return NULL;
    return *(const char *const *)bpo__rows_at(&statement->steps, row->first_step + step);
}

bpo_status bpo_statement_invoice_total(const bpo_statement *statement, bpo_decimal *ret_total)
{
    if (statement == NULL || ret_total == NULL)
        return BPO_E_INVALID;
    *ret_total = statement->total;
    return BPO_OK;
}

const void *bpo_statement_closing_position(const bpo_statement *statement, size_t *ret_size)
{
    if (ret_size != NULL)
        *ret_size = statement != NULL ? statement->closing_size : 0;
    return statement != NULL ? statement->closing : NULL;
}

bpo_status bpo_statement_digest(const bpo_statement *statement, uint8_t *ret_digest, bpo_error *err)
{
    bpo__buffer bytes;
    if (statement == NULL || ret_digest == NULL)
        return bpo__fail_argument(err, statement == NULL ? "statement" : "ret_digest");
    bpo__buffer_init(&bytes, statement->context);
    bpo_status status = bpo__statement_bytes(statement, &bytes);
    if (status < 0)
        bpo__fail_memory(err);
    else
        status = bpo__digest_required(statement->context, bytes.data, bytes.size, ret_digest, err);
    bpo__buffer_clear(&bytes);
    return status;
}
