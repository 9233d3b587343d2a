/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file ledger.h
 * One period's books: fed with facts, merged from parts in any order, closed into a statement.
 *
 * Facts are partitioned by subject: all facts of a subject go into one part, its earlier history
 * included. Then any tree of merges closes into the same bytes as one ledger, and as a desk.
 */
#ifndef BPO_LEDGER_H
#define BPO_LEDGER_H

#include <bpo/report.h>
#include <bpo/statement.h>
#include <bpo/ticket.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Opaque, counted, mutable: one thread at a time. */
typedef struct bpo_ledger bpo_ledger;

/**
 * Opens an empty ledger for one period.
 *
 * @param contract the contract
 * @param period "YYYY-MM" or the period's first local date
 * @param ret_ledger the ledger, to be given back with bpo_ledger_unref(); untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_E_VALUE, #BPO_E_HORIZON, #BPO_E_NOMEM, #BPO_E_INVALID
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_ledger_new(bpo_contract *contract, const char *period, bpo_ledger **ret_ledger,
                                  bpo_error *err);

/**
 * Takes one more reference.
 *
 * @param ledger a ledger; NULL gives NULL
 * @return @p ledger
 * @par Threads one thread at a time per ledger
 * @since 0.1
 */
BPO_API bpo_ledger *bpo_ledger_ref(bpo_ledger *ledger);

/**
 * Gives a reference back.
 *
 * @param ledger a ledger or NULL
 * @return NULL
 * @par Threads one thread at a time per ledger
 * @since 0.1
 */
BPO_API bpo_ledger *bpo_ledger_unref(bpo_ledger *ledger);

/**
 * Takes facts in, in any order. Duplicates count once, the highest revision counts.
 *
 * On failure nothing of the batch is applied. Facts at or after the period's end are held and not counted.
 * A fact of an earlier, sealed period that was booked to this one carries #BPO_FACT_LATE; one that was booked to an
 * earlier period no longer does. A fact that is not valid, or late by more than `/contract/late_window`, is a row of
 * the report and left out; without a report it fails the batch.
 *
 * @param ledger a ledger
 * @param facts an array of facts, walked with the first one's struct_size
 * @param count how many
 * @param report cleared, then filled with remarks; or NULL
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_E_NOMEM, #BPO_E_INVALID, #BPO_E_ABI; #BPO_E_STATE for a subject that came in by a merge;
 *         without a report also #BPO_E_FACT, #BPO_E_VALUE, #BPO_E_RANGE, #BPO_E_LIMIT, #BPO_E_KEY_REUSED, #BPO_E_SEALED
 * @par Threads one thread at a time per ledger
 * @since 0.1
 */
BPO_API bpo_status bpo_ledger_add(bpo_ledger *ledger, const bpo_fact *facts, size_t count, bpo_report *report,
                                  bpo_error *err);

/**
 * Takes in the facts of a ticket that the host keeps in its own row.
 *
 * On failure the ledger is as before.
 *
 * @param ledger a ledger
 * @param ticket the ticket, read only
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_E_NOMEM, #BPO_E_INVALID; #BPO_E_STATE for a ticket that came in by a merge;
 *         #BPO_E_KEY_REUSED where the ledger has another fact under the same key and revision
 * @par Threads one thread at a time per ledger and ticket
 * @since 0.1
 */
BPO_API bpo_status bpo_ledger_add_ticket(bpo_ledger *ledger, bpo_ticket *ticket, bpo_error *err);

/**
 * Merges another part into this ledger; the part stays as it is. Commutative and associative. The ledger itself
 * is no part of it.
 *
 * On failure the ledger is as before.
 *
 * @param ledger the ledger that grows
 * @param part another part of the same contract and period
 * @param err details of a failure, or NULL
 * @return #BPO_OK; #BPO_E_MISMATCH for another contract, period, zone data or semantics, or a subject in both;
 *         #BPO_E_RANGE, #BPO_E_NOMEM, #BPO_E_INVALID, or the digest callback's status
 * @par Threads one thread at a time per ledger and part
 * @since 0.1
 */
BPO_API bpo_status bpo_ledger_merge(bpo_ledger *ledger, bpo_ledger *part, bpo_error *err);

/**
 * Writes the folded ledger in its canonical form, for another machine. One state has one form.
 *
 * @param ledger a ledger
 * @param sink where the bytes go
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_E_RANGE, #BPO_E_NOMEM, the digest callback's status, or the sink's
 * @par Threads one thread at a time per ledger
 * @since 0.1
 */
BPO_API bpo_status bpo_ledger_encode(bpo_ledger *ledger, const bpo_sink *sink, bpo_error *err);

/**
 * Reads a folded ledger back; it can be merged and closed. Any bytes give a ledger or an error.
 *
 * @param contract the contract that it was made with
 * @param bytes what bpo_ledger_encode() wrote
 * @param size number of bytes
 * @param ret_ledger the ledger; untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_E_CORRUPT, #BPO_E_TOO_NEW, #BPO_E_MISMATCH, #BPO_E_NOMEM
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_ledger_decode(bpo_contract *contract, const void *bytes, size_t size,
                                     bpo_ledger **ret_ledger, bpo_error *err);

/**
 * Closes the books: all arithmetic that does not simply add happens here. The ledger stays as it is.
 *
 * @param ledger a ledger
 * @param opening the previous statement's closing position; NULL for the first period
 * @param opening_size number of its bytes
 * @param as_of the instant at which it is made; named in the statement, and never decides what counts
 * @param ret_statement the statement, to be given back with bpo_statement_unref(); untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_E_CORRUPT, #BPO_E_TOO_NEW or #BPO_E_MISMATCH for the opening position, #BPO_E_STATE for a
 *         count or quantity below zero, #BPO_E_RANGE, #BPO_E_NOMEM, #BPO_E_INVALID, or the digest callback's status
 * @par Threads one thread at a time per ledger
 * @since 0.1
 */
BPO_API bpo_status bpo_ledger_close(bpo_ledger *ledger, const void *opening, size_t opening_size, bpo_time as_of,
                                    bpo_statement **ret_statement, bpo_error *err);

/** How much a ledger holds. */
typedef struct bpo_ledger_size {
    uint32_t struct_size;   /**< sizeof(bpo_ledger_size), set by #BPO_LEDGER_SIZE_INIT */
    uint32_t reserved;      /**< 0 */
    uint64_t cell_count;    /**< additive cells (class A) */
    uint64_t key_count;     /**< keyed rows (class B): a row a subject, and values that count once in a period */
    uint64_t row_count;     /**< listed rows (class C) */
    uint64_t byte_count;    /**< memory in bytes */
} bpo_ledger_size;

/** A #bpo_ledger_size with its size set and everything else zero. */
#define BPO_LEDGER_SIZE_INIT {sizeof(bpo_ledger_size), 0, 0, 0, 0, 0}

/**
 * How much the ledger holds, for planning.
 *
 * @param ledger a ledger
 * @param ret_size filled; untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_E_RANGE, #BPO_E_ABI, #BPO_E_NOMEM, or the digest callback's status
 * @par Threads one thread at a time per ledger
 * @since 0.1
 */
BPO_API bpo_status bpo_ledger_memory(bpo_ledger *ledger, bpo_ledger_size *ret_size, bpo_error *err);

#ifdef __cplusplus
}
#endif
#endif
