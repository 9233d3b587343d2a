/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the terms of one calendar, layer by layer. */
#include "terms/calendar_terms.h"

#include "core/fail.h"
#include "terms/compiler.h"
#include "terms/values.h"
#include "time/date.h"

/* --- layers ------------------------------------------------------------------------------------------------------ */

/* Bottom first. */
typedef struct layers {
    const bpo__branch *branches;
    size_t count;
} layers;

/* The topmost branch at a relative path that is not below `above`; empty where there is none. */
static bpo__branch topmost(layers l, size_t above, const char *relative)
{
    bpo__branch found = bpo__branch_at(l.branches[0], relative);

    for (size_t i = l.count; i > above; i--) {
        bpo__branch branch = bpo__branch_at(l.branches[i - 1], relative);
        if (!bpo__branch_is_empty(branch))
            return branch;
    }
    found.end = found.first;
    return found;
}

bpo__branch bpo__lineage_own(bpo__lineage lineage)
{
    return lineage.branches[lineage.count - 1];
}

bpo__branch bpo__lineage_branch(bpo__lineage lineage, const char *relative)
{
    return topmost((layers){lineage.branches, lineage.count}, 0, relative);
}

bpo__text bpo__lineage_value(bpo__lineage lineage, const char *relative)
{
    return bpo__branch_value(bpo__lineage_branch(lineage, relative), "");
}

/* A walk over the children of a section in all layers, each token once, from its topmost layer. */
typedef struct walk {
    layers layers;
    const char *section;
    size_t layer;
    size_t position;
} walk;

static bool is_hidden(const walk *w, bpo__text token)
{
    char relative[32 + 2 * BPO_TERMS_NAME_SIZE_MAX];
    size_t size = strlen(w->section);

    memcpy(relative, w->section, size);
    relative[size++] = '/';
    memcpy(relative + size, token.data, token.size);
    relative[size + token.size] = '\0';
    return !bpo__branch_is_empty(topmost(w->layers, w->layer + 1, relative));
}

static bool walk_next(walk *w, bpo__branch *ret_child, bpo__text *ret_token)
{
    for (; w->layer < w->layers.count; w->layer++, w->position = 0) {
        bpo__branch section = bpo__branch_at(w->layers.branches[w->layer], w->section);
        while (bpo__branch_next(section, &w->position, ret_child, ret_token))
            if (!is_hidden(w, *ret_token))
                return true;
    }
    return false;
}

/* Room for all children of a section. */
static void *room_for(layers l, const char *section, bpo__arena *scratch, size_t item_size)
{
    size_t count = 0;

    for (size_t i = 0; i < l.count; i++)
        count += bpo__branch_child_count(bpo__branch_at(l.branches[i], section));
    return bpo__arena_alloc(scratch, count * item_size);
}

/* --- sections ---------------------------------------------------------------------------------------------------- */

static bpo_status read_weekly(layers l, bpo__arena *scratch, bpo__calendar_definition *definition, bpo_error *err)
{
    walk w = {l, "hours", 0, 0};
    bpo_status status = BPO_OK;
    bpo__branch child;
    bpo__text token;

    while (status == BPO_OK && walk_next(&w, &child, &token))
        status = bpo__hours_parse(scratch, bpo__branch_path(child).data, bpo__branch_value(child, ""),
                                  &definition->weekly[bpo__day_of(token)], err);
    return status;
}

static bpo_status read_holidays(layers l, bpo__arena *scratch, bpo__calendar_definition *definition, bpo_error *err)
{
    walk w = {l, "holidays", 0, 0};
    bpo__holiday *list = room_for(l, w.section, scratch, sizeof *list);
    bpo_status status = list ? BPO_OK : bpo__fail_memory(err);
    bpo__branch child;
    bpo__text token;

    while (status == BPO_OK && walk_next(&w, &child, &token)) {
        bpo__holiday *holiday = &list[definition->holiday_count++];
        holiday->name = bpo__branch_value(child, "");
        status = bpo__date_or_yearly_parse(bpo__branch_path(child).data, token, &holiday->date, err);
    }
    definition->holidays = list;
    return status;
}

static bpo_status read_year(bpo__branch rule, const char *field, int32_t least, int32_t *ret_year, bpo_error *err)
{
    bpo__text text = bpo__branch_value(rule, field);
    bpo__place place;
    int64_t year = 0;
    bpo_status status = BPO_OK;

    if (text.data)
        status = bpo__value_integer(bpo__place_of(&place, rule, field), text, least, BPO__YEAR_MAX, &year, err);
    *ret_year = (int32_t)year;
    return status;
}

/* The fields of a rule that is written as a table. */
static bpo_status read_rule_fields(bpo__branch branch, bpo__holiday_rule *rule, bpo_error *err)
{
    bpo__text observed = bpo__branch_value(branch, "observed");
    bpo__text title = bpo__branch_value(branch, "title");
    bpo_status status = BPO_OK;
    bpo__place place;

    if (title.data)
        rule->name = title;
    if (observed.data)
        status = bpo__observed_parse(bpo__place_of(&place, branch, "observed"), observed, rule->observed, err);
    if (status == BPO_OK)
        status = read_year(branch, "from_year", BPO__YEAR_MIN, &rule->from_year, err);
    int32_t least = rule->from_year > 0 ? rule->from_year : BPO__YEAR_MIN; /* a rule of no year is a mistake */
    if (status == BPO_OK)
        status = read_year(branch, "to_year", least, &rule->to_year, err);
    return status;
}

/* *ret_is_rule is false for `none`, which takes back a rule of a layer below. */
static bpo_status read_rule(bpo__branch branch, bpo__text name, bpo__holiday_rule *rule, bool *ret_is_rule,
                            bpo_error *err)
{
    const char *field = bpo__branch_is_leaf(branch) ? "" : "rule";
    bpo__text text = bpo__branch_value(branch, field);
    bpo_status status;
    bpo__place place;

    bpo__place_of(&place, branch, field);
    if (!text.data)
        return bpo__fail(err, BPO_E_MISSING, BPO__MSG_term_missing, place.path, "write a rule like --12-25 or easter+1",
                         NULL, NULL);
    *ret_is_rule = !bpo__text_is(text, "none");
    rule->name = name;
    status = *ret_is_rule ? bpo__holiday_rule_parse(place.path, text, rule, err) : BPO_OK;
    return status == BPO_OK ? read_rule_fields(branch, rule, err) : status;
}

static bpo_status read_rules(layers l, bpo__arena *scratch, bpo__calendar_definition *definition, bpo_error *err)
{
    walk w = {l, "holiday_rules", 0, 0};
    bpo__holiday_rule *list = room_for(l, w.section, scratch, sizeof *list);
    bpo_status status = list ? BPO_OK : bpo__fail_memory(err);
    bpo__branch child;
    bpo__text token;

    while (status == BPO_OK && walk_next(&w, &child, &token)) {
        bool is_rule = true;
        status = read_rule(child, token, &list[definition->rule_count], &is_rule, err);
        definition->rule_count += is_rule;
    }
    definition->rules = list;
    return status;
}

static bpo_status read_dated(layers l, const char *section, bpo__arena *scratch, const bpo__dated_hours **ret_list,
                             size_t *ret_count, bpo_error *err)
{
    walk w = {l, section, 0, 0};
    bpo__dated_hours *list = room_for(l, section, scratch, sizeof *list);
    bpo_status status = list ? BPO_OK : bpo__fail_memory(err);
    size_t count = 0;
    bpo__branch child;
    bpo__text token;

    while (status == BPO_OK && walk_next(&w, &child, &token)) {
        const char *path = bpo__branch_path(child).data;
        status = bpo__date_parse(path, token, &list[count].days, err);
        if (status == BPO_OK)
            status = bpo__hours_parse(scratch, path, bpo__branch_value(child, ""), &list[count++].hours, err);
    }
    *ret_list = list;
    *ret_count = count;
    return status;
}

static bpo__text topmost_value(layers l, const char *field)
{
    return bpo__branch_value(topmost(l, 0, field), "");
}

static bpo_status read_version(layers l, bpo__arena *scratch, bpo__calendar_definition *into, bpo_error *err)
{
    bpo_status status = read_weekly(l, scratch, into, err);

    into->holidays_by_shift_start = bpo__text_is(topmost_value(l, "scope"), "shift_start");
    into->override_beats_holiday = !bpo__text_is(topmost_value(l, "override_beats_holiday"), "false");
    if (status == BPO_OK)
        status = read_holidays(l, scratch, into, err);
    if (status == BPO_OK)
        status = read_rules(l, scratch, into, err);
    if (status == BPO_OK)
        status = read_dated(l, "overrides", scratch, &into->overrides, &into->override_count, err);
    if (status == BPO_OK)
        status = read_dated(l, "closures", scratch, &into->closures, &into->closure_count, err);
    return status;
}

/* --- versions ---------------------------------------------------------------------------------------------------- */

/* The layers that hold on the date of a token (all bases only for {NULL, 0}); `room` has place for all. */
static layers layers_on(bpo__lineage lineage, bpo__text date, bpo__branch *room)
{
    layers l = {room, 0};

    for (size_t i = 0; i < lineage.count; i++) {
        bpo__branch versions = bpo__branch_at(lineage.branches[i], "versions");
        size_t position = 0;
        bpo__branch child;
        bpo__text token;
        room[l.count++] = lineage.branches[i];
        while (bpo__branch_next(versions, &position, &child, &token) && bpo__text_compare(token, date) <= 0)
            room[l.count++] = child;
    }
    return l;
}

static bool is_listed(const bpo__text *dates, size_t count, bpo__text date)
{
    for (size_t i = 0; i < count; i++)
        if (bpo__text_equal(dates[i], date))
            return true;
    return false;
}

/* The dates of all versions, each once; `dates` has place for BPO__VERSIONS_MOST. */
static bpo_status list_dates(bpo__lineage lineage, bpo__text *dates, size_t *ret_count, bpo_error *err)
{
    const bpo__text none = {NULL, 0};
    size_t count = 0;

    for (size_t i = 0; i < lineage.count; i++) {
        bpo__branch versions = bpo__branch_at(lineage.branches[i], "versions");
        size_t position = 0;
        bpo__branch child;
        bpo__text token;
        while (bpo__branch_next(versions, &position, &child, &token)) {
            if (is_listed(dates, count, token))
                continue;
            if (count == BPO__VERSIONS_MOST)
                return bpo__fail_text(err, BPO_E_LIMIT, BPO__MSG_versions_many, bpo__branch_path(child), none, none,
                                      none);
            dates[count++] = token;
        }
    }
    *ret_count = count;
    return BPO_OK;
}

bpo_status bpo__calendar_terms_read(bpo__lineage lineage, bpo__arena *scratch, bpo__calendar_definition *definition,
                                    bpo_error *err)
{
    const bpo__text none = {NULL, 0};
    bpo__text dates[BPO__VERSIONS_MOST];
    size_t count = 0;
    bpo_status status = list_dates(lineage, dates, &count, err);
    bpo__branch *room;
    bpo__calendar_version *versions;

    if (status != BPO_OK)
        return status;
    room = bpo__arena_alloc(scratch, lineage.count * (1 + BPO__VERSIONS_MOST) * sizeof *room);
    versions = bpo__arena_alloc(scratch, count * sizeof *versions);
    if (!room || !versions)
        return bpo__fail_memory(err);
    status = read_version(layers_on(lineage, none, room), scratch, definition, err);
    for (size_t i = 0; status == BPO_OK && i < count; i++) {
        status = bpo__date_parse(NULL, dates[i], &versions[i].from_days, err);
        if (status == BPO_OK)
            status = read_version(layers_on(lineage, dates[i], room), scratch, &versions[i].definition, err);
    }
    definition->versions = versions;
    definition->version_count = count;
    return status;
}
