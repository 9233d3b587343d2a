/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "statement_sample.h"
#include "support/fault.h"
#include "support/host.h"

static bpo_statement *new_sample(const bpo_host *host)
{
    bpo_context *context = NULL;
    bpo_statement *statement = NULL;
    assert_int_equal(bpo_context_new(host, &context, NULL), BPO_OK);
    assert_int_equal(sample_statement(context, &statement), BPO_OK);
    bpo_context_unref(context); /* the statement keeps it alive */
    return statement;
}

static void rows_are_given_in_order(void **state)
{
    bpo_statement *s = new_sample(NULL);
    bpo_kpi kpi = BPO_KPI_INIT;
    bpo_service_level level = BPO_SERVICE_LEVEL_INIT;
    bpo_adjustment adjustment = BPO_ADJUSTMENT_INIT;
    (void)state;
    assert_int_equal(bpo_statement_kpi_count(s), 7);
    assert_int_equal(bpo_statement_kpi(s, 2, &kpi), BPO_OK);
    assert_string_equal(kpi.dimension_value, "1 - Critical");
    assert_int_equal(kpi.n, 2);
    assert_int_equal(bpo_statement_service_level_count(s), 1);
    assert_int_equal(bpo_statement_service_level(s, 0, &level), BPO_OK);
    assert_int_equal(level.result, BPO_LEVEL_MISSED);
    assert_int_equal(level.failures_in_row, 3);
    assert_int_equal(bpo_statement_adjustment_count(s), 1);
    assert_int_equal(bpo_statement_adjustment(s, 0, &adjustment), BPO_OK);
    assert_int_equal(adjustment.n, -1);
    bpo_statement_unref(s);
}

static void steps_belong_to_their_line(void **state)
{
    bpo_statement *s = new_sample(NULL);
    bpo_invoice_line line = BPO_INVOICE_LINE_INIT;
    (void)state;
    assert_int_equal(bpo_statement_invoice_line_count(s), 2);
    assert_int_equal(bpo_statement_invoice_line(s, 1, &line), BPO_OK);
    assert_int_equal(line.step_count, 1);
    assert_string_equal(bpo_statement_invoice_step(s, 0, 1), "2 x 10.00 = 20.00");
    assert_string_equal(bpo_statement_invoice_step(s, 1, 0), "difference: -1.00");
    assert_null(bpo_statement_invoice_step(s, 0, 2));
    assert_null(bpo_statement_invoice_step(s, 2, 0));
    assert_null(bpo_statement_invoice_step(NULL, 0, 0));
    bpo_statement_unref(s);
}

static void the_total_is_the_sum_of_the_lines(void **state)
{
    bpo_statement *s = new_sample(NULL);
    bpo_decimal total, expected = {0, 1900, 2, 0};
    (void)state;
    assert_int_equal(bpo_statement_invoice_total(s, &total), BPO_OK);
    assert_int_equal(bpo_decimal_compare(&total, &expected), 0);
    bpo_statement_unref(s);
}

static void a_row_that_is_not_there_leaves_the_output_alone(void **state)
{
    bpo_statement *s = new_sample(NULL);
    bpo_kpi kpi = BPO_KPI_INIT;
    bpo_kpi small = BPO_KPI_INIT;
    (void)state;
    kpi.n = 42;
    small.struct_size = 8;
    assert_int_equal(bpo_statement_kpi(s, 7, &kpi), BPO_E_INVALID);
    assert_int_equal(bpo_statement_kpi(NULL, 0, &kpi), BPO_E_INVALID);
    assert_int_equal(kpi.n, 42);
    assert_int_equal(bpo_statement_kpi(s, 0, &small), BPO_E_ABI);
    assert_int_equal(bpo_statement_kpi(s, 0, NULL), BPO_E_INVALID);
    bpo_statement_unref(s);
}

static void no_statement_has_nothing(void **state)
{
    bpo_statement_header header = BPO_STATEMENT_HEADER_INIT;
    uint8_t digest[BPO_DIGEST_SIZE] = {7};
    bpo_decimal total;
    size_t size = 1;
    (void)state;
    assert_null(bpo_statement_ref(NULL));
    assert_null(bpo_statement_unref(NULL));
    assert_int_equal(bpo_statement_kpi_count(NULL), 0);
    assert_int_equal(bpo_statement_service_level_count(NULL), 0);
    assert_int_equal(bpo_statement_invoice_line_count(NULL), 0);
    assert_int_equal(bpo_statement_adjustment_count(NULL), 0);
    assert_int_equal(bpo_statement_get_header(NULL, &header), BPO_E_INVALID);
    assert_int_equal(bpo_statement_invoice_total(NULL, &total), BPO_E_INVALID);
    assert_null(bpo_statement_closing_position(NULL, &size));
    assert_int_equal(size, 0);
    assert_int_equal(bpo_statement_digest(NULL, digest, NULL), BPO_E_INVALID);
    assert_int_equal(digest[0], 7);
}

static void the_header_and_the_closing_position_are_there(void **state)
{
    bpo_statement *s = new_sample(NULL);
    bpo_statement_header header = BPO_STATEMENT_HEADER_INIT;
    size_t size = 0;
    (void)state;
    assert_int_equal(bpo_statement_get_header(s, &header), BPO_OK);
    assert_string_equal(header.contract, "acme-2026");
    assert_int_equal(header.fact_count, 12);
    assert_memory_equal(bpo_statement_closing_position(s, &size), "BPO\5", 4);
    assert_int_equal(size, 4);
    bpo_statement_unref(s);
}

static void a_digest_needs_the_callback(void **state)
{
    bpo_host host = test_host();
    bpo_statement *plain = new_sample(NULL), *a = new_sample(&host), *b = new_sample(&host);
    uint8_t digest_a[BPO_DIGEST_SIZE] = {0}, digest_b[BPO_DIGEST_SIZE] = {0};
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    assert_int_equal(bpo_statement_digest(plain, digest_a, &err), BPO_E_UNSUPPORTED);
    assert_int_equal(bpo_statement_digest(a, digest_a, &err), BPO_OK);
    b->header.as_of++;
    assert_int_equal(bpo_statement_digest(b, digest_b, &err), BPO_OK);
    assert_memory_not_equal(digest_a, digest_b, sizeof digest_a);
    b->header.as_of--;
    assert_int_equal(bpo_statement_digest(b, digest_b, &err), BPO_OK);
    assert_memory_equal(digest_a, digest_b, sizeof digest_a);
    bpo_statement_unref(plain);
    bpo_statement_unref(a);
    bpo_statement_unref(b);
}

static bpo_status a_statement_is_made_and_digested(fault_host *fault, void *user)
{
    bpo_context *context = NULL;
    bpo_statement *statement = NULL;
    uint8_t digest[BPO_DIGEST_SIZE];
    (void)user;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    if (status >= 0)
        status = sample_statement(context, &statement);
    if (status >= 0)
        status = bpo_statement_digest(statement, digest, NULL);
    bpo_statement_unref(statement);
    bpo_context_unref(context);
    return status;
}

static void every_failure_is_reported_and_leaves_nothing(void **state)
{
    (void)state;
    assert_true(fault_torture(a_statement_is_made_and_digested, NULL) > 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_given_in_order),
        cmocka_unit_test(steps_belong_to_their_line),
        cmocka_unit_test(the_total_is_the_sum_of_the_lines),
        cmocka_unit_test(a_row_that_is_not_there_leaves_the_output_alone),
        cmocka_unit_test(no_statement_has_nothing),
        cmocka_unit_test(the_header_and_the_closing_position_are_there),
        cmocka_unit_test(a_digest_needs_the_callback),
        cmocka_unit_test(every_failure_is_reported_and_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
