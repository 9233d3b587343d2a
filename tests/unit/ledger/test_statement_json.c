/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "statement_sample.h"
#include "support/fault.h"
#include "support/host.h"
#include <string.h>

#define SPAN_0 "{\"end\":\"1970-01-02T00:00:00Z\",\"start\":\"1970-01-01T00:00:00Z\""
#define SPAN_BEFORE "{\"end\":\"1970-01-01T00:00:00Z\",\"start\":\"1969-12-31T00:00:00Z\"}"

static const char golden[] =
    "{\"adjustments\":[{\"dimension\":\"priority\",\"dimension_value\":\"low\",\"id\":\"answered\","
    "\"kind\":\"service_level\",\"n\":-1,\"part\":\"met\",\"service_period\":" SPAN_BEFORE ",\"sum\":\"0\"}],"
    "\"as_of\":\"1970-01-02T00:00:00.000001Z\",\"contract\":\"acme-2026\",\"currency\":\"EUR\",\"digests\":null,"
    "\"fact_count\":12,\"invoice\":{\"currency\":\"EUR\",\"lines\":["
    "{\"adjustment\":false,\"amount\":\"20.00\",\"charge\":\"seats\",\"model\":\"per_seat\",\"quantity\":\"2\","
    "\"rate\":\"10.00\",\"reversal\":false,"
    "\"service_period\":" SPAN_0 "},\"steps\":[\"quantity: 2 seats\",\"2 x 10.00 = 20.00\"],"
    "\"unit\":\"seat\",\"version\":0},"
    "{\"adjustment\":true,\"amount\":\"-1.00\",\"charge\":\"tickets\",\"model\":\"per_task\",\"quantity\":\"-1\","
    "\"rate\":\"\",\"reversal\":false,"
    "\"service_period\":" SPAN_BEFORE ",\"steps\":[\"difference: -1.00\"],\"unit\":\"task\","
    "\"version\":1}],\"total\":\"19.00\"},"
    "\"kpis\":[{\"by\":{\"priority\":{\"\":{\"n\":1},\"1 - Critical\":{\"n\":2}},\"tier\":{\"gold\":{\"n\":3}}},"
    "\"id\":\"opened\",\"n\":3,\"unit\":\"count\"},"
    "{\"id\":\"resolved_first\",\"n\":4,\"numerator\":\"3\",\"unit\":\"count\"},"
    "{\"id\":\"wait\",\"max\":\"20\",\"min\":\"10\",\"n\":2,\"p50\":\"10\",\"p90\":\"20\",\"p95\":\"20\","
    "\"p99\":\"20\",\"sum\":\"30\",\"unit\":\"us\"},"
    "{\"id\":\"worked\",\"n\":0,\"sum\":\"0\",\"unit\":\"us\"}],"
    "\"period\":" SPAN_0 ",\"time_zone\":\"UTC\"},\"provisional\":false,\"revision\":0,\"semantics\":1,"
    "\"service_levels\":[{\"breached\":1,\"expected\":\"95%\",\"failures_in_row\":3,\"id\":\"answered\","
    "\"indeterminate\":2,\"met\":9,\"metric\":\"first_response\",\"result\":\"missed\",\"value\":\"90.0000\"}],"
    "\"unopened_count\":1}";

static void the_form_is_canonical(void **state)
{
    bpo_context *context = NULL;
    bpo_statement *statement = NULL;
    test_bytes json = {0};
    bpo_sink sink = test_bytes_sink(&json);
    (void)state;
    assert_int_equal(bpo_context_new(NULL, &context, NULL), BPO_OK);
    assert_int_equal(sample_statement(context, &statement), BPO_OK);
    assert_int_equal(bpo_statement_write(statement, BPO_FORMAT_JSON, &sink, NULL), BPO_OK);
    assert_string_equal((const char *)json.data, golden);
    test_bytes_clear(&json);
    bpo_statement_unref(statement);
    bpo_context_unref(context);
}

static void digests_are_hexadecimal(void **state)
{
    bpo_context *context = NULL;
    bpo_statement *statement = NULL;
    test_bytes json = {0};
    bpo_sink sink = test_bytes_sink(&json);
    (void)state;
    assert_int_equal(bpo_context_new(NULL, &context, NULL), BPO_OK);
    assert_int_equal(sample_statement(context, &statement), BPO_OK);
    statement->header.has_digests = 1;
    memset(statement->header.facts_digest, 0xab, BPO_DIGEST_SIZE);
    assert_int_equal(bpo_statement_write(statement, BPO_FORMAT_JSON, &sink, NULL), BPO_OK);
    assert_non_null(strstr((const char *)json.data,
                           "\"facts\":\"abababababababababababababababababababababababababababababababab\""));
    test_bytes_clear(&json);
    bpo_statement_unref(statement);
    bpo_context_unref(context);
}

static void other_formats_are_refused(void **state)
{
    bpo_context *context = NULL;
    bpo_statement *statement = NULL;
    test_bytes json = {0};
    bpo_sink sink = test_bytes_sink(&json);
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    assert_int_equal(bpo_context_new(NULL, &context, NULL), BPO_OK);
    assert_int_equal(sample_statement(context, &statement), BPO_OK);
    assert_int_equal(bpo_statement_write(statement, 2, &sink, &err), BPO_E_INVALID);
    assert_non_null(strstr(err.message, "BPO_FORMAT_JSON"));
    assert_int_equal(bpo_statement_write(NULL, BPO_FORMAT_JSON, &sink, &err), BPO_E_INVALID);
    assert_int_equal(json.size, 0);
    bpo_statement_unref(statement);
    bpo_context_unref(context);
}

static bpo_status a_statement_is_written(fault_host *fault, void *user)
{
    bpo_context *context = NULL;
    bpo_statement *statement = NULL;
    test_bytes json = {0};
    bpo_sink inner = test_bytes_sink(&json);
    fault_sink_state sink_state;
    bpo_sink sink = fault_sink(fault, &inner, &sink_state);
    (void)user;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    if (status >= 0)
        status = sample_statement(context, &statement);
    if (status >= 0)
        status = bpo_statement_write(statement, BPO_FORMAT_JSON, &sink, NULL);
    bpo_statement_unref(statement);
    bpo_context_unref(context);
    test_bytes_clear(&json);
    return status;
}

static void every_failure_is_reported_and_leaves_nothing(void **state)
{
    (void)state;
    assert_true(fault_torture(a_statement_is_written, NULL) > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_form_is_canonical),
        cmocka_unit_test(digests_are_hexadecimal),
        cmocka_unit_test(other_formats_are_refused),
        cmocka_unit_test(every_failure_is_reported_and_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
