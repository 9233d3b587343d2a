/* SPDX-License-Identifier: Apache-2.0 */
/* From terms to calendars: all of a contract, one by its name, or one given as the root of a tree. */
#include "core/fail.h"
#include "terms/calendar_set.h"
#include "terms/compiler.h"
#include "terms/schema.h"
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

/* --- all of a contract ------------------------------------------------------------------------------------------- */

/* The same calendar of an earlier plan, or NULL: its compiled years are shared. */
static bpo_calendar *find_known(void *user, const bpo__calendar_entry *entry)
{
    bpo__compiler *c = user;
    const bpo__named_calendar *found;
    bpo__place place;

    if (!c->known || !bpo__text_is(bpo__text_of(c->known->time_zone), c->plan->time_zone))
        return NULL;
    found = bpo__named_find(c->known->calendars, c->known->calendar_count, sizeof *found, entry->name);
    if (!found)
        return NULL;
    bpo__place_of(&place, entry->branch, "");
    if (!bpo__branch_equal(entry->branch, bpo__branch_at(bpo__branch_root(c->known->terms), place.path + 1)))
        return NULL;
    return bpo_calendar_ref(found->calendar);
}

static bpo_status compile_all(bpo__compiler *c, bpo__calendar_set *set)
{
    bpo__named_calendar *calendars = bpo__arena_alloc(c->arena, set->count * sizeof *calendars);
    bpo_status status = calendars ? BPO_OK : bpo__fail_memory(c->err);

    for (size_t i = 0; status == BPO_OK && i < set->count; i++) {
        status = bpo__compile_text(c, set->entries[i].name, &calendars[i].name);
        if (status == BPO_OK)
            status = bpo__calendar_set_compile(set, i);
    }
    if (status != BPO_OK)
        return status;
    for (size_t i = 0; i < set->count; i++) {
        calendars[i].calendar = set->entries[i].calendar;
        set->entries[i].calendar = NULL;
    }
    c->plan->calendars = calendars;
    c->plan->calendar_count = set->count;
    return BPO_OK;
}

bpo_status bpo__compile_calendars(bpo__compiler *c)
{
    bpo__calendar_set set;
    bpo_status status = bpo__calendar_set_init(&set, c->context, bpo__branch_at(c->root, "calendars"), c->err);

    set.zone = c->plan->zone;
    set.find_known = find_known;
    set.user = c;
    if (status == BPO_OK)
        status = compile_all(c, &set);
    bpo__calendar_set_clear(&set);
    return status;
}

/* --- one --------------------------------------------------------------------------------------------------------- */

bpo_status bpo_calendar_new(bpo_context *context, const bpo_terms *terms, bpo_calendar **ret_calendar, bpo_error *err)
{
    bpo_status status;

    if (!context || !terms || !ret_calendar)
        return bpo__fail_argument(err, !context ? "context" : !terms ? "terms" : "ret_calendar");
    status = bpo__schema_check_all(context, BPO__SCOPE_CALENDAR, terms, err);
    return status == BPO_OK ? bpo__calendar_of_root(context, bpo__branch_root(terms), ret_calendar, err) : status;
}

/* Everything but arguments and the schema. */
static bpo_status compile_named(bpo__calendar_set *set, bpo__branch root, bpo__text name, bpo_calendar **ret_calendar)
{
    bpo__text zone_name = bpo__branch_value(root, "contract/time_zone");
    size_t index = bpo__calendar_set_find(set, name);
    bpo_zone *zone = NULL;
    bpo_status status = BPO_OK;

    if (index == set->count)
        return bpo__fail_text(set->err, BPO_E_NOT_FOUND, BPO__MSG_reference_unknown, BPO__TEXT("/calendars"), name,
                              BPO__TEXT("calendar"), BPO__TEXT("define it below /calendars"));
    if (zone_name.data)
        status = bpo__zone_read(set->context, "/contract/time_zone", zone_name, &zone, set->err);
    set->zone = zone;
    if (status == BPO_OK)
        status = bpo__calendar_set_compile(set, index);
    if (status == BPO_OK)
        *ret_calendar = bpo_calendar_ref(set->entries[index].calendar);
    bpo_zone_unref(zone);
    return status;
}

bpo_status bpo_calendar_new_named(bpo_context *context, const bpo_terms *terms, const char *name,
                                  bpo_calendar **ret_calendar, bpo_error *err)
{
    bpo__calendar_set set;
    bpo__branch root;
    bpo_status status;

    if (!context || !terms || !name || !ret_calendar)
        return bpo__fail_argument(err, !context ? "context" : !terms ? "terms" : !name ? "name" : "ret_calendar");
    status = bpo__schema_check_all(context, BPO__SCOPE_CONTRACT, terms, err);
    if (status != BPO_OK)
        return status;
    root = bpo__branch_root(terms);
    status = bpo__calendar_set_init(&set, context, bpo__branch_at(root, "calendars"), err);
    if (status == BPO_OK)
        status = compile_named(&set, root, bpo__text_of(name), ret_calendar);
    bpo__calendar_set_clear(&set);
    return status;
}
