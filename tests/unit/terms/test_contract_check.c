/* SPDX-License-Identifier: Apache-2.0 */
/* All errors of a document in one pass. */
#include "core/fail.h"
#include "terms_support.h"

static bpo_context *context;
static bpo_report *report;

static int set_up(void **state)
{
    (void)state;
    context = context_new();
    return bpo_report_new(context, &report, NULL);
}

static int tear_down(void **state)
{
    (void)state;
    report = bpo_report_unref(report);
    context = bpo_context_unref(context);
    return 0;
}

static void check(const line *lines, size_t count)
{
    bpo_terms *terms = terms_of(context, lines, count);

    assert_int_equal(bpo_contract_check(context, terms, report, NULL), BPO_OK);
    bpo_terms_unref(terms);
}

static void good_terms_leave_no_row(void **state)
{
    (void)state;
    check(complete, COUNT(complete));
    assert_int_equal(bpo_report_count(report), 0);
}

static void every_bad_path_and_value_is_a_row(void **state)
{
    static const line bad[] = {{"/calendars/office/hours/mon", "25:00-26:00"},
                               {"/contract/currency", "EUR"},
                               {"/contract/titel", "x"},
                               {"/sla/policies/p/targets/resolution", "8h"}};
    bpo_report_row row = BPO_REPORT_ROW_INIT;

    (void)state;
    check(bad, COUNT(bad));
    assert_int_equal(bpo_report_count(report), 3);
    assert_int_equal(bpo_report_at(report, 0, &row), BPO_OK);
    assert_int_equal(row.code, BPO_REPORT_REFUSED);
    assert_int_equal(row.index, 0);
    assert_string_equal(row.path, bad[0].path);
    assert_int_equal(bpo_report_at(report, 1, &row), BPO_OK);
    assert_int_equal(row.status, BPO_E_PATH);
    assert_int_equal(row.index, 2);
    assert_int_equal(bpo_report_at(report, 2, &row), BPO_OK);
    assert_contains(row.message, "PT8H");
}

static void what_does_not_fit_together_is_the_last_row(void **state)
{
    static const line lone[] = {{"/pricing/charges/a/model", "fixed"}, {"/pricing/charges/a/rate", "1"}};
    bpo_report_row row = BPO_REPORT_ROW_INIT;

    (void)state;
    check(lone, COUNT(lone));
    assert_int_equal(bpo_report_count(report), 1);
    assert_int_equal(bpo_report_at(report, 0, &row), BPO_OK);
    assert_int_equal(row.index, COUNT(lone));
    assert_string_equal(row.path, "/contract/currency");
    assert_int_equal(bpo_contract_check(context, NULL, report, NULL), BPO_E_INVALID);
}

static void what_the_host_must_supply_is_named(void **state)
{
    static const line zoned[] = {{"/contract/time_zone", "Europe/Berlin"}};
    bpo_context *bare = NULL;
    bpo_report *rows = NULL;
    bpo_terms *terms = NULL;
    bpo_error err = BPO_ERROR_INIT;

    (void)state;
    assert_int_equal(bpo_context_new(NULL, &bare, &err), BPO_OK);
    assert_int_equal(bpo_terms_new(bare, &terms, &err), BPO_OK);
    assert_int_equal(bpo_report_new(bare, &rows, &err), BPO_OK);
    assert_int_equal(put_lines(terms, zoned, COUNT(zoned), &err), BPO_OK);
    assert_int_equal(bpo_contract_check(bare, terms, rows, &err), BPO_E_UNSUPPORTED);
    assert_int_equal(err.message_id, BPO__MSG_callback_missing);
    assert_int_equal(bpo_report_count(rows), 0);
    bpo_report_unref(rows);
    bpo_terms_unref(terms);
    bpo_context_unref(bare);
}

static bpo_status checks_or_fails(fault_host *fault, void *user)
{
    static const line bad[] = {{"/contract/titel", "x"}, {"/contract/time_zone", "Europe/Berlin"}};
    bpo_context *own = NULL;
    bpo_terms *terms = NULL;
    bpo_report *rows = NULL;
    bpo_status status = bpo_context_new(&fault->host, &own, NULL);

    (void)user;
    if (status == BPO_OK)
        status = bpo_terms_new(own, &terms, NULL);
    if (status == BPO_OK)
        status = bpo_report_new(own, &rows, NULL);
    if (status == BPO_OK)
        status = put_lines(terms, bad, 2, NULL);
    if (status == BPO_OK)
        status = bpo_contract_check(own, terms, rows, NULL);
    if (status == BPO_OK)
        status = bpo_terms_remove(terms, "/contract/titel", NULL);
    if (status == BPO_OK)
        status = bpo_contract_check(own, terms, rows, NULL);
    bpo_report_unref(rows);
    bpo_terms_unref(terms);
    bpo_context_unref(own);
    return status;
}

static void a_failing_host_is_a_failure_not_a_row(void **state)
{
    (void)state;
    fault_torture(checks_or_fails, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_terms_leave_no_row),
        cmocka_unit_test(every_bad_path_and_value_is_a_row),
        cmocka_unit_test(what_does_not_fit_together_is_the_last_row),
        cmocka_unit_test(what_the_host_must_supply_is_named),
        cmocka_unit_test(a_failing_host_is_a_failure_not_a_row),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
