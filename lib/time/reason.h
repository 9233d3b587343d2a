/* SPDX-License-Identifier: Apache-2.0 */
/* Why a calendar is open or closed at an instant: by its definition, without pages.
 *
 * A calendar with hours of its own is asked by the wall clock of its zone. Of several members one gives the reason: the
 * first with the highest rank.
 *
 *     union         open, then holiday, then excluded, then closed
 *     intersection  holiday, then closed, then excluded, then open
 *
 * So a holiday is told wherever it closes a member and nobody else works, as a calendar of its own tells it also at
 * night. What is taken away is told only where the whole would be open without that. */
#ifndef BPO_TIME_REASON_H
#define BPO_TIME_REASON_H

#include "time/timeline.h"
#include <bpo/intervals.h>

typedef struct bpo__reason {
    bpo_interval_kind kind; /* open, closed, holiday or excluded */
    bpo__text name;         /* of the holiday, or of the calendar that is taken away; with a NUL behind it */
    int64_t until;          /* it holds up to this second (UTC) at least, which is later than the one asked for */
} bpo__reason;

/* Of a second, UTC. */
bpo__reason bpo__reason_at(const bpo_calendar *calendar, int64_t second);

#endif
