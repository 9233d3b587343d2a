/* SPDX-License-Identifier: Apache-2.0 */
/* KPIs and service levels. */
#include "core/fail.h"
#include "terms/compiler.h"
#include "terms/fact_table.h"
#include "terms/values.h"
#include <bpo/statement.h>

static const char root[] = "/kpis";

static const bpo__text type_names[] = {{"", 0}, {"text", 4}, {"number", 6}, {"decimal", 7}, {"instant", 7}};

/* Refuses an attribute of another type than what is made of it. */
static bpo_status check_type(bpo__compiler *c, const bpo__definition *definition, const char *field, uint32_t name,
                             int32_t wanted)
{
    int32_t type = bpo__declared_type(&c->plan->declarations, name);
    bpo__place place;

    if (name == 0 || type == wanted)
        return BPO_OK;
    return bpo__fail_text(c->err, BPO_E_VALUE, BPO__MSG_attribute_type,
                          bpo__text_of(bpo__definition_place(definition, field, &place)),
                          bpo__definition_value(definition, field), type_names[type], type_names[wanted]);
}

static bool is_set(const bpo__definition *definition, const char *field)
{
    return bpo__definition_value(definition, field).data != NULL;
}

/* Which fields go with which form; the first that is missing or out of place is named. */
static bpo_status check_fields(bpo__compiler *c, const bpo__definition *definition, int32_t form)
{
    static const char *const exclusive[][2] = {
        {"fact", "metric"}, {"where", "metric"}, {"numerator", "metric"}, {"value", "since"}};
    static const char *const forms[] = {"", "count", "sum", "distribution", "ratio"};
    bool measures = form == BPO_KPI_SUM || form == BPO_KPI_DISTRIBUTION;
    const struct {
        const char *field;
        bool fits;
    } fields[] = {{"value", measures},
                  {"since", measures},
                  {"numerator", form == BPO_KPI_RATIO},
                  {"metric", form == BPO_KPI_RATIO}};
    bpo_status status = BPO_OK;
    bpo__place place;

    for (size_t i = 0; status == BPO_OK && i < sizeof exclusive / sizeof exclusive[0]; i++)
        status = bpo__definition_excludes(c, definition, exclusive[i][0], exclusive[i][1]);
    if (status != BPO_OK)
        return status;
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (!fields[i].fits && is_set(definition, fields[i].field))
            return bpo__fail(c->err, BPO_E_VALUE, BPO__MSG_field_misplaced,
                             bpo__definition_place(definition, fields[i].field, &place), "form", forms[form], NULL);
    if (is_set(definition, "metric"))
        return BPO_OK;
    if (bpo__text_is(definition->preset, "sla_attainment"))
        return bpo__definition_missing(c, definition, "metric", "attainment is that of a metric, such as resolution");
    if (!is_set(definition, "fact"))
        return bpo__definition_missing(c, definition, "fact", "name a preset, or the kind of facts that are counted");
    if (measures && !is_set(definition, "value") && !is_set(definition, "since"))
        return bpo__definition_missing(c, definition, "value", "it says what is added up; or set since");
    if (form == BPO_KPI_RATIO && !is_set(definition, "numerator"))
        return bpo__definition_missing(c, definition, "numerator", "it says which facts count above the line");
    return BPO_OK;
}

static bool is_time(const bpo__measure *measure)
{
    switch (measure->measured == BPO__MEASURED_SINCE ? (uint32_t)BPO_VALUE_DURATION : measure->value) {
    case BPO_VALUE_DURATION:
    case BPO_VALUE_WAIT:
    case BPO_VALUE_TALK:
    case BPO_VALUE_HOLD:
    case BPO_VALUE_AFTER_WORK:
        return true;
    default:
        return false;
    }
}

static bpo_status read_measured(bpo__compiler *c, const bpo__definition *definition, bpo__measure *measure)
{
    bool since = is_set(definition, "since");
    const char *field = since ? "since" : "value";
    bpo__text unit = bpo__definition_value(definition, "unit");
    bpo_status status = bpo__definition_attribute(c, definition, field, &measure->value);

    measure->measured = since ? BPO__MEASURED_SINCE : measure->value ? BPO__MEASURED_VALUE : BPO__MEASURED_ONE;
    if (status == BPO_OK)
        status = check_type(c, definition, field, measure->value, since ? BPO_TYPE_INSTANT : BPO_TYPE_INTEGER);
    if (!unit.data)
        unit = is_time(measure) ? BPO__TEXT("us") : BPO__TEXT("count");
    return status == BPO_OK ? bpo__compile_text(c, unit, &measure->unit) : status;
}

static bpo_status read_subject(bpo__compiler *c, const bpo__definition *definition, bpo__measure *measure)
{
    bpo__text metric = bpo__definition_value(definition, "metric");
    bpo__text fact = bpo__definition_value(definition, "fact");
    bpo__place place;
    bpo_status status;

    if (metric.data)
        return bpo__find_metric(c, bpo__definition_place(definition, "metric", &place), metric, &measure->metric);
    bpo_fact_kind_find(fact.data, fact.size, &measure->fact);
    status = bpo__definition_condition(c, definition, "where", &measure->where);
    return status == BPO_OK ? bpo__definition_condition(c, definition, "numerator", &measure->numerator) : status;
}

static bpo_status compile_measure(bpo__compiler *c, bpo__branch branch, bpo__text name, bpo__measure *measure)
{
    bpo__definition definition = bpo__definition_of(BPO__COLLECTION_KPI, root, name, branch);
    int32_t form, direction = 0;
    bpo_status status = bpo__compile_text(c, name, &measure->name);

    if (status == BPO_OK)
        status = bpo__definition_choice(c, &definition, "form", "count,sum,distribution,ratio", 0, &form);
    if (status != BPO_OK)
        return status;
    measure->form = BPO_KPI_COUNT + form;
    status = check_fields(c, &definition, measure->form);
    if (status == BPO_OK)
        status = bpo__definition_choice(c, &definition, "direction", "higher,lower", 0, &direction);
    measure->lower_is_better = direction == 1;
    if (status == BPO_OK)
        status = read_subject(c, &definition, measure);
    if (status == BPO_OK)
        status = read_measured(c, &definition, measure);
    return status == BPO_OK ? bpo__compile_dimensions(c, branch, &measure->by, &measure->by_count) : status;
}

bpo_status bpo__compile_measures(bpo__compiler *c)
{
    bpo__branch branch = bpo__branch_at(c->root, root + 1);
    size_t position = 0;
    bpo__measure *measures = bpo__arena_alloc(c->arena, bpo__branch_child_count(branch) * sizeof *measures);
    bpo_status status = measures ? BPO_OK : bpo__fail_memory(c->err);
    bpo__branch child;
    bpo__text name;

    c->plan->measures = measures;
    while (status == BPO_OK && bpo__branch_next(branch, &position, &child, &name))
        status = compile_measure(c, child, name, &measures[c->plan->measure_count++]);
    return status;
}

static const bpo__policy *find_policy(const bpo__plan *plan, bpo__text name)
{
    for (size_t i = 0; i < plan->policy_count; i++)
        if (bpo__text_is(name, plan->policies[i].name))
            return &plan->policies[i];
    return NULL;
}

static bpo_status read_policy(bpo__compiler *c, bpo__branch branch, bpo__level *level)
{
    bpo__text name = bpo__branch_value(branch, "policy");
    const bpo__policy *policy;
    bpo__place place;

    if (!name.data)
        return BPO_OK;
    policy = find_policy(c->plan, name);
    if (!policy)
        return bpo__reference_unknown(c, bpo__place_of(&place, branch, "policy"), name, "policy",
                                      "define it below /sla/policies");
    level->policy = policy->name;
    return BPO_OK;
}

static bpo_status read_expected(bpo__compiler *c, bpo__branch branch, bpo__level *level)
{
    bpo__text expected = bpo__branch_value(branch, "expected");
    bpo__place place;
    bpo_status status = bpo__value_share(bpo__place_of(&place, branch, "expected"), expected, &level->expected, c->err);

    return status == BPO_OK ? bpo__compile_text(c, expected, &level->expected_text) : status;
}

static bpo_status compile_level(bpo__compiler *c, bpo__branch branch, bpo__text name, bpo__level *level)
{
    static const char *const required[][2] = {{"kpi", "it says what is measured, such as sla_attainment"},
                                              {"metric", "it says whose cycles count, such as resolution"},
                                              {"expected", "it says which share was promised, such as 95%"}};
    bpo__place place;
    bpo_status status = bpo__compile_text(c, name, &level->name);

    for (size_t i = 0; status == BPO_OK && i < sizeof required / sizeof required[0]; i++)
        if (!bpo__branch_value(branch, required[i][0]).data)
            return bpo__refuse_missing(c, branch, required[i][0], required[i][1]);
    if (status == BPO_OK)
        status = bpo__compile_text(c, bpo__branch_value(branch, "kpi"), &level->kpi);
    if (status == BPO_OK)
        status = bpo__find_metric(c, bpo__place_of(&place, branch, "metric"), bpo__branch_value(branch, "metric"),
                                  &level->metric);
    if (status == BPO_OK)
        status = read_policy(c, branch, level);
    if (status == BPO_OK)
        status = read_expected(c, branch, level);
    return status == BPO_OK ? bpo__compile_dimensions(c, branch, &level->by, &level->by_count) : status;
}

bpo_status bpo__compile_levels(bpo__compiler *c)
{
    bpo__branch branch = bpo__branch_at(c->root, "service_levels");
    size_t position = 0;
    bpo__level *levels = bpo__arena_alloc(c->arena, bpo__branch_child_count(branch) * sizeof *levels);
    bpo_status status = levels ? BPO_OK : bpo__fail_memory(c->err);
    bpo__branch child;
    bpo__text name;

    c->plan->levels = levels;
    while (status == BPO_OK && bpo__branch_next(branch, &position, &child, &name))
        status = compile_level(c, child, name, &levels[c->plan->level_count++]);
    return status;
}
