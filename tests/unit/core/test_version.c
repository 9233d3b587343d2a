/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "core/text.h"
#include <bpo/version.h>

/* "major.minor.patch" from the number. */
static void text_of_number(uint32_t number, char *text)
{
    size_t length = bpo__unsigned_format(number / 1000000, text);
    text[length++] = '.';
    length += bpo__unsigned_format(number / 1000 % 1000, text + length);
    text[length++] = '.';
    bpo__unsigned_format(number % 1000, text + length);
}

static void library_and_headers_are_of_one_version(void **state)
{
    (void)state;
    assert_int_equal(bpo_version_number(), BPO_VERSION_NUMBER);
    assert_string_equal(bpo_version_text(), BPO_VERSION_TEXT);
}

static void number_and_text_say_the_same(void **state)
{
    char text[3 * BPO__INTEGER_TEXT_SIZE];
    (void)state;
    text_of_number(bpo_version_number(), text);
    assert_string_equal(bpo_version_text(), text);
}

static void the_semantics_are_the_first_ones(void **state)
{
    (void)state;
    assert_int_equal(bpo_semantics_version(), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(library_and_headers_are_of_one_version),
        cmocka_unit_test(number_and_text_say_the_same),
        cmocka_unit_test(the_semantics_are_the_first_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
