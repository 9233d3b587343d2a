/* SPDX-License-Identifier: Apache-2.0 */
/* Calendars through the shared library against the prototype through its own, in one run.
 *
 *     bench-calendar [ROUNDS]
 *
 * Monday to Friday, 09:00 to 17:00 (split: 08:00 to 12:00 and 13:00 to 17:30) in New York, ten holidays a year, random
 * minutes of 2021 to 2025. Within a round both sides take turns; time is the thread's own. Printed are the medians, the
 * median of the rounds' ratios and the goal. The results of both are compared, so a wrong answer cannot be fast. */
#define _GNU_SOURCE
#include "../support/host.h"
#include "prototype/limit.h"
#include <bpo/bpo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define COUNT     100000
#define REPEATS   4
#define ROUNDS_MOST 99
#define MANY      1000 /* calendars */
#define ZONE      "America/New_York"
#define ZONE_FILE "/usr/share/zoneinfo/" ZONE
#define FIRST_DAY 16801 /* 2016-01-01 */
#define END_DAY   24472 /* 2037-01-01 */

typedef struct bench {
    limit_calendar *limit;
    bpo_calendar *calendar;
    limit_calendar *split_limit;
    bpo_calendar *split_calendar;
    bpo_calendar *shared_calendar; /* an intersection; the prototype has none */
    limit_calendar *plain_limit;
    bpo_calendar *plain_calendar;
    limit_calendar *limits[MANY];
    bpo_calendar *calendars[MANY];
    uint16_t pick[COUNT];
    int64_t from[COUNT];
    int64_t other[2][COUNT]; /* of each side: until, or open time */
    int64_t result[2][COUNT];
} bench;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
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
        limit_between(b->limit, b->from[i], b->other[0][i], &b->result[0][i]);
}

static void library_single_between(bench *b)
{
    for (size_t i = 0; i < COUNT; i++)
        bpo_calendar_between(b->calendar, b->from[i], b->other[1][i], &b->result[1][i], NULL);
}

static void limit_single_add(bench *b)
{
    for (size_t i = 0; i < COUNT; i++)
        limit_add(b->limit, b->from[i], b->other[0][i], &b->result[0][i]);
}

static void library_single_add(bench *b)
{
    for (size_t i = 0; i < COUNT; i++)
        bpo_calendar_add(b->calendar, b->from[i], b->other[1][i], BPO_LANDING_EARLIEST, &b->result[1][i], NULL);
}

static void limit_batch_between(bench *b)
{
    limit_between_many(b->limit, b->from, b->other[0], COUNT, b->result[0]);
}

static void library_batch_between(bench *b)
{
    bpo_calendar_between_many(b->calendar, b->from, b->other[1], COUNT, b->result[1], NULL);
}

static void limit_batch_add(bench *b)
{
    limit_add_many(b->limit, b->from, b->other[0], COUNT, b->result[0]);
}

static void library_batch_add(bench *b)
{
    bpo_calendar_add_many(b->calendar, b->from, b->other[1], COUNT, BPO_LANDING_EARLIEST, b->result[1], NULL);
}

static void limit_random_between(bench *b)
{
    for (size_t i = 0; i < COUNT; i++)
        limit_between_one(b->limits[b->pick[i]], b->from[i], b->other[0][i], &b->result[0][i]);
}

static void library_random_between(bench *b)
{
    for (size_t i = 0; i < COUNT; i++)
        bpo_calendar_between(b->calendars[b->pick[i]], b->from[i], b->other[1][i], &b->result[1][i], NULL);
}

static void limit_random_add(bench *b)
{
    for (size_t i = 0; i < COUNT; i++)
        limit_add_one(b->limits[b->pick[i]], b->from[i], b->other[0][i], &b->result[0][i]);
}

static void library_random_add(bench *b)
{
    for (size_t i = 0; i < COUNT; i++)
        bpo_calendar_add(b->calendars[b->pick[i]], b->from[i], b->other[1][i], BPO_LANDING_EARLIEST,
                         &b->result[1][i], NULL);
}

/* The library near, as the limit of the library far. */
static void near_between(bench *b)
{
    for (size_t i = 0; i < COUNT; i++)
        bpo_calendar_between(b->calendar, b->from[i], b->other[0][i], &b->result[0][i], NULL);
}

static void near_add(bench *b)
{
    for (size_t i = 0; i < COUNT; i++)
        bpo_calendar_add(b->calendar, b->from[i], b->other[0][i], BPO_LANDING_EARLIEST, &b->result[0][i], NULL);
}

enum { PLAIN, SPLIT, SHARED };

typedef struct bench_case {
    const char *name;
    const char *goal;
    int is_add;
    int hours; /* of the calendars below */
    int64_t arguments[2]; /* distance or open time, in hours, of the limit and of the library */
    void (*limit)(bench *b);
    void (*library)(bench *b);
} bench_case;

#define DAY      24
#define MONTH    (30 * DAY)
#define TEN_YEARS (3652 * DAY)

static const bench_case cases[] = {
    {"between, 1 day", "2 (1.3)", 0, PLAIN, {DAY, DAY}, limit_single_between, library_single_between},
    {"between, 30 days", "2 (1.3)", 0, PLAIN, {MONTH, MONTH}, limit_single_between, library_single_between},
    {"between, 10 years", "2 (1.3)", 0, PLAIN, {TEN_YEARS, TEN_YEARS}, limit_single_between, library_single_between},
    {"add 8 h", "2 (1.3)", 1, PLAIN, {8, 8}, limit_single_add, library_single_add},
    {"add 40 h", "2 (1.3)", 1, PLAIN, {40, 40}, limit_single_add, library_single_add},
    {"add 20,000 h", "2 (1.3)", 1, PLAIN, {20000, 20000}, limit_single_add, library_single_add},
    {"batch of between, 30 days", "2 (1.2)", 0, PLAIN, {MONTH, MONTH}, limit_batch_between, library_batch_between},
    {"batch of add 40 h", "2 (1.2)", 1, PLAIN, {40, 40}, limit_batch_add, library_batch_add},
    {"between: 10 years over 1 day", "1.25", 0, PLAIN, {DAY, TEN_YEARS}, near_between, library_single_between},
    {"add: 20,000 h over 8 h", "1.25", 1, PLAIN, {8, 20000}, near_add, library_single_add},
    {"intersection: add 20,000 h over 8 h", "1.25", 1, SHARED, {8, 20000}, near_add, library_single_add},
    {"split shift: between, 30 days", "1.5", 0, SPLIT, {MONTH, MONTH}, limit_single_between, library_single_between},
    {"split shift: add 40 h", "1.5", 1, SPLIT, {40, 40}, limit_single_add, library_single_add},
    {"1,000 calendars: between, 30 days", "2", 0, PLAIN, {MONTH, MONTH}, limit_random_between, library_random_between},
    {"1,000 calendars: add 40 h", "2", 1, PLAIN, {40, 40}, limit_random_add, library_random_add},
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

static void print_row(const char *name, const char *unit, double limit, double library, double ratio,
                      const char *goal, int wrong)
{
    printf("%-36s %9.2f %9.2f %-8s %6.2f   <= %s%s\n", name, limit, library, unit, ratio, goal,
           wrong ? "  WRONG RESULT" : "");
}

/* Nanoseconds for each call of both sides, which take turns. */
static void measure(bench *b, const bench_case *c, double *ret_limit, double *ret_library)
{
    double spent[2] = {0, 0};
    for (int i = 0; i < REPEATS; i++) {
        double start = now();
        c->limit(b);
        double middle = now();
        c->library(b);
        spent[0] += middle - start;
        spent[1] += now() - middle;
    }
    *ret_limit = spent[0] / REPEATS / COUNT * 1e9;
    *ret_library = spent[1] / REPEATS / COUNT * 1e9;
}

static int run_case(bench *b, const bench_case *c, int rounds)
{
    double limits[ROUNDS_MOST];
    double libraries[ROUNDS_MOST];
    double ratios[ROUNDS_MOST];
    double limit;
    double library;
    bpo_calendar *calendars[] = {b->plain_calendar, b->split_calendar, b->shared_calendar};
    b->limit = c->hours == SPLIT ? b->split_limit : b->plain_limit;
    b->calendar = calendars[c->hours];
    for (size_t i = 0; i < COUNT; i++) {
        for (int side = 0; side < 2; side++)
            b->other[side][i] = (c->is_add ? 0 : b->from[i]) + c->arguments[side] * BPO_HOUR;
    }
    measure(b, c, &limit, &library);
    for (int r = 0; r < rounds; r++) {
        measure(b, c, &limits[r], &libraries[r]);
        ratios[r] = libraries[r] / limits[r];
    }
    int wrong = c->arguments[0] == c->arguments[1] && memcmp(b->result[0], b->result[1], sizeof b->result[0]) != 0;
    limit = median(limits, rounds);
    print_row(c->name, "ns", limit, median(libraries, rounds), median(ratios, rounds), c->goal, wrong);
    return wrong;
}

static const limit_range nine_to_five[1] = {{9 * 3600, 17 * 3600}};
static const limit_range split[2] = {{8 * 3600, 12 * 3600}, {13 * 3600, 17 * 3600 + 1800}};

/* --- the run ------------------------------------------------------------------------------------------------------ */

/* What the plain hours and a week around the clock share: the hours stay, but the library cannot know it at once. */
static bpo_calendar *shared_calendar(bpo_context *context)
{
    static const char *const lines[][2] = {
        {"/contract/id", "bench"},
        {"/contract/currency", "USD"},
        {"/contract/time_zone", ZONE},
        {"/contract/start", "2016-01-01"},
        {"/calendars/plain/time_zone", ZONE},
        {"/calendars/plain/hours/mon-fri", "09:00-17:00"},
        {"/calendars/long/time_zone", "Europe/Berlin"},
        {"/calendars/long/hours/mon-sat", "00:00-24:00"},
        {"/calendars/shared/intersection", "plain, long"},
    };
    bpo_terms *terms = NULL;
    bpo_calendar *calendar = NULL;
    bpo_status status = bpo_terms_new(context, &terms, NULL);
    for (size_t i = 0; status == BPO_OK && i < sizeof lines / sizeof lines[0]; i++)
        status = bpo_terms_set(terms, lines[i][0], lines[i][1], NULL);
    if (status != BPO_OK || bpo_calendar_new_named(context, terms, "shared", &calendar, NULL) != BPO_OK)
        exit(2);
    bpo_terms_unref(terms);
    return calendar;
}

static void set_up(bench *b, bpo_context *context, const int32_t *days, int count)
{
    int64_t first = day_number(2021, 1, 1) * BPO_DAY;
    bpo_terms *terms = terms_of(context, "09:00-17:00", days, (size_t)count);
    bpo_terms *split_terms = terms_of(context, "08:00-12:00, 13:00-17:30", days, (size_t)count);
    for (int i = 0; i < MANY; i++) {
        b->limits[i] = limit_calendar_new(ZONE_FILE, FIRST_DAY, END_DAY, nine_to_five, 1, days, count);
        b->calendars[i] = calendar_of(context, terms);
        bpo_calendar_prepare(b->calendars[i], first, first + 6 * 366 * BPO_DAY, NULL);
    }
    b->plain_limit = b->limits[0];
    b->plain_calendar = b->calendars[0];
    b->split_limit = limit_calendar_new(ZONE_FILE, FIRST_DAY, END_DAY, split, 2, days, count);
    b->split_calendar = calendar_of(context, split_terms);
    b->shared_calendar = shared_calendar(context);
    for (size_t i = 0; i < COUNT; i++) {
        b->from[i] = first + (int64_t)any(1826 * 1440) * BPO_MINUTE;
        b->pick[i] = (uint16_t)any(MANY);
    }
    bpo_terms_unref(split_terms);
    bpo_terms_unref(terms);
}

static void tear_down(bench *b)
{
    for (int i = 0; i < MANY; i++) {
        limit_calendar_free(b->limits[i]);
        bpo_calendar_unref(b->calendars[i]);
    }
    limit_calendar_free(b->split_limit);
    bpo_calendar_unref(b->split_calendar);
    bpo_calendar_unref(b->shared_calendar);
}

int main(int argc, char **argv)
{
    static bench b;
    int rounds = argc > 1 ? atoi(argv[1]) : 9;
    int32_t days[21 * 10];
    bpo_host host = test_host();
    bpo_context *context = NULL;
    int wrong = 0;
    if (rounds < 1 || rounds > ROUNDS_MOST || bpo_context_new(&host, &context, NULL) != BPO_OK)
        return 2;
    for (int year = 2016; year < 2037; year++)
        holidays_of(year, days + (year - 2016) * 10);
    set_up(&b, context, days, 210);
    printf("%-36s %9s %9s %-8s %6s   %s\n", "", "limit", "library", "", "ratio", "goal (stretch)");
    for (size_t i = 0; i < CASES; i++)
        wrong |= run_case(&b, &cases[i], rounds);
    tear_down(&b);
    bpo_context_unref(context);
    return wrong;
}
