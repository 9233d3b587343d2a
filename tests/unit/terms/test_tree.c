/* SPDX-License-Identifier: Apache-2.0 */
/* The tree of terms: setting, replacing, removing, walking, copying; a failed call changes nothing. */
#include "terms_support.h"

static bpo_context *context;
static bpo_terms *terms;

static int set_up(void **state)
{
    (void)state;
    context = context_new();
    return bpo_terms_new(context, &terms, NULL);
}

static int tear_down(void **state)
{
    (void)state;
    terms = bpo_terms_unref(terms);
    context = bpo_context_unref(context);
    return 0;
}

static bpo_status set(const char *path, const char *value)
{
    return bpo_terms_set(terms, path, value, NULL);
}

static void what_was_set_is_there(void **state)
{
    (void)state;
    assert_int_equal(set("/contract/id", "acme"), BPO_OK);
    assert_string_equal(bpo_terms_get(terms, "/contract/id"), "acme");
    assert_null(bpo_terms_get(terms, "/contract"));
    assert_null(bpo_terms_get(terms, "/contract/i"));
    assert_int_equal(set("/contract/id", "other"), BPO_OK);
    assert_string_equal(bpo_terms_get(terms, "/contract/id"), "other");
    assert_int_equal(bpo_terms_count(terms), 1);
}

static void the_walk_goes_in_order_of_tokens(void **state)
{
    static const char *const expected[] = {"/a/b", "/a/c", "/a-b", "/b"};
    const char *path, *value;

    (void)state;
    for (size_t i = COUNT(expected); i-- > 0;)
        assert_int_equal(set(expected[i], "x"), BPO_OK);
    for (size_t i = 0; i < COUNT(expected); i++) {
        assert_int_equal(bpo_terms_at(terms, i, &path, &value), BPO_OK);
        assert_string_equal(path, expected[i]);
    }
    assert_int_equal(bpo_terms_at(terms, COUNT(expected), &path, &value), BPO_E_INVALID);
}

static void a_range_sets_each_day(void **state)
{
    (void)state;
    assert_int_equal(set("/hours/sat-mon", "10:00-12:00"), BPO_OK);
    assert_int_equal(bpo_terms_count(terms), 3);
    assert_string_equal(bpo_terms_get(terms, "/hours/sun"), "10:00-12:00");
    assert_int_equal(set("/hours/mon-fri", "09:00-17:00"), BPO_OK);
    assert_int_equal(bpo_terms_count(terms), 7);
    assert_string_equal(bpo_terms_get(terms, "/hours/mon"), "09:00-17:00");
    assert_int_equal(bpo_terms_remove(terms, "/hours/mon-fri", NULL), BPO_OK);
    assert_int_equal(bpo_terms_count(terms), 2);
}

static void nothing_lies_below_a_value_or_above_values(void **state)
{
    bpo_error err = BPO_ERROR_INIT;

    (void)state;
    assert_int_equal(set("/a/b/c", "x"), BPO_OK);
    assert_int_equal(set("/a-", "x"), BPO_OK);
    assert_int_equal(bpo_terms_set(terms, "/a/b/c/d", "x", &err), BPO_E_PATH);
    assert_string_equal(err.path, "/a/b/c/d");
    assert_contains(err.message, "/a/b/c has a value");
    assert_int_equal(bpo_terms_set(terms, "/a", "x", &err), BPO_E_PATH);
    assert_contains(err.message, "/a/b/c");
    assert_int_equal(set("/a/b", "x"), BPO_E_PATH);
    assert_int_equal(bpo_terms_count(terms), 2);
}

static void a_range_is_set_whole_or_not_at_all(void **state)
{
    (void)state;
    assert_int_equal(set("/hours/wed/from", "x"), BPO_OK);
    assert_int_equal(set("/hours/mon-fri", "09:00-17:00"), BPO_E_PATH);
    assert_int_equal(bpo_terms_count(terms), 1);
}

static void bad_texts_are_refused(void **state)
{
    char large[BPO_TERMS_VALUE_SIZE_MAX + 2];
    bpo_error err = BPO_ERROR_INIT;

    (void)state;
    memset(large, 'x', sizeof large);
    large[BPO_TERMS_VALUE_SIZE_MAX + 1] = '\0';
    assert_int_equal(bpo_terms_set(terms, "/a", large, &err), BPO_E_VALUE);
    assert_contains(err.message, "4096");
    large[BPO_TERMS_VALUE_SIZE_MAX] = '\0';
    assert_int_equal(set("/a", large), BPO_OK);
    assert_int_equal(bpo_terms_set(terms, "/b", "\xc3\x28", &err), BPO_E_VALUE);
    assert_string_equal(err.path, "/b");
    assert_contains(err.message, "UTF-8");
    assert_int_equal(set(NULL, "x"), BPO_E_INVALID);
    assert_int_equal(set("/c", NULL), BPO_E_INVALID);
    assert_int_equal(bpo_terms_set(NULL, "/c", "x", NULL), BPO_E_INVALID);
    assert_int_equal(bpo_terms_count(terms), 1);
}

static void removing_takes_the_subtree(void **state)
{
    (void)state;
    assert_int_equal(set("/a/b", "x"), BPO_OK);
    assert_int_equal(set("/a/c/d", "x"), BPO_OK);
    assert_int_equal(set("/a-b", "x"), BPO_OK);
    assert_int_equal(bpo_terms_remove(terms, "/a", NULL), BPO_OK);
    assert_int_equal(bpo_terms_count(terms), 1);
    assert_int_equal(bpo_terms_remove(terms, "/a", NULL), BPO_E_NOT_FOUND);
    assert_int_equal(bpo_terms_remove(terms, "a", NULL), BPO_E_PATH);
    assert_int_equal(bpo_terms_remove(terms, "", NULL), BPO_OK);
    assert_int_equal(bpo_terms_count(terms), 0);
}

static void a_copy_is_independent(void **state)
{
    bpo_terms *copy = NULL;

    (void)state;
    assert_int_equal(set("/a", "1"), BPO_OK);
    assert_int_equal(bpo_terms_copy(terms, &copy, NULL), BPO_OK);
    assert_int_equal(set("/a", "2"), BPO_OK);
    assert_int_equal(bpo_terms_set(copy, "/b", "3", NULL), BPO_OK);
    assert_string_equal(bpo_terms_get(copy, "/a"), "1");
    assert_null(bpo_terms_get(terms, "/b"));
    bpo_terms_swap(terms, copy);
    assert_string_equal(bpo_terms_get(terms, "/b"), "3");
    assert_int_equal(bpo_terms_count(copy), 1);
    bpo_terms_swap(terms, NULL);
    bpo_terms_unref(copy);
}

static void a_reference_keeps_the_tree(void **state)
{
    (void)state;
    assert_int_equal(set("/a", "x"), BPO_OK);
    assert_ptr_equal(bpo_terms_ref(terms), terms);
    assert_null(bpo_terms_unref(terms));
    assert_string_equal(bpo_terms_get(terms, "/a"), "x");
    assert_null(bpo_terms_ref(NULL));
    assert_null(bpo_terms_unref(NULL));
}

static void the_limit_is_kept(void **state)
{
    char path[32] = "/a/000000";
    bpo_error err = BPO_ERROR_INIT;

    (void)state;
    for (int i = 0; i < BPO_TERMS_COUNT_MAX; i++) {
        for (int digit = 0, rest = i; digit < 6; digit++, rest /= 10)
            path[8 - digit] = (char)('0' + rest % 10);
        assert_int_equal(set(path, ""), BPO_OK);
    }
    assert_int_equal(bpo_terms_set(terms, "/b", "x", &err), BPO_E_LIMIT);
    assert_int_equal(set("/hours/mon-fri", "x"), BPO_E_LIMIT);
    assert_int_equal(set("/a/000007", "x"), BPO_OK);
    assert_int_equal(bpo_terms_count(terms), BPO_TERMS_COUNT_MAX);
    /* Room for three: five days do not fit, not even three of them; three do. */
    for (int digit = 1; digit <= 3; digit++) {
        path[8] = (char)('0' + digit);
        assert_int_equal(bpo_terms_remove(terms, path, NULL), BPO_OK);
    }
    assert_int_equal(set("/hours/mon-fri", "x"), BPO_E_LIMIT);
    assert_int_equal(bpo_terms_count(terms), BPO_TERMS_COUNT_MAX - 3);
    assert_int_equal(set("/hours/mon-wed", "x"), BPO_OK);
    assert_int_equal(bpo_terms_count(terms), BPO_TERMS_COUNT_MAX);
}

static bpo_status sets_or_leaves_as_before(fault_host *fault, void *user)
{
    bpo_context *own = NULL;
    bpo_terms *tree = NULL, *copy = NULL;
    bpo_status status = bpo_context_new(&fault->host, &own, NULL);
    size_t before;

    (void)user;
    if (status == BPO_OK)
        status = bpo_terms_new(own, &tree, NULL);
    if (status == BPO_OK)
        status = put_lines(tree, complete, COUNT(complete), NULL);
    before = bpo_terms_count(tree);
    if (status == BPO_OK) {
        status = bpo_terms_set(tree, "/calendars/night/hours/mon-sun", "22:00-06:00", NULL);
        assert_int_equal(bpo_terms_count(tree), before + (status == BPO_OK ? 7 : 0));
    }
    if (status == BPO_OK)
        status = bpo_terms_copy(tree, &copy, NULL);
    if (status != BPO_OK)
        assert_null(copy);
    bpo_terms_unref(copy);
    bpo_terms_unref(tree);
    bpo_context_unref(own);
    return status;
}

static void without_memory_the_tree_is_as_before(void **state)
{
    (void)state;
    fault_torture(sets_or_leaves_as_before, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_set_is_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_walk_goes_in_order_of_tokens, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_range_sets_each_day, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_lies_below_a_value_or_above_values, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_range_is_set_whole_or_not_at_all, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bad_texts_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(removing_takes_the_subtree, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_copy_is_independent, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_reference_keeps_the_tree, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_limit_is_kept, set_up, tear_down),
        cmocka_unit_test(without_memory_the_tree_is_as_before),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
