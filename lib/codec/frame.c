/* SPDX-License-Identifier: Apache-2.0 */
/* The frame around every stored state, and the sections in it; layout in codec/frame.h.
 *
 * Law: bytes from anywhere are either a whole, undamaged frame of the asked kind or refused with the reason. */
#include "codec/frame.h"
#include "core/fail.h"

enum { MAGIC_SIZE = 3, HEAD_SIZE = 6, SUM_SIZE = 4 };
static const uint8_t magic[MAGIC_SIZE] = {'B', 'P', 'O'};

static uint8_t *put_sum(uint8_t *to, uint32_t sum)
{
    for (unsigned i = 0; i < SUM_SIZE; i++)
        *to++ = (uint8_t)(sum >> (8 * i));
    return to;
}

static uint32_t get_sum(const uint8_t *from)
{
    uint32_t sum = 0;
    for (unsigned i = 0; i < SUM_SIZE; i++)
        sum |= (uint32_t)from[i] << (8 * i);
    return sum;
}

static bpo_status refuse(bpo_error *err, bpo_status code, int32_t message)
{
    return bpo__fail(err, code, message, "", NULL, NULL, NULL);
}

/* Magic, kind and version, in the order that gives the most telling refusal. */
static bpo_status check_head(const uint8_t *bytes, size_t size, uint8_t kind, bpo_error *err)
{
    if (size < HEAD_SIZE + 1 + SUM_SIZE || memcmp(bytes, magic, MAGIC_SIZE) != 0)
        return refuse(err, BPO_E_CORRUPT, BPO__MSG_frame_not_ours);
    if (bytes[MAGIC_SIZE + 1] > BPO__FRAME_MAJOR)
        return refuse(err, BPO_E_TOO_NEW, BPO__MSG_frame_too_new);
    if (bytes[MAGIC_SIZE] != kind)
        return refuse(err, BPO_E_CORRUPT, BPO__MSG_frame_other_kind);
    if (bytes[MAGIC_SIZE + 1] < BPO__FRAME_MAJOR)
        return refuse(err, BPO_E_CORRUPT, BPO__MSG_frame_not_ours);
    return BPO_OK;
}

bpo_status bpo__frame_write(bpo__buffer *into, uint8_t kind, const bpo__buffer *payload)
{
    size_t start = into->size;
    bpo_status status = bpo__buffer_reserve(into, HEAD_SIZE + BPO__UNSIGNED_SIZE_MAX + payload->size + SUM_SIZE);
    if (status < 0)
        return status;
    uint8_t *to = into->data + start;
    memcpy(to, magic, MAGIC_SIZE);
    to += MAGIC_SIZE;
    *to++ = kind;
    *to++ = BPO__FRAME_MAJOR;
    *to++ = BPO__FRAME_MINOR;
    to = bpo__put_text(to, (bpo__text){(const char *)payload->data, payload->size});
    to = put_sum(to, bpo__crc32c(into->data + start, (size_t)(to - (into->data + start))));
    into->size = (size_t)(to - into->data);
    return BPO_OK;
}

bpo_status bpo__frame_read(const void *data, size_t size, uint8_t kind, bpo__reader *ret_payload, bpo_error *err)
{
    const uint8_t *bytes = data;
    bpo_status status = check_head(bytes, size, kind, err);
    if (status < 0)
        return status;
    bpo__reader rest = bpo__reader_of(bytes + HEAD_SIZE, size - HEAD_SIZE - SUM_SIZE);
    bpo__text payload = {NULL, 0};
    if (bpo__read_text(&rest, &payload) < 0 || bpo__reader_left(&rest) > 0)
        return refuse(err, BPO_E_CORRUPT, BPO__MSG_frame_damaged);
    if (bpo__crc32c(bytes, size - SUM_SIZE) != get_sum(bytes + size - SUM_SIZE))
        return refuse(err, BPO_E_CORRUPT, BPO__MSG_frame_damaged);
    *ret_payload = bpo__reader_of(payload.data, payload.size);
    return BPO_OK;
}

bpo_status bpo__section_write(bpo__buffer *into, uint32_t id, const bpo__buffer *content)
{
    bpo_status status = bpo__buffer_reserve(into, 2 * (size_t)BPO__UNSIGNED_SIZE_MAX + content->size);
    if (status < 0)
        return status;
    uint8_t *to = bpo__put_unsigned(into->data + into->size, id);
    to = bpo__put_text(to, (bpo__text){(const char *)content->data, content->size});
    into->size = (size_t)(to - into->data);
    return BPO_OK;
}

bpo_status bpo__section_read(bpo__reader *payload, uint32_t *ret_id, bpo__reader *ret_content)
{
    bpo__reader at = *payload;
    bpo__text content = {NULL, 0};
    uint32_t id = 0;
    if (bpo__reader_left(&at) == 0)
        return BPO_DONE;
    if (bpo__read_limited(&at, UINT32_MAX, &id) < 0 || bpo__read_text(&at, &content) < 0)
        return BPO_E_CORRUPT;
    *ret_id = id;
    *ret_content = bpo__reader_of(content.data, content.size);
    *payload = at;
    return BPO_OK;
}

bpo_status bpo__section_unknown(uint32_t id, bpo_error *err)
{
    return id & 1 ? BPO_OK : refuse(err, BPO_E_TOO_NEW, BPO__MSG_frame_too_new);
}
