/* SPDX-License-Identifier: Apache-2.0 */
/* Every refusal of a contract names its place and says what would be right. Each row changes the complete example by a
 * few lines and removals; the row before it always compiles, so that nothing else is to blame. */
#include "terms_support.h"

/* A line with value NULL removes. */
typedef struct refusal {
    line lines[6];
    bpo_status status;
    const char *path;
    const char *part; /* of the message */
} refusal;

static const refusal refusals[] = {
    /* no such term */
    {{{"/calendars/office/hour", "x"}}, BPO_E_PATH, "/calendars/office/hour",
     "below /calendars/office there are: time_zone, hours, holidays"},
    {{{"/contrct/id", "x"}}, BPO_E_PATH, "/contrct/id", "below the root there are: contract, parties"},
    {{{"/calendars/Office/scope", "civil"}}, BPO_E_PATH, "/calendars/Office/scope", "{name}"},
    {{{"/calendars/office/hours/funday", "09:00-17:00"}}, BPO_E_PATH, "/calendars/office/hours/funday", "{day}"},
    {{{"/calendars/office/holidays/2026-02-30", "x"}},
     BPO_E_PATH, "/calendars/office/holidays/2026-02-30", "day_of_year"},
    {{{"/pricing/charges/tickets/tiers/01/rate", "1"}},
     BPO_E_PATH, "/pricing/charges/tickets/tiers/01/rate", "{index}"},
    {{{"/contract", NULL}, {"/contract", "x"}}, BPO_E_PATH, "/contract", "id, title"},

    /* bad values */
    {{{"/sla/policies/standard/targets/resolution", "8h"}}, BPO_E_VALUE, "/sla/policies/standard/targets/resolution",
     "\"8h\" is not a duration; write it like PT8H"},
    {{{"/sla/policies/standard/targets/resolution", "P1M"}},
     BPO_E_VALUE, "/sla/policies/standard/targets/resolution", ""},
    {{{"/sla/policies/standard/targets/resolution", "-PT1H"}}, BPO_E_VALUE, "/sla/policies/standard/targets/resolution",
     "0 or more"},
    {{{"/calendars/office/hours/mon", "25:00-26:00"}}, BPO_E_VALUE, "/calendars/office/hours/mon", "25:00"},
    {{{"/calendars/office/time_zone", "America/Nowhere"}},
     BPO_E_ZONE, "/calendars/office/time_zone", "America/Nowhere"},
    {{{"/contract/time_zone", "EST5"}}, BPO_E_ZONE, "/contract/time_zone", "IANA"},
    {{{"/contract/currency", "usd"}}, BPO_E_VALUE, "/contract/currency", "ISO 4217"},
    {{{"/contract/currency", "QQQ"}}, BPO_E_VALUE, "/contract/currency", "ISO 4217"},
    {{{"/contract/anchor_day", "32"}}, BPO_E_VALUE, "/contract/anchor_day", "from 1 to 31"},
    {{{"/contract/period", "fortnight"}}, BPO_E_VALUE, "/contract/period", "month, week, quarter, year"},
    {{{"/contract/start", "2026-13-01"}}, BPO_E_VALUE, "/contract/start", ""},
    {{{"/contract/last_day", "2025-12-31"}}, BPO_E_VALUE, "/contract/last_day", "before the contract's start"},
    {{{"/contract/clock_tolerance", "-PT1S"}}, BPO_E_VALUE, "/contract/clock_tolerance", "0 or more"},
    {{{"/contract/late_window", "-P1D"}}, BPO_E_VALUE, "/contract/late_window", "0 or more"},
    {{{"/contract/late_window", "P3M"}}, BPO_E_VALUE, "/contract/late_window", ""},
    {{{"/contract/title", ""}}, BPO_E_VALUE, "/contract/title", "empty"},
    {{{"/pricing/charges/seats/rate", "24,50"}}, BPO_E_VALUE, "/pricing/charges/seats/rate",
     "\"24,50\" is not an amount of money; write it like 24.50"},
    {{{"/pricing/charges/seats/rate", "1e3"}}, BPO_E_VALUE, "/pricing/charges/seats/rate", "\"1e3\""},
    {{{"/pricing/charges/seats/rate", "24.50 EUR"}}, BPO_E_VALUE, "/pricing/charges/seats/rate", "USD"},
    {{{"/pricing/charges/seats/rate", "-1"}}, BPO_E_VALUE, "/pricing/charges/seats/rate", "0 or more"},
    {{{"/service_levels/answered/expected", "101%"}}, BPO_E_VALUE, "/service_levels/answered/expected", "95%"},
    {{{"/service_levels/answered/expected", "-1%"}}, BPO_E_VALUE, "/service_levels/answered/expected", "95%"},
    {{{"/service_levels/answered/expected", "%"}}, BPO_E_VALUE, "/service_levels/answered/expected", "95%"},
    {{{"/sla/order", "standard,"}}, BPO_E_VALUE, "/sla/order", "list"},
    {{{"/calendars/office/override_beats_holiday", "yes"}}, BPO_E_VALUE, "/calendars/office/override_beats_holiday",
     "false, true"},
    {{{"/attributes/weight/type", "float"}}, BPO_E_VALUE, "/attributes/weight/type", "decimal"},
    {{{"/tickets/statuses/Waiting", "waiting"}}, BPO_E_VALUE, "/tickets/statuses/Waiting", "on_hold"},

    /* references */
    {{{"/sla/policies/standard/calendar", "home"}}, BPO_E_VALUE, "/sla/policies/standard/calendar", "no calendar home"},
    {{{"/sla/policies/standard/targets/happiness", "PT1H"}}, BPO_E_VALUE, "/sla/policies/standard/targets/happiness",
     "no metric happiness"},
    {{{"/pricing/charges/tickets/meter", "miles"}}, BPO_E_VALUE, "/pricing/charges/tickets/meter", "no meter miles"},
    {{{"/service_levels/answered/metric", "luck"}}, BPO_E_VALUE, "/service_levels/answered/metric", "no metric luck"},
    {{{"/service_levels/answered/policy", "gold"}}, BPO_E_VALUE, "/service_levels/answered/policy", "no policy gold"},
    {{{"/kpis/k/preset", "sla_attainment"}, {"/kpis/k/metric", "luck"}}, BPO_E_VALUE, "/kpis/k/metric", "luck"},
    {{{"/sla/order", "standard, gold"}}, BPO_E_VALUE, "/sla/order", "no policy gold"},
    {{{"/sla/order", "standard, standard"}}, BPO_E_VALUE, "/sla/order", "twice"},
    {{{"/pricing/order", "tickets"}}, BPO_E_VALUE, "/pricing/order", "leaves out seats"},

    /* what is missing */
    {{{"/contract/currency", NULL}}, BPO_E_MISSING, "/contract/currency", "EUR"},
    {{{"/pricing/charges/seats/model", NULL}}, BPO_E_MISSING, "/pricing/charges/seats/model", "per_seat"},
    {{{"/pricing/charges/tickets/meter", NULL}}, BPO_E_MISSING, "/pricing/charges/tickets/meter", "tickets_resolved"},
    {{{"/pricing/charges/seats/rate", NULL}}, BPO_E_MISSING, "/pricing/charges/seats/rate", "24.50"},
    {{{"/service_levels/answered/metric", NULL}}, BPO_E_MISSING, "/service_levels/answered/metric", "resolution"},
    {{{"/service_levels/answered/expected", NULL}}, BPO_E_MISSING, "/service_levels/answered/expected", "95%"},
    {{{"/sla/policies/standard/targets", NULL}}, BPO_E_MISSING, "/sla/policies/standard/targets", "PT8H"},
    {{{"/sla/policies/vip/targets/resolution", "PT1H"}}, BPO_E_MISSING, "/sla/order", "first"},
    {{{"/sla/metrics/mine/stop", "kind = ticket.solved"}}, BPO_E_MISSING, "/sla/metrics/mine/start", "preset"},
    {{{"/sla/metrics/mine/start", "kind = ticket.solved"}}, BPO_E_MISSING, "/sla/metrics/mine/stop", "stop"},
    {{{"/pricing/meters/m/when", "has type"}}, BPO_E_MISSING, "/pricing/meters/m/fact", "kind"},
    {{{"/kpis/mine/form", "count"}}, BPO_E_MISSING, "/kpis/mine/fact", "kind"},
    {{{"/kpis/mine/form", "sum"}, {"/kpis/mine/fact", "time.worked"}}, BPO_E_MISSING, "/kpis/mine/value", "since"},
    {{{"/kpis/mine/form", "ratio"}, {"/kpis/mine/fact", "time.worked"}}, BPO_E_MISSING, "/kpis/mine/numerator", "line"},
    {{{"/kpis/sla_attainment/unit", "percent"}}, BPO_E_MISSING, "/kpis/sla_attainment/metric", "resolution"},

    /* tiers */
    {{{"/pricing/charges/tickets/tiers/1", NULL}, {"/pricing/charges/tickets/tiers/2/rate", "1"}}, BPO_E_VALUE,
     "/pricing/charges/tickets/tiers/1", "without a gap"},
    {{{"/pricing/charges/tickets/tiers/1/up_to", "1000"}, {"/pricing/charges/tickets/tiers/2/rate", "1"}}, BPO_E_VALUE,
     "/pricing/charges/tickets/tiers/1/up_to", "not above the tier before it, which goes up to 1000"},
    {{{"/pricing/charges/tickets/tiers/0/up_to", "0"}}, BPO_E_VALUE, "/pricing/charges/tickets/tiers/0/up_to", "above"},
    {{{"/pricing/charges/tickets/tiers/1/up_to", "2000"}},
     BPO_E_VALUE, "/pricing/charges/tickets/tiers/1/up_to", "last"},
    {{{"/pricing/charges/tickets/tiers/0/up_to", NULL}},
     BPO_E_MISSING, "/pricing/charges/tickets/tiers/0/up_to", "last"},
    {{{"/pricing/charges/tickets/tiers/1/rate", NULL}, {"/pricing/charges/tickets/tiers/1/flat", "1"}}, BPO_E_MISSING,
     "/pricing/charges/tickets/tiers/1/rate", "1.20"},
    {{{"/pricing/charges/tickets/rate", "1"}}, BPO_E_VALUE, "/pricing/charges/tickets/tiers", "rate"},
    {{{"/pricing/charges/seats/rate", NULL}, {"/pricing/charges/seats/tiers/0/rate", "1"}}, BPO_E_VALUE,
     "/pricing/charges/seats/tiers", "model per_seat"},

    /* what does not go together */
    {{{"/pricing/charges/seats/meter", "hours_worked"}}, BPO_E_VALUE, "/pricing/charges/seats/meter", "per_seat"},
    {{{"/pricing/charges/tickets/billable", "has state"}},
     BPO_E_VALUE, "/pricing/charges/tickets/billable", "per_task"},
    {{{"/pricing/charges/f/model", "fixed"}, {"/pricing/charges/f/rate", "1"}, {"/pricing/charges/f/meter", "seats"}},
     BPO_E_VALUE, "/pricing/charges/f/meter", "fixed"},
    {{{"/pricing/charges/f/model", "fixed"}, {"/pricing/charges/f/rate", "1"},
      {"/pricing/charges/f/filter", "has type"}},
     BPO_E_VALUE, "/pricing/charges/f/filter", "fixed"},
    {{{"/pricing/meters/m/fact", "ticket.solved"}, {"/pricing/meters/m/metric", "resolution"}}, BPO_E_VALUE,
     "/pricing/meters/m/metric", "fact"},
    {{{"/pricing/meters/m/fact", "seat.changed"}, {"/pricing/meters/m/once_per", "agent"}}, BPO_E_VALUE,
     "/pricing/meters/m/once_per", "seat.changed"},
    {{{"/pricing/meters/m/fact", "time.worked"}, {"/pricing/meters/m/quantity", "skill"}}, BPO_E_VALUE,
     "/pricing/meters/m/quantity", "declared below /attributes"},
    {{{"/kpis/k/form", "count"}, {"/kpis/k/fact", "time.worked"}, {"/kpis/k/value", "duration"}}, BPO_E_VALUE,
     "/kpis/k/value", "form count"},
    {{{"/kpis/k/form", "sum"}, {"/kpis/k/fact", "time.worked"}, {"/kpis/k/value", "skill"}}, BPO_E_VALUE,
     "/kpis/k/value", "needs number"},
    {{{"/kpis/k/form", "sum"}, {"/kpis/k/fact", "time.worked"}, {"/kpis/k/since", "skill"}}, BPO_E_VALUE,
     "/kpis/k/since", "needs instant"},
    {{{"/sla/policies/standard/metrics/next_response/pause", "status_category = open"}}, BPO_E_VALUE,
     "/sla/policies/standard/metrics/next_response", "targets/next_response"},
    {{{"/sla/policies/standard/targets/resolution", NULL},
      {"/sla/policies/standard/targets/resolution/by/priority/1", "PT1H"},
      {"/sla/policies/standard/targets/resolution/by/tier/gold", "PT1H"}},
     BPO_E_VALUE, "/sla/policies/standard/targets/resolution/by/tier", "one attribute"},
    {{{"/sla/policies/standard/targets/resolution", NULL},
      {"/sla/policies/standard/targets/resolution/by/priority/1", "PT1H"},
      {"/sla/policies/standard/targets/resolution/0/value", "PT1H"}},
     BPO_E_VALUE, "/sla/policies/standard/targets/resolution/by", "cases"},
    {{{"/sla/policies/standard/targets/resolution", NULL},
      {"/sla/policies/standard/targets/resolution/0/when", "has tier"}},
     BPO_E_MISSING, "/sla/policies/standard/targets/resolution/0/value", "PT8H"},
    {{{"/sla/policies/standard/targets/resolution", NULL},
      {"/sla/policies/standard/targets/resolution/1/value", "PT1H"}},
     BPO_E_VALUE, "/sla/policies/standard/targets/resolution/0", "without a gap"},

    /* conditions */
    {{{"/sla/policies/standard/when", "priority in urgent"}}, BPO_E_VALUE, "/sla/policies/standard/when",
     "expected ( and a list"},
    {{{"/sla/policies/standard/when", "weight < 3"}}, BPO_E_VALUE, "/sla/policies/standard/when",
     "/attributes/weight/type"},
    {{{"/pricing/meters/tickets_resolved/when", "kind = ticket.opend"}}, BPO_E_VALUE,
     "/pricing/meters/tickets_resolved/when", "ticket.opened"},
    {{{"/pricing/meters/m/fact", "ticket.bought"}}, BPO_E_VALUE, "/pricing/meters/m/fact", "ticket.opened"},
};

static void apply(bpo_terms *terms, const line *lines)
{
    for (size_t i = 0; i < 6 && lines[i].path; i++) {
        if (!lines[i].value)
            assert_int_equal(bpo_terms_remove(terms, lines[i].path, NULL), BPO_OK);
        else
            assert_int_equal(bpo_terms_set(terms, lines[i].path, lines[i].value, NULL), BPO_OK);
    }
}

static void every_refusal_names_its_place_and_says_what_would_be_right(void **state)
{
    bpo_context *context = context_new();
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(refusals); i++) {
        const refusal *row = &refusals[i];
        bpo_error err = BPO_ERROR_INIT;
        bpo_contract *contract = NULL;
        bpo_terms *terms = terms_of(context, complete, COUNT(complete));
        bpo_status status;
        apply(terms, row->lines);
        status = bpo_contract_new(context, terms, &contract, &err);
        if (status != row->status || strcmp(err.path, row->path) != 0 || !strstr(err.message, row->part)) {
            print_error("row %zu wants %s at %s with \"%s\", but there is %s at %s: %s\n", i,
                        bpo_status_name(row->status), row->path, row->part, bpo_status_name(status), err.path,
                        err.message);
            wrong++;
        }
        assert_null(contract);
        bpo_terms_unref(terms);
    }
    bpo_context_unref(context);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_refusal_names_its_place_and_says_what_would_be_right),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
