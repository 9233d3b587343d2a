/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file terms.h
 * What was agreed: a tree of text values under JSON Pointer paths.
 *
 * Terms read like the contract, not like C:
 *
 *     /calendars/office/hours/mon-fri                 09:00-17:00
 *     /sla/policies/standard/targets/resolution       PT8H
 *     /pricing/charges/tickets/tiers/0/rate           1.20
 *
 * bpo_terms_set() checks syntax only; the schema (docs/terms.md) is checked when a calendar or
 * contract is compiled from the terms.
 */
#ifndef BPO_TERMS_H
#define BPO_TERMS_H

#include <bpo/context.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Opaque, counted, mutable: one thread at a time. Compiling reads it and keeps nothing of it. */
typedef struct bpo_terms bpo_terms;

#define BPO_TERMS_DEPTH_MAX 12           /**< tokens in a path */
#define BPO_TERMS_NAME_SIZE_MAX 64       /**< bytes of one token */
#define BPO_TERMS_VALUE_SIZE_MAX 4096    /**< bytes of one value */
#define BPO_TERMS_COUNT_MAX 100000       /**< values in one tree */

/**
 * Makes an empty tree.
 *
 * @param context where memory comes from
 * @param ret_terms the tree, to be given back with bpo_terms_unref(); untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_E_NOMEM, #BPO_E_INVALID
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_terms_new(bpo_context *context, bpo_terms **ret_terms, bpo_error *err);

/**
 * Takes one more reference.
 *
 * @param terms a tree; NULL gives NULL
 * @return @p terms
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_terms *bpo_terms_ref(bpo_terms *terms);

/**
 * Gives a reference back.
 *
 * @param terms a tree or NULL
 * @return NULL
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_terms *bpo_terms_unref(bpo_terms *terms);

/**
 * An independent copy, for a what-if: change one path of it and compile.
 *
 * @param terms the tree to copy
 * @param ret_copy the copy; untouched on failure
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_E_NOMEM
 * @par Threads one thread at a time per tree
 * @since 0.1
 */
BPO_API bpo_status bpo_terms_copy(const bpo_terms *terms, bpo_terms **ret_copy, bpo_error *err);

/**
 * Exchanges what two trees hold; it cannot fail. For taking a whole document or nothing: fill a copy, then swap.
 *
 * @param terms a tree; NULL does nothing
 * @param other another of the same context; NULL does nothing
 * @par Threads one thread at a time per tree
 * @since 0.1
 */
BPO_API void bpo_terms_swap(bpo_terms *terms, bpo_terms *other);

/**
 * Sets one value; setting a path again replaces it. A path that ends in `hours/mon-fri` sets each day of the range.
 *
 * On failure the tree is as before.
 *
 * @param terms the tree
 * @param path JSON Pointer (RFC 6901), for example "/contract/id"
 * @param value UTF-8 text, NUL-terminated, copied
 * @param err details of a failure, or NULL
 * @return #BPO_OK; #BPO_E_PATH for a malformed path, or one below a value or above values; #BPO_E_VALUE for
 *         text that is not UTF-8 or too long; #BPO_E_LIMIT; #BPO_E_NOMEM
 * @par Threads one thread at a time per tree
 * @since 0.1
 */
BPO_API bpo_status bpo_terms_set(bpo_terms *terms, const char *path, const char *value, bpo_error *err);

/**
 * Removes a value, or a whole subtree.
 *
 * @param terms the tree
 * @param path where; "" removes everything
 * @param err details of a failure, or NULL
 * @return #BPO_OK; #BPO_E_NOT_FOUND where there is nothing; #BPO_E_PATH
 * @par Threads one thread at a time per tree
 * @since 0.1
 */
BPO_API bpo_status bpo_terms_remove(bpo_terms *terms, const char *path, bpo_error *err);

/**
 * The value at a path.
 *
 * @param terms the tree
 * @param path where
 * @return the text, borrowed until the tree's next change, or NULL where there is none
 * @par Threads one thread at a time per tree
 * @since 0.1
 */
BPO_API const char *bpo_terms_get(const bpo_terms *terms, const char *path);

/**
 * How many values the tree holds.
 *
 * @param terms the tree
 * @return number of values
 * @par Threads one thread at a time per tree
 * @since 0.1
 */
BPO_API size_t bpo_terms_count(const bpo_terms *terms);

/**
 * Walks the tree in order of path (bytewise by token).
 *
 * @param terms the tree
 * @param index 0 to bpo_terms_count() - 1
 * @param ret_path path, borrowed until the tree's next change; untouched on failure
 * @param ret_value value, borrowed likewise; untouched on failure
 * @return #BPO_OK; #BPO_E_INVALID for no such index
 * @par Threads one thread at a time per tree
 * @since 0.1
 */
BPO_API bpo_status bpo_terms_at(const bpo_terms *terms, size_t index, const char **ret_path,
                                const char **ret_value);

/** One row of the table of all terms, from which docs/terms.md is made. */
typedef struct bpo_term {
    uint32_t struct_size;    /**< sizeof(bpo_term), set by #BPO_TERM_INIT */
    uint32_t flags;          /**< bit 0: required where its section is used; bit 1: fixed, no amendment changes it */
    const char *pattern;     /**< path; a token in braces stands for a name or a value */
    const char *type;        /**< type word, for example "duration" */
    const char *choices;     /**< for a choice: the words, comma-separated; else "" */
    const char *initial;     /**< the default, or "" */
    const char *description; /**< one sentence */
} bpo_term;

/** A #bpo_term with its size set and everything else zero. */
#define BPO_TERM_INIT {sizeof(bpo_term), 0, NULL, NULL, NULL, NULL, NULL}

/**
 * How many rows the table of terms has.
 *
 * @return number of rows
 * @par Threads any
 * @since 0.1
 */
BPO_API size_t bpo_term_count(void);

/**
 * The table of all terms that this version understands.
 *
 * @param index 0 to bpo_term_count() - 1
 * @param ret_term filled with static texts; untouched on failure
 * @return #BPO_OK, #BPO_E_INVALID, #BPO_E_ABI
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_term_at(size_t index, bpo_term *ret_term);

#ifdef __cplusplus
}
#endif
#endif
