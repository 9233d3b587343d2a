/* SPDX-License-Identifier: Apache-2.0 */
/* Sorting in place: quicksort by the median of three, insertion for short runs, and heapsort for a run that
 * quicksort splits badly too often. So O(n log n) at worst; the stack of runs is bounded by the bits of a size. */
#include "core/sort.h"
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define SHORT_RUN 12
#define RUNS_MOST (sizeof(size_t) * CHAR_BIT)

typedef struct order {
    char *base;
    size_t item_size;
    int (*compare)(const void *a, const void *b, void *user);
    void *user;
} order;

/* Items first..last, both included. */
typedef struct run {
    size_t first;
    size_t last;
    size_t splits_left;
} run;

static char *item(const order *o, size_t index)
{
    return o->base + index * o->item_size;
}

static bool is_less(const order *o, size_t a, size_t b)
{
    return o->compare(item(o, a), item(o, b), o->user) < 0;
}

static void swap_items(const order *o, size_t a, size_t b)
{
    char *x = item(o, a);
    char *y = item(o, b);
    size_t left = o->item_size;
    for (uint64_t held; left >= sizeof(held); left -= sizeof(held), x += sizeof(held), y += sizeof(held)) {
        memcpy(&held, x, sizeof(held));
        memcpy(x, y, sizeof(held));
        memcpy(y, &held, sizeof(held));
    }
    for (char held; left > 0; left--, x++, y++) {
        held = *x;
        *x = *y;
        *y = held;
    }
}

static void insertion_sort(const order *o, run r)
{
    for (size_t i = r.first + 1; i <= r.last; i++) {
        for (size_t j = i; j > r.first && is_less(o, j, j - 1); j--)
            swap_items(o, j, j - 1);
    }
}

/* Moves the root of a heap over `count` items from `first` down to its place. */
static void sift_down(const order *o, size_t first, size_t root, size_t count)
{
    for (size_t child = 2 * root + 1; child < count; child = 2 * root + 1) {
        if (child + 1 < count && is_less(o, first + child, first + child + 1))
            child++;
        if (!is_less(o, first + root, first + child))
            return;
        swap_items(o, first + root, first + child);
        root = child;
    }
}

static void heap_sort(const order *o, run r)
{
    size_t count = r.last - r.first + 1;
    for (size_t root = count / 2; root-- > 0;)
        sift_down(o, r.first, root, count);
    for (size_t end = count; end-- > 1;) {
        swap_items(o, r.first, r.first + end);
        sift_down(o, r.first, 0, end);
    }
}

/* Puts the median of first, middle and last at the first place. */
static void choose_pivot(const order *o, run r)
{
    size_t middle = r.first + (r.last - r.first) / 2;
    if (is_less(o, middle, r.first))
        swap_items(o, middle, r.first);
    if (is_less(o, r.last, middle))
        swap_items(o, r.last, middle);
    if (is_less(o, middle, r.first))
        swap_items(o, middle, r.first);
    swap_items(o, r.first, middle);
}

/* Splits around the first item and returns where it comes to lie. Both scans stop at items equal to it, so that
 * many equal items still split in the middle. */
static size_t split(const order *o, run r)
{
    size_t low = r.first;
    size_t high = r.last + 1;
    for (;;) {
        do
            low++;
        while (low < r.last && is_less(o, low, r.first));
        do
            high--;
        while (high > r.first && is_less(o, r.first, high));
        if (low >= high)
            break;
        swap_items(o, low, high);
    }
    swap_items(o, r.first, high);
    return high;
}

static size_t splits_allowed(size_t count)
{
    size_t allowed = 0;
    for (; count > 1; count /= 2)
        allowed += 2;
    return allowed;
}

/* Sorts the shorter part at once and keeps the longer for later, so that each waiting run is at least as long as all
 * that is sorted before it: no more than one per bit of a size waits. */
static void quick_sort(const order *o, run r)
{
    run waiting[RUNS_MOST];
    size_t count = 0;
    for (;;) {
        while (r.last - r.first >= SHORT_RUN && r.splits_left > 0) {
            choose_pivot(o, r);
            size_t pivot = split(o, r);
            run left = {r.first, pivot > r.first ? pivot - 1 : r.first, r.splits_left - 1};
            run right = {pivot < r.last ? pivot + 1 : r.last, r.last, r.splits_left - 1};
            bool left_is_longer = left.last - left.first > right.last - right.first;
            waiting[count++] = left_is_longer ? left : right;
            r = left_is_longer ? right : left;
        }
        if (r.last - r.first >= SHORT_RUN)
            heap_sort(o, r);
        else
            insertion_sort(o, r);
        if (count == 0)
            return;
        r = waiting[--count];
    }
}

void bpo__sort(void *base, size_t count, size_t item_size, int (*compare)(const void *a, const void *b, void *user),
               void *user)
{
    if (count < 2)
        return;
    order o = {base, item_size, compare, user};
    run whole = {0, count - 1, splits_allowed(count)};
    quick_sort(&o, whole);
}
