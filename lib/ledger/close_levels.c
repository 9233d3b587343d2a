/* SPDX-License-Identifier: Apache-2.0 */
/* The service levels of a statement. Met or missed is decided by cross-multiplication, exactly; the percentage is for
 * people and is cut, not rounded, so that a missed 94.99999 % never reads 95.0000. A period without anything to measure
 * neither continues nor ends a row of failures. */
#include "core/fail.h"
#include "ledger/closing.h"

enum { VALUE_SCALE = 4 };

static int64_t count_of(const bpo__cell *cell)
{
    return cell != NULL ? bpo__cell_count(cell) : 0;
}

/* met / measured >= expected, without dividing. */
static bpo_status is_met(int64_t met, int64_t measured, bpo__ratio expected, bool *ret_met)
{
    bpo__i256 left, right;
    bpo_status status = bpo__i256_multiply(bpo__i256_of(met), expected.denominator, &left);
    if (status >= 0)
        status = bpo__i256_multiply(expected.numerator, bpo__i256_of(measured), &right);
    if (status >= 0)
        *ret_met = bpo__i256_compare(left, right) >= 0;
    return status;
}

static bpo_status judge(bpo__close *c, const bpo__level *level, bpo_service_level *row)
{
    char text[BPO_DECIMAL_TEXT_SIZE];
    bpo__ratio value;
    bpo_decimal percent;
    bool met = false;
    row->result = BPO_LEVEL_NOT_MEASURED;
    row->value = "";
    int64_t measured = row->met + row->breached;
    if (measured == 0)
        return BPO_OK;
    bpo__ratio hundred = bpo__ratio_of(100);
    bpo_status status = is_met(row->met, measured, level->expected, &met);
    if (status >= 0)
        status = bpo__ratio_make(bpo__i256_of(row->met), bpo__i256_of(measured), &value);
    if (status >= 0)
        status = bpo__ratio_multiply(value, hundred, &value);
    if (status >= 0)
        status = bpo__ratio_round(value, VALUE_SCALE, BPO_ROUNDING_DOWN, NULL, &percent);
    if (status < 0)
        return bpo__fail(c->err, status, BPO__MSG_sum_too_large, "", NULL, NULL, NULL);
    size_t size = bpo_decimal_format(&percent, text, sizeof text);
    row->result = met ? BPO_LEVEL_MET : BPO_LEVEL_MISSED;
    row->value = bpo__close_text(c, (bpo__text){text, size});
    return row->value != NULL ? BPO_OK : bpo__fail_memory(c->err);
}

static bpo_status count_failures(bpo__close *c, bpo__text name, bpo_service_level *row)
{
    uint32_t failures = bpo__position_failures(&c->position, name);
    if (row->result == BPO_LEVEL_MET)
        failures = 0;
    if (row->result == BPO_LEVEL_MISSED && failures < UINT32_MAX)
        failures++;
    row->failures_in_row = failures;
    return bpo__position_set_failures(&c->position, name, failures) < 0 ? bpo__fail_memory(c->err) : BPO_OK;
}

static bpo_status fill_names(bpo__close *c, const bpo__level *level, const bpo__cell_group *group,
                             bpo_service_level *row)
{
    row->struct_size = sizeof *row;
    row->id = bpo__close_text(c, bpo__text_of(level->name));
    row->metric = bpo__close_text(c, bpo__text_of(level->metric != NULL ? level->metric->name : ""));
    row->expected = bpo__close_text(c, bpo__text_of(level->expected_text));
    row->dimension = bpo__close_text(c, group->dimension);
    row->dimension_value = bpo__close_text(c, group->value);
    bool whole = row->id != NULL && row->metric != NULL && row->expected != NULL && row->dimension != NULL;
    return whole && row->dimension_value != NULL ? BPO_OK : bpo__fail_memory(c->err);
}

static bpo_status add_row(bpo__close *c, const bpo__level *level, const bpo__cell_group *group)
{
    bpo_service_level *row = bpo__statement_append(c->statement, &c->statement->levels);
    if (row == NULL)
        return bpo__fail_memory(c->err);
    bpo_status status = fill_names(c, level, group, row);
    row->met = count_of(group->by_role[BPO__ROLE_MET]);
    row->breached = count_of(group->by_role[BPO__ROLE_BREACHED]);
    row->indeterminate = count_of(group->by_role[BPO__ROLE_INDETERMINATE]);
    if (status >= 0 && row->met > INT64_MAX - row->breached)
        status = bpo__fail(c->err, BPO_E_RANGE, BPO__MSG_sum_too_large, "", NULL, NULL, NULL);
    if (status >= 0)
        status = judge(c, level, row);
    if (status >= 0 && group->dimension.size == 0)
        status = count_failures(c, bpo__text_of(level->name), row);
    return status;
}

bpo_status bpo__close_levels(bpo__close *c)
{
    for (size_t i = 0; i < c->definitions.level_count; i++) {
        const bpo__level *level = c->definitions.levels[i];
        bpo__cell_walk walk = {0, false};
        bpo__cell_group group;
        bpo_status status;
        while ((status = bpo__close_next_group(c, true, level->name, &walk, &group)) == BPO_OK)
            if ((status = add_row(c, level, &group)) < 0)
                break;
        if (status < 0)
            return status;
    }
    return BPO_OK;
}
