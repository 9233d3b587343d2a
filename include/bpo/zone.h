/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file zone.h
 * Time zones, civil dates and the text forms of instants.
 *
 * Zone data enters as TZif bytes (RFC 9636) through the host's callback and is
 * right far into the future: the footer's rule is followed after the last
 * listed transition.
 */
#ifndef BPO_ZONE_H
#define BPO_ZONE_H

#include <bpo/context.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Opaque, counted, immutable: one time zone's offsets from UTC. */
typedef struct bpo_zone bpo_zone;

/** A reading of the wall clock. */
typedef struct bpo_civil {
    int32_t year;               /**< proleptic Gregorian */
    int32_t month;              /**< 1..12 */
    int32_t day;                /**< 1..31 */
    int32_t hour;               /**< 0..23 */
    int32_t minute;             /**< 0..59 */
    int32_t second;             /**< 0..59 */
    int32_t microsecond;        /**< 0..999999 */
    int32_t weekday;            /**< 1 Monday .. 7 Sunday; ignored on input */
    int32_t utc_offset_seconds; /**< local minus UTC; ignored on input */
    int32_t reserved;           /**< 0 */
} bpo_civil;

/**
 * Loads a zone through the context's zone callback.
 *
 * @param context where the zone callback lives
 * @param name IANA name such as "America/Sao_Paulo"; "UTC" needs no callback
 * @param ret_zone the zone, to be given back with bpo_zone_unref(); untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_E_ZONE, #BPO_E_ZONE_DATA, #BPO_E_UNSUPPORTED without a zone callback, #BPO_E_NOMEM, or a
 *         callback's status
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_zone_new(bpo_context *context, const char *name, bpo_zone **ret_zone, bpo_error *err);

/**
 * Takes one more reference.
 *
 * @param zone a zone; NULL gives NULL
 * @return @p zone
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_zone *bpo_zone_ref(bpo_zone *zone);

/**
 * Gives a reference back.
 *
 * @param zone a zone or NULL
 * @return NULL
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_zone *bpo_zone_unref(bpo_zone *zone);

/**
 * The wall clock's reading at an instant.
 *
 * @param zone a zone
 * @param at the instant
 * @param ret_civil the reading; untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK; #BPO_E_HORIZON outside the years 1 to 9999
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_zone_to_civil(const bpo_zone *zone, bpo_time at, bpo_civil *ret_civil, bpo_error *err);

/**
 * The instant of a reading of the wall clock.
 *
 * A reading that the clock skips is moved forward by the gap; of a reading that
 * occurs twice the first is taken (as Java's ZonedDateTime and RFC 5545 do).
 *
 * @param zone a zone
 * @param civil the reading
 * @param ret_at the instant; untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK; #BPO_E_INVALID for a date or time that does not exist; #BPO_E_HORIZON
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_zone_from_civil(const bpo_zone *zone, const bpo_civil *civil, bpo_time *ret_at,
                                       bpo_error *err);

/**
 * Reads an instant from RFC 3339 text with an offset, such as "2026-07-01T00:00:00-03:00" or "...Z".
 *
 * @param text NUL-terminated
 * @param ret_at the instant; untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_E_VALUE, #BPO_E_HORIZON
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_time_parse(const char *text, bpo_time *ret_at, bpo_error *err);

/** Bytes that hold any formatted instant, terminating NUL included. */
#define BPO_TIME_TEXT_SIZE 40

/**
 * Writes an instant as RFC 3339 in UTC, with a fraction only where there is one.
 *
 * @param at the instant; #BPO_TIME_NEVER gives "never"
 * @param text room for at least #BPO_TIME_TEXT_SIZE bytes; NUL-terminated
 * @param size bytes of room
 * @return length of the text without NUL, or 0 where it does not fit or lies outside the years 1 to 9999
 * @par Threads any
 * @since 0.1
 */
BPO_API size_t bpo_time_format(bpo_time at, char *text, size_t size);

#ifdef __cplusplus
}
#endif
#endif
