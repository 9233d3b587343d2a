/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "num/number_text.h"
#include "wide_values.h"
#include <bpo/error.h>
#include <string.h>

static void written_numbers_read_back(void **state)
{
    char text[BPO__NUMBER_TEXT_SIZE];
    (void)state;
    for (int i = 0; i < 40000; i++) {
        int32_t scale = (int32_t)(random_limb() % 19);
        int32_t back_scale;
        bpo__i256 value = i < 400 ? bpo__i256_of(i - 200) : random_wide();
        bpo__i256 back;
        size_t length = bpo__number_format(value, scale, text);
        assert_int_equal(length, strlen(text));
        assert_int_equal(bpo__number_parse(text, length, &back, &back_scale), BPO_OK);
        assert_int_equal(back_scale, scale);
        assert_int_equal(bpo__i256_compare(back, value), 0);
    }
}

static void assert_written(int64_t coefficient, int32_t scale, const char *expected)
{
    char text[BPO__NUMBER_TEXT_SIZE];
    bpo__number_format(bpo__i256_of(coefficient), scale, text);
    assert_string_equal(text, expected);
}

static void zeros_stand_where_people_expect_them(void **state)
{
    (void)state;
    assert_written(0, 0, "0");
    assert_written(0, 2, "0.00");
    assert_written(5, 2, "0.05");
    assert_written(-5, 2, "-0.05");
    assert_written(50, 1, "5.0");
    assert_written(-12345, 2, "-123.45");
    assert_written(100, 2, "1.00");
    assert_written(1, 18, "0.000000000000000001");
}

static void assert_refused(const char *text, size_t size, bpo_status status)
{
    bpo__i256 coefficient = bpo__i256_of(42);
    int32_t scale = 42;
    assert_int_equal(bpo__number_parse(text, size, &coefficient, &scale), status);
    assert_int_equal(coefficient.limb[0], 42);
    assert_int_equal(scale, 42);
}

static void anything_else_than_a_number_is_refused(void **state)
{
    static const char *const texts[] = {"",     "-",    ".",        "-.",    "1.",      ".5",   "-.5",
                                        "+1",   " 1",   "1 ",       "1,5",   "1e3",     "0x10", "1.2.3",
                                        "1..2", "1.-2", "--1",      "1-",    "1'000",   "1_0",  "NaN",
                                        "inf",  "1/2",  "\xd9\xa1", "1.5\n", "1.5 EUR", "95%",  "- 1"};
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        assert_refused(texts[i], strlen(texts[i]), BPO_E_VALUE);
    assert_refused("1\0", 2, BPO_E_VALUE);
    assert_refused(NULL, 0, BPO_E_VALUE);
}

static void too_many_digits_are_out_of_range(void **state)
{
    static const char edge[] = "57896044618658097711785492504343953926634992332820282019728792003956564819967";
    static const char beyond[] = "57896044618658097711785492504343953926634992332820282019728792003956564819968";
    static const char split[] = "5789604461865809771178549250434395392663499233282028201972879.2003956564819968";
    char zeros[200];
    bpo__i256 coefficient;
    int32_t scale;
    (void)state;
    assert_int_equal(bpo__number_parse(edge, sizeof(edge) - 1, &coefficient, &scale), BPO_OK);
    assert_int_equal(bpo__i256_compare(coefficient, largest), 0);
    assert_refused(beyond, sizeof(beyond) - 1, BPO_E_RANGE);
    assert_refused(split, sizeof(split) - 1, BPO_E_RANGE);
    assert_refused("0.0000000000000000001", 21, BPO_E_RANGE);
    memset(zeros, '0', sizeof(zeros));
    assert_int_equal(bpo__number_parse(zeros, sizeof(zeros), &coefficient, &scale), BPO_OK);
    assert_true(bpo__i256_is_zero(coefficient));
    zeros[0] = '1';
    assert_refused(zeros, sizeof(zeros), BPO_E_RANGE);
}

static void only_the_given_bytes_are_read(void **state)
{
    bpo__i256 coefficient;
    int32_t scale;
    (void)state;
    assert_int_equal(bpo__number_parse("12.345", 4, &coefficient, &scale), BPO_OK);
    assert_int_equal(coefficient.limb[0], 123);
    assert_int_equal(scale, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(written_numbers_read_back),
        cmocka_unit_test(zeros_stand_where_people_expect_them),
        cmocka_unit_test(anything_else_than_a_number_is_refused),
        cmocka_unit_test(too_many_digits_are_out_of_range),
        cmocka_unit_test(only_the_given_bytes_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
