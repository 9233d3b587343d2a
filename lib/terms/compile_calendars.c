/* SPDX-License-Identifier: Apache-2.0 */
/* From terms to calendars: one given as the root of a tree, or all of a contract. */
#include "core/fail.h"
#include "terms/compiler.h"
#include "terms/schema.h"
#include "time/date.h"
#include "time/definition.h"
#include "time/zone.h"

bpo_status bpo__zone_read(bpo_context *context, const char *path, bpo__text name, bpo_zone **ret_zone, bpo_error *err)
{
    char text[BPO_TERMS_VALUE_SIZE_MAX + 1];
    const bpo__text none = {NULL, 0};
    bpo_status status;

    memcpy(text, name.data, name.size);
    text[name.size] = '\0';
    status = bpo_zone_new(context, text, ret_zone, err);
    if (status == BPO_E_ZONE)
        return bpo__fail_text(err, status, BPO__MSG_time_zone_unknown, bpo__text_of(path), name, none, none);
    return status;
}

static bpo_status read_weekly(bpo__branch branch, bpo__arena *scratch, bpo__hours *weekly, bpo_error *err)
{
    bpo__branch hours = bpo__branch_at(branch, "hours");
    bpo_status status = BPO_OK;
    size_t position = 0;
    bpo__branch child;
    bpo__text token;

    while (status == BPO_OK && bpo__branch_next(hours, &position, &child, &token))
        status = bpo__hours_parse(scratch, bpo__branch_path(child).data, bpo__branch_value(child, ""),
                                  &weekly[bpo__day_of(token)], err);
    return status;
}

static bpo_status read_holidays(bpo__branch branch, bpo__arena *scratch, bpo__calendar_definition *definition,
                                bpo_error *err)
{
    bpo__branch holidays = bpo__branch_at(branch, "holidays");
    bpo__holiday *list = bpo__arena_alloc(scratch, bpo__branch_child_count(holidays) * sizeof *list);
    bpo_status status = list ? BPO_OK : bpo__fail_memory(err);
    size_t position = 0;
    bpo__branch child;
    bpo__text token;

    while (status == BPO_OK && bpo__branch_next(holidays, &position, &child, &token)) {
        bpo__holiday *holiday = &list[definition->holiday_count++];
        holiday->name = bpo__branch_value(child, "");
        status = bpo__date_or_yearly_parse(bpo__branch_path(child).data, token, &holiday->date, err);
    }
    definition->holidays = list;
    return status;
}

static bpo_status read_dated(bpo__branch dates, bpo__arena *scratch, const bpo__dated_hours **ret_list,
                             size_t *ret_count, bpo_error *err)
{
    bpo__dated_hours *list = bpo__arena_alloc(scratch, bpo__branch_child_count(dates) * sizeof *list);
    bpo_status status = list ? BPO_OK : bpo__fail_memory(err);
    size_t position = 0, count = 0;
    bpo__branch child;
    bpo__text token;

    while (status == BPO_OK && bpo__branch_next(dates, &position, &child, &token)) {
        const char *path = bpo__branch_path(child).data;
        status = bpo__date_parse(path, token, &list[count].days, err);
        if (status == BPO_OK)
            status = bpo__hours_parse(scratch, path, bpo__branch_value(child, ""), &list[count++].hours, err);
    }
    *ret_list = list;
    *ret_count = count;
    return status;
}

bpo_status bpo__calendar_read(bpo_context *context, bpo__branch branch, bpo_zone *zone, bpo__arena *scratch,
                              bpo_calendar **ret_calendar, bpo_error *err)
{
    bpo__calendar_definition definition = {0};
    bpo_status status = read_weekly(branch, scratch, definition.weekly, err);

    definition.zone = zone;
    definition.holidays_by_shift_start = bpo__text_is(bpo__branch_value(branch, "scope"), "shift_start");
    definition.override_beats_holiday = !bpo__text_is(bpo__branch_value(branch, "override_beats_holiday"), "false");
    if (status == BPO_OK)
        status = read_holidays(branch, scratch, &definition, err);
    if (status == BPO_OK)
        status = read_dated(bpo__branch_at(branch, "overrides"), scratch, &definition.overrides,
                            &definition.override_count, err);
    if (status == BPO_OK)
        status = read_dated(bpo__branch_at(branch, "closures"), scratch, &definition.closures,
                            &definition.closure_count, err);
    return status == BPO_OK ? bpo__calendar_compile(context, &definition, ret_calendar, err) : status;
}

static bool has_zone(const bpo_zone *zone, bpo__text name)
{
    return bpo__text_is(name, bpo__zone_name(zone));
}

/* The zone of a calendar; loaded only where neither the contract nor a calendar before has it. */
static bpo_status zone_of(bpo__compiler *c, bpo__branch branch, bpo_zone **ret_zone)
{
    bpo__text name = bpo__branch_value(branch, "time_zone");
    bpo__place place;

    if (!name.data || has_zone(c->plan->zone, name)) {
        *ret_zone = bpo_zone_ref(c->plan->zone);
        return BPO_OK;
    }
    for (size_t i = 0; i < c->plan->calendar_count; i++) {
        const bpo_zone *zone = bpo__calendar_zone(c->plan->calendars[i].calendar);
        if (has_zone(zone, name)) {
            *ret_zone = bpo_zone_ref((bpo_zone *)(uintptr_t)zone);
            return BPO_OK;
        }
    }
    return bpo__zone_read(c->context, bpo__place_of(&place, branch, "time_zone"), name, ret_zone, c->err);
}

/* The same calendar of an earlier plan, or NULL: its compiled years are shared. */
static bpo_calendar *known_calendar(bpo__compiler *c, bpo__branch branch, bpo__text name)
{
    const bpo__named_calendar *found;
    bpo__place place;

    if (!c->known || !bpo__text_is(bpo__text_of(c->known->time_zone), c->plan->time_zone))
        return NULL;
    found = bpo__named_find(c->known->calendars, c->known->calendar_count, sizeof *found, name);
    if (!found)
        return NULL;
    bpo__place_of(&place, branch, "");
    if (!bpo__branch_equal(branch, bpo__branch_at(bpo__branch_root(c->known->terms), place.path + 1)))
        return NULL;
    return bpo_calendar_ref(found->calendar);
}

static bpo_status compile_one(bpo__compiler *c, bpo__branch branch, bpo__text name, bpo__arena *scratch,
                              bpo__named_calendar *into)
{
    bpo_zone *zone = NULL;
    bpo_status status = bpo__compile_text(c, name, &into->name);

    if (status != BPO_OK)
        return status;
    into->calendar = known_calendar(c, branch, name);
    if (into->calendar)
        return BPO_OK;
    status = zone_of(c, branch, &zone);
    if (status == BPO_OK)
        status = bpo__calendar_read(c->context, branch, zone, scratch, &into->calendar, c->err);
    bpo_zone_unref(zone);
    return status;
}

bpo_status bpo__compile_calendars(bpo__compiler *c)
{
    bpo__branch branch = bpo__branch_at(c->root, "calendars");
    bpo__named_calendar *calendars = bpo__arena_alloc(c->arena, bpo__branch_child_count(branch) * sizeof *calendars);
    bpo_status status = calendars ? BPO_OK : bpo__fail_memory(c->err);
    bpo__arena scratch;
    size_t position = 0;
    bpo__branch child;
    bpo__text name;

    bpo__arena_init(&scratch, c->context);
    c->plan->calendars = calendars;
    while (status == BPO_OK && bpo__branch_next(branch, &position, &child, &name)) {
        status = compile_one(c, child, name, &scratch, &calendars[c->plan->calendar_count]);
        c->plan->calendar_count += status == BPO_OK;
    }
    bpo__arena_clear(&scratch);
    return status;
}

/* Everything but arguments and the schema. */
static bpo_status calendar_of_root(bpo_context *context, const bpo_terms *terms, bpo_calendar **ret_calendar,
                                   bpo_error *err)
{
    bpo__branch root = bpo__branch_root(terms);
    bpo__text name = bpo__branch_value(root, "time_zone");
    bpo__arena scratch;
    bpo_zone *zone = NULL;
    bpo_status status;

    if (!name.data)
        return bpo__fail(err, BPO_E_MISSING, BPO__MSG_term_missing, "/time_zone",
                         "a calendar has a zone such as America/New_York", NULL, NULL);
    status = bpo__zone_read(context, "/time_zone", name, &zone, err);
    if (status != BPO_OK)
        return status;
    bpo__arena_init(&scratch, context);
    status = bpo__calendar_read(context, root, zone, &scratch, ret_calendar, err);
    bpo__arena_clear(&scratch);
    bpo_zone_unref(zone);
    return status;
}

bpo_status bpo_calendar_new(bpo_context *context, const bpo_terms *terms, bpo_calendar **ret_calendar, bpo_error *err)
{
    bpo_status status;

    if (!context || !terms || !ret_calendar)
        return bpo__fail_argument(err, !context ? "context" : !terms ? "terms" : "ret_calendar");
    status = bpo__schema_check_all(context, BPO__SCOPE_CALENDAR, terms, err);
    return status == BPO_OK ? calendar_of_root(context, terms, ret_calendar, err) : status;
}
