/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "num/wide.h"
#include "portable_wide.h"
#include "wide_values.h"
#include <bpo/error.h>
#include <string.h>

#define ROUNDS 100000

/* Residues modulo a prime check every result by plain arithmetic: 2^64 leaves 25, because 2^32 leaves 5. */
#define PRIME UINT64_C(4294967291)

static uint64_t residue(bpo__i256 value)
{
    bpo__i256 magnitude = bpo__i256_magnitude(value);
    uint64_t sum = 0;
    for (size_t i = 4; i-- > 0;)
        sum = (sum * 25 + magnitude.limb[i] % PRIME) % PRIME;
    return bpo__i256_is_negative(value) && sum != 0 ? PRIME - sum : sum;
}

static void assert_same(bpo__i256 a, bpo__i256 b)
{
    assert_memory_equal(&a, &b, sizeof(a));
}

static bpo__i256 corner_value(size_t index)
{
    bpo__i256 value;
    for (size_t i = 0; i < 4; i++, index /= CORNERS)
        value.limb[i] = corners[index % CORNERS];
    if (value.limb[3] == corners[3] && (value.limb[2] | value.limb[1] | value.limb[0]) == 0)
        value.limb[0] = 1; /* -2^255 is not one of ours */
    return value;
}

static void check_sum(bpo__i256 a, bpo__i256 b)
{
    bpo__i256 sum = {{9, 9, 9, 9}};
    bpo__i256 portable = sum;
    bpo__i256 room;
    bpo_status status = bpo__i256_add(a, b, &sum);
    assert_int_equal(portable_add(a, b, &portable), status);
    assert_same(sum, portable);
    bool is_same_sign = bpo__i256_is_negative(a) == bpo__i256_is_negative(b);
    assert_int_equal(bpo__i256_subtract(largest, bpo__i256_magnitude(a), &room), BPO_OK);
    bool fits = !is_same_sign || bpo__i256_compare(bpo__i256_magnitude(b), room) <= 0;
    assert_int_equal(status, fits ? BPO_OK : BPO_E_RANGE);
    assert_true(fits ? residue(sum) == (residue(a) + residue(b)) % PRIME : sum.limb[0] == 9);
}

static void check_difference(bpo__i256 a, bpo__i256 b)
{
    bpo__i256 difference;
    bpo__i256 portable;
    bpo__i256 back;
    bpo_status status = bpo__i256_subtract(a, b, &difference);
    assert_int_equal(portable_subtract(a, b, &portable), status);
    if (status != BPO_OK)
        return;
    assert_same(difference, portable);
    int order = bpo__i256_is_zero(difference) ? 0 : bpo__i256_is_negative(difference) ? -1 : 1;
    assert_int_equal(bpo__i256_compare(a, b), order);
    assert_int_equal(portable_compare(b, a), -order);
    assert_int_equal(bpo__i256_add(difference, b, &back), BPO_OK);
    assert_same(back, a);
}

static void check_product(bpo__i256 a, bpo__i256 b)
{
    bpo__i256 product = {{9, 9, 9, 9}};
    bpo__i256 portable = product;
    bpo__i256 most = largest;
    bpo_status status = bpo__i256_multiply(a, b, &product);
    assert_int_equal(portable_multiply(a, b, &portable), status);
    assert_same(product, portable);
    if (!bpo__i256_is_zero(b))
        bpo__i256_divide(largest, bpo__i256_magnitude(b), &most, NULL);
    bool fits = bpo__i256_compare(bpo__i256_magnitude(a), most) <= 0;
    assert_int_equal(status, fits ? BPO_OK : BPO_E_RANGE);
    assert_true(fits ? residue(product) == residue(a) * residue(b) % PRIME : product.limb[0] == 9);
}

/* a = q * b + r, |r| < |b|, and r has a's sign: there is only one such pair. */
static void check_quotient(bpo__i256 a, bpo__i256 b)
{
    bpo__i256 quotient = {{9, 9, 9, 9}};
    bpo__i256 rest = quotient;
    bpo__i256 portable_quotient = quotient;
    bpo__i256 portable_rest = quotient;
    bpo__i256 product;
    bpo__i256 back;
    bpo_status status = bpo__i256_divide(a, b, &quotient, &rest);
    assert_int_equal(status, bpo__i256_is_zero(b) ? BPO_E_INVALID : BPO_OK);
    assert_int_equal(portable_divide(a, b, &portable_quotient, &portable_rest), status);
    assert_same(quotient, portable_quotient);
    assert_same(rest, portable_rest);
    if (status != BPO_OK) {
        assert_true(quotient.limb[0] == 9 && rest.limb[0] == 9);
        return;
    }
    assert_int_equal(bpo__i256_multiply(quotient, b, &product), BPO_OK);
    assert_int_equal(bpo__i256_add(product, rest, &back), BPO_OK);
    assert_same(back, a);
    assert_true(bpo__i256_compare(bpo__i256_magnitude(rest), bpo__i256_magnitude(b)) < 0);
    assert_true(bpo__i256_is_zero(rest) || bpo__i256_is_negative(rest) == bpo__i256_is_negative(a));
    assert_int_equal(bpo__i256_divide(a, b, &product, NULL), BPO_OK);
    assert_int_equal(bpo__i256_divide(a, b, NULL, &back), BPO_OK);
    assert_same(product, quotient);
    assert_same(back, rest);
}

static void check_gcd(bpo__i256 a, bpo__i256 b)
{
    bpo__i256 common = bpo__i256_gcd(a, b);
    bpo__i256 rest;
    assert_same(portable_gcd(a, b), common);
    assert_same(bpo__i256_gcd(b, bpo__i256_negate(a)), common);
    assert_false(bpo__i256_is_negative(common));
    if (bpo__i256_is_zero(common)) {
        assert_true(bpo__i256_is_zero(a) && bpo__i256_is_zero(b));
        return;
    }
    bpo__i256_divide(a, common, &a, &rest);
    assert_true(bpo__i256_is_zero(rest));
    bpo__i256_divide(b, common, &b, &rest);
    assert_true(bpo__i256_is_zero(rest));
    assert_same(bpo__i256_gcd(a, b), bpo__i256_of(1));
}

/* Every pair of corner values would be six million; every value with every seventh step of it is enough to meet
 * each way through the long division. */
static void corners_obey_the_laws(void **state)
{
    const size_t count = CORNERS * CORNERS * CORNERS * CORNERS;
    (void)state;
    for (size_t i = 0; i < count; i++) {
        for (size_t j = i % 29; j < count; j += 29) {
            bpo__i256 a = corner_value(i);
            bpo__i256 b = corner_value(j);
            check_sum(a, b);
            check_product(a, b);
            check_quotient(a, b);
        }
    }
}

static void random_values_obey_the_laws(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        bpo__i256 a = random_wide();
        bpo__i256 b = random_wide();
        check_sum(a, b);
        check_difference(a, b);
        check_product(a, b);
        check_quotient(a, b);
        if (i % 10 == 0)
            check_gcd(a, b);
    }
}

static void small_values_agree_with_plain_arithmetic(void **state)
{
    (void)state;
    for (int64_t a = -40; a <= 40; a++) {
        for (int64_t b = -40; b <= 40; b++) {
            bpo__i256 result;
            bpo__i256 rest;
            int64_t plain;
            bpo__i256_add(bpo__i256_of(a), bpo__i256_of(b), &result);
            assert_same(result, bpo__i256_of(a + b));
            bpo__i256_subtract(bpo__i256_of(a), bpo__i256_of(b), &result);
            assert_same(result, bpo__i256_of(a - b));
            bpo__i256_multiply(bpo__i256_of(a), bpo__i256_of(b), &result);
            assert_same(result, bpo__i256_of(a * b));
            assert_int_equal(bpo__i256_compare(bpo__i256_of(a), bpo__i256_of(b)), (a > b) - (a < b));
            assert_int_equal(bpo__i256_to_i64(result, &plain), BPO_OK);
            assert_true(plain == a * b);
            if (b == 0)
                continue;
            bpo__i256_divide(bpo__i256_of(a), bpo__i256_of(b), &result, &rest);
            assert_same(result, bpo__i256_of(a / b));
            assert_same(rest, bpo__i256_of(a % b));
        }
    }
}

static void minus_two_to_the_255_is_out_of_range(void **state)
{
    const bpo__i256 half = {{0, 0, 0, UINT64_C(1) << 62}}; /* 2^254 */
    bpo__i256 result = {{9, 9, 9, 9}};
    (void)state;
    bpo__i256 minus_half = bpo__i256_negate(half);
    assert_int_equal(bpo__i256_add(minus_half, minus_half, &result), BPO_E_RANGE);
    assert_int_equal(bpo__i256_subtract(minus_half, half, &result), BPO_E_RANGE);
    assert_int_equal(bpo__i256_multiply(minus_half, bpo__i256_of(2), &result), BPO_E_RANGE);
    assert_int_equal(bpo__i256_add(bpo__i256_negate(largest), bpo__i256_of(-1), &result), BPO_E_RANGE);
    assert_int_equal(result.limb[0], 9);
}

static void what_fits_64_bits_comes_out(void **state)
{
    int64_t value = 42;
    bpo__i256 above;
    (void)state;
    assert_int_equal(bpo__i256_to_i64(bpo__i256_of(INT64_MIN), &value), BPO_OK);
    assert_true(value == INT64_MIN);
    assert_int_equal(portable_to_i64(bpo__i256_of(INT64_MAX), &value), BPO_OK);
    assert_true(value == INT64_MAX);
    value = 42;
    assert_int_equal(bpo__i256_to_i64(bpo__i256_of_u64(UINT64_C(1) << 63), &value), BPO_E_RANGE);
    bpo__i256_subtract(bpo__i256_of(INT64_MIN), bpo__i256_of(1), &above);
    assert_int_equal(bpo__i256_to_i64(above, &value), BPO_E_RANGE);
    for (size_t limb = 1; limb < 4; limb++) {
        bpo__i256 wide = {{1, 0, 0, 0}};
        wide.limb[limb] = 1;
        assert_int_equal(bpo__i256_to_i64(wide, &value), BPO_E_RANGE);
    }
    assert_int_equal(value, 42);
    assert_same(portable_of_u64(UINT64_MAX), bpo__i256_of_u64(UINT64_MAX));
    assert_same(portable_of(INT64_MIN), bpo__i256_of(INT64_MIN));
}

/* Reads digits by plain multiplication, as a check of the writing. */
static bpo__i256 read_back(const char *text)
{
    bpo__i256 value = bpo__i256_of(0);
    bool is_negative = *text == '-';
    for (text += is_negative; *text; text++) {
        assert_int_equal(bpo__i256_multiply(value, bpo__i256_of(10), &value), BPO_OK);
        assert_int_equal(bpo__i256_add(value, bpo__i256_of(*text - '0'), &value), BPO_OK);
    }
    return is_negative ? bpo__i256_negate(value) : value;
}

static void digits_are_those_of_the_value(void **state)
{
    char text[BPO__I256_TEXT_SIZE];
    char portable[BPO__I256_TEXT_SIZE];
    (void)state;
    for (int i = 0; i < 20000; i++) {
        bpo__i256 value = i < 200 ? bpo__i256_of(i - 100) : random_wide();
        size_t length = bpo__i256_format(value, text);
        assert_int_equal(length, strlen(text));
        assert_same(read_back(text), value);
        assert_true(length == 1 || text[bpo__i256_is_negative(value)] != '0');
        portable_format(value, portable);
        assert_string_equal(text, portable);
    }
    assert_int_equal(bpo__i256_format(bpo__i256_negate(largest), text), 78);
    assert_string_equal(text, "-57896044618658097711785492504343953926634992332820282019728792003956564819967");
    bpo__i256_format(bpo__i256_of(0), text);
    assert_string_equal(text, "0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(corners_obey_the_laws),
        cmocka_unit_test(random_values_obey_the_laws),
        cmocka_unit_test(small_values_agree_with_plain_arithmetic),
        cmocka_unit_test(minus_two_to_the_255_is_out_of_range),
        cmocka_unit_test(what_fits_64_bits_comes_out),
        cmocka_unit_test(digits_are_those_of_the_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
