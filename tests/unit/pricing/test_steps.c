/* SPDX-License-Identifier: Apache-2.0 */
#include "pricing/steps.h"
#include "support/test.h"
#include <string.h>

static void steps_are_put_together_from_pieces(void **state)
{
    (void)state;
    bpo_context *context = NULL;
    bpo__arena arena;
    bpo__steps steps;
    assert_int_equal(bpo_context_new(NULL, &context, NULL), BPO_OK);
    bpo__arena_init(&arena, context);
    assert_int_equal(bpo__steps_init(&steps, &arena, 2), BPO_OK);
    assert_int_equal(BPO__STEP(&steps, "tier ", "1", ": ", "12"), BPO_OK);
    assert_int_equal(BPO__STEP(&steps, "a", NULL, "b"), BPO_OK);
    assert_int_equal(steps.count, 2);
    assert_string_equal(steps.list[0], "tier 1: 12");
    assert_string_equal(steps.list[1], "ab");
    bpo__arena_clear(&arena);
    bpo_context_unref(context);
}

static void numbers_have_their_places_but_lose_none(void **state)
{
    (void)state;
    static const struct {
        const char *number, *text;
    } cases[] = {{"1200", "1200.00"}, {"0.5", "0.50"},   {"-2.25", "-2.25"}, {"36.755", "36.755"},
                 {"110/3", "110/3"},  {"-1/7", "-1/7"}, {"0", "0.00"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[BPO__RATIO_TEXT_SIZE];
        bpo__ratio number;
        assert_int_equal(bpo__ratio_parse(cases[i].number, strlen(cases[i].number), &number), BPO_OK);
        bpo__step_number(number, 2, text);
        assert_string_equal(text, cases[i].text);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_are_put_together_from_pieces),
        cmocka_unit_test(numbers_have_their_places_but_lose_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
