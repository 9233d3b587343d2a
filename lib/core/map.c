/* SPDX-License-Identifier: Apache-2.0 */
/* The hash table: linear probing over a power of two, at most three quarters full. Removing closes the gap by moving
 * later entries back, so that there are no tombstones and a search ends at the first free entry. */
#include "core/map.h"
#include <string.h>

#define FIRST_CAPACITY 16

static uint64_t mixed(uint64_t bits)
{
    bits ^= bits >> 32;
    bits *= UINT64_C(0xd6e8feb86659fd93);
    bits ^= bits >> 32;
    return bits;
}

/* Eight bytes a step; each step is invertible, so that no two words collide by themselves. */
static uint32_t hash_of(bpo__text key)
{
    uint64_t hash = mixed(key.size + UINT64_C(0x9e3779b97f4a7c15));
    size_t at = 0;
    for (; key.size - at >= sizeof(uint64_t); at += sizeof(uint64_t)) {
        uint64_t word;
        memcpy(&word, key.data + at, sizeof(word));
        hash = mixed(hash * UINT64_C(0x9fb21c651e98df25) ^ word);
    }
    uint64_t tail = 0;
    if (at < key.size)
        memcpy(&tail, key.data + at, key.size - at);
    return (uint32_t)mixed(mixed(hash * UINT64_C(0x9fb21c651e98df25) ^ tail));
}

/* The entry of the key, or the free one where it would go. The table has at least one free entry. */
static bpo__map_entry *find(bpo__map_entry *entries, size_t capacity, bpo__text key, uint32_t hash)
{
    size_t at = hash & (capacity - 1);
    while (entries[at].used && !(entries[at].hash == hash && bpo__text_equal(entries[at].key, key)))
        at = (at + 1) & (capacity - 1);
    return &entries[at];
}

static size_t most_entries(size_t capacity)
{
    return capacity - capacity / 4;
}

static void move_entries(const bpo__map *map, bpo__map_entry *entries, size_t capacity)
{
    for (size_t i = 0; i < map->capacity; i++) {
        const bpo__map_entry *entry = &map->entries[i];
        if (entry->used)
            *find(entries, capacity, entry->key, entry->hash) = *entry;
    }
}

void bpo__map_init(bpo__map *map, bpo_context *context)
{
    memset(map, 0, sizeof(*map));
    map->context = context;
}

void bpo__map_clear(bpo__map *map)
{
    bpo__free(map->context, map->entries, map->capacity * sizeof(*map->entries));
    bpo__map_init(map, map->context);
}

void *bpo__map_get(const bpo__map *map, bpo__text key)
{
    return map->count == 0 ? NULL : find(map->entries, map->capacity, key, hash_of(key))->value;
}

bpo_status bpo__map_reserve(bpo__map *map, size_t extra)
{
    if (extra > PTRDIFF_MAX / sizeof(bpo__map_entry) / 4 - map->count)
        return BPO_E_NOMEM;
    size_t capacity = map->capacity == 0 ? FIRST_CAPACITY : map->capacity;
    while (most_entries(capacity) < map->count + extra)
        capacity *= 2;
    if (capacity == map->capacity)
        return BPO_OK;
    bpo__map_entry *entries = bpo__alloc_zeroed(map->context, capacity * sizeof(*entries));
    if (!entries)
        return BPO_E_NOMEM;
    move_entries(map, entries, capacity);
    bpo__free(map->context, map->entries, map->capacity * sizeof(*map->entries));
    map->entries = entries;
    map->capacity = capacity;
    return BPO_OK;
}

bpo_status bpo__map_set(bpo__map *map, bpo__text key, void *value)
{
    uint32_t hash = hash_of(key);
    bpo__map_entry *entry = map->count == 0 ? NULL : find(map->entries, map->capacity, key, hash);
    if (!entry || !entry->used) {
        bpo_status status = bpo__map_reserve(map, 1);
        if (status != BPO_OK)
            return status;
        entry = find(map->entries, map->capacity, key, hash);
        map->count++;
    }
    *entry = (bpo__map_entry){key, value, hash, 1};
    return BPO_OK;
}

void bpo__map_remove(bpo__map *map, bpo__text key)
{
    if (map->count == 0)
        return;
    bpo__map_entry *gap = find(map->entries, map->capacity, key, hash_of(key));
    if (!gap->used)
        return;
    size_t mask = map->capacity - 1;
    size_t free_at = (size_t)(gap - map->entries);
    for (size_t at = (free_at + 1) & mask; map->entries[at].used; at = (at + 1) & mask) {
        /* an entry may move back to the gap only if its own place does not lie behind it */
        if (((at - map->entries[at].hash) & mask) >= ((at - free_at) & mask)) {
            map->entries[free_at] = map->entries[at];
            free_at = at;
        }
    }
    memset(&map->entries[free_at], 0, sizeof(map->entries[free_at]));
    map->count--;
}

const bpo__map_entry *bpo__map_next(const bpo__map *map, size_t *position)
{
    while (*position < map->capacity) {
        const bpo__map_entry *entry = &map->entries[(*position)++];
        if (entry->used)
            return entry;
    }
    return NULL;
}
