/* SPDX-License-Identifier: Apache-2.0 */
#include "support/fault.h"
#include "time/schedule.h"
#include "office.h"
#include <stdio.h>

static bpo_context *context;
static bpo__arena arena;

static int set_up(void **state)
{
    (void)state;
    context = office_context();
    bpo__arena_init(&arena, context);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    bpo__arena_clear(&arena);
    context = bpo_context_unref(context);
    return 0;
}

static bpo__schedule schedule_of(bpo__calendar_definition definition)
{
    bpo__schedule schedule = {0};
    assert_int_equal(bpo__schedule_init(&schedule, &arena, &definition, NULL), BPO_OK);
    return schedule;
}

#define HOURS_TEXT_SIZE 2048 /* enough for the fullest date */

/* Puts 22 or 22:30 at a place of a text of that size, and gives the place behind it. */
static size_t put_hour(char *text, size_t at, int32_t second)
{
    int minutes = second / 60;
    assert_int_equal(second % 60, 0);
    const char *format = minutes % 60 == 0 ? "%d" : "%d:%02d";
    return at + (size_t)snprintf(text + at, HOURS_TEXT_SIZE - at, format, minutes / 60, minutes % 60);
}

/* The open ranges of a date as text in hours: "0-6 22-24". */
static void expect_day(const bpo__schedule *schedule, int32_t days, const char *text)
{
    bpo__range ranges[BPO__DAY_RANGES_MOST];
    char found[HOURS_TEXT_SIZE] = "";
    size_t size = 0;
    size_t count = bpo__schedule_ranges(schedule, days, ranges);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            found[size++] = ' ';
        size = put_hour(found, size, ranges[i].from);
        found[size++] = '-';
        size = put_hour(found, size, ranges[i].until);
    }
    assert_string_equal(found, text);
}

/* 2026-11-16 is a Monday. */
#define MONDAY office_days(2026, 11, 16)

static void a_week_is_open_on_its_days(void **state)
{
    (void)state;
    bpo__schedule s = schedule_of(office_week(office_nine_to_five, 0, 4));
    expect_day(&s, MONDAY, "9-17");
    expect_day(&s, MONDAY + 4, "9-17");
    expect_day(&s, MONDAY + 5, "");
    expect_day(&s, MONDAY - 1, "");
}

static void a_night_shift_reaches_into_the_next_day(void **state)
{
    (void)state;
    bpo__schedule s = schedule_of(office_week(office_night, 0, 4));
    expect_day(&s, MONDAY, "22-24");
    expect_day(&s, MONDAY + 1, "0-6 22-24");
    expect_day(&s, MONDAY + 5, "0-6");
    expect_day(&s, MONDAY + 6, "");
    assert_int_equal(s.ordinary[5].count, 1);
    assert_int_equal(s.ordinary[5].ranges[0].until, 6 * 3600);
}

static void ranges_are_put_in_order_and_merged(void **state)
{
    (void)state;
    static const bpo__range wild[] = {{13 * 3600, 18 * 3600}, {8 * 3600, 10 * 3600}, {10 * 3600, 12 * 3600},
                                      {9 * 3600, 9 * 3600 + 1800}};
    bpo__calendar_definition d = {0};
    d.weekly[0].ranges = wild;
    d.weekly[0].count = 4;
    bpo__schedule s = schedule_of(d);
    expect_day(&s, MONDAY, "8-12 13-18");
}

static void a_civil_holiday_closes_its_date_with_the_tail_of_the_night(void **state)
{
    (void)state;
    bpo__holiday holiday = {{2026, 11, 18}, BPO__TEXT("A day")};
    bpo__calendar_definition d = office_week(office_night, 0, 4);
    d.holidays = &holiday;
    d.holiday_count = 1;
    bpo__schedule s = schedule_of(d);
    expect_day(&s, MONDAY + 1, "0-6 22-24");
    expect_day(&s, MONDAY + 2, "");
    expect_day(&s, MONDAY + 3, "0-6 22-24");
}

static void a_holiday_by_shift_start_takes_the_shift_with_its_tail(void **state)
{
    (void)state;
    bpo__holiday holiday = {{0, 11, 18}, BPO__TEXT("Every year")};
    bpo__calendar_definition d = office_week(office_night, 0, 4);
    d.holidays = &holiday;
    d.holiday_count = 1;
    d.holidays_by_shift_start = true;
    bpo__schedule s = schedule_of(d);
    expect_day(&s, MONDAY + 2, "0-6");
    expect_day(&s, MONDAY + 3, "22-24");
}

static void an_override_beats_a_holiday_unless_told_otherwise(void **state)
{
    (void)state;
    static const bpo__range short_day[1] = {{10 * 3600, 12 * 3600}};
    bpo__holiday holiday = {{2026, 11, 16}, BPO__TEXT("A day")};
    bpo__dated_hours override = {MONDAY, {short_day, 1}};
    bpo__calendar_definition d = office_week(office_nine_to_five, 0, 4);
    d.holidays = &holiday;
    d.holiday_count = 1;
    d.overrides = &override;
    d.override_count = 1;
    for (int by_start = 0; by_start < 2; by_start++) {
        d.holidays_by_shift_start = by_start;
        d.override_beats_holiday = true;
        bpo__schedule wins = schedule_of(d);
        expect_day(&wins, MONDAY, "10-12");
        d.override_beats_holiday = false;
        bpo__schedule loses = schedule_of(d);
        expect_day(&loses, MONDAY, "");
    }
}

static void an_empty_override_closes_its_shifts_only(void **state)
{
    (void)state;
    bpo__dated_hours override = {MONDAY + 1, {NULL, 0}};
    bpo__calendar_definition d = office_week(office_night, 0, 4);
    d.overrides = &override;
    d.override_count = 1;
    bpo__schedule s = schedule_of(d);
    expect_day(&s, MONDAY + 1, "0-6");
    expect_day(&s, MONDAY + 2, "22-24");
}

static void closures_are_cut_out_of_their_date(void **state)
{
    (void)state;
    static const bpo__range breaks[] = {{12 * 3600, 13 * 3600}, {9 * 3600, 10 * 3600}, {16 * 3600, 30 * 3600},
                                        {10 * 3600, 10 * 3600 + 1800}};
    bpo__dated_hours closure = {MONDAY, {breaks, 4}};
    bpo__calendar_definition d = office_week(office_nine_to_five, 0, 4);
    d.closures = &closure;
    d.closure_count = 1;
    bpo__schedule s = schedule_of(d);
    expect_day(&s, MONDAY, "10:30-12 13-16");
    expect_day(&s, MONDAY + 1, "9-17");
}

static void a_closure_can_take_everything(void **state)
{
    (void)state;
    bpo__dated_hours closure = {MONDAY, {office_whole_day, 1}};
    bpo__calendar_definition d = office_week(office_nine_to_five, 0, 4);
    d.closures = &closure;
    d.closure_count = 1;
    bpo__schedule s = schedule_of(d);
    expect_day(&s, MONDAY, "");
}

static void what_can_be_known_at_once_is(void **state)
{
    (void)state;
    static bpo__dated_hours many[400];
    bpo__calendar_definition always = office_week(office_whole_day, 0, 6);
    bpo__calendar_definition office = office_week(office_nine_to_five, 0, 4);
    bpo__calendar_definition never = {0};
    for (int i = 0; i < 400; i++)
        many[i].days = i;
    assert_true(schedule_of(always).is_always_open);
    assert_true(schedule_of(always).is_steady);
    assert_false(schedule_of(office).is_always_open);
    assert_true(schedule_of(office).is_steady);
    assert_false(schedule_of(never).is_steady);
    always.overrides = many;
    always.override_count = 1;
    assert_false(schedule_of(always).is_always_open);
    always.override_count = 400;
    assert_false(schedule_of(always).is_steady);
    always.override_count = 399;
    assert_true(schedule_of(always).is_steady);
}

static void one_date_has_one_override_and_one_closure(void **state)
{
    (void)state;
    bpo__dated_hours twice[] = {{MONDAY, {NULL, 0}}, {MONDAY + 1, {NULL, 0}}, {MONDAY, {NULL, 0}}};
    bpo__calendar_definition d = office_week(office_nine_to_five, 0, 4);
    bpo__schedule s = {0};
    bpo_error err = BPO_ERROR_INIT;
    d.overrides = twice;
    d.override_count = 3;
    assert_int_equal(bpo__schedule_init(&s, &arena, &d, &err), BPO_E_INVALID);
    assert_non_null(strstr(err.message, "override"));
    d.override_count = 0;
    d.closures = twice;
    d.closure_count = 3;
    assert_int_equal(bpo__schedule_init(&s, &arena, &d, &err), BPO_E_INVALID);
    assert_non_null(strstr(err.message, "closure"));
}

static void too_many_ranges_are_refused(void **state)
{
    (void)state;
    static bpo__range many[BPO__HOURS_MOST + 1];
    bpo__calendar_definition d = {0};
    bpo__schedule s = {0};
    for (int i = 0; i <= BPO__HOURS_MOST; i++) {
        many[i].from = i * 600;
        many[i].until = i * 600 + 300;
    }
    d.weekly[3].ranges = many;
    d.weekly[3].count = BPO__HOURS_MOST + 1;
    assert_int_equal(bpo__schedule_init(&s, &arena, &d, NULL), BPO_E_LIMIT);
    d.weekly[3].count = BPO__HOURS_MOST;
    assert_int_equal(bpo__schedule_init(&s, &arena, &d, NULL), BPO_OK);
}

/* The most ranges that a date can have: shifts, each cut by a closure, and the tail of a night. */
static void the_fullest_date_fits(void **state)
{
    (void)state;
    static bpo__range shifts[BPO__HOURS_MOST];
    static bpo__range breaks[BPO__HOURS_MOST];
    static const bpo__range evening[1] = {{22 * 3600, 25 * 3600}};
    bpo__range ranges[BPO__DAY_RANGES_MOST];
    bpo__dated_hours override = {MONDAY, {shifts, BPO__HOURS_MOST}};
    bpo__dated_hours closure = {MONDAY, {breaks, BPO__HOURS_MOST}};
    bpo__calendar_definition d = {0};
    for (int i = 0; i < BPO__HOURS_MOST; i++) {
        bpo__range shift = {7200 + i * 600, 7200 + i * 600 + 300};
        bpo__range pause = {7200 + i * 600 + 100, 7200 + i * 600 + 200};
        shifts[i] = shift;
        breaks[i] = pause;
    }
    d.weekly[6].ranges = evening;
    d.weekly[6].count = 1;
    d.overrides = &override;
    d.override_count = 1;
    d.closures = &closure;
    d.closure_count = 1;
    bpo__schedule s = schedule_of(d);
    assert_int_equal(bpo__schedule_ranges(&s, MONDAY, ranges), BPO__DAY_RANGES_MOST);
}

/* Which holiday closes a closed second, as its name and the end of the reason in hours: "Advent-24". */
static void expect_reason(const bpo__schedule *schedule, int32_t days, int32_t second, const char *text)
{
    char found[HOURS_TEXT_SIZE];
    int32_t until = -1;
    const bpo__holiday *holiday = bpo__schedule_reason(schedule, days, second, &until);
    int size = snprintf(found, sizeof found, "%s-", holiday != NULL ? holiday->name.data : "none");
    put_hour(found, (size_t)size, until);
    assert_string_equal(found, text);
}

static void a_working_date_has_a_shift_and_no_civil_holiday(void **state)
{
    (void)state;
    const bpo__holiday holidays[] = {{{2026, 11, 17}, BPO__TEXT("Advent")}, {{0, 11, 17}, BPO__TEXT("Yearly")},
                                     {{0, 11, 20}, BPO__TEXT("Last")}};
    bpo__dated_hours override = {MONDAY + 4, {office_nine_to_five, 1}};
    bpo__calendar_definition d = office_week(office_night, 0, 4);
    d.holidays = holidays;
    d.holiday_count = 3;
    d.overrides = &override;
    d.override_count = 1;
    for (int by_shift_start = 0; by_shift_start < 2; by_shift_start++) {
        d.holidays_by_shift_start = by_shift_start;
        bpo__schedule s = schedule_of(d);
        assert_true(bpo__schedule_is_working(&s, MONDAY));
        assert_false(bpo__schedule_is_working(&s, MONDAY + 1));
        assert_true(bpo__schedule_is_working(&s, MONDAY + 4)); /* the override beats the holiday */
        assert_false(bpo__schedule_is_working(&s, MONDAY + 5));
        assert_int_equal(bpo__schedule_shifts(&s, MONDAY + 1).count, by_shift_start ? 0 : 1);
        assert_null(bpo__schedule_holiday(&s, MONDAY + 4));
        expect_reason(&s, MONDAY + 1, 0, "Advent-24");
        expect_reason(&s, MONDAY + 2, 0, by_shift_start ? "Advent-6" : "none-24");
        expect_reason(&s, MONDAY + 2, 6 * 3600, "none-24");
        expect_reason(&s, MONDAY + 4, 0, "none-24");
    }
    d.override_beats_holiday = false;
    bpo__schedule s = schedule_of(d);
    assert_false(bpo__schedule_is_working(&s, MONDAY + 4));
    expect_reason(&s, MONDAY + 5, 0, "none-24"); /* the override that was taken reached into no other date */
}

static void a_rule_makes_holidays_over_the_turn_of_the_year(void **state)
{
    bpo__calendar_definition d = office_week(office_nine_to_five, 0, 6);
    bpo__holiday_rule rule = {.name = BPO__TEXT("new_year"), .month = 1, .day = 1, .observed = {0, 0, 0, 0, 0, -1, 1}};
    bpo__date_mark marks[30];
    (void)state;
    d.rules = &rule;
    d.rule_count = 1;
    bpo__schedule s = schedule_of(d);
    expect_day(&s, office_days(2021, 12, 31), "");
    expect_day(&s, office_days(2022, 1, 1), "9-17");
    expect_day(&s, office_days(2023, 1, 1), "9-17");
    expect_day(&s, office_days(2023, 1, 2), "");
    assert_true(bpo__text_is(bpo__schedule_holiday(&s, office_days(2021, 12, 31))->name, "new_year"));
    bpo__schedule_mark(&s, office_days(2021, 12, 20), 30, marks);
    for (size_t i = 0; i < 30; i++)
        assert_int_equal(marks[i] != 0, i == 11 || i == 12);
    assert_true(s.is_steady);
    assert_false(s.is_always_open);
}

static void a_rule_marks_only_years_in_which_it_has_a_date(void **state)
{
    bpo__calendar_definition d = office_week(office_nine_to_five, 0, 6);
    bpo__holiday_rule rules[2] = {
        {.name = BPO__TEXT("leap_day"), .month = 2, .day = 29},
        {.name = BPO__TEXT("once"), .month = 3, .day = 4, .from_year = 2028, .to_year = 2028},
    };
    bpo__date_mark marks[365 * 5];
    size_t marked = 0;
    (void)state;
    d.rules = rules;
    d.rule_count = 2;
    bpo__schedule s = schedule_of(d);
    bpo__schedule_mark(&s, office_days(2025, 1, 1), 365 * 5, marks);
    for (size_t i = 0; i < 365 * 5; i++)
        marked += marks[i] != 0;
    assert_int_equal(marked, 4); /* two dates and the days after */
    assert_true(marks[office_days(2028, 2, 29) - office_days(2025, 1, 1)]);
    assert_true(marks[office_days(2028, 3, 4) - office_days(2025, 1, 1)]);
    expect_day(&s, office_days(2027, 3, 4), "9-17");
    expect_day(&s, office_days(2028, 3, 4), "");
}

static void a_version_holds_from_its_date_and_a_night_belongs_to_the_day_it_starts(void **state)
{
    bpo__calendar_version versions[2] = {{MONDAY + 5, office_week(office_nine_to_five, 0, 6)},
                                         {MONDAY + 2, office_week(office_whole_day, 0, 6)}};
    bpo__calendar_definition d = office_week(office_night, 0, 6);
    bpo__date_mark marks[10];
    (void)state;
    d.versions = versions;
    d.version_count = 2;
    bpo__schedule s = schedule_of(d);
    expect_day(&s, MONDAY, "0-6 22-24");
    expect_day(&s, MONDAY + 1, "0-6 22-24");
    expect_day(&s, MONDAY + 2, "0-24");
    expect_day(&s, MONDAY + 4, "0-24");
    expect_day(&s, MONDAY + 5, "9-17");
    bpo__schedule_mark(&s, MONDAY, 10, marks);
    for (size_t i = 0; i < 10; i++)
        assert_int_equal(marks[i] != 0, i >= 2);
    bpo__schedule_mark(&s, MONDAY + 2, 2, marks);
    assert_true(marks[0]); /* the night before belongs to another version */
    assert_false(marks[1]);
    assert_ptr_equal(bpo__schedule_version(&s, MONDAY + 1), &s);
    assert_int_equal(bpo__schedule_version(&s, MONDAY + 700)->from_days, MONDAY + 5);
    assert_true(s.is_steady);
}

static void a_version_cuts_the_tail_of_a_night_only_by_its_own_holidays(void **state)
{
    bpo__holiday holiday = {{2026, 7, 8}, BPO__TEXT("x")};
    bpo__calendar_version version = {office_days(2026, 7, 8), office_week(office_nine_to_five, 0, 6)};
    bpo__calendar_definition d = office_week(office_night, 0, 6);
    (void)state;
    version.definition.holidays = &holiday;
    version.definition.holiday_count = 1;
    version.definition.holidays_by_shift_start = true;
    d.versions = &version;
    d.version_count = 1;
    bpo__schedule s = schedule_of(d);
    expect_day(&s, office_days(2026, 7, 8), "0-6");
    version.definition.holidays_by_shift_start = false;
    s = schedule_of(d);
    expect_day(&s, office_days(2026, 7, 8), "");
}

/* Whether a holiday takes the tail of its night is for the version of its date to say, not for that of the tail's. */
static void a_holiday_takes_its_night_by_the_scope_of_its_own_version(void **state)
{
    bpo__holiday holiday = {{2026, 7, 7}, BPO__TEXT("x")};
    bpo__calendar_version version = {office_days(2026, 7, 8), office_week(office_nine_to_five, 0, 6)};
    bpo__calendar_definition d = office_week(office_night, 0, 6);
    (void)state;
    d.holidays = &holiday;
    d.holiday_count = 1;
    d.versions = &version;
    d.version_count = 1;
    d.holidays_by_shift_start = true;
    bpo__schedule s = schedule_of(d);
    expect_day(&s, office_days(2026, 7, 8), "9-17");
    d.holidays_by_shift_start = false;
    version.definition.holidays_by_shift_start = true;
    s = schedule_of(d);
    expect_day(&s, office_days(2026, 7, 8), "0-6 9-17");
}

static void versions_of_one_date_are_refused_and_all_must_be_open_for_always(void **state)
{
    bpo__calendar_version versions[2] = {{MONDAY, office_week(office_whole_day, 0, 6)},
                                         {MONDAY, office_week(office_nine_to_five, 0, 6)}};
    bpo__calendar_definition d = office_week(office_whole_day, 0, 6);
    bpo__schedule refused = {0};
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    d.versions = versions;
    d.version_count = 2;
    assert_int_equal(bpo__schedule_init(&refused, &arena, &d, &err), BPO_E_INVALID);
    d.version_count = 1;
    assert_true(schedule_of(d).is_always_open);
    versions[0].definition = office_week(office_nine_to_five, 0, -1);
    assert_false(schedule_of(d).is_always_open);
    assert_false(schedule_of(d).is_steady);
}

#define WITH_ARENA(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(a_week_is_open_on_its_days),
        WITH_ARENA(a_night_shift_reaches_into_the_next_day),
        WITH_ARENA(ranges_are_put_in_order_and_merged),
        WITH_ARENA(a_civil_holiday_closes_its_date_with_the_tail_of_the_night),
        WITH_ARENA(a_holiday_by_shift_start_takes_the_shift_with_its_tail),
        WITH_ARENA(an_override_beats_a_holiday_unless_told_otherwise),
        WITH_ARENA(an_empty_override_closes_its_shifts_only),
        WITH_ARENA(closures_are_cut_out_of_their_date),
        WITH_ARENA(a_closure_can_take_everything),
        WITH_ARENA(what_can_be_known_at_once_is),
        WITH_ARENA(one_date_has_one_override_and_one_closure),
        WITH_ARENA(too_many_ranges_are_refused),
        WITH_ARENA(the_fullest_date_fits),
        WITH_ARENA(a_working_date_has_a_shift_and_no_civil_holiday),
        WITH_ARENA(a_rule_makes_holidays_over_the_turn_of_the_year),
        WITH_ARENA(a_rule_marks_only_years_in_which_it_has_a_date),
        WITH_ARENA(a_version_holds_from_its_date_and_a_night_belongs_to_the_day_it_starts),
        WITH_ARENA(a_version_cuts_the_tail_of_a_night_only_by_its_own_holidays),
        WITH_ARENA(a_holiday_takes_its_night_by_the_scope_of_its_own_version),
        WITH_ARENA(versions_of_one_date_are_refused_and_all_must_be_open_for_always),
    };
    return cmocka_run_group_tests_name("time_schedule", tests, NULL, NULL);
}
