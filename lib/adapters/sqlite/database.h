/* SPDX-License-Identifier: Apache-2.0 */
/* A SQLite file that is ours: opened, made where it is new, checked where it is not. */
#ifndef BPO_ADAPTERS_SQLITE_DATABASE_H
#define BPO_ADAPTERS_SQLITE_DATABASE_H

#include <bpo/error.h>
#include <sqlite3.h>

/* What a result code of SQLite is to a host. */
bpo_status bpo__sqlite_status(int result);

/* Opens the file with write-ahead log and synchronous=FULL. err names the file. */
bpo_status bpo__sqlite_open(const char *path, sqlite3 **ret_database, bpo_error *err);

/* A refusal that names the file and what SQLite says. */
bpo_status bpo__sqlite_refuse(sqlite3 *database, int result, const char *path, bpo_error *err);

#endif
