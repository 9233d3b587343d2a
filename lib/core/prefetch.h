/* SPDX-License-Identifier: Apache-2.0 */
/* Fetching memory before it is needed: a hint, on which nothing depends, so that any address will do. */
#ifndef BPO_CORE_PREFETCH_H
#define BPO_CORE_PREFETCH_H

#include <stdint.h>

static inline void bpo__prefetch(const void *start, uint64_t offset)
{
#ifdef __GNUC__
    __builtin_prefetch((const void *)((uintptr_t)start + (uintptr_t)offset));
#else
    (void)start;
    (void)offset;
#endif
}

#endif
