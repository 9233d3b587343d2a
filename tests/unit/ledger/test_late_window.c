/* SPDX-License-Identifier: Apache-2.0 */
/* /contract/late_window: how long a sealed period is still corrected, and what was posted for it kept. The window is 31
 * days: when March is closed, February ended 31 days ago and January 59. */
#include "support/test.h"

#include "acme.h"
#include "ledger/position.h"

#define APRIL(day, hour, minute) MARCH((day) + 31, hour, minute)

enum { MONTHS = 3 };

typedef struct world {
    bpo_context *context;
    bpo_contract *contract;
    bpo_statement *closed[MONTHS];
} world;

/* An hour of work in each month. */
static void add_work(bpo_ledger *ledger)
{
    assert_int_equal(acme_add(ledger, acme_worked(JANUARY(7, 12, 0), "ann", "w1", BPO_HOUR), NULL, NULL), BPO_OK);
    assert_int_equal(acme_add(ledger, acme_worked(FEBRUARY(7, 12, 0), "ann", "w2", BPO_HOUR), NULL, NULL), BPO_OK);
    assert_int_equal(acme_add(ledger, acme_worked(MARCH(7, 12, 0), "ann", "w3", BPO_HOUR), NULL, NULL), BPO_OK);
}

static bpo_ledger *new_ledger(const world *w, const char *period)
{
    bpo_ledger *ledger = NULL;
    assert_int_equal(bpo_ledger_new(w->contract, period, &ledger, NULL), BPO_OK);
    add_work(ledger);
    return ledger;
}

static bpo_statement *close_ledger(bpo_ledger *ledger, const bpo_statement *before)
{
    bpo_statement *statement = NULL;
    bpo_error err = BPO_ERROR_INIT;
    size_t size = 0;
    const void *opening = bpo_statement_closing_position(before, &size);
    if (bpo_ledger_close(ledger, opening, size, APRIL(1, 0, 0), &statement, &err) != BPO_OK)
        fail_msg("%s: %s", err.path, err.message);
    bpo_ledger_unref(ledger);
    return statement;
}

static void begin(world *w, const char *window)
{
    static const char *const names[MONTHS] = {"2026-01", "2026-02", "2026-03"};
    bpo_host host = test_host();
    *w = (world){NULL, NULL, {NULL}};
    assert_int_equal(bpo_context_new(&host, &w->context, NULL), BPO_OK);
    assert_int_equal(acme_open_with(&host, window ? "/contract/late_window" : NULL, window, &w->contract), BPO_OK);
    for (size_t i = 0; i < MONTHS; i++)
        w->closed[i] = close_ledger(new_ledger(w, names[i]), i > 0 ? w->closed[i - 1] : NULL);
}

static void end(world *w)
{
    for (size_t i = 0; i < MONTHS; i++)
        bpo_statement_unref(w->closed[i]);
    bpo_contract_unref(w->contract);
    bpo_context_unref(w->context);
}

/* The earliest period of which the position after a month keeps quantities and amounts. */
static void expect_kept_from(const world *w, size_t month, bpo_time expected)
{
    static const bpo_time ends[MONTHS] = {FEBRUARY(1, 0, 0), MARCH(1, 0, 0), APRIL(1, 0, 0)};
    bpo__position position;
    bpo__usage_item *list = NULL;
    size_t size = 0, count = 0;
    bpo_time earliest_quantity = BPO_TIME_NEVER, earliest_amount = BPO_TIME_NEVER;
    const void *bytes = bpo_statement_closing_position(w->closed[month], &size);
    assert_int_equal(bpo__position_init(&position, w->context), BPO_OK);
    assert_int_equal(bpo__position_read(&position, w->contract, ends[month], bytes, size, NULL), BPO_OK);
    assert_int_equal(bpo__usage_list(position.quantities, &list, &count), BPO_OK);
    for (size_t i = 0; i < count; i++)
        if (list[i].period_start < earliest_quantity)
            earliest_quantity = list[i].period_start;
    for (size_t i = 0; i < position.amount_count; i++)
        if (position.amounts[i].period_start < earliest_amount)
            earliest_amount = position.amounts[i].period_start;
    assert_int_equal(earliest_quantity, expected);
    assert_int_equal(earliest_amount, expected);
    bpo__free(w->context, list, count * sizeof *list);
    bpo__position_clear(&position);
}

static void the_position_keeps_what_can_still_be_corrected(void **state)
{
    world w;
    (void)state;
    begin(&w, "P31D");
    expect_kept_from(&w, 0, JANUARY(1, 0, 0));
    expect_kept_from(&w, 1, JANUARY(1, 0, 0));
    expect_kept_from(&w, 2, FEBRUARY(1, 0, 0));
    end(&w);
    begin(&w, "PT0S");
    expect_kept_from(&w, 2, MARCH(1, 0, 0));
    end(&w);
    begin(&w, NULL);
    expect_kept_from(&w, 2, JANUARY(1, 0, 0));
    end(&w);
}

static acme_fact late_work(bpo_time at, const char *key)
{
    acme_fact fact = acme_worked(at, "ann", key, BPO_HOUR);
    fact.fact.flags = BPO_FACT_LATE;
    return fact;
}

static void a_fact_of_the_window_is_billed_and_an_older_one_left_out(void **state)
{
    world w;
    bpo_report *report = NULL;
    bpo_report_row row = BPO_REPORT_ROW_INIT;
    bpo_error err = BPO_ERROR_INIT;
    bpo_invoice_line line = BPO_INVOICE_LINE_INIT;
    (void)state;
    begin(&w, "P31D");
    bpo_ledger *ledger = new_ledger(&w, "2026-04");
    assert_int_equal(bpo_report_new(w.context, &report, NULL), BPO_OK);
    assert_int_equal(acme_add(ledger, late_work(FEBRUARY(1, 0, 0), "w4"), report, NULL), BPO_OK);
    assert_int_equal(bpo_report_count(report), 0);
    assert_int_equal(acme_add(ledger, late_work(FEBRUARY(1, 0, 0) - 1, "w5"), report, NULL), BPO_OK);
    assert_int_equal(bpo_report_count(report), 1);
    assert_int_equal(bpo_report_at(report, 0, &row), BPO_OK);
    assert_int_equal(row.code, BPO_REPORT_TOO_LATE);
    assert_int_equal(row.status, BPO_E_SEALED);
    assert_non_null(strstr(row.message, "/contract/late_window"));
    assert_int_equal(acme_add(ledger, late_work(FEBRUARY(1, 0, 0) - 1, "w5"), NULL, &err), BPO_E_SEALED);
    assert_string_equal(err.path, "/at");
    bpo_statement *april = close_ledger(ledger, w.closed[2]);
    assert_int_equal(bpo_statement_invoice_line_count(april), 2); /* the fee, and February's work */
    assert_int_equal(bpo_statement_invoice_line(april, 1, &line), BPO_OK);
    assert_int_equal(line.service_start, FEBRUARY(1, 0, 0));
    bpo_statement_unref(april);
    bpo_report_unref(report);
    end(&w);
}

/* The work of January was done in April: January is settled, and its hour is not taken off what is not known there. */
static void nothing_is_taken_off_a_settled_period(void **state)
{
    world w;
    acme_fact moved = acme_worked(APRIL(7, 12, 0), "ann", "w1", BPO_HOUR);
    (void)state;
    begin(&w, "P31D");
    bpo_ledger *ledger = new_ledger(&w, "2026-04");
    moved.fact.revision = 1;
    assert_int_equal(acme_add(ledger, moved, NULL, NULL), BPO_OK);
    bpo_statement *april = close_ledger(ledger, w.closed[2]);
    assert_int_equal(bpo_statement_invoice_line_count(april), 2); /* the fee, and April's work */
    assert_int_equal(bpo_statement_adjustment_count(april), 0);
    bpo_statement_unref(april);
    end(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_position_keeps_what_can_still_be_corrected),
        cmocka_unit_test(a_fact_of_the_window_is_billed_and_an_older_one_left_out),
        cmocka_unit_test(nothing_is_taken_off_a_settled_period),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
