/* SPDX-License-Identifier: Apache-2.0 */
/* How an adapter reports a failure: the same caller-owned error, filled without memory.
 *
 * Adapters stand outside the library and see its public headers only, so their messages are not in the library's
 * catalogue; they have ids of their own, 20000 and up, a hundred for each adapter. */
#ifndef BPO_ADAPTERS_REFUSE_H
#define BPO_ADAPTERS_REFUSE_H

#include <bpo/error.h>
#include <string.h>

/* One message: a stable id and its English, with {0} and {1} where the arguments go. */
typedef struct adapter_message {
    int32_t id;
    const char *english;
} adapter_message;

/* Bytes of `text` that fit `room`, cut at a character's end. */
static inline size_t adapter_cut(const char *text, size_t room)
{
    size_t size = strlen(text);
    if (size <= room)
        return size;
    size = room;
    while (size > 0 && ((unsigned char)text[size] & 0xc0) == 0x80)
        size--;
    return size;
}

/* Appends what fits, keeps the NUL; gives the new end. */
static inline size_t adapter_append(char *into, size_t end, size_t room, const char *text)
{
    size_t size = adapter_cut(text, room - 1 - end);
    memcpy(into + end, text, size);
    into[end + size] = '\0';
    return end + size;
}

static inline void adapter_render(char *into, size_t room, const char *english, const char *const *arguments)
{
    size_t end = 0;
    into[0] = '\0';
    for (const char *c = english; *c && end + 1 < room; c++) {
        if (c[0] == '{' && (c[1] == '0' || c[1] == '1') && c[2] == '}') {
            end = adapter_append(into, end, room, arguments[c[1] - '0']);
            c += 2;
        } else {
            into[end++] = *c;
            into[end] = '\0';
        }
    }
}

/* Fills err (may be NULL) and returns code. The arguments may be NULL where the message has none. */
static inline bpo_status adapter_refuse(bpo_error *err, bpo_status code, const adapter_message *message,
                                        const char *path, const char *argument0, const char *argument1)
{
    if (!err || err->struct_size < sizeof *err)
        return code;
    const char *arguments[2] = {argument0 ? argument0 : "", argument1 ? argument1 : ""};
    size_t end = 0;
    err->code = code;
    err->host_status = 0;
    err->message_id = message->id;
    err->argument_count = argument1 ? 2u : argument0 ? 1u : 0u;
    err->reserved = 0;
    memset(err->arguments, 0, sizeof err->arguments);
    for (uint32_t i = 0; i < err->argument_count && end + 1 < sizeof err->arguments; i++)
        end = adapter_append(err->arguments, end, sizeof err->arguments - (i == 0), arguments[i]) + 1;
    adapter_append(err->path, 0, sizeof err->path, path);
    adapter_render(err->message, sizeof err->message, message->english, arguments);
    return code;
}

#endif
