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
        cmocka_unit_test(nights_and_pages_that_follow_join),
        cmocka_unit_test(an_hour_that_is_skipped_or_repeated_counts_as_it_passes),
        cmocka_unit_test(a_zone_that_cuts_time_into_dust_is_refused),
    };
    return cmocka_run_group_tests_name("time_layout", tests, NULL, NULL);
}
