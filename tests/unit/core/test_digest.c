/* SPDX-License-Identifier: Apache-2.0 */
/* A host's digest: given, passed, refused, or answered in a way that no callback may. */
#include "support/test.h"

#include "core/digest.h"
#include "core/fail.h"

static bpo_status answer;

static bpo_status digest(void *user, const void *data, size_t size, uint8_t *ret_digest)
{
    (void)user;
    (void)data;
    (void)size;
    memset(ret_digest, 0x5a, BPO_DIGEST_SIZE);
    return answer;
}

static bpo_context *make_context(int has_digest)
{
    bpo_context *context = NULL;
    bpo_host host = BPO_HOST_INIT;
    host.digest = has_digest ? digest : NULL;
    assert_int_equal(bpo_context_new(&host, &context, NULL), BPO_OK);
    return context;
}

static void every_answer_has_its_meaning(void **state)
{
    static const struct {
        int has_digest;
        bpo_status answer, wanted, required;
        int32_t message; /* where it is required */
    } cases[] = {
        {0, BPO_OK, BPO_PASS, BPO_E_UNSUPPORTED, BPO__MSG_callback_missing},
        {1, BPO_OK, BPO_OK, BPO_OK, 0},
        {1, BPO_PASS, BPO_PASS, BPO_E_UNSUPPORTED, BPO__MSG_callback_missing},
        {1, -7777, -7777, -7777, BPO__MSG_host_refused},
        {1, BPO_DONE, BPO_E_STATE, BPO_E_STATE, BPO__MSG_host_answer},
        {1, 32, BPO_E_STATE, BPO_E_STATE, BPO__MSG_host_answer},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bpo_context *context = make_context(cases[i].has_digest);
        uint8_t found[BPO_DIGEST_SIZE] = {0};
        bpo_error err = BPO_ERROR_INIT;
        answer = cases[i].answer;
        assert_int_equal(bpo__digest(context, "abc", 3, found, &err), cases[i].wanted);
        assert_int_equal(found[0], cases[i].wanted == BPO_OK ? 0x5a : 0);
        assert_int_equal(bpo__digest_required(context, "abc", 3, found, &err), cases[i].required);
        assert_int_equal(found[0], cases[i].wanted == BPO_OK ? 0x5a : 0);
        assert_int_equal(err.message_id, cases[i].message);
        bpo_context_unref(context);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_answer_has_its_meaning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
