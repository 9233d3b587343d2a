/* SPDX-License-Identifier: Apache-2.0 */
#include "support/fault.h"
#include "support/test.h"
#include "time/hours.h"

static bpo_context *context;
static bpo__arena arena;

static int set_up(void **state)
{
    (void)state;
    assert_int_equal(bpo_context_new(NULL, &context, NULL), BPO_OK);
    bpo__arena_init(&arena, context);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    bpo__arena_clear(&arena);
    context = bpo_context_unref(context);
    return 0;
}

static void expect(const char *text, size_t count, const int32_t *seconds)
{
    bpo__hours hours = {NULL, 99};
    assert_int_equal(bpo__hours_parse(&arena, "/hours/mon", bpo__text_of(text), &hours, NULL), BPO_OK);
    assert_int_equal(hours.count, count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(hours.ranges[i].from, seconds[2 * i]);
        assert_int_equal(hours.ranges[i].until, seconds[2 * i + 1]);
    }
}

static void several_ranges_are_read(void **state)
{
    (void)state;
    static const int32_t split[] = {32400, 45000, 47700, 61200};
    static const int32_t seconds[] = {32401, 32402};
    expect("09:00-12:30, 13:15-17:00", 2, split);
    expect("09:00 - 12:30,13:15 -17:00 ", 2, split);
    expect("09:00:01-09:00:02", 1, seconds);
}

static void an_end_at_or_before_its_start_is_on_the_next_day(void **state)
{
    (void)state;
    static const int32_t night[] = {79200, 108000};
    static const int32_t whole[] = {0, 86400};
    static const int32_t shifted[] = {28800, 115200};
    static const int32_t evening[] = {79200, 86400};
    expect("22:00-06:00", 1, night);
    expect("00:00-00:00", 1, whole);
    expect("00:00-24:00", 1, whole);
    expect("08:00-08:00", 1, shifted);
    expect("22:00-24:00", 1, evening);
}

static void no_text_is_a_closed_day(void **state)
{
    (void)state;
    expect("", 0, NULL);
    expect("  ", 0, NULL);
}

static void expect_refusal(const char *text, bpo_status status, const char *advice)
{
    bpo__hours hours = {NULL, 99};
    bpo_error err = BPO_ERROR_INIT;
    if (bpo__hours_parse(&arena, "/hours/mon", bpo__text_of(text), &hours, &err) != status)
        fail_msg("%s", text);
    assert_int_equal(hours.count, 99);
    assert_string_equal(err.path, "/hours/mon");
    if (strstr(err.message, advice) == NULL)
        fail_msg("%s: %s", text, err.message);
}

static void malformed_hours_are_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"9-17",         "09:00",        "09:00-",       "09:00-17:00,", ",09:00-17:00",
                                        "09:00-17",     "9:00-17:00",   "09.00-17.00",  "09:00-17:00 x", "closed",
                                        "09:00-17:00;", "09:00:-17:00", "09:00-17:0a", "-"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        expect_refusal(texts[i], BPO_E_VALUE, "write it like 09:00-12:30");
}

static void times_that_no_clock_shows_are_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"09:00-25:00", "24:00-08:00", "09:60-10:00", "09:00-10:00:60", "24:01-25:00",
                                        "09:00-24:01"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        expect_refusal(texts[i], BPO_E_VALUE, "not a time of day");
}

static void more_than_sixty_four_ranges_are_refused(void **state)
{
    (void)state;
    char text[66 * 12 + 1];
    size_t size = 0;
    for (int i = 0; i < 65; i++, size += 12)
        memcpy(text + size, "09:00-10:00,", 12);
    text[size - 1] = '\0';
    expect_refusal(text, BPO_E_LIMIT, "at most 64");
    text[size - 13] = '\0';
    bpo__hours hours = {NULL, 0};
    assert_int_equal(bpo__hours_parse(&arena, NULL, bpo__text_of(text), &hours, NULL), BPO_OK);
    assert_int_equal(hours.count, 64);
}

static bpo_status hours_are_read(fault_host *fault, void *user)
{
    (void)user;
    bpo_context *own = NULL;
    bpo__arena a;
    bpo__hours hours = {NULL, 99};
    bpo_status status = bpo_context_new(&fault->host, &own, NULL);
    if (status != BPO_OK)
        return status;
    bpo__arena_init(&a, own);
    status = bpo__hours_parse(&a, NULL, BPO__TEXT("09:00-17:00"), &hours, NULL);
    assert_int_equal(hours.count, status == BPO_OK ? 1 : 99);
    bpo__arena_clear(&a);
    bpo_context_unref(own);
    return status;
}

static void lack_of_memory_leaves_the_output_alone(void **state)
{
    (void)state;
    assert_true(fault_torture(hours_are_read, NULL) >= 2);
}

#define WITH_ARENA(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_ARENA(several_ranges_are_read),
        WITH_ARENA(an_end_at_or_before_its_start_is_on_the_next_day),
        WITH_ARENA(no_text_is_a_closed_day),
        WITH_ARENA(malformed_hours_are_refused),
        WITH_ARENA(times_that_no_clock_shows_are_refused),
        WITH_ARENA(more_than_sixty_four_ranges_are_refused),
        cmocka_unit_test(lack_of_memory_leaves_the_output_alone),
    };
    return cmocka_run_group_tests_name("time_hours", tests, NULL, NULL);
}
