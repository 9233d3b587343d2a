/* SPDX-License-Identifier: Apache-2.0 */
/* Families of random calendars: made from each other in every way that the terms know, once as terms and once as the
 * naive definition. */
#ifndef BPO_TESTS_MADE_CALENDARS_H
#define BPO_TESTS_MADE_CALENDARS_H

#include "../support/random.h"
#include "naive_stack.h"
#include <bpo/bpo.h>

#define MADE_CALENDARS    8
#define MADE_MEMBERS_MOST 3

typedef struct made_calendar {
    char name[16];
    const char *zone;
    naive_calendar own; /* says what the stack says */
    naive_stack stack;
    int is_union;                   /* of the members; else their intersection */
    int member_count;               /* 0: hours of its own */
    int members[MADE_MEMBERS_MOST]; /* places in the family, before this one */
    int minus_count;
    int minus[MADE_MEMBERS_MOST];
} made_calendar;

typedef struct made_family {
    test_random *random;
    bpo_terms *terms;
    const char *const *zones; /* to choose from */
    int zone_count;
    int64_t first; /* dates of the calendars lie mostly in this span of seconds */
    int64_t length;
    int grain;       /* seconds: every edge is a multiple of it */
    int has_silence; /* some calendars are closed for about ten years within the span */
    int tags;
    int refused; /* terms that were not taken */
    made_calendar calendars[MADE_CALENDARS];
} made_family;

/* Fills calendars and terms, a tree with all of them below /calendars; the first has zones[0]. */
void made_family_fill(made_family *family);

#endif
