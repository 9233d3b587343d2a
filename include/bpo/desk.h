/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file desk.h
 * The desk: one engagement whose books the library keeps in the host's store.
 *
 * A desk appends first and remembers then: when the store fails, its status comes back unchanged and
 * nothing has happened. It folds only what it has read in sequence, so several processes can record
 * into one engagement.
 *
 * Every call that reads or appends may return, besides what its comment lists, what reading comes to: the store's or
 * another callback's status, #BPO_E_STATE for a store that breaks the protocol, #BPO_E_CORRUPT or #BPO_E_TOO_NEW for
 * records that are not as they were written or are a later version's, and #BPO_E_NOMEM. #BPO_E_BUSY is the answer to a
 * call out of a callback of the same desk.
 */
#ifndef BPO_DESK_H
#define BPO_DESK_H

#include <bpo/ledger.h>
#include <bpo/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Opaque, counted, mutable: one thread at a time. After fork, open it anew. */
typedef struct bpo_desk bpo_desk;

/** Opaque, counted, mutable: notices of the last call that it was given to. */
typedef struct bpo_notices bpo_notices;

/** One notice: a clock that crossed its target. */
typedef struct bpo_notice {
    uint32_t struct_size; /**< sizeof(bpo_notice), set by #BPO_NOTICE_INIT */
    bpo_change_kind kind; /**< #BPO_CHANGE_BREACHED */
    const char *subject;  /**< the ticket, NUL-terminated */
    const char *metric;   /**< the metric */
    uint32_t cycle;       /**< its cycle */
    uint32_t reserved;    /**< 0 */
    bpo_time at;          /**< the crossing */
} bpo_notice;

/** A #bpo_notice with its size set and everything else zero. */
#define BPO_NOTICE_INIT {sizeof(bpo_notice), 0, NULL, NULL, 0, 0, 0}

/**
 * Makes an empty list of notices.
 *
 * @param context where memory comes from
 * @param ret_notices the list, to be given back with bpo_notices_unref(); untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_E_NOMEM, #BPO_E_INVALID
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_notices_new(bpo_context *context, bpo_notices **ret_notices, bpo_error *err);

/**
 * Gives a reference back.
 *
 * @param notices a list or NULL
 * @return NULL
 * @par Threads one thread at a time per list
 * @since 0.1
 */
BPO_API bpo_notices *bpo_notices_unref(bpo_notices *notices);

/**
 * How many notices the last call left.
 *
 * @param notices a list
 * @return number of notices
 * @par Threads one thread at a time per list
 * @since 0.1
 */
BPO_API size_t bpo_notices_count(const bpo_notices *notices);

/**
 * One notice.
 *
 * @param notices a list
 * @param index 0 to bpo_notices_count() - 1
 * @param ret_notice filled; its texts are borrowed until the next call that is given the list
 * @return #BPO_OK, #BPO_E_INVALID, #BPO_E_ABI
 * @par Threads one thread at a time per list
 * @since 0.1
 */
BPO_API bpo_status bpo_notices_at(const bpo_notices *notices, size_t index, bpo_notice *ret_notice);

/**
 * Begins an engagement: writes the contract's terms and amendments into the store.
 *
 * The store is released with the desk, on failure it stays the caller's.
 *
 * @param contract the contract
 * @param store the host's storage, copied
 * @param id id of the engagement, the stream's name
 * @param ret_desk the desk, to be given back with bpo_desk_unref(); untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK; #BPO_E_EXISTS; #BPO_E_INVALID for an id that is empty, not UTF-8 or longer than 256 bytes, or for a
 *         store without all its calls; #BPO_E_ABI; #BPO_E_UNKNOWN_OUTCOME, open it to see; #BPO_E_NOMEM; or the
 *         store's status
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_desk_create(bpo_contract *contract, const bpo_store *store, const char *id,
                                   bpo_desk **ret_desk, bpo_error *err);

/**
 * Opens an engagement: reads its stream and compiles its contract from there.
 *
 * @param context where memory and zone data come from
 * @param store the host's storage, copied; released with the desk, on failure it stays the caller's
 * @param id id of the engagement
 * @param ret_desk the desk, to be given back with bpo_desk_unref(); untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK; #BPO_E_NOT_FOUND; #BPO_E_CORRUPT; #BPO_E_TOO_NEW; #BPO_E_INVALID or #BPO_E_ABI as bpo_desk_create();
 *         as bpo_contract_new() where this host cannot compile the contract, such as #BPO_E_ZONE; #BPO_E_NOMEM; or the
 *         store's status
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_desk_open(bpo_context *context, const bpo_store *store, const char *id,
                                 bpo_desk **ret_desk, bpo_error *err);

/**
 * Takes one more reference.
 *
 * @param desk a desk; NULL gives NULL
 * @return @p desk
 * @par Threads one thread at a time per desk
 * @since 0.1
 */
BPO_API bpo_desk *bpo_desk_ref(bpo_desk *desk);

/**
 * Gives a reference back; with the last one the store is released.
 *
 * @param desk a desk or NULL
 * @return NULL
 * @par Threads one thread at a time per desk
 * @since 0.1
 */
BPO_API bpo_desk *bpo_desk_unref(bpo_desk *desk);

/**
 * The contract's book as the stream has it.
 *
 * @param desk a desk
 * @return the contract, borrowed until the desk's next call
 * @par Threads one thread at a time per desk
 * @since 0.1
 */
BPO_API bpo_contract *bpo_desk_contract(const bpo_desk *desk);

/**
 * Records an agreed amendment.
 *
 * @param desk a desk
 * @param amendment the amendment; it may not reach into a sealed period
 * @param err details of a failure, or NULL
 * @return as bpo_contract_amend(); #BPO_E_SEALED; #BPO_E_CONFLICT when others keep writing in between (call again);
 *         or the store's status
 * @par Threads one thread at a time per desk
 * @since 0.1
 */
BPO_API bpo_status bpo_desk_amend(bpo_desk *desk, const bpo_amendment *amendment, bpo_error *err);

/**
 * Records facts, in any order, any number of times; each counts once.
 *
 * A batch fails only for memory, store or host, and then nothing of it is applied. Facts that are not
 * valid, or that would change a sealed period which `/contract/late_facts` or `/contract/late_window` settles,
 * are rows of the report and are left out; without a report the first of them fails the batch. A key
 * may not begin with the character U+0001. That a fact was recorded by another process just before may go
 * unsaid; it counts once all the same.
 *
 * @param desk a desk
 * @param now the present instant; later facts are reported and kept
 * @param facts an array of facts, walked with the first one's struct_size
 * @param count how many
 * @param report cleared, then filled with remarks; or NULL
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_E_NOMEM, #BPO_E_INVALID, #BPO_E_ABI, #BPO_E_UNKNOWN_OUTCOME, or the store's status; without a
 *         report also #BPO_E_FACT, #BPO_E_VALUE, #BPO_E_RANGE, #BPO_E_LIMIT, #BPO_E_KEY_REUSED, #BPO_E_SEALED
 * @par Threads one thread at a time per desk
 * @since 0.1
 */
BPO_API bpo_status bpo_desk_record(bpo_desk *desk, bpo_time now, const bpo_fact *facts, size_t count,
                                   bpo_report *report, bpo_error *err);

/**
 * Gives the notices that are due and not yet given by any process.
 *
 * A notice is recorded before it is given, so each is given once at most: after #BPO_E_UNKNOWN_OUTCOME those of the
 * call may be recorded without having been given.
 *
 * @param desk a desk
 * @param now the present instant
 * @param notices cleared, then filled in order of (instant, ticket, metric)
 * @param err details of a failure, or NULL
 * @return #BPO_OK; #BPO_E_CLOCK_BACK; #BPO_E_CONFLICT when others keep writing in between (call again); #BPO_E_NOMEM;
 *         or the store's status
 * @par Threads one thread at a time per desk
 * @since 0.1
 */
BPO_API bpo_status bpo_desk_advance(bpo_desk *desk, bpo_time now, bpo_notices *notices, bpo_error *err);

/**
 * The statement of an open period as things stand, marked provisional; nothing is sealed.
 *
 * The next period to close opens with the last sealed one's position; a later one without.
 *
 * @param desk a desk
 * @param period "YYYY-MM" or the period's first local date
 * @param now the present instant
 * @param ret_statement the statement, to be given back with bpo_statement_unref(); untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_E_SEALED, #BPO_E_VALUE, #BPO_E_HORIZON, #BPO_E_RANGE, #BPO_E_NOMEM, or the store's status
 * @par Threads one thread at a time per desk
 * @since 0.1
 */
BPO_API bpo_status bpo_desk_preview(bpo_desk *desk, const char *period, bpo_time now,
                                    bpo_statement **ret_statement, bpo_error *err);

/**
 * What a period would have come to under other terms: a what-if. Nothing is recorded.
 *
 * The period is taken by itself: without an opening position, and as if every fact had come in time.
 *
 * @param desk a desk
 * @param contract the other terms
 * @param period "YYYY-MM" or the period's first local date
 * @param now the present instant
 * @param ret_statement the statement, marked provisional; untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_E_VALUE, #BPO_E_HORIZON, #BPO_E_RANGE, #BPO_E_NOMEM, or the store's status
 * @par Threads one thread at a time per desk
 * @since 0.1
 */
BPO_API bpo_status bpo_desk_quote(bpo_desk *desk, bpo_contract *contract, const char *period, bpo_time now,
                                  bpo_statement **ret_statement, bpo_error *err);

/**
 * Closes and seals a period. Periods close in sequence, each from the one before; the first is the one that holds
 * /contract/start, or where the contract names none, the earliest fact.
 *
 * @param desk a desk
 * @param period "YYYY-MM" or the period's first local date
 * @param now the present instant, at or after the period's end
 * @param ret_statement the sealed statement, to be given back with bpo_statement_unref(); untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK; #BPO_E_STATE before the period's end or out of sequence; #BPO_E_SEALED; #BPO_E_CONFLICT when
 *         another process wrote in between (call again); #BPO_E_CLOCK_BACK; #BPO_E_VALUE; #BPO_E_HORIZON; #BPO_E_RANGE;
 *         #BPO_E_UNSUPPORTED without a digest callback; #BPO_E_UNKNOWN_OUTCOME; #BPO_E_NOMEM; or the store's status
 * @par Threads one thread at a time per desk
 * @since 0.1
 */
BPO_API bpo_status bpo_desk_close(bpo_desk *desk, const char *period, bpo_time now,
                                  bpo_statement **ret_statement, bpo_error *err);

/**
 * Restates a sealed period for which facts came in late, where /contract/late_facts is `restate`.
 *
 * The statement is a new revision; its invoice has the lines as they are now and takes those of the former revision
 * back, so that its total is the difference. The sealed periods behind it follow in sequence, then the next may close.
 *
 * @param desk a desk
 * @param period the period that bpo_desk_restatement() gives
 * @param now the present instant
 * @param ret_statement the sealed statement, to be given back with bpo_statement_unref(); untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK; #BPO_E_STATE where the contract does not restate, nothing is to be restated, or another period comes
 *         first; #BPO_E_CONFLICT when another process wrote in between (call again); #BPO_E_CLOCK_BACK;
 *         #BPO_E_UNSUPPORTED without a digest callback; #BPO_E_NOMEM; or the store's status
 * @par Threads one thread at a time per desk
 * @since 0.1
 */
BPO_API bpo_status bpo_desk_restate(bpo_desk *desk, const char *period, bpo_time now,
                                    bpo_statement **ret_statement, bpo_error *err);

/**
 * The sealed period that is to be restated next, as far as the desk has read.
 *
 * @param desk a desk
 * @param ret_start first instant of the period; untouched unless #BPO_OK
 * @return #BPO_OK; #BPO_DONE where nothing is to be restated; #BPO_E_INVALID
 * @par Threads one thread at a time per desk
 * @since 0.1
 */
BPO_API bpo_status bpo_desk_restatement(const bpo_desk *desk, bpo_time *ret_start);

/**
 * How many statements are sealed; a restated period counts once for each revision.
 *
 * @param desk a desk
 * @return number of sealed statements
 * @par Threads one thread at a time per desk
 * @since 0.1
 */
BPO_API size_t bpo_desk_sealed_count(const bpo_desk *desk);

/**
 * A sealed statement, in the order of sealing; a restated period comes again with a higher revision.
 *
 * @param desk a desk
 * @param index 0 to bpo_desk_sealed_count() - 1
 * @param ret_statement the statement, to be given back with bpo_statement_unref(); untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_E_INVALID, #BPO_E_CORRUPT, #BPO_E_NOMEM
 * @par Threads one thread at a time per desk
 * @since 0.1
 */
BPO_API bpo_status bpo_desk_sealed(bpo_desk *desk, size_t index, bpo_statement **ret_statement, bpo_error *err);

/**
 * One clock of a recorded ticket at an instant, from what the desk has read so far.
 *
 * @param desk a desk
 * @param subject the ticket, NUL-terminated
 * @param metric name of the metric
 * @param now the instant
 * @param ret_clock filled; untouched on failure
 * @param err details of a failure, or NULL
 * @return as bpo_ticket_clock(); #BPO_E_NOT_FOUND also for a subject that is no recorded ticket
 * @par Threads one thread at a time per desk
 * @since 0.1
 */
BPO_API bpo_status bpo_desk_clock(bpo_desk *desk, const char *subject, const char *metric, bpo_time now,
                                  bpo_clock *ret_clock, bpo_error *err);

#ifdef __cplusplus
}
#endif
#endif
