/* SPDX-License-Identifier: Apache-2.0 */
/* Terms and amendments as bytes: what is read is what was written, and any other bytes are refused. */
#include "desk/book_bytes.h"
#include "codec/frame.h"
#include "fixture.h"

static bpo_terms *some_terms(bpo_context *context)
{
    bpo_terms *terms = NULL;
    assert_int_equal(bpo_terms_new(context, &terms, NULL), BPO_OK);
    for (size_t i = 0; i < sizeof base_terms / sizeof base_terms[0]; i++)
        assert_int_equal(bpo_terms_set(terms, base_terms[i][0], base_terms[i][1], NULL), BPO_OK);
    assert_int_equal(bpo_terms_set(terms, "/parties/client/name", "", NULL), BPO_OK);
    return terms;
}

static bpo__buffer encoded(bpo_context *context, const bpo_terms *terms)
{
    bpo__buffer bytes;
    bpo__buffer_init(&bytes, context);
    assert_int_equal(bpo__terms_encode(terms, &bytes, NULL), BPO_OK);
    return bytes;
}

static void terms_come_back_as_they_were(void **state)
{
    bpo_context *context = NULL;
    bpo_terms *again = NULL;
    (void)state;
    assert_int_equal(bpo_context_new(NULL, &context, NULL), BPO_OK);
    bpo_terms *terms = some_terms(context);
    bpo__buffer bytes = encoded(context, terms);
    assert_int_equal(bpo__terms_decode(context, bytes.data, bytes.size, &again, NULL), BPO_OK);
    bpo__buffer same = encoded(context, again);
    assert_int_equal(bytes.size, same.size);
    assert_memory_equal(bytes.data, same.data, bytes.size);
    assert_string_equal(bpo_terms_get(again, "/parties/client/name"), "");
    bpo__buffer_clear(&same);
    bpo__buffer_clear(&bytes);
    bpo_terms_unref(again);
    bpo_terms_unref(terms);
    bpo_context_unref(context);
}

static void any_other_bytes_are_refused(void **state)
{
    bpo_context *context = NULL;
    bpo_terms *again = NULL;
    (void)state;
    assert_int_equal(bpo_context_new(NULL, &context, NULL), BPO_OK);
    bpo_terms *terms = some_terms(context);
    bpo__buffer bytes = encoded(context, terms);
    for (size_t size = 0; size < bytes.size; size++)
        assert_true(bpo__terms_decode(context, bytes.data, size, &again, NULL) < 0);
    for (size_t i = 0; i < bytes.size; i++) {
        bytes.data[i] ^= 0x10;
        assert_true(bpo__terms_decode(context, bytes.data, bytes.size, &again, NULL) < 0);
        bytes.data[i] ^= 0x10;
    }
    assert_null(again);
    bpo__buffer_clear(&bytes);
    bpo_terms_unref(terms);
    bpo_context_unref(context);
}

/* A whole frame around a payload that does not hold terms. */
static bpo_status decode_payload(bpo_context *context, uint32_t section, const void *content, size_t size)
{
    bpo__buffer part, payload, bytes;
    bpo_terms *terms = NULL;
    bpo__buffer_init(&part, context);
    bpo__buffer_init(&payload, context);
    bpo__buffer_init(&bytes, context);
    assert_int_equal(bpo__buffer_append(&part, content, size), BPO_OK);
    assert_int_equal(bpo__section_write(&payload, section, &part), BPO_OK);
    assert_int_equal(bpo__frame_write(&bytes, BPO__FRAME_TERMS, &payload), BPO_OK);
    bpo_status status = bpo__terms_decode(context, bytes.data, bytes.size, &terms, NULL);
    bpo_terms_unref(terms);
    bpo__buffer_clear(&bytes);
    bpo__buffer_clear(&payload);
    bpo__buffer_clear(&part);
    return status;
}

static void a_payload_must_hold_terms(void **state)
{
    bpo_context *context = NULL;
    (void)state;
    assert_int_equal(bpo_context_new(NULL, &context, NULL), BPO_OK);
    assert_int_equal(decode_payload(context, 2, "\0", 1), BPO_OK);                 /* no terms at all */
    assert_int_equal(decode_payload(context, 2, "\1\2/a\1b", 6), BPO_OK);
    assert_int_equal(decode_payload(context, 2, "\1\2/a\1b!", 7), BPO_E_CORRUPT);  /* something behind */
    assert_int_equal(decode_payload(context, 2, "\2\2/a\1b", 6), BPO_E_CORRUPT);   /* one is missing */
    assert_int_equal(decode_payload(context, 2, "\1\2aa\1b", 6), BPO_E_CORRUPT);   /* not a path */
    assert_int_equal(decode_payload(context, 2, "\1\2/a\1\xff", 6), BPO_E_CORRUPT);
    assert_int_equal(decode_payload(context, 3, "\0", 1), BPO_E_CORRUPT); /* may be skipped, but then nothing is left */
    assert_int_equal(decode_payload(context, 4, "\0", 1), BPO_E_CORRUPT);
    bpo_context_unref(context);
}

/* Encoding and applying, with each allocation failing. */
static bpo_status an_amendment_travels(fault_host *fault, void *user)
{
    static const char *const removals[] = {"/sla/policies/standard/targets/resolution"};
    bpo_context *context = NULL;
    bpo_contract *contract = NULL, *next = NULL;
    bpo_terms *changes = NULL;
    bpo__buffer bytes;
    bpo_amendment amendment = BPO_AMENDMENT_INIT;
    (void)user;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    bpo__buffer_init(&bytes, context);
    if (status == BPO_OK)
        status = make_contract(context, NULL, NULL, &contract, NULL);
    if (status == BPO_OK)
        status = bpo_terms_new(context, &changes, NULL);
    if (status == BPO_OK)
        status = bpo_terms_set(changes, "/pricing/charges/tickets/rate", "9.00", NULL);
    amendment.number = 1;
    amendment.effective_from = at("2026-05-01T00:00:00Z");
    amendment.effective_to = at("2026-06-01T00:00:00Z");
    amendment.recorded_at = -5;
    amendment.client_approval = "c";
    amendment.provider_approval = "p";
    amendment.changes = changes;
    amendment.removals = removals;
    amendment.removal_count = 1;
    if (status == BPO_OK)
        status = bpo__amendment_encode(context, &amendment, &bytes, NULL);
    if (status == BPO_OK)
        status = bpo__amendment_apply(context, contract, bytes.data, bytes.size, &next, NULL);
    if (status == BPO_OK)
        assert_int_equal(bpo_contract_version_count(next), 3);
    else
        assert_null(next);
    bpo__buffer_clear(&bytes);
    bpo_terms_unref(changes);
    bpo_contract_unref(next);
    bpo_contract_unref(contract);
    bpo_context_unref(context);
    return status;
}

static void lack_of_memory_leaves_nothing_behind(void **state)
{
    (void)state;
    assert_true(fault_torture(an_amendment_travels, NULL) > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_come_back_as_they_were),
        cmocka_unit_test(any_other_bytes_are_refused),
        cmocka_unit_test(a_payload_must_hold_terms),
        cmocka_unit_test(lack_of_memory_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
