/* SPDX-License-Identifier: Apache-2.0 */
/* Digests by the host. */
#ifndef BPO_CORE_DIGEST_H
#define BPO_CORE_DIGEST_H

#include "core/memory.h"

/* BPO_PASS where the host has none: no callback, or one that passes. A failure is reported. The digest is untouched
 * but for BPO_OK. */
bpo_status bpo__digest(const bpo_context *context, const void *data, size_t size, uint8_t *ret_digest, bpo_error *err);
/* The same where nothing can be done without one: BPO_E_UNSUPPORTED. */
bpo_status bpo__digest_required(const bpo_context *context, const void *data, size_t size, uint8_t *ret_digest,
                                bpo_error *err);

#endif
