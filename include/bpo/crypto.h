/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file crypto.h
 * Adapter bpo-crypto: SHA-256 from libcrypto. Link with `bpo-crypto`.
 */
#ifndef BPO_CRYPTO_H
#define BPO_CRYPTO_H

#include <bpo/context.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * A #bpo_host digest callback: SHA-256 (FIPS 180-4).
 *
 * @param user not used
 * @param data bytes
 * @param size number of bytes
 * @param ret_digest room for #BPO_DIGEST_SIZE bytes
 * @return #BPO_OK; #BPO_E_HOST where libcrypto refuses
 * @par Threads any
 * @since 0.1
 */
BPO_API bpo_status bpo_crypto_digest(void *user, const void *data, size_t size, uint8_t *ret_digest);

#ifdef __cplusplus
}
#endif
#endif
