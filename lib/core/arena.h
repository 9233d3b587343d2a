/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that is given back all at once: what a compiled, immutable object is made of. */
#ifndef BPO_CORE_ARENA_H
#define BPO_CORE_ARENA_H

#include "core/memory.h"

typedef struct bpo__arena {
    bpo_context *context;
    struct bpo__arena_block *blocks;
    size_t used; /* of the newest block */
} bpo__arena;

void bpo__arena_init(bpo__arena *arena, bpo_context *context);
void bpo__arena_clear(bpo__arena *arena);
/* Zeroed, aligned for any type; NULL when the host has no memory. Size 0 gives a valid pointer. */
void *bpo__arena_alloc(bpo__arena *arena, size_t size);
/* A copy with a NUL behind it. */
char *bpo__arena_text(bpo__arena *arena, const char *text, size_t size);

#endif
