/* SPDX-License-Identifier: Apache-2.0 */
/* Rules for holidays: which date a holiday has in each year, and how it moves when that falls on a weekend.
 *
 *     --12-25                a date of every year (--02-29 in leap years)
 *     easter-2               counted from Western Easter Sunday; orthodox_easter for the Eastern one
 *     mon#3 of jan           the third Monday of January; mon#-1 of may the last of May
 *     sat from --06-20       the first Saturday on or after a date
 *     mon before --05-25     the last Monday before a date
 *
 * Each may be followed by a number of days: thu#4 of nov +1. An observed holiday moves: it is one on the date to which
 * it moves, which may lie in the next year or in the one before, and no longer on its own. */
#ifndef BPO_TIME_HOLIDAY_RULE_H
#define BPO_TIME_HOLIDAY_RULE_H

#include "core/text.h"
#include "time/civil.h"
#include <bpo/error.h>

typedef enum bpo__rule_kind {
    BPO__RULE_DATE = 0,
    BPO__RULE_EASTER,
    BPO__RULE_ORTHODOX_EASTER,
    BPO__RULE_NTH,
    BPO__RULE_FROM,
    BPO__RULE_BEFORE
} bpo__rule_kind;

typedef struct bpo__holiday_rule {
    bpo__text name;
    bpo__rule_kind kind;
    int32_t month;   /* but for Easter */
    int32_t day;     /* of a date, or of the anchor of from and before */
    int32_t weekday; /* 1 Monday to 7 Sunday */
    int32_t nth;     /* 1 to 5 from the start of the month, -1 to -5 from its end */
    int32_t offset;  /* days */
    int32_t from_year; /* years of the date before it moves; 0: without limit */
    int32_t to_year;
    int8_t observed[7]; /* by how many days it moves from Monday, Tuesday... */
    int32_t season_from; /* roughly where in its year it can fall, in days from 1 January; set by settling */
    int32_t season_until;
} bpo__holiday_rule;

/* The rule alone: kind to offset of *rule, which keeps the rest. Refused with BPO_E_VALUE at `path` (NULL: no path),
 * *rule untouched. */
bpo_status bpo__holiday_rule_parse(const char *path, bpo__text text, bpo__holiday_rule *rule, bpo_error *err);
/* none, nearest_weekday, next_weekday, previous_weekday, next_monday, or moves by weekday: `sat-1, sun+1`. Likewise. */
bpo_status bpo__observed_parse(const char *path, bpo__text text, int8_t *observed, bpo_error *err);

/* The date of the holiday of a year, moved; false in a year without one. */
bool bpo__holiday_rule_date(const bpo__holiday_rule *rule, int32_t year, int32_t *ret_days);
/* To be called once, when all else of a rule is set, before bpo__holiday_rule_holds(). */
void bpo__holiday_rule_settle(bpo__holiday_rule *rule);
/* Whether a date is the holiday; given as a year and the days from its 1 January. */
bool bpo__holiday_rule_holds(const bpo__holiday_rule *rule, int32_t year, int32_t day_of_year);

/* Easter Sunday as a day number of the Gregorian calendar. */
int32_t bpo__easter(int32_t year);
int32_t bpo__orthodox_easter(int32_t year);

#endif
