/* SPDX-License-Identifier: Apache-2.0 */
/* Instants to the fields of the local clock, beside localtime_r and, where its shim is given, cctz.
 *
 *     bench-zone ROUNDS [PEER_CCTZ]
 *
 * New York, random minutes of 2021 to 2025. The sums of what was read are compared. */
#define _GNU_SOURCE
#include "../support/host.h"
#include <bpo/bpo.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define COUNT       100000
#define ROUNDS_MOST 99
#define ZONE        "America/New_York"

typedef int64_t (*convert_fn)(const char *zone_name, const int64_t *seconds, size_t count);

static int64_t seconds[COUNT];
static bpo_zone *zone;
static const char zone_name[] = ZONE;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static int64_t library_convert(const char *name, const int64_t *instants, size_t count)
{
    int64_t sum = 0;
    (void)name;
    for (size_t i = 0; i < count; i++) {
        bpo_civil c;
        bpo_zone_to_civil(zone, instants[i] * BPO_SECOND, &c, NULL);
        sum += c.hour * 100 + c.minute + c.day + c.month * 7 + c.year;
    }
    return sum;
}

static int64_t libc_convert(const char *name, const int64_t *instants, size_t count)
{
    int64_t sum = 0;
    (void)name;
    for (size_t i = 0; i < count; i++) {
        struct tm c;
        time_t at = (time_t)instants[i];
        localtime_r(&at, &c);
        sum += c.tm_hour * 100 + c.tm_min + c.tm_mday + (c.tm_mon + 1) * 7 + c.tm_year + 1900;
    }
    return sum;
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

static double measure(convert_fn convert, int64_t *ret_sum)
{
    double start = now();
    *ret_sum = convert(zone_name, seconds, COUNT);
    return (now() - start) / COUNT;
}

/* The library and a peer in turn; false where they disagree. */
static int run_peer(const char *name, convert_fn peer, int rounds)
{
    double peers[ROUNDS_MOST];
    double libraries[ROUNDS_MOST];
    double ratios[ROUNDS_MOST];
    int64_t sums[2];
    measure(library_convert, &sums[0]);
    measure(peer, &sums[1]);
    for (int r = 0; r < rounds; r++) {
        libraries[r] = measure(library_convert, &sums[0]);
        peers[r] = measure(peer, &sums[1]);
        ratios[r] = peers[r] / libraries[r];
    }
    printf("%-36s %9.2f %9.2f %-8s %6.1f   >= 3%s\n", name, median(peers, rounds), median(libraries, rounds), "ns",
           median(ratios, rounds), sums[0] == sums[1] ? "" : "  WRONG RESULT");
    return sums[0] == sums[1];
}

/* The function of a shim, or NULL. A data pointer from dlsym is a function's by POSIX, not by C. */
static convert_fn load_peer(const char *path)
{
    union {
        void *symbol;
        convert_fn function;
    } found = {NULL};
    void *shim = dlopen(path, RTLD_NOW);
    if (shim != NULL)
        found.symbol = dlsym(shim, "peer_convert");
    return found.function;
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 9;
    bpo_host host = test_host();
    bpo_context *context = NULL;
    convert_fn cctz = argc > 2 ? load_peer(argv[2]) : NULL;
    if (rounds < 1 || rounds > ROUNDS_MOST || bpo_context_new(&host, &context, NULL) != BPO_OK ||
        bpo_zone_new(context, ZONE, &zone, NULL) != BPO_OK)
        return 2;
    setenv("TZ", ZONE, 1);
    tzset();
    srandom(1);
    for (size_t i = 0; i < COUNT; i++)
        seconds[i] = 1609459200 + random() % (1826 * 1440) * 60;
    printf("%-36s %9s %9s %-8s %6s   %s\n", "", "peer", "library", "", "ratio", "goal");
    int right = run_peer("local fields: localtime_r", libc_convert, rounds);
    if (cctz != NULL)
        right &= run_peer("local fields: cctz", cctz, rounds);
    else
        printf("%-36s not measured\n", "local fields: cctz");
    bpo_zone_unref(zone);
    bpo_context_unref(context);
    return !right;
}
