/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of open periods, in order of time, none touching the next; and what union, intersection and difference make of
 * two of them. */
#ifndef BPO_TIME_OPENINGS_H
#define BPO_TIME_OPENINGS_H

#include "core/memory.h"
#include <bpo/calendar.h>

typedef struct bpo__opening {
    bpo_time from;
    bpo_time until;
} bpo__opening;

typedef struct bpo__openings {
    bpo__opening *list;
    size_t count;
    size_t capacity;
} bpo__openings;

typedef enum bpo__set_operation { BPO__SET_UNION = 0, BPO__SET_INTERSECTION, BPO__SET_DIFFERENCE } bpo__set_operation;

/* Appends a period that begins where or after the last one ends; there is room for it. */
static inline void bpo__openings_append(bpo__openings *openings, bpo_time from, bpo_time until)
{
    bpo__opening *next = &openings->list[openings->count];
    if (openings->count > 0 && next[-1].until == from) {
        next[-1].until = until;
        return;
    }
    next->from = from;
    next->until = until;
    openings->count++;
}

/* Appends to *result, which is empty and to be cleared in any case. BPO_E_NOMEM. */
bpo_status bpo__openings_combine(bpo_context *context, const bpo__openings *a, const bpo__openings *b,
                                 bpo__set_operation operation, bpo__openings *result);
bpo_duration bpo__openings_sum(const bpo__openings *openings);
void bpo__openings_clear(bpo_context *context, bpo__openings *openings);

#endif
