/* SPDX-License-Identifier: Apache-2.0 */
/* The mapping file, read: which columns make which facts. */
#ifndef EXAMPLE_MAPPING_RULES_H
#define EXAMPLE_MAPPING_RULES_H

#include "log_file.h"
#include <bpo/bpo.h>
#include <jansson.h>
#include <stdbool.h>

enum { MAPPING_VALUES_MAX = 16, MAPPING_RULES_MAX = 16 };

typedef enum mapping_which { MAPPING_ROW_EACH = 1, MAPPING_ROW_FIRST, MAPPING_ROW_LAST } mapping_which;

/* A column: named by the file, bound to its place by the header. name NULL: none. */
typedef struct mapping_column {
    const char *name;
    size_t index;
} mapping_column;

typedef struct mapping_value {
    uint32_t id;
    int32_t type;
    const char *text; /* a fixed text, or NULL */
    mapping_column column;
} mapping_value;

typedef struct mapping_rule {
    bpo_fact_kind kind;
    mapping_which row;
    mapping_column subject, at, order, when;
    const char *when_text;
    const char *key; /* what stands behind the subject in the fact's key; NULL: the row's number among its own */
    mapping_value values[MAPPING_VALUES_MAX];
    size_t value_count;
} mapping_rule;

typedef struct mapping_rules {
    json_t *file; /* owns all texts */
    const char *missing;
    mapping_column subject, order_at, order_number;
    mapping_rule rules[MAPPING_RULES_MAX];
    size_t count;
} mapping_rules;

/* Both return 0, or -1 with a message. */
int mapping_rules_read(mapping_rules *rules, const char *path, bpo_contract *contract, char *problem,
                       size_t problem_size);
int mapping_rules_bind(mapping_rules *rules, const log_row *header, char *problem, size_t problem_size);
void mapping_rules_clear(mapping_rules *rules);

#endif
