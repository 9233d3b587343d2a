/* SPDX-License-Identifier: Apache-2.0 */
/* What late and corrected facts change in the KPIs and service levels of earlier periods. Those are sealed and stay as
 * they are; the difference is told, so that nothing is dropped in silence. */
#include "core/fail.h"
#include "ledger/closing.h"

static const char *const part_names[] = {
    [BPO__ROLE_MEASURE] = "value",       [BPO__ROLE_NUMERATOR] = "numerator",
    [BPO__ROLE_MET] = "met",             [BPO__ROLE_BREACHED] = "breached",
    [BPO__ROLE_INDETERMINATE] = "indeterminate",
};

static bool is_defined(const bpo__definitions *definitions, const bpo__cell_name *name)
{
    for (size_t i = 0; name->level && i < definitions->level_count; i++)
        if (bpo__text_is(name->id, definitions->levels[i]->name))
            return true;
    for (size_t i = 0; !name->level && i < definitions->measure_count; i++)
        if (bpo__text_is(name->id, definitions->measures[i]->name))
            return true;
    return false;
}

static bpo_status refuse(const bpo__close *c, const bpo__cell_name *name)
{
    bpo__text none = {NULL, 0};
    return bpo__fail_text(c->err, BPO_E_MISMATCH, BPO__MSG_name_not_in_contract, BPO__TEXT(""), name->id, none, none);
}

static bpo_status add_row(bpo__close *c, const bpo__cell_item *item)
{
    char text[BPO__I256_TEXT_SIZE];
    bpo_time start;
    bpo_adjustment *row = bpo__statement_append(c->statement, &c->statement->adjustments);
    if (row == NULL)
        return bpo__fail_memory(c->err);
    size_t size = bpo__i256_format(bpo__cell_sum(item->cell), text);
    row->struct_size = sizeof *row;
    row->subject = item->name.level ? BPO_ADJUSTMENT_LEVEL : BPO_ADJUSTMENT_KPI;
    row->id = bpo__close_text(c, item->name.id);
    row->dimension = bpo__close_text(c, item->name.dimension);
    row->dimension_value = bpo__close_text(c, item->name.value);
    row->part = part_names[item->name.role];
    row->sum = bpo__close_text(c, (bpo__text){text, size});
    row->n = bpo__cell_count(item->cell);
    row->service_start = item->name.period_start;
    if (row->id == NULL || row->dimension == NULL || row->dimension_value == NULL || row->sum == NULL)
        return bpo__fail_memory(c->err);
    bpo_status status =
        bpo__contract_period_at(c->ledger->contract, row->service_start, &start, &row->service_end, c->err);
    return status >= 0 && start != row->service_start ? refuse(c, &item->name) : status;
}

bpo_status bpo__close_adjustments(bpo__close *c)
{
    for (size_t i = 0; i < c->cell_count; i++) {
        const bpo__cell_item *item = &c->cells[i];
        bpo_status status = BPO_OK;
        if (item->name.period_start < c->ledger->start)
            status = add_row(c, item);
        else if (item->name.period_start > c->ledger->start || !is_defined(&c->definitions, &item->name))
            status = refuse(c, &item->name);
        if (status < 0)
            return status;
    }
    return BPO_OK;
}
