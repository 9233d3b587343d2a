/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"
#include "time/civil.h"
#include "time/zone_rule.h"

static bpo__zone_rule rule_of(const char *text)
{
    bpo__zone_rule rule;
    if (!bpo__zone_rule_parse(bpo__text_of(text), &rule))
        fail_msg("%s", text);
    return rule;
}

static int64_t utc(int year, int month, int day, int hour, int minute)
{
    return (int64_t)bpo__days_of_civil(year, month, day) * 86400 + hour * 3600 + minute * 60;
}

/* The offset changes at just this second. */
static void expect_change(const char *text, int64_t at, int32_t before, int32_t after)
{
    bpo__zone_rule rule = rule_of(text);
    bpo__zone_span first = bpo__zone_rule_span(&rule, at - 1);
    bpo__zone_span second = bpo__zone_rule_span(&rule, at);
    assert_int_equal(first.offset, before);
    assert_int_equal(second.offset, after);
    assert_int_equal(first.until, at);
    assert_int_equal(second.from, at);
    assert_true(second.until > at);
}

static void a_zone_without_daylight_saving_has_one_offset(void **state)
{
    (void)state;
    assert_int_equal(rule_of("IST-5:30").standard, 19800);
    assert_false(rule_of("IST-5:30").has_daylight);
    assert_int_equal(rule_of("<-03>3").standard, -10800);
    assert_int_equal(rule_of("<+1245>-12:45").standard, 45900);
    assert_int_equal(rule_of("LMT0:01:15").standard, -75);
}

static void weekdays_of_a_month_are_found(void **state)
{
    (void)state;
    expect_change("EST5EDT,M3.2.0,M11.1.0", utc(2026, 3, 8, 7, 0), -18000, -14400);
    expect_change("EST5EDT,M3.2.0,M11.1.0", utc(2026, 11, 1, 6, 0), -14400, -18000);
    expect_change("CET-1CEST,M3.5.0,M10.5.0/3", utc(2026, 3, 29, 1, 0), 3600, 7200);
    expect_change("CET-1CEST,M3.5.0,M10.5.0/3", utc(2027, 10, 31, 1, 0), 7200, 3600);
    expect_change("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", utc(2026, 10, 3, 15, 30), 37800, 39600);
}

static void daylight_saving_may_be_behind_the_standard(void **state)
{
    (void)state;
    expect_change("IST-1GMT0,M10.5.0,M3.5.0/1", utc(2026, 10, 25, 1, 0), 3600, 0);
    expect_change("IST-1GMT0,M10.5.0,M3.5.0/1", utc(2026, 3, 29, 1, 0), 0, 3600);
}

static void hours_may_be_negative_or_beyond_a_day(void **state)
{
    (void)state;
    expect_change("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", utc(2026, 3, 29, 1, 0), -7200, -3600);
    expect_change("IST-2IDT,M3.4.4/26,M10.5.0", utc(2026, 3, 27, 0, 0), 7200, 10800);
    expect_change("AAA0BBB,J1/-167,J60/167:59:59", utc(2025, 12, 25, 1, 0), 0, 3600);
}

static void days_of_the_year_count_the_leap_day_or_not(void **state)
{
    (void)state;
    expect_change("AAA0BBB,J60/0,J300/0", utc(2024, 3, 1, 0, 0), 0, 3600);
    expect_change("AAA0BBB,J60/0,J300/0", utc(2023, 3, 1, 0, 0), 0, 3600);
    expect_change("AAA0BBB,J59/0,J300/0", utc(2024, 2, 28, 0, 0), 0, 3600);
    expect_change("AAA0BBB,59/0,300/0", utc(2024, 2, 29, 0, 0), 0, 3600);
    expect_change("AAA0BBB,59/0,300/0", utc(2023, 3, 1, 0, 0), 0, 3600);
}

static void daylight_saving_can_last_all_year(void **state)
{
    (void)state;
    bpo__zone_rule rule = rule_of("EST5EDT,0/0,J365/25");
    for (int year = 2020; year < 2030; year++) {
        for (int day = 0; day < 366; day++) {
            int64_t at = utc(year, 1, 1, 0, 0) + day * INT64_C(86400) + 5 * 3600;
            assert_int_equal(bpo__zone_rule_span(&rule, at).offset, -14400);
            assert_int_equal(bpo__zone_rule_span(&rule, at - 1).offset, -14400);
        }
    }
}

static void spans_go_on_without_a_gap(void **state)
{
    (void)state;
    static const char *const texts[] = {"EST5EDT,M3.2.0,M11.1.0", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
                                        "AAA0BBB,J1/-167,J365/167", "EST5EDT,0/0,J365/25", "AAA0BBB,J100/0,J100/1"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        bpo__zone_rule rule = rule_of(texts[i]);
        int64_t at = utc(1, 1, 1, 0, 0);
        for (int n = 0; n < 1000; n++) {
            bpo__zone_span span = bpo__zone_rule_span(&rule, at);
            assert_true(span.from <= at && span.until > at);
            at = span.until;
        }
    }
}

static void other_texts_are_no_rule(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "", "E", "ES5", "EST", "EST5EDT", "EST5EDT,M3.2.0", "EST5EDT,M3.2.0,M11.1.0,", "EST5EDT,M0.2.0,M11.1.0",
        "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,M3.0.0,M11.1.0", "EST5EDT,M3.6.0,M11.1.0", "EST5EDT,M3.2.7,M11.1.0",
        "EST5EDT,J0,J300", "EST5EDT,J366,J300", "EST5EDT,366,300", "EST25", "EST5:60", "EST5:00:60", "EST5:",
        "EST5:00:",
        "EST5EDT,M3.2.0/168,M11.1.0", "EST5EDT,M3.2.0/-168,M11.1.0", "<-03>", "<-03", "<>3", "<-0>3", "<-03>3x",
        "EST5EDT4,M3.2,M11.1.0", "EST5EDT,M3.2.0,M11.1.0 ", " EST5", "EST5EDT25,M3.2.0,M11.1.0", "EST1234",
        "EST5EDT,,M11.1.0", "EST5ED,M3.2.0,M11.1.0",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        bpo__zone_rule rule = {.standard = 77};
        if (bpo__zone_rule_parse(bpo__text_of(texts[i]), &rule))
            fail_msg("%s", texts[i]);
        assert_int_equal(rule.standard, 77);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_zone_without_daylight_saving_has_one_offset),
        cmocka_unit_test(weekdays_of_a_month_are_found),
        cmocka_unit_test(daylight_saving_may_be_behind_the_standard),
        cmocka_unit_test(hours_may_be_negative_or_beyond_a_day),
        cmocka_unit_test(days_of_the_year_count_the_leap_day_or_not),
        cmocka_unit_test(daylight_saving_can_last_all_year),
        cmocka_unit_test(spans_go_on_without_a_gap),
        cmocka_unit_test(other_texts_are_no_rule),
    };
    return cmocka_run_group_tests_name("time_zone_rule", tests, NULL, NULL);
}
