/* SPDX-License-Identifier: Apache-2.0 */
#include "pricing/usage.h"
#include "pricing/staging.h"
#include "support/fault.h"
#include "support/random.h"
#include "support/test.h"
#include <bpo/decimal.h>

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

static bpo__usage *new_usage(void)
{
    bpo__usage *usage = NULL;
    assert_int_equal(bpo__usage_new(context, &usage), BPO_OK);
    return usage;
}

static bpo__usage_item item_of(const char *charge, bpo_time period, uint32_t version, const char *distinct,
                               const char *quantity)
{
    bpo__usage_item item = {.charge = bpo__text_of(charge), .period_start = period, .version = version};
    item.keyed = distinct != NULL;
    item.distinct = bpo__text_of(distinct);
    assert_int_equal(bpo_decimal_parse(quantity, strlen(quantity), &item.quantity, NULL), BPO_OK);
    return item;
}

static void add(bpo__usage *usage, bpo__usage_item item)
{
    assert_int_equal(bpo__usage_stage(usage, &item), BPO_OK);
    bpo__usage_commit(usage);
}

static void assert_quantity(const bpo_decimal *quantity, const char *expected)
{
    char text[BPO_DECIMAL_TEXT_SIZE];
    bpo_decimal_format(quantity, text, sizeof text);
    assert_string_equal(text, expected);
}

static bpo__buffer bytes_of(bpo__usage *usage)
{
    bpo__buffer bytes;
    bpo__buffer_init(&bytes, context);
    assert_int_equal(bpo__usage_encode(usage, &bytes), BPO_OK);
    return bytes;
}

static void assert_same(bpo__usage *a, bpo__usage *b)
{
    bpo__buffer bytes_a = bytes_of(a), bytes_b = bytes_of(b);
    assert_int_equal(bytes_a.size, bytes_b.size);
    assert_memory_equal(bytes_a.data, bytes_b.data, bytes_a.size);
    bpo__buffer_clear(&bytes_a);
    bpo__buffer_clear(&bytes_b);
}

static bpo__usage_item random_item(test_random *random)
{
    static const char *const charges[] = {"hours", "seats", "tickets"};
    static const char *const tickets[] = {"T-1", "T-2", "T-3"};
    static const char *const quantities[] = {"1", "2.5", "0.000000001", "1800000000", "12345.6789"};
    uint64_t charge = test_random_below(random, 3);
    bpo_time period = (int64_t)test_random_below(random, 3) * 1000;
    return item_of(charges[charge], period, (uint32_t)test_random_below(random, 2),
                   charge == 2 ? tickets[test_random_below(random, 3)] : NULL,
                   charge == 2 ? "1" : quantities[test_random_below(random, 5)]);
}

static bpo__usage_item taken_back(bpo__usage_item item)
{
    bpo__usage_item back = item;
    char text[BPO_DECIMAL_TEXT_SIZE] = "-";
    bpo_decimal_format(&item.quantity, text + 1, sizeof text - 1);
    assert_int_equal(bpo_decimal_parse(text, strlen(text), &back.quantity, NULL), BPO_OK);
    return back;
}

static void quantities_add_up_exactly(void **state)
{
    (void)state;
    bpo__usage *usage = new_usage();
    bpo__usage_item *list = NULL;
    size_t count = 0;
    for (size_t i = 0; i < 10; i++)
        add(usage, item_of("hours", 0, 0, NULL, "0.1"));
    add(usage, item_of("hours", 0, 1, NULL, "0.25"));
    assert_int_equal(bpo__usage_list(usage, &list, &count), BPO_OK);
    assert_int_equal(count, 2);
    assert_quantity(&list[0].quantity, "1");
    assert_quantity(&list[1].quantity, "0.25");
    assert_int_equal(bpo__usage_additive_count(usage), 2);
    assert_int_equal(bpo__usage_keyed_count(usage), 0);
    bpo__free(context, list, count * sizeof *list);
    bpo__usage_free(usage);
}

static void a_keyed_value_counts_once_while_it_is_counted_more_than_taken_back(void **state)
{
    (void)state;
    static const struct {
        const char *quantity, *counts;
    } cases[] = {{"3", "1"}, {"1", "1"}, {"-1", "0"}, {"-5", "0"}};
    for (size_t i = 0; i < 4; i++) {
        bpo__usage_item item = item_of("tickets", 0, 0, "T-1", cases[i].quantity);
        bpo_decimal quantity = bpo__usage_item_quantity(&item);
        assert_quantity(&quantity, cases[i].counts);
        item.keyed = false;
        quantity = bpo__usage_item_quantity(&item);
        assert_quantity(&quantity, cases[i].quantity);
    }
}

static void the_list_is_in_canonical_order_without_zeros(void **state)
{
    (void)state;
    bpo__usage *usage = new_usage();
    const bpo__usage_item items[] = {
        item_of("a", -5, 9, NULL, "1"), item_of("a", 7, 0, NULL, "1"),  item_of("a", 7, 1, NULL, "1"),
        item_of("a", 7, 1, "", "1"),    item_of("a", 7, 1, "x", "1"),   item_of("a", 7, 1, "xx", "-1"),
        item_of("ab", 7, 0, NULL, "1"),
    };
    enum { COUNT = 7 };
    bpo__usage_item *list = NULL;
    size_t count = 0;
    for (size_t i = 0; i < COUNT; i++)
        add(usage, items[(i * 3 + 2) % COUNT]);
    add(usage, item_of("gone", 0, 0, NULL, "4.20"));
    add(usage, item_of("gone", 0, 0, NULL, "-4.2"));
    assert_int_equal(bpo__usage_list(usage, &list, &count), BPO_OK);
    assert_int_equal(count, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        assert_true(bpo__text_equal(list[i].charge, items[i].charge));
        assert_true(bpo__text_equal(list[i].distinct, items[i].distinct));
        assert_int_equal(list[i].period_start, items[i].period_start);
        assert_int_equal(list[i].version, items[i].version);
        assert_int_equal(list[i].keyed, items[i].keyed);
        assert_int_equal(bpo_decimal_compare(&list[i].quantity, &items[i].quantity), 0);
    }
    assert_int_equal(bpo__usage_keyed_count(usage), 3);
    bpo__free(context, list, count * sizeof *list);
    bpo__usage_free(usage);
}

static void what_is_forgotten_leaves_no_trace(void **state)
{
    (void)state;
    bpo__usage *usage = new_usage(), *rest = new_usage();
    add(usage, item_of("hours", -1000, 0, NULL, "1.5"));
    add(usage, item_of("tickets", 999, 0, "T-1", "1"));
    add(usage, item_of("tickets", 1000, 0, "T-1", "1"));
    add(usage, item_of("hours", 1000, 2, NULL, "2.5"));
    add(rest, item_of("tickets", 1000, 0, "T-1", "1"));
    add(rest, item_of("hours", 1000, 2, NULL, "2.5"));
    bpo__usage_forget(usage, 1000);
    assert_same(usage, rest);
    bpo__usage_forget(usage, INT64_MIN);
    assert_same(usage, rest);
    bpo__usage_free(usage);
    bpo__usage_free(rest);
}

static void parts_merge_into_the_whole_whatever_their_cut(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        test_random random = {seed}, cut = {seed * 17};
        bpo__usage *whole = new_usage(), *parts[3] = {new_usage(), new_usage(), new_usage()};
        for (size_t i = 0; i < 300; i++) {
            bpo__usage_item item = random_item(&random), detour = random_item(&cut);
            add(whole, item);
            add(parts[test_random_below(&cut, 3)], item);
            add(parts[test_random_below(&cut, 3)], detour);
            add(parts[test_random_below(&cut, 3)], taken_back(detour));
        }
        assert_int_equal(bpo__usage_merge(parts[2], parts[0]), BPO_OK);
        assert_int_equal(bpo__usage_merge(parts[1], parts[2]), BPO_OK);
        assert_same(parts[1], whole);
        for (size_t i = 0; i < 3; i++)
            bpo__usage_free(parts[i]);
        bpo__usage_free(whole);
    }
}

static void a_refused_merge_changes_nothing(void **state)
{
    (void)state;
    static const char most[] = "99999999999999999999999999999999999999";
    bpo__usage *usage = new_usage(), *other = new_usage(), *same = new_usage();
    add(usage, item_of("a", 0, 0, NULL, "1"));
    add(usage, item_of("b", 0, 0, NULL, most));
    add(same, item_of("a", 0, 0, NULL, "1"));
    add(same, item_of("b", 0, 0, NULL, most));
    add(other, item_of("a", 0, 0, NULL, "1"));
    add(other, item_of("b", 0, 0, NULL, "1"));
    add(other, item_of("c", 0, 0, NULL, "1"));
    assert_int_equal(bpo__usage_merge(usage, other), BPO_E_RANGE);
    assert_same(usage, same);
    bpo__usage_commit(usage); /* nothing was left staged */
    assert_same(usage, same);
    bpo__usage_free(usage);
    bpo__usage_free(other);
    bpo__usage_free(same);
}

static void reading_what_was_written_gives_the_same(void **state)
{
    (void)state;
    test_random random = {3};
    bpo__usage *usage = new_usage(), *again = NULL;
    for (size_t i = 0; i < 100; i++)
        add(usage, i % 4 ? random_item(&random) : taken_back(random_item(&random)));
    bpo__buffer bytes = bytes_of(usage);
    bpo__reader from = bpo__reader_of(bytes.data, bytes.size);
    assert_int_equal(bpo__usage_decode(context, &from, &again), BPO_OK);
    assert_ptr_equal(from.position, from.end);
    assert_same(usage, again);
    bpo__buffer_clear(&bytes);
    bpo__usage_free(usage);
    bpo__usage_free(again);
}

static void damaged_bytes_are_canonical_or_corrupt(void **state)
{
    (void)state;
    test_random random = {4};
    bpo__usage *usage = new_usage();
    for (size_t i = 0; i < 12; i++)
        add(usage, random_item(&random));
    bpo__buffer bytes = bytes_of(usage);
    for (size_t bit = 0; bit < bytes.size * 8; bit++) {
        bytes.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
        bpo__usage *read = NULL;
        bpo__reader from = bpo__reader_of(bytes.data, bytes.size);
        bpo_status status = bpo__usage_decode(context, &from, &read);
        if (status == BPO_OK) {
            bpo__buffer again = bytes_of(read);
            assert_int_equal(again.size, from.position - bytes.data);
            assert_memory_equal(again.data, bytes.data, again.size);
            bpo__buffer_clear(&again);
        } else {
            assert_int_equal(status, BPO_E_CORRUPT);
            assert_ptr_equal(from.position, bytes.data);
        }
        bpo__usage_free(read);
        bytes.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    for (size_t size = 0; size < bytes.size; size++) {
        bpo__usage *read = NULL;
        bpo__reader from = bpo__reader_of(bytes.data, size);
        assert_int_equal(bpo__usage_decode(context, &from, &read), BPO_E_CORRUPT);
    }
    bpo__buffer_clear(&bytes);
    bpo__usage_free(usage);
}

static void quantities_in_a_longer_form_are_corrupt(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t size;
    } bad[] = {
        {"\x01\x01" "a\x00\x00\x00\x01\x14", 8}, /* 1.0 */
        {"\x01\x01" "a\x00\x00\x00\x00\x00", 8}, /* 0 */
        {"\x01\x01" "a\x00\x00\x02\x00\x02", 8}, /* neither keyed nor not */
    };
    for (size_t i = 0; i < 3; i++) {
        bpo__usage *usage = NULL;
        bpo__reader from = bpo__reader_of(bad[i].bytes, bad[i].size);
        assert_int_equal(bpo__usage_decode(context, &from, &usage), BPO_E_CORRUPT);
    }
}

static void the_memory_told_covers_what_is_held(void **state)
{
    (void)state;
    fault_host fault;
    bpo_context *own = NULL;
    bpo__usage *usage = NULL;
    test_random random = {8};
    fault_host_init(&fault);
    assert_int_equal(bpo_context_new(&fault.host, &own, NULL), BPO_OK);
    size_t before = fault.live_bytes;
    assert_int_equal(bpo__usage_new(own, &usage), BPO_OK);
    for (size_t i = 0; i < 100; i++)
        add(usage, random_item(&random));
    assert_int_equal(bpo__usage_memory(usage), fault.live_bytes - before);
    bpo__usage_free(usage);
    bpo_context_unref(own);
    fault_host_check(&fault);
}

static bpo_status everything_with_usage(fault_host *fault, void *user)
{
    bpo_context *own = NULL;
    bpo__usage *usage = NULL, *other = NULL, *read = NULL;
    bpo__usage_item *list = NULL;
    bpo__buffer bytes = {0};
    test_random random = {9};
    size_t count = 0;
    (void)user;
    bpo_status status = bpo_context_new(&fault->host, &own, NULL);
    if (status != BPO_OK)
        return status;
    bpo__buffer_init(&bytes, own);
    status = bpo__usage_new(own, &usage);
    if (status == BPO_OK)
        status = bpo__usage_new(own, &other);
    for (size_t i = 0; i < 60 && status == BPO_OK; i++) {
        bpo__usage_item item = random_item(&random);
        status = bpo__usage_stage(i % 2 ? usage : other, &item);
        bpo__usage_commit(i % 2 ? usage : other);
    }
    size_t before = usage ? bpo__usage_additive_count(usage) : 0;
    if (status == BPO_OK) {
        status = bpo__usage_merge(usage, other);
        if (status != BPO_OK)
            assert_int_equal(bpo__usage_additive_count(usage), before);
    }
    if (status == BPO_OK)
        status = bpo__usage_encode(usage, &bytes);
    if (status != BPO_OK)
        assert_int_equal(bytes.size, 0);
    bpo__reader from = bpo__reader_of(bytes.data, bytes.size);
    if (status == BPO_OK)
        status = bpo__usage_decode(own, &from, &read);
    if (status == BPO_OK)
        status = bpo__usage_list(read, &list, &count);
    bpo__free(own, list, count * sizeof *list);
    bpo__buffer_clear(&bytes);
    bpo__usage_free(usage);
    bpo__usage_free(other);
    bpo__usage_free(read);
    bpo_context_unref(own);
    return status;
}

static void usage_survives_every_lack_of_memory(void **state)
{
    (void)state;
    assert_true(fault_torture(everything_with_usage, NULL) > 20);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantities_add_up_exactly),
        cmocka_unit_test(a_keyed_value_counts_once_while_it_is_counted_more_than_taken_back),
        cmocka_unit_test(the_list_is_in_canonical_order_without_zeros),
        cmocka_unit_test(what_is_forgotten_leaves_no_trace),
        cmocka_unit_test(parts_merge_into_the_whole_whatever_their_cut),
        cmocka_unit_test(a_refused_merge_changes_nothing),
        cmocka_unit_test(reading_what_was_written_gives_the_same),
        cmocka_unit_test(damaged_bytes_are_canonical_or_corrupt),
        cmocka_unit_test(quantities_in_a_longer_form_are_corrupt),
        cmocka_unit_test(the_memory_told_covers_what_is_held),
        cmocka_unit_test(usage_survives_every_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
