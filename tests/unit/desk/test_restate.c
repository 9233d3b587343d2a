/* SPDX-License-Identifier: Apache-2.0 */
/* Restating sealed periods, where the contract agreed to it.
 *
 * Law: once every period that a late fact touched is restated, the books stand where they would stand had the fact come
 * in time. */
#include "desk/desk.h"
#include "months.h"

#define RESTATES "/contract/late_facts", "restate"

/* A third ticket in January, opened and solved, that nobody knew of until March. */
static size_t forgotten(bpo_fact *facts)
{
    facts[0] = ticket_fact(BPO_TICKET_OPENED, "f", "t3", at("2026-01-20T09:00:00Z"));
    facts[1] = ticket_fact(BPO_TICKET_SOLVED, "g", "t3", at("2026-01-20T11:00:00Z"));
    return 2;
}

static void close_two_months(office *o)
{
    record_months(o, o->desk);
    bpo_statement_unref(close_ok(o, o->desk, "2026-01", FEBRUARY));
    bpo_statement_unref(close_ok(o, o->desk, "2026-02", MARCH));
}

static bpo_statement *restate_ok(office *o, const char *period)
{
    bpo_statement *statement = NULL;
    expect_ok(bpo_desk_restate(o->desk, period, MARCH + BPO_DAY, &statement, &o->err), &o->err);
    return statement;
}

static void expect_due(const bpo_desk *desk, bpo_time start)
{
    bpo_time due = 0;
    assert_int_equal(bpo_desk_restatement(desk, &due), BPO_OK);
    assert_int_equal(due, start);
}

static void expect_revision(const bpo_statement *statement, uint32_t revision)
{
    bpo_statement_header header = BPO_STATEMENT_HEADER_INIT;
    assert_int_equal(bpo_statement_get_header(statement, &header), BPO_OK);
    assert_int_equal(header.revision, revision);
}

static void expect_line(const bpo_statement *statement, size_t index, int32_t kind, const char *amount)
{
    bpo_invoice_line line = BPO_INVOICE_LINE_INIT;
    char text[BPO_DECIMAL_TEXT_SIZE];
    assert_int_equal(bpo_statement_invoice_line(statement, index, &line), BPO_OK);
    assert_int_equal(line.adjustment, kind);
    assert_true(bpo_decimal_format(&line.amount, text, sizeof text) > 0);
    assert_string_equal(text, amount);
}

/* The closing position that February has when everything came in time. */
static void expect_position_of_time(const bpo_statement *restated)
{
    office o;
    bpo_fact facts[2];
    size_t size = 0, expected_size = 0;
    open_office(&o, RESTATES);
    record_ok(&o, o.desk, MARCH, facts, forgotten(facts));
    record_months(&o, o.desk);
    bpo_statement_unref(close_ok(&o, o.desk, "2026-01", FEBRUARY));
    bpo_statement *in_time = close_ok(&o, o.desk, "2026-02", MARCH);
    const void *expected = bpo_statement_closing_position(in_time, &expected_size);
    const void *found = bpo_statement_closing_position(restated, &size);
    assert_int_equal(size, expected_size);
    assert_memory_equal(found, expected, size);
    bpo_statement_unref(in_time);
    close_office(&o);
}

static void late_facts_restate_their_period_and_those_behind_it(void **state)
{
    office o;
    bpo_fact facts[2];
    bpo_statement *statement = NULL;
    (void)state;
    open_office(&o, RESTATES);
    close_two_months(&o);
    record_ok(&o, o.desk, MARCH, facts, forgotten(facts));
    assert_string_equal(rows(&o), "0:6 1:6");
    expect_due(o.desk, at("2026-01-01T00:00:00Z"));
    assert_int_equal(bpo_desk_close(o.desk, "2026-03", MARCH + 31 * BPO_DAY, &statement, &o.err), BPO_E_STATE);
    assert_non_null(strstr(o.err.message, "2026-01-01T00:00:00Z"));
    assert_int_equal(bpo_desk_restate(o.desk, "2026-02", MARCH, &statement, &o.err), BPO_E_STATE);
    assert_null(statement);

    bpo_statement *first = restate_ok(&o, "2026-01");
    expect_revision(first, 1);
    expect_line(first, 0, BPO_LINE_REGULAR, "2.40");
    expect_line(first, 1, BPO_LINE_REVERSAL, "-1.20");
    assert_string_equal(bpo_statement_invoice_step(first, 1, 0), "takes back revision 0");
    expect_total(first, "1.20");
    expect_due(o.desk, FEBRUARY);
    bpo_statement *second = restate_ok(&o, "2026-02");
    expect_total(second, "0");
    expect_position_of_time(second);
    bpo_time due = 7;
    assert_int_equal(bpo_desk_restatement(o.desk, &due), BPO_DONE);
    assert_int_equal(due, 7);
    assert_int_equal(bpo_desk_sealed_count(o.desk), 4);
    bpo_statement_unref(close_ok(&o, o.desk, "2026-03", MARCH + 31 * BPO_DAY));
    bpo_statement_unref(second);
    bpo_statement_unref(first);
    close_office(&o);
}

static void every_reader_comes_to_the_same(void **state)
{
    office o;
    bpo_fact facts[2];
    bpo_statement *here = NULL, *there = NULL;
    (void)state;
    open_office(&o, RESTATES);
    close_two_months(&o);
    record_ok(&o, o.desk, MARCH, facts, forgotten(facts));
    bpo_statement_unref(restate_ok(&o, "2026-01"));
    bpo_desk *desk = open_beside(&o);
    expect_due(desk, FEBRUARY);
    assert_int_equal(bpo_desk_sealed_count(desk), 3);
    expect_ok(bpo_desk_sealed(desk, 2, &there, &o.err), &o.err);
    expect_ok(bpo_desk_sealed(o.desk, 2, &here, &o.err), &o.err);
    expect_same_statement(here, there);
    assert_memory_equal(desk->chain, o.desk->chain, sizeof desk->chain);
    bpo_statement_unref(here);
    bpo_statement_unref(there);
    bpo_desk_unref(desk);
    close_office(&o);
}

/* Restated twice: the second takes back what the first billed, not what the first took back. */
static void a_revision_takes_back_only_the_one_before_it(void **state)
{
    office o;
    bpo_fact facts[2], moved = ticket_fact(BPO_TICKET_SOLVED, "g", "t3", at("2026-02-20T11:00:00Z"));
    (void)state;
    open_office(&o, RESTATES);
    close_two_months(&o);
    record_ok(&o, o.desk, MARCH, facts, forgotten(facts));
    bpo_statement_unref(restate_ok(&o, "2026-01"));
    bpo_statement_unref(restate_ok(&o, "2026-02"));
    moved.revision = 1; /* it was solved in February after all, which changes January too */
    record_ok(&o, o.desk, MARCH, &moved, 1);
    expect_due(o.desk, at("2026-01-01T00:00:00Z"));
    bpo_statement *first = restate_ok(&o, "2026-01");
    expect_revision(first, 2);
    assert_int_equal(bpo_statement_invoice_line_count(first), 2);
    expect_line(first, 0, BPO_LINE_REGULAR, "1.20");
    expect_line(first, 1, BPO_LINE_REVERSAL, "-2.40");
    bpo_statement *second = restate_ok(&o, "2026-02");
    expect_total(second, "1.20");
    bpo_statement_unref(second);
    bpo_statement_unref(first);
    close_office(&o);
}

static void nothing_is_restated_without_need_or_agreement(void **state)
{
    office o;
    bpo_statement *statement = NULL;
    bpo_time due = 0;
    (void)state;
    open_office(&o, RESTATES);
    close_two_months(&o);
    assert_int_equal(bpo_desk_restatement(o.desk, &due), BPO_DONE);
    assert_int_equal(bpo_desk_restate(o.desk, "2026-01", MARCH, &statement, &o.err), BPO_E_STATE);
    assert_non_null(strstr(o.err.message, "nothing to restate"));
    close_office(&o);
    open_office(&o, NULL, NULL);
    close_two_months(&o);
    assert_int_equal(bpo_desk_restate(o.desk, "2026-01", MARCH, &statement, &o.err), BPO_E_STATE);
    assert_non_null(strstr(o.err.message, "/contract/late_facts"));
    assert_int_equal(bpo_desk_restate(o.desk, NULL, MARCH, &statement, &o.err), BPO_E_INVALID);
    assert_int_equal(bpo_desk_restate(NULL, "2026-01", MARCH, &statement, &o.err), BPO_E_INVALID);
    assert_int_equal(bpo_desk_restatement(NULL, &due), BPO_E_INVALID);
    assert_int_equal(bpo_desk_restatement(o.desk, NULL), BPO_E_INVALID);
    assert_null(statement);
    close_office(&o);
}

static bpo_status a_month_is_restated(fault_host *fault, void *user)
{
    bpo_context *context = NULL;
    bpo_contract *contract = NULL;
    bpo_store memory = BPO_STORE_INIT, store = BPO_STORE_INIT;
    bpo_desk *desk = NULL;
    bpo_statement *first = NULL, *again = NULL;
    bpo_fact facts[8], late[2];
    (void)user;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    if (status == BPO_OK)
        status = bpo_memory_store_new(context, &memory, NULL);
    if (status == BPO_OK)
        store = fault_store(fault, &memory);
    if (status == BPO_OK)
        status = make_contract(context, RESTATES, &contract, NULL);
    if (status == BPO_OK)
        status = bpo_desk_create(contract, &store, "acme", &desk, NULL);
    if (!desk && store.release)
        store.release(store.user);
    if (status == BPO_OK)
        status = bpo_desk_record(desk, FEBRUARY, facts, january(facts), NULL, NULL);
    if (status == BPO_OK)
        status = bpo_desk_close(desk, "2026-01", FEBRUARY, &first, NULL);
    if (status == BPO_OK)
        status = bpo_desk_record(desk, MARCH, late, forgotten(late), NULL, NULL);
    if (status == BPO_OK) {
        status = bpo_desk_restate(desk, "2026-01", MARCH, &again, NULL);
        assert_int_equal(bpo_desk_sealed_count(desk), status == BPO_OK ? 2 : 1);
        assert_int_equal(again != NULL, status == BPO_OK);
        assert_int_equal(desk->restate_from == BPO_TIME_NEVER, status == BPO_OK);
    }
    bpo_statement_unref(first);
    bpo_statement_unref(again);
    bpo_desk_unref(desk);
    bpo_contract_unref(contract);
    bpo_context_unref(context);
    return status;
}

static void failure_restates_nothing(void **state)
{
    (void)state;
    assert_true(fault_torture(a_month_is_restated, NULL) > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(late_facts_restate_their_period_and_those_behind_it),
        cmocka_unit_test(every_reader_comes_to_the_same),
        cmocka_unit_test(a_revision_takes_back_only_the_one_before_it),
        cmocka_unit_test(nothing_is_restated_without_need_or_agreement),
        cmocka_unit_test(failure_restates_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
