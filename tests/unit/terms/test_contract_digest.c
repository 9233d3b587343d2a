/* SPDX-License-Identifier: Apache-2.0 */
/* The digest of a book: of what it says, not of how it came about. */
#include "terms_support.h"

static bpo_context *context;

static int set_up(void **state)
{
    (void)state;
    context = context_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    context = bpo_context_unref(context);
    return 0;
}

static void digest_of(const bpo_contract *contract, uint8_t *digest)
{
    assert_int_equal(bpo_contract_digest(contract, digest, NULL), BPO_OK);
}

static bpo_contract *amended(bpo_contract *book, bpo_time from, bpo_time recorded_at)
{
    static const line lines[] = {{"/contract/title", "new"}};
    bpo_amendment amendment = BPO_AMENDMENT_INIT;
    bpo_terms *changes = terms_of(context, lines, 1);
    bpo_contract *next = NULL;

    amendment.number = 1;
    amendment.effective_from = from;
    amendment.recorded_at = recorded_at;
    amendment.client_approval = "ada";
    amendment.provider_approval = "grace";
    amendment.changes = changes;
    assert_int_equal(bpo_contract_amend(book, &amendment, &next, NULL), BPO_OK);
    bpo_terms_unref(changes);
    return next;
}

static void the_order_of_setting_does_not_count(void **state)
{
    line reversed[COUNT(complete)];
    uint8_t a[BPO_DIGEST_SIZE], b[BPO_DIGEST_SIZE];
    bpo_contract *first, *second;

    (void)state;
    for (size_t i = 0; i < COUNT(complete); i++)
        reversed[i] = complete[COUNT(complete) - 1 - i];
    first = contract_of(context, complete, COUNT(complete));
    second = contract_of(context, reversed, COUNT(reversed));
    digest_of(first, a);
    digest_of(second, b);
    assert_memory_equal(a, b, sizeof a);
    bpo_contract_unref(first);
    bpo_contract_unref(second);
}

static void every_term_and_amendment_counts(void **state)
{
    line changed[COUNT(complete)];
    uint8_t a[BPO_DIGEST_SIZE], b[BPO_DIGEST_SIZE], c[BPO_DIGEST_SIZE];
    bpo_contract *base = contract_of(context, complete, COUNT(complete));
    bpo_contract *other, *now, *later, *again;

    (void)state;
    memcpy(changed, complete, sizeof complete);
    changed[COUNT(changed) - 1].value = "96%";
    other = contract_of(context, changed, COUNT(changed));
    digest_of(base, a);
    digest_of(other, b);
    assert_memory_not_equal(a, b, sizeof a);
    now = amended(base, 0, 1);
    later = amended(base, 1, 1);
    again = amended(base, 0, 2);
    digest_of(now, b);
    assert_memory_not_equal(a, b, sizeof a);
    digest_of(later, c);
    assert_memory_not_equal(b, c, sizeof b);
    /* When it was written down does not. */
    digest_of(again, c);
    assert_memory_equal(b, c, sizeof b);
    bpo_contract_unref(again);
    bpo_contract_unref(later);
    bpo_contract_unref(now);
    bpo_contract_unref(other);
    bpo_contract_unref(base);
}

static bpo_status other_zone_data(void *user, const char *name, const bpo_sink *tzif, const bpo_sink *version)
{
    (void)version;
    (void)name;
    return test_zone(user, "America/Toronto", tzif, version);
}

static void the_zones_data_counts(void **state)
{
    uint8_t a[BPO_DIGEST_SIZE], b[BPO_DIGEST_SIZE];
    bpo_host host = test_host();
    bpo_context *elsewhere = NULL;
    bpo_contract *here = contract_of(context, complete, COUNT(complete)), *there;

    (void)state;
    host.zone = other_zone_data;
    assert_int_equal(bpo_context_new(&host, &elsewhere, NULL), BPO_OK);
    there = contract_of(elsewhere, complete, COUNT(complete));
    digest_of(here, a);
    digest_of(there, b);
    assert_memory_not_equal(a, b, sizeof a);
    bpo_contract_unref(there);
    bpo_contract_unref(here);
    bpo_context_unref(elsewhere);
}

static void without_a_callback_there_is_no_digest(void **state)
{
    uint8_t digest[BPO_DIGEST_SIZE] = {42};
    bpo_host host = test_host();
    bpo_context *bare = NULL;
    bpo_contract *contract;
    bpo_error err = BPO_ERROR_INIT;

    (void)state;
    host.digest = NULL;
    assert_int_equal(bpo_context_new(&host, &bare, NULL), BPO_OK);
    contract = contract_of(bare, complete, COUNT(complete));
    assert_int_equal(bpo_contract_digest(contract, digest, &err), BPO_E_UNSUPPORTED);
    assert_contains(err.message, "digest");
    assert_int_equal(digest[0], 42);
    assert_int_equal(bpo_contract_digest(contract, NULL, NULL), BPO_E_INVALID);
    bpo_contract_unref(contract);
    bpo_context_unref(bare);
}

static bpo_status digests_or_leaves_the_output(fault_host *fault, void *user)
{
    uint8_t digest[BPO_DIGEST_SIZE], before[BPO_DIGEST_SIZE];
    bpo_context *own = NULL;
    bpo_terms *terms = NULL;
    bpo_contract *contract = NULL;
    bpo_status status = bpo_context_new(&fault->host, &own, NULL);

    (void)user;
    memset(digest, 0x5a, sizeof digest);
    memcpy(before, digest, sizeof before);
    if (status == BPO_OK)
        status = bpo_terms_new(own, &terms, NULL);
    if (status == BPO_OK)
        status = put_lines(terms, complete, 8, NULL);
    if (status == BPO_OK)
        status = bpo_contract_new(own, terms, &contract, NULL);
    if (status == BPO_OK)
        status = bpo_contract_digest(contract, digest, NULL);
    if (status != BPO_OK)
        assert_memory_equal(digest, before, sizeof before);
    bpo_contract_unref(contract);
    bpo_terms_unref(terms);
    bpo_context_unref(own);
    return status;
}

static void a_failing_host_leaves_the_output_alone(void **state)
{
    (void)state;
    fault_torture(digests_or_leaves_the_output, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_of_setting_does_not_count),
        cmocka_unit_test(every_term_and_amendment_counts),
        cmocka_unit_test(the_zones_data_counts),
        cmocka_unit_test(without_a_callback_there_is_no_digest),
        cmocka_unit_test(a_failing_host_leaves_the_output_alone),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
