/* SPDX-License-Identifier: Apache-2.0 */
/* A multiset of integers with signed counts, appended to quickly and settled when read.
 *
 * Settling sorts the appended items by radix into the free room behind them (only the bytes in which they differ) and
 * merges them backward into those in order. After it no more than half of the array may be in use, so each item is
 * moved a bounded number of times on average. */
#include "kpi/distribution.h"

#define INSERTION_MAX 32 /* below it the passes of a radix sort do not pay */
#define SETTLED_CAPACITY_MIN 128 /* below it growing is cheaper than settling time and again */
#define MAGNITUDE_MAX ((uint64_t)INT64_MAX)

static uint64_t magnitude_of(int64_t count)
{
    return count < 0 ? UINT64_C(0) - (uint64_t)count : (uint64_t)count;
}

/* Maps the order of signed values to that of unsigned ones. */
static uint64_t sort_key(bpo__value_count item)
{
    return (uint64_t)item.value ^ (UINT64_C(1) << 63);
}

static uint64_t differing_bits(const bpo__value_count *items, size_t count)
{
    uint64_t bits = 0;
    for (size_t i = 1; i < count; i++)
        bits |= sort_key(items[i]) ^ sort_key(items[0]);
    return bits;
}

static void insertion_sort(const bpo__value_count *from, bpo__value_count *to, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t j = i;
        for (; j > 0 && to[j - 1].value > from[i].value; j--)
            to[j] = to[j - 1];
        to[j] = from[i];
    }
}

/* One stable pass by the byte at `shift`. */
static void radix_pass(const bpo__value_count *from, bpo__value_count *to, size_t count, unsigned shift)
{
    size_t next[256] = {0};
    for (size_t i = 0; i < count; i++)
        next[(sort_key(from[i]) >> shift) & 255]++;
    size_t start = 0;
    for (size_t digit = 0; digit < 256; digit++) {
        size_t size = next[digit];
        next[digit] = start;
        start += size;
    }
    for (size_t i = 0; i < count; i++)
        to[next[(sort_key(from[i]) >> shift) & 255]++] = from[i];
}

/* Sorts `items` into `room`; both hold `count`, and items are left in any order. */
static void sort_into(bpo__value_count *items, bpo__value_count *room, size_t count)
{
    if (count <= INSERTION_MAX) {
        insertion_sort(items, room, count);
        return;
    }
    bpo__value_count *from = items, *to = room;
    uint64_t differing = differing_bits(items, count);
    for (unsigned shift = 0; shift < 64; shift += 8) {
        if (((differing >> shift) & 255) == 0)
            continue;
        radix_pass(from, to, count, shift);
        bpo__value_count *swapped = from;
        from = to;
        to = swapped;
    }
    if (from != room)
        memcpy(room, items, count * sizeof *room);
}

/* b, or a where the mask is all ones. Without a branch: no processor can foretell which of two sides is greater. */
static int64_t chosen(int64_t a, int64_t b, uint64_t mask)
{
    return (int64_t)((uint64_t)b ^ (((uint64_t)a ^ (uint64_t)b) & mask));
}

/* Merges sorted items, lying outside of the first sorted + count, backward into the settled ones. */
static void merge_sorted(bpo__distribution *d, const bpo__value_count *items, size_t count)
{
    const bpo__value_count *mine = d->items + d->sorted, *theirs = items + count;
    bpo__value_count *first = d->items, *to = first + d->sorted + count;
    while (theirs > items && mine > first) {
        bpo__value_count a = mine[-1], b = theirs[-1];
        size_t greater = a.value > b.value;
        uint64_t mask = UINT64_C(0) - greater;
        *--to = (bpo__value_count){chosen(a.value, b.value, mask), chosen(a.count, b.count, mask)};
        mine -= greater;
        theirs -= 1 - greater;
    }
    if (theirs > items)
        memcpy(first, items, (size_t)(theirs - items) * sizeof *items); /* the least are theirs */
    d->sorted += count;
}

/* Makes equal values one item, drops counts of zero and counts anew what is there. */
static void coalesce(bpo__distribution *d)
{
    size_t kept = 0;
    d->magnitude = 0;
    d->negative = 0;
    for (size_t i = 0; i < d->sorted;) {
        bpo__value_count item = d->items[i++];
        while (i < d->sorted && d->items[i].value == item.value)
            item.count += d->items[i++].count;
        if (item.count == 0)
            continue;
        d->magnitude += magnitude_of(item.count);
        d->negative += item.count < 0;
        d->items[kept++] = item;
    }
    d->sorted = kept;
}

/* Room for more settled and more pending items. May settle, never changes the content. */
static bpo_status make_room(bpo__distribution *d, size_t sorted, size_t pending)
{
    if (d->sorted + sorted + 2 * (d->pending + pending) <= d->capacity)
        return BPO_OK;
    if (d->capacity >= SETTLED_CAPACITY_MIN)
        bpo__distribution_settle(d);
    size_t used = d->sorted + d->pending;
    size_t needed = used + sorted + d->pending + 2 * pending;
    if (needed <= d->capacity && d->sorted <= d->capacity / 2)
        return BPO_OK;
    void *items = d->items;
    size_t extra = needed > d->capacity ? needed - used : d->capacity + 1 - used;
    bpo_status status = bpo__reserve(d->context, &items, &d->capacity, used, extra, sizeof *d->items);
    d->items = items;
    return status;
}

/* Settling may find that much of the magnitude has cancelled out. */
static bpo_status check_magnitude(bpo__distribution *d, uint64_t more)
{
    if (more > MAGNITUDE_MAX)
        return BPO_E_RANGE;
    if (d->magnitude > MAGNITUDE_MAX - more)
        bpo__distribution_settle(d);
    return d->magnitude > MAGNITUDE_MAX - more ? BPO_E_RANGE : BPO_OK;
}

static void append_pending(bpo__distribution *d, int64_t value, int64_t weight)
{
    d->items[d->sorted + d->pending] = (bpo__value_count){value, weight};
    d->pending++;
}

void bpo__distribution_init(bpo__distribution *d, bpo_context *context)
{
    *d = (bpo__distribution){.context = context};
}

void bpo__distribution_clear(bpo__distribution *d)
{
    bpo__free(d->context, d->items, d->capacity * sizeof *d->items);
    bpo__distribution_init(d, d->context);
}

bpo_status bpo__distribution_prepare_add(bpo__distribution *d, int64_t weight)
{
    bpo_status status = check_magnitude(d, magnitude_of(weight));
    return status == BPO_OK ? make_room(d, 0, 1) : status;
}

void bpo__distribution_add(bpo__distribution *d, int64_t value, int64_t weight)
{
    append_pending(d, value, weight);
    d->magnitude += magnitude_of(weight);
    d->count += weight;
}

bpo_status bpo__distribution_prepare_merge(bpo__distribution *d, const bpo__distribution *other)
{
    bpo__distribution_settle(d);
    bpo_status status = check_magnitude(d, other->magnitude);
    return status == BPO_OK ? make_room(d, other->sorted, other->pending) : status;
}

void bpo__distribution_merge(bpo__distribution *d, const bpo__distribution *other)
{
    bpo__distribution_settle(d);
    merge_sorted(d, other->items, other->sorted);
    coalesce(d);
    for (size_t i = 0; i < other->pending; i++) {
        bpo__value_count item = other->items[other->sorted + i];
        append_pending(d, item.value, item.count);
        d->magnitude += magnitude_of(item.count);
    }
    d->count += other->count;
}

bpo_status bpo__distribution_append(bpo__distribution *d, int64_t value, int64_t count)
{
    bool follows = d->sorted == 0 || d->items[d->sorted - 1].value < value;
    if (!follows || count == 0 || magnitude_of(count) > MAGNITUDE_MAX - d->magnitude)
        return BPO_E_RANGE;
    void *items = d->items;
    bpo_status status = bpo__reserve(d->context, &items, &d->capacity, d->sorted, 1, sizeof *d->items);
    if (status != BPO_OK)
        return status;
    d->items = items;
    d->items[d->sorted++] = (bpo__value_count){value, count};
    d->magnitude += magnitude_of(count);
    d->negative += count < 0;
    d->count += count;
    return BPO_OK;
}

void bpo__distribution_settle(bpo__distribution *d)
{
    if (d->pending == 0)
        return;
    size_t pending = d->pending;
    bpo__value_count *room = d->items + d->sorted + pending;
    sort_into(d->items + d->sorted, room, pending);
    d->pending = 0;
    merge_sorted(d, room, pending);
    coalesce(d);
}

int64_t bpo__distribution_ranked(const bpo__distribution *d, int64_t rank)
{
    if (rank > d->count / 2) { /* from the nearer end */
        int64_t above = d->count - rank;
        size_t i = d->sorted - 1;
        for (; above >= d->items[i].count; i--)
            above -= d->items[i].count;
        return d->items[i].value;
    }
    size_t i = 0;
    for (; rank > d->items[i].count; i++)
        rank -= d->items[i].count;
    return d->items[i].value;
}
