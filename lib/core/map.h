/* SPDX-License-Identifier: Apache-2.0 */
/* A hash table from bytes to a pointer-sized value. Its order never reaches a result: who lists, sorts. */
#ifndef BPO_CORE_MAP_H
#define BPO_CORE_MAP_H

#include "core/memory.h"
#include "core/text.h"

typedef struct bpo__map_entry {
    bpo__text key; /* borrowed: lives as long as the map's owner says */
    void *value;
    uint32_t hash;
    uint32_t used;
} bpo__map_entry;

typedef struct bpo__map {
    bpo_context *context;
    bpo__map_entry *entries; /* open addressing, a power of two */
    size_t capacity;
    size_t count;
} bpo__map;

void bpo__map_init(bpo__map *map, bpo_context *context);
void bpo__map_clear(bpo__map *map);
void *bpo__map_get(const bpo__map *map, bpo__text key);             /* NULL where there is none */
bpo_status bpo__map_set(bpo__map *map, bpo__text key, void *value); /* replaces; BPO_E_NOMEM changes nothing */
bpo_status bpo__map_reserve(bpo__map *map, size_t extra);           /* after it, that many sets cannot fail */
void bpo__map_remove(bpo__map *map, bpo__text key);
/* Walks the entries in no particular order: starts with *position = 0, NULL at the end. */
const bpo__map_entry *bpo__map_next(const bpo__map *map, size_t *position);

#endif
