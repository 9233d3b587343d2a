/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of terms share: trees from tables of lines, and the contract of docs that must always compile. */
#ifndef BPO_TESTS_TERMS_SUPPORT_H
#define BPO_TESTS_TERMS_SUPPORT_H

#include "support/test.h"

#include "support/fault.h"
#include "support/host.h"
#include <bpo/bpo.h>
#include <string.h>

typedef struct line {
    const char *path;
    const char *value;
} line;

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The complete example of the specification. */
static const line complete[] = {
    {"/contract/id", "acme-2026"},
    {"/contract/currency", "USD"},
    {"/contract/time_zone", "America/New_York"},
    {"/contract/start", "2026-01-01"},
    {"/parties/client/name", "Acme Retail"},
    {"/parties/provider/name", "Northwind Support"},
    {"/calendars/office/hours/mon-fri", "09:00-17:00"},
    {"/calendars/office/holidays/2026-07-03", "Independence Day (observed)"},
    {"/sla/policies/standard/calendar", "office"},
    {"/sla/policies/standard/targets/first_response", "PT1H"},
    {"/sla/policies/standard/targets/resolution", "PT8H"},
    {"/pricing/charges/seats/model", "per_seat"},
    {"/pricing/charges/seats/rate", "1850.00"},
    {"/pricing/charges/tickets/model", "per_task"},
    {"/pricing/charges/tickets/meter", "tickets_resolved"},
    {"/pricing/charges/tickets/tiers/0/up_to", "1000"},
    {"/pricing/charges/tickets/tiers/0/rate", "1.20"},
    {"/pricing/charges/tickets/tiers/1/rate", "0.95"},
    {"/service_levels/answered/kpi", "sla_attainment"},
    {"/service_levels/answered/metric", "first_response"},
    {"/service_levels/answered/expected", "95%"},
};

/* Puts lines into a tree until one is refused. */
static inline bpo_status put_lines(bpo_terms *terms, const line *lines, size_t count, bpo_error *err)
{
    bpo_status status = BPO_OK;

    for (size_t i = 0; status == BPO_OK && i < count; i++)
        status = bpo_terms_set(terms, lines[i].path, lines[i].value, err);
    return status;
}

static inline bpo_context *context_new(void)
{
    bpo_host host = test_host();
    bpo_context *context = NULL;

    assert_int_equal(bpo_context_new(&host, &context, NULL), BPO_OK);
    return context;
}

static inline bpo_terms *terms_of(bpo_context *context, const line *lines, size_t count)
{
    bpo_terms *terms = NULL;

    assert_int_equal(bpo_terms_new(context, &terms, NULL), BPO_OK);
    assert_int_equal(put_lines(terms, lines, count, NULL), BPO_OK);
    return terms;
}

/* A contract of lines; a refusal fails the test with its message. */
static inline bpo_contract *contract_of(bpo_context *context, const line *lines, size_t count)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_terms *terms = terms_of(context, lines, count);
    bpo_contract *contract = NULL;

    if (bpo_contract_new(context, terms, &contract, &err) != BPO_OK)
        fail_msg("%s: %s", err.path, err.message);
    bpo_terms_unref(terms);
    return contract;
}

static inline void assert_contains(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("\"%s\" does not contain \"%s\"", text, part);
}

#endif
