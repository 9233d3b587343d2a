/* SPDX-License-Identifier: Apache-2.0 */
/* The canonical bytes of cells: lib/kpi/cell.c, reading and writing. */
#include "kpi/cell.h"
#include "support/random.h"
#include "support/test.h"
#include <stdlib.h>

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

static bpo__buffer bytes_of(bpo__cell *cell)
{
    bpo__buffer bytes;
    bpo__buffer_init(&bytes, context);
    assert_int_equal(bpo__cell_encode(cell, &bytes), BPO_OK);
    return bytes;
}

static void assert_bytes(bpo__cell *cell, const void *expected, size_t size)
{
    bpo__buffer bytes = bytes_of(cell);
    assert_int_equal(bytes.size, size);
    assert_memory_equal(bytes.data, expected, size);
    bpo__buffer_clear(&bytes);
}

static void the_format_is_as_documented(void **state)
{
    (void)state;
    bpo__cell *count = new_cell(BPO__CELL_COUNT), *sum = new_cell(BPO__CELL_SUM), *dist = new_cell(BPO__CELL_DIST);
    assert_int_equal(bpo__cell_add(count, 0, 3), BPO_OK);
    assert_int_equal(bpo__cell_add(sum, -5, 2), BPO_OK);
    assert_int_equal(bpo__cell_add(dist, 300, 1), BPO_OK);
    assert_int_equal(bpo__cell_add(dist, -2, 5), BPO_OK);
    assert_bytes(count, "\x01\x06", 2);
    assert_bytes(sum, "\x02\x04\x00\x13", 4);
    assert_bytes(dist, "\x03\x02\x03\x0a\xad\x02\x02", 7); /* -2 five times, then 302 - 1 further, once */
    bpo__cell_free(count);
    bpo__cell_free(sum);
    bpo__cell_free(dist);
}

/* Any bytes give BPO_E_CORRUPT, or a cell that would have been written as just those bytes. */
static void assert_total(const uint8_t *data, size_t size)
{
    bpo__cell *cell = NULL;
    bpo__reader from = bpo__reader_of(data, size);
    bpo_status status = bpo__cell_decode(context, &from, &cell);
    if (status == BPO_OK) {
        assert_bytes(cell, data, (size_t)(from.position - data));
    } else {
        assert_int_equal(status, BPO_E_CORRUPT);
        assert_null(cell);
        assert_ptr_equal(from.position, data);
    }
    bpo__cell_free(cell);
}

static bpo__cell *random_cell(test_random *random)
{
    bpo__cell *cell = new_cell((bpo__cell_kind)(1 + test_random_below(random, 3)));
    for (uint64_t i = test_random_below(random, 12); i > 0; i--) {
        int64_t value = (int64_t)(test_random_bits(random) >> (3 + test_random_below(random, 60)));
        assert_int_equal(bpo__cell_add(cell, i % 3 ? value : -value, i % 5 ? 1 : -300), BPO_OK);
    }
    return cell;
}

static void reading_what_was_written_gives_the_same(void **state)
{
    (void)state;
    test_random random = {11};
    for (size_t round = 0; round < 300; round++) {
        bpo__cell *cell = random_cell(&random), *again = NULL;
        bpo__buffer bytes = bytes_of(cell);
        bpo__reader from = bpo__reader_of(bytes.data, bytes.size);
        assert_int_equal(bpo__cell_decode(context, &from, &again), BPO_OK);
        assert_ptr_equal(from.position, from.end);
        assert_int_equal(bpo__cell_kind_of(again), bpo__cell_kind_of(cell));
        assert_int_equal(bpo__cell_count(again), bpo__cell_count(cell));
        assert_int_equal(bpo__i256_compare(bpo__cell_sum(again), bpo__cell_sum(cell)), 0);
        assert_bytes(again, bytes.data, bytes.size);
        bpo__buffer_clear(&bytes);
        bpo__cell_free(cell);
        bpo__cell_free(again);
    }
}

static void a_read_cell_can_be_added_to(void **state)
{
    (void)state;
    bpo__cell *cell = new_cell(BPO__CELL_DIST), *again = NULL;
    for (int64_t i = 0; i < 50; i++)
        assert_int_equal(bpo__cell_add(cell, i * i, 1), BPO_OK);
    bpo__buffer bytes = bytes_of(cell);
    bpo__reader from = bpo__reader_of(bytes.data, bytes.size);
    assert_int_equal(bpo__cell_decode(context, &from, &again), BPO_OK);
    for (int64_t i = 0; i < 50; i++) {
        assert_int_equal(bpo__cell_add(cell, i, 1), BPO_OK);
        assert_int_equal(bpo__cell_add(again, 49 - i, 1), BPO_OK);
    }
    bpo__buffer_clear(&bytes);
    bytes = bytes_of(cell);
    assert_bytes(again, bytes.data, bytes.size);
    bpo__buffer_clear(&bytes);
    bpo__cell_free(cell);
    bpo__cell_free(again);
}

static void cut_bytes_are_corrupt(void **state)
{
    (void)state;
    test_random random = {12};
    for (size_t round = 0; round < 100; round++) {
        bpo__cell *cell = random_cell(&random), *again = NULL;
        bpo__buffer bytes = bytes_of(cell);
        for (size_t size = 0; size < bytes.size; size++) {
            bpo__reader from = bpo__reader_of(bytes.data, size);
            assert_int_equal(bpo__cell_decode(context, &from, &again), BPO_E_CORRUPT);
            assert_null(again);
        }
        bpo__buffer_clear(&bytes);
        bpo__cell_free(cell);
    }
}

static void any_bytes_are_a_canonical_cell_or_corrupt(void **state)
{
    (void)state;
    test_random random = {13};
    uint8_t data[64];
    for (size_t round = 0; round < 200000; round++) {
        size_t size = test_random_below(&random, sizeof data);
        for (size_t i = 0; i < size; i++) {
            uint64_t bits = test_random_bits(&random);
            data[i] = (uint8_t)(bits & 256 ? bits & 255 : bits & 7);
        }
        assert_total(data, size);
    }
    for (size_t round = 0; round < 300; round++) {
        bpo__cell *cell = random_cell(&random);
        bpo__buffer bytes = bytes_of(cell);
        for (size_t bit = 0; bit < bytes.size * 8; bit++) {
            bytes.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
            assert_total(bytes.data, bytes.size);
            bytes.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
        }
        bpo__buffer_clear(&bytes);
        bpo__cell_free(cell);
    }
}

static void what_a_cell_cannot_hold_is_corrupt(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t size;
    } bad[] = {
        {"\x00\x00", 2},                                                  /* no such kind */
        {"\x04\x00", 2},                                                  /* no such kind */
        {"\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11},             /* count of -2^63 */
        {"\x02\x00\x01\x00", 4},                                          /* a sum with a fraction */
        {"\x03\x01\x00\x00", 4},                                          /* an item that counts nothing */
        {"\x03\x7f\x00\x02", 4},                                          /* more items than bytes */
        {"\x03\x01\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01\x02", 13},     /* a value of 2^62 */
        {"\x03\x02\xfc\xff\xff\xff\xff\xff\xff\xff\x7f\x02\x01\x02", 14}, /* one behind the last value */
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        bpo__cell *cell = NULL;
        bpo__reader from = bpo__reader_of(bad[i].bytes, bad[i].size);
        assert_int_equal(bpo__cell_decode(context, &from, &cell), BPO_E_CORRUPT);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_format_is_as_documented),
        cmocka_unit_test(reading_what_was_written_gives_the_same),
        cmocka_unit_test(a_read_cell_can_be_added_to),
        cmocka_unit_test(cut_bytes_are_corrupt),
        cmocka_unit_test(any_bytes_are_a_canonical_cell_or_corrupt),
        cmocka_unit_test(what_a_cell_cannot_hold_is_corrupt),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
