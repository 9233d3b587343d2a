/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file sqlite.h
 * Adapter bpo-sqlite: a store in a SQLite database, the embedded default. Link with `bpo-sqlite`.
 */
#ifndef BPO_SQLITE_H
#define BPO_SQLITE_H

#include <bpo/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Opens, and where needed makes, a database file with write-ahead log and synchronous=FULL.
 *
 * Several processes may hold the same file. A lock is waited for up to 10 s. A visitor may not call the store that it
 * reads: #BPO_E_BUSY. A disk that fails in the commit is #BPO_E_UNKNOWN_OUTCOME. A path such as ":memory:", which could
 * not outlive the process, is refused.
 *
 * @param path file name, UTF-8
 * @param ret_store filled; its release closes the file; untouched on failure
 * @param err details of a failure with the file's name, or NULL
 * @return #BPO_OK; #BPO_E_CORRUPT for a file that is not a database or not ours; #BPO_E_LOCKED; #BPO_E_IO (disk full
 *         included); #BPO_E_TOO_NEW; #BPO_E_NOMEM
 * @par Threads one thread at a time per store
 * @since 0.1
 */
BPO_API bpo_status bpo_sqlite_store_new(const char *path, bpo_store *ret_store, bpo_error *err);

#ifdef __cplusplus
}
#endif
#endif
