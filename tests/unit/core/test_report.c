/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "core/fail.h"
#include "core/report.h"
#include "support/fault.h"
#include <string.h>

static const bpo__text none = {NULL, 0};

static bpo_status add(bpo_report *report, size_t index, const char *key)
{
    return bpo__report_add(report, BPO_REPORT_DUPLICATE, index, BPO_OK, BPO__MSG_limit_reached, "/key",
                           bpo__text_of(key), BPO__TEXT("1"), none);
}

static bpo_report_row row_at(const bpo_report *report, size_t index)
{
    bpo_report_row row = BPO_REPORT_ROW_INIT;
    assert_int_equal(bpo_report_at(report, index, &row), BPO_OK);
    return row;
}

static bpo_report *new_report(void)
{
    bpo_context *context = NULL;
    bpo_report *report = NULL;
    assert_int_equal(bpo_context_new(NULL, &context, NULL), BPO_OK);
    assert_int_equal(bpo_report_new(context, &report, NULL), BPO_OK);
    bpo_context_unref(context); /* the report keeps it alive */
    return report;
}

static void rows_come_in_the_order_of_adding(void **state)
{
    bpo_report *report = new_report();
    (void)state;
    assert_int_equal(bpo_report_count(report), 0);
    assert_int_equal(add(report, 3, "first"), BPO_OK);
    assert_int_equal(add(report, 1, "second"), BPO_OK);
    assert_int_equal(bpo_report_count(report), 2);
    bpo_report_row row = row_at(report, 0);
    assert_int_equal(row.code, BPO_REPORT_DUPLICATE);
    assert_int_equal(row.index, 3);
    assert_int_equal(row.status, BPO_OK);
    assert_int_equal(row.message_id, BPO__MSG_limit_reached);
    assert_string_equal(row.path, "/key");
    assert_string_equal(row.message, "first: more than 1 is not possible");
    assert_string_equal(row_at(report, 1).message, "second: more than 1 is not possible");
    assert_null(bpo_report_unref(report));
}

static void an_error_becomes_a_row(void **state)
{
    bpo_report *report = new_report();
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    bpo__fail(&err, BPO_E_FACT, BPO__MSG_argument_missing, "/values/priority", "priority", NULL, NULL);
    assert_int_equal(bpo__report_add_error(report, BPO_REPORT_REFUSED, 7, &err), BPO_OK);
    bpo_report_row row = row_at(report, 0);
    assert_int_equal(row.code, BPO_REPORT_REFUSED);
    assert_int_equal(row.index, 7);
    assert_int_equal(row.status, BPO_E_FACT);
    assert_int_equal(row.message_id, BPO__MSG_argument_missing);
    assert_string_equal(row.path, "/values/priority");
    assert_string_equal(row.message, err.message);
    bpo_report_unref(report);
}

static void clearing_and_truncating_take_rows_back(void **state)
{
    bpo_report *report = new_report();
    (void)state;
    add(report, 0, "a");
    add(report, 1, "b");
    add(report, 2, "c");
    bpo__report_truncate(report, 5);
    assert_int_equal(bpo_report_count(report), 3);
    bpo__report_truncate(report, 1);
    assert_int_equal(bpo_report_count(report), 1);
    add(report, 9, "d");
    assert_string_equal(row_at(report, 0).message, "a: more than 1 is not possible");
    assert_string_equal(row_at(report, 1).message, "d: more than 1 is not possible");
    bpo__report_clear(report);
    assert_int_equal(bpo_report_count(report), 0);
    bpo__report_clear(report);
    bpo_report_unref(report);
}

static void a_reused_report_stops_allocating(void **state)
{
    fault_host fault;
    bpo_context *context = NULL;
    bpo_report *report = NULL;
    (void)state;
    fault_host_init(&fault);
    assert_int_equal(bpo_context_new(&fault.host, &context, NULL), BPO_OK);
    assert_int_equal(bpo_report_new(context, &report, NULL), BPO_OK);
    size_t calls = 0;
    for (int round = 0; round < 3; round++) {
        bpo__report_clear(report);
        for (size_t i = 0; i < 20; i++)
            assert_int_equal(add(report, i, "key"), BPO_OK);
        assert_true(round == 0 || fault.memory.calls == calls);
        calls = fault.memory.calls;
    }
    bpo_report_unref(report);
    bpo_context_unref(context);
    fault_host_check(&fault);
}

static void no_report_is_fine(void **state)
{
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    assert_int_equal(add(NULL, 0, "a"), BPO_OK);
    assert_int_equal(bpo__report_add_error(NULL, BPO_REPORT_REFUSED, 0, &err), BPO_OK);
    bpo__report_clear(NULL);
    assert_int_equal(bpo_report_count(NULL), 0);
    assert_null(bpo_report_ref(NULL));
    assert_null(bpo_report_unref(NULL));
}

static void wrong_questions_are_refused_and_nothing_is_filled(void **state)
{
    bpo_report *report = new_report();
    bpo_report_row row = BPO_REPORT_ROW_INIT;
    (void)state;
    row.index = 42;
    add(report, 0, "a");
    assert_int_equal(bpo_report_at(report, 1, &row), BPO_E_INVALID);
    assert_int_equal(bpo_report_at(report, 0, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_report_at(NULL, 0, &row), BPO_E_INVALID);
    row.struct_size = 4;
    assert_int_equal(bpo_report_at(report, 0, &row), BPO_E_ABI);
    assert_int_equal(row.index, 42);
    assert_int_equal(bpo_report_new(NULL, &report, NULL), BPO_E_INVALID);
    assert_ptr_equal(bpo_report_ref(report), report);
    bpo_report_unref(report);
    assert_int_equal(bpo_report_count(report), 1);
    bpo_report_unref(report);
}

static void a_place_for_the_report_is_needed(void **state)
{
    bpo_context *context = NULL;
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    assert_int_equal(bpo_context_new(NULL, &context, NULL), BPO_OK);
    assert_int_equal(bpo_report_new(context, NULL, &err), BPO_E_INVALID);
    assert_string_equal(err.arguments, "ret_report");
    bpo_context_unref(context);
}

static bpo_status rows_are_added(fault_host *fault, void *user)
{
    bpo_context *context = NULL;
    bpo_report *report = NULL;
    (void)user;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    if (status == BPO_OK)
        status = bpo_report_new(context, &report, NULL);
    for (size_t i = 0; i < 20 && status == BPO_OK; i++) {
        status = add(report, i, "key");
        assert_int_equal(bpo_report_count(report), status == BPO_OK ? i + 1 : i);
    }
    for (size_t i = 0; i < bpo_report_count(report); i++)
        assert_string_equal(row_at(report, i).message, "key: more than 1 is not possible");
    bpo_report_unref(report);
    bpo_context_unref(context);
    return status;
}

static void lack_of_memory_keeps_the_rows(void **state)
{
    (void)state;
    assert_true(fault_torture(rows_are_added, NULL) > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_in_the_order_of_adding),
        cmocka_unit_test(an_error_becomes_a_row),
        cmocka_unit_test(clearing_and_truncating_take_rows_back),
        cmocka_unit_test(a_reused_report_stops_allocating),
        cmocka_unit_test(no_report_is_fine),
        cmocka_unit_test(wrong_questions_are_refused_and_nothing_is_filled),
        cmocka_unit_test(a_place_for_the_report_is_needed),
        cmocka_unit_test(lack_of_memory_keeps_the_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
