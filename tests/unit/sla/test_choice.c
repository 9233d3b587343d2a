/* SPDX-License-Identifier: Apache-2.0 */
#include "sla_support.h"

#include "sla/choice.h"
#include "terms/plan.h"

static const char *const site_terms[][2] = {
    {"/contract/id", "sites"},
    {"/contract/currency", "USD"},
    {"/calendars/day/time_zone", "UTC"},
    {"/calendars/day/hours/mon-fri", "09:00-17:00"},
    {"/calendars/night/time_zone", "UTC"},
    {"/calendars/night/hours/mon-fri", "21:00-05:00"},
    {"/sla/order", "first, second"},
    {"/sla/policies/first/when", "priority = high"},
    {"/sla/policies/first/targets/resolution", "PT1H"},
    {"/sla/policies/second/calendar/by/group/owls", "night"},
    {"/sla/policies/second/calendar/otherwise", "day"},
    {"/sla/policies/second/when", "priority in (high, low)"},
    {"/sla/policies/second/targets/resolution/0/when", "tier = gold"},
    {"/sla/policies/second/targets/resolution/0/value", "PT2H"},
    {"/sla/policies/second/targets/resolution/1/when", "has tier"},
    {"/sla/policies/second/targets/resolution/1/value", "PT3H"},
};

typedef struct world {
    bpo_context *context;
    bpo_contract *contract;
    const bpo__plan *plan;
} world;

static world new_world(void)
{
    world w = {NULL, NULL, NULL};
    bpo_terms *terms = NULL;
    assert_int_equal(bpo_context_new(NULL, &w.context, NULL), BPO_OK);
    assert_int_equal(bpo_terms_new(w.context, &terms, NULL), BPO_OK);
    for (size_t i = 0; i < sizeof site_terms / sizeof site_terms[0]; i++)
        assert_int_equal(bpo_terms_set(terms, site_terms[i][0], site_terms[i][1], NULL), BPO_OK);
    assert_int_equal(bpo_contract_new(w.context, terms, &w.contract, NULL), BPO_OK);
    bpo_terms_unref(terms);
    w.plan = bpo__contract_plan(w.contract, 0);
    return w;
}

static void end_world(world *w)
{
    bpo_contract_unref(w->contract);
    bpo_context_unref(w->context);
}

static bpo__attributes one(bpo_value *value, uint32_t name, const char *text)
{
    *value = (bpo_value){.name = name, .type = BPO_TYPE_TEXT, .text = text, .size = strlen(text)};
    return (bpo__attributes){value, 1, NULL};
}

static void the_first_policy_that_fits_is_chosen(void **state)
{
    world w = new_world();
    bpo_value value;
    (void)state;
    bpo__attributes high = one(&value, BPO_VALUE_PRIORITY, "high");
    assert_string_equal(bpo__policy_choose(w.plan, &high)->name, "first");
    bpo__attributes low = one(&value, BPO_VALUE_PRIORITY, "low");
    assert_string_equal(bpo__policy_choose(w.plan, &low)->name, "second");
    bpo__attributes none = one(&value, BPO_VALUE_PRIORITY, "none");
    assert_null(bpo__policy_choose(w.plan, &none));
    end_world(&w);
}

static void only_attributes_of_conditions_touch_the_policy(void **state)
{
    world w = new_world();
    static bpo__ticket_state ticket;
    (void)state;
    ticket.changed[0] = BPO_VALUE_GROUP;
    ticket.changed_count = 1;
    assert_false(bpo__policy_is_touched(w.plan, &ticket));
    ticket.changed[1] = BPO_VALUE_PRIORITY;
    ticket.changed_count = 2;
    assert_true(bpo__policy_is_touched(w.plan, &ticket));
    end_world(&w);
}

static void the_calendar_follows_an_attribute(void **state)
{
    world w = new_world();
    bpo_value value;
    const bpo__policy *second = &w.plan->policies[1];
    (void)state;
    bpo__attributes owls = one(&value, BPO_VALUE_GROUP, "owls");
    assert_ptr_equal(bpo__policy_calendar(second, &owls), w.plan->calendars[1].calendar);
    bpo__attributes larks = one(&value, BPO_VALUE_GROUP, "larks");
    assert_ptr_equal(bpo__policy_calendar(second, &larks), w.plan->calendars[0].calendar);
    assert_ptr_equal(bpo__policy_calendar(second, NULL), w.plan->calendars[0].calendar);
    assert_null(bpo__policy_calendar(&w.plan->policies[0], &owls));
    end_world(&w);
}

static void the_first_target_that_fits_is_chosen(void **state)
{
    world w = new_world();
    bpo_value value;
    bpo_duration target = 0;
    const bpo__objective *objective = bpo__policy_objective(&w.plan->policies[1], &w.plan->metrics[0]);
    (void)state;
    bpo__attributes gold = one(&value, BPO_VALUE_TIER, "gold");
    assert_true(bpo__objective_target(objective, &gold, &target));
    assert_int_equal(target, 2 * BPO_HOUR);
    bpo__attributes silver = one(&value, BPO_VALUE_TIER, "silver");
    assert_true(bpo__objective_target(objective, &silver, &target));
    assert_int_equal(target, 3 * BPO_HOUR);
    assert_false(bpo__objective_target(objective, NULL, &target));
    bpo__objective measured = {.case_count = 0};
    assert_true(bpo__objective_target(&measured, NULL, &target));
    assert_int_equal(target, -1);
    assert_null(bpo__policy_objective(NULL, &w.plan->metrics[0]));
    end_world(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_policy_that_fits_is_chosen),
        cmocka_unit_test(only_attributes_of_conditions_touch_the_policy),
        cmocka_unit_test(the_calendar_follows_an_attribute),
        cmocka_unit_test(the_first_target_that_fits_is_chosen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
