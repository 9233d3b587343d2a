/* SPDX-License-Identifier: Apache-2.0 */
/* One worker of several on one log; what tests/promises/log_parts.py and the crash tests start.
 *
 *   log_worker record STORE CONTRACT LOG PARTS INDEX    records every PARTS-th ticket into the desk
 *   log_worker close STORE CONTRACT LOG                 closes every month, prints each statement's digest
 *   log_worker merge CONTRACT LOG PARTS SEED MONTHS     folds PARTS ledgers apart, merges them in an order drawn from
 *                                                       SEED, closes, prints the digests */
#include "contract_file.h"
#include "log_file.h"
#include "mapping.h"

#include <bpo/bpo.h>
#include <bpo/crypto.h>
#include <bpo/files.h>
#include <bpo/sqlite.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARTS_MAX = 16, BATCH_MAX = 1 << 16 };

typedef struct worker {
    bpo_context *context;
    bpo_terms *document;
    bpo_contract *contract;
    bpo_zone *zone;
    const char *log;
    size_t parts, index;
    bpo_desk *desk;              /* record, close */
    bpo_ledger *ledgers[PARTS_MAX]; /* merge */
    bpo_time last_at;
    bpo_error err;
} worker;

static _Noreturn void stop(const worker *w, const char *what)
{
    fprintf(stderr, "log_worker: %s: %s: %s (%s)\n", what, w->err.path, w->err.message, bpo_status_name(w->err.code));
    exit(1);
}

static void prepare(worker *w, const char *contract, const char *log)
{
    bpo_host host = BPO_HOST_INIT;
    host.zone = bpo_files_zone;
    host.digest = bpo_crypto_digest;
    w->log = log;
    if (bpo_context_new(&host, &w->context, &w->err) < 0 ||
        contract_file_read(w->context, contract, &w->document, &w->err) < 0 ||
        contract_file_compile(w->context, w->document, NULL, &w->contract, &w->err) < 0 ||
        bpo_zone_new(w->context, bpo_terms_get(w->document, "/contract/time_zone"), &w->zone, &w->err) < 0)
        stop(w, contract);
}

static void open_desk(worker *w, const char *path)
{
    bpo_store store = BPO_STORE_INIT;
    const char *id = bpo_terms_get(w->document, "/contract/id");
    if (bpo_sqlite_store_new(path, &store, &w->err) < 0)
        stop(w, path);
    bpo_status status = bpo_desk_open(w->context, &store, id, &w->desk, &w->err);
    if (status == BPO_E_NOT_FOUND)
        status = bpo_desk_create(w->contract, &store, id, &w->desk, &w->err);
    if (status == BPO_E_EXISTS) /* the other worker was faster */
        status = bpo_desk_open(w->context, &store, id, &w->desk, &w->err);
    if (status < 0)
        stop(w, "desk");
}

/* All facts of a subject go into one part. */
static size_t part_of(const worker *w, const bpo_fact *fact)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < fact->subject_size; i++)
        hash = (hash ^ (unsigned char)fact->subject[i]) * 16777619u;
    return (hash >> 8) % w->parts;
}

static int on_facts(void *user, const bpo_fact *facts, size_t count)
{
    worker *w = user;
    if (count > BATCH_MAX)
        return -1;
    static bpo_fact mine[BATCH_MAX];
    for (size_t part = 0; part < w->parts; part++) {
        size_t n = 0;
        for (size_t i = 0; i < count; i++)
            if (part_of(w, &facts[i]) == part)
                mine[n++] = facts[i];
        bpo_status status = BPO_OK;
        if (w->ledgers[part])
            status = bpo_ledger_add(w->ledgers[part], mine, n, NULL, &w->err);
        else if (w->desk && part == w->index)
            status = bpo_desk_record(w->desk, BPO_TIME_NEVER - 1, mine, n, NULL, &w->err);
        if (status < 0)
            stop(w, "facts");
    }
    return 0;
}

static void on_problem(void *user, const char *text)
{
    (void)user;
    fprintf(stderr, "log_worker: %s\n", text);
}

static void read_log(worker *w)
{
    char problem[512], path[1024];
    mapping_host host = {w, on_facts, on_problem};
    const char *own = bpo_terms_get(w->document, "/mapping");
    snprintf(path, sizeof path, "%s", own ? EXAMPLES "/mappings/sample.json" : EXAMPLES "/mappings/incident_log.json");
    bpo_contract *book = w->desk ? bpo_desk_contract(w->desk) : w->contract; /* ids belong to a book */
    mapping *m = mapping_new(path, book, w->zone, host, problem, sizeof problem);
    if (!m || log_file_read(w->log, mapping_row, NULL, m, problem, sizeof problem) || mapping_finish(m)) {
        fprintf(stderr, "log_worker: %s\n", problem);
        exit(1);
    }
    w->last_at = mapping_last_at(m);
    mapping_free(m);
}

static void print_digest(worker *w, const char *month, const bpo_statement *statement)
{
    uint8_t digest[BPO_DIGEST_SIZE];
    if (bpo_statement_digest(statement, digest, &w->err) < 0)
        stop(w, month);
    printf("%s ", month);
    for (size_t i = 0; i < sizeof digest; i++)
        printf("%02x", digest[i]);
    putchar('\n');
}

/* "YYYY-MM" of the month that starts at *start, and where it ends. */
static void month_at(worker *w, bpo_time start, char month[16], bpo_time *ret_end)
{
    bpo_civil civil;
    if (bpo_zone_to_civil(w->zone, start, &civil, &w->err) < 0)
        stop(w, "month");
    snprintf(month, 16, "%04" PRId32 "-%02" PRId32, civil.year, civil.month);
    if (bpo_contract_period(w->contract, month, &start, ret_end, &w->err) < 0)
        stop(w, month);
}

static bpo_time first_month(worker *w)
{
    bpo_time start, end;
    char month[16];
    snprintf(month, sizeof month, "%.7s", bpo_terms_get(w->document, "/contract/start"));
    if (bpo_contract_period(w->contract, month, &start, &end, &w->err) < 0)
        stop(w, month);
    return start;
}

static void close_months(worker *w)
{
    bpo_time at = first_month(w), end;
    for (; at <= w->last_at; at = end) {
        bpo_statement *statement = NULL;
        char month[16];
        month_at(w, at, month, &end);
        if (bpo_desk_close(w->desk, month, end, &statement, &w->err) < 0)
            stop(w, month);
        print_digest(w, month, statement);
        bpo_statement_unref(statement);
    }
}

typedef struct bytes {
    uint8_t *data;
    size_t size, capacity;
} bytes;

static bpo_status to_bytes(void *user, const void *data, size_t size)
{
    bytes *b = user;
    if (b->size + size > b->capacity) {
        b->capacity = 2 * (b->size + size);
        b->data = realloc(b->data, b->capacity);
        if (!b->data)
            return BPO_E_HOST;
    }
    memcpy(b->data + b->size, data, size);
    b->size += size;
    return BPO_OK;
}

/* As if the part came from another machine. */
static void send(worker *w, bpo_ledger **ledger)
{
    bytes b = {NULL, 0, 0};
    bpo_ledger *arrived = NULL;
    bpo_sink sink = BPO_SINK_INIT;
    sink.user = &b;
    sink.write = to_bytes;
    if (bpo_ledger_encode(*ledger, &sink, &w->err) < 0 ||
        bpo_ledger_decode(w->contract, b.data, b.size, &arrived, &w->err) < 0)
        stop(w, "sending a part");
    free(b.data);
    bpo_ledger_unref(*ledger);
    *ledger = arrived;
}

/* Merges two parts drawn by chance until one is left. */
static bpo_ledger *merge_parts(worker *w, uint64_t *chance)
{
    size_t count = w->parts;
    while (count > 1) {
        *chance = *chance * 6364136223846793005u + 1442695040888963407u;
        size_t a = (size_t)(*chance >> 33) % count, b = (a + 1 + (size_t)(*chance >> 20) % (count - 1)) % count;
        if (*chance >> 63)
            send(w, &w->ledgers[b]);
        if (bpo_ledger_merge(w->ledgers[a], w->ledgers[b], &w->err) < 0)
            stop(w, "merging");
        bpo_ledger_unref(w->ledgers[b]);
        w->ledgers[b] = w->ledgers[--count];
    }
    return w->ledgers[0];
}

static void merge_months(worker *w, uint64_t chance, size_t months)
{
    bpo_statement *before = NULL;
    bpo_time at = first_month(w), end;
    for (; months--; at = end) {
        bpo_statement *statement = NULL;
        size_t size = 0;
        char month[16];
        month_at(w, at, month, &end);
        for (size_t i = 0; i < w->parts; i++)
            if (bpo_ledger_new(w->contract, month, &w->ledgers[i], &w->err) < 0)
                stop(w, month);
        read_log(w);
        bpo_ledger *whole = merge_parts(w, &chance);
        const void *opening = before ? bpo_statement_closing_position(before, &size) : NULL;
        if (bpo_ledger_close(whole, opening, size, end, &statement, &w->err) < 0)
            stop(w, month);
        print_digest(w, month, statement);
        bpo_ledger_unref(whole);
        bpo_statement_unref(before);
        before = statement;
    }
    bpo_statement_unref(before);
}

static size_t number(const char *text)
{
    return (size_t)strtoul(text, NULL, 10);
}

int main(int argc, char **argv)
{
    worker w = {.parts = 1, .err = BPO_ERROR_INIT};
    const char *verb = argc > 1 ? argv[1] : "";
    if (strcmp(verb, "record") == 0 && argc == 7) {
        prepare(&w, argv[3], argv[4]);
        w.parts = number(argv[5]);
        w.index = number(argv[6]);
        open_desk(&w, argv[2]);
        read_log(&w);
    } else if (strcmp(verb, "close") == 0 && argc == 5) {
        prepare(&w, argv[3], argv[4]);
        open_desk(&w, argv[2]);
        read_log(&w);
        close_months(&w);
    } else if (strcmp(verb, "merge") == 0 && argc == 7 && number(argv[4]) <= PARTS_MAX) {
        prepare(&w, argv[2], argv[3]);
        w.parts = number(argv[4]);
        merge_months(&w, number(argv[5]), number(argv[6]));
    } else {
        fputs("usage: log_worker record|close|merge ...\n", stderr);
        return 2;
    }
    bpo_desk_unref(w.desk);
    bpo_zone_unref(w.zone);
    bpo_contract_unref(w.contract);
    bpo_terms_unref(w.document);
    bpo_context_unref(w.context);
    return 0;
}
