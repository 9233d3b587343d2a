/* SPDX-License-Identifier: Apache-2.0 */
/* What the contract chooses for a ticket as it is: policy, calendar, target. */
#ifndef BPO_SLA_CHOICE_H
#define BPO_SLA_CHOICE_H

#include "sla/ticket_state.h"

/* Whether what the last fact changed can change the policy. */
bool bpo__policy_is_touched(const bpo__plan *plan, const bpo__ticket_state *state);
/* The first policy whose condition holds; NULL for none. */
const bpo__policy *bpo__policy_choose(const bpo__plan *plan, const bpo__attributes *attributes);
/* NULL: elapsed time. */
const bpo_calendar *bpo__policy_calendar(const bpo__policy *policy, const bpo__attributes *attributes);
/* The objective of a metric under a policy, NULL where the policy has none. */
const bpo__objective *bpo__policy_objective(const bpo__policy *policy, const bpo__metric *metric);
/* The first target whose condition holds. False where none does: the metric does not run. *ret_target is -1 for an
 * objective without targets: it is only measured. */
bool bpo__objective_target(const bpo__objective *objective, const bpo__attributes *attributes,
                           bpo_duration *ret_target);

#endif
