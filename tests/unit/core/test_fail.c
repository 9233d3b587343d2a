/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "core/fail.h"
#include "core/sized.h"
#include <string.h>

static void the_init_function_and_the_macro_agree(void **state)
{
    const bpo_error by_macro = BPO_ERROR_INIT;
    bpo_error by_function;
    (void)state;
    memset(&by_function, 0xff, sizeof(by_function));
    bpo_error_init(&by_function);
    assert_memory_equal(&by_function, &by_macro, sizeof(by_macro));
    bpo_error_init(NULL);
}

static void a_failure_names_place_message_and_arguments(void **state)
{
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    assert_int_equal(bpo__fail(&err, BPO_E_LIMIT, BPO__MSG_limit_reached, "/sla/targets", "targets", "64", NULL),
                     BPO_E_LIMIT);
    assert_int_equal(err.code, BPO_E_LIMIT);
    assert_int_equal(err.host_status, 0);
    assert_int_equal(err.message_id, BPO__MSG_limit_reached);
    assert_string_equal(err.path, "/sla/targets");
    assert_string_equal(err.message, "targets: more than 64 is not possible");
    assert_int_equal(err.argument_count, 2);
    assert_memory_equal(err.arguments,
                        "targets\0"
                        "64",
                        11);
}

static void nothing_of_an_earlier_failure_is_left(void **state)
{
    bpo_error reused = BPO_ERROR_INIT;
    bpo_error fresh = BPO_ERROR_INIT;
    (void)state;
    bpo__fail_host(&reused, -7, "append");
    bpo__fail(&reused, BPO_E_LIMIT, BPO__MSG_limit_reached, "/a/long/path", "a long argument", "and one more", "three");
    bpo__fail_memory(&reused);
    bpo__fail_memory(&fresh);
    assert_memory_equal(&reused, &fresh, sizeof(fresh));
    assert_int_equal(fresh.code, BPO_E_NOMEM);
    assert_int_equal(fresh.argument_count, 0);
}

static void an_argument_between_may_be_missing(void **state)
{
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    bpo__fail(&err, BPO_E_LIMIT, BPO__MSG_limit_reached, NULL, NULL, NULL, "third");
    assert_int_equal(err.argument_count, 3);
    assert_memory_equal(err.arguments, "\0\0third", 8);
    assert_string_equal(err.path, "");
}

static void the_longest_arguments_all_fit(void **state)
{
    char longest[1000];
    const bpo__text argument = {longest, sizeof(longest)};
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    memset(longest, 'x', sizeof(longest));
    bpo__fail_text(&err, BPO_E_PATH, BPO__MSG_limit_reached, argument, argument, argument, argument);
    assert_int_equal(strlen(err.path), BPO_ERROR_PATH_SIZE - 1);
    const char *at = err.arguments;
    for (uint32_t i = 0; i < err.argument_count; i++) {
        assert_int_equal(strlen(at), 120);
        at += strlen(at) + 1;
    }
    assert_int_equal(err.argument_count, 3);
}

static void the_hosts_status_comes_back_unchanged(void **state)
{
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    assert_int_equal(bpo__fail_host(&err, -7777, "append"), -7777);
    assert_int_equal(err.code, -7777);
    assert_int_equal(err.host_status, -7777);
    assert_string_equal(err.message, "the host's callback append returned a failure");
}

static void no_error_is_fine(void **state)
{
    (void)state;
    assert_int_equal(bpo__fail_argument(NULL, "x"), BPO_E_INVALID);
    assert_int_equal(bpo__fail_memory(NULL), BPO_E_NOMEM);
    bpo__fail_prefix(NULL, "/x");
}

static void an_error_that_was_never_set_up_is_left_alone(void **state)
{
    static const uint32_t sizes[] = {0, 1, 23, BPO__SIZED_MOST + 1, 0xcccccccc};
    (void)state;
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        bpo_error err;
        bpo_error before;
        memset(&err, 0xcc, sizeof(err));
        err.struct_size = sizes[i];
        before = err;
        assert_int_equal(bpo__fail_argument(&err, "x"), BPO_E_INVALID);
        bpo__fail_prefix(&err, "/x");
        assert_memory_equal(&err, &before, sizeof(err));
    }
}

/* Whatever size a caller's error has: nothing is written beyond it, and its texts end inside. */
static void a_smaller_error_is_filled_as_far_as_it_goes(void **state)
{
    (void)state;
    for (uint32_t size = offsetof(bpo_error, path); size < sizeof(bpo_error); size++) {
        bpo_error err;
        memset(&err, 0xcc, sizeof(err));
        err.struct_size = size;
        bpo__fail(&err, BPO_E_LIMIT, BPO__MSG_limit_reached, "\xe2\x82\xac\xe2\x82\xac", "\xe2\x82\xac", "\xe2\x82\xac",
                  NULL);
        assert_int_equal(err.struct_size, size);
        assert_int_equal(err.code, BPO_E_LIMIT);
        for (size_t i = size; i < sizeof(err); i++)
            assert_int_equal(((unsigned char *)&err)[i], 0xcc);
        if (size > offsetof(bpo_error, path))
            assert_true(bpo__utf8_is_valid(err.path, strlen(err.path)));
        if (size > offsetof(bpo_error, message))
            assert_true(bpo__utf8_is_valid(err.message, strlen(err.message)));
    }
}

static void a_larger_error_keeps_its_tail(void **state)
{
    struct {
        bpo_error known;
        uint64_t later;
    } err = {BPO_ERROR_INIT, 99};
    (void)state;
    err.known.struct_size = sizeof(err);
    bpo__fail_argument(&err.known, "x");
    assert_int_equal(err.known.struct_size, sizeof(err));
    assert_int_equal(err.known.code, BPO_E_INVALID);
    assert_int_equal(err.later, 99);
}

static void another_errors_words_are_taken_over_as_far_as_they_fit(void **state)
{
    bpo_error reason = BPO_ERROR_INIT;
    bpo_error whole = BPO_ERROR_INIT;
    bpo_error small = BPO_ERROR_INIT;
    (void)state;
    bpo__fail(&reason, BPO_E_LIMIT, BPO__MSG_limit_reached, "/sla/targets", "targets", "64", NULL);
    assert_int_equal(bpo__fail_as(&whole, &reason), BPO_E_LIMIT);
    assert_memory_equal(&whole, &reason, sizeof(reason));
    small.struct_size = offsetof(bpo_error, path) + 5;
    assert_int_equal(bpo__fail_as(&small, &reason), BPO_E_LIMIT);
    assert_string_equal(small.path, "/sla");
    assert_int_equal(small.struct_size, offsetof(bpo_error, path) + 5);
    assert_int_equal(small.message[0], 0);
    assert_int_equal(bpo__fail_as(NULL, &reason), BPO_E_LIMIT);
}

static void a_prefix_comes_before_the_path(void **state)
{
    char prefix[300];
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    bpo__fail(&err, BPO_E_VALUE, BPO__MSG_no_memory, "/hours/mon", NULL, NULL, NULL);
    bpo__fail_prefix(&err, "/calendars/office");
    assert_string_equal(err.path, "/calendars/office/hours/mon");
    memset(prefix, 'x', sizeof(prefix));
    prefix[250] = '\0';
    bpo__fail_prefix(&err, prefix);
    assert_int_equal(strlen(err.path), BPO_ERROR_PATH_SIZE - 1);
    assert_string_equal(err.path + 250, "/cale");
    /* a character that no longer fits goes as a whole */
    prefix[3] = '\0';
    memset(err.path, 'y', sizeof(err.path));
    memcpy(err.path + BPO_ERROR_PATH_SIZE - 4, "\xe2\x82\xac", 4);
    bpo__fail_prefix(&err, prefix);
    assert_int_equal(strlen(err.path), BPO_ERROR_PATH_SIZE - 1);
    prefix[2] = '\0';
    memset(err.path, 'y', sizeof(err.path));
    memcpy(err.path + BPO_ERROR_PATH_SIZE - 4, "\xe2\x82\xac", 4);
    bpo__fail_prefix(&err, prefix);
    assert_int_equal(strlen(err.path), BPO_ERROR_PATH_SIZE - 2);
}

static void an_error_without_a_whole_path_takes_no_prefix(void **state)
{
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    err.struct_size = offsetof(bpo_error, path) + 10;
    bpo__fail(&err, BPO_E_VALUE, BPO__MSG_no_memory, "/hours", NULL, NULL, NULL);
    bpo__fail_prefix(&err, "/calendars");
    assert_string_equal(err.path, "/hours");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_init_function_and_the_macro_agree),
        cmocka_unit_test(a_failure_names_place_message_and_arguments),
        cmocka_unit_test(nothing_of_an_earlier_failure_is_left),
        cmocka_unit_test(an_argument_between_may_be_missing),
        cmocka_unit_test(the_longest_arguments_all_fit),
        cmocka_unit_test(the_hosts_status_comes_back_unchanged),
        cmocka_unit_test(no_error_is_fine),
        cmocka_unit_test(an_error_that_was_never_set_up_is_left_alone),
        cmocka_unit_test(a_smaller_error_is_filled_as_far_as_it_goes),
        cmocka_unit_test(a_larger_error_keeps_its_tail),
        cmocka_unit_test(another_errors_words_are_taken_over_as_far_as_they_fit),
        cmocka_unit_test(a_prefix_comes_before_the_path),
        cmocka_unit_test(an_error_without_a_whole_path_takes_no_prefix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
