/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "core/fail.h"
#include "core/message.h"
#include <string.h>

static const char *show(const char *data, size_t size, char *into, size_t room)
{
    size_t length = bpo__message_show((bpo__text){data, size}, room, into, room);
    assert_int_equal(length, strlen(into));
    return into;
}

static void control_characters_become_visible(void **state)
{
    char into[64];
    (void)state;
    assert_string_equal(show("a\nb\rc\td", 7, into, sizeof(into)), "a\\nb\\rc\\td");
    assert_string_equal(show("\x01\x1f\x7f\0", 4, into, sizeof(into)), "\\x01\\x1f\\x7f\\x00");
    assert_string_equal(show("\xc2\x85|\xc2\x9f|\xc2\xa0", 8, into, sizeof(into)), "\\xc2\\x85|\\xc2\\x9f|\xc2\xa0");
    assert_string_equal(show("\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xaa", 9, into, sizeof(into)),
                        "\\xe2\\x80\\xa8\\xe2\\x80\\xa9\xe2\x80\xaa");
}

static void stray_bytes_become_visible(void **state)
{
    char into[64];
    (void)state;
    assert_string_equal(show("a\xff z\xe2\x82", 6, into, sizeof(into)), "a\\xff z\\xe2\\x82");
    assert_string_equal(show("\xe2\x82\xac\xe4\xb8\xad", 6, into, sizeof(into)), "\xe2\x82\xac\xe4\xb8\xad");
    assert_string_equal(show("\xc3\xa4 \xf0\x9f\x98\x80", 7, into, sizeof(into)), "\xc3\xa4 \xf0\x9f\x98\x80");
}

static void a_character_is_shown_whole_or_not_at_all(void **state)
{
    static const char text[] = "a\xc3\xa4\xf0\x9f\x98\x80\nz";
    char into[64];
    (void)state;
    for (size_t room = 1; room < sizeof(into); room++) {
        size_t length = strlen(show(text, sizeof(text) - 1, into, room));
        assert_true(length < room);
        assert_true(bpo__utf8_is_valid(into, length));
        assert_true(length == 0 || length == 1 || length == 3 || length == 7 || length == 9 || length == 10);
    }
}

static void no_more_than_asked_is_shown(void **state)
{
    char into[64];
    (void)state;
    assert_int_equal(bpo__message_show(BPO__TEXT("abcdef"), 4, into, sizeof(into)), 4);
    assert_string_equal(into, "abcd");
}

static void arguments_go_to_their_places(void **state)
{
    const bpo__text arguments[3] = {BPO__TEXT("hours"), BPO__TEXT("24"), BPO__TEXT("unused")};
    char into[BPO_ERROR_MESSAGE_SIZE];
    (void)state;
    bpo__message_format(BPO__MSG_limit_reached, arguments, into, sizeof(into));
    assert_string_equal(into, "hours: more than 24 is not possible");
}

static void arguments_are_not_read_as_messages(void **state)
{
    const bpo__text arguments[3] = {BPO__TEXT("{1}"), BPO__TEXT("{0}{2}"), BPO__TEXT("")};
    char into[BPO_ERROR_MESSAGE_SIZE];
    (void)state;
    bpo__message_format(BPO__MSG_limit_reached, arguments, into, sizeof(into));
    assert_string_equal(into, "{1}: more than {0}{2} is not possible");
}

static void a_long_argument_does_not_push_the_advice_out(void **state)
{
    char longest[1000];
    char into[BPO_ERROR_MESSAGE_SIZE];
    const bpo__text arguments[3] = {{longest, sizeof(longest)}, {longest, sizeof(longest)}, {NULL, 0}};
    (void)state;
    memset(longest, 'x', sizeof(longest));
    size_t length = bpo__message_format(BPO__MSG_limit_reached, arguments, into, sizeof(into));
    assert_int_equal(length, strlen(": more than  is not possible") + 2 * BPO__MESSAGE_ARGUMENT_MOST);
    assert_string_equal(into + length - 16, " is not possible");
}

static void a_message_that_does_not_fit_is_cut_clean(void **state)
{
    const bpo__text arguments[3] = {BPO__TEXT("\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac"), BPO__TEXT("\n\n"), {NULL, 0}};
    char whole[BPO_ERROR_MESSAGE_SIZE];
    char into[BPO_ERROR_MESSAGE_SIZE];
    (void)state;
    size_t size = bpo__message_format(BPO__MSG_limit_reached, arguments, whole, sizeof(whole));
    for (size_t room = 1; room <= size + 1; room++) {
        size_t length = bpo__message_format(BPO__MSG_limit_reached, arguments, into, room);
        assert_true(length < room);
        assert_memory_equal(into, whole, length);
        assert_true(bpo__utf8_is_valid(into, length));
    }
    assert_string_equal(into, whole);
}

static void a_message_that_is_not_there_is_empty(void **state)
{
    const bpo__text arguments[3] = {{NULL, 0}, {NULL, 0}, {NULL, 0}};
    char into[8] = "old";
    (void)state;
    assert_int_equal(bpo__message_format(1, arguments, into, sizeof(into)), 0);
    assert_string_equal(into, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(control_characters_become_visible),
        cmocka_unit_test(stray_bytes_become_visible),
        cmocka_unit_test(a_character_is_shown_whole_or_not_at_all),
        cmocka_unit_test(no_more_than_asked_is_shown),
        cmocka_unit_test(arguments_go_to_their_places),
        cmocka_unit_test(arguments_are_not_read_as_messages),
        cmocka_unit_test(a_long_argument_does_not_push_the_advice_out),
        cmocka_unit_test(a_message_that_does_not_fit_is_cut_clean),
        cmocka_unit_test(a_message_that_is_not_there_is_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
