/* SPDX-License-Identifier: Apache-2.0 */
/* Laying a schedule out on the line of time: the open periods of a page.
 *
 * The dates of a page are cut by spans of constant offset from UTC. Within a span, local time is UTC plus a constant,
 * so that the open seconds of a local date are open instants by mere subtraction: an hour that the clock skips is in no
 * span, one that it repeats is in two. */
#ifndef BPO_TIME_LAYOUT_H
#define BPO_TIME_LAYOUT_H

#include "time/openings.h"
#include "time/page.h"
#include "time/schedule.h"
#include "time/zone.h"

/* Periods in one page; what indexes can hold. */
#define BPO__OPENINGS_MOST 65000

/* The list is empty before, and to be cleared in any case. BPO_E_NOMEM, BPO_E_LIMIT for a zone that cuts time into
 * dust. */
bpo_status bpo__layout_openings(bpo_context *context, const bpo__schedule *schedule, const bpo_zone *zone,
                                uint32_t index, bpo__openings *ret_openings);

#endif
