/* SPDX-License-Identifier: Apache-2.0 */
/* A report: rows about the facts of one batch. The texts of all rows lie in one run of bytes, and rows hold places
 * in it, so that a reused report soon stops allocating. */
#include "core/report.h"
#include "core/buffer.h"
#include "core/fail.h"
#include "core/message.h"
#include "core/sized.h"

typedef struct row {
    bpo_report_code code;
    bpo_status status;
    int32_t message_id;
    size_t index;
    size_t path;    /* where its text begins */
    size_t message; /* where its text begins */
} row;

struct bpo_report {
    bpo__references references;
    bpo_context *context;
    row *rows;
    size_t count;
    size_t capacity;
    bpo__buffer texts; /* each ended by NUL */
};

static bpo_status append_row(bpo_report *report, row added, bpo__text path, bpo__text message)
{
    void *rows = report->rows;
    bpo_status status = bpo__reserve(report->context, &rows, &report->capacity, report->count, 1, sizeof(row));
    report->rows = rows;
    if (status != BPO_OK || bpo__buffer_reserve(&report->texts, path.size + message.size + 2) != BPO_OK)
        return BPO_E_NOMEM;
    added.path = report->texts.size;
    added.message = added.path + path.size + 1;
    bpo__buffer_append(&report->texts, path.data, path.size);
    bpo__buffer_append_byte(&report->texts, 0);
    bpo__buffer_append(&report->texts, message.data, message.size);
    bpo__buffer_append_byte(&report->texts, 0);
    report->rows[report->count++] = added;
    return BPO_OK;
}

void bpo__report_truncate(bpo_report *report, size_t count)
{
    if (!report || count >= report->count)
        return;
    report->texts.size = report->rows[count].path;
    report->count = count;
}

void bpo__report_clear(bpo_report *report)
{
    bpo__report_truncate(report, 0);
}

bpo_status bpo__report_add(bpo_report *report, bpo_report_code code, size_t index, bpo_status status, int32_t message,
                           const char *path, bpo__text argument0, bpo__text argument1, bpo__text argument2)
{
    if (!report)
        return BPO_OK;
    const bpo__text arguments[BPO__MESSAGE_ARGUMENTS] = {argument0, argument1, argument2};
    char shown_path[BPO_ERROR_PATH_SIZE];
    char shown[BPO_ERROR_MESSAGE_SIZE];
    bpo__text path_text = {shown_path,
                           bpo__message_show(bpo__text_of(path), sizeof(shown_path), shown_path, sizeof(shown_path))};
    bpo__text message_text = {shown, bpo__message_format(message, arguments, shown, sizeof(shown))};
    row added = {code, status, message, index, 0, 0};
    return append_row(report, added, path_text, message_text);
}

bpo_status bpo__report_add_error(bpo_report *report, bpo_report_code code, size_t index, const bpo_error *err)
{
    if (!report)
        return BPO_OK;
    row added = {code, err->code, err->message_id, index, 0, 0};
    return append_row(report, added, bpo__text_of(err->path), bpo__text_of(err->message));
}

bpo_status bpo_report_new(bpo_context *context, bpo_report **ret_report, bpo_error *err)
{
    if (!context || !ret_report)
        return bpo__fail_argument(err, context ? "ret_report" : "context");
    bpo_report *report = bpo__alloc_zeroed(context, sizeof(*report));
    if (!report)
        return bpo__fail_memory(err);
    bpo__reference_init(&report->references);
    report->context = bpo_context_ref(context);
    bpo__buffer_init(&report->texts, context);
    *ret_report = report;
    return BPO_OK;
}

bpo_report *bpo_report_ref(bpo_report *report)
{
    if (report)
        bpo__reference_take(&report->references);
    return report;
}

bpo_report *bpo_report_unref(bpo_report *report)
{
    if (!report || !bpo__reference_drop(&report->references))
        return NULL;
    bpo_context *context = report->context;
    bpo__buffer_clear(&report->texts);
    bpo__free(context, report->rows, report->capacity * sizeof(*report->rows));
    bpo__free(context, report, sizeof(*report));
    bpo_context_unref(context);
    return NULL;
}

size_t bpo_report_count(const bpo_report *report)
{
    return report ? report->count : 0;
}

bpo_status bpo_report_at(const bpo_report *report, size_t index, bpo_report_row *ret_row)
{
    if (!report || !ret_row || index >= report->count)
        return BPO_E_INVALID;
    const row *found = &report->rows[index];
    bpo_report_row given = BPO_REPORT_ROW_INIT;
    given.code = found->code;
    given.index = found->index;
    given.status = found->status;
    given.message_id = found->message_id;
    given.path = (const char *)report->texts.data + found->path;
    given.message = (const char *)report->texts.data + found->message;
    return bpo__sized_write(&given, sizeof(given), ret_row, sizeof(given));
}
