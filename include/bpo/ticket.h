/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file ticket.h
 * One ticket's SLA clocks, in memory or in the host's own row.
 *
 * Why not compute a breach from two timestamps?
 * - a clock pauses, its target changes, its calendar has holidays, its ticket is reopened;
 * - a late or corrected fact must change the verdict, and say so;
 * - what a manager sees as "due" and what a contract calls "in time" are two instants;
 * - the same facts must give the same verdict tomorrow, on another machine, in another order.
 *
 * A ticket holds its own facts; its state at any instant is a pure function of them.
 */
#ifndef BPO_TICKET_H
#define BPO_TICKET_H

#include <bpo/contract.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Opaque, counted, mutable: one thread at a time. */
typedef struct bpo_ticket bpo_ticket;

/** Opaque, counted, mutable: what the last call changed. */
typedef struct bpo_changes bpo_changes;

/** Most facts that one ticket holds, superseded ones included. */
#define BPO_TICKET_FACT_COUNT_MAX 100000

/** Where a clock stands. */
typedef int32_t bpo_clock_state;
enum {
    BPO_CLOCK_NONE = 1,          /**< never started */
    BPO_CLOCK_RUNNING = 2,       /**< running, in time */
    BPO_CLOCK_PAUSED = 3,        /**< held, in time */
    BPO_CLOCK_BREACHED = 4,      /**< running or held, elapsed > target */
    BPO_CLOCK_MET = 5,           /**< stopped in time */
    BPO_CLOCK_MISSED = 6,        /**< stopped too late */
    BPO_CLOCK_CANCELLED = 7,     /**< stopped without a verdict */
    BPO_CLOCK_INDETERMINATE = 8  /**< something that the verdict needs was not known */
};

/** One clock at one instant. */
typedef struct bpo_clock {
    uint32_t struct_size;       /**< sizeof(bpo_clock), set by #BPO_CLOCK_INIT */
    bpo_clock_state state;      /**< BPO_CLOCK_... */
    uint32_t cycle;             /**< which cycle it is, from 1; 0 before the first */
    uint32_t flags;             /**< 0 */
    const char *metric;         /**< name of the metric, borrowed from the contract */
    const char *policy;         /**< name of the policy, borrowed from the contract, or NULL */
    bpo_time started_at;        /**< start of the cycle, #BPO_TIME_NEVER before it */
    bpo_time stopped_at;        /**< its stop, #BPO_TIME_NEVER while it goes on */
    bpo_time due_at;            /**< for people; #BPO_TIME_NEVER while held and in time, or without target */
    bpo_time in_time_until;     /**< last instant at which stopping is in time */
    bpo_time breach_at;         /**< first instant with elapsed > target */
    bpo_duration elapsed;       /**< open time run in this cycle */
    bpo_duration elapsed_worst; /**< the largest over all cycles */
    bpo_duration target;        /**< the target; -1 for none */
    bpo_duration remaining;     /**< target - elapsed, negative after a breach; 0 without target */
} bpo_clock;

/** A #bpo_clock with its size set and everything else zero. */
#define BPO_CLOCK_INIT {sizeof(bpo_clock), 0, 0, 0, NULL, NULL, 0, 0, 0, 0, 0, 0, 0, 0, 0}

/** The few columns that helpdesks sort and search by; they change only with a fact or a contract. */
typedef struct bpo_ticket_summary {
    uint32_t struct_size;      /**< sizeof(bpo_ticket_summary), set by #BPO_TICKET_SUMMARY_INIT */
    uint32_t contract_version; /**< version that the ticket is under */
    int32_t state;             /**< #BPO_TICKET_STATE_OPEN and so on */
    uint32_t fact_count;       /**< facts that count */
    bpo_time due_at;           /**< the earliest due time of a running clock, or #BPO_TIME_NEVER */
    bpo_time breach_at;        /**< the earliest breach instant of a clock without verdict, or #BPO_TIME_NEVER */
    bpo_time wake_at;          /**< when bpo_ticket_advance() next has something to say, or #BPO_TIME_NEVER */
    const char *due_metric;    /**< metric of @c due_at, borrowed from the contract, or NULL */
} bpo_ticket_summary;

/** A #bpo_ticket_summary with its size set and everything else zero. */
#define BPO_TICKET_SUMMARY_INIT {sizeof(bpo_ticket_summary), 0, 0, 0, 0, 0, 0, NULL}

/** State of a ticket. */
enum {
    BPO_TICKET_STATE_UNOPENED = 1, /**< no opening seen yet */
    BPO_TICKET_STATE_OPEN = 2,     /**< being worked on */
    BPO_TICKET_STATE_SOLVED = 3,   /**< solved, may be reopened */
    BPO_TICKET_STATE_CLOSED = 4    /**< closed or deleted */
};

/** What a change says. Stable numbers. */
typedef int32_t bpo_change_kind;
enum {
    BPO_CHANGE_STARTED = 1,    /**< the clock started */
    BPO_CHANGE_PAUSED = 2,     /**< it is held */
    BPO_CHANGE_RESUMED = 3,    /**< it runs again */
    BPO_CHANGE_STOPPED = 4,    /**< it stopped: met or missed */
    BPO_CHANGE_CANCELLED = 5,  /**< it was cancelled */
    BPO_CHANGE_DUE_MOVED = 6,  /**< due_at is another */
    BPO_CHANGE_BREACHED = 7,   /**< the breach instant has been passed */
    BPO_CHANGE_BREACH_RETRACTED = 8, /**< what was said to be breached is not */
    BPO_CHANGE_DUPLICATE = 9,  /**< the fact was there already */
    BPO_CHANGE_SUPERSEDED = 10 /**< a higher revision of the fact is there already */
};

/** One change. */
typedef struct bpo_change {
    uint32_t struct_size; /**< sizeof(bpo_change), set by #BPO_CHANGE_INIT */
    bpo_change_kind kind; /**< BPO_CHANGE_... */
    const char *metric;   /**< borrowed from the contract, or NULL */
    uint32_t cycle;       /**< cycle of the metric */
    uint32_t reserved;    /**< 0 */
    bpo_time at;          /**< the instant that matters: start, stop, breach or new due time */
    bpo_time before;      /**< for #BPO_CHANGE_DUE_MOVED the old due time, else #BPO_TIME_NEVER */
} bpo_change;

/** A #bpo_change with its size set and everything else zero. */
#define BPO_CHANGE_INIT {sizeof(bpo_change), 0, NULL, 0, 0, 0, 0}

/**
 * Makes an empty list of changes.
 *
 * @param context where memory comes from
 * @param ret_changes the list, to be given back with bpo_changes_unref(); untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_E_NOMEM, #BPO_E_INVALID
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_changes_new(bpo_context *context, bpo_changes **ret_changes, bpo_error *err);

/**
 * Gives a reference back.
 *
 * @param changes a list or NULL
 * @return NULL
 * @par Threads one thread at a time per list
 * @since 0.1
 */
BPO_API bpo_changes *bpo_changes_unref(bpo_changes *changes);

/**
 * How many changes the last call left.
 *
 * @param changes a list
 * @return number of changes
 * @par Threads one thread at a time per list
 * @since 0.1
 */
BPO_API size_t bpo_changes_count(const bpo_changes *changes);

/**
 * One change.
 *
 * @param changes a list
 * @param index 0 to bpo_changes_count() - 1
 * @param ret_change filled; untouched on failure
 * @return #BPO_OK, #BPO_E_INVALID, #BPO_E_ABI
 * @par Threads one thread at a time per list
 * @since 0.1
 */
BPO_API bpo_status bpo_changes_at(const bpo_changes *changes, size_t index, bpo_change *ret_change);

/**
 * Makes a ticket without facts.
 *
 * @param contract what its clocks follow
 * @param ret_ticket the ticket, to be given back with bpo_ticket_unref(); untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_E_NOMEM, #BPO_E_INVALID
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_ticket_new(bpo_contract *contract, bpo_ticket **ret_ticket, bpo_error *err);

/**
 * Takes one more reference.
 *
 * @param ticket a ticket; NULL gives NULL
 * @return @p ticket
 * @par Threads one thread at a time per ticket
 * @since 0.1
 */
BPO_API bpo_ticket *bpo_ticket_ref(bpo_ticket *ticket);

/**
 * Gives a reference back.
 *
 * @param ticket a ticket or NULL
 * @return NULL
 * @par Threads one thread at a time per ticket
 * @since 0.1
 */
BPO_API bpo_ticket *bpo_ticket_unref(bpo_ticket *ticket);

/**
 * Takes one fact in, in any order. A duplicate or superseded fact is a change of that kind, not a failure.
 *
 * On failure the ticket and @p changes are as before.
 *
 * @param ticket a ticket
 * @param fact the fact; its subject is the ticket's own after the first
 * @param changes cleared, then filled with what the fact changed; or NULL
 * @param err details of a failure with the fact's field as the path, or NULL
 * @return #BPO_OK; #BPO_E_FACT; #BPO_E_VALUE for a status that the contract does not map; #BPO_E_KEY_REUSED;
 *         #BPO_E_LIMIT beyond #BPO_TICKET_FACT_COUNT_MAX; #BPO_E_NOMEM, #BPO_E_INVALID, #BPO_E_ABI
 * @par Threads one thread at a time per ticket
 * @since 0.1
 */
BPO_API bpo_status bpo_ticket_apply(bpo_ticket *ticket, const bpo_fact *fact, bpo_changes *changes,
                                    bpo_error *err);

/**
 * One clock at an instant. Pure: facts later than @p now are not seen.
 *
 * @param ticket a ticket
 * @param metric name of the metric, such as "resolution"
 * @param now the instant
 * @param ret_clock filled; untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK; #BPO_E_NOT_FOUND for a metric that the contract does not have; #BPO_E_HORIZON for a @p now that
 *         calendars do not cover; #BPO_E_NOMEM, #BPO_E_INVALID, #BPO_E_ABI
 * @par Threads one thread at a time per ticket
 * @since 0.1
 */
BPO_API bpo_status bpo_ticket_clock(bpo_ticket *ticket, const char *metric, bpo_time now, bpo_clock *ret_clock,
                                    bpo_error *err);

/**
 * The columns for the host's row.
 *
 * @param ticket a ticket
 * @param ret_summary filled; untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_E_NOMEM, #BPO_E_ABI
 * @par Threads one thread at a time per ticket
 * @since 0.1
 */
BPO_API bpo_status bpo_ticket_summarize(bpo_ticket *ticket, bpo_ticket_summary *ret_summary, bpo_error *err);

/**
 * Says which breach instants have been passed since the last time; the periodic job's call.
 *
 * On failure the ticket and @p changes are as before.
 *
 * @param ticket a ticket
 * @param now the instant up to which crossings are wanted
 * @param changes cleared, then filled with crossings in order of time
 * @param err details of a failure, or NULL
 * @return #BPO_OK; #BPO_E_CLOCK_BACK for a @p now before the last one by more than /contract/clock_tolerance;
 *         #BPO_E_HORIZON for one that calendars do not cover; #BPO_E_NOMEM, #BPO_E_INVALID
 * @par Threads one thread at a time per ticket
 * @since 0.1
 */
BPO_API bpo_status bpo_ticket_advance(bpo_ticket *ticket, bpo_time now, bpo_changes *changes, bpo_error *err);

/**
 * Writes the ticket in its canonical form, for a column of the host's row. One state has one form.
 *
 * @param ticket a ticket
 * @param sink where the bytes go
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_E_NOMEM, or the sink's status
 * @par Threads one thread at a time per ticket
 * @since 0.1
 */
BPO_API bpo_status bpo_ticket_encode(bpo_ticket *ticket, const bpo_sink *sink, bpo_error *err);

/**
 * Reads a ticket back. Any bytes give a ticket or an error.
 *
 * @param contract what its clocks follow
 * @param bytes what bpo_ticket_encode() wrote
 * @param size number of bytes
 * @param ret_ticket the ticket; untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_E_CORRUPT, #BPO_E_TOO_NEW, #BPO_E_NOMEM
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_ticket_decode(bpo_contract *contract, const void *bytes, size_t size,
                                     bpo_ticket **ret_ticket, bpo_error *err);

#ifdef __cplusplus
}
#endif
#endif
