/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of ranges of one date, in order of their starts: shifts, tails of night shifts, closures. */
#ifndef BPO_TIME_RANGES_H
#define BPO_TIME_RANGES_H

#include "time/hours.h"

/* Appends to ranges that are in order of their starts; what overlaps or touches the last one becomes part of it.
 * Returns the new count. */
size_t bpo__ranges_append(bpo__range *ranges, size_t count, int32_t from, int32_t until);
/* What is left of ranges without the closures; both in order. `result` is another array. */
size_t bpo__ranges_subtract(const bpo__range *ranges, size_t count, bpo__hours closures, bpo__range *result);
/* How far the shifts of a date reach into the next one. */
int32_t bpo__ranges_tail(bpo__hours shifts);
/* Open ranges of a date from the shifts of it and of the date before, both in order. */
size_t bpo__ranges_join(bpo__hours shifts, bpo__hours shifts_before, bpo__range *ranges);

#endif
