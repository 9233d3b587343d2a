/* SPDX-License-Identifier: Apache-2.0 */
/* A store in a SQLite file.
 *
 * BEGIN IMMEDIATE makes appends follow one another, so sequences are dense and become visible in order. A record is
 * inserted first and compared only where the unique index refused it: in the usual case an append is one statement a
 * record. A failure of the disk in the commit leaves open what a crash would find: BPO_E_UNKNOWN_OUTCOME. */
#include <bpo/sqlite.h>

#include "adapters/refuse.h"
#include "adapters/sqlite/database.h"
#include <stdbool.h>
#include <stdlib.h>

#define SEQUENCE_BITS 40
#define SEQUENCE_MAX ((UINT64_C(1) << SEQUENCE_BITS) - 1)
#define STREAM_MAX ((INT64_C(1) << (62 - SEQUENCE_BITS)) - 1)

static const adapter_message argument_missing = {20110, "the argument {0} may not be NULL or empty"};
static const adapter_message struct_size = {20111, "ret_store has a struct_size that this library does not understand; "
                                                   "set it with BPO_STORE_INIT"};
static const adapter_message no_memory = {20106, "there is no memory to open {0}"};
static const adapter_message damaged = {20112, "{0} lacks the tables of its form: {1}"};

/* The statements that are kept prepared. */
enum {
    BEGIN_APPEND,
    FIND_STREAM,
    MAKE_STREAM,
    INSERT_RECORD,
    FIND_RECORD,
    SET_HEAD,
    COMMIT,
    ROLLBACK,
    READ_RECORDS,
    READ_SUBJECT,
    STATEMENT_COUNT
};

#define COLUMNS "id, kind, key, revision, at, recorded_at, subject, bytes"

static const char *const statement_texts[STATEMENT_COUNT] = {
    [BEGIN_APPEND] = "BEGIN IMMEDIATE",
    [FIND_STREAM] = "SELECT id, head FROM bpo_stream WHERE name = ?1",
    [MAKE_STREAM] = "INSERT INTO bpo_stream (name, head) VALUES (?1, 0)",
    [INSERT_RECORD] = "INSERT INTO bpo_record (" COLUMNS ", stream) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
                      " ON CONFLICT (stream, key, revision) DO NOTHING",
    [FIND_RECORD] = "SELECT id, bytes = ?4 FROM bpo_record WHERE stream = ?1 AND key = ?2 AND revision = ?3",
    [SET_HEAD] = "UPDATE bpo_stream SET head = ?2 WHERE id = ?1",
    [COMMIT] = "COMMIT",
    [ROLLBACK] = "ROLLBACK",
    [READ_RECORDS] = "SELECT " COLUMNS " FROM bpo_record WHERE id BETWEEN ?1 AND ?2 ORDER BY id",
    [READ_SUBJECT] = "SELECT " COLUMNS " FROM bpo_record WHERE stream = ?1 AND subject = ?2 ORDER BY id",
};

typedef struct sqlite_store {
    sqlite3 *database;
    sqlite3_stmt *statements[STATEMENT_COUNT];
    bool busy; /* a read is under way: a visitor may not use the store */
} sqlite_store;

/* A stream's row. */
typedef struct stream_row {
    int64_t id; /* 0: there is none */
    uint64_t head;
} stream_row;

static int64_t row_id(int64_t stream, uint64_t sequence)
{
    return (int64_t)(((uint64_t)stream << SEQUENCE_BITS) | sequence);
}

static uint64_t sequence_of(int64_t id) { return (uint64_t)id & SEQUENCE_MAX; }

static void bind_bytes(sqlite3_stmt *statement, int index, const void *bytes, size_t size)
{
    sqlite3_bind_blob64(statement, index, size > 0 ? bytes : "", size, SQLITE_STATIC);
}

/* Runs a statement that gives no row. */
static bpo_status run(sqlite_store *store, int which)
{
    sqlite3_stmt *statement = store->statements[which];
    int result = sqlite3_step(statement);
    sqlite3_reset(statement);
    return bpo__sqlite_status(result);
}

static bpo_status find_stream(sqlite_store *store, const char *name, stream_row *ret_row)
{
    sqlite3_stmt *statement = store->statements[FIND_STREAM];
    stream_row row = {0, 0};

    sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
    int result = sqlite3_step(statement);
    if (result == SQLITE_ROW) {
        row.id = sqlite3_column_int64(statement, 0);
        row.head = (uint64_t)sqlite3_column_int64(statement, 1);
    }
    sqlite3_reset(statement);
    if (bpo__sqlite_status(result) == BPO_OK)
        *ret_row = row;
    return bpo__sqlite_status(result);
}

static bpo_status make_stream(sqlite_store *store, const char *name, stream_row *row)
{
    sqlite3_bind_text(store->statements[MAKE_STREAM], 1, name, -1, SQLITE_STATIC);
    bpo_status status = run(store, MAKE_STREAM);
    if (status != BPO_OK)
        return status;
    row->id = sqlite3_last_insert_rowid(store->database);
    return row->id <= STREAM_MAX ? BPO_OK : BPO_E_LIMIT;
}

/* The record that was there already: its sequence, or BPO_E_KEY_REUSED. */
static bpo_status compare_record(sqlite_store *store, int64_t stream, const bpo_record *record, uint64_t *ret_sequence)
{
    sqlite3_stmt *statement = store->statements[FIND_RECORD];
    bool equal = false;

    sqlite3_bind_int64(statement, 1, stream);
    bind_bytes(statement, 2, record->key, record->key_size);
    sqlite3_bind_int64(statement, 3, record->revision);
    bind_bytes(statement, 4, record->bytes, record->size);
    int result = sqlite3_step(statement);
    if (result == SQLITE_ROW) {
        *ret_sequence = sequence_of(sqlite3_column_int64(statement, 0));
        equal = sqlite3_column_int(statement, 1) != 0;
    }
    sqlite3_reset(statement);
    if (result == SQLITE_DONE)
        return BPO_E_CORRUPT; /* the index refused what the table does not have */
    if (result != SQLITE_ROW)
        return bpo__sqlite_status(result);
    return equal ? BPO_OK : BPO_E_KEY_REUSED;
}

static bpo_status insert_record(sqlite_store *store, stream_row *row, const bpo_record *record, uint64_t *ret_sequence)
{
    sqlite3_stmt *statement = store->statements[INSERT_RECORD];

    if (row->head >= SEQUENCE_MAX)
        return BPO_E_LIMIT;
    sqlite3_bind_int64(statement, 1, row_id(row->id, row->head + 1));
    sqlite3_bind_int(statement, 2, record->kind);
    bind_bytes(statement, 3, record->key, record->key_size);
    sqlite3_bind_int64(statement, 4, record->revision);
    sqlite3_bind_int64(statement, 5, record->at);
    sqlite3_bind_int64(statement, 6, record->recorded_at);
    bind_bytes(statement, 7, record->subject, record->subject_size);
    bind_bytes(statement, 8, record->bytes, record->size);
    sqlite3_bind_int64(statement, 9, row->id);
    bpo_status status = run(store, INSERT_RECORD);
    if (status != BPO_OK)
        return status;
    if (sqlite3_changes(store->database) == 0)
        return compare_record(store, row->id, record, ret_sequence);
    *ret_sequence = ++row->head;
    return BPO_OK;
}

/* Inside the transaction. *ret_index says which record was refused. */
static bpo_status append_records(sqlite_store *store, const char *stream, uint64_t expected_seq,
                                 const bpo_record *const *records, size_t count, uint64_t *sequences,
                                 size_t *ret_index)
{
    stream_row row = {0, 0};
    bpo_status status = find_stream(store, stream, &row);

    if (status != BPO_OK)
        return status;
    if (expected_seq != BPO_SEQ_ANY && expected_seq != row.head)
        return BPO_E_CONFLICT;
    if (row.id == 0)
        status = make_stream(store, stream, &row);
    for (size_t i = 0; i < count && status == BPO_OK; i++) {
        *ret_index = i;
        status = insert_record(store, &row, records[i], &sequences[i]);
    }
    if (status != BPO_OK)
        return status;
    sqlite3_bind_int64(store->statements[SET_HEAD], 1, row.id);
    sqlite3_bind_int64(store->statements[SET_HEAD], 2, (int64_t)row.head);
    return run(store, SET_HEAD);
}

/* A disk that fails while the commit is forced out: the records may or may not be found after a crash. */
static bpo_status commit(sqlite_store *store)
{
    bpo_status status = run(store, COMMIT);
    bool disk_failed = (sqlite3_errcode(store->database) & 0xff) == SQLITE_IOERR;
    return status != BPO_OK && disk_failed ? BPO_E_UNKNOWN_OUTCOME : status;
}

/* Binding holds on to the host's memory; after the call it is not ours. */
static void forget_bindings(sqlite_store *store)
{
    static const int bound[] = {FIND_STREAM, MAKE_STREAM, INSERT_RECORD, FIND_RECORD, READ_SUBJECT};
    for (size_t i = 0; i < sizeof bound / sizeof bound[0]; i++)
        sqlite3_clear_bindings(store->statements[bound[i]]);
}

static bpo_status append(void *user, const char *stream, uint64_t expected_seq, const bpo_record *const *records,
                         size_t count, uint64_t *ret_seqs)
{
    sqlite_store *store = user;
    size_t index = 0;

    if (store->busy)
        return BPO_E_BUSY;
    uint64_t *sequences = malloc((count > 0 ? count : 1) * sizeof *sequences);
    if (!sequences)
        return BPO_E_NOMEM;
    bpo_status status = run(store, BEGIN_APPEND);
    if (status == BPO_OK) {
        status = append_records(store, stream, expected_seq, records, count, sequences, &index);
        if (status == BPO_OK)
            status = commit(store);
        if (status != BPO_OK && !sqlite3_get_autocommit(store->database))
            run(store, ROLLBACK);
    }
    forget_bindings(store);
    if (status == BPO_OK && count > 0)
        memcpy(ret_seqs, sequences, count * sizeof *sequences);
    if (status == BPO_E_KEY_REUSED)
        ret_seqs[0] = index;
    free(sequences);
    return status;
}

static const void *column_bytes(sqlite3_stmt *statement, int column, size_t *ret_size)
{
    const void *bytes = sqlite3_column_blob(statement, column);
    *ret_size = (size_t)sqlite3_column_bytes(statement, column);
    return bytes ? bytes : "";
}

static bpo_record current_record(sqlite3_stmt *statement)
{
    bpo_record record = BPO_RECORD_INIT;

    record.sequence = sequence_of(sqlite3_column_int64(statement, 0));
    record.kind = sqlite3_column_int(statement, 1);
    record.key = column_bytes(statement, 2, &record.key_size);
    record.revision = (uint32_t)sqlite3_column_int64(statement, 3);
    record.at = sqlite3_column_int64(statement, 4);
    record.recorded_at = sqlite3_column_int64(statement, 5);
    record.subject = column_bytes(statement, 6, &record.subject_size);
    record.bytes = column_bytes(statement, 7, &record.size);
    return record;
}

static bpo_status visit_all(sqlite_store *store, int which, bpo_visit visit, void *visit_user)
{
    sqlite3_stmt *statement = store->statements[which];
    bpo_status status = BPO_OK;
    int result = SQLITE_ROW;

    store->busy = true;
    while (status == BPO_OK && (result = sqlite3_step(statement)) == SQLITE_ROW) {
        bpo_record record = current_record(statement);
        status = visit(visit_user, &record);
    }
    store->busy = false;
    sqlite3_reset(statement);
    forget_bindings(store);
    return status != BPO_OK ? status : bpo__sqlite_status(result);
}

static bpo_status read_records(void *user, const char *stream, uint64_t from_seq, bpo_visit visit, void *visit_user)
{
    sqlite_store *store = user;
    stream_row row = {0, 0};

    if (store->busy)
        return BPO_E_BUSY;
    bpo_status status = find_stream(store, stream, &row);
    if (status != BPO_OK || row.id == 0 || from_seq > SEQUENCE_MAX)
        return status;
    sqlite3_bind_int64(store->statements[READ_RECORDS], 1, row_id(row.id, from_seq));
    sqlite3_bind_int64(store->statements[READ_RECORDS], 2, row_id(row.id, SEQUENCE_MAX));
    return visit_all(store, READ_RECORDS, visit, visit_user);
}

static bpo_status read_subject(void *user, const char *stream, const char *subject, size_t subject_size,
                               bpo_visit visit, void *visit_user)
{
    sqlite_store *store = user;
    stream_row row = {0, 0};

    if (store->busy)
        return BPO_E_BUSY;
    bpo_status status = find_stream(store, stream, &row);
    if (status != BPO_OK || row.id == 0)
        return status;
    sqlite3_bind_int64(store->statements[READ_SUBJECT], 1, row.id);
    bind_bytes(store->statements[READ_SUBJECT], 2, subject, subject_size);
    return visit_all(store, READ_SUBJECT, visit, visit_user);
}

static void release(void *user)
{
    sqlite_store *store = user;
    for (int i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_finalize(store->statements[i]);
    sqlite3_close(store->database);
    free(store);
}

static bpo_status prepare_statements(sqlite_store *store, const char *path, bpo_error *err)
{
    for (int i = 0; i < STATEMENT_COUNT; i++) {
        int result = sqlite3_prepare_v3(store->database, statement_texts[i], -1, SQLITE_PREPARE_PERSISTENT,
                                        &store->statements[i], NULL);
        if (result == SQLITE_ERROR)
            return adapter_refuse(err, BPO_E_CORRUPT, &damaged, path, path, sqlite3_errmsg(store->database));
        if (result != SQLITE_OK)
            return bpo__sqlite_refuse(store->database, result, path, err);
    }
    return BPO_OK;
}

bpo_status bpo_sqlite_store_new(const char *path, bpo_store *ret_store, bpo_error *err)
{
    if (!path || !*path || !ret_store)
        return adapter_refuse(err, BPO_E_INVALID, &argument_missing, "", path && *path ? "ret_store" : "path", NULL);
    if (ret_store->struct_size < sizeof *ret_store)
        return adapter_refuse(err, BPO_E_ABI, &struct_size, "", NULL, NULL);
    sqlite_store *store = calloc(1, sizeof *store);
    if (!store)
        return adapter_refuse(err, BPO_E_NOMEM, &no_memory, path, path, NULL);
    bpo_status status = bpo__sqlite_open(path, &store->database, err);
    if (status == BPO_OK)
        status = prepare_statements(store, path, err);
    if (status != BPO_OK) {
        release(store);
        return status;
    }
    uint32_t size = ret_store->struct_size;
    *ret_store = (bpo_store){size, 0, store, release, append, read_records, read_subject};
    return BPO_OK;
}
