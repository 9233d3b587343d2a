/* SPDX-License-Identifier: Apache-2.0 */
/* One thing that meters and measures can count. The ledger makes occurrences of facts, clock cycles and stretches of
 * time, cut so that each lies in one period and one version, and hands them to pricing and kpi, which know nothing of
 * each other. A contribution is withdrawn by the same occurrence with sign -1. */
#ifndef BPO_TERMS_OCCURRENCE_H
#define BPO_TERMS_OCCURRENCE_H

#include "terms/plan.h"

typedef enum bpo__occurrence_kind {
    BPO__OCCURRENCE_FACT = 1, /* a fact at `at` */
    BPO__OCCURRENCE_CYCLE,    /* a clock's cycle with a verdict, attributed to `at` */
    BPO__OCCURRENCE_RUN,      /* a stretch in which a metric ran */
    BPO__OCCURRENCE_SEAT      /* a stretch in which a seat had one state */
} bpo__occurrence_kind;

typedef enum bpo__verdict {
    BPO__VERDICT_MET = 1,
    BPO__VERDICT_BREACHED,
    BPO__VERDICT_INDETERMINATE
} bpo__verdict;

typedef struct bpo__occurrence {
    bpo__occurrence_kind kind;
    int32_t sign; /* +1, or -1 to withdraw */
    bpo_time at;
    bpo_time from, until;   /* RUN, SEAT: [from, until) */
    const bpo_fact *fact;   /* FACT */
    bpo__text subject;
    const bpo__attributes *attributes; /* the fact's values, then the subject's state */
    const char *metric;     /* CYCLE, RUN: name */
    const char *policy;     /* CYCLE, RUN: name, or NULL */
    bpo__verdict verdict;   /* CYCLE */
    bpo_duration elapsed;   /* CYCLE; RUN: open time of the stretch */
    const bpo__plan *plan;  /* version in force */
    uint32_t version;       /* its number */
    bpo_time period_start;  /* service period that it belongs to */
    bpo_time period_end;
} bpo__occurrence;

#endif
