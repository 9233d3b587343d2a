/* SPDX-License-Identifier: Apache-2.0 */
#include "time/layout.h"
#include "office.h"
#include <stdlib.h>

static const bpo__range many_ranges[5] = {
    {0, 1}, {3600, 7200}, {9000, 9001}, {12 * 3600, 13 * 3600}, {20 * 3600, 30 * 3600}};

/* What a plain walk over the local dates of a zone without changes gives. */
static void a_page_has_the_hours_of_its_dates(void **state)
{
    (void)state;
    bpo_calendar *calendar = office_calendar(office_week(office_nine_to_five, 0, 4), "UTC");
    bpo__openings openings = {NULL, 0, 0};
    size_t k = 0;
    assert_int_equal(
        bpo__layout_openings(calendar->context, &calendar->schedule, calendar->zone, 112, &openings), BPO_OK);
    for (int64_t days = bpo__page_start(112) / BPO_DAY; days <= bpo__page_start(113) / BPO_DAY; days++) {
        bpo_time from = days * BPO_DAY + 9 * BPO_HOUR;
        bpo_time until = days * BPO_DAY + 17 * BPO_HOUR;
        from = from > bpo__page_start(112) ? from : bpo__page_start(112);
        until = until < bpo__page_start(113) ? until : bpo__page_start(113);
        if (bpo__weekday_of_days((int32_t)days) > 5 || from >= until)
            continue;
        assert_true(k < openings.count && openings.list[k].from == from && openings.list[k].until == until);
        k++;
    }
    assert_true(k == openings.count);
    bpo__openings_clear(calendar->context, &openings);
    bpo_calendar_unref(calendar);
}

/* Every second day around a time is closed by a holiday. */
static size_t close_days_around(bpo_time at, bpo__holiday *holidays)
{
    for (int32_t i = 0; i < 4; i++) {
        bpo__holiday holiday = {{0, 0, 0}, BPO__TEXT("Closed")};
        holiday.date = bpo__civil_of_days((int32_t)(at / BPO_DAY) - 3 + 2 * i);
        holidays[i] = holiday;
    }
    return 4;
}

static bool is_open_by_date(const bpo__schedule *schedule, int64_t local_second)
{
    bpo__range ranges[BPO__DAY_RANGES_MOST];
    size_t count = bpo__schedule_ranges(schedule, (int32_t)(local_second / BPO__DAY_SECONDS), ranges);
    int32_t of_day = (int32_t)(local_second % BPO__DAY_SECONDS);
    for (size_t i = 0; i < count; i++) {
        if (of_day >= ranges[i].from && of_day < ranges[i].until)
            return true;
    }
    return false;
}

static void expect_page_by_dates(const bpo_calendar *calendar, int32_t offset, uint32_t index)
{
    bpo__openings openings = {NULL, 0, 0};
    bpo_zone zone = {.first_offset = offset, .rule_from = INT64_MAX, .rule_until = INT64_MIN};
    size_t k = 0;
    assert_int_equal(bpo__layout_openings(calendar->context, &calendar->schedule, &zone, index, &openings), BPO_OK);
    for (bpo_time at = bpo__page_start(index); at < bpo__page_start(index + 1); at += BPO_HOUR) {
        while (k < openings.count && openings.list[k].until <= at)
            k++;
        bool is_open = k < openings.count && openings.list[k].from <= at;
        assert_int_equal(is_open, is_open_by_date(&calendar->schedule, at / BPO_SECOND + offset));
    }
    bpo__openings_clear(calendar->context, &openings);
}

/* The local dates at the ends of a page may be two away from those of UTC, and count as what they are. One of the pages
 * begins soon after midnight, one ends soon before. */
static void dates_at_the_ends_are_those_of_the_zone(void **state)
{
    (void)state;
    static const int32_t offsets[] = {-89999, -50000, 0, 50400, 93599};
    static const bpo__range late_day[1] = {{86399, 86399 + 86400}};
    for (uint32_t index = 106; index <= 109; index += 3) {
        for (int by_shift_start = 0; by_shift_start < 2; by_shift_start++) {
            bpo__calendar_definition d = office_week(by_shift_start ? late_day : office_whole_day, 0, 6);
            bpo__holiday holidays[8];
            d.holidays = holidays;
            d.holiday_count = close_days_around(bpo__page_start(index), holidays);
            d.holiday_count += close_days_around(bpo__page_start(index + 1), holidays + d.holiday_count);
            d.holidays_by_shift_start = by_shift_start;
            bpo_calendar *calendar = office_calendar(d, "UTC");
            for (size_t i = 0; i < sizeof offsets / sizeof offsets[0]; i++)
                expect_page_by_dates(calendar, offsets[i], index);
            bpo_calendar_unref(calendar);
        }
    }
}

static void nights_and_pages_that_follow_join(void **state)
{
    (void)state;
    bpo_calendar *calendar = office_calendar(office_week(office_whole_day, 0, 6), "Asia/Tokyo");
    bpo__openings openings = {NULL, 0, 0};
    assert_int_equal(
        bpo__layout_openings(calendar->context, &calendar->schedule, calendar->zone, 112, &openings), BPO_OK);
    assert_int_equal(openings.count, 1);
    assert_true(openings.list[0].from == bpo__page_start(112) && openings.list[0].until == bpo__page_start(113));
    bpo__openings_clear(calendar->context, &openings);
    bpo_calendar_unref(calendar);
}

static void an_hour_that_is_skipped_or_repeated_counts_as_it_passes(void **state)
{
    (void)state;
    bpo_calendar *calendar = office_calendar(office_week(office_whole_day, 6, 6), "America/New_York");
    bpo_duration open = -1;
    assert_int_equal(bpo_calendar_between(calendar, office_time("2026-03-07T12:00:00Z"),
                                          office_time("2026-03-10T12:00:00Z"), &open, NULL),
                     BPO_OK);
    assert_true(open == 23 * BPO_HOUR);
    assert_int_equal(bpo_calendar_between(calendar, office_time("2026-10-31T12:00:00Z"),
                                          office_time("2026-11-03T12:00:00Z"), &open, NULL),
                     BPO_OK);
    assert_true(open == 25 * BPO_HOUR);
    bpo_calendar_unref(calendar);
}

/* A zone whose clock jumps so often that the open periods cannot be counted. */
static void a_zone_that_cuts_time_into_dust_is_refused(void **state)
{
    (void)state;
    enum { JUMPS = 70000 };
    bpo_error err = BPO_ERROR_INIT;
    bpo__zone_change *changes = calloc(JUMPS, sizeof *changes);
    bpo_zone zone = {0};
    bpo_calendar *calendar = office_calendar(office_week(many_ranges, 0, 6), "UTC");
    bpo__openings openings = {NULL, 0, 0};
    int64_t open = 77;
    for (int i = 0; i < JUMPS; i++) {
        changes[i].at = bpo__page_start(100) / BPO_SECOND + 2 + 20 * (int64_t)i;
        changes[i].offset = (int32_t)(-(changes[i].at % 86400)); /* the local clock shows second 0 again and again */
    }
    zone.changes = changes;
    zone.change_count = JUMPS;
    zone.rule_from = INT64_MAX;
    zone.rule_until = INT64_MIN;
    assert_int_equal(bpo__layout_openings(calendar->context, &calendar->schedule, &zone, 100, &openings), BPO_E_LIMIT);
    bpo__openings_clear(calendar->context, &openings);
    bpo_zone *own = calendar->zone;
    calendar->zone = &zone;
    assert_int_equal(bpo_calendar_between(calendar, bpo__page_start(100), bpo__page_start(101), &open, &err),
                     BPO_E_LIMIT);
    assert_int_equal(bpo__timeline_measure(calendar, 100, &open, NULL), BPO_E_LIMIT);
    calendar->zone = own;
    assert_non_null(strstr(err.message, "open periods"));
    assert_true(open == 77);
    bpo_calendar_unref(calendar);
    free(changes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_has_the_hours_of_its_dates),
        cmocka_unit_test(dates_at_the_ends_are_those_of_the_zone),
        cmocka_unit_test(nights_and_pages_that_follow_join),
        cmocka_unit_test(an_hour_that_is_skipped_or_repeated_counts_as_it_passes),
        cmocka_unit_test(a_zone_that_cuts_time_into_dust_is_refused),
    };
    return cmocka_run_group_tests_name("time_layout", tests, NULL, NULL);
}
