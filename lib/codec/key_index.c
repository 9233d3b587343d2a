/* SPDX-License-Identifier: Apache-2.0 */
/* An index of positions by the hash of a key. Law: it only speeds a search up; what is found does not depend on it. */
#include "codec/key_index.h"

enum { SMALLEST = 64 };

/* FNV-1a. */
uint32_t bpo__key_hash(bpo__text key)
{
    uint32_t hash = UINT32_C(2166136261);
    for (size_t i = 0; i < key.size; i++)
        hash = (hash ^ (uint8_t)key.data[i]) * UINT32_C(16777619);
    return hash;
}

bpo_status bpo__key_index_reserve(bpo__key_index *index, bpo_context *context, size_t count, bool *ret_moved)
{
    size_t capacity = index->capacity > 0 ? index->capacity : SMALLEST;
    *ret_moved = false;
    while (capacity / 2 < count) {
        if (capacity > SIZE_MAX / 2 / sizeof *index->slots)
            return BPO_E_NOMEM;
        capacity *= 2;
    }
    if (capacity == index->capacity)
        return BPO_OK;
    uint32_t *slots = bpo__alloc_zeroed(context, capacity * sizeof *slots);
    if (slots == NULL)
        return BPO_E_NOMEM;
    bpo__key_index_free(index, context);
    index->slots = slots;
    index->capacity = capacity;
    *ret_moved = true;
    return BPO_OK;
}

void bpo__key_index_put(bpo__key_index *index, uint32_t hash, size_t position)
{
    size_t mask = index->capacity - 1;
    size_t slot = hash & mask;
    while (index->slots[slot] != 0) /* ends: at most half of the slots are taken */
        slot = (slot + 1) & mask;
    index->slots[slot] = (uint32_t)(position + 1);
}

void bpo__key_index_shift(bpo__key_index *index, size_t from)
{
    for (size_t slot = 0; slot < index->capacity; slot++)
        if (index->slots[slot] > from)
            index->slots[slot]++;
}

void bpo__key_index_empty(bpo__key_index *index)
{
    if (index->capacity > 0)
        memset(index->slots, 0, index->capacity * sizeof *index->slots);
}

size_t bpo__key_index_next(const bpo__key_index *index, size_t *cursor)
{
    size_t slot = *cursor & (index->capacity - 1);
    if (index->slots[slot] == 0)
        return BPO__KEY_INDEX_NONE;
    *cursor = slot + 1;
    return index->slots[slot] - 1;
}

void bpo__key_index_free(bpo__key_index *index, bpo_context *context)
{
    bpo__free(context, index->slots, index->capacity * sizeof *index->slots);
    index->slots = NULL;
    index->capacity = 0;
}
