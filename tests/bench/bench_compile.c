/* SPDX-License-Identifier: Apache-2.0 */
/* What it takes to compile a calendar, by kind, and what it holds afterwards.
 *
 *     bench-compile [ROUNDS]
 *
 * Each round compiles the 21 years of 2016 to 2036 anew, the prototype its plain hours beside; nanoseconds are for a
 * calendar day, bytes for a calendar year. Of combined calendars each member's hours are laid out, too. */
#define _GNU_SOURCE
#include "../support/host.h"
#include "prototype/limit.h"
#include <bpo/bpo.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define ROUNDS_MOST 99
#define FIRST_DAY   16801 /* 2016-01-01 */
#define END_DAY     24472 /* 2037-01-01 */
#define YEARS       21
#define ZONE_FILE   "/usr/share/zoneinfo/America/New_York"

static const char *const lines[][2] = {
    {"/contract/id", "bench"},
    {"/contract/currency", "USD"},
    {"/contract/time_zone", "America/New_York"},
    {"/contract/start", "2016-01-01"},
    {"/calendars/plain/time_zone", "America/New_York"},
    {"/calendars/plain/hours/mon-fri", "09:00-17:00"},
    {"/calendars/rules/time_zone", "America/New_York"},
    {"/calendars/rules/hours/mon-fri", "09:00-17:00"},
    {"/calendars/rules/holiday_rules/new_year/rule", "--01-01"},
    {"/calendars/rules/holiday_rules/new_year/observed", "nearest_weekday"},
    {"/calendars/rules/holiday_rules/king/rule", "mon#3 of jan"},
    {"/calendars/rules/holiday_rules/washington/rule", "mon#3 of feb"},
    {"/calendars/rules/holiday_rules/good_friday/rule", "easter-2"},
    {"/calendars/rules/holiday_rules/memorial/rule", "mon#-1 of may"},
    {"/calendars/rules/holiday_rules/juneteenth/rule", "--06-19"},
    {"/calendars/rules/holiday_rules/juneteenth/observed", "nearest_weekday"},
    {"/calendars/rules/holiday_rules/independence/rule", "--07-04"},
    {"/calendars/rules/holiday_rules/independence/observed", "nearest_weekday"},
    {"/calendars/rules/holiday_rules/labor/rule", "mon#1 of sep"},
    {"/calendars/rules/holiday_rules/columbus/rule", "mon#2 of oct"},
    {"/calendars/rules/holiday_rules/thanksgiving/rule", "thu#4 of nov"},
    {"/calendars/rules/holiday_rules/christmas/rule", "--12-25"},
    {"/calendars/rules/holiday_rules/christmas/observed", "nearest_weekday"},
    {"/calendars/split/time_zone", "Europe/Berlin"},
    {"/calendars/split/hours/mon-sat", "08:00-12:00, 13:00-17:30"},
    {"/calendars/night/time_zone", "Asia/Manila"},
    {"/calendars/night/hours/mon-sun", "22:00-06:00"},
    {"/calendars/both/union", "plain, split"},
    {"/calendars/shared/intersection", "plain, split"},
    {"/calendars/without/extends", "split"},
    {"/calendars/without/minus", "night"},
};

static const struct kind {
    const char *calendar;
    const char *name;
    const char *goal;
    const char *memory_goal; /* the specification's, for a working week of one shift */
} kinds[] = {
    {"plain", "one shift a day", "30 ns", "<= 8192 bytes"},
    {"rules", "and eleven holiday rules", "30 ns", "<= 8192 bytes"},
    {"split", "two shifts a day", "30 ns", ""},
    {"night", "a night shift", "30 ns", ""},
    {"both", "a union of two", "30 ns a calendar", ""},
    {"shared", "an intersection of two", "30 ns a calendar", ""},
    {"without", "one minus another", "30 ns a calendar", ""},
};
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

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

/* --- memory that is counted --------------------------------------------------------------------------------------- */

static size_t allocated;

static void *count_alloc(void *user, size_t size)
{
    (void)user;
    allocated += size;
    return malloc(size);
}

static void *count_resize(void *user, void *block, size_t old_size, size_t size)
{
    (void)user;
    allocated += size - old_size;
    return realloc(block, size);
}

static void count_free(void *user, void *block, size_t size)
{
    (void)user;
    allocated -= size;
    free(block);
}

/* --- the run ------------------------------------------------------------------------------------------------------ */

static bpo_context *counting_context(void)
{
    bpo_host host = test_host();
    bpo_context *context = NULL;
    host.alloc = count_alloc;
    host.resize = count_resize;
    host.free = count_free;
    if (bpo_context_new(&host, &context, NULL) != BPO_OK)
        exit(2);
    return context;
}

static bpo_terms *terms_of(bpo_context *context)
{
    bpo_terms *terms = NULL;
    bpo_error err = BPO_ERROR_INIT;
    bpo_status status = bpo_terms_new(context, &terms, &err);
    for (size_t i = 0; status == BPO_OK && i < sizeof lines / sizeof lines[0]; i++)
        status = bpo_terms_set(terms, lines[i][0], lines[i][1], &err);
    if (status != BPO_OK) {
        fprintf(stderr, "%s: %s\n", err.path, err.message);
        exit(2);
    }
    return terms;
}

static bpo_calendar *calendar_of(bpo_context *context, const bpo_terms *terms, const char *name)
{
    bpo_calendar *calendar = NULL;
    bpo_error err = BPO_ERROR_INIT;
    if (bpo_calendar_new_named(context, terms, name, &calendar, &err) != BPO_OK) {
        fprintf(stderr, "%s: %s\n", err.path, err.message);
        exit(2);
    }
    return calendar;
}

static double compile_limit(void)
{
    static const limit_range nine_to_five[1] = {{9 * 3600, 17 * 3600}};
    double start = now();
    limit_calendar_free(limit_calendar_new(ZONE_FILE, FIRST_DAY, END_DAY, nine_to_five, 1, NULL, 0));
    return (now() - start) * 1e9 / (END_DAY - FIRST_DAY);
}

/* Time of all years, and their memory. */
static double compile(bpo_context *context, const bpo_terms *terms, const char *name, double *ret_bytes)
{
    bpo_calendar *calendar = calendar_of(context, terms, name);
    size_t before = allocated;
    double start = now();
    if (bpo_calendar_prepare(calendar, FIRST_DAY * BPO_DAY, END_DAY * BPO_DAY, NULL) != BPO_OK)
        exit(2);
    double spent = (now() - start) * 1e9 / (END_DAY - FIRST_DAY);
    *ret_bytes = (double)(allocated - before) / YEARS;
    bpo_calendar_unref(calendar);
    return spent;
}

static void run_kind(bpo_context *context, const bpo_terms *terms, const struct kind *kind, int rounds)
{
    double limits[ROUNDS_MOST];
    double spent[ROUNDS_MOST];
    double bytes = 0;
    for (int r = 0; r < rounds; r++) {
        limits[r] = compile_limit();
        spent[r] = compile(context, terms, kind->calendar, &bytes);
    }
    printf("%-36s %9.2f %9.2f ns   <= %-18s %9.0f bytes   %s\n", kind->name, median(limits, rounds),
           median(spent, rounds), kind->goal, bytes, kind->memory_goal);
}

static void run_one_question(bpo_context *context, const bpo_terms *terms)
{
    bpo_calendar *calendar = calendar_of(context, terms, "plain");
    bpo_duration open;
    size_t before = allocated;
    bpo_calendar_between(calendar, 18628 * BPO_DAY, 18629 * BPO_DAY, &open, NULL);
    printf("%-36s %9s %9s      %-21s %9zu bytes\n", "when one day was asked for", "", "", "", allocated - before);
    bpo_calendar_unref(calendar);
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 9;
    if (rounds < 1 || rounds > ROUNDS_MOST)
        return 2;
    bpo_context *context = counting_context();
    bpo_terms *terms = terms_of(context);
    printf("%-36s %9s %9s      %-21s %9s\n", "compile a calendar day", "limit", "library", "goal", "a year");
    for (size_t i = 0; i < KINDS; i++)
        run_kind(context, terms, &kinds[i], rounds);
    run_one_question(context, terms);
    bpo_terms_unref(terms);
    bpo_context_unref(context);
    return 0;
}
