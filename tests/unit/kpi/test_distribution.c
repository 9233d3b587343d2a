/* SPDX-License-Identifier: Apache-2.0 */
#include "kpi/distribution.h"
#include "support/random.h"
#include "support/test.h"

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

static void add(bpo__distribution *distribution, int64_t value, int64_t weight)
{
    assert_int_equal(bpo__distribution_prepare_add(distribution, weight), BPO_OK);
    bpo__distribution_add(distribution, value, weight);
}

/* What every settled distribution is: ascending, distinct, without zeros, and told right. */
static void assert_settled(const bpo__distribution *distribution)
{
    uint64_t magnitude = 0;
    int64_t count = 0;
    size_t negative = 0;
    assert_int_equal(distribution->pending, 0);
    for (size_t i = 0; i < distribution->sorted; i++) {
        const bpo__value_count *item = &distribution->items[i];
        assert_true(i == 0 || item[-1].value < item->value);
        assert_int_not_equal(item->count, 0);
        count += item->count;
        negative += item->count < 0;
        magnitude += (uint64_t)(item->count < 0 ? -item->count : item->count);
    }
    assert_int_equal(distribution->count, count);
    assert_int_equal(distribution->negative, negative);
    assert_int_equal(distribution->magnitude, magnitude);
}

static void settling_brings_any_history_into_order(void **state)
{
    (void)state;
    test_random random = {1};
    for (size_t round = 0; round < 200; round++) {
        bpo__distribution distribution;
        bpo__distribution_init(&distribution, context);
        uint64_t spread = UINT64_C(1) << (1 + test_random_below(&random, 62));
        for (uint64_t i = test_random_below(&random, 900); i > 0; i--) {
            int64_t value = (int64_t)test_random_below(&random, spread) - (int64_t)(spread / 2);
            add(&distribution, value, (int64_t)test_random_below(&random, 5) - 2);
            assert_true(distribution.sorted + 2 * distribution.pending <= distribution.capacity);
        }
        bpo__distribution_settle(&distribution);
        assert_settled(&distribution);
        bpo__distribution_clear(&distribution);
    }
}

static void merging_keeps_the_order_and_what_is_pending(void **state)
{
    (void)state;
    test_random random = {2};
    for (size_t round = 0; round < 200; round++) {
        bpo__distribution a, b;
        bpo__distribution_init(&a, context);
        bpo__distribution_init(&b, context);
        for (uint64_t i = test_random_below(&random, 300); i > 0; i--)
            add(&a, (int64_t)test_random_below(&random, 100), 1);
        for (uint64_t i = test_random_below(&random, 300); i > 0; i--)
            add(&b, (int64_t)test_random_below(&random, 1000), -1);
        if (round % 3 == 0)
            bpo__distribution_settle(&b);
        int64_t count = a.count + b.count;
        size_t pending = b.pending;
        assert_int_equal(bpo__distribution_prepare_merge(&a, &b), BPO_OK);
        bpo__distribution_merge(&a, &b);
        assert_int_equal(a.count, count);
        assert_int_equal(a.pending, pending);
        bpo__distribution_settle(&a);
        assert_settled(&a);
        bpo__distribution_clear(&a);
        bpo__distribution_clear(&b);
    }
}

static void a_rank_is_found_from_either_end(void **state)
{
    (void)state;
    bpo__distribution distribution;
    bpo__distribution_init(&distribution, context);
    for (int64_t value = 1; value <= 9; value++)
        add(&distribution, value * 10, value);
    bpo__distribution_settle(&distribution);
    for (int64_t value = 1, rank = 1; value <= 9; value++) {
        for (int64_t i = 0; i < value; i++, rank++)
            assert_int_equal(bpo__distribution_ranked(&distribution, rank), value * 10);
    }
    bpo__distribution_clear(&distribution);
}

static void only_what_follows_can_be_appended(void **state)
{
    (void)state;
    bpo__distribution distribution;
    bpo__distribution_init(&distribution, context);
    assert_int_equal(bpo__distribution_append(&distribution, 5, 0), BPO_E_RANGE);
    assert_int_equal(bpo__distribution_append(&distribution, 5, -2), BPO_OK);
    assert_int_equal(bpo__distribution_append(&distribution, 5, 1), BPO_E_RANGE);
    assert_int_equal(bpo__distribution_append(&distribution, 4, 1), BPO_E_RANGE);
    assert_int_equal(bpo__distribution_append(&distribution, 6, INT64_MAX), BPO_E_RANGE);
    assert_int_equal(bpo__distribution_append(&distribution, 6, INT64_MAX - 2), BPO_OK);
    assert_settled(&distribution);
    bpo__distribution_clear(&distribution);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(settling_brings_any_history_into_order),
        cmocka_unit_test(merging_keeps_the_order_and_what_is_pending),
        cmocka_unit_test(a_rank_is_found_from_either_end),
        cmocka_unit_test(only_what_follows_can_be_appended),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
