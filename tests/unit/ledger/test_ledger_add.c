/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "acme.h"
#include "ledger/ledger.h"

typedef struct fixture {
    bpo_context *context;
    bpo_contract *contract;
    bpo_ledger *ledger;
    bpo_report *report;
} fixture;

static void begin(fixture *f)
{
    bpo_host host = test_host();
    *f = (fixture){NULL, NULL, NULL, NULL};
    assert_int_equal(bpo_context_new(&host, &f->context, NULL), BPO_OK);
    assert_int_equal(acme_open(&host, &f->contract), BPO_OK);
    assert_int_equal(bpo_ledger_new(f->contract, "2026-01", &f->ledger, NULL), BPO_OK);
    assert_int_equal(bpo_report_new(f->context, &f->report, NULL), BPO_OK);
}

static void end(fixture *f)
{
    bpo_report_unref(f->report);
    bpo_ledger_unref(f->ledger);
    bpo_contract_unref(f->contract);
    bpo_context_unref(f->context);
}

static size_t facts_held(const bpo_ledger *ledger)
{
    size_t count = 0;
    for (size_t i = 0; i < ledger->subject_count; i++)
        count += ledger->subjects[i]->history.count;
    return count;
}

static test_bytes bytes_of(bpo_ledger *ledger)
{
    test_bytes bytes = {0};
    bpo_sink sink = test_bytes_sink(&bytes);
    assert_int_equal(bpo_ledger_encode(ledger, &sink, NULL), BPO_OK);
    return bytes;
}

static void expect_row(const fixture *f, size_t index, size_t fact, bpo_report_code code, bpo_status status)
{
    bpo_report_row row = BPO_REPORT_ROW_INIT;
    assert_int_equal(bpo_report_at(f->report, index, &row), BPO_OK);
    assert_int_equal(row.index, fact);
    assert_int_equal(row.code, code);
    assert_int_equal(row.status, status);
    assert_true(row.message[0] != 0);
}

static void what_is_odd_about_a_fact_is_a_row_of_the_report(void **state)
{
    fixture f;
    acme_fact facts[] = {
        acme_opened(JANUARY(5, 9, 0), "T1", "1a", "high"),
        acme_opened(JANUARY(5, 9, 0), "T1", "1a", "high"),  /* the same again */
        acme_opened(JANUARY(5, 9, 0), "T1", "1a", "low"),   /* same key and revision, other content */
        acme_solved(JANUARY(6, 9, 0), "T1", "1c"),
        acme_solved(JANUARY(5, 9, 0), "T1", "1c"),          /* an older revision, below */
        acme_replied(FEBRUARY(1, 0, 0), "T1", "1d"),        /* behind the period */
        acme_solved(JANUARY(6, 9, 0), "", "1e"),            /* a ticket's fact without a ticket */
    };
    bpo_fact array[7];
    (void)state;
    begin(&f);
    facts[3].fact.revision = 1;
    for (size_t i = 0; i < 7; i++)
        array[i] = *acme_point(&facts[i]);
    assert_int_equal(bpo_ledger_add(f.ledger, array, 7, f.report, NULL), BPO_OK);
    assert_int_equal(bpo_report_count(f.report), 5);
    expect_row(&f, 0, 1, BPO_REPORT_DUPLICATE, BPO_OK);
    expect_row(&f, 1, 2, BPO_REPORT_REUSED, BPO_E_KEY_REUSED);
    expect_row(&f, 2, 4, BPO_REPORT_SUPERSEDED, BPO_OK);
    expect_row(&f, 3, 5, BPO_REPORT_FUTURE, BPO_OK);
    expect_row(&f, 4, 6, BPO_REPORT_REFUSED, BPO_E_FACT);
    assert_int_equal(facts_held(f.ledger), 4);
    end(&f);
}

static void without_a_report_a_refused_fact_fails_the_batch(void **state)
{
    fixture f;
    acme_fact facts[] = {acme_opened(JANUARY(5, 9, 0), "T1", "1a", "high"), acme_solved(JANUARY(6, 9, 0), "T1", "1b"),
                         acme_opened(JANUARY(5, 9, 0), "T1", "1a", "low")};
    bpo_fact array[3];
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    begin(&f);
    test_bytes before = bytes_of(f.ledger);
    for (size_t i = 0; i < 3; i++)
        array[i] = *acme_point(&facts[i]);
    assert_int_equal(bpo_ledger_add(f.ledger, array, 3, NULL, &err), BPO_E_KEY_REUSED);
    assert_int_equal(err.code, BPO_E_KEY_REUSED);
    assert_string_equal(err.path, "/key");
    assert_int_equal(facts_held(f.ledger), 0);
    test_bytes after = bytes_of(f.ledger);
    assert_int_equal(before.size, after.size);
    assert_memory_equal(before.data, after.data, after.size);
    test_bytes_clear(&before);
    test_bytes_clear(&after);
    end(&f);
}

/* A caller of a later version passes longer structs; the array is walked with their size. */
static void an_array_of_longer_structs_is_walked_with_their_size(void **state)
{
    struct longer {
        bpo_fact fact;
        uint64_t tail;
    } array[2];
    fixture f;
    acme_fact facts[] = {acme_opened(JANUARY(5, 9, 0), "T1", "1a", "high"), acme_solved(JANUARY(6, 9, 0), "T1", "1b")};
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    begin(&f);
    for (size_t i = 0; i < 2; i++) {
        array[i].fact = *acme_point(&facts[i]);
        array[i].fact.struct_size = sizeof array[i];
        array[i].tail = 0;
    }
    assert_int_equal(bpo_ledger_add(f.ledger, &array[0].fact, 2, f.report, &err), BPO_OK);
    assert_int_equal(facts_held(f.ledger), 2);
    array[1].tail = 1; /* something that this version does not know */
    assert_int_equal(bpo_ledger_add(f.ledger, &array[0].fact, 2, f.report, &err), BPO_E_ABI);
    end(&f);
}

static void a_ticket_is_the_same_as_its_facts(void **state)
{
    fixture f;
    bpo_ticket *ticket = NULL;
    bpo_ledger *other = NULL;
    acme_fact facts[] = {acme_opened(JANUARY(5, 9, 0), "T1", "1a", "high"), acme_replied(JANUARY(5, 9, 5), "T1", "1b"),
                         acme_solved(JANUARY(6, 9, 0), "T1", "1c")};
    (void)state;
    begin(&f);
    assert_int_equal(bpo_ticket_new(f.contract, &ticket, NULL), BPO_OK);
    assert_int_equal(bpo_ledger_new(f.contract, "2026-01", &other, NULL), BPO_OK);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(bpo_ticket_apply(ticket, acme_point(&facts[i]), NULL, NULL), BPO_OK);
        assert_int_equal(acme_add(other, facts[i], NULL, NULL), BPO_OK);
    }
    assert_int_equal(bpo_ledger_add_ticket(f.ledger, ticket, NULL), BPO_OK);
    assert_int_equal(bpo_ledger_add_ticket(f.ledger, ticket, NULL), BPO_OK); /* each fact counts once */
    test_bytes a = bytes_of(f.ledger), b = bytes_of(other);
    assert_int_equal(a.size, b.size);
    assert_memory_equal(a.data, b.data, a.size);
    test_bytes_clear(&a);
    test_bytes_clear(&b);
    bpo_ledger_unref(other);
    bpo_ticket_unref(ticket);
    end(&f);
}

static void facts_may_come_after_a_fold(void **state)
{
    fixture f;
    bpo_ledger *other = NULL;
    (void)state;
    begin(&f);
    assert_int_equal(acme_add(f.ledger, acme_opened(JANUARY(5, 9, 0), "T1", "1a", "high"), NULL, NULL), BPO_OK);
    test_bytes a = bytes_of(f.ledger);
    test_bytes_clear(&a);
    assert_int_equal(acme_add(f.ledger, acme_solved(JANUARY(5, 10, 0), "T1", "1b"), NULL, NULL), BPO_OK);
    a = bytes_of(f.ledger);
    assert_int_equal(bpo_ledger_new(f.contract, "2026-01", &other, NULL), BPO_OK);
    assert_int_equal(acme_add(other, acme_solved(JANUARY(5, 10, 0), "T1", "1b"), NULL, NULL), BPO_OK);
    assert_int_equal(acme_add(other, acme_opened(JANUARY(5, 9, 0), "T1", "1a", "high"), NULL, NULL), BPO_OK);
    test_bytes b = bytes_of(other);
    assert_int_equal(a.size, b.size);
    assert_memory_equal(a.data, b.data, a.size);
    test_bytes_clear(&a);
    test_bytes_clear(&b);
    bpo_ledger_unref(other);
    end(&f);
}

static void missing_arguments_are_refused(void **state)
{
    fixture f;
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    begin(&f);
    assert_int_equal(bpo_ledger_add(NULL, NULL, 0, NULL, &err), BPO_E_INVALID);
    assert_int_equal(bpo_ledger_add(f.ledger, NULL, 1, NULL, &err), BPO_E_INVALID);
    assert_int_equal(bpo_ledger_add(f.ledger, NULL, 0, NULL, &err), BPO_OK);
    end(&f);
}

/* Four facts of two subjects; when the batch fails, the ledger holds what it held. */
static bpo_status a_batch_is_added(fault_host *fault, void *user)
{
    acme_fact first = acme_opened(JANUARY(4, 9, 0), "T1", "1a", "high");
    acme_fact facts[] = {acme_replied(JANUARY(5, 9, 0), "T1", "1b"), acme_opened(JANUARY(5, 9, 0), "T2", "2a", "high"),
                         acme_solved(JANUARY(5, 9, 0), "T2", "2b"), acme_replied(JANUARY(5, 9, 0), "T1", "1b")};
    bpo_fact array[4];
    bpo_context *context = NULL;
    bpo_contract *contract = NULL;
    bpo_ledger *ledger = NULL;
    bpo_report *report = NULL;
    (void)user;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    if (status >= 0)
        status = acme_open(&fault->host, &contract);
    if (status >= 0)
        status = bpo_report_new(context, &report, NULL);
    if (status >= 0)
        status = bpo_ledger_new(contract, "2026-01", &ledger, NULL);
    if (status >= 0)
        status = acme_add(ledger, first, report, NULL);
    for (size_t i = 0; i < 4; i++)
        array[i] = *acme_point(&facts[i]);
    if (status >= 0) {
        status = bpo_ledger_add(ledger, array, 4, report, NULL);
        assert_int_equal(facts_held(ledger), status < 0 ? 1 : 4);
        assert_int_equal(bpo_report_count(report), status < 0 ? 0 : 1);
    }
    bpo_report_unref(report);
    bpo_ledger_unref(ledger);
    bpo_contract_unref(contract);
    bpo_context_unref(context);
    return status;
}

static void a_batch_is_whole_or_not_at_all(void **state)
{
    (void)state;
    assert_true(fault_torture(a_batch_is_added, NULL) > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_odd_about_a_fact_is_a_row_of_the_report),
        cmocka_unit_test(without_a_report_a_refused_fact_fails_the_batch),
        cmocka_unit_test(an_array_of_longer_structs_is_walked_with_their_size),
        cmocka_unit_test(a_ticket_is_the_same_as_its_facts),
        cmocka_unit_test(facts_may_come_after_a_fold),
        cmocka_unit_test(missing_arguments_are_refused),
        cmocka_unit_test(a_batch_is_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
