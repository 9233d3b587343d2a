/* SPDX-License-Identifier: Apache-2.0 */
/* Periods of a contract: anchors, weeks, and zones whose midnight is skipped. */
#include "terms_support.h"

#include "terms/plan.h"

static bpo_context *context;

static int set_up(void **state)
{
    (void)state;
    context = context_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    context = bpo_context_unref(context);
    return 0;
}

/* Asserts the bounds of the period that holds an instant, as texts in UTC. */
static void assert_period_at(const bpo_contract *contract, const char *at, const char *from, const char *until)
{
    char text[BPO_TIME_TEXT_SIZE];
    bpo_time instant, start = 0, end = 0;

    assert_int_equal(bpo_time_parse(at, &instant, NULL), BPO_OK);
    assert_int_equal(bpo__contract_period_at(contract, instant, &start, &end, NULL), BPO_OK);
    assert_true(start <= instant && instant < end);
    bpo_time_format(start, text, sizeof text);
    assert_string_equal(text, from);
    bpo_time_format(end, text, sizeof text);
    assert_string_equal(text, until);
}

/* Asserts the bounds of a period by its name. */
static void assert_period(const bpo_contract *contract, const char *name, const char *from, const char *until)
{
    char text[BPO_TIME_TEXT_SIZE];
    bpo_time start = 0, end = 0;

    assert_int_equal(bpo_contract_period(contract, name, &start, &end, NULL), BPO_OK);
    bpo_time_format(start, text, sizeof text);
    assert_string_equal(text, from);
    bpo_time_format(end, text, sizeof text);
    assert_string_equal(text, until);
}

static void assert_refused(const bpo_contract *contract, const char *name, const char *part)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_time start = 7, end = 8;

    assert_int_equal(bpo_contract_period(contract, name, &start, &end, &err), BPO_E_VALUE);
    assert_contains(err.message, part);
    assert_int_equal(start, 7);
    assert_int_equal(end, 8);
}

static void calendar_months_follow_the_contracts_zone(void **state)
{
    bpo_contract *contract = contract_of(context, complete, COUNT(complete));

    (void)state;
    assert_period(contract, "2026-07", "2026-07-01T04:00:00Z", "2026-08-01T04:00:00Z");
    assert_period(contract, "2026-07-01", "2026-07-01T04:00:00Z", "2026-08-01T04:00:00Z");
    /* The clocks change in March: the month is an hour short. */
    assert_period(contract, "2026-03", "2026-03-01T05:00:00Z", "2026-04-01T04:00:00Z");
    assert_period_at(contract, "2026-07-01T03:59:59Z", "2026-06-01T04:00:00Z", "2026-07-01T04:00:00Z");
    assert_period_at(contract, "2026-07-01T04:00:00Z", "2026-07-01T04:00:00Z", "2026-08-01T04:00:00Z");
    assert_refused(contract, "2026-07-02", "starts on 2026-07-01");
    assert_refused(contract, "2026-13", "2026-07-01");
    assert_refused(contract, "july", "2026-07-01");
    assert_refused(contract, "2026-7", "2026-07-01");
    assert_refused(contract, "", "2026-07-01");
    bpo_contract_unref(contract);
}

static void an_anchor_is_clamped_from_the_original_day(void **state)
{
    static const line lines[] = {{"/contract/anchor_day", "31"}};
    bpo_contract *contract = contract_of(context, lines, 1);

    (void)state;
    assert_period(contract, "2026-01-31", "2026-01-31T00:00:00Z", "2026-02-28T00:00:00Z");
    assert_period(contract, "2026-02-28", "2026-02-28T00:00:00Z", "2026-03-31T00:00:00Z");
    assert_period(contract, "2028-02-29", "2028-02-29T00:00:00Z", "2028-03-31T00:00:00Z");
    assert_period_at(contract, "2026-03-30T23:59:59Z", "2026-02-28T00:00:00Z", "2026-03-31T00:00:00Z");
    assert_period_at(contract, "2026-01-01T00:00:00Z", "2025-12-31T00:00:00Z", "2026-01-31T00:00:00Z");
    assert_refused(contract, "2026-01", "calendar months");
    bpo_contract_unref(contract);
}

static void quarters_and_years_start_in_the_contracts_month(void **state)
{
    static const line quarters[] = {{"/contract/period", "quarter"}, {"/contract/start", "2026-02-10"}};
    static const line years[] = {
        {"/contract/period", "year"}, {"/contract/start", "2026-04-01"}, {"/contract/anchor_day", "6"}};
    bpo_contract *contract = contract_of(context, quarters, COUNT(quarters));

    (void)state;
    assert_period(contract, "2026-02-01", "2026-02-01T00:00:00Z", "2026-05-01T00:00:00Z");
    assert_period_at(contract, "2026-01-31T00:00:00Z", "2025-11-01T00:00:00Z", "2026-02-01T00:00:00Z");
    assert_refused(contract, "2026-03-01", "starts on 2026-02-01");
    bpo_contract_unref(contract);
    contract = contract_of(context, years, COUNT(years));
    assert_period_at(contract, "2026-04-05T23:00:00Z", "2025-04-06T00:00:00Z", "2026-04-06T00:00:00Z");
    assert_period_at(contract, "2026-04-06T00:00:00Z", "2026-04-06T00:00:00Z", "2027-04-06T00:00:00Z");
    bpo_contract_unref(contract);
}

static void weeks_start_on_their_day(void **state)
{
    static const line lines[] = {{"/contract/period", "week"}, {"/contract/week_start", "sun"}};
    bpo_contract *contract = contract_of(context, lines, COUNT(lines));

    (void)state;
    assert_period(contract, "2026-07-05", "2026-07-05T00:00:00Z", "2026-07-12T00:00:00Z");
    assert_period_at(contract, "2026-07-04T12:00:00Z", "2026-06-28T00:00:00Z", "2026-07-05T00:00:00Z");
    assert_refused(contract, "2026-07-06", "starts on 2026-07-05");
    bpo_contract_unref(contract);
}

static void a_skipped_midnight_is_the_first_instant_after_it(void **state)
{
    static const line lines[] = {{"/contract/time_zone", "America/Sao_Paulo"}, {"/contract/anchor_day", "16"}};
    bpo_contract *contract = contract_of(context, lines, COUNT(lines));

    (void)state;
    /* On 16 October 2016 the clocks there went from 00:00 to 01:00, which is 03:00 UTC. */
    assert_period(contract, "2016-10-16", "2016-10-16T03:00:00Z", "2016-11-16T02:00:00Z");
    bpo_contract_unref(contract);
}

static void instants_beyond_the_calendar_are_refused(void **state)
{
    bpo_contract *contract = contract_of(context, NULL, 0);
    bpo_time start = 7, end = 8;

    (void)state;
    assert_int_equal(bpo__contract_period_at(contract, INT64_MIN, &start, &end, NULL), BPO_E_HORIZON);
    assert_int_equal(bpo__contract_period_at(contract, INT64_MAX, &start, &end, NULL), BPO_E_HORIZON);
    assert_int_equal(bpo_contract_period(contract, "0001-01", &start, &end, NULL), BPO_E_HORIZON);
    assert_int_equal(bpo_contract_period(contract, NULL, &start, &end, NULL), BPO_E_INVALID);
    assert_int_equal(start, 7);
    bpo_contract_unref(contract);
}

static void periods_follow_each_other_without_gap(void **state)
{
    static const char *const periods[] = {"month", "week", "quarter", "year"};
    line lines[] = {{"/contract/period", NULL},
                    {"/contract/anchor_day", "30"},
                    {"/contract/start", "2025-11-30"},
                    {"/contract/time_zone", "America/Sao_Paulo"}};

    (void)state;
    for (size_t i = 0; i < COUNT(periods); i++) {
        bpo_contract *contract;
        bpo_time start, end = 0, before;
        lines[0].value = periods[i];
        contract = contract_of(context, lines, COUNT(lines));
        for (int n = 0; n < 200; n++) {
            before = end;
            assert_int_equal(bpo__contract_period_at(contract, end, &start, &end, NULL), BPO_OK);
            assert_true(n == 0 || start == before);
            assert_true(end > start);
        }
        bpo_contract_unref(contract);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calendar_months_follow_the_contracts_zone),
        cmocka_unit_test(an_anchor_is_clamped_from_the_original_day),
        cmocka_unit_test(quarters_and_years_start_in_the_contracts_month),
        cmocka_unit_test(weeks_start_on_their_day),
        cmocka_unit_test(a_skipped_midnight_is_the_first_instant_after_it),
        cmocka_unit_test(instants_beyond_the_calendar_are_refused),
        cmocka_unit_test(periods_follow_each_other_without_gap),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
