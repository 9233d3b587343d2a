/* SPDX-License-Identifier: Apache-2.0 */
/* Calendars for the tests, from the definition that terms are read into. */
#ifndef BPO_TESTS_OFFICE_H
#define BPO_TESTS_OFFICE_H

#include "support/host.h"
#include "support/test.h"
#include "time/definition.h"
#include "time/timeline.h"

static const bpo__range office_nine_to_five[1] = {{9 * 3600, 17 * 3600}};
static const bpo__range office_night[1] = {{22 * 3600, 30 * 3600}};
static const bpo__range office_whole_day[1] = {{0, 86400}};

/* One range on each of the days from..until (0 Monday). */
static inline bpo__calendar_definition office_week(const bpo__range *range, int from, int until)
{
    bpo__calendar_definition d = {0};
    bpo__hours hours = {range, 1};
    for (int i = from; i <= until; i++)
        d.weekly[i] = hours;
    d.override_beats_holiday = true;
    return d;
}

/* Made from others; the list is read when it is compiled. */
static inline bpo__calendar_definition office_combination(bpo_calendar *const *members, size_t count,
                                                          bpo__combining combining)
{
    bpo__calendar_definition d = {.members = members, .member_count = count, .combining = combining};
    return d;
}

static inline bpo_context *office_context(void)
{
    bpo_host host = test_host();
    bpo_context *context = NULL;
    assert_int_equal(bpo_context_new(&host, &context, NULL), BPO_OK);
    return context;
}

/* Compiles the definition in a zone, with a context of its own. */
static inline bpo_calendar *office_calendar(bpo__calendar_definition definition, const char *zone)
{
    bpo_context *context = office_context();
    bpo_calendar *calendar = NULL;
    assert_int_equal(bpo_zone_new(context, zone, &definition.zone, NULL), BPO_OK);
    assert_int_equal(bpo__calendar_compile(context, &definition, &calendar, NULL), BPO_OK);
    bpo_zone_unref(definition.zone);
    bpo_context_unref(context);
    return calendar;
}

static inline bpo_time office_time(const char *text)
{
    bpo_time at = 0;
    assert_int_equal(bpo_time_parse(text, &at, NULL), BPO_OK);
    return at;
}

static inline int32_t office_days(int year, int month, int day)
{
    return bpo__days_of_civil(year, month, day);
}

#endif
