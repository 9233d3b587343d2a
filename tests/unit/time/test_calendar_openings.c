/* SPDX-License-Identifier: Apache-2.0 */
/* The last close, the next opening, and where adding nothing lands. */
#include "office.h"
#include "time/reckoning.h"

static bpo_calendar *berlin(void)
{
    return office_calendar(office_week(office_nine_to_five, 0, 4), "Europe/Berlin");
}

static void the_last_close_is_the_instant_itself_while_it_is_open(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"2026-11-20T12:00:00+01:00", "2026-11-20T12:00:00+01:00"},
        {"2026-11-20T17:00:00+01:00", "2026-11-20T17:00:00+01:00"},
        {"2026-11-22T12:00:00+01:00", "2026-11-20T17:00:00+01:00"},
        {"2026-11-23T09:00:00+01:00", "2026-11-20T17:00:00+01:00"},
        {"2026-11-23T09:00:00.000001+01:00", "2026-11-23T09:00:00.000001+01:00"},
    };
    bpo_calendar *c = berlin();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bpo_time at = 0;
        assert_int_equal(bpo_calendar_prev_close(c, office_time(cases[i][0]), &at, NULL), BPO_OK);
        assert_true(at == office_time(cases[i][1]));
    }
    bpo_calendar_unref(c);
}

static void the_next_opening_is_always_later(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"2026-11-20T08:59:59.999999+01:00", "2026-11-20T09:00:00+01:00"},
        {"2026-11-20T09:00:00+01:00", "2026-11-23T09:00:00+01:00"},
        {"2026-11-20T16:59:59.999999+01:00", "2026-11-23T09:00:00+01:00"},
        {"2026-11-20T17:00:00+01:00", "2026-11-23T09:00:00+01:00"},
    };
    bpo_calendar *c = berlin();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bpo_time at = 0;
        assert_int_equal(bpo_calendar_next_opening(c, office_time(cases[i][0]), &at, NULL), BPO_OK);
        assert_true(at == office_time(cases[i][1]));
    }
    bpo_calendar_unref(c);
}

static void openings_and_closes_may_never_come(void **state)
{
    (void)state;
    bpo_calendar *never = office_calendar(office_week(office_whole_day, 0, -1), "UTC");
    bpo_calendar *always = office_calendar(office_week(office_whole_day, 0, 6), "UTC");
    bpo_time at = 77;
    assert_int_equal(bpo_calendar_prev_close(never, 0, &at, NULL), BPO_NEVER);
    assert_true(at == -BPO_TIME_NEVER);
    assert_int_equal(bpo_calendar_next_opening(never, 0, &at, NULL), BPO_NEVER);
    assert_true(at == BPO_TIME_NEVER);
    at = 77;
    assert_int_equal(bpo_calendar_next_opening(always, 0, &at, NULL), BPO_NEVER);
    assert_true(at == BPO_TIME_NEVER);
    assert_int_equal(bpo_calendar_prev_close(always, 5, &at, NULL), BPO_OK);
    assert_true(at == 5);
    bpo_calendar_unref(never);
    bpo_calendar_unref(always);
}

static void the_horizon_is_refused(void **state)
{
    (void)state;
    static const bpo_time outside[] = {BPO__COVERED_FROM - 1, BPO__COVERED_UNTIL + 1, INT64_MIN, INT64_MAX};
    bpo_calendar *c = berlin();
    bpo_time at = 77;
    for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++) {
        assert_int_equal(bpo_calendar_prev_close(c, outside[i], &at, NULL), BPO_E_HORIZON);
        assert_int_equal(bpo_calendar_next_opening(c, outside[i], &at, NULL), BPO_E_HORIZON);
        assert_int_equal(bpo_calendar_add(c, outside[i], 0, BPO_LANDING_LATEST | BPO_LANDING_ZERO_IDENTITY, &at, NULL),
                         BPO_E_HORIZON);
        assert_int_equal(bpo_calendar_add(c, outside[i], 0, BPO_LANDING_LATEST | BPO_LANDING_ZERO_SNAP_BACK, &at, NULL),
                         BPO_E_HORIZON);
    }
    assert_int_equal(bpo_calendar_prev_close(c, BPO__COVERED_FROM, &at, NULL), BPO_E_HORIZON);
    assert_int_equal(bpo_calendar_next_opening(c, BPO__COVERED_UNTIL, &at, NULL), BPO_E_HORIZON);
    assert_true(at == 77);
    bpo_calendar_unref(c);
}

static void adding_nothing_lands_where_it_is_told_to(void **state)
{
    (void)state;
    static const bpo_landing landings[] = {BPO_LANDING_EARLIEST, BPO_LANDING_LATEST};
    bpo_calendar *c = berlin();
    bpo_time sunday = office_time("2026-11-22T12:00:00+01:00");
    bpo_time at = 0;
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(bpo_calendar_add(c, sunday, 0, landings[i], &at, NULL), BPO_OK);
        assert_true(at == office_time("2026-11-23T09:00:00+01:00"));
        assert_int_equal(bpo_calendar_add(c, sunday, 0, landings[i] | BPO_LANDING_ZERO_SNAP_BACK, &at, NULL), BPO_OK);
        assert_true(at == office_time("2026-11-20T17:00:00+01:00"));
        assert_int_equal(bpo_calendar_add(c, sunday, 0, landings[i] | BPO_LANDING_ZERO_IDENTITY, &at, NULL), BPO_OK);
        assert_true(at == sunday);
    }
    bpo_calendar_unref(c);
}

static void the_rule_for_nothing_changes_no_other_sum(void **state)
{
    (void)state;
    bpo_calendar *c = berlin();
    bpo_time friday = office_time("2026-11-20T16:00:00+01:00");
    bpo_time at = 0;
    for (bpo_landing zero = BPO_LANDING_ZERO_SNAP_BACK; zero <= BPO_LANDING_ZERO_IDENTITY; zero *= 2) {
        assert_int_equal(bpo_calendar_add(c, friday, BPO_HOUR, BPO_LANDING_EARLIEST | zero, &at, NULL), BPO_OK);
        assert_true(at == office_time("2026-11-20T17:00:00+01:00"));
        assert_int_equal(bpo_calendar_add(c, friday, BPO_HOUR, BPO_LANDING_LATEST | zero, &at, NULL), BPO_OK);
        assert_true(at == office_time("2026-11-23T09:00:00+01:00"));
        assert_int_equal(bpo_calendar_add(c, friday, 0, zero, &at, NULL), BPO_E_INVALID);
    }
    assert_int_equal(bpo_calendar_add(c, friday, 0, BPO_LANDING_LATEST | 48, &at, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_add(c, friday, 0, BPO_LANDING_LATEST | 64, &at, NULL), BPO_E_INVALID);
    bpo_calendar_unref(c);
}

static void a_landing_without_a_rule_for_nothing_is_plain(void **state)
{
    (void)state;
    static const bpo_duration amounts[] = {0, BPO_HOUR, -BPO_HOUR};
    bpo_calendar *c = berlin();
    bpo_time sunday = office_time("2026-11-22T12:00:00+01:00");
    for (size_t i = 0; i < 3; i++) {
        bpo_time plain = 0;
        bpo_time at = 1;
        assert_int_equal(bpo_calendar_add(c, sunday, amounts[i], BPO_LANDING_LATEST, &plain, NULL), BPO_OK);
        assert_int_equal(bpo__add_with_zero(c, sunday, amounts[i], BPO_LANDING_LATEST, &at, NULL), BPO_OK);
        assert_true(at == plain);
    }
    bpo_calendar_unref(c);
}

static void a_batch_knows_the_rule_for_nothing(void **state)
{
    (void)state;
    bpo_calendar *c = berlin();
    bpo_time sunday = office_time("2026-11-22T12:00:00+01:00");
    const bpo_time from[3] = {sunday, sunday + 1, sunday};
    const bpo_duration open[3] = {0, 1, -1};
    for (bpo_landing zero = 0; zero <= BPO_LANDING_ZERO_IDENTITY; zero += 16) {
        bpo_time many[3] = {77, 77, 77};
        assert_int_equal(bpo_calendar_add_many(c, from, open, 3, BPO_LANDING_EARLIEST | zero, many, NULL), BPO_OK);
        for (size_t i = 0; i < 3; i++) {
            bpo_time one = 0;
            assert_int_equal(bpo_calendar_add(c, from[i], open[i], BPO_LANDING_EARLIEST | zero, &one, NULL), BPO_OK);
            assert_true(many[i] == one);
        }
    }
    const bpo_time outside[3] = {sunday, sunday, INT64_MAX};
    bpo_time many[3] = {77, 77, 77};
    assert_int_equal(bpo_calendar_add_many(c, outside, open, 3, 1 | BPO_LANDING_ZERO_IDENTITY, many, NULL),
                     BPO_E_HORIZON);
    assert_int_equal(bpo_calendar_add_many(c, from, open, 3, BPO_LANDING_ZERO_IDENTITY, many, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_add_many(c, from, open, 0, 1 | 48, many, NULL), BPO_E_INVALID);
    assert_true(many[0] == 77 && many[1] == 77 && many[2] == 77);
    bpo_calendar_unref(c);
}

static void nothing_is_refused_softly(void **state)
{
    (void)state;
    bpo_calendar *c = berlin();
    bpo_time at = 77;
    assert_int_equal(bpo_calendar_prev_close(NULL, 0, &at, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_prev_close(c, 0, NULL, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_next_opening(NULL, 0, &at, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_next_opening(c, 0, NULL, NULL), BPO_E_INVALID);
    assert_true(at == 77);
    bpo_calendar_unref(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_close_is_the_instant_itself_while_it_is_open),
        cmocka_unit_test(the_next_opening_is_always_later),
        cmocka_unit_test(openings_and_closes_may_never_come),
        cmocka_unit_test(the_horizon_is_refused),
        cmocka_unit_test(adding_nothing_lands_where_it_is_told_to),
        cmocka_unit_test(the_rule_for_nothing_changes_no_other_sum),
        cmocka_unit_test(a_landing_without_a_rule_for_nothing_is_plain),
        cmocka_unit_test(a_batch_knows_the_rule_for_nothing),
        cmocka_unit_test(nothing_is_refused_softly),
    };
    return cmocka_run_group_tests_name("time_calendar_openings", tests, NULL, NULL);
}
