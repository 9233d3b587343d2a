/* SPDX-License-Identifier: Apache-2.0 */
/* Making facts of a log's rows, as a small mapping file says (see examples/mappings/README.md). */
#ifndef EXAMPLE_MAPPING_H
#define EXAMPLE_MAPPING_H

#include "log_file.h"
#include <bpo/bpo.h>

typedef struct mapping mapping;

/* Takes facts in batches; the texts they point at live for the call. Returns 0 or a value that ends the reading. */
typedef int (*mapping_facts)(void *user, const bpo_fact *facts, size_t count);

/* Told of a row that could not be used: "row 12, column opened_at: ...". */
typedef void (*mapping_problem)(void *user, const char *text);

typedef struct mapping_host {
    void *user;
    mapping_facts facts;
    mapping_problem problem;
} mapping_host;

/* Reads the mapping file. Attribute names are interned in the contract, stamps are read in `zone`. NULL on failure
 * with a message in `problem`. */
mapping *mapping_new(const char *path, bpo_contract *contract, const bpo_zone *zone, mapping_host host, char *problem,
                     size_t problem_size);
void mapping_free(mapping *m);

/* A log_visit: user is the mapping. Rows of one subject must stand together. */
int mapping_row(void *m, const log_row *row);
/* After the last row. */
int mapping_finish(mapping *m);

size_t mapping_row_count(const mapping *m);     /* rows used */
size_t mapping_problem_count(const mapping *m); /* rows or facts left out */
size_t mapping_fact_count(const mapping *m);
bpo_time mapping_last_at(const mapping *m); /* latest instant of a fact; INT64_MIN for none */

#endif
