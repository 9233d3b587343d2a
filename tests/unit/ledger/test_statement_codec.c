/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "mutation.h"
#include "statement_sample.h"
#include "support/fault.h"
#include "support/host.h"
#include <stdlib.h>

typedef struct fixture {
    bpo_context *context;
    bpo_statement *statement;
    test_bytes bytes;
} fixture;

static void begin(fixture *f)
{
    bpo_error err = BPO_ERROR_INIT;
    *f = (fixture){0};
    assert_int_equal(bpo_context_new(NULL, &f->context, NULL), BPO_OK);
    assert_int_equal(sample_statement(f->context, &f->statement), BPO_OK);
    bpo_sink sink = test_bytes_sink(&f->bytes);
    assert_int_equal(bpo_statement_encode(f->statement, &sink, &err), BPO_OK);
}

static void end(fixture *f)
{
    test_bytes_clear(&f->bytes);
    bpo_statement_unref(f->statement);
    bpo_context_unref(f->context);
}

static void what_is_read_back_has_the_same_bytes(void **state)
{
    fixture f;
    test_bytes again = {0};
    bpo_statement *copy = NULL;
    bpo_kpi kpi = BPO_KPI_INIT;
    bpo_decimal total, expected = {0, 1900, 2, 0};
    (void)state;
    begin(&f);
    assert_int_equal(bpo_statement_decode(f.context, f.bytes.data, f.bytes.size, &copy, NULL), BPO_OK);
    bpo_sink sink = test_bytes_sink(&again);
    assert_int_equal(bpo_statement_encode(copy, &sink, NULL), BPO_OK);
    assert_int_equal(again.size, f.bytes.size);
    assert_memory_equal(again.data, f.bytes.data, again.size);
    assert_int_equal(bpo_statement_kpi(copy, 5, &kpi), BPO_OK);
    assert_int_equal(kpi.p50, 10);
    assert_string_equal(bpo_statement_invoice_step(copy, 1, 0), "difference: -1.00");
    assert_int_equal(bpo_statement_invoice_total(copy, &total), BPO_OK);
    assert_int_equal(bpo_decimal_compare(&total, &expected), 0);
    bpo_statement_unref(copy);
    test_bytes_clear(&again);
    end(&f);
}

/* Any bytes give a statement or an error; a statement that was given can be used. */
static void try_bytes(bpo_context *context, const unsigned char *bytes, size_t size)
{
    bpo_statement *statement = NULL;
    bpo_status status = bpo_statement_decode(context, bytes, size, &statement, NULL);
    test_bytes json = {0};
    if (status < 0) {
        assert_true(status == BPO_E_CORRUPT || status == BPO_E_TOO_NEW);
        assert_null(statement);
        return;
    }
    bpo_sink sink = test_bytes_sink(&json);
    assert_int_equal(bpo_statement_write(statement, BPO_FORMAT_JSON, &sink, NULL), BPO_OK);
    test_bytes_clear(&json);
    bpo_statement_unref(statement);
}

static void a_damaged_statement_is_refused(void **state)
{
    fixture f;
    bpo_statement *statement = NULL;
    (void)state;
    begin(&f);
    for (size_t i = 0; i < f.bytes.size; i++) {
        f.bytes.data[i] ^= 1;
        assert_true(bpo_statement_decode(f.context, f.bytes.data, f.bytes.size, &statement, NULL) < 0);
        f.bytes.data[i] ^= 1;
        assert_true(bpo_statement_decode(f.context, f.bytes.data, i, &statement, NULL) < 0);
    }
    assert_null(statement);
    end(&f);
}

static void hostile_bytes_never_crash(void **state)
{
    fixture f;
    test_random random = {20260701};
    (void)state;
    begin(&f);
    unsigned char *bytes = malloc(f.bytes.size);
    assert_non_null(bytes);
    for (int round = 0; round < 20000; round++) {
        mutation_make(&random, f.bytes.data, bytes, f.bytes.size);
        try_bytes(f.context, bytes, f.bytes.size);
    }
    free(bytes);
    end(&f);
}

static void steps_that_no_line_has_are_refused(void **state)
{
    fixture f;
    bpo_statement *statement = NULL;
    test_bytes bytes = {0};
    (void)state;
    begin(&f);
    ((bpo__invoice_row *)f.statement->lines.items)[0].line.step_count = 1;
    bpo_sink sink = test_bytes_sink(&bytes);
    assert_int_equal(bpo_statement_encode(f.statement, &sink, NULL), BPO_OK);
    assert_int_equal(bpo_statement_decode(f.context, bytes.data, bytes.size, &statement, NULL), BPO_E_CORRUPT);
    test_bytes_clear(&bytes);
    end(&f);
}

static void missing_arguments_are_named(void **state)
{
    fixture f;
    bpo_error err = BPO_ERROR_INIT;
    bpo_statement *statement = NULL;
    bpo_sink nothing = BPO_SINK_INIT;
    (void)state;
    begin(&f);
    assert_int_equal(bpo_statement_decode(NULL, f.bytes.data, f.bytes.size, &statement, &err), BPO_E_INVALID);
    assert_non_null(strstr(err.message, "context"));
    assert_int_equal(bpo_statement_decode(f.context, NULL, 0, &statement, &err), BPO_E_INVALID);
    assert_int_equal(bpo_statement_decode(f.context, f.bytes.data, f.bytes.size, NULL, &err), BPO_E_INVALID);
    assert_int_equal(bpo_statement_encode(NULL, &nothing, &err), BPO_E_INVALID);
    assert_int_equal(bpo_statement_encode(f.statement, &nothing, &err), BPO_E_INVALID);
    end(&f);
}

static bpo_status a_statement_travels(fault_host *fault, void *user)
{
    bpo_context *context = NULL;
    bpo_statement *statement = NULL, *copy = NULL;
    test_bytes bytes = {0};
    bpo_sink inner = test_bytes_sink(&bytes);
    fault_sink_state sink_state;
    bpo_sink sink = fault_sink(fault, &inner, &sink_state);
    (void)user;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    if (status >= 0)
        status = sample_statement(context, &statement);
    if (status >= 0)
        status = bpo_statement_encode(statement, &sink, NULL);
    if (status >= 0)
        status = bpo_statement_decode(context, bytes.data, bytes.size, &copy, NULL);
    if (status < 0)
        assert_null(copy);
    bpo_statement_unref(copy);
    bpo_statement_unref(statement);
    bpo_context_unref(context);
    test_bytes_clear(&bytes);
    return status;
}

static void every_failure_is_reported_and_leaves_nothing(void **state)
{
    (void)state;
    assert_true(fault_torture(a_statement_travels, NULL) > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_read_back_has_the_same_bytes),
        cmocka_unit_test(a_damaged_statement_is_refused),
        cmocka_unit_test(hostile_bytes_never_crash),
        cmocka_unit_test(steps_that_no_line_has_are_refused),
        cmocka_unit_test(missing_arguments_are_named),
        cmocka_unit_test(every_failure_is_reported_and_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
