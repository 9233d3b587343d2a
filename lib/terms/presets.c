/* SPDX-License-Identifier: Apache-2.0 */
/* Presets, one row a field. The clocks' rules are those of spec/sla.md section 4.4. */
#include "terms/presets.h"

#define METRIC BPO__COLLECTION_METRIC
#define METER  BPO__COLLECTION_METER
#define KPI    BPO__COLLECTION_KPI

/* A host says that a ticket is done by a fact of its own or by a status. */
#define DONE                                                                                                           \
    "kind in (ticket.solved, ticket.closed) or kind = ticket.status_changed and status_category in (solved, closed)"
#define ANSWERED "kind = ticket.messaged and author = agent and public = true or " DONE
/* Opened, or at work again after it was done. */
#define AT_WORK                                                                                                        \
    "kind in (ticket.opened, ticket.reopened) or "                                                                     \
    "kind = ticket.status_changed and status_category in (new, open, pending, on_hold)"
#define DELETED "kind = ticket.deleted"

static const struct preset {
    bpo__collection collection;
    const char *name;
    const char *field;
    const char *value;
} presets[] = {
    /* A ticket that an agent opened has no first response; the customer's first message starts next_response. */
    {METRIC, "first_response", "start", "kind = ticket.opened and not author = agent"},
    {METRIC, "first_response", "stop", ANSWERED},
    {METRIC, "first_response", "cancel", DELETED},
    {METRIC, "first_response", "again", "never"},
    /* A clock that runs is not started again: it counts from the oldest message without an answer. */
    {METRIC, "next_response", "start", "kind = ticket.messaged and author = customer"},
    {METRIC, "next_response", "stop", ANSWERED},
    {METRIC, "next_response", "cancel", DELETED},
    {METRIC, "next_response", "again", "new_cycle"},
    {METRIC, "first_resolution", "start", "kind = ticket.opened"},
    {METRIC, "first_resolution", "stop", DONE},
    {METRIC, "first_resolution", "cancel", DELETED},
    {METRIC, "first_resolution", "pause", "status_category in (pending, on_hold)"},
    {METRIC, "first_resolution", "again", "never"},
    {METRIC, "resolution", "start", AT_WORK},
    {METRIC, "resolution", "stop", DONE},
    {METRIC, "resolution", "cancel", DELETED},
    {METRIC, "resolution", "pause", "status_category in (pending, on_hold)"},
    {METRIC, "resolution", "again", "resume"},
    {METRIC, "requester_wait", "start", AT_WORK},
    {METRIC, "requester_wait", "stop", DONE},
    {METRIC, "requester_wait", "cancel", DELETED},
    {METRIC, "requester_wait", "pause", "status_category = pending"},
    {METRIC, "requester_wait", "again", "resume"},
    {METRIC, "agent_work", "start", AT_WORK},
    {METRIC, "agent_work", "stop", DONE},
    {METRIC, "agent_work", "cancel", DELETED},
    {METRIC, "agent_work", "pause", "status_category in (pending, on_hold)"},
    {METRIC, "agent_work", "again", "resume"},

    {METER, "tickets_resolved", "fact", "ticket.solved"},
    {METER, "tickets_resolved", "once_per", "ticket"},
    {METER, "tickets_closed", "fact", "ticket.closed"},
    {METER, "tickets_closed", "once_per", "ticket"},
    {METER, "tasks_accepted", "fact", "task.completed"},
    {METER, "tasks_accepted", "when", "not accepted = false"},
    {METER, "tasks_accepted", "quantity", "quantity"},
    {METER, "hours_worked", "fact", "time.worked"},
    {METER, "hours_worked", "quantity", "duration"},
    {METER, "seats", "fact", "seat.changed"},

    {KPI, "tickets_opened", "form", "count"},
    {KPI, "tickets_opened", "fact", "ticket.opened"},
    {KPI, "tickets_opened", "direction", "lower"},
    {KPI, "tickets_resolved", "form", "count"},
    {KPI, "tickets_resolved", "fact", "ticket.solved"},
    {KPI, "tickets_closed", "form", "count"},
    {KPI, "tickets_closed", "fact", "ticket.closed"},
    {KPI, "resolution_time", "form", "distribution"},
    {KPI, "resolution_time", "fact", "ticket.solved"},
    {KPI, "resolution_time", "since", "opened_at"},
    {KPI, "resolution_time", "direction", "lower"},
    {KPI, "reopened", "form", "count"},
    {KPI, "reopened", "fact", "ticket.reopened"},
    {KPI, "reopened", "direction", "lower"},
    {KPI, "sla_attainment", "form", "ratio"},
    {KPI, "csat", "form", "ratio"},
    {KPI, "csat", "fact", "survey.answered"},
    {KPI, "csat", "where", "survey = csat and has score"},
    {KPI, "csat", "numerator", "score >= 4"},
};

bool bpo__preset_exists(bpo__collection collection, bpo__text name)
{
    for (size_t i = 0; i < sizeof presets / sizeof presets[0]; i++)
        if (presets[i].collection == collection && bpo__text_is(name, presets[i].name))
            return true;
    return false;
}

bpo__text bpo__preset_value(bpo__collection collection, bpo__text name, const char *field)
{
    for (size_t i = 0; i < sizeof presets / sizeof presets[0]; i++)
        if (presets[i].collection == collection && bpo__text_is(name, presets[i].name) &&
            bpo__text_is(bpo__text_of(field), presets[i].field))
            return bpo__text_of(presets[i].value);
    return (bpo__text){NULL, 0};
}
