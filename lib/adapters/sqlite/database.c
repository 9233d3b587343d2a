/* SPDX-License-Identifier: Apache-2.0 */
/* A SQLite file that is ours: opened, made where it is new, checked where it is not.
 *
 * application_id says whose file it is and user_version which form it has; nothing is changed in a file before both
 * are known. A row's id holds its stream in the upper and its sequence in the lower 40 bits, so that one integer key
 * serves reading in order, and an index on the subject gives a subject's records in order too. */
#include "adapters/sqlite/database.h"

#include "adapters/refuse.h"
#include <stdbool.h>

#define APPLICATION_ID 0x62706f31 /* "bpo1" */
#define FORM_VERSION 1
#define LOCK_WAIT_MS 10000
#define RETRY_MS 10

static const adapter_message not_ours = {
    20100, "{0} is a SQLite database, but not one of bpo's; name another file"};
static const adapter_message too_new = {20101, "{0} was written by a later version of bpo-sqlite ({1}); use that one"};
static const adapter_message not_a_database = {20102, "{0} is not a SQLite database, or is damaged"};
static const adapter_message locked = {20103, "{0} is locked by somebody else; waited for 10 s"};
static const adapter_message disk_full = {20104, "there is no room on the disk of {0}"};
static const adapter_message not_accessible = {20105, "{0} cannot be read and written: {1}"};
static const adapter_message no_memory = {20106, "there is no memory to open {0}"};
static const adapter_message no_log = {
    20107, "{0} cannot have a write-ahead log here; name a file on a local disk"};

static const char schema[] =
    "CREATE TABLE bpo_stream ("
    " id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, head INTEGER NOT NULL);"
    "CREATE TABLE bpo_record ("
    " id INTEGER PRIMARY KEY, stream INTEGER NOT NULL REFERENCES bpo_stream, kind INTEGER NOT NULL,"
    " key BLOB NOT NULL, revision INTEGER NOT NULL, at INTEGER NOT NULL, recorded_at INTEGER NOT NULL,"
    " subject BLOB NOT NULL, bytes BLOB NOT NULL);"
    "CREATE UNIQUE INDEX bpo_record_key ON bpo_record (stream, key, revision);"
    "CREATE INDEX bpo_record_subject ON bpo_record (stream, subject);"
    "PRAGMA application_id = 1651535665;"
    "PRAGMA user_version = 1;";

_Static_assert(APPLICATION_ID == 1651535665, "the schema sets the number that the check expects");

/* One row: results of SQLite by their primary code, what they are to a host, and the words for it. */
typedef struct translation {
    int result;
    bpo_status status;
    const adapter_message *message;
} translation;

static const translation translations[] = {
    {SQLITE_BUSY, BPO_E_LOCKED, &locked},           {SQLITE_LOCKED, BPO_E_LOCKED, &locked},
    {SQLITE_NOMEM, BPO_E_NOMEM, &no_memory},        {SQLITE_NOTADB, BPO_E_CORRUPT, &not_a_database},
    {SQLITE_CORRUPT, BPO_E_CORRUPT, &not_a_database}, {SQLITE_FULL, BPO_E_IO, &disk_full},
    {SQLITE_TOOBIG, BPO_E_LIMIT, &not_accessible},  {SQLITE_IOERR, BPO_E_IO, &not_accessible},
};

static translation translate(int result)
{
    for (size_t i = 0; i < sizeof translations / sizeof translations[0]; i++)
        if (translations[i].result == (result & 0xff))
            return translations[i];
    translation other = {result, BPO_E_IO, &not_accessible};
    return other;
}

bpo_status bpo__sqlite_status(int result)
{
    return result == SQLITE_OK || result == SQLITE_DONE || result == SQLITE_ROW ? BPO_OK : translate(result).status;
}

bpo_status bpo__sqlite_refuse(sqlite3 *database, int result, const char *path, bpo_error *err)
{
    translation known = translate(result);
    const char *said = database && sqlite3_errcode(database) != SQLITE_OK ? sqlite3_errmsg(database)
                                                                          : sqlite3_errstr(result);
    return adapter_refuse(err, known.status, known.message, path, path, said);
}

/* The integer that a statement with one row gives. */
static int query_integer(sqlite3 *database, const char *sql, int *ret_value)
{
    sqlite3_stmt *statement = NULL;
    int result = sqlite3_prepare_v2(database, sql, -1, &statement, NULL);

    if (result == SQLITE_OK) {
        result = sqlite3_step(statement);
        if (result == SQLITE_ROW)
            *ret_value = sqlite3_column_int(statement, 0);
    }
    sqlite3_finalize(statement);
    return result == SQLITE_ROW ? SQLITE_OK : result;
}

/* Whose file it is, and whether there is anything in it. */
typedef struct identity {
    int application;
    int version;
    int tables;
} identity;

static int read_identity(sqlite3 *database, identity *ret_identity)
{
    int result = query_integer(database, "PRAGMA application_id", &ret_identity->application);
    if (result == SQLITE_OK)
        result = query_integer(database, "PRAGMA user_version", &ret_identity->version);
    if (result == SQLITE_OK)
        result = query_integer(database, "SELECT count(*) FROM sqlite_master", &ret_identity->tables);
    return result;
}

/* In one transaction: another process may be making the tables right now. */
static int identify(sqlite3 *database, identity *ret_identity)
{
    int result = sqlite3_exec(database, "BEGIN", NULL, NULL, NULL);
    if (result != SQLITE_OK)
        return result;
    result = read_identity(database, ret_identity);
    int ended = sqlite3_exec(database, "COMMIT", NULL, NULL, NULL);
    return result != SQLITE_OK ? result : ended;
}

static bool is_new(const identity *found)
{
    return found->application == 0 && found->version == 0 && found->tables == 0;
}

static bpo_status check_identity(const identity *found, const char *path, bpo_error *err)
{
    char version[16];

    if (is_new(found))
        return BPO_OK;
    if (found->application != APPLICATION_ID || found->version < 1)
        return adapter_refuse(err, BPO_E_CORRUPT, &not_ours, path, path, NULL);
    if (found->version > FORM_VERSION) {
        sqlite3_snprintf(sizeof version, version, "form %d", found->version);
        return adapter_refuse(err, BPO_E_TOO_NEW, &too_new, path, path, version);
    }
    return BPO_OK;
}

/* Two processes that switch at the same time are told so at once, without the usual wait: hence the loop. */
static int switch_to_log(sqlite3 *database)
{
    int result = SQLITE_BUSY;

    for (int waited = 0; waited <= LOCK_WAIT_MS && (result & 0xff) == SQLITE_BUSY; waited += RETRY_MS) {
        if (waited > 0)
            sqlite3_sleep(RETRY_MS);
        result = sqlite3_exec(database, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    }
    return result;
}

/* Whether the log is really kept: some places (memory, some network drives) say OK and keep none. */
static bool has_log(sqlite3 *database)
{
    sqlite3_stmt *statement = NULL;
    bool kept = false;

    if (sqlite3_prepare_v2(database, "PRAGMA journal_mode", -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        const unsigned char *mode = sqlite3_column_text(statement, 0);
        kept = mode && sqlite3_stricmp((const char *)mode, "wal") == 0;
    }
    sqlite3_finalize(statement);
    return kept;
}

/* Makes the tables, unless another process was faster. */
static int make_tables(sqlite3 *database)
{
    identity found = {0, 0, 0};
    int result = sqlite3_exec(database, "BEGIN IMMEDIATE", NULL, NULL, NULL);

    if (result != SQLITE_OK)
        return result;
    result = read_identity(database, &found);
    if (result == SQLITE_OK && is_new(&found))
        result = sqlite3_exec(database, schema, NULL, NULL, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_exec(database, "COMMIT", NULL, NULL, NULL);
    if (result != SQLITE_OK)
        sqlite3_exec(database, "ROLLBACK", NULL, NULL, NULL);
    return result;
}

static bpo_status prepare_file(sqlite3 *database, const char *path, bpo_error *err)
{
    identity found = {0, 0, 0};

    sqlite3_busy_timeout(database, LOCK_WAIT_MS);
    int result = identify(database, &found);
    if (result != SQLITE_OK)
        return bpo__sqlite_refuse(database, result, path, err);
    bpo_status status = check_identity(&found, path, err);
    if (status != BPO_OK)
        return status;
    result = switch_to_log(database);
    if (result != SQLITE_OK)
        return bpo__sqlite_refuse(database, result, path, err);
    if (!has_log(database))
        return adapter_refuse(err, BPO_E_IO, &no_log, path, path, NULL);
    result = sqlite3_exec(database, "PRAGMA synchronous = FULL; PRAGMA cache_size = -32768", NULL, NULL, NULL);
    if (result == SQLITE_OK && is_new(&found))
        result = make_tables(database);
    if (result != SQLITE_OK)
        return bpo__sqlite_refuse(database, result, path, err);
    return BPO_OK;
}

bpo_status bpo__sqlite_open(const char *path, sqlite3 **ret_database, bpo_error *err)
{
    sqlite3 *database = NULL;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    int result = sqlite3_open_v2(path, &database, flags, NULL);
    bpo_status status = result == SQLITE_OK ? prepare_file(database, path, err)
                                            : bpo__sqlite_refuse(database, result, path, err);

    if (status != BPO_OK) {
        sqlite3_close(database);
        return status;
    }
    *ret_database = database;
    return BPO_OK;
}
