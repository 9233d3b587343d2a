/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "core/fail.h"
#include "core/message.h"
#include <string.h>

static bpo_message message_at(size_t index)
{
    bpo_message message = BPO_MESSAGE_INIT;
    assert_int_equal(bpo_message_at(index, &message), BPO_OK);
    assert_int_equal(message.struct_size, sizeof(message));
    return message;
}

static void ids_rise_and_lead_to_their_sentence(void **state)
{
    int32_t last = 0;
    (void)state;
    assert_true(bpo_message_count() > 10);
    for (size_t i = 0; i < bpo_message_count(); i++) {
        bpo_message message = message_at(i);
        assert_true(message.id > last);
        assert_ptr_equal(bpo__message_english(message.id), message.english);
        last = message.id;
    }
}

static void names_are_unique(void **state)
{
    (void)state;
    for (size_t i = 0; i < bpo_message_count(); i++) {
        for (size_t j = i + 1; j < bpo_message_count(); j++)
            assert_string_not_equal(message_at(i).name, message_at(j).name);
    }
}

/* {1} without {0} would leave translators an argument that nobody sees. */
static void sentences_are_one_line_and_use_their_arguments_in_turn(void **state)
{
    (void)state;
    for (size_t i = 0; i < bpo_message_count(); i++) {
        bpo_message message = message_at(i);
        bool has[3] = {strstr(message.english, "{0}") != NULL, strstr(message.english, "{1}") != NULL,
                       strstr(message.english, "{2}") != NULL};
        assert_true(message.english[0] != '\0' && message.name[0] != '\0');
        assert_true((!has[1] || has[0]) && (!has[2] || has[1]));
        assert_null(strchr(message.english, '\n'));
        assert_true(strlen(message.english) < BPO_ERROR_MESSAGE_SIZE);
        assert_true(bpo__utf8_is_valid(message.english, strlen(message.english)));
    }
}

static void what_is_not_there_is_refused_and_nothing_is_filled(void **state)
{
    bpo_message message = BPO_MESSAGE_INIT;
    (void)state;
    message.id = 42;
    assert_int_equal(bpo_message_at(bpo_message_count(), &message), BPO_E_INVALID);
    assert_int_equal(bpo_message_at(0, NULL), BPO_E_INVALID);
    message.struct_size = 8;
    assert_int_equal(bpo_message_at(0, &message), BPO_E_ABI);
    assert_int_equal(message.id, 42);
    assert_string_equal(bpo__message_english(0), "");
    assert_string_equal(bpo__message_english(INT32_MAX), "");
    assert_string_equal(bpo__message_english(INT32_MIN), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_rise_and_lead_to_their_sentence),
        cmocka_unit_test(names_are_unique),
        cmocka_unit_test(sentences_are_one_line_and_use_their_arguments_in_turn),
        cmocka_unit_test(what_is_not_there_is_refused_and_nothing_is_filled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
