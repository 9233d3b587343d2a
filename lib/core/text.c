/* SPDX-License-Identifier: Apache-2.0 */
/* Borrowed text and strict UTF-8: the shortest form only, no surrogates, nothing above U+10FFFF, no NUL. */
#include "core/text.h"

int bpo__text_compare(bpo__text a, bpo__text b)
{
    size_t shared = a.size < b.size ? a.size : b.size;
    int order = shared == 0 ? 0 : memcmp(a.data, b.data, shared);
    if (order != 0)
        return order < 0 ? -1 : 1;
    return (a.size > b.size) - (a.size < b.size);
}

bool bpo__text_is(bpo__text a, const char *literal)
{
    return bpo__text_equal(a, bpo__text_of(literal));
}

/* What may follow a lead byte: how many bytes in all, and the range of the second one, which alone tells overlong
 * forms, surrogates and what lies above U+10FFFF. */
typedef struct lead_row {
    unsigned char first, last;
    unsigned char second_first, second_last;
    size_t length;
} lead_row;

static const lead_row leads[] = {
    {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3},
    {0xee, 0xef, 0x80, 0xbf, 3}, {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4},
};

static bool is_continuation(unsigned char byte)
{
    return (byte & 0xc0) == 0x80;
}

/* The length of the character that begins like `row`, or 0. */
static size_t match_lead(const lead_row *row, const unsigned char *at, size_t size)
{
    if (size < row->length || at[1] < row->second_first || at[1] > row->second_last)
        return 0;
    for (size_t i = 2; i < row->length; i++) {
        if (!is_continuation(at[i]))
            return 0;
    }
    return row->length;
}

size_t bpo__utf8_length(const char *data, size_t size)
{
    const unsigned char *at = (const unsigned char *)data;
    if (size == 0 || at[0] == 0)
        return 0;
    if (at[0] < 0x80)
        return 1;
    for (size_t i = 0; i < sizeof(leads) / sizeof(leads[0]); i++) {
        if (at[0] >= leads[i].first && at[0] <= leads[i].last)
            return match_lead(&leads[i], at, size);
    }
    return 0;
}

/* Whether eight bytes are plain ASCII without NUL; most text is. */
static bool is_ascii_word(const char *data)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = UINT64_C(0x8080808080808080);
    uint64_t word;
    memcpy(&word, data, sizeof word);
    return (word & tops) == 0 && ((word - ones) & tops) == 0;
}

bool bpo__utf8_is_valid(const char *data, size_t size)
{
    for (size_t i = 0; i < size;) {
        if (size - i >= sizeof(uint64_t) && is_ascii_word(data + i)) {
            i += sizeof(uint64_t);
            continue;
        }
        size_t length = bpo__utf8_length(data + i, size - i);
        if (length == 0)
            return false;
        i += length;
    }
    return true;
}

size_t bpo__utf8_cut(const char *data, size_t size, size_t most)
{
    if (size <= most)
        return size;
    while (most > 0 && is_continuation((unsigned char)data[most]))
        most--;
    return most;
}
