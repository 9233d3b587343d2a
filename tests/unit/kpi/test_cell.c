/* SPDX-License-Identifier: Apache-2.0 */
#include "kpi/cell.h"
#include "support/fault.h"
#include "support/random.h"
#include "support/test.h"
#include <stdlib.h>

static const bpo__cell_kind kinds[] = {BPO__CELL_COUNT, BPO__CELL_SUM, BPO__CELL_DIST};
enum { KINDS = 3 };

static bpo_context *context;

static int set_up(void **state)
{
    (void)state;
    return bpo_context_new(NULL, &context, NULL);
}

static int tear_down(void **state)
{
    (void)state;
    context = bpo_context_unref(context);
    return 0;
}

static bpo__cell *new_cell(bpo__cell_kind kind)
{
    bpo__cell *cell = NULL;
    assert_int_equal(bpo__cell_new(context, kind, &cell), BPO_OK);
    return cell;
}

static void add(bpo__cell *cell, int64_t value, int64_t weight)
{
    assert_int_equal(bpo__cell_add(cell, value, weight), BPO_OK);
}

static bpo__cell *dist_of(const int64_t *values, size_t count)
{
    bpo__cell *cell = new_cell(BPO__CELL_DIST);
    for (size_t i = 0; i < count; i++)
        add(cell, values[i], 1);
    return cell;
}

static bpo__buffer bytes_of(bpo__cell *cell)
{
    bpo__buffer bytes;
    bpo__buffer_init(&bytes, context);
    assert_int_equal(bpo__cell_encode(cell, &bytes), BPO_OK);
    return bytes;
}

static void assert_same(bpo__cell *a, bpo__cell *b)
{
    bpo__buffer bytes_a = bytes_of(a), bytes_b = bytes_of(b);
    assert_int_equal(bytes_a.size, bytes_b.size);
    assert_memory_equal(bytes_a.data, bytes_b.data, bytes_a.size);
    bpo__buffer_clear(&bytes_a);
    bpo__buffer_clear(&bytes_b);
}

static int64_t number_of(bpo__i256 wide)
{
    int64_t number = 0;
    assert_int_equal(bpo__i256_to_i64(wide, &number), BPO_OK);
    return number;
}

/* A value from one of several populations: few, many, negative, up to the ends of the domain. */
static int64_t random_value(test_random *random)
{
    static const uint64_t spreads[] = {5, 1000, 100000000, (uint64_t)BPO__CELL_VALUE_MAX};
    uint64_t spread = spreads[test_random_below(random, 4)];
    int64_t value = (int64_t)test_random_below(random, spread + 1);
    return test_random_below(random, 3) == 0 ? -value : value;
}

/* The same multiset by another road: shuffled over parts, with detours that are taken back, merged in any order. */
static bpo__cell *by_detours(test_random *random, bpo__cell_kind kind, const int64_t *values, size_t count)
{
    enum { PARTS = 5 };
    bpo__cell *parts[PARTS];
    for (size_t i = 0; i < PARTS; i++)
        parts[i] = new_cell(kind);
    for (size_t i = 0; i < count; i++) {
        int64_t detour = random_value(random);
        add(parts[test_random_below(random, PARTS)], detour, 2);
        add(parts[test_random_below(random, PARTS)], values[i], 3);
        add(parts[test_random_below(random, PARTS)], detour, -2);
        add(parts[test_random_below(random, PARTS)], values[i], -2);
        if (test_random_below(random, 200) == 0)
            (void)bpo__cell_is_empty(parts[test_random_below(random, PARTS)]); /* settles it now */
    }
    for (size_t left = PARTS; left > 1; left--) {
        size_t from = test_random_below(random, left - 1);
        assert_int_equal(bpo__cell_merge(parts[from], parts[left - 1]), BPO_OK);
        bpo__cell_free(parts[left - 1]);
    }
    return parts[0];
}

static void equal_content_has_equal_bytes_whatever_its_history(void **state)
{
    (void)state;
    test_random random = {20260701};
    int64_t values[700];
    for (size_t round = 0; round < 60; round++) {
        size_t count = test_random_below(&random, round % 2 ? 700 : 20);
        for (size_t i = 0; i < count; i++)
            values[i] = random_value(&random);
        bpo__cell_kind kind = kinds[round % KINDS];
        bpo__cell *straight = new_cell(kind);
        for (size_t i = count; i > 0; i--)
            add(straight, values[i - 1], 1);
        bpo__cell *other = by_detours(&random, kind, values, count);
        assert_same(straight, other);
        assert_int_equal(bpo__cell_count(other), count);
        assert_int_equal(bpo__cell_check(other), BPO_OK);
        bpo__cell_free(straight);
        bpo__cell_free(other);
    }
}

static void retracting_everything_leaves_an_empty_cell(void **state)
{
    (void)state;
    for (size_t k = 0; k < KINDS; k++) {
        test_random random = {7}, again = {7};
        bpo__cell *cell = new_cell(kinds[k]), *fresh = new_cell(kinds[k]);
        for (size_t i = 0; i < 500; i++)
            add(cell, random_value(&random), 1);
        assert_false(bpo__cell_is_empty(cell));
        for (size_t i = 0; i < 500; i++)
            add(cell, random_value(&again), -1);
        assert_true(bpo__cell_is_empty(cell));
        assert_same(cell, fresh);
        bpo__cell_free(cell);
        bpo__cell_free(fresh);
    }
}

static void merging_an_empty_cell_changes_nothing(void **state)
{
    (void)state;
    for (size_t k = 0; k < KINDS; k++) {
        bpo__cell *cell = new_cell(kinds[k]), *same = new_cell(kinds[k]), *empty = new_cell(kinds[k]);
        add(cell, 17, 1);
        add(same, 17, 1);
        assert_int_equal(bpo__cell_merge(cell, empty), BPO_OK);
        assert_same(cell, same);
        assert_int_equal(bpo__cell_merge(empty, cell), BPO_OK);
        assert_same(cell, empty);
        bpo__cell_free(cell);
        bpo__cell_free(same);
        bpo__cell_free(empty);
    }
}

static void cells_of_different_kinds_do_not_merge(void **state)
{
    (void)state;
    bpo__cell *sum = new_cell(BPO__CELL_SUM), *dist = new_cell(BPO__CELL_DIST);
    add(sum, 5, 1);
    assert_int_equal(bpo__cell_merge(sum, dist), BPO_E_MISMATCH);
    assert_int_equal(bpo__cell_prepare_merge(dist, sum), BPO_E_MISMATCH);
    assert_int_equal(number_of(bpo__cell_sum(sum)), 5);
    bpo__cell_free(sum);
    bpo__cell_free(dist);
}

static void sums_and_squares_are_those_of_the_values(void **state)
{
    (void)state;
    static const int64_t values[] = {3, -4, 3, 0, 100000};
    bpo__cell *dist = dist_of(values, 5), *sum = new_cell(BPO__CELL_SUM), *count = new_cell(BPO__CELL_COUNT);
    for (size_t i = 0; i < 5; i++) {
        add(sum, values[i], 1);
        add(count, values[i], 1);
    }
    assert_int_equal(number_of(bpo__cell_sum(dist)), 100002);
    assert_int_equal(number_of(bpo__cell_sum(sum)), 100002);
    assert_int_equal(number_of(bpo__cell_sum(count)), 0);
    assert_int_equal(number_of(bpo__cell_sum_of_squares(dist)), INT64_C(10000000034));
    assert_int_equal(number_of(bpo__cell_sum_of_squares(sum)), 0);
    assert_int_equal(bpo__cell_count(count), 5);
    bpo__cell_free(dist);
    bpo__cell_free(sum);
    bpo__cell_free(count);
}

static void weights_multiply_values(void **state)
{
    (void)state;
    char text[BPO__I256_TEXT_SIZE];
    bpo__cell *sum = new_cell(BPO__CELL_SUM), *dist = new_cell(BPO__CELL_DIST);
    add(sum, BPO__CELL_VALUE_MAX, INT64_MAX);
    add(dist, BPO__CELL_VALUE_MAX, INT64_MAX);
    bpo__i256_format(bpo__cell_sum(sum), text);
    assert_string_equal(text, "42535295865117307919086767873688862721"); /* (2^62 - 1) (2^63 - 1) */
    assert_int_equal(bpo__i256_compare(bpo__cell_sum(sum), bpo__cell_sum(dist)), 0);
    bpo__cell_free(sum);
    bpo__cell_free(dist);
}

static int ascending(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

static void quantiles_are_those_of_the_sorted_values(void **state)
{
    (void)state;
    test_random random = {42};
    int64_t values[300], found = 0, low = 0, high = 0;
    for (size_t round = 0; round < 200; round++) {
        size_t count = 1 + test_random_below(&random, 300);
        for (size_t i = 0; i < count; i++)
            values[i] = random_value(&random);
        bpo__cell *cell = dist_of(values, count);
        qsort(values, count, sizeof values[0], ascending);
        for (uint32_t p = 0; p <= 100; p++) {
            size_t rank = (count * p + 99) / 100;
            assert_int_equal(bpo__cell_quantile(cell, p, 100, &found), BPO_OK);
            assert_int_equal(found, values[rank == 0 ? 0 : rank - 1]);
        }
        assert_int_equal(bpo__cell_extremes(cell, &low, &high), BPO_OK);
        assert_int_equal(low, values[0]);
        assert_int_equal(high, values[count - 1]);
        bpo__cell_free(cell);
    }
}

static void a_quantile_of_very_many_is_found_without_overflow(void **state)
{
    (void)state;
    int64_t found = 0;
    bpo__cell *cell = new_cell(BPO__CELL_DIST);
    add(cell, 1, INT64_MAX / 2);
    add(cell, 2, INT64_MAX / 2);
    assert_int_equal(bpo__cell_quantile(cell, UINT32_MAX / 2 - 1, UINT32_MAX, &found), BPO_OK);
    assert_int_equal(found, 1);
    assert_int_equal(bpo__cell_quantile(cell, UINT32_MAX / 2 + 1, UINT32_MAX, &found), BPO_OK);
    assert_int_equal(found, 2);
    bpo__cell_free(cell);
}

static void what_cannot_be_read_is_said(void **state)
{
    (void)state;
    int64_t found = -1, other = -1;
    bpo__cell *dist = new_cell(BPO__CELL_DIST), *sum = new_cell(BPO__CELL_SUM);
    assert_int_equal(bpo__cell_quantile(dist, 1, 2, &found), BPO_DONE);
    assert_int_equal(bpo__cell_extremes(dist, &found, &other), BPO_DONE);
    assert_int_equal(bpo__cell_quantile(sum, 1, 2, &found), BPO_E_INVALID);
    add(dist, 5, 1);
    assert_int_equal(bpo__cell_quantile(dist, 3, 2, &found), BPO_E_INVALID);
    assert_int_equal(bpo__cell_quantile(dist, 0, 0, &found), BPO_E_INVALID);
    add(dist, 6, -1);
    assert_int_equal(bpo__cell_quantile(dist, 1, 2, &found), BPO_E_STATE);
    assert_int_equal(found, -1);
    assert_int_equal(other, -1);
    bpo__cell_free(dist);
    bpo__cell_free(sum);
}

static void a_count_below_zero_is_found_and_can_still_be_made_good(void **state)
{
    (void)state;
    for (size_t k = 0; k < KINDS; k++) {
        bpo__cell *part = new_cell(kinds[k]), *rest = new_cell(kinds[k]), *whole = new_cell(kinds[k]);
        add(part, 9, -1);
        assert_int_equal(bpo__cell_check(part), BPO_E_STATE);
        bpo__buffer bytes = bytes_of(part);
        bpo__reader from = bpo__reader_of(bytes.data, bytes.size);
        bpo__cell *again = NULL;
        assert_int_equal(bpo__cell_decode(context, &from, &again), BPO_OK);
        add(rest, 9, 2);
        add(whole, 9, 1);
        assert_int_equal(bpo__cell_merge(rest, again), BPO_OK);
        assert_int_equal(bpo__cell_check(rest), BPO_OK);
        assert_same(rest, whole);
        bpo__buffer_clear(&bytes);
        bpo__cell_free(part);
        bpo__cell_free(rest);
        bpo__cell_free(whole);
        bpo__cell_free(again);
    }
}

static void a_sum_without_values_is_found(void **state)
{
    (void)state;
    bpo__cell *cell = new_cell(BPO__CELL_SUM);
    add(cell, 5, 1);
    add(cell, 7, -1);
    assert_int_equal(bpo__cell_count(cell), 0);
    assert_int_equal(bpo__cell_check(cell), BPO_E_STATE);
    assert_false(bpo__cell_is_empty(cell));
    bpo__cell_free(cell);
}

static void a_refused_addition_leaves_the_cell_alone(void **state)
{
    (void)state;
    for (size_t k = 0; k < KINDS; k++) {
        bpo__cell *cell = new_cell(kinds[k]), *same = new_cell(kinds[k]), *full = new_cell(kinds[k]);
        add(cell, 1, INT64_MAX - 1);
        add(same, 1, INT64_MAX - 1);
        add(full, 1, 2);
        assert_int_equal(bpo__cell_add(cell, 1, 2), BPO_E_RANGE);
        assert_int_equal(bpo__cell_prepare_add(cell, 1, 2), BPO_E_RANGE);
        assert_int_equal(bpo__cell_add(cell, 1, INT64_MIN), kinds[k] == BPO__CELL_DIST ? BPO_E_RANGE : BPO_OK);
        if (kinds[k] != BPO__CELL_DIST)
            add(cell, 1, INT64_MAX), add(cell, 1, 1);
        assert_int_equal(bpo__cell_merge(cell, full), BPO_E_RANGE);
        assert_same(cell, same);
        bpo__cell_free(cell);
        bpo__cell_free(same);
        bpo__cell_free(full);
    }
}

static void values_out_of_the_domain_are_refused(void **state)
{
    (void)state;
    for (size_t k = 1; k < KINDS; k++) {
        bpo__cell *cell = new_cell(kinds[k]);
        assert_int_equal(bpo__cell_add(cell, BPO__CELL_VALUE_MAX + 1, 1), BPO_E_RANGE);
        assert_int_equal(bpo__cell_add(cell, -BPO__CELL_VALUE_MAX - 1, 1), BPO_E_RANGE);
        assert_int_equal(bpo__cell_prepare_add(cell, INT64_MIN, 1), BPO_E_RANGE);
        assert_true(bpo__cell_is_empty(cell));
        add(cell, BPO__CELL_VALUE_MAX, 1);
        add(cell, -BPO__CELL_VALUE_MAX, 1);
        assert_int_equal(number_of(bpo__cell_sum(cell)), 0);
        bpo__cell_free(cell);
    }
    bpo__cell *count = new_cell(BPO__CELL_COUNT); /* looks at no value */
    add(count, INT64_MIN, -1);
    assert_int_equal(bpo__cell_count(count), -1);
    bpo__cell_free(count);
}

static void what_cancels_out_makes_room_again(void **state)
{
    (void)state;
    bpo__cell *cell = new_cell(BPO__CELL_DIST);
    for (size_t i = 0; i < 10; i++) {
        add(cell, 3, INT64_MAX / 2);
        add(cell, 3, -(INT64_MAX / 2));
    }
    assert_true(bpo__cell_is_empty(cell));
    bpo__cell_free(cell);
}

static void a_distinct_value_takes_two_dozen_bytes_at_most_on_average(void **state)
{
    (void)state;
    bpo__cell *cell = new_cell(BPO__CELL_DIST);
    size_t empty = bpo__cell_memory(cell);
    for (int64_t round = 0; round < 8; round++) {
        for (int64_t value = 0; value < 3000; value++)
            add(cell, value * value, 1);
    }
    size_t bytes = bpo__cell_memory(cell) - empty;
    assert_true(bytes >= 3000 * 16);
    assert_true(bytes <= 3000 * 16 * 3); /* half of it free, and the next doubling */
    bpo__cell_free(cell);
}

static bpo_status everything_with_cells(fault_host *fault, void *user)
{
    bpo_context *own = NULL;
    bpo__cell *cell = NULL, *other = NULL, *read = NULL;
    bpo__buffer bytes = {0};
    bpo_status status = bpo_context_new(&fault->host, &own, NULL);
    if (status != BPO_OK)
        return status;
    bpo__buffer_init(&bytes, own);
    status = bpo__cell_new(own, *(const bpo__cell_kind *)user, &cell);
    if (status == BPO_OK)
        status = bpo__cell_new(own, *(const bpo__cell_kind *)user, &other);
    for (int64_t i = 0; i < 100 && status == BPO_OK; i++) {
        int64_t before = bpo__cell_count(cell);
        status = bpo__cell_add(cell, i * 7919 % 101, 1);
        assert_int_equal(bpo__cell_count(cell), status == BPO_OK ? before + 1 : before);
        if (status == BPO_OK)
            status = bpo__cell_add(other, i, i % 2 ? 1 : -1);
    }
    if (status == BPO_OK) {
        status = bpo__cell_merge(cell, other);
        assert_int_equal(bpo__cell_count(cell), 100);
    }
    if (status == BPO_OK)
        status = bpo__cell_encode(cell, &bytes);
    if (status != BPO_OK)
        assert_int_equal(bytes.size, 0);
    bpo__reader from = bpo__reader_of(bytes.data, bytes.size);
    if (status == BPO_OK)
        status = bpo__cell_decode(own, &from, &read);
    if (status != BPO_OK)
        assert_null(read);
    bpo__buffer_clear(&bytes);
    bpo__cell_free(cell);
    bpo__cell_free(other);
    bpo__cell_free(read);
    bpo_context_unref(own);
    return status;
}

static void cells_survive_every_lack_of_memory(void **state)
{
    (void)state;
    for (size_t k = 0; k < KINDS; k++) {
        bpo__cell_kind kind = kinds[k];
        assert_true(fault_torture(everything_with_cells, &kind) >= 4);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_content_has_equal_bytes_whatever_its_history),
        cmocka_unit_test(retracting_everything_leaves_an_empty_cell),
        cmocka_unit_test(merging_an_empty_cell_changes_nothing),
        cmocka_unit_test(cells_of_different_kinds_do_not_merge),
        cmocka_unit_test(sums_and_squares_are_those_of_the_values),
        cmocka_unit_test(weights_multiply_values),
        cmocka_unit_test(quantiles_are_those_of_the_sorted_values),
        cmocka_unit_test(a_quantile_of_very_many_is_found_without_overflow),
        cmocka_unit_test(what_cannot_be_read_is_said),
        cmocka_unit_test(a_count_below_zero_is_found_and_can_still_be_made_good),
        cmocka_unit_test(a_sum_without_values_is_found),
        cmocka_unit_test(a_refused_addition_leaves_the_cell_alone),
        cmocka_unit_test(values_out_of_the_domain_are_refused),
        cmocka_unit_test(what_cancels_out_makes_room_again),
        cmocka_unit_test(a_distinct_value_takes_two_dozen_bytes_at_most_on_average),
        cmocka_unit_test(cells_survive_every_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
