/* SPDX-License-Identifier: Apache-2.0 */
#include "office.h"
#include "support/fault.h"

#define COUNT 500

static uint64_t random_state = 88172645463325252u;
static int64_t any(int64_t below)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (int64_t)(random_state >> 11) % below;
}

/* Instants of some years, spread so that the batch meets one page or many. */
static void fill(int64_t *from, int64_t *until, int64_t *open, int64_t years)
{
    bpo_time first = office_time("2020-01-01T00:00:00Z");
    for (int i = 0; i < COUNT; i++) {
        from[i] = first + any(years * 365) * BPO_DAY + any(BPO_DAY);
        until[i] = first + any(years * 365) * BPO_DAY + any(BPO_DAY);
        open[i] = (any(4001) - 2000) * BPO_HOUR * (any(3) > 0) + any(2);
    }
}

static void check_calendar(bpo__calendar_definition definition)
{
    int64_t from[COUNT], until[COUNT], open[COUNT], many[COUNT], one;
    for (int64_t years = 1; years <= 100; years *= 10) {
        bpo_calendar *c = office_calendar(definition, "America/New_York");
        bpo_calendar *alone = office_calendar(definition, "America/New_York");
        fill(from, until, open, years);
        for (int round = 0; round < 2; round++) { /* with the pages still to be compiled, and with them there */
            assert_int_equal(bpo_calendar_between_many(c, from, until, COUNT, many, NULL), BPO_OK);
            for (int i = 0; i < COUNT; i++) {
                assert_int_equal(bpo_calendar_between(alone, from[i], until[i], &one, NULL), BPO_OK);
                assert_true(one == many[i]);
            }
            bpo_landing landing = round == 0 ? BPO_LANDING_EARLIEST : BPO_LANDING_LATEST;
            assert_int_equal(bpo_calendar_add_many(c, from, open, COUNT, landing, many, NULL), BPO_OK);
            for (int i = 0; i < COUNT; i++) {
                assert_true(bpo_calendar_add(alone, from[i], open[i], landing, &one, NULL) >= BPO_OK);
                assert_true(one == many[i]);
            }
        }
        bpo_calendar_unref(c);
        bpo_calendar_unref(alone);
    }
}

static void batches_are_the_same_as_the_loop(void **state)
{
    (void)state;
    bpo__calendar_definition never = {0};
    check_calendar(office_week(office_nine_to_five, 0, 4));
    check_calendar(office_week(office_night, 2, 6));
    check_calendar(office_week(office_whole_day, 0, 6));
    check_calendar(never);
}

static void one_failure_writes_no_result(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_nine_to_five, 0, 4), "UTC");
    for (int prepared = 0; prepared < 2; prepared++) {
        bpo_error err = BPO_ERROR_INIT;
        bpo_time good = office_time("2026-01-01T00:00:00Z");
        int64_t from[3] = {good, good, INT64_MAX};
        int64_t until[3] = {good, good, good};
        int64_t hours[3] = {BPO_HOUR, BPO_HOUR, BPO_HOUR};
        int64_t result[3] = {77, 77, 77};
        assert_int_equal(bpo_calendar_between_many(c, from, until, 3, result, &err), BPO_E_HORIZON);
        assert_non_null(strstr(err.message, "from[2] lies outside"));
        assert_int_equal(bpo_calendar_between_many(c, until, from, 3, result, &err), BPO_E_HORIZON);
        assert_non_null(strstr(err.message, "until[2] lies outside"));
        assert_int_equal(bpo_calendar_add_many(c, from, hours, 3, BPO_LANDING_EARLIEST, result, &err), BPO_E_HORIZON);
        assert_non_null(strstr(err.message, "from[2] lies outside"));
        from[2] = good;
        hours[2] = INT64_MAX;
        assert_int_equal(bpo_calendar_add_many(c, from, hours, 3, BPO_LANDING_EARLIEST, result, &err), BPO_E_HORIZON);
        assert_non_null(strstr(err.message, "ret_at[2] lies outside"));
        hours[2] = INT64_MIN;
        assert_int_equal(bpo_calendar_add_many(c, from, hours, 3, BPO_LANDING_EARLIEST, result, NULL), BPO_E_HORIZON);
        assert_true(result[0] == 77 && result[1] == 77 && result[2] == 77);
        assert_int_equal(bpo_calendar_prepare(c, good, good + 3000 * BPO_DAY, NULL), BPO_OK);
    }
    bpo_calendar_unref(c);
}

static void results_may_replace_the_instants(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_nine_to_five, 0, 4), "UTC");
    int64_t from[COUNT], until[COUNT], open[COUNT], many[COUNT];
    fill(from, until, open, 3);
    assert_int_equal(bpo_calendar_add_many(c, from, open, COUNT, BPO_LANDING_LATEST, many, NULL), BPO_OK);
    assert_int_equal(bpo_calendar_add_many(c, from, open, COUNT, BPO_LANDING_LATEST, from, NULL), BPO_OK);
    assert_memory_equal(from, many, sizeof many);
    bpo_calendar_unref(c);
}

static void nothing_is_refused_softly(void **state)
{
    (void)state;
    bpo_calendar *c = office_calendar(office_week(office_nine_to_five, 0, 4), "UTC");
    int64_t one[1] = {0};
    assert_int_equal(bpo_calendar_between_many(c, NULL, NULL, 0, NULL, NULL), BPO_OK);
    assert_int_equal(bpo_calendar_add_many(c, NULL, NULL, 0, BPO_LANDING_LATEST, NULL, NULL), BPO_OK);
    assert_int_equal(bpo_calendar_between_many(NULL, one, one, 1, one, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_between_many(c, NULL, one, 1, one, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_between_many(c, one, NULL, 1, one, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_between_many(c, one, one, 1, NULL, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_add_many(NULL, one, one, 1, BPO_LANDING_LATEST, one, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_add_many(c, NULL, one, 1, BPO_LANDING_LATEST, one, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_add_many(c, one, NULL, 1, BPO_LANDING_LATEST, one, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_add_many(c, one, one, 1, BPO_LANDING_LATEST, NULL, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_calendar_add_many(c, one, one, 1, 0, one, NULL), BPO_E_INVALID);
    bpo_calendar_unref(c);
}

static bpo_status a_batch_is_asked(fault_host *fault, void *user)
{
    bpo_context *context = NULL;
    bpo_calendar *c = NULL;
    bpo__calendar_definition d = office_week(office_nine_to_five, 0, 4);
    (void)user;
    int64_t from[3] = {0, 400 * BPO_DAY, 4000 * BPO_DAY};
    int64_t hours[3] = {2000 * BPO_HOUR, -9000 * BPO_HOUR, BPO_HOUR};
    int64_t result[3] = {77, 77, 77};
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    if (status == BPO_OK)
        status = bpo_zone_new(context, "UTC", &d.zone, NULL);
    if (status == BPO_OK)
        status = bpo__calendar_compile(context, &d, &c, NULL);
    if (status == BPO_OK)
        status = bpo_calendar_add_many(c, from, hours, 3, BPO_LANDING_EARLIEST, result, NULL);
    if (status != BPO_OK)
        assert_true(result[0] == 77 && result[1] == 77 && result[2] == 77);
    else
        status = bpo_calendar_between_many(c, from, result, 3, result, NULL);
    bpo_zone_unref(d.zone);
    bpo_calendar_unref(c);
    bpo_context_unref(context);
    return status;
}

static void lack_of_memory_writes_no_result(void **state)
{
    (void)state;
    assert_true(fault_torture(a_batch_is_asked, NULL) >= 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(batches_are_the_same_as_the_loop),
        cmocka_unit_test(one_failure_writes_no_result),
        cmocka_unit_test(results_may_replace_the_instants),
        cmocka_unit_test(nothing_is_refused_softly),
        cmocka_unit_test(lack_of_memory_writes_no_result),
    };
    return cmocka_run_group_tests_name("time_calendar_many", tests, NULL, NULL);
}
