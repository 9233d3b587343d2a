/* SPDX-License-Identifier: Apache-2.0 */
#include "office.h"
#include "support/fault.h"

static bpo_calendar *new_york(void)
{
    return office_calendar(office_week(office_nine_to_five, 0, 4), "America/New_York");
}

static void open_time_is_counted_and_signed(void **state)
{
    (void)state;
    bpo_calendar *c = new_york();
    bpo_duration open = 0;
    bpo_time friday = office_time("2026-11-20T16:30:00-05:00");
    bpo_time monday = office_time("2026-11-23T09:45:00-05:00");
    assert_int_equal(bpo_calendar_between(c, friday, monday, &open, NULL), BPO_OK);
    assert_true(open == 75 * BPO_MINUTE);
    assert_int_equal(bpo_calendar_between(c, monday, friday, &open, NULL), BPO_OK);
    assert_true(open == -75 * BPO_MINUTE);
    assert_int_equal(bpo_calendar_between(c, friday, friday, &open, NULL), BPO_OK);
    assert_true(open == 0);
    assert_int_equal(bpo_calendar_between(c, friday + 1, friday + 3, &open, NULL), BPO_OK);
    assert_true(open == 2);
    bpo_calendar_unref(c);
}

static void expect_add(const bpo_calendar *c, const char *from, bpo_duration open, bpo_landing landing,
                       const char *expected)
{
    bpo_time at = 0;
    assert_int_equal(bpo_calendar_add(c, office_time(from), open, landing, &at, NULL), BPO_OK);
    if (at != office_time(expected)) {
        char text[BPO_TIME_TEXT_SIZE];
        bpo_time_format(at, text, sizeof text);
        fail_msg("%s, not %s", text, expected);
    }
}

static void a_sum_lands_at_the_close_or_at_the_next_opening(void **state)
{
    (void)state;
    bpo_calendar *c = new_york();
    expect_add(c, "2026-11-20T16:00:00-05:00", BPO_HOUR, BPO_LANDING_EARLIEST, "2026-11-20T17:00:00-05:00");
    expect_add(c, "2026-11-20T16:00:00-05:00", BPO_HOUR, BPO_LANDING_LATEST, "2026-11-23T09:00:00-05:00");
    expect_add(c, "2026-11-20T16:00:00-05:00", BPO_HOUR + 1, BPO_LANDING_LATEST, "2026-11-23T09:00:00.000001-05:00");
    expect_add(c, "2026-11-20T16:00:00-05:00", BPO_HOUR + 1, BPO_LANDING_EARLIEST, "2026-11-23T09:00:00.000001-05:00");
    expect_add(c, "2026-11-21T12:00:00-05:00", 8 * BPO_HOUR, BPO_LANDING_EARLIEST, "2026-11-23T17:00:00-05:00");
    bpo_calendar_unref(c);
}

static void a_negative_sum_goes_back_mirrored(void **state)
{
    (void)state;
    bpo_calendar *c = new_york();
    expect_add(c, "2026-11-23T10:00:00-05:00", -BPO_HOUR, BPO_LANDING_EARLIEST, "2026-11-23T09:00:00-05:00");
    expect_add(c, "2026-11-23T10:00:00-05:00", -BPO_HOUR, BPO_LANDING_LATEST, "2026-11-20T17:00:00-05:00");
    expect_add(c, "2026-11-23T10:00:00-05:00", -2 * BPO_HOUR, BPO_LANDING_EARLIEST, "2026-11-20T16:00:00-05:00");
    expect_add(c, "2026-11-21T10:00:00-05:00", -1, BPO_LANDING_EARLIEST, "2026-11-20T16:59:59.999999-05:00");
    bpo_calendar_unref(c);
}

static void adding_nothing_gives_the_next_open_instant(void **state)
{
    (void)state;
    bpo_calendar *c = new_york();
    for (bpo_landing landing = BPO_LANDING_EARLIEST; landing <= BPO_LANDING_LATEST; landing++) {
        expect_add(c, "2026-11-20T17:00:00-05:00", 0, landing, "2026-11-23T09:00:00-05:00");
        expect_add(c, "2026-11-20T12:00:00-05:00", 0, landing, "2026-11-20T12:00:00-05:00");
    }
    bpo_calendar_unref(c);
}

static void openings_and_closes_are_found(void **state)
{
    (void)state;
    bpo_calendar *c = new_york();
    bpo_time friday = office_time("2026-11-20T17:00:00-05:00");
    bpo_time at = 0;
    int open = -1;
    assert_int_equal(bpo_calendar_is_open(c, friday, &open, NULL), BPO_OK);
    assert_int_equal(open, 0);
    assert_int_equal(bpo_calendar_is_open(c, friday - 1, &open, NULL), BPO_OK);
    assert_int_equal(open, 1);
    assert_int_equal(bpo_calendar_next_open(c, friday, &at, NULL), BPO_OK);
    assert_true(at == office_time("2026-11-23T09:00:00-05:00"));
    assert_int_equal(bpo_calendar_next_close(c, friday - 1, &at, NULL), BPO_OK);
    assert_true(at == friday);
    assert_int_equal(bpo_calendar_next_close(c, friday, &at, NULL), BPO_OK);
    assert_true(at == office_time("2026-11-23T17:00:00-05:00"));
    bpo_calendar_unref(c);
}

static void an_always_open_calendar_compiles_nothing(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_whole_day, 0, 6), "America/New_York");
    bpo_duration open = 0;
    bpo_time at = 0;
    int is_open = 0;
    assert_int_equal(bpo_calendar_between(c, BPO__COVERED_FROM, BPO__COVERED_UNTIL, &open, NULL), BPO_OK);
    assert_true(open == BPO__COVERED_UNTIL - BPO__COVERED_FROM);
    assert_int_equal(bpo_calendar_add(c, 5, -7, BPO_LANDING_LATEST, &at, NULL), BPO_OK);
    assert_true(at == -2);
    assert_int_equal(bpo_calendar_add(c, 5, INT64_MAX, BPO_LANDING_LATEST, &at, NULL), BPO_E_HORIZON);
    assert_int_equal(bpo_calendar_is_open(c, 5, &is_open, NULL), BPO_OK);
    assert_int_equal(is_open, 1);
    assert_int_equal(bpo_calendar_is_open(c, INT64_MAX, &is_open, NULL), BPO_E_HORIZON);
    assert_int_equal(bpo_calendar_next_close(c, 5, &at, NULL), BPO_NEVER);
    assert_true(at == BPO_TIME_NEVER);
    assert_int_equal(bpo_calendar_prepare(c, BPO__COVERED_FROM, BPO__COVERED_UNTIL, NULL), BPO_OK);
    for (uint32_t i = 0; i < BPO__PAGE_COUNT; i++)
        assert_null(bpo__timeline_peek(c, i));
    bpo_calendar_unref(c);
}

static void a_period_may_last_for_years(void **state)
{
    (void)state;
    bpo__holiday holiday = {{2026, 7, 1}, BPO__TEXT("The only one")};
    bpo__calendar_definition d = office_week(office_whole_day, 0, 6);
    d.holidays = &holiday;
    d.holiday_count = 1;
    bpo_calendar *c = office_calendar(d, "UTC");
    bpo_time at = 0;
    assert_int_equal(bpo_calendar_next_close(c, office_time("2018-01-01T00:00:00Z"), &at, NULL), BPO_OK);
    assert_true(at == office_time("2026-07-01T00:00:00Z"));
    assert_int_equal(bpo_calendar_next_close(c, office_time("2015-01-01T00:00:00Z"), &at, NULL), BPO_NEVER);
    assert_int_equal(bpo_calendar_next_close(c, office_time("2027-01-01T00:00:00Z"), &at, NULL), BPO_NEVER);
    at = 77;
    assert_int_equal(bpo_calendar_next_close(c, office_time("2195-01-01T00:00:00Z"), &at, NULL), BPO_E_HORIZON);
    assert_true(at == 77);
    bpo_calendar_unref(c);
}

static void instants_outside_the_covered_years_are_refused(void **state)
{
    (void)state;
    static const bpo_time outside[] = {BPO__COVERED_FROM - 1, BPO__COVERED_UNTIL + 1, INT64_MIN, INT64_MAX,
                                       BPO_TIME_NEVER, -BPO_TIME_NEVER};
    bpo_calendar *c = new_york();
    for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++) {
        int64_t result = 77;
        int open = 77;
        bpo_error err = BPO_ERROR_INIT;
        assert_int_equal(bpo_calendar_between(c, outside[i], 0, &result, &err), BPO_E_HORIZON);
        assert_string_equal(err.message, "from lies outside the years that calendars cover, 1900 to 2200");
        assert_int_equal(bpo_calendar_between(c, 0, outside[i], &result, &err), BPO_E_HORIZON);
        assert_non_null(strstr(err.message, "until lies outside"));
        assert_int_equal(bpo_calendar_add(c, 0, INT64_MAX, BPO_LANDING_EARLIEST, &result, &err), BPO_E_HORIZON);
        assert_non_null(strstr(err.message, "the result lies outside"));
        assert_int_equal(bpo_calendar_add(c, outside[i], 1, BPO_LANDING_EARLIEST, &result, NULL), BPO_E_HORIZON);
        assert_int_equal(bpo_calendar_is_open(c, outside[i], &open, &err), BPO_E_HORIZON);
        assert_non_null(strstr(err.message, "the instant lies outside"));
        assert_int_equal(bpo_calendar_next_open(c, outside[i], &result, NULL), BPO_E_HORIZON);
        assert_int_equal(bpo_calendar_next_close(c, outside[i], &result, NULL), BPO_E_HORIZON);
        assert_int_equal(bpo_calendar_prepare(c, outside[i], 0, NULL), BPO_E_HORIZON);
        assert_int_equal(bpo_calendar_prepare(c, 0, outside[i], NULL), BPO_E_HORIZON);
        assert_true(result == 77 && open == 77);
    }
    bpo_calendar_unref(c);
}

static void nothing_is_refused_softly(void **state)
{
    (void)state;
    bpo_calendar *c = new_york();
    int64_t result = 77;
    int open = 77;
    assert_int_equal(bpo_calendar_between(NULL, 0, 0, &result, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_between(c, 0, 0, NULL, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_add(NULL, 0, 0, BPO_LANDING_EARLIEST, &result, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_add(c, 0, 0, BPO_LANDING_EARLIEST, NULL, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_add(c, 0, 0, 0, &result, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_add(c, 0, 0, 3, &result, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_is_open(NULL, 0, &open, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_is_open(c, 0, NULL, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_next_open(NULL, 0, &result, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_next_open(c, 0, NULL, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_next_close(NULL, 0, &result, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_next_close(c, 0, NULL, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_prepare(NULL, 0, 0, NULL), BPO_E_INVALID);
    assert_true(result == 77 && open == 77);
    assert_ptr_equal(bpo_calendar_ref(c), c);
    assert_null(bpo_calendar_unref(c));
    assert_null(bpo_calendar_unref(c));
    assert_null(bpo_calendar_unref(NULL));
    assert_null(bpo_calendar_ref(NULL));
}

static void preparing_compiles_the_years_of_the_range(void **state)
{
    (void)state;
    bpo_calendar *c = new_york();
    bpo_time from = office_time("2020-01-01T00:00:00Z");
    bpo_time until = office_time("2026-01-01T00:00:00Z");
    assert_int_equal(bpo_calendar_prepare(c, until, from, NULL), BPO_OK);
    for (uint32_t i = 0; i < BPO__PAGE_COUNT; i++)
        assert_true((bpo__timeline_peek(c, i) != NULL) == (i >= bpo__page_index(from) && i <= bpo__page_index(until)));
    assert_string_equal(bpo__zone_name(bpo__calendar_zone(c)), "America/New_York");
    bpo_calendar_unref(c);
}

/* --- lack of memory ----------------------------------------------------------------------------------------------- */

static bpo_status compile(bpo_context *context, bpo_calendar **ret_calendar)
{
    static const bpo__range breaks[1] = {{12 * 3600, 13 * 3600}};
    const bpo__holiday holidays[2] = {{{0, 12, 25}, BPO__TEXT("Christmas")}, {{2026, 7, 3}, BPO__TEXT("Once")}};
    bpo__dated_hours override = {office_days(2026, 12, 24), {office_night, 1}};
    bpo__dated_hours closure = {office_days(2026, 12, 23), {breaks, 1}};
    bpo__calendar_definition d = office_week(office_nine_to_five, 0, 4);
    bpo_status status = bpo_zone_new(context, "America/New_York", &d.zone, NULL);
    d.holidays = holidays;
    d.holiday_count = 2;
    d.overrides = &override;
    d.override_count = 1;
    d.closures = &closure;
    d.closure_count = 1;
    if (status == BPO_OK)
        status = bpo__calendar_compile(context, &d, ret_calendar, NULL);
    bpo_zone_unref(d.zone);
    return status;
}

/* In a year that nobody asked for yet. */
static bpo_status ask_of_an_instant(bpo_calendar *c, bpo_time at)
{
    int64_t opens = 77;
    int is_open = 77;
    bpo_status status = bpo_calendar_is_open(c, at, &is_open, NULL);
    assert_true(status == BPO_OK || is_open == 77);
    if (status != BPO_OK)
        return status;
    status = bpo_calendar_next_open(c, at + 1000 * BPO_DAY, &opens, NULL);
    assert_true(status == BPO_OK || opens == 77);
    return status;
}

/* Asks all questions; each leaves its output alone where it fails, and the same question succeeds later. */
static bpo_status ask(bpo_calendar *c)
{
    int64_t open = 77;
    int64_t at = 77;
    bpo_time from = office_time("2026-11-20T16:00:00-05:00");
    bpo_status status = bpo_calendar_between(c, from, office_time("2031-01-01T00:00:00Z"), &open, NULL);
    if (status == BPO_OK)
        status = bpo_calendar_add(c, from, 40000 * BPO_HOUR, BPO_LANDING_LATEST, &at, NULL);
    else
        assert_true(open == 77);
    if (status == BPO_OK)
        status = bpo_calendar_next_close(c, office_time("1990-01-01T00:00:00Z"), &at, NULL);
    else
        assert_true(at == 77);
    if (status == BPO_OK)
        status = ask_of_an_instant(c, office_time("1995-01-01T00:00:00Z"));
    if (status == BPO_OK)
        status = bpo_calendar_prepare(c, from, from + 1000 * BPO_DAY, NULL);
    return status;
}

static bpo_status a_calendar_is_made_and_asked(fault_host *fault, void *user)
{
    bpo_context *context = NULL;
    bpo_calendar *c = NULL;
    (void)user;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    if (status == BPO_OK)
        status = compile(context, &c);
    if (status == BPO_OK)
        status = ask(c);
    else
        assert_null(c);
    if (c != NULL && status == BPO_E_NOMEM && !fault->memory.persistent)
        assert_int_equal(ask(c), BPO_OK);
    bpo_calendar_unref(c);
    bpo_context_unref(context);
    return status;
}

static void failures_leave_the_calendar_as_it_was(void **state)
{
    (void)state;
    assert_true(fault_torture(a_calendar_is_made_and_asked, NULL) >= 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(open_time_is_counted_and_signed),
        cmocka_unit_test(a_sum_lands_at_the_close_or_at_the_next_opening),
        cmocka_unit_test(a_negative_sum_goes_back_mirrored),
        cmocka_unit_test(adding_nothing_gives_the_next_open_instant),
        cmocka_unit_test(openings_and_closes_are_found),
        cmocka_unit_test(an_always_open_calendar_compiles_nothing),
        cmocka_unit_test(a_period_may_last_for_years),
        cmocka_unit_test(instants_outside_the_covered_years_are_refused),
        cmocka_unit_test(nothing_is_refused_softly),
        cmocka_unit_test(preparing_compiles_the_years_of_the_range),
        cmocka_unit_test(failures_leave_the_calendar_as_it_was),
    };
    return cmocka_run_group_tests_name("time_calendar", tests, NULL, NULL);
}
