/* SPDX-License-Identifier: Apache-2.0 */
/* What copying a definition into a schedule puts in order, knows at once, and does without memory. */
#include "office.h"
#include "support/fault.h"
#include "time/schedule.h"
#include <string.h>

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

static void expect_name(const bpo__holiday *holiday, const char *name)
{
    assert_non_null(holiday);
    assert_string_equal(holiday->name.data, name);
}

static void shifts_of_one_start_are_merged_to_the_longest(void **state)
{
    (void)state;
    static const bpo__range orders[2][4] = {{{100, 200}, {100, 300}, {100, 250}, {100, 300}},
                                            {{100, 300}, {100, 300}, {100, 250}, {100, 200}}};
    for (size_t i = 0; i < 2; i++) {
        bpo__calendar_definition d = {0};
        d.weekly[2] = (bpo__hours){orders[i], 4};
        bpo__schedule s = schedule_of(d);
        assert_int_equal(s.weekly[2].count, 1);
        assert_int_equal(s.weekly[2].ranges[0].from, 100);
        assert_int_equal(s.weekly[2].ranges[0].until, 300);
    }
}

/* Of several holidays of one date the first by name counts, in whatever order they come. */
static void the_order_of_the_definition_does_not_count(void **state)
{
    (void)state;
    const bpo__holiday orders[2][5] = {
        {{{2026, 5, 1}, BPO__TEXT("b")}, {{2026, 5, 1}, BPO__TEXT("a")}, {{0, 6, 1}, BPO__TEXT("d")},
         {{0, 6, 1}, BPO__TEXT("c")}, {{2026, 5, 2}, BPO__TEXT("e")}},
        {{{0, 6, 1}, BPO__TEXT("c")}, {{2026, 5, 2}, BPO__TEXT("e")}, {{2026, 5, 1}, BPO__TEXT("a")},
         {{0, 6, 1}, BPO__TEXT("d")}, {{2026, 5, 1}, BPO__TEXT("b")}},
    };
    const bpo__holiday_rule rules[2][2] = {
        {{.name = BPO__TEXT("y"), .month = 7, .day = 1}, {.name = BPO__TEXT("x"), .month = 7, .day = 1}},
        {{.name = BPO__TEXT("x"), .month = 7, .day = 1}, {.name = BPO__TEXT("y"), .month = 7, .day = 1}},
    };
    for (size_t i = 0; i < 2; i++) {
        bpo__calendar_definition d = office_week(office_nine_to_five, 0, 6);
        d.holidays = orders[i];
        d.holiday_count = 5;
        d.rules = rules[i];
        d.rule_count = 2;
        bpo__schedule s = schedule_of(d);
        assert_int_equal(s.yearly_count, 2);
        assert_int_equal(s.dated_count, 3);
        expect_name(bpo__schedule_holiday(&s, office_days(2026, 5, 1)), "a");
        expect_name(bpo__schedule_holiday(&s, office_days(2026, 5, 2)), "e");
        expect_name(bpo__schedule_holiday(&s, office_days(2026, 6, 1)), "c");
        expect_name(bpo__schedule_holiday(&s, office_days(2026, 7, 1)), "x");
    }
}

static void hours_of_one_date_are_found_in_any_order(void **state)
{
    (void)state;
    const bpo__dated_hours overrides[3] = {{30, {office_night, 1}}, {10, {NULL, 0}}, {20, {office_nine_to_five, 1}}};
    bpo__calendar_definition d = office_week(office_whole_day, 0, 6);
    d.overrides = overrides;
    d.override_count = 3;
    bpo__schedule s = schedule_of(d);
    assert_int_equal(bpo__schedule_shifts(&s, 10).count, 0);
    assert_int_equal(bpo__schedule_shifts(&s, 20).ranges[0].from, 9 * 3600);
    assert_int_equal(bpo__schedule_shifts(&s, 30).ranges[0].from, 22 * 3600);
    assert_int_equal(bpo__schedule_shifts(&s, 40).ranges[0].until, 86400);
}

static void a_schedule_keeps_nothing_of_the_definition(void **state)
{
    (void)state;
    char name[] = "Some day";
    bpo__range shift = office_nine_to_five[0];
    bpo__holiday holiday = {{2026, 5, 1}, bpo__text_of(name)};
    bpo__holiday_rule rule = {.name = bpo__text_of(name), .month = 7, .day = 1};
    bpo__calendar_definition d = office_week(&shift, 0, 6);
    d.holidays = &holiday;
    d.holiday_count = 1;
    d.rules = &rule;
    d.rule_count = 1;
    bpo__schedule s = schedule_of(d);
    memset(name, 'x', sizeof name - 1);
    shift.from = 0;
    holiday.date.day = 2;
    rule.day = 2;
    expect_name(bpo__schedule_holiday(&s, office_days(2026, 5, 1)), "Some day");
    expect_name(bpo__schedule_holiday(&s, office_days(2026, 7, 1)), "Some day");
    assert_int_equal(bpo__schedule_shifts(&s, 0).ranges[0].from, 9 * 3600);
}

/* Ten years without a shift are impossible only if that is so for every version and all of them together. */
static void versions_are_steady_together_or_not(void **state)
{
    (void)state;
    static bpo__dated_hours many[250];
    bpo__calendar_version versions[2] = {{5000, office_week(office_nine_to_five, 0, 4)},
                                         {1000, office_week(office_nine_to_five, 0, 4)}};
    bpo__calendar_definition d = office_week(office_nine_to_five, 0, 4);
    for (int i = 0; i < 250; i++)
        many[i].days = i;
    d.versions = versions;
    d.version_count = 2;
    assert_true(schedule_of(d).is_steady);
    versions[0].definition.overrides = many;
    versions[0].definition.override_count = 250;
    assert_true(schedule_of(d).is_steady);
    versions[1].definition.overrides = many;
    versions[1].definition.override_count = 250;
    assert_false(schedule_of(d).is_steady); /* each alone is, but not all the exceptions together */
    versions[1].definition.override_count = 147;
    assert_true(schedule_of(d).is_steady); /* 397, and two changes of version */
    versions[1].definition.override_count = 148;
    assert_false(schedule_of(d).is_steady);
    versions[1].definition.override_count = 0;
    bpo__calendar_definition closed_at_first = d;
    memset(closed_at_first.weekly, 0, sizeof closed_at_first.weekly);
    assert_false(schedule_of(closed_at_first).is_steady);
    assert_false(schedule_of(closed_at_first).is_always_open);
}

/* --- lack of memory ----------------------------------------------------------------------------------------------- */

#define BLOCK 4096 /* bytes of an arena's first block */
#define PIECE 16

/* Everything that a definition can have, in an arena of which `user` bytes are taken. */
static bpo_status a_definition_is_copied(fault_host *fault, void *user)
{
    bpo__holiday holidays[2] = {{{2026, 5, 1}, BPO__TEXT("A holiday with a name of some length")},
                                {{0, 6, 1}, BPO__TEXT("Another one")}};
    bpo__holiday_rule rule = {.name = BPO__TEXT("A rule"), .month = 7, .day = 1};
    bpo__dated_hours override = {30, {office_night, 1}};
    bpo__dated_hours closure = {40, {office_nine_to_five, 1}};
    bpo__calendar_definition d = office_week(office_nine_to_five, 0, 4);
    bpo__arena own = {NULL, NULL, 0};
    bpo_context *failing = NULL;
    bpo__schedule schedule = {0};
    d.holidays = holidays;
    d.holiday_count = 2;
    d.rules = &rule;
    d.rule_count = 1;
    d.overrides = &override;
    d.override_count = 1;
    d.closures = &closure;
    d.closure_count = 1;
    bpo__calendar_version version = {100, d};
    d.versions = &version;
    d.version_count = 1;
    bpo_status status = bpo_context_new(&fault->host, &failing, NULL);
    if (status != BPO_OK)
        return status;
    bpo__arena_init(&own, failing);
    if (bpo__arena_alloc(&own, *(size_t *)user) == NULL)
        status = BPO_E_NOMEM;
    if (status == BPO_OK)
        status = bpo__schedule_init(&schedule, &own, &d, NULL);
    bpo__arena_clear(&own);
    bpo_context_unref(failing);
    return status;
}

/* The arena asks the host only where a block ends, so that end is moved over every piece of the copy. */
static void memory_may_end_at_any_piece(void **state)
{
    (void)state;
    size_t of_two_blocks = 0;
    for (size_t taken = PIECE; taken <= BLOCK; taken += PIECE)
        of_two_blocks += fault_torture(a_definition_is_copied, &taken) >= 3;
    assert_in_range(of_two_blocks, 50, BLOCK / PIECE - 1); /* both before and behind the end */
}

#define WITH_ARENA(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(shifts_of_one_start_are_merged_to_the_longest),
        WITH_ARENA(the_order_of_the_definition_does_not_count),
        WITH_ARENA(hours_of_one_date_are_found_in_any_order),
        WITH_ARENA(a_schedule_keeps_nothing_of_the_definition),
        WITH_ARENA(versions_are_steady_together_or_not),
        cmocka_unit_test(memory_may_end_at_any_piece),
    };
    return cmocka_run_group_tests_name("time_schedule_copy", tests, NULL, NULL);
}
