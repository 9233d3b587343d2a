/* SPDX-License-Identifier: Apache-2.0 */
/* Plans: what a whole contract compiles to. Refusals are in test_refusals.c. */
#include "terms_support.h"

#include "terms/plan.h"
#include <bpo/statement.h>

/* A contract that uses every term of sla, pricing and kpis. */
static const line wide[] = {
    {"/contract/id", "wide"},
    {"/contract/currency", "EUR"},
    {"/contract/time_zone", "America/Sao_Paulo"},
    {"/contract/start", "2016-02-01"},
    {"/attributes/priority/type", "number"},
    {"/attributes/opened_on/type", "instant"},
    {"/tickets/statuses/Awaiting User Info", "pending"},
    {"/tickets/statuses/Active", "open"},
    {"/tickets/statuses/-100", "unknown"},
    {"/tickets/statuses/a~1b", "on_hold"},
    {"/calendars/office/hours/mon-fri", "08:00-12:00, 13:00-18:00"},
    {"/calendars/office/overrides/2016-12-24", "08:00-12:00"},
    {"/calendars/office/closures/2016-12-27", "08:00-09:00"},
    {"/calendars/office/holidays/--12-25", "Natal"},
    {"/calendars/night/time_zone", "Asia/Manila"},
    {"/calendars/night/hours/fri-mon", "22:00-06:00"},
    {"/calendars/night/scope", "shift_start"},
    {"/calendars/night/override_beats_holiday", "false"},
    {"/sla/order", "vip, standard"},
    {"/sla/metrics/wait/start", "kind = ticket.opened"},
    {"/sla/metrics/wait/stop", "kind = ticket.closed"},
    {"/sla/metrics/wait/clock", "elapsed"},
    {"/sla/metrics/wait/again", "new_cycle"},
    {"/sla/metrics/quick/preset", "resolution"},
    {"/sla/metrics/quick/pause", "status_category = pending"},
    {"/sla/policies/standard/calendar/by/priority/1", "night"},
    {"/sla/policies/standard/calendar/by/priority/2", "night"},
    {"/sla/policies/standard/calendar/otherwise", "office"},
    {"/sla/policies/standard/targets/resolution/by/priority/1", "PT4H"},
    {"/sla/policies/standard/targets/resolution/by/priority/2", "PT8H"},
    {"/sla/policies/standard/targets/resolution/otherwise", "PT24H"},
    {"/sla/policies/standard/targets/wait", "none"},
    {"/sla/policies/standard/metrics/resolution/pause", "status = \"Awaiting User Info\""},
    {"/sla/policies/standard/due_display", "latest"},
    {"/sla/policies/vip/when", "tier = gold and priority <= 3"},
    {"/sla/policies/vip/targets/quick/0/when", "priority = 1"},
    {"/sla/policies/vip/targets/quick/0/value", "PT1H"},
    {"/sla/policies/vip/targets/quick/1/value", "PT2H"},
    {"/pricing/order", "work, solvers, base"},
    {"/pricing/rounding", "half_even"},
    {"/pricing/meters/solvers/fact", "ticket.solved"},
    {"/pricing/meters/solvers/once_per", "agent"},
    {"/pricing/meters/active/metric", "quick"},
    {"/pricing/meters/helped/fact", "task.completed"},
    {"/pricing/meters/helped/once_per", "ticket"},
    {"/pricing/meters/resolved/preset", "tickets_resolved"},
    {"/pricing/charges/work/model", "hourly"},
    {"/pricing/charges/work/meter", "active"},
    {"/pricing/charges/work/rate", "31.20 EUR"},
    {"/pricing/charges/solvers/model", "per_seat"},
    {"/pricing/charges/solvers/meter", "solvers"},
    {"/pricing/charges/solvers/rate", "1000"},
    {"/pricing/charges/solvers/filter", "has agent"},
    {"/pricing/charges/base/model", "fixed"},
    {"/pricing/charges/base/rate", "500.00"},
    {"/kpis/tickets_opened/by/priority", "priority"},
    {"/kpis/resolution_time/by/urgency", "priority"},
    {"/kpis/resolution_time/since", "opened_on"},
    {"/kpis/talked/form", "sum"},
    {"/kpis/talked/fact", "contact.answered"},
    {"/kpis/talked/value", "talk"},
    {"/kpis/kept/preset", "sla_attainment"},
    {"/kpis/kept/metric", "quick"},
    {"/kpis/csat/where", "survey = csat"},
    {"/service_levels/quick/kpi", "sla_attainment"},
    {"/service_levels/quick/metric", "quick"},
    {"/service_levels/quick/policy", "vip"},
    {"/service_levels/quick/expected", "0.995"},
    {"/service_levels/quick/by/priority", "priority"},
};

static bpo_context *context;
static bpo_contract *contract;
static const bpo__plan *plan;

static int compile_wide(void **state)
{
    (void)state;
    context = context_new();
    contract = contract_of(context, wide, COUNT(wide));
    plan = bpo__contract_plan(contract, 0);
    return 0;
}

static int release_wide(void **state)
{
    (void)state;
    contract = bpo_contract_unref(contract);
    context = bpo_context_unref(context);
    return 0;
}

static bpo_calendar *calendar_named(const char *name)
{
    for (size_t i = 0; i < plan->calendar_count; i++)
        if (strcmp(plan->calendars[i].name, name) == 0)
            return plan->calendars[i].calendar;
    return NULL;
}

static void the_complete_example_compiles(void **state)
{
    bpo_contract *example = contract_of(context, complete, COUNT(complete));
    const bpo__plan *compiled = bpo__contract_plan(example, 0);

    (void)state;
    assert_string_equal(compiled->id, "acme-2026");
    assert_int_equal(compiled->calendar_count, 1);
    assert_int_equal(compiled->policy_count, 1);
    assert_int_equal(compiled->policies[0].objective_count, 2);
    assert_string_equal(compiled->policies[0].objectives[0].metric->name, "first_response");
    assert_int_equal(compiled->policies[0].objectives[1].cases[0].target, 8 * BPO_HOUR);
    assert_non_null(compiled->policies[0].objectives[1].pause);
    assert_int_equal(compiled->pricing.charge_count, 2);
    assert_string_equal(compiled->pricing.charges[0].name, "seats");
    assert_int_equal(compiled->pricing.charges[0].meter->source, BPO__METER_SEATS);
    assert_int_equal(compiled->pricing.charges[1].tier_count, 2);
    assert_false(compiled->pricing.charges[1].tiers[0].unbounded);
    assert_true(compiled->pricing.charges[1].tiers[1].unbounded);
    assert_string_equal(compiled->pricing.charges[1].tiers[1].rate_text, "0.95");
    assert_int_equal(compiled->level_count, 1);
    assert_string_equal(compiled->levels[0].metric->name, "first_response");
    bpo_contract_unref(example);
}

static void nothing_at_all_is_a_contract(void **state)
{
    bpo_contract *empty = contract_of(context, NULL, 0);

    (void)state;
    assert_string_equal(bpo__contract_plan(empty, 0)->id, "");
    assert_string_equal(bpo__contract_plan(empty, 0)->time_zone, "UTC");
    assert_int_equal(bpo__plan_category(bpo__contract_plan(empty, 0), BPO__TEXT("on_hold")), BPO__CATEGORY_ON_HOLD);
    bpo_contract_unref(empty);
}

static void statuses_are_the_hosts_words(void **state)
{
    (void)state;
    assert_int_equal(plan->status_count, 4);
    assert_int_equal(bpo__plan_category(plan, BPO__TEXT("Awaiting User Info")), BPO__CATEGORY_PENDING);
    assert_int_equal(bpo__plan_category(plan, BPO__TEXT("Active")), BPO__CATEGORY_OPEN);
    assert_int_equal(bpo__plan_category(plan, BPO__TEXT("-100")), BPO__CATEGORY_UNKNOWN);
    assert_int_equal(bpo__plan_category(plan, BPO__TEXT("a/b")), BPO__CATEGORY_ON_HOLD);
    assert_int_equal(bpo__plan_category(plan, BPO__TEXT("open")), BPO__CATEGORY_NONE);
    assert_string_equal(bpo__category_text(BPO__CATEGORY_PENDING), "pending");
}

static void calendars_keep_their_own_zone(void **state)
{
    bpo_time at;
    int open = -1;

    (void)state;
    assert_int_equal(plan->calendar_count, 2);
    /* A Saturday, 23:00 in Manila: the night shift of fri-mon. */
    assert_int_equal(bpo_time_parse("2016-03-05T23:00:00+08:00", &at, NULL), BPO_OK);
    assert_int_equal(bpo_calendar_is_open(calendar_named("night"), at, &open, NULL), BPO_OK);
    assert_int_equal(open, 1);
    /* The same wall clock in Sao Paulo, whose zone the office has from the contract; and a Wednesday's lunch. */
    assert_int_equal(bpo_time_parse("2016-03-09T12:30:00-03:00", &at, NULL), BPO_OK);
    assert_int_equal(bpo_calendar_is_open(calendar_named("office"), at, &open, NULL), BPO_OK);
    assert_int_equal(open, 0);
    assert_int_equal(bpo_calendar_is_open(calendar_named("office"), at + BPO_HOUR, &open, NULL), BPO_OK);
    assert_int_equal(open, 1);
    /* Closed for an hour on 27 December, and all Christmas. */
    assert_int_equal(bpo_time_parse("2016-12-27T08:30:00-02:00", &at, NULL), BPO_OK);
    assert_int_equal(bpo_calendar_is_open(calendar_named("office"), at, &open, NULL), BPO_OK);
    assert_int_equal(open, 0);
}

static void policies_stand_in_their_order(void **state)
{
    (void)state;
    assert_int_equal(plan->policy_count, 2);
    assert_string_equal(plan->policies[0].name, "vip");
    assert_string_equal(plan->policies[1].name, "standard");
    assert_non_null(plan->policies[0].when);
    assert_null(plan->policies[0].calendar);
}

static void a_calendar_can_go_by_an_attribute(void **state)
{
    const bpo__policy *standard = &plan->policies[1];

    (void)state;
    assert_int_equal(standard->calendar_by, BPO_VALUE_PRIORITY);
    assert_int_equal(standard->calendar_case_count, 2);
    assert_true(bpo__text_is(standard->calendar_cases[1].value, "2"));
    assert_ptr_equal(standard->calendar_cases[1].calendar, calendar_named("night"));
    assert_ptr_equal(standard->calendar, calendar_named("office"));
}

static void targets_become_cases_in_order(void **state)
{
    const bpo__objective *by = &plan->policies[1].objectives[0];
    const bpo__objective *measured = &plan->policies[1].objectives[1];
    const bpo__objective *indexed = &plan->policies[0].objectives[0];
    const bpo_value two = {BPO_VALUE_PRIORITY, BPO_TYPE_INTEGER, 2, {0, 0, 0, 0}, NULL, 0};
    const bpo__attributes attributes = {&two, 1, NULL};

    (void)state;
    assert_string_equal(by->metric->name, "resolution");
    assert_int_equal(by->case_count, 3);
    assert_false(bpo__condition_holds(by->cases[0].when, &attributes));
    assert_true(bpo__condition_holds(by->cases[1].when, &attributes));
    assert_int_equal(by->cases[1].target, 8 * BPO_HOUR);
    assert_null(by->cases[2].when);
    assert_int_equal(by->due_landing, BPO_LANDING_LATEST);
    assert_ptr_not_equal(by->pause, by->metric->pause);
    assert_int_equal(measured->case_count, 0);
    assert_int_equal(indexed->case_count, 2);
    assert_non_null(indexed->cases[0].when);
    assert_null(indexed->cases[1].when);
    assert_int_equal(indexed->due_landing, BPO_LANDING_EARLIEST);
    assert_ptr_equal(indexed->pause, indexed->metric->pause);
}

static void metrics_are_those_defined_and_the_presets_named(void **state)
{
    static const char *const names[] = {"quick", "resolution", "wait"};

    (void)state;
    assert_int_equal(plan->metric_count, COUNT(names));
    for (size_t i = 0; i < COUNT(names); i++)
        assert_string_equal(plan->metrics[i].name, names[i]);
    assert_int_equal(plan->metrics[0].again, BPO__AGAIN_RESUME);
    assert_int_equal(plan->metrics[2].again, BPO__AGAIN_NEW_CYCLE);
    assert_true(plan->metrics[2].elapsed_time);
    assert_false(plan->metrics[1].elapsed_time);
}

static void prices_are_read_as_written(void **state)
{
    const bpo__pricing *pricing = &plan->pricing;
    char text[BPO_DECIMAL_TEXT_SIZE];

    (void)state;
    assert_int_equal(pricing->rounding, BPO_ROUNDING_HALF_EVEN);
    assert_string_equal(pricing->currency, "EUR");
    assert_int_equal(pricing->currency_digits, 2);
    assert_string_equal(pricing->charges[0].name, "work");
    assert_int_equal(pricing->charges[0].meter->source, BPO__METER_METRIC);
    assert_string_equal(pricing->charges[0].meter->metric->name, "quick");
    assert_string_equal(pricing->charges[0].rate_text, "31.20");
    assert_true(bpo_decimal_format(&pricing->charges[0].rate, text, sizeof text) > 0);
    assert_string_equal(text, "31.20");
    assert_int_equal(pricing->charges[1].meter->once_per, BPO_VALUE_AGENT);
    assert_non_null(pricing->charges[1].filter);
    assert_null(pricing->charges[2].meter);
}

static const bpo__meter *meter_named(const char *name)
{
    for (size_t i = 0; i < plan->pricing.meter_count; i++)
        if (strcmp(plan->pricing.meters[i].name, name) == 0)
            return &plan->pricing.meters[i];
    fail_msg("no meter %s", name);
    return NULL;
}

/* A task names the ticket that it belongs to, a ticket's fact is about it. */
static void only_facts_of_tickets_count_their_subject(void **state)
{
    (void)state;
    assert_int_equal(meter_named("resolved")->once_per, BPO_VALUE_TICKET);
    assert_true(meter_named("resolved")->once_per_subject);
    assert_int_equal(meter_named("helped")->once_per, BPO_VALUE_TICKET);
    assert_false(meter_named("helped")->once_per_subject);
    assert_false(meter_named("solvers")->once_per_subject);
}

static const bpo__measure *measure_named(const char *name)
{
    for (size_t i = 0; i < plan->measure_count; i++)
        if (strcmp(plan->measures[i].name, name) == 0)
            return &plan->measures[i];
    fail_msg("no KPI %s", name);
    return NULL;
}

static void kpis_take_from_presets_what_they_do_not_say(void **state)
{
    const bpo__measure *time = measure_named("resolution_time");
    const bpo__measure *talked = measure_named("talked");
    const bpo__measure *csat = measure_named("csat");

    (void)state;
    assert_int_equal(time->form, BPO_KPI_DISTRIBUTION);
    assert_int_equal(time->measured, BPO__MEASURED_SINCE);
    assert_true(time->value >= BPO_VALUE_HOST_FIRST);
    assert_string_equal(time->unit, "us");
    assert_true(time->lower_is_better);
    assert_int_equal(time->by_count, 1);
    assert_string_equal(time->by[0].name, "urgency");
    assert_int_equal(time->by[0].attribute, BPO_VALUE_PRIORITY);
    assert_int_equal(talked->measured, BPO__MEASURED_VALUE);
    assert_string_equal(talked->unit, "us");
    assert_int_equal(csat->form, BPO_KPI_RATIO);
    assert_non_null(csat->numerator);
    assert_ptr_equal(measure_named("kept")->metric, &plan->metrics[0]);
    assert_int_equal(measure_named("tickets_opened")->fact, BPO_TICKET_OPENED);
    assert_string_equal(measure_named("tickets_opened")->unit, "count");
}

static void levels_name_metric_policy_and_share(void **state)
{
    const bpo__level *level = &plan->levels[0];
    char text[BPO__RATIO_TEXT_SIZE];

    (void)state;
    assert_string_equal(level->policy, "vip");
    assert_string_equal(level->expected_text, "0.995");
    bpo__ratio_format(level->expected, text);
    assert_string_equal(text, "0.995");
    assert_int_equal(level->by_count, 1);
}

static bpo_status compiles_or_leaves_nothing(fault_host *fault, void *user)
{
    bpo_context *own = NULL;
    bpo_terms *terms = NULL;
    bpo_contract *compiled = NULL;
    bpo_status status = bpo_context_new(&fault->host, &own, NULL);

    (void)user;
    if (status == BPO_OK)
        status = bpo_terms_new(own, &terms, NULL);
    if (status == BPO_OK)
        status = put_lines(terms, wide, COUNT(wide), NULL);
    if (status == BPO_OK)
        status = bpo_contract_new(own, terms, &compiled, NULL);
    if (status != BPO_OK)
        assert_null(compiled);
    bpo_contract_unref(compiled);
    bpo_terms_unref(terms);
    bpo_context_unref(own);
    return status;
}

static void a_failing_host_leaves_nothing_behind(void **state)
{
    (void)state;
    fault_torture(compiles_or_leaves_nothing, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_complete_example_compiles),
        cmocka_unit_test(nothing_at_all_is_a_contract),
        cmocka_unit_test(statuses_are_the_hosts_words),
        cmocka_unit_test(calendars_keep_their_own_zone),
        cmocka_unit_test(policies_stand_in_their_order),
        cmocka_unit_test(a_calendar_can_go_by_an_attribute),
        cmocka_unit_test(targets_become_cases_in_order),
        cmocka_unit_test(metrics_are_those_defined_and_the_presets_named),
        cmocka_unit_test(prices_are_read_as_written),
        cmocka_unit_test(only_facts_of_tickets_count_their_subject),
        cmocka_unit_test(kpis_take_from_presets_what_they_do_not_say),
        cmocka_unit_test(levels_name_metric_policy_and_share),
        cmocka_unit_test(a_failing_host_leaves_nothing_behind),
    };

    return cmocka_run_group_tests(tests, compile_wide, release_wide);
}
