/* SPDX-License-Identifier: Apache-2.0 */
/* Paths: syntax, order, escapes, names and ranges of days. */
#include "terms_support.h"

#include "terms/path.h"

static bpo_status check(const char *path)
{
    return bpo__path_check(bpo__text_of(path), NULL);
}

static void a_path_is_a_pointer_of_short_tokens(void **state)
{
    char token[BPO_TERMS_NAME_SIZE_MAX + 3] = "/";

    (void)state;
    assert_int_equal(check("/contract/id"), BPO_OK);
    assert_int_equal(check("/tickets/statuses/a~1b~0c"), BPO_OK);
    assert_int_equal(check("/tickets/statuses/Em espera \xc3\xa9"), BPO_OK);
    assert_int_equal(check(""), BPO_E_PATH);
    assert_int_equal(check("contract"), BPO_E_PATH);
    assert_int_equal(check("/"), BPO_E_PATH);
    assert_int_equal(check("/a//b"), BPO_E_PATH);
    assert_int_equal(check("/a/"), BPO_E_PATH);
    assert_int_equal(check("/a~"), BPO_E_PATH);
    assert_int_equal(check("/a~2"), BPO_E_PATH);
    assert_int_equal(check("/\xff"), BPO_E_PATH);
    memset(token + 1, 'a', BPO_TERMS_NAME_SIZE_MAX);
    assert_int_equal(check(token), BPO_OK);
    token[1 + BPO_TERMS_NAME_SIZE_MAX] = 'a';
    assert_int_equal(check(token), BPO_E_PATH);
}

static void a_path_has_at_most_twelve_tokens(void **state)
{
    (void)state;
    assert_int_equal(check("/1/2/3/4/5/6/7/8/9/a/b/c"), BPO_OK);
    assert_int_equal(check("/1/2/3/4/5/6/7/8/9/a/b/c/d"), BPO_E_PATH);
}

static void ten_megabytes_of_nesting_are_refused(void **state)
{
    const size_t size = 10u << 20;
    char *path = test_malloc(size + 1);
    bpo_error err = BPO_ERROR_INIT;

    (void)state;
    for (size_t i = 0; i < size; i += 2)
        memcpy(path + i, "/a", 2);
    path[size] = '\0';
    assert_int_equal(bpo__path_check(bpo__text_of(path), &err), BPO_E_PATH);
    assert_contains(err.message, "12");
    test_free(path);
}

static int order(const char *a, const char *b)
{
    return bpo__path_compare(bpo__text_of(a), bpo__text_of(b));
}

static void a_subtree_is_contiguous(void **state)
{
    (void)state;
    assert_int_equal(order("/a", "/a"), 0);
    assert_int_equal(order("/a", "/a/b"), -1);
    /* By plain bytes '-' (2d) would come before '/' (2f). */
    assert_int_equal(order("/a/b", "/a-b"), -1);
    assert_int_equal(order("/a-b", "/ab"), -1);
    assert_int_equal(order("/b", "/a/z"), 1);
    assert_int_equal(order("/a\x01", "/a/b"), 1);
}

static void within_needs_a_whole_token(void **state)
{
    (void)state;
    assert_true(bpo__path_within(BPO__TEXT("/a/b"), BPO__TEXT("/a")));
    assert_true(bpo__path_within(BPO__TEXT("/a"), BPO__TEXT("/a")));
    assert_true(bpo__path_within(BPO__TEXT("/a"), BPO__TEXT("")));
    assert_false(bpo__path_within(BPO__TEXT("/ab"), BPO__TEXT("/a")));
    assert_false(bpo__path_within(BPO__TEXT("/a"), BPO__TEXT("/a/b")));
}

static void escapes_come_and_go(void **state)
{
    char room[32];
    size_t size = bpo__token_encode(BPO__TEXT("a/b~c"), room);

    (void)state;
    assert_int_equal(size, 7);
    assert_memory_equal(room, "a~1b~0c", 7);
    assert_int_equal(bpo__token_decode((bpo__text){"a~1b~0c", 7}, room), 5);
    assert_memory_equal(room, "a/b~c", 5);
}

static void names_are_lower_case(void **state)
{
    (void)state;
    assert_true(bpo__name_is_valid(BPO__TEXT("first_response-2")));
    assert_false(bpo__name_is_valid(BPO__TEXT("")));
    assert_false(bpo__name_is_valid(BPO__TEXT("2nd")));
    assert_false(bpo__name_is_valid(BPO__TEXT("_x")));
    assert_false(bpo__name_is_valid(BPO__TEXT("First")));
    assert_false(bpo__name_is_valid(BPO__TEXT("a b")));
}

static void a_range_of_days_wraps(void **state)
{
    bpo__day_range range;

    (void)state;
    assert_true(bpo__path_day_range(BPO__TEXT("/hours/sat-mon"), &range));
    assert_int_equal(range.first, 5);
    assert_int_equal(range.count, 3);
    assert_true(bpo__path_day_range(BPO__TEXT("/hours/tue-tue"), &range));
    assert_int_equal(range.count, 1);
    assert_true(bpo__path_day_range(BPO__TEXT("/calendars/x/hours/mon-sun"), &range));
    assert_int_equal(range.count, 7);
    assert_false(bpo__path_day_range(BPO__TEXT("/names/mon-fri"), &range));
    assert_false(bpo__path_day_range(BPO__TEXT("/hours/mon-fry"), &range));
    assert_false(bpo__path_day_range(BPO__TEXT("mon-fri"), &range));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_is_a_pointer_of_short_tokens),
        cmocka_unit_test(a_path_has_at_most_twelve_tokens),
        cmocka_unit_test(ten_megabytes_of_nesting_are_refused),
        cmocka_unit_test(a_subtree_is_contiguous),
        cmocka_unit_test(within_needs_a_whole_token),
        cmocka_unit_test(escapes_come_and_go),
        cmocka_unit_test(names_are_lower_case),
        cmocka_unit_test(a_range_of_days_wraps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
