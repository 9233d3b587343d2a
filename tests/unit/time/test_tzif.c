/* SPDX-License-Identifier: Apache-2.0 */
#include "support/host.h"
#include "support/test.h"
#include "time/zone.h"
#include "tzif_bytes.h"
#include <stdio.h>

static const int32_t offsets[3] = {-18000, -14400, -18000};
static const tzif_change changes[4] = {{1000000000, 1}, {1010000000, 0}, {1020000000, 2}, {1030000000, 1}};

static bpo_status load(tzif_bytes *bytes, bpo_zone **ret_zone, bpo_error *err)
{
    bpo_host host = BPO_HOST_INIT;
    bpo_context *context = NULL;
    host.user = bytes;
    host.zone = tzif_zone;
    assert_int_equal(bpo_context_new(&host, &context, NULL), BPO_OK);
    bpo_status status = bpo_zone_new(context, "Made/Up", ret_zone, err);
    bpo_context_unref(context);
    return status;
}

static void expect_problem(tzif_bytes bytes, const char *problem)
{
    bpo_zone *zone = NULL;
    bpo_error err = BPO_ERROR_INIT;
    if (load(&bytes, &zone, &err) != BPO_E_ZONE_DATA || strstr(err.message, problem) == NULL ||
        strstr(err.message, "Made/Up") == NULL)
        fail_msg("not \"%s\" but \"%s\"", problem, err.message);
    assert_null(zone);
}

static void changes_that_keep_the_offset_vanish(void **state)
{
    (void)state;
    tzif_bytes bytes = tzif_of(offsets, 3, changes, 4, "");
    bpo_zone *zone = NULL;
    assert_int_equal(load(&bytes, &zone, NULL), BPO_OK);
    assert_int_equal(zone->change_count, 3);
    assert_int_equal(zone->first_offset, -18000);
    assert_int_equal(zone->changes[1].at, 1010000000);
    assert_int_equal(zone->changes[2].at, 1030000000);
    assert_int_equal(bpo__zone_offset(zone, INT64_MAX), -14400);
    bpo_zone_unref(zone);
}

static void the_rule_goes_on_after_the_last_change(void **state)
{
    (void)state;
    tzif_bytes bytes = tzif_of(offsets, 3, changes, 2, "EST5EDT,M3.2.0,M11.1.0");
    bpo_zone *zone = NULL;
    assert_int_equal(load(&bytes, &zone, NULL), BPO_OK);
    assert_int_equal(bpo__zone_offset(zone, 1005000000 * BPO_SECOND), -14400);
    assert_int_equal(bpo__zone_offset(zone, INT64_C(1772953199) * BPO_SECOND), -18000); /* 2026-03-08 06:59:59 */
    assert_int_equal(bpo__zone_offset(zone, INT64_C(1772953200) * BPO_SECOND), -14400);
    assert_int_equal(bpo__zone_offset(zone, INT64_C(253400000000) * BPO_SECOND), -18000); /* in 9999 */
    bpo_zone_unref(zone);
}

static void a_rule_alone_holds_at_all_times(void **state)
{
    (void)state;
    tzif_bytes bytes = tzif_of(offsets, 1, NULL, 0, "EST5EDT,M3.2.0,M11.1.0");
    bpo_zone *zone = NULL;
    assert_int_equal(load(&bytes, &zone, NULL), BPO_OK);
    assert_int_equal(bpo__zone_offset(zone, INT64_C(-10000000000) * BPO_SECOND), -18000); /* a winter of 1653 */
    assert_int_equal(bpo__zone_offset(zone, INT64_C(-10015000000) * BPO_SECOND), -14400); /* the summer before */
    assert_int_equal(bpo__zone_offset(zone, INT64_C(1772953200) * BPO_SECOND), -14400);
    int64_t first_second = INT64_MIN / BPO_SECOND;
    assert_int_equal(bpo__zone_offset(zone, INT64_MIN), bpo__zone_rule_span(&zone->rule, first_second).offset);
    bpo_zone_unref(zone);
}

static void a_footer_without_daylight_saving_sets_the_offset(void **state)
{
    (void)state;
    tzif_bytes bytes = tzif_of(offsets, 1, NULL, 0, "<+0530>-5:30");
    bpo_zone *zone = NULL;
    assert_int_equal(load(&bytes, &zone, NULL), BPO_OK);
    assert_int_equal(bpo__zone_offset(zone, 0), 19800);
    bpo_zone_unref(zone);
}

static void what_follows_the_footer_is_not_read(void **state)
{
    (void)state;
    tzif_bytes bytes = tzif_of(offsets, 3, changes, 4, "");
    bpo_zone *zone = NULL;
    tzif_put(&bytes, 0x12345678, 4);
    assert_int_equal(load(&bytes, &zone, NULL), BPO_OK);
    bpo_zone_unref(zone);
}

static void what_is_wrong_is_said(void **state)
{
    (void)state;
    static const tzif_change backward[2] = {{1010000000, 1}, {1000000000, 0}};
    static const tzif_change no_type[1] = {{1000000000, 3}};
    static const tzif_change far[1] = {{INT64_MAX, 1}};
    static const int32_t large[1] = {93600};
    static const int32_t many[257];
    tzif_bytes bytes = tzif_of(offsets, 3, changes, 4, "");
    expect_problem(tzif_of(offsets, 3, backward, 2, ""), "not in order of time");
    expect_problem(tzif_of(offsets, 3, no_type, 1, ""), "type that is not there");
    expect_problem(tzif_of(offsets, 3, far, 1, ""), "not in order of time");
    expect_problem(tzif_of(large, 1, NULL, 0, ""), "larger than a day");
    expect_problem(tzif_of(offsets, 3, changes, 4, "nonsense"), "not a POSIX TZ string");
    expect_problem(tzif_of(offsets, 3, changes, 4, "EST5"), "where its last change left off");
    expect_problem(tzif_of(offsets, 0, NULL, 0, ""), "not 1 to 256");
    expect_problem(tzif_of(many, 257, NULL, 0, ""), "not 1 to 256");
    bytes.data[0] = 'X';
    expect_problem(bytes, "does not begin with TZif");
    bytes.data[0] = 'T';
    bytes.data[4] = 0;
    expect_problem(bytes, "version 1");
    bytes.size = 0;
    expect_problem(bytes, "cut short");
}

/* Where parts of the second block's header lie: behind the first header and its ten bytes. */
#define SECOND_HEADER 54

static void counts_that_do_not_fit_are_found(void **state)
{
    (void)state;
    static const struct {
        size_t at;
        unsigned char value;
        const char *problem;
    } cases[] = {
        {SECOND_HEADER + 23, 1, "indicators differ"},        {SECOND_HEADER + 27, 2, "indicators differ"},
        {SECOND_HEADER + 28, 0xff, "version 2 is cut short"}, {SECOND_HEADER + 32, 0xff, "version 2 is cut short"},
        {SECOND_HEADER + 36, 0xff, "version 2 is cut short"}, {SECOND_HEADER + 40, 0xff, "version 2 is cut short"},
        {20, 0xff, "version 1 is cut short"},                 {SECOND_HEADER, 'X', "does not begin with TZif"},
        {SECOND_HEADER + 43, 0, "no abbreviations"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        tzif_bytes bytes = tzif_of(offsets, 3, changes, 4, "");
        bytes.data[cases[i].at] = cases[i].value;
        expect_problem(bytes, cases[i].problem);
    }
}

static void a_footer_stands_between_two_line_ends(void **state)
{
    (void)state;
    tzif_bytes whole = tzif_of(offsets, 3, changes, 4, "EST5EDT,M3.2.0,M11.1.0");
    size_t at = whole.size - strlen("EST5EDT,M3.2.0,M11.1.0") - 2;
    tzif_bytes bytes = whole;
    assert_int_equal(whole.data[at], '\n');
    bytes.data[at] = 'x';
    expect_problem(bytes, "the footer is missing");
    bytes = whole;
    bytes.size = at;
    expect_problem(bytes, "the footer is missing");
    bytes.size = at + 1;
    expect_problem(bytes, "the footer is cut short");
    bytes.size = whole.size - 1;
    expect_problem(bytes, "the footer is cut short");
}

static void a_footer_may_have_255_characters(void **state)
{
    (void)state;
    char footer[257];
    memset(footer, 'x', sizeof footer);
    footer[256] = '\0';
    expect_problem(tzif_of(offsets, 3, changes, 4, footer), "the footer is cut short");
    footer[255] = '\0';
    expect_problem(tzif_of(offsets, 3, changes, 4, footer), "not a POSIX TZ string");
}

static void leap_seconds_are_refused(void **state)
{
    (void)state;
    tzif_bytes bytes = {{0}, 0};
    tzif_header(&bytes, 0, 0, 1);
    tzif_put(&bytes, 0, 6);
    tzif_put(&bytes, 0, 4);
    tzif_header(&bytes, 1, 0, 1);
    tzif_put(&bytes, 0, 6);
    tzif_put(&bytes, 0, 4);
    tzif_put(&bytes, 78796800, 8);
    tzif_put(&bytes, 1, 4);
    tzif_put(&bytes, '\n', 1);
    tzif_put(&bytes, '\n', 1);
    expect_problem(bytes, "leap seconds");
}

static void every_beginning_of_a_file_is_refused(void **state)
{
    (void)state;
    tzif_bytes whole = tzif_of(offsets, 3, changes, 2, "EST5EDT,M3.2.0,M11.1.0");
    for (size_t size = 0; size < whole.size; size++) {
        tzif_bytes bytes = whole;
        bpo_zone *zone = NULL;
        bytes.size = size;
        assert_int_equal(load(&bytes, &zone, NULL), BPO_E_ZONE_DATA);
        assert_null(zone);
    }
}

/* Any change of one byte gives a zone that can be asked, or a refusal. */
static void changed_bytes_give_a_zone_or_a_refusal(void **state)
{
    (void)state;
    tzif_bytes whole = tzif_of(offsets, 3, changes, 2, "EST5EDT,M3.2.0,M11.1.0");
    size_t zones = 0;
    for (size_t at = 0; at < whole.size; at++) {
        for (unsigned flip = 1; flip < 256; flip += 2) {
            tzif_bytes bytes = whole;
            bpo_zone *zone = NULL;
            bytes.data[at] = (unsigned char)(bytes.data[at] ^ flip);
            bpo_status status = load(&bytes, &zone, NULL);
            assert_true(status == BPO_OK || status == BPO_E_ZONE_DATA);
            if (status != BPO_OK)
                continue;
            zones++;
            for (int64_t t = -4000; t < 10000; t += 500)
                assert_in_range(bpo__zone_offset(zone, t * 1000000 * BPO_SECOND) + 90000, 0, 183599);
            bpo_zone_unref(zone);
        }
    }
    assert_true(zones > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(changes_that_keep_the_offset_vanish),
        cmocka_unit_test(the_rule_goes_on_after_the_last_change),
        cmocka_unit_test(a_rule_alone_holds_at_all_times),
        cmocka_unit_test(a_footer_without_daylight_saving_sets_the_offset),
        cmocka_unit_test(what_follows_the_footer_is_not_read),
        cmocka_unit_test(what_is_wrong_is_said),
        cmocka_unit_test(counts_that_do_not_fit_are_found),
        cmocka_unit_test(a_footer_stands_between_two_line_ends),
        cmocka_unit_test(a_footer_may_have_255_characters),
        cmocka_unit_test(leap_seconds_are_refused),
        cmocka_unit_test(every_beginning_of_a_file_is_refused),
        cmocka_unit_test(changed_bytes_give_a_zone_or_a_refusal),
    };
    return cmocka_run_group_tests_name("time_tzif", tests, NULL, NULL);
}
