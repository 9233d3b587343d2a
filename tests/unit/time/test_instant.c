/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"
#include "time/civil.h"
#include "time/instant.h"

typedef struct sample {
    const char *text;
    bpo_time at;
    const char *canonical;
} sample;

static const sample samples[] = {
    {"1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z"},
    {"2026-07-01T00:00:00-03:00", INT64_C(1782874800000000), "2026-07-01T03:00:00Z"},
    {"2026-07-01t00:00:00z", INT64_C(1782864000000000), "2026-07-01T00:00:00Z"},
    {"1969-12-31T23:59:59.999999Z", -1, "1969-12-31T23:59:59.999999Z"},
    {"1970-01-01T00:00:00.5Z", 500000, "1970-01-01T00:00:00.5Z"},
    {"1970-01-01T00:00:00.050+00:00", 50000, "1970-01-01T00:00:00.05Z"},
    {"1970-01-01T05:45:00+05:45", 0, "1970-01-01T00:00:00Z"},
    {"0001-01-01T00:00:00Z", INT64_C(-62135596800000000), "0001-01-01T00:00:00Z"},
    {"9999-12-31T23:59:59.999999Z", INT64_C(253402300799999999), "9999-12-31T23:59:59.999999Z"},
};

static void instants_are_read_and_written(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        bpo_time at = 77;
        char text[BPO_TIME_TEXT_SIZE];
        assert_int_equal(bpo_time_parse(samples[i].text, &at, NULL), BPO_OK);
        assert_true(at == samples[i].at);
        assert_int_equal(bpo_time_format(at, text, sizeof text), strlen(samples[i].canonical));
        assert_string_equal(text, samples[i].canonical);
    }
}

static void malformed_instants_are_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "2026-07-01",
        "2026-07-01T00:00:00",
        "2026-07-01 00:00:00Z",
        "2026-07-01T00:00Z",
        "2026-07-01T24:00:00Z",
        "2026-07-01T00:60:00Z",
        "2026-06-30T23:59:60Z",
        "2026-02-29T00:00:00Z",
        "2026-07-01T00:00:00.Z",
        "2026-07-01T00:00:00.1234567Z",
        "2026-07-01T00:00:00+24:00",
        "2026-07-01T00:00:00+01:60",
        "2026-07-01T00:00:00+0100",
        "2026-07-01T00:00:00Zz",
        "2026-07-01T00:00:00+01:00x",
        "0000-12-31T23:00:00-02:00",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        bpo_time at = 77;
        bpo_error err = BPO_ERROR_INIT;
        if (bpo__instant_parse("/from", bpo__text_of(texts[i]), &at, &err) != BPO_E_VALUE)
            fail_msg("%s", texts[i]);
        assert_true(at == 77);
        assert_string_equal(err.path, "/from");
        assert_non_null(strstr(err.message, "with an offset or Z"));
    }
}

/* Each character counts: at every place of a text another one is refused, and so is every beginning of the text. */
static void a_text_is_right_in_every_character(void **state)
{
    (void)state;
    const char whole[] = "2026-07-01T12:30:45.25+01:30";
    for (size_t i = 0; i < sizeof whole - 1; i++) {
        for (const char *other = "x/"; *other != '\0'; other++) {
            char text[sizeof whole];
            bpo_time at = 77;
            memcpy(text, whole, sizeof whole);
            text[i] = *other;
            if (bpo_time_parse(text, &at, NULL) != BPO_E_VALUE)
                fail_msg("%s", text);
            text[i] = '\0';
            if (bpo_time_parse(text, &at, NULL) != BPO_E_VALUE)
                fail_msg("%s", text);
            assert_true(at == 77);
        }
    }
}

static void offsets_that_leave_the_years_are_outside(void **state)
{
    (void)state;
    bpo_time at = 77;
    assert_int_equal(bpo_time_parse("0001-01-01T00:00:00+00:01", &at, NULL), BPO_E_HORIZON);
    assert_int_equal(bpo_time_parse("9999-12-31T23:59:59-00:01", &at, NULL), BPO_E_HORIZON);
    assert_true(at == 77);
}

static void nothing_is_refused_softly(void **state)
{
    (void)state;
    bpo_time at = 77;
    assert_int_equal(bpo_time_parse(NULL, &at, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_time_parse("1970-01-01T00:00:00Z", NULL, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_time_format(0, NULL, 40), 0);
}

static void never_has_a_text_and_the_far_has_none(void **state)
{
    (void)state;
    char text[BPO_TIME_TEXT_SIZE] = "as before";
    assert_int_equal(bpo_time_format(INT64_C(253402300800000000), text, sizeof text), 0);
    assert_int_equal(bpo_time_format(INT64_C(-62135596800000001), text, sizeof text), 0);
    assert_int_equal(bpo_time_format(INT64_MIN, text, sizeof text), 0);
    assert_int_equal(bpo_time_format(-BPO_TIME_NEVER, text, sizeof text), 0);
    assert_string_equal(text, "as before");
    assert_int_equal(bpo_time_format(BPO_TIME_NEVER, text, sizeof text), 5);
    assert_string_equal(text, "never");
}

static void a_text_that_does_not_fit_is_not_written(void **state)
{
    (void)state;
    char text[BPO_TIME_TEXT_SIZE] = "as before";
    assert_int_equal(bpo_time_format(0, text, 20), 0);
    assert_string_equal(text, "as before");
    assert_int_equal(bpo_time_format(0, text, 21), 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(instants_are_read_and_written),
        cmocka_unit_test(malformed_instants_are_refused),
        cmocka_unit_test(a_text_is_right_in_every_character),
        cmocka_unit_test(offsets_that_leave_the_years_are_outside),
        cmocka_unit_test(nothing_is_refused_softly),
        cmocka_unit_test(never_has_a_text_and_the_far_has_none),
        cmocka_unit_test(a_text_that_does_not_fit_is_not_written),
    };
    return cmocka_run_group_tests_name("time_instant", tests, NULL, NULL);
}
