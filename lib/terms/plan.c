/* SPDX-License-Identifier: Apache-2.0 */
/* Plans: one version of the terms, compiled part by part. */
#include "core/fail.h"
#include "terms/compiler.h"
#include "terms/schema.h"
#include "terms/values.h"
#include "time/date.h"

static bpo_status compile_head(bpo__compiler *c)
{
    bpo__text id = bpo__branch_value(c->root, "contract/id");
    bpo__text zone = bpo__branch_value(c->root, "contract/time_zone");
    bpo_status status;

    if (!zone.data)
        zone = BPO__TEXT("UTC");
    status = bpo__compile_text(c, id.data ? id : BPO__TEXT(""), &c->plan->id);
    if (status == BPO_OK)
        status = bpo__compile_text(c, zone, &c->plan->time_zone);
    if (status == BPO_OK)
        status = bpo__zone_read(c->context, "/contract/time_zone", zone, &c->plan->zone, c->err);
    return status;
}

static bpo_status check_days(bpo__compiler *c)
{
    bpo__text start = bpo__branch_value(c->root, "contract/start");
    bpo__text last = bpo__branch_value(c->root, "contract/last_day");
    int32_t start_days, last_days;

    if (!start.data || !last.data || bpo__date_parse(NULL, start, &start_days, NULL) != BPO_OK ||
        bpo__date_parse(NULL, last, &last_days, NULL) != BPO_OK || last_days >= start_days)
        return BPO_OK;
    return bpo__refuse(c, c->root, "contract/last_day", BPO__MSG_date_order, last, (bpo__text){NULL, 0});
}

bpo_status bpo__compile_attributes(bpo__compiler *c)
{
    static const int32_t types[] = {BPO_TYPE_TEXT, BPO_TYPE_INTEGER, BPO_TYPE_DECIMAL, BPO_TYPE_INSTANT};
    bpo__branch branch = bpo__branch_at(c->root, "attributes");
    size_t position = 0, count = 0;
    bpo__declared *declared = bpo__arena_alloc(c->arena, bpo__branch_child_count(branch) * sizeof *declared);
    bpo_status status = declared ? BPO_OK : bpo__fail_memory(c->err);
    bpo__branch child;
    bpo__text name;
    int32_t type;

    while (status == BPO_OK && bpo__branch_next(branch, &position, &child, &name)) {
        status = bpo__value_choice(bpo__branch_path(child).data, bpo__branch_value(child, "type"),
                                   "text,number,decimal,instant", &type, c->err);
        if (status != BPO_OK)
            return status;
        declared[count].type = types[type];
        status = bpo__compile_attribute(c, name, &declared[count++].name);
    }
    c->plan->declarations = (bpo__declarations){declared, count};
    return status;
}

static bpo__category category_of_leaf(bpo__branch leaf)
{
    return bpo__category_of(bpo__branch_value(leaf, ""));
}

static int compare_words(const void *a, const void *b)
{
    return bpo__text_compare(((const bpo__status_word *)a)->word, ((const bpo__status_word *)b)->word);
}

bpo_status bpo__compile_statuses(bpo__compiler *c)
{
    bpo__branch branch = bpo__branch_at(c->root, "tickets/statuses");
    size_t position = 0, count = 0;
    bpo__status_word *statuses = bpo__arena_alloc(c->arena, bpo__branch_child_count(branch) * sizeof *statuses);
    bpo_status status = statuses ? BPO_OK : bpo__fail_memory(c->err);
    bpo__branch child;
    bpo__text token;

    while (status == BPO_OK && bpo__branch_next(branch, &position, &child, &token)) {
        bpo__status_word word = {{NULL, 0}, category_of_leaf(child)};
        size_t at = count++;
        status = bpo__compile_token(c, token, &word.word);
        /* The order of paths is that of the escaped words; nearly always the same. */
        for (; status == BPO_OK && at > 0 && compare_words(&statuses[at - 1], &word) > 0; at--)
            statuses[at] = statuses[at - 1];
        statuses[at] = word;
    }
    c->plan->statuses = statuses;
    c->plan->status_count = count;
    return status;
}

static bpo_status compile_parts(bpo__compiler *c)
{
    static bpo_status (*const parts[])(bpo__compiler *) = {
        check_days,
        bpo__compile_attributes,
        compile_head,
        bpo__compile_statuses,
        bpo__compile_calendars,
        bpo__compile_metrics,
        bpo__compile_policies,
        bpo__compile_meters,
        bpo__compile_charges,
        bpo__compile_measures,
        bpo__compile_levels,
    };
    bpo_status status = BPO_OK;

    for (size_t i = 0; status == BPO_OK && i < sizeof parts / sizeof parts[0]; i++)
        status = parts[i](c);
    return status;
}

static void plan_free(bpo__plan *plan)
{
    bpo_context *context = plan->arena.context;

    for (size_t i = 0; i < plan->calendar_count; i++)
        bpo_calendar_unref(plan->calendars[i].calendar);
    bpo_zone_unref(plan->zone);
    bpo_terms_unref(plan->terms);
    bpo__arena_clear(&plan->arena);
    bpo__free(context, plan, sizeof *plan);
}

bpo_status bpo__plan_new(bpo_context *context, bpo__names *names, bpo_terms *terms, const bpo__plan *known,
                         bpo__plan **ret_plan, bpo_error *err)
{
    bpo__plan *plan;
    bpo_status status = bpo__schema_check_all(context, BPO__SCOPE_CONTRACT, terms, err);

    if (status != BPO_OK)
        return status;
    plan = bpo__alloc_zeroed(context, sizeof *plan);
    if (!plan)
        return bpo__fail_memory(err);
    bpo__reference_init(&plan->references);
    bpo__arena_init(&plan->arena, context);
    plan->terms = bpo_terms_ref(terms);
    bpo__compiler compiler = {context, names, plan, &plan->arena, bpo__branch_root(terms), known, err};
    status = compile_parts(&compiler);
    if (status != BPO_OK) {
        plan_free(plan);
        return status;
    }
    *ret_plan = plan;
    return BPO_OK;
}

bpo__plan *bpo__plan_ref(bpo__plan *plan)
{
    bpo__reference_take(&plan->references);
    return plan;
}

void bpo__plan_unref(bpo__plan *plan)
{
    if (plan && bpo__reference_drop(&plan->references))
        plan_free(plan);
}
