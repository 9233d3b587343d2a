/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "core/fail.h"
#include "num/decimal.h"
#include <string.h>

#define NINES "99999999999999999999999999999999999999" /* 38 of them */

static const bpo_decimal untouched = {1, 2, 3, 0};

static void assert_untouched(const bpo_decimal *value)
{
    assert_memory_equal(value, &untouched, sizeof(untouched));
}

static bpo_decimal decimal(const char *text)
{
    bpo_decimal value;
    assert_int_equal(bpo_decimal_parse(text, strlen(text), &value, NULL), BPO_OK);
    return value;
}

static void assert_text(const bpo_decimal *value, const char *expected)
{
    char text[BPO_DECIMAL_TEXT_SIZE];
    assert_int_equal(bpo_decimal_format(value, text, sizeof(text)), strlen(expected));
    assert_string_equal(text, expected);
}

static void written_decimals_are_the_read_ones(void **state)
{
    static const char *const texts[] = {"0",
                                        "24.50",
                                        "-0.005",
                                        "1",
                                        "-1",
                                        "0.000000000000000001",
                                        NINES,
                                        ("-" NINES),
                                        "99999999999999999999.999999999999999999",
                                        "18446744073709551615",
                                        "18446744073709551616",
                                        "-18446744073709551616.5"};
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        bpo_decimal value = decimal(texts[i]);
        assert_text(&value, texts[i]);
    }
}

static void minus_zero_is_zero(void **state)
{
    bpo_decimal value = decimal("-0.00");
    (void)state;
    assert_text(&value, "0.00");
    assert_int_equal(bpo__decimal_sign(&value), 0);
}

static void a_refused_text_is_named_with_what_would_be_right(void **state)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_decimal value = untouched;
    (void)state;
    assert_int_equal(bpo_decimal_parse("1,5", 3, &value, &err), BPO_E_VALUE);
    assert_int_equal(err.message_id, BPO__MSG_decimal_malformed);
    assert_string_equal(err.arguments, "1,5");
    assert_int_equal(bpo_decimal_parse("", 0, &value, &err), BPO_E_VALUE);
    assert_int_equal(bpo_decimal_parse(NULL, 0, &value, &err), BPO_E_VALUE);
    assert_int_equal(err.argument_count, 1);
    assert_int_equal(bpo_decimal_parse("1" NINES, 39, &value, &err), BPO_E_RANGE);
    assert_int_equal(err.message_id, BPO__MSG_decimal_too_long);
    assert_int_equal(bpo_decimal_parse("0.0000000000000000001", 21, &value, &err), BPO_E_RANGE);
    assert_int_equal(bpo_decimal_parse(NULL, 1, &value, &err), BPO_E_INVALID);
    assert_string_equal(err.arguments, "text");
    assert_int_equal(bpo_decimal_parse("1", 1, NULL, &err), BPO_E_INVALID);
    assert_string_equal(err.arguments, "ret_value");
    assert_untouched(&value);
}

static void leading_zeros_do_not_count(void **state)
{
    bpo_decimal value = decimal("000000000000000000000000000000000000000000000012.5");
    (void)state;
    assert_text(&value, "12.5");
}

static void a_text_that_does_not_fit_is_not_written(void **state)
{
    bpo_decimal value = decimal("12.50");
    char text[6] = "kept";
    (void)state;
    for (size_t room = 0; room < 6; room++)
        assert_int_equal(bpo_decimal_format(&value, text, room), 0);
    assert_string_equal(text, "kept");
    char exact[6];
    assert_int_equal(bpo_decimal_format(&value, exact, 6), 5);
    assert_int_equal(bpo_decimal_format(&value, NULL, 100), 0);
    assert_int_equal(bpo_decimal_format(NULL, text, sizeof(text)), 0);
}

/* A scale outside 0..18, 39 digits, or reserved in use. */
static const bpo_decimal invalid[] = {
    {0, 1, 19, 0}, {0, 1, -1, 0}, {0, 1, INT32_MAX, 0}, {INT64_MAX, 0, 0, 0}, {INT64_MIN, 0, 0, 0}, {0, 1, 0, 1},
};

static void what_is_no_decimal_is_refused_everywhere(void **state)
{
    const bpo_decimal one = {0, 1, 0, 0};
    char text[BPO_DECIMAL_TEXT_SIZE];
    (void)state;
    for (size_t i = 0; i < sizeof(invalid) / sizeof(invalid[0]); i++) {
        bpo_decimal result = untouched;
        assert_false(bpo__decimal_is_valid(&invalid[i]));
        assert_int_equal(bpo_decimal_format(&invalid[i], text, sizeof(text)), 0);
        assert_int_equal(bpo_decimal_add(&invalid[i], &one, &result), BPO_E_INVALID);
        assert_int_equal(bpo_decimal_add(&one, &invalid[i], &result), BPO_E_INVALID);
        assert_int_equal(bpo_decimal_round(&invalid[i], 2, 1, NULL, &result), BPO_E_INVALID);
        assert_int_equal(bpo_decimal_round(&one, 2, 1, &invalid[i], &result), BPO_E_INVALID);
        assert_untouched(&result);
        assert_int_equal(bpo_decimal_compare(&invalid[i], &one), -1);
        assert_int_equal(bpo_decimal_compare(&one, &invalid[i]), 1);
        assert_int_equal(bpo_decimal_compare(&invalid[i], &invalid[0]), 0);
    }
    assert_false(bpo__decimal_is_valid(NULL));
    assert_true(bpo__decimal_is_valid(&one));
}

static void missing_arguments_are_refused(void **state)
{
    const bpo_decimal one = {0, 1, 0, 0};
    bpo_decimal result = untouched;
    (void)state;
    assert_int_equal(bpo_decimal_set(1, 0, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_decimal_set(1, 19, &result), BPO_E_INVALID);
    assert_int_equal(bpo_decimal_add(NULL, &one, &result), BPO_E_INVALID);
    assert_int_equal(bpo_decimal_add(&one, NULL, &result), BPO_E_INVALID);
    assert_int_equal(bpo_decimal_add(&one, &one, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_decimal_round(NULL, 0, 1, NULL, &result), BPO_E_INVALID);
    assert_int_equal(bpo_decimal_round(&one, 0, 1, NULL, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_decimal_round(&one, 0, 99, NULL, &result), BPO_E_INVALID);
    assert_int_equal(bpo_decimal_compare(NULL, &one), -1);
    assert_untouched(&result);
}

static void a_coefficient_of_64_bits_is_set(void **state)
{
    bpo_decimal value;
    (void)state;
    assert_int_equal(bpo_decimal_set(INT64_MIN, 18, &value), BPO_OK);
    assert_text(&value, "-9.223372036854775808");
    assert_int_equal(bpo_decimal_set(2450, 2, &value), BPO_OK);
    assert_text(&value, "24.50");
}

static void comparison_is_by_value(void **state)
{
    static const char *const rising[] = {
        ("-" NINES), "-2.5", "-2.49", "-0.000000000000000001", "0", "0.5", "0.51", "18446744073709551616", NINES};
    const size_t count = sizeof(rising) / sizeof(rising[0]);
    (void)state;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < count; j++) {
            bpo_decimal a = decimal(rising[i]);
            bpo_decimal b = decimal(rising[j]);
            assert_int_equal(bpo_decimal_compare(&a, &b), (i > j) - (i < j));
        }
    }
    bpo_decimal a = decimal("1.5");
    bpo_decimal b = decimal("1.500000000000000000");
    assert_int_equal(bpo_decimal_compare(&a, &b), 0);
    assert_int_equal(bpo__decimal_sign(&a), 1);
    a = decimal("-0.1");
    assert_int_equal(bpo__decimal_sign(&a), -1);
    a = decimal("18446744073709551616");
    assert_int_equal(bpo__decimal_sign(&a), 1);
}

static void a_sum_is_exact_and_has_the_larger_scale(void **state)
{
    bpo_decimal a = decimal("0.1");
    bpo_decimal b = decimal("-20000000000000000000.25");
    (void)state;
    assert_int_equal(bpo_decimal_add(&a, &b, &a), BPO_OK);
    assert_text(&a, "-20000000000000000000.15");
    assert_int_equal(bpo_decimal_add(&b, &a, &a), BPO_OK);
    assert_text(&a, "-40000000000000000000.40");
}

static void a_sum_of_39_digits_is_out_of_range(void **state)
{
    bpo_decimal nines = decimal(NINES);
    bpo_decimal one = decimal("1");
    bpo_decimal tenth = decimal("0.1");
    bpo_decimal result = untouched;
    (void)state;
    assert_int_equal(bpo_decimal_add(&nines, &one, &result), BPO_E_RANGE);
    assert_int_equal(bpo_decimal_add(&nines, &tenth, &result), BPO_E_RANGE);
    assert_untouched(&result);
}

static void rounding_names_mode_scale_and_increment(void **state)
{
    static const struct {
        const char *value;
        const char *increment;
        const char *expected;
        int32_t scale;
        bpo_rounding mode;
    } cases[] = {
        {"-2.675", NULL, "-2.68", 2, BPO_ROUNDING_HALF_AWAY},
        {"2.675", NULL, "2.67", 2, BPO_ROUNDING_HALF_DOWN},
        {"2.665", NULL, "2.66", 2, BPO_ROUNDING_HALF_EVEN},
        {"2.1", NULL, "2.10", 2, BPO_ROUNDING_FLOOR},
        {"987.345", "0.05", "987.35", 2, BPO_ROUNDING_UP},
        {"987.345", "10.00", "990.00", 2, BPO_ROUNDING_CEILING},
        {"-0.4", NULL, "0", 0, BPO_ROUNDING_CEILING},
        {"5", NULL, "5.000000000000000000", 18, BPO_ROUNDING_DOWN},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        bpo_decimal value = decimal(cases[i].value);
        bpo_decimal increment = decimal(cases[i].increment ? cases[i].increment : "1");
        assert_int_equal(
            bpo_decimal_round(&value, cases[i].scale, cases[i].mode, cases[i].increment ? &increment : NULL, &value),
            BPO_OK);
        assert_text(&value, cases[i].expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(written_decimals_are_the_read_ones),
        cmocka_unit_test(minus_zero_is_zero),
        cmocka_unit_test(a_refused_text_is_named_with_what_would_be_right),
        cmocka_unit_test(leading_zeros_do_not_count),
        cmocka_unit_test(a_text_that_does_not_fit_is_not_written),
        cmocka_unit_test(what_is_no_decimal_is_refused_everywhere),
        cmocka_unit_test(missing_arguments_are_refused),
        cmocka_unit_test(a_coefficient_of_64_bits_is_set),
        cmocka_unit_test(comparison_is_by_value),
        cmocka_unit_test(a_sum_is_exact_and_has_the_larger_scale),
        cmocka_unit_test(a_sum_of_39_digits_is_out_of_range),
        cmocka_unit_test(rounding_names_mode_scale_and_increment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
