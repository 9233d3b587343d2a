/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 from libcrypto, as the digest callback of a host. */
#include <bpo/crypto.h>
#include <openssl/evp.h>

bpo_status bpo_crypto_digest(void *user, const void *data, size_t size, uint8_t *ret_digest)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int digest_size = 0;

    (void)user;
    if (!ret_digest || (!data && size > 0))
        return BPO_E_INVALID;
    if (EVP_Digest(data ? data : "", size, digest, &digest_size, EVP_sha256(), NULL) != 1)
        return BPO_E_HOST;
    if (digest_size != BPO_DIGEST_SIZE)
        return BPO_E_HOST;
    for (size_t i = 0; i < BPO_DIGEST_SIZE; i++)
        ret_digest[i] = digest[i];
    return BPO_OK;
}
