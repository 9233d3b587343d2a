/* SPDX-License-Identifier: Apache-2.0 */
/* Compiling calendars that are made from each other: each after those that it extends or combines. */
#include "terms/calendar_set.h"

#include "core/fail.h"
#include "terms/calendar_terms.h"
#include "terms/compiler.h"
#include "terms/words.h"
#include "time/zone.h"

static const bpo__text none = {NULL, 0};

/* The terms that name other calendars. */
enum { EXTENDS, UNION, INTERSECTION, MINUS, REFERENCE_COUNT };
static const char *const reference_fields[REFERENCE_COUNT] = {"extends", "union", "intersection", "minus"};

/* What a calendar that combines others cannot have of its own. */
static const char *const own_sections[] = {"hours",    "holidays", "holiday_rules", "overrides",
                                           "closures", "versions", "scope",         "override_beats_holiday"};

size_t bpo__calendar_set_find(const bpo__calendar_set *set, bpo__text name)
{
    const bpo__calendar_entry *found = set->entries;
    size_t low = 0, count = set->count;

    while (low < count) {
        size_t middle = low + (count - low) / 2;
        if (bpo__text_compare(found[middle].name, name) < 0)
            low = middle + 1;
        else
            count = middle;
    }
    return low < set->count && bpo__text_equal(found[low].name, name) ? low : set->count;
}

/* --- references -------------------------------------------------------------------------------------------------- */

/* The calendars that a term names; none where it is not set. */
static bpo_status list_of(bpo__calendar_set *set, bpo__branch term, const size_t **ret_indexes, size_t *ret_count)
{
    bpo__text value = bpo__branch_value(term, "");
    const bpo__text *words;
    size_t *indexes;
    size_t count;
    bpo__place place;
    bpo_status status;

    *ret_indexes = NULL;
    *ret_count = 0;
    if (!value.data)
        return BPO_OK;
    bpo__place_of(&place, term, "");
    status = bpo__list_parse(&set->scratch, place.path, value, &words, &count, set->err);
    if (status != BPO_OK)
        return status;
    indexes = bpo__arena_alloc(&set->scratch, count * sizeof *indexes);
    if (!indexes)
        return bpo__fail_memory(set->err);
    for (size_t i = 0; i < count; i++) {
        indexes[i] = bpo__calendar_set_find(set, words[i]);
        if (indexes[i] == set->count)
            return bpo__fail_text(set->err, BPO_E_VALUE, BPO__MSG_reference_unknown, bpo__text_of(place.path), words[i],
                                  BPO__TEXT("calendar"), BPO__TEXT("define it below /calendars"));
    }
    *ret_indexes = indexes;
    *ret_count = count;
    return BPO_OK;
}

/* `sun > night > sun`: from where the chain meets itself. */
static bpo_status refuse_circle(bpo__calendar_set *set, bpo__branch term, size_t index)
{
    char text[(BPO__CALENDAR_CHAIN_MOST + 1) * (BPO_TERMS_NAME_SIZE_MAX + 3)];
    size_t at = 0, size = 0;
    bpo__place place;

    while (set->chain[at] != index)
        at++;
    for (; at <= set->chain_size; at++) {
        bpo__text name = set->entries[at < set->chain_size ? set->chain[at] : index].name;
        memcpy(text + size, size > 0 ? " > " : "", size > 0 ? 3 : 0);
        size += size > 0 ? 3 : 0;
        memcpy(text + size, name.data, name.size);
        size += name.size;
    }
    return bpo__fail_text(set->err, BPO_E_VALUE, BPO__MSG_calendar_circular,
                          bpo__text_of(bpo__place_of(&place, term, "")), (bpo__text){text, size}, none, none);
}

/* Compiles what a calendar names, as far as it is not yet. */
static bpo_status compile_references(bpo__calendar_set *set, const bpo__calendar_entry *entry, bool *ret_all_known)
{
    bpo_status status = BPO_OK;

    *ret_all_known = true;
    for (size_t i = 0; status == BPO_OK && i < REFERENCE_COUNT; i++) {
        bpo__branch term = bpo__branch_at(entry->branch, reference_fields[i]);
        const size_t *indexes;
        size_t count;
        status = list_of(set, term, &indexes, &count);
        for (size_t j = 0; status == BPO_OK && j < count; j++) {
            const bpo__calendar_entry *other = &set->entries[indexes[j]];
            if (other->is_begun && !other->calendar)
                return refuse_circle(set, term, indexes[j]);
            status = bpo__calendar_set_compile(set, indexes[j]);
            *ret_all_known = *ret_all_known && other->is_known;
        }
    }
    return status;
}

/* --- one calendar ------------------------------------------------------------------------------------------------ */

/* What a calendar extends, at most a chain of them, as no circle was found. */
static bpo__lineage lineage_of(const bpo__calendar_set *set, const bpo__calendar_entry *entry, bpo__branch *room)
{
    size_t first = BPO__CALENDAR_CHAIN_MOST;

    while (entry && first > 0) {
        bpo__text extended = bpo__branch_value(entry->branch, reference_fields[EXTENDS]);
        room[--first] = entry->branch;
        entry = extended.data ? &set->entries[bpo__calendar_set_find(set, extended)] : NULL;
    }
    return (bpo__lineage){room + first, BPO__CALENDAR_CHAIN_MOST - first};
}

static bool has_zone(const bpo_zone *zone, bpo__text name)
{
    return zone && bpo__text_is(name, bpo__zone_name(zone));
}

/* The zone of a calendar; loaded only where neither the contract nor another calendar has it. */
static bpo_status zone_of(bpo__calendar_set *set, bpo__lineage lineage, bpo_zone **ret_zone)
{
    bpo__branch term = bpo__lineage_branch(lineage, "time_zone");
    bpo__text name = bpo__branch_value(term, "");
    const bpo_zone *zone = set->zone && (!name.data || has_zone(set->zone, name)) ? set->zone : NULL;
    bpo__place place;

    if (!name.data && !zone)
        return bpo__fail(set->err, BPO_E_MISSING, BPO__MSG_term_missing,
                         bpo__place_of(&place, bpo__lineage_own(lineage), "time_zone"),
                         "a calendar has a zone such as America/New_York", NULL, NULL);
    for (size_t i = 0; !zone && i < set->count; i++)
        if (set->entries[i].calendar && has_zone(bpo__calendar_zone(set->entries[i].calendar), name))
            zone = bpo__calendar_zone(set->entries[i].calendar);
    if (!zone)
        return bpo__zone_read(set->context, bpo__place_of(&place, term, ""), name, ret_zone, set->err);
    *ret_zone = bpo_zone_ref((bpo_zone *)(uintptr_t)zone);
    return BPO_OK;
}

/* Compiled calendars that a term names, and their names. */
static bpo_status members_of(bpo__calendar_set *set, bpo__branch term, bpo_calendar *const **ret_members,
                             const bpo__text **ret_names, size_t *ret_count)
{
    const size_t *indexes;
    bpo_calendar **members;
    bpo__text *names;
    bpo_status status = list_of(set, term, &indexes, ret_count);

    if (status != BPO_OK || *ret_count == 0)
        return status;
    members = bpo__arena_alloc(&set->scratch, *ret_count * sizeof *members);
    names = bpo__arena_alloc(&set->scratch, *ret_count * sizeof *names);
    if (!members || !names)
        return bpo__fail_memory(set->err);
    for (size_t i = 0; i < *ret_count; i++) {
        members[i] = set->entries[indexes[i]].calendar;
        names[i] = set->entries[indexes[i]].name;
    }
    *ret_members = members;
    *ret_names = names;
    return BPO_OK;
}

/* A calendar that combines others says nothing of its own hours, and is made in one way. */
static bpo_status check_combined(bpo__calendar_set *set, bpo__lineage lineage, const char *field)
{
    bpo__place place;

    for (size_t i = 0; i < sizeof own_sections / sizeof own_sections[0]; i++) {
        bpo__branch section = bpo__lineage_branch(lineage, own_sections[i]);
        if (!bpo__branch_is_empty(section))
            return bpo__fail(set->err, BPO_E_VALUE, BPO__MSG_field_excludes, bpo__place_of(&place, section, ""), field,
                             NULL, NULL);
    }
    return BPO_OK;
}

static bpo_status read_combination(bpo__calendar_set *set, bpo__lineage lineage, bpo__calendar_definition *definition)
{
    bpo__branch united = bpo__lineage_branch(lineage, reference_fields[UNION]);
    bpo__branch common = bpo__lineage_branch(lineage, reference_fields[INTERSECTION]);
    bool is_union = !bpo__branch_is_empty(united);
    bool is_combined = is_union || !bpo__branch_is_empty(common);
    bpo__place place;
    const bpo__text *names;
    bpo_status status = members_of(set, bpo__lineage_branch(lineage, reference_fields[MINUS]), &definition->minus,
                                   &definition->minus_names, &definition->minus_count);

    if (is_union && !bpo__branch_is_empty(common))
        return bpo__fail(set->err, BPO_E_VALUE, BPO__MSG_field_excludes, bpo__place_of(&place, common, ""),
                         reference_fields[UNION], NULL, NULL);
    if (status != BPO_OK || !is_combined)
        return status;
    definition->combining = is_union ? BPO__COMBINING_UNION : BPO__COMBINING_INTERSECTION;
    status = check_combined(set, lineage, reference_fields[is_union ? UNION : INTERSECTION]);
    return status == BPO_OK ? members_of(set, is_union ? united : common, &definition->members, &names,
                                         &definition->member_count)
                            : status;
}

/* A calendar that is never open is a mistake, unless the terms say that it may be. */
static bpo_status check_opens(bpo__lineage lineage, bpo_calendar *calendar, bpo_error *err)
{
    bool opens = false;
    bpo__place place;
    bpo_status status;

    if (bpo__text_is(bpo__lineage_value(lineage, "may_be_empty"), "true"))
        return BPO_OK;
    status = bpo__calendar_opens(calendar, &opens, err);
    if (status != BPO_OK || opens)
        return status;
    return bpo__fail(err, BPO_E_VALUE, BPO__MSG_calendar_empty,
                     bpo__place_of(&place, bpo__lineage_own(lineage), "may_be_empty"), NULL, NULL, NULL);
}

/* A limit of the whole has the calendar's own path. */
static bpo_status compile_at(bpo_context *context, bpo__lineage lineage, const bpo__calendar_definition *definition,
                             bpo_calendar **ret_calendar, bpo_error *err)
{
    bpo__place place;
    bpo_status status = bpo__calendar_compile(context, definition, ret_calendar, err);

    if (status == BPO_E_LIMIT)
        bpo__fail_prefix(err, bpo__place_of(&place, bpo__lineage_own(lineage), ""));
    return status;
}

static bpo_status compile_definition(bpo_context *context, bpo__lineage lineage, bpo__arena *scratch,
                                     bpo__calendar_definition *definition, bpo_calendar **ret_calendar, bpo_error *err)
{
    bpo_calendar *calendar = NULL;
    bpo_status status = bpo__calendar_terms_read(lineage, scratch, definition, err);

    if (status == BPO_OK)
        status = compile_at(context, lineage, definition, &calendar, err);
    if (status == BPO_OK)
        status = check_opens(lineage, calendar, err);
    if (status == BPO_OK)
        *ret_calendar = bpo_calendar_ref(calendar);
    bpo_calendar_unref(calendar);
    return status;
}

static bpo_status compile_entry(bpo__calendar_set *set, bpo__calendar_entry *entry)
{
    bpo__branch room[BPO__CALENDAR_CHAIN_MOST];
    bpo__lineage lineage = lineage_of(set, entry, room);
    bpo__calendar_definition definition = {0};
    bpo_status status = read_combination(set, lineage, &definition);

    if (status == BPO_OK)
        status = zone_of(set, lineage, &definition.zone);
    if (status == BPO_OK)
        status = compile_definition(set->context, lineage, &set->scratch, &definition, &entry->calendar, set->err);
    bpo_zone_unref(definition.zone);
    return status;
}

/* --- sets -------------------------------------------------------------------------------------------------------- */

bpo_status bpo__calendar_set_compile(bpo__calendar_set *set, size_t index)
{
    bpo__calendar_entry *entry = &set->entries[index];
    bool all_known = true;
    bpo__place place;
    bpo_status status;

    if (entry->calendar)
        return BPO_OK;
    if (set->chain_size == BPO__CALENDAR_CHAIN_MOST)
        return bpo__fail(set->err, BPO_E_LIMIT, BPO__MSG_calendar_chain, bpo__place_of(&place, entry->branch, ""), NULL,
                         NULL, NULL);
    entry->is_begun = true;
    set->chain[set->chain_size++] = index;
    status = compile_references(set, entry, &all_known);
    set->chain_size--;
    if (status != BPO_OK)
        return status;
    if (all_known && set->find_known)
        entry->calendar = set->find_known(set->user, entry);
    entry->is_known = entry->calendar != NULL;
    return entry->is_known ? BPO_OK : compile_entry(set, entry);
}

bpo_status bpo__calendar_set_init(bpo__calendar_set *set, bpo_context *context, bpo__branch calendars, bpo_error *err)
{
    size_t position = 0;
    bpo__branch child;
    bpo__text name;

    memset(set, 0, sizeof *set);
    set->context = context;
    set->err = err;
    bpo__arena_init(&set->scratch, context);
    set->entries = bpo__arena_alloc(&set->scratch, bpo__branch_child_count(calendars) * sizeof *set->entries);
    if (!set->entries)
        return bpo__fail_memory(err);
    while (bpo__branch_next(calendars, &position, &child, &name)) {
        set->entries[set->count].name = name;
        set->entries[set->count++].branch = child;
    }
    return BPO_OK;
}

void bpo__calendar_set_clear(bpo__calendar_set *set)
{
    for (size_t i = 0; i < set->count; i++)
        bpo_calendar_unref(set->entries[i].calendar);
    bpo__arena_clear(&set->scratch);
}

/* A calendar alone has no others beside it that it could name. */
static bpo_status refuse_references(bpo__branch root, bpo_error *err)
{
    bpo__place place;

    for (size_t i = 0; i < REFERENCE_COUNT; i++)
        if (!bpo__branch_is_empty(bpo__branch_at(root, reference_fields[i])))
            return bpo__fail(err, BPO_E_VALUE, BPO__MSG_calendar_alone,
                             bpo__place_of(&place, root, reference_fields[i]), NULL, NULL, NULL);
    return BPO_OK;
}

bpo_status bpo__calendar_of_root(bpo_context *context, bpo__branch root, bpo_calendar **ret_calendar, bpo_error *err)
{
    bpo__text name = bpo__branch_value(root, "time_zone");
    bpo__calendar_definition definition = {0};
    bpo_status status = refuse_references(root, err);
    bpo__arena scratch;

    if (status != BPO_OK)
        return status;
    if (!name.data)
        return bpo__fail(err, BPO_E_MISSING, BPO__MSG_term_missing, "/time_zone",
                         "a calendar has a zone such as America/New_York", NULL, NULL);
    status = bpo__zone_read(context, "/time_zone", name, &definition.zone, err);
    bpo__arena_init(&scratch, context);
    if (status == BPO_OK)
        status = compile_definition(context, (bpo__lineage){&root, 1}, &scratch, &definition, ret_calendar, err);
    bpo__arena_clear(&scratch);
    bpo_zone_unref(definition.zone);
    return status;
}
