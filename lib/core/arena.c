/* SPDX-License-Identifier: Apache-2.0 */
/* An arena hands out pieces of ever larger blocks and gives all of them back at once. */
#include "core/arena.h"
#include <stdalign.h>
#include <string.h>

#define FIRST_BLOCK   4096
#define LARGEST_BLOCK ((size_t)1 << 20) /* doubling ends here; a larger piece gets a block of its own size */

typedef struct bpo__arena_block {
    struct bpo__arena_block *older;
    size_t size; /* header included */
} block;

static size_t aligned(size_t size)
{
    return (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
}

#define HEADER_SIZE aligned(sizeof(block))

static size_t next_block_size(const bpo__arena *arena, size_t needed)
{
    size_t size = arena->blocks ? arena->blocks->size * 2 : FIRST_BLOCK;
    if (size > LARGEST_BLOCK)
        size = LARGEST_BLOCK;
    return size < needed ? needed : size;
}

static bpo_status add_block(bpo__arena *arena, size_t piece)
{
    size_t size = next_block_size(arena, HEADER_SIZE + piece);
    block *added = bpo__alloc_zeroed(arena->context, size);
    if (!added)
        return BPO_E_NOMEM;
    added->older = arena->blocks;
    added->size = size;
    arena->blocks = added;
    arena->used = HEADER_SIZE;
    return BPO_OK;
}

void bpo__arena_init(bpo__arena *arena, bpo_context *context)
{
    memset(arena, 0, sizeof(*arena));
    arena->context = context;
}

void bpo__arena_clear(bpo__arena *arena)
{
    while (arena->blocks) {
        block *newest = arena->blocks;
        arena->blocks = newest->older;
        bpo__free(arena->context, newest, newest->size);
    }
    arena->used = 0;
}

void *bpo__arena_alloc(bpo__arena *arena, size_t size)
{
    if (size > PTRDIFF_MAX / 2)
        return NULL;
    size_t piece = aligned(size == 0 ? 1 : size);
    if (!arena->blocks || piece > arena->blocks->size - arena->used) {
        if (add_block(arena, piece) != BPO_OK)
            return NULL;
    }
    void *at = (char *)arena->blocks + arena->used;
    arena->used += piece;
    return at;
}

char *bpo__arena_text(bpo__arena *arena, const char *text, size_t size)
{
    char *copy = size == SIZE_MAX ? NULL : bpo__arena_alloc(arena, size + 1);
    if (copy && size != 0)
        memcpy(copy, text, size);
    return copy;
}
