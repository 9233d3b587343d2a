/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "acme.h"
#include "ledger/ledger.h"

typedef struct month {
    bpo_contract *contract;
    bpo_ledger *ledger;
    bpo_statement *statement;
} month;

static void begin_with(month *m, const bpo_host *host, const char *period)
{
    *m = (month){NULL, NULL, NULL};
    assert_int_equal(acme_open(host, &m->contract), BPO_OK);
    assert_int_equal(bpo_ledger_new(m->contract, period, &m->ledger, NULL), BPO_OK);
}

static void begin(month *m, const char *period)
{
    bpo_host host = test_host();
    begin_with(m, &host, period);
}

static void end(month *m)
{
    bpo_statement_unref(m->statement);
    bpo_ledger_unref(m->ledger);
    bpo_contract_unref(m->contract);
}

static void add(month *m, acme_fact fact)
{
    bpo_error err = BPO_ERROR_INIT;
    if (acme_add(m->ledger, fact, NULL, &err) != BPO_OK)
        fail_msg("%s", err.message);
}

static bpo_statement_header close_month(month *m)
{
    bpo_statement_header header = BPO_STATEMENT_HEADER_INIT;
    bpo_error err = BPO_ERROR_INIT;
    if (bpo_ledger_close(m->ledger, NULL, 0, MARCH(1, 0, 0), &m->statement, &err) != BPO_OK)
        fail_msg("%s", err.message);
    assert_int_equal(bpo_statement_get_header(m->statement, &header), BPO_OK);
    return header;
}

/* The quantity of a charge's first line, "" where it has none. */
static const char *quantity_of(const month *m, const char *charge)
{
    bpo_invoice_line line = BPO_INVOICE_LINE_INIT;
    for (size_t i = 0; i < bpo_statement_invoice_line_count(m->statement); i++) {
        assert_int_equal(bpo_statement_invoice_line(m->statement, i, &line), BPO_OK);
        if (strcmp(line.charge, charge) == 0)
            return line.quantity;
    }
    return "";
}

static void a_seat_stays_as_it_was_left(void **state)
{
    month m;
    (void)state;
    begin(&m, "2026-02");
    add(&m, acme_seat(JANUARY(10, 0, 0), "desk-1", "s1", "productive"));
    add(&m, acme_seat(MARCH(10, 0, 0), "desk-1", "s2", "ended"));
    bpo_statement_header header = close_month(&m);
    assert_string_equal(quantity_of(&m, "seats"), "1");
    assert_int_equal(header.fact_count, 1);
    end(&m);
}

static void a_seat_that_is_to_come_is_not_in_the_books(void **state)
{
    month m;
    bpo_ledger_size size = BPO_LEDGER_SIZE_INIT;
    (void)state;
    begin(&m, "2026-01");
    add(&m, acme_seat(MARCH(10, 0, 0), "desk-1", "s1", "productive"));
    bpo_statement_header header = close_month(&m);
    assert_string_equal(quantity_of(&m, "seats"), "");
    assert_int_equal(header.fact_count, 0);
    assert_int_equal(bpo_ledger_memory(m.ledger, &size, NULL), BPO_OK);
    assert_int_equal(size.key_count, 0);
    end(&m);
}

/* Hosts may well have a ticket 42, an agent 42 and a seat 42. */
static void subjects_of_several_kinds_may_share_a_name(void **state)
{
    month m;
    bpo_kpi kpi = BPO_KPI_INIT;
    (void)state;
    begin(&m, "2026-01");
    add(&m, acme_opened(JANUARY(5, 9, 0), "42", "a", "high"));
    add(&m, acme_seat(JANUARY(5, 10, 0), "42", "b", "productive"));
    add(&m, acme_worked(JANUARY(5, 11, 0), "42", "c", 2 * BPO_HOUR));
    add(&m, acme_solved(JANUARY(5, 12, 0), "42", "d"));
    bpo_statement_header header = close_month(&m);
    assert_string_equal(quantity_of(&m, "seats"), "27/31");
    assert_string_equal(quantity_of(&m, "work"), "2");
    assert_string_equal(quantity_of(&m, "tickets"), "1");
    assert_int_equal(bpo_statement_kpi(m.statement, 0, &kpi), BPO_OK);
    assert_int_equal(kpi.n, 1);
    assert_int_equal(header.fact_count, 4);
    end(&m);
}

static void a_ticket_without_open_clocks_is_left_out(void **state)
{
    month m;
    (void)state;
    begin(&m, "2026-02");
    add(&m, acme_opened(JANUARY(5, 9, 0), "T1", "a", "high"));
    add(&m, acme_solved(JANUARY(5, 12, 0), "T1", "b"));
    assert_int_equal(close_month(&m).fact_count, 0);
    end(&m);
    begin(&m, "2026-02");
    add(&m, acme_opened(JANUARY(5, 9, 0), "T1", "a", "high"));
    assert_int_equal(close_month(&m).fact_count, 1); /* its clocks go on */
    end(&m);
}

static void an_agents_earlier_work_is_not_looked_at_again(void **state)
{
    month m;
    (void)state;
    begin(&m, "2026-02");
    add(&m, acme_worked(JANUARY(5, 11, 0), "ann", "a", 2 * BPO_HOUR));
    add(&m, acme_worked(FEBRUARY(5, 11, 0), "ann", "b", BPO_HOUR));
    assert_int_equal(close_month(&m).fact_count, 1);
    assert_string_equal(quantity_of(&m, "work"), "1");
    end(&m);
}

static void without_a_digest_callback_there_are_no_digests(void **state)
{
    month m;
    bpo_host host = test_host();
    (void)state;
    host.digest = NULL;
    begin_with(&m, &host, "2026-01");
    add(&m, acme_opened(JANUARY(5, 9, 0), "T1", "a", "high"));
    assert_int_equal(close_month(&m).has_digests, 0);
    end(&m);
}

/* A part that was folded where there is no digest spoils the digest of the whole, and nothing else. */
static void a_part_without_digests_leaves_the_whole_without(void **state)
{
    month m, plain;
    bpo_host host = test_host();
    test_bytes bytes = {0};
    bpo_sink sink = test_bytes_sink(&bytes);
    bpo_ledger *part = NULL;
    (void)state;
    begin(&m, "2026-01");
    add(&m, acme_opened(JANUARY(5, 9, 0), "T1", "a", "high"));
    host.digest = NULL;
    begin_with(&plain, &host, "2026-01");
    add(&plain, acme_opened(JANUARY(5, 9, 0), "T2", "b", "high"));
    assert_int_equal(bpo_ledger_encode(plain.ledger, &sink, NULL), BPO_OK);
    assert_int_equal(bpo_ledger_decode(m.contract, bytes.data, bytes.size, &part, NULL), BPO_OK);
    assert_int_equal(bpo_ledger_merge(m.ledger, part, NULL), BPO_OK);
    bpo_statement_header header = close_month(&m);
    assert_int_equal(header.fact_count, 2);
    assert_int_equal(header.has_digests, 0);
    test_bytes_clear(&bytes);
    bpo_ledger_unref(part);
    end(&plain);
    end(&m);
}

static void other_facts_have_another_digest(void **state)
{
    month a, b;
    (void)state;
    begin(&a, "2026-01");
    begin(&b, "2026-01");
    add(&a, acme_opened(JANUARY(5, 9, 0), "T1", "a", "high"));
    add(&b, acme_opened(JANUARY(5, 9, 0), "T1", "b", "high")); /* only the key differs */
    bpo_statement_header of_a = close_month(&a), of_b = close_month(&b);
    assert_int_equal(of_a.has_digests, 1);
    assert_memory_equal(of_a.contract_digest, of_b.contract_digest, BPO_DIGEST_SIZE);
    assert_memory_not_equal(of_a.facts_digest, of_b.facts_digest, BPO_DIGEST_SIZE);
    end(&a);
    end(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_seat_stays_as_it_was_left),
        cmocka_unit_test(a_seat_that_is_to_come_is_not_in_the_books),
        cmocka_unit_test(subjects_of_several_kinds_may_share_a_name),
        cmocka_unit_test(a_ticket_without_open_clocks_is_left_out),
        cmocka_unit_test(an_agents_earlier_work_is_not_looked_at_again),
        cmocka_unit_test(without_a_digest_callback_there_are_no_digests),
        cmocka_unit_test(a_part_without_digests_leaves_the_whole_without),
        cmocka_unit_test(other_facts_have_another_digest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
