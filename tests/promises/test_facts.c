/* SPDX-License-Identifier: Apache-2.0 */
/* One corrected, one retracted, one duplicate and one late fact end as the specification says: worked by hand.
 *
 * Contract: 8 hours around the clock to resolve, 10.00 a resolved ticket, months in UTC.
 * January, before the close:
 *   T1 opened 5th 10:00, solved 12:00: met.       T1's opening is delivered twice: counts once.
 *   T2 opened 10th 10:00, solved 20:00: breached at 18:00.
 *   T3 opened 20th 10:00, solved 11:00, both retracted: never happened.
 * January closes: 2 tickets, 20.00; met 1, breached 1.
 * February, after the close:
 *   T2's solution is corrected to 17:00: it was met.         (late: January's levels change by met +1, breached -1)
 *   T4 opened 28 January 10:00, solved 11:00, learned now.   (late: one ticket more for January, met +1)
 *   T5 opened 3 February 10:00, solved 12:00.
 * February closes: T5 10.00 and an adjustment for January, 3 x 10.00 - 20.00 = 10.00. */
#include "support/host.h"
#include "support/test.h"

#include <bpo/bpo.h>
#include <string.h>

static const char *const agreed[][2] = {
    {"/contract/id", "promises"},
    {"/contract/currency", "EUR"},
    {"/contract/time_zone", "UTC"},
    {"/contract/start", "2026-01-01"},
    {"/calendars/always/hours/mon-sun", "00:00-24:00"},
    {"/sla/policies/standard/calendar", "always"},
    {"/sla/policies/standard/targets/resolution", "PT8H"},
    {"/pricing/charges/tickets/model", "per_task"},
    {"/pricing/charges/tickets/meter", "tickets_resolved"},
    {"/pricing/charges/tickets/rate", "10.00"},
    {"/service_levels/resolved/kpi", "sla_attainment"},
    {"/service_levels/resolved/metric", "resolution"},
    {"/service_levels/resolved/expected", "90%"},
};

static bpo_context *new_context(void)
{
    bpo_host host = test_host();
    bpo_context *context = NULL;
    assert_int_equal(bpo_context_new(&host, &context, NULL), BPO_OK);
    return context;
}

static bpo_time at(const char *text)
{
    bpo_time t = 0;
    assert_int_equal(bpo_time_parse(text, &t, NULL), BPO_OK);
    return t;
}

static bpo_fact fact(bpo_fact_kind kind, const char *ticket, const char *key, const char *when, uint32_t revision,
                     uint32_t flags)
{
    bpo_fact f = BPO_FACT_INIT;
    f.kind = kind;
    bpo_fact_set_subject(&f, ticket);
    bpo_fact_set_key(&f, key);
    f.at = at(when);
    f.revision = revision;
    f.flags = flags;
    return f;
}

static bpo_desk *new_desk(bpo_context *context)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_terms *terms = NULL;
    bpo_contract *contract = NULL;
    bpo_store store = BPO_STORE_INIT;
    bpo_desk *desk = NULL;
    assert_int_equal(bpo_terms_new(context, &terms, &err), BPO_OK);
    for (size_t i = 0; i < sizeof agreed / sizeof *agreed; i++)
        assert_int_equal(bpo_terms_set(terms, agreed[i][0], agreed[i][1], &err), BPO_OK);
    if (bpo_contract_new(context, terms, &contract, &err) < 0)
        fail_msg("%s: %s", err.path, err.message);
    assert_int_equal(bpo_memory_store_new(context, &store, &err), BPO_OK);
    if (bpo_desk_create(contract, &store, "promises", &desk, &err) < 0)
        fail_msg("%s: %s", err.path, err.message);
    bpo_terms_unref(terms);
    bpo_contract_unref(contract);
    return desk;
}

static void record(bpo_desk *desk, const char *now, const bpo_fact *facts, size_t count, bpo_report *report)
{
    bpo_error err = BPO_ERROR_INIT;
    if (bpo_desk_record(desk, at(now), facts, count, report, &err) < 0)
        fail_msg("%s: %s", err.path, err.message);
}

static bpo_statement *close_month(bpo_desk *desk, const char *month, const char *now)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_statement *statement = NULL;
    if (bpo_desk_close(desk, month, at(now), &statement, &err) < 0)
        fail_msg("%s: %s", err.path, err.message);
    return statement;
}

static size_t rows_of(const bpo_report *report, bpo_report_code code)
{
    size_t n = 0;
    for (size_t i = 0; i < bpo_report_count(report); i++) {
        bpo_report_row row = BPO_REPORT_ROW_INIT;
        assert_int_equal(bpo_report_at(report, i, &row), BPO_OK);
        n += row.code == code;
    }
    return n;
}

static void assert_level(const bpo_statement *statement, int64_t met, int64_t breached)
{
    bpo_service_level level = BPO_SERVICE_LEVEL_INIT;
    assert_int_equal(bpo_statement_service_level(statement, 0, &level), BPO_OK);
    assert_string_equal(level.id, "resolved");
    assert_int_equal(level.met, met);
    assert_int_equal(level.breached, breached);
}

static void assert_line(const bpo_statement *statement, size_t index, int32_t adjustment, const char *start,
                        const char *amount)
{
    bpo_invoice_line line = BPO_INVOICE_LINE_INIT;
    char text[BPO_DECIMAL_TEXT_SIZE];
    assert_int_equal(bpo_statement_invoice_line(statement, index, &line), BPO_OK);
    bpo_decimal_format(&line.amount, text, sizeof text);
    assert_string_equal(text, amount);
    assert_int_equal(line.adjustment, adjustment);
    assert_int_equal(line.service_start, at(start));
}

static void assert_total(const bpo_statement *statement, const char *total)
{
    bpo_decimal value;
    char text[BPO_DECIMAL_TEXT_SIZE];
    assert_int_equal(bpo_statement_invoice_total(statement, &value), BPO_OK);
    bpo_decimal_format(&value, text, sizeof text);
    assert_string_equal(text, total);
}

static void january(bpo_desk *desk, bpo_report *report)
{
    const bpo_fact facts[] = {
        fact(BPO_TICKET_OPENED, "T1", "T1/opened", "2026-01-05T10:00:00Z", 0, 0),
        fact(BPO_TICKET_SOLVED, "T1", "T1/solved", "2026-01-05T12:00:00Z", 0, 0),
        fact(BPO_TICKET_OPENED, "T1", "T1/opened", "2026-01-05T10:00:00Z", 0, 0),
        fact(BPO_TICKET_OPENED, "T2", "T2/opened", "2026-01-10T10:00:00Z", 0, 0),
        fact(BPO_TICKET_SOLVED, "T2", "T2/solved", "2026-01-10T20:00:00Z", 0, 0),
        fact(BPO_TICKET_OPENED, "T3", "T3/opened", "2026-01-20T10:00:00Z", 0, 0),
        fact(BPO_TICKET_SOLVED, "T3", "T3/solved", "2026-01-20T11:00:00Z", 0, 0),
        fact(BPO_TICKET_OPENED, "T3", "T3/opened", "2026-01-20T10:00:00Z", 1, BPO_FACT_RETRACTED),
        fact(BPO_TICKET_SOLVED, "T3", "T3/solved", "2026-01-20T11:00:00Z", 1, BPO_FACT_RETRACTED),
    };
    record(desk, "2026-01-31T00:00:00Z", facts, sizeof facts / sizeof *facts, report);
}

static void february(bpo_desk *desk, bpo_report *report)
{
    const bpo_fact facts[] = {
        fact(BPO_TICKET_SOLVED, "T2", "T2/solved", "2026-01-10T17:00:00Z", 1, 0),
        fact(BPO_TICKET_OPENED, "T4", "T4/opened", "2026-01-28T10:00:00Z", 0, 0),
        fact(BPO_TICKET_SOLVED, "T4", "T4/solved", "2026-01-28T11:00:00Z", 0, 0),
        fact(BPO_TICKET_OPENED, "T5", "T5/opened", "2026-02-03T10:00:00Z", 0, 0),
        fact(BPO_TICKET_SOLVED, "T5", "T5/solved", "2026-02-03T12:00:00Z", 0, 0),
    };
    record(desk, "2026-02-10T00:00:00Z", facts, sizeof facts / sizeof *facts, report);
}

static void corrected_retracted_duplicate_and_late_facts_end_as_specified(void **state)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_report *report = NULL;
    bpo_context *context = new_context();
    bpo_desk *desk = new_desk(context);
    (void)state;
    assert_int_equal(bpo_report_new(context, &report, &err), BPO_OK);

    january(desk, report);
    assert_int_equal(rows_of(report, BPO_REPORT_DUPLICATE), 1);
    bpo_statement *first = close_month(desk, "2026-01", "2026-02-01T06:00:00Z");
    assert_level(first, 1, 1);
    assert_int_equal(bpo_statement_invoice_line_count(first), 1);
    assert_line(first, 0, 0, "2026-01-01T00:00:00Z", "20.00");

    february(desk, report);
    assert_int_equal(rows_of(report, BPO_REPORT_LATE), 3);
    bpo_statement *second = close_month(desk, "2026-02", "2026-03-01T06:00:00Z");
    assert_level(second, 1, 0);
    assert_int_equal(bpo_statement_invoice_line_count(second), 2);
    assert_line(second, 0, 1, "2026-01-01T00:00:00Z", "10.00");
    assert_line(second, 1, 0, "2026-02-01T00:00:00Z", "10.00");
    assert_total(second, "20.00");

    bpo_statement_unref(first);
    bpo_statement_unref(second);
    bpo_report_unref(report);
    bpo_desk_unref(desk);
    bpo_context_unref(context);
}

static void the_same_facts_again_change_nothing(void **state)
{
    bpo_report *report = NULL;
    bpo_context *context = new_context();
    bpo_desk *desk = new_desk(context);
    (void)state;
    assert_int_equal(bpo_report_new(context, &report, NULL), BPO_OK);
    january(desk, report);
    bpo_statement_unref(close_month(desk, "2026-01", "2026-02-01T06:00:00Z"));
    january(desk, report);
    assert_int_equal(rows_of(report, BPO_REPORT_LATE), 0);
    bpo_statement *second = close_month(desk, "2026-02", "2026-03-01T06:00:00Z");
    assert_level(second, 0, 0);
    assert_int_equal(bpo_statement_invoice_line_count(second), 0);
    assert_total(second, "0.00");
    bpo_statement_unref(second);
    bpo_report_unref(report);
    bpo_desk_unref(desk);
    bpo_context_unref(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(corrected_retracted_duplicate_and_late_facts_end_as_specified),
        cmocka_unit_test(the_same_facts_again_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
