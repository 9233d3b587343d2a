/* SPDX-License-Identifier: Apache-2.0 */
/* Borrowed text, UTF-8, and the decimal text of integers. No locale anywhere. */
#ifndef BPO_CORE_TEXT_H
#define BPO_CORE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct bpo__text {
    const char *data;
    size_t size;
} bpo__text;

#define BPO__TEXT(literal) ((bpo__text){(literal), sizeof(literal) - 1})

static inline bpo__text bpo__text_of(const char *text)
{
    bpo__text t = {text, text ? strlen(text) : 0};
    return t;
}

static inline bool bpo__text_equal(bpo__text a, bpo__text b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

int bpo__text_compare(bpo__text a, bpo__text b); /* bytewise, the shorter first */
bool bpo__text_is(bpo__text a, const char *literal);
size_t bpo__utf8_length(const char *data, size_t size);           /* of the first character; 0 where it is not valid */
bool bpo__utf8_is_valid(const char *data, size_t size);           /* strict: no overlong forms, surrogates, NUL */
size_t bpo__utf8_cut(const char *data, size_t size, size_t most); /* largest end <= most at a character's end */

#define BPO__INTEGER_TEXT_SIZE 24
size_t bpo__integer_format(int64_t value, char *text); /* NUL-terminated; returns the length */
size_t bpo__unsigned_format(uint64_t value, char *text);
bool bpo__integer_parse(const char *data, size_t size, int64_t *ret_value); /* optional '-', digits, all of it */

#endif
