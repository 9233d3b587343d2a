/* SPDX-License-Identifier: Apache-2.0 */
/* Which dates of a calendar are working dates, and when each of them ends.
 *
 * A calendar with hours of its own works on a date on which a shift starts and that no holiday closes. One that is made
 * from others follows the practice of joint business days: a union works on the dates of any member, an intersection on
 * those of every member. A date is its label: the 26th of one member is the 26th of another, whatever their zones. What
 * is taken away by /minus are hours, as by a closure, and no dates. */
#ifndef BPO_TIME_WORKING_DATES_H
#define BPO_TIME_WORKING_DATES_H

#include "time/timeline.h"

#define BPO__DATES_BLOCK 64

/* Of BPO__DATES_BLOCK dates in a row: bit i is the date first + i. */
typedef struct bpo__date_set {
    uint64_t working; /* as far as their weekdays say */
    uint64_t marked;  /* where more than the weekday counts, and each date is to be asked */
} bpo__date_set;

bpo__date_set bpo__working_dates(const bpo_calendar *calendar, int32_t first);
bool bpo__is_working_date(const bpo_calendar *calendar, int32_t days);
/* When the last shift of a working date ends; false where the date is none. Each member's shift ends by its own zone's
 * clock: a union's date ends with the last of those that work, an intersection's with the first. */
bool bpo__working_date_end(const bpo_calendar *calendar, int32_t days, bpo_time *ret_end);

#endif
