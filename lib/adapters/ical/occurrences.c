/* SPDX-License-Identifier: Apache-2.0 */
/* Occurrences are marked by the day they start on, those taken away are wiped out, and the rest is spread to the
 * event's length. Days before the years asked for count as far as an event can reach into them. */
#include "adapters/ical/occurrences.h"

#include "adapters/refuse.h"
#include <stdlib.h>

typedef struct refusal {
    bpo_status status;
    adapter_message message;
} refusal;

static const refusal never_occurs = {BPO_E_VALUE, {20320, "the RRULE of this event falls on no day"}};
static const refusal too_many = {
    BPO_E_LIMIT, {20321, "the rules up to here occur more than 100000 times; ask for fewer years"}};
static const refusal no_memory = {BPO_E_NOMEM, {20322, "there is no memory to follow this event's RRULE"}};

static void mark(ical_years *years, int32_t day)
{
    int32_t place = day - years->first + ICAL_EVENT_DAYS_MAX;

    if (place < 0 || place >= years->count + ICAL_EVENT_DAYS_MAX)
        return;
    years->starts[place] = 1;
    years->lowest = place < years->lowest ? place : years->lowest;
    years->highest = place > years->highest ? place : years->highest;
}

static void wipe(ical_years *years, int32_t day)
{
    int32_t place = day - years->first + ICAL_EVENT_DAYS_MAX;

    if (place >= 0 && place < years->count + ICAL_EVENT_DAYS_MAX)
        years->starts[place] = 0;
}

/* The rule's days up to the last year; libical ends a rule by itself in a year not far behind 2200. */
static bpo_status mark_rule(ical_years *years, const ical_event *event, bpo_error *err)
{
    icalerror_clear_errno();
    icalrecur_iterator *iterator = icalrecur_iterator_new(bpo__ical_event_rule(event), event->start);
    const refusal *wrong = iterator ? NULL : icalerrno == ICAL_NEWFAILED_ERROR ? &no_memory : &never_occurs;
    int32_t end = years->first + years->count;
    int32_t day = event->start_day;
    ical_place place;

    while (!wrong && day < end) {
        struct icaltimetype time = icalrecur_iterator_next(iterator);
        if (icaltime_is_null_time(time) || !bpo__ical_day_exists(time))
            break;
        day = bpo__ical_day(time.year, time.month, time.day);
        mark(years, day);
        if (++years->occurrences > ICAL_OCCURRENCES_MAX)
            wrong = &too_many;
    }
    if (iterator)
        icalrecur_iterator_free(iterator);
    if (!wrong)
        return BPO_OK;
    return adapter_refuse(err, wrong->status, &wrong->message, bpo__ical_place(&place, event->line), NULL, NULL);
}

/* Turns marks into holidays and wipes them. */
static void spread(ical_years *years, const ical_event *event)
{
    int32_t length = bpo__ical_event_length(event);
    int32_t until = 0;

    for (int32_t i = years->lowest; i < years->count + ICAL_EVENT_DAYS_MAX && (i <= years->highest || i < until); i++) {
        if (years->starts[i])
            until = i + length;
        if (i < until && i >= ICAL_EVENT_DAYS_MAX)
            years->holidays[i - ICAL_EVENT_DAYS_MAX] = event;
        years->starts[i] = 0;
    }
}

bool bpo__ical_years_start(ical_years *years, int32_t first_year, int32_t last_year)
{
    years->first = bpo__ical_day(first_year, 1, 1);
    years->count = bpo__ical_day(last_year + 1, 1, 1) - years->first;
    years->occurrences = 0;
    years->holidays = calloc((size_t)years->count, sizeof *years->holidays);
    years->starts = calloc((size_t)years->count + ICAL_EVENT_DAYS_MAX, 1);
    return years->holidays && years->starts;
}

void bpo__ical_years_clear(ical_years *years)
{
    free(years->holidays);
    free(years->starts);
}

bpo_status bpo__ical_years_enter(ical_years *years, const ical_event *event, bpo_error *err)
{
    years->lowest = INT32_MAX;
    years->highest = INT32_MIN;
    mark(years, event->start_day);
    bpo_status status = event->rule_holder ? mark_rule(years, event, err) : BPO_OK;
    if (status != BPO_OK)
        return status;
    for (size_t i = 0; i < event->added.count; i++)
        mark(years, event->added.days[i]);
    for (size_t i = 0; i < event->removed.count; i++)
        wipe(years, event->removed.days[i]);
    spread(years, event);
    return BPO_OK;
}
