/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file decimal.h
 * Exact decimal numbers, rounding modes and currencies.
 *
 * Why not double? Because 0.73 h at 50.00 is a number that two parties sign:
 * - a #bpo_decimal is exact, up to 38 digits, 18 of them after the point;
 * - parsing takes ASCII digits, `-` and one `.`: no locale, no exponent, no grouping;
 * - rounding happens only where it is named, by one of seven modes, all but floor
 *   and ceiling symmetric around zero, so that a credit mirrors its charge;
 * - overflow is #BPO_E_RANGE, never a wrap.
 */
#ifndef BPO_DECIMAL_H
#define BPO_DECIMAL_H

#include <bpo/error.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How a number is brought to fewer digits. */
typedef int32_t bpo_rounding;
enum {
    BPO_ROUNDING_HALF_AWAY = 1, /**< to nearest, ties away from zero; the default of contracts */
    BPO_ROUNDING_HALF_EVEN = 2, /**< to nearest, ties to the even digit */
    BPO_ROUNDING_HALF_DOWN = 3, /**< to nearest, ties toward zero */
    BPO_ROUNDING_UP = 4,        /**< away from zero */
    BPO_ROUNDING_DOWN = 5,      /**< toward zero */
    BPO_ROUNDING_FLOOR = 6,     /**< toward minus infinity */
    BPO_ROUNDING_CEILING = 7    /**< toward plus infinity */
};

/** Most digits after the point that a #bpo_decimal can have. */
#define BPO_DECIMAL_SCALE_MAX 18

/** Bytes that hold any formatted #bpo_decimal, terminating NUL included. */
#define BPO_DECIMAL_TEXT_SIZE 48

/**
 * Reads a decimal from text such as "24.50" or "-0.005".
 *
 * The scale is the number of digits after the point. On failure @p ret_value is untouched.
 *
 * @param text ASCII, need not be NUL-terminated
 * @param size bytes of @p text
 * @param ret_value the number
 * @param err details of a failure, or NULL
 * @return #BPO_OK; #BPO_E_VALUE for anything else than digits, one sign and one point; #BPO_E_RANGE for more than
 *         38 digits or 18 after the point
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_decimal_parse(const char *text, size_t size, bpo_decimal *ret_value, bpo_error *err);

/**
 * Writes a decimal as text with exactly its scale's digits after the point.
 *
 * @param value the number
 * @param text room for at least #BPO_DECIMAL_TEXT_SIZE bytes; NUL-terminated
 * @param size bytes of room
 * @return length of the text without NUL, or 0 where the room or the number is not valid
 * @par Threads any
 * @since 0.1
 */
BPO_API size_t bpo_decimal_format(const bpo_decimal *value, char *text, size_t size);

/**
 * The decimal of a 64-bit coefficient: `coefficient / 10^scale`.
 *
 * @param coefficient all digits
 * @param scale digits after the point, 0..18
 * @param ret_value the number; untouched on failure
 * @return #BPO_OK; #BPO_E_INVALID for a scale out of range
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_decimal_set(int64_t coefficient, int32_t scale, bpo_decimal *ret_value);

/**
 * Compares by value: 1.5 equals 1.50. What is no valid number, NULL included, orders before every number.
 *
 * @param a a number
 * @param b another
 * @return -1, 0 or 1 as @p a is less than, equal to or greater than @p b
 * @par Threads any
 * @since 0.1
 */
BPO_API int bpo_decimal_compare(const bpo_decimal *a, const bpo_decimal *b);

/**
 * Exact sum; the result has the larger of the two scales.
 *
 * @param a a number
 * @param b another
 * @param ret_sum the sum, may be the same object as @p a or @p b; untouched on failure
 * @return #BPO_OK, #BPO_E_RANGE, #BPO_E_INVALID
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_decimal_add(const bpo_decimal *a, const bpo_decimal *b, bpo_decimal *ret_sum);

/**
 * Rounds to @p scale digits after the point, optionally to a multiple of @p increment.
 *
 * @param value the number
 * @param scale digits after the point, 0..18; a larger scale than the number's only appends zeros
 * @param mode one of the rounding modes
 * @param increment a positive step such as 0.05 with no more places than @p scale, or NULL
 * @param ret_value the rounded number; untouched on failure
 * @return #BPO_OK, #BPO_E_RANGE, #BPO_E_INVALID
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_decimal_round(const bpo_decimal *value, int32_t scale, bpo_rounding mode,
                                     const bpo_decimal *increment, bpo_decimal *ret_value);

/**
 * Digits after the point of a currency, by ISO 4217: 2 for EUR, 0 for JPY, 3 for KWD.
 *
 * @param currency three capital letters, NUL-terminated
 * @param ret_digits 0..4; untouched on failure
 * @return #BPO_OK; #BPO_E_NOT_FOUND for a code that is not in the list
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_currency_digits(const char *currency, int32_t *ret_digits);

#ifdef __cplusplus
}
#endif
#endif
