/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"
#include "time/date.h"

static void a_date_is_read_and_written(void **state)
{
    (void)state;
    int32_t days = 77;
    char text[BPO__DATE_TEXT_SIZE];
    assert_int_equal(bpo__date_parse(NULL, BPO__TEXT("2026-12-25"), &days, NULL), BPO_OK);
    assert_int_equal(days, bpo__days_of_civil(2026, 12, 25));
    assert_int_equal(bpo__date_format(days, text), 10);
    assert_string_equal(text, "2026-12-25");
    bpo__date_format(bpo__days_of_civil(1, 2, 3), text);
    assert_string_equal(text, "0001-02-03");
}

static void other_texts_are_refused_with_the_form_that_would_be_right(void **state)
{
    (void)state;
    static const char *const texts[] = {"",           "2026-12-2",  "2026-12-255", "2026/12/25", "2026-1-025",
                                        "+026-12-25", " 026-12-25", "2026-12-2x",  "--12-25",    "20261225",
                                        "2026-12/25"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        int32_t days = 77;
        bpo_error err = BPO_ERROR_INIT;
        assert_int_equal(bpo__date_parse("/start", bpo__text_of(texts[i]), &days, &err), BPO_E_VALUE);
        assert_int_equal(days, 77);
        assert_string_equal(err.path, "/start");
        assert_non_null(strstr(err.message, "write it like 2026-12-25"));
    }
}

static void dates_that_the_calendar_does_not_have_are_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"2026-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "2026-04-31",
                                        "0000-01-01"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        int32_t days = 77;
        bpo_error err = BPO_ERROR_INIT;
        assert_int_equal(bpo__date_parse(NULL, bpo__text_of(texts[i]), &days, &err), BPO_E_VALUE);
        assert_int_equal(days, 77);
        assert_non_null(strstr(err.message, "the calendar does not have"));
    }
}

static void a_yearly_date_has_the_year_zero(void **state)
{
    (void)state;
    bpo__date date = {7, 7, 7};
    assert_int_equal(bpo__date_or_yearly_parse(NULL, BPO__TEXT("--02-29"), &date, NULL), BPO_OK);
    assert_int_equal(date.year, 0);
    assert_int_equal(date.month, 2);
    assert_int_equal(date.day, 29);
    assert_int_equal(bpo__date_or_yearly_parse(NULL, BPO__TEXT("2024-02-29"), &date, NULL), BPO_OK);
    assert_int_equal(date.year, 2024);
}

static void bad_yearly_dates_leave_the_output_alone(void **state)
{
    (void)state;
    static const char *const texts[] = {"--02-30",    "--13-01", "-02-29",  "--2-29",  "--02-29-",
                                        "2023-02-29", "12-25",   "2026-12", "-a02-29", "--0x-29",
                                        "--02/29",    "--02-2x", "2023-02"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        bpo__date date = {7, 7, 7};
        assert_int_equal(bpo__date_or_yearly_parse("/h", bpo__text_of(texts[i]), &date, NULL), BPO_E_VALUE);
        assert_int_equal(date.year, 7);
    }
}

static void digits_are_read_within_the_text_only(void **state)
{
    (void)state;
    int32_t value = 5;
    assert_true(bpo__digits_parse(BPO__TEXT("a042"), 1, 3, &value));
    assert_int_equal(value, 42);
    assert_false(bpo__digits_parse(BPO__TEXT("a042"), 2, 3, &value));
    assert_false(bpo__digits_parse(BPO__TEXT("a042"), 5, 0, &value));
    assert_false(bpo__digits_parse(BPO__TEXT("1234567890"), 0, 10, &value));
    assert_int_equal(value, 42);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_date_is_read_and_written),
        cmocka_unit_test(other_texts_are_refused_with_the_form_that_would_be_right),
        cmocka_unit_test(dates_that_the_calendar_does_not_have_are_refused),
        cmocka_unit_test(a_yearly_date_has_the_year_zero),
        cmocka_unit_test(bad_yearly_dates_leave_the_output_alone),
        cmocka_unit_test(digits_are_read_within_the_text_only),
    };
    return cmocka_run_group_tests_name("time_date", tests, NULL, NULL);
}
