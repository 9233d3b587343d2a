/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "core/map.h"
#include "support/fault.h"
#include <string.h>

#define KEYS 512
#define MANY 200000

static char key_texts[KEYS][8];
static uint64_t seed = 7;

static uint32_t next_random(void)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(seed >> 33);
}

/* Keys of every length from 0 to 7 and more. */
static bpo__text key_of(size_t index)
{
    size_t size = 0;
    for (size_t left = index; left != 0; left /= 3)
        key_texts[index][size++] = (char)('a' + left % 3);
    return (bpo__text){key_texts[index], size};
}

static bpo_context *new_context(void)
{
    bpo_context *context = NULL;
    assert_int_equal(bpo_context_new(NULL, &context, NULL), BPO_OK);
    return context;
}

/* Everything that the model knows is in the map, and nothing else. */
static void assert_same(const bpo__map *map, void *const *model)
{
    size_t count = 0;
    size_t walked = 0;
    size_t position = 0;
    for (size_t i = 0; i < KEYS; i++) {
        assert_ptr_equal(bpo__map_get(map, key_of(i)), model[i]);
        count += model[i] != NULL;
    }
    assert_int_equal(map->count, count);
    for (const bpo__map_entry *entry; (entry = bpo__map_next(map, &position)) != NULL; walked++)
        assert_ptr_equal(bpo__map_get(map, entry->key), entry->value);
    assert_int_equal(walked, count);
}

static void sets_and_removes_agree_with_a_plain_array(void **state)
{
    static void *model[KEYS];
    bpo_context *context = new_context();
    bpo__map map;
    (void)state;
    bpo__map_init(&map, context);
    for (size_t round = 0; round < 40000; round++) {
        size_t index = next_random() % (round < 20000 ? KEYS : 40);
        model[index] = next_random() % 2 ? &model[next_random() % KEYS] : NULL;
        if (model[index])
            assert_int_equal(bpo__map_set(&map, key_of(index), model[index]), BPO_OK);
        else
            bpo__map_remove(&map, key_of(index));
        if (round % 500 == 0)
            assert_same(&map, model);
    }
    assert_same(&map, model);
    bpo__map_clear(&map);
    bpo_context_unref(context);
}

static void an_empty_map_answers(void **state)
{
    bpo_context *context = new_context();
    bpo__map map;
    size_t position = 0;
    (void)state;
    bpo__map_init(&map, context);
    assert_null(bpo__map_get(&map, BPO__TEXT("a")));
    bpo__map_remove(&map, BPO__TEXT("a"));
    assert_null(bpo__map_next(&map, &position));
    bpo__map_clear(&map);
    assert_int_equal(bpo__map_set(&map, BPO__TEXT(""), &map), BPO_OK);
    assert_ptr_equal(bpo__map_get(&map, bpo__text_of(NULL)), &map);
    bpo__map_remove(&map, BPO__TEXT("absent"));
    assert_int_equal(map.count, 1);
    bpo__map_clear(&map);
    bpo_context_unref(context);
}

/* A replaced entry borrows the new key, so that the old one may go. */
static void a_replaced_entry_keeps_the_new_key(void **state)
{
    char older[] = "key";
    char newer[] = "key";
    bpo_context *context = new_context();
    bpo__map map;
    size_t position = 0;
    (void)state;
    bpo__map_init(&map, context);
    assert_int_equal(bpo__map_set(&map, bpo__text_of(older), older), BPO_OK);
    assert_int_equal(bpo__map_set(&map, bpo__text_of(newer), newer), BPO_OK);
    assert_int_equal(map.count, 1);
    assert_ptr_equal(bpo__map_next(&map, &position)->key.data, newer);
    assert_ptr_equal(bpo__map_get(&map, BPO__TEXT("key")), newer);
    bpo__map_clear(&map);
    bpo_context_unref(context);
}

/* Keys that differ in one number at the end, as hosts make them: no long runs of filled entries. */
static void many_keys_stay_apart(void **state)
{
    typedef char name[16];
    bpo_context *context = new_context();
    name *names = bpo__alloc(context, MANY * sizeof(name));
    size_t longest = 0;
    size_t run = 0;
    bpo__map map;
    (void)state;
    bpo__map_init(&map, context);
    for (size_t i = 0; i < MANY; i++) {
        memcpy(names[i], "ticket-", 7);
        bpo__unsigned_format(i, names[i] + 7);
        assert_int_equal(bpo__map_set(&map, bpo__text_of(names[i]), names[i]), BPO_OK);
    }
    for (size_t i = 0; i < map.capacity; i++) {
        run = map.entries[i].used ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    assert_true(longest < 200);
    for (size_t i = 0; i < MANY; i++)
        assert_ptr_equal(bpo__map_get(&map, bpo__text_of(names[i])), names[i]);
    for (size_t i = 0; i < MANY; i++)
        bpo__map_remove(&map, bpo__text_of(names[i]));
    assert_int_equal(map.count, 0);
    bpo__map_clear(&map);
    bpo__free(context, names, MANY * sizeof(name));
    bpo_context_unref(context);
}

static bpo_status entries_are_set(fault_host *fault, void *user)
{
    static void *model[KEYS];
    bpo_context *context = NULL;
    bpo__map map;
    (void)user;
    memset(model, 0, sizeof(model));
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    if (status != BPO_OK)
        return status;
    bpo__map_init(&map, context);
    for (size_t i = 0; i < 100 && status == BPO_OK; i++) {
        status = bpo__map_set(&map, key_of(i), &model[i]);
        model[i] = status == BPO_OK ? &model[i] : NULL;
    }
    assert_same(&map, model);
    bpo__map_clear(&map);
    bpo_context_unref(context);
    return status;
}

static void lack_of_memory_changes_nothing(void **state)
{
    (void)state;
    assert_int_equal(fault_torture(entries_are_set, NULL), 6); /* the context; room for 16, 32, 64, 128 and 256 */
}

static bpo_status reserved_entries_are_set(fault_host *fault, void *user)
{
    bpo_context *context = NULL;
    bpo__map map;
    (void)user;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    if (status != BPO_OK)
        return status;
    bpo__map_init(&map, context);
    status = bpo__map_reserve(&map, KEYS);
    size_t calls = fault->memory.calls;
    for (size_t i = 0; i < KEYS && status == BPO_OK; i++)
        assert_int_equal(bpo__map_set(&map, key_of(i), context), BPO_OK);
    assert_int_equal(fault->memory.calls, calls);
    assert_int_equal(bpo__map_reserve(&map, SIZE_MAX / 2), BPO_E_NOMEM);
    assert_int_equal(map.count, status == BPO_OK ? KEYS : 0);
    bpo__map_clear(&map);
    bpo_context_unref(context);
    return status;
}

static void a_reserve_makes_sets_infallible(void **state)
{
    (void)state;
    assert_int_equal(fault_torture(reserved_entries_are_set, NULL), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sets_and_removes_agree_with_a_plain_array),
        cmocka_unit_test(an_empty_map_answers),
        cmocka_unit_test(a_replaced_entry_keeps_the_new_key),
        cmocka_unit_test(many_keys_stay_apart),
        cmocka_unit_test(lack_of_memory_changes_nothing),
        cmocka_unit_test(a_reserve_makes_sets_infallible),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
