/* SPDX-License-Identifier: Apache-2.0 */
/* Working dates of calendars that are made from others, as their definition says: each date is asked of each member.
 *
 * Days are counted from 1970-01-01, whatever the zone: the label of a date. */
#ifndef BPO_TESTS_NAIVE_JOINT_H
#define BPO_TESTS_NAIVE_JOINT_H

#include "naive_calendar.h"

#define NAIVE_JOINT_MOST 4

typedef struct naive_joint {
    const char *zone;
    const naive_calendar *own; /* hours of its own, or NULL */
    const struct naive_joint *members[NAIVE_JOINT_MOST];
    int count;
    int is_union;
    int64_t last_day; /* what the members say of later days is not known */
} naive_joint;

/* As of naive_calendar.h; NAIVE_NONE also where a day is not known or a member's zone skips it. They set TZ. */
int64_t naive_joint_add_days(const naive_joint *joint, int64_t from, int days, naive_days_options options);
int64_t naive_joint_count_days(const naive_joint *joint, int64_t from, int64_t until, int inclusive);

#endif
