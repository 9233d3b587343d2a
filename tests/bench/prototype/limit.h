/* SPDX-License-Identifier: Apache-2.0 */
/* What is achievable: a calendar of fixed years compiled in advance, without errors, landings or a horizon. The
 * benchmarks measure the library against it in the same run. */
#ifndef BPO_BENCH_LIMIT_H
#define BPO_BENCH_LIMIT_H

#include <stddef.h>
#include <stdint.h>

typedef struct limit_calendar limit_calendar;
typedef struct limit_range {
    int32_t from; /* seconds of a working day */
    int32_t until;
} limit_range;

/* Monday to Friday; holidays as ascending days since 1970. */
limit_calendar *limit_calendar_new(const char *zone_file, int32_t first_day, int32_t end_day,
                                   const limit_range *ranges, int range_count, const int32_t *holidays,
                                   int holiday_count);
void limit_calendar_free(limit_calendar *limit);
size_t limit_calendar_size(const limit_calendar *limit);
int32_t limit_between(const limit_calendar *limit, int64_t from, int64_t until, int64_t *ret_open);
int32_t limit_add(const limit_calendar *limit, int64_t from, int64_t open, int64_t *ret_at);
/* The form with one load an instant; for one range a day. */
int32_t limit_between_one(const limit_calendar *limit, int64_t from, int64_t until, int64_t *ret_open);
int32_t limit_add_one(const limit_calendar *limit, int64_t from, int64_t open, int64_t *ret_at);
int32_t limit_between_many(const limit_calendar *limit, const int64_t *from, const int64_t *until, size_t count,
                           int64_t *ret_open);
int32_t limit_add_many(const limit_calendar *limit, const int64_t *from, const int64_t *open, size_t count,
                       int64_t *ret_at);

#endif
