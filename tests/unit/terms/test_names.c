/* SPDX-License-Identifier: Apache-2.0 */
/* Names: interned once, ids stable, texts that never move. */
#include "terms_support.h"

#include "terms/names.h"
#include <bpo/fact.h>

static void a_name_has_one_id(void **state)
{
    bpo_context *context = context_new();
    bpo__names *names = NULL;
    uint32_t first, again, other;

    (void)state;
    assert_int_equal(bpo__names_new(context, &names), BPO_OK);
    assert_int_equal(bpo__names_intern(names, BPO__TEXT("shoe_size"), &first), BPO_OK);
    assert_int_equal(bpo__names_intern(names, BPO__TEXT("hat_size"), &other), BPO_OK);
    assert_int_equal(bpo__names_intern(names, BPO__TEXT("shoe_size"), &again), BPO_OK);
    assert_int_equal(first, again);
    assert_int_equal(first, BPO_VALUE_HOST_FIRST);
    assert_int_equal(other, first + 1);
    assert_true(bpo__text_is(bpo__names_text(names, first), "shoe_size"));
    assert_null(bpo__names_text(names, other + 1).data);
    assert_null(bpo__names_text(names, 999).data);
    bpo__names_unref(names);
    bpo_context_unref(context);
}

static void the_librarys_own_names_keep_their_ids(void **state)
{
    bpo_context *context = context_new();
    bpo__names *names = NULL;
    uint32_t id;

    (void)state;
    assert_int_equal(bpo__names_new(context, &names), BPO_OK);
    assert_int_equal(bpo__names_intern(names, BPO__TEXT("priority"), &id), BPO_OK);
    assert_int_equal(id, BPO_VALUE_PRIORITY);
    assert_true(bpo__text_is(bpo__names_text(names, BPO_VALUE_STATUS_CATEGORY), "status_category"));
    assert_int_equal(bpo__names_intern(names, BPO__TEXT("Priority"), &id), BPO_E_INVALID);
    assert_int_equal(id, BPO_VALUE_PRIORITY);
    bpo__names_unref(names);
    bpo_context_unref(context);
}

static void types_are_text_unless_set(void **state)
{
    bpo_context *context = context_new();
    bpo__names *names = NULL;
    uint32_t id;

    (void)state;
    assert_int_equal(bpo__names_new(context, &names), BPO_OK);
    assert_int_equal(bpo__names_intern(names, BPO__TEXT("weight"), &id), BPO_OK);
    assert_int_equal(bpo__names_type(names, id), BPO_TYPE_TEXT);
    bpo__names_set_type(names, id, BPO_TYPE_DECIMAL);
    assert_int_equal(bpo__names_type(names, id), BPO_TYPE_DECIMAL);
    assert_int_equal(bpo__names_type(names, id + 1), BPO_TYPE_TEXT);
    bpo__names_unref(names);
    bpo_context_unref(context);
}

static void there_is_a_limit(void **state)
{
    bpo_context *context = context_new();
    bpo__names *names = NULL;
    char name[BPO__INTEGER_TEXT_SIZE + 1] = "n";
    bpo_status status = BPO_OK;
    uint32_t id;
    int count = 0;

    (void)state;
    assert_int_equal(bpo__names_new(context, &names), BPO_OK);
    while (status == BPO_OK && count < 10000) {
        bpo__integer_format(count, name + 1);
        status = bpo__names_intern(names, bpo__text_of(name), &id);
        count += status == BPO_OK;
    }
    assert_int_equal(status, BPO_E_LIMIT);
    assert_int_equal(count, 4096);
    assert_true(bpo__text_is(bpo__names_text(names, BPO_VALUE_HOST_FIRST + 7), "n7"));
    bpo__names_unref(names);
    bpo_context_unref(context);
}

static bpo_status interns_or_leaves_as_before(fault_host *fault, void *user)
{
    bpo_context *context = NULL;
    bpo__names *names = NULL;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    char name[] = "name_a";
    uint32_t id = 0;

    (void)user;
    if (status == BPO_OK)
        status = bpo__names_new(context, &names);
    for (int i = 0; status == BPO_OK && i < 20; i++) {
        name[5] = (char)('a' + i);
        status = bpo__names_intern(names, bpo__text_of(name), &id);
        if (status != BPO_OK)
            assert_null(bpo__names_text(names, BPO_VALUE_HOST_FIRST + (uint32_t)i).data);
        else
            assert_int_equal(id, BPO_VALUE_HOST_FIRST + (uint32_t)i);
    }
    bpo__names_unref(names);
    bpo_context_unref(context);
    return status;
}

static void without_memory_no_name_is_half_there(void **state)
{
    (void)state;
    fault_torture(interns_or_leaves_as_before, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_has_one_id),
        cmocka_unit_test(the_librarys_own_names_keep_their_ids),
        cmocka_unit_test(types_are_text_unless_set),
        cmocka_unit_test(there_is_a_limit),
        cmocka_unit_test(without_memory_no_name_is_half_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
