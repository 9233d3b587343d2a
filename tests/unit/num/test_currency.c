/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include <bpo/decimal.h>
#include <string.h>

static int32_t digits_of(const char *currency)
{
    int32_t digits = -1;
    bpo_status status = bpo_currency_digits(currency, &digits);
    assert_int_equal(status, digits == -1 ? BPO_E_NOT_FOUND : BPO_OK);
    return digits;
}

static void digits_are_those_of_iso_4217(void **state)
{
    (void)state;
    assert_int_equal(digits_of("EUR"), 2);
    assert_int_equal(digits_of("USD"), 2);
    assert_int_equal(digits_of("INR"), 2);
    assert_int_equal(digits_of("JPY"), 0);
    assert_int_equal(digits_of("ISK"), 0);
    assert_int_equal(digits_of("BIF"), 0);
    assert_int_equal(digits_of("XPF"), 0);
    assert_int_equal(digits_of("KWD"), 3);
    assert_int_equal(digits_of("TND"), 3);
    assert_int_equal(digits_of("CLF"), 4);
    assert_int_equal(digits_of("UYW"), 4);
    assert_int_equal(digits_of("ZWG"), 2);
}

/* List one of 2026-01-01: 17 currencies without digits, 139 with two, 7 with three, 2 with four. */
static void the_list_is_whole(void **state)
{
    size_t count[5] = {0, 0, 0, 0, 0};
    char code[4] = "AAA";
    (void)state;
    for (code[0] = 'A'; code[0] <= 'Z'; code[0]++) {
        for (code[1] = 'A'; code[1] <= 'Z'; code[1]++) {
            for (code[2] = 'A'; code[2] <= 'Z'; code[2]++) {
                int32_t digits = digits_of(code);
                assert_in_range(digits + 1, 0, 5);
                count[digits < 0 ? 1 : digits] += digits >= 0;
            }
        }
    }
    assert_int_equal(count[0], 17);
    assert_int_equal(count[1], 0);
    assert_int_equal(count[2], 139);
    assert_int_equal(count[3], 7);
    assert_int_equal(count[4], 2);
}

static void what_is_no_currency_is_not_found(void **state)
{
    static const char *const codes[] = {"", "E", "EU", "EURO", "eur", "XAU", "XXX", "DEM", "EU ", "UR ", " EU"};
    (void)state;
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
        assert_int_equal(digits_of(codes[i]), -1);
}

static void missing_arguments_are_refused(void **state)
{
    int32_t digits = 42;
    (void)state;
    assert_int_equal(bpo_currency_digits(NULL, &digits), BPO_E_INVALID);
    assert_int_equal(bpo_currency_digits("EUR", NULL), BPO_E_INVALID);
    assert_int_equal(digits, 42);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_are_those_of_iso_4217),
        cmocka_unit_test(the_list_is_whole),
        cmocka_unit_test(what_is_no_currency_is_not_found),
        cmocka_unit_test(missing_arguments_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
