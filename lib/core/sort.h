/* SPDX-License-Identifier: Apache-2.0 */
/* Sorting in place without memory. Not stable: comparisons must be total. */
#ifndef BPO_CORE_SORT_H
#define BPO_CORE_SORT_H

#include <stddef.h>

void bpo__sort(void *base, size_t count, size_t item_size, int (*compare)(const void *a, const void *b, void *user),
               void *user);

#endif
