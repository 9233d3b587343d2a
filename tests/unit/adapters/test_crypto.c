/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"
#include <bpo/crypto.h>
#include <string.h>

/* Examples of FIPS 180-4 as NIST publishes them. */
static const struct {
    const char *text;
    const char *digest;
} examples[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
};

static void the_digest_is_sha256(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        uint8_t digest[BPO_DIGEST_SIZE];
        char text[2 * BPO_DIGEST_SIZE + 1];
        assert_int_equal(bpo_crypto_digest(NULL, examples[i].text, strlen(examples[i].text), digest), BPO_OK);
        for (size_t b = 0; b < sizeof digest; b++) {
            text[2 * b] = "0123456789abcdef"[digest[b] >> 4];
            text[2 * b + 1] = "0123456789abcdef"[digest[b] & 15];
        }
        text[sizeof text - 1] = '\0';
        assert_string_equal(text, examples[i].digest);
    }
}

static void missing_arguments_are_refused(void **state)
{
    uint8_t digest[BPO_DIGEST_SIZE];
    (void)state;
    assert_int_equal(bpo_crypto_digest(NULL, NULL, 1, digest), BPO_E_INVALID);
    assert_int_equal(bpo_crypto_digest(NULL, "a", 1, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_crypto_digest(NULL, NULL, 0, digest), BPO_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_digest_is_sha256),
        cmocka_unit_test(missing_arguments_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
