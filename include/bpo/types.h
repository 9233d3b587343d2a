/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file types.h
 * The few plain types that every other header uses.
 *
 * Instants are microseconds since 1970-01-01T00:00:00Z without leap seconds,
 * durations are microseconds, intervals are half-open. Nothing here is ever a
 * binary floating-point number.
 */
#ifndef BPO_TYPES_H
#define BPO_TYPES_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Marks what the shared library exports. Define BPO_STATIC to link the static library. */
#if defined(BPO_STATIC)
#define BPO_API
#elif defined(_WIN32) && defined(BPO_BUILD)
#define BPO_API __declspec(dllexport)
#elif defined(_WIN32)
#define BPO_API __declspec(dllimport)
#elif defined(__GNUC__)
#define BPO_API __attribute__((visibility("default")))
#else
#define BPO_API
#endif

/** What a call came to: 0 is success, negative an error, positive an answer that is not an error. */
typedef int32_t bpo_status;

/** An instant: microseconds since 1970-01-01T00:00:00Z (POSIX, no leap seconds). */
typedef int64_t bpo_time;

/** A span of time in microseconds, elapsed or open (business) time as the call says. */
typedef int64_t bpo_duration;

#define BPO_MICROSECOND INT64_C(1)    /**< the unit of all instants and durations */
#define BPO_SECOND INT64_C(1000000)   /**< 1,000,000 microseconds */
#define BPO_MINUTE (60 * BPO_SECOND)  /**< 60 s */
#define BPO_HOUR (60 * BPO_MINUTE)    /**< 3,600 s */
#define BPO_DAY (24 * BPO_HOUR)       /**< 86,400 s: elapsed time, not a civil day */

/** The instant that never comes; what a search gives together with #BPO_NEVER. */
#define BPO_TIME_NEVER INT64_MAX

/**
 * An exact decimal number: `coefficient / 10^scale`.
 *
 * The coefficient is a 128-bit two's complement integer, `hi * 2^64 + lo`; the
 * scale is 0..18. At most 38 digits, so that every number can be written and read
 * back. Passed by pointer only. A zeroed struct is the number 0.
 */
typedef struct bpo_decimal {
    int64_t hi;        /**< upper half of the coefficient */
    uint64_t lo;       /**< lower half of the coefficient */
    int32_t scale;     /**< digits after the point, 0..18 */
    uint32_t reserved; /**< 0 */
} bpo_decimal;

/**
 * Where the library writes bytes to: a file, a buffer, a socket of the host.
 *
 * @c write is called in order, on the calling thread, with blocks of any size;
 * the bytes are not NUL-terminated. A negative status ends the operation and
 * comes back to the caller unchanged.
 */
typedef struct bpo_sink {
    uint32_t struct_size; /**< sizeof(bpo_sink), set by #BPO_SINK_INIT */
    uint32_t flags;       /**< 0 */
    void *user;           /**< passed to @c write */
    bpo_status (*write)(void *user, const void *data, size_t size); /**< takes all of it or fails */
} bpo_sink;

/** A #bpo_sink with its size set and everything else zero. */
#define BPO_SINK_INIT {sizeof(bpo_sink), 0, NULL, NULL}

/**
 * Hands bytes to a sink; for callbacks in languages that cannot call a C function pointer.
 *
 * @param sink the sink that the library gave
 * @param data bytes, borrowed for the call; may be NULL when @p size is 0
 * @param size number of bytes
 * @return what the sink's write returned; #BPO_E_INVALID for no sink
 * @par Threads one thread at a time per sink
 * @since 0.1
 */
BPO_API bpo_status bpo_sink_write(const bpo_sink *sink, const void *data, size_t size);

#ifdef __cplusplus
}
#endif
#endif
