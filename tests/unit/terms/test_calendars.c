/* SPDX-License-Identifier: Apache-2.0 */
/* A calendar given as the root of a tree. */
#include "terms_support.h"

static bpo_context *context;

static int set_up(void **state)
{
    (void)state;
    context = context_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    context = bpo_context_unref(context);
    return 0;
}

static const line office[] = {{"/time_zone", "America/New_York"},       {"/hours/mon-fri", "09:00-17:00"},
                              {"/holidays/2026-11-26", "Thanksgiving"}, {"/holidays/--12-25", "Christmas"},
                              {"/overrides/2026-11-27", "09:00-12:00"}, {"/overrides/2026-12-25", "10:00-11:00"},
                              {"/closures/2026-11-30", "12:00-13:00"}};

static bpo_calendar *calendar_of(const line *lines, size_t count)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_terms *terms = terms_of(context, lines, count);
    bpo_calendar *calendar = NULL;

    if (bpo_calendar_new(context, terms, &calendar, &err) != BPO_OK)
        fail_msg("%s: %s", err.path, err.message);
    bpo_terms_unref(terms);
    return calendar;
}

static void assert_open(const bpo_calendar *calendar, const char *from, const char *until, bpo_duration open)
{
    bpo_time start, end;
    bpo_duration found = -1;

    assert_int_equal(bpo_time_parse(from, &start, NULL), BPO_OK);
    assert_int_equal(bpo_time_parse(until, &end, NULL), BPO_OK);
    assert_int_equal(bpo_calendar_between(calendar, start, end, &found, NULL), BPO_OK);
    assert_int_equal(found, open);
}

static void every_term_of_a_calendar_counts(void **state)
{
    bpo_calendar *calendar = calendar_of(office, COUNT(office));

    (void)state;
    assert_open(calendar, "2026-11-25T00:00:00-05:00", "2026-11-26T00:00:00-05:00", 8 * BPO_HOUR);
    assert_open(calendar, "2026-11-26T00:00:00-05:00", "2026-11-27T00:00:00-05:00", 0);
    assert_open(calendar, "2026-11-27T00:00:00-05:00", "2026-11-28T00:00:00-05:00", 3 * BPO_HOUR);
    assert_open(calendar, "2026-11-30T00:00:00-05:00", "2026-12-01T00:00:00-05:00", 7 * BPO_HOUR);
    assert_open(calendar, "2026-12-25T00:00:00-05:00", "2026-12-26T00:00:00-05:00", BPO_HOUR);
    assert_open(calendar, "2025-12-25T00:00:00-05:00", "2025-12-26T00:00:00-05:00", 0);
    bpo_calendar_unref(calendar);
}

static void scope_and_precedence_are_terms(void **state)
{
    static const line night[] = {{"/time_zone", "UTC"},         {"/hours/mon-sun", "22:00-06:00"},
                                 {"/holidays/2026-07-01", "x"}, {"/overrides/2026-07-01", "22:00-23:00"},
                                 {"/scope", "shift_start"},     {"/override_beats_holiday", "false"}};
    bpo_calendar *calendar = calendar_of(night, COUNT(night));

    (void)state;
    /* The tail of the night before stays; what starts on the holiday is gone, the override too. */
    assert_open(calendar, "2026-07-01T00:00:00Z", "2026-07-02T00:00:00Z", 6 * BPO_HOUR);
    assert_open(calendar, "2026-07-02T00:00:00Z", "2026-07-02T12:00:00Z", 0);
    bpo_calendar_unref(calendar);
    /* With the defaults the override opens the date again, the tail of the night before too. */
    calendar = calendar_of(night, 4);
    assert_open(calendar, "2026-07-01T00:00:00Z", "2026-07-02T00:00:00Z", 7 * BPO_HOUR);
    bpo_calendar_unref(calendar);
}

static void refusals_name_the_path_as_it_was_written(void **state)
{
    static const struct {
        line line;
        bpo_status status;
        const char *part;
    } cases[] = {
        {{"/hours/mon", "9-17"}, BPO_E_VALUE, "09:00-12:30"},
        {{"/hours/mon", "25:00-26:00"}, BPO_E_VALUE, "00 to 23"},
        {{"/hour/mon", "09:00-17:00"}, BPO_E_PATH, "below the root there are: time_zone, hours"},
        {{"/time_zone", "Mars/Olympus"}, BPO_E_ZONE, "Mars/Olympus"},
        {{"/scope", "wide"}, BPO_E_VALUE, "is not one of: civil, shift_start"},
        {{"/calendars/office/scope", "civil"}, BPO_E_PATH, "time_zone"},
        {{"/unions", "office"}, BPO_E_PATH, "extends, union, intersection, minus, may_be_empty, versions"},
        {{"/overrides/2026-02-29", "09:00-17:00"}, BPO_E_PATH, "{date} that exists like 2026-12-25"},
        {{"/hours/monday", "09:00-17:00"}, BPO_E_PATH, "{day} like mon or mon-fri"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        bpo_error err = BPO_ERROR_INIT;
        bpo_terms *terms = terms_of(context, office, COUNT(office));
        bpo_calendar *calendar = NULL;
        assert_int_equal(bpo_terms_set(terms, cases[i].line.path, cases[i].line.value, NULL), BPO_OK);
        assert_int_equal(bpo_calendar_new(context, terms, &calendar, &err), cases[i].status);
        assert_string_equal(err.path, cases[i].line.path);
        assert_contains(err.message, cases[i].part);
        assert_null(calendar);
        bpo_terms_unref(terms);
    }
}

static void a_zone_is_required(void **state)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_terms *terms = terms_of(context, office + 1, 1);
    bpo_calendar *calendar = NULL;

    (void)state;
    assert_int_equal(bpo_calendar_new(context, terms, &calendar, &err), BPO_E_MISSING);
    assert_string_equal(err.path, "/time_zone");
    assert_int_equal(bpo_calendar_new(NULL, terms, &calendar, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_new(context, NULL, &calendar, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_new(context, terms, NULL, NULL), BPO_E_INVALID);
    bpo_terms_unref(terms);
}

static bpo_status compiles_or_leaves_nothing(fault_host *fault, void *user)
{
    bpo_context *own = NULL;
    bpo_terms *terms = NULL;
    bpo_calendar *calendar = NULL;
    bpo_status status = bpo_context_new(&fault->host, &own, NULL);

    (void)user;
    if (status == BPO_OK)
        status = bpo_terms_new(own, &terms, NULL);
    if (status == BPO_OK)
        status = put_lines(terms, office, COUNT(office), NULL);
    if (status == BPO_OK)
        status = bpo_calendar_new(own, terms, &calendar, NULL);
    if (status != BPO_OK)
        assert_null(calendar);
    bpo_calendar_unref(calendar);
    bpo_terms_unref(terms);
    bpo_context_unref(own);
    return status;
}

static void a_failing_host_leaves_nothing_behind(void **state)
{
    (void)state;
    fault_torture(compiles_or_leaves_nothing, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_term_of_a_calendar_counts),          cmocka_unit_test(scope_and_precedence_are_terms),
        cmocka_unit_test(refusals_name_the_path_as_it_was_written), cmocka_unit_test(a_zone_is_required),
        cmocka_unit_test(a_failing_host_leaves_nothing_behind),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
