/* SPDX-License-Identifier: Apache-2.0 */
/* One event as far as holidays go: when it starts, how long it lasts, how it repeats, what takes it away. */
#ifndef BPO_ADAPTERS_ICAL_EVENT_H
#define BPO_ADAPTERS_ICAL_EVENT_H

#include "adapters/ical/content.h"
#include <libical/ical.h>
#include <stdbool.h>

#define ICAL_EVENT_DAYS_MAX 366

/* Days since 1970-01-01, growing. */
typedef struct ical_days {
    int32_t *days;
    size_t count;
    size_t room;
} ical_days;
bool bpo__ical_days_add(ical_days *days, int32_t day);

typedef struct ical_event {
    size_t line;                /* of its BEGIN */
    uint32_t seen;              /* bits: properties that may stand once */
    char *uid;                  /* or NULL */
    char *summary;              /* or NULL */
    struct icaltimetype start;
    int32_t start_day;
    int32_t end_day;            /* of DTEND */
    int32_t duration_days;
    int32_t instance_day;       /* of RECURRENCE-ID */
    bool timed;                 /* at a time of day */
    bool cancelled;
    bool has_exclusion_rule;
    icalcomponent *rule_holder; /* owns the rule, or NULL */
    ical_days added;            /* RDATE */
    ical_days removed;          /* EXDATE, and instances that other events replace */
} ical_event;

/* Days since 1970-01-01 of a Gregorian date. */
int32_t bpo__ical_day(int32_t year, int32_t month, int32_t day);
/* Whether the date exists, in the years 1 to 9999. */
bool bpo__ical_day_exists(struct icaltimetype time);

/* Takes one content line of an event; what says nothing about holidays is passed over. */
bpo_status bpo__ical_event_take(ical_event *event, const ical_content *content, bpo_error *err);
/* At its end: whether its properties go together. */
bpo_status bpo__ical_event_check(const ical_event *event, bpo_error *err);
void bpo__ical_event_clear(ical_event *event);

bool bpo__ical_event_is_instance(const ical_event *event);
/* A holiday that this adapter can tell the days of. */
bool bpo__ical_event_is_readable(const ical_event *event);
/* 1 to ICAL_EVENT_DAYS_MAX. */
int32_t bpo__ical_event_length(const ical_event *event);
/* Its rule; only with a rule_holder. */
struct icalrecurrencetype bpo__ical_event_rule(const ical_event *event);

#endif
