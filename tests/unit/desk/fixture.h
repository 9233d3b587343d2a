/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of the desk share: a small contract, facts of a ticket, and storage that many desks can open. */
#ifndef BPO_TESTS_DESK_FIXTURE_H
#define BPO_TESTS_DESK_FIXTURE_H

#include "support/fault.h"
#include "support/host.h"
#include "support/test.h"
#include <bpo/bpo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const base_terms[][2] = {
    {"/contract/id", "acme-2026"},
    {"/contract/currency", "USD"},
    {"/contract/time_zone", "UTC"},
    {"/contract/start", "2026-01-01"},
    {"/parties/client/name", "Acme Retail"},
    {"/parties/provider/name", "Northwind Support"},
    {"/calendars/office/hours/mon-fri", "09:00-17:00"},
    {"/sla/policies/standard/calendar", "office"},
    {"/sla/policies/standard/targets/first_response", "PT1H"},
    {"/sla/policies/standard/targets/resolution", "PT8H"},
    {"/pricing/charges/tickets/model", "per_task"},
    {"/pricing/charges/tickets/meter", "tickets_resolved"},
    {"/pricing/charges/tickets/rate", "1.20"},
    {"/service_levels/answered/kpi", "sla_attainment"},
    {"/service_levels/answered/metric", "first_response"},
    {"/service_levels/answered/expected", "95%"},
};

static inline bpo_time at(const char *text)
{
    bpo_time instant = 0;
    assert_int_equal(bpo_time_parse(text, &instant, NULL), BPO_OK);
    return instant;
}

/* `path`, if not NULL, is set to `value` on top of the base. */
static inline bpo_status make_contract(bpo_context *context, const char *path, const char *value,
                                       bpo_contract **ret_contract, bpo_error *err)
{
    bpo_terms *terms = NULL;
    bpo_status status = bpo_terms_new(context, &terms, err);
    for (size_t i = 0; i < sizeof base_terms / sizeof base_terms[0] && status == BPO_OK; i++)
        status = bpo_terms_set(terms, base_terms[i][0], base_terms[i][1], err);
    if (status == BPO_OK && path)
        status = bpo_terms_set(terms, path, value, err);
    if (status == BPO_OK)
        status = bpo_contract_new(context, terms, ret_contract, err);
    bpo_terms_unref(terms);
    return status;
}

/* A fact of a ticket; author "" for none. */
static inline bpo_fact ticket_fact(bpo_fact_kind kind, const char *key, const char *subject, bpo_time when)
{
    bpo_fact fact = BPO_FACT_INIT;
    fact.kind = kind;
    fact.at = when;
    fact.recorded_at = when;
    fact.key = key;
    fact.key_size = strlen(key);
    fact.subject = subject;
    fact.subject_size = strlen(subject);
    return fact;
}

static inline bpo_value text_value(uint32_t name, const char *text)
{
    bpo_value value = {.name = name, .type = BPO_TYPE_TEXT, .text = text, .size = strlen(text)};
    return value;
}

/* Opened, and solved two hours later without an answer in between: one breach, one resolution. */
static const bpo_value public_answer[] = {
    {.name = BPO_VALUE_AUTHOR, .type = BPO_TYPE_TEXT, .text = "agent", .size = 5},
    {.name = BPO_VALUE_PUBLIC, .type = BPO_TYPE_INTEGER, .integer = 1},
};

/* One storage, and connections to it that leave it alone when they end. */
static inline bpo_store shared(const bpo_store *storage)
{
    bpo_store store = *storage;
    store.release = NULL;
    return store;
}

/* A context with zones and digest, a memory storage, the contract and a desk. */
typedef struct office {
    bpo_context *context;
    bpo_store storage;
    bpo_contract *contract;
    bpo_desk *desk;
    bpo_report *report;
    bpo_notices *notices;
    bpo_error err;
} office;

static inline void expect_ok(bpo_status status, const bpo_error *err)
{
    if (status != BPO_OK)
        fail_msg("%s: %s: %s", bpo_status_name(status), err->path, err->message);
}

static inline void open_office(office *o, const char *path, const char *value)
{
    bpo_host host = test_host();
    bpo_store store;
    memset(o, 0, sizeof *o);
    bpo_error_init(&o->err);
    bpo_store_init(&o->storage);
    expect_ok(bpo_context_new(&host, &o->context, &o->err), &o->err);
    expect_ok(bpo_memory_store_new(o->context, &o->storage, &o->err), &o->err);
    expect_ok(make_contract(o->context, path, value, &o->contract, &o->err), &o->err);
    store = shared(&o->storage);
    expect_ok(bpo_desk_create(o->contract, &store, "acme", &o->desk, &o->err), &o->err);
    expect_ok(bpo_report_new(o->context, &o->report, &o->err), &o->err);
    expect_ok(bpo_notices_new(o->context, &o->notices, &o->err), &o->err);
}

static inline void close_office(office *o)
{
    bpo_notices_unref(o->notices);
    bpo_report_unref(o->report);
    bpo_desk_unref(o->desk);
    bpo_contract_unref(o->contract);
    o->storage.release(o->storage.user);
    bpo_context_unref(o->context);
}

/* Another desk on the same storage, as another process would open it. */
static inline bpo_desk *open_beside(office *o)
{
    bpo_desk *desk = NULL;
    bpo_store store = shared(&o->storage);
    expect_ok(bpo_desk_open(o->context, &store, "acme", &desk, &o->err), &o->err);
    return desk;
}

static inline void record_ok(office *o, bpo_desk *desk, bpo_time now, const bpo_fact *facts, size_t count)
{
    expect_ok(bpo_desk_record(desk, now, facts, count, o->report, &o->err), &o->err);
}

/* The rows of the report as "index:code index:code". */
static inline const char *rows(const office *o)
{
    static char text[256];
    size_t end = 0;
    text[0] = '\0';
    for (size_t i = 0; i < bpo_report_count(o->report); i++) {
        bpo_report_row row = BPO_REPORT_ROW_INIT;
        assert_int_equal(bpo_report_at(o->report, i, &row), BPO_OK);
        end += (size_t)snprintf(text + end, sizeof text - end, "%s%zu:%d", i ? " " : "", row.index, row.code);
    }
    return text;
}

/* A statement as its canonical bytes. */
static inline test_bytes bytes_of(const bpo_statement *statement)
{
    test_bytes bytes = {0};
    bpo_sink sink = test_bytes_sink(&bytes);
    assert_int_equal(bpo_statement_encode(statement, &sink, NULL), BPO_OK);
    return bytes;
}

static inline void expect_same_statement(bpo_statement *a, bpo_statement *b)
{
    test_bytes x = bytes_of(a), y = bytes_of(b);
    assert_int_equal(x.size, y.size);
    assert_memory_equal(x.data, y.data, x.size);
    test_bytes_clear(&x);
    test_bytes_clear(&y);
}

#endif
