/* SPDX-License-Identifier: Apache-2.0 */
/* Definitions of a period, gathered from its versions. There are a handful of each: they are looked for one by one. */
#include "ledger/definitions.h"

#include "core/sort.h"

static int compare_measures(const void *a, const void *b, void *user)
{
    const bpo__measure *const *left = a, *const *right = b;
    (void)user;
    return bpo__text_compare(bpo__text_of((*left)->name), bpo__text_of((*right)->name));
}

static int compare_levels(const void *a, const void *b, void *user)
{
    const bpo__level *const *left = a, *const *right = b;
    (void)user;
    return bpo__text_compare(bpo__text_of((*left)->name), bpo__text_of((*right)->name));
}

static bool has_measure(const bpo__definitions *d, const char *name)
{
    for (size_t i = 0; i < d->measure_count; i++)
        if (bpo__text_is(bpo__text_of(name), d->measures[i]->name))
            return true;
    return false;
}

static bool has_level(const bpo__definitions *d, const char *name)
{
    for (size_t i = 0; i < d->level_count; i++)
        if (bpo__text_is(bpo__text_of(name), d->levels[i]->name))
            return true;
    return false;
}

static bool has_charge(const bpo__definitions *d, const char *name)
{
    for (size_t i = 0; i < d->charge_count; i++)
        if (bpo__text_is(bpo__text_of(name), d->charges[i]))
            return true;
    return false;
}

static bpo_status add_measures(bpo__definitions *d, const bpo__plan *plan)
{
    void *list = d->measures;
    bpo_status status = bpo__reserve(d->context, &list, &d->measure_capacity, d->measure_count, plan->measure_count,
                                     sizeof *d->measures);
    d->measures = list;
    for (size_t i = 0; i < plan->measure_count && status >= 0; i++)
        if (!has_measure(d, plan->measures[i].name))
            d->measures[d->measure_count++] = &plan->measures[i];
    return status;
}

static bpo_status add_levels(bpo__definitions *d, const bpo__plan *plan)
{
    void *list = d->levels;
    bpo_status status =
        bpo__reserve(d->context, &list, &d->level_capacity, d->level_count, plan->level_count, sizeof *d->levels);
    d->levels = list;
    for (size_t i = 0; i < plan->level_count && status >= 0; i++)
        if (!has_level(d, plan->levels[i].name))
            d->levels[d->level_count++] = &plan->levels[i];
    return status;
}

static bpo_status add_charges(bpo__definitions *d, const bpo__plan *plan)
{
    bpo_status status = BPO_OK;
    for (size_t i = 0; i < plan->pricing.charge_count && status >= 0; i++)
        status = bpo__definitions_add_charge(d, plan->pricing.charges[i].name);
    return status;
}

bpo_status bpo__definitions_add_charge(bpo__definitions *d, const char *name)
{
    void *list = d->charges;
    if (has_charge(d, name))
        return BPO_OK;
    bpo_status status = bpo__reserve(d->context, &list, &d->charge_capacity, d->charge_count, 1, sizeof *d->charges);
    d->charges = list;
    if (status >= 0)
        d->charges[d->charge_count++] = name;
    return status;
}

bpo_status bpo__definitions_init(bpo__definitions *d, bpo_context *context, const bpo__place *places,
                                 size_t place_count)
{
    bpo_status status = BPO_OK;
    *d = (bpo__definitions){.context = context, .places = places, .place_count = place_count};
    for (size_t i = place_count; i > 0 && status >= 0; i--) { /* the last version first: it decides */
        const bpo__plan *plan = places[i - 1].plan;
        if ((status = add_measures(d, plan)) >= 0 && (status = add_levels(d, plan)) >= 0)
            status = add_charges(d, plan);
    }
    bpo__sort(d->measures, d->measure_count, sizeof *d->measures, compare_measures, NULL);
    bpo__sort(d->levels, d->level_count, sizeof *d->levels, compare_levels, NULL);
    return status;
}

void bpo__definitions_clear(bpo__definitions *d)
{
    bpo__free(d->context, d->measures, d->measure_capacity * sizeof *d->measures);
    bpo__free(d->context, d->levels, d->level_capacity * sizeof *d->levels);
    bpo__free(d->context, d->charges, d->charge_capacity * sizeof *d->charges);
}

const bpo__charge *bpo__charge_of(const bpo__plan *plan, bpo__text name)
{
    for (size_t i = 0; i < plan->pricing.charge_count; i++)
        if (bpo__text_is(name, plan->pricing.charges[i].name))
            return &plan->pricing.charges[i];
    return NULL;
}
