/* SPDX-License-Identifier: Apache-2.0 */
/* Holidays from an iCalendar document: its events are read in order, instances that were moved or cancelled take their
 * day from the event of their UID, and the days become terms.
 *
 * The tree is filled in a copy and exchanged at the end: a document is taken whole or not at all. */
#include <bpo/ical.h>

#include "adapters/ical/occurrences.h"
#include "adapters/refuse.h"
#include <stdio.h>
#include <stdlib.h>

#define FIRST_YEAR 1900
#define LAST_YEAR 2200
#define DEPTH_MAX 8
#define COMPONENT_NAME_SIZE 32 /* names of components that matter are short; longer ones compare by their head */

static const adapter_message argument_missing = {20330, "the argument {0} may not be NULL"};
static const adapter_message years_wrong = {20331, "the years go from 1900 to 2200, the first not behind the last"};
static const adapter_message outside = {20332, "a document starts with BEGIN:VCALENDAR; this stands outside of it"};
static const adapter_message too_deep = {20333, "components are nested deeper than 8"};
static const adapter_message wrong_end = {20334, "{0} ends here, but {1} began last"};
static const adapter_message ends_early = {20335, "the document ends within {0}"};
static const adapter_message no_calendar = {20336, "the document holds no VCALENDAR"};
static const adapter_message no_memory = {20337, "there is no memory to read the document"};

/* The walk through a document. */
typedef struct walk {
    ical_content content;
    char open[DEPTH_MAX][COMPONENT_NAME_SIZE]; /* components that have begun */
    size_t depth;
    size_t calendars;
    ical_event *events;
    size_t count;
    size_t room;
    bpo_error *err;
} walk;

static bpo_status refuse_here(const walk *w, bpo_status status, const adapter_message *message, const char *argument0,
                              const char *argument1)
{
    ical_place place;

    return adapter_refuse(w->err, status, message, bpo__ical_place(&place, w->content.line), argument0, argument1);
}

static bpo_status refuse_memory(bpo_error *err)
{
    return adapter_refuse(err, BPO_E_NOMEM, &no_memory, "", NULL, NULL);
}

/* --- components -------------------------------------------------------------------------------------------------- */

static void copy_capitals(char *into, const char *from)
{
    size_t i = 0;

    for (; i + 1 < COMPONENT_NAME_SIZE && from[i]; i++)
        into[i] = (char)(from[i] >= 'a' && from[i] <= 'z' ? from[i] - 'a' + 'A' : from[i]);
    into[i] = '\0';
}

/* Right in an event of a calendar, not in an alarm of it. */
static bool in_event(const walk *w)
{
    return w->depth == 2 && strcmp(w->open[1], "VEVENT") == 0;
}

static bpo_status add_event(walk *w)
{
    if (w->count == w->room) {
        size_t room = w->room ? w->room * 2 : 16;
        ical_event *grown = realloc(w->events, room * sizeof *grown);
        if (!grown)
            return refuse_memory(w->err);
        w->events = grown;
        w->room = room;
    }
    memset(&w->events[w->count], 0, sizeof w->events[0]);
    w->events[w->count++].line = w->content.line;
    return BPO_OK;
}

static bpo_status begin_component(walk *w)
{
    if (w->depth == DEPTH_MAX)
        return refuse_here(w, BPO_E_LIMIT, &too_deep, NULL, NULL);
    copy_capitals(w->open[w->depth++], bpo__ical_content_value(&w->content));
    if (w->depth == 1 && strcmp(w->open[0], "VCALENDAR") != 0)
        return refuse_here(w, BPO_E_SYNTAX, &outside, NULL, NULL);
    w->calendars += w->depth == 1;
    return in_event(w) ? add_event(w) : BPO_OK;
}

static bpo_status end_component(walk *w)
{
    char name[COMPONENT_NAME_SIZE];

    copy_capitals(name, bpo__ical_content_value(&w->content));
    if (w->depth == 0)
        return refuse_here(w, BPO_E_SYNTAX, &outside, NULL, NULL);
    if (strcmp(name, w->open[w->depth - 1]) != 0)
        return refuse_here(w, BPO_E_SYNTAX, &wrong_end, name, w->open[w->depth - 1]);
    bpo_status status = in_event(w) ? bpo__ical_event_check(&w->events[w->count - 1], w->err) : BPO_OK;
    w->depth--;
    return status;
}

static bpo_status take_line(walk *w)
{
    if (bpo__ical_content_is(&w->content, "BEGIN"))
        return begin_component(w);
    if (bpo__ical_content_is(&w->content, "END"))
        return end_component(w);
    if (w->depth == 0)
        return refuse_here(w, BPO_E_SYNTAX, &outside, NULL, NULL);
    return in_event(w) ? bpo__ical_event_take(&w->events[w->count - 1], &w->content, w->err) : BPO_OK;
}

static bpo_status read_document(walk *w)
{
    bpo_status status;

    while ((status = bpo__ical_content_next(&w->content, w->err)) == BPO_OK) {
        status = take_line(w);
        if (status != BPO_OK)
            return status;
    }
    if (status != BPO_DONE)
        return status;
    if (w->depth > 0)
        return refuse_here(w, BPO_E_SYNTAX, &ends_early, w->open[w->depth - 1], NULL);
    return w->calendars > 0 ? BPO_OK : adapter_refuse(w->err, BPO_E_SYNTAX, &no_calendar, "", NULL, NULL);
}

/* --- instances --------------------------------------------------------------------------------------------------- */

static int by_uid(const void *left, const void *right)
{
    const ical_event *const *a = left;
    const ical_event *const *b = right;
    int order = strcmp((*a)->uid, (*b)->uid);

    return order != 0 ? order : ((*a)->line > (*b)->line) - ((*a)->line < (*b)->line);
}

/* First of the sorted events whose UID is not before this one. */
static size_t first_of_uid(ical_event *const *sorted, size_t count, const char *uid)
{
    size_t low = 0;

    while (low < count) {
        size_t middle = low + (count - low) / 2;
        if (strcmp(sorted[middle]->uid, uid) < 0)
            low = middle + 1;
        else
            count = middle;
    }
    return low;
}

/* Takes the instance's day from the event of its UID; of several, from the first. */
static bool replace_instance(ical_event *const *sorted, size_t count, const ical_event *instance)
{
    size_t i = first_of_uid(sorted, count, instance->uid);

    if (i == count || strcmp(sorted[i]->uid, instance->uid) != 0)
        return true;
    return bpo__ical_days_add(&sorted[i]->removed, instance->instance_day);
}

static bool replace_instances(walk *w)
{
    ical_event **sorted = calloc(w->count + 1, sizeof *sorted);
    size_t count = 0;
    bool done = sorted != NULL;

    for (size_t i = 0; done && i < w->count; i++)
        if (w->events[i].uid && !bpo__ical_event_is_instance(&w->events[i]))
            sorted[count++] = &w->events[i];
    if (count > 1)
        qsort(sorted, count, sizeof(ical_event *), by_uid);
    for (size_t i = 0; done && i < w->count; i++)
        if (w->events[i].uid && bpo__ical_event_is_instance(&w->events[i]))
            done = replace_instance(sorted, count, &w->events[i]);
    free(sorted);
    return done;
}

/* --- days and terms ---------------------------------------------------------------------------------------------- */

static bpo_status enter_events(const walk *w, ical_years *years, size_t *ret_left_out)
{
    bpo_status status = BPO_OK;
    size_t left_out = 0;

    for (size_t i = 0; status == BPO_OK && i < w->count; i++) {
        const ical_event *event = &w->events[i];
        if (event->cancelled)
            continue;
        if (bpo__ical_event_is_readable(event))
            status = bpo__ical_years_enter(years, event, w->err);
        else
            left_out++;
    }
    *ret_left_out = left_out;
    return status;
}

/* The day after, in the Gregorian calendar. */
static void step(struct icaltimetype *date)
{
    if (++date->day <= icaltime_days_in_month(date->month, date->year))
        return;
    date->day = 1;
    if (++date->month <= 12)
        return;
    date->month = 1;
    date->year++;
}

static bpo_status set_terms(const ical_years *years, int32_t first_year, bpo_terms *terms, const char *path,
                            bpo_error *err)
{
    struct icaltimetype date = {.year = first_year, .month = 1, .day = 1};
    size_t room = strlen(path) + 64;
    char *text = malloc(room);
    bpo_status status = text ? BPO_OK : refuse_memory(err);

    for (int32_t i = 0; i < years->count && status == BPO_OK; i++, step(&date)) {
        const ical_event *event = years->holidays[i];
        if (!event)
            continue;
        snprintf(text, room, "%s/holidays/%04d-%02d-%02d", path, date.year, date.month, date.day);
        status = bpo_terms_set(terms, text, event->summary && *event->summary ? event->summary : "holiday", err);
    }
    free(text);
    return status;
}

static bpo_status fill(walk *w, bpo_terms *terms, const char *path, int32_t first_year, int32_t last_year,
                       size_t *ret_left_out)
{
    ical_years years;
    bpo_status status = bpo__ical_years_start(&years, first_year, last_year) ? BPO_OK : refuse_memory(w->err);

    if (status == BPO_OK)
        status = enter_events(w, &years, ret_left_out);
    if (status == BPO_OK)
        status = set_terms(&years, first_year, terms, path, w->err);
    bpo__ical_years_clear(&years);
    return status;
}

static void end_walk(walk *w)
{
    for (size_t i = 0; i < w->count; i++)
        bpo__ical_event_clear(&w->events[i]);
    free(w->events);
    free(w);
}

bpo_status bpo_ical_read_holidays(bpo_terms *terms, const char *path, const char *text, size_t size,
                                  int32_t first_year, int32_t last_year, size_t *ret_left_out, bpo_error *err)
{
    bpo_terms *filled = NULL;
    size_t left_out = 0;

    if (!terms || !path || !text)
        return adapter_refuse(err, BPO_E_INVALID, &argument_missing, "", !terms ? "terms" : !path ? "path" : "text",
                              NULL);
    if (first_year < FIRST_YEAR || last_year > LAST_YEAR || first_year > last_year)
        return adapter_refuse(err, BPO_E_INVALID, &years_wrong, "", NULL, NULL);
    walk *w = calloc(1, sizeof *w);
    if (!w)
        return refuse_memory(err);
    w->err = err;
    bpo__ical_content_start(&w->content, text, size);
    bpo_status status = read_document(w);
    if (status == BPO_OK && !replace_instances(w))
        status = refuse_memory(err);
    if (status == BPO_OK)
        status = bpo_terms_copy(terms, &filled, err);
    if (status == BPO_OK)
        status = fill(w, filled, path, first_year, last_year, &left_out);
    if (status == BPO_OK) {
        bpo_terms_swap(terms, filled);
        if (ret_left_out)
            *ret_left_out = left_out;
    }
    bpo_terms_unref(filled);
    end_walk(w);
    return status;
}
