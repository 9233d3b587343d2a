/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file contract.h
 * The compiled contract: base terms, amendments and every version that follows from them.
 *
 * A contract is a book. Amending gives a *new* immutable book; a price agreed for next year is an
 * amendment recorded at signature. Which version is in force is a question of an instant, and
 * pricing and KPIs split at the boundary.
 */
#ifndef BPO_CONTRACT_H
#define BPO_CONTRACT_H

#include <bpo/fact.h>
#include <bpo/report.h>
#include <bpo/terms.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Opaque, counted, immutable: shared freely between threads. */
typedef struct bpo_contract bpo_contract;

/** One agreed change of the terms. Borrowed for the call. */
typedef struct bpo_amendment {
    uint32_t struct_size;     /**< sizeof(bpo_amendment), set by #BPO_AMENDMENT_INIT */
    uint32_t number;          /**< 1, 2, 3...: the next of the book */
    bpo_time effective_from;  /**< first instant at which it holds */
    bpo_time effective_to;    /**< first instant at which it no longer holds; #BPO_TIME_NEVER: for good */
    bpo_time recorded_at;     /**< when it was recorded */
    const char *client_approval;   /**< id of the approver for the client */
    const char *provider_approval; /**< id of the approver for the provider; another than the client's */
    const bpo_terms *changes; /**< paths with their new values; a table (tiers) is replaced whole */
    const char *const *removals; /**< paths that are removed, or NULL */
    size_t removal_count;     /**< number of @c removals */
} bpo_amendment;

/** A #bpo_amendment with its size set, good for ever, everything else zero. */
#define BPO_AMENDMENT_INIT {sizeof(bpo_amendment), 0, 0, BPO_TIME_NEVER, 0, NULL, NULL, NULL, NULL, 0}

/**
 * Compiles a contract from its terms.
 *
 * The whole schema is checked; the error names the first offending path and what would be right. A
 * contract needs only the sections that are used: /calendars and /sla alone make tickets.
 *
 * @param context where memory and zone data come from
 * @param terms the base terms; read, not kept
 * @param ret_contract the contract, to be given back with bpo_contract_unref(); untouched on failure
 * @param err details of a failure with the term's path, or NULL
 * @return #BPO_OK, #BPO_E_PATH, #BPO_E_VALUE, #BPO_E_MISSING, #BPO_E_LIMIT, #BPO_E_ZONE, #BPO_E_ZONE_DATA,
 *         #BPO_E_UNSUPPORTED without a zone callback, #BPO_E_NOMEM, or a callback's status
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_contract_new(bpo_context *context, const bpo_terms *terms, bpo_contract **ret_contract,
                                    bpo_error *err);

/**
 * Finds all errors of a contract's terms in one pass, not only the first.
 *
 * Every path and value is checked by itself; where these are right, what bpo_contract_new() would refuse is added. On
 * failure the report holds the rows that were found until then.
 *
 * @param context where memory and zone data come from
 * @param terms the base terms; read, not kept
 * @param report emptied, then given one #BPO_REPORT_REFUSED row an error; its index is that of bpo_terms_at(), or
 *        bpo_terms_count() for what is missing or does not fit together. No row: the terms compile
 * @param err details of a failure, or NULL
 * @return #BPO_OK, also with rows; #BPO_E_UNSUPPORTED without a zone callback, #BPO_E_NOMEM, #BPO_E_INVALID, or a
 *         callback's status
 * @par Threads one thread at a time per report
 * @since 0.1
 */
BPO_API bpo_status bpo_contract_check(bpo_context *context, const bpo_terms *terms, bpo_report *report,
                                      bpo_error *err);

/**
 * Gives the book with one amendment more.
 *
 * @param contract the book as it is; it stays as it is
 * @param amendment the amendment
 * @param ret_contract the new book, to be given back with bpo_contract_unref(); untouched on failure
 * @param err details of a failure with the term's path, or NULL
 * @return as bpo_contract_new(); #BPO_E_INVALID for a number out of turn, an empty span, or the same approver twice
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_contract_amend(bpo_contract *contract, const bpo_amendment *amendment,
                                      bpo_contract **ret_contract, bpo_error *err);

/**
 * Takes one more reference.
 *
 * @param contract a contract; NULL gives NULL
 * @return @p contract
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_contract *bpo_contract_ref(bpo_contract *contract);

/**
 * Gives a reference back.
 *
 * @param contract a contract or NULL
 * @return NULL
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_contract *bpo_contract_unref(bpo_contract *contract);

/**
 * The id of an attribute name, for #bpo_value. The same for this book and every book amended from it.
 *
 * Another book gives other ids: facts for a desk take theirs from bpo_desk_contract().
 *
 * @param contract a contract
 * @param name lower_snake_case, 1..64 bytes, NUL-terminated
 * @param ret_id the id; untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_E_INVALID, #BPO_E_LIMIT, #BPO_E_NOMEM
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_contract_attribute(bpo_contract *contract, const char *name, uint32_t *ret_id,
                                          bpo_error *err);

/**
 * How many versions the book has: spans of time with the same terms.
 *
 * @param contract a contract
 * @return at least 1
 * @par Threads any
 * @since 0.1
 */
BPO_API size_t bpo_contract_version_count(const bpo_contract *contract);

/**
 * The number of the version in force at an instant.
 *
 * @param contract a contract
 * @param at an instant
 * @return 0 to bpo_contract_version_count() - 1; the first before the contract's start
 * @par Threads any
 * @since 0.1
 */
BPO_API size_t bpo_contract_version_at(const bpo_contract *contract, bpo_time at);

/**
 * A copy of the terms in force in a version, to read, compare or vary.
 *
 * @param contract a contract
 * @param version 0 to bpo_contract_version_count() - 1
 * @param ret_terms the terms, to be given back with bpo_terms_unref(); untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_E_INVALID, #BPO_E_NOMEM
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_contract_terms(const bpo_contract *contract, size_t version, bpo_terms **ret_terms,
                                      bpo_error *err);

/**
 * The digest of the book: base terms, amendments and the versions of the zones used.
 *
 * @param contract a contract
 * @param ret_digest room for #BPO_DIGEST_SIZE bytes; untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK; #BPO_E_UNSUPPORTED without a digest callback; #BPO_E_NOMEM; the callback's status
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_contract_digest(const bpo_contract *contract, uint8_t *ret_digest, bpo_error *err);

/**
 * The bounds of a period of the contract, such as "2026-07" or the period's first local date.
 *
 * @param contract a contract
 * @param period "YYYY-MM" or "YYYY-MM-DD"
 * @param ret_start first instant; untouched on failure
 * @param ret_end first instant after; untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK; #BPO_E_VALUE for anything that does not name a period of the contract; #BPO_E_HORIZON for one that
 *         calendars do not cover
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_contract_period(const bpo_contract *contract, const char *period, bpo_time *ret_start,
                                       bpo_time *ret_end, bpo_error *err);

#ifdef __cplusplus
}
#endif
#endif
