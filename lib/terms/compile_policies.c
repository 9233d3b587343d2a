/* SPDX-License-Identifier: Apache-2.0 */
/* Policies: for which tickets, by which calendar, with which targets. A target is a leaf, a table by the values of one
 * attribute, or cases in order; all become cases of which the first that holds is taken. */
#include "core/fail.h"
#include "terms/compiler.h"
#include "terms/values.h"
#include "time/duration.h"

static const bpo__text none = {NULL, 0};

/* The attribute's branch of a table `by/ATTRIBUTE/VALUE`; it goes by one. */
static bpo_status read_by(bpo__compiler *c, bpo__branch by, uint32_t *ret_attribute, bpo__branch *ret_values)
{
    bpo__branch other;
    bpo__text name, second;
    size_t position = 0;
    bpo_status status;

    *ret_attribute = 0;
    *ret_values = by;
    if (!bpo__branch_next(by, &position, ret_values, &name))
        return BPO_OK;
    status = bpo__compile_attribute(c, name, ret_attribute);
    if (status == BPO_OK && bpo__branch_next(by, &position, &other, &second))
        return bpo__refuse(c, other, "", BPO__MSG_attributes_mixed, name, second);
    return status;
}

static bpo_status read_duration(bpo__compiler *c, bpo__branch leaf, bpo_duration *ret_target)
{
    bpo__place place;
    bpo__text value = bpo__branch_value(leaf, "");
    bpo_status status = bpo__duration_parse(bpo__place_of(&place, leaf, ""), value, ret_target, c->err);

    if (status == BPO_OK && *ret_target < 0)
        return bpo__refuse(c, leaf, "", BPO__MSG_target_negative, value, none);
    return status;
}

static bpo_status read_by_values(bpo__compiler *c, bpo__branch values, uint32_t attribute, bpo__target_case *cases,
                                 size_t *count)
{
    bpo_status status = BPO_OK;
    size_t position = 0;
    bpo__branch child;
    bpo__text token, value;

    while (status == BPO_OK && attribute && bpo__branch_next(values, &position, &child, &token)) {
        status = bpo__compile_token(c, token, &value);
        if (status != BPO_OK)
            return status;
        cases[*count].when = bpo__condition_equals(c->arena, attribute, value);
        if (!cases[*count].when)
            return bpo__fail_memory(c->err);
        status = read_duration(c, child, &cases[(*count)++].target);
    }
    return status;
}

static bpo_status read_indexed(bpo__compiler *c, bpo__branch target, size_t entries, bpo__target_case *cases,
                               size_t *count)
{
    bpo_status status = BPO_OK;

    for (size_t i = 0; status == BPO_OK && i < entries; i++) {
        bpo__branch entry = bpo__table_entry(target, i);
        bpo__branch value = bpo__branch_at(entry, "value");
        if (bpo__branch_is_empty(value))
            return bpo__refuse_missing(c, entry, "value", "each case has a target such as PT8H");
        status = bpo__compile_condition(c, entry, "when", &cases[*count].when);
        if (status == BPO_OK)
            status = read_duration(c, value, &cases[(*count)++].target);
    }
    return status;
}

/* A target that is no leaf: `by` or cases, then `otherwise`. */
static bpo_status read_table(bpo__compiler *c, bpo__branch target, bpo__objective *objective)
{
    bpo__branch by = bpo__branch_at(target, "by");
    bpo__branch otherwise = bpo__branch_at(target, "otherwise");
    bpo__branch values;
    bpo__target_case *cases;
    size_t entries, count = 0;
    uint32_t attribute;
    bpo_status status = bpo__compile_table_size(c, target, &entries);

    if (status == BPO_OK)
        status = read_by(c, by, &attribute, &values);
    if (status != BPO_OK)
        return status;
    if (attribute && entries > 0)
        return bpo__refuse(c, target, "by", BPO__MSG_field_excludes, BPO__TEXT("cases by number"), none);
    cases = bpo__arena_alloc(c->arena, (bpo__branch_child_count(values) + entries + 1) * sizeof *cases);
    if (!cases)
        return bpo__fail_memory(c->err);
    status = read_by_values(c, values, attribute, cases, &count);
    if (status == BPO_OK)
        status = read_indexed(c, target, entries, cases, &count);
    if (status == BPO_OK && !bpo__branch_is_empty(otherwise))
        status = read_duration(c, otherwise, &cases[count++].target);
    objective->cases = cases;
    objective->case_count = count;
    return status;
}

static bpo_status read_leaf(bpo__compiler *c, bpo__branch target, bpo__objective *objective)
{
    bpo__target_case *only;

    if (bpo__text_is(bpo__branch_value(target, ""), "none"))
        return BPO_OK;
    only = bpo__arena_alloc(c->arena, sizeof *only);
    if (!only)
        return bpo__fail_memory(c->err);
    objective->cases = only;
    objective->case_count = 1;
    return read_duration(c, target, &only->target);
}

static bpo_status compile_objective(bpo__compiler *c, bpo__branch policy, bpo__branch target, bpo__text name,
                                    bpo__objective *objective)
{
    bpo__place place;
    bpo__branch own = bpo__branch_at(policy, "metrics");
    bpo_status status = bpo__find_metric(c, bpo__place_of(&place, target, ""), name, &objective->metric);

    if (status != BPO_OK)
        return status;
    own = bpo__branch_at(own, objective->metric->name);
    status = bpo__compile_condition(c, own, "pause", &objective->pause);
    if (!objective->pause)
        objective->pause = objective->metric->pause;
    if (status != BPO_OK)
        return status;
    return bpo__branch_is_leaf(target) ? read_leaf(c, target, objective) : read_table(c, target, objective);
}

/* A policy's own pause needs a target to act on. */
static bpo_status check_own_metrics(bpo__compiler *c, bpo__branch policy, const bpo__policy *compiled)
{
    bpo__branch own = bpo__branch_at(policy, "metrics");
    size_t position = 0;
    bpo__branch child;
    bpo__text name;

    while (bpo__branch_next(own, &position, &child, &name)) {
        bool found = false;
        for (size_t i = 0; i < compiled->objective_count; i++)
            found |= bpo__text_is(name, compiled->objectives[i].metric->name);
        if (!found)
            return bpo__refuse(c, child, "", BPO__MSG_metric_without_target, name, none);
    }
    return BPO_OK;
}

static bpo_status compile_objectives(bpo__compiler *c, bpo__branch policy, bpo__policy *into)
{
    bpo__branch targets = bpo__branch_at(policy, "targets");
    bool latest = bpo__text_is(bpo__branch_value(policy, "due_display"), "latest");
    bpo__objective *objectives = bpo__arena_alloc(c->arena, bpo__branch_child_count(targets) * sizeof *objectives);
    bpo_status status = objectives ? BPO_OK : bpo__fail_memory(c->err);
    size_t position = 0;
    bpo__branch target;
    bpo__text name;

    while (status == BPO_OK && bpo__branch_next(targets, &position, &target, &name)) {
        objectives[into->objective_count].due_landing = latest ? BPO_LANDING_LATEST : BPO_LANDING_EARLIEST;
        status = compile_objective(c, policy, target, name, &objectives[into->objective_count++]);
    }
    into->objectives = objectives;
    if (status == BPO_OK && into->objective_count == 0)
        return bpo__refuse_missing(c, policy, "targets", "a policy has at least one, such as targets/resolution PT8H");
    return status == BPO_OK ? check_own_metrics(c, policy, into) : status;
}

static bpo_status find_calendar(bpo__compiler *c, bpo__branch leaf, bpo_calendar **ret_calendar)
{
    bpo__place place;

    return bpo__find_calendar(c, bpo__place_of(&place, leaf, ""), bpo__branch_value(leaf, ""), ret_calendar);
}

static bpo_status compile_calendar_cases(bpo__compiler *c, bpo__branch values, bpo__policy *into)
{
    bpo__calendar_case *cases = bpo__arena_alloc(c->arena, bpo__branch_child_count(values) * sizeof *cases);
    bpo_status status = cases ? BPO_OK : bpo__fail_memory(c->err);
    size_t position = 0;
    bpo__branch child;
    bpo__text token;

    into->calendar_cases = cases;
    while (status == BPO_OK && bpo__branch_next(values, &position, &child, &token)) {
        bpo__calendar_case *entry = &cases[into->calendar_case_count++];
        status = bpo__compile_token(c, token, &entry->value);
        if (status == BPO_OK)
            status = find_calendar(c, child, &entry->calendar);
    }
    return status;
}

static bpo_status compile_calendar(bpo__compiler *c, bpo__branch policy, bpo__policy *into)
{
    bpo__branch calendar = bpo__branch_at(policy, "calendar");
    bpo__branch otherwise = bpo__branch_at(calendar, "otherwise");
    bpo__branch values;
    bpo_status status;

    if (bpo__branch_is_empty(calendar))
        return BPO_OK;
    if (bpo__branch_is_leaf(calendar))
        return find_calendar(c, calendar, &into->calendar);
    status = bpo__branch_is_empty(otherwise) ? BPO_OK : find_calendar(c, otherwise, &into->calendar);
    if (status == BPO_OK)
        status = read_by(c, bpo__branch_at(calendar, "by"), &into->calendar_by, &values);
    if (status == BPO_OK && into->calendar_by)
        status = compile_calendar_cases(c, values, into);
    return status;
}

static bpo_status compile_policy(bpo__compiler *c, bpo__branch policy, bpo__text name, bpo__policy *into)
{
    bpo_status status = bpo__compile_text(c, name, &into->name);

    if (status == BPO_OK)
        status = bpo__compile_condition(c, policy, "when", &into->when);
    if (status == BPO_OK)
        status = compile_calendar(c, policy, into);
    return status == BPO_OK ? compile_objectives(c, policy, into) : status;
}

bpo_status bpo__compile_policies(bpo__compiler *c)
{
    bpo__branch branch = bpo__branch_at(c->root, "sla/policies");
    size_t position = 0, count = 0;
    bpo__policy *policies = bpo__arena_alloc(c->arena, bpo__branch_child_count(branch) * sizeof *policies);
    bpo_status status = policies ? BPO_OK : bpo__fail_memory(c->err);
    bpo__branch child;
    bpo__text name;

    while (status == BPO_OK && bpo__branch_next(branch, &position, &child, &name))
        status = compile_policy(c, child, name, &policies[count++]);
    c->plan->policies = policies;
    c->plan->policy_count = count;
    if (status == BPO_OK && count > 1 && !bpo__branch_value(c->root, "sla/order").data)
        return bpo__refuse_missing(c, c->root, "sla/order", "with two policies it says which is tried first");
    return status == BPO_OK ? bpo__compile_order(c, "/sla/order", "policy", policies, count, sizeof *policies) : status;
}
