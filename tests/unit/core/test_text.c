/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "core/text.h"

static bool is_valid(const char *bytes, size_t size)
{
    return bpo__utf8_is_valid(bytes, size);
}

static void order_is_bytewise_and_the_shorter_comes_first(void **state)
{
    (void)state;
    assert_int_equal(bpo__text_compare(BPO__TEXT("a"), BPO__TEXT("b")), -1);
    assert_int_equal(bpo__text_compare(BPO__TEXT("b"), BPO__TEXT("a")), 1);
    assert_int_equal(bpo__text_compare(BPO__TEXT("a"), BPO__TEXT("ab")), -1);
    assert_int_equal(bpo__text_compare(BPO__TEXT("ab"), BPO__TEXT("a")), 1);
    assert_int_equal(bpo__text_compare(BPO__TEXT("b"), BPO__TEXT("ab")), 1);
    assert_int_equal(bpo__text_compare(BPO__TEXT("z"), BPO__TEXT("\xc3\xa4")), -1);
    assert_int_equal(bpo__text_compare(BPO__TEXT("ab"), BPO__TEXT("ab")), 0);
    assert_int_equal(bpo__text_compare(bpo__text_of(NULL), BPO__TEXT("")), 0);
}

static void equal_is_equal_in_size_too(void **state)
{
    (void)state;
    assert_true(bpo__text_is(BPO__TEXT("seat"), "seat"));
    assert_false(bpo__text_is(BPO__TEXT("seat"), "seats"));
    assert_false(bpo__text_is(BPO__TEXT("seats"), "seat"));
    assert_false(bpo__text_is(BPO__TEXT("seat"), "task"));
    assert_true(bpo__text_is(bpo__text_of(NULL), ""));
    assert_false(bpo__text_equal(BPO__TEXT("a\0b"), BPO__TEXT("a\0c")));
}

/* The definition, written the other way round: encode the code point and compare. */
static size_t encode(uint32_t point, char *bytes)
{
    if (point < 0x80) {
        bytes[0] = (char)point;
        return 1;
    }
    size_t length = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (size_t i = length; i-- > 1; point >>= 6)
        bytes[i] = (char)(0x80 | (point & 0x3f));
    bytes[0] = (char)((0xf00U >> length & 0xffU) | point);
    return length;
}

static void every_code_point_but_nul_and_surrogates_is_valid(void **state)
{
    char bytes[4];
    (void)state;
    for (uint32_t point = 0; point <= 0x110fff; point++) {
        size_t length = encode(point, bytes);
        bool expected = point != 0 && !(point >= 0xd800 && point <= 0xdfff) && point <= 0x10ffff;
        assert_int_equal(bpo__utf8_length(bytes, length), expected ? length : 0);
        assert_int_equal(bpo__utf8_length(bytes, length - 1), 0);
    }
}

static void every_pair_of_bytes_is_judged_by_the_definition(void **state)
{
    size_t valid = 0;
    (void)state;
    for (unsigned a = 0; a < 256; a++) {
        for (unsigned b = 0; b < 256; b++) {
            const char bytes[2] = {(char)a, (char)b};
            valid += is_valid(bytes, 2);
        }
    }
    assert_int_equal(valid, 127 * 127 + 30 * 64); /* two ASCII characters, or one from U+0080 to U+07FF */
}

static void broken_forms_are_refused(void **state)
{
    (void)state;
    assert_false(is_valid("\xc0\xaf", 2));         /* overlong in two */
    assert_false(is_valid("\xe0\x80\xaf", 3));     /* in three */
    assert_false(is_valid("\xf0\x80\x80\xaf", 4)); /* in four */
    assert_false(is_valid("\xed\xa0\x80", 3));     /* a surrogate */
    assert_false(is_valid("\xf4\x90\x80\x80", 4)); /* above U+10FFFF */
    assert_false(is_valid("\xf5\x80\x80\x80", 4));
    assert_false(is_valid("\x80", 1));
    assert_false(is_valid("a\xe2\x82", 3)); /* cut */
    assert_false(is_valid("\xe2\x82z", 3));
    assert_false(is_valid("\xf0\x9f\x98z", 4));
    assert_false(is_valid("a\0b", 3));
    assert_true(is_valid("", 0));
    assert_true(is_valid(NULL, 0));
    assert_true(is_valid("B\xc3\xbcro \xe2\x82\xac \xf0\x9f\x98\x80", 14));
}

static void a_cut_ends_at_a_character(void **state)
{
    static const char text[] = "a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80";
    static const size_t ends[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};
    (void)state;
    for (size_t most = 0; most < sizeof(ends) / sizeof(ends[0]); most++)
        assert_int_equal(bpo__utf8_cut(text, sizeof(text) - 1, most), ends[most]);
    assert_int_equal(bpo__utf8_cut("\x80\x80", 2, 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_is_bytewise_and_the_shorter_comes_first),
        cmocka_unit_test(equal_is_equal_in_size_too),
        cmocka_unit_test(every_code_point_but_nul_and_surrogates_is_valid),
        cmocka_unit_test(every_pair_of_bytes_is_judged_by_the_definition),
        cmocka_unit_test(broken_forms_are_refused),
        cmocka_unit_test(a_cut_ends_at_a_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
