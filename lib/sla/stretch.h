/* SPDX-License-Identifier: Apache-2.0 */
/* Stretches: where a clock ran without a break, measured by one calendar, and where sums of open time land in them. */
#ifndef BPO_SLA_STRETCH_H
#define BPO_SLA_STRETCH_H

#include "core/memory.h"
#include <bpo/calendar.h>

/* One stretch of a cycle; the cycle's stretches hang together by `previous`. */
typedef struct bpo__stretch {
    bpo_time from;
    const bpo_calendar *calendar; /* NULL: elapsed time */
    bpo_duration before;          /* what the cycle had run before it */
    bpo_duration open;            /* what it ran in the stretch; valid once it has ended */
    uint32_t previous;            /* the cycle's stretch before this one, or BPO__STRETCH_NONE */
    bool ended;
} bpo__stretch;

#define BPO__STRETCH_NONE     UINT32_MAX
#define BPO__STRETCHES_INLINE 24

/* All stretches of one replay; the first few need no memory. */
typedef struct bpo__stretches {
    bpo_context *context;
    bpo__stretch *items;
    size_t count;
    size_t capacity;
    bpo__stretch first[BPO__STRETCHES_INLINE];
} bpo__stretches;

void bpo__stretches_init(bpo__stretches *stretches, bpo_context *context);
void bpo__stretches_clear(bpo__stretches *stretches);
/* BPO_E_NOMEM changes nothing. */
bpo_status bpo__stretches_add(bpo__stretches *stretches, const bpo__stretch *stretch, uint32_t *ret_index);

/* Open time in [from, until), or the plain difference without a calendar. */
bpo_status bpo__open_between(const bpo_calendar *calendar, bpo_time from, bpo_time until, bpo_duration *ret_open,
                             bpo_error *err);
/* Where `open` from `from` lands; BPO_TIME_NEVER where the calendar never opens for that long, or not within the years
 * that calendars cover. */
bpo_status bpo__open_landing(const bpo_calendar *calendar, bpo_time from, bpo_duration open, bpo_landing landing,
                             bpo_time *ret_at, bpo_error *err);

#endif
