/* SPDX-License-Identifier: Apache-2.0 */
/* Reading CSV: zlib reads plain files and gzip alike, libcsv splits the fields. */
#include "log_file.h"

#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

enum { BLOCK_SIZE = 1 << 16 };

typedef struct reading {
    log_visit visit;
    void *user;
    char *bytes; /* the fields of the present row, one behind the other */
    size_t size, capacity;
    size_t *starts;
    size_t field_count, field_capacity;
    char **fields;
    size_t row_number;
    int result;
} reading;

static int grow(void **array, size_t *capacity, size_t needed, size_t item_size)
{
    size_t next = *capacity ? *capacity : 64;
    while (next < needed)
        next *= 2;
    void *grown = realloc(*array, next * item_size);
    if (!grown)
        return -1;
    *array = grown;
    *capacity = next;
    return 0;
}

static void on_field(void *data, size_t size, void *user)
{
    reading *r = user;
    if (r->result)
        return;
    if (r->size + size + 1 > r->capacity && grow((void **)&r->bytes, &r->capacity, r->size + size + 1, 1))
        r->result = -1;
    else if (r->field_count == r->field_capacity &&
             grow((void **)&r->starts, &r->field_capacity, r->field_count + 1, sizeof *r->starts))
        r->result = -1;
    if (r->result)
        return;
    r->starts[r->field_count++] = r->size;
    if (size)
        memcpy(r->bytes + r->size, data, size);
    r->size += size;
    r->bytes[r->size++] = '\0';
}

static void on_row(int end, void *user)
{
    reading *r = user;
    (void)end;
    if (r->result)
        return;
    r->row_number++;
    char **fields = realloc(r->fields, (r->field_count + 1) * sizeof *fields);
    if (!fields) {
        r->result = -1;
        return;
    }
    r->fields = fields;
    for (size_t i = 0; i < r->field_count; i++)
        fields[i] = r->bytes + r->starts[i];
    log_row row = {fields, r->field_count, r->row_number};
    if (r->field_count)
        r->result = r->visit(r->user, &row);
    r->size = 0;
    r->field_count = 0;
}

static int read_blocks(gzFile file, struct csv_parser *parser, reading *r, log_progress progress, size_t total)
{
    static char block[BLOCK_SIZE];
    int size;
    while (!r->result && (size = gzread(file, block, sizeof block)) > 0) {
        if (csv_parse(parser, block, (size_t)size, on_field, on_row, r) != (size_t)size)
            return -1;
        if (progress)
            progress(r->user, (size_t)gzoffset(file), total);
    }
    int code;
    const char *text = gzerror(file, &code);
    (void)text;
    if (r->result)
        return r->result;
    if (code < 0)
        return -1;
    csv_fini(parser, on_field, on_row, r);
    return r->result;
}

int log_file_read(const char *path, log_visit visit, log_progress progress, void *user, char *problem,
                  size_t problem_size)
{
    struct stat about;
    struct csv_parser parser;
    reading r = {.visit = visit, .user = user};
    problem[0] = '\0';
    gzFile file = stat(path, &about) == 0 ? gzopen(path, "rb") : NULL;
    if (!file) {
        snprintf(problem, problem_size, "%s: cannot be read; give the name of a CSV file, plain or gzip", path);
        return -1;
    }
    if (csv_init(&parser, CSV_STRICT | CSV_APPEND_NULL) != 0) {
        gzclose(file);
        snprintf(problem, problem_size, "out of memory");
        return -1;
    }
    int result = read_blocks(file, &parser, &r, progress, (size_t)about.st_size);
    if (result == -1)
        snprintf(problem, problem_size, "%s: row %zu: %s", path, r.row_number + 1,
                 csv_error(&parser) ? csv_strerror(csv_error(&parser)) : "the file ends early or is damaged");
    csv_free(&parser);
    gzclose(file);
    free(r.bytes);
    free(r.starts);
    free(r.fields);
    return result;
}
