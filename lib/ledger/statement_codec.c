/* SPDX-License-Identifier: Apache-2.0 */
/* The canonical bytes of a statement, from one table of fields. Decoding is total: any bytes give a statement or an
 * error, and no list is longer than its bytes. */
#include "codec/frame.h"
#include "core/fail.h"
#include "ledger/statement.h"

typedef enum field_type { TEXT = 1, I32, U32, I64, U64, DECIMAL, DIGEST } field_type;

typedef struct field {
    field_type type;
    size_t offset;
} field;

#define HEADER(type, name) {type, offsetof(bpo_statement_header, name)}
static const field header_fields[] = {
    HEADER(I32, provisional), HEADER(U32, revision), HEADER(U32, semantics), HEADER(I64, start), HEADER(I64, end),
    HEADER(I64, as_of), HEADER(TEXT, contract), HEADER(TEXT, time_zone), HEADER(TEXT, currency),
    HEADER(U64, fact_count), HEADER(I64, unopened_count), HEADER(I32, has_digests), HEADER(DIGEST, contract_digest),
    HEADER(DIGEST, facts_digest), HEADER(DIGEST, opening_digest),
};

#define KPI(type, name) {type, offsetof(bpo_kpi, name)}
static const field kpi_fields[] = {
    KPI(TEXT, id), KPI(TEXT, dimension), KPI(TEXT, dimension_value), KPI(I32, form), KPI(TEXT, unit), KPI(I64, n),
    KPI(TEXT, sum), KPI(I64, min), KPI(I64, max), KPI(I64, p50), KPI(I64, p90), KPI(I64, p95), KPI(I64, p99),
};

#define LEVEL(type, name) {type, offsetof(bpo_service_level, name)}
static const field level_fields[] = {
    LEVEL(TEXT, id), LEVEL(TEXT, dimension), LEVEL(TEXT, dimension_value), LEVEL(TEXT, metric), LEVEL(I32, result),
    LEVEL(I64, met), LEVEL(I64, breached), LEVEL(I64, indeterminate), LEVEL(TEXT, expected), LEVEL(TEXT, value),
    LEVEL(U32, failures_in_row),
};

#define LINE(type, name) {type, offsetof(bpo__invoice_row, line) + offsetof(bpo_invoice_line, name)}
static const field line_fields[] = {
    LINE(TEXT, charge), LINE(TEXT, model), LINE(I64, service_start), LINE(I64, service_end),
    LINE(U32, contract_version), LINE(TEXT, quantity), LINE(TEXT, unit), LINE(TEXT, rate), LINE(DECIMAL, amount),
    LINE(I32, adjustment), LINE(U32, step_count),
};

static const field step_fields[] = {{TEXT, 0}};

#define ADJUSTMENT(type, name) {type, offsetof(bpo_adjustment, name)}
static const field adjustment_fields[] = {
    ADJUSTMENT(I32, subject), ADJUSTMENT(TEXT, id), ADJUSTMENT(TEXT, dimension), ADJUSTMENT(TEXT, dimension_value),
    ADJUSTMENT(TEXT, part), ADJUSTMENT(I64, service_start), ADJUSTMENT(I64, service_end), ADJUSTMENT(I64, n),
    ADJUSTMENT(TEXT, sum),
};

/* A list of a statement as a section. */
typedef struct list {
    uint32_t id;
    size_t offset;     /* of the bpo__rows */
    uint32_t row_size; /* of the public struct, for its struct_size; 0: it has none */
    const field *fields;
    size_t field_count;
} list;

#define LIST(id, member, row_size, fields) \
    {id, offsetof(bpo_statement, member), row_size, fields, sizeof fields / sizeof *fields}
static const list lists[] = {
    LIST(4, kpis, sizeof(bpo_kpi), kpi_fields),
    LIST(6, levels, sizeof(bpo_service_level), level_fields),
    LIST(8, lines, sizeof(bpo_invoice_line), line_fields),
    LIST(10, steps, 0, step_fields),
    LIST(12, adjustments, sizeof(bpo_adjustment), adjustment_fields),
};
enum { SECTION_HEADER = 2, SECTION_CLOSING = 14, LIST_COUNT = sizeof lists / sizeof *lists };

/* --- one field ------------------------------------------------------------------------------------------------ */

static bpo_status write_field(bpo__buffer *into, field_type type, const void *at)
{
    bpo__text digest = {at, BPO_DIGEST_SIZE};
    switch (type) {
    case TEXT:
        return bpo__write_text(into, bpo__text_of(*(const char *const *)at));
    case I32:
        return bpo__write_signed(into, *(const int32_t *)at);
    case U32:
        return bpo__write_unsigned(into, *(const uint32_t *)at);
    case I64:
        return bpo__write_signed(into, *(const int64_t *)at);
    case U64:
        return bpo__write_unsigned(into, *(const uint64_t *)at);
    case DECIMAL:
        return bpo__write_decimal(into, at);
    default:
        return bpo__write_text(into, digest);
    }
}

static bpo_status read_text(bpo__reader *from, bpo__arena *arena, const char **ret_text)
{
    bpo__text text;
    bpo_status status = bpo__read_text(from, &text);
    if (status < 0)
        return status;
    if (text.size > 0 && !bpo__utf8_is_valid(text.data, text.size))
        return BPO_E_CORRUPT;
    const char *copy = bpo__arena_text(arena, text.data, text.size);
    if (copy == NULL)
        return BPO_E_NOMEM;
    *ret_text = copy;
    return BPO_OK;
}

static bpo_status read_i32(bpo__reader *from, int32_t *ret_value)
{
    int64_t value;
    bpo_status status = bpo__read_signed(from, &value);
    if (status < 0 || value < INT32_MIN || value > INT32_MAX)
        return BPO_E_CORRUPT;
    *ret_value = (int32_t)value;
    return BPO_OK;
}

static bpo_status read_digest(bpo__reader *from, void *at)
{
    bpo__text digest;
    if (bpo__read_text(from, &digest) < 0 || digest.size != BPO_DIGEST_SIZE)
        return BPO_E_CORRUPT;
    memcpy(at, digest.data, digest.size);
    return BPO_OK;
}

static bpo_status read_field(bpo__reader *from, bpo__arena *arena, field_type type, void *at)
{
    switch (type) {
    case TEXT:
        return read_text(from, arena, at);
    case I32:
        return read_i32(from, at);
    case U32:
        return bpo__read_limited(from, UINT32_MAX, at);
    case I64:
        return bpo__read_signed(from, at);
    case U64:
        return bpo__read_unsigned(from, at);
    case DECIMAL:
        return bpo__read_decimal(from, at);
    default:
        return read_digest(from, at);
    }
}

/* --- rows and sections ---------------------------------------------------------------------------------------- */

static bpo_status write_row(bpo__buffer *into, const field *fields, size_t count, const void *row)
{
    bpo_status status = BPO_OK;
    for (size_t i = 0; i < count && status >= 0; i++)
        status = write_field(into, fields[i].type, (const char *)row + fields[i].offset);
    return status;
}

static bpo_status read_row(bpo__reader *from, bpo__arena *arena, const field *fields, size_t count, void *row)
{
    bpo_status status = BPO_OK;
    for (size_t i = 0; i < count && status >= 0; i++)
        status = read_field(from, arena, fields[i].type, (char *)row + fields[i].offset);
    return status;
}

static bpo_status write_list(bpo__buffer *into, const list *l, const bpo__rows *rows)
{
    bpo_status status = bpo__write_unsigned(into, rows->count);
    for (size_t i = 0; i < rows->count && status >= 0; i++)
        status = write_row(into, l->fields, l->field_count, bpo__rows_at(rows, i));
    return status;
}

static bpo_status read_list(bpo__reader *from, bpo_statement *statement, const list *l)
{
    bpo__rows *rows = (bpo__rows *)((char *)statement + l->offset);
    uint64_t count = 0;
    bpo_status status = bpo__read_unsigned(from, &count);
    for (uint64_t i = 0; i < count && status >= 0; i++) { /* every row takes bytes, so they bound the loop */
        void *row = bpo__statement_append(statement, rows);
        if (row == NULL)
            return BPO_E_NOMEM;
        if (l->row_size > 0)
            memcpy(row, &l->row_size, sizeof l->row_size);
        status = read_row(from, &statement->arena, l->fields, l->field_count, row);
    }
    return status;
}

static bpo_status read_closing(bpo__reader *from, bpo_statement *statement)
{
    size_t size = (size_t)(from->end - from->position);
    uint8_t *closing = bpo__arena_alloc(&statement->arena, size);
    if (closing == NULL)
        return BPO_E_NOMEM;
    if (size > 0)
        memcpy(closing, from->position, size);
    from->position = from->end;
    statement->closing = closing;
    statement->closing_size = size;
    return BPO_OK;
}

static bpo_status write_payload(const bpo_statement *statement, bpo__buffer *payload, bpo__buffer *content)
{
    bpo_status status =
        write_row(content, header_fields, sizeof header_fields / sizeof *header_fields, &statement->header);
    if (status >= 0)
        status = bpo__section_write(payload, SECTION_HEADER, content);
    for (size_t i = 0; i < LIST_COUNT && status >= 0; i++) {
        content->size = 0;
        status = write_list(content, &lists[i], (const bpo__rows *)((const char *)statement + lists[i].offset));
        if (status >= 0)
            status = bpo__section_write(payload, lists[i].id, content);
    }
    if (status < 0)
        return status;
    content->size = 0;
    status = bpo__buffer_append(content, statement->closing, statement->closing_size);
    return status < 0 ? status : bpo__section_write(payload, SECTION_CLOSING, content);
}

static bpo_status read_section(bpo_statement *statement, uint32_t id, bpo__reader *content, bpo_error *err)
{
    if (id == SECTION_HEADER)
        return read_row(content, &statement->arena, header_fields, sizeof header_fields / sizeof *header_fields,
                        &statement->header);
    if (id == SECTION_CLOSING)
        return read_closing(content, statement);
    for (size_t i = 0; i < LIST_COUNT; i++)
        if (lists[i].id == id)
            return read_list(content, statement, &lists[i]);
    content->position = content->end;
    return bpo__section_unknown(id, err);
}

/* Sections stand in order of id, each once, and all of them are there. */
static bpo_status read_payload(bpo_statement *statement, bpo__reader *payload, bpo_error *err)
{
    uint32_t id = 0, previous = 0, known = 0;
    bpo__reader content;
    bpo_status status;
    while ((status = bpo__section_read(payload, &id, &content)) == BPO_OK) {
        if (id <= previous)
            return BPO_E_CORRUPT;
        previous = id;
        known += id <= SECTION_CLOSING && id % 2 == 0;
        if ((status = read_section(statement, id, &content, err)) < 0)
            return status;
        if (content.position != content.end)
            return BPO_E_CORRUPT;
    }
    if (status < 0)
        return status;
    return known == LIST_COUNT + 2 ? bpo__statement_settle(statement) : BPO_E_CORRUPT;
}

bpo_status bpo__statement_bytes(const bpo_statement *statement, bpo__buffer *into)
{
    bpo__buffer payload, content;
    bpo__buffer_init(&payload, statement->context);
    bpo__buffer_init(&content, statement->context);
    bpo_status status = write_payload(statement, &payload, &content);
    if (status >= 0)
        status = bpo__frame_write(into, BPO__FRAME_STATEMENT, &payload);
    bpo__buffer_clear(&content);
    bpo__buffer_clear(&payload);
    return status;
}

bpo_status bpo_statement_encode(const bpo_statement *statement, const bpo_sink *sink, bpo_error *err)
{
    bpo__buffer bytes;
    if (statement == NULL || sink == NULL || sink->write == NULL)
        return bpo__fail_argument(err, statement == NULL ? "statement" : "sink");
    bpo__buffer_init(&bytes, statement->context);
    bpo_status status = bpo__statement_bytes(statement, &bytes);
    if (status < 0)
        bpo__fail_memory(err);
    else if ((status = bpo_sink_write(sink, bytes.data, bytes.size)) < 0)
        bpo__fail_host(err, status, "write");
    bpo__buffer_clear(&bytes);
    return status < 0 ? status : BPO_OK;
}

bpo_status bpo_statement_decode(bpo_context *context, const void *bytes, size_t size, bpo_statement **ret_statement,
                                bpo_error *err)
{
    bpo__reader payload;
    bpo_statement *statement;
    if (context == NULL || bytes == NULL || ret_statement == NULL)
        return bpo__fail_argument(err, context == NULL ? "context" : bytes == NULL ? "bytes" : "ret_statement");
    bpo_status status = bpo__frame_read(bytes, size, BPO__FRAME_STATEMENT, &payload, err);
    if (status < 0)
        return status;
    if (bpo__statement_new(context, &statement) < 0)
        return bpo__fail_memory(err);
    status = read_payload(statement, &payload, err);
    if (status >= 0) {
        *ret_statement = statement;
        return BPO_OK;
    }
    bpo_statement_unref(statement);
    if (status == BPO_E_NOMEM)
        return bpo__fail_memory(err);
    if (status == BPO_E_TOO_NEW)
        return status;
    return bpo__fail(err, BPO_E_CORRUPT, BPO__MSG_bytes_malformed, "", "statement", NULL, NULL);
}
