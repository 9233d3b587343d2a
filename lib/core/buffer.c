/* SPDX-License-Identifier: Apache-2.0 */
/* A growing run of bytes. What was appended stays when growing fails. */
#include "core/buffer.h"
#include <string.h>

void bpo__buffer_init(bpo__buffer *buffer, bpo_context *context)
{
    memset(buffer, 0, sizeof(*buffer));
    buffer->context = context;
}

void bpo__buffer_clear(bpo__buffer *buffer)
{
    bpo__free(buffer->context, buffer->data, buffer->capacity);
    bpo__buffer_init(buffer, buffer->context);
}

bpo_status bpo__buffer_reserve(bpo__buffer *buffer, size_t extra)
{
    void *data = buffer->data;
    bpo_status status = bpo__reserve(buffer->context, &data, &buffer->capacity, buffer->size, extra, 1);
    buffer->data = data;
    return status;
}

bpo_status bpo__buffer_append(bpo__buffer *buffer, const void *data, size_t size)
{
    if (size == 0)
        return BPO_OK;
    bpo_status status = bpo__buffer_reserve(buffer, size);
    if (status != BPO_OK)
        return status;
    memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
    return BPO_OK;
}

bpo_status bpo__buffer_append_text(bpo__buffer *buffer, const char *text)
{
    return bpo__buffer_append(buffer, text, strlen(text));
}

bpo_status bpo__buffer_append_byte(bpo__buffer *buffer, uint8_t byte)
{
    return bpo__buffer_append(buffer, &byte, 1);
}

static bpo_status sink_write(void *user, const void *data, size_t size)
{
    return bpo__buffer_append(user, data, size);
}

bpo_sink bpo__buffer_sink(bpo__buffer *buffer)
{
    bpo_sink sink = BPO_SINK_INIT;
    sink.user = buffer;
    sink.write = sink_write;
    return sink;
}
