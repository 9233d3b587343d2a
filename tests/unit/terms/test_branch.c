/* SPDX-License-Identifier: Apache-2.0 */
/* Branches: subtrees read in place. */
#include "terms_support.h"

#include "terms/tree.h"

static const line lines[] = {
    {"/a/b/1", "one"}, {"/a/b/2", "two"}, {"/a/c", "three"}, {"/a-b/x", "four"}, {"/z/b/1", "one"}, {"/z/b/2", "two"},
};

static bpo_context *context;
static bpo_terms *terms;

static int set_up(void **state)
{
    (void)state;
    context = context_new();
    terms = terms_of(context, lines, COUNT(lines));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    terms = bpo_terms_unref(terms);
    context = bpo_context_unref(context);
    return 0;
}

static void going_down_finds_the_subtree(void **state)
{
    bpo__branch root = bpo__branch_root(terms);
    bpo__branch a = bpo__branch_at(root, "a");

    (void)state;
    assert_int_equal(a.end - a.first, 3);
    assert_true(bpo__text_is(bpo__branch_path(a), "/a"));
    assert_true(bpo__text_is(bpo__branch_value(a, "b/2"), "two"));
    assert_true(bpo__text_is(bpo__branch_value(bpo__branch_at(root, "a/c"), ""), "three"));
    assert_true(bpo__branch_is_leaf(bpo__branch_at(a, "c")));
    assert_false(bpo__branch_is_leaf(a));
    assert_null(bpo__branch_value(a, "b").data);
}

static void what_is_not_there_is_empty(void **state)
{
    bpo__branch nothing = bpo__branch_at(bpo__branch_root(terms), "a/d");

    (void)state;
    assert_true(bpo__branch_is_empty(nothing));
    assert_true(bpo__branch_is_empty(bpo__branch_at(nothing, "e")));
    assert_null(bpo__branch_value(nothing, "e").data);
    assert_int_equal(bpo__branch_child_count(nothing), 0);
    assert_true(bpo__branch_is_empty(bpo__branch_at(bpo__branch_root(terms), "a/b/1/x")));
}

static void children_come_once_and_in_order(void **state)
{
    static const char *const expected[] = {"a", "a-b", "z"};
    bpo__branch root = bpo__branch_root(terms);
    bpo__branch child;
    bpo__text token;
    size_t position = 0, count = 0;

    (void)state;
    while (bpo__branch_next(root, &position, &child, &token))
        assert_true(bpo__text_is(token, expected[count++]));
    assert_int_equal(count, COUNT(expected));
    assert_int_equal(bpo__branch_child_count(bpo__branch_at(root, "a")), 2);
    assert_int_equal(bpo__branch_child_count(bpo__branch_at(root, "a/c")), 0);
}

static void equal_branches_have_equal_paths_below_and_values(void **state)
{
    bpo__branch root = bpo__branch_root(terms);
    bpo__branch other;

    (void)state;
    assert_true(bpo__branch_equal(bpo__branch_at(root, "a/b"), bpo__branch_at(root, "z/b")));
    assert_false(bpo__branch_equal(bpo__branch_at(root, "a"), bpo__branch_at(root, "z")));
    assert_int_equal(bpo_terms_set(terms, "/z/b/2", "deux", NULL), BPO_OK);
    other = bpo__branch_at(bpo__branch_root(terms), "z/b");
    assert_false(bpo__branch_equal(bpo__branch_at(root, "a/b"), other));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(going_down_finds_the_subtree),
        cmocka_unit_test(what_is_not_there_is_empty),
        cmocka_unit_test(children_come_once_and_in_order),
        cmocka_unit_test(equal_branches_have_equal_paths_below_and_values),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
