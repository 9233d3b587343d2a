/* SPDX-License-Identifier: Apache-2.0 */
/* The frame around every stored state:
 *
 *     "BPO"  kind  major  minor  payload size (LEB128)  payload  CRC-32C of all before it (4 bytes, lowest first)
 *
 * A payload is a run of sections: id, size (both LEB128), bytes; bit 0 of the id says that a reader which does not know
 * it may skip it. Ids ascend, so that one state has one form. A higher major is BPO_E_TOO_NEW, so is an unknown section
 * without that bit: the module that walks the sections says so with bpo__section_unknown(). */
#ifndef BPO_CODEC_FRAME_H
#define BPO_CODEC_FRAME_H

#include "codec/reader.h"
#include "codec/writer.h"

enum {
    BPO__FRAME_TERMS = 1,
    BPO__FRAME_AMENDMENT = 2,
    BPO__FRAME_TICKET = 3,
    BPO__FRAME_LEDGER = 4,
    BPO__FRAME_POSITION = 5,
    BPO__FRAME_STATEMENT = 6,
    BPO__FRAME_NOTICE = 7,
    BPO__FRAME_CELL = 8,
    BPO__FRAME_SEAL = 9
};

enum { BPO__FRAME_MAJOR = 1, BPO__FRAME_MINOR = 0 };

/* Wraps a payload. On failure `into` is as before. */
bpo_status bpo__frame_write(bpo__buffer *into, uint8_t kind, const bpo__buffer *payload);
/* Checks frame and checksum; payload is borrowed. err gets path "" and what is wrong. */
bpo_status bpo__frame_read(const void *data, size_t size, uint8_t kind, bpo__reader *ret_payload, bpo_error *err);
/* Sections. On failure `into` is as before. */
bpo_status bpo__section_write(bpo__buffer *into, uint32_t id, const bpo__buffer *content);
/* Next section: BPO_OK, BPO_DONE at the end, BPO_E_CORRUPT. */
bpo_status bpo__section_read(bpo__reader *payload, uint32_t *ret_id, bpo__reader *ret_content);
/* What an unknown section means: BPO_OK where it may be skipped, else BPO_E_TOO_NEW. */
bpo_status bpo__section_unknown(uint32_t id, bpo_error *err);
uint32_t bpo__crc32c(const void *data, size_t size);

#endif
