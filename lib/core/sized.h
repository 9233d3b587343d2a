/* SPDX-License-Identifier: Apache-2.0 */
/* Sized structs: reading those of callers older and newer than the library, and filling them.
 *
 * Smaller than the first version or absurdly large: BPO_E_ABI. Larger than known: fine while the unknown tail is
 * zero (in), left alone (out). */
#ifndef BPO_CORE_SIZED_H
#define BPO_CORE_SIZED_H

#include <bpo/error.h>

/* Above it a struct_size is taken for memory that was never set. */
#define BPO__SIZED_MOST 65536

/* Copies a caller's struct into `into` of `known_size` bytes, the missing tail zero and struct_size known_size.
 * On failure `into` is untouched. */
bpo_status bpo__sized_read(const void *from, size_t first_size, void *into, size_t known_size);
/* Copies `from` of `known_size` bytes into a caller's struct, as far as it reaches, keeping its struct_size. */
bpo_status bpo__sized_write(const void *from, size_t known_size, void *into, size_t first_size);

#endif
