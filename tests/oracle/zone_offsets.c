/* SPDX-License-Identifier: Apache-2.0 */
/* Offsets of zones against the C library's, from 1900 to 2200, to the second.
 *
 *     zone-offsets ZONE...
 *
 * Every six hours are compared; where the offset differs between two of them, the very second of the change is sought
 * in both and compared. Prints each difference; exits 1 if there was one. */
#define _GNU_SOURCE
#include "../support/host.h"
#include <bpo/zone.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define STEP (6 * 3600)
#define FIRST INT64_C(-2208988800) /* 1900-01-01 */
#define END INT64_C(7289654400)    /* 2201-01-01 */

static int theirs(int64_t second)
{
    time_t t = (time_t)second;
    struct tm local;
    return localtime_r(&t, &local) != NULL ? (int)local.tm_gmtoff : -1000000;
}

static int ours(const bpo_zone *zone, int64_t second)
{
    bpo_civil civil;
    return bpo_zone_to_civil(zone, second * BPO_SECOND, &civil, NULL) == BPO_OK ? civil.utc_offset_seconds : 1000000;
}

/* Differences around a change that lies in (from, until]: both must change at the same second. */
static int compare_change(const bpo_zone *zone, int64_t from, int64_t until)
{
    while (until - from > 1) {
        int64_t middle = from + (until - from) / 2;
        if (theirs(middle) != ours(zone, middle))
            return 1;
        if (theirs(middle) == theirs(from))
            from = middle;
        else
            until = middle;
    }
    return ours(zone, from) != theirs(from) || ours(zone, until) != theirs(until);
}

static int compare_zone(bpo_context *context, const char *name)
{
    bpo_zone *zone = NULL;
    bpo_error err = BPO_ERROR_INIT;
    int differences = 0;
    if (bpo_zone_new(context, name, &zone, &err) != BPO_OK) {
        printf("%s: %s\n", name, err.message);
        return 1;
    }
    setenv("TZ", name, 1);
    tzset();
    int before = theirs(FIRST);
    for (int64_t t = FIRST; t < END; t += STEP) {
        int now = theirs(t);
        int wrong = now != ours(zone, t) || (now != before && compare_change(zone, t - STEP, t));
        if (wrong && differences++ < 3)
            printf("%s: at %lld ours %d, the C library's %d\n", name, (long long)t, ours(zone, t), now);
        before = now;
    }
    bpo_zone_unref(zone);
    return differences > 0;
}

int main(int argc, char **argv)
{
    bpo_host host = test_host();
    bpo_context *context = NULL;
    int wrong = 0;
    if (bpo_context_new(&host, &context, NULL) != BPO_OK)
        return 2;
    for (int i = 1; i < argc; i++)
        wrong += compare_zone(context, argv[i]);
    printf("%d zones compared with the C library, %d differ\n", argc - 1, wrong);
    bpo_context_unref(context);
    return wrong > 0;
}
