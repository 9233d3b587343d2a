/* SPDX-License-Identifier: Apache-2.0 */
/* Writing canonical bytes.
 *
 * Law: one value has exactly one form. Integers are LEB128 in the fewest bytes, signed ones zigzag first, so that
 * small magnitudes are short; texts stand behind their size. A decimal keeps its scale: 1.50 and 1.5 are two. */
#include "codec/writer.h"

uint8_t *bpo__put_unsigned(uint8_t *to, uint64_t value)
{
    while (value >= 0x80) {
        *to++ = (uint8_t)(value | 0x80);
        value >>= 7;
    }
    *to++ = (uint8_t)value;
    return to;
}

uint8_t *bpo__put_signed(uint8_t *to, int64_t value)
{
    uint64_t sign = value < 0 ? UINT64_MAX : 0;
    return bpo__put_unsigned(to, ((uint64_t)value << 1) ^ sign);
}

uint8_t *bpo__put_text(uint8_t *to, bpo__text text)
{
    to = bpo__put_unsigned(to, text.size);
    if (text.size > 0)
        memcpy(to, text.data, text.size);
    return to + text.size;
}

uint8_t *bpo__put_decimal(uint8_t *to, const bpo_decimal *value)
{
    uint64_t sign = value->hi < 0 ? UINT64_MAX : 0;
    uint64_t high = (((uint64_t)value->hi << 1) | (value->lo >> 63)) ^ sign;
    uint64_t low = (value->lo << 1) ^ sign;
    to = bpo__put_unsigned(to, (uint64_t)value->scale);
    while (high > 0) {
        *to++ = (uint8_t)(low | 0x80);
        low = (low >> 7) | (high << 57);
        high >>= 7;
    }
    return bpo__put_unsigned(to, low);
}

bpo_status bpo__write_unsigned(bpo__buffer *into, uint64_t value)
{
    uint8_t bytes[BPO__UNSIGNED_SIZE_MAX];
    return bpo__buffer_append(into, bytes, (size_t)(bpo__put_unsigned(bytes, value) - bytes));
}

bpo_status bpo__write_signed(bpo__buffer *into, int64_t value)
{
    uint8_t bytes[BPO__UNSIGNED_SIZE_MAX];
    return bpo__buffer_append(into, bytes, (size_t)(bpo__put_signed(bytes, value) - bytes));
}

bpo_status bpo__write_text(bpo__buffer *into, bpo__text text)
{
    bpo_status status = bpo__buffer_reserve(into, BPO__UNSIGNED_SIZE_MAX + text.size);
    if (status < 0)
        return status;
    into->size = (size_t)(bpo__put_text(into->data + into->size, text) - into->data);
    return BPO_OK;
}

bpo_status bpo__write_decimal(bpo__buffer *into, const bpo_decimal *value)
{
    uint8_t bytes[BPO__DECIMAL_SIZE_MAX];
    return bpo__buffer_append(into, bytes, (size_t)(bpo__put_decimal(bytes, value) - bytes));
}
