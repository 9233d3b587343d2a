/* SPDX-License-Identifier: Apache-2.0 */
/* Metrics: those that the contract defines, and the presets that it only names. */
#include "core/fail.h"
#include "terms/compiler.h"

static const char root[] = "/sla/metrics";

static bpo_status compile_metric(bpo__compiler *c, bpo__text name, bpo__metric *metric)
{
    static const bpo__again agains[] = {BPO__AGAIN_NEVER, BPO__AGAIN_NEW_CYCLE, BPO__AGAIN_RESUME};
    bpo__branch branch = bpo__branch_at(c->root, root + 1);
    bpo__definition definition;
    int32_t again, clock;
    bpo_status status = bpo__compile_text(c, name, &metric->name);

    if (status != BPO_OK)
        return status;
    definition = bpo__definition_of(BPO__COLLECTION_METRIC, root, name, bpo__branch_at(branch, metric->name));
    const struct {
        const char *field;
        const bpo__condition **into;
    } conditions[] = {{"start", &metric->start},
                      {"stop", &metric->stop},
                      {"cancel", &metric->cancel},
                      {"restart", &metric->restart},
                      {"pause", &metric->pause}};
    for (size_t i = 0; status == BPO_OK && i < sizeof conditions / sizeof conditions[0]; i++)
        status = bpo__definition_condition(c, &definition, conditions[i].field, conditions[i].into);
    if (status == BPO_OK)
        status = bpo__definition_choice(c, &definition, "again", "never,new_cycle,resume", 0, &again);
    if (status == BPO_OK)
        status = bpo__definition_choice(c, &definition, "clock", "business,elapsed", 0, &clock);
    if (status != BPO_OK)
        return status;
    metric->again = agains[again];
    metric->elapsed_time = clock == 1;
    if (!metric->start)
        return bpo__definition_missing(c, &definition, "start",
                                       "name a preset, or write the facts that start the clock");
    if (!metric->stop)
        return bpo__definition_missing(c, &definition, "stop", "write the facts that stop the clock");
    return BPO_OK;
}

/* Presets that targets and policies' own pauses name. */
static bpo_status add_targets(bpo__compiler *c, bpo__name_list *list)
{
    bpo__branch policies = bpo__branch_at(c->root, "sla/policies");
    bpo_status status = BPO_OK;
    size_t position = 0;
    bpo__branch policy, target;
    bpo__text token;

    while (status == BPO_OK && bpo__branch_next(policies, &position, &policy, &token)) {
        bpo__branch targets = bpo__branch_at(policy, "targets");
        size_t at = 0;
        while (status == BPO_OK && bpo__branch_next(targets, &at, &target, &token))
            if (bpo__preset_exists(BPO__COLLECTION_METRIC, token))
                status = bpo__name_list_add(c, list, token);
    }
    return status;
}

static bpo_status collect(bpo__compiler *c, bpo__name_list *list)
{
    static const char *const referring[] = {"/pricing/meters", "/kpis", "/service_levels"};
    bpo_status status = bpo__name_list_add_children(c, list, root);

    if (status == BPO_OK)
        status = add_targets(c, list);
    for (size_t i = 0; status == BPO_OK && i < sizeof referring / sizeof referring[0]; i++)
        status = bpo__name_list_add_presets(c, list, referring[i], "metric", BPO__COLLECTION_METRIC);
    bpo__name_list_settle(list);
    return status;
}

bpo_status bpo__compile_metrics(bpo__compiler *c)
{
    bpo__name_list list = {NULL, 0, 0};
    bpo_status status = collect(c, &list);
    bpo__metric *metrics;

    if (status != BPO_OK)
        return status;
    metrics = bpo__arena_alloc(c->arena, list.count * sizeof *metrics);
    if (!metrics)
        return bpo__fail_memory(c->err);
    for (size_t i = 0; status == BPO_OK && i < list.count; i++)
        status = compile_metric(c, list.names[i], &metrics[i]);
    c->plan->metrics = metrics;
    c->plan->metric_count = list.count;
    return status;
}
