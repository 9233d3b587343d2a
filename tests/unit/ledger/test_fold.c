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

/* The contract with one term more, or another value for it. */
static void begin_changed(month *m, const char *period, const char *const terms[][2], size_t count)
{
    bpo_host host = test_host();
    bpo_context *context = NULL;
    bpo_terms *copy = NULL;
    bpo_contract *changed = NULL;
    bpo_error err = BPO_ERROR_INIT;
    begin(m, period);
    assert_int_equal(bpo_context_new(&host, &context, NULL), BPO_OK);
    assert_int_equal(bpo_contract_terms(m->contract, 0, &copy, NULL), BPO_OK);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(bpo_terms_set(copy, terms[i][0], terms[i][1], NULL), BPO_OK);
    if (bpo_contract_new(context, copy, &changed, &err) != BPO_OK)
        fail_msg("%s: %s", err.path, err.message);
    bpo_ledger_unref(m->ledger);
    m->ledger = NULL;
    bpo_contract_unref(m->contract);
    m->contract = changed;
    assert_int_equal(bpo_ledger_new(changed, period, &m->ledger, NULL), BPO_OK);
    bpo_terms_unref(copy);
    bpo_context_unref(context);
}

/* Opened on Friday 30 January 16:30 and solved on Monday 2 February 10:30: half an hour and an hour and a half. */
static void open_time_is_cut_at_the_end_of_the_month(void **state)
{
    static const char *const terms[][2] = {{"/pricing/order", "fee, seats, tickets, work, handling"},
                                           {"/pricing/charges/handling/model", "hourly"},
                                           {"/pricing/charges/handling/meter", "handling"},
                                           {"/pricing/charges/handling/rate", "40.00"},
                                           {"/pricing/meters/handling/metric", "resolution"}};
    static const char *const months[][2] = {{"2026-01", "0.5"}, {"2026-02", "1.5"}, {"2026-03", ""}};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        month m;
        begin_changed(&m, months[i][0], terms, 5);
        add(&m, acme_opened(JANUARY(30, 16, 30), "T1", "a", "high"));
        add(&m, acme_solved(FEBRUARY(2, 10, 30), "T1", "b"));
        close_month(&m);
        assert_string_equal(quantity_of(&m, "handling"), months[i][1]);
        assert_int_equal(bpo_statement_adjustment_count(m.statement), 0);
        end(&m);
    }
}

static void expect_level(const month *m, size_t index, int64_t met, int64_t breached, int64_t indeterminate)
{
    bpo_service_level level = BPO_SERVICE_LEVEL_INIT;
    assert_int_equal(bpo_statement_service_level(m->statement, index, &level), BPO_OK);
    assert_int_equal(level.met, met);
    assert_int_equal(level.breached, breached);
    assert_int_equal(level.indeterminate, indeterminate);
}

static void a_clock_without_target_is_not_attained(void **state)
{
    static const char *const terms[][2] = {{"/sla/policies/standard/targets/first_response", "none"}};
    month m;
    (void)state;
    begin_changed(&m, "2026-01", terms, 1);
    add(&m, acme_opened(JANUARY(5, 9, 0), "T1", "a", "high"));
    add(&m, acme_replied(JANUARY(5, 9, 1), "T1", "b"));
    close_month(&m);
    expect_level(&m, 0, 0, 0, 0);
    end(&m);
}

/* Nobody knows whether the ticket was worked on: its clock has no verdict, and says so when it stops. */
static void what_is_not_known_is_counted_apart(void **state)
{
    acme_fact unknown;
    month m;
    (void)state;
    acme_set(&unknown, BPO_TICKET_STATUS_CHANGED, JANUARY(5, 9, 30), "T1", "b");
    acme_text(&unknown, BPO_VALUE_STATUS, "unknown");
    begin(&m, "2026-01");
    add(&m, acme_opened(JANUARY(5, 9, 0), "T1", "a", "high"));
    add(&m, unknown);
    close_month(&m);
    expect_level(&m, 2, 0, 0, 0);
    bpo_statement_unref(m.statement);
    add(&m, acme_solved(JANUARY(20, 9, 0), "T1", "c"));
    close_month(&m);
    expect_level(&m, 2, 0, 0, 1);
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
        cmocka_unit_test(open_time_is_cut_at_the_end_of_the_month),
        cmocka_unit_test(a_clock_without_target_is_not_attained),
        cmocka_unit_test(what_is_not_known_is_counted_apart),
        cmocka_unit_test(without_a_digest_callback_there_are_no_digests),
        cmocka_unit_test(a_part_without_digests_leaves_the_whole_without),
        cmocka_unit_test(other_facts_have_another_digest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
