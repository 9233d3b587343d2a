/* SPDX-License-Identifier: Apache-2.0 */
/* Usage: the quantity of each charge by service period and version. Merge class A; with once_per class B: a count per
 * distinct value, of which those above zero are the quantity.
 *
 * Quantities are exact decimals in the meter's own unit: pieces, microseconds or seat-days. */
#ifndef BPO_PRICING_USAGE_H
#define BPO_PRICING_USAGE_H

#include "codec/reader.h"
#include "codec/writer.h"
#include "core/map.h"
#include "terms/occurrence.h"

typedef struct bpo__usage bpo__usage;

/* One quantity; texts borrowed from the usage. */
typedef struct bpo__usage_item {
    bpo__text charge;
    bpo_time period_start;
    uint32_t version;
    bpo__text distinct; /* value of once_per; empty for additive quantities */
    bpo_decimal quantity;
} bpo__usage_item;

bpo_status bpo__usage_new(bpo_context *context, bpo__usage **ret_usage);
void bpo__usage_free(bpo__usage *usage);
/* Counts one occurrence for every charge of its plan whose meter it concerns. */
bpo_status bpo__usage_count(bpo__usage *usage, const bpo__occurrence *occurrence, bpo_error *err);
bpo_status bpo__usage_merge(bpo__usage *usage, const bpo__usage *other);
/* Canonical order (charge, period, version, distinct); zero quantities are left out. Freed by the caller. */
bpo_status bpo__usage_list(const bpo__usage *usage, bpo__usage_item **ret_list, size_t *ret_count);
bpo_status bpo__usage_encode(bpo__usage *usage, bpo__buffer *into);
bpo_status bpo__usage_decode(bpo_context *context, bpo__reader *from, bpo__usage **ret_usage);
size_t bpo__usage_additive_count(const bpo__usage *usage);
size_t bpo__usage_keyed_count(const bpo__usage *usage);
size_t bpo__usage_memory(const bpo__usage *usage);

#endif
