/* SPDX-License-Identifier: Apache-2.0 */
/* Why an instant is open or closed: a range of time cut into stretches that have one reason each. */
#ifndef BPO_TIME_EXPLAIN_H
#define BPO_TIME_EXPLAIN_H

#include "time/timeline.h"
#include <bpo/intervals.h>

/* Where an explanation stands. */
typedef struct bpo__explanation {
    bpo_time at;           /* all before it is told */
    bpo_time until;        /* end of the range */
    bpo_time changed_until; /* changes of the clock up to here are told, too */
} bpo__explanation;

void bpo__explanation_init(bpo__explanation *explanation, bpo_time from, bpo_time until);
/* The next stretch, with all fields but struct_size; BPO_DONE at the end. On failure nothing has moved. */
bpo_status bpo__explanation_next(bpo__explanation *explanation, bpo_calendar *calendar, bpo_interval *ret_interval,
                                 bpo_error *err);

#endif
