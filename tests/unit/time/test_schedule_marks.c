/* SPDX-License-Identifier: Apache-2.0 */
#include "time/schedule.h"
#include "office.h"

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

/* Every date that differs from its weekday's ordinary ranges is marked. */
static void exceptions_are_marked(void **state)
{
    (void)state;
    bpo__holiday holidays[] = {{{2026, 11, 18}, BPO__TEXT("Once")}, {{0, 2, 29}, BPO__TEXT("Leap")},
                               {{0, 1, 1}, BPO__TEXT("Yearly")}};
    bpo__dated_hours override = {office_days(2024, 7, 1), {NULL, 0}};
    bpo__dated_hours closure = {office_days(2025, 7, 1), {office_whole_day, 1}};
    bpo__date_mark marks[1500];
    int32_t first = office_days(2023, 1, 2);
    size_t marked = 0;
    bpo__calendar_definition d = office_week(office_night, 0, 6);
    d.holidays = holidays;
    d.holiday_count = 3;
    d.overrides = &override;
    d.override_count = 1;
    d.closures = &closure;
    d.closure_count = 1;
    bpo__schedule s = schedule_of(d);
    bpo__schedule_mark(&s, first, 1500, marks);
    for (size_t i = 0; i < 1500; i++) {
        bpo__range ranges[BPO__DAY_RANGES_MOST];
        size_t count = bpo__schedule_ranges(&s, first + (int32_t)i, ranges);
        bpo__hours ordinary = s.ordinary[bpo__weekday_of_days(first + (int32_t)i) - 1];
        bool same = count == ordinary.count && memcmp(ranges, ordinary.ranges, count * sizeof *ranges) == 0;
        assert_true(same || marks[i]);
        marked += marks[i] != 0;
    }
    assert_int_equal(marked, 17); /* four dates and the day after each; New Year four times, once cut at the start */
    assert_true(marks[0]);        /* the day after New Year */
}

/* A date's ranges by its mark and that of the date before are those by looking everything up. */
static void expect_marked(const bpo__schedule *schedule, int32_t first)
{
    bpo__date_mark marks[800];
    bpo__schedule_mark(schedule, first, 800, marks);
    for (int32_t i = 1; i < 800; i++) {
        bpo__range ranges[BPO__DAY_RANGES_MOST];
        bpo__range marked[BPO__DAY_RANGES_MOST];
        size_t count = bpo__schedule_ranges(schedule, first + i, ranges);
        assert_int_equal(bpo__schedule_marked_ranges(schedule, first + i, &marks[i], marked), count);
        if (count > 0)
            assert_memory_equal(marked, ranges, count * sizeof *ranges);
    }
}

static void marks_tell_what_looking_up_tells(void **state)
{
    (void)state;
    int32_t first = office_days(2025, 12, 20);
    bpo__holiday holidays[] = {{{2026, 11, 18}, BPO__TEXT("Once")}, {{0, 1, 1}, BPO__TEXT("Yearly")}};
    bpo__holiday_rule rule = {.name = BPO__TEXT("easter"), .kind = BPO__RULE_EASTER};
    bpo__dated_hours overrides[2] = {{office_days(2026, 11, 18), {office_nine_to_five, 1}},
                                     {office_days(2026, 3, 3), {NULL, 0}}};
    bpo__dated_hours closure = {office_days(2026, 7, 1), {office_nine_to_five, 1}};
    for (int variant = 0; variant < 8; variant++) {
        bpo__calendar_definition d = office_week(office_night, 0, 6);
        bpo__calendar_version later = {office_days(2026, 8, 3), office_week(office_whole_day, 0, 4)};
        d.holidays = holidays;
        d.holiday_count = 2;
        d.rules = &rule;
        d.rule_count = 1;
        d.overrides = overrides;
        d.override_count = 2;
        d.closures = &closure;
        d.closure_count = 1;
        d.holidays_by_shift_start = variant & 1;
        d.override_beats_holiday = (variant & 2) != 0;
        later.definition.holidays = holidays;
        later.definition.holiday_count = 2;
        later.definition.holidays_by_shift_start = !d.holidays_by_shift_start;
        d.versions = &later;
        d.version_count = variant >= 4;
        bpo__schedule s = schedule_of(d);
        expect_marked(&s, first);
        expect_marked(&s, office_days(2026, 8, 2)); /* the version begins on the second date */
    }
}

#define WITH_ARENA(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(exceptions_are_marked),
        WITH_ARENA(marks_tell_what_looking_up_tells),
    };
    return cmocka_run_group_tests_name("time_schedule_marks", tests, NULL, NULL);
}
