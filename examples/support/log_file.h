/* SPDX-License-Identifier: Apache-2.0 */
/* A ticket log as CSV, plain or gzip, row by row (on zlib and libcsv). */
#ifndef EXAMPLE_LOG_FILE_H
#define EXAMPLE_LOG_FILE_H

#include <stddef.h>

/* A row: its fields in the order of the header, NUL-terminated. */
typedef struct log_row {
    char **fields;
    size_t count;
    size_t number; /* line of the table: the header is 1 */
} log_row;

/* Takes the header (number 1) and every row after it. A value other than 0 ends the reading and is returned. */
typedef int (*log_visit)(void *user, const log_row *row);

/* Told now and then how much of the file has been read. */
typedef void (*log_progress)(void *user, size_t done, size_t total);

/* Reads a whole file. Returns 0, what visit returned, or -1 with a message in `problem`. */
int log_file_read(const char *path, log_visit visit, log_progress progress, void *user, char *problem,
                  size_t problem_size);

#endif
