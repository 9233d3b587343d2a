/* SPDX-License-Identifier: Apache-2.0 */
/* The library as one of the programs that tests/bench/run asks in turn.
 *
 *     bench-answers INSTANTS HOLIDAYS
 *
 * Monday to Friday, nine to five, New York. For each line "QUESTION COUNT" of its input it prints nanoseconds for each
 * call, one call an instant, and a sum of seconds to compare with the others. */
#define _GNU_SOURCE
#include "../support/host.h"
#include <bpo/bpo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define INSTANTS_MOST 100000

static bpo_time instants[INSTANTS_MOST];
static size_t instant_count;

typedef struct question {
    const char *name;
    int is_add;
    bpo_duration argument;
} question;

static const question questions[] = {
    {"between-1-day", 0, BPO_DAY},
    {"between-30-days", 0, 30 * BPO_DAY},
    {"between-1-year", 0, 365 * BPO_DAY},
    {"add-8-hours", 1, 8 * BPO_HOUR},
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static bpo_terms *read_terms(bpo_context *context, const char *holidays)
{
    bpo_terms *terms = NULL;
    char date[32];
    char path[64];
    FILE *file = fopen(holidays, "r");
    if (file == NULL || bpo_terms_new(context, &terms, NULL) != BPO_OK ||
        bpo_terms_set(terms, "/time_zone", "America/New_York", NULL) != BPO_OK ||
        bpo_terms_set(terms, "/hours/mon-fri", "09:00-17:00", NULL) != BPO_OK)
        exit(2);
    while (fscanf(file, "%31s", date) == 1) {
        snprintf(path, sizeof path, "/holidays/%s", date);
        if (bpo_terms_set(terms, path, "A holiday", NULL) != BPO_OK)
            exit(2);
    }
    fclose(file);
    return terms;
}

static void read_instants(const char *name)
{
    long long second;
    FILE *file = fopen(name, "r");
    if (file == NULL)
        exit(2);
    while (instant_count < INSTANTS_MOST && fscanf(file, "%lld", &second) == 1)
        instants[instant_count++] = second * BPO_SECOND;
    fclose(file);
}

static bpo_duration ask(const bpo_calendar *calendar, const question *q, size_t count)
{
    bpo_duration sum = 0;
    for (size_t i = 0; i < count; i++) {
        bpo_duration one = 0;
        if (q->is_add)
            bpo_calendar_add(calendar, instants[i], q->argument, BPO_LANDING_EARLIEST, &one, NULL);
        else
            bpo_calendar_between(calendar, instants[i], instants[i] + q->argument, &one, NULL);
        sum += (q->is_add ? one - instants[i] : one) / BPO_SECOND;
    }
    return sum;
}

static void answer(const bpo_calendar *calendar, const char *name, size_t count)
{
    for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++) {
        if (strcmp(questions[i].name, name) != 0)
            continue;
        double start = now();
        bpo_duration sum = ask(calendar, &questions[i], count);
        printf("%f %lld\n", (now() - start) / (double)count, (long long)sum);
        fflush(stdout);
        return;
    }
    exit(2);
}

int main(int argc, char **argv)
{
    bpo_host host = test_host();
    bpo_context *context = NULL;
    bpo_calendar *calendar = NULL;
    char name[64];
    size_t count;
    if (argc != 3 || bpo_context_new(&host, &context, NULL) != BPO_OK)
        return 2;
    bpo_terms *terms = read_terms(context, argv[2]);
    read_instants(argv[1]);
    if (bpo_calendar_new(context, terms, &calendar, NULL) != BPO_OK)
        return 2;
    while (scanf("%63s %zu", name, &count) == 2)
        answer(calendar, name, count <= instant_count ? count : instant_count);
    bpo_calendar_unref(calendar);
    bpo_terms_unref(terms);
    bpo_context_unref(context);
    return 0;
}
