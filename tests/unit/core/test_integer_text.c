/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "core/text.h"
#include <inttypes.h>
#include <stdio.h>

static void both_ways_agree(int64_t value)
{
    char text[BPO__INTEGER_TEXT_SIZE];
    char expected[BPO__INTEGER_TEXT_SIZE];
    int64_t back = value + 1;
    size_t length = bpo__integer_format(value, text);
    snprintf(expected, sizeof(expected), "%" PRId64, value);
    assert_string_equal(text, expected);
    assert_int_equal(length, strlen(expected));
    assert_true(bpo__integer_parse(text, length, &back));
    assert_true(back == value);
}

static void written_integers_read_back(void **state)
{
    uint64_t bits = 1;
    (void)state;
    for (int64_t value = -1200; value <= 1200; value++)
        both_ways_agree(value);
    for (int i = 0; i < 10000; i++) {
        bits = bits * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        both_ways_agree((int64_t)(bits >> (bits >> 58)));
        both_ways_agree(-(int64_t)(bits >> 1 >> (bits >> 58)));
    }
    both_ways_agree(INT64_MAX - 1);
    both_ways_agree(INT64_MIN);
    both_ways_agree(INT64_MIN + 1);
}

static void the_largest_unsigned_is_written(void **state)
{
    char text[BPO__INTEGER_TEXT_SIZE];
    (void)state;
    assert_int_equal(bpo__unsigned_format(UINT64_MAX, text), 20);
    assert_string_equal(text, "18446744073709551615");
}

static void anything_else_is_refused_and_the_value_stays(void **state)
{
    static const char *const texts[] = {"",
                                        "-",
                                        "+1",
                                        "1 ",
                                        " 1",
                                        "1.0",
                                        "--1",
                                        "1-",
                                        "0x10",
                                        "\xd9\xa1",
                                        "9223372036854775808",
                                        "-9223372036854775809",
                                        "99999999999999999999",
                                        "18446744073709551616"};
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        int64_t value = 42;
        assert_false(bpo__integer_parse(texts[i], strlen(texts[i]), &value));
        assert_int_equal(value, 42);
    }
}

static void leading_zeros_and_the_other_zero_are_numbers(void **state)
{
    int64_t value = 42;
    (void)state;
    assert_true(bpo__integer_parse("-0", 2, &value));
    assert_int_equal(value, 0);
    assert_true(bpo__integer_parse("-007", 4, &value));
    assert_int_equal(value, -7);
    assert_true(bpo__integer_parse("0000000000000000000000000000012", 31, &value));
    assert_int_equal(value, 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(written_integers_read_back),
        cmocka_unit_test(the_largest_unsigned_is_written),
        cmocka_unit_test(anything_else_is_refused_and_the_value_stays),
        cmocka_unit_test(leading_zeros_and_the_other_zero_are_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
