/* SPDX-License-Identifier: Apache-2.0 */
/* The text of hours: `09:00-12:30, 13:15-17:00`, local wall clock of one date.
 *
 * An end at or before its start is on the next day, so 22:00-06:00 is a night shift and 00:00-00:00 (or 00:00-24:00)
 * the whole day. No text at all is a closed day. */
#ifndef BPO_TIME_HOURS_H
#define BPO_TIME_HOURS_H

#include "core/arena.h"
#include "core/text.h"
#include <bpo/error.h>

#define BPO__DAY_SECONDS 86400

/* Ranges in one list. */
#define BPO__HOURS_MOST 64
#define BPO__HOURS_MOST_TEXT "64"

/* Half-open, in seconds from 00:00 of its date: 0 <= from < 86400, from < until <= from + 86400. */
typedef struct bpo__range {
    int32_t from;
    int32_t until;
} bpo__range;

typedef struct bpo__hours {
    const bpo__range *ranges;
    size_t count;
} bpo__hours;

/* The ranges in the order of the text, in the arena. Refused with BPO_E_VALUE, or BPO_E_LIMIT for too many, at
 * `path` (NULL: no path). */
bpo_status bpo__hours_parse(bpo__arena *arena, const char *path, bpo__text text, bpo__hours *ret_hours,
                            bpo_error *err);

#endif
