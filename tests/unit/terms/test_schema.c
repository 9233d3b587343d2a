/* SPDX-License-Identifier: Apache-2.0 */
/* The table of terms itself, and its presets: every row can be used as it is written. */
#include "terms_support.h"

#include "terms/presets.h"
#include "terms/schema.h"

static void the_public_table_has_every_row(void **state)
{
    bpo_term term = BPO_TERM_INIT;

    (void)state;
    assert_int_equal(bpo_term_count(), bpo__schema_count);
    for (size_t i = 0; i < bpo_term_count(); i++) {
        assert_int_equal(bpo_term_at(i, &term), BPO_OK);
        assert_string_equal(term.pattern, bpo__schema[i].pattern);
        assert_true(strlen(term.type) > 0);
        assert_true(strlen(term.description) > 0);
        assert_true((strcmp(term.type, "choice") == 0) == (strlen(term.choices) > 0));
    }
    assert_int_equal(bpo_term_at(bpo_term_count(), &term), BPO_E_INVALID);
    assert_int_equal(bpo_term_at(0, NULL), BPO_E_INVALID);
    term.struct_size = 1;
    assert_int_equal(bpo_term_at(0, &term), BPO_E_ABI);
}

/* A path that fits a pattern: an example in the place of each token in braces. */
static void example_of(const char *pattern, char *path)
{
    static const char *const tokens[][2] = {
        {"{name}", "a"},  {"{attribute}", "a"},     {"{value}", "Any Thing"},    {"{index}", "12"},
        {"{day}", "mon"}, {"{date}", "2026-12-25"}, {"{day_of_year}", "--02-29"}};
    size_t position = 0;
    bpo__text token;

    *path = '\0';
    while (bpo__path_next(bpo__text_of(pattern), &position, &token)) {
        strcat(path, "/");
        for (size_t i = 0; i < COUNT(tokens); i++)
            if (bpo__text_is(token, tokens[i][0]))
                token = bpo__text_of(tokens[i][1]);
        strncat(path, token.data, token.size);
    }
}

static void every_pattern_finds_its_own_row(void **state)
{
    char path[256];

    (void)state;
    for (size_t i = 0; i < bpo__schema_count; i++) {
        example_of(bpo__schema[i].pattern, path);
        assert_ptr_equal(bpo__schema_find(BPO__SCOPE_CONTRACT, bpo__text_of(path)), &bpo__schema[i]);
        strcat(path, "/deeper");
        assert_null(bpo__schema_find(BPO__SCOPE_CONTRACT, bpo__text_of(path)));
    }
}

static void every_default_is_a_value_of_its_type(void **state)
{
    bpo_context *context = context_new();
    char path[256];

    (void)state;
    for (size_t i = 0; i < bpo__schema_count; i++) {
        bpo__arena scratch;
        bpo_terms *terms = NULL;
        bpo_error err = BPO_ERROR_INIT;
        if (!bpo__schema[i].initial[0])
            continue;
        example_of(bpo__schema[i].pattern, path);
        assert_int_equal(bpo_terms_new(context, &terms, NULL), BPO_OK);
        assert_int_equal(bpo_terms_set(terms, path, bpo__schema[i].initial, NULL), BPO_OK);
        bpo__arena_init(&scratch, context);
        if (bpo__schema_check(BPO__SCOPE_CONTRACT, terms->nodes[0], &scratch, &err) != BPO_OK)
            fail_msg("%s: %s", err.path, err.message);
        bpo__arena_clear(&scratch);
        bpo_terms_unref(terms);
    }
    bpo_context_unref(context);
}

/* Walks the words of a comma-separated list. */
static bool next_word(const char **list, bpo__text *ret_word)
{
    if (**list == '\0')
        return false;
    *ret_word = (bpo__text){*list, strcspn(*list, ",")};
    *list += ret_word->size + ((*list)[ret_word->size] == ',');
    return true;
}

static void every_preset_that_is_offered_exists(void **state)
{
    static const struct {
        const char *path;
        bpo__collection collection;
    } offers[] = {{"/sla/metrics/a/preset", BPO__COLLECTION_METRIC},
                  {"/pricing/meters/a/preset", BPO__COLLECTION_METER},
                  {"/kpis/a/preset", BPO__COLLECTION_KPI}};

    (void)state;
    for (size_t i = 0; i < COUNT(offers); i++) {
        const char *choices = bpo__schema_find(BPO__SCOPE_CONTRACT, bpo__text_of(offers[i].path))->choices;
        bpo__text word;
        while (next_word(&choices, &word))
            assert_true(bpo__preset_exists(offers[i].collection, word));
    }
    assert_false(bpo__preset_exists(BPO__COLLECTION_METRIC, BPO__TEXT("seats")));
    assert_null(bpo__preset_value(BPO__COLLECTION_METRIC, BPO__TEXT("resolution"), "restart").data);
}

static void every_preset_compiles(void **state)
{
    static const char *const metrics[] = {"first_response", "next_response",  "first_resolution",
                                          "resolution",     "requester_wait", "agent_work"};
    static const char *const kpis[] = {"tickets_opened",  "tickets_resolved", "tickets_closed",
                                       "resolution_time", "reopened",         "csat"};
    bpo_context *context = context_new();
    bpo_terms *terms = terms_of(context, complete, COUNT(complete));
    bpo_contract *contract = NULL;
    bpo_error err = BPO_ERROR_INIT;
    char path[128];

    (void)state;
    for (size_t i = 0; i < COUNT(metrics); i++) {
        strcat(strcpy(path, "/sla/policies/standard/targets/"), metrics[i]);
        assert_int_equal(bpo_terms_set(terms, path, "PT1H", NULL), BPO_OK);
    }
    for (size_t i = 0; i < COUNT(kpis); i++) {
        strcat(strcat(strcpy(path, "/kpis/"), kpis[i]), "/preset");
        assert_int_equal(bpo_terms_set(terms, path, kpis[i], NULL), BPO_OK);
    }
    assert_int_equal(bpo_terms_set(terms, "/pricing/meters/a/preset", "tasks_accepted", NULL), BPO_OK);
    assert_int_equal(bpo_terms_set(terms, "/pricing/meters/b/preset", "tickets_closed", NULL), BPO_OK);
    assert_int_equal(bpo_terms_set(terms, "/pricing/meters/c/preset", "hours_worked", NULL), BPO_OK);
    if (bpo_contract_new(context, terms, &contract, &err) != BPO_OK)
        fail_msg("%s: %s", err.path, err.message);
    bpo_contract_unref(contract);
    bpo_terms_unref(terms);
    bpo_context_unref(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_public_table_has_every_row),
        cmocka_unit_test(every_pattern_finds_its_own_row),
        cmocka_unit_test(every_default_is_a_value_of_its_type),
        cmocka_unit_test(every_preset_that_is_offered_exists),
        cmocka_unit_test(every_preset_compiles),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
