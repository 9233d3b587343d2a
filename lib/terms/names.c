/* SPDX-License-Identifier: Apache-2.0 */
/* Names of values, interned. Ids are given in order of arrival and never reach a stored byte; a name's text never
 * moves once it is there. A spin lock, not a mutex: the library depends on no thread library, and what it guards is a
 * look-up. */
#include "terms/names.h"

#include "core/arena.h"
#include "core/map.h"
#include "core/reference.h"
#include "terms/fact_table.h"
#include "terms/path.h"

/* Host attributes in one book; ids of the library's own names lie below BPO_VALUE_HOST_FIRST. */
#define NAMES_MAX 4096

struct entry {
    bpo__text text;
    int32_t type;
};

struct bpo__names {
    bpo__references references;
    atomic_flag lock;
    bpo__arena arena;      /* texts */
    bpo__map ids;          /* text -> id */
    struct entry *entries; /* of the host's attributes */
    size_t count;
    size_t capacity;
};

/* Readers lock too: what they read may move while another thread adds. */
static void acquire(const bpo__names *names)
{
    atomic_flag *lock = (atomic_flag *)(uintptr_t)&names->lock;

    while (atomic_flag_test_and_set_explicit(lock, memory_order_acquire))
        ;
}

static void release(const bpo__names *names)
{
    atomic_flag_clear_explicit((atomic_flag *)(uintptr_t)&names->lock, memory_order_release);
}

static void *boxed(uint32_t id)
{
    return (void *)(uintptr_t)id;
}

static bpo_status add_own(bpo__names *names)
{
    for (size_t i = 0; i < bpo__value_row_count(); i++) {
        const bpo__value_row *row = bpo__value_row_at(i);
        bpo_status status = bpo__map_set(&names->ids, bpo__text_of(row->name), boxed(row->id));
        if (status != BPO_OK)
            return status;
    }
    return BPO_OK;
}

static bpo_status add(bpo__names *names, bpo__text name, uint32_t *ret_id)
{
    void *entries = names->entries;
    bpo__text kept = {NULL, name.size};
    uint32_t id = BPO_VALUE_HOST_FIRST + (uint32_t)names->count;
    bpo_status status;

    if (names->count == NAMES_MAX)
        return BPO_E_LIMIT;
    status = bpo__reserve(names->arena.context, &entries, &names->capacity, names->count, 1, sizeof *names->entries);
    names->entries = entries;
    if (status != BPO_OK)
        return status;
    kept.data = bpo__arena_text(&names->arena, name.data, name.size);
    if (!kept.data)
        return BPO_E_NOMEM;
    status = bpo__map_set(&names->ids, kept, boxed(id));
    if (status != BPO_OK)
        return status;
    names->entries[names->count++] = (struct entry){kept, BPO_TYPE_TEXT};
    *ret_id = id;
    return BPO_OK;
}

bpo_status bpo__names_new(bpo_context *context, bpo__names **ret_names)
{
    bpo__names *names = bpo__alloc_zeroed(context, sizeof *names);
    bpo_status status;

    if (!names)
        return BPO_E_NOMEM;
    bpo__reference_init(&names->references);
    atomic_flag_clear(&names->lock);
    bpo__arena_init(&names->arena, bpo_context_ref(context));
    bpo__map_init(&names->ids, context);
    status = add_own(names);
    if (status != BPO_OK) {
        bpo__names_unref(names);
        return status;
    }
    *ret_names = names;
    return BPO_OK;
}

bpo__names *bpo__names_ref(bpo__names *names)
{
    bpo__reference_take(&names->references);
    return names;
}

void bpo__names_unref(bpo__names *names)
{
    bpo_context *context;

    if (!names || !bpo__reference_drop(&names->references))
        return;
    context = names->arena.context;
    bpo__map_clear(&names->ids);
    bpo__free(context, names->entries, names->capacity * sizeof *names->entries);
    bpo__arena_clear(&names->arena);
    bpo__free(context, names, sizeof *names);
    bpo_context_unref(context);
}

bpo_status bpo__names_intern(bpo__names *names, bpo__text name, uint32_t *ret_id)
{
    bpo_status status = BPO_OK;
    void *found;

    if (!bpo__name_is_valid(name))
        return BPO_E_INVALID;
    acquire(names);
    found = bpo__map_get(&names->ids, name);
    if (found)
        *ret_id = (uint32_t)(uintptr_t)found;
    else
        status = add(names, name, ret_id);
    release(names);
    return status;
}

/* The entry of a host's attribute, or NULL; under the lock. */
static struct entry *entry_of(const bpo__names *names, uint32_t id)
{
    if (id < BPO_VALUE_HOST_FIRST || id - BPO_VALUE_HOST_FIRST >= names->count)
        return NULL;
    return &names->entries[id - BPO_VALUE_HOST_FIRST];
}

bpo__text bpo__names_text(const bpo__names *names, uint32_t id)
{
    const bpo__value_row *own = bpo__value_row_of(id);
    const struct entry *entry;
    bpo__text text = {NULL, 0};

    if (own)
        return bpo__text_of(own->name);
    acquire(names);
    entry = entry_of(names, id);
    if (entry)
        text = entry->text;
    release(names);
    return text;
}

int32_t bpo__names_type(const bpo__names *names, uint32_t id)
{
    const struct entry *entry;
    int32_t type;

    acquire(names);
    entry = entry_of(names, id);
    type = entry ? entry->type : BPO_TYPE_TEXT;
    release(names);
    return type;
}

void bpo__names_set_type(bpo__names *names, uint32_t id, int32_t type)
{
    struct entry *entry;

    acquire(names);
    entry = entry_of(names, id);
    if (entry)
        entry->type = type;
    release(names);
}
