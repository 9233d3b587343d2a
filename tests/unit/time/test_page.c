/* SPDX-License-Identifier: Apache-2.0 */
#include "time/page.h"
#include "office.h"
#include <stdlib.h>

/* Positions by a plain walk over the segments. */
static int64_t plain_position(const bpo__page *page, bpo_time at)
{
    int64_t position = page->before;
    for (uint32_t i = 0; i < page->segment_count; i++) {
        const bpo__segment *s = &page->segments[i];
        int64_t open = s[1].before - s[0].before;
        if (at <= s->start)
            break;
        position += at - s->start < open ? at - s->start : open;
    }
    return position;
}

static void check_segments(const bpo__page *page)
{
    const bpo__segment *s = page->segments;
    assert_true(s[0].start == bpo__page_start(page->index));
    assert_true(s[0].before == page->before);
    assert_true(s[page->segment_count].start == bpo__page_start(page->index + 1));
    assert_true(s[page->segment_count].before == page->after);
    for (uint32_t i = 0; i < page->segment_count; i++) {
        assert_true(s[i].start < s[i + 1].start);
        assert_true(s[i].before < s[i + 1].before || (i == 0 && s[i].before == s[i + 1].before));
        assert_true(s[i + 1].before - s[i].before <= s[i + 1].start - s[i].start);
    }
}

/* Both questions at every edge, a microsecond beside it, and at the ends of buckets. */
static void check_questions(const bpo__page *page)
{
    const bpo__segment *s = page->segments;
    for (uint32_t i = 0; i < page->segment_count; i++) {
        int64_t open = s[i + 1].before - s[i].before;
        for (int64_t beside = -1; beside <= 1; beside++) {
            bpo_time start = s[i].start + beside;
            bpo_time end = s[i].start + open + beside;
            if (start >= s[0].start)
                assert_true(bpo__page_position(page, start) == plain_position(page, start));
            if (end >= s[0].start && end < s[page->segment_count].start)
                assert_true(bpo__page_position(page, end) == plain_position(page, end));
        }
        if (open > 0) {
            assert_true(bpo__page_instant(page, s[i].before) == s[i].start);
            assert_true(bpo__page_instant(page, s[i + 1].before - 1) == s[i].start + open - 1);
        }
    }
    for (uint64_t i = 0; i < BPO__FORWARD_COUNT; i++) {
        bpo_time at = s[0].start + (bpo_time)(i << BPO__FORWARD_SHIFT);
        assert_true(bpo__page_position(page, at) == plain_position(page, at));
        assert_true(bpo__page_position(page, at + (INT64_C(1) << BPO__FORWARD_SHIFT) - 1) ==
                    plain_position(page, at + (INT64_C(1) << BPO__FORWARD_SHIFT) - 1));
    }
    for (int64_t p = page->before; p < page->after; p += INT64_C(1) << BPO__INVERSE_SHIFT)
        assert_true(bpo__page_position(page, bpo__page_instant(page, p)) == p);
}

static void check_page(bpo_calendar *calendar, uint32_t index, int64_t before)
{
    bpo__page *page = NULL;
    int64_t open = -1;
    assert_int_equal(bpo__page_new(calendar->context, &calendar->schedule, calendar->zone, index, before, &page),
                     BPO_OK);
    assert_int_equal(bpo__page_measure(&calendar->schedule, calendar->zone, index, &open), BPO_OK);
    assert_true(page->after - page->before == open);
    assert_true(page->before == before);
    check_segments(page);
    check_questions(page);
    bpo__page_free(calendar->context, page);
}

static const bpo__range many_ranges[5] = {
    {0, 1}, {3600, 7200}, {9000, 9001}, {12 * 3600, 13 * 3600}, {20 * 3600, 30 * 3600}};

static void both_questions_agree_with_a_plain_walk(void **state)
{
    (void)state;
    static const char *const zones[] = {"UTC", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"};
    bpo__calendar_definition weeks[4] = {
        office_week(office_nine_to_five, 0, 4), office_week(office_night, 0, 6), office_week(office_whole_day, 0, 3),
        {0}};
    weeks[2].weekly[2].ranges = many_ranges;
    weeks[2].weekly[2].count = 5;
    for (size_t i = 0; i < 4; i++) {
        for (size_t k = 0; k < 4; k++) {
            bpo_calendar *calendar = office_calendar(weeks[k], zones[i]);
            check_page(calendar, 0, 0);
            check_page(calendar, 100, -5000000000);
            check_page(calendar, BPO__PAGE_COUNT - 1, INT64_C(1) << 53);
            bpo_calendar_unref(calendar);
        }
    }
}

static void ordinary_hours_need_one_step(void **state)
{
    (void)state;
    bpo_calendar *calendar = office_calendar(office_week(office_nine_to_five, 0, 4), "America/New_York");
    bpo__page *page = NULL;
    assert_int_equal(bpo__page_new(calendar->context, &calendar->schedule, calendar->zone, 112, 0, &page), BPO_OK);
    assert_int_equal(page->forward_steps, 1);
    assert_int_equal(page->inverse_steps, 1);
    assert_in_range(page->size, 1, 8192);
    assert_in_range(page->time_per_open >> BPO__SHARE_SHIFT, 4, 4); /* 168 hours a week for 40 of them */
    bpo__page_free(calendar->context, page);
    bpo_calendar_unref(calendar);
}

/* The last bucket of a page may have more periods than any other: nothing follows that would end it. */
static void the_end_of_a_page_may_be_its_fullest_time(void **state)
{
    (void)state;
    static bpo__range shifts[40];
    bpo_time end = bpo__page_start(101);
    bpo__dated_hours override = {(int32_t)(end / BPO_DAY), {shifts, 40}};
    bpo__calendar_definition d = office_week(office_nine_to_five, 0, 4);
    int32_t end_second = (int32_t)(end % BPO_DAY / BPO_SECOND);
    for (int32_t i = 0; i < 40; i++)
        shifts[i] = (bpo__range){end_second - 2000 + 40 * i, end_second - 2000 + 40 * i + 20};
    d.overrides = &override;
    d.override_count = 1;
    bpo_calendar *calendar = office_calendar(d, "UTC");
    bpo__page *page = NULL;
    assert_int_equal(bpo__page_new(calendar->context, &calendar->schedule, calendar->zone, 100, 0, &page), BPO_OK);
    assert_in_range(page->forward_steps, 39, 41);
    bpo__page_free(calendar->context, page);
    check_page(calendar, 100, 7);
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
    bpo__page *page = NULL;
    int64_t open = 77;
    for (int i = 0; i < JUMPS; i++) {
        changes[i].at = bpo__page_start(100) / BPO_SECOND + 2 + 20 * (int64_t)i;
        changes[i].offset = (int32_t)(-(changes[i].at % 86400)); /* the local clock shows second 0 again and again */
    }
    zone.changes = changes;
    zone.change_count = JUMPS;
    zone.rule_from = INT64_MAX;
    zone.rule_until = INT64_MIN;
    assert_int_equal(bpo__page_measure(&calendar->schedule, &zone, 100, &open), BPO_E_LIMIT);
    assert_int_equal(bpo__page_new(calendar->context, &calendar->schedule, &zone, 100, 0, &page), BPO_E_LIMIT);
    assert_null(page);
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
        cmocka_unit_test(both_questions_agree_with_a_plain_walk),
        cmocka_unit_test(ordinary_hours_need_one_step),
        cmocka_unit_test(the_end_of_a_page_may_be_its_fullest_time),
        cmocka_unit_test(an_hour_that_is_skipped_or_repeated_counts_as_it_passes),
        cmocka_unit_test(a_zone_that_cuts_time_into_dust_is_refused),
    };
    return cmocka_run_group_tests_name("time_page", tests, NULL, NULL);
}
