/* SPDX-License-Identifier: Apache-2.0 */
/* Memory: the one file that names malloc, realloc and free, and only for hosts that bring no allocator.
 * Every block is asked for and given back with its size, so that hosts can count exactly. */
#include "core/memory.h"
#include <stdlib.h>
#include <string.h>

/* An array's first room: a cache line of pointers. */
#define FIRST_CAPACITY 8

static void *libc_alloc(void *user, size_t size)
{
    (void)user;
    return malloc(size);
}

static void *libc_resize(void *user, void *block, size_t old_size, size_t new_size)
{
    (void)user;
    (void)old_size;
    return realloc(block, new_size);
}

static void libc_free(void *user, void *block, size_t size)
{
    (void)user;
    (void)size;
    free(block);
}

void bpo__host_use_libc(bpo_host *host)
{
    host->alloc = libc_alloc;
    host->resize = libc_resize;
    host->free = libc_free;
}

void *bpo__alloc(bpo_context *context, size_t size)
{
    return size == 0 ? NULL : context->host.alloc(context->host.user, size);
}

void *bpo__alloc_zeroed(bpo_context *context, size_t size)
{
    void *block = bpo__alloc(context, size);
    if (block)
        memset(block, 0, size);
    return block;
}

void *bpo__resize(bpo_context *context, void *block, size_t old_size, size_t new_size)
{
    if (!block)
        return bpo__alloc(context, new_size);
    if (new_size == 0) {
        bpo__free(context, block, old_size);
        return NULL;
    }
    return context->host.resize(context->host.user, block, old_size, new_size);
}

void bpo__free(bpo_context *context, void *block, size_t size)
{
    if (block)
        context->host.free(context->host.user, block, size);
}

/* The doubled capacity that holds `needed` items, or 0 where their bytes cannot be counted. */
static size_t grown_capacity(size_t capacity, size_t needed, size_t item_size)
{
    size_t most = PTRDIFF_MAX / item_size;
    if (needed > most)
        return 0;
    size_t grown = capacity > most / 2 ? most : capacity * 2;
    if (grown < FIRST_CAPACITY && FIRST_CAPACITY <= most)
        grown = FIRST_CAPACITY;
    return grown < needed ? needed : grown;
}

bpo_status bpo__reserve(bpo_context *context, void **array, size_t *capacity, size_t count, size_t extra,
                        size_t item_size)
{
    if (extra <= *capacity && count <= *capacity - extra)
        return BPO_OK;
    if (extra > SIZE_MAX - count)
        return BPO_E_NOMEM;
    size_t grown = grown_capacity(*capacity, count + extra, item_size);
    if (grown == 0)
        return BPO_E_NOMEM;
    void *moved = bpo__resize(context, *array, *capacity * item_size, grown * item_size);
    if (!moved)
        return BPO_E_NOMEM;
    *array = moved;
    *capacity = grown;
    return BPO_OK;
}

void bpo__log(const bpo_context *context, int32_t level, const char *text)
{
    if (context->host.log)
        context->host.log(context->host.user, level, text);
}
