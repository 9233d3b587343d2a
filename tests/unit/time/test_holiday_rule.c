/* SPDX-License-Identifier: Apache-2.0 */
/* Rules for holidays against dates from almanacs and from the law, worked out without the library. */
#include "office.h"
#include "time/holiday_rule.h"

static bpo__holiday_rule rule_of(const char *text, const char *observed)
{
    bpo__holiday_rule rule = {0};
    assert_int_equal(bpo__holiday_rule_parse(NULL, bpo__text_of(text), &rule, NULL), BPO_OK);
    assert_int_equal(bpo__observed_parse(NULL, bpo__text_of(observed), rule.observed, NULL), BPO_OK);
    bpo__holiday_rule_settle(&rule);
    return rule;
}

/* yyyymmdd of the holiday of a year, or 0. */
static int date_of(const char *text, const char *observed, int year)
{
    bpo__holiday_rule rule = rule_of(text, observed);
    int32_t days;
    if (!bpo__holiday_rule_date(&rule, year, &days))
        return 0;
    bpo__date date = bpo__civil_of_days(days);
    return date.year * 10000 + date.month * 100 + date.day;
}

static void easter_is_that_of_the_almanac(void **state)
{
    static const int western[] = {17340425, 18860425, 19000415, 19540418,
                                  19810419, 20000423, 20260405, 20380425, 20490418, 20760419, 22000406};
    static const int orthodox[] = {19000422, 20000430, 20240505, 20250420, 20260412, 21000502, 22000406};
    (void)state;
    for (size_t i = 0; i < sizeof(western) / sizeof(western[0]); i++)
        assert_int_equal(date_of("easter", "none", western[i] / 10000), western[i]);
    for (size_t i = 0; i < sizeof(orthodox) / sizeof(orthodox[0]); i++)
        assert_int_equal(date_of("orthodox_easter", "none", orthodox[i] / 10000), orthodox[i]);
}

static void each_form_of_a_rule_gives_its_date(void **state)
{
    static const struct {
        const char *text;
        int date;
    } cases[] = {
        {"--12-25", 20261225},         {"--02-29", 20240229},           {"easter-2", 20260403},
        {"easter +1", 20260406},       {"easter+60", 20260604},         {"orthodox_easter+1", 20260413},
        {"mon#3 of jan", 20260119},    {"mon#-1 of may", 20260525},     {"sun#-2 of may", 20260524},
        {"sat#5 of aug", 20260829},    {"thu#4 of nov +1", 20261127},   {"sat from --06-20", 20260620},
        {"sun from --06-20", 20260621}, {"mon before --05-25", 20260518}, {"wed before --11-23", 20261118},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(date_of(cases[i].text, "none", cases[i].date / 10000), cases[i].date);
    assert_int_equal(date_of("--02-29", "none", 2026), 0);
    assert_int_equal(date_of("mon#5 of feb", "none", 2026), 0);
    assert_int_equal(date_of("mon#5 of feb", "none", 2044), 20440229);
    assert_int_equal(date_of("mon#-5 of feb", "none", 2026), 0);
}

static void an_observed_holiday_moves_by_its_weekday(void **state)
{
    (void)state;
    assert_int_equal(date_of("--07-04", "nearest_weekday", 2026), 20260703); /* Saturday */
    assert_int_equal(date_of("--07-04", "nearest_weekday", 2027), 20270705); /* Sunday */
    assert_int_equal(date_of("--07-04", "nearest_weekday", 2028), 20280704); /* Tuesday */
    assert_int_equal(date_of("--07-04", "next_weekday", 2026), 20260706);
    assert_int_equal(date_of("--07-04", "previous_weekday", 2027), 20270702);
    assert_int_equal(date_of("--07-04", "next_monday", 2028), 20280710);
    assert_int_equal(date_of("--12-25", "sat+3, sun+2", 2027), 20271228);
    assert_int_equal(date_of("--07-09", "tue-1, wed-2, thu+4, fri+3", 2026), 20260713); /* Thursday */
    assert_int_equal(date_of("--01-01", "nearest_weekday", 2022), 20211231);
}

static void a_rule_holds_on_its_date_alone(void **state)
{
    static const char *const texts[] = {"--01-01",     "--12-31",          "easter-47",
                                         "mon#1 of jan", "sun from --12-30", "--01-01 -250"};
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        bpo__holiday_rule rule = rule_of(texts[i], "sat-7, sun+7");
        int found = 0;
        int expected = 0;
        for (int32_t days = office_days(2000, 1, 1); days < office_days(2040, 1, 1); days++) {
            bpo__date date = bpo__civil_of_days(days);
            found += bpo__holiday_rule_holds(&rule, date.year, days - office_days(date.year, 1, 1));
        }
        for (int year = 1999; year <= 2041; year++) {
            int32_t days;
            if (!bpo__holiday_rule_date(&rule, year, &days))
                continue;
            bpo__date date = bpo__civil_of_days(days);
            assert_true(bpo__holiday_rule_holds(&rule, date.year, days - office_days(date.year, 1, 1)));
            expected += date.year >= 2000 && date.year < 2040;
        }
        assert_int_equal(found, expected);
    }
}

/* 5 U.S.C. 6103, by the dates on which federal offices are closed from Monday to Friday. */
static const int federal_dates[] = {
    20200101, 20200120, 20200217, 20200525, 20200703, 20200907, 20201012, 20201111, 20201126, 20201225, 20210101,
    20210118, 20210215, 20210531, 20210618, 20210705, 20210906, 20211011, 20211111, 20211125, 20211224, 20211231,
    20220117, 20220221, 20220530, 20220620, 20220704, 20220905, 20221010, 20221111, 20221124, 20221226, 20230102,
    20230116, 20230220, 20230529, 20230619, 20230704, 20230904, 20231009, 20231110, 20231123, 20231225, 20240101,
    20240115, 20240219, 20240527, 20240619, 20240704, 20240902, 20241014, 20241111, 20241128, 20241225, 20250101,
    20250120, 20250217, 20250526, 20250619, 20250704, 20250901, 20251013, 20251111, 20251127, 20251225, 20260101,
    20260119, 20260216, 20260525, 20260619, 20260703, 20260907, 20261012, 20261111, 20261126, 20261225, 20270101,
    20270118, 20270215, 20270531, 20270618, 20270705, 20270906, 20271011, 20271111, 20271125, 20271224, 20271231,
    20280117, 20280221, 20280529, 20280619, 20280704, 20280904, 20281009, 20281110, 20281123, 20281225, 20290101,
    20290115, 20290219, 20290528, 20290619, 20290704, 20290903, 20291008, 20291112, 20291122, 20291225, 20300101,
    20300121, 20300218, 20300527, 20300619, 20300704, 20300902, 20301014, 20301111, 20301128, 20301225,
};

static void the_holidays_of_the_united_states_are_rules(void **state)
{
    static const struct {
        const char *text;
        int from_year;
    } federal[] = {{"--01-01", 0},      {"mon#3 of jan", 0}, {"mon#3 of feb", 0}, {"mon#-1 of may", 0},
                   {"--06-19", 2021},   {"--07-04", 0},      {"mon#1 of sep", 0}, {"mon#2 of oct", 0},
                   {"--11-11", 0},      {"thu#4 of nov", 0}, {"--12-25", 0}};
    bpo__holiday_rule rules[11];
    size_t next = 0;
    (void)state;
    for (size_t i = 0; i < 11; i++) {
        rules[i] = rule_of(federal[i].text, "nearest_weekday");
        rules[i].from_year = federal[i].from_year;
    }
    for (int32_t days = office_days(2020, 1, 1); days <= office_days(2030, 12, 31); days++) {
        bpo__date date = bpo__civil_of_days(days);
        bool holds = false;
        for (size_t i = 0; i < 11; i++)
            holds = holds || bpo__holiday_rule_holds(&rules[i], date.year, days - office_days(date.year, 1, 1));
        bool listed = federal_dates[next] == date.year * 10000 + date.month * 100 + date.day;
        assert_int_equal(holds, listed);
        next += listed && next + 1 < sizeof(federal_dates) / sizeof(federal_dates[0]);
    }
}

static void the_years_of_a_rule_are_those_of_its_date_before_it_moves(void **state)
{
    bpo__holiday_rule rule = rule_of("--01-01", "nearest_weekday");
    int32_t days;
    (void)state;
    rule.from_year = 2022;
    rule.to_year = 2023;
    assert_false(bpo__holiday_rule_date(&rule, 2021, &days));
    assert_true(bpo__holiday_rule_date(&rule, 2022, &days)); /* on 2021-12-31 */
    assert_true(bpo__holiday_rule_holds(&rule, 2021, 364));
    assert_true(bpo__holiday_rule_date(&rule, 2023, &days));
    assert_false(bpo__holiday_rule_date(&rule, 2024, &days));
}

static void what_is_no_rule_is_refused_and_leaves_the_rule_alone(void **state)
{
    static const char *const texts[] = {
        "",           "christmas",     "12-25",          "--13-01",        "--02-30",       "--1-1",
        "easter1",    "easter+",       "easter+251",     "easter-999",     "easter+1000",   "easter +1 x",
        "mon#0 of may", "mon#6 of may", "mon#-6 of may", "mon#1 in may",   "mon#1 of mai",  "mon#1",
        "mon",        "mon from 06-20", "mon after --06-20", "mon before --06-31", "Mon#1 of may", "mon#1of",
        "--12-251",   "mon before",    "--12",           "--12/25",        "--12-x5",        "--x2-25",
        "mon#x of may", "mon#",
    };
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        bpo__holiday_rule rule = rule_of("thu#4 of nov +1", "sat-1");
        bpo__holiday_rule before = rule;
        bpo_error err = BPO_ERROR_INIT;
        assert_int_equal(bpo__holiday_rule_parse("/rule", bpo__text_of(texts[i]), &rule, &err), BPO_E_VALUE);
        assert_string_equal(err.path, "/rule");
        assert_memory_equal(&rule, &before, sizeof rule);
    }
}

/* A text without an end of its own, cut out of a longer one, is what its characters say. */
static void what_follows_a_text_is_not_read(void **state)
{
    static const char *const texts[] = {"easter+250", "orthodox_easter -1", "mon#3 of jan +1", "sat from --06-20",
                                        "wed before --11-23", "--12-25"};
    static const char moves[] = "sat-1, sun+1";
    int8_t observed[7];
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        for (size_t size = 0; size <= strlen(texts[i]); size++) {
            char copy[40] = "";
            bpo__holiday_rule rule = {0};
            bpo__holiday_rule other = {0};
            bpo__text cut = {texts[i], size};
            memcpy(copy, texts[i], size);
            assert_int_equal(bpo__holiday_rule_parse(NULL, cut, &rule, NULL),
                             bpo__holiday_rule_parse(NULL, bpo__text_of(copy), &other, NULL));
            assert_memory_equal(&rule, &other, sizeof rule);
        }
    }
    assert_int_equal(bpo__observed_parse(NULL, (bpo__text){moves, 4}, observed, NULL), BPO_E_VALUE);
    assert_int_equal(bpo__observed_parse(NULL, (bpo__text){moves, 5}, observed, NULL), BPO_OK);
    assert_int_equal(observed[5], -1);
    assert_int_equal(observed[6], 0);
}

static void what_is_no_observance_is_refused(void **state)
{
    static const char *const texts[] = {"", "sometimes", "sat", "sat+0", "sat+8", "sat-8",
                                        "sat 1", "sat+1,", "sat+1, sat+2", "sat+1 sun+1"};
    int8_t observed[7] = {1, 2, 3, 4, 5, 6, 7};
    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        bpo_error err = BPO_ERROR_INIT;
        assert_int_equal(bpo__observed_parse("/observed", bpo__text_of(texts[i]), observed, &err), BPO_E_VALUE);
        assert_string_equal(err.path, "/observed");
        assert_int_equal(observed[0] + observed[6], 8);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(easter_is_that_of_the_almanac),
        cmocka_unit_test(each_form_of_a_rule_gives_its_date),
        cmocka_unit_test(an_observed_holiday_moves_by_its_weekday),
        cmocka_unit_test(a_rule_holds_on_its_date_alone),
        cmocka_unit_test(the_holidays_of_the_united_states_are_rules),
        cmocka_unit_test(the_years_of_a_rule_are_those_of_its_date_before_it_moves),
        cmocka_unit_test(what_is_no_rule_is_refused_and_leaves_the_rule_alone),
        cmocka_unit_test(what_follows_a_text_is_not_read),
        cmocka_unit_test(what_is_no_observance_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
