/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"
#include "time/duration.h"

typedef struct sample {
    const char *text;
    bpo_duration value;
    const char *canonical;
} sample;

static const sample samples[] = {
    {"PT8H", 8 * BPO_HOUR, "PT8H"},
    {"PT15M", 15 * BPO_MINUTE, "PT15M"},
    {"P1DT2H30M", BPO_DAY + 2 * BPO_HOUR + 30 * BPO_MINUTE, "PT26H30M"},
    {"P2W", 14 * BPO_DAY, "PT336H"},
    {"P1W1DT1S", 8 * BPO_DAY + BPO_SECOND, "PT192H1S"},
    {"PT0S", 0, "PT0S"},
    {"PT1.5S", 1500000, "PT1.5S"},
    {"PT0.000001S", 1, "PT0.000001S"},
    {"PT61.050S", 61050000, "PT1M1.05S"},
    {"-PT1H", -BPO_HOUR, "-PT1H"},
    {"PT9223372036854.775807S", INT64_MAX, "PT2562047788H54.775807S"},
    {"-PT9223372036854.775807S", -INT64_MAX, "-PT2562047788H54.775807S"},
};

static void durations_are_read_and_written(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        bpo_duration value = 77;
        char text[BPO__DURATION_TEXT_SIZE];
        assert_int_equal(bpo__duration_parse(NULL, bpo__text_of(samples[i].text), &value, NULL), BPO_OK);
        assert_true(value == samples[i].value);
        assert_int_equal(bpo__duration_format(value, text), strlen(samples[i].canonical));
        assert_string_equal(text, samples[i].canonical);
        assert_int_equal(bpo__duration_parse(NULL, bpo__text_of(text), &value, NULL), BPO_OK);
        assert_true(value == samples[i].value);
    }
}

static void the_most_negative_duration_can_be_written(void **state)
{
    (void)state;
    char text[BPO__DURATION_TEXT_SIZE];
    bpo__duration_format(INT64_MIN, text);
    assert_string_equal(text, "-PT2562047788H54.775808S");
}

static void expect_refusal(const char *text, const char *advice)
{
    bpo_duration value = 77;
    bpo_error err = BPO_ERROR_INIT;
    if (bpo__duration_parse("/targets/resolution", bpo__text_of(text), &value, &err) != BPO_E_VALUE)
        fail_msg("%s", text);
    assert_true(value == 77);
    assert_string_equal(err.path, "/targets/resolution");
    if (strstr(err.message, advice) == NULL)
        fail_msg("%s: %s", text, err.message);
}

static void malformed_durations_are_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"",      "8h",    "P",     "PT",     "T8H",   "pt8h",   "PT8",     "PT8H ",
                                        " PT8H", "+PT8H", "P8H",   "PT1D",   "PTT8H", "PT1M1H", "PT1H1H",  "P1DT",
                                        "PT1.H", "P1.5D", "PT.5S", "PT1,5S", "--PT1H", "P-1D",   "PT1.5H",
                                        "PT1.1234567S", "PT1.", "PT1.-S", "PT1.5", "PT1M1M"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        expect_refusal(texts[i], "write it like PT8H");
}

static void years_and_months_are_refused_by_name(void **state)
{
    (void)state;
    expect_refusal("P1Y", "no fixed length");
    expect_refusal("P1M", "no fixed length");
    expect_refusal("P1DT1Y", "no fixed length");
}

static void what_does_not_fit_is_too_long(void **state)
{
    (void)state;
    expect_refusal("PT9223372036854.775808S", "longer than");
    expect_refusal("P106751992D", "longer than");
    expect_refusal("PT99999999999999999999999S", "longer than");
    expect_refusal("P106751991DT24H", "longer than");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(durations_are_read_and_written),
        cmocka_unit_test(the_most_negative_duration_can_be_written),
        cmocka_unit_test(malformed_durations_are_refused),
        cmocka_unit_test(years_and_months_are_refused_by_name),
        cmocka_unit_test(what_does_not_fit_is_too_long),
    };
    return cmocka_run_group_tests_name("time_duration", tests, NULL, NULL);
}
