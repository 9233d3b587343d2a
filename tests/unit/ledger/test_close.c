/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "acme.h"
#include "ledger/ledger.h"

typedef struct month {
    bpo_context *context;
    bpo_contract *contract;
    bpo_ledger *ledger;
    bpo_statement *statement;
} month;

static void begin(month *m, bool amended)
{
    bpo_host host = test_host();
    *m = (month){NULL, NULL, NULL, NULL};
    assert_int_equal(bpo_context_new(&host, &m->context, NULL), BPO_OK);
    assert_int_equal(acme_open(&host, &m->contract), BPO_OK);
    if (amended) {
        bpo_contract *next = NULL;
        assert_int_equal(acme_amend(m->context, m->contract, &next), BPO_OK);
        bpo_contract_unref(m->contract);
        m->contract = next;
    }
    assert_int_equal(bpo_ledger_new(m->contract, "2026-01", &m->ledger, NULL), BPO_OK);
}

static void end(month *m)
{
    bpo_statement_unref(m->statement);
    bpo_ledger_unref(m->ledger);
    bpo_contract_unref(m->contract);
    bpo_context_unref(m->context);
}

static void add(month *m, acme_fact fact)
{
    bpo_error err = BPO_ERROR_INIT;
    if (acme_add(m->ledger, fact, NULL, &err) != BPO_OK)
        fail_msg("%s", err.message);
}

static void close_month(month *m)
{
    bpo_error err = BPO_ERROR_INIT;
    if (bpo_ledger_close(m->ledger, NULL, 0, FEBRUARY(1, 0, 0), &m->statement, &err) != BPO_OK)
        fail_msg("%s", err.message);
}

/* `answered` tickets answered at once and `missed` never, of which the contract wants 60 %. */
static bpo_service_level level_of(month *m, int answered, int missed)
{
    bpo_service_level level = BPO_SERVICE_LEVEL_INIT;
    for (int i = 0; i < answered + missed; i++) {
        char name[] = {'T', (char)('a' + i), 0}, key[] = {'o', (char)('a' + i), 0}, reply[] = {'r', (char)('a' + i), 0};
        add(m, acme_opened(JANUARY(5, 9, 0), name, key, "high"));
        if (i < answered)
            add(m, acme_replied(JANUARY(5, 9, 1), name, reply));
    }
    close_month(m);
    assert_int_equal(bpo_statement_service_level(m->statement, 0, &level), BPO_OK);
    assert_string_equal(level.id, "answered");
    assert_int_equal(level.met, answered);
    assert_int_equal(level.breached, missed);
    return level;
}

static void just_what_was_promised_is_met(void **state)
{
    month m;
    (void)state;
    begin(&m, false);
    bpo_service_level level = level_of(&m, 3, 2);
    assert_int_equal(level.result, BPO_LEVEL_MET);
    assert_string_equal(level.value, "60.0000");
    assert_string_equal(level.expected, "60%");
    assert_int_equal(level.failures_in_row, 0);
    end(&m);
}

static void a_percentage_is_cut_and_never_decides(void **state)
{
    month m;
    (void)state;
    begin(&m, false);
    bpo_service_level level = level_of(&m, 4, 3);
    assert_int_equal(level.result, BPO_LEVEL_MISSED);
    assert_string_equal(level.value, "57.1428"); /* 57.142857 */
    assert_int_equal(level.failures_in_row, 1);
    end(&m);
}

static void nothing_to_measure_is_neither_met_nor_missed(void **state)
{
    month m;
    (void)state;
    begin(&m, false);
    bpo_service_level level = level_of(&m, 0, 0);
    assert_int_equal(level.result, BPO_LEVEL_NOT_MEASURED);
    assert_string_equal(level.value, "");
    end(&m);
}

static void every_definition_has_a_row_for_the_whole(void **state)
{
    month m;
    bpo_kpi kpi = BPO_KPI_INIT;
    (void)state;
    begin(&m, false);
    close_month(&m);
    assert_int_equal(bpo_statement_kpi_count(m.statement), 3);
    assert_int_equal(bpo_statement_kpi(m.statement, 2, &kpi), BPO_OK);
    assert_string_equal(kpi.id, "worked");
    assert_int_equal(kpi.n, 0);
    assert_string_equal(kpi.sum, "0");
    assert_int_equal(bpo_statement_service_level_count(m.statement), 2);
    assert_int_equal(bpo_statement_invoice_line_count(m.statement), 1); /* the fee */
    end(&m);
}

/* Solved on both sides of a new price: one ticket, at the price of its first solution. */
static void what_counts_once_in_a_period_counts_under_one_version(void **state)
{
    month m;
    bpo_invoice_line line = BPO_INVOICE_LINE_INIT;
    (void)state;
    begin(&m, true);
    add(&m, acme_opened(JANUARY(5, 9, 0), "T1", "a", "high"));
    add(&m, acme_solved(JANUARY(6, 9, 0), "T1", "b"));
    add(&m, acme_solved(JANUARY(20, 9, 0), "T1", "c"));
    add(&m, acme_opened(JANUARY(20, 9, 0), "T2", "d", "high"));
    add(&m, acme_solved(JANUARY(20, 9, 0), "T2", "e"));
    close_month(&m);
    assert_int_equal(bpo_statement_invoice_line_count(m.statement), 4); /* two of the fee */
    assert_int_equal(bpo_statement_invoice_line(m.statement, 2, &line), BPO_OK);
    assert_int_equal(line.contract_version, 0);
    assert_string_equal(line.quantity, "1");
    assert_int_equal(bpo_statement_invoice_line(m.statement, 3, &line), BPO_OK);
    assert_int_equal(line.contract_version, 1);
    assert_string_equal(line.quantity, "1");
    end(&m);
}

static void a_contract_that_starts_later_owes_no_fee_before(void **state)
{
    month m;
    bpo_invoice_line line = BPO_INVOICE_LINE_INIT;
    bpo_terms *terms = NULL;
    bpo_contract *later = NULL;
    (void)state;
    begin(&m, false);
    assert_int_equal(bpo_contract_terms(m.contract, 0, &terms, NULL), BPO_OK);
    assert_int_equal(bpo_terms_set(terms, "/contract/start", "2026-01-22", NULL), BPO_OK);
    assert_int_equal(bpo_contract_new(m.context, terms, &later, NULL), BPO_OK);
    bpo_ledger_unref(m.ledger);
    m.ledger = NULL;
    assert_int_equal(bpo_ledger_new(later, "2026-01", &m.ledger, NULL), BPO_OK);
    close_month(&m);
    assert_int_equal(bpo_statement_invoice_line(m.statement, 0, &line), BPO_OK);
    assert_string_equal(line.quantity, "10/31");
    assert_string_equal(line.unit, "period");
    bpo_contract_unref(later);
    bpo_terms_unref(terms);
    end(&m);
}

static acme_fact surveyed(const char *key, int64_t score)
{
    acme_fact f;
    acme_set(&f, BPO_SURVEY_ANSWERED, JANUARY(8, 9, 0), "customer-1", key);
    acme_text(&f, BPO_VALUE_SURVEY, "csat");
    acme_value(&f, BPO_VALUE_SCORE, BPO_TYPE_INTEGER)->integer = score;
    return f;
}

static void expect_ratio(const month *m, size_t index, const char *id, const char *numerator, int64_t denominator)
{
    bpo_kpi kpi = BPO_KPI_INIT;
    assert_int_equal(bpo_statement_kpi(m->statement, index, &kpi), BPO_OK);
    assert_string_equal(kpi.id, id);
    assert_int_equal(kpi.form, BPO_KPI_RATIO);
    assert_string_equal(kpi.sum, numerator);
    assert_int_equal(kpi.n, denominator);
}

static void a_ratio_keeps_both_its_numbers(void **state)
{
    month m;
    bpo_terms *terms = NULL;
    bpo_contract *more = NULL;
    (void)state;
    begin(&m, false);
    assert_int_equal(bpo_contract_terms(m.contract, 0, &terms, NULL), BPO_OK);
    assert_int_equal(bpo_terms_set(terms, "/kpis/csat/preset", "csat", NULL), BPO_OK);
    assert_int_equal(bpo_terms_set(terms, "/kpis/in_time/preset", "sla_attainment", NULL), BPO_OK);
    assert_int_equal(bpo_terms_set(terms, "/kpis/in_time/metric", "first_response", NULL), BPO_OK);
    assert_int_equal(bpo_contract_new(m.context, terms, &more, NULL), BPO_OK);
    bpo_ledger_unref(m.ledger);
    m.ledger = NULL;
    assert_int_equal(bpo_ledger_new(more, "2026-01", &m.ledger, NULL), BPO_OK);
    add(&m, surveyed("v1", 5));
    add(&m, surveyed("v2", 4));
    add(&m, surveyed("v3", 2));
    (void)level_of(&m, 1, 1);
    expect_ratio(&m, 0, "csat", "2", 3);
    expect_ratio(&m, 1, "in_time", "1", 2);
    bpo_contract_unref(more);
    bpo_terms_unref(terms);
    end(&m);
}

/* 10^17 microseconds of work at the highest price that terms take do not fit an amount. */
static void an_amount_that_cannot_be_represented_is_refused(void **state)
{
    month m;
    bpo_terms *terms = NULL;
    bpo_contract *dear = NULL;
    bpo_statement *statement = NULL;
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    begin(&m, false);
    assert_int_equal(bpo_contract_terms(m.contract, 0, &terms, NULL), BPO_OK);
    assert_int_equal(bpo_terms_set(terms, "/pricing/charges/work/rate", "999999999999999999999999999999999999", NULL),
                     BPO_OK);
    assert_int_equal(bpo_contract_new(m.context, terms, &dear, NULL), BPO_OK);
    bpo_ledger_unref(m.ledger);
    m.ledger = NULL;
    assert_int_equal(bpo_ledger_new(dear, "2026-01", &m.ledger, NULL), BPO_OK);
    add(&m, acme_worked(JANUARY(5, 9, 0), "ann", "a", INT64_C(100000000000000000)));
    assert_int_equal(bpo_ledger_close(m.ledger, NULL, 0, 0, &statement, &err), BPO_E_RANGE);
    assert_string_equal(err.path, "/pricing/charges/work");
    assert_null(statement);
    bpo_contract_unref(dear);
    bpo_terms_unref(terms);
    end(&m);
}

static void a_count_below_zero_is_refused(void **state)
{
    month m;
    bpo__books *books = NULL;
    bpo_statement *statement = NULL;
    bpo_error err = BPO_ERROR_INIT;
    bpo_value duration = {BPO_VALUE_DURATION, BPO_TYPE_INTEGER, 5, {0, 0, 0, 0}, NULL, 0};
    bpo__attributes attributes = {&duration, 1, NULL};
    acme_fact fact = acme_worked(JANUARY(5, 9, 0), "ann", "a", 5);
    (void)state;
    begin(&m, false);
    bpo__occurrence withdrawn = {.kind = BPO__OCCURRENCE_FACT, .sign = -1, .at = JANUARY(5, 9, 0),
                                 .fact = acme_point(&fact), .attributes = &attributes};
    assert_int_equal(bpo__ledger_books(m.ledger, &books, NULL), BPO_OK);
    m.ledger->folder.books = books;
    assert_int_equal(bpo__fold_emit(&m.ledger->folder, &withdrawn, NULL), BPO_OK);
    assert_int_equal(bpo_ledger_close(m.ledger, NULL, 0, 0, &statement, &err), BPO_E_STATE);
    assert_non_null(strstr(err.message, "worked"));
    assert_null(statement);
    end(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(just_what_was_promised_is_met),
        cmocka_unit_test(a_percentage_is_cut_and_never_decides),
        cmocka_unit_test(nothing_to_measure_is_neither_met_nor_missed),
        cmocka_unit_test(every_definition_has_a_row_for_the_whole),
        cmocka_unit_test(what_counts_once_in_a_period_counts_under_one_version),
        cmocka_unit_test(a_contract_that_starts_later_owes_no_fee_before),
        cmocka_unit_test(a_ratio_keeps_both_its_numbers),
        cmocka_unit_test(an_amount_that_cannot_be_represented_is_refused),
        cmocka_unit_test(a_count_below_zero_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
