/* SPDX-License-Identifier: Apache-2.0 */
/* The host of the tests: zones from the machine's zone files (or $TZDIR), SHA-256 from libcrypto where the build has
 * it, else a sum that is a digest by name only. It ignores its user pointer, so it can be put behind any other. */
#ifndef BPO_TESTS_HOST_H
#define BPO_TESTS_HOST_H

#include <bpo/context.h>

/* Memory from malloc, zone and digest set. */
bpo_host test_host(void);
bpo_status test_zone(void *user, const char *name, const bpo_sink *tzif, const bpo_sink *version);
bpo_status test_digest(void *user, const void *data, size_t size, uint8_t *ret_digest);
/* 1 where test_digest() is SHA-256. */
int test_digest_is_sha256(void);

/* Bytes that a sink collected; starts as {0}. */
typedef struct test_bytes {
    unsigned char *data; /* a NUL stands behind the last byte */
    size_t size;
} test_bytes;
bpo_sink test_bytes_sink(test_bytes *bytes);
void test_bytes_clear(test_bytes *bytes);

#endif
