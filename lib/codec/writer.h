/* SPDX-License-Identifier: Apache-2.0 */
/* Canonical bytes: LEB128 integers, length-prefixed texts. One value has one form. */
#ifndef BPO_CODEC_WRITER_H
#define BPO_CODEC_WRITER_H

#include "core/buffer.h"
#include "core/text.h"

/* Most bytes that a number can take. */
#define BPO__UNSIGNED_SIZE_MAX 10
#define BPO__DECIMAL_SIZE_MAX  20

bpo_status bpo__write_unsigned(bpo__buffer *into, uint64_t value);          /* LEB128, shortest form */
bpo_status bpo__write_signed(bpo__buffer *into, int64_t value);             /* zigzag, then LEB128 */
bpo_status bpo__write_text(bpo__buffer *into, bpo__text text);              /* size, bytes */
bpo_status bpo__write_decimal(bpo__buffer *into, const bpo_decimal *value); /* scale, zigzag of 128 bits */

/* The same into room that the caller has made; each returns where the next one goes. */
uint8_t *bpo__put_unsigned(uint8_t *to, uint64_t value);
uint8_t *bpo__put_signed(uint8_t *to, int64_t value);
uint8_t *bpo__put_text(uint8_t *to, bpo__text text);
uint8_t *bpo__put_decimal(uint8_t *to, const bpo_decimal *value);

#endif
