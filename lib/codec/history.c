/* SPDX-License-Identifier: Apache-2.0 */
/* One subject's facts in fact order.
 *
 * Law: the same set of facts gives the same entries, whatever order they came in and however often. Facts mostly come
 * in order, so adding at the end is the short way; a key is looked for one by one in short histories and by an index
 * in long ones. */
#include "codec/history.h"
#include "core/fail.h"
#include "terms/fact_table.h"

enum { INDEXED_FROM = 24, BLOCK_SMALLEST = 256 };

/* --- looking a key up -------------------------------------------------------------------------------------------- */

typedef struct search {
    bpo__text key;
    uint32_t hash;
    size_t cursor;
} search;

static search search_of(const bpo__history *history, bpo__text key, uint32_t hash)
{
    search s = {key, hash, history->index.capacity > 0 ? hash : 0};
    return s;
}

static bool is_wanted(const bpo__entry *entry, const search *wanted)
{
    return entry->key_hash == wanted->hash && bpo__text_equal(entry->key, wanted->key);
}

/* The next entry with the key, NULL at the end; in no particular order. */
static bpo__entry *next_revision(const bpo__history *history, search *probe)
{
    if (history->index.capacity == 0) {
        while (probe->cursor < history->count) {
            bpo__entry *entry = &history->entries[probe->cursor++];
            if (is_wanted(entry, probe))
                return entry;
        }
        return NULL;
    }
    for (;;) { /* ends at a free slot */
        size_t position = bpo__key_index_next(&history->index, &probe->cursor);
        if (position == BPO__KEY_INDEX_NONE)
            return NULL;
        if (is_wanted(&history->entries[position], probe))
            return &history->entries[position];
    }
}

/* --- making room ------------------------------------------------------------------------------------------------- */

static void fill_index(bpo__history *history)
{
    if (history->index.capacity == 0)
        return;
    bpo__key_index_empty(&history->index);
    for (size_t i = 0; i < history->count; i++)
        bpo__key_index_put(&history->index, history->entries[i].key_hash, i);
}

static bpo_status reserve_index(bpo__history *history, size_t count)
{
    bool moved = false;
    if (history->index.capacity == 0 && count < INDEXED_FROM)
        return BPO_OK;
    bpo_status status = bpo__key_index_reserve(&history->index, history->context, count, &moved);
    if (moved)
        fill_index(history);
    return status;
}

static bpo_status reserve_block(bpo__history *history, size_t extra)
{
    size_t capacity = history->block_capacity > 0 ? history->block_capacity : BLOCK_SMALLEST;
    if (extra > SIZE_MAX / 4 - history->block_size)
        return BPO_E_NOMEM;
    while (capacity < history->block_size + extra)
        capacity *= 2;
    if (capacity == history->block_capacity)
        return BPO_OK;
    uint8_t *block = bpo__alloc(history->context, capacity);
    if (block == NULL)
        return BPO_E_NOMEM;
    if (history->block_size > 0)
        memcpy(block, history->block, history->block_size);
    for (size_t i = 0; i < history->count; i++) {
        bpo__entry *entry = &history->entries[i];
        entry->key.data = (const char *)block + ((const uint8_t *)entry->key.data - history->block);
        entry->bytes = block + (entry->bytes - history->block);
    }
    bpo__free(history->context, history->block, history->block_capacity);
    history->block = block;
    history->block_capacity = capacity;
    return BPO_OK;
}

/* --- adding ------------------------------------------------------------------------------------------------------ */

static int compare(const bpo__entry *a, const bpo__entry *b)
{
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return bpo__fact_order(a->at, a->order, a->kind, a->key, a->revision, b->at, b->order, b->kind, b->key,
                           b->revision);
}

/* First position whose entry stands behind the new one. */
static size_t place_of(const bpo__history *history, const bpo__entry *entry)
{
    size_t low = 0, high = history->count;
    if (high == 0 || compare(&history->entries[high - 1], entry) < 0)
        return high;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(&history->entries[middle], entry) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The key within the canonical bytes: kind, flags, revision, at and order stand before it. */
static bpo_status find_key(const uint8_t *bytes, size_t size, bpo__text *ret_key)
{
    bpo__reader from = bpo__reader_of(bytes, size);
    uint64_t skipped = 0;
    for (int i = 0; i < 5; i++)
        if (bpo__read_unsigned(&from, &skipped) < 0)
            return BPO_E_CORRUPT;
    return bpo__read_text(&from, ret_key);
}

static bpo_status refuse_reuse(const bpo__entry *entry, bpo_error *err)
{
    char revision[BPO__INTEGER_TEXT_SIZE];
    size_t size = bpo__unsigned_format(entry->revision, revision);
    return bpo__fail_text(err, BPO_E_KEY_REUSED, BPO__MSG_key_reused, BPO__TEXT("/key"), entry->key,
                          (bpo__text){revision, size}, (bpo__text){NULL, 0});
}

/* Compares the new entry with those of its key. */
static bpo_status judge(bpo__history *history, bpo__entry *entry, bpo__added *ret_added, bpo_error *err)
{
    search probe = search_of(history, entry->key, entry->key_hash);
    bpo__added added = BPO__ADDED;
    for (bpo__entry *other; (other = next_revision(history, &probe)) != NULL;) {
        entry->has_revisions = true;
        if (other->revision > entry->revision)
            added = BPO__ADDED_SUPERSEDED;
        if (other->revision != entry->revision)
            continue;
        if (other->size != entry->size || memcmp(other->bytes, entry->bytes, entry->size) != 0)
            return refuse_reuse(entry, err);
        if (!(entry->flags & BPO_FACT_LATE))
            other->flags &= ~(uint32_t)BPO_FACT_LATE;
        added = BPO__ADDED_DUPLICATE;
        break;
    }
    *ret_added = added;
    return BPO_OK;
}

/* Room is there. */
static void insert(bpo__history *history, bpo__entry *entry)
{
    uint8_t *bytes = history->block + history->block_size;
    memcpy(bytes, entry->bytes, entry->size);
    entry->key.data = (const char *)bytes + ((const uint8_t *)entry->key.data - entry->bytes);
    entry->bytes = bytes;
    history->block_size += entry->size;

    size_t place = place_of(history, entry);
    size_t behind = history->count - place;
    if (behind > 0) {
        memmove(history->entries + place + 1, history->entries + place, behind * sizeof *entry);
        bpo__key_index_shift(&history->index, place);
    }
    history->entries[place] = *entry;
    history->count++;
    if (history->index.capacity > 0)
        bpo__key_index_put(&history->index, entry->key_hash, place);
}

static void mark_revisions(bpo__history *history, bpo__text key, uint32_t hash)
{
    search probe = search_of(history, key, hash);
    for (bpo__entry *entry; (entry = next_revision(history, &probe)) != NULL;)
        entry->has_revisions = true;
}

void bpo__history_init(bpo__history *history, bpo_context *context)
{
    memset(history, 0, sizeof *history);
    history->context = context;
}

void bpo__history_clear(bpo__history *history)
{
    bpo__free(history->context, history->entries, history->capacity * sizeof *history->entries);
    bpo__free(history->context, history->block, history->block_capacity);
    bpo__key_index_free(&history->index, history->context);
    bpo__history_init(history, history->context);
}

bpo_status bpo__history_reserve(bpo__history *history, size_t count, size_t size)
{
    void *entries = history->entries;
    if (count >= UINT32_MAX - history->count)
        return BPO_E_NOMEM;
    bpo_status status =
        bpo__reserve(history->context, &entries, &history->capacity, history->count, count, sizeof *history->entries);
    history->entries = entries;
    if (status < 0 || (status = reserve_block(history, size)) < 0)
        return status;
    return reserve_index(history, history->count + count);
}

bpo_status bpo__history_add(bpo__history *history, const bpo_fact *fixed_part, const void *bytes, size_t size,
                            bpo__added *ret_added, bpo_error *err)
{
    bpo__entry entry = {.at = fixed_part->at,
                        .order = fixed_part->order,
                        .kind = fixed_part->kind,
                        .flags = fixed_part->flags,
                        .revision = fixed_part->revision,
                        .size = (uint32_t)size,
                        .bytes = bytes};
    bpo__added added = BPO__ADDED;
    if (find_key(bytes, size, &entry.key) < 0)
        return bpo__fail(err, BPO_E_CORRUPT, BPO__MSG_fact_bytes_damaged, "", NULL, NULL, NULL);
    entry.key_hash = bpo__key_hash(entry.key);
    bpo_status status = judge(history, &entry, &added, err);
    if (status < 0)
        return status;
    if (added != BPO__ADDED_DUPLICATE) {
        if (bpo__history_reserve(history, 1, size) < 0)
            return bpo__fail_memory(err);
        insert(history, &entry);
        if (entry.has_revisions)
            mark_revisions(history, entry.key, entry.key_hash);
    }
    *ret_added = added;
    return BPO_OK;
}

const bpo__entry *bpo__history_find(const bpo__history *history, bpo__text key, uint32_t revision, bool *ret_superseded)
{
    search probe = search_of(history, key, bpo__key_hash(key));
    const bpo__entry *found = NULL;
    bool superseded = false;
    for (const bpo__entry *entry; (entry = next_revision(history, &probe)) != NULL;) {
        superseded = superseded || entry->revision > revision;
        if (entry->revision == revision)
            found = entry;
    }
    if (ret_superseded)
        *ret_superseded = superseded;
    return found;
}

const bpo__entry *bpo__history_newest(const bpo__history *history, bpo__text key)
{
    search probe = search_of(history, key, bpo__key_hash(key));
    const bpo__entry *newest = NULL;
    for (const bpo__entry *entry; (entry = next_revision(history, &probe)) != NULL;)
        if (newest == NULL || entry->revision > newest->revision)
            newest = entry;
    return newest;
}

/* The entry whose bytes arrived last. */
static size_t latest(const bpo__history *history)
{
    size_t at = history->count - 1;
    while (history->entries[at].bytes + history->entries[at].size != history->block + history->block_size)
        at--;
    return at;
}

void bpo__history_take_back(bpo__history *history)
{
    size_t at = latest(history);
    bpo__entry *entry = &history->entries[at];
    size_t behind = history->count - at - 1;
    history->block_size -= entry->size;
    if (behind > 0)
        memmove(entry, entry + 1, behind * sizeof *entry);
    history->count--;
    fill_index(history);
}

/* --- views ------------------------------------------------------------------------------------------------------- */

static bool is_visible(const bpo__entry *entry, bpo__view view)
{
    return entry->at < view.until && (view.late || !(entry->flags & BPO_FACT_LATE));
}

static bool supersedes(const bpo__entry *entry, bpo__view view)
{
    return is_visible(entry, view) || (view.restated && entry->at >= view.until);
}

static bool is_superseded(const bpo__history *history, const bpo__entry *entry, bpo__view view)
{
    if (!entry->has_revisions)
        return false;
    search probe = search_of(history, entry->key, entry->key_hash);
    for (const bpo__entry *other; (other = next_revision(history, &probe)) != NULL;)
        if (other->revision > entry->revision && supersedes(other, view))
            return true;
    return false;
}

const bpo__entry *bpo__history_next(const bpo__history *history, bpo__view view, size_t *position)
{
    while (*position < history->count) {
        const bpo__entry *entry = &history->entries[(*position)++];
        if (entry->at >= view.until)
            break;
        if (!is_visible(entry, view) || (entry->flags & BPO_FACT_RETRACTED))
            continue;
        if (!is_superseded(history, entry, view))
            return entry;
    }
    return NULL;
}
