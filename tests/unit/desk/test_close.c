/* SPDX-License-Identifier: Apache-2.0 */
/* Closing a period. */
#include "desk/desk.h"
#include "months.h"

static void periods_close_in_sequence(void **state)
{
    office o;
    bpo_statement *statement = NULL;
    (void)state;
    open_office(&o, NULL, NULL);
    record_months(&o, o.desk);
    assert_int_equal(bpo_desk_close(o.desk, "2026-02", MARCH, &statement, &o.err), BPO_E_STATE);
    assert_non_null(strstr(o.err.message, "2026-01-01T00:00:00Z"));
    assert_int_equal(bpo_desk_close(o.desk, "2026-01", FEBRUARY - 1, &statement, &o.err), BPO_E_STATE);
    assert_non_null(strstr(o.err.message, "2026-02-01T00:00:00Z"));
    assert_int_equal(bpo_desk_close(o.desk, "tomorrow", MARCH, &statement, &o.err), BPO_E_VALUE);
    assert_null(statement);
    bpo_statement *first = close_ok(&o, o.desk, "2026-01", FEBRUARY);
    assert_int_equal(bpo_desk_close(o.desk, "2026-01", MARCH, &statement, &o.err), BPO_E_SEALED);
    assert_int_equal(bpo_desk_close(o.desk, "2026-03", MARCH + 40 * BPO_DAY, &statement, &o.err), BPO_E_STATE);
    bpo_statement *second = close_ok(&o, o.desk, "2026-02", MARCH);
    assert_int_equal(bpo_desk_sealed_count(o.desk), 2);
    expect_ok(bpo_desk_sealed(o.desk, 1, &statement, &o.err), &o.err);
    expect_same_statement(statement, second);
    bpo_statement_unref(statement);
    assert_int_equal(bpo_desk_sealed(o.desk, 2, &statement, &o.err), BPO_E_INVALID);
    bpo_statement_unref(first);
    bpo_statement_unref(second);
    close_office(&o);
}

/* The same month from a ledger that was fed the same facts. */
static void a_desk_closes_into_the_bytes_of_a_ledger(void **state)
{
    office o;
    bpo_fact facts[8];
    bpo_ledger *ledger = NULL;
    bpo_statement *whole = NULL;
    size_t size = 0;
    (void)state;
    open_office(&o, NULL, NULL);
    size_t count = january(facts);
    count += february(facts + count);
    record_ok(&o, o.desk, FEBRUARY, facts, count);
    bpo_statement *first = close_ok(&o, o.desk, "2026-01", FEBRUARY);
    bpo_statement *second = close_ok(&o, o.desk, "2026-02", MARCH);
    expect_ok(bpo_ledger_new(o.contract, "2026-02", &ledger, &o.err), &o.err);
    expect_ok(bpo_ledger_add(ledger, facts, count, NULL, &o.err), &o.err);
    const void *opening = bpo_statement_closing_position(first, &size);
    expect_ok(bpo_ledger_close(ledger, opening, size, MARCH, &whole, &o.err), &o.err);
    expect_same_statement(second, whole);
    bpo_statement_header header = BPO_STATEMENT_HEADER_INIT;
    assert_int_equal(bpo_statement_get_header(second, &header), BPO_OK);
    assert_int_equal(header.provisional, 0);
    assert_int_equal(header.as_of, MARCH);
    bpo_statement_unref(whole);
    bpo_ledger_unref(ledger);
    bpo_statement_unref(second);
    bpo_statement_unref(first);
    close_office(&o);
}

/* Nothing but the set of facts and their place before or behind a seal decides. */
static void arrival_does_not_count(void **state)
{
    office o, p;
    bpo_fact facts[8];
    (void)state;
    open_office(&o, NULL, NULL);
    open_office(&p, NULL, NULL);
    size_t count = january(facts);
    record_ok(&o, o.desk, FEBRUARY, facts, count);
    for (size_t i = count; i-- > 0;)
        record_ok(&p, p.desk, FEBRUARY, &facts[i], 1);
    record_ok(&p, p.desk, FEBRUARY, facts, count);
    bpo_statement *a = close_ok(&o, o.desk, "2026-01", FEBRUARY);
    bpo_statement *b = close_ok(&p, p.desk, "2026-01", FEBRUARY);
    expect_same_statement(a, b);
    bpo_statement_unref(a);
    bpo_statement_unref(b);
    close_office(&p);
    close_office(&o);
}

static void a_desk_that_is_opened_anew_closes_the_same(void **state)
{
    office o, p;
    (void)state;
    open_office(&o, NULL, NULL);
    open_office(&p, NULL, NULL);
    record_months(&o, o.desk);
    record_months(&p, p.desk);
    bpo_statement *first = close_ok(&o, o.desk, "2026-01", FEBRUARY);
    bpo_statement_unref(close_ok(&p, p.desk, "2026-01", FEBRUARY));
    bpo_desk *again = open_beside(&o);
    assert_int_equal(bpo_desk_sealed_count(again), 1);
    bpo_statement *sealed = NULL;
    expect_ok(bpo_desk_sealed(again, 0, &sealed, &o.err), &o.err);
    expect_same_statement(first, sealed);
    bpo_statement *a = close_ok(&o, again, "2026-02", MARCH); /* knows nothing of what was settled */
    bpo_statement *b = close_ok(&p, p.desk, "2026-02", MARCH);
    expect_same_statement(a, b);
    bpo_statement_unref(a);
    bpo_statement_unref(b);
    bpo_statement_unref(sealed);
    bpo_statement_unref(first);
    bpo_desk_unref(again);
    close_office(&p);
    close_office(&o);
}

/* --- late facts ------------------------------------------------------------------------------------------------ */

static bpo_fact late_ticket(bpo_fact_kind kind, const char *key, int hour)
{
    return ticket_fact(kind, key, "t9", at("2026-01-12T09:00:00Z") + hour * BPO_HOUR);
}

/* A ticket of January that arrives in February is priced in February, by every desk alike, and not again in March. */
static void a_late_fact_is_booked_to_the_first_open_period(void **state)
{
    office o;
    bpo_statement *preview = NULL, *far = NULL;
    (void)state;
    open_office(&o, NULL, NULL);
    record_months(&o, o.desk);
    bpo_statement_unref(close_ok(&o, o.desk, "2026-01", FEBRUARY));
    bpo_desk *other = open_beside(&o);
    bpo_fact late[] = {late_ticket(BPO_TICKET_OPENED, "x", 0), late_ticket(BPO_TICKET_SOLVED, "y", 1)};
    record_ok(&o, o.desk, MARCH, late, 2);
    assert_string_equal(rows(&o), "0:6 1:6");
    record_ok(&o, o.desk, MARCH, late, 2);
    assert_string_equal(rows(&o), "0:1 1:1");
    expect_ok(bpo_desk_preview(other, "2026-02", MARCH, &preview, &o.err), &o.err);
    expect_total(preview, "2.40");
    expect_ok(bpo_desk_preview(other, "2026-03", MARCH, &far, &o.err), &o.err); /* they are February's */
    expect_total(far, "0.00");
    bpo_statement *second = close_ok(&o, o.desk, "2026-02", MARCH);
    expect_total(second, "2.40");
    bpo_statement *third = close_ok(&o, other, "2026-03", MARCH + 31 * BPO_DAY);
    expect_total(third, "0.00");
    bpo_statement_header header = BPO_STATEMENT_HEADER_INIT;
    assert_int_equal(bpo_statement_get_header(third, &header), BPO_OK);
    assert_int_equal(header.fact_count, 0); /* they were booked to February, once */
    bpo_statement_unref(preview);
    bpo_statement_unref(far);
    bpo_statement_unref(second);
    bpo_statement_unref(third);
    bpo_desk_unref(other);
    close_office(&o);
}

/* Two periods late, and corrected once more after that. */
static void a_fact_may_be_late_by_several_periods(void **state)
{
    office o;
    (void)state;
    open_office(&o, NULL, NULL);
    record_months(&o, o.desk);
    bpo_statement_unref(close_ok(&o, o.desk, "2026-01", FEBRUARY));
    bpo_statement_unref(close_ok(&o, o.desk, "2026-02", MARCH));
    bpo_fact late[] = {late_ticket(BPO_TICKET_OPENED, "x", 0), late_ticket(BPO_TICKET_SOLVED, "y", 1)};
    record_ok(&o, o.desk, MARCH, late, 2);
    bpo_statement *third = close_ok(&o, o.desk, "2026-03", MARCH + 31 * BPO_DAY);
    expect_total(third, "1.20");
    late[1].revision = 1;
    late[1].flags = BPO_FACT_RETRACTED;
    record_ok(&o, o.desk, MARCH + 31 * BPO_DAY, &late[1], 1);
    assert_string_equal(rows(&o), "0:6");
    bpo_desk *other = open_beside(&o);
    bpo_statement *fourth = close_ok(&o, other, "2026-04", MARCH + 61 * BPO_DAY);
    expect_total(fourth, "-1.20");
    bpo_statement_unref(third);
    bpo_statement_unref(fourth);
    bpo_desk_unref(other);
    close_office(&o);
}

static void a_contract_may_refuse_late_facts(void **state)
{
    office o;
    bpo_report_row row = BPO_REPORT_ROW_INIT;
    (void)state;
    open_office(&o, "/contract/late_facts", "refuse");
    record_months(&o, o.desk);
    bpo_desk *behind = open_beside(&o);
    bpo_statement_unref(close_ok(&o, o.desk, "2026-01", FEBRUARY));
    bpo_fact late = late_ticket(BPO_TICKET_OPENED, "x", 0);
    bpo_fact known = ticket_fact(BPO_TICKET_OPENED, "a", "t1", at("2026-01-05T12:00:00Z"));
    const bpo_fact batch[] = {late, known};
    uint64_t head = o.desk->head;
    record_ok(&o, o.desk, MARCH, batch, 2);
    assert_string_equal(rows(&o), "0:7 1:1");
    assert_int_equal(bpo_report_at(o.report, 0, &row), BPO_OK);
    assert_int_equal(row.status, BPO_E_SEALED);
    assert_int_equal(o.desk->head, head);
    record_ok(&o, behind, MARCH, &late, 1); /* has not read of the seal yet */
    assert_string_equal(rows(&o), "0:7");
    bpo_statement *second = close_ok(&o, o.desk, "2026-02", MARCH);
    expect_total(second, "1.20");
    bpo_statement_unref(second);
    bpo_desk_unref(behind);
    close_office(&o);
}

/* --- seals ----------------------------------------------------------------------------------------------------- */

/* A store in which another process writes between a desk's reading and its appending. */
typedef struct intruder {
    bpo_store inner;
    bpo_desk *desk;
    bpo_fact fact;
    bool armed;
} intruder;

static bpo_status intruded_append(void *user, const char *stream, uint64_t expected_seq,
                                  const bpo_record *const *records, size_t count, uint64_t *ret_seqs)
{
    intruder *i = user;
    if (i->armed)
        assert_int_equal(bpo_desk_record(i->desk, MARCH, &i->fact, 1, NULL, NULL), BPO_OK);
    i->armed = false;
    return i->inner.append(i->inner.user, stream, expected_seq, records, count, ret_seqs);
}

static bpo_status intruded_read(void *user, const char *stream, uint64_t from, bpo_visit visit, void *visit_user)
{
    intruder *i = user;
    return i->inner.read(i->inner.user, stream, from, visit, visit_user);
}

static bpo_status intruded_read_subject(void *user, const char *stream, const char *subject, size_t size,
                                        bpo_visit visit, void *visit_user)
{
    intruder *i = user;
    return i->inner.read_subject(i->inner.user, stream, subject, size, visit, visit_user);
}

static void a_seal_covers_all_that_was_written_before_it(void **state)
{
    office o;
    bpo_desk *desk = NULL;
    bpo_statement *statement = NULL;
    (void)state;
    open_office(&o, NULL, NULL);
    record_months(&o, o.desk);
    intruder i = {o.storage, o.desk, late_ticket(BPO_TICKET_OPENED, "x", 0), true};
    bpo_store store = {sizeof store, 0, &i, NULL, intruded_append, intruded_read, intruded_read_subject};
    expect_ok(bpo_desk_open(o.context, &store, "acme", &desk, &o.err), &o.err);
    assert_int_equal(bpo_desk_close(desk, "2026-01", FEBRUARY, &statement, &o.err), BPO_E_CONFLICT);
    assert_int_equal(bpo_status_is_retriable(o.err.code), 1);
    assert_null(statement);
    assert_int_equal(bpo_desk_sealed_count(desk), 0);
    statement = close_ok(&o, desk, "2026-01", FEBRUARY);
    bpo_statement_header header = BPO_STATEMENT_HEADER_INIT;
    assert_int_equal(bpo_statement_get_header(statement, &header), BPO_OK);
    assert_int_equal(header.fact_count, 5);
    bpo_statement_unref(statement);
    bpo_desk_unref(desk);
    close_office(&o);
}

static bpo_status pass(void *user, const void *data, size_t size, uint8_t *ret_digest)
{
    (void)user;
    (void)data;
    (void)size;
    (void)ret_digest;
    return BPO_PASS;
}

static void expect_no_seal(const bpo_host *host)
{
    bpo_context *context = NULL;
    bpo_contract *contract = NULL;
    bpo_desk *desk = NULL;
    bpo_statement *statement = NULL;
    bpo_store store = BPO_STORE_INIT;
    bpo_error err = BPO_ERROR_INIT;
    bpo_fact fact = ticket_fact(BPO_TICKET_OPENED, "a", "t1", at("2026-01-05T12:00:00Z"));
    expect_ok(bpo_context_new(host, &context, &err), &err);
    expect_ok(make_contract(context, NULL, NULL, &contract, &err), &err);
    expect_ok(bpo_memory_store_new(context, &store, &err), &err);
    expect_ok(bpo_desk_create(contract, &store, "acme", &desk, &err), &err);
    expect_ok(bpo_desk_record(desk, FEBRUARY, &fact, 1, NULL, &err), &err);
    assert_int_equal(bpo_desk_close(desk, "2026-01", FEBRUARY, &statement, &err), BPO_E_UNSUPPORTED);
    expect_ok(bpo_desk_preview(desk, "2026-01", FEBRUARY, &statement, &err), &err);
    bpo_statement_unref(statement);
    bpo_desk_unref(desk);
    bpo_contract_unref(contract);
    bpo_context_unref(context);
}

static void sealing_needs_a_digest(void **state)
{
    bpo_host host = test_host();
    (void)state;
    expect_no_seal(NULL);
    host.digest = pass;
    expect_no_seal(&host);
}

/* A clock that went back a little counts as what was said; more is refused. */
static void the_clock_may_not_go_back(void **state)
{
    office o;
    bpo_statement *statement = NULL;
    bpo_statement_header header = BPO_STATEMENT_HEADER_INIT;
    (void)state;
    open_office(&o, NULL, NULL);
    record_months(&o, o.desk);
    bpo_statement_unref(close_ok(&o, o.desk, "2026-01", MARCH + BPO_MINUTE));
    assert_int_equal(bpo_desk_close(o.desk, "2026-02", MARCH + BPO_MINUTE - 5 * BPO_SECOND - 1, &statement, &o.err),
                     BPO_E_CLOCK_BACK);
    statement = close_ok(&o, o.desk, "2026-02", MARCH + BPO_MINUTE - 5 * BPO_SECOND);
    assert_int_equal(bpo_statement_get_header(statement, &header), BPO_OK);
    assert_int_equal(header.as_of, MARCH + BPO_MINUTE);
    bpo_statement_unref(statement);
    close_office(&o);
}

static void missing_arguments_are_refused(void **state)
{
    office o;
    bpo_statement *statement = NULL;
    (void)state;
    open_office(&o, NULL, NULL);
    assert_int_equal(bpo_desk_close(NULL, "2026-01", 0, &statement, &o.err), BPO_E_INVALID);
    assert_int_equal(bpo_desk_close(o.desk, NULL, 0, &statement, &o.err), BPO_E_INVALID);
    assert_int_equal(bpo_desk_close(o.desk, "2026-01", 0, NULL, &o.err), BPO_E_INVALID);
    assert_int_equal(bpo_desk_preview(NULL, "2026-01", 0, &statement, &o.err), BPO_E_INVALID);
    assert_int_equal(bpo_desk_preview(o.desk, NULL, 0, &statement, &o.err), BPO_E_INVALID);
    assert_int_equal(bpo_desk_quote(o.desk, NULL, "2026-01", 0, &statement, &o.err), BPO_E_INVALID);
    assert_int_equal(bpo_desk_sealed(NULL, 0, &statement, &o.err), BPO_E_INVALID);
    close_office(&o);
}

/* --- torture --------------------------------------------------------------------------------------------------- */

static bpo_status a_month_is_closed(fault_host *fault, void *user)
{
    bpo_context *context = NULL;
    bpo_contract *contract = NULL;
    bpo_store memory = BPO_STORE_INIT, store = BPO_STORE_INIT;
    bpo_desk *desk = NULL;
    bpo_statement *preview = NULL, *quote = NULL, *statement = NULL, *again = NULL;
    bpo_clock clock = BPO_CLOCK_INIT;
    bpo_fact facts[8];
    size_t count = january(facts);
    (void)user;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    if (status == BPO_OK)
        status = bpo_memory_store_new(context, &memory, NULL);
    if (status == BPO_OK)
        store = fault_store(fault, &memory);
    if (status == BPO_OK)
        status = make_contract(context, NULL, NULL, &contract, NULL);
    if (status == BPO_OK)
        status = bpo_desk_create(contract, &store, "acme", &desk, NULL);
    if (!desk && store.release)
        store.release(store.user);
    if (status == BPO_OK)
        status = bpo_desk_record(desk, FEBRUARY, facts, count, NULL, NULL);
    if (status == BPO_OK)
        status = bpo_desk_preview(desk, "2026-01", FEBRUARY, &preview, NULL);
    if (status == BPO_OK)
        status = bpo_desk_quote(desk, contract, "2026-01", FEBRUARY, &quote, NULL);
    if (status == BPO_OK) {
        status = bpo_desk_clock(desk, "t1", "resolution", FEBRUARY, &clock, NULL);
        assert_int_equal(clock.state != 0, status == BPO_OK);
    }
    if (status == BPO_OK) {
        status = bpo_desk_close(desk, "2026-01", FEBRUARY, &statement, NULL);
        assert_int_equal(bpo_desk_sealed_count(desk), status == BPO_OK);
        assert_int_equal(desk->head, status == BPO_OK ? 6 : 5);
    }
    if (status == BPO_OK)
        status = bpo_desk_sealed(desk, 0, &again, NULL);
    assert_int_equal(again != NULL, status == BPO_OK);
    bpo_statement_unref(preview);
    bpo_statement_unref(quote);
    bpo_statement_unref(statement);
    bpo_statement_unref(again);
    bpo_desk_unref(desk);
    bpo_contract_unref(contract);
    bpo_context_unref(context);
    return status;
}

static void a_failed_close_seals_nothing(void **state)
{
    (void)state;
    assert_true(fault_torture(a_month_is_closed, NULL) > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(periods_close_in_sequence),
        cmocka_unit_test(a_desk_closes_into_the_bytes_of_a_ledger),
        cmocka_unit_test(arrival_does_not_count),
        cmocka_unit_test(a_desk_that_is_opened_anew_closes_the_same),
        cmocka_unit_test(a_late_fact_is_booked_to_the_first_open_period),
        cmocka_unit_test(a_fact_may_be_late_by_several_periods),
        cmocka_unit_test(a_contract_may_refuse_late_facts),
        cmocka_unit_test(a_seal_covers_all_that_was_written_before_it),
        cmocka_unit_test(sealing_needs_a_digest),
        cmocka_unit_test(the_clock_may_not_go_back),
        cmocka_unit_test(missing_arguments_are_refused),
        cmocka_unit_test(a_failed_close_seals_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
