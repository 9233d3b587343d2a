/* SPDX-License-Identifier: Apache-2.0 */
/* Terms from JSON: taken whole or not at all, and nothing through a binary number. */
#include "support/fault.h"
#include "support/test.h"
#include <bpo/json.h>
#include <stdlib.h>
#include <string.h>

static bpo_terms *new_terms(bpo_context **ret_context)
{
    bpo_terms *terms = NULL;
    assert_int_equal(bpo_context_new(NULL, ret_context, NULL), BPO_OK);
    assert_int_equal(bpo_terms_new(*ret_context, &terms, NULL), BPO_OK);
    return terms;
}

static void end_terms(bpo_context *context, bpo_terms *terms)
{
    bpo_terms_unref(terms);
    bpo_context_unref(context);
}

static bpo_status read_text(bpo_terms *terms, const char *text, bpo_error *err)
{
    return bpo_json_read_terms(terms, text, strlen(text), err);
}

static void objects_and_arrays_become_paths(void **state)
{
    static const char document[] = "{\"contract\": {\"id\": \"acme\", \"a~b/c\": \"escaped\"},\n"
                                   " \"flags\": {\"yes\": true, \"no\": false}, \"count\": -12, \"none\": {},\n"
                                   " \"tiers\": [{\"up_to\": 1000, \"rate\": \"1.20\"}, {\"rate\": \"0.95\"}],\n"
                                   " \"largest\": 9223372036854775807, \"word\": \"gr\\u00fcn\"}";
    static const char *const wanted[][2] = {
        {"/contract/id", "acme"},     {"/contract/a~0b~1c", "escaped"}, {"/flags/yes", "true"},
        {"/flags/no", "false"},       {"/count", "-12"},                {"/tiers/0/up_to", "1000"},
        {"/tiers/0/rate", "1.20"},    {"/tiers/1/rate", "0.95"},        {"/largest", "9223372036854775807"},
        {"/word", "gr\xc3\xbcn"},
    };
    bpo_context *context = NULL;
    bpo_error err = BPO_ERROR_INIT;
    bpo_terms *terms = new_terms(&context);
    (void)state;
    if (read_text(terms, document, &err) != BPO_OK)
        fail_msg("%s: %s", err.path, err.message);
    assert_int_equal(bpo_terms_count(terms), sizeof wanted / sizeof wanted[0]);
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
        assert_string_equal(bpo_terms_get(terms, wanted[i][0]), wanted[i][1]);
    end_terms(context, terms);
}

static void a_document_adds_to_what_is_there(void **state)
{
    bpo_context *context = NULL;
    bpo_terms *terms = new_terms(&context);
    (void)state;
    assert_int_equal(bpo_terms_set(terms, "/contract/id", "before", NULL), BPO_OK);
    assert_int_equal(bpo_terms_set(terms, "/contract/currency", "USD", NULL), BPO_OK);
    assert_int_equal(read_text(terms, "{\"contract\": {\"id\": \"after\"}}", NULL), BPO_OK);
    assert_string_equal(bpo_terms_get(terms, "/contract/id"), "after");
    assert_string_equal(bpo_terms_get(terms, "/contract/currency"), "USD");
    end_terms(context, terms);
}

/* Each document, the status, and what path and message must hold. */
static const struct {
    const char *text;
    bpo_status status;
    const char *path;
    const char *message;
} refusals[] = {
    {"{\"a\": {\"rate\": 1.20}}", BPO_E_VALUE, "/a/rate", "\"24.50\""},
    {"{\"a\": [1, 1e3]}", BPO_E_VALUE, "/a/1", "binary number"},
    {"{\"a\": 1e0}", BPO_E_VALUE, "/a", "as text"},
    {"{\"a\": null}", BPO_E_VALUE, "/a", "null"},
    {"{\"a\": 9223372036854775808}", BPO_E_VALUE, "line 1", "as text"},
    {"{\"a\": 1e999}", BPO_E_VALUE, "line 1", "as text"},
    {"{\"a\": 1,\n \"b\": 2, \"a\": 3}", BPO_E_SYNTAX, "line 2", "twice"},
    {"{\"a\": \"\xff\"}", BPO_E_SYNTAX, "line 1", "UTF-8"},
    {"{\"a\": \"b\\u0000c\"}", BPO_E_VALUE, "line 1", "u0000"},
    {"{\"a\\u0000\": \"c\"}", BPO_E_SYNTAX, "line 1", "u0000"},
    {"{\"a\": 1", BPO_E_SYNTAX, "line 1", "too early"},
    {"{\"a\": 1}}", BPO_E_SYNTAX, "line 1", "follows"},
    {"{\"a\": nothing}", BPO_E_SYNTAX, "line 1, column", "not JSON"},
    {"", BPO_E_SYNTAX, "line 1", ""},
    {"[\"a\"]", BPO_E_SYNTAX, "", "object"},
    {"{\"\": \"a\"}", BPO_E_PATH, "/", ""},
    {"{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}}}}}",
     BPO_E_LIMIT, "/a/a/a/a/a/a/a/a/a/a/a/a", "12"},
    {"{\"0123456789012345678901234567890123456789012345678901234567890123456789\": 1}", BPO_E_PATH, "", "64"},
    {"{\"id\": \"other\", \"fraction\": 0.5}", BPO_E_VALUE, "/fraction", "text"},
};

static void a_refusal_names_the_place_and_changes_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        bpo_context *context = NULL;
        bpo_error err = BPO_ERROR_INIT;
        bpo_terms *terms = new_terms(&context);
        assert_int_equal(bpo_terms_set(terms, "/id", "as before", NULL), BPO_OK);
        bpo_status status = read_text(terms, refusals[i].text, &err);
        if (status != refusals[i].status || err.code != status || !strstr(err.path, refusals[i].path) ||
            !strstr(err.message, refusals[i].message))
            fail_msg("%s: %d at %s: %s", refusals[i].text, status, err.path, err.message);
        assert_int_equal(bpo_terms_count(terms), 1);
        assert_string_equal(bpo_terms_get(terms, "/id"), "as before");
        end_terms(context, terms);
    }
}

static void ten_megabytes_of_brackets_are_refused_cleanly(void **state)
{
    size_t size = 10u << 20;
    bpo_context *context = NULL;
    bpo_error err = BPO_ERROR_INIT;
    bpo_terms *terms = new_terms(&context);
    char *text = malloc(size);
    (void)state;
    memset(text, '[', size);
    assert_int_equal(bpo_json_read_terms(terms, text, size, &err), BPO_E_LIMIT);
    assert_non_null(strstr(err.message, "nested"));
    free(text);
    end_terms(context, terms);
}

static void missing_arguments_are_refused(void **state)
{
    bpo_context *context = NULL;
    bpo_error err = BPO_ERROR_INIT;
    bpo_terms *terms = new_terms(&context);
    (void)state;
    assert_int_equal(bpo_json_read_terms(NULL, "{}", 2, &err), BPO_E_INVALID);
    assert_int_equal(bpo_json_read_terms(terms, NULL, 2, &err), BPO_E_INVALID);
    assert_int_equal(bpo_json_read_terms(terms, "{}", 2, NULL), BPO_OK);
    end_terms(context, terms);
}

static bpo_status a_document_is_read(fault_host *fault, void *user)
{
    bpo_context *context = NULL;
    bpo_terms *terms = NULL;
    (void)user;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    if (status == BPO_OK)
        status = bpo_terms_new(context, &terms, NULL);
    if (status == BPO_OK)
        status = bpo_terms_set(terms, "/a", "before", NULL);
    if (status == BPO_OK) {
        status = read_text(terms, "{\"a\": \"after\", \"b\": \"new\", \"c\": {\"d\": \"new\"}}", NULL);
        assert_int_equal(bpo_terms_count(terms), status == BPO_OK ? 3 : 1);
        assert_string_equal(bpo_terms_get(terms, "/a"), status == BPO_OK ? "after" : "before");
    }
    bpo_terms_unref(terms);
    bpo_context_unref(context);
    return status;
}

static void a_document_is_taken_whole_or_not_at_all(void **state)
{
    (void)state;
    assert_true(fault_torture(a_document_is_read, NULL) > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(objects_and_arrays_become_paths),
        cmocka_unit_test(a_document_adds_to_what_is_there),
        cmocka_unit_test(a_refusal_names_the_place_and_changes_nothing),
        cmocka_unit_test(ten_megabytes_of_brackets_are_refused_cleanly),
        cmocka_unit_test(missing_arguments_are_refused),
        cmocka_unit_test(a_document_is_taken_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
