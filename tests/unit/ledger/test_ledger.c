/* SPDX-License-Identifier: Apache-2.0 */
/* A month by hand. January 2026 has 31 days and starts on a Thursday; the office is open 09:00 to 17:00 on weekdays.
 *
 *   T1 high  opened 5 Jan 09:00, answered 09:30 (met), solved 12:00 (met)
 *   T2 high  opened 5 Jan 10:00, answered 12:00 (breached at 11:00), solved 6 Jan 11:00 (9 h: breached)
 *   T3 low   opened 30 Jan 16:30 (Friday), never answered: the hour is over on Monday 2 Feb at 09:30
 *   T4 low   opened 12 Jan 09:00, answered 09:10 (met), solved 09:20 (met)
 *   T5       a reply to a ticket that was never opened
 *   ann      worked 90 min on 7 Jan and 30 min on 20 Jan
 *   desk-1   productive from 1 Jan; training from 17 Jan: 16 of 31 days
 *
 * Fee 100.00; seats 16/31 x 310.00 = 160.00; tickets 2 x 10.00 + 1 x 4.00 = 24.00; work 2 h x 60.00 = 120.00. */
#include "support/test.h"

#include "acme.h"
#include "ledger/ledger.h"

typedef struct month {
    bpo_contract *contract;
    bpo_ledger *ledger;
    bpo_statement *statement;
} month;

static void add(bpo_ledger *ledger, acme_fact fact)
{
    bpo_error err = BPO_ERROR_INIT;
    if (acme_add(ledger, fact, NULL, &err) != BPO_OK)
        fail_msg("%s", err.message);
}

static void add_january(bpo_ledger *ledger)
{
    add(ledger, acme_opened(JANUARY(5, 9, 0), "T1", "1a", "high"));
    add(ledger, acme_replied(JANUARY(5, 9, 30), "T1", "1b"));
    add(ledger, acme_solved(JANUARY(5, 12, 0), "T1", "1c"));
    add(ledger, acme_opened(JANUARY(5, 10, 0), "T2", "2a", "high"));
    add(ledger, acme_replied(JANUARY(5, 12, 0), "T2", "2b"));
    add(ledger, acme_solved(JANUARY(6, 11, 0), "T2", "2c"));
    add(ledger, acme_opened(JANUARY(30, 16, 30), "T3", "3a", "low"));
    add(ledger, acme_opened(JANUARY(12, 9, 0), "T4", "4a", "low"));
    add(ledger, acme_replied(JANUARY(12, 9, 10), "T4", "4b"));
    add(ledger, acme_solved(JANUARY(12, 9, 20), "T4", "4c"));
    add(ledger, acme_replied(JANUARY(12, 9, 10), "T5", "5b"));
    add(ledger, acme_worked(JANUARY(7, 12, 0), "ann", "w1", 90 * BPO_MINUTE));
    add(ledger, acme_worked(JANUARY(20, 12, 0), "ann", "w2", 30 * BPO_MINUTE));
    add(ledger, acme_seat(JANUARY(1, 0, 0), "desk-1", "s1", "productive"));
    add(ledger, acme_seat(JANUARY(17, 0, 0), "desk-1", "s2", "training"));
}

static void close_month(month *m, const void *opening, size_t opening_size)
{
    bpo_error err = BPO_ERROR_INIT;
    if (bpo_ledger_close(m->ledger, opening, opening_size, MARCH(1, 0, 0), &m->statement, &err) != BPO_OK)
        fail_msg("%s", err.message);
}

static void begin(month *m, const char *period)
{
    bpo_host host = test_host();
    *m = (month){NULL, NULL, NULL};
    assert_int_equal(acme_open(&host, &m->contract), BPO_OK);
    assert_int_equal(bpo_ledger_new(m->contract, period, &m->ledger, NULL), BPO_OK);
}

static void end(month *m)
{
    bpo_statement_unref(m->statement);
    bpo_ledger_unref(m->ledger);
    bpo_contract_unref(m->contract);
}

/* "charge quantity unit amount[ adjustment]" of a line. */
static void expect_line(const bpo_statement *statement, size_t index, const char *expected)
{
    char text[256], amount[BPO_DECIMAL_TEXT_SIZE];
    bpo_invoice_line line = BPO_INVOICE_LINE_INIT;
    assert_int_equal(bpo_statement_invoice_line(statement, index, &line), BPO_OK);
    bpo_decimal_format(&line.amount, amount, sizeof amount);
    strcpy(text, line.charge);
    strcat(strcat(text, " "), line.quantity);
    strcat(strcat(text, " "), line.unit);
    strcat(strcat(text, " "), amount);
    strcat(text, line.adjustment ? " adjustment" : "");
    assert_string_equal(text, expected);
}

static void expect_level(const bpo_statement *statement, size_t index, const char *value, int64_t met,
                         int64_t breached, int32_t result)
{
    bpo_service_level level = BPO_SERVICE_LEVEL_INIT;
    assert_int_equal(bpo_statement_service_level(statement, index, &level), BPO_OK);
    assert_string_equal(level.dimension_value, value);
    assert_int_equal(level.met, met);
    assert_int_equal(level.breached, breached);
    assert_int_equal(level.result, result);
}

static void a_month_comes_to_what_it_does_by_hand(void **state)
{
    month m;
    bpo_decimal total, expected = {0, 40400, 2, 0};
    (void)state;
    begin(&m, "2026-01");
    add_january(m.ledger);
    close_month(&m, NULL, 0);
    assert_int_equal(bpo_statement_invoice_line_count(m.statement), 4);
    expect_line(m.statement, 0, "fee 1 period 100.00");
    expect_line(m.statement, 1, "seats 16/31 seat 160.00");
    expect_line(m.statement, 2, "tickets 3 task 24.00");
    expect_line(m.statement, 3, "work 2 hour 120.00");
    assert_int_equal(bpo_statement_invoice_total(m.statement, &total), BPO_OK);
    assert_int_equal(bpo_decimal_compare(&total, &expected), 0);
    assert_string_equal(bpo_statement_invoice_step(m.statement, 2, 1), "tier 1: 2 x 10.00 = 20.00");
    assert_int_equal(bpo_statement_service_level_count(m.statement), 4);
    expect_level(m.statement, 0, "", 2, 1, BPO_LEVEL_MET);
    expect_level(m.statement, 1, "high", 1, 1, BPO_LEVEL_MISSED);
    expect_level(m.statement, 2, "low", 1, 0, BPO_LEVEL_MET);
    expect_level(m.statement, 3, "", 2, 1, BPO_LEVEL_MISSED);
    assert_int_equal(bpo_statement_adjustment_count(m.statement), 0);
    end(&m);
}

static void kpis_are_counted_by_dimension(void **state)
{
    month m;
    bpo_kpi kpi = BPO_KPI_INIT;
    bpo_statement_header header = BPO_STATEMENT_HEADER_INIT;
    (void)state;
    begin(&m, "2026-01");
    add_january(m.ledger);
    close_month(&m, NULL, 0);
    assert_int_equal(bpo_statement_kpi_count(m.statement), 5);
    assert_int_equal(bpo_statement_kpi(m.statement, 0, &kpi), BPO_OK);
    assert_string_equal(kpi.id, "tickets_opened");
    assert_int_equal(kpi.n, 4);
    assert_int_equal(bpo_statement_kpi(m.statement, 1, &kpi), BPO_OK);
    assert_string_equal(kpi.dimension_value, "high");
    assert_int_equal(kpi.n, 2);
    assert_int_equal(bpo_statement_kpi(m.statement, 4, &kpi), BPO_OK);
    assert_string_equal(kpi.id, "worked");
    assert_string_equal(kpi.unit, "us");
    assert_string_equal(kpi.sum, "7200000000");
    assert_int_equal(kpi.min, 30 * BPO_MINUTE);
    assert_int_equal(kpi.p50, 30 * BPO_MINUTE);
    assert_int_equal(kpi.max, 90 * BPO_MINUTE);
    assert_int_equal(bpo_statement_get_header(m.statement, &header), BPO_OK);
    assert_int_equal(header.fact_count, 15);
    assert_int_equal(header.unopened_count, 1);
    assert_int_equal(header.has_digests, 1);
    end(&m);
}

/* T3's hour ends in February: it is counted there, and once, though it is answered later. */
static void an_open_clock_is_counted_in_the_month_of_its_breach(void **state)
{
    month m;
    (void)state;
    begin(&m, "2026-02");
    add_january(m.ledger);
    close_month(&m, NULL, 0);
    expect_level(m.statement, 0, "", 0, 1, BPO_LEVEL_MISSED);
    expect_level(m.statement, 1, "low", 0, 1, BPO_LEVEL_MISSED);
    end(&m);
    begin(&m, "2026-03");
    add_january(m.ledger);
    add(m.ledger, acme_replied(MARCH(3, 9, 0), "T3", "3b"));
    close_month(&m, NULL, 0);
    expect_level(m.statement, 0, "", 0, 0, BPO_LEVEL_NOT_MEASURED);
    end(&m);
}

static void a_price_changes_in_the_middle_of_a_month(void **state)
{
    month m;
    bpo_contract *amended = NULL;
    bpo_host host = test_host();
    bpo_context *context = NULL;
    (void)state;
    begin(&m, "2026-01");
    assert_int_equal(bpo_context_new(&host, &context, NULL), BPO_OK);
    assert_int_equal(acme_amend(context, m.contract, &amended), BPO_OK);
    bpo_ledger_unref(m.ledger);
    assert_int_equal(bpo_ledger_new(amended, "2026-01", &m.ledger, NULL), BPO_OK);
    add_january(m.ledger);
    close_month(&m, NULL, 0);
    expect_line(m.statement, 0, "fee 16/31 period 51.61"); /* 1 to 16 January: 1600 / 31 */
    expect_line(m.statement, 1, "fee 15/31 period 96.77"); /* 3000 / 31 */
    expect_line(m.statement, 4, "work 1.5 hour 90.00");
    expect_line(m.statement, 5, "work 0.5 hour 45.00");
    end(&m);
    bpo_contract_unref(amended);
    bpo_context_unref(context);
}

static void a_preview_sees_nothing_behind_its_instant(void **state)
{
    month m;
    const bpo__closing closing = {NULL, 0, JANUARY(6, 0, 0), true, 0, NULL};
    bpo_statement_header header = BPO_STATEMENT_HEADER_INIT;
    (void)state;
    begin(&m, "2026-01");
    bpo_ledger_unref(m.ledger);
    assert_int_equal(bpo__ledger_new_until(m.contract, "2026-01", JANUARY(6, 0, 0), &m.ledger, NULL), BPO_OK);
    add_january(m.ledger);
    assert_int_equal(bpo__ledger_close(m.ledger, &closing, &m.statement, NULL), BPO_OK);
    expect_line(m.statement, 1, "seats 5/31 seat 50.00");
    expect_line(m.statement, 2, "tickets 1 task 10.00");
    assert_int_equal(bpo_statement_get_header(m.statement, &header), BPO_OK);
    assert_int_equal(header.provisional, 1);
    end(&m);
}

static void misses_in_a_row_are_counted_from_the_opening_position(void **state)
{
    month january, february, march;
    bpo_service_level level = BPO_SERVICE_LEVEL_INIT;
    size_t size = 0;
    (void)state;
    begin(&january, "2026-01");
    add_january(january.ledger);
    close_month(&january, NULL, 0);
    begin(&february, "2026-02");
    add(february.ledger, acme_opened(FEBRUARY(2, 9, 0), "T9", "9a", "low")); /* 8 h are over on 3 February */
    const void *opening = bpo_statement_closing_position(january.statement, &size);
    close_month(&february, opening, size);
    assert_int_equal(bpo_statement_service_level(february.statement, 2, &level), BPO_OK);
    assert_string_equal(level.id, "resolved");
    assert_int_equal(level.failures_in_row, 2);
    begin(&march, "2026-03"); /* nothing to measure: the row goes on */
    opening = bpo_statement_closing_position(february.statement, &size);
    close_month(&march, opening, size);
    assert_int_equal(bpo_statement_service_level(march.statement, 1, &level), BPO_OK);
    assert_int_equal(level.result, BPO_LEVEL_NOT_MEASURED);
    assert_int_equal(level.failures_in_row, 2);
    end(&march);
    end(&february);
    end(&january);
}

static void a_foreign_opening_position_is_refused(void **state)
{
    month january, march;
    bpo_statement *statement = NULL;
    bpo_error err = BPO_ERROR_INIT;
    size_t size = 0;
    (void)state;
    begin(&january, "2026-01");
    close_month(&january, NULL, 0);
    begin(&march, "2026-03");
    const void *opening = bpo_statement_closing_position(january.statement, &size);
    assert_int_equal(bpo_ledger_close(march.ledger, opening, size, 0, &statement, &err), BPO_E_MISMATCH);
    assert_non_null(strstr(err.message, "2026-02-01T00:00:00Z"));
    assert_int_equal(bpo_ledger_close(march.ledger, "BPO", 3, 0, &statement, &err), BPO_E_CORRUPT);
    assert_null(statement);
    end(&march);
    end(&january);
}

static void an_instant_without_a_date_is_refused(void **state)
{
    month m;
    bpo_statement *statement = NULL;
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    begin(&m, "2026-01");
    assert_int_equal(bpo_ledger_close(m.ledger, NULL, 0, INT64_MIN, &statement, &err), BPO_E_RANGE);
    assert_int_equal(bpo_ledger_close(m.ledger, NULL, 0, BPO_TIME_NEVER, &statement, &err), BPO_E_RANGE);
    assert_null(statement);
    end(&m);
}

static void missing_arguments_are_refused(void **state)
{
    month m;
    bpo_ledger *ledger = NULL;
    bpo_statement *statement = NULL;
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    begin(&m, "2026-01");
    assert_int_equal(bpo_ledger_new(NULL, "2026-01", &ledger, &err), BPO_E_INVALID);
    assert_int_equal(bpo_ledger_new(m.contract, NULL, &ledger, &err), BPO_E_INVALID);
    assert_int_equal(bpo_ledger_new(m.contract, "January", &ledger, &err), BPO_E_VALUE);
    assert_null(ledger);
    assert_int_equal(bpo_ledger_close(NULL, NULL, 0, 0, &statement, &err), BPO_E_INVALID);
    assert_int_equal(bpo_ledger_close(m.ledger, NULL, 0, 0, NULL, &err), BPO_E_INVALID);
    assert_int_equal(bpo_ledger_add_ticket(m.ledger, NULL, &err), BPO_E_INVALID);
    assert_int_equal(bpo_ledger_merge(m.ledger, NULL, &err), BPO_E_INVALID);
    assert_int_equal(bpo_ledger_merge(m.ledger, m.ledger, &err), BPO_E_INVALID);
    assert_null(bpo_ledger_ref(NULL));
    assert_null(bpo_ledger_unref(NULL));
    bpo_ledger *again = bpo_ledger_ref(m.ledger);
    assert_ptr_equal(again, m.ledger);
    assert_null(bpo_ledger_unref(again));
    end(&m);
}

static void the_size_of_a_ledger_is_told(void **state)
{
    month m;
    bpo_ledger_size size = BPO_LEDGER_SIZE_INIT;
    (void)state;
    begin(&m, "2026-01");
    add_january(m.ledger);
    assert_int_equal(bpo_ledger_memory(m.ledger, &size, NULL), BPO_OK);
    assert_int_equal(size.key_count, 7); /* subjects; resolved tickets only add up */
    assert_true(size.cell_count > 5);
    assert_true(size.byte_count > 1000);
    assert_int_equal(size.row_count, 0);
    assert_int_equal(bpo_ledger_memory(NULL, &size, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_ledger_memory(m.ledger, NULL, NULL), BPO_E_INVALID);
    size.struct_size = 4;
    assert_int_equal(bpo_ledger_memory(m.ledger, &size, NULL), BPO_E_ABI);
    end(&m);
}

static bpo_status january_is_closed(fault_host *fault, void *user)
{
    const acme_fact facts[] = {acme_opened(JANUARY(5, 9, 0), "T1", "1a", "high"),
                               acme_solved(JANUARY(5, 12, 0), "T1", "1c"),
                               acme_worked(JANUARY(7, 12, 0), "ann", "w1", 90 * BPO_MINUTE),
                               acme_seat(JANUARY(1, 0, 0), "desk-1", "s1", "productive")};
    bpo_contract *contract = NULL;
    bpo_ledger *ledger = NULL;
    bpo_ticket *ticket = NULL;
    bpo_statement *statement = NULL;
    bpo_ledger_size size = BPO_LEDGER_SIZE_INIT;
    acme_fact kept = acme_opened(JANUARY(8, 9, 0), "T2", "2a", "high");
    (void)user;
    bpo_status status = acme_open(&fault->host, &contract);
    if (status >= 0)
        status = bpo_ledger_new(contract, "2026-01", &ledger, NULL);
    for (size_t i = 0; i < 4 && status >= 0; i++)
        status = acme_add(ledger, facts[i], NULL, NULL);
    if (status >= 0)
        status = bpo_ticket_new(contract, &ticket, NULL);
    if (status >= 0)
        status = bpo_ticket_apply(ticket, acme_point(&kept), NULL, NULL);
    if (status >= 0)
        status = bpo_ledger_add_ticket(ledger, ticket, NULL);
    if (status >= 0)
        status = bpo_ledger_memory(ledger, &size, NULL);
    assert_int_equal(size.byte_count != 0, status >= 0);
    if (status >= 0)
        status = bpo_ledger_close(ledger, NULL, 0, FEBRUARY(1, 0, 0), &statement, NULL);
    if (status < 0)
        assert_null(statement);
    bpo_ticket_unref(ticket);
    bpo_statement_unref(statement);
    bpo_ledger_unref(ledger);
    bpo_contract_unref(contract);
    return status;
}

static void every_failure_is_reported_and_leaves_nothing(void **state)
{
    (void)state;
    assert_true(fault_torture(january_is_closed, NULL) > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_month_comes_to_what_it_does_by_hand),
        cmocka_unit_test(kpis_are_counted_by_dimension),
        cmocka_unit_test(an_open_clock_is_counted_in_the_month_of_its_breach),
        cmocka_unit_test(a_price_changes_in_the_middle_of_a_month),
        cmocka_unit_test(a_preview_sees_nothing_behind_its_instant),
        cmocka_unit_test(misses_in_a_row_are_counted_from_the_opening_position),
        cmocka_unit_test(a_foreign_opening_position_is_refused),
        cmocka_unit_test(an_instant_without_a_date_is_refused),
        cmocka_unit_test(missing_arguments_are_refused),
        cmocka_unit_test(the_size_of_a_ledger_is_told),
        cmocka_unit_test(every_failure_is_reported_and_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
