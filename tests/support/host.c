/* SPDX-License-Identifier: Apache-2.0 */
/* Zone files, a digest, and a sink that collects. */
#include "host.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef BPO_TEST_LIBCRYPTO
#include <openssl/evp.h>
#endif

static bpo_status copy_file(FILE *file, const bpo_sink *sink)
{
    char block[4096];
    bpo_status status = BPO_OK;
    for (size_t size; status >= 0 && (size = fread(block, 1, sizeof block, file)) > 0;)
        status = sink->write(sink->user, block, size);
    return status;
}

bpo_status test_zone(void *user, const char *name, const bpo_sink *tzif, const bpo_sink *version)
{
    (void)user;
    (void)version;
    const char *folder = getenv("TZDIR");
    char path[512];
    int length = snprintf(path, sizeof path, "%s/%s", folder ? folder : "/usr/share/zoneinfo", name);
    if (length < 0 || (size_t)length >= sizeof path || name[0] == '/' || strstr(name, ".."))
        return BPO_E_ZONE;
    FILE *file = fopen(path, "rb");
    if (!file)
        return BPO_E_ZONE;
    bpo_status status = copy_file(file, tzif);
    fclose(file);
    return status;
}

#ifdef BPO_TEST_LIBCRYPTO

bpo_status test_digest(void *user, const void *data, size_t size, uint8_t *ret_digest)
{
    (void)user;
    return EVP_Digest(data, size, ret_digest, NULL, EVP_sha256(), NULL) == 1 ? BPO_OK : BPO_E_HOST;
}

int test_digest_is_sha256(void)
{
    return 1;
}

#else

/* Four FNV-1a sums with different starts: enough to tell test data apart, and nothing more. */
bpo_status test_digest(void *user, const void *data, size_t size, uint8_t *ret_digest)
{
    (void)user;
    for (unsigned lane = 0; lane < 4; lane++) {
        uint64_t sum = UINT64_C(14695981039346656037) + lane;
        for (size_t i = 0; i < size; i++)
            sum = (sum ^ ((const uint8_t *)data)[i]) * UINT64_C(1099511628211);
        memcpy(ret_digest + (size_t)lane * sizeof sum, &sum, sizeof sum);
    }
    return BPO_OK;
}

int test_digest_is_sha256(void)
{
    return 0;
}

#endif

bpo_host test_host(void)
{
    bpo_host host = BPO_HOST_INIT;
    host.zone = test_zone;
    host.digest = test_digest;
    return host;
}

static bpo_status collect(void *user, const void *data, size_t size)
{
    test_bytes *bytes = user;
    unsigned char *grown = realloc(bytes->data, bytes->size + size + 1);
    if (!grown)
        return BPO_E_NOMEM;
    if (size > 0)
        memcpy(grown + bytes->size, data, size);
    bytes->data = grown;
    bytes->size += size;
    grown[bytes->size] = 0;
    return BPO_OK;
}

bpo_sink test_bytes_sink(test_bytes *bytes)
{
    bpo_sink sink = BPO_SINK_INIT;
    sink.user = bytes;
    sink.write = collect;
    return sink;
}

void test_bytes_clear(test_bytes *bytes)
{
    free(bytes->data);
    bytes->data = NULL;
    bytes->size = 0;
}
