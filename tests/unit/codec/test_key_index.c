/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "codec/key_index.h"

enum { COUNT = 1000 };

/* Few hashes for many entries, so that chains are long. */
static uint32_t hash_of(size_t entry)
{
    return (uint32_t)(entry % 37) * 3;
}

static size_t times_found(const bpo__key_index *index, uint32_t hash, size_t position)
{
    size_t cursor = hash, times = 0, found;
    while ((found = bpo__key_index_next(index, &cursor)) != BPO__KEY_INDEX_NONE)
        times += found == position;
    return times;
}

static void every_position_is_found_once_under_its_hash(void **state)
{
    bpo_context *context = NULL;
    bpo__key_index index = {NULL, 0};
    (void)state;
    assert_int_equal(bpo_context_new(NULL, &context, NULL), BPO_OK);
    for (size_t i = 0; i < COUNT; i++) {
        bool moved = false;
        assert_int_equal(bpo__key_index_reserve(&index, context, i + 1, &moved), BPO_OK);
        for (size_t j = 0; moved && j < i; j++)
            bpo__key_index_put(&index, hash_of(j), j);
        bpo__key_index_put(&index, hash_of(i), i);
        assert_true(index.capacity >= 2 * (i + 1));
    }
    for (size_t i = 0; i < COUNT; i++)
        assert_int_equal(times_found(&index, hash_of(i), i), 1);
    bpo__key_index_free(&index, context);
    bpo_context_unref(context);
}

static void positions_from_a_place_on_move_by_one(void **state)
{
    bpo_context *context = NULL;
    bpo__key_index index = {NULL, 0};
    bool moved;
    (void)state;
    assert_int_equal(bpo_context_new(NULL, &context, NULL), BPO_OK);
    assert_int_equal(bpo__key_index_reserve(&index, context, COUNT, &moved), BPO_OK);
    for (size_t i = 0; i < COUNT; i++)
        bpo__key_index_put(&index, hash_of(i), i);
    bpo__key_index_shift(&index, 500);
    for (size_t i = 0; i < COUNT; i++)
        assert_int_equal(times_found(&index, hash_of(i), i < 500 ? i : i + 1), 1);
    bpo__key_index_empty(&index);
    for (size_t i = 0; i < COUNT; i++)
        assert_int_equal(times_found(&index, hash_of(i), i), 0);
    bpo__key_index_free(&index, context);
    bpo_context_unref(context);
}

static void the_hash_is_fnv_1a(void **state)
{
    (void)state;
    assert_int_equal(bpo__key_hash(BPO__TEXT("")), 0x811c9dc5);
    assert_int_equal(bpo__key_hash(BPO__TEXT("foobar")), 0xbf9cf968);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_position_is_found_once_under_its_hash),
        cmocka_unit_test(positions_from_a_place_on_move_by_one),
        cmocka_unit_test(the_hash_is_fnv_1a),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
