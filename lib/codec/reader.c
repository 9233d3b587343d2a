/* SPDX-License-Identifier: Apache-2.0 */
/* Reading canonical bytes: the exact inverse of codec/writer.c.
 *
 * Law: what is read is what the writer would have written; every other form is BPO_E_CORRUPT. A last LEB128 byte of 0
 * behind another one is a longer form of the same number, and so refused. */
#include "codec/reader.h"

enum { UNSIGNED_BYTES = 10, WIDE_BYTES = 19 };

bpo_status bpo__read_unsigned(bpo__reader *from, uint64_t *ret_value)
{
    const uint8_t *at = from->position;
    uint64_t value = 0;
    if (at < from->end && *at < 0x80) { /* most numbers are small */
        *ret_value = *at;
        from->position = at + 1;
        return BPO_OK;
    }
    for (unsigned index = 0; index < UNSIGNED_BYTES && at < from->end; index++) {
        uint8_t byte = *at++;
        if (index == UNSIGNED_BYTES - 1 && byte > 1)
            return BPO_E_CORRUPT;
        value |= (uint64_t)(byte & 0x7F) << (7 * index);
        if (byte >= 0x80)
            continue;
        if (byte == 0)
            return BPO_E_CORRUPT;
        *ret_value = value;
        from->position = at;
        return BPO_OK;
    }
    return BPO_E_CORRUPT;
}

bpo_status bpo__read_signed(bpo__reader *from, int64_t *ret_value)
{
    uint64_t zigzag = 0;
    bpo_status status = bpo__read_unsigned(from, &zigzag);
    if (status < 0)
        return status;
    *ret_value = (int64_t)((zigzag >> 1) ^ (zigzag & 1 ? UINT64_MAX : 0));
    return BPO_OK;
}

bpo_status bpo__read_limited(bpo__reader *from, uint64_t most, uint32_t *ret_value)
{
    bpo__reader at = *from;
    uint64_t value = 0;
    if (bpo__read_unsigned(&at, &value) < 0 || value > most || value > UINT32_MAX)
        return BPO_E_CORRUPT;
    *ret_value = (uint32_t)value;
    *from = at;
    return BPO_OK;
}

bpo_status bpo__read_text(bpo__reader *from, bpo__text *ret_text)
{
    bpo__reader at = *from;
    uint64_t size = 0;
    if (bpo__read_unsigned(&at, &size) < 0 || size > bpo__reader_left(&at))
        return BPO_E_CORRUPT;
    ret_text->data = (const char *)at.position;
    ret_text->size = (size_t)size;
    from->position = at.position + size;
    return BPO_OK;
}

/* The zigzag coefficient of a decimal: LEB128 of up to 128 bits. */
static bpo_status read_wide(bpo__reader *from, uint64_t *ret_high, uint64_t *ret_low)
{
    const uint8_t *at = from->position;
    uint64_t high = 0, low = 0;
    for (unsigned index = 0; index < WIDE_BYTES && at < from->end; index++) {
        uint8_t byte = *at++;
        uint64_t bits = byte & 0x7F;
        unsigned shift = 7 * index;
        if (index == WIDE_BYTES - 1 && byte > 3)
            return BPO_E_CORRUPT;
        if (shift < 64)
            low |= bits << shift;
        if (shift >= 64)
            high |= bits << (shift - 64);
        else if (shift > 57)
            high |= bits >> (64 - shift);
        if (byte >= 0x80)
            continue;
        if (byte == 0 && index > 0)
            return BPO_E_CORRUPT;
        *ret_high = high;
        *ret_low = low;
        from->position = at;
        return BPO_OK;
    }
    return BPO_E_CORRUPT;
}

bpo_status bpo__read_decimal(bpo__reader *from, bpo_decimal *ret_value)
{
    bpo__reader at = *from;
    uint32_t scale = 0;
    uint64_t high = 0, low = 0;
    if (bpo__read_limited(&at, 18, &scale) < 0 || read_wide(&at, &high, &low) < 0)
        return BPO_E_CORRUPT;
    uint64_t sign = low & 1 ? UINT64_MAX : 0;
    ret_value->hi = (int64_t)((high >> 1) ^ sign);
    ret_value->lo = ((low >> 1) | (high << 63)) ^ sign;
    ret_value->scale = (int32_t)scale;
    ret_value->reserved = 0;
    *from = at;
    return BPO_OK;
}
