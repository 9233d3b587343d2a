/* SPDX-License-Identifier: Apache-2.0 */
/* A growing run of bytes. */
#ifndef BPO_CORE_BUFFER_H
#define BPO_CORE_BUFFER_H

#include "core/memory.h"

typedef struct bpo__buffer {
    bpo_context *context;
    uint8_t *data;
    size_t size;
    size_t capacity;
} bpo__buffer;

void bpo__buffer_init(bpo__buffer *buffer, bpo_context *context);
void bpo__buffer_clear(bpo__buffer *buffer);
bpo_status bpo__buffer_reserve(bpo__buffer *buffer, size_t extra); /* after it, that many bytes append infallibly */
bpo_status bpo__buffer_append(bpo__buffer *buffer, const void *data, size_t size);
bpo_status bpo__buffer_append_text(bpo__buffer *buffer, const char *text); /* without the NUL */
bpo_status bpo__buffer_append_byte(bpo__buffer *buffer, uint8_t byte);
/* A sink that appends to the buffer. */
bpo_sink bpo__buffer_sink(bpo__buffer *buffer);

#endif
