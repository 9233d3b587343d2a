/* SPDX-License-Identifier: Apache-2.0 */
/* A cell: a count, a sum or a distribution, and its canonical bytes (spec/kpi.md sections 2 and 9).
 *
 * Law: the content is a function of the multiset of additions less retractions, and the bytes are a function of the
 * content. Sum and sum of squares of a distribution follow from its items and are not kept beside them.
 *
 * Bytes: kind; COUNT: count. SUM: count, sum. DIST: number of items, then each value (the first as it is, the others
 * as the distance from the one before, less 1) with its count. */
#include "kpi/cell.h"
#include "kpi/distribution.h"

struct bpo__cell {
    bpo_context *context;
    bpo__cell_kind kind;
    int64_t count;   /* COUNT and SUM */
    bpo__i256 sum;   /* SUM: always writable */
    bpo__distribution values; /* DIST */
};

static bool value_is_in_domain(int64_t value)
{
    return value >= -BPO__CELL_VALUE_MAX && value <= BPO__CELL_VALUE_MAX;
}

static bpo_status counts_add(int64_t a, int64_t b, int64_t *ret_sum)
{
    if (b > 0 ? a > INT64_MAX - b : a < -INT64_MAX - b)
        return BPO_E_RANGE;
    *ret_sum = a + b;
    return BPO_OK;
}

/* value * weight fits into 128 bits, and powers of a value times a count into 256. */
static bpo__i256 product(bpo__i256 a, bpo__i256 b)
{
    bpo__i256 result = {{0}};
    (void)bpo__i256_multiply(a, b, &result);
    return result;
}

/* Whether -2^126 <= sum < 2^126, which has at most the 38 digits of a decimal: what is written must be read again. */
static bool is_writable(bpo__i256 sum)
{
    uint64_t sign = sum.limb[1] >> 63 ? UINT64_MAX : 0;
    uint64_t bit_126 = sum.limb[1] << 1 >> 63 ? UINT64_MAX : 0;
    return sum.limb[3] == sign && sum.limb[2] == sign && bit_126 == sign;
}

static bpo_status sums_add(bpo__i256 a, bpo__i256 b, bpo__i256 *ret_sum)
{
    bpo__i256 sum;
    bpo_status status = bpo__i256_add(a, b, &sum);
    if (status == BPO_OK && !is_writable(sum))
        status = BPO_E_RANGE;
    if (status == BPO_OK)
        *ret_sum = sum;
    return status;
}

static bpo__i256 sum_of(const bpo__distribution *values, bool squares)
{
    bpo__i256 sum = {{0}};
    for (size_t i = 0; i < values->sorted + values->pending; i++) {
        bpo__i256 value = bpo__i256_of(values->items[i].value);
        bpo__i256 term = product(squares ? product(value, value) : value, bpo__i256_of(values->items[i].count));
        (void)bpo__i256_add(sum, term, &sum); /* below 2^188: counts add up to less than 2^63 in magnitude */
    }
    return sum;
}

/* What a COUNT or SUM would come to; both results or none. */
static bpo_status added(const bpo__cell *cell, int64_t count, bpo__i256 sum, int64_t *ret_count, bpo__i256 *ret_sum)
{
    int64_t new_count = 0;
    bpo_status status = counts_add(cell->count, count, &new_count);
    if (status == BPO_OK)
        status = sums_add(cell->sum, sum, ret_sum);
    if (status == BPO_OK)
        *ret_count = new_count;
    return status;
}

static bpo__i256 weighted(int64_t value, int64_t weight)
{
    if (weight == 1 || weight == -1) /* nearly always */
        return bpo__i256_of(value * weight);
    return product(bpo__i256_of(value), bpo__i256_of(weight));
}

/* ceil(n * numerator / denominator), at least 1, without leaving 64 bits. */
static int64_t nearest_rank(int64_t n, uint32_t numerator, uint32_t denominator)
{
    uint64_t whole = (uint64_t)n / denominator * numerator;
    uint64_t rest = (uint64_t)n % denominator * numerator;
    uint64_t rank = whole + rest / denominator + (rest % denominator != 0);
    return rank == 0 ? 1 : (int64_t)rank;
}

/* Settles a DIST and says whether it can be read. */
static bpo_status readable(bpo__cell *cell)
{
    if (cell->kind != BPO__CELL_DIST)
        return BPO_E_INVALID;
    bpo_status status = bpo__cell_check(cell);
    if (status != BPO_OK)
        return status;
    return cell->values.count == 0 ? BPO_DONE : BPO_OK;
}

static bpo_status write_sum(const bpo__cell *cell, bpo__buffer *into)
{
    bpo_decimal sum;
    bpo_status status = bpo__write_signed(into, cell->count);
    if (status == BPO_OK)
        status = bpo__i256_to_decimal(cell->sum, 0, &sum);
    return status == BPO_OK ? bpo__write_decimal(into, &sum) : status;
}

static bpo_status write_distribution(bpo__distribution *values, bpo__buffer *into)
{
    bpo__distribution_settle(values);
    bpo_status status = bpo__write_unsigned(into, values->sorted);
    for (size_t i = 0; i < values->sorted && status == BPO_OK; i++) {
        const bpo__value_count *item = &values->items[i];
        if (i == 0)
            status = bpo__write_signed(into, item->value);
        else
            status = bpo__write_unsigned(into, (uint64_t)item->value - (uint64_t)values->items[i - 1].value - 1);
        if (status == BPO_OK)
            status = bpo__write_signed(into, item->count);
    }
    return status;
}

static bpo_status write_content(bpo__cell *cell, bpo__buffer *into)
{
    bpo_status status = bpo__write_unsigned(into, (uint64_t)cell->kind);
    if (status != BPO_OK)
        return status;
    if (cell->kind == BPO__CELL_DIST)
        return write_distribution(&cell->values, into);
    return cell->kind == BPO__CELL_SUM ? write_sum(cell, into) : bpo__write_signed(into, cell->count);
}

static bpo_status read_sum(bpo__cell *cell, bpo__reader *from)
{
    bpo_decimal sum;
    if (bpo__read_signed(from, &cell->count) != BPO_OK || bpo__read_decimal(from, &sum) != BPO_OK || sum.scale != 0)
        return BPO_E_CORRUPT;
    cell->sum = bpo__i256_of_decimal(&sum);
    return is_writable(cell->sum) ? BPO_OK : BPO_E_CORRUPT;
}

/* The value after `before`, which is none for the first. */
static bpo_status read_value(bpo__reader *from, const bpo__value_count *before, int64_t *ret_value)
{
    uint64_t distance = 0;
    if (!before)
        return bpo__read_signed(from, ret_value) == BPO_OK && value_is_in_domain(*ret_value) ? BPO_OK : BPO_E_CORRUPT;
    if (bpo__read_unsigned(from, &distance) != BPO_OK ||
        distance >= (uint64_t)BPO__CELL_VALUE_MAX - (uint64_t)before->value)
        return BPO_E_CORRUPT;
    *ret_value = (int64_t)((uint64_t)before->value + distance + 1);
    return BPO_OK;
}

static bpo_status read_distribution(bpo__distribution *values, bpo__reader *from)
{
    uint64_t claimed = 0;
    if (bpo__read_unsigned(from, &claimed) != BPO_OK || claimed > bpo__reader_left(from) / 2)
        return BPO_E_CORRUPT; /* an item has at least two bytes */
    for (size_t i = 0; i < claimed; i++) {
        bpo__value_count item;
        const bpo__value_count *before = i > 0 ? &values->items[i - 1] : NULL;
        if (read_value(from, before, &item.value) != BPO_OK || bpo__read_signed(from, &item.count) != BPO_OK)
            return BPO_E_CORRUPT;
        bpo_status status = bpo__distribution_append(values, item.value, item.count);
        if (status != BPO_OK)
            return status == BPO_E_NOMEM ? status : BPO_E_CORRUPT;
    }
    return BPO_OK;
}

static bpo_status read_content(bpo__cell *cell, bpo__reader *from)
{
    if (cell->kind == BPO__CELL_DIST)
        return read_distribution(&cell->values, from);
    if (cell->kind == BPO__CELL_SUM ? read_sum(cell, from) != BPO_OK : bpo__read_signed(from, &cell->count) != BPO_OK)
        return BPO_E_CORRUPT;
    return cell->count < -INT64_MAX ? BPO_E_CORRUPT : BPO_OK;
}

bpo_status bpo__cell_new(bpo_context *context, bpo__cell_kind kind, bpo__cell **ret_cell)
{
    bpo__cell *cell = bpo__alloc_zeroed(context, sizeof *cell);
    if (!cell)
        return BPO_E_NOMEM;
    cell->context = context;
    cell->kind = kind;
    bpo__distribution_init(&cell->values, context);
    *ret_cell = cell;
    return BPO_OK;
}

void bpo__cell_free(bpo__cell *cell)
{
    if (!cell)
        return;
    bpo__distribution_clear(&cell->values);
    bpo__free(cell->context, cell, sizeof *cell);
}

bpo__cell_kind bpo__cell_kind_of(const bpo__cell *cell)
{
    return cell->kind;
}

bpo_status bpo__cell_prepare_add(bpo__cell *cell, int64_t value, int64_t weight)
{
    int64_t count;
    bpo__i256 sum;
    if (cell->kind == BPO__CELL_COUNT)
        return counts_add(cell->count, weight, &count);
    if (!value_is_in_domain(value))
        return BPO_E_RANGE;
    if (cell->kind == BPO__CELL_DIST)
        return bpo__distribution_prepare_add(&cell->values, weight);
    return added(cell, weight, weighted(value, weight), &count, &sum);
}

bpo_status bpo__cell_add(bpo__cell *cell, int64_t value, int64_t weight)
{
    if (cell->kind == BPO__CELL_COUNT)
        return counts_add(cell->count, weight, &cell->count);
    if (!value_is_in_domain(value))
        return BPO_E_RANGE;
    if (cell->kind == BPO__CELL_SUM)
        return added(cell, weight, weighted(value, weight), &cell->count, &cell->sum);
    bpo_status status = bpo__distribution_prepare_add(&cell->values, weight);
    if (status == BPO_OK)
        bpo__distribution_add(&cell->values, value, weight);
    return status;
}

bpo_status bpo__cell_prepare_merge(bpo__cell *cell, const bpo__cell *other)
{
    int64_t count;
    bpo__i256 sum;
    if (cell->kind != other->kind)
        return BPO_E_MISMATCH;
    if (cell->kind == BPO__CELL_DIST)
        return bpo__distribution_prepare_merge(&cell->values, &other->values);
    return added(cell, other->count, other->sum, &count, &sum);
}

bpo_status bpo__cell_merge(bpo__cell *cell, const bpo__cell *other)
{
    bpo_status status = bpo__cell_prepare_merge(cell, other);
    if (status != BPO_OK)
        return status;
    if (cell->kind != BPO__CELL_DIST)
        return added(cell, other->count, other->sum, &cell->count, &cell->sum);
    bpo__distribution_merge(&cell->values, &other->values);
    return BPO_OK;
}

bool bpo__cell_is_empty(bpo__cell *cell)
{
    bpo__distribution_settle(&cell->values);
    return cell->count == 0 && bpo__i256_is_zero(cell->sum) && cell->values.sorted == 0;
}

bpo_status bpo__cell_check(bpo__cell *cell)
{
    bpo__distribution_settle(&cell->values);
    bool sum_without_values = cell->count == 0 && !bpo__i256_is_zero(cell->sum);
    return cell->count < 0 || sum_without_values || cell->values.negative > 0 ? BPO_E_STATE : BPO_OK;
}

int64_t bpo__cell_count(const bpo__cell *cell)
{
    return cell->kind == BPO__CELL_DIST ? cell->values.count : cell->count;
}

bpo__i256 bpo__cell_sum(const bpo__cell *cell)
{
    return cell->kind == BPO__CELL_DIST ? sum_of(&cell->values, false) : cell->sum;
}

bpo__i256 bpo__cell_sum_of_squares(const bpo__cell *cell)
{
    return sum_of(&cell->values, true);
}

bpo_status bpo__cell_extremes(bpo__cell *cell, int64_t *ret_min, int64_t *ret_max)
{
    bpo_status status = readable(cell);
    if (status != BPO_OK)
        return status;
    *ret_min = cell->values.items[0].value;
    *ret_max = cell->values.items[cell->values.sorted - 1].value;
    return BPO_OK;
}

bpo_status bpo__cell_quantile(bpo__cell *cell, uint32_t numerator, uint32_t denominator, int64_t *ret_value)
{
    if (denominator == 0 || numerator > denominator)
        return BPO_E_INVALID;
    bpo_status status = readable(cell);
    if (status == BPO_OK)
        *ret_value = bpo__distribution_ranked(&cell->values, nearest_rank(cell->values.count, numerator, denominator));
    return status;
}

bpo_status bpo__cell_encode(bpo__cell *cell, bpo__buffer *into)
{
    size_t before = into->size;
    bpo_status status = write_content(cell, into);
    if (status != BPO_OK)
        into->size = before;
    return status;
}

bpo_status bpo__cell_decode(bpo_context *context, bpo__reader *from, bpo__cell **ret_cell)
{
    bpo__reader at = *from;
    uint32_t kind = 0;
    bpo__cell *cell = NULL;
    if (bpo__read_limited(&at, BPO__CELL_DIST, &kind) != BPO_OK || kind < BPO__CELL_COUNT)
        return BPO_E_CORRUPT;
    bpo_status status = bpo__cell_new(context, (bpo__cell_kind)kind, &cell);
    if (status == BPO_OK)
        status = read_content(cell, &at);
    if (status != BPO_OK) {
        bpo__cell_free(cell);
        return status;
    }
    *ret_cell = cell;
    *from = at;
    return BPO_OK;
}

size_t bpo__cell_memory(const bpo__cell *cell)
{
    return sizeof *cell + cell->values.capacity * sizeof *cell->values.items;
}
