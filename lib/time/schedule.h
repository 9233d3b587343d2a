/* SPDX-License-Identifier: Apache-2.0 */
/* Which seconds of a local date are open: the calendar's definition, copied and put in order.
 *
 * Knows dates and seconds of day, and nothing of zones. Ordinary dates (no holiday, override or closure on them or on
 * the date before) have their open ranges ready, by weekday. */
#ifndef BPO_TIME_SCHEDULE_H
#define BPO_TIME_SCHEDULE_H

#include "core/arena.h"
#include "time/definition.h"

/* How many ranges the open time of one date can have: shifts, the tail of a night, and what closures cut. */
#define BPO__DAY_RANGES_MOST (2 * BPO__HOURS_MOST + 1)

typedef struct bpo__schedule {
    bpo__hours weekly[7];   /* shifts by the weekday on which they start, Monday first; in order, merged */
    bpo__hours ordinary[7]; /* open ranges of an ordinary date, within 0..86400 */
    const bpo__dated_hours *overrides; /* in order of date */
    size_t override_count;
    const bpo__dated_hours *closures; /* in order of date */
    size_t closure_count;
    const bpo__holiday *dated; /* in order of date */
    const int32_t *dated_days; /* their day numbers */
    size_t dated_count;
    const bpo__holiday *yearly;
    size_t yearly_count;
    const bpo__holiday_rule *rules; /* settled, in order of name */
    const bpo__holiday *rule_holidays; /* the holiday of each rule: its name, no date */
    size_t rule_count;
    bool holidays_by_shift_start;
    bool override_beats_holiday;
    bool is_always_open; /* 24 hours, 7 days, no exception */
    bool is_steady;      /* no ten years without an open second are possible */
    int32_t from_days;   /* of a version: its first date */
    const struct bpo__schedule *versions; /* what it becomes, in order of date; a version has none */
    size_t version_count;
} bpo__schedule;

bpo_status bpo__schedule_init(bpo__schedule *schedule, bpo__arena *arena,
                              const bpo__calendar_definition *definition, bpo_error *err);

/* The version that holds on a date; the schedule itself before the first. */
const bpo__schedule *bpo__schedule_version(const bpo__schedule *schedule, int32_t days);

/* Open ranges of a date in order, none touching the next, within 0..86400; works for any date. Returns their number. */
size_t bpo__schedule_ranges(const bpo__schedule *schedule, int32_t days, bpo__range *ranges);

/* Shifts that start on a date: its override's or its weekday's, or none where a holiday of scope shift_start takes
 * them. */
bpo__hours bpo__schedule_shifts(const bpo__schedule *schedule, int32_t days);
/* The holiday that counts on a date, or NULL: an override may beat it. */
const bpo__holiday *bpo__schedule_holiday(const bpo__schedule *schedule, int32_t days);
/* A working date: a shift starts on it, and no holiday of scope civil closes it. */
bool bpo__schedule_is_working(const bpo__schedule *schedule, int32_t days);
/* The holiday because of which a closed second of a date is closed (its own, or that of the date before, which took a
 * night shift's tail), or NULL; and up to which second of the date closed time has that reason. */
const bpo__holiday *bpo__schedule_reason(const bpo__schedule *schedule, int32_t days, int32_t second,
                                         int32_t *ret_until);

/* What makes a date other than an ordinary one; 0: nothing. */
typedef uint8_t bpo__date_mark;
enum {
    BPO__MARK_ODD = 1,     /* something of it or of the date before */
    BPO__MARK_HOLIDAY = 2, /* it is listed as a holiday, or falls under a rule */
    BPO__MARK_VERSION = 4  /* another version than that of the first date has a hand in it */
};

/* Marks each date first + i that is not an ordinary one of the version that holds on `first`; marks has `count`
 * entries. */
void bpo__schedule_mark(const bpo__schedule *schedule, int32_t first, size_t count, bpo__date_mark *marks);
/* As bpo__schedule_ranges() for a date that is marked, and the date before, mark[-1], too. */
size_t bpo__schedule_marked_ranges(const bpo__schedule *schedule, int32_t days, const bpo__date_mark *mark,
                                   bpo__range *ranges);

#endif
