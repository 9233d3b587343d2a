/* SPDX-License-Identifier: Apache-2.0 */
/* Counting occurrences: which cells one occurrence concerns, and with which value.
 *
 * Everything is staged first and committed at the end, so that an occurrence counts wholly or not at all. */
#include "core/fail.h"
#include "kpi/cells.h"
#include "kpi/staging.h"
#include "terms/value_text.h"
#include <bpo/decimal.h>
#include <bpo/statement.h>

static const bpo__cell_role verdict_roles[] = {
    [BPO__VERDICT_MET] = BPO__ROLE_MET,
    [BPO__VERDICT_BREACHED] = BPO__ROLE_BREACHED,
    [BPO__VERDICT_INDETERMINATE] = BPO__ROLE_INDETERMINATE,
};

/* Forms not named here keep counts. */
static const bpo__cell_kind form_kinds[] = {
    [BPO_KPI_COUNT] = BPO__CELL_COUNT,
    [BPO_KPI_SUM] = BPO__CELL_SUM,
    [BPO_KPI_DISTRIBUTION] = BPO__CELL_DIST,
    [BPO_KPI_RATIO] = BPO__CELL_COUNT,
};

/* One measure or level with what an occurrence gives it. */
typedef struct contribution {
    const bpo__occurrence *occurrence;
    bool level;
    const char *id;
    const bpo__dimension *by;
    size_t by_count;
    bpo__cell_kind kind;
    int64_t value;
} contribution;

static bpo_status refuse(bpo_error *err, bpo_status status, const contribution *c)
{
    int32_t message = status == BPO_E_MISMATCH ? BPO__MSG_kpi_form_changed : BPO__MSG_kpi_value_range;
    if (status == BPO_E_NOMEM)
        return bpo__fail_memory(err);
    status = bpo__fail(err, status, message, c->id, c->id, NULL, NULL);
    bpo__fail_prefix(err, c->level ? "/service_levels/" : "/kpis/");
    return status;
}

/* Stages the whole and the value of each dimension. */
static bpo_status stage(bpo__cells *cells, const contribution *c, bpo__cell_role role, bpo_error *err)
{
    char room[BPO__VALUE_TEXT_SIZE];
    bpo__cell_name name = {.level = c->level, .id = bpo__text_of(c->id), .role = role,
                           .period_start = c->occurrence->period_start};
    bpo_status status = bpo__cells_stage(cells, &name, c->kind, c->value, c->occurrence->sign);
    for (size_t i = 0; i < c->by_count && status == BPO_OK; i++) {
        name.dimension = bpo__text_of(c->by[i].name);
        name.value = bpo__value_text(bpo__attributes_find(c->occurrence->attributes, c->by[i].attribute), room);
        status = bpo__cells_stage(cells, &name, c->kind, c->value, c->occurrence->sign);
    }
    return status == BPO_OK ? BPO_OK : refuse(err, status, c);
}

/* A whole number, however it is written. */
static bool whole_number(const bpo_value *value, int64_t *ret_number)
{
    bpo_decimal whole;
    if (value && value->type == BPO_TYPE_INTEGER) {
        *ret_number = value->integer;
        return true;
    }
    return value && value->type == BPO_TYPE_DECIMAL &&
           bpo_decimal_round(&value->decimal, 0, BPO_ROUNDING_DOWN, NULL, &whole) == BPO_OK &&
           bpo_decimal_compare(&whole, &value->decimal) == 0 &&
           bpo__i256_to_i64(bpo__i256_of_decimal(&whole), ret_number) == BPO_OK;
}

/* BPO_DONE where there is no value; BPO_E_RANGE where no int64 holds it. */
static bpo_status measured_value(const bpo__measure *measure, const bpo__occurrence *occurrence, int64_t *ret_value)
{
    *ret_value = 1;
    if (measure->form == BPO_KPI_COUNT || measure->form == BPO_KPI_RATIO || measure->measured == BPO__MEASURED_ONE)
        return BPO_OK;
    const bpo_value *value = bpo__attributes_find(occurrence->attributes, measure->value);
    if (measure->measured == BPO__MEASURED_VALUE)
        return whole_number(value, ret_value) ? BPO_OK : BPO_DONE;
    if (!value || value->type != BPO_TYPE_INSTANT)
        return BPO_DONE;
    bpo_time since = value->integer;
    if (since < 0 ? occurrence->at > INT64_MAX + since : occurrence->at < INT64_MIN + since)
        return BPO_E_RANGE;
    *ret_value = occurrence->at - since;
    return BPO_OK;
}

static contribution of_measure(const bpo__measure *measure, const bpo__occurrence *occurrence, int64_t value)
{
    return (contribution){.occurrence = occurrence, .id = measure->name, .by = measure->by,
                          .by_count = measure->by_count, .kind = form_kinds[measure->form], .value = value};
}

static bpo_status count_fact(bpo__cells *cells, const bpo__measure *measure, const bpo__occurrence *occurrence,
                             bpo_error *err)
{
    int64_t value;
    if (measure->metric || measure->fact != occurrence->fact->kind ||
        !bpo__condition_holds(measure->where, occurrence->attributes))
        return BPO_OK;
    bpo_status status = measured_value(measure, occurrence, &value);
    if (status == BPO_DONE)
        return BPO_OK;
    contribution c = of_measure(measure, occurrence, value);
    if (status != BPO_OK)
        return refuse(err, status, &c);
    status = stage(cells, &c, BPO__ROLE_MEASURE, err);
    if (status != BPO_OK || measure->form != BPO_KPI_RATIO ||
        !bpo__condition_holds(measure->numerator, occurrence->attributes))
        return status;
    return stage(cells, &c, BPO__ROLE_NUMERATOR, err);
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && bpo__text_equal(bpo__text_of(a), bpo__text_of(b)));
}

static bpo_status count_attainment(bpo__cells *cells, const bpo__measure *measure, const bpo__occurrence *occurrence,
                                   bpo_error *err)
{
    if (!measure->metric || !same_text(measure->metric->name, occurrence->metric) ||
        !bpo__condition_holds(measure->where, occurrence->attributes))
        return BPO_OK;
    contribution c = of_measure(measure, occurrence, 1);
    c.kind = BPO__CELL_COUNT;
    return stage(cells, &c, verdict_roles[occurrence->verdict], err);
}

static bpo_status count_level(bpo__cells *cells, const bpo__level *level, const bpo__occurrence *occurrence,
                              bpo_error *err)
{
    if (!level->metric || !same_text(level->metric->name, occurrence->metric) ||
        (level->policy && !same_text(level->policy, occurrence->policy)))
        return BPO_OK;
    contribution c = {.occurrence = occurrence, .level = true, .id = level->name, .by = level->by,
                      .by_count = level->by_count, .kind = BPO__CELL_COUNT, .value = 1};
    return stage(cells, &c, verdict_roles[occurrence->verdict], err);
}

static bpo_status stage_all(bpo__cells *cells, const bpo__occurrence *occurrence, bpo_error *err)
{
    const bpo__plan *plan = occurrence->plan;
    bool cycle = occurrence->kind == BPO__OCCURRENCE_CYCLE;
    bpo_status status = BPO_OK;
    for (size_t i = 0; i < plan->measure_count && status == BPO_OK; i++)
        status = (cycle ? count_attainment : count_fact)(cells, &plan->measures[i], occurrence, err);
    for (size_t i = 0; cycle && i < plan->level_count && status == BPO_OK; i++)
        status = count_level(cells, &plan->levels[i], occurrence, err);
    return status;
}

bpo_status bpo__cells_count(bpo__cells *cells, const bpo__occurrence *occurrence, bpo_error *err)
{
    if (occurrence->kind != BPO__OCCURRENCE_FACT && occurrence->kind != BPO__OCCURRENCE_CYCLE)
        return BPO_OK;
    bpo_status status = stage_all(cells, occurrence, err);
    if (status == BPO_OK)
        bpo__cells_commit(cells);
    else
        bpo__cells_abandon(cells);
    return status;
}
