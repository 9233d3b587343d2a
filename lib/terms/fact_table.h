/* SPDX-License-Identifier: Apache-2.0 */
/* The table of fact kinds and of value names: validation, conditions and the documentation come from it. */
#ifndef BPO_TERMS_FACT_TABLE_H
#define BPO_TERMS_FACT_TABLE_H

#include "core/text.h"
#include <bpo/fact.h>
#include <stdbool.h>

typedef enum bpo__subject_kind {
    BPO__SUBJECT_TICKET = 1,
    BPO__SUBJECT_AGENT,
    BPO__SUBJECT_SEAT,
    BPO__SUBJECT_CUSTOMER,
    BPO__SUBJECT_ENGAGEMENT
} bpo__subject_kind;

/* Which of two facts of one instant and order comes first (spec/architecture.md section 5). A kind that could be of
 * two classes (a message stops or starts a clock) has that of its first use. */
typedef enum bpo__precedence {
    BPO__PRECEDENCE_OPENED = 1,
    BPO__PRECEDENCE_CHANGE,
    BPO__PRECEDENCE_CANCEL,
    BPO__PRECEDENCE_STOP,
    BPO__PRECEDENCE_PAUSE,
    BPO__PRECEDENCE_START
} bpo__precedence;

typedef struct bpo__fact_row {
    bpo_fact_kind kind;
    const char *name;
    bpo__subject_kind subject;
    int32_t precedence;   /* among facts of one instant and order, see bpo__precedence */
    uint32_t required[4]; /* value ids, 0 at the end */
    uint32_t optional[12];
    const char *required_text; /* the same by name, for bpo_fact_kind_at() */
    const char *optional_text;
    const char *description;
    uint32_t instead[3]; /* values that together may stand in place of the required ones, 0 at the end */
} bpo__fact_row;

typedef struct bpo__value_row {
    uint32_t id;
    const char *name;
    int32_t type; /* BPO_TYPE_... that it must have; text attributes may hold anything UTF-8 */
    bool derived; /* in conditions only: a fact may not carry it */
    const char *description;
} bpo__value_row;

const bpo__fact_row *bpo__fact_row_of(bpo_fact_kind kind); /* NULL for an unknown kind */
const bpo__value_row *bpo__value_row_of(uint32_t id);      /* NULL for a host's own attribute */
const bpo__value_row *bpo__value_row_at(size_t index);
size_t bpo__value_row_count(void);

/* The total order of facts: (at, order, precedence of the kind, key bytewise), then revision. */
int bpo__fact_order(bpo_time at_a, int64_t order_a, bpo_fact_kind kind_a, bpo__text key_a, uint32_t revision_a,
                    bpo_time at_b, int64_t order_b, bpo_fact_kind kind_b, bpo__text key_b, uint32_t revision_b);

#endif
