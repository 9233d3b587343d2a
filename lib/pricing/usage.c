/* SPDX-License-Identifier: Apache-2.0 */
/* Usage kept by (charge, period, version, distinct value) in a hash table; listed, merged and written in canonical
 * order.
 *
 * A quantity of zero is as good as none: it is not listed and not written. So what a failed call leaves behind at most,
 * a new entry of zero, is not seen by anybody. */
#include "pricing/usage.h"
#include "core/sort.h"
#include "pricing/staging.h"
#include <bpo/decimal.h>

/* Bytes of both texts: the name of a charge and the value of an attribute. */
#define TEXTS_SIZE_MAX 4608
#define KEY_SIZE_MAX (TEXTS_SIZE_MAX + 64)

typedef struct entry {
    bpo__usage_item item; /* its texts lie in key */
    size_t key_size;
    uint8_t key[];
} entry;

typedef struct staged {
    entry *into;
    bpo_decimal quantity; /* what it will be */
} staged;

struct bpo__usage {
    bpo_context *context;
    bpo__map map; /* key -> entry */
    staged *staged;
    size_t staged_count;
    size_t staged_capacity;
    bpo__sightings sightings; /* of the subject at hand */
};

typedef struct key {
    size_t size;
    uint8_t bytes[KEY_SIZE_MAX];
} key;

static bool key_make(const bpo__usage_item *item, key *ret_key)
{
    if (item->charge.size + item->distinct.size > TEXTS_SIZE_MAX)
        return false;
    uint8_t *to = ret_key->bytes;
    memcpy(to, &item->period_start, sizeof item->period_start);
    to = bpo__put_text(to + sizeof item->period_start, item->charge);
    to = bpo__put_unsigned(to, item->version);
    *to++ = item->keyed;
    to = bpo__put_text(to, item->distinct);
    ret_key->size = (size_t)(to - ret_key->bytes);
    return true;
}

static bpo__text key_text(const void *bytes, size_t size)
{
    return (bpo__text){(const char *)bytes, size};
}

/* Points the item's texts into the entry's own key, as key_make wrote it. */
static void own_texts(entry *e)
{
    size_t fixed = sizeof e->item.period_start;
    uint64_t skipped;
    bpo__reader from = bpo__reader_of(e->key + fixed, e->key_size - fixed);
    (void)bpo__read_text(&from, &e->item.charge);
    (void)bpo__read_unsigned(&from, &skipped); /* version */
    (void)bpo__read_unsigned(&from, &skipped); /* keyed */
    (void)bpo__read_text(&from, &e->item.distinct);
}

static bpo_status insert(bpo__usage *usage, const bpo__usage_item *item, const key *k, entry **ret_entry)
{
    entry *e = bpo__alloc(usage->context, sizeof *e + k->size);
    if (!e)
        return BPO_E_NOMEM;
    memcpy(e->key, k->bytes, k->size);
    e->key_size = k->size;
    e->item = *item;
    own_texts(e);
    bpo_status status = bpo__map_set(&usage->map, key_text(e->key, k->size), e);
    if (status == BPO_OK)
        *ret_entry = e;
    else
        bpo__free(usage->context, e, sizeof *e + k->size);
    return status;
}

/* The entry of the item's name, new ones at zero. */
static bpo_status find_or_make(bpo__usage *usage, const bpo__usage_item *item, entry **ret_entry)
{
    key k;
    if (!key_make(item, &k))
        return BPO_E_LIMIT;
    entry *found = bpo__map_get(&usage->map, key_text(k.bytes, k.size));
    if (found) {
        *ret_entry = found;
        return BPO_OK;
    }
    bpo__usage_item empty = *item;
    empty.quantity = (bpo_decimal){0};
    return insert(usage, &empty, &k, ret_entry);
}

static bool is_zero(const bpo_decimal *quantity)
{
    return quantity->hi == 0 && quantity->lo == 0;
}

/* Equal quantities have equal bytes, whatever was added and taken back: no zeros at the end. */
static bpo_decimal shortest(bpo_decimal quantity)
{
    bpo_decimal shorter;
    while (quantity.scale > 0 &&
           bpo_decimal_round(&quantity, quantity.scale - 1, BPO_ROUNDING_DOWN, NULL, &shorter) == BPO_OK &&
           bpo_decimal_compare(&shorter, &quantity) == 0)
        quantity = shorter;
    return quantity;
}

static const entry *next_entry(const bpo__usage *usage, size_t *position)
{
    const bpo__map_entry *next = bpo__map_next(&usage->map, position);
    return next ? (const entry *)next->value : NULL;
}

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_names(const bpo__usage_item *a, const bpo__usage_item *b)
{
    int order = bpo__text_compare(a->charge, b->charge);
    if (order == 0)
        order = compare_numbers(a->period_start, b->period_start);
    if (order == 0)
        order = compare_numbers(a->version, b->version);
    if (order == 0)
        order = compare_numbers(a->keyed, b->keyed);
    return order == 0 ? bpo__text_compare(a->distinct, b->distinct) : order;
}

static int compare_items(const void *a, const void *b, void *user)
{
    (void)user;
    return compare_names(a, b);
}

static size_t count_entries(const bpo__usage *usage, bool additive, bool keyed)
{
    size_t count = 0, position = 0;
    for (const entry *e = next_entry(usage, &position); e; e = next_entry(usage, &position))
        count += !is_zero(&e->item.quantity) && (e->item.keyed ? keyed : additive);
    return count;
}

static bpo_status write_item(const bpo__usage_item *item, bpo__buffer *into)
{
    bpo_status status = bpo__write_text(into, item->charge);
    if (status == BPO_OK)
        status = bpo__write_signed(into, item->period_start);
    if (status == BPO_OK)
        status = bpo__write_unsigned(into, item->version);
    if (status == BPO_OK)
        status = bpo__buffer_append_byte(into, item->keyed);
    if (status == BPO_OK && item->keyed)
        status = bpo__write_text(into, item->distinct);
    return status == BPO_OK ? bpo__write_decimal(into, &item->quantity) : status;
}

static bpo_status write_items(const bpo__usage_item *list, size_t count, bpo__buffer *into)
{
    bpo_status status = bpo__write_unsigned(into, count);
    for (size_t i = 0; i < count && status == BPO_OK; i++)
        status = write_item(&list[i], into);
    return status;
}

static bool read_item(bpo__reader *from, bpo__usage_item *ret_item)
{
    uint32_t keyed = 0;
    if (bpo__read_text(from, &ret_item->charge) != BPO_OK ||
        bpo__read_signed(from, &ret_item->period_start) != BPO_OK ||
        bpo__read_limited(from, UINT32_MAX, &ret_item->version) != BPO_OK ||
        bpo__read_limited(from, 1, &keyed) != BPO_OK)
        return false;
    ret_item->keyed = keyed == 1;
    if (ret_item->keyed && bpo__read_text(from, &ret_item->distinct) != BPO_OK)
        return false;
    bpo_decimal zero = {0}, checked; /* a sum with nothing refuses what has too many digits */
    return bpo__read_decimal(from, &ret_item->quantity) == BPO_OK && !is_zero(&ret_item->quantity) &&
           bpo_decimal_add(&zero, &ret_item->quantity, &checked) == BPO_OK &&
           shortest(checked).scale == ret_item->quantity.scale;
}

static bpo_status read_items(bpo__usage *usage, bpo__reader *from)
{
    uint64_t count = 0;
    bpo__usage_item before = {.keyed = false};
    bpo_status status = bpo__read_unsigned(from, &count);
    for (uint64_t i = 0; i < count && status == BPO_OK; i++) {
        key k;
        entry *into;
        bpo__usage_item item = {.keyed = false};
        if (!read_item(from, &item) || (i > 0 && compare_names(&before, &item) >= 0) || !key_make(&item, &k))
            return BPO_E_CORRUPT;
        status = insert(usage, &item, &k, &into);
        before = item;
    }
    return status;
}

bpo_status bpo__usage_new(bpo_context *context, bpo__usage **ret_usage)
{
    bpo__usage *usage = bpo__alloc_zeroed(context, sizeof *usage);
    if (!usage)
        return BPO_E_NOMEM;
    usage->context = context;
    bpo__map_init(&usage->map, context);
    bpo__sightings_init(&usage->sightings, context);
    *ret_usage = usage;
    return BPO_OK;
}

void bpo__usage_free(bpo__usage *usage)
{
    if (!usage)
        return;
    size_t position = 0;
    for (const bpo__map_entry *next = bpo__map_next(&usage->map, &position); next;
         next = bpo__map_next(&usage->map, &position)) {
        entry *e = next->value;
        bpo__free(usage->context, e, sizeof *e + e->key_size);
    }
    bpo__map_clear(&usage->map);
    bpo__sightings_clear(&usage->sightings);
    bpo__free(usage->context, usage->staged, usage->staged_capacity * sizeof *usage->staged);
    bpo__free(usage->context, usage, sizeof *usage);
}

bpo_status bpo__usage_stage(bpo__usage *usage, const bpo__usage_item *addition)
{
    staged next;
    void *array = usage->staged;
    bpo_status status = bpo__reserve(usage->context, &array, &usage->staged_capacity, usage->staged_count, 1,
                                     sizeof *usage->staged);
    usage->staged = array;
    if (status == BPO_OK)
        status = find_or_make(usage, addition, &next.into);
    if (status == BPO_OK)
        status = bpo_decimal_add(&next.into->item.quantity, &addition->quantity, &next.quantity);
    if (status == BPO_OK)
        usage->staged[usage->staged_count++] = next;
    return status;
}

void bpo__usage_commit(bpo__usage *usage)
{
    for (size_t i = 0; i < usage->staged_count; i++)
        usage->staged[i].into->item.quantity = shortest(usage->staged[i].quantity);
    usage->staged_count = 0;
}

void bpo__usage_abandon(bpo__usage *usage)
{
    usage->staged_count = 0;
}

bpo__sightings *bpo__usage_sightings(bpo__usage *usage)
{
    return &usage->sightings;
}

bpo_status bpo__usage_merge(bpo__usage *usage, const bpo__usage *other)
{
    size_t position = 0;
    bpo_status status = BPO_OK;
    for (const entry *e = next_entry(other, &position); e && status == BPO_OK; e = next_entry(other, &position)) {
        if (!is_zero(&e->item.quantity))
            status = bpo__usage_stage(usage, &e->item);
    }
    if (status == BPO_OK)
        bpo__usage_commit(usage);
    else
        bpo__usage_abandon(usage);
    return status;
}

void bpo__usage_forget(bpo__usage *usage, bpo_time before)
{
    size_t position = 0;
    for (const bpo__map_entry *next = bpo__map_next(&usage->map, &position); next;
         next = bpo__map_next(&usage->map, &position)) {
        entry *e = next->value;
        if (e->item.period_start < before)
            e->item.quantity = (bpo_decimal){0};
    }
}

bpo_status bpo__usage_list(const bpo__usage *usage, bpo__usage_item **ret_list, size_t *ret_count)
{
    size_t count = count_entries(usage, true, true), position = 0, filled = 0;
    bpo__usage_item *list = bpo__alloc(usage->context, count * sizeof *list);
    if (!list && count > 0)
        return BPO_E_NOMEM;
    for (const entry *e = next_entry(usage, &position); e; e = next_entry(usage, &position)) {
        if (!is_zero(&e->item.quantity))
            list[filled++] = e->item;
    }
    bpo__sort(list, count, sizeof *list, compare_items, NULL);
    *ret_list = list;
    *ret_count = count;
    return BPO_OK;
}

bpo_decimal bpo__usage_item_quantity(const bpo__usage_item *item)
{
    if (!item->keyed)
        return item->quantity;
    bpo_decimal one = {.lo = item->quantity.hi >= 0 && !is_zero(&item->quantity)};
    return one;
}

bpo_status bpo__usage_encode(bpo__usage *usage, bpo__buffer *into)
{
    bpo__usage_item *list = NULL;
    size_t count = 0, before = into->size;
    bpo_status status = bpo__usage_list(usage, &list, &count);
    if (status == BPO_OK)
        status = write_items(list, count, into);
    if (status != BPO_OK)
        into->size = before;
    bpo__free(usage->context, list, count * sizeof *list);
    return status;
}

bpo_status bpo__usage_decode(bpo_context *context, bpo__reader *from, bpo__usage **ret_usage)
{
    bpo__reader at = *from;
    bpo__usage *usage = NULL;
    bpo_status status = bpo__usage_new(context, &usage);
    if (status == BPO_OK)
        status = read_items(usage, &at);
    if (status != BPO_OK) {
        bpo__usage_free(usage);
        return status;
    }
    *ret_usage = usage;
    *from = at;
    return BPO_OK;
}

size_t bpo__usage_additive_count(const bpo__usage *usage)
{
    return count_entries(usage, true, false);
}

size_t bpo__usage_keyed_count(const bpo__usage *usage)
{
    return count_entries(usage, false, true);
}

size_t bpo__usage_memory(const bpo__usage *usage)
{
    size_t bytes = sizeof *usage + usage->map.capacity * sizeof *usage->map.entries +
                   usage->staged_capacity * sizeof *usage->staged +
                   usage->sightings.capacity * sizeof *usage->sightings.items;
    size_t position = 0;
    for (const entry *e = next_entry(usage, &position); e; e = next_entry(usage, &position))
        bytes += sizeof *e + e->key_size;
    return bytes;
}
