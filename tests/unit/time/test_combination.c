/* SPDX-License-Identifier: Apache-2.0 */
/* Calendars that are made from others. */
#include "office.h"
#include "support/fault.h"
#include "core/fail.h"
#include "time/combination.h"

static bpo_context *context;

static int set_up(void **state)
{
    (void)state;
    context = office_context();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    context = bpo_context_unref(context);
    return 0;
}

static bpo_calendar *compiled(bpo__calendar_definition definition, const char *zone)
{
    bpo_calendar *calendar = NULL;
    assert_int_equal(bpo_zone_new(context, zone, &definition.zone, NULL), BPO_OK);
    assert_int_equal(bpo__calendar_compile(context, &definition, &calendar, NULL), BPO_OK);
    bpo_zone_unref(definition.zone);
    return calendar;
}

/* Open on one date of 1905 alone. */
static bpo_calendar *compiled_once(void)
{
    bpo__dated_hours hours = {office_days(1905, 1, 1), {office_nine_to_five, 1}};
    bpo__calendar_definition d = {.overrides = &hours, .override_count = 1};
    return compiled(d, "UTC");
}

static bpo_calendar *combination_of(bpo_calendar *const *members, size_t count, bpo__combining combining,
                                    bpo_calendar *const *minus, size_t minus_count)
{
    bpo__calendar_definition d = {.members = members, .member_count = count, .combining = combining,
                                  .minus = minus, .minus_count = minus_count};
    return compiled(d, "UTC");
}

static void what_is_known_of_members_is_known_of_the_whole(void **state)
{
    bpo_calendar *always = compiled(office_week(office_whole_day, 0, 6), "UTC");
    bpo_calendar *office = compiled(office_week(office_nine_to_five, 0, 4), "UTC");
    bpo_calendar *once = compiled_once();
    bpo_calendar *members[4] = {always, office, once, always};
    static const struct {
        bpo__combining combining;
        int first, count, minus_count;
        bool always_open, steady;
    } cases[] = {
        {BPO__COMBINING_UNION, 0, 2, 0, true, true},         {BPO__COMBINING_UNION, 1, 1, 0, false, true},
        {BPO__COMBINING_UNION, 0, 2, 1, false, false},       {BPO__COMBINING_INTERSECTION, 0, 2, 0, false, true},
        {BPO__COMBINING_INTERSECTION, 0, 1, 0, true, true},  {BPO__COMBINING_INTERSECTION, 0, 1, 1, false, false},
        {BPO__COMBINING_INTERSECTION, 2, 2, 0, false, false}, {BPO__COMBINING_INTERSECTION, 1, 2, 0, false, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        bpo_calendar *whole = combination_of(members + cases[i].first, (size_t)cases[i].count, cases[i].combining,
                                             members + 1, (size_t)cases[i].minus_count);
        assert_int_equal(whole->schedule.is_always_open, cases[i].always_open);
        assert_int_equal(whole->schedule.is_steady, cases[i].steady);
        assert_int_equal(whole->combination.depth, 1);
        bpo_calendar_unref(whole);
    }
    bpo_calendar_unref(always);
    bpo_calendar_unref(office);
    bpo_calendar_unref(once);
}

static void a_combined_calendar_keeps_its_members_alive(void **state)
{
    bpo_calendar *office = compiled(office_week(office_nine_to_five, 0, 4), "America/New_York");
    bpo_calendar *whole = combination_of(&office, 1, BPO__COMBINING_UNION, NULL, 0);
    bpo_duration open = 0;
    (void)state;
    bpo_calendar_unref(office);
    assert_int_equal(bpo_calendar_between(whole, office_time("2026-07-06T00:00:00Z"),
                                          office_time("2046-07-06T00:00:00Z"), &open, NULL), BPO_OK);
    assert_true(open > 20 * 260 * 8 * BPO_HOUR);
    bpo_calendar_unref(whole);
}

static void members_can_be_too_deep(void **state)
{
    bpo_calendar *calendar = compiled(office_week(office_nine_to_five, 0, 4), "UTC");
    bpo__calendar_definition d = {.member_count = 1};
    bpo_calendar *deeper = NULL;
    (void)state;
    for (int i = 0; i < BPO__COMBINING_DEPTH_MOST; i++) {
        bpo_calendar *next = combination_of(&calendar, 1, BPO__COMBINING_UNION, NULL, 0);
        bpo_calendar_unref(calendar);
        calendar = next;
    }
    d.members = &calendar;
    d.zone = calendar->zone;
    assert_int_equal(bpo__calendar_compile(context, &d, &deeper, NULL), BPO_E_LIMIT);
    assert_null(deeper);
    bpo_calendar_unref(calendar);
}

/* Ten of ten of ten are a thousand; one more in any place is too many. */
static void members_can_be_too_many(void **state)
{
    bpo_calendar *part = compiled(office_week(office_nine_to_five, 0, 4), "UTC");
    bpo_calendar *whole = bpo_calendar_ref(part);
    bpo_calendar *none = NULL;
    (void)state;
    for (int i = 0; i < 3; i++) {
        bpo_calendar *ten[10] = {whole, whole, whole, whole, whole, whole, whole, whole, whole, whole};
        whole = combination_of(ten, 10, BPO__COMBINING_UNION, NULL, 0);
        bpo_calendar_unref(ten[0]);
    }
    assert_int_equal(whole->combination.parts, BPO__COMBINING_PARTS_MOST);
    bpo_calendar *more[] = {whole, part};
    bpo__calendar_definition refused[] = {{.members = more, .member_count = 2}, {.minus = more, .minus_count = 1}};
    for (int i = 0; i < 2; i++) {
        bpo_error err = BPO_ERROR_INIT;
        refused[i].zone = part->zone;
        assert_int_equal(bpo__calendar_compile(context, &refused[i], &none, &err), BPO_E_LIMIT);
        assert_int_equal(err.message_id, BPO__MSG_calendar_parts);
    }
    assert_null(none);
    bpo_calendar_unref(whole);
    bpo_calendar_unref(part);
}

static void whether_a_calendar_ever_opens_is_found(void **state)
{
    bpo_calendar *once = compiled_once();
    bpo_calendar *never = combination_of(&once, 1, BPO__COMBINING_UNION, &once, 1);
    bool opens = false;
    (void)state;
    assert_int_equal(bpo__calendar_opens(once, &opens, NULL), BPO_OK);
    assert_true(opens);
    assert_int_equal(bpo__calendar_opens(never, &opens, NULL), BPO_OK);
    assert_false(opens);
    bpo_calendar_unref(once);
    bpo_calendar_unref(never);
}

static bpo_status an_overlap_is_asked(fault_host *fault, void *user)
{
    bpo__calendar_definition d = office_week(office_nine_to_five, 0, 4);
    bpo__calendar_definition overlap = {.member_count = 2, .combining = BPO__COMBINING_INTERSECTION};
    bpo_calendar *office = NULL;
    bpo_calendar *whole = NULL;
    bpo_context *own = NULL;
    bpo_duration open = -1;
    bpo_status status = bpo_context_new(&fault->host, &own, NULL);
    (void)user;
    if (status == BPO_OK)
        status = bpo_zone_new(own, "UTC", &d.zone, NULL);
    if (status == BPO_OK)
        status = bpo__calendar_compile(own, &d, &office, NULL);
    bpo_calendar *members[2] = {office, office};
    overlap.members = members;
    overlap.minus = members;
    overlap.minus_count = 1;
    overlap.zone = d.zone;
    if (status == BPO_OK)
        status = bpo__calendar_compile(own, &overlap, &whole, NULL);
    bpo_calendar_unref(office);
    if (status == BPO_OK)
        status = bpo_calendar_between(whole, 0, 500 * BPO_DAY, &open, NULL);
    assert_int_equal(open, status == BPO_OK ? 0 : -1);
    bpo_calendar_unref(whole);
    bpo_zone_unref(d.zone);
    bpo_context_unref(own);
    return status;
}

#define BLOCK 4096 /* bytes of an arena's first block */
#define PIECE 16

/* In an arena of which `user` bytes are taken. */
static bpo_status calendars_are_listed(fault_host *fault, void *user)
{
    bpo_calendar *office = compiled(office_week(office_nine_to_five, 0, 4), "UTC");
    bpo__calendar_definition d = {.members = &office, .member_count = 1, .minus = &office, .minus_count = 1};
    bpo__combination combination = {0};
    bpo__schedule schedule = {0};
    bpo__arena arena = {NULL, NULL, 0};
    bpo_context *own = NULL;
    bpo_status status = bpo_context_new(&fault->host, &own, NULL);
    if (status == BPO_OK) {
        bpo__arena_init(&arena, own);
        status = bpo__arena_alloc(&arena, *(size_t *)user) != NULL ? BPO_OK : BPO_E_NOMEM;
    }
    if (status == BPO_OK) {
        status = bpo__combination_init(&combination, &arena, &d, &schedule, NULL);
        bpo__combination_clear(&combination);
    }
    bpo__arena_clear(&arena);
    bpo_context_unref(own);
    assert_true(bpo__reference_drop(&office->references)); /* its last one: all others were given back */
    bpo__reference_take(&office->references);
    bpo_calendar_unref(office);
    return status;
}

/* The arena asks the host only where a block ends, so that end is moved over both lists. */
static void lack_of_memory_gives_every_reference_back(void **state)
{
    (void)state;
    for (size_t taken = BLOCK - 8 * PIECE; taken <= BLOCK; taken += PIECE)
        fault_torture(calendars_are_listed, &taken);
}

static void failure_leaves_nothing_behind(void **state)
{
    (void)state;
    fault_torture(an_overlap_is_asked, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_known_of_members_is_known_of_the_whole),
        cmocka_unit_test(a_combined_calendar_keeps_its_members_alive),
        cmocka_unit_test(members_can_be_too_deep),
        cmocka_unit_test(members_can_be_too_many),
        cmocka_unit_test(whether_a_calendar_ever_opens_is_found),
        cmocka_unit_test(lack_of_memory_gives_every_reference_back),
        cmocka_unit_test(failure_leaves_nothing_behind),
    };
    return cmocka_run_group_tests_name("time_combination", tests, set_up, tear_down);
}
