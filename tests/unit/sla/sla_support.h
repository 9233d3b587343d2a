/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of clocks share: one contract, and facts in one line.
 *
 * Standard tickets are measured Monday to Friday, 09:00 to 17:00 UTC; tickets of tier gold around the clock. */
#ifndef BPO_TESTS_SLA_SUPPORT_H
#define BPO_TESTS_SLA_SUPPORT_H

#include "support/test.h"

#include "support/fault.h"
#include <bpo/bpo.h>
#include <string.h>

/* Monday 2024-01-08, 00:00 UTC, and a time of day so many days later. */
#define MONDAY                (INT64_C(1704672000) * BPO_SECOND)
#define AT(day, hour, minute) (MONDAY + (day)*BPO_DAY + (hour)*BPO_HOUR + (minute)*BPO_MINUTE)

static const char *const desk_terms[][2] = {
    {"/contract/id", "desk"},
    {"/contract/currency", "USD"},
    {"/tickets/statuses/New", "new"},
    {"/tickets/statuses/Open", "open"},
    {"/tickets/statuses/Pending", "pending"},
    {"/tickets/statuses/Solved", "solved"},
    {"/tickets/statuses/Closed", "closed"},
    {"/tickets/statuses/Odd", "unknown"},
    {"/calendars/office/time_zone", "UTC"},
    {"/calendars/office/hours/mon-fri", "09:00-17:00"},
    {"/sla/order", "vip, standard"},
    {"/sla/policies/vip/when", "tier = gold"},
    {"/sla/policies/vip/targets/first_response", "PT15M"},
    {"/sla/policies/vip/targets/resolution", "PT6H"},
    {"/sla/policies/standard/calendar", "office"},
    {"/sla/policies/standard/targets/first_response", "PT1H"},
    {"/sla/policies/standard/targets/next_response", "PT2H"},
    {"/sla/policies/standard/targets/resolution/by/priority/high", "PT4H"},
    {"/sla/policies/standard/targets/resolution/by/priority/normal", "PT8H"},
};

static inline bpo_status desk_contract(bpo_context *context, bpo_contract **ret_contract, bpo_error *err)
{
    bpo_terms *terms = NULL;
    bpo_status status = bpo_terms_new(context, &terms, err);
    for (size_t i = 0; i < sizeof desk_terms / sizeof desk_terms[0] && status == BPO_OK; i++)
        status = bpo_terms_set(terms, desk_terms[i][0], desk_terms[i][1], err);
    if (status == BPO_OK)
        status = bpo_contract_new(context, terms, ret_contract, err);
    bpo_terms_unref(terms);
    return status;
}

/* One event of a ticket's life; fields that are NULL are not said. */
typedef struct event {
    bpo_fact_kind kind;
    bpo_time at;
    const char *key;
    const char *status;
    const char *priority;
    const char *tier;
    const char *author;
    const char *metric; /* with `target`: ticket.target_set */
    bpo_duration target;
    int64_t order;
    uint32_t revision;
    uint32_t flags;
} event;

/* An ordinary opening: Monday at ten. */
static const event opening = {
    .kind = BPO_TICKET_OPENED, .at = AT(0, 10, 0), .key = "open", .status = "New", .priority = "normal"};

typedef struct event_fact {
    bpo_fact fact;
    bpo_value values[8];
} event_fact;

static inline void put_text_value(event_fact *into, uint32_t name, const char *text)
{
    if (text == NULL)
        return;
    bpo_value value = {.name = name, .type = BPO_TYPE_TEXT, .text = text, .size = strlen(text)};
    into->values[into->fact.value_count++] = value;
}

static inline void put_integer_value(event_fact *into, uint32_t name, int64_t integer)
{
    bpo_value value = {.name = name, .type = BPO_TYPE_INTEGER, .integer = integer};
    into->values[into->fact.value_count++] = value;
}

static inline void make_fact(const event *from, event_fact *into)
{
    static const bpo_fact initial = BPO_FACT_INIT;
    into->fact = initial;
    into->fact.kind = from->kind;
    into->fact.at = from->at;
    into->fact.order = from->order;
    into->fact.revision = from->revision;
    into->fact.flags = from->flags;
    into->fact.subject = "T-1";
    into->fact.subject_size = 3;
    into->fact.key = from->key;
    into->fact.key_size = strlen(from->key);
    into->fact.values = into->values;
    put_text_value(into, BPO_VALUE_STATUS, from->status);
    put_text_value(into, BPO_VALUE_PRIORITY, from->priority);
    put_text_value(into, BPO_VALUE_TIER, from->tier);
    put_text_value(into, BPO_VALUE_AUTHOR, from->author);
    if (from->author != NULL)
        put_integer_value(into, BPO_VALUE_PUBLIC, 1);
    if (from->metric != NULL) {
        put_text_value(into, BPO_VALUE_METRIC, from->metric);
        put_integer_value(into, BPO_VALUE_TARGET, from->target);
    }
}

/* A ticket of the desk's contract, with what its last call changed. */
typedef struct desk_ticket {
    bpo_context *context;
    bpo_contract *contract;
    bpo_ticket *ticket;
    bpo_changes *changes;
    bpo_error err;
} desk_ticket;

static inline bpo_status open_desk_ticket(const bpo_host *host, desk_ticket *t)
{
    static const bpo_error clean = BPO_ERROR_INIT;
    memset(t, 0, sizeof *t);
    t->err = clean;
    bpo_status status = bpo_context_new(host, &t->context, &t->err);
    if (status >= 0)
        status = desk_contract(t->context, &t->contract, &t->err);
    if (status >= 0)
        status = bpo_ticket_new(t->contract, &t->ticket, &t->err);
    return status < 0 ? status : bpo_changes_new(t->context, &t->changes, &t->err);
}

static inline void close_desk_ticket(desk_ticket *t)
{
    bpo_changes_unref(t->changes);
    bpo_ticket_unref(t->ticket);
    bpo_contract_unref(t->contract);
    bpo_context_unref(t->context);
}

static inline bpo_status apply_event(desk_ticket *t, const event *one)
{
    event_fact made;
    make_fact(one, &made);
    return bpo_ticket_apply(t->ticket, &made.fact, t->changes, &t->err);
}

static inline desk_ticket new_desk_ticket(const event *events, size_t count)
{
    desk_ticket t;
    if (open_desk_ticket(NULL, &t) < 0)
        fail_msg("%s: %s", t.err.path, t.err.message);
    for (size_t i = 0; i < count; i++)
        if (apply_event(&t, &events[i]) < 0)
            fail_msg("%s: %s", t.err.path, t.err.message);
    return t;
}

#define DESK_TICKET(events) new_desk_ticket(events, sizeof(events) / sizeof((events)[0]))

static inline bpo_clock clock_at(desk_ticket *t, const char *metric, bpo_time now)
{
    bpo_clock clock = BPO_CLOCK_INIT;
    if (bpo_ticket_clock(t->ticket, metric, now, &clock, &t->err) < 0)
        fail_msg("%s", t->err.message);
    return clock;
}

/* Whether the last call reported the change; `metric` may be NULL. */
static inline bool has_change(const desk_ticket *t, bpo_change_kind kind, const char *metric, bpo_time at)
{
    for (size_t i = 0; i < bpo_changes_count(t->changes); i++) {
        bpo_change change = BPO_CHANGE_INIT;
        assert_int_equal(bpo_changes_at(t->changes, i, &change), BPO_OK);
        bool same = change.metric == metric || (metric && change.metric && strcmp(change.metric, metric) == 0);
        if (change.kind == kind && same && change.at == at)
            return true;
    }
    return false;
}

/* A sink into a block of the test. */
typedef struct byte_block {
    size_t size;
    unsigned char data[8192];
} byte_block;

static inline bpo_status write_block(void *user, const void *data, size_t size)
{
    byte_block *block = user;
    if (size > sizeof block->data - block->size)
        return BPO_E_LIMIT;
    memcpy(block->data + block->size, data, size);
    block->size += size;
    return BPO_OK;
}

static inline bpo_status encode_ticket(bpo_ticket *ticket, byte_block *block)
{
    bpo_sink sink = BPO_SINK_INIT;
    sink.user = block;
    sink.write = write_block;
    block->size = 0;
    return bpo_ticket_encode(ticket, &sink, NULL);
}

#endif
