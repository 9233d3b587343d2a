/* SPDX-License-Identifier: Apache-2.0 */
/* The frame around every stored state: "BPO", kind, format major, minor, payload size, payload, CRC-32C.
 * A payload is a run of sections: id, size, bytes; bit 0 of the id says that a reader which does not know it may skip
 * it. A higher major is BPO_E_TOO_NEW, so is an unknown section without that bit. */
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
    BPO__FRAME_CELL = 8
};

/* Wraps a payload. */
bpo_status bpo__frame_write(bpo__buffer *into, uint8_t kind, const bpo__buffer *payload);
/* Checks frame and checksum; payload is borrowed. err gets path "" and what is wrong. */
bpo_status bpo__frame_read(const void *data, size_t size, uint8_t kind, bpo__reader *ret_payload, bpo_error *err);
/* Sections. */
bpo_status bpo__section_write(bpo__buffer *into, uint32_t id, const bpo__buffer *content);
/* Next section: BPO_OK, BPO_DONE at the end, BPO_E_CORRUPT. */
bpo_status bpo__section_read(bpo__reader *payload, uint32_t *ret_id, bpo__reader *ret_content);
uint32_t bpo__crc32c(const void *data, size_t size);

#endif
