/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include <bpo/error.h>
#include <string.h>

static void names_are_those_of_the_header(void **state)
{
    (void)state;
    assert_string_equal(bpo_status_name(BPO_OK), "BPO_OK");
    assert_string_equal(bpo_status_name(BPO_PASS), "BPO_PASS");
    assert_string_equal(bpo_status_name(BPO_E_NOMEM), "BPO_E_NOMEM");
    assert_string_equal(bpo_status_name(BPO_E_UNKNOWN_OUTCOME), "BPO_E_UNKNOWN_OUTCOME");
    assert_string_equal(bpo_status_name(BPO_E_LOCKED), "BPO_E_LOCKED");
}

static void a_code_of_somebody_else_is_unknown(void **state)
{
    (void)state;
    assert_string_equal(bpo_status_name(-7777), "unknown");
    assert_string_equal(bpo_status_name(4), "unknown");
    assert_string_equal(bpo_status_name(INT32_MIN), "unknown");
    assert_int_equal(bpo_status_is_retriable(-7777), 0);
}

static void every_code_has_a_name_of_its_own(void **state)
{
    size_t known = 0;
    (void)state;
    for (bpo_status a = -100; a <= 10; a++) {
        if (strcmp(bpo_status_name(a), "unknown") == 0)
            continue;
        known++;
        assert_memory_equal(bpo_status_name(a), a < 0 ? "BPO_E_" : "BPO_", a < 0 ? 6 : 4);
        for (bpo_status b = a + 1; b <= 10; b++) {
            if (strcmp(bpo_status_name(b), "unknown") != 0)
                assert_string_not_equal(bpo_status_name(a), bpo_status_name(b));
        }
    }
    assert_int_equal(known, 33);
}

static void only_what_may_pass_is_worth_another_try(void **state)
{
    static const bpo_status again[] = {BPO_E_NOMEM, BPO_E_CONFLICT, BPO_E_UNKNOWN_OUTCOME, BPO_E_LOCKED};
    size_t found = 0;
    (void)state;
    for (size_t i = 0; i < sizeof(again) / sizeof(again[0]); i++)
        assert_int_equal(bpo_status_is_retriable(again[i]), 1);
    for (bpo_status code = -100; code <= 10; code++)
        found += (size_t)bpo_status_is_retriable(code);
    assert_int_equal(found, sizeof(again) / sizeof(again[0]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_those_of_the_header),
        cmocka_unit_test(a_code_of_somebody_else_is_unknown),
        cmocka_unit_test(every_code_has_a_name_of_its_own),
        cmocka_unit_test(only_what_may_pass_is_worth_another_try),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
