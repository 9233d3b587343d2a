/* SPDX-License-Identifier: Apache-2.0 */
/* The days of an event within some years. */
#ifndef BPO_ADAPTERS_ICAL_OCCURRENCES_H
#define BPO_ADAPTERS_ICAL_OCCURRENCES_H

#include "adapters/ical/event.h"

#define ICAL_OCCURRENCES_MAX 100000

/* The years asked for, and for each of their days the event that names it. */
typedef struct ical_years {
    int32_t first;                  /* its first day, since 1970-01-01 */
    int32_t count;                  /* days */
    const ical_event **holidays;    /* of each day; NULL for none */
    unsigned char *starts;          /* of the event at hand, from ICAL_EVENT_DAYS_MAX days before on; else all zero */
    int32_t lowest;                 /* of its marks */
    int32_t highest;
    size_t occurrences;             /* of rules, so far */
} ical_years;

bool bpo__ical_years_start(ical_years *years, int32_t first_year, int32_t last_year);
void bpo__ical_years_clear(ical_years *years);
/* Enters a readable event that is not cancelled; what was entered before gives way. */
bpo_status bpo__ical_years_enter(ical_years *years, const ical_event *event, bpo_error *err);

#endif
