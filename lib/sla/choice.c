/* SPDX-License-Identifier: Apache-2.0 */
/* Choosing policy, calendar and target. Law: in every list the first match counts, and a choice is a pure function of
 * the ticket's attributes at that point. */
#include "sla/choice.h"

bool bpo__policy_is_touched(const bpo__plan *plan, const bpo__ticket_state *state)
{
    for (size_t i = 0; i < plan->policy_count; i++)
        for (size_t j = 0; j < state->changed_count; j++)
            if (bpo__condition_mentions(plan->policies[i].when, state->changed[j]))
                return true;
    return false;
}

const bpo__policy *bpo__policy_choose(const bpo__plan *plan, const bpo__attributes *attributes)
{
    for (size_t i = 0; i < plan->policy_count; i++)
        if (bpo__condition_holds(plan->policies[i].when, attributes))
            return &plan->policies[i];
    return NULL;
}

const bpo_calendar *bpo__policy_calendar(const bpo__policy *policy, const bpo__attributes *attributes)
{
    const bpo_value *value = NULL;
    if (policy->calendar_by != 0)
        value = bpo__attributes_find(attributes, policy->calendar_by);
    if (value == NULL || value->type != BPO_TYPE_TEXT)
        return policy->calendar;
    for (size_t i = 0; i < policy->calendar_case_count; i++)
        if (bpo__text_equal(policy->calendar_cases[i].value, (bpo__text){value->text, value->size}))
            return policy->calendar_cases[i].calendar;
    return policy->calendar;
}

const bpo__objective *bpo__policy_objective(const bpo__policy *policy, const bpo__metric *metric)
{
    for (size_t i = 0; policy != NULL && i < policy->objective_count; i++)
        if (policy->objectives[i].metric == metric)
            return &policy->objectives[i];
    return NULL;
}

bool bpo__objective_target(const bpo__objective *objective, const bpo__attributes *attributes, bpo_duration *ret_target)
{
    *ret_target = -1;
    if (objective->case_count == 0)
        return true;
    for (size_t i = 0; i < objective->case_count; i++)
        if (bpo__condition_holds(objective->cases[i].when, attributes)) {
            *ret_target = objective->cases[i].target;
            return true;
        }
    return false;
}
