/* SPDX-License-Identifier: Apache-2.0 */
#include "sla_support.h"

#include "sla/stretch.h"

static bpo_calendar *new_calendar(bpo_context *context, const char *day, const char *hours)
{
    bpo_terms *terms = NULL;
    bpo_calendar *calendar = NULL;
    assert_int_equal(bpo_terms_new(context, &terms, NULL), BPO_OK);
    assert_int_equal(bpo_terms_set(terms, "/time_zone", "UTC", NULL), BPO_OK);
    assert_int_equal(bpo_terms_set(terms, day, hours, NULL), BPO_OK);
    assert_int_equal(bpo_calendar_new(context, terms, &calendar, NULL), BPO_OK);
    bpo_terms_unref(terms);
    return calendar;
}

static void without_a_calendar_time_is_elapsed_time(void **state)
{
    bpo_duration open = 0;
    bpo_time at = 0;
    (void)state;
    assert_int_equal(bpo__open_between(NULL, AT(0, 0, 0), AT(6, 0, 0), &open, NULL), BPO_OK);
    assert_int_equal(open, 6 * BPO_DAY);
    assert_int_equal(bpo__open_landing(NULL, AT(0, 0, 0), BPO_HOUR, BPO_LANDING_LATEST, &at, NULL), BPO_OK);
    assert_int_equal(at, AT(0, 1, 0));
    assert_int_equal(bpo__open_landing(NULL, -BPO_DAY, INT64_MAX, BPO_LANDING_LATEST, &at, NULL), BPO_OK);
    assert_int_equal(at, INT64_MAX - BPO_DAY);
    assert_int_equal(bpo__open_landing(NULL, AT(0, 0, 0), INT64_MAX, BPO_LANDING_LATEST, &at, NULL), BPO_OK);
    assert_int_equal(at, BPO_TIME_NEVER);
}

static void a_sum_at_closing_time_lands_on_either_side(void **state)
{
    bpo_context *context = NULL;
    bpo_time at = 0;
    (void)state;
    assert_int_equal(bpo_context_new(NULL, &context, NULL), BPO_OK);
    bpo_calendar *office = new_calendar(context, "/hours/mon-fri", "09:00-17:00");
    assert_int_equal(bpo__open_landing(office, AT(4, 16, 0), BPO_HOUR, BPO_LANDING_EARLIEST, &at, NULL), BPO_OK);
    assert_int_equal(at, AT(4, 17, 0));
    assert_int_equal(bpo__open_landing(office, AT(4, 16, 0), BPO_HOUR, BPO_LANDING_LATEST, &at, NULL), BPO_OK);
    assert_int_equal(at, AT(7, 9, 0));
    assert_int_equal(bpo__open_landing(office, AT(5, 12, 0), 0, BPO_LANDING_LATEST, &at, NULL), BPO_OK);
    assert_int_equal(at, AT(7, 9, 0));
    assert_int_equal(bpo__open_landing(office, AT(4, 12, 0), 0, BPO_LANDING_LATEST, &at, NULL), BPO_OK);
    assert_int_equal(at, AT(4, 12, 0));
    bpo_calendar_unref(office);
    bpo_context_unref(context);
}

static void what_lies_beyond_all_calendars_is_never(void **state)
{
    bpo_context *context = NULL;
    bpo_time at = 0;
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    assert_int_equal(bpo_context_new(NULL, &context, NULL), BPO_OK);
    bpo_calendar *office = new_calendar(context, "/hours/mon", "09:00-09:01");
    assert_int_equal(bpo__open_landing(office, AT(0, 0, 0), 100000 * BPO_HOUR, BPO_LANDING_EARLIEST, &at, &err),
                     BPO_OK);
    assert_int_equal(at, BPO_TIME_NEVER);
    assert_int_equal(err.code, 0); /* a call that succeeds leaves the error alone */
    bpo_calendar_unref(office);
    bpo_context_unref(context);
}

static bpo_status many_stretches_are_kept(fault_host *fault, void *user)
{
    bpo_context *context = NULL;
    bpo__stretches stretches;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    (void)user;
    if (status < 0)
        return status;
    bpo__stretches_init(&stretches, context);
    for (uint32_t i = 0; i < 10 * BPO__STRETCHES_INLINE && status >= 0; i++) {
        bpo__stretch stretch = {.from = i};
        uint32_t index = BPO__STRETCH_NONE;
        size_t before = stretches.count;
        status = bpo__stretches_add(&stretches, &stretch, &index);
        assert_int_equal(stretches.count, status < 0 ? before : before + 1);
        assert_int_equal(index, status < 0 ? BPO__STRETCH_NONE : i);
    }
    for (uint32_t i = 0; i < stretches.count; i++)
        assert_int_equal(stretches.items[i].from, i);
    bpo__stretches_clear(&stretches);
    assert_int_equal(stretches.count, 0);
    bpo_context_unref(context);
    return status;
}

static void any_number_of_stretches_is_kept_or_refused(void **state)
{
    (void)state;
    assert_true(fault_torture(many_stretches_are_kept, NULL) >= 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_calendar_time_is_elapsed_time),
        cmocka_unit_test(a_sum_at_closing_time_lands_on_either_side),
        cmocka_unit_test(what_lies_beyond_all_calendars_is_never),
        cmocka_unit_test(any_number_of_stretches_is_kept_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
