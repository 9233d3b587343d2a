/* SPDX-License-Identifier: Apache-2.0 */
/* Finding a zone's offset without a search: time in buckets of 97 days, and for each the last change at its start.
 *
 * Clocks are hardly ever changed twice within 97 days, so that one step more, taken without a branch, finds the change
 * in force. Zones with more changes in a bucket than BPO__ZONE_STEPS_MOST have no index and are searched by halves. */
#ifndef BPO_TIME_ZONE_INDEX_H
#define BPO_TIME_ZONE_INDEX_H

#include "core/arena.h"

#define BPO__ZONE_BUCKET_SHIFT 23
#define BPO__ZONE_STEPS_MOST   4

/* From the second `at` on, local time is UTC + offset seconds. */
typedef struct bpo__zone_change {
    int64_t at; /* seconds since 1970, UTC */
    int32_t offset;
} bpo__zone_change;

typedef struct bpo__zone_index {
    int64_t from;  /* the first second it knows */
    uint64_t span; /* how many it knows; 0: none */
    uint32_t steps;
    const uint16_t *buckets;         /* by time since `from`: the last entry at or before it */
    const bpo__zone_change *entries; /* the changes between one at the beginning and one at the end of time */
} bpo__zone_index;

static inline bool bpo__zone_index_knows(const bpo__zone_index *index, int64_t second)
{
    return (uint64_t)second - (uint64_t)index->from < index->span;
}

/* The change in force at a second that the index knows; entries[0] before the first one. */
static inline const bpo__zone_change *bpo__zone_index_at(const bpo__zone_index *index, int64_t second)
{
    uint64_t since = (uint64_t)second - (uint64_t)index->from;
    const bpo__zone_change *c = index->entries + index->buckets[since >> BPO__ZONE_BUCKET_SHIFT];
    c += c[1].at <= second;
    for (uint32_t steps = index->steps; steps > 1; steps--)
        c += c[1].at <= second;
    return c;
}

/* Makes an index of the seconds from..until over `count` changes, with an entry before and one after them. It stays
 * empty where there would be too many steps. BPO_E_NOMEM. */
bpo_status bpo__zone_index_init(bpo__zone_index *index, bpo__arena *arena, const bpo__zone_change *entries,
                                size_t count, int64_t from, int64_t until);

#endif
