/* SPDX-License-Identifier: Apache-2.0 */
/* Values of terms: what reads, what is refused, and that a refusal leaves the output alone. */
#include "terms_support.h"

#include "terms/values.h"

static void shares_are_exact(void **state)
{
    static const struct {
        const char *text;
        const char *exact; /* NULL: refused */
    } cases[] = {{"95%", "0.95"}, {"99.95%", "0.9995"}, {"0.95", "0.95"}, {"0", "0"},
                 {"1", "1"},      {"100%", "1"},        {"0%", "0"},      {"1.01", NULL},
                 {"101%", NULL},  {"-1%", NULL},        {"95 %", NULL},   {"%", NULL},
                 {"", NULL},      {"95%%", NULL},       {"1e-1", NULL},   {"100.0001%", NULL}};
    char text[BPO__RATIO_TEXT_SIZE];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        bpo__ratio share = bpo__ratio_of(7);
        bpo_status status = bpo__value_share("/x", bpo__text_of(cases[i].text), &share, NULL);
        assert_int_equal(status, cases[i].exact ? BPO_OK : BPO_E_VALUE);
        bpo__ratio_format(share, text);
        assert_string_equal(text, cases[i].exact ? cases[i].exact : "7");
    }
}

static void money_may_name_its_currency(void **state)
{
    static const struct {
        const char *text;
        const char *amount; /* NULL: refused */
    } cases[] = {{"24.50", "24.50"}, {"24.50 EUR", "24.50"}, {"0", "0"},     {"24.50 USD", NULL}, {"24.50EUR", NULL},
                 {"24,50", NULL},    {"1e3", NULL},          {"-1", NULL},   {"1,000.00", NULL},  {"EUR", NULL},
                 {" 24.50", NULL},   {"24.50 eur", NULL},    {"0x10", NULL}, {"", NULL},          {"24.50  EUR", NULL}};
    char text[BPO_DECIMAL_TEXT_SIZE];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        bpo_decimal amount;
        bpo_status status;
        bpo_decimal_set(7, 0, &amount);
        status = bpo__value_money("/x", bpo__text_of(cases[i].text), "EUR", &amount, NULL);
        assert_int_equal(status, cases[i].amount ? BPO_OK : BPO_E_VALUE);
        bpo_decimal_format(&amount, text, sizeof text);
        assert_string_equal(text, cases[i].amount ? cases[i].amount : "7");
    }
}

static void integers_stay_in_their_range(void **state)
{
    int64_t value = 7;
    bpo_error err = BPO_ERROR_INIT;

    (void)state;
    assert_int_equal(bpo__value_integer("/x", BPO__TEXT("31"), 1, 31, &value, NULL), BPO_OK);
    assert_int_equal(value, 31);
    assert_int_equal(bpo__value_integer("/x", BPO__TEXT("32"), 1, 31, &value, &err), BPO_E_VALUE);
    assert_string_equal(err.message, "\"32\" is not a whole number from 1 to 31");
    assert_int_equal(bpo__value_integer("/x", BPO__TEXT("0"), 1, 31, &value, NULL), BPO_E_VALUE);
    assert_int_equal(bpo__value_integer("/x", BPO__TEXT("1.0"), 1, 31, &value, NULL), BPO_E_VALUE);
    assert_int_equal(value, 31);
}

static void a_choice_is_one_whole_word(void **state)
{
    int32_t index = 7;
    bool flag = false;

    (void)state;
    assert_int_equal(bpo__value_choice("/x", BPO__TEXT("week"), "month,week,year", &index, NULL), BPO_OK);
    assert_int_equal(index, 1);
    assert_int_equal(bpo__value_choice("/x", BPO__TEXT("year"), "month,week,year", &index, NULL), BPO_OK);
    assert_int_equal(index, 2);
    assert_int_equal(bpo__value_choice("/x", BPO__TEXT("mon"), "month,week,year", &index, NULL), BPO_E_VALUE);
    assert_int_equal(bpo__value_choice("/x", BPO__TEXT("month,week"), "month,week,year", &index, NULL), BPO_E_VALUE);
    assert_int_equal(bpo__value_choice("/x", BPO__TEXT(""), "month,week,year", &index, NULL), BPO_E_VALUE);
    assert_int_equal(index, 2);
    assert_int_equal(bpo__value_flag("/x", BPO__TEXT("true"), &flag, NULL), BPO_OK);
    assert_true(flag);
    assert_int_equal(bpo__value_flag("/x", BPO__TEXT("1"), &flag, NULL), BPO_E_VALUE);
}

static void currencies_are_those_of_the_standard(void **state)
{
    (void)state;
    assert_int_equal(bpo__value_currency("/x", BPO__TEXT("JPY"), NULL), BPO_OK);
    assert_int_equal(bpo__value_currency("/x", BPO__TEXT("jpy"), NULL), BPO_E_VALUE);
    assert_int_equal(bpo__value_currency("/x", BPO__TEXT("EURO"), NULL), BPO_E_VALUE);
    assert_int_equal(bpo__value_currency("/x", BPO__TEXT("ZZZ"), NULL), BPO_E_VALUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_are_exact),
        cmocka_unit_test(money_may_name_its_currency),
        cmocka_unit_test(integers_stay_in_their_range),
        cmocka_unit_test(a_choice_is_one_whole_word),
        cmocka_unit_test(currencies_are_those_of_the_standard),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
