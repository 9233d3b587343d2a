/* SPDX-License-Identifier: Apache-2.0 */
/* Making the index: one walk over the buckets beside the changes. */
#include "time/zone_index.h"

#define BUCKET_SECONDS (INT64_C(1) << BPO__ZONE_BUCKET_SHIFT)

/* The last entry at or before a second, from an earlier one on. */
static size_t entry_at(const bpo__zone_change *entries, size_t entry, int64_t second)
{
    while (entries[entry + 1].at <= second)
        entry++;
    return entry;
}

/* The most changes that lie within one bucket, behind its start. */
static size_t steps_of(const bpo__zone_change *entries, int64_t from, int64_t until)
{
    size_t most = 0;
    size_t entry = entry_at(entries, 0, from);
    for (int64_t at = from; at < until; at += BUCKET_SECONDS) {
        size_t last = entry_at(entries, entry, at + BUCKET_SECONDS - 1);
        size_t steps = last - entry;
        most = steps > most ? steps : most;
        entry = entry_at(entries, last, at + BUCKET_SECONDS);
    }
    return most;
}

bpo_status bpo__zone_index_init(bpo__zone_index *index, bpo__arena *arena, const bpo__zone_change *entries,
                                size_t count, int64_t from, int64_t until)
{
    if (from >= until || count >= UINT16_MAX)
        return BPO_OK;
    size_t steps = steps_of(entries, from, until);
    if (steps > BPO__ZONE_STEPS_MOST)
        return BPO_OK;
    size_t bucket_count = (size_t)((until - from - 1) >> BPO__ZONE_BUCKET_SHIFT) + 1;
    uint16_t *buckets = bpo__arena_alloc(arena, bucket_count * sizeof(*buckets));
    if (buckets == NULL)
        return BPO_E_NOMEM;
    size_t entry = 0;
    for (size_t i = 0; i < bucket_count; i++) {
        entry = entry_at(entries, entry, from + (int64_t)i * BUCKET_SECONDS);
        buckets[i] = (uint16_t)entry;
    }
    index->from = from;
    index->span = (uint64_t)(until - from);
    index->steps = (uint32_t)steps;
    index->buckets = buckets;
    index->entries = entries;
    return BPO_OK;
}
