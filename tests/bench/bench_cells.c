/* SPDX-License-Identifier: Apache-2.0 */
/* What cells cost: nanoseconds for one addition, one merge, one quantile and one occurrence, medians of many rounds.
 * Build with `meson setup -Dbuildtype=release` for figures that mean something. */
#define _POSIX_C_SOURCE 199309L
#include "kpi/cells.h"
#include "support/random.h"
#include <bpo/statement.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 41, VALUES = 4096 };

static double nanoseconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static int by_size(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static void report(const char *what, double *rounds, double per)
{
    qsort(rounds, ROUNDS, sizeof *rounds, by_size);
    printf("%-58s %10.1f ns\n", what, rounds[ROUNDS / 2] / per);
}

/* Durations of minutes to weeks, in microseconds; `distinct` > 0 draws from so many. */
static void fill(int64_t *values, size_t count, uint64_t seed, uint64_t distinct)
{
    test_random random = {seed};
    for (size_t i = 0; i < count; i++) {
        uint64_t of = distinct ? test_random_below(&random, distinct) * 977 : test_random_bits(&random);
        values[i] = (int64_t)(of % (UINT64_C(1) << (30 + i % 11)));
    }
}

static bpo__cell *cell_of(bpo_context *context, bpo__cell_kind kind, const int64_t *values, size_t count)
{
    bpo__cell *cell = NULL;
    if (bpo__cell_new(context, kind, &cell) != BPO_OK)
        exit(1);
    for (size_t i = 0; i < count; i++)
        if (bpo__cell_add(cell, values[i], 1) != BPO_OK)
            exit(1);
    return cell;
}

static void bench_add(bpo_context *context, const char *what, bpo__cell_kind kind, const int64_t *values, size_t count)
{
    double rounds[ROUNDS];
    for (size_t round = 0; round < ROUNDS; round++) {
        double before = nanoseconds_now();
        bpo__cell *cell = cell_of(context, kind, values, count);
        (void)bpo__cell_is_empty(cell); /* settled: the whole price */
        rounds[round] = nanoseconds_now() - before;
        bpo__cell_free(cell);
    }
    report(what, rounds, (double)count);
}

static void bench_merge(bpo_context *context, const int64_t *values)
{
    double rounds[ROUNDS];
    for (size_t round = 0; round < ROUNDS; round++) {
        bpo__cell *a = cell_of(context, BPO__CELL_DIST, values, VALUES);
        bpo__cell *b = cell_of(context, BPO__CELL_DIST, values + VALUES, VALUES);
        (void)bpo__cell_is_empty(a);
        (void)bpo__cell_is_empty(b);
        double before = nanoseconds_now();
        if (bpo__cell_merge(a, b) != BPO_OK)
            exit(1);
        rounds[round] = nanoseconds_now() - before;
        bpo__cell_free(a);
        bpo__cell_free(b);
    }
    report("merge two cells of 4096 distinct values", rounds, 1);
}

static void bench_quantile(bpo_context *context, const int64_t *values)
{
    double rounds[ROUNDS];
    int64_t found, sum = 0;
    bpo__cell *cell = cell_of(context, BPO__CELL_DIST, values, VALUES);
    for (size_t round = 0; round < ROUNDS; round++) {
        double before = nanoseconds_now();
        for (uint32_t p = 1; p < 100; p++) {
            if (bpo__cell_quantile(cell, p, 100, &found) != BPO_OK)
                exit(1);
            sum += found;
        }
        rounds[round] = nanoseconds_now() - before;
    }
    report("quantile of 4096 distinct values, mean of p1..p99", rounds, 99);
    if (sum == 0)
        puts("");
    bpo__cell_free(cell);
}

/* A month of solved tickets through ten measures, each with its whole and one dimension of four values. */
static void bench_count(bpo_context *context)
{
    enum { MEASURES = 10, FACTS = 10000 };
    static const char *const names[MEASURES] = {"a", "b", "c", "d", "e", "first_response", "g", "h", "i", "resolution"};
    static const char *const priorities[] = {"low", "normal", "high", "urgent"};
    static const bpo__dimension by = {"priority", BPO_VALUE_PRIORITY};
    bpo__measure measures[MEASURES];
    double rounds[ROUNDS];
    for (size_t i = 0; i < MEASURES; i++)
        measures[i] = (bpo__measure){.name = names[i], .form = 1 + (int32_t)(i % 3), .fact = BPO_TICKET_SOLVED,
                                     .measured = BPO__MEASURED_VALUE, .value = BPO_VALUE_DURATION, .by = &by,
                                     .by_count = 1};
    const bpo__plan plan = {.measures = measures, .measure_count = MEASURES};
    const bpo_fact fact = {.struct_size = sizeof fact, .kind = BPO_TICKET_SOLVED};
    for (size_t round = 0; round < ROUNDS; round++) {
        bpo__cells *cells = NULL;
        test_random random = {round};
        if (bpo__cells_new(context, &cells) != BPO_OK)
            exit(1);
        double before = nanoseconds_now();
        for (size_t i = 0; i < FACTS; i++) {
            const char *priority = priorities[i % 4];
            bpo_value values[] = {{.name = BPO_VALUE_DURATION, .type = BPO_TYPE_INTEGER},
                                  {.name = BPO_VALUE_PRIORITY, .type = BPO_TYPE_TEXT, .text = priority}};
            values[0].integer = (int64_t)(test_random_bits(&random) >> 26);
            values[1].size = strlen(priority);
            bpo__attributes attributes = {values, 2, NULL};
            bpo__occurrence occurrence = {.kind = BPO__OCCURRENCE_FACT, .sign = 1, .fact = &fact,
                                          .attributes = &attributes, .plan = &plan};
            if (bpo__cells_count(cells, &occurrence, NULL) != BPO_OK)
                exit(1);
        }
        rounds[round] = nanoseconds_now() - before;
        bpo__cells_free(cells);
    }
    report("count an occurrence, per cell that it feeds", rounds, (double)FACTS * MEASURES * 2);
}

int main(void)
{
    enum { MANY = 1 << 20 };
    bpo_context *context = NULL;
    int64_t *values = malloc(MANY * sizeof *values);
    if (!values || bpo_context_new(NULL, &context, NULL) != BPO_OK)
        return 1;
    fill(values, MANY, 1, 0);
    bench_add(context, "add to COUNT", BPO__CELL_COUNT, values, VALUES);
    bench_add(context, "add to SUM", BPO__CELL_SUM, values, VALUES);
    bench_add(context, "add to DIST, 32 values", BPO__CELL_DIST, values, 32);
    bench_add(context, "add to DIST, 4096 values, nearly all distinct", BPO__CELL_DIST, values, VALUES);
    bench_add(context, "add to DIST, 1048576 values, nearly all distinct", BPO__CELL_DIST, values, MANY);
    bench_merge(context, values);
    bench_quantile(context, values);
    bench_count(context);
    fill(values, MANY, 2, 5);
    bench_add(context, "add to DIST, 1048576 values, 5 distinct", BPO__CELL_DIST, values, MANY);
    fill(values, MANY, 3, 1000);
    bench_add(context, "add to DIST, 1048576 values, 1000 distinct", BPO__CELL_DIST, values, MANY);
    free(values);
    bpo_context_unref(context);
    return 0;
}
