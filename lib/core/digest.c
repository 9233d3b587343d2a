/* SPDX-License-Identifier: Apache-2.0 */
/* Digests by the host. A host that passes is a host without digests, and a callback that fails halfway leaves nothing
 * behind. */
#include "core/digest.h"
#include "core/fail.h"

bpo_status bpo__digest(const bpo_context *context, const void *data, size_t size, uint8_t *ret_digest, bpo_error *err)
{
    const bpo_host *host = &context->host;
    uint8_t digest[BPO_DIGEST_SIZE] = {0};
    bpo_status status = host->digest ? host->digest(host->user, data, size, digest) : BPO_PASS;

    if (status == BPO_PASS)
        return BPO_PASS;
    if (status != BPO_OK)
        return bpo__fail_host(err, status, "digest");
    memcpy(ret_digest, digest, sizeof(digest));
    return BPO_OK;
}

bpo_status bpo__digest_required(const bpo_context *context, const void *data, size_t size, uint8_t *ret_digest,
                                bpo_error *err)
{
    bpo_status status = bpo__digest(context, data, size, ret_digest, err);
    if (status == BPO_PASS)
        return bpo__fail(err, BPO_E_UNSUPPORTED, BPO__MSG_callback_missing, NULL, "digest", NULL, NULL);
    return status;
}
