/* SPDX-License-Identifier: Apache-2.0 */
/* Facts recorded through a desk into a SQLite file, and the limit in the same run: SQLite inserting as many rows of
 * the same size into one bare table, with the same log and the same forcing out to disk.
 *
 * usage: bench_sqlite [FACTS [BATCH]]; the goal is 50,000 facts a second in batches of 1,000. Wall time holds the
 * disk; processor time tells what is the library's and SQLite's. */
#define _POSIX_C_SOURCE 200809L
#include "support/host.h"

#include <bpo/bpo.h>
#include <bpo/sqlite.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { ROW_SIZE = 90, FACTS_PER_TICKET = 6, REPEATED_PART = 10 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void must(bpo_status status, const bpo_error *err)
{
    if (status == BPO_OK)
        return;
    fprintf(stderr, "bench_sqlite: %s: %s\n", err->path, err->message);
    exit(1);
}

static void remove_files(const char *file)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < 3; i++) {
        char name[64];
        snprintf(name, sizeof name, "%s%s", file, endings[i]);
        unlink(name);
    }
}

static bpo_desk *begin(bpo_context *context, const char *file, bpo_error *err)
{
    static const char *const terms_of[][2] = {{"/contract/id", "bench"},
                                              {"/contract/time_zone", "UTC"},
                                              {"/parties/client/name", "c"},
                                              {"/parties/provider/name", "p"},
                                              {"/calendars/office/hours/mon-fri", "09:00-17:00"},
                                              {"/sla/policies/standard/calendar", "office"},
                                              {"/sla/policies/standard/targets/resolution", "PT8H"}};
    bpo_terms *terms = NULL;
    bpo_contract *contract = NULL;
    bpo_desk *desk = NULL;
    bpo_store store = BPO_STORE_INIT;
    must(bpo_terms_new(context, &terms, err), err);
    for (size_t i = 0; i < sizeof terms_of / sizeof terms_of[0]; i++)
        must(bpo_terms_set(terms, terms_of[i][0], terms_of[i][1], err), err);
    must(bpo_contract_new(context, terms, &contract, err), err);
    must(bpo_sqlite_store_new(file, &store, err), err);
    must(bpo_desk_create(contract, &store, "bench", &desk, err), err);
    bpo_contract_unref(contract);
    bpo_terms_unref(terms);
    return desk;
}

/* The facts of many tickets, interleaved as they come in. */
static bpo_fact make_fact(size_t i, char *key, char *subject, bpo_value *value)
{
    size_t tickets = 5000, ticket = i % tickets + tickets * (i / (tickets * FACTS_PER_TICKET));
    bpo_fact fact = BPO_FACT_INIT;
    fact.kind = i / tickets % FACTS_PER_TICKET == 0 ? BPO_TICKET_OPENED : BPO_TICKET_UPDATED;
    fact.at = (bpo_time)i * BPO_SECOND;
    fact.recorded_at = fact.at;
    fact.key_size = (size_t)snprintf(key, 32, "event/%zu", i);
    fact.key = key;
    fact.subject_size = (size_t)snprintf(subject, 32, "INC%07zu", ticket);
    fact.subject = subject;
    *value = (bpo_value){.name = BPO_VALUE_GROUP, .type = BPO_TYPE_TEXT, .text = "first line", .size = 10};
    fact.values = value;
    fact.value_count = 1;
    return fact;
}

typedef struct batch {
    bpo_fact *facts;
    bpo_value *values;
    char (*texts)[2][32];
    size_t size;
} batch;

static double record(bpo_desk *desk, batch *b, size_t from, size_t count, bpo_error *err)
{
    double spent = 0;
    for (size_t i = from; i < from + count; i += b->size) {
        for (size_t k = 0; k < b->size; k++)
            b->facts[k] = make_fact(i + k, b->texts[k][0], b->texts[k][1], &b->values[k]);
        double start = now();
        must(bpo_desk_record(desk, INT64_MAX, b->facts, b->size, NULL, err), err);
        spent += now() - start;
    }
    return spent;
}

static void run(sqlite3 *database, const char *sql)
{
    if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK)
        exit(1);
}

static double insert_bare(const char *file, size_t count, size_t size)
{
    sqlite3 *database = NULL;
    sqlite3_stmt *insert = NULL;
    char row[ROW_SIZE] = {0};
    if (sqlite3_open(file, &database) != SQLITE_OK)
        exit(1);
    run(database, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE bare (row BLOB)");
    sqlite3_prepare_v2(database, "INSERT INTO bare VALUES (?1)", -1, &insert, NULL);
    double start = now();
    for (size_t i = 0; i < count; i++) {
        if (i % size == 0)
            run(database, "BEGIN IMMEDIATE");
        sqlite3_bind_blob(insert, 1, row, sizeof row, SQLITE_STATIC);
        sqlite3_step(insert);
        sqlite3_reset(insert);
        if (i % size == size - 1)
            run(database, "COMMIT");
    }
    double spent = now() - start;
    sqlite3_finalize(insert);
    sqlite3_close(database);
    return spent;
}

int main(int argc, char **argv)
{
    static const char books[] = "bench-desk.db", bare[] = "bench-bare.db";
    size_t count = argc > 1 ? strtoul(argv[1], NULL, 10) : 200000;
    batch b = {.size = argc > 2 ? strtoul(argv[2], NULL, 10) : 1000};
    bpo_host host = test_host();
    bpo_context *context = NULL;
    bpo_error err = BPO_ERROR_INIT;
    b.facts = calloc(b.size, sizeof *b.facts);
    b.values = calloc(b.size, sizeof *b.values);
    b.texts = calloc(b.size, sizeof *b.texts);
    if (count < b.size || !b.facts || !b.values || !b.texts)
        return 1;
    count -= count % b.size;
    remove_files(books);
    remove_files(bare);
    must(bpo_context_new(&host, &context, &err), &err);
    bpo_desk *desk = begin(context, books, &err);
    clock_t processor = clock();
    double recorded = record(desk, &b, 0, count, &err);
    double worked = (double)(clock() - processor) / CLOCKS_PER_SEC;
    double repeated = record(desk, &b, 0, count / REPEATED_PART / b.size * b.size, &err);
    bpo_desk_unref(desk);

    bpo_store store = BPO_STORE_INIT;
    must(bpo_sqlite_store_new(books, &store, &err), &err);
    double start = now();
    must(bpo_desk_open(context, &store, "bench", &desk, &err), &err);
    double opened = now() - start;
    bpo_desk_unref(desk);
    double limit = insert_bare(bare, count, b.size);

    printf("recorded through the desk  %9.0f facts/s\n", (double)count / recorded);
    printf("  by processor time        %9.0f facts/s\n", (double)count / worked);
    printf("delivered again            %9.0f facts/s\n",
           (double)(count / REPEATED_PART / b.size * b.size) / (repeated > 0 ? repeated : 1));
    printf("opened                     %9.0f facts/s\n", (double)count / opened);
    printf("limit: one bare table      %9.0f rows/s\n", (double)count / limit);
    printf("ratio                      %9.2f\n", recorded / limit);
    bpo_context_unref(context);
    free(b.facts);
    free(b.values);
    free(b.texts);
    remove_files(books);
    remove_files(bare);
    return 0;
}
