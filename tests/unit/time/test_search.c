/* SPDX-License-Identifier: Apache-2.0 */
#include "time/search.h"
#include "office.h"

/* A calendar that is open on some dates only. */
static bpo_calendar *dates_only(const int32_t *days, size_t count)
{
    static bpo__dated_hours overrides[8];
    bpo__calendar_definition d = {0};
    for (size_t i = 0; i < count; i++) {
        overrides[i].days = days[i];
        overrides[i].hours.ranges = office_nine_to_five;
        overrides[i].hours.count = 1;
    }
    d.overrides = overrides;
    d.override_count = count;
    return office_calendar(d, "UTC");
}

static void expect_add(bpo_calendar *calendar, const char *from, bpo_duration open, bpo_landing landing,
                       bpo_status status, const char *expected)
{
    bpo_time at = 77;
    assert_int_equal(bpo_calendar_add(calendar, office_time(from), open, landing, &at, NULL), status);
    if (status == BPO_OK)
        assert_true(at == office_time(expected));
    else if (status == BPO_NEVER)
        assert_true(at == (open < 0 ? -BPO_TIME_NEVER : BPO_TIME_NEVER));
    else
        assert_true(at == 77);
}

static void an_opening_within_ten_years_is_found(void **state)
{
    (void)state;
    const int32_t days[] = {office_days(2010, 1, 1), office_days(2020, 1, 1)};
    bpo_calendar *c = dates_only(days, 2);
    expect_add(c, "2010-01-01T12:00:00Z", 6 * BPO_HOUR, 1, BPO_OK, "2020-01-01T10:00:00Z");
    expect_add(c, "2010-01-01T12:00:00Z", 5 * BPO_HOUR, 1, BPO_OK, "2010-01-01T17:00:00Z");
    expect_add(c, "2010-01-01T12:00:00Z", 5 * BPO_HOUR, 2, BPO_OK, "2020-01-01T09:00:00Z");
    expect_add(c, "2020-01-01T12:00:00Z", -4 * BPO_HOUR, 1, BPO_OK, "2010-01-01T16:00:00Z");
    expect_add(c, "2020-01-01T12:00:00Z", -3 * BPO_HOUR, 2, BPO_OK, "2010-01-01T17:00:00Z");
    expect_add(c, "2012-01-01T00:00:00Z", 0, 1, BPO_OK, "2020-01-01T09:00:00Z");
    bpo_calendar_unref(c);
}

static void an_opening_after_more_than_ten_years_is_never(void **state)
{
    (void)state;
    const int32_t days[] = {office_days(2010, 1, 1), office_days(2020, 1, 4)};
    bpo_calendar *c = dates_only(days, 2);
    expect_add(c, "2010-01-01T12:00:00Z", 6 * BPO_HOUR, 1, BPO_NEVER, NULL);
    expect_add(c, "2010-01-01T12:00:00Z", 5 * BPO_HOUR, 2, BPO_NEVER, NULL);
    expect_add(c, "2020-01-04T12:00:00Z", -4 * BPO_HOUR, 1, BPO_NEVER, NULL);
    expect_add(c, "2020-01-04T12:00:00Z", -3 * BPO_HOUR, 2, BPO_NEVER, NULL);
    expect_add(c, "2010-01-03T12:00:00Z", 1, 1, BPO_OK, "2020-01-04T09:00:00.000001Z"); /* less than ten from here */
    expect_add(c, "2021-01-01T00:00:00Z", 0, 1, BPO_NEVER, NULL);
    expect_add(c, "2035-01-01T00:00:00Z", -1, 1, BPO_NEVER, NULL);
    bpo_calendar_unref(c);
}

static void a_calendar_without_open_time_never_opens(void **state)
{
    (void)state;
    bpo__calendar_definition d = {0};
    bpo_calendar *c = office_calendar(d, "UTC");
    bpo_time at = 0;
    expect_add(c, "2026-01-01T00:00:00Z", BPO_HOUR, 1, BPO_NEVER, NULL);
    expect_add(c, "2026-01-01T00:00:00Z", -BPO_HOUR, 1, BPO_NEVER, NULL);
    expect_add(c, "2026-01-01T00:00:00Z", 0, 1, BPO_NEVER, NULL);
    assert_int_equal(bpo_calendar_next_close(c, 0, &at, NULL), BPO_NEVER);
    assert_true(at == BPO_TIME_NEVER);
    expect_add(c, "2195-01-01T00:00:00Z", BPO_HOUR, 1, BPO_E_HORIZON, NULL);
    expect_add(c, "1905-01-01T00:00:00Z", -BPO_HOUR, 1, BPO_E_HORIZON, NULL);
    bpo_calendar_unref(c);
}

static void sums_end_at_the_covered_years(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_nine_to_five, 0, 4), "UTC");
    expect_add(c, "2200-12-31T00:00:00Z", 8 * BPO_HOUR, 1, BPO_OK, "2200-12-31T17:00:00Z");
    expect_add(c, "2200-12-31T00:00:00Z", 8 * BPO_HOUR, 2, BPO_E_HORIZON, NULL);
    expect_add(c, "1900-01-02T00:00:00Z", -8 * BPO_HOUR, 1, BPO_OK, "1900-01-01T09:00:00Z");
    expect_add(c, "1900-01-02T00:00:00Z", -8 * BPO_HOUR, 2, BPO_E_HORIZON, NULL);
    expect_add(c, "2026-01-01T00:00:00Z", INT64_MAX, 1, BPO_E_HORIZON, NULL);
    expect_add(c, "2026-01-01T00:00:00Z", INT64_MIN, 1, BPO_E_HORIZON, NULL);
    bpo_calendar_unref(c);
}

/* However far: the guessed page, the searched page and the sum's inverse agree. */
/* Open before 1991-01-14 and from 2001-01-16 on; 3,655 days lie between. */
static bpo_calendar *silent_for_ten_years(const bpo__range *before, const bpo__range *after)
{
    bpo__calendar_definition d = office_week(before, 0, 6);
    const bpo__calendar_version versions[2] = {{office_days(1991, 1, 14), {0}},
                                               {office_days(2001, 1, 16), office_week(after, 0, 6)}};
    d.versions = versions;
    d.version_count = 2;
    return office_calendar(d, "UTC");
}

/* Whichever side was asked first, also where the share of open time lets guess just the page on the other side. */
static void more_than_ten_closed_years_are_never_passed_over(void **state)
{
    (void)state;
    static const char *const first_asked[] = {"1985-06-01T12:00:00Z", "1996-06-01T12:00:00Z", "2003-06-03T12:00:00Z"};
    static const bpo__range four_hours[1] = {{8 * 3600, 12 * 3600}};
    for (size_t i = 0; i < 6; i++) {
        const char *first = first_asked[i / 2];
        bpo_calendar *c = i % 2 ? silent_for_ten_years(four_hours, office_whole_day)
                                : silent_for_ten_years(office_whole_day, four_hours);
        bpo_duration open = 0;
        assert_int_equal(bpo_calendar_between(c, office_time(first), office_time(first), &open, NULL), BPO_OK);
        assert_int_equal(bpo_calendar_prepare(c, office_time("1960-01-01T00:00:00Z"),
                                              office_time("2030-01-01T00:00:00Z"), NULL), BPO_OK);
        for (bpo_duration hours = 4000; hours <= 40000; hours += 200) {
            if (i % 2)
                expect_add(c, "1988-06-01T12:00:00Z", hours * BPO_HOUR, BPO_LANDING_EARLIEST, BPO_NEVER, NULL);
            else
                expect_add(c, "2003-06-03T12:00:00Z", -hours * BPO_HOUR, BPO_LANDING_LATEST, BPO_NEVER, NULL);
        }
        bpo_calendar_unref(c);
    }
}

static void far_sums_are_the_inverse_of_between(void **state)
{
    (void)state;
    bpo__dated_hours override = {office_days(2026, 1, 3), {office_whole_day, 1}};
    bpo__calendar_definition weeks[3] = {office_week(office_nine_to_five, 0, 4), office_week(office_night, 6, 6),
                                         office_week(office_whole_day, 0, 6)};
    for (size_t k = 0; k < 3; k++) {
        weeks[k].overrides = &override;
        weeks[k].override_count = 1;
        bpo_calendar *c = office_calendar(weeks[k], "America/New_York");
        bpo_time middle = office_time("2026-03-04T15:00:00Z");
        for (int years = -120; years <= 170; years += 1) {
            bpo_time other = middle + years * 365 * BPO_DAY + years * BPO_HOUR;
            bpo_duration open = 0;
            bpo_duration back = 0;
            bpo_time at = 0;
            assert_int_equal(bpo_calendar_between(c, middle, other, &open, NULL), BPO_OK);
            for (int round = 0; round < 2; round++) { /* before and after the pages around are there */
                assert_int_equal(bpo_calendar_add(c, middle, open, BPO_LANDING_EARLIEST, &at, NULL), BPO_OK);
                assert_int_equal(bpo_calendar_between(c, middle, at, &back, NULL), BPO_OK);
                assert_true(back == open);
            }
        }
        bpo_calendar_unref(c);
    }
}

static const bpo__page *guessed(bpo_calendar *calendar, const bpo__page *page, bpo_time from, int64_t position)
{
    const bpo__place *place = bpo__search_guess(calendar, page, from, position - bpo__page_position(page, from));
    return place != NULL ? bpo__search_near(place, position) : NULL;
}

static void a_guess_is_right_or_none(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_nine_to_five, 0, 4), "America/New_York");
    const bpo__page *pages[30];
    for (uint32_t i = 0; i < 30; i++)
        assert_int_equal(bpo__timeline_page(c, 100 + i, &pages[i], NULL), BPO_OK);
    size_t right = 0;
    for (size_t i = 0; i < 30; i++) {
        for (size_t k = 0; k < 30; k++) {
            for (int64_t part = 1; part < 8; part += 3) {
                bpo_time from = bpo__page_start(pages[i]->index) + part * 50 * BPO_DAY;
                int64_t position = pages[k]->before + (pages[k]->after - pages[k]->before) / 8 * part;
                const bpo__page *found = guessed(c, pages[i], from, position);
                assert_true(found == NULL || found == pages[k]);
                right += found != NULL;
            }
        }
    }
    assert_true(right > 2600); /* of 2700 */
    bpo_time middle = bpo__page_start(115);
    assert_null(guessed(c, pages[15], middle, pages[0]->before - 1)); /* not compiled */
    assert_null(guessed(c, pages[15], middle, pages[29]->after));
    assert_null(guessed(c, pages[15], middle, INT64_C(1) << 59));
    assert_null(guessed(c, pages[15], middle, -(INT64_C(1) << 59)));
    bpo_calendar_unref(c);
}

/* What is known of a calendar with long closed times comes from its pages: none beyond one without open time counts. */
static void what_is_steady_is_learned_from_pages(void **state)
{
    (void)state;
    const int32_t days[] = {office_days(2010, 1, 1), office_days(2011, 2, 1), office_days(2012, 3, 1),
                            office_days(2020, 1, 1)};
    bpo_calendar *c = dates_only(days, 4);
    const bpo__page *page;
    uint32_t first = bpo__page_index(office_time("2010-01-01T12:00:00Z"));
    uint32_t last = bpo__page_index(office_time("2020-01-01T12:00:00Z"));
    assert_int_equal(bpo__timeline_page(c, first + 1, &page, NULL), BPO_OK);
    assert_true(page->reach > 0 && page->reach == page->after - page->before);
    assert_int_equal(bpo__timeline_page(c, first + 2, &page, NULL), BPO_OK);
    assert_true(page->reach > 0);
    assert_int_equal(bpo__timeline_page(c, first, &page, NULL), BPO_OK);
    assert_true(page->reach > 0);
    assert_int_equal(bpo__timeline_page(c, first - 1, &page, NULL), BPO_OK);
    assert_true(page->reach == 0 && page->after == page->before);
    assert_int_equal(bpo__timeline_page(c, last, &page, NULL), BPO_OK);
    assert_true(page->reach == 0 && page->after > page->before);
    bpo_calendar_unref(c);
}

/* A calendar of which nothing is known at once: far sums are guessed all the same where its pages are there. */
static void far_sums_over_learned_pages_are_the_inverse_of_between(void **state)
{
    (void)state;
    bpo_calendar *members[2] = {office_calendar(office_week(office_nine_to_five, 0, 4), "Europe/Berlin"),
                                office_calendar(office_week(office_whole_day, 0, 5), "America/New_York")};
    bpo__calendar_definition d = {0};
    d.members = members;
    d.member_count = 2;
    d.combining = BPO__COMBINING_INTERSECTION;
    bpo_calendar *c = office_calendar(d, "UTC");
    bpo_time middle = office_time("2026-03-04T15:00:00Z");
    for (int round = 0; round < 2; round++) { /* by a walk, and by a guess */
        for (int years = -30; years <= 30; years++) {
            bpo_duration open = 0;
            bpo_duration back = 0;
            bpo_time at = 0;
            assert_int_equal(bpo_calendar_between(c, middle, middle + years * 365 * BPO_DAY, &open, NULL), BPO_OK);
            assert_int_equal(bpo_calendar_add(c, middle, open, BPO_LANDING_EARLIEST, &at, NULL), BPO_OK);
            assert_int_equal(bpo_calendar_between(c, middle, at, &back, NULL), BPO_OK);
            assert_true(back == open);
        }
    }
    assert_true(bpo__timeline_peek(c, bpo__page_index(middle + 30 * 365 * BPO_DAY))->reach > 0);
    bpo_calendar_unref(c);
    bpo_calendar_unref(members[0]);
    bpo_calendar_unref(members[1]);
}

/* Ten years count from where the open time before ends, not from where its page does. */
static void a_long_closed_time_counts_from_its_edges(void **state)
{
    (void)state;
    const int32_t days[] = {office_days(2009, 6, 1),  office_days(2010, 5, 25), office_days(2011, 6, 20),
                            office_days(2021, 5, 20), office_days(2021, 7, 1),  office_days(2023, 6, 1)};
    bpo_calendar *c = dates_only(days, 6);
    assert_true(bpo__page_index(days[1] * BPO_DAY) == bpo__page_index(days[2] * BPO_DAY));
    assert_true(bpo__page_index(days[3] * BPO_DAY) == bpo__page_index(days[4] * BPO_DAY));
    expect_add(c, "2009-06-01T12:00:00Z", 21 * BPO_HOUR + 1, 1, BPO_OK, "2021-05-20T09:00:00.000001Z");
    expect_add(c, "2023-06-01T12:00:00Z", -(19 * BPO_HOUR + 1), 1, BPO_OK, "2011-06-20T16:59:59.999999Z");
    bpo_calendar_unref(c);
}

/* More open time than a place can count lies between the first years and the last: those are found by a walk. */
static void sums_reach_over_all_the_covered_years(void **state)
{
    (void)state;
    static const bpo__range long_day[1] = {{60, 86400}};
    bpo_calendar *c = office_calendar(office_week(long_day, 0, 6), "UTC");
    bpo_time first = office_time("1900-01-01T00:00:00Z");
    bpo_duration day = BPO_DAY - BPO_MINUTE;
    bpo_duration open = 0;
    bpo_time at = 0;
    for (int round = 0; round < 2; round++) {
        for (int64_t days = 109000; days < 109800; days += 7) {
            assert_int_equal(bpo_calendar_between(c, first, first + days * BPO_DAY, &open, NULL), BPO_OK);
            assert_true(open == days * day);
            assert_int_equal(bpo_calendar_add(c, first, open, BPO_LANDING_EARLIEST, &at, NULL), BPO_OK);
            assert_true(at == first + days * BPO_DAY);
            assert_int_equal(bpo_calendar_add(c, at, -BPO_HOUR, BPO_LANDING_EARLIEST, &at, NULL), BPO_OK);
            assert_true(at == first + days * BPO_DAY - BPO_HOUR);
        }
    }
    bpo_calendar_unref(c);
}

/* A far sum looks at the pages between without keeping them, but for those beside long closed times. */
static void a_walk_keeps_no_page_that_it_passes(void **state)
{
    (void)state;
    const int32_t days[] = {office_days(2010, 1, 1), office_days(2011, 2, 1), office_days(2012, 3, 1),
                            office_days(2013, 4, 1), office_days(2020, 1, 1)};
    bpo_calendar *c = dates_only(days, 5);
    uint32_t first = bpo__page_index(office_time("2010-01-01T12:00:00Z"));
    expect_add(c, "2010-01-01T12:00:00Z", 5 * BPO_HOUR + 16 * BPO_HOUR + 1, 1, BPO_OK, "2013-04-01T09:00:00.000001Z");
    assert_null(bpo__timeline_peek(c, first + 1));
    assert_null(bpo__timeline_peek(c, first + 2));
    expect_add(c, "2010-01-01T12:00:00Z", 5 * BPO_HOUR + 24 * BPO_HOUR + 1, 1, BPO_OK, "2020-01-01T09:00:00.000001Z");
    assert_null(bpo__timeline_peek(c, first + 1));
    assert_non_null(bpo__timeline_peek(c, first + 3));
    bpo_calendar_unref(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_opening_within_ten_years_is_found),
        cmocka_unit_test(an_opening_after_more_than_ten_years_is_never),
        cmocka_unit_test(a_calendar_without_open_time_never_opens),
        cmocka_unit_test(more_than_ten_closed_years_are_never_passed_over),
        cmocka_unit_test(sums_end_at_the_covered_years),
        cmocka_unit_test(far_sums_are_the_inverse_of_between),
        cmocka_unit_test(a_guess_is_right_or_none),
        cmocka_unit_test(what_is_steady_is_learned_from_pages),
        cmocka_unit_test(far_sums_over_learned_pages_are_the_inverse_of_between),
        cmocka_unit_test(a_walk_keeps_no_page_that_it_passes),
        cmocka_unit_test(a_long_closed_time_counts_from_its_edges),
        cmocka_unit_test(sums_reach_over_all_the_covered_years),
    };
    return cmocka_run_group_tests_name("time_search", tests, NULL, NULL);
}
