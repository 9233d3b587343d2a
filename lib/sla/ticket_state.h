/* SPDX-License-Identifier: Apache-2.0 */
/* What a ticket is at one point of its replay: its attributes, its status category, and the words of conditions. */
#ifndef BPO_SLA_TICKET_STATE_H
#define BPO_SLA_TICKET_STATE_H

#include "core/memory.h"
#include "terms/plan.h"

#define BPO__STATE_VALUES_INLINE 48
#define BPO__STATE_WORDS         4

typedef struct bpo__ticket_state {
    bpo_context *context;
    const bpo__plan *plan;
    bpo_value *values; /* the last value of each name */
    size_t count;
    size_t capacity;
    bpo_value words[BPO__STATE_WORDS]; /* kind, status_category, opened_weekday, opened_in_hours */
    size_t word_count;
    bpo__category category;
    uint32_t changed[BPO_FACT_VALUE_COUNT_MAX + 1]; /* names that the last fact changed */
    size_t changed_count;
    int opened_weekday;  /* 1 Monday .. 7 Sunday, 0 before the opening */
    int opened_in_hours; /* 1, 0, or -1 where there is no calendar yet */
    bpo_value first[BPO__STATE_VALUES_INLINE];
} bpo__ticket_state;

/* What conditions see: the fact's values, then the ticket's, then the words. Points into the state. */
typedef struct bpo__sight {
    bpo__attributes fact;
    bpo__attributes ticket;
    bpo__attributes words;
} bpo__sight;

void bpo__ticket_state_init(bpo__ticket_state *state, bpo_context *context, const bpo__plan *plan);
void bpo__ticket_state_clear(bpo__ticket_state *state);
/* Takes a fact's values over; texts stay borrowed. BPO_E_NOMEM. */
bpo_status bpo__ticket_state_apply(bpo__ticket_state *state, const bpo_fact *fact);
/* Makes the words anew; NULL: between two facts, without `kind`. */
void bpo__ticket_state_word(bpo__ticket_state *state, const bpo_fact *fact);
/* NULL: between two facts. */
const bpo__attributes *bpo__ticket_state_see(const bpo__ticket_state *state, const bpo_fact *fact, bpo__sight *sight);

#endif
