/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file error.h
 * Status codes and the caller-owned error.
 *
 * Why not errno, a last-error call or a log line? Because the caller of a form
 * or an API must show *which input* is wrong and *what would be right*, from
 * several threads, also when memory is out:
 * - the error is a struct of the caller; reporting allocates nothing;
 * - it names the place (`path`) and says in one sentence what would be right;
 * - every message has a stable id and its arguments, for hosts that translate;
 * - a host callback's own status comes back unchanged;
 * - every call takes NULL instead.
 */
#ifndef BPO_ERROR_H
#define BPO_ERROR_H

#include <bpo/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Status codes. Stable; gaps are left on purpose.
 *
 * A function's comment lists what it returns. Everywhere, also where it is not listed, #BPO_E_INVALID is the answer to
 * NULL for what may not be NULL, and #BPO_E_ABI that to a struct whose size is not understood.
 */
enum {
    BPO_OK = 0,    /**< done */
    BPO_DONE = 1,  /**< an iterator has no more items */
    BPO_NEVER = 2, /**< a search found no such instant within its horizon */
    BPO_PASS = 3,  /**< returned by a host's zone or digest only: act as if the callback were not set */

    BPO_E_NOMEM = -1,       /**< the host's allocator gave nothing; the object is as before */
    BPO_E_INVALID = -2,     /**< an argument is NULL, out of its range or malformed */
    BPO_E_ABI = -3,         /**< a sized struct is too small, or sets fields this version does not know */
    BPO_E_RANGE = -4,       /**< a number or instant is outside what can be represented */
    BPO_E_UNSUPPORTED = -5, /**< needs something that the host did not supply */
    BPO_E_BUSY = -6,        /**< the object is in use by a call further up the stack */
    BPO_E_STATE = -7,       /**< not possible in the object's present state */
    BPO_E_LIMIT = -8,       /**< a documented limit is reached */
    BPO_E_HOST = -9,        /**< reserved for host callbacks; the library never produces it */

    BPO_E_PATH = -20,    /**< no such term */
    BPO_E_VALUE = -21,   /**< a term or value is not of its type */
    BPO_E_MISSING = -22, /**< a required term is missing */
    BPO_E_SYNTAX = -23,  /**< a document is malformed */

    BPO_E_ZONE = -30,      /**< the host does not know the time zone */
    BPO_E_ZONE_DATA = -31, /**< the zone's TZif bytes are malformed */
    BPO_E_HORIZON = -32,   /**< an instant is outside the years that calendars cover */

    BPO_E_KEY_REUSED = -40, /**< same key and revision as an earlier fact, but other content */
    BPO_E_FACT = -41,       /**< a fact lacks something that its kind must have */

    BPO_E_CONFLICT = -50,        /**< the stream's head is not where the writer expected it */
    BPO_E_UNKNOWN_OUTCOME = -51, /**< the connection broke in the commit; repeat the same batch */
    BPO_E_NOT_FOUND = -52,       /**< no such thing */
    BPO_E_EXISTS = -53,          /**< it is there already */
    BPO_E_CORRUPT = -54,         /**< stored bytes are damaged or are not ours */
    BPO_E_TOO_NEW = -55,         /**< written by a later version that this one cannot read */
    BPO_E_CLOCK_BACK = -56,      /**< `now` lies behind what was already said */
    BPO_E_MISMATCH = -57,        /**< parts of different contracts, periods or semantics */
    BPO_E_SEALED = -58,          /**< the period is closed */
    BPO_E_IO = -59,              /**< an adapter could not read or write */
    BPO_E_LOCKED = -60           /**< an adapter's file or database is locked by somebody else */
};

/** Bytes of a #bpo_error's path, terminating NUL included. */
#define BPO_ERROR_PATH_SIZE 256
/** Bytes of a #bpo_error's message, terminating NUL included. */
#define BPO_ERROR_MESSAGE_SIZE 512
/** Bytes of a #bpo_error's arguments, terminating NULs included. */
#define BPO_ERROR_ARGUMENTS_SIZE 384

/**
 * What went wrong, where, and what would be right. Owned by the caller.
 *
 * Set it up with #BPO_ERROR_INIT once and reuse it. A failing call fills it; a
 * succeeding call leaves it alone. Texts are UTF-8, cut at a character's end
 * where they would not fit.
 */
typedef struct bpo_error {
    uint32_t struct_size;    /**< sizeof(bpo_error), set by #BPO_ERROR_INIT */
    bpo_status code;         /**< what the call returned */
    int32_t host_status;     /**< a host callback's own status, else 0 */
    int32_t message_id;      /**< stable id of the message; see bpo_message_at() */
    uint32_t argument_count; /**< how many texts lie in @c arguments */
    uint32_t reserved;       /**< 0 */
    char path[BPO_ERROR_PATH_SIZE];       /**< the place: a term's path, a file and line, or "" */
    char message[BPO_ERROR_MESSAGE_SIZE]; /**< one English sentence, the arguments put in */
    char arguments[BPO_ERROR_ARGUMENTS_SIZE]; /**< the arguments, each ended by NUL */
} bpo_error;

/** A #bpo_error with its size set and everything else zero. */
#define BPO_ERROR_INIT {sizeof(bpo_error), 0, 0, 0, 0, 0, {0}, {0}, {0}}

/**
 * Sets an error up, for languages that cannot use #BPO_ERROR_INIT.
 *
 * @param err the error; NULL does nothing
 * @par Threads one thread at a time per error
 * @since 0.1
 */
BPO_API void bpo_error_init(bpo_error *err);

/**
 * The name of a status code, for example "BPO_E_RANGE".
 *
 * @param code any status
 * @return a static text; "unknown" for a code that is not the library's
 * @par Threads any
 * @since 0.1
 */
BPO_API const char *bpo_status_name(bpo_status code);

/**
 * Whether trying the same call again may succeed.
 *
 * @param code any status
 * @return 1 for conflicts, locks, unknown outcomes and lack of memory, else 0
 * @par Threads any
 * @since 0.1
 */
BPO_API int bpo_status_is_retriable(bpo_status code);

/** One entry of the message catalogue. */
typedef struct bpo_message {
    uint32_t struct_size; /**< sizeof(bpo_message), set by #BPO_MESSAGE_INIT */
    int32_t id;           /**< stable id */
    const char *name;     /**< stable name, for example "duration_malformed" */
    const char *english;  /**< text with {0}, {1}, {2} where the arguments go */
} bpo_message;

/** A #bpo_message with its size set and everything else zero. */
#define BPO_MESSAGE_INIT {sizeof(bpo_message), 0, NULL, NULL}

/**
 * How many messages the library knows.
 *
 * @return the number of entries that bpo_message_at() gives
 * @par Threads any
 * @since 0.1
 */
BPO_API size_t bpo_message_count(void);

/**
 * The catalogue of messages, for hosts that translate.
 *
 * @param index 0 to bpo_message_count() - 1, in order of id
 * @param ret_message filled with borrowed, static texts; untouched on failure
 * @return #BPO_OK; #BPO_E_INVALID for no such index; #BPO_E_ABI for a struct of another size
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_message_at(size_t index, bpo_message *ret_message);

#ifdef __cplusplus
}
#endif
#endif
