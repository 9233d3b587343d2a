/* SPDX-License-Identifier: Apache-2.0 */
/* The two tables of facts: kinds with what they must and may have, and the names of values. Numbers and names are
 * stable once released; rows are only ever added. */
#include "terms/fact_table.h"

#include "core/sized.h"

/* Shorthands that keep a row readable. */
#define V(name) BPO_VALUE_##name

static const bpo__fact_row kinds[] = {
    {BPO_TICKET_OPENED, "ticket.opened", BPO__SUBJECT_TICKET, BPO__PRECEDENCE_OPENED, {0},
     {V(PRIORITY), V(TYPE), V(TIER), V(CHANNEL), V(GROUP), V(AGENT), V(CUSTOMER), V(STATUS), V(AUTHOR)},
     "", "priority,type,tier,channel,group,agent,customer,status,author",
     "The ticket exists from here on; by an agent where author says so.", {0}},
    {BPO_TICKET_MESSAGED, "ticket.messaged", BPO__SUBJECT_TICKET, BPO__PRECEDENCE_STOP, {V(AUTHOR)},
     {V(PUBLIC), V(AGENT), V(CHANNEL), V(STATUS)}, "author", "public,agent,channel,status",
     "Somebody wrote: author is customer, agent, system, vendor or unknown.", {0}},
    {BPO_TICKET_STATUS_CHANGED, "ticket.status_changed", BPO__SUBJECT_TICKET, BPO__PRECEDENCE_PAUSE, {V(STATUS)},
     {V(AUTHOR), V(REASON)}, "status", "author,reason",
     "The status is another word; /tickets/statuses says which.", {0}},
    {BPO_TICKET_ASSIGNED, "ticket.assigned", BPO__SUBJECT_TICKET, BPO__PRECEDENCE_CHANGE, {0}, {V(GROUP), V(AGENT)},
     "", "group,agent", "The ticket went to a group or an agent.", {0}},
    {BPO_TICKET_UPDATED, "ticket.updated", BPO__SUBJECT_TICKET, BPO__PRECEDENCE_CHANGE, {0},
     {V(PRIORITY), V(TYPE), V(TIER), V(CHANNEL), V(GROUP), V(AGENT), V(CUSTOMER), V(STATUS)}, "",
     "priority,type,tier,channel,group,agent,customer,status", "Attributes of the ticket changed.", {0}},
    {BPO_TICKET_ESCALATED, "ticket.escalated", BPO__SUBJECT_TICKET, BPO__PRECEDENCE_CHANGE, {0},
     {V(GROUP), V(AGENT), V(REASON)}, "", "group,agent,reason", "The ticket went up a level.", {0}},
    {BPO_TICKET_SOLVED, "ticket.solved", BPO__SUBJECT_TICKET, BPO__PRECEDENCE_STOP, {0},
     {V(STATUS), V(AGENT), V(REASON), V(OPENED_AT)}, "", "status,agent,reason,opened_at", "The work is done.", {0}},
    {BPO_TICKET_CLOSED, "ticket.closed", BPO__SUBJECT_TICKET, BPO__PRECEDENCE_STOP, {0},
     {V(STATUS), V(AGENT), V(REASON), V(OPENED_AT)}, "", "status,agent,reason,opened_at", "The ticket is closed.", {0}},
    {BPO_TICKET_REOPENED, "ticket.reopened", BPO__SUBJECT_TICKET, BPO__PRECEDENCE_START, {0},
     {V(STATUS), V(AUTHOR), V(REASON)}, "", "status,author,reason", "A solved or closed ticket is open again.", {0}},
    {BPO_TICKET_DELETED, "ticket.deleted", BPO__SUBJECT_TICKET, BPO__PRECEDENCE_CANCEL, {0}, {V(REASON)}, "",
     "reason", "Spam or a mistake: its clocks are cancelled.", {0}},
    {BPO_TICKET_TARGET_SET, "ticket.target_set", BPO__SUBJECT_TICKET, BPO__PRECEDENCE_CHANGE, {V(METRIC), V(TARGET)},
     {V(REASON)}, "metric,target", "reason", "A person gave this ticket another target for a metric.", {0}},
    {BPO_TASK_RECEIVED, "task.received", BPO__SUBJECT_AGENT, BPO__PRECEDENCE_OPENED, {0},
     {V(TASK_TYPE), V(QUANTITY), V(TICKET)}, "", "task_type,quantity,ticket",
     "Work arrived that is counted by piece.", {0}},
    {BPO_TASK_COMPLETED, "task.completed", BPO__SUBJECT_AGENT, BPO__PRECEDENCE_STOP, {0},
     {V(TASK_TYPE), V(QUANTITY), V(ACCEPTED), V(DEFECTS), V(OPPORTUNITIES), V(TICKET)}, "",
     "task_type,quantity,accepted,defects,opportunities,ticket", "A piece of work is done.", {0}},
    {BPO_TASK_REJECTED, "task.rejected", BPO__SUBJECT_AGENT, BPO__PRECEDENCE_STOP, {0},
     {V(TASK_TYPE), V(QUANTITY), V(REASON), V(TICKET)}, "", "task_type,quantity,reason,ticket",
     "A piece of work was not taken.", {0}},
    {BPO_TIME_WORKED, "time.worked", BPO__SUBJECT_AGENT, BPO__PRECEDENCE_STOP, {V(DURATION)},
     {V(STARTED), V(ENDED), V(SKILL), V(TICKET), V(PRIORITY), V(TYPE), V(TIER), V(GROUP)}, "duration",
     "started,ended,skill,ticket,priority,type,tier,group",
     "Time that an agent worked: its duration, or started and ended.", {V(STARTED), V(ENDED)}},
    {BPO_USAGE_RECORDED, "usage.recorded", BPO__SUBJECT_ENGAGEMENT, BPO__PRECEDENCE_STOP, {V(METER), V(QUANTITY)},
     {0}, "meter,quantity", "", "A quantity that another system measured.", {0}},
    {BPO_SEAT_CHANGED, "seat.changed", BPO__SUBJECT_SEAT, BPO__PRECEDENCE_CHANGE, {V(STATE)},
     {V(AGENT), V(SKILL), V(SEAT_KIND), V(LINE), V(SITE)}, "state", "agent,skill,seat_kind,line,site",
     "The seat is in another state, such as productive, training or ended.", {0}},
    {BPO_CONTACT_ANSWERED, "contact.answered", BPO__SUBJECT_CUSTOMER, BPO__PRECEDENCE_STOP, {V(WAIT)},
     {V(QUEUE), V(CHANNEL), V(AGENT), V(TALK), V(HOLD), V(AFTER_WORK)}, "wait",
     "queue,channel,agent,talk,hold,after_work", "A call or chat was answered.", {0}},
    {BPO_CONTACT_ABANDONED, "contact.abandoned", BPO__SUBJECT_CUSTOMER, BPO__PRECEDENCE_STOP, {V(WAIT)},
     {V(QUEUE), V(CHANNEL)}, "wait", "queue,channel", "The customer gave up waiting.", {0}},
    {BPO_SURVEY_ANSWERED, "survey.answered", BPO__SUBJECT_CUSTOMER, BPO__PRECEDENCE_STOP, {V(SURVEY), V(SCORE)},
     {V(SCALE), V(TICKET), V(AGENT), V(GROUP), V(PRIORITY)}, "survey,score", "scale,ticket,agent,group,priority",
     "A customer's verdict: survey is csat, nps or ces.", {0}},
    {BPO_QUALITY_CHECKED, "quality.checked", BPO__SUBJECT_AGENT, BPO__PRECEDENCE_STOP, {V(POINTS), V(POSSIBLE)},
     {V(TICKET), V(DEFECTS), V(OPPORTUNITIES)}, "points,possible", "ticket,defects,opportunities",
     "A piece of work was checked.", {0}},
};

static const bpo__value_row values[] = {
    {BPO_VALUE_PRIORITY, "priority", BPO_TYPE_TEXT, false, "how urgent, in the host's own words"},
    {BPO_VALUE_TYPE, "type", BPO_TYPE_TEXT, false, "what sort of ticket"},
    {BPO_VALUE_TIER, "tier", BPO_TYPE_TEXT, false, "the customer's service tier"},
    {BPO_VALUE_CHANNEL, "channel", BPO_TYPE_TEXT, false, "how it came in"},
    {BPO_VALUE_GROUP, "group", BPO_TYPE_TEXT, false, "the group that has it"},
    {BPO_VALUE_AGENT, "agent", BPO_TYPE_TEXT, false, "the agent who has it or did it"},
    {BPO_VALUE_CUSTOMER, "customer", BPO_TYPE_TEXT, false, "the customer"},
    {BPO_VALUE_STATUS, "status", BPO_TYPE_TEXT, false, "the host's status word"},
    {BPO_VALUE_AUTHOR, "author", BPO_TYPE_TEXT, false, "customer, agent, system, vendor or unknown"},
    {BPO_VALUE_PUBLIC, "public", BPO_TYPE_INTEGER, false, "1 where the customer can see it, else 0"},
    {BPO_VALUE_REASON, "reason", BPO_TYPE_TEXT, false, "why"},
    {BPO_VALUE_METRIC, "metric", BPO_TYPE_TEXT, false, "the name of a metric"},
    {BPO_VALUE_TARGET, "target", BPO_TYPE_INTEGER, false, "a duration in microseconds"},
    {BPO_VALUE_TASK_TYPE, "task_type", BPO_TYPE_TEXT, false, "what sort of task"},
    {BPO_VALUE_QUANTITY, "quantity", BPO_TYPE_DECIMAL, false, "how many"},
    {BPO_VALUE_STARTED, "started", BPO_TYPE_INSTANT, false, "when it began"},
    {BPO_VALUE_ENDED, "ended", BPO_TYPE_INSTANT, false, "when it ended"},
    {BPO_VALUE_DURATION, "duration", BPO_TYPE_INTEGER, false, "microseconds"},
    {BPO_VALUE_SKILL, "skill", BPO_TYPE_TEXT, false, "the skill that was asked for"},
    {BPO_VALUE_TICKET, "ticket", BPO_TYPE_TEXT, false, "the ticket that it belongs to"},
    {BPO_VALUE_METER, "meter", BPO_TYPE_TEXT, false, "the name of a meter"},
    {BPO_VALUE_STATE, "state", BPO_TYPE_TEXT, false, "the state of a seat, such as productive"},
    {BPO_VALUE_SEAT_KIND, "seat_kind", BPO_TYPE_TEXT, false, "the kind of a seat"},
    {BPO_VALUE_LINE, "line", BPO_TYPE_TEXT, false, "the service line"},
    {BPO_VALUE_SITE, "site", BPO_TYPE_TEXT, false, "the site"},
    {BPO_VALUE_QUEUE, "queue", BPO_TYPE_TEXT, false, "the queue"},
    {BPO_VALUE_WAIT, "wait", BPO_TYPE_INTEGER, false, "microseconds in the queue"},
    {BPO_VALUE_TALK, "talk", BPO_TYPE_INTEGER, false, "microseconds of talk"},
    {BPO_VALUE_HOLD, "hold", BPO_TYPE_INTEGER, false, "microseconds on hold"},
    {BPO_VALUE_AFTER_WORK, "after_work", BPO_TYPE_INTEGER, false, "microseconds of work after the contact"},
    {BPO_VALUE_SURVEY, "survey", BPO_TYPE_TEXT, false, "csat, nps or ces"},
    {BPO_VALUE_SCORE, "score", BPO_TYPE_INTEGER, false, "the customer's score"},
    {BPO_VALUE_SCALE, "scale", BPO_TYPE_INTEGER, false, "the best possible score"},
    {BPO_VALUE_ACCEPTED, "accepted", BPO_TYPE_INTEGER, false, "1 where the client accepted it, else 0"},
    {BPO_VALUE_DEFECTS, "defects", BPO_TYPE_INTEGER, false, "defects found"},
    {BPO_VALUE_OPPORTUNITIES, "opportunities", BPO_TYPE_INTEGER, false, "opportunities for a defect"},
    {BPO_VALUE_POINTS, "points", BPO_TYPE_INTEGER, false, "points earned"},
    {BPO_VALUE_POSSIBLE, "possible", BPO_TYPE_INTEGER, false, "points possible"},
    {BPO_VALUE_KIND, "kind", BPO_TYPE_TEXT, true, "the fact's kind, such as ticket.messaged"},
    {BPO_VALUE_STATUS_CATEGORY, "status_category", BPO_TYPE_TEXT, true, "what /tickets/statuses makes of the status"},
    {BPO_VALUE_OPENED_IN_HOURS, "opened_in_hours", BPO_TYPE_INTEGER, true, "whether it was opened in open time"},
    {BPO_VALUE_OPENED_WEEKDAY, "opened_weekday", BPO_TYPE_TEXT, true, "mon to sun, in the contract's zone"},
    {BPO_VALUE_OPENED_AT, "opened_at", BPO_TYPE_INSTANT, false, "when the ticket was opened"},
};

#define KIND_COUNT (sizeof kinds / sizeof kinds[0])
#define VALUE_COUNT (sizeof values / sizeof values[0])

static const char *const subjects[] = {"", "ticket", "agent", "seat", "customer", "engagement"};

const bpo__fact_row *bpo__fact_row_of(bpo_fact_kind kind)
{
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (kinds[i].kind == kind)
            return &kinds[i];
    return NULL;
}

const bpo__value_row *bpo__value_row_of(uint32_t id)
{
    /* The rows 1 to 38 stand at their id; the few others are looked for. */
    if (id >= 1 && id <= VALUE_COUNT && values[id - 1].id == id)
        return &values[id - 1];
    for (size_t i = 0; i < VALUE_COUNT && id < BPO_VALUE_HOST_FIRST; i++)
        if (values[i].id == id)
            return &values[i];
    return NULL;
}

const bpo__value_row *bpo__value_row_at(size_t index)
{
    return &values[index];
}

size_t bpo__value_row_count(void)
{
    return VALUE_COUNT;
}

static int32_t precedence_of(bpo_fact_kind kind)
{
    const bpo__fact_row *row = bpo__fact_row_of(kind);

    return row ? row->precedence : BPO__PRECEDENCE_STOP;
}

static int compare_numbers(int64_t a, int64_t b)
{
    return a < b ? -1 : a > b;
}

int bpo__fact_order(bpo_time at_a, int64_t order_a, bpo_fact_kind kind_a, bpo__text key_a, uint32_t revision_a,
                    bpo_time at_b, int64_t order_b, bpo_fact_kind kind_b, bpo__text key_b, uint32_t revision_b)
{
    int order = compare_numbers(at_a, at_b);

    if (order == 0)
        order = compare_numbers(order_a, order_b);
    if (order == 0 && kind_a != kind_b)
        order = compare_numbers(precedence_of(kind_a), precedence_of(kind_b));
    if (order == 0)
        order = bpo__text_compare(key_a, key_b);
    return order ? order : compare_numbers(revision_a, revision_b);
}

void bpo_fact_init(bpo_fact *fact)
{
    static const bpo_fact initial = BPO_FACT_INIT;

    if (fact)
        *fact = initial;
}

void bpo_fact_set_key(bpo_fact *fact, const char *key)
{
    if (!fact)
        return;
    fact->key = key;
    fact->key_size = key ? strlen(key) : 0;
}

void bpo_fact_set_subject(bpo_fact *fact, const char *subject)
{
    if (!fact)
        return;
    fact->subject = subject;
    fact->subject_size = subject ? strlen(subject) : 0;
}

size_t bpo_fact_kind_count(void)
{
    return KIND_COUNT;
}

bpo_status bpo_fact_kind_at(size_t index, bpo_fact_kind_info *ret_info)
{
    bpo_fact_kind_info info = BPO_FACT_KIND_INFO_INIT;

    if (!ret_info || index >= KIND_COUNT)
        return BPO_E_INVALID;
    info.kind = kinds[index].kind;
    info.name = kinds[index].name;
    info.subject = subjects[kinds[index].subject];
    info.required = kinds[index].required_text;
    info.optional = kinds[index].optional_text;
    info.description = kinds[index].description;
    return bpo__sized_write(&info, sizeof info, ret_info, sizeof info);
}

bpo_status bpo_fact_kind_find(const char *name, size_t size, bpo_fact_kind *ret_kind)
{
    if (!name || !ret_kind)
        return BPO_E_INVALID;
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (bpo__text_equal(bpo__text_of(kinds[i].name), (bpo__text){name, size})) {
            *ret_kind = kinds[i].kind;
            return BPO_OK;
        }
    return BPO_E_NOT_FOUND;
}

bpo_status bpo_value_find(const char *name, size_t size, uint32_t *ret_id)
{
    if (!name || !ret_id)
        return BPO_E_INVALID;
    for (size_t i = 0; i < VALUE_COUNT; i++)
        if (bpo__text_equal(bpo__text_of(values[i].name), (bpo__text){name, size})) {
            *ret_id = values[i].id;
            return BPO_OK;
        }
    return BPO_E_NOT_FOUND;
}
