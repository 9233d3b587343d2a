/* SPDX-License-Identifier: Apache-2.0 */
#include "office.h"
#include "support/fault.h"
#include "support/random.h"
#include <bpo/intervals.h>
#include <stdio.h>
#include <string.h>

/* An explanation in the calendar's zone, one stretch after the other:
 * "open until 17:00, closed until 09:00, Thanksgiving until 00:00, +3600" (seconds that the clock jumps); time that is
 * taken away is "without lunch until 13:00". */
static void expect_explanation(const bpo_calendar *c, const char *from, const char *until, const char *expected)
{
    static const char *const words[] = {"?", "open", "closed", "", "clock", "without "};
    bpo_intervals *l = NULL;
    bpo_interval i = BPO_INTERVAL_INIT;
    char text[1024] = "";
    size_t used = 0;
    assert_int_equal(bpo_intervals_new(c, office_time(from), office_time(until), BPO_INTERVALS_EXPLAINED, &l, NULL),
                     BPO_OK);
    while (bpo_intervals_next(l, &i, NULL) == BPO_OK) {
        bpo_civil end;
        assert_int_equal(bpo_zone_to_civil(bpo__calendar_zone(c), i.until, &end, NULL), BPO_OK);
        const char *comma = used > 0 ? ", " : "";
        int size = i.kind == BPO_INTERVAL_CLOCK_CHANGE
                       ? snprintf(text + used, sizeof text - used, "%s%+d", comma, i.clock_change_seconds)
                       : snprintf(text + used, sizeof text - used, "%s%s%s until %02d:%02d", comma, words[i.kind],
                                  i.name, end.hour, end.minute);
        used += (size_t)size;
    }
    bpo_intervals_unref(l);
    assert_string_equal(text, expected);
}

static bpo__calendar_definition with_holidays(bpo__calendar_definition d, const bpo__holiday *holidays, size_t count)
{
    d.holidays = holidays;
    d.holiday_count = count;
    return d;
}

static void a_week_end_is_one_closed_stretch(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_nine_to_five, 0, 4), "America/New_York");
    expect_explanation(c, "2026-11-20T16:00:00-05:00", "2026-11-23T10:00:00-05:00",
                       "open until 17:00, closed until 09:00, open until 10:00");
    expect_explanation(c, "2026-11-21T12:00:00-05:00", "2026-11-22T00:00:00.5-05:00", "closed until 00:00");
    bpo_calendar_unref(c);
}

static void a_holiday_is_named(void **state)
{
    (void)state;
    const bpo__holiday holidays[] = {{{2026, 11, 26}, BPO__TEXT("Thanksgiving")},
                                            {{0, 11, 27}, BPO__TEXT("The day after")}};
    bpo_calendar *c =
        office_calendar(with_holidays(office_week(office_nine_to_five, 0, 4), holidays, 2), "America/New_York");
    expect_explanation(c, "2026-11-25T16:00:00-05:00", "2026-11-30T09:30:00-05:00",
                       "open until 17:00, closed until 00:00, Thanksgiving until 00:00, The day after until 00:00, "
                       "closed until 09:00, open until 09:30");
    expect_explanation(c, "2026-11-26T10:00:00.25-05:00", "2026-11-26T10:00:00.5-05:00", "Thanksgiving until 10:00");
    expect_explanation(c, "2026-11-26T23:59:59.5-05:00", "2026-11-27T00:00:00.5-05:00",
                       "Thanksgiving until 00:00, The day after until 00:00");
    bpo_calendar_unref(c);
}

static void a_holiday_names_the_tail_that_it_took(void **state)
{
    (void)state;
    const bpo__holiday holiday[] = {{{2026, 11, 26}, BPO__TEXT("Thanksgiving")}};
    bpo__calendar_definition d = with_holidays(office_week(office_night, 0, 4), holiday, 1);
    bpo_calendar *civil = office_calendar(d, "UTC");
    expect_explanation(civil, "2026-11-25T21:00:00Z", "2026-11-27T08:00:00Z",
                       "closed until 22:00, open until 00:00, Thanksgiving until 00:00, open until 06:00, "
                       "closed until 08:00");
    d.holidays_by_shift_start = true;
    bpo_calendar *by_start = office_calendar(d, "UTC");
    expect_explanation(by_start, "2026-11-25T21:00:00Z", "2026-11-27T08:00:00Z",
                       "closed until 22:00, open until 06:00, Thanksgiving until 06:00, closed until 08:00");
    bpo_calendar_unref(civil);
    bpo_calendar_unref(by_start);
}

static void a_change_of_the_clock_is_told_where_it_happens(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_night, 0, 6), "Europe/Berlin");
    expect_explanation(c, "2026-03-28T23:00:00+01:00", "2026-03-29T07:00:00+02:00",
                       "open until 03:00, +3600, open until 06:00, closed until 07:00");
    expect_explanation(c, "2026-10-24T23:00:00+02:00", "2026-10-25T07:00:00+01:00",
                       "open until 02:00, -3600, open until 06:00, closed until 07:00");
    /* at the range's start it is told, at its end it is not */
    expect_explanation(c, "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z", "+3600, open until 04:00");
    expect_explanation(c, "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z", "open until 03:00");
    expect_explanation(c, "2026-03-29T01:00:00.5Z", "2026-03-29T02:00:00Z", "open until 04:00");
    bpo_calendar_unref(c);
}

static void a_date_that_the_zone_skips_is_one_change(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_nine_to_five, 0, 6), "Pacific/Apia");
    expect_explanation(c, "2011-12-29T16:00:00-10:00", "2011-12-31T10:00:00+14:00",
                       "open until 17:00, closed until 00:00, +86400, closed until 09:00, open until 10:00");
    bpo_calendar_unref(c);
}

static void holidays_of_one_name_are_one_stretch(void **state)
{
    (void)state;
    const bpo__holiday holidays[] = {{{2026, 2, 17}, BPO__TEXT("New Year")}, {{2026, 2, 18}, BPO__TEXT("New Year")},
                                     {{2026, 2, 19}, BPO__TEXT("Bridge")}};
    bpo_calendar *c = office_calendar(with_holidays(office_week(office_nine_to_five, 0, 4), holidays, 3), "UTC");
    expect_explanation(c, "2026-02-16T16:30:00Z", "2026-02-20T09:30:00Z",
                       "open until 17:00, closed until 00:00, New Year until 00:00, Bridge until 00:00, "
                       "closed until 09:00, open until 09:30");
    bpo_calendar_unref(c);
}

static void a_name_without_an_end_is_still_cut_at_the_range(void **state)
{
    (void)state;
    bpo_calendar *never = office_calendar(office_week(office_whole_day, 0, -1), "UTC");
    bpo_calendar *always = office_calendar(office_week(office_whole_day, 0, 6), "UTC");
    expect_explanation(never, "1900-01-01T00:00:00Z", "2201-01-01T00:00:00Z", "closed until 00:00");
    expect_explanation(always, "1900-01-01T00:00:00Z", "2201-01-01T00:00:00Z", "open until 00:00");
    bpo_calendar_unref(never);
    bpo_calendar_unref(always);
}

/* Stretches follow each other without a hole, and their open times add up to between(). */
static void expect_whole(const bpo_calendar *c, bpo_time from, bpo_time until)
{
    bpo_intervals *l = NULL;
    bpo_interval i = BPO_INTERVAL_INIT;
    bpo_duration open = 0;
    bpo_duration expected = 0;
    bpo_time reached = from;
    bpo_interval_kind last = 0;
    const char *last_name = "";
    assert_int_equal(bpo_intervals_new(c, from, until, BPO_INTERVALS_EXPLAINED, &l, NULL), BPO_OK);
    while (bpo_intervals_next(l, &i, NULL) == BPO_OK) {
        assert_true(i.from == reached);
        assert_true((i.until == i.from) == (i.kind == BPO_INTERVAL_CLOCK_CHANGE));
        assert_true(i.kind != last || strcmp(i.name, last_name) != 0);
        reached = i.until;
        open += i.open;
        last = i.kind;
        last_name = i.name;
    }
    assert_true(reached == until);
    assert_int_equal(bpo_calendar_between(c, from, until, &expected, NULL), BPO_OK);
    assert_true(open == expected);
    bpo_intervals_unref(l);
}

static void explanations_add_up(void **state)
{
    (void)state;
    static const char *const zones[] = {"America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia"};
    const bpo__holiday holidays[] = {{{0, 12, 25}, BPO__TEXT("Christmas")}, {{0, 1, 1}, BPO__TEXT("New Year")},
                                            {{2011, 12, 31}, BPO__TEXT("The day after the day that was not")}};
    test_random random = {20261121};
    for (size_t z = 0; z < 4; z++) {
        bpo__calendar_definition d = office_week(z % 2 ? office_night : office_nine_to_five, 0, 5);
        d.holidays_by_shift_start = z >= 2;
        bpo_calendar *c = office_calendar(with_holidays(d, holidays, 3), zones[z]);
        for (int i = 0; i < 100; i++) {
            bpo_time from = office_time("2005-01-01T00:00:00Z") +
                            (bpo_time)test_random_below(&random, (uint64_t)(20 * 365 * BPO_DAY));
            expect_whole(c, from, from + 1 + (bpo_time)test_random_below(&random, (uint64_t)(400 * BPO_DAY)));
        }
        expect_whole(c, BPO__COVERED_FROM, BPO__COVERED_FROM + 300 * BPO_DAY);
        expect_whole(c, BPO__COVERED_UNTIL - 300 * BPO_DAY, BPO__COVERED_UNTIL);
        bpo_calendar_unref(c);
    }
}

/* --- calendars made from others ---------------------------------------------------------------------------------- */

/* An office of Monday to Friday that is closed on one date. */
static bpo_calendar *office_without(int month, int day, const char *name, const char *zone)
{
    bpo__holiday holiday = {{2026, month, day}, {name, strlen(name)}};
    return office_calendar(with_holidays(office_week(office_nine_to_five, 0, 4), &holiday, 1), zone);
}

/* Of two members, which it takes over. */
static bpo_calendar *joined(bpo_calendar *a, bpo_calendar *b, bpo__combining combining, const char *zone)
{
    bpo_calendar *members[] = {a, b};
    bpo_calendar *c = office_calendar(office_combination(members, 2, combining), zone);
    bpo_calendar_unref(a);
    bpo_calendar_unref(b);
    return c;
}

/* 26 November is a Thursday. Manila's date lasts from 16:00 to 16:00 UTC, and nobody works there then; Lagos is an hour
 * ahead of UTC. */
static void an_intersection_is_closed_by_the_first_members_holiday(void **state)
{
    (void)state;
    bpo_calendar *c = joined(office_without(11, 25, "Bonifacio Day", "Asia/Manila"),
                             office_without(11, 26, "Thanksgiving", "Africa/Lagos"), BPO__COMBINING_INTERSECTION,
                             "UTC");
    /* Manila 01:00 to 09:00 UTC, Lagos 08:00 to 16:00 UTC: they share an hour */
    expect_explanation(c, "2026-11-24T08:30:00Z", "2026-11-27T08:30:00Z",
                       "open until 09:00, closed until 16:00, Bonifacio Day until 16:00, closed until 23:00, "
                       "Thanksgiving until 23:00, closed until 08:00, open until 08:30");
    bpo_calendar_unref(c);
}

/* Both are closed by holidays from 23:00 to 16:00 UTC: the first one counts, and the second afterwards. */
static void of_two_holidays_that_of_the_first_member_is_named(void **state)
{
    (void)state;
    bpo__combining each[] = {BPO__COMBINING_INTERSECTION, BPO__COMBINING_UNION};
    for (int i = 0; i < 2; i++) {
        bpo_calendar *c = joined(office_without(11, 26, "Bonifacio Day", "Asia/Manila"),
                                 office_without(11, 26, "Thanksgiving", "Africa/Lagos"), each[i], "UTC");
        expect_explanation(c, "2026-11-25T16:00:00Z", "2026-11-26T23:00:00Z",
                           "Bonifacio Day until 16:00, Thanksgiving until 23:00");
        bpo_calendar_unref(c);
        c = joined(office_without(11, 26, "Thanksgiving", "Africa/Lagos"),
                   office_without(11, 26, "Bonifacio Day", "Asia/Manila"), each[i], "UTC");
        expect_explanation(c, "2026-11-25T16:00:00Z", "2026-11-26T23:00:00Z",
                           "Bonifacio Day until 23:00, Thanksgiving until 23:00");
        bpo_calendar_unref(c);
        c = joined(office_without(11, 26, "Feast", "Africa/Lagos"), office_without(11, 26, "Feast", "Asia/Manila"),
                   each[i], "UTC");
        expect_explanation(c, "2026-11-25T16:00:00Z", "2026-11-26T23:00:00Z", "Feast until 23:00");
        bpo_calendar_unref(c);
    }
}

/* A holiday of one site leaves a union open where the other works, and closes it elsewhere. */
static void a_union_is_closed_by_a_holiday_where_nobody_works(void **state)
{
    (void)state;
    bpo_calendar *c = joined(office_calendar(office_week(office_nine_to_five, 0, 4), "America/Bogota"),
                             office_without(11, 26, "Bonifacio Day", "Asia/Manila"), BPO__COMBINING_UNION, "UTC");
    expect_explanation(c, "2026-11-25T08:30:00Z", "2026-11-27T01:30:00Z",
                       "open until 09:00, closed until 14:00, open until 22:00, Bonifacio Day until 14:00, "
                       "open until 22:00, closed until 01:00, open until 01:30");
    bpo_calendar_unref(c);
}

/* Berlin's holiday of 29 March is 23 hours long; the clock that is told of is the calendar's own. */
static void a_holiday_lasts_by_its_members_clock(void **state)
{
    (void)state;
    bpo_calendar *c = joined(office_without(3, 29, "Sunday", "Europe/Berlin"),
                             office_calendar(office_week(office_whole_day, 0, 6), "UTC"), BPO__COMBINING_INTERSECTION,
                             "UTC");
    expect_explanation(c, "2026-03-28T20:00:00Z", "2026-03-30T00:00:00Z",
                       "closed until 23:00, Sunday until 22:00, closed until 00:00");
    bpo_calendar_unref(c);
    c = joined(office_without(3, 29, "Sunday", "UTC"), office_calendar(office_week(office_whole_day, 0, 6), "UTC"),
               BPO__COMBINING_INTERSECTION, "Europe/Berlin");
    expect_explanation(c, "2026-03-28T20:00:00Z", "2026-03-30T02:00:00Z",
                       "closed until 01:00, Sunday until 03:00, +3600, Sunday until 02:00, closed until 04:00");
    bpo_calendar_unref(c);
}

/* --- what is taken away ------------------------------------------------------------------------------------------ */

static const bpo__range noon[] = {{12 * 3600, 13 * 3600}};
static const bpo__range long_noon[] = {{12 * 3600 + 1800, 14 * 3600}};

/* A definition without the hours of some calendars, which it takes over. */
static bpo_calendar *without(bpo__calendar_definition d, const bpo__text *names, size_t count, bpo_calendar **minus,
                             const char *zone)
{
    d.minus = minus;
    d.minus_names = names;
    d.minus_count = count;
    bpo_calendar *c = office_calendar(d, zone);
    for (size_t i = 0; i < count; i++)
        bpo_calendar_unref(minus[i]);
    return c;
}

static void time_taken_away_has_the_name_of_the_first_calendar_that_takes_it(void **state)
{
    (void)state;
    const bpo__text names[] = {BPO__TEXT("lunch"), BPO__TEXT("siesta")};
    bpo_calendar *breaks[] = {office_calendar(office_week(noon, 0, 6), "UTC"),
                              office_calendar(office_week(long_noon, 0, 6), "UTC")};
    bpo_calendar *c = without(office_week(office_nine_to_five, 0, 4), names, 2, breaks, "UTC");
    expect_explanation(c, "2026-11-26T11:30:00Z", "2026-11-26T14:30:00Z",
                       "open until 12:00, without lunch until 13:00, without siesta until 14:00, open until 14:30");
    bpo_calendar_unref(c);
}

/* On a Sunday, on a holiday, or before the office opens, nothing is taken. */
static void nothing_is_taken_from_closed_time(void **state)
{
    (void)state;
    const bpo__holiday holiday[] = {{{2026, 11, 26}, BPO__TEXT("Thanksgiving")}};
    const bpo__text names[] = {BPO__TEXT("audit")};
    bpo_calendar *audit[] = {office_calendar(office_week(office_whole_day, 0, 6), "UTC")};
    bpo__calendar_definition office = with_holidays(office_week(office_nine_to_five, 0, 4), holiday, 1);
    bpo_calendar *c = without(office, names, 1, audit, "UTC");
    expect_explanation(c, "2026-11-25T16:00:00Z", "2026-11-27T10:00:00Z",
                       "without audit until 17:00, closed until 00:00, Thanksgiving until 00:00, closed until 09:00, "
                       "without audit until 10:00");
    bpo_calendar_unref(c);
}

/* The lunch of one member closes an intersection; where the other is closed anyway it is not the reason. A union is
 * closed by it where the other is closed: the first would work. */
static void taken_time_is_the_reason_where_the_calendar_would_be_open_without_it(void **state)
{
    (void)state;
    static const bpo__range half_past[] = {{12 * 3600 + 1800, 17 * 3600}};
    static const char *const expected[] = {"open until 12:00, without lunch until 12:30, open until 13:30",
                                           "closed until 12:30, without lunch until 13:00, open until 13:30"};
    const bpo__text names[] = {BPO__TEXT("lunch")};
    bpo__combining each[] = {BPO__COMBINING_UNION, BPO__COMBINING_INTERSECTION};
    for (int i = 0; i < 4; i++) {
        bpo_calendar *lunch[] = {office_calendar(office_week(noon, 0, 6), "UTC")};
        bpo_calendar *a = without(office_week(office_nine_to_five, 0, 4), names, 1, lunch, "UTC");
        bpo_calendar *b = office_calendar(office_week(half_past, 0, 4), "UTC");
        bpo_calendar *c = joined(i < 2 ? a : b, i < 2 ? b : a, each[i % 2], "UTC");
        expect_explanation(c, "2026-11-26T11:30:00Z", "2026-11-26T13:30:00Z", expected[i % 2]);
        bpo_calendar_unref(c);
    }
}

/* Lunch closes one member, a holiday the other. */
static void a_holiday_is_the_reason_before_what_is_taken(void **state)
{
    (void)state;
    static const char *const expected[] = {"open until 12:00, Thanksgiving until 13:00, open until 14:00",
                                           "Thanksgiving until 14:00"};
    const bpo__text names[] = {BPO__TEXT("lunch")};
    bpo__combining each[] = {BPO__COMBINING_UNION, BPO__COMBINING_INTERSECTION};
    for (int i = 0; i < 2; i++) {
        bpo_calendar *lunch[] = {office_calendar(office_week(noon, 0, 6), "UTC")};
        bpo_calendar *c = joined(without(office_week(office_nine_to_five, 0, 4), names, 1, lunch, "UTC"),
                                 office_without(11, 26, "Thanksgiving", "UTC"), each[i], "UTC");
        expect_explanation(c, "2026-11-26T11:30:00Z", "2026-11-26T14:00:00Z", expected[i]);
        bpo_calendar_unref(c);
    }
}

/* The holiday of a member of a member; and what is taken from a union that is itself a member. */
static void combinations_of_combinations_say_why(void **state)
{
    (void)state;
    const bpo__text names[] = {BPO__TEXT("lunch")};
    bpo_calendar *lunch[] = {office_calendar(office_week(noon, 0, 6), "UTC")};
    bpo_calendar *inner = joined(office_without(11, 25, "Bonifacio Day", "Asia/Manila"),
                                 office_without(11, 26, "Thanksgiving", "UTC"), BPO__COMBINING_UNION, "UTC");
    bpo_calendar *taken = without(office_combination(&inner, 1, BPO__COMBINING_UNION), names, 1, lunch, "UTC");
    bpo_calendar *c = joined(taken, office_calendar(office_week(office_whole_day, 0, 6), "UTC"),
                             BPO__COMBINING_INTERSECTION, "America/New_York");
    bpo_calendar_unref(inner);
    expect_explanation(c, "2026-11-25T11:00:00Z", "2026-11-27T02:00:00Z",
                       "open until 07:00, without lunch until 08:00, open until 12:00, closed until 19:00, "
                       "Thanksgiving until 20:00, open until 04:00, Thanksgiving until 19:00, closed until 20:00, "
                       "open until 21:00");
    bpo_calendar_unref(c);
}

static void explanations_of_combinations_add_up(void **state)
{
    (void)state;
    const bpo__text names[] = {BPO__TEXT("night")};
    test_random random = {77};
    for (int k = 0; k < 4; k++) {
        bpo_calendar *minus[] = {office_calendar(office_week(office_night, 0, 3), "Africa/Casablanca")};
        bpo_calendar *inner = joined(office_without(11, 25, "Bonifacio Day", "Asia/Manila"),
                                     office_without(3, 29, "Sunday", "Australia/Lord_Howe"), k & 1, "UTC");
        bpo_calendar *night = without(office_week(office_night, 0, 6), names, 1, minus, "Pacific/Apia");
        bpo_calendar *c = joined(inner, night, k & 2 ? BPO__COMBINING_INTERSECTION : BPO__COMBINING_UNION,
                                 "America/St_Johns");
        for (int i = 0; i < 40; i++) {
            bpo_time from = office_time("2005-01-01T00:00:00Z") +
                            (bpo_time)test_random_below(&random, (uint64_t)(22 * 365 * BPO_DAY));
            expect_whole(c, from, from + 1 + (bpo_time)test_random_below(&random, (uint64_t)(400 * BPO_DAY)));
        }
        expect_whole(c, BPO__COVERED_FROM, BPO__COVERED_FROM + 300 * BPO_DAY);
        expect_whole(c, BPO__COVERED_UNTIL - 300 * BPO_DAY, BPO__COVERED_UNTIL);
        bpo_calendar_unref(c);
    }
}

/* Also the name is memory of its own: it is longer than a block of an arena. */
static bpo_status an_overlap_is_explained(fault_host *fault, void *user)
{
    static char lunch[20000];
    const bpo__text name = {memset(lunch, 'l', sizeof lunch - 1), sizeof lunch - 1};
    bpo__calendar_definition d = office_week(office_nine_to_five, 0, 4);
    bpo__calendar_definition less = d;
    bpo_calendar *office = NULL;
    bpo_calendar *whole = NULL;
    bpo_intervals *list = NULL;
    bpo_context *context = NULL;
    bpo_interval interval = BPO_INTERVAL_INIT;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    (void)user;
    if (status == BPO_OK)
        status = bpo_zone_new(context, "UTC", &d.zone, NULL);
    if (status == BPO_OK)
        status = bpo__calendar_compile(context, &d, &office, NULL);
    less.zone = d.zone;
    less.minus = &office;
    less.minus_names = &name;
    less.minus_count = 1;
    if (status == BPO_OK)
        status = bpo__calendar_compile(context, &less, &whole, NULL);
    bpo_calendar_unref(office);
    if (status == BPO_OK)
        status = bpo_intervals_new(whole, 12 * BPO_HOUR, 13 * BPO_HOUR, BPO_INTERVALS_EXPLAINED, &list, NULL);
    if (status == BPO_OK)
        status = bpo_intervals_next(list, &interval, NULL);
    assert_int_equal(interval.kind, status == BPO_OK ? BPO_INTERVAL_EXCLUDED : 0);
    if (status == BPO_OK)
        assert_string_equal(interval.name, lunch);
    bpo_intervals_unref(list);
    bpo_calendar_unref(whole);
    bpo_zone_unref(d.zone);
    bpo_context_unref(context);
    return status;
}

static void failure_leaves_nothing_behind(void **state)
{
    (void)state;
    fault_torture(an_overlap_is_explained, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_week_end_is_one_closed_stretch),
        cmocka_unit_test(a_holiday_is_named),
        cmocka_unit_test(a_holiday_names_the_tail_that_it_took),
        cmocka_unit_test(a_change_of_the_clock_is_told_where_it_happens),
        cmocka_unit_test(a_date_that_the_zone_skips_is_one_change),
        cmocka_unit_test(holidays_of_one_name_are_one_stretch),
        cmocka_unit_test(a_name_without_an_end_is_still_cut_at_the_range),
        cmocka_unit_test(explanations_add_up),
        cmocka_unit_test(an_intersection_is_closed_by_the_first_members_holiday),
        cmocka_unit_test(of_two_holidays_that_of_the_first_member_is_named),
        cmocka_unit_test(a_union_is_closed_by_a_holiday_where_nobody_works),
        cmocka_unit_test(a_holiday_lasts_by_its_members_clock),
        cmocka_unit_test(time_taken_away_has_the_name_of_the_first_calendar_that_takes_it),
        cmocka_unit_test(nothing_is_taken_from_closed_time),
        cmocka_unit_test(taken_time_is_the_reason_where_the_calendar_would_be_open_without_it),
        cmocka_unit_test(a_holiday_is_the_reason_before_what_is_taken),
        cmocka_unit_test(combinations_of_combinations_say_why),
        cmocka_unit_test(explanations_of_combinations_add_up),
        cmocka_unit_test(failure_leaves_nothing_behind),
    };
    return cmocka_run_group_tests_name("time_explain", tests, NULL, NULL);
}
