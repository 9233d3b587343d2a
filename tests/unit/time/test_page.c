/* SPDX-License-Identifier: Apache-2.0 */
#include "time/page.h"
#include "office.h"
#include "time/layout.h"

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

static bpo__page *page_of(bpo_calendar *calendar, uint32_t index, int64_t before)
{
    bpo__openings openings = {NULL, 0, 0};
    bpo__page *page = NULL;
    assert_int_equal(
        bpo__layout_openings(calendar->context, &calendar->schedule, calendar->zone, index, &openings), BPO_OK);
    assert_int_equal(
        bpo__page_new(calendar->context, &openings, index, before, calendar->schedule.is_steady, &page), BPO_OK);
    assert_true(page->after - page->before == bpo__openings_sum(&openings));
    assert_true(page->before == before);
    bpo__openings_clear(calendar->context, &openings);
    return page;
}

static void check_page(bpo_calendar *calendar, uint32_t index, int64_t before)
{
    bpo__page *page = page_of(calendar, index, before);
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
    bpo__page *page = page_of(calendar, 112, 0);
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
    bpo__page *page = page_of(calendar, 100, 0);
    assert_in_range(page->forward_steps, 39, 41);
    bpo__page_free(calendar->context, page);
    check_page(calendar, 100, 7);
    bpo_calendar_unref(calendar);
}

static void only_a_steady_page_is_reached_without_a_look_between(void **state)
{
    (void)state;
    bpo_calendar *calendar = office_calendar(office_week(office_nine_to_five, 0, 4), "UTC");
    bpo__opening minute = {bpo__page_start(100), bpo__page_start(100) + BPO_MINUTE};
    bpo__openings openings = {&minute, 1, 1};
    bpo__page *page = page_of(calendar, 100, 0);
    assert_true(page->time_per_open > 0 && page->reach == page->after - page->before);
    bpo__page_free(calendar->context, page);
    assert_int_equal(bpo__page_new(calendar->context, &openings, 100, 7, true, &page), BPO_OK);
    assert_true(page->time_per_open == 0); /* too little open time to guess from */
    assert_true(page->reach == BPO_MINUTE);
    bpo__page_free(calendar->context, page);
    assert_int_equal(bpo__page_new(calendar->context, &openings, 100, 7, false, &page), BPO_OK);
    assert_true(page->reach == 0 && page->after == 7 + BPO_MINUTE);
    bpo__page_free(calendar->context, page);
    bpo_calendar_unref(calendar);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_questions_agree_with_a_plain_walk),
        cmocka_unit_test(ordinary_hours_need_one_step),
        cmocka_unit_test(the_end_of_a_page_may_be_its_fullest_time),
        cmocka_unit_test(only_a_steady_page_is_reached_without_a_look_between),
    };
    return cmocka_run_group_tests_name("time_page", tests, NULL, NULL);
}
