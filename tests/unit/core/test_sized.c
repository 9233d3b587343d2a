/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "core/sized.h"
#include <string.h>

/* A struct of three versions: the first, ours, and one to come. */
typedef struct first {
    uint32_t struct_size;
    uint32_t a;
} first;

typedef struct ours {
    uint32_t struct_size;
    uint32_t a;
    uint64_t b;
} ours;

typedef struct later {
    uint32_t struct_size;
    uint32_t a;
    uint64_t b;
    uint64_t c;
} later;

static bpo_status read_ours(const void *from, ours *into)
{
    return bpo__sized_read(from, sizeof(first), into, sizeof(ours));
}

static void an_older_caller_gets_zeros_for_what_it_does_not_know(void **state)
{
    const struct {
        first value;
        uint64_t beyond;
    } caller = {{sizeof(first), 7}, UINT64_MAX};
    ours known = {1, 1, 1};
    (void)state;
    assert_int_equal(read_ours(&caller.value, &known), BPO_OK);
    assert_int_equal(known.struct_size, sizeof(ours));
    assert_int_equal(known.a, 7);
    assert_int_equal(known.b, 0);
}

static void a_newer_caller_is_understood_while_the_new_is_not_used(void **state)
{
    later caller = {sizeof(later), 7, 8, 0};
    ours known = {0};
    (void)state;
    assert_int_equal(read_ours(&caller, &known), BPO_OK);
    assert_int_equal(known.a, 7);
    assert_int_equal(known.b, 8);
}

static void what_a_newer_caller_asks_for_is_refused_and_nothing_is_read(void **state)
{
    (void)state;
    for (size_t byte = sizeof(ours); byte < sizeof(later); byte++) {
        later caller = {sizeof(later), 7, 8, 0};
        ours known = {1, 2, 3};
        ((unsigned char *)&caller)[byte] = 1;
        assert_int_equal(read_ours(&caller, &known), BPO_E_ABI);
        assert_int_equal(known.struct_size, 1);
        assert_int_equal(known.a, 2);
        assert_int_equal(known.b, 3);
    }
}

static void sizes_that_nobody_sets_are_refused(void **state)
{
    static const uint32_t sizes[] = {0, 4, sizeof(first) - 1, BPO__SIZED_MOST + 1, UINT32_MAX};
    (void)state;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        ours caller = {sizes[i], 7, 8};
        ours known = {1, 2, 3};
        assert_int_equal(read_ours(&caller, &known), BPO_E_ABI);
        assert_int_equal(known.a, 2);
        assert_int_equal(bpo__sized_write(&known, sizeof(ours), &caller, sizeof(first)), BPO_E_ABI);
        assert_int_equal(caller.a, 7);
        assert_int_equal(caller.b, 8);
    }
}

static void writing_ends_where_an_older_struct_ends(void **state)
{
    struct {
        first value;
        uint64_t beyond;
    } caller = {{sizeof(first), 0}, 99};
    const ours known = {sizeof(ours), 7, 8};
    (void)state;
    assert_int_equal(bpo__sized_write(&known, sizeof(known), &caller.value, sizeof(first)), BPO_OK);
    assert_int_equal(caller.value.struct_size, sizeof(first));
    assert_int_equal(caller.value.a, 7);
    assert_int_equal(caller.beyond, 99);
}

static void writing_leaves_a_newer_tail_alone(void **state)
{
    later caller = {sizeof(later), 0, 0, 99};
    const ours known = {sizeof(ours), 7, 8};
    (void)state;
    assert_int_equal(bpo__sized_write(&known, sizeof(known), &caller, sizeof(first)), BPO_OK);
    assert_int_equal(caller.struct_size, sizeof(later));
    assert_int_equal(caller.a, 7);
    assert_int_equal(caller.b, 8);
    assert_int_equal(caller.c, 99);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_older_caller_gets_zeros_for_what_it_does_not_know),
        cmocka_unit_test(a_newer_caller_is_understood_while_the_new_is_not_used),
        cmocka_unit_test(what_a_newer_caller_asks_for_is_refused_and_nothing_is_read),
        cmocka_unit_test(sizes_that_nobody_sets_are_refused),
        cmocka_unit_test(writing_ends_where_an_older_struct_ends),
        cmocka_unit_test(writing_leaves_a_newer_tail_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
