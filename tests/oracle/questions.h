/* SPDX-License-Identifier: Apache-2.0 */
/* Every question that can be asked of a calendar, asked at random and compared with the naive answer. */
#ifndef BPO_TESTS_QUESTIONS_H
#define BPO_TESTS_QUESTIONS_H

#include "../support/random.h"
#include "naive_joint.h"
#include <bpo/bpo.h>

typedef struct tally {
    int64_t cases; /* answers that were compared */
    int64_t differences;
} tally;

typedef struct subject {
    const char *label; /* for the report */
    const bpo_calendar *calendar;
    const naive_window *window;
    const naive_calendar *own; /* hours of its own, whose dates are asked; TZ names its zone */
    const naive_joint *joint;  /* or what it is made from */
    int is_explained;          /* whether reasons are asked: those of hours of its own */
    test_random *random;
    tally *tally;
} subject;

/* 1900-01-01 and 2201-01-01 in seconds: instants from the one to the other are covered. */
#define QUESTIONS_COVERED_FROM  INT64_C(-2208988800)
#define QUESTIONS_COVERED_UNTIL INT64_C(7289654400)

/* About this many answers for one round. */
#define QUESTIONS_A_ROUND 32
void questions_ask(const subject *subject, int rounds);

#endif
