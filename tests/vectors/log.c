/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of the real log's cells. The log is no part of this tree: BPO_INCIDENT_LOG names it, or it lies in
 * ../shared/data beside the tree; without it the vectors are skipped. */
#include "driver.h"
#include "kpi/cell.h"
#include "num/wide.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* Columns of the log that are read. */
enum {
    COLUMN_NUMBER = 0,
    COLUMN_REASSIGNMENTS = 3,
    COLUMN_REOPENS = 4,
    COLUMN_UPDATES = 5,
    COLUMN_MADE_SLA = 6,
    COLUMN_OPENED = 9,
    COLUMN_UPDATED = 13,
    COLUMN_PRIORITY = 22,
    COLUMN_RESOLVED = 34,
    COLUMN_COUNT = 36
};

/* The last row of one incident that was resolved. */
typedef struct incident {
    char number[16];
    char priority[24];
    char month[8]; /* of the resolution */
    int64_t updated; /* minutes, then the update counter: which row is the last */
    int64_t updates;
    int64_t resolution_ms;
    int64_t reassignments;
    bool resolved;
    bool reopened;
    bool made_sla;
} incident;

typedef struct incident_log {
    incident *rows; /* one an incident, in the order of the file */
    size_t count;
    size_t room;
    bool missing;
} incident_log;

/* Read at the first vector that needs it, and kept: 46 MB are not read for each. */
static incident_log the_log;

/* "d/m/yyyy hh:mm" in UTC as minutes; -1 for "?". */
static int64_t minutes_of(const char *stamp, char *month)
{
    int day;
    int number;
    int year;
    int hour;
    int minute;
    char text[32];
    bpo_time at = 0;
    if (sscanf(stamp, "%d/%d/%d %d:%d", &day, &number, &year, &hour, &minute) != 5)
        return -1;
    snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:00Z", year, number, day, hour, minute);
    if (month)
        snprintf(month, 8, "%.7s", text);
    return bpo_time_parse(text, &at, NULL) == BPO_OK ? at / BPO_MINUTE : -1;
}

static size_t split(char *line, char **columns)
{
    size_t count = 0;
    for (char *next = line; next && count < COLUMN_COUNT; count++) {
        columns[count] = next;
        next = strchr(next, ',');
        if (next)
            *next++ = '\0';
    }
    return count;
}

static incident *incident_of(incident_log *log, const char *number)
{
    if (log->count > 0 && strcmp(log->rows[log->count - 1].number, number) == 0)
        return &log->rows[log->count - 1];
    if (log->count == log->room) {
        log->room = log->room ? log->room * 2 : 1024;
        log->rows = realloc(log->rows, log->room * sizeof *log->rows);
        if (!log->rows)
            abort();
    }
    incident *made = &log->rows[log->count++];
    memset(made, 0, sizeof *made);
    snprintf(made->number, sizeof made->number, "%s", number);
    made->updated = -1;
    return made;
}

static void take_row(incident_log *log, char **columns)
{
    incident *row = incident_of(log, columns[COLUMN_NUMBER]);
    int64_t updated = minutes_of(columns[COLUMN_UPDATED], NULL);
    int64_t updates = strtoll(columns[COLUMN_UPDATES], NULL, 10);
    if (updated < row->updated || (updated == row->updated && updates < row->updates))
        return;
    int64_t resolved = minutes_of(columns[COLUMN_RESOLVED], row->month);
    row->updated = updated;
    row->updates = updates;
    row->resolved = resolved >= 0;
    row->resolution_ms = (resolved - minutes_of(columns[COLUMN_OPENED], NULL)) * 60000;
    row->reassignments = strtoll(columns[COLUMN_REASSIGNMENTS], NULL, 10);
    row->reopened = strtoll(columns[COLUMN_REOPENS], NULL, 10) > 0;
    row->made_sla = strcmp(columns[COLUMN_MADE_SLA], "true") == 0;
    snprintf(row->priority, sizeof row->priority, "%s", columns[COLUMN_PRIORITY]);
}

static const incident_log *read_log(void)
{
    char line[4096];
    char *columns[COLUMN_COUNT];
    const char *path = getenv("BPO_INCIDENT_LOG");
    if (the_log.count > 0 || the_log.missing)
        return &the_log;
    gzFile file = gzopen(path ? path : BPO_SOURCE_ROOT "/../shared/data/incident_event_log.csv.gz", "rb");
    the_log.missing = !file;
    for (bool header = true; file && gzgets(file, line, sizeof line); header = false)
        if (!header && split(line, columns) == COLUMN_COUNT)
            take_row(&the_log, columns);
    if (file)
        gzclose(file);
    return &the_log;
}

static bool chosen(const vector *v, const incident *row)
{
    const char *month = text_of(v->input, "resolved_month", "*");
    const char *priority = text_of(v->input, "priority", "*");
    return row->resolved && (strcmp(month, "*") == 0 || strcmp(month, row->month) == 0) &&
           (strcmp(priority, "*") == 0 || strcmp(priority, row->priority) == 0);
}

typedef struct figures {
    bpo__cell *resolution;
    bpo__cell *reassignments;
    bpo__cell *reopened;
    bpo__cell *made_sla;
} figures;

static bool fold(vector *v, const incident_log *log, const figures *f)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_status status = BPO_OK;
    for (size_t i = 0; i < log->count && status == BPO_OK; i++) {
        const incident *row = &log->rows[i];
        if (!chosen(v, row))
            continue;
        status = bpo__cell_add(f->resolution, row->resolution_ms, 1);
        if (status == BPO_OK)
            status = bpo__cell_add(f->reassignments, row->reassignments, 1);
        if (status == BPO_OK && row->reopened)
            status = bpo__cell_add(f->reopened, 1, 1);
        if (status == BPO_OK && row->made_sla)
            status = bpo__cell_add(f->made_sla, 1, 1);
    }
    return succeeded(v, status, &err);
}

static void expect_sum(vector *v, const char *key, const bpo__cell *cell)
{
    char text[BPO__I256_TEXT_SIZE];
    bpo__i256_format(bpo__cell_sum(cell), text);
    expect_decimal(v, key, text);
}

/* The quantiles stand one level down; what they ask besides the exact value is not built. */
static void expect_quantiles(vector *v, bpo__cell *cell)
{
    json_t *all = v->expected;
    const char *name;
    json_t *wanted;
    json_object_set_new(v->checked, "quantiles", json_true());
    json_object_foreach(json_object_get(all, "quantiles"), name, wanted)
    {
        int64_t found = 0;
        uint32_t percent = (uint32_t)strtoul(name + 1, NULL, 10);
        v->expected = wanted;
        if (bpo__cell_quantile(cell, percent, 100, &found) == BPO_OK)
            expect_integer(v, "exact_ms", found);
        else
            fail(v, name, "a value", "none");
    }
    v->expected = all;
}

static void compare(vector *v, const figures *f)
{
    expect_integer(v, "n", bpo__cell_count(f->resolution));
    expect_sum(v, "sum_ms", f->resolution);
    expect_sum(v, "reassignments", f->reassignments);
    expect_integer(v, "reopened", bpo__cell_count(f->reopened));
    expect_integer(v, "made_sla", bpo__cell_count(f->made_sla));
    expect_quantiles(v, f->resolution);
}

static void cell(vector *v)
{
    figures f = {NULL, NULL, NULL, NULL};
    bpo_error err = BPO_ERROR_INIT;
    const incident_log *log = read_log();
    if (log->count == 0) {
        skip(v, "the incident log is not here");
        return;
    }
    if (succeeded(v, bpo__cell_new(v->context, BPO__CELL_DIST, &f.resolution), &err) &&
        succeeded(v, bpo__cell_new(v->context, BPO__CELL_SUM, &f.reassignments), &err) &&
        succeeded(v, bpo__cell_new(v->context, BPO__CELL_COUNT, &f.reopened), &err) &&
        succeeded(v, bpo__cell_new(v->context, BPO__CELL_COUNT, &f.made_sla), &err) && fold(v, log, &f))
        compare(v, &f);
    bpo__cell_free(f.resolution);
    bpo__cell_free(f.reassignments);
    bpo__cell_free(f.reopened);
    bpo__cell_free(f.made_sla);
}

const kind log_kinds[] = {{"kpi.cell", cell}, {NULL, NULL}};
