/* SPDX-License-Identifier: Apache-2.0 */
/* Calendars through the shared library against the prototype through its own, in one run.
 *
 *     bench-calendar [ROUNDS]
 *
 * Monday to Friday, 09:00 to 17:00 in New York, ten holidays a year, random minutes of 2021 to 2025. Each round runs
 * every case of both sides in turn; printed are the medians and the median of the rounds' ratios. The results of both
 * are compared, so a wrong answer cannot be fast. */
#define _GNU_SOURCE
#include "../support/host.h"
#include "prototype/limit.h"
#include <bpo/bpo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define COUNT     100000
#define REPEATS   5
#define ROUNDS_MOST 99
#define MANY      1000 /* calendars */
#define ZONE      "America/New_York"
#define ZONE_FILE "/usr/share/zoneinfo/" ZONE
#define FIRST_DAY 16801 /* 2016-01-01 */
#define END_DAY   24472 /* 2037-01-01 */

typedef struct bench {
    limit_calendar *limit;
    bpo_calendar *calendar;
    limit_calendar *limits[MANY];
    bpo_calendar *calendars[MANY];
    uint16_t pick[COUNT];
    int64_t from[COUNT];
    int64_t other[COUNT]; /* until, or open time */
    int64_t result[2][COUNT];
    int64_t argument;
} bench;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static uint64_t random_state = 88172645463325252u;
static uint64_t any(uint64_t below)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (random_state >> 11) % below;
}

/* --- the two sides ------------------------------------------------------------------------------------------------ */

static void limit_single_between(bench *b)
{
    for (size_t i = 0; i < COUNT; i++)
        limit_between(b->limit, b->from[i], b->other[i], &b->result[0][i]);
}

static void library_single_between(bench *b)
{
    for (size_t i = 0; i < COUNT; i++)
        bpo_calendar_between(b->calendar, b->from[i], b->other[i], &b->result[1][i], NULL);
}

static void limit_single_add(bench *b)
{
    for (size_t i = 0; i < COUNT; i++)
        limit_add(b->limit, b->from[i], b->other[i], &b->result[0][i]);
}

static void library_single_add(bench *b)
{
    for (size_t i = 0; i < COUNT; i++)
        bpo_calendar_add(b->calendar, b->from[i], b->other[i], BPO_LANDING_EARLIEST, &b->result[1][i], NULL);
}

static void limit_batch_between(bench *b)
{
    limit_between_many(b->limit, b->from, b->other, COUNT, b->result[0]);
}

static void library_batch_between(bench *b)
{
    bpo_calendar_between_many(b->calendar, b->from, b->other, COUNT, b->result[1], NULL);
}

static void limit_batch_add(bench *b)
{
    limit_add_many(b->limit, b->from, b->other, COUNT, b->result[0]);
}

static void library_batch_add(bench *b)
{
    bpo_calendar_add_many(b->calendar, b->from, b->other, COUNT, BPO_LANDING_EARLIEST, b->result[1], NULL);
}

static void limit_random_between(bench *b)
{
    for (size_t i = 0; i < COUNT; i++)
        limit_between(b->limits[b->pick[i]], b->from[i], b->other[i], &b->result[0][i]);
}

static void library_random_between(bench *b)
{
    for (size_t i = 0; i < COUNT; i++)
        bpo_calendar_between(b->calendars[b->pick[i]], b->from[i], b->other[i], &b->result[1][i], NULL);
}

static void limit_random_add(bench *b)
{
    for (size_t i = 0; i < COUNT; i++)
        limit_add(b->limits[b->pick[i]], b->from[i], b->other[i], &b->result[0][i]);
}

static void library_random_add(bench *b)
{
    for (size_t i = 0; i < COUNT; i++)
        bpo_calendar_add(b->calendars[b->pick[i]], b->from[i], b->other[i], BPO_LANDING_EARLIEST, &b->result[1][i],
                         NULL);
}

typedef struct bench_case {
    const char *name;
    int is_add;
    int64_t argument; /* distance or open time, in hours */
    void (*limit)(bench *b);
    void (*library)(bench *b);
} bench_case;

static const bench_case cases[] = {
    {"between, 1 day", 0, 24, limit_single_between, library_single_between},
    {"between, 30 days", 0, 30 * 24, limit_single_between, library_single_between},
    {"between, 10 years", 0, 3652 * 24, limit_single_between, library_single_between},
    {"add 8 h", 1, 8, limit_single_add, library_single_add},
    {"add 40 h", 1, 40, limit_single_add, library_single_add},
    {"add 20,000 h (10 years)", 1, 20000, limit_single_add, library_single_add},
    {"between, 30 days, batch", 0, 30 * 24, limit_batch_between, library_batch_between},
    {"add 40 h, batch", 1, 40, limit_batch_add, library_batch_add},
    {"between, 30 days, 1,000 calendars", 0, 30 * 24, limit_random_between, library_random_between},
    {"add 40 h, 1,000 calendars", 1, 40, limit_random_add, library_random_add},
};
#define CASES (sizeof(cases) / sizeof(cases[0]))

/* --- the calendars ------------------------------------------------------------------------------------------------ */

static int32_t day_number(int year, int month, int day)
{
    struct tm date = {0};
    date.tm_year = year - 1900;
    date.tm_mon = month - 1;
    date.tm_mday = day;
    return (int32_t)(timegm(&date) / 86400);
}

/* The n-th weekday of a month, 0 Sunday; n = 5 is the last of May. */
static int32_t nth(int year, int month, int n, int weekday)
{
    int32_t first = day_number(year, month, 1);
    int32_t day = first + (weekday - (first + 4) % 7 + 7) % 7 + 7 * (n - 1);
    return n == 5 && day >= day_number(year, month + 1, 1) ? day - 7 : day;
}

/* Ten holidays of a year in order of date. */
static void holidays_of(int year, int32_t *days)
{
    const int32_t list[10] = {day_number(year, 1, 1),  nth(year, 1, 3, 1),  nth(year, 2, 3, 1), nth(year, 5, 5, 1),
                              day_number(year, 6, 19), day_number(year, 7, 4), nth(year, 9, 1, 1), nth(year, 10, 2, 1),
                              nth(year, 11, 4, 4),     day_number(year, 12, 25)};
    memcpy(days, list, sizeof list);
}

static bpo_terms *terms_of(bpo_context *context, const char *hours, const int32_t *days, size_t count)
{
    bpo_terms *terms = NULL;
    char path[64];
    if (bpo_terms_new(context, &terms, NULL) != BPO_OK || bpo_terms_set(terms, "/time_zone", ZONE, NULL) != BPO_OK ||
        bpo_terms_set(terms, "/hours/mon-fri", hours, NULL) != BPO_OK)
        exit(2);
    for (size_t i = 0; i < count; i++) {
        time_t t = (time_t)days[i] * 86400;
        struct tm date;
        gmtime_r(&t, &date);
        strftime(path, sizeof path, "/holidays/%Y-%m-%d", &date);
        if (bpo_terms_set(terms, path, "A holiday", NULL) != BPO_OK)
            exit(2);
    }
    return terms;
}

static bpo_calendar *calendar_of(bpo_context *context, const bpo_terms *terms)
{
    bpo_calendar *calendar = NULL;
    bpo_error err = BPO_ERROR_INIT;
    if (bpo_calendar_new(context, terms, &calendar, &err) != BPO_OK) {
        fprintf(stderr, "%s: %s\n", err.path, err.message);
        exit(2);
    }
    return calendar;
}

/* --- measuring ---------------------------------------------------------------------------------------------------- */

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, compare_numbers);
    return values[count / 2];
}

/* Nanoseconds for each call. */
static double measure(bench *b, void (*run)(bench *b))
{
    double start = now();
    for (int i = 0; i < REPEATS; i++)
        run(b);
    return (now() - start) / REPEATS / COUNT * 1e9;
}

static int run_case(bench *b, const bench_case *c, int rounds, double *ret_library)
{
    double limits[ROUNDS_MOST];
    double libraries[ROUNDS_MOST];
    double ratios[ROUNDS_MOST];
    for (size_t i = 0; i < COUNT; i++)
        b->other[i] = (c->is_add ? 0 : b->from[i]) + c->argument * BPO_HOUR;
    c->limit(b);
    c->library(b);
    for (int r = 0; r < rounds; r++) {
        limits[r] = measure(b, c->limit);
        libraries[r] = measure(b, c->library);
        ratios[r] = libraries[r] / limits[r];
    }
    int wrong = memcmp(b->result[0], b->result[1], sizeof b->result[0]) != 0;
    *ret_library = median(libraries, rounds);
    printf("%-36s %7.2f ns %7.2f ns  ratio %5.2f%s\n", c->name, median(limits, rounds), *ret_library,
           median(ratios, rounds), wrong ? "  WRONG" : "");
    return wrong;
}

/* Compiling 21 years. */
static void run_compile(bpo_context *context, const bpo_terms *terms, const int32_t *days, int count, int rounds)
{
    static const limit_range nine_to_five = {9 * 3600, 17 * 3600};
    double limits[ROUNDS_MOST];
    double libraries[ROUNDS_MOST];
    double ratios[ROUNDS_MOST];
    for (int r = 0; r < rounds; r++) {
        double start = now();
        limit_calendar_free(limit_calendar_new(ZONE_FILE, FIRST_DAY, END_DAY, &nine_to_five, 1, days, count));
        limits[r] = (now() - start) * 1e9 / (END_DAY - FIRST_DAY);
        bpo_calendar *calendar = calendar_of(context, terms);
        start = now();
        bpo_calendar_prepare(calendar, FIRST_DAY * BPO_DAY, END_DAY * BPO_DAY, NULL);
        libraries[r] = (now() - start) * 1e9 / (END_DAY - FIRST_DAY);
        ratios[r] = libraries[r] / limits[r];
        bpo_calendar_unref(calendar);
    }
    printf("%-36s %7.2f ns %7.2f ns  ratio %5.2f\n", "compile, for each calendar day", median(limits, rounds),
           median(libraries, rounds), median(ratios, rounds));
}

static void set_up(bench *b, bpo_context *context, const bpo_terms *terms, const int32_t *days, int count)
{
    static const limit_range nine_to_five = {9 * 3600, 17 * 3600};
    int64_t first = day_number(2021, 1, 1) * BPO_DAY;
    for (int i = 0; i < MANY; i++) {
        b->limits[i] = limit_calendar_new(ZONE_FILE, FIRST_DAY, END_DAY, &nine_to_five, 1, days, count);
        b->calendars[i] = calendar_of(context, terms);
        bpo_calendar_prepare(b->calendars[i], first, first + 6 * 366 * BPO_DAY, NULL);
    }
    b->limit = b->limits[0];
    b->calendar = b->calendars[0];
    for (size_t i = 0; i < COUNT; i++) {
        b->from[i] = first + (int64_t)any(1826 * 1440) * BPO_MINUTE;
        b->pick[i] = (uint16_t)any(MANY);
    }
}

int main(int argc, char **argv)
{
    static bench b;
    int rounds = argc > 1 ? atoi(argv[1]) : 9;
    int32_t days[21 * 10];
    double times[CASES];
    bpo_host host = test_host();
    bpo_context *context = NULL;
    int wrong = 0;
    if (rounds < 1 || rounds > ROUNDS_MOST || bpo_context_new(&host, &context, NULL) != BPO_OK)
        return 2;
    for (int year = 2016; year < 2037; year++)
        holidays_of(year, days + (year - 2016) * 10);
    bpo_terms *terms = terms_of(context, "09:00-17:00", days, 210);
    set_up(&b, context, terms, days, 210);
    printf("%-36s %10s %10s\n", "", "limit", "library");
    for (size_t i = 0; i < CASES; i++)
        wrong |= run_case(&b, &cases[i], rounds, &times[i]);
    run_compile(context, terms, days, 210, rounds);
    printf("10 years over 1 day: between %.2f, add %.2f\n", times[2] / times[0], times[5] / times[3]);
    for (int i = 0; i < MANY; i++) {
        limit_calendar_free(b.limits[i]);
        bpo_calendar_unref(b.calendars[i]);
    }
    bpo_terms_unref(terms);
    bpo_context_unref(context);
    return wrong;
}
