/* SPDX-License-Identifier: Apache-2.0 */
#include "terms/value_text.h"
#include "support/test.h"
#include <bpo/decimal.h>

static void assert_text(const bpo_value *value, const char *expected)
{
    char room[BPO__VALUE_TEXT_SIZE];
    bpo__text text = bpo__value_text(value, room);
    assert_true(bpo__text_is(text, expected));
}

static void a_text_is_itself(void **state)
{
    (void)state;
    bpo_value value = {.type = BPO_TYPE_TEXT, .text = "urgent!", .size = 6};
    char room[BPO__VALUE_TEXT_SIZE];
    assert_text(&value, "urgent");
    assert_ptr_equal(bpo__value_text(&value, room).data, value.text);
    assert_text(NULL, "");
}

static void equal_numbers_have_equal_text(void **state)
{
    (void)state;
    static const struct {
        int64_t coefficient;
        int32_t scale;
        const char *text;
    } cases[] = {{150, 2, "1.5"}, {15, 1, "1.5"},  {100, 2, "1"},    {100, 0, "100"},
                 {0, 3, "0"},     {-50, 2, "-0.5"}, {1, 18, "0.000000000000000001"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bpo_value value = {.type = BPO_TYPE_DECIMAL};
        assert_int_equal(bpo_decimal_set(cases[i].coefficient, cases[i].scale, &value.decimal), BPO_OK);
        assert_text(&value, cases[i].text);
    }
    bpo_value integer = {.type = BPO_TYPE_INTEGER, .integer = INT64_MIN};
    assert_text(&integer, "-9223372036854775808");
}

static void instants_are_dates_where_calendars_reach(void **state)
{
    (void)state;
    bpo_value value = {.type = BPO_TYPE_INSTANT, .integer = 0};
    assert_text(&value, "1970-01-01T00:00:00Z");
    value.integer = INT64_MIN;
    assert_text(&value, "-9223372036854775808");
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_is_itself),
        cmocka_unit_test(equal_numbers_have_equal_text),
        cmocka_unit_test(instants_are_dates_where_calendars_reach),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
