/* SPDX-License-Identifier: Apache-2.0 */
/* Scenarios of tickets. Each metric becomes a contract of its own, for a scenario may give it a calendar of its own;
 * each event becomes a fact that carries the scenario's word in the host's attribute "event", on which the metric's
 * conditions stand; its place in the list is the fact's order. */
#include "driver.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Status words of the scenarios and what they are to a helpdesk; others are open. */
static const char *const categories[] = {"new", "open", "pending", "on_hold", "solved", "closed"};

static const char *category_of(const char *status)
{
    for (size_t i = 0; i < sizeof categories / sizeof *categories; i++)
        if (strcmp(categories[i], status) == 0)
            return status;
    return "open";
}

/* A condition such as `event in (created, reopened)`. */
static bool set_words(vector *v, bpo_terms *terms, const char *term, const char *name, const json_t *words)
{
    char path[128];
    char text[512];
    size_t index;
    const json_t *word;
    if (json_array_size(words) == 0)
        return true;
    int size = snprintf(text, sizeof text, "%s in (", name);
    json_array_foreach(words, index, word)
    {
        size += snprintf(text + size, sizeof text - (size_t)size, "%s%s", index ? ", " : "", json_string_value(word));
    }
    snprintf(text + size, sizeof text - (size_t)size, ")");
    snprintf(path, sizeof path, "/sla/metrics/clock/%s", term);
    return set_term(v, terms, path, text);
}

static bool set_statuses(vector *v, bpo_terms *terms)
{
    char path[128];
    size_t index;
    const json_t *event;
    json_array_foreach(json_object_get(v->whole, "events"), index, event)
    {
        const char *status = text_of(event, "status", NULL);
        snprintf(path, sizeof path, "/tickets/statuses/%s", status ? status : "");
        if (status && !set_term(v, terms, path, category_of(status)))
            return false;
    }
    return true;
}

static bool set_metric(vector *v, bpo_terms *terms, const json_t *metric)
{
    char target[32];
    bool elapsed = strcmp(text_of(metric, "clock", "business"), "calendar") == 0;
    snprintf(target, sizeof target, "PT%lldS", (long long)integer_of(metric, "target_s"));
    return set_words(v, terms, "start", "event", json_object_get(metric, "start")) &&
           set_words(v, terms, "stop", "event", json_object_get(metric, "stop")) &&
           set_words(v, terms, "cancel", "event", json_object_get(metric, "cancel")) &&
           set_words(v, terms, "restart", "event", json_object_get(metric, "restart_on")) &&
           set_words(v, terms, "pause", "status", json_object_get(metric, "pause_status")) &&
           set_term(v, terms, "/sla/metrics/clock/again", text_of(metric, "again", "never")) &&
           set_term(v, terms, "/sla/metrics/clock/clock", elapsed ? "elapsed" : "business") &&
           set_term(v, terms, "/sla/policies/all/calendar", "hours") &&
           set_term(v, terms, "/sla/policies/all/due_display", text_of(metric, "landing", "earliest")) &&
           set_term(v, terms, "/sla/policies/all/targets/clock", target);
}

static bpo_contract *compile(vector *v, const json_t *metric)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_terms *terms = NULL;
    bpo_contract *contract = NULL;
    const char *calendar = text_of(metric, "cal", text_of(v->whole, "cal", ""));
    if (succeeded(v, bpo_terms_new(v->context, &terms, &err), &err) &&
        set_calendar(v, terms, "/calendars/hours", calendar) && set_statuses(v, terms) && set_metric(v, terms, metric))
        succeeded(v, bpo_contract_new(v->context, terms, &contract, &err), &err);
    bpo_terms_unref(terms);
    return contract;
}

/* --- events as facts -------------------------------------------------------------------------------------------- */

static bpo_value text_value(uint32_t name, const char *text)
{
    bpo_value value = {name, BPO_TYPE_TEXT, 0, {0, 0, 0, 0}, text, strlen(text)};
    return value;
}

static bpo_fact_kind kind_of_event(const json_t *event, bool opens)
{
    const char *word = text_of(event, "kind", "");
    if (opens)
        return BPO_TICKET_OPENED;
    if (strcmp(word, "status") == 0)
        return BPO_TICKET_STATUS_CHANGED;
    return strcmp(word, "target") == 0 ? BPO_TICKET_TARGET_SET : BPO_TICKET_UPDATED;
}

static size_t values_of_event(const json_t *event, uint32_t word_id, bpo_value *values)
{
    size_t count = 0;
    const char *status = text_of(event, "status", NULL);
    values[count++] = text_value(word_id, text_of(event, "kind", ""));
    if (status)
        values[count++] = text_value(BPO_VALUE_STATUS, status);
    if (json_object_get(event, "target_s")) {
        bpo_value target = {BPO_VALUE_TARGET, BPO_TYPE_INTEGER, 0, {0, 0, 0, 0}, NULL, 0};
        target.integer = seconds_of(json_object_get(event, "target_s"));
        values[count++] = target;
        values[count++] = text_value(BPO_VALUE_METRIC, "clock");
    }
    return count;
}

static bool apply(vector *v, bpo_ticket *ticket, const json_t *event, size_t index, bool opens, uint32_t word_id)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_value values[4];
    char key[24];
    bpo_fact fact = BPO_FACT_INIT;
    fact.kind = kind_of_event(event, opens);
    fact.at = instant_of(v, json_object_get(event, "t"));
    fact.order = (int64_t)index + 1;
    fact.subject = "ticket";
    fact.subject_size = strlen(fact.subject);
    fact.key = key;
    fact.key_size = (size_t)snprintf(key, sizeof key, "event-%zu", index);
    fact.values = values;
    fact.value_count = values_of_event(event, word_id, values);
    return succeeded(v, bpo_ticket_apply(ticket, &fact, NULL, &err), &err);
}

/* The event that opens the ticket: the first "created", else the first of all. */
static size_t opening_event(const json_t *events)
{
    size_t index;
    const json_t *event;
    json_array_foreach(events, index, event)
    {
        if (strcmp(text_of(event, "kind", ""), "created") == 0)
            return index;
    }
    return 0;
}

/* A target meant for another metric is not for this contract. */
static bool concerns(const json_t *event, const json_t *metric)
{
    const char *meant = text_of(event, "metric", NULL);
    return !meant || strcmp(meant, text_of(metric, "metric", "")) == 0;
}

static bool apply_all(vector *v, bpo_contract *contract, bpo_ticket *ticket, const json_t *metric)
{
    bpo_error err = BPO_ERROR_INIT;
    uint32_t word_id = 0;
    const json_t *events = json_object_get(v->whole, "events");
    size_t opening = opening_event(events);
    size_t index;
    const json_t *event;
    if (!succeeded(v, bpo_contract_attribute(contract, "event", &word_id, &err), &err))
        return false;
    json_array_foreach(events, index, event)
    {
        if (concerns(event, metric) && !apply(v, ticket, event, index, index == opening, word_id))
            return false;
    }
    return true;
}

/* --- checks ------------------------------------------------------------------------------------------------------ */

static const char *state_name(bpo_clock_state state)
{
    static const char *const names[] = {"?",   "none",   "running",   "paused",       "breached",
                                        "met", "missed", "cancelled", "indeterminate"};
    return state > 0 && (size_t)state < sizeof names / sizeof *names ? names[state] : names[0];
}

static void expect_clock(vector *v, const bpo_clock *clock)
{
    expect_text(v, "state", state_name(clock->state));
    expect_instant(v, "due", clock->due_at);
    expect_seconds(v, "elapsed_s", clock->elapsed);
    expect_seconds(v, "remaining_s", clock->remaining);
    expect_seconds(v, "over_s", -clock->remaining);
    expect_seconds(v, "worst_s", clock->elapsed_worst);
    expect_integer(v, "cycles", clock->cycle);
    expect_flag(v, "breached", clock->remaining < 0);
}

/* Compares one check; what it asks for stands in for the scenario's expectations. */
static void run_check(vector *v, bpo_ticket *ticket, const json_t *check)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_clock clock = BPO_CLOCK_INIT;
    json_t *all = v->expected;
    bpo_time now = instant_of(v, json_object_get(check, "at"));
    if (!succeeded(v, bpo_ticket_clock(ticket, "clock", now, &clock, &err), &err))
        return;
    bool failed_before = v->failed;
    v->expected = json_object_get(check, "expect");
    v->failed = false;
    expect_clock(v, &clock);
    if (v->failed)
        fprintf(v->details, "     %s: metric %s at %s\n", v->id, text_of(check, "metric", ""),
                text_of(check, "at", ""));
    v->failed |= failed_before;
    v->expected = all;
}

static void run_metric(vector *v, const json_t *metric)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_ticket *ticket = NULL;
    size_t index;
    const json_t *check;
    bpo_contract *contract = compile(v, metric);
    if (contract && succeeded(v, bpo_ticket_new(contract, &ticket, &err), &err) &&
        apply_all(v, contract, ticket, metric)) {
        json_array_foreach(json_object_get(v->whole, "checks"), index, check)
        {
            if (strcmp(text_of(check, "metric", ""), text_of(metric, "metric", "")) == 0)
                run_check(v, ticket, check);
        }
    }
    bpo_ticket_unref(ticket);
    bpo_contract_unref(contract);
}

/* Keys that some check asks for and nothing here compares. */
static void list_expectations(vector *v)
{
    size_t index;
    const json_t *check;
    json_array_foreach(json_object_get(v->whole, "checks"), index, check)
    {
        json_object_update(v->expected, json_object_get(check, "expect"));
    }
}

static void ticket(vector *v)
{
    size_t index;
    const json_t *metric;
    list_expectations(v);
    json_array_foreach(json_object_get(v->whole, "metrics"), index, metric)
    {
        if (json_object_get(metric, "target_days")) {
            skip(v, "a target in days is not built");
            return;
        }
    }
    json_array_foreach(json_object_get(v->whole, "metrics"), index, metric)
    {
        run_metric(v, metric);
    }
}

const kind ticket_kinds[] = {{"ticket", ticket}, {NULL, NULL}};
