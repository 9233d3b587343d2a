/* SPDX-License-Identifier: Apache-2.0 */
/* The KPI rows of a statement: for every measure the whole, then each value of each dimension that was counted. */
#include "core/fail.h"
#include "ledger/closing.h"

static int64_t count_of(const bpo__cell *cell)
{
    return cell != NULL ? bpo__cell_count(cell) : 0;
}

static const char *sum_text(bpo__close *c, bpo__i256 sum)
{
    char text[BPO__I256_TEXT_SIZE];
    size_t size = bpo__i256_format(sum, text);
    return bpo__close_text(c, (bpo__text){text, size});
}

/* The sum of two counts, neither below zero. */
static bpo_status add_counts(const bpo__close *c, int64_t a, int64_t b, int64_t *ret_sum)
{
    if (a > INT64_MAX - b)
        return bpo__fail(c->err, BPO_E_RANGE, BPO__MSG_sum_too_large, "", NULL, NULL, NULL);
    *ret_sum = a + b;
    return BPO_OK;
}

/* Of a ratio, n is the denominator and sum the numerator. */
static bpo_status fill_ratio(bpo__close *c, const bpo__measure *measure, const bpo__cell_group *group, bpo_kpi *kpi)
{
    int64_t met = count_of(group->by_role[BPO__ROLE_MET]), breached = count_of(group->by_role[BPO__ROLE_BREACHED]);
    bpo_status status = BPO_OK;
    kpi->n = count_of(group->by_role[BPO__ROLE_MEASURE]);
    if (measure->metric != NULL)
        status = add_counts(c, met, breached, &kpi->n);
    if (status < 0)
        return status;
    kpi->sum =
        sum_text(c, bpo__i256_of(measure->metric != NULL ? met : count_of(group->by_role[BPO__ROLE_NUMERATOR])));
    return kpi->sum != NULL ? BPO_OK : bpo__fail_memory(c->err);
}

static bpo_status fill_quantiles(bpo__close *c, bpo__cell *cell, bpo_kpi *kpi)
{
    const struct {
        uint32_t numerator, denominator;
        int64_t *value;
    } quantiles[] = {{0, 1, &kpi->min},   {1, 1, &kpi->max},   {1, 2, &kpi->p50},
                     {9, 10, &kpi->p90}, {19, 20, &kpi->p95}, {99, 100, &kpi->p99}};
    for (size_t i = 0; i < sizeof quantiles / sizeof *quantiles; i++)
        if (bpo__cell_quantile(cell, quantiles[i].numerator, quantiles[i].denominator, quantiles[i].value) < 0)
            return bpo__fail_memory(c->err);
    return BPO_OK;
}

static bpo_status fill_values(bpo__close *c, const bpo__measure *measure, const bpo__cell_group *group, bpo_kpi *kpi)
{
    bpo__cell *cell = group->by_role[BPO__ROLE_MEASURE];
    kpi->n = count_of(cell);
    kpi->sum = "";
    if (measure->form == BPO_KPI_COUNT)
        return BPO_OK;
    kpi->sum = sum_text(c, cell != NULL ? bpo__cell_sum(cell) : bpo__i256_of(0));
    if (kpi->sum == NULL)
        return bpo__fail_memory(c->err);
    return measure->form == BPO_KPI_DISTRIBUTION && kpi->n > 0 ? fill_quantiles(c, cell, kpi) : BPO_OK;
}

static bpo_status add_row(bpo__close *c, const bpo__measure *measure, const bpo__cell_group *group)
{
    bpo_kpi *kpi = bpo__statement_append(c->statement, &c->statement->kpis);
    if (kpi == NULL)
        return bpo__fail_memory(c->err);
    kpi->struct_size = sizeof *kpi;
    kpi->form = measure->form;
    kpi->id = bpo__close_text(c, bpo__text_of(measure->name));
    kpi->unit = bpo__close_text(c, bpo__text_of(measure->unit));
    kpi->dimension = bpo__close_text(c, group->dimension);
    kpi->dimension_value = bpo__close_text(c, group->value);
    if (kpi->id == NULL || kpi->unit == NULL || kpi->dimension == NULL || kpi->dimension_value == NULL)
        return bpo__fail_memory(c->err);
    return measure->form == BPO_KPI_RATIO ? fill_ratio(c, measure, group, kpi) : fill_values(c, measure, group, kpi);
}

bpo_status bpo__close_kpis(bpo__close *c)
{
    for (size_t i = 0; i < c->definitions.measure_count; i++) {
        const bpo__measure *measure = c->definitions.measures[i];
        bpo__cell_walk walk = {0, false};
        bpo__cell_group group;
        bpo_status status;
        while ((status = bpo__close_next_group(c, false, measure->name, &walk, &group)) == BPO_OK)
            if ((status = add_row(c, measure, &group)) < 0)
                break;
        if (status < 0)
            return status;
    }
    return BPO_OK;
}
