/* SPDX-License-Identifier: Apache-2.0 */
/* Calendars that are made from others: union, intersection, and what is taken away.
 *
 * Openness is combined instant by instant, so members may lie in different zones. A page of such a calendar is made
 * from the open periods of its members' pages, which are read from their definitions and not kept; when it is made, it
 * is a page like any other, and costs the same to ask. */
#ifndef BPO_TIME_COMBINATION_H
#define BPO_TIME_COMBINATION_H

#include "time/openings.h"
#include "time/schedule.h"

typedef struct bpo__combination {
    bpo_calendar *const *members; /* none: the calendar's own schedule */
    size_t member_count;
    bpo__combining combining;
    bpo_calendar *const *minus;
    const bpo__text *minus_names;
    size_t minus_count;
    uint32_t depth; /* 0 without members and minus, else one more than the deepest of them */
    uint32_t parts; /* how many calendars with hours of their own it is made from; 1 for one that is such itself */
} bpo__combination;

/* Copies from a definition, with references; what is_always_open and is_steady of the schedule say then holds for the
 * whole. BPO_E_NOMEM, BPO_E_LIMIT for members too deep or too many; to be cleared in any case. */
bpo_status bpo__combination_init(bpo__combination *combination, bpo__arena *arena,
                                 const bpo__calendar_definition *definition, bpo__schedule *schedule, bpo_error *err);
void bpo__combination_clear(bpo__combination *combination);

/* The open periods of a calendar, combined or not, within a page; *ret_openings is empty before, and to be cleared in
 * any case. */
bpo_status bpo__combination_openings(const bpo_calendar *calendar, uint32_t index, bpo__openings *ret_openings);

#endif
