/* SPDX-License-Identifier: Apache-2.0 */
/* What a business calendar is made from. lib/terms reads terms into it; compiling copies all of it.
 *
 * Openness is membership by the reading of the wall clock (docs: calendar.h): an instant is open if its local second of
 * day lies in a shift of its date or in the tail of a shift of the date before, its date is not closed by a holiday of
 * scope civil, and the second lies in no closure of its date. */
#ifndef BPO_TIME_DEFINITION_H
#define BPO_TIME_DEFINITION_H

#include "time/civil.h"
#include "time/holiday_rule.h"
#include "time/hours.h"
#include <bpo/calendar.h>
#include <bpo/zone.h>

typedef struct bpo__holiday {
    bpo__date date; /* year 0: every year (--12-25; --02-29 in leap years) */
    bpo__text name;
} bpo__holiday;

/* Hours of one date: an override replaces the shifts that start on it (none: closed), a closure is taken away. */
typedef struct bpo__dated_hours {
    int32_t days; /* the date as a day number */
    bpo__hours hours;
} bpo__dated_hours;

/* How a calendar is made from others. */
typedef enum bpo__combining { BPO__COMBINING_UNION = 0, BPO__COMBINING_INTERSECTION } bpo__combining;

typedef struct bpo__calendar_version bpo__calendar_version;

typedef struct bpo__calendar_definition {
    bpo_zone *zone;       /* the calendar takes a reference of its own */
    bpo__hours weekly[7]; /* Monday first; shifts may overlap, they are merged */
    const bpo__holiday *holidays; /* in any order */
    size_t holiday_count;
    const bpo__dated_hours *overrides; /* in any order, one a date */
    size_t override_count;
    const bpo__dated_hours *closures; /* in any order, one a date */
    size_t closure_count;
    const bpo__holiday_rule *rules; /* in any order */
    size_t rule_count;
    bool holidays_by_shift_start; /* scope shift_start: a holiday takes the shifts that start on it with their tails;
                                     false, civil: it closes 00:00 to 24:00 */
    bool override_beats_holiday;  /* the default of the terms is true */
    const bpo__calendar_version *versions; /* in any order, one a date */
    size_t version_count;
    bpo_calendar *const *members; /* instead of hours of its own; the calendar takes references of its own */
    size_t member_count;
    bpo__combining combining;
    bpo_calendar *const *minus; /* what is open in one of these is closed */
    const bpo__text *minus_names; /* what explanations call them, copied; NULL: nothing */
    size_t minus_count;
} bpo__calendar_definition;

/* What holds from a local date on, in place of the definition that has it and of versions before: weekly to
 * override_beats_holiday; the rest is the whole calendar's. A shift belongs to the version of the date on which it
 * starts. */
struct bpo__calendar_version {
    int32_t from_days;
    bpo__calendar_definition definition;
};

/* Members of members of... a calendar. */
#define BPO__COMBINING_DEPTH_MOST 16
/* Calendars with hours of their own that one is made from, each counted as often as it is used: so many are asked for
 * each date and each page. */
#define BPO__COMBINING_PARTS_MOST 1000

/* Compiles; what only the terms can know (paths of bad hours) is checked before. BPO_E_INVALID for two overrides, two
 * closures or two versions of one date, BPO_E_LIMIT for members too deep or too many, BPO_E_NOMEM. On failure
 * *ret_calendar is untouched. */
bpo_status bpo__calendar_compile(bpo_context *context, const bpo__calendar_definition *definition,
                                 bpo_calendar **ret_calendar, bpo_error *err);

/* Whether any second of the covered years is open; measures years until one is. BPO_E_NOMEM, BPO_E_LIMIT. */
bpo_status bpo__calendar_opens(bpo_calendar *calendar, bool *ret_opens, bpo_error *err);

const bpo_zone *bpo__calendar_zone(const bpo_calendar *calendar);

#endif
