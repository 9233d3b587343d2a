/* SPDX-License-Identifier: Apache-2.0 */
/* The whole real log folded through clocks, meters and cells, in memory, without CSV and store.
 *
 * usage: bench_fold CONTRACT LOG
 *
 * The facts are made first. Then a ledger whose period is the year 2016 takes them all and is closed; processor time
 * is taken with clock(). Goal: under 0.5 s for 141,712 events. */
#include "contract_file.h"
#include "log_file.h"
#include "mapping.h"

#include <bpo/bpo.h>
#include <bpo/crypto.h>
#include <bpo/files.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS = 5, BATCH = 2048 };

typedef struct log_facts {
    bpo_fact *facts;
    size_t count, capacity;
} log_facts;

static void *copy(const void *data, size_t size)
{
    void *block = malloc(size ? size : 1);
    if (!block)
        abort();
    if (size)
        memcpy(block, data, size);
    return block;
}

/* Keeps a batch: the mapping's own texts end with the call. */
static int keep(void *user, const bpo_fact *facts, size_t count)
{
    log_facts *all = user;
    if (all->count + count > all->capacity) {
        all->capacity = 2 * (all->count + count);
        all->facts = realloc(all->facts, all->capacity * sizeof *all->facts);
        if (!all->facts)
            abort();
    }
    for (size_t i = 0; i < count; i++) {
        bpo_fact f = facts[i];
        bpo_value *values = copy(f.values, f.value_count * sizeof *values);
        for (size_t k = 0; k < f.value_count; k++)
            values[k].text = copy(values[k].text, values[k].size);
        f.values = values;
        f.key = copy(f.key, f.key_size);
        f.subject = copy(f.subject, f.subject_size);
        all->facts[all->count++] = f;
    }
    return 0;
}

static void on_problem(void *user, const char *text)
{
    (void)user;
    fprintf(stderr, "%s\n", text);
}

static void check(bpo_status status, const bpo_error *err)
{
    if (status >= 0)
        return;
    fprintf(stderr, "bench_fold: %s: %s\n", err->path, err->message);
    exit(1);
}

static double seconds_since(clock_t start)
{
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

static void fold(bpo_contract *contract, const log_facts *all, double *ret_add, double *ret_close)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_ledger *ledger = NULL;
    bpo_statement *statement = NULL;
    clock_t start = clock();
    check(bpo_ledger_new(contract, "2016-01-01", &ledger, &err), &err);
    for (size_t i = 0; i < all->count; i += BATCH)
        check(bpo_ledger_add(ledger, all->facts + i, all->count - i < BATCH ? all->count - i : BATCH, NULL, &err),
              &err);
    *ret_add = seconds_since(start);
    start = clock();
    check(bpo_ledger_close(ledger, NULL, 0, INT64_C(1483228800) * BPO_SECOND, &statement, &err), &err);
    *ret_close = seconds_since(start);
    bpo_statement_unref(statement);
    bpo_ledger_unref(ledger);
}

static int compare(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

int main(int argc, char **argv)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_host host = BPO_HOST_INIT;
    bpo_context *context = NULL;
    bpo_terms *document = NULL;
    bpo_contract *contract = NULL;
    bpo_zone *zone = NULL;
    log_facts all = {NULL, 0, 0};
    mapping_host callbacks = {&all, keep, on_problem};
    char problem[512] = "";
    double add[ROUNDS], close[ROUNDS], sum[ROUNDS];
    if (argc != 3)
        return 2;
    host.zone = bpo_files_zone;
    host.digest = bpo_crypto_digest;
    check(bpo_context_new(&host, &context, &err), &err);
    check(contract_file_read(context, argv[1], &document, &err), &err);
    check(bpo_terms_set(document, "/contract/period", "year", &err), &err);
    check(bpo_terms_set(document, "/contract/start", "2016-01-01", &err), &err);
    check(contract_file_compile(context, document, "UTC", &contract, &err), &err);
    check(bpo_zone_new(context, "UTC", &zone, &err), &err);
    mapping *m = mapping_new(EXAMPLES "/mappings/incident_log.json", contract, zone, callbacks, problem,
                             sizeof problem);
    if (!m || log_file_read(argv[2], mapping_row, NULL, m, problem, sizeof problem) || mapping_finish(m)) {
        fprintf(stderr, "bench_fold: %s\n", problem);
        return 1;
    }
    for (size_t i = 0; i < ROUNDS; i++) {
        fold(contract, &all, &add[i], &close[i]);
        sum[i] = add[i] + close[i];
    }
    qsort(add, ROUNDS, sizeof *add, compare);
    qsort(close, ROUNDS, sizeof *close, compare);
    qsort(sum, ROUNDS, sizeof *sum, compare);
    printf("fold: %zu events, %zu facts: %.3f s of processor time (adding %.3f, closing %.3f; median of %d)\n",
           mapping_row_count(m), all.count, sum[ROUNDS / 2], add[ROUNDS / 2], close[ROUNDS / 2], ROUNDS);
    mapping_free(m);
    bpo_zone_unref(zone);
    bpo_contract_unref(contract);
    bpo_terms_unref(document);
    bpo_context_unref(context);
    return 0;
}
