/* SPDX-License-Identifier: Apache-2.0 */
/* Reference counts of handles. */
#ifndef BPO_CORE_REFERENCE_H
#define BPO_CORE_REFERENCE_H

#include <stdatomic.h>
#include <stdbool.h>

typedef atomic_uint_least32_t bpo__references;

static inline void bpo__reference_init(bpo__references *references)
{
    atomic_init(references, 1);
}

static inline void bpo__reference_take(bpo__references *references)
{
    atomic_fetch_add_explicit(references, 1, memory_order_relaxed);
}

/* True when that was the last one. */
static inline bool bpo__reference_drop(bpo__references *references)
{
    return atomic_fetch_sub_explicit(references, 1, memory_order_acq_rel) == 1;
}

#endif
