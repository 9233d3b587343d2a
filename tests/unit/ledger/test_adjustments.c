/* SPDX-License-Identifier: Apache-2.0 */
/* What became known of January after it was sealed, by hand; booked in February, settled in March.
 *
 * January as posted: desk-1 productive to the 16th, 16/31 seat = 160.00; T1, T2 and T4 solved, 2 x 10.00 + 4.00;
 * ann worked 90 min = 90.00.
 *
 *   late       ann worked 60 min more on 15 January: +1 h
 *   corrected  the 90 min of 7 January were 45: -0.75 h; together +0.25 h x 60.00 = 15.00
 *   retracted  T4 was not solved: 2 x 10.00 = 20.00 instead of 24.00. Its 8 hours, from 12 January 09:00, were over
 *              on the 13th at 09:00, so January has one met less and one breached more
 *   moved      desk-1 left for training on the 21st, not on the 17th: 20/31 x 310.00 = 200.00 instead of 160.00
 *   duplicate  T1's solution once more: nothing */
#include "support/test.h"

#include "acme.h"

typedef struct books {
    bpo_context *context;
    bpo_contract *contract;
    bpo_statement *january, *february;
} books;

static void add(bpo_ledger *ledger, acme_fact fact)
{
    bpo_error err = BPO_ERROR_INIT;
    if (acme_add(ledger, fact, NULL, &err) != BPO_OK)
        fail_msg("%s", err.message);
}

static acme_fact again(acme_fact fact, uint32_t revision, uint32_t flags)
{
    fact.fact.revision = revision;
    fact.fact.flags = flags;
    return fact;
}

static void add_january(bpo_ledger *ledger)
{
    add(ledger, acme_opened(JANUARY(5, 9, 0), "T1", "1a", "high"));
    add(ledger, acme_solved(JANUARY(5, 12, 0), "T1", "1c"));
    add(ledger, acme_opened(JANUARY(5, 10, 0), "T2", "2a", "high"));
    add(ledger, acme_solved(JANUARY(6, 11, 0), "T2", "2c"));
    add(ledger, acme_opened(JANUARY(12, 9, 0), "T4", "4a", "low"));
    add(ledger, acme_replied(JANUARY(12, 9, 10), "T4", "4b"));
    add(ledger, acme_solved(JANUARY(12, 9, 20), "T4", "4c"));
    add(ledger, acme_worked(JANUARY(7, 12, 0), "ann", "w1", 90 * BPO_MINUTE));
    add(ledger, acme_seat(JANUARY(1, 0, 0), "desk-1", "s1", "productive"));
    add(ledger, acme_seat(JANUARY(17, 0, 0), "desk-1", "s2", "training"));
}

/* late is BPO_FACT_LATE for February's ledger and 0 for later ones. */
static void add_what_came_later(bpo_ledger *ledger, uint32_t late)
{
    add(ledger, again(acme_worked(JANUARY(15, 12, 0), "ann", "w0", 60 * BPO_MINUTE), 0, late));
    add(ledger, again(acme_worked(JANUARY(7, 12, 0), "ann", "w1", 45 * BPO_MINUTE), 1, late));
    add(ledger, again(acme_solved(JANUARY(12, 9, 20), "T4", "4c"), 1, late | BPO_FACT_RETRACTED));
    add(ledger, again(acme_seat(JANUARY(21, 0, 0), "desk-1", "s2", "training"), 1, late));
    add(ledger, again(acme_solved(JANUARY(5, 12, 0), "T1", "1c"), 0, late));
    add(ledger, acme_worked(FEBRUARY(3, 12, 0), "ann", "w2", 60 * BPO_MINUTE));
}

static bpo_statement *close_ledger(bpo_ledger *ledger, const bpo_statement *before)
{
    bpo_statement *statement = NULL;
    bpo_error err = BPO_ERROR_INIT;
    size_t size = 0;
    const void *opening = bpo_statement_closing_position(before, &size);
    if (bpo_ledger_close(ledger, opening, size, MARCH(1, 0, 0), &statement, &err) != BPO_OK)
        fail_msg("%s: %s", err.path, err.message);
    bpo_ledger_unref(ledger);
    return statement;
}

static bpo_ledger *new_ledger(const books *b, const char *period)
{
    bpo_ledger *ledger = NULL;
    assert_int_equal(bpo_ledger_new(b->contract, period, &ledger, NULL), BPO_OK);
    add_january(ledger);
    return ledger;
}

static void begin(books *b)
{
    bpo_host host = test_host();
    *b = (books){NULL, NULL, NULL, NULL};
    assert_int_equal(bpo_context_new(&host, &b->context, NULL), BPO_OK);
    assert_int_equal(acme_open(&host, &b->contract), BPO_OK);
    b->january = close_ledger(new_ledger(b, "2026-01"), NULL);
    bpo_ledger *ledger = new_ledger(b, "2026-02");
    add_what_came_later(ledger, BPO_FACT_LATE);
    b->february = close_ledger(ledger, b->january);
}

static void end(books *b)
{
    bpo_statement_unref(b->february);
    bpo_statement_unref(b->january);
    bpo_contract_unref(b->contract);
    bpo_context_unref(b->context);
}

static void expect_line(const bpo_statement *statement, size_t index, const char *expected)
{
    char text[256], amount[BPO_DECIMAL_TEXT_SIZE];
    bpo_invoice_line line = BPO_INVOICE_LINE_INIT;
    assert_int_equal(bpo_statement_invoice_line(statement, index, &line), BPO_OK);
    bpo_decimal_format(&line.amount, amount, sizeof amount);
    strcpy(text, line.charge);
    strcat(strcat(text, " "), line.quantity);
    strcat(strcat(text, " "), amount);
    strcat(text, line.adjustment ? " adjustment" : "");
    assert_string_equal(text, expected);
    assert_int_equal(line.service_start, line.adjustment ? JANUARY(1, 0, 0) : FEBRUARY(1, 0, 0));
}

static void differences_are_posted_with_their_original_period(void **state)
{
    books b;
    (void)state;
    begin(&b);
    assert_int_equal(bpo_statement_invoice_line_count(b.january), 4);
    expect_line(b.february, 0, "fee 1 100.00");
    expect_line(b.february, 1, "seats 4/31 40.00 adjustment");
    expect_line(b.february, 2, "tickets -1 -4.00 adjustment");
    expect_line(b.february, 3, "work 0.25 15.00 adjustment");
    expect_line(b.february, 4, "work 1 60.00");
    assert_int_equal(bpo_statement_invoice_line_count(b.february), 5);
    end(&b);
}

static void a_difference_says_what_was_posted_before(void **state)
{
    books b;
    bpo_invoice_line line = BPO_INVOICE_LINE_INIT;
    (void)state;
    begin(&b);
    assert_int_equal(bpo_statement_invoice_line(b.february, 2, &line), BPO_OK);
    assert_string_equal(bpo_statement_invoice_step(b.february, 2, 1), "tier 1: 2 x 10.00 = 20.00");
    assert_string_equal(bpo_statement_invoice_step(b.february, 2, line.step_count - 2), "posted before: 24.00");
    assert_string_equal(bpo_statement_invoice_step(b.february, 2, line.step_count - 1), "difference: -4.00");
    end(&b);
}

static void sealed_counts_are_corrected_in_the_open(void **state)
{
    static const struct {
        const char *id, *part;
        int64_t n;
        const char *sum;
    } expected[] = {
        {"tickets_resolved", "value", -1, NULL},
        {"worked", "value", 1, "900000000"},
        {"resolved", "met", -1, NULL},
        {"resolved", "breached", 1, NULL},
    };
    books b;
    (void)state;
    begin(&b);
    assert_int_equal(bpo_statement_adjustment_count(b.february), 4);
    for (size_t i = 0; i < 4; i++) {
        bpo_adjustment row = BPO_ADJUSTMENT_INIT;
        assert_int_equal(bpo_statement_adjustment(b.february, i, &row), BPO_OK);
        assert_string_equal(row.id, expected[i].id);
        assert_string_equal(row.part, expected[i].part);
        assert_int_equal(row.n, expected[i].n);
        if (expected[i].sum != NULL)
            assert_string_equal(row.sum, expected[i].sum);
        assert_int_equal(row.service_start, JANUARY(1, 0, 0));
        assert_int_equal(row.service_end, FEBRUARY(1, 0, 0));
    }
    end(&b);
}

static void what_was_booked_once_is_not_booked_again(void **state)
{
    books b;
    bpo_statement *march;
    bpo_decimal total, fee = {0, 10000, 2, 0};
    (void)state;
    begin(&b);
    bpo_ledger *ledger = new_ledger(&b, "2026-03");
    add_what_came_later(ledger, 0);
    march = close_ledger(ledger, b.february);
    assert_int_equal(bpo_statement_adjustment_count(march), 0);
    assert_int_equal(bpo_statement_invoice_total(march, &total), BPO_OK);
    assert_int_equal(bpo_decimal_compare(&total, &fee), 0);
    bpo_statement_unref(march);
    end(&b);
}

static void the_same_close_gives_the_same_bytes(void **state)
{
    books b;
    uint8_t first[BPO_DIGEST_SIZE], second[BPO_DIGEST_SIZE];
    (void)state;
    begin(&b);
    bpo_ledger *ledger = new_ledger(&b, "2026-02");
    add_what_came_later(ledger, BPO_FACT_LATE);
    bpo_statement *statement = close_ledger(ledger, b.january);
    assert_int_equal(bpo_statement_digest(statement, first, NULL), BPO_OK);
    assert_int_equal(bpo_statement_digest(b.february, second, NULL), BPO_OK);
    assert_memory_equal(first, second, sizeof first);
    bpo_statement_unref(statement);
    end(&b);
}

/* A later revision says that the work was done in February: it is off January's books and on February's. */
static void a_fact_can_move_from_a_sealed_period_into_the_open_one(void **state)
{
    books b;
    (void)state;
    begin(&b);
    bpo_ledger *ledger = new_ledger(&b, "2026-02");
    add(ledger, again(acme_worked(FEBRUARY(7, 12, 0), "ann", "w1", 90 * BPO_MINUTE), 1, 0));
    bpo_statement *statement = close_ledger(ledger, b.january);
    expect_line(statement, 1, "work -1.5 -90.00 adjustment");
    expect_line(statement, 2, "work 1.5 90.00");
    bpo_statement_unref(statement);
    end(&b);
}

/* T1 was solved once more in January: it counts once in the period, and there is nothing to post. */
static void a_difference_of_nothing_is_not_posted(void **state)
{
    books b;
    (void)state;
    begin(&b);
    bpo_ledger *ledger = new_ledger(&b, "2026-02");
    add(ledger, again(acme_solved(JANUARY(5, 13, 0), "T1", "1d"), 0, BPO_FACT_LATE));
    bpo_statement *statement = close_ledger(ledger, b.january);
    assert_int_equal(bpo_statement_invoice_line_count(statement), 1); /* the fee */
    assert_int_equal(bpo_statement_adjustment_count(statement), 1);   /* tickets_resolved counts each solution */
    bpo_statement_unref(statement);
    end(&b);
}

/* Without the position in which it was posted, January cannot come below zero. */
static void what_was_never_posted_cannot_be_taken_off(void **state)
{
    books b;
    bpo_statement *statement = NULL;
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    begin(&b);
    bpo_ledger *ledger = new_ledger(&b, "2026-02");
    add(ledger, again(acme_worked(JANUARY(7, 12, 0), "ann", "w1", 90 * BPO_MINUTE), 1,
                      BPO_FACT_LATE | BPO_FACT_RETRACTED));
    assert_int_equal(bpo_ledger_close(ledger, NULL, 0, MARCH(1, 0, 0), &statement, &err), BPO_E_STATE);
    assert_string_equal(err.path, "/pricing/charges/work");
    assert_null(statement);
    bpo_ledger_unref(ledger);
    end(&b);
}

/* The work of December was in no statement: withdrawn, it is taken off none, and coming late it is in none. */
static void what_was_before_the_service_counts_nowhere(void **state)
{
    books b;
    (void)state;
    begin(&b);
    bpo_ledger *ledger = new_ledger(&b, "2026-02");
    bpo_time december = JANUARY(1, 0, 0) - BPO_HOUR;
    add(ledger, acme_worked(december, "bob", "w8", 90 * BPO_MINUTE));
    add(ledger, again(acme_worked(december, "bob", "w8", 90 * BPO_MINUTE), 1, BPO_FACT_LATE | BPO_FACT_RETRACTED));
    add(ledger, again(acme_worked(december, "bob", "w9", 30 * BPO_MINUTE), 0, BPO_FACT_LATE));
    bpo_statement *statement = close_ledger(ledger, b.january);
    assert_int_equal(bpo_statement_invoice_line_count(statement), 1); /* the fee */
    assert_int_equal(bpo_statement_adjustment_count(statement), 0);
    bpo_statement_unref(statement);
    end(&b);
}

/* A ticket whose opening is learned late counts from its opening on, and so do facts that waited for it. */
static void facts_wait_for_their_opening(void **state)
{
    books b;
    bpo_statement_header header = BPO_STATEMENT_HEADER_INIT;
    (void)state;
    begin(&b);
    bpo_ledger *ledger = new_ledger(&b, "2026-01");
    add(ledger, acme_solved(JANUARY(30, 12, 0), "T7", "7c"));
    bpo_statement *january = close_ledger(ledger, NULL);
    assert_int_equal(bpo_statement_get_header(january, &header), BPO_OK);
    assert_int_equal(header.unopened_count, 1);
    ledger = new_ledger(&b, "2026-02");
    add(ledger, acme_solved(JANUARY(30, 12, 0), "T7", "7c"));
    add(ledger, acme_opened(FEBRUARY(2, 12, 0), "T7", "7a", "low"));
    bpo_statement *february = close_ledger(ledger, january);
    assert_int_equal(bpo_statement_adjustment_count(february), 0);
    expect_line(february, 1, "tickets 1 10.00");
    bpo_statement_unref(february);
    bpo_statement_unref(january);
    end(&b);
}

/* January closed, a late fact, February closed. */
static bpo_status two_months_are_closed(fault_host *fault, void *user)
{
    static const char *const periods[] = {"2026-01", "2026-02"};
    const acme_fact facts[] = {acme_opened(JANUARY(12, 9, 0), "T4", "4a", "low"),
                               acme_solved(JANUARY(12, 9, 20), "T4", "4c"),
                               acme_worked(JANUARY(7, 12, 0), "ann", "w1", 90 * BPO_MINUTE),
                               again(acme_worked(JANUARY(7, 12, 0), "ann", "w1", 45 * BPO_MINUTE), 1, BPO_FACT_LATE),
                               again(acme_solved(JANUARY(13, 9, 20), "T4", "4d"), 0, BPO_FACT_LATE)};
    bpo_contract *contract = NULL;
    bpo_statement *statements[2] = {NULL, NULL};
    (void)user;
    bpo_status status = acme_open(&fault->host, &contract);
    for (size_t month = 0; month < 2 && status >= 0; month++) {
        bpo_ledger *ledger = NULL;
        size_t size = 0;
        const void *opening = bpo_statement_closing_position(statements[0], &size);
        status = bpo_ledger_new(contract, periods[month], &ledger, NULL);
        for (size_t i = 0; i < (month == 0 ? 3 : 5) && status >= 0; i++)
            status = acme_add(ledger, facts[i], NULL, NULL);
        if (status >= 0)
            status = bpo_ledger_close(ledger, opening, size, MARCH(1, 0, 0), &statements[month], NULL);
        bpo_ledger_unref(ledger);
    }
    if (status >= 0)
        assert_int_equal(bpo_statement_adjustment_count(statements[1]), 2);
    bpo_statement_unref(statements[0]);
    bpo_statement_unref(statements[1]);
    bpo_contract_unref(contract);
    return status;
}

static void every_failure_is_reported_and_leaves_nothing(void **state)
{
    (void)state;
    assert_true(fault_torture(two_months_are_closed, NULL) > 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(differences_are_posted_with_their_original_period),
        cmocka_unit_test(a_difference_says_what_was_posted_before),
        cmocka_unit_test(sealed_counts_are_corrected_in_the_open),
        cmocka_unit_test(what_was_booked_once_is_not_booked_again),
        cmocka_unit_test(the_same_close_gives_the_same_bytes),
        cmocka_unit_test(a_fact_can_move_from_a_sealed_period_into_the_open_one),
        cmocka_unit_test(a_difference_of_nothing_is_not_posted),
        cmocka_unit_test(what_was_never_posted_cannot_be_taken_off),
        cmocka_unit_test(what_was_before_the_service_counts_nowhere),
        cmocka_unit_test(facts_wait_for_their_opening),
        cmocka_unit_test(every_failure_is_reported_and_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
