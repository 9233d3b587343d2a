/* SPDX-License-Identifier: Apache-2.0 */
/* The properties of an event, from content lines that libical parses one at a time.
 *
 * libical drops what it cannot read and goes on; here that is a refusal which names the line. */
#define _POSIX_C_SOURCE 200809L /* strdup */
#include "adapters/ical/event.h"

#include "adapters/refuse.h"
#include <stdlib.h>
#include <strings.h>

static const adapter_message not_understood = {20310, "{0} cannot be read; RFC 5545 has its form"};
static const adapter_message twice = {20311, "{0} stands twice in this event; keep one"};
static const adapter_message no_such_date = {20312, "{0} names a date that does not exist"};
static const adapter_message no_start = {20313, "this event has no DTSTART"};
static const adapter_message two_ends = {20314, "this event has DTEND and DURATION; keep one"};
static const adapter_message no_length = {
    20315, "an event on dates ends on a later date and lasts whole days, at most 366 of them"};
static const adapter_message no_memory = {20316, "there is no memory to read on"};

typedef bpo_status take_function(ical_event *event, icalproperty *property);

/* The properties that matter. */
typedef struct property_rule {
    const char *name;
    icalproperty_kind kind;
    take_function *take;
    bool repeats;
    bool may_be_empty; /* which is as good as absent; libical takes it for an error */
} property_rule;

int32_t bpo__ical_day(int32_t year, int32_t month, int32_t day)
{
    int32_t y = month <= 2 ? year - 1 : year; /* years from March on, so that a leap day comes last */
    int32_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

    return y * 365 + y / 4 - y / 100 + y / 400 + day_of_year - 719468;
}

bool bpo__ical_day_exists(struct icaltimetype time)
{
    return time.year >= 1 && time.year <= 9999 && time.month >= 1 && time.month <= 12 && time.day >= 1 &&
           time.day <= icaltime_days_in_month(time.month, time.year);
}

bool bpo__ical_days_add(ical_days *days, int32_t day)
{
    if (days->count == days->room) {
        size_t room = days->room ? days->room * 2 : 8;
        int32_t *grown = realloc(days->days, room * sizeof *grown);
        if (!grown)
            return false;
        days->days = grown;
        days->room = room;
    }
    days->days[days->count++] = day;
    return true;
}

/* --- one property each: BPO_E_VALUE for a date that does not exist ----------------------------------------------- */

static bpo_status take_day(struct icaltimetype time, int32_t *ret_day)
{
    if (!bpo__ical_day_exists(time))
        return BPO_E_VALUE;
    *ret_day = bpo__ical_day(time.year, time.month, time.day);
    return BPO_OK;
}

static bpo_status take_start(ical_event *event, icalproperty *property)
{
    event->start = icalproperty_get_dtstart(property);
    event->timed = event->timed || !event->start.is_date;
    return take_day(event->start, &event->start_day);
}

static bpo_status take_end(ical_event *event, icalproperty *property)
{
    return take_day(icalproperty_get_dtend(property), &event->end_day);
}

static bpo_status take_instance(ical_event *event, icalproperty *property)
{
    return take_day(icalproperty_get_recurrenceid(property), &event->instance_day);
}

static bpo_status take_removed(ical_event *event, icalproperty *property)
{
    int32_t day;
    bpo_status status = take_day(icalproperty_get_exdate(property), &day);

    if (status == BPO_OK && !bpo__ical_days_add(&event->removed, day))
        status = BPO_E_NOMEM;
    return status;
}

/* A period among the dates is at a time of day, and no holiday. */
static bpo_status take_added(ical_event *event, icalproperty *property)
{
    struct icaldatetimeperiodtype added = icalproperty_get_rdate(property);
    int32_t day;

    if (!icalperiodtype_is_null_period(added.period))
        return BPO_OK;
    bpo_status status = take_day(added.time, &day);
    if (status == BPO_OK && !bpo__ical_days_add(&event->added, day))
        status = BPO_E_NOMEM;
    return status;
}

/* -1 for what is not whole days. */
static bpo_status take_duration(ical_event *event, icalproperty *property)
{
    struct icaldurationtype d = icalproperty_get_duration(property);
    int64_t seconds = (((int64_t)d.weeks * 7 + d.days) * 24 + d.hours) * 3600 + (int64_t)d.minutes * 60 + d.seconds;
    bool fits = !d.is_neg && seconds >= 0 && seconds % 86400 == 0 && seconds / 86400 <= ICAL_EVENT_DAYS_MAX;

    event->duration_days = fits ? (int32_t)(seconds / 86400) : -1;
    return BPO_OK;
}

static bpo_status take_text(const char *text, char **ret_copy)
{
    *ret_copy = strdup(text ? text : "");
    return *ret_copy ? BPO_OK : BPO_E_NOMEM;
}

static bpo_status take_uid(ical_event *event, icalproperty *property)
{
    return take_text(icalproperty_get_uid(property), &event->uid);
}

static bpo_status take_summary(ical_event *event, icalproperty *property)
{
    return take_text(icalproperty_get_summary(property), &event->summary);
}

static bpo_status take_status(ical_event *event, icalproperty *property)
{
    event->cancelled = icalproperty_get_status(property) == ICAL_STATUS_CANCELLED;
    return BPO_OK;
}

static bpo_status take_exclusion_rule(ical_event *event, icalproperty *property)
{
    (void)property;
    event->has_exclusion_rule = true;
    return BPO_OK;
}

/* Its component is kept as a whole, below. */
static bpo_status take_rule(ical_event *event, icalproperty *property)
{
    (void)event;
    (void)property;
    return BPO_OK;
}

static const property_rule rules[] = {
    {"DTSTART", ICAL_DTSTART_PROPERTY, take_start, false, false},
    {"DTEND", ICAL_DTEND_PROPERTY, take_end, false, false},
    {"DURATION", ICAL_DURATION_PROPERTY, take_duration, false, false},
    {"RECURRENCE-ID", ICAL_RECURRENCEID_PROPERTY, take_instance, false, false},
    {"RRULE", ICAL_RRULE_PROPERTY, take_rule, false, false},
    {"UID", ICAL_UID_PROPERTY, take_uid, false, true},
    {"SUMMARY", ICAL_SUMMARY_PROPERTY, take_summary, false, true},
    {"STATUS", ICAL_STATUS_PROPERTY, take_status, false, false},
    {"RDATE", ICAL_RDATE_PROPERTY, take_added, true, false},
    {"EXDATE", ICAL_EXDATE_PROPERTY, take_removed, true, false},
    {"EXRULE", ICAL_EXRULE_PROPERTY, take_exclusion_rule, true, false},
};
enum { START, END, DURATION, INSTANCE, RULE };

static bool has(const ical_event *event, int property)
{
    return event->seen >> property & 1;
}

/* --- lines ------------------------------------------------------------------------------------------------------- */

/* The content line as an event of its own; a line with several values has become several properties. */
static icalcomponent *parse_line(const ical_content *content)
{
    static const char head[] = "BEGIN:VEVENT\r\n", foot[] = "\r\nEND:VEVENT\r\n";
    char *text = malloc(content->end + sizeof head + sizeof foot);
    icalcomponent *parsed = NULL;

    if (text) {
        memcpy(text, head, sizeof head - 1);
        memcpy(text + sizeof head - 1, content->bytes, content->end);
        memcpy(text + sizeof head - 1 + content->end, foot, sizeof foot);
        parsed = icalparser_parse_string(text);
    }
    free(text);
    return parsed;
}

/* Takes all properties of a parsed line; one that is of another kind is libical's note of what it could not read. */
static bpo_status take_properties(ical_event *event, const property_rule *rule, icalcomponent *parsed)
{
    icalproperty *property = icalcomponent_get_first_property(parsed, ICAL_ANY_PROPERTY);
    bpo_status status = property ? BPO_OK : BPO_E_SYNTAX;

    while (property && status == BPO_OK) {
        bool right = icalproperty_isa(property) == rule->kind && icalproperty_get_value(property);
        status = right ? rule->take(event, property) : BPO_E_SYNTAX;
        property = icalcomponent_get_next_property(parsed, ICAL_ANY_PROPERTY);
    }
    return status;
}

static bpo_status refuse_property(bpo_status status, const property_rule *rule, size_t line, bpo_error *err)
{
    const adapter_message *message = status == BPO_E_NOMEM  ? &no_memory
                                   : status == BPO_E_SYNTAX ? &not_understood
                                                            : &no_such_date;
    ical_place place;

    return adapter_refuse(err, status, message, bpo__ical_place(&place, line), rule->name, NULL);
}

static bpo_status take_line(ical_event *event, const property_rule *rule, const ical_content *content, bpo_error *err)
{
    icalerror_clear_errno();
    icalcomponent *parsed = parse_line(content);
    if (!parsed)
        return refuse_property(icalerrno == ICAL_NEWFAILED_ERROR ? BPO_E_NOMEM : BPO_E_SYNTAX, rule, content->line,
                               err);
    bpo_status status = take_properties(event, rule, parsed);
    if (status == BPO_OK && rule->kind == ICAL_RRULE_PROPERTY)
        event->rule_holder = parsed;
    else
        icalcomponent_free(parsed);
    return status == BPO_OK ? BPO_OK : refuse_property(status, rule, content->line, err);
}

bpo_status bpo__ical_event_take(ical_event *event, const ical_content *content, bpo_error *err)
{
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        ical_place place;
        if (!bpo__ical_content_is(content, rules[i].name))
            continue;
        if (rules[i].may_be_empty && !bpo__ical_content_has_value(content))
            return BPO_OK;
        if (!rules[i].repeats && (event->seen >> i & 1))
            return adapter_refuse(err, BPO_E_SYNTAX, &twice, bpo__ical_place(&place, content->line), rules[i].name,
                                  NULL);
        event->seen |= UINT32_C(1) << i;
        return take_line(event, &rules[i], content, err);
    }
    return BPO_OK;
}

bpo_status bpo__ical_event_check(const ical_event *event, bpo_error *err)
{
    const adapter_message *wrong = NULL;
    bpo_status status = BPO_E_SYNTAX;
    ical_place place;

    if (!has(event, START))
        wrong = &no_start;
    else if (has(event, END) && has(event, DURATION))
        wrong = &two_ends;
    else if (!event->timed) {
        int32_t length = bpo__ical_event_length(event);
        wrong = length < 1 || length > ICAL_EVENT_DAYS_MAX ? &no_length : NULL;
        status = BPO_E_VALUE;
    }
    return wrong ? adapter_refuse(err, status, wrong, bpo__ical_place(&place, event->line), NULL, NULL) : BPO_OK;
}

void bpo__ical_event_clear(ical_event *event)
{
    if (event->rule_holder)
        icalcomponent_free(event->rule_holder);
    free(event->uid);
    free(event->summary);
    free(event->added.days);
    free(event->removed.days);
}

bool bpo__ical_event_is_instance(const ical_event *event)
{
    return has(event, INSTANCE);
}

static bool is_gregorian(const char *calendar)
{
    return !calendar || strcasecmp(calendar, "GREGORIAN") == 0;
}

bool bpo__ical_event_is_readable(const ical_event *event)
{
    if (event->timed || event->has_exclusion_rule)
        return false;
    if (!has(event, RULE))
        return true;
    struct icalrecurrencetype rule = bpo__ical_event_rule(event);
    return rule.freq == ICAL_YEARLY_RECURRENCE && is_gregorian(rule.rscale);
}

/* An end on its own start, and no duration at all, are an older way to write one day. */
int32_t bpo__ical_event_length(const ical_event *event)
{
    int32_t length = has(event, END) ? event->end_day - event->start_day
                   : has(event, DURATION) ? event->duration_days
                                          : 1;
    return length == 0 ? 1 : length;
}

struct icalrecurrencetype bpo__ical_event_rule(const ical_event *event)
{
    return icalproperty_get_rrule(icalcomponent_get_first_property(event->rule_holder, ICAL_RRULE_PROPERTY));
}
