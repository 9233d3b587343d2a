/* SPDX-License-Identifier: Apache-2.0 */
/* The cells of a ledger, kept by name in a hash table; listed, merged and written in canonical order.
 *
 * A cell that is empty is as good as none: it is not listed, not written and not merged. So what a failed call leaves
 * behind at most, a new cell without content, is not seen by anybody. */
#include "kpi/cells.h"
#include "core/sort.h"
#include "kpi/staging.h"

/* Bytes of all texts of a name: two names of the contract and the value of an attribute fit easily. */
#define NAME_SIZE_MAX 4608
#define KEY_SIZE_MAX (NAME_SIZE_MAX + 64)

typedef struct entry {
    bpo__cell_name name; /* its texts lie in key */
    bpo__cell *cell;
    size_t key_size;
    uint8_t key[];
} entry;

typedef struct staged {
    bpo__cell *cell;
    int64_t value;
    int64_t weight;
} staged;

struct bpo__cells {
    bpo_context *context;
    bpo__map map; /* key -> entry */
    staged *staged;
    size_t staged_count;
    size_t staged_capacity;
};

typedef struct key {
    size_t size;
    uint8_t bytes[KEY_SIZE_MAX];
} key;

static bool key_make(const bpo__cell_name *name, key *ret_key)
{
    if (name->id.size + name->dimension.size + name->value.size > NAME_SIZE_MAX)
        return false;
    uint8_t *to = ret_key->bytes;
    *to++ = name->level;
    *to++ = (uint8_t)name->role;
    memcpy(to, &name->period_start, sizeof name->period_start);
    to = bpo__put_text(to + sizeof name->period_start, name->id);
    to = bpo__put_text(to, name->dimension);
    to = bpo__put_text(to, name->value);
    ret_key->size = (size_t)(to - ret_key->bytes);
    return true;
}

static bpo__text key_text(const void *bytes, size_t size)
{
    return (bpo__text){(const char *)bytes, size};
}

/* The name with its texts in the entry's own key. */
static bpo__cell_name name_in_key(const bpo__cell_name *name, const uint8_t *bytes, size_t size)
{
    bpo__cell_name own = *name;
    size_t fixed = 2 + sizeof name->period_start;
    bpo__reader from = bpo__reader_of(bytes + fixed, size - fixed);
    (void)bpo__read_text(&from, &own.id); /* written by key_make */
    (void)bpo__read_text(&from, &own.dimension);
    (void)bpo__read_text(&from, &own.value);
    return own;
}

static void entry_free(bpo_context *context, entry *e)
{
    bpo__cell_free(e->cell);
    bpo__free(context, e, sizeof *e + e->key_size);
}

/* Takes the cell over; on failure it is the caller's still. */
static bpo_status insert(bpo__cells *cells, const bpo__cell_name *name, const key *k, bpo__cell *cell)
{
    entry *e = bpo__alloc(cells->context, sizeof *e + k->size);
    if (!e)
        return BPO_E_NOMEM;
    memcpy(e->key, k->bytes, k->size);
    e->key_size = k->size;
    e->name = name_in_key(name, e->key, k->size);
    e->cell = cell;
    bpo_status status = bpo__map_set(&cells->map, key_text(e->key, k->size), e);
    if (status != BPO_OK)
        bpo__free(cells->context, e, sizeof *e + k->size);
    return status;
}

static bpo_status find_or_make(bpo__cells *cells, const bpo__cell_name *name, bpo__cell_kind kind,
                               bpo__cell **ret_cell)
{
    key k;
    bpo__cell *cell = NULL;
    if (!key_make(name, &k))
        return BPO_E_LIMIT;
    const entry *found = (const entry *)bpo__map_get(&cells->map, key_text(k.bytes, k.size));
    if (found) {
        *ret_cell = found->cell;
        return bpo__cell_kind_of(found->cell) == kind ? BPO_OK : BPO_E_MISMATCH;
    }
    bpo_status status = bpo__cell_new(cells->context, kind, &cell);
    if (status == BPO_OK)
        status = insert(cells, name, &k, cell);
    if (status == BPO_OK)
        *ret_cell = cell;
    else
        bpo__cell_free(cell);
    return status;
}

static const entry *next_entry(const bpo__cells *cells, size_t *position)
{
    const bpo__map_entry *next = bpo__map_next(&cells->map, position);
    return next ? (const entry *)next->value : NULL;
}

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_names(const bpo__cell_name *a, const bpo__cell_name *b)
{
    int order = compare_numbers(a->level, b->level);
    if (order == 0)
        order = bpo__text_compare(a->id, b->id);
    if (order == 0)
        order = bpo__text_compare(a->dimension, b->dimension);
    if (order == 0)
        order = bpo__text_compare(a->value, b->value);
    if (order == 0)
        order = compare_numbers(a->role, b->role);
    return order == 0 ? compare_numbers(a->period_start, b->period_start) : order;
}

static int compare_items(const void *a, const void *b, void *user)
{
    (void)user;
    return compare_names(&((const bpo__cell_item *)a)->name, &((const bpo__cell_item *)b)->name);
}

static size_t count_full(const bpo__cells *cells)
{
    size_t count = 0, position = 0;
    for (const entry *e = next_entry(cells, &position); e; e = next_entry(cells, &position))
        count += !bpo__cell_is_empty(e->cell);
    return count;
}

static bpo_status write_item(const bpo__cell_item *item, bpo__buffer *into)
{
    bpo_status status = bpo__buffer_append_byte(into, item->name.level);
    if (status == BPO_OK)
        status = bpo__write_text(into, item->name.id);
    if (status == BPO_OK)
        status = bpo__write_text(into, item->name.dimension);
    if (status == BPO_OK)
        status = bpo__write_text(into, item->name.value);
    if (status == BPO_OK)
        status = bpo__buffer_append_byte(into, (uint8_t)item->name.role);
    if (status == BPO_OK)
        status = bpo__write_signed(into, item->name.period_start);
    return status == BPO_OK ? bpo__cell_encode(item->cell, into) : status;
}

static bpo_status write_items(const bpo__cell_item *list, size_t count, bpo__buffer *into)
{
    bpo_status status = bpo__write_unsigned(into, count);
    for (size_t i = 0; i < count && status == BPO_OK; i++)
        status = write_item(&list[i], into);
    return status;
}

static bpo_status read_name(bpo__reader *from, bpo__cell_name *ret_name)
{
    uint32_t level = 0, role = 0;
    bool whole = bpo__read_limited(from, 1, &level) == BPO_OK && bpo__read_text(from, &ret_name->id) == BPO_OK &&
                 bpo__read_text(from, &ret_name->dimension) == BPO_OK &&
                 bpo__read_text(from, &ret_name->value) == BPO_OK &&
                 bpo__read_limited(from, BPO__ROLE_INDETERMINATE, &role) == BPO_OK && role >= BPO__ROLE_MEASURE &&
                 bpo__read_signed(from, &ret_name->period_start) == BPO_OK;
    ret_name->level = level == 1;
    ret_name->role = (bpo__cell_role)role;
    return whole ? BPO_OK : BPO_E_CORRUPT;
}

/* Reads the item that must follow `before` (empty id: none yet), and becomes it. */
static bpo_status read_item(bpo__cells *cells, bpo__reader *from, bpo__cell_name *before)
{
    key k;
    bpo__cell_name name;
    bpo__cell *cell = NULL;
    if (read_name(from, &name) != BPO_OK || (before->id.data && compare_names(before, &name) >= 0) ||
        !key_make(&name, &k))
        return BPO_E_CORRUPT;
    bpo_status status = bpo__cell_decode(cells->context, from, &cell);
    if (status != BPO_OK)
        return status;
    status = bpo__cell_is_empty(cell) ? BPO_E_CORRUPT : insert(cells, &name, &k, cell);
    if (status != BPO_OK)
        bpo__cell_free(cell);
    *before = name;
    return status;
}

static bpo_status read_items(bpo__cells *cells, bpo__reader *from)
{
    uint64_t count = 0;
    bpo__cell_name before = {0};
    bpo_status status = bpo__read_unsigned(from, &count);
    for (uint64_t i = 0; i < count && status == BPO_OK; i++)
        status = read_item(cells, from, &before);
    return status;
}

bpo_status bpo__cells_new(bpo_context *context, bpo__cells **ret_cells)
{
    bpo__cells *cells = bpo__alloc_zeroed(context, sizeof *cells);
    if (!cells)
        return BPO_E_NOMEM;
    cells->context = context;
    bpo__map_init(&cells->map, context);
    *ret_cells = cells;
    return BPO_OK;
}

void bpo__cells_free(bpo__cells *cells)
{
    if (!cells)
        return;
    size_t position = 0;
    for (const bpo__map_entry *e = bpo__map_next(&cells->map, &position); e; e = bpo__map_next(&cells->map, &position))
        entry_free(cells->context, (entry *)e->value);
    bpo__map_clear(&cells->map);
    bpo__free(cells->context, cells->staged, cells->staged_capacity * sizeof *cells->staged);
    bpo__free(cells->context, cells, sizeof *cells);
}

bpo_status bpo__cells_stage(bpo__cells *cells, const bpo__cell_name *name, bpo__cell_kind kind, int64_t value,
                            int64_t weight)
{
    staged addition = {NULL, value, weight};
    void *array = cells->staged;
    bpo_status status = bpo__reserve(cells->context, &array, &cells->staged_capacity, cells->staged_count, 1,
                                     sizeof *cells->staged);
    cells->staged = array;
    if (status == BPO_OK)
        status = find_or_make(cells, name, kind, &addition.cell);
    if (status == BPO_OK)
        status = bpo__cell_prepare_add(addition.cell, value, weight);
    if (status == BPO_OK)
        cells->staged[cells->staged_count++] = addition;
    return status;
}

void bpo__cells_commit(bpo__cells *cells)
{
    for (size_t i = 0; i < cells->staged_count; i++) {
        const staged *addition = &cells->staged[i];
        (void)bpo__cell_add(addition->cell, addition->value, addition->weight); /* prepared: cannot fail */
    }
    cells->staged_count = 0;
}

void bpo__cells_abandon(bpo__cells *cells)
{
    cells->staged_count = 0;
}

bpo_status bpo__cells_merge(bpo__cells *cells, const bpo__cells *other)
{
    size_t position = 0;
    bpo__cell *cell;
    for (const entry *e = next_entry(other, &position); e; e = next_entry(other, &position)) {
        if (bpo__cell_is_empty(e->cell))
            continue;
        bpo_status status = find_or_make(cells, &e->name, bpo__cell_kind_of(e->cell), &cell);
        if (status == BPO_OK)
            status = bpo__cell_prepare_merge(cell, e->cell);
        if (status != BPO_OK)
            return status;
    }
    position = 0;
    for (const entry *e = next_entry(other, &position); e; e = next_entry(other, &position)) {
        cell = bpo__cells_find(cells, &e->name); /* none where the other's is empty */
        if (cell && !bpo__cell_is_empty(e->cell))
            (void)bpo__cell_merge(cell, e->cell); /* prepared: cannot fail */
    }
    return BPO_OK;
}

bpo__cell *bpo__cells_find(const bpo__cells *cells, const bpo__cell_name *name)
{
    key k;
    if (!key_make(name, &k))
        return NULL;
    const entry *found = (const entry *)bpo__map_get(&cells->map, key_text(k.bytes, k.size));
    return found ? found->cell : NULL;
}

bpo_status bpo__cells_list(const bpo__cells *cells, bpo__cell_item **ret_list, size_t *ret_count)
{
    size_t count = count_full(cells), position = 0, filled = 0;
    bpo__cell_item *list = bpo__alloc(cells->context, count * sizeof *list);
    if (!list && count > 0)
        return BPO_E_NOMEM;
    for (const entry *e = next_entry(cells, &position); e; e = next_entry(cells, &position)) {
        if (!bpo__cell_is_empty(e->cell))
            list[filled++] = (bpo__cell_item){e->name, e->cell};
    }
    bpo__sort(list, count, sizeof *list, compare_items, NULL);
    *ret_list = list;
    *ret_count = count;
    return BPO_OK;
}

bpo_status bpo__cells_encode(bpo__cells *cells, bpo__buffer *into)
{
    bpo__cell_item *list = NULL;
    size_t count = 0, before = into->size;
    bpo_status status = bpo__cells_list(cells, &list, &count);
    if (status == BPO_OK)
        status = write_items(list, count, into);
    if (status != BPO_OK)
        into->size = before;
    bpo__free(cells->context, list, count * sizeof *list);
    return status;
}

bpo_status bpo__cells_decode(bpo_context *context, bpo__reader *from, bpo__cells **ret_cells)
{
    bpo__reader at = *from;
    bpo__cells *cells = NULL;
    bpo_status status = bpo__cells_new(context, &cells);
    if (status == BPO_OK)
        status = read_items(cells, &at);
    if (status != BPO_OK) {
        bpo__cells_free(cells);
        return status;
    }
    *ret_cells = cells;
    *from = at;
    return BPO_OK;
}

size_t bpo__cells_total(const bpo__cells *cells)
{
    return cells->map.count;
}

size_t bpo__cells_memory(const bpo__cells *cells)
{
    size_t bytes = sizeof *cells + cells->map.capacity * sizeof *cells->map.entries +
                   cells->staged_capacity * sizeof *cells->staged;
    size_t position = 0;
    for (const entry *e = next_entry(cells, &position); e; e = next_entry(cells, &position))
        bytes += sizeof *e + e->key_size + bpo__cell_memory(e->cell);
    return bytes;
}
