/* SPDX-License-Identifier: Apache-2.0 */
/* Words of lists, bare and quoted. */
#include "terms_support.h"

#include "terms/words.h"

static bpo_context *context;
static bpo__arena arena;

static int set_up(void **state)
{
    (void)state;
    context = context_new();
    bpo__arena_init(&arena, context);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    bpo__arena_clear(&arena);
    context = bpo_context_unref(context);
    return 0;
}

static void a_list_gives_its_words(void **state)
{
    const bpo__text *words = NULL;
    size_t count = 0;

    (void)state;
    assert_int_equal(
        bpo__list_parse(&arena, "/x", BPO__TEXT(" vip,standard , \"a, \\\"b\\\"\\\\\",x/y"), &words, &count, NULL),
        BPO_OK);
    assert_int_equal(count, 4);
    assert_true(bpo__text_is(words[0], "vip"));
    assert_true(bpo__text_is(words[1], "standard"));
    assert_true(bpo__text_is(words[2], "a, \"b\"\\"));
    assert_true(bpo__text_is(words[3], "x/y"));
}

static void what_is_no_list_is_refused(void **state)
{
    static const char *const cases[] = {"",    ",",    "a,",    "a,,b", "a b",     "a;b",
                                        "\"a", "\"\"", "a = b", "(a)",  "\"a\\\"", "\xc3\xa9"};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const bpo__text *words = NULL;
        size_t count = 7;
        bpo_error err = BPO_ERROR_INIT;
        assert_int_equal(bpo__list_parse(&arena, "/x", bpo__text_of(cases[i]), &words, &count, &err), BPO_E_VALUE);
        assert_string_equal(err.path, "/x");
        assert_contains(err.message, "is not a list");
        assert_null(words);
        assert_int_equal(count, 7);
    }
}

static void signs_of_two_bytes_are_one_lexeme(void **state)
{
    static const char *const expected[] = {"a", "<=", "b", "!=", "c", "<", "=", ">", "d"};
    const bpo__text text = BPO__TEXT("a<=b!=c< => d");
    size_t position = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(expected); i++)
        assert_true(bpo__text_is(bpo__lexeme_read(&arena, text, &position).text, expected[i]));
    assert_int_equal(bpo__lexeme_read(&arena, text, &position).kind, BPO__LEXEME_END);
}

static bpo_status lists_or_leaves_nothing(fault_host *fault, void *user)
{
    bpo_context *own = NULL;
    const bpo__text *words = NULL;
    size_t count = 0;
    bpo__arena room;
    bpo_status status = bpo_context_new(&fault->host, &own, NULL);

    (void)user;
    if (status != BPO_OK)
        return status;
    bpo__arena_init(&room, own);
    status = bpo__list_parse(&room, "/x", BPO__TEXT("a, \"b c\", d"), &words, &count, NULL);
    assert_true((status == BPO_OK) == (words != NULL));
    bpo__arena_clear(&room);
    bpo_context_unref(own);
    return status;
}

static void without_memory_there_is_no_list(void **state)
{
    (void)state;
    fault_torture(lists_or_leaves_nothing, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_gives_its_words),
        cmocka_unit_test(what_is_no_list_is_refused),
        cmocka_unit_test(signs_of_two_bytes_are_one_lexeme),
        cmocka_unit_test(without_memory_there_is_no_list),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
