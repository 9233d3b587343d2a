/* SPDX-License-Identifier: Apache-2.0 */
/* Reading canonical bytes. Total: any bytes give values or BPO_E_CORRUPT, nothing is read past the end, a form that
 * is not the shortest is refused, and nothing is allocated by a length that was only claimed.
 *
 * On failure the reader stands where it stood and the result is untouched. */
#ifndef BPO_CODEC_READER_H
#define BPO_CODEC_READER_H

#include "core/text.h"
#include <bpo/error.h>

typedef struct bpo__reader {
    const uint8_t *position;
    const uint8_t *end;
} bpo__reader;

static inline bpo__reader bpo__reader_of(const void *data, size_t size)
{
    bpo__reader r = {(const uint8_t *)data, size > 0 ? (const uint8_t *)data + size : (const uint8_t *)data};
    return r;
}

static inline size_t bpo__reader_left(const bpo__reader *from)
{
    return (size_t)(from->end - from->position);
}

bpo_status bpo__read_unsigned(bpo__reader *from, uint64_t *ret_value);
bpo_status bpo__read_signed(bpo__reader *from, int64_t *ret_value);
bpo_status bpo__read_text(bpo__reader *from, bpo__text *ret_text); /* borrowed from the bytes */
bpo_status bpo__read_decimal(bpo__reader *from, bpo_decimal *ret_value);
/* An unsigned number up to `most`; more is BPO_E_CORRUPT. */
bpo_status bpo__read_limited(bpo__reader *from, uint64_t most, uint32_t *ret_value);

#endif
