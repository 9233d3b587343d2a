/* SPDX-License-Identifier: Apache-2.0 */
/* Sized structs begin with their own size, so that a program and a library of different age understand each
 * other: the older side's tail counts as zero, and what the older side cannot know must be zero. */
#include "core/sized.h"
#include <stdbool.h>
#include <string.h>

static uint32_t struct_size_of(const void *sized)
{
    uint32_t size;
    memcpy(&size, sized, sizeof(size));
    return size;
}

static bool is_plausible(size_t size, size_t first_size)
{
    return size >= first_size && size <= BPO__SIZED_MOST;
}

static bool is_zero(const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != 0)
            return false;
    }
    return true;
}

bpo_status bpo__sized_read(const void *from, size_t first_size, void *into, size_t known_size)
{
    size_t size = struct_size_of(from);
    if (!is_plausible(size, first_size))
        return BPO_E_ABI;
    size_t shared = size < known_size ? size : known_size;
    if (!is_zero((const unsigned char *)from + shared, size - shared))
        return BPO_E_ABI;
    uint32_t known = (uint32_t)known_size;
    memset(into, 0, known_size);
    memcpy(into, from, shared);
    memcpy(into, &known, sizeof(known));
    return BPO_OK;
}

bpo_status bpo__sized_write(const void *from, size_t known_size, void *into, size_t first_size)
{
    size_t size = struct_size_of(into);
    if (!is_plausible(size, first_size))
        return BPO_E_ABI;
    size_t shared = size < known_size ? size : known_size;
    memcpy((unsigned char *)into + sizeof(uint32_t), (const unsigned char *)from + sizeof(uint32_t),
           shared - sizeof(uint32_t));
    return BPO_OK;
}
