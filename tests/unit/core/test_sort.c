/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "core/sort.h"
#include <stdlib.h>
#include <string.h>

#define MOST 4096

/* An odd size, so that both ways of swapping work. */
typedef struct item {
    char key[8];
    char tail[5];
} item;

static size_t comparisons;
static uint64_t seed = 11;

static uint32_t next_random(void)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(seed >> 33);
}

static int compare_items(const void *a, const void *b, void *user)
{
    assert_ptr_equal(user, &comparisons);
    comparisons++;
    return memcmp(((const item *)a)->key, ((const item *)b)->key, sizeof(((const item *)a)->key));
}

static int compare_for_qsort(const void *a, const void *b)
{
    return memcmp(((const item *)a)->key, ((const item *)b)->key, sizeof(((const item *)a)->key));
}

static int compare_numbers(const void *a, const void *b, void *user)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    ++*(size_t *)user;
    return (x > y) - (x < y);
}

static item make_item(uint32_t number)
{
    item made;
    for (size_t i = 0; i < sizeof(made.key); i++)
        made.key[i] = (char)('0' + number / (i == 0 ? 1000 : i == 1 ? 100 : i == 2 ? 10 : 1) % 10);
    memcpy(made.tail, made.key + 3, sizeof(made.tail));
    return made;
}

static void items_are_sorted_as_by_the_c_library(void **state)
{
    static item items[MOST];
    static item expected[MOST];
    (void)state;
    for (size_t count = 0; count < 300; count++) {
        for (uint32_t kinds = 1; kinds <= 10000; kinds *= 10) {
            for (size_t i = 0; i < count; i++)
                items[i] = expected[i] = make_item(next_random() % kinds);
            bpo__sort(items, count, sizeof(item), compare_items, &comparisons);
            qsort(expected, count, sizeof(item), compare_for_qsort);
            assert_memory_equal(items, expected, count * sizeof(item));
        }
    }
}

/* How many comparisons an order costs; it must come out sorted. */
static size_t cost_of(uint32_t *numbers, size_t count)
{
    size_t cost = 0;
    bpo__sort(numbers, count, sizeof(*numbers), compare_numbers, &cost);
    for (size_t i = 1; i < count; i++)
        assert_true(numbers[i - 1] <= numbers[i]);
    return cost;
}

static void known_bad_orders_stay_cheap(void **state)
{
    static uint32_t numbers[MOST];
    (void)state;
    for (uint32_t shape = 0; shape < 6; shape++) {
        for (uint32_t i = 0; i < MOST; i++) {
            const uint32_t shapes[] = {i, MOST - i, 1, i % 2, i < MOST / 2 ? i : MOST - i, i * 2 % (MOST - 1)};
            numbers[i] = shapes[shape];
        }
        assert_true(cost_of(numbers, MOST) < MOST * 12 * 3);
    }
}

/* McIlroy's adversary: it makes up the values while it is asked, always the worst for a quicksort. */
static uint32_t made_up[MOST];
static uint32_t solid;
static uint32_t candidate;

static int compare_adversely(const void *a, const void *b, void *user)
{
    uint32_t x = *(const uint32_t *)a;
    uint32_t y = *(const uint32_t *)b;
    ++*(size_t *)user;
    if (made_up[x] == MOST && made_up[y] == MOST)
        made_up[x == candidate ? x : y] = solid++;
    if (made_up[x] == MOST)
        candidate = x;
    else if (made_up[y] == MOST)
        candidate = y;
    return (made_up[x] > made_up[y]) - (made_up[x] < made_up[y]);
}

static void an_adversary_does_not_make_it_quadratic(void **state)
{
    static uint32_t numbers[MOST];
    size_t cost = 0;
    (void)state;
    for (uint32_t i = 0; i < MOST; i++) {
        numbers[i] = i;
        made_up[i] = MOST;
    }
    bpo__sort(numbers, MOST, sizeof(numbers[0]), compare_adversely, &cost);
    assert_true(cost < MOST * 12 * 6); /* quicksort alone needs half of MOST * MOST */
    for (uint32_t i = 1; i < MOST; i++)
        assert_true(made_up[numbers[i - 1]] <= made_up[numbers[i]]);
}

static int always_less(const void *a, const void *b, void *user)
{
    const uint32_t *first = user;
    assert_true((const uint32_t *)a >= first && (const uint32_t *)a < first + MOST);
    assert_true((const uint32_t *)b >= first && (const uint32_t *)b < first + MOST);
    return -1;
}

static void a_comparison_that_lies_does_no_harm(void **state)
{
    static uint32_t numbers[MOST];
    uint64_t sum = 0;
    (void)state;
    for (uint32_t i = 0; i < MOST; i++)
        numbers[i] = i;
    bpo__sort(numbers, MOST, sizeof(numbers[0]), always_less, numbers);
    for (uint32_t i = 0; i < MOST; i++)
        sum += numbers[i];
    assert_int_equal(sum, (uint64_t)MOST * (MOST - 1) / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_are_sorted_as_by_the_c_library),
        cmocka_unit_test(known_bad_orders_stay_cheap),
        cmocka_unit_test(a_comparison_that_lies_does_no_harm),
        cmocka_unit_test(an_adversary_does_not_make_it_quadratic),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
