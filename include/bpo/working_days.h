/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file working_days.h
 * Working dates of a calendar: "within three business days", counted by date and not by hours.
 *
 * A working date is a local date on which a shift starts and that no holiday closes. Why not add days of open time?
 * Because a contract that says three days means three dates: the wall clock's time is kept, whatever hours each date
 * has and whether the clock was changed in between.
 *
 * A calendar that is made from others has the dates of its members, by the practice of joint business days:
 * - A union works on each date on which any member works, an intersection on those on which every member does, as do
 *   the business days of several places in the ISDA definitions. QuantLib's JointCalendar knows both, as
 *   JoinBusinessDays and JoinHolidays.
 * - A date is its label: 26 November of one member is 26 November of another, although they begin hours apart. Which
 *   date an instant has, and the time of day that is kept, is read from the calendar's own clock: its /time_zone, or
 *   /contract/time_zone.
 * - What /minus takes away are hours, as with a closure, and no dates.
 */
#ifndef BPO_WORKING_DAYS_H
#define BPO_WORKING_DAYS_H

#include <bpo/calendar.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How working dates are added; 0 or several of these, or-ed. Stable numbers. */
typedef uint32_t bpo_days_options;
enum {
    /** A result in closed time is moved to the next opening. */
    BPO_DAYS_ROLL_FORWARD = 1,
    /** A result in closed time is moved back to the close before it. */
    BPO_DAYS_ROLL_BACKWARD = 2,
    /** An origin that is no working date is first moved to one, in the direction of counting; not for 0 days. */
    BPO_DAYS_SNAP_ORIGIN = 4,
    /**
     * The end of the date's last shift instead of the origin's time of day; it may be on the next morning.
     *
     * Members end a date each by its own clock, and the instants are compared. A union's date ends with the last of the
     * members that work on it: somebody is there until then. An intersection's ends with the first: from then on one
     * side is gone.
     */
    BPO_DAYS_END_OF_DAY = 8
};

/** Which of the two dates of a range count. Stable numbers. */
typedef int32_t bpo_days_rule;
enum {
    BPO_DAYS_EXCLUDE_START = 1, /**< the later one alone: tomorrow is one day from today */
    BPO_DAYS_INCLUSIVE = 2      /**< both */
};

/**
 * The instant some working dates later or earlier, at the same time of day on the wall clock.
 *
 * A time of day that the clock skips on the found date is moved forward by the gap, of one that comes twice the first
 * is taken. 0 days stay on the origin's date, working or not.
 *
 * With #BPO_DAYS_END_OF_DAY nothing is rolled, and 0 days from a date without a shift give the end of the next working
 * date.
 *
 * @param calendar a calendar
 * @param from the origin
 * @param days how many working dates; negative goes back
 * @param options 0, or BPO_DAYS_... or-ed; at most one of the two rolls
 * @param ret_at the instant; with #BPO_NEVER it is #BPO_TIME_NEVER, or its negative where it was sought in the past;
 *        untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK; #BPO_NEVER where ten years without a working date (or, to roll, without an open second) lie in the
 *         way; #BPO_E_HORIZON where the result would lie outside the covered years; #BPO_E_INVALID for other options;
 *         otherwise as bpo_calendar_between()
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_calendar_add_days(const bpo_calendar *calendar, bpo_time from, int64_t days,
                                         bpo_days_options options, bpo_time *ret_at, bpo_error *err);

/**
 * How many working dates lie from the date of one instant to the date of another; negative if the second is earlier.
 *
 * @param calendar a calendar
 * @param from an instant
 * @param until another
 * @param rule #BPO_DAYS_EXCLUDE_START or #BPO_DAYS_INCLUSIVE
 * @param ret_days the number; untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK; #BPO_E_HORIZON for instants outside the covered years; #BPO_E_INVALID for another rule
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_calendar_count_days(const bpo_calendar *calendar, bpo_time from, bpo_time until,
                                           bpo_days_rule rule, int64_t *ret_days, bpo_error *err);

#ifdef __cplusplus
}
#endif
#endif
