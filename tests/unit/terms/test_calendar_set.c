/* SPDX-License-Identifier: Apache-2.0 */
/* Calendars that are made from each other, by their terms. */
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

/* The calendars of a helpdesk that follows the sun. */
static const line sun[] = {
    {"/contract/id", "saas-follow-the-sun"},
    {"/contract/currency", "EUR"},
    {"/contract/time_zone", "Europe/Warsaw"},
    {"/contract/start", "2026-01-01"},
    {"/calendars/manila/time_zone", "Asia/Manila"},
    {"/calendars/manila/hours/mon-fri", "06:00-15:00"},
    {"/calendars/manila_night/time_zone", "Asia/Manila"},
    {"/calendars/manila_night/hours/mon-sun", "22:00-06:00"},
    {"/calendars/krakow/time_zone", "Europe/Warsaw"},
    {"/calendars/krakow/hours/mon-fri", "08:00-24:00"},
    {"/calendars/sun/union", "manila, krakow"},
};

/* The named calendar of the lines above and some more. */
static bpo_calendar *calendar_with(const char *name, const line *more, size_t count)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_terms *terms = terms_of(context, sun, COUNT(sun));
    bpo_calendar *calendar = NULL;

    assert_int_equal(put_lines(terms, more, count, NULL), BPO_OK);
    if (bpo_calendar_new_named(context, terms, name, &calendar, &err) != BPO_OK)
        fail_msg("%s: %s", err.path, err.message);
    bpo_terms_unref(terms);
    return calendar;
}

static bpo_time at(const char *text)
{
    bpo_time t;

    assert_int_equal(bpo_time_parse(text, &t, NULL), BPO_OK);
    return t;
}

static void assert_hours(const bpo_calendar *calendar, const char *from, const char *until, int hours)
{
    bpo_duration found = -1;

    assert_int_equal(bpo_calendar_between(calendar, at(from), at(until), &found, NULL), BPO_OK);
    assert_int_equal(found, hours * BPO_HOUR);
}

static void a_union_follows_the_sun(void **state)
{
    bpo_calendar *calendar = calendar_with("sun", NULL, 0);
    bpo_time found;
    int open;

    (void)state;
    /* Manila works 22:00 to 07:00 UTC, Krakow 06:00 to 22:00 UTC in summer: an overlap of an hour counts once. */
    assert_hours(calendar, "2026-07-07T00:00:00Z", "2026-07-08T00:00:00Z", 24);
    assert_int_equal(bpo_calendar_next_close(calendar, at("2026-07-07T00:00:00Z"), &found, NULL), BPO_OK);
    assert_int_equal(found, at("2026-07-10T22:00:00Z"));
    /* In winter Krakow opens at 07:00 UTC, just when Manila closes: no gap. */
    assert_hours(calendar, "2026-01-06T00:00:00Z", "2026-01-07T00:00:00Z", 24);
    assert_int_equal(bpo_calendar_is_open(calendar, at("2026-07-11T12:00:00Z"), &open, NULL), BPO_OK);
    assert_false(open);
    bpo_calendar_unref(calendar);
}

static void an_intersection_is_the_overlap_of_two_sides(void **state)
{
    static const line more[] = {{"/calendars/both/intersection", "krakow, new_york"},
                                {"/calendars/new_york/time_zone", "America/New_York"},
                                {"/calendars/new_york/hours/mon-fri", "09:00-17:00"}};
    bpo_calendar *calendar = calendar_with("both", more, COUNT(more));
    bpo_time found;

    (void)state;
    /* 15:00 to 23:00 in Krakow; for the two weeks in which only New York has changed its clocks 14:00 to 22:00. */
    assert_hours(calendar, "2026-07-07T00:00:00+02:00", "2026-07-08T00:00:00+02:00", 8);
    assert_int_equal(bpo_calendar_next_open(calendar, at("2026-03-17T00:00:00+01:00"), &found, NULL), BPO_OK);
    assert_int_equal(found, at("2026-03-17T14:00:00+01:00"));
    bpo_calendar_unref(calendar);
}

/* Time taken away has the name that the terms give the calendar. */
static void assert_taken(const bpo_calendar *calendar, const char *from, const char *name)
{
    bpo_interval found = BPO_INTERVAL_INIT;
    bpo_intervals *list = NULL;

    assert_int_equal(bpo_intervals_new(calendar, at(from), at(from) + BPO_HOUR, BPO_INTERVALS_EXPLAINED, &list, NULL),
                     BPO_OK);
    assert_int_equal(bpo_intervals_next(list, &found, NULL), BPO_OK);
    assert_int_equal(found.kind, BPO_INTERVAL_EXCLUDED);
    assert_string_equal(found.name, name);
    bpo_intervals_unref(list);
}

static void what_is_taken_away_is_closed(void **state)
{
    static const line more[] = {{"/calendars/day/minus", "lunch"},
                                {"/calendars/day/hours/mon-fri", "09:00-17:00"},
                                {"/calendars/lunch/hours/mon-sun", "12:00-13:00"},
                                {"/calendars/rest/union", "sun"},
                                {"/calendars/rest/minus", "krakow, manila_night"}};
    bpo_calendar *calendar = calendar_with("day", more, COUNT(more));

    (void)state;
    assert_hours(calendar, "2026-07-07T00:00:00+02:00", "2026-07-08T00:00:00+02:00", 7);
    assert_taken(calendar, "2026-07-07T12:00:00+02:00", "lunch");
    bpo_calendar_unref(calendar);
    calendar = calendar_with("rest", more, COUNT(more));
    assert_taken(calendar, "2026-07-07T12:00:00+02:00", "krakow");
    /* Manila from 06:00 to 14:00, when Krakow opens. */
    assert_hours(calendar, "2026-07-07T00:00:00+08:00", "2026-07-08T00:00:00+08:00", 8);
    bpo_calendar_unref(calendar);
}

static void assert_day(const bpo_calendar *calendar, const char *from, bpo_days_options options, const char *expected)
{
    bpo_time found = 0;

    assert_int_equal(bpo_calendar_add_days(calendar, at(from), 1, options, &found, NULL), BPO_OK);
    assert_int_equal(found, at(expected));
}

/* 22:00 on the 7th in Warsaw is 04:00 on the 8th in Manila; on the 8th Krakow is closed. */
static void a_combined_calendar_has_its_members_dates_by_its_own_clock(void **state)
{
    static const line more[] = {{"/calendars/krakow/holidays/2026-07-08", "x"},
                                {"/calendars/both/intersection", "krakow, manila"},
                                {"/calendars/far/intersection", "krakow, manila"},
                                {"/calendars/far/time_zone", "Asia/Manila"}};
    static const char *const names[] = {"sun", "both", "far"};
    bpo_calendar *calendars[3];

    (void)state;
    for (size_t i = 0; i < 3; i++)
        calendars[i] = calendar_with(names[i], more, COUNT(more));
    assert_day(calendars[0], "2026-07-07T20:00:00Z", 0, "2026-07-08T20:00:00Z"); /* the contract's clock */
    assert_day(calendars[1], "2026-07-07T20:00:00Z", 0, "2026-07-09T20:00:00Z");
    assert_day(calendars[2], "2026-07-07T20:00:00Z", 0, "2026-07-08T20:00:00Z");
    assert_day(calendars[0], "2026-07-08T12:00:00Z", BPO_DAYS_END_OF_DAY, "2026-07-10T00:00:00+02:00");
    assert_day(calendars[1], "2026-07-08T12:00:00Z", BPO_DAYS_END_OF_DAY, "2026-07-09T15:00:00+08:00");
    for (size_t i = 0; i < 3; i++)
        bpo_calendar_unref(calendars[i]);
}

static void an_extension_takes_what_it_does_not_set(void **state)
{
    static const line more[] = {{"/calendars/base/time_zone", "UTC"},
                                {"/calendars/base/hours/mon-fri", "09:00-17:00"},
                                {"/calendars/base/holidays/2026-07-06", "x"},
                                {"/calendars/base/holiday_rules/may_day", "--05-01"},
                                {"/calendars/base/holiday_rules/boxing/rule", "--12-26"},
                                {"/calendars/base/holiday_rules/boxing/observed", "sat+2, sun+1"},
                                {"/calendars/middle/extends", "base"},
                                {"/calendars/middle/hours/fri", "09:00-12:00"},
                                {"/calendars/top/extends", "middle"},
                                {"/calendars/top/hours/mon", ""},
                                {"/calendars/top/holiday_rules/may_day", "none"},
                                {"/calendars/top/overrides/2026-07-06", "10:00-11:00"}};
    bpo_calendar *calendar = calendar_with("top", more, COUNT(more));

    (void)state;
    assert_hours(calendar, "2026-07-06T00:00:00Z", "2026-07-07T00:00:00Z", 1);  /* override beats the holiday below */
    assert_hours(calendar, "2026-07-07T00:00:00Z", "2026-07-08T00:00:00Z", 8);  /* base */
    assert_hours(calendar, "2026-07-10T00:00:00Z", "2026-07-11T00:00:00Z", 3);  /* middle */
    assert_hours(calendar, "2026-07-13T00:00:00Z", "2026-07-14T00:00:00Z", 0);  /* top */
    assert_hours(calendar, "2026-05-01T00:00:00Z", "2026-05-02T00:00:00Z", 3);  /* its rule is taken back */
    assert_hours(calendar, "2027-12-28T00:00:00Z", "2027-12-29T00:00:00Z", 8);
    bpo_calendar_unref(calendar);
    calendar = calendar_with("base", more, COUNT(more));
    assert_hours(calendar, "2026-05-01T00:00:00Z", "2026-05-02T00:00:00Z", 0);
    assert_hours(calendar, "2021-12-27T00:00:00Z", "2021-12-28T00:00:00Z", 0); /* observed on Monday, for a Sunday */
    bpo_calendar_unref(calendar);
}

static void versions_hold_from_their_dates_on_over_what_was_before(void **state)
{
    static const line more[] = {{"/calendars/desk/time_zone", "UTC"},
                                {"/calendars/desk/hours/mon-sun", "22:00-06:00"},
                                {"/calendars/desk/holidays/2026-08-04", "x"},
                                {"/calendars/desk/versions/2026-07-07/hours/mon-sun", "09:00-17:00"},
                                {"/calendars/desk/versions/2026-08-01/hours/wed", "09:00-12:00"},
                                {"/calendars/desk/versions/2026-08-01/holidays/2026-08-06", "y"},
                                {"/calendars/branch/extends", "desk"},
                                {"/calendars/branch/hours/thu", "09:00-10:00"}};
    bpo_calendar *calendar = calendar_with("desk", more, COUNT(more));

    (void)state;
    assert_hours(calendar, "2026-07-06T00:00:00Z", "2026-07-07T00:00:00Z", 8);
    assert_hours(calendar, "2026-07-07T00:00:00Z", "2026-07-08T00:00:00Z", 14); /* the night before keeps its tail */
    assert_hours(calendar, "2026-07-08T00:00:00Z", "2026-07-09T00:00:00Z", 8);
    assert_hours(calendar, "2026-08-04T00:00:00Z", "2026-08-05T00:00:00Z", 0);
    assert_hours(calendar, "2026-08-05T00:00:00Z", "2026-08-06T00:00:00Z", 3);
    assert_hours(calendar, "2026-08-06T00:00:00Z", "2026-08-07T00:00:00Z", 0);
    assert_hours(calendar, "2026-08-07T00:00:00Z", "2026-08-08T00:00:00Z", 8);
    bpo_calendar_unref(calendar);
    calendar = calendar_with("branch", more, COUNT(more));
    assert_hours(calendar, "2026-07-09T00:00:00Z", "2026-07-10T00:00:00Z", 1); /* what it sets holds in every version */
    assert_hours(calendar, "2026-08-12T00:00:00Z", "2026-08-13T00:00:00Z", 3);
    bpo_calendar_unref(calendar);
}

/* The chain of calendars c00, c01... each of which is the union of the next. */
static bpo_status chain_of(int count)
{
    bpo_terms *terms = terms_of(context, sun, COUNT(sun));
    bpo_calendar *calendar = NULL;
    char path[] = "/calendars/c00/union", next[] = "c00";
    bpo_status status;

    for (int i = 0; i < count; i++) {
        path[12] = (char)('0' + i / 10), path[13] = (char)('0' + i % 10);
        next[1] = (char)('0' + (i + 1) / 10), next[2] = (char)('0' + (i + 1) % 10);
        assert_int_equal(bpo_terms_set(terms, path, i + 1 < count ? next : "manila", NULL), BPO_OK);
    }
    status = bpo_calendar_new_named(context, terms, "c00", &calendar, NULL);
    bpo_calendar_unref(calendar);
    bpo_terms_unref(terms);
    return status;
}

static void chains_have_an_end(void **state)
{
    (void)state;
    assert_int_equal(chain_of(15), BPO_OK);
    assert_int_equal(chain_of(16), BPO_E_LIMIT);
}

/* Ten of ten of ten are as many as there may be. */
static void a_calendar_is_made_from_so_many_at_most(void **state)
{
    static const line more[] = {{"/calendars/a/union", "krakow,krakow,krakow,krakow,krakow,krakow,krakow,krakow,krakow,"
                                                       "krakow"},
                                {"/calendars/b/union", "a,a,a,a,a,a,a,a,a,a"},
                                {"/calendars/c/union", "b,b,b,b,b,b,b,b,b,b"},
                                {"/calendars/d/union", "c, krakow"}};
    bpo_terms *terms = terms_of(context, sun, COUNT(sun));
    bpo_calendar *calendar = calendar_with("c", more, COUNT(more));
    bpo_calendar *none = NULL;
    bpo_error err = BPO_ERROR_INIT;

    (void)state;
    assert_hours(calendar, "2026-07-07T00:00:00+02:00", "2026-07-08T00:00:00+02:00", 16);
    bpo_calendar_unref(calendar);
    assert_int_equal(put_lines(terms, more, COUNT(more), NULL), BPO_OK);
    assert_int_equal(bpo_calendar_new_named(context, terms, "d", &none, &err), BPO_E_LIMIT);
    assert_string_equal(err.path, "/calendars/d");
    assert_null(none);
    bpo_terms_unref(terms);
}

static void refusals_name_the_place(void **state)
{
    static const struct {
        line lines[2];
        const char *name;
        bpo_status status;
        const char *path;
        const char *part;
    } cases[] = {
        {{{"/calendars/sun/union", "manila, sun"}}, "sun", BPO_E_VALUE, "/calendars/sun/union", "sun > sun"},
        {{{"/calendars/a/extends", "b"}, {"/calendars/b/minus", "a"}}, "a", BPO_E_VALUE, "/calendars/b/minus",
         "a > b > a"},
        {{{"/calendars/sun/minus", "moon"}}, "sun", BPO_E_VALUE, "/calendars/sun/minus", "no calendar moon"},
        {{{"/calendars/a/extends", "moon"}}, "a", BPO_E_VALUE, "/calendars/a/extends", "no calendar moon"},
        {{{"/calendars/sun/union", ""}}, "sun", BPO_E_VALUE, "/calendars/sun/union", "not a list"},
        {{{"/calendars/sun/intersection", "krakow"}}, "sun", BPO_E_VALUE, "/calendars/sun/intersection", "union"},
        {{{"/calendars/sun/hours/mon", "09:00-17:00"}}, "sun", BPO_E_VALUE, "/calendars/sun/hours", "union"},
        {{{"/calendars/sun/versions/2026-01-01/scope", "civil"}}, "sun", BPO_E_VALUE, "/calendars/sun/versions",
         "union"},
        {{{"/calendars/a/extends", "sun"}, {"/calendars/a/hours/mon", "09:00-17:00"}}, "a", BPO_E_VALUE,
         "/calendars/a/hours", "union"},
        {{{"/calendars/a/hours/mon", ""}}, "a", BPO_E_VALUE, "/calendars/a/may_be_empty", "never open"},
        {{{"/calendars/a/intersection", "krakow, b"}, {"/calendars/b/hours/mon-fri", "03:00-08:00"}}, "a", BPO_E_VALUE,
         "/calendars/a/may_be_empty", "never open"},
        {{{"/calendars/a/union", "krakow"}, {"/calendars/a/minus", "krakow"}}, "a", BPO_E_VALUE,
         "/calendars/a/may_be_empty", "never open"},
        {{{"/calendars/krakow/holiday_rules/x", "easter+"}}, "krakow", BPO_E_VALUE,
         "/calendars/krakow/holiday_rules/x", "easter-2"},
        {{{"/calendars/krakow/holiday_rules/x/observed", "next_weekday"}}, "krakow", BPO_E_MISSING,
         "/calendars/krakow/holiday_rules/x/rule", "--12-25"},
        {{{"/calendars/krakow/holiday_rules/x/observed", "often"}}, "krakow", BPO_E_VALUE,
         "/calendars/krakow/holiday_rules/x/observed", "nearest_weekday"},
        {{{"/calendars/krakow/holiday_rules/x/from_year", "20260"}}, "krakow", BPO_E_VALUE,
         "/calendars/krakow/holiday_rules/x/from_year", "9999"},
        {{{"/calendars/krakow/versions/2026-02-30/scope", "civil"}}, "krakow", BPO_E_PATH,
         "/calendars/krakow/versions/2026-02-30/scope", "{date}"},
        {{{"/calendars/krakow/versions/2026-02-03/hours/mon", "25:00-26:00"}}, "krakow", BPO_E_VALUE,
         "/calendars/krakow/versions/2026-02-03/hours/mon", "00 to 23"},
        {{{"/calendars/a/extends", "b"}, {"/calendars/b/time_zone", "Mars/Olympus"}}, "a", BPO_E_ZONE,
         "/calendars/b/time_zone", "Mars/Olympus"},
        {{{"/contract/time_zone", "Mars/Olympus"}}, "krakow", BPO_E_ZONE, "/contract/time_zone", "Mars/Olympus"},
        {{{"/calendars/a/scope", "civil"}}, "none", BPO_E_NOT_FOUND, "/calendars", "no calendar none"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        bpo_error err = BPO_ERROR_INIT;
        bpo_terms *terms = terms_of(context, sun, COUNT(sun));
        bpo_calendar *calendar = NULL;
        for (size_t j = 0; j < 2 && cases[i].lines[j].path; j++)
            assert_int_equal(bpo_terms_set(terms, cases[i].lines[j].path, cases[i].lines[j].value, NULL), BPO_OK);
        if (bpo_calendar_new_named(context, terms, cases[i].name, &calendar, &err) != cases[i].status)
            fail_msg("case %d: %d %s: %s", (int)i, err.code, err.path, err.message);
        assert_string_equal(err.path, cases[i].path);
        assert_contains(err.message, cases[i].part);
        assert_null(calendar);
        bpo_terms_unref(terms);
    }
}

static void what_may_be_empty_is_not_refused(void **state)
{
    static const line more[] = {{"/calendars/closed/may_be_empty", "true"},
                                {"/calendars/none/union", "closed"},
                                {"/calendars/none/may_be_empty", "true"}};
    bpo_calendar *calendar = calendar_with("none", more, COUNT(more));
    bpo_time found;

    (void)state;
    assert_int_equal(bpo_calendar_next_open(calendar, 0, &found, NULL), BPO_NEVER);
    bpo_calendar_unref(calendar);
}

static void a_calendar_alone_names_no_others(void **state)
{
    static const line alone[] = {{"/time_zone", "UTC"}, {"/hours/mon", "09:00-17:00"}, {"/minus", "lunch"}};
    bpo_error err = BPO_ERROR_INIT;
    bpo_terms *terms = terms_of(context, alone, COUNT(alone));
    bpo_calendar *calendar = NULL;

    (void)state;
    assert_int_equal(bpo_calendar_new(context, terms, &calendar, &err), BPO_E_VALUE);
    assert_string_equal(err.path, "/minus");
    assert_contains(err.message, "bpo_calendar_new_named");
    assert_int_equal(bpo_calendar_new_named(context, terms, "minus", &calendar, &err), BPO_E_PATH);
    assert_int_equal(bpo_calendar_new_named(NULL, terms, "a", &calendar, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_new_named(context, NULL, "a", &calendar, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_new_named(context, terms, NULL, &calendar, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_new_named(context, terms, "a", NULL, NULL), BPO_E_INVALID);
    assert_null(calendar);
    bpo_terms_unref(terms);
}

static void a_calendar_of_a_contract_without_zone_names_its_own(void **state)
{
    static const line bare[] = {{"/calendars/a/hours/mon", "09:00-17:00"},
                                {"/calendars/b/extends", "a"},
                                {"/calendars/b/time_zone", "UTC"}};
    bpo_error err = BPO_ERROR_INIT;
    bpo_terms *terms = terms_of(context, bare, COUNT(bare));
    bpo_calendar *calendar = NULL;

    (void)state;
    assert_int_equal(bpo_calendar_new_named(context, terms, "a", &calendar, &err), BPO_E_MISSING);
    assert_string_equal(err.path, "/calendars/a/time_zone");
    bpo_terms_unref(terms);
}

static bpo_status everything_is_compiled_and_asked(fault_host *fault, void *user)
{
    static const line more[] = {{"/calendars/desk/extends", "krakow"},
                                {"/calendars/desk/holiday_rules/x/rule", "mon#1 of may"},
                                {"/calendars/desk/versions/2026-07-07/hours/mon-sun", "09:00-17:00"},
                                {"/calendars/all/union", "desk, sun"},
                                {"/calendars/all/minus", "manila_night"}};
    bpo_context *own = NULL;
    bpo_terms *terms = NULL;
    bpo_calendar *calendar = NULL;
    bpo_duration open = -1;
    bpo_status status = bpo_context_new(&fault->host, &own, NULL);

    (void)user;
    if (status == BPO_OK)
        status = bpo_terms_new(own, &terms, NULL);
    if (status == BPO_OK)
        status = put_lines(terms, sun, COUNT(sun), NULL);
    if (status == BPO_OK)
        status = put_lines(terms, more, COUNT(more), NULL);
    if (status == BPO_OK)
        status = bpo_calendar_new_named(own, terms, "all", &calendar, NULL);
    if (status != BPO_OK)
        assert_null(calendar);
    if (status == BPO_OK)
        status = bpo_calendar_between(calendar, 0, 500 * BPO_DAY, &open, NULL);
    assert_true((status == BPO_OK) == (open >= 0));
    bpo_calendar_unref(calendar);
    bpo_terms_unref(terms);
    bpo_context_unref(own);
    return status;
}

static void failure_leaves_nothing_behind(void **state)
{
    (void)state;
    fault_torture(everything_is_compiled_and_asked, NULL);
}

static void a_contract_has_combined_calendars(void **state)
{
    bpo_terms *terms = terms_of(context, sun, COUNT(sun));
    bpo_contract *contract = NULL;

    (void)state;
    assert_int_equal(bpo_contract_new(context, terms, &contract, NULL), BPO_OK);
    bpo_contract_unref(contract);
    assert_int_equal(bpo_terms_set(terms, "/calendars/krakow/extends", "sun", NULL), BPO_OK);
    assert_int_equal(bpo_contract_new(context, terms, &contract, NULL), BPO_E_VALUE);
    bpo_terms_unref(terms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_union_follows_the_sun),
        cmocka_unit_test(an_intersection_is_the_overlap_of_two_sides),
        cmocka_unit_test(what_is_taken_away_is_closed),
        cmocka_unit_test(a_combined_calendar_has_its_members_dates_by_its_own_clock),
        cmocka_unit_test(an_extension_takes_what_it_does_not_set),
        cmocka_unit_test(versions_hold_from_their_dates_on_over_what_was_before),
        cmocka_unit_test(chains_have_an_end),
        cmocka_unit_test(a_calendar_is_made_from_so_many_at_most),
        cmocka_unit_test(refusals_name_the_place),
        cmocka_unit_test(what_may_be_empty_is_not_refused),
        cmocka_unit_test(a_calendar_alone_names_no_others),
        cmocka_unit_test(a_calendar_of_a_contract_without_zone_names_its_own),
        cmocka_unit_test(a_contract_has_combined_calendars),
        cmocka_unit_test(failure_leaves_nothing_behind),
    };
    return cmocka_run_group_tests_name("terms_calendar_set", tests, set_up, tear_down);
}
