/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "acme.h"
#include "ledger/ledger.h"
#include "mutation.h"
#include <stdlib.h>

typedef struct fixture {
    bpo_contract *contract;
    bpo_ledger *ledger;
    test_bytes bytes;
} fixture;

static void begin(fixture *f, const char *period)
{
    const acme_fact facts[] = {acme_opened(JANUARY(5, 9, 0), "T1", "1a", "high"),
                               acme_solved(JANUARY(5, 12, 0), "T1", "1c"),
                               acme_opened(FEBRUARY(5, 9, 0), "T2", "2a", "low"),
                               acme_solved(FEBRUARY(5, 12, 0), "T2", "2c"),
                               acme_worked(JANUARY(7, 12, 0), "ann", "w1", 90 * BPO_MINUTE),
                               acme_worked(FEBRUARY(7, 12, 0), "ann", "w2", 30 * BPO_MINUTE),
                               acme_seat(JANUARY(1, 0, 0), "desk-1", "s1", "productive")};
    bpo_host host = test_host();
    *f = (fixture){0};
    assert_int_equal(acme_open(&host, &f->contract), BPO_OK);
    assert_int_equal(bpo_ledger_new(f->contract, period, &f->ledger, NULL), BPO_OK);
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        assert_int_equal(acme_add(f->ledger, facts[i], NULL, NULL), BPO_OK);
    bpo_sink sink = test_bytes_sink(&f->bytes);
    assert_int_equal(bpo_ledger_encode(f->ledger, &sink, NULL), BPO_OK);
}

static void end(fixture *f)
{
    test_bytes_clear(&f->bytes);
    bpo_ledger_unref(f->ledger);
    bpo_contract_unref(f->contract);
}

static void what_is_read_back_has_the_same_bytes(void **state)
{
    fixture f;
    bpo_ledger *copy = NULL;
    test_bytes again = {0};
    bpo_sink sink = test_bytes_sink(&again);
    (void)state;
    begin(&f, "2026-02");
    assert_int_equal(bpo_ledger_decode(f.contract, f.bytes.data, f.bytes.size, &copy, NULL), BPO_OK);
    assert_int_equal(bpo_ledger_encode(copy, &sink, NULL), BPO_OK);
    assert_int_equal(again.size, f.bytes.size);
    assert_memory_equal(again.data, f.bytes.data, again.size);
    test_bytes_clear(&again);
    bpo_ledger_unref(copy);
    end(&f);
}

static void a_damaged_ledger_is_refused(void **state)
{
    fixture f;
    bpo_ledger *copy = NULL;
    (void)state;
    begin(&f, "2026-01");
    for (size_t i = 0; i < f.bytes.size; i++) {
        f.bytes.data[i] ^= 1;
        assert_true(bpo_ledger_decode(f.contract, f.bytes.data, f.bytes.size, &copy, NULL) < 0);
        f.bytes.data[i] ^= 1;
        assert_true(bpo_ledger_decode(f.contract, f.bytes.data, i, &copy, NULL) < 0);
    }
    assert_null(copy);
    end(&f);
}

/* Any bytes give a ledger or an error; a ledger that was given can be closed, encoded and merged, or says why not. */
static void try_bytes(const fixture *f, const unsigned char *bytes, size_t size)
{
    bpo_ledger *copy = NULL, *whole = NULL;
    bpo_statement *statement = NULL;
    test_bytes again = {0};
    bpo_sink sink = test_bytes_sink(&again);
    if (bpo_ledger_decode(f->contract, bytes, size, &copy, NULL) < 0) {
        assert_null(copy);
        return;
    }
    assert_int_equal(bpo_ledger_encode(copy, &sink, NULL), BPO_OK);
    assert_int_equal(again.size, size); /* one state has one form */
    assert_memory_equal(again.data, bytes, size);
    assert_int_equal(bpo_ledger_new(f->contract, "2026-02", &whole, NULL), BPO_OK);
    (void)bpo_ledger_merge(whole, copy, NULL);
    if (bpo_ledger_close(copy, NULL, 0, 0, &statement, NULL) < 0)
        assert_null(statement);
    bpo_statement_unref(statement);
    bpo_ledger_unref(whole);
    bpo_ledger_unref(copy);
    test_bytes_clear(&again);
}

static void hostile_bytes_never_crash(void **state)
{
    fixture f;
    test_random random = {20260801};
    (void)state;
    begin(&f, "2026-02");
    unsigned char *bytes = malloc(f.bytes.size);
    assert_non_null(bytes);
    for (int round = 0; round < 20000; round++) {
        mutation_make(&random, f.bytes.data, bytes, f.bytes.size);
        try_bytes(&f, bytes, f.bytes.size);
    }
    free(bytes);
    end(&f);
}

/* Closes, under a contract without anything, what the fact came to under another; what the refusal names. */
static void expect_refused(const fixture *f, bpo_contract *bare, acme_fact fact, const char *name)
{
    bpo_ledger *counted = NULL, *ledger = NULL;
    bpo__books *foreign = NULL;
    bpo_statement *statement = NULL;
    bpo_error err = BPO_ERROR_INIT;
    assert_int_equal(bpo_ledger_new(f->contract, "2026-01", &counted, NULL), BPO_OK);
    assert_int_equal(bpo_ledger_new(bare, "2026-01", &ledger, NULL), BPO_OK);
    assert_int_equal(acme_add(counted, fact, NULL, NULL), BPO_OK);
    assert_int_equal(bpo__ledger_books(counted, &foreign, NULL), BPO_OK);
    assert_int_equal(bpo__books_merge(ledger->folded, foreign, NULL), BPO_OK);
    assert_int_equal(bpo_ledger_close(ledger, NULL, 0, 0, &statement, &err), BPO_E_MISMATCH);
    assert_non_null(strstr(err.message, name));
    assert_null(statement);
    bpo_ledger_unref(counted);
    bpo_ledger_unref(ledger);
}

static void what_the_contract_does_not_have_cannot_be_closed(void **state)
{
    fixture f;
    bpo_host host = test_host();
    bpo_context *context = NULL;
    bpo_terms *terms = NULL;
    bpo_contract *bare = NULL;
    bpo_ledger *ledger = NULL;
    bpo_statement *statement = NULL;
    (void)state;
    begin(&f, "2026-01");
    assert_int_equal(bpo_context_new(&host, &context, NULL), BPO_OK);
    assert_int_equal(bpo_terms_new(context, &terms, NULL), BPO_OK);
    assert_int_equal(bpo_terms_set(terms, "/contract/id", "bare", NULL), BPO_OK);
    assert_int_equal(bpo_contract_new(context, terms, &bare, NULL), BPO_OK);
    assert_int_equal(bpo_ledger_new(bare, "2026-01", &ledger, NULL), BPO_OK);
    assert_int_equal(bpo_ledger_close(ledger, NULL, 0, 0, &statement, NULL), BPO_OK);
    assert_int_equal(bpo_statement_kpi_count(statement), 0);
    assert_int_equal(bpo_statement_invoice_line_count(statement), 0);
    expect_refused(&f, bare, acme_opened(JANUARY(5, 9, 0), "T1", "a", "high"), "tickets_opened");
    expect_refused(&f, bare, acme_seat(JANUARY(5, 9, 0), "desk-1", "a", "productive"), "seats");
    bpo_statement_unref(statement);
    bpo_ledger_unref(ledger);
    bpo_contract_unref(bare);
    bpo_terms_unref(terms);
    bpo_context_unref(context);
    end(&f);
}

static void missing_arguments_are_refused(void **state)
{
    fixture f;
    bpo_ledger *copy = NULL;
    bpo_sink nothing = BPO_SINK_INIT;
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    begin(&f, "2026-01");
    assert_int_equal(bpo_ledger_encode(NULL, &nothing, &err), BPO_E_INVALID);
    assert_int_equal(bpo_ledger_encode(f.ledger, NULL, &err), BPO_E_INVALID);
    assert_int_equal(bpo_ledger_encode(f.ledger, &nothing, &err), BPO_E_INVALID);
    assert_int_equal(bpo_ledger_decode(NULL, "", 0, &copy, &err), BPO_E_INVALID);
    assert_int_equal(bpo_ledger_decode(f.contract, NULL, 0, &copy, &err), BPO_E_INVALID);
    assert_int_equal(bpo_ledger_decode(f.contract, "", 0, NULL, &err), BPO_E_INVALID);
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_read_back_has_the_same_bytes),
        cmocka_unit_test(a_damaged_ledger_is_refused),
        cmocka_unit_test(hostile_bytes_never_crash),
        cmocka_unit_test(what_the_contract_does_not_have_cannot_be_closed),
        cmocka_unit_test(missing_arguments_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
