/* SPDX-License-Identifier: Apache-2.0 */
/* The contract and the facts of the ledger's tests: one small desk in UTC, 2026. */
#ifndef BPO_TESTS_ACME_H
#define BPO_TESTS_ACME_H

#include "support/fault.h"
#include "support/host.h"
#include <bpo/bpo.h>
#include <string.h>

/* Instants of 2026, UTC. */
#define ACME_NEW_YEAR (INT64_C(1767225600) * BPO_SECOND)
#define JANUARY(day, hour, minute) \
    (ACME_NEW_YEAR + ((day) - 1) * BPO_DAY + (hour) * BPO_HOUR + (minute) * BPO_MINUTE)
#define FEBRUARY(day, hour, minute) JANUARY((day) + 31, hour, minute)
#define MARCH(day, hour, minute) JANUARY((day) + 59, hour, minute)

/* A fact that holds its own texts and values. */
typedef struct acme_fact {
    bpo_fact fact;
    bpo_value values[4];
    char subject[24];
    char key[24];
} acme_fact;

static const char *const acme_terms[][2] = {
    {"/contract/id", "acme-2026"},
    {"/contract/currency", "EUR"},
    {"/contract/time_zone", "UTC"},
    {"/contract/start", "2026-01-01"},
    {"/calendars/office/hours/mon-fri", "09:00-17:00"},
    {"/sla/policies/standard/calendar", "office"},
    {"/sla/policies/standard/targets/first_response", "PT1H"},
    {"/sla/policies/standard/targets/resolution", "PT8H"},
    {"/pricing/order", "fee, seats, tickets, work"},
    {"/pricing/charges/fee/model", "fixed"},
    {"/pricing/charges/fee/rate", "100.00"},
    {"/pricing/charges/seats/model", "per_seat"},
    {"/pricing/charges/seats/rate", "310.00"},
    {"/pricing/charges/tickets/model", "per_task"},
    {"/pricing/charges/tickets/meter", "tickets_resolved"},
    {"/pricing/charges/tickets/tiers/0/up_to", "2"},
    {"/pricing/charges/tickets/tiers/0/rate", "10.00"},
    {"/pricing/charges/tickets/tiers/1/rate", "4.00"},
    {"/pricing/charges/work/model", "hourly"},
    {"/pricing/charges/work/rate", "60.00"},
    {"/kpis/tickets_opened/by/priority", "priority"},
    {"/kpis/tickets_resolved/preset", "tickets_resolved"},
    {"/kpis/worked/form", "distribution"},
    {"/kpis/worked/fact", "time.worked"},
    {"/kpis/worked/value", "duration"},
    {"/service_levels/answered/kpi", "sla_attainment"},
    {"/service_levels/answered/metric", "first_response"},
    {"/service_levels/answered/expected", "60%"},
    {"/service_levels/answered/by/priority", "priority"},
    {"/service_levels/resolved/kpi", "sla_attainment"},
    {"/service_levels/resolved/metric", "resolution"},
    {"/service_levels/resolved/expected", "95%"},
};

/* Context and contract with one term more, where path is not NULL; on failure nothing is kept. */
static inline bpo_status acme_open_with(const bpo_host *host, const char *path, const char *value,
                                        bpo_contract **ret_contract)
{
    bpo_context *context = NULL;
    bpo_terms *terms = NULL;
    bpo_status status = bpo_context_new(host, &context, NULL);
    if (status >= 0)
        status = bpo_terms_new(context, &terms, NULL);
    for (size_t i = 0; i < sizeof acme_terms / sizeof *acme_terms && status >= 0; i++)
        status = bpo_terms_set(terms, acme_terms[i][0], acme_terms[i][1], NULL);
    if (status >= 0 && path != NULL)
        status = bpo_terms_set(terms, path, value, NULL);
    if (status >= 0)
        status = bpo_contract_new(context, terms, ret_contract, NULL);
    bpo_terms_unref(terms);
    bpo_context_unref(context);
    return status;
}

static inline bpo_status acme_open(const bpo_host *host, bpo_contract **ret_contract)
{
    return acme_open_with(host, NULL, NULL, ret_contract);
}

/* The contract with the tickets' and the hours' price changed in the middle of January. */
static inline bpo_status acme_amend(bpo_context *context, bpo_contract *contract, bpo_contract **ret_contract)
{
    bpo_terms *changes = NULL;
    bpo_amendment amendment = BPO_AMENDMENT_INIT;
    bpo_status status = bpo_terms_new(context, &changes, NULL);
    if (status >= 0)
        status = bpo_terms_set(changes, "/pricing/charges/work/rate", "90.00", NULL);
    if (status >= 0)
        status = bpo_terms_set(changes, "/pricing/charges/fee/rate", "200.00", NULL);
    amendment.number = 1;
    amendment.effective_from = JANUARY(17, 0, 0);
    amendment.recorded_at = JANUARY(2, 0, 0);
    amendment.client_approval = "c.buyer";
    amendment.provider_approval = "p.seller";
    amendment.changes = changes;
    if (status >= 0)
        status = bpo_contract_amend(contract, &amendment, ret_contract, NULL);
    bpo_terms_unref(changes);
    return status;
}

static inline void acme_set(acme_fact *f, bpo_fact_kind kind, bpo_time at, const char *subject, const char *key)
{
    static const acme_fact fresh = {.fact = BPO_FACT_INIT};
    *f = fresh;
    strcpy(f->subject, subject);
    strcpy(f->key, key);
    f->fact.kind = kind;
    f->fact.at = at;
}

static inline bpo_value *acme_value(acme_fact *f, uint32_t name, int32_t type)
{
    bpo_value *value = &f->values[f->fact.value_count++];
    value->name = name;
    value->type = type;
    return value;
}

static inline void acme_text(acme_fact *f, uint32_t name, const char *text)
{
    bpo_value *value = acme_value(f, name, BPO_TYPE_TEXT);
    value->text = text;
    value->size = strlen(text);
}

/* The kinds of facts that the tests use. */
static inline acme_fact acme_opened(bpo_time at, const char *ticket, const char *key, const char *priority)
{
    acme_fact f;
    acme_set(&f, BPO_TICKET_OPENED, at, ticket, key);
    acme_text(&f, BPO_VALUE_PRIORITY, priority);
    return f;
}

static inline acme_fact acme_replied(bpo_time at, const char *ticket, const char *key)
{
    acme_fact f;
    acme_set(&f, BPO_TICKET_MESSAGED, at, ticket, key);
    acme_text(&f, BPO_VALUE_AUTHOR, "agent");
    acme_value(&f, BPO_VALUE_PUBLIC, BPO_TYPE_INTEGER)->integer = 1;
    return f;
}

static inline acme_fact acme_solved(bpo_time at, const char *ticket, const char *key)
{
    acme_fact f;
    acme_set(&f, BPO_TICKET_SOLVED, at, ticket, key);
    return f;
}

static inline acme_fact acme_worked(bpo_time at, const char *agent, const char *key, bpo_duration duration)
{
    acme_fact f;
    acme_set(&f, BPO_TIME_WORKED, at, agent, key);
    acme_value(&f, BPO_VALUE_DURATION, BPO_TYPE_INTEGER)->integer = duration;
    return f;
}

static inline acme_fact acme_seat(bpo_time at, const char *seat, const char *key, const char *seat_state)
{
    acme_fact f;
    acme_set(&f, BPO_SEAT_CHANGED, at, seat, key);
    acme_text(&f, BPO_VALUE_STATE, seat_state);
    return f;
}

/* Points the fact at its own texts; after every copy. */
static inline const bpo_fact *acme_point(acme_fact *f)
{
    f->fact.subject = f->subject;
    f->fact.subject_size = strlen(f->subject);
    f->fact.key = f->key;
    f->fact.key_size = strlen(f->key);
    f->fact.values = f->values;
    return &f->fact;
}

static inline bpo_status acme_add(bpo_ledger *ledger, acme_fact fact, bpo_report *report, bpo_error *err)
{
    return bpo_ledger_add(ledger, acme_point(&fact), 1, report, err);
}

#endif
