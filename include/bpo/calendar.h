/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file calendar.h
 * Business calendars: working hours, right.
 *
 * Why not walk day by day over two timestamps?
 * - an hour that the clock skips is not worked, one that it repeats is worked twice;
 * - night shifts, split shifts, holidays and per-date hours are the rule in outsourcing;
 * - every question takes the same time whether the instants are a day or ten years apart;
 * - "never" is an answer, not an endless loop;
 * - the same terms give the same answer on every machine.
 *
 * An instant is open if the wall clock's reading in the calendar's zone lies in one of its half-open
 * intervals. With O(a,b) the open time in [a,b): between(a,b) = O(a,b), add(a,d) is its inverse.
 */
#ifndef BPO_CALENDAR_H
#define BPO_CALENDAR_H

#include <bpo/terms.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Opaque, counted, immutable: compiled working hours, in one zone or combined from others.
 *
 * Shared freely between threads. Years are compiled when first asked for and published atomically; 1900 to 2200 are
 * covered. Every search is bounded by ten years.
 */
typedef struct bpo_calendar bpo_calendar;

/** Where a sum that ends exactly at closing time lands, and what adding nothing means. */
typedef int32_t bpo_landing;
enum {
    /** The close of business: least t with O(a,t) >= d. Adding 0 gives the next open instant. */
    BPO_LANDING_EARLIEST = 1,
    /** The next opening: greatest t with O(a,t) <= d. */
    BPO_LANDING_LATEST = 2,
    /** Or-ed to one of the two: adding 0 gives the close before, as bpo_calendar_prev_close() does. */
    BPO_LANDING_ZERO_SNAP_BACK = 16,
    /** Or-ed to one of the two: adding 0 gives the instant itself, be it open or not. */
    BPO_LANDING_ZERO_IDENTITY = 32
};

/**
 * Compiles a calendar from the subtree of one calendar, given as the root.
 *
 * Understands /time_zone, /hours/mon to /hours/sun, /holidays/DATE, /holiday_rules/NAME, /overrides/DATE,
 * /closures/DATE, /scope, /versions/DATE and so on; docs/terms.md lists them. What names other calendars (/extends,
 * /union, /intersection, /minus) needs bpo_calendar_new_named() or a contract. A calendar that is never open from 1900
 * to 2200 is refused unless /may_be_empty is true.
 *
 * @param context where memory and zone data come from
 * @param terms the subtree; read, not kept
 * @param ret_calendar the calendar, to be given back with bpo_calendar_unref(); untouched on failure
 * @param err details of a failure with the term's path, or NULL
 * @return #BPO_OK, #BPO_E_PATH, #BPO_E_VALUE, #BPO_E_MISSING, #BPO_E_LIMIT, #BPO_E_ZONE, #BPO_E_ZONE_DATA,
 *         #BPO_E_UNSUPPORTED without a zone callback, #BPO_E_NOMEM, or a callback's status
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_calendar_new(bpo_context *context, const bpo_terms *terms, bpo_calendar **ret_calendar,
                                    bpo_error *err);

/**
 * Compiles one of the calendars of a tree, together with those that it extends, combines or takes away.
 *
 * The tree is that of a contract, of which only /calendars is needed. A calendar without a zone has that of
 * /contract/time_zone; where that is missing too, it is refused and not taken for UTC.
 *
 * @param context where memory and zone data come from
 * @param terms the tree; read, not kept
 * @param name of the calendar below /calendars
 * @param ret_calendar the calendar, to be given back with bpo_calendar_unref(); untouched on failure
 * @param err details of a failure with the term's path, or NULL
 * @return as bpo_calendar_new(); #BPO_E_NOT_FOUND for a name that is not there; #BPO_E_LIMIT for more than 16
 *         calendars made from each other in a row, or one made from more than 1,000
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_calendar_new_named(bpo_context *context, const bpo_terms *terms, const char *name,
                                          bpo_calendar **ret_calendar, bpo_error *err);

/**
 * Takes one more reference.
 *
 * @param calendar a calendar; NULL gives NULL
 * @return @p calendar
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_calendar *bpo_calendar_ref(bpo_calendar *calendar);

/**
 * Gives a reference back.
 *
 * @param calendar a calendar or NULL
 * @return NULL
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_calendar *bpo_calendar_unref(bpo_calendar *calendar);

/**
 * Open time from one instant to another; negative if the second is earlier.
 *
 * @param calendar a calendar
 * @param from an instant
 * @param until another
 * @param ret_open open time in microseconds; untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK; #BPO_E_HORIZON for instants outside the covered years, 1900 to 2200; while a year is compiled
 *         #BPO_E_NOMEM, and #BPO_E_LIMIT for a zone that cuts it into more than 65,000 open periods
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_calendar_between(const bpo_calendar *calendar, bpo_time from, bpo_time until,
                                        bpo_duration *ret_open, bpo_error *err);

/**
 * The instant at which an amount of open time has passed since another.
 *
 * A negative amount goes back in time, mirrored: from an opening to the close before it at #BPO_LANDING_LATEST.
 *
 * @param calendar a calendar
 * @param from an instant
 * @param open open time in microseconds
 * @param landing where a sum lands that ends exactly at a close; adding 0 snaps to the next open instant, unless
 *        #BPO_LANDING_ZERO_SNAP_BACK or #BPO_LANDING_ZERO_IDENTITY is or-ed to it
 * @param ret_at the instant; with #BPO_NEVER it is #BPO_TIME_NEVER, or its negative where it was sought
 *        in the past; untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK; #BPO_NEVER where ten years without an open second lie in the way; #BPO_E_HORIZON where the sum
 *         would lie outside the covered years; #BPO_E_INVALID for another landing; otherwise as
 *         bpo_calendar_between()
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_calendar_add(const bpo_calendar *calendar, bpo_time from, bpo_duration open,
                                    bpo_landing landing, bpo_time *ret_at, bpo_error *err);

/**
 * Whether an instant is open.
 *
 * @param calendar a calendar
 * @param at an instant
 * @param ret_open 1 or 0; untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK, and otherwise as bpo_calendar_between()
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_calendar_is_open(const bpo_calendar *calendar, bpo_time at, int *ret_open, bpo_error *err);

/**
 * The instant itself if it is open, else the next opening.
 *
 * @param calendar a calendar
 * @param at an instant
 * @param ret_at the instant, #BPO_TIME_NEVER with #BPO_NEVER; untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_NEVER, and otherwise as bpo_calendar_between()
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_calendar_next_open(const bpo_calendar *calendar, bpo_time at, bpo_time *ret_at,
                                          bpo_error *err);

/**
 * The end of the open period that holds the instant, or of the next one.
 *
 * @param calendar a calendar
 * @param at an instant
 * @param ret_at the instant, #BPO_TIME_NEVER with #BPO_NEVER (always open, or never again); untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_NEVER, and otherwise as bpo_calendar_between()
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_calendar_next_close(const bpo_calendar *calendar, bpo_time at, bpo_time *ret_at,
                                           bpo_error *err);

/**
 * The latest instant not after the given one just before which it is open: the instant itself within a period and at
 * its end, else the last close.
 *
 * @param calendar a calendar
 * @param at an instant
 * @param ret_at the instant, the negative of #BPO_TIME_NEVER with #BPO_NEVER; untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_NEVER, and otherwise as bpo_calendar_between()
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_calendar_prev_close(const bpo_calendar *calendar, bpo_time at, bpo_time *ret_at,
                                           bpo_error *err);

/**
 * The start of the next open period: the first that begins after the one that holds the instant.
 *
 * @param calendar a calendar
 * @param at an instant
 * @param ret_at the instant, always later than @p at; #BPO_TIME_NEVER with #BPO_NEVER; untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_NEVER, and otherwise as bpo_calendar_between()
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_calendar_next_opening(const bpo_calendar *calendar, bpo_time at, bpo_time *ret_at,
                                             bpo_error *err);

/**
 * bpo_calendar_between() for many pairs in one call; the same results as the loop.
 *
 * On failure no result is written.
 *
 * @param calendar a calendar
 * @param from instants
 * @param until instants
 * @param count how many of each
 * @param ret_open room for @p count open times in microseconds
 * @param err details of a failure, or NULL
 * @return as bpo_calendar_between()
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_calendar_between_many(const bpo_calendar *calendar, const bpo_time *from,
                                             const bpo_time *until, size_t count, bpo_duration *ret_open,
                                             bpo_error *err);

/**
 * bpo_calendar_add() for many instants in one call; the same results as the loop.
 *
 * A sum that never comes is #BPO_TIME_NEVER (or its negative) in its place. On failure no result is written.
 *
 * @param calendar a calendar
 * @param from instants
 * @param open open times in microseconds
 * @param count how many of each
 * @param landing where a sum lands that ends exactly at a close
 * @param ret_at room for @p count instants
 * @param err details of a failure, or NULL
 * @return #BPO_OK (also when some never come), and otherwise as bpo_calendar_add()
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_calendar_add_many(const bpo_calendar *calendar, const bpo_time *from,
                                         const bpo_duration *open, size_t count, bpo_landing landing,
                                         bpo_time *ret_at, bpo_error *err);

/**
 * Compiles the years of a range now, so that later calls within it cannot fail for lack of memory.
 *
 * @param calendar a calendar
 * @param from start of the range
 * @param until end of the range
 * @param err details of a failure, or NULL
 * @return #BPO_OK, and otherwise as bpo_calendar_between()
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_calendar_prepare(const bpo_calendar *calendar, bpo_time from, bpo_time until,
                                        bpo_error *err);

#ifdef __cplusplus
}
#endif
#endif
