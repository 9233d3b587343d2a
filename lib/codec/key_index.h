/* SPDX-License-Identifier: Apache-2.0 */
/* Where the entries of a key stand, for histories too long to look through.
 *
 * Open addressing over positions, not over keys: nothing in it dangles when the bytes move. Several entries may share a
 * key (revisions), each in a slot of its own. */
#ifndef BPO_CODEC_KEY_INDEX_H
#define BPO_CODEC_KEY_INDEX_H

#include "core/memory.h"
#include "core/text.h"

typedef struct bpo__key_index {
    uint32_t *slots; /* position + 1; 0: free */
    size_t capacity; /* a power of two, at least twice the entries; 0: no index */
} bpo__key_index;

#define BPO__KEY_INDEX_NONE SIZE_MAX

uint32_t bpo__key_hash(bpo__text key);
/* Makes room for `count` entries; *ret_moved says that all must be put in again. BPO_E_NOMEM changes nothing. */
bpo_status bpo__key_index_reserve(bpo__key_index *index, bpo_context *context, size_t count, bool *ret_moved);
void bpo__key_index_put(bpo__key_index *index, uint32_t hash, size_t position);
/* Positions from `from` on become one more. */
void bpo__key_index_shift(bpo__key_index *index, size_t from);
void bpo__key_index_empty(bpo__key_index *index);
/* Positions whose key may be the wanted one: start with *cursor = hash; BPO__KEY_INDEX_NONE at the end. */
size_t bpo__key_index_next(const bpo__key_index *index, size_t *cursor);
void bpo__key_index_free(bpo__key_index *index, bpo_context *context);

#endif
