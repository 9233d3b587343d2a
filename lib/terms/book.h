/* SPDX-License-Identifier: Apache-2.0 */
/* The book from inside: base terms, amendments, and one plan for each span of time in which the same amendments are in
 * force. */
#ifndef BPO_TERMS_BOOK_H
#define BPO_TERMS_BOOK_H

#include "core/reference.h"
#include "terms/plan.h"
#include "terms/tree.h"

/* One amendment as the book keeps it; books share them. */
typedef struct bpo__record {
    bpo__references references;
    bpo__arena arena;
    bpo_terms *changes;      /* never NULL */
    bpo_amendment amendment; /* its texts and changes are the record's own */
} bpo__record;

/* Checks form and approvals and copies. `number` is the one that is next. */
bpo_status bpo__record_new(bpo_context *context, const bpo_amendment *amendment, uint32_t number,
                           bpo__record **ret_record, bpo_error *err);
bpo__record *bpo__record_ref(bpo__record *record);
void bpo__record_unref(bpo__record *record);
/* Brings the amendment's changes into a tree. Marks in `removed` (one a removal, or NULL) what there was to remove. */
bpo_status bpo__record_apply(const bpo__record *record, bpo_terms *terms, bool *removed, bpo_error *err);

typedef enum bpo__period_kind {
    BPO__PERIOD_MONTH = 1,
    BPO__PERIOD_WEEK,
    BPO__PERIOD_QUARTER,
    BPO__PERIOD_YEAR
} bpo__period_kind;

#define BPO__WINDOW_OPEN INT64_MAX

/* What holds for the whole contract, from its base terms. */
typedef struct bpo__settings {
    bpo__period_kind period;
    int32_t anchor_month; /* 1..12: where quarters and years start */
    int32_t anchor_day;   /* 1..31, clamped to the length of each month */
    int32_t week_start;   /* 0 Monday .. 6 */
    bpo_zone *zone;       /* borrowed from the first plan */
    bpo_time start;
    bpo__late_facts late_facts;
    bpo_duration late_window; /* BPO__WINDOW_OPEN: no limit */
    bpo_duration clock_tolerance;
} bpo__settings;

bpo_status bpo__settings_read(const bpo__plan *plan, bpo__settings *settings, bpo_error *err);
/* First local dates of the period that holds a date, and of the next one. */
void bpo__period_days(const bpo__settings *settings, int32_t days, int32_t *ret_first, int32_t *ret_next);

typedef struct bpo__book_span {
    bpo_time from; /* up to the next span's */
    bpo__plan *plan;
} bpo__book_span;

struct bpo_contract {
    bpo__references references;
    bpo_context *context;
    bpo__names *names;
    bpo_terms *base; /* never changed */
    bpo__record **records;
    size_t record_count;
    bpo__book_span *spans; /* the first from INT64_MIN */
    size_t span_count;
    size_t span_capacity;
    bpo__settings settings;
};

#endif
