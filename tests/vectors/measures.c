/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of distributions and mergeable states, through the cells that every KPI is made of. */
#include "driver.h"
#include "kpi/cell.h"
#include <stdlib.h>
#include <string.h>

static bool add_values(vector *v, bpo__cell *cell, const json_t *values, size_t from, size_t count)
{
    bpo_error err = BPO_ERROR_INIT;
    for (size_t i = from; i < from + count; i++)
        if (!succeeded(v, bpo__cell_add(cell, json_integer_value(json_array_get(values, i)), 1), &err))
            return false;
    return true;
}

static bpo__cell *new_cell(vector *v)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo__cell *cell = NULL;
    succeeded(v, bpo__cell_new(v->context, BPO__CELL_DIST, &cell), &err);
    return cell;
}

/* "0.95" as 95 over 100. */
static void share_of(const char *text, uint32_t *ret_numerator, uint32_t *ret_denominator)
{
    *ret_numerator = 0;
    *ret_denominator = 1;
    bool fraction = false;
    for (; *text; text++) {
        if (*text == '.') {
            fraction = true;
            continue;
        }
        *ret_numerator = *ret_numerator * 10 + (uint32_t)(*text - '0');
        *ret_denominator *= fraction ? 10 : 1;
    }
}

static void quantile(vector *v)
{
    bpo_error err = BPO_ERROR_INIT;
    const json_t *values = json_object_get(v->input, "values");
    uint32_t numerator = 0;
    uint32_t denominator = 1;
    int64_t found = 0;
    bpo__cell *cell = new_cell(v);
    if (!cell)
        return;
    share_of(text_of(v->input, "p", "0"), &numerator, &denominator);
    if (add_values(v, cell, values, 0, json_array_size(values))) {
        bpo_status status = bpo__cell_quantile(cell, numerator, denominator, &found);
        if (status == BPO_DONE && json_is_null(json_object_get(v->expected, "nearest_rank")))
            json_object_set_new(v->checked, "nearest_rank", json_true());
        else if (status == BPO_DONE)
            fail(v, "nearest_rank", "a value", "none");
        else if (succeeded(v, status, &err))
            expect_integer(v, "nearest_rank", found);
    }
    bpo__cell_free(cell);
}

/* Compares what a cell knows with a state of the vector. */
static void expect_state(vector *v, bpo__cell *cell, const json_t *state)
{
    char text[BPO__I256_TEXT_SIZE];
    int64_t low = 0;
    int64_t high = 0;
    json_t *all = v->expected;
    v->expected = (json_t *)state;
    bpo__i256_format(bpo__cell_sum(cell), text);
    bpo__cell_quantile(cell, 0, 1, &low);
    bpo__cell_quantile(cell, 1, 1, &high);
    expect_integer(v, "count", bpo__cell_count(cell));
    expect_decimal(v, "sum", text);
    expect_integer(v, "min", low);
    expect_integer(v, "max", high);
    v->expected = all;
}

/* Builds every part, merges them, and compares each part and the whole. */
static void nist(vector *v)
{
    bpo_error err = BPO_ERROR_INIT;
    const json_t *values = json_object_get(v->input, "values");
    bpo__cell *whole = new_cell(v);
    size_t from = 0;
    size_t index;
    const json_t *part;
    json_array_foreach(json_object_get(v->input, "parts"), index, part)
    {
        size_t count = (size_t)integer_of(part, "count");
        bpo__cell *cell = new_cell(v);
        if (cell && whole && add_values(v, cell, values, from, count)) {
            expect_state(v, cell, part);
            succeeded(v, bpo__cell_merge(whole, cell), &err);
        }
        from += count;
        bpo__cell_free(cell);
    }
    if (whole)
        expect_state(v, whole, json_object_get(v->expected, "state"));
    json_object_set_new(v->checked, "state", json_true());
    bpo__cell_free(whole);
}

const kind measure_kinds[] = {{"kpi.quantile", quantile}, {"kpi.nist", nist}, {NULL, NULL}};
