/* SPDX-License-Identifier: Apache-2.0 */
/* Plans: what a whole contract compiles to, and every refusal with its place. */
#include "terms_support.h"

#include "terms/plan.h"
#include <bpo/statement.h>

static void the_complete_example_compiles(void **state)
{
    bpo_context *context = context_new();
    bpo_contract *contract = contract_of(context, complete, COUNT(complete));
    const bpo__plan *plan = bpo__contract_plan(contract, 0);

    (void)state;
    assert_string_equal(plan->id, "acme-2026");
    assert_int_equal(plan->calendar_count, 1);
    assert_int_equal(plan->policy_count, 1);
    assert_int_equal(plan->policies[0].objective_count, 2);
    assert_string_equal(plan->policies[0].objectives[0].metric->name, "first_response");
    assert_int_equal(plan->policies[0].objectives[1].cases[0].target, 8 * BPO_HOUR);
    assert_non_null(plan->policies[0].objectives[1].pause);
    assert_int_equal(plan->pricing.charge_count, 2);
    assert_string_equal(plan->pricing.charges[0].name, "seats");
    assert_int_equal(plan->pricing.charges[0].meter->source, BPO__METER_SEATS);
    assert_int_equal(plan->pricing.charges[1].tier_count, 2);
    assert_false(plan->pricing.charges[1].tiers[0].unbounded);
    assert_true(plan->pricing.charges[1].tiers[1].unbounded);
    assert_string_equal(plan->pricing.charges[1].tiers[1].rate_text, "0.95");
    assert_int_equal(plan->level_count, 1);
    assert_string_equal(plan->levels[0].metric->name, "first_response");
    bpo_contract_unref(contract);
    bpo_context_unref(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_complete_example_compiles),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
