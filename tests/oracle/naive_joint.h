/* SPDX-License-Identifier: Apache-2.0 */
/* Calendars that are made from others, as their definition says: each date and each second is asked of each member.
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

/* Why each second of a window is open or closed: NAIVE_OPEN, NAIVE_CLOSED, NAIVE_EXCLUDED, or a holiday's number. */
enum { NAIVE_EXCLUDED = 5, NAIVE_FIRST_HOLIDAY = 10 };
/* Of hours of its own; its first holiday has the number `number`. Sets TZ. */
void naive_joint_own_reasons(const naive_joint *joint, int number, int64_t first, int64_t count,
                             unsigned char *reasons);
/* Of two members, without what is open in `minus` unless that is NULL. */
void naive_joint_reasons(int is_union, const unsigned char *a, const unsigned char *b, const unsigned char *minus,
                         int64_t count, unsigned char *reasons);

#endif
