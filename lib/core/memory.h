/* SPDX-License-Identifier: Apache-2.0 */
/* Memory and the context. The only way to memory in the whole library: every block comes from the host's
 * allocator with its size, and goes back with the same size. */
#ifndef BPO_CORE_MEMORY_H
#define BPO_CORE_MEMORY_H

#include "core/reference.h"
#include <bpo/context.h>

struct bpo_context {
    bpo__references references;
    bpo_host host; /* alloc, resize and free are always set; the others may be NULL */
};

/* NULL when the host has none; size 0 gives NULL too and is never a failure of bpo__free. */
void *bpo__alloc(bpo_context *context, size_t size);
void *bpo__alloc_zeroed(bpo_context *context, size_t size);
/* Of NULL it is bpo__alloc; to size 0 it is bpo__free and gives NULL. */
void *bpo__resize(bpo_context *context, void *block, size_t old_size, size_t new_size);
void bpo__free(bpo_context *context, void *block, size_t size);

/* Makes room for `count + extra` items of `item_size` in a doubling array. *capacity counts items.
 * BPO_E_NOMEM leaves array and capacity as they were. */
bpo_status bpo__reserve(bpo_context *context, void **array, size_t *capacity, size_t count, size_t extra,
                        size_t item_size);

void bpo__log(const bpo_context *context, int32_t level, const char *text);

/* Sets alloc, resize and free to those of the C library. */
void bpo__host_use_libc(bpo_host *host);

#endif
