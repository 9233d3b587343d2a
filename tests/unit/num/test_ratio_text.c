/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "num/ratio.h"
#include "wide_values.h"
#include <bpo/error.h>
#include <string.h>

static bpo__ratio parse(const char *text)
{
    bpo__ratio value;
    assert_int_equal(bpo__ratio_parse(text, strlen(text), &value), BPO_OK);
    return value;
}

static void assert_text(const char *input, const char *expected)
{
    char text[BPO__RATIO_TEXT_SIZE];
    assert_int_equal(bpo__ratio_format(parse(input), text), strlen(expected));
    assert_string_equal(text, expected);
}

static void one_value_has_one_text(void **state)
{
    (void)state;
    assert_text("0", "0");
    assert_text("-0.00", "0");
    assert_text("12.50", "12.5");
    assert_text("25/2", "12.5");
    assert_text("50/4", "12.5");
    assert_text("-1/8", "-0.125");
    assert_text("44/60", "11/15");
    assert_text("-2/3", "-2/3");
    assert_text("100", "100");
    assert_text("1/1000000000000000000", "0.000000000000000001");
    assert_text("1/10000000000000000000", "1/10000000000000000000");
    assert_text("1/262144", "0.000003814697265625");
    assert_text("1/524288", "1/524288"); /* 2^-19 has 19 places */
}

static void any_ratio_reads_back(void **state)
{
    char text[BPO__RATIO_TEXT_SIZE];
    (void)state;
    for (int i = 0; i < 5000; i++) {
        bpo__ratio value;
        bpo__i256 denominator = i % 2 ? random_wide() : bpo__i256_of((int64_t)(random_limb() % 5000));
        if (bpo__ratio_make(random_wide(), denominator, &value) != BPO_OK)
            continue;
        size_t length = bpo__ratio_format(value, text);
        assert_int_equal(length, strlen(text));
        bpo__ratio back = parse(text);
        assert_memory_equal(&back, &value, sizeof(back));
    }
}

/* A plain form would need more digits than there are; the fraction is taken. */
static void the_widest_ratios_are_fractions(void **state)
{
    char text[BPO__RATIO_TEXT_SIZE];
    bpo__ratio value = {largest, {{2, 0, 0, 0}}};
    (void)state;
    size_t length = bpo__ratio_format(value, text);
    assert_string_equal(text + length - 2, "/2");
    value.numerator = bpo__i256_negate(largest);
    bpo__i256_subtract(largest, bpo__i256_of(1), &value.denominator);
    assert_int_equal(bpo__ratio_format(value, text), 78 + 1 + 77);
}

static void anything_else_is_refused(void **state)
{
    static const char *const texts[] = {"",      "/",    "1/",   "/2",    "1/0", "1/-2", "1/2/3", "1.5/2",
                                        "1/2.5", "1//2", " 1/2", "1 / 2", "a/b", "1/+2", "-/2"};
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        bpo__ratio value = {{{9, 9, 9, 9}}, {{9, 9, 9, 9}}};
        assert_int_equal(bpo__ratio_parse(texts[i], strlen(texts[i]), &value), BPO_E_VALUE);
        assert_int_equal(value.numerator.limb[0], 9);
    }
}

static void too_many_digits_are_out_of_range(void **state)
{
    static const char wide[] =
        "1/99999999999999999999999999999999999999999999999999999999999999999999999999999999999999";
    bpo__ratio value = {{{9, 9, 9, 9}}, {{9, 9, 9, 9}}};
    (void)state;
    assert_int_equal(bpo__ratio_parse(wide, sizeof(wide) - 1, &value), BPO_E_RANGE);
    assert_int_equal(bpo__ratio_parse(wide + 2, sizeof(wide) - 3, &value), BPO_E_RANGE);
    assert_int_equal(value.numerator.limb[0], 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_value_has_one_text),           cmocka_unit_test(any_ratio_reads_back),
        cmocka_unit_test(the_widest_ratios_are_fractions),  cmocka_unit_test(anything_else_is_refused),
        cmocka_unit_test(too_many_digits_are_out_of_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
