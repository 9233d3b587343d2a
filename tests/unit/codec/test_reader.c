/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "codec/reader.h"
#include "codec/writer.h"

static const uint64_t edges[] = {0, 1, 127, 128, 16383, 16384, UINT32_MAX, INT64_MAX, UINT64_MAX - 1, UINT64_MAX};
enum { EDGE_COUNT = sizeof edges / sizeof edges[0] };

static void what_was_written_is_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < EDGE_COUNT; i++) {
        uint8_t bytes[2 * BPO__UNSIGNED_SIZE_MAX];
        uint8_t *end = bpo__put_signed(bpo__put_unsigned(bytes, edges[i]), (int64_t)edges[i]);
        bpo__reader from = bpo__reader_of(bytes, (size_t)(end - bytes));
        uint64_t number = 7;
        int64_t other = 7;
        assert_int_equal(bpo__read_unsigned(&from, &number), BPO_OK);
        assert_int_equal(bpo__read_signed(&from, &other), BPO_OK);
        assert_true(number == edges[i] && other == (int64_t)edges[i]);
        assert_int_equal(bpo__reader_left(&from), 0);
    }
}

static void decimals_of_every_size_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < EDGE_COUNT * EDGE_COUNT; i++) {
        bpo_decimal written = {(int64_t)edges[i / EDGE_COUNT], edges[i % EDGE_COUNT], (int32_t)(i % 19), 0};
        bpo_decimal read = {1, 1, 1, 1};
        uint8_t bytes[BPO__DECIMAL_SIZE_MAX];
        uint8_t *end = bpo__put_decimal(bytes, &written);
        bpo__reader from = bpo__reader_of(bytes, (size_t)(end - bytes));
        assert_int_equal(bpo__read_decimal(&from, &read), BPO_OK);
        assert_memory_equal(&read, &written, sizeof read);
        assert_int_equal(bpo__reader_left(&from), 0);
    }
}

static void assert_refused(const char *bytes, size_t size)
{
    bpo__reader from = bpo__reader_of(bytes, size);
    bpo__reader before = from;
    uint64_t number = 7;
    bpo__text text = {"as before", 9};
    assert_int_equal(bpo__read_unsigned(&from, &number), BPO_E_CORRUPT);
    assert_int_equal(bpo__read_text(&from, &text), BPO_E_CORRUPT);
    assert_int_equal(number, 7);
    assert_int_equal(text.size, 9);
    assert_ptr_equal(from.position, before.position);
}

static void longer_forms_and_cut_ones_are_refused(void **state)
{
    (void)state;
    assert_refused("", 0);
    assert_refused("\x80", 1);
    assert_refused("\x80\x00", 2);
    assert_refused("\xff\x80\x00", 3);
    assert_refused("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", 10);
    assert_refused("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01", 11);
}

static void a_text_longer_than_its_bytes_is_refused(void **state)
{
    bpo__reader from = bpo__reader_of("\x05"
                                      "desk",
                                      5);
    bpo__text text = {NULL, 0};
    (void)state;
    assert_int_equal(bpo__read_text(&from, &text), BPO_E_CORRUPT);
    from = bpo__reader_of("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"
                          "desk",
                          14);
    assert_int_equal(bpo__read_text(&from, &text), BPO_E_CORRUPT);
}

static void malformed_decimals_are_refused(void **state)
{
    static const struct {
        const char *bytes;
        size_t size;
    } bad[] = {
        {"\x13\x02", 2},                                                                          /* scale 19 */
        {"\x02", 1},                                                                              /* no coefficient */
        {"\x02\x80\x00", 3},                                                                      /* a longer form */
        {"\x00\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x04", 20}, /* 131 bits */
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        bpo__reader from = bpo__reader_of(bad[i].bytes, bad[i].size);
        bpo_decimal value = {1, 2, 3, 0};
        assert_int_equal(bpo__read_decimal(&from, &value), BPO_E_CORRUPT);
        assert_int_equal(value.lo, 2);
        assert_int_equal(bpo__reader_left(&from), bad[i].size);
    }
}

static void a_number_above_its_limit_is_refused(void **state)
{
    bpo__reader from = bpo__reader_of("\x05", 1);
    uint32_t number = 9;
    (void)state;
    assert_int_equal(bpo__read_limited(&from, 4, &number), BPO_E_CORRUPT);
    assert_int_equal(number, 9);
    assert_int_equal(bpo__read_limited(&from, 5, &number), BPO_OK);
    assert_int_equal(number, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_read),
        cmocka_unit_test(decimals_of_every_size_are_read),
        cmocka_unit_test(longer_forms_and_cut_ones_are_refused),
        cmocka_unit_test(a_text_longer_than_its_bytes_is_refused),
        cmocka_unit_test(malformed_decimals_are_refused),
        cmocka_unit_test(a_number_above_its_limit_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
