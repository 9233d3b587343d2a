/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "codec/frame.h"
#include <string.h>

/* The definition, one bit at a time. */
static uint32_t slow(const uint8_t *bytes, size_t size)
{
    uint32_t sum = UINT32_MAX;
    for (size_t i = 0; i < size * 8; i++) {
        uint32_t bit = (bytes[i / 8] >> (i % 8)) & 1;
        sum = ((sum ^ bit) & 1) ? (sum >> 1) ^ UINT32_C(0x82F63B78) : sum >> 1;
    }
    return ~sum;
}

/* RFC 3720, B.4, and the check value that catalogues of checksums give. */
static void published_values_come_out(void **state)
{
    uint8_t bytes[32];
    (void)state;
    assert_int_equal(bpo__crc32c("123456789", 9), 0xE3069283);
    memset(bytes, 0, sizeof bytes);
    assert_int_equal(bpo__crc32c(bytes, sizeof bytes), 0x8A9136AA);
    memset(bytes, 0xFF, sizeof bytes);
    assert_int_equal(bpo__crc32c(bytes, sizeof bytes), 0x62A8AB43);
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)i;
    assert_int_equal(bpo__crc32c(bytes, sizeof bytes), 0x46DD794E);
}

static void every_byte_agrees_with_the_definition(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 65536; i++) {
        uint8_t bytes[2] = {(uint8_t)i, (uint8_t)(i >> 8)};
        assert_int_equal(bpo__crc32c(bytes, 2), slow(bytes, 2));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_values_come_out),
        cmocka_unit_test(every_byte_agrees_with_the_definition),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
