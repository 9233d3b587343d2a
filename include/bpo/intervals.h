/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file intervals.h
 * A calendar's time told piece by piece: its open periods, the gaps between them, and why.
 *
 * Why not a number alone? Because a due time is argued about: a client sees four days where the desk counted nine
 * hours. The explained intervals of a range say which stretches were open, which were closed, which holiday closed
 * them and where the clock was changed, as data for a page of any look; their open times add up to
 * bpo_calendar_between().
 *
 * Where a calendar is made from others and the whole is closed, the members are asked in the order of the terms:
 * - The first that is closed by a holiday gives the reason. As in a calendar with hours of its own, the holiday is told
 *   of its whole date, also at night, by the member's own clock; of a union only while no other member works.
 * - Else it is time that /minus took away, if the whole would be open without that; it has the name of the first
 *   calendar that took it. From time that is closed anyway nothing is taken.
 * - Else it is just closed.
 *
 * The interval of a list is pulled, one a call; nothing is built in advance, so that a list of three centuries costs no
 * more memory than one of a day.
 */
#ifndef BPO_INTERVALS_H
#define BPO_INTERVALS_H

#include <bpo/calendar.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Opaque, mutable, one thread at a time: a place in a list of intervals. */
typedef struct bpo_intervals bpo_intervals;

/** What a list holds. Stable numbers. */
typedef int32_t bpo_interval_list;
enum {
    /** The open periods; those that touch are one. */
    BPO_INTERVALS_OPEN = 1,
    /** The gaps: closed time before, between and after the open periods. */
    BPO_INTERVALS_CLOSED = 2,
    /**
     * All of the range, cut into stretches of one reason each, and at each change of the calendar's own clock.
     * Neighbours differ in kind or name unless the clock is changed between them: two dates with a holiday of one
     * name are one.
     */
    BPO_INTERVALS_EXPLAINED = 3
};

/** What an interval is. Stable numbers. */
typedef int32_t bpo_interval_kind;
enum {
    BPO_INTERVAL_OPEN = 1,    /**< open time */
    BPO_INTERVAL_CLOSED = 2,  /**< closed: no shift, or a closure */
    BPO_INTERVAL_HOLIDAY = 3, /**< closed by a holiday: its date, or the tail of a night shift that it took */
    /** The clock is changed at this instant: from and until are the same. Readings were skipped, or come again. */
    BPO_INTERVAL_CLOCK_CHANGE = 4,
    BPO_INTERVAL_EXCLUDED = 5 /**< closed by /minus: it would be open, but a calendar that is taken away is */
};

/** One interval of a list, half-open. */
typedef struct bpo_interval {
    uint32_t struct_size;         /**< sizeof(bpo_interval), set by #BPO_INTERVAL_INIT */
    bpo_interval_kind kind;       /**< BPO_INTERVAL_... */
    bpo_time from;                /**< its first instant */
    bpo_time until;               /**< the first instant after it */
    bpo_duration open;            /**< open time in it: all of it or nothing */
    /** The holiday's name, or that of the calendar that is taken away; else "". Valid while the list or the calendar
     *  is held. */
    const char *name;
    int32_t clock_change_seconds; /**< of a clock change: seconds skipped, or negative seconds that come again */
    uint32_t reserved;            /**< 0 */
} bpo_interval;

/** A #bpo_interval with its size set and everything else zero. */
#define BPO_INTERVAL_INIT {sizeof(bpo_interval), 0, 0, 0, 0, NULL, 0, 0}

/**
 * Starts a list of the intervals of [from, until).
 *
 * The first and the last interval are cut at the range's ends. A range whose end is not after its start has none.
 *
 * @param calendar a calendar; the list takes a reference of its own
 * @param from start of the range
 * @param until end of the range
 * @param list what to list: #BPO_INTERVALS_OPEN, #BPO_INTERVALS_CLOSED or #BPO_INTERVALS_EXPLAINED
 * @param ret_intervals the list, to be given back with bpo_intervals_unref(); untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK; #BPO_E_HORIZON for instants outside the covered years; #BPO_E_INVALID for another list;
 *         #BPO_E_NOMEM
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_intervals_new(const bpo_calendar *calendar, bpo_time from, bpo_time until,
                                     bpo_interval_list list, bpo_intervals **ret_intervals, bpo_error *err);

/**
 * Takes one more reference.
 *
 * @param intervals a list; NULL gives NULL
 * @return @p intervals
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_intervals *bpo_intervals_ref(bpo_intervals *intervals);

/**
 * Gives a reference back.
 *
 * @param intervals a list or NULL
 * @return NULL
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_intervals *bpo_intervals_unref(bpo_intervals *intervals);

/**
 * The next interval of a list. After a failure the same one comes again.
 *
 * @param intervals the list
 * @param ret_interval filled; untouched on failure and at the end
 * @param err details of a failure, or NULL
 * @return #BPO_OK; #BPO_DONE where there are no more; #BPO_E_ABI for a struct of another size; otherwise as
 *         bpo_calendar_between()
 * @par Threads one thread at a time per list
 * @since 0.1
 */
BPO_API bpo_status bpo_intervals_next(bpo_intervals *intervals, bpo_interval *ret_interval, bpo_error *err);

/** How much of a range is open, and where it is closed for longest. */
typedef struct bpo_coverage {
    uint32_t struct_size;        /**< sizeof(bpo_coverage), set by #BPO_COVERAGE_INIT */
    uint32_t reserved;           /**< 0 */
    bpo_duration open;           /**< open time in microseconds */
    bpo_duration closed;         /**< the rest of the range */
    int64_t period_count;        /**< open periods, each that is cut counted as one */
    int64_t gap_count;           /**< closed stretches, likewise */
    bpo_time longest_gap_from;   /**< start of the longest closed stretch, the first of equal ones */
    bpo_time longest_gap_until;  /**< its end; the same as its start where the range is never closed */
} bpo_coverage;

/** A #bpo_coverage with its size set and everything else zero. */
#define BPO_COVERAGE_INIT {sizeof(bpo_coverage), 0, 0, 0, 0, 0, 0, 0}

/**
 * Reports on the coverage of [from, until).
 *
 * A range whose end is not after its start is empty: all is 0, and the longest gap lies at @p from.
 *
 * @param calendar a calendar
 * @param from start of the range
 * @param until end of the range
 * @param ret_coverage filled; untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK; #BPO_E_ABI for a struct of another size; otherwise as bpo_calendar_between()
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_calendar_coverage(const bpo_calendar *calendar, bpo_time from, bpo_time until,
                                         bpo_coverage *ret_coverage, bpo_error *err);

#ifdef __cplusplus
}
#endif
#endif
