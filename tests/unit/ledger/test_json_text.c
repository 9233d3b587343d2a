/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "ledger/json_text.h"
#include "support/fault.h"

typedef struct fixture {
    bpo_context *context;
    bpo__buffer text;
    bpo__json json;
} fixture;

static void begin(fixture *f)
{
    assert_int_equal(bpo_context_new(NULL, &f->context, NULL), BPO_OK);
    bpo__buffer_init(&f->text, f->context);
    f->json = (bpo__json){&f->text, BPO_OK, false};
}

/* Ends the fixture; its text must be as expected. */
static void expect(fixture *f, const char *expected)
{
    assert_int_equal(f->json.status, BPO_OK);
    if (f->text.size != strlen(expected))
        print_error("%.*s\n", (int)f->text.size, (const char *)f->text.data);
    assert_int_equal(f->text.size, strlen(expected));
    assert_memory_equal(f->text.data, expected, f->text.size);
    bpo__buffer_clear(&f->text);
    bpo_context_unref(f->context);
}

static void items_are_parted_by_commas(void **state)
{
    fixture f;
    (void)state;
    begin(&f);
    bpo__json_open(&f.json, '{');
    bpo__json_key(&f.json, "a");
    bpo__json_open(&f.json, '[');
    bpo__json_number(&f.json, -7);
    bpo__json_flag(&f.json, true);
    bpo__json_open(&f.json, '{');
    bpo__json_close(&f.json, '}');
    bpo__json_null(&f.json);
    bpo__json_close(&f.json, ']');
    bpo__json_key(&f.json, "b");
    bpo__json_flag(&f.json, false);
    bpo__json_close(&f.json, '}');
    expect(&f, "{\"a\":[-7,true,{},null],\"b\":false}");
}

static void only_what_must_be_is_escaped(void **state)
{
    fixture f;
    (void)state;
    begin(&f);
    bpo__json_text(&f.json, "\"\\/\b\f\n\r\t\x01\x1f \x7f \xc3\xa9");
    expect(&f, "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f \x7f \xc3\xa9\"");
}

static void exact_values_are_texts(void **state)
{
    fixture f;
    bpo_decimal amount = {0, 123450, 2, 0};
    const uint8_t bytes[] = {0x00, 0x9f, 0xff};
    (void)state;
    begin(&f);
    bpo__json_open(&f.json, '[');
    bpo__json_integer(&f.json, INT64_MIN);
    bpo__json_decimal(&f.json, &amount);
    bpo__json_time(&f.json, 0);
    bpo__json_time(&f.json, INT64_MAX);
    bpo__json_bytes(&f.json, bytes, sizeof bytes);
    bpo__json_close(&f.json, ']');
    expect(&f, "[\"-9223372036854775808\",\"1234.50\",\"1970-01-01T00:00:00Z\",null,\"009fff\"]");
}

static bpo_status a_text_grows(fault_host *fault, void *user)
{
    bpo_context *context = NULL;
    bpo__buffer text;
    (void)user;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    if (status < 0)
        return status;
    bpo__buffer_init(&text, context);
    bpo__json json = {&text, BPO_OK, false};
    bpo__json_open(&json, '[');
    for (int64_t i = 0; i < 300; i++)
        bpo__json_number(&json, i);
    bpo__json_close(&json, ']');
    bpo__buffer_clear(&text);
    bpo_context_unref(context);
    return json.status;
}

static void a_failure_sticks(void **state)
{
    (void)state;
    assert_true(fault_torture(a_text_grows, NULL) > 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_are_parted_by_commas),
        cmocka_unit_test(only_what_must_be_is_escaped),
        cmocka_unit_test(exact_values_are_texts),
        cmocka_unit_test(a_failure_sticks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
