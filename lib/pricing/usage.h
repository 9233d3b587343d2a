/* SPDX-License-Identifier: Apache-2.0 */
/* Usage: the quantity of each charge by service period and version. Merge class A; with once_per class B: a count per
 * distinct value, of which those above zero are the quantity. Once per subject is class A again: what the subject's
 * facts come to is told by bpo__usage_settle() when all of them were counted.
 *
 * Quantities are exact decimals in the meter's own unit: pieces, microseconds or seat-days. A fact without the
 * built-in `quantity` counts one piece, without `duration` the time from `started` to `ended`, without another value
 * that is its quantity nothing. Where the
 * attribute of once_per is not known, the fact's subject stands for it. A seat-day is a local date in the contract's
 * zone on which a stretch began or went on; the date on which it ends belongs to the next one. */
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
    bool keyed;         /* class B: quantity is how often the value was counted */
    bpo_decimal quantity;
} bpo__usage_item;

bpo_status bpo__usage_new(bpo_context *context, bpo__usage **ret_usage);
void bpo__usage_free(bpo__usage *usage);
/* Counts one occurrence for every charge of its plan whose meter it concerns; sign -1 takes the same back. BPO_E_RANGE
 * names the charge. On failure the content is as before. */
bpo_status bpo__usage_count(bpo__usage *usage, const bpo__occurrence *occurrence, bpo_error *err);
/* Ends a subject: what it comes to for meters that count subjects is added. Between two of these calls, occurrences are
 * of one subject. On failure the content is as before. */
bpo_status bpo__usage_settle(bpo__usage *usage, bpo_error *err);
/* The other must be another usage. On failure the content is as before. */
bpo_status bpo__usage_merge(bpo__usage *usage, const bpo__usage *other);
/* Forgets the quantities of periods that began before an instant. */
void bpo__usage_forget(bpo__usage *usage, bpo_time before);
/* Canonical order (charge, period, version, distinct); zero quantities are left out. */
/* The array is the caller's, to be freed with bpo__free(context, *ret_list, *ret_count * sizeof **ret_list). */
bpo_status bpo__usage_list(const bpo__usage *usage, bpo__usage_item **ret_list, size_t *ret_count);
/* What an item adds to the quantity of its charge: itself, or of a keyed one 1 where it was counted more often than
 * taken back and else 0. */
bpo_decimal bpo__usage_item_quantity(const bpo__usage_item *item);
bpo_status bpo__usage_encode(bpo__usage *usage, bpo__buffer *into);
/* BPO_E_CORRUPT for any bytes that bpo__usage_encode would not have written. */
bpo_status bpo__usage_decode(bpo_context *context, bpo__reader *from, bpo__usage **ret_usage);
size_t bpo__usage_additive_count(const bpo__usage *usage);
size_t bpo__usage_keyed_count(const bpo__usage *usage);
size_t bpo__usage_memory(const bpo__usage *usage);

#endif
