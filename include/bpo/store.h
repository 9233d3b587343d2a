/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file store.h
 * The seam to the host's storage: one stream of records per engagement.
 *
 * A store is three calls. bpo_store_check() tells whether yours keeps the promises:
 * - append is atomic: all records of a batch or none;
 * - a record whose (key, revision) is there with equal bytes is skipped, its old sequence returned;
 * - sequences are dense from 1 and become visible in order: whoever has seen n never later meets a new
 *   record <= n (SQL: the append locks the stream's head row).
 */
#ifndef BPO_STORE_H
#define BPO_STORE_H

#include <bpo/context.h>

#ifdef __cplusplus
extern "C" {
#endif

/** For `expected_seq`: append wherever the head is. Facts do, for they commute. */
#define BPO_SEQ_ANY UINT64_MAX

/** Kinds of records that are not facts; a fact's record has the fact's kind. */
enum {
    BPO_RECORD_TERMS = 1,     /**< base terms of the contract */
    BPO_RECORD_AMENDMENT = 2, /**< an amendment */
    BPO_RECORD_SEAL = 3,      /**< a sealed statement */
    BPO_RECORD_NOTICE = 4,    /**< a notice that was given */
    BPO_RECORD_WATERMARK = 5  /**< up to which instant notices were given */
};

/** One record of a stream. Its pointers are borrowed for the call that hands it over. */
typedef struct bpo_record {
    uint32_t struct_size;  /**< sizeof(bpo_record) */
    int32_t kind;          /**< BPO_RECORD_..., or the fact's kind */
    uint64_t sequence;     /**< place in the stream, from 1; 0 on append */
    uint32_t revision;     /**< revision of the key */
    uint32_t flags;        /**< 0 */
    bpo_time at;           /**< when it happened */
    bpo_time recorded_at;  /**< when it was recorded */
    const char *key;       /**< unique with the revision, 1..64 bytes */
    size_t key_size;       /**< bytes of @c key */
    const char *subject;   /**< what it is about; may be empty */
    size_t subject_size;   /**< bytes of @c subject */
    const void *bytes;     /**< canonical content */
    size_t size;           /**< number of @c bytes */
} bpo_record;

/** A #bpo_record with its size set and everything else zero. */
#define BPO_RECORD_INIT {sizeof(bpo_record), 0, 0, 0, 0, 0, 0, NULL, 0, NULL, 0, NULL, 0}

/**
 * Takes one record that a read found. A status other than #BPO_OK ends the read and is returned by it.
 */
typedef bpo_status (*bpo_visit)(void *user, const bpo_record *record);

/**
 * Hands a record to a visit; for stores in languages that cannot call a C function pointer.
 *
 * @param visit what the read was given
 * @param visit_user its user, as the read was given it
 * @param record the record, borrowed for the call
 * @return what the visit returned; #BPO_E_INVALID for no visit or no record
 * @par Threads the thread on which the read was called
 * @since 0.1
 */
BPO_API bpo_status bpo_record_visit(bpo_visit visit, void *visit_user, const bpo_record *record);

/**
 * A host's storage, copied by the call that takes it.
 *
 * Callbacks run only during a library call, on the calling thread. What they return is #BPO_OK or a failure, which
 * comes back unchanged; a positive status is #BPO_E_STATE.
 */
typedef struct bpo_store {
    uint32_t struct_size; /**< sizeof(bpo_store), set by #BPO_STORE_INIT */
    uint32_t flags;       /**< 0 */
    void *user;           /**< first argument of every callback */
    /** Called exactly once, when the last object that uses the store ends. */
    void (*release)(void *user);
    /**
     * Appends @p count records in one transaction and gives each one's sequence.
     * #BPO_E_CONFLICT where @p expected_seq is not #BPO_SEQ_ANY and not the head;
     * #BPO_E_KEY_REUSED with the record's index in @p ret_seqs[0] where (key, revision) is there with other bytes;
     * #BPO_E_UNKNOWN_OUTCOME where the connection broke in the commit.
     */
    bpo_status (*append)(void *user, const char *stream, uint64_t expected_seq, const bpo_record *const *records,
                         size_t count, uint64_t *ret_seqs);
    /** Visits the records with a sequence >= @p from_seq in order. An unknown stream has none. */
    bpo_status (*read)(void *user, const char *stream, uint64_t from_seq, bpo_visit visit, void *visit_user);
    /** Visits the records of one subject in order of sequence. */
    bpo_status (*read_subject)(void *user, const char *stream, const char *subject, size_t subject_size,
                               bpo_visit visit, void *visit_user);
} bpo_store;

/** A #bpo_store with its size set and everything else zero. */
#define BPO_STORE_INIT {sizeof(bpo_store), 0, NULL, NULL, NULL, NULL, NULL}

/**
 * Sets a store table up, for languages that cannot use #BPO_STORE_INIT.
 *
 * @param store the table; NULL does nothing
 * @par Threads any
 * @since 0.1
 */
BPO_API void bpo_store_init(bpo_store *store);

/**
 * A store in memory, for tests and for hosts that keep nothing.
 *
 * @param context where memory comes from
 * @param ret_store filled; its release is to be called once, by hand or by the desk that takes it
 * @param err details of a failure, or NULL
 * @return #BPO_OK, #BPO_E_NOMEM, #BPO_E_INVALID, #BPO_E_ABI
 * @par Threads one thread at a time per store
 * @since 0.1
 */
BPO_API bpo_status bpo_memory_store_new(bpo_context *context, bpo_store *ret_store, bpo_error *err);

/**
 * Opens one more connection to the same storage, for bpo_store_check(); returns a host's status.
 */
typedef bpo_status (*bpo_store_open)(void *user, bpo_store *ret_store);

/**
 * The conformance kit: tries a store's promises and says which one it breaks.
 *
 * Tries atomicity, conflict, duplicates, reused keys, dense sequences, ordered visibility with two connections,
 * reopening, subjects and records of 1 MiB. Writes to streams named "bpo-check-...".
 *
 * @param context where memory comes from
 * @param open opens a connection; called several times
 * @param open_user first argument of @p open
 * @param err which promise is broken, or NULL
 * @return #BPO_OK; #BPO_E_STATE for a broken promise; else what a callback returned
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_store_check(bpo_context *context, bpo_store_open open, void *open_user, bpo_error *err);

#ifdef __cplusplus
}
#endif
#endif
