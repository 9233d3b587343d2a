/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of ranges of one date. */
#include "time/ranges.h"

/* Appends to ranges that are in order of their starts; what overlaps or touches the last one becomes part of it. */
size_t bpo__ranges_append(bpo__range *ranges, size_t count, int32_t from, int32_t until)
{
    if (count > 0 && from <= ranges[count - 1].until) {
        if (until > ranges[count - 1].until)
            ranges[count - 1].until = until;
        return count;
    }
    ranges[count].from = from;
    ranges[count].until = until;
    return count + 1;
}

/* What is left of ranges without the closures; both in order. `result` is another array. */
size_t bpo__ranges_subtract(const bpo__range *ranges, size_t count, bpo__hours closures, bpo__range *result)
{
    size_t left = 0;
    for (size_t i = 0; i < count; i++) {
        int32_t from = ranges[i].from;
        for (size_t k = 0; k < closures.count && from < ranges[i].until; k++) {
            bpo__range closed = closures.ranges[k];
            if (closed.until <= from || closed.from >= ranges[i].until)
                continue;
            if (closed.from > from)
                left = bpo__ranges_append(result, left, from, closed.from);
            from = closed.until;
        }
        if (from < ranges[i].until)
            left = bpo__ranges_append(result, left, from, ranges[i].until);
    }
    return left;
}

/* How far the shifts of a date reach into the next one. */
int32_t bpo__ranges_tail(bpo__hours shifts)
{
    int32_t tail = 0;
    for (size_t i = 0; i < shifts.count; i++) {
        if (shifts.ranges[i].until - BPO__DAY_SECONDS > tail)
            tail = shifts.ranges[i].until - BPO__DAY_SECONDS;
    }
    return tail;
}

/* Open ranges of a date from the shifts of it and of the date before, both in order. */
size_t bpo__ranges_join(bpo__hours shifts, bpo__hours shifts_before, bpo__range *ranges)
{
    int32_t tail = bpo__ranges_tail(shifts_before);
    size_t count = tail > 0 ? bpo__ranges_append(ranges, 0, 0, tail) : 0;
    for (size_t i = 0; i < shifts.count; i++) {
        int32_t until = shifts.ranges[i].until;
        count = bpo__ranges_append(ranges, count, shifts.ranges[i].from,
                                   until < BPO__DAY_SECONDS ? until : BPO__DAY_SECONDS);
    }
    return count;
}
