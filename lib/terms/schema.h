/* SPDX-License-Identifier: Apache-2.0 */
/* The table of all terms. Validation, docs/terms.md and whatever lists terms come from it; a term that is not built
 * has no row. */
#ifndef BPO_TERMS_SCHEMA_H
#define BPO_TERMS_SCHEMA_H

#include "core/arena.h"
#include "terms/tree.h"

typedef enum bpo__term_type {
    BPO__TERM_TEXT = 0,
    BPO__TERM_NAME,
    BPO__TERM_INTEGER,
    BPO__TERM_DECIMAL,
    BPO__TERM_SHARE,
    BPO__TERM_MONEY,
    BPO__TERM_DURATION,
    BPO__TERM_TARGET, /* a duration, or none */
    BPO__TERM_DATE,
    BPO__TERM_HOURS,
    BPO__TERM_CHOICE,
    BPO__TERM_FLAG,
    BPO__TERM_LIST,
    BPO__TERM_CONDITION,
    BPO__TERM_ZONE,
    BPO__TERM_CURRENCY,
    BPO__TERM_FACT_KIND,
    BPO__TERM_ATTRIBUTE,
    BPO__TERM_HOLIDAY_RULE,
    BPO__TERM_OBSERVED,
    BPO__TERM_YEAR
} bpo__term_type;

enum {
    BPO__TERM_REQUIRED = 1, /* where its section is used; the first bits are those of bpo_term */
    BPO__TERM_FIXED = 2     /* no amendment may change it */
};

/* Tokens of a pattern: {name}, {value}, {date}, {day_of_year} (a date or --MM-DD), {day}, {index}, {attribute}. */
typedef struct bpo__schema_row {
    const char *pattern;
    bpo__term_type type;
    uint32_t flags;
    const char *choices;
    const char *initial;
    const char *description;
} bpo__schema_row;

extern const bpo__schema_row bpo__schema[];
extern const size_t bpo__schema_count;

/* What a tree is: a whole contract, or one calendar given as the root. */
typedef enum bpo__scope { BPO__SCOPE_CONTRACT, BPO__SCOPE_CALENDAR } bpo__scope;

/* Checks one path and value against the table. scratch is for parsing only. */
bpo_status bpo__schema_check(bpo__scope scope, const bpo__term_node *node, bpo__arena *scratch, bpo_error *err);
/* Checks all of a tree; the first error in order of path. */
bpo_status bpo__schema_check_all(bpo_context *context, bpo__scope scope, const bpo_terms *terms, bpo_error *err);
/* The row of a path, or NULL. */
const bpo__schema_row *bpo__schema_find(bpo__scope scope, bpo__text path);
/* Whether no amendment may change the term. */
bool bpo__schema_is_fixed(bpo__text path);
/* Refuses a path that has no row; the message lists what there is at the place where it goes astray. */
bpo_status bpo__schema_unknown(bpo__scope scope, bpo__text path, bpo_error *err);

#endif
