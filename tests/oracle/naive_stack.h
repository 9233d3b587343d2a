/* SPDX-License-Identifier: Apache-2.0 */
/* What holds on a date where calendars extend others and have versions: a stack of layers, asked date by date.
 *
 * Bottom first: the calendar that extends nothing, its versions, the one that extends it, its versions, and so on. A
 * version counts from its date on. Of the layers that count on a date, the topmost that sets a term decides. */
#ifndef BPO_TESTS_NAIVE_STACK_H
#define BPO_TESTS_NAIVE_STACK_H

#include "naive_calendar.h"
#include "naive_rule.h"

#define NAIVE_LAYERS_MOST 12
#define NAIVE_RULES_MOST  4 /* names of rules */
#define NAIVE_STACK_KEPT  64

enum { NAIVE_UNSET = 0, NAIVE_NO = 1, NAIVE_YES = 2 };

typedef struct naive_layer {
    int from;        /* yyyymmdd; 0: on every date */
    int sets_day[7]; /* Sunday first */
    naive_hours week[7];
    int holiday_count;
    int holidays[NAIVE_LIST_MOST];     /* yyyymmdd, or mmdd for every year */
    int holiday_tags[NAIVE_LIST_MOST]; /* the number in its name */
    int sets_rule[NAIVE_RULES_MOST];   /* NAIVE_NO takes it back */
    naive_rule rules[NAIVE_RULES_MOST];
    int rule_tags[NAIVE_RULES_MOST];
    int override_count;
    naive_hours overrides[NAIVE_LIST_MOST];
    int closure_count;
    naive_hours closures[NAIVE_LIST_MOST];
    int by_shift_start; /* NAIVE_UNSET, NAIVE_NO, NAIVE_YES */
    int override_beats_holiday;
} naive_layer;

struct naive_stack {
    int count;
    naive_layer layers[NAIVE_LAYERS_MOST];
    int dates[NAIVE_STACK_KEPT]; /* answers that were given before */
    naive_calendar days[NAIVE_STACK_KEPT];
};

/* What holds on a date, given as yyyymmdd and its weekday: only of use for that date. */
const naive_calendar *naive_stack_on(naive_stack *stack, int date, int weekday);

#endif
