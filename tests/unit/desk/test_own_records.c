/* SPDX-License-Identifier: Apache-2.0 */
/* Keys, seals and the chain. */
#include "desk/own_records.h"
#include "core/memory.h"
#include "fixture.h"

static void expect_key(bpo__own_key key, const char *wanted)
{
    assert_int_equal(key.size, strlen(wanted));
    assert_memory_equal(key.text, wanted, key.size);
}

/* Stable for good: streams hold them. */
static void keys_are_readable_and_fixed(void **state)
{
    (void)state;
    expect_key(bpo__terms_key(), "\x01terms");
    expect_key(bpo__amendment_key(12), "\x01" "amendment/12");
    expect_key(bpo__seal_key(-5), "\x01seal/-5");
    expect_key(bpo__watermark_key(INT64_MIN), "\x01watermark/-9223372036854775808");
    expect_key(bpo__notice_key(BPO__TEXT("T-1"), BPO__TEXT("resolution"), 2), "\x01" "breached/2/resolution/T-1");
    expect_key(bpo__notice_key(BPO__TEXT("01234567890123456789012345678901234567890"), BPO__TEXT("resolution"), 2),
               "\x01" "breached/2/resolution/01234567890123456789012345678901234567890");
    expect_key(bpo__notice_key(BPO__TEXT("012345678901234567890123456789012345678901"), BPO__TEXT("resolution"), 2),
               "\x01" "breached/2#ee6c0422f2641a832fc15ed4409b7898");
}

static void no_two_notices_share_a_key(void **state)
{
    static const char *const metrics[] = {"a", "resolution", "a/b", "0123456789012345678901234567890123456789abc"};
    static const char *const subjects[] = {"t", "b/t", "T", "0123456789012345678901234567890123456789"};
    static const uint32_t cycles[] = {1, UINT32_MAX};
    bpo__own_key keys[32];
    size_t count = 0;
    (void)state;
    for (size_t m = 0; m < 4; m++)
        for (size_t s = 0; s < 4; s++)
            for (size_t c = 0; c < 2; c++) {
                keys[count] = bpo__notice_key(bpo__text_of(subjects[s]), bpo__text_of(metrics[m]), cycles[c]);
                assert_true(keys[count].size <= 64);
                count++;
            }
    size_t same = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++)
            same += keys[i].size == keys[k].size && memcmp(keys[i].text, keys[k].text, keys[i].size) == 0;
    assert_int_equal(same, 2); /* "a/b" and "t" read like "a" and "b/t": names of metrics have no slash */
}

static void a_seal_comes_back_as_it_was(void **state)
{
    bpo_context *context = NULL;
    uint8_t chain[BPO_DIGEST_SIZE];
    bpo__buffer statement, bytes;
    bpo__seal_content content;
    (void)state;
    assert_int_equal(bpo_context_new(NULL, &context, NULL), BPO_OK);
    bpo__buffer_init(&statement, context);
    bpo__buffer_init(&bytes, context);
    memset(chain, 7, sizeof chain);
    assert_int_equal(bpo__buffer_append_text(&statement, "statement"), BPO_OK);
    assert_int_equal(bpo__seal_encode(-10, 20, chain, &statement, &bytes, NULL), BPO_OK);
    assert_int_equal(bpo__seal_decode(bytes.data, bytes.size, &content, NULL), BPO_OK);
    assert_int_equal(content.start, -10);
    assert_int_equal(content.end, 20);
    assert_memory_equal(content.chain.data, chain, sizeof chain);
    assert_true(bpo__text_is(content.statement, "statement"));
    for (size_t size = 0; size < bytes.size; size++)
        assert_int_equal(bpo__seal_decode(bytes.data, size, &content, NULL), BPO_E_CORRUPT);
    bytes.size = 0;
    assert_int_equal(bpo__seal_encode(20, 20, chain, &statement, &bytes, NULL), BPO_OK); /* no such period */
    assert_int_equal(bpo__seal_decode(bytes.data, bytes.size, &content, NULL), BPO_E_CORRUPT);
    bpo__buffer_clear(&bytes);
    bpo__buffer_clear(&statement);
    bpo_context_unref(context);
}

/* Every part of a record but the time of recording is in the chain. */
static void the_chain_holds_the_whole_record(void **state)
{
    bpo_host host = test_host();
    bpo_context *context = NULL;
    bpo__buffer scratch;
    uint8_t first[BPO_DIGEST_SIZE] = {0}, other[BPO_DIGEST_SIZE];
    (void)state;
    assert_int_equal(bpo_context_new(&host, &context, NULL), BPO_OK);
    bpo__buffer_init(&scratch, context);
    bpo_record record = {sizeof record, 100, 0, 3, 0, 4, 5, "key", 3, "subject", 7, "bytes", 5};
    assert_int_equal(bpo__chain_add(context, first, 1, &record, &scratch, NULL), BPO_OK);
    for (int part = 0; part < 8; part++) {
        bpo_record changed = record;
        uint64_t sequence = 1;
        memset(other, 0, sizeof other);
        switch (part) {
        case 0: changed.recorded_at++; break;
        case 1: changed.kind++; break;
        case 2: changed.revision++; break;
        case 3: changed.at++; break;
        case 4: changed.key = "kez"; break;
        case 5: changed.subject_size--; break;
        case 6: changed.bytes = "bytez"; break;
        default: sequence++; break;
        }
        assert_int_equal(bpo__chain_add(context, other, sequence, &changed, &scratch, NULL), BPO_OK);
        assert_int_equal(memcmp(first, other, sizeof first) == 0, part == 0);
    }
    bpo__buffer_clear(&scratch);
    bpo_context_unref(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_readable_and_fixed),
        cmocka_unit_test(no_two_notices_share_a_key),
        cmocka_unit_test(a_seal_comes_back_as_it_was),
        cmocka_unit_test(the_chain_holds_the_whole_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
