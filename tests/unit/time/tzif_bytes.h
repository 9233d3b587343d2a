/* SPDX-License-Identifier: Apache-2.0 */
/* TZif bytes made by hand, and a host that hands them out. */
#ifndef BPO_TESTS_TZIF_BYTES_H
#define BPO_TESTS_TZIF_BYTES_H

#include <bpo/context.h>
#include <string.h>

typedef struct tzif_change {
    int64_t at;
    unsigned char type;
} tzif_change;

typedef struct tzif_bytes {
    unsigned char data[4096];
    size_t size;
} tzif_bytes;

static inline void tzif_put(tzif_bytes *t, uint64_t value, size_t size)
{
    for (size_t i = size; i > 0; i--)
        t->data[t->size++] = (unsigned char)(value >> (8 * (i - 1)));
}

static inline void tzif_header(tzif_bytes *t, uint32_t leaps, uint32_t changes, uint32_t types)
{
    const uint32_t counts[6] = {0, 0, leaps, changes, types, 4};
    memcpy(t->data + t->size, "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 20);
    t->size += 20;
    for (size_t i = 0; i < 6; i++)
        tzif_put(t, counts[i], 4);
}

/* A file with the smallest block for version 1. `footer` is without its line ends. */
static inline tzif_bytes tzif_of(const int32_t *offsets, uint32_t types, const tzif_change *changes, uint32_t count,
                                 const char *footer)
{
    tzif_bytes t = {{0}, 0};
    tzif_header(&t, 0, 0, 1);
    tzif_put(&t, 0, 6);
    tzif_put(&t, 0x4c4d5400, 4);
    tzif_header(&t, 0, count, types);
    for (uint32_t i = 0; i < count; i++)
        tzif_put(&t, (uint64_t)changes[i].at, 8);
    for (uint32_t i = 0; i < count; i++)
        tzif_put(&t, changes[i].type, 1);
    for (uint32_t i = 0; i < types; i++)
        tzif_put(&t, (uint64_t)(uint32_t)offsets[i] << 16, 6);
    tzif_put(&t, 0x4c4d5400, 4);
    tzif_put(&t, '\n', 1);
    memcpy(t.data + t.size, footer, strlen(footer));
    t.size += strlen(footer);
    tzif_put(&t, '\n', 1);
    return t;
}

/* A zone callback: user is a tzif_bytes. */
static inline bpo_status tzif_zone(void *user, const char *name, const bpo_sink *tzif, const bpo_sink *version)
{
    tzif_bytes *t = user;
    bpo_status status = tzif->write(tzif->user, t->data, t->size);
    if (strcmp(name, "Nowhere") == 0)
        return BPO_E_ZONE;
    return status == BPO_OK ? version->write(version->user, "2026a", 5) : status;
}

#endif
