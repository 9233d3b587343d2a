/* SPDX-License-Identifier: Apache-2.0 */
#define _XOPEN_SOURCE 700
#include "support/test.h"
#include <bpo/sqlite.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* A folder of its own for each test. */
typedef struct place {
    char folder[64];
    char file[96];
} place;

static int make_place(void **state)
{
    place *p = calloc(1, sizeof *p);
    strcpy(p->folder, "bpo-sqlite-XXXXXX");
    if (!p || !mkdtemp(p->folder))
        return -1;
    snprintf(p->file, sizeof p->file, "%s/books.db", p->folder);
    *state = p;
    return 0;
}

static int clear_place(void **state)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    place *p = *state;
    for (size_t i = 0; i < 4; i++) {
        char name[128];
        snprintf(name, sizeof name, "%s%s", p->file, endings[i]);
        unlink(name);
    }
    int result = rmdir(p->folder);
    free(p);
    return result;
}

static bpo_status open_file(void *user, bpo_store *ret_store)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_status status = bpo_sqlite_store_new(user, ret_store, &err);
    if (status != BPO_OK)
        fprintf(stderr, "# %s\n", err.message);
    return status;
}

static bpo_store open_store(const place *p)
{
    bpo_store store = BPO_STORE_INIT;
    assert_int_equal(open_file((void *)p->file, &store), BPO_OK);
    return store;
}

static void run_sql(const char *file, const char *sql)
{
    sqlite3 *database = NULL;
    assert_int_equal(sqlite3_open(file, &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
}

/* Appends one record whose key is a number, with `size` bytes. */
static bpo_status append_number(bpo_store *store, unsigned number, size_t size)
{
    char key[16];
    uint64_t sequence = 0;
    char *bytes = calloc(1, size + 1);
    bpo_record record = BPO_RECORD_INIT;
    const bpo_record *pointer = &record;
    record.kind = BPO_RECORD_NOTICE;
    record.key_size = (size_t)snprintf(key, sizeof key, "%u", number);
    record.key = key;
    record.bytes = bytes;
    record.size = size;
    bpo_status status = store->append(store->user, "s", BPO_SEQ_ANY, &pointer, 1, &sequence);
    free(bytes);
    return status;
}

/* Checks that sequences are dense; counts. */
static bpo_status count_dense(void *user, const bpo_record *record)
{
    uint64_t *count = user;
    return record->sequence == ++*count ? BPO_OK : BPO_E_STATE;
}

static uint64_t count_records(bpo_store *store)
{
    uint64_t count = 0;
    assert_int_equal(store->read(store->user, "s", 1, count_dense, &count), BPO_OK);
    return count;
}

static void the_store_keeps_every_promise(void **state)
{
    place *p = *state;
    bpo_context *context = NULL;
    bpo_error err = BPO_ERROR_INIT;
    assert_int_equal(bpo_context_new(NULL, &context, NULL), BPO_OK);
    for (int run = 0; run < 2; run++)
        if (bpo_store_check(context, open_file, p->file, &err) != BPO_OK)
            fail_msg("%s: %s", err.path, err.message);
    bpo_context_unref(context);
}

static void a_file_of_others_is_left_alone(void **state)
{
    place *p = *state;
    bpo_store store = BPO_STORE_INIT;
    bpo_error err = BPO_ERROR_INIT;
    run_sql(p->file, "CREATE TABLE guests (name TEXT)");
    assert_int_equal(bpo_sqlite_store_new(p->file, &store, &err), BPO_E_CORRUPT);
    assert_non_null(strstr(err.message, p->file));
    assert_int_equal(err.message_id, 20100);
    assert_null(store.append);
    run_sql(p->file, "INSERT INTO guests VALUES ('still mine'); PRAGMA journal_mode = DELETE");
}

static void a_later_form_is_refused(void **state)
{
    place *p = *state;
    bpo_store store = open_store(p);
    bpo_error err = BPO_ERROR_INIT;
    store.release(store.user);
    run_sql(p->file, "PRAGMA user_version = 2");
    assert_int_equal(bpo_sqlite_store_new(p->file, &store, &err), BPO_E_TOO_NEW);
    assert_non_null(strstr(err.message, "form 2"));
}

static void a_file_without_our_tables_is_corrupt(void **state)
{
    place *p = *state;
    bpo_store store = open_store(p);
    bpo_error err = BPO_ERROR_INIT;
    store.release(store.user);
    run_sql(p->file, "DROP TABLE bpo_record");
    assert_int_equal(bpo_sqlite_store_new(p->file, &store, &err), BPO_E_CORRUPT);
    assert_non_null(strstr(err.message, "bpo_record"));
}

static void a_file_that_is_no_database_is_refused(void **state)
{
    place *p = *state;
    bpo_store store = BPO_STORE_INIT;
    bpo_error err = BPO_ERROR_INIT;
    FILE *file = fopen(p->file, "w");
    for (int i = 0; i < 200; i++)
        fputs("This is a letter to the guests.\n", file);
    fclose(file);
    assert_int_equal(bpo_sqlite_store_new(p->file, &store, &err), BPO_E_CORRUPT);
    assert_int_equal(err.message_id, 20102);
    assert_non_null(strstr(err.message, p->file));
}

static void a_folder_that_is_not_there_is_named(void **state)
{
    bpo_store store = BPO_STORE_INIT;
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    assert_int_equal(bpo_sqlite_store_new("no/such/folder/books.db", &store, &err), BPO_E_IO);
    assert_string_equal(err.path, "no/such/folder/books.db");
    assert_int_equal(bpo_sqlite_store_new("", &store, &err), BPO_E_INVALID);
    assert_int_equal(bpo_sqlite_store_new(NULL, &store, &err), BPO_E_INVALID);
    assert_int_equal(bpo_sqlite_store_new(":memory:", &store, &err), BPO_E_IO); /* could not outlive the process */
    assert_null(store.append);
}

/* A limit on the size of files fails writes as a full disk does. */
static void a_full_disk_loses_nothing(void **state)
{
    place *p = *state;
    bpo_store store = open_store(p);
    assert_int_equal(append_number(&store, 1, 100), BPO_OK);
    pid_t child = fork();
    if (child == 0) {
        struct rlimit small = {200000, 200000};
        bpo_store full = BPO_STORE_INIT;
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &small);
        bpo_status status = bpo_sqlite_store_new(p->file, &full, NULL);
        for (unsigned i = 2; i < 100 && status == BPO_OK; i++)
            status = append_number(&full, i, 300000);
        _exit(status == BPO_E_IO || status == BPO_E_UNKNOWN_OUTCOME ? 0 : 1);
    }
    int result = 0;
    assert_int_equal(waitpid(child, &result, 0), child);
    assert_int_equal(result, 0);
    assert_int_equal(count_records(&store), 1);
    assert_int_equal(append_number(&store, 2, 300000), BPO_OK);
    assert_int_equal(count_records(&store), 2);
    store.release(store.user);
}

static bpo_status append_within(void *user, const bpo_record *record)
{
    (void)record;
    return append_number(user, 2, 1) == BPO_E_BUSY ? BPO_OK : BPO_E_STATE;
}

static void a_visitor_may_not_use_its_store(void **state)
{
    place *p = *state;
    bpo_store store = open_store(p);
    assert_int_equal(append_number(&store, 1, 1), BPO_OK);
    assert_int_equal(store.read(store.user, "s", 1, append_within, &store), BPO_OK);
    assert_int_equal(append_number(&store, 2, 1), BPO_OK);
    store.release(store.user);
}

#define PROCESSES 4
#define APPENDS 240

/* Each process appends its own numbers and some that all share. */
static void append_much(const place *p, unsigned process)
{
    bpo_store store = BPO_STORE_INIT;
    if (open_file((void *)p->file, &store) != BPO_OK)
        _exit(1);
    for (unsigned i = 0; i < APPENDS; i++) {
        bpo_status status = append_number(&store, i % 3 == 0 ? i : (process + 1) * 1000 + i, 50);
        if (status != BPO_OK)
            _exit(-status);
    }
    store.release(store.user);
    _exit(0);
}

static void processes_append_side_by_side(void **state)
{
    place *p = *state; /* the file is not there yet: they also race to make it */
    for (unsigned i = 0; i < PROCESSES; i++)
        if (fork() == 0)
            append_much(p, i);
    for (unsigned i = 0; i < PROCESSES; i++) {
        int result = 0;
        assert_true(wait(&result) > 0);
        assert_int_equal(result, 0);
    }
    bpo_store store = open_store(p);
    assert_int_equal(count_records(&store), APPENDS / 3 + PROCESSES * (APPENDS - APPENDS / 3));
    store.release(store.user);
}

static void a_killed_writer_leaves_whole_batches(void **state)
{
    place *p = *state;
    int pipes[2];
    unsigned acknowledged = 0;
    assert_int_equal(pipe(pipes), 0);
    pid_t child = fork();
    if (child == 0) {
        bpo_store store = open_store(p);
        for (unsigned i = 1;; i++)
            if (append_number(&store, i, 2000) != BPO_OK || write(pipes[1], &i, sizeof i) != sizeof i)
                _exit(1);
    }
    close(pipes[1]);
    while (acknowledged < 50)
        assert_int_equal(read(pipes[0], &acknowledged, sizeof acknowledged), sizeof acknowledged);
    kill(child, SIGKILL);
    while (read(pipes[0], &acknowledged, sizeof acknowledged) == sizeof acknowledged)
        ;
    close(pipes[0]);
    assert_int_equal(waitpid(child, NULL, 0), child);
    bpo_store store = open_store(p);
    uint64_t count = count_records(&store);
    assert_true(count == acknowledged || count == acknowledged + 1);
    store.release(store.user);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, make_place, clear_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_store_keeps_every_promise),
        TEST(a_file_of_others_is_left_alone),
        TEST(a_later_form_is_refused),
        TEST(a_file_without_our_tables_is_corrupt),
        TEST(a_file_that_is_no_database_is_refused),
        TEST(a_folder_that_is_not_there_is_named),
        TEST(a_full_disk_loses_nothing),
        TEST(a_visitor_may_not_use_its_store),
        TEST(processes_append_side_by_side),
        TEST(a_killed_writer_leaves_whole_batches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
