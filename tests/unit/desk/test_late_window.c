/* SPDX-License-Identifier: Apache-2.0 */
/* /contract/late_window at a desk: what is too late is left out, whoever records it and whoever reads. The window is 31
 * days: before March is closed January can be corrected, after it only February. */
#include "desk/desk.h"
#include "months.h"
#include "support/random.h"

#define APRIL at("2026-04-01T00:00:00Z")
#define MAY at("2026-05-01T00:00:00Z")

static void open_months(office *o)
{
    open_office(o, "/contract/late_window", "P31D");
    record_months(o, o->desk);
    bpo_statement_unref(close_ok(o, o->desk, "2026-01", FEBRUARY));
    bpo_statement_unref(close_ok(o, o->desk, "2026-02", MARCH));
}

static void close_march(office *o)
{
    bpo_statement_unref(close_ok(o, o->desk, "2026-03", APRIL));
}

static bpo_fact ticket_of(const char *ticket, const char *key, const char *when, bpo_fact_kind kind)
{
    return ticket_fact(kind, key, ticket, at(when));
}

static bpo_fact again(bpo_fact fact, uint32_t revision, bpo_time when, uint32_t flags)
{
    fact.revision = revision;
    fact.at = when;
    fact.flags = flags;
    return fact;
}

static void a_fact_is_late_within_the_window_and_too_late_behind_it(void **state)
{
    office o;
    bpo_report_row row = BPO_REPORT_ROW_INIT;
    (void)state;
    open_months(&o);
    bpo_fact first = ticket_of("t8", "x", "2026-01-31T23:59:59Z", BPO_TICKET_OPENED);
    bpo_fact second = ticket_of("t9", "y", "2026-01-31T23:59:59Z", BPO_TICKET_OPENED);
    bpo_fact third = ticket_of("t9", "z", "2026-02-01T00:00:00Z", BPO_TICKET_SOLVED);
    record_ok(&o, o.desk, APRIL, &first, 1);
    assert_string_equal(rows(&o), "0:6");
    close_march(&o);
    uint64_t head = o.desk->head;
    const bpo_fact batch[] = {second, third, first};
    record_ok(&o, o.desk, APRIL, batch, 3);
    assert_string_equal(rows(&o), "0:7 1:6 2:1");
    assert_int_equal(o.desk->head, head + 1);
    assert_int_equal(bpo_report_at(o.report, 0, &row), BPO_OK);
    assert_int_equal(row.status, BPO_E_SEALED);
    assert_non_null(strstr(row.message, "/contract/late_window"));
    assert_int_equal(bpo_desk_record(o.desk, APRIL, &second, 1, NULL, &o.err), BPO_E_SEALED);
    close_office(&o);
}

/* A correction lies where the fact was and where it goes: neither may be settled. */
static void what_is_settled_cannot_be_corrected_by_a_later_instant(void **state)
{
    office o;
    (void)state;
    open_months(&o);
    bpo_fact solved = ticket_of("t1", "c", "2026-01-05T15:00:00Z", BPO_TICKET_SOLVED);
    bpo_fact opened = ticket_of("t8", "x", "2026-01-12T09:00:00Z", BPO_TICKET_OPENED);
    record_ok(&o, o.desk, MARCH, &opened, 1);
    bpo_fact moved = again(opened, 1, MARCH + BPO_HOUR, 0);
    record_ok(&o, o.desk, APRIL, &moved, 1); /* in time: January can still be corrected */
    assert_string_equal(rows(&o), "");
    close_march(&o);
    const bpo_fact batch[] = {again(solved, 1, APRIL + BPO_HOUR, 0), again(solved, 1, solved.at, BPO_FACT_RETRACTED),
                              again(opened, 2, APRIL + BPO_HOUR, 0)};
    record_ok(&o, o.desk, APRIL + BPO_DAY, batch, 3);
    assert_string_equal(rows(&o), "0:7 1:7");
    bpo_statement *april = close_ok(&o, o.desk, "2026-04", MAY);
    expect_total(april, "0.00");
    bpo_statement_unref(april);
    close_office(&o);
}

/* What was withdrawn counts nowhere, so nothing is corrected by saying it anew. */
static void what_was_withdrawn_may_come_back_in_the_open_period(void **state)
{
    office o;
    (void)state;
    open_months(&o);
    bpo_fact solved = ticket_of("t1", "c", "2026-01-05T15:00:00Z", BPO_TICKET_SOLVED);
    bpo_fact withdrawn = again(solved, 1, solved.at, BPO_FACT_RETRACTED);
    record_ok(&o, o.desk, APRIL, &withdrawn, 1);
    bpo_statement *march = close_ok(&o, o.desk, "2026-03", APRIL);
    expect_total(march, "-1.20");
    bpo_fact anew = again(solved, 2, APRIL + BPO_HOUR, 0);
    record_ok(&o, o.desk, APRIL + BPO_DAY, &anew, 1);
    assert_string_equal(rows(&o), "");
    bpo_statement *april = close_ok(&o, o.desk, "2026-04", MAY);
    expect_total(april, "1.20");
    bpo_statement_unref(march);
    bpo_statement_unref(april);
    close_office(&o);
}

/* One process has not read of the seal when it records, so the stream has what is too late: no reader books it. */
static void every_reader_leaves_out_what_came_behind_the_seal(void **state)
{
    office o;
    bpo_statement *preview = NULL, *other_preview = NULL;
    (void)state;
    open_months(&o);
    bpo_desk *behind = open_beside(&o);
    close_march(&o);
    const bpo_fact batch[] = {ticket_of("t9", "x", "2026-01-12T09:00:00Z", BPO_TICKET_OPENED),
                              again(ticket_of("t1", "c", "2026-01-05T15:00:00Z", BPO_TICKET_SOLVED), 1,
                                    APRIL - BPO_HOUR, 0),
                              ticket_of("t2", "y", "2026-02-03T10:00:00Z", BPO_TICKET_REOPENED)};
    record_ok(&o, behind, APRIL, batch, 3);
    assert_string_equal(rows(&o), "0:6 2:6 0:7 1:7"); /* January was late until the seal was read */
    bpo_desk *fresh = open_beside(&o);
    expect_ok(bpo_desk_preview(behind, "2026-04", MAY, &preview, &o.err), &o.err);
    expect_ok(bpo_desk_preview(fresh, "2026-04", MAY, &other_preview, &o.err), &o.err);
    expect_same_statement(preview, other_preview);
    bpo_statement *april = close_ok(&o, o.desk, "2026-04", MAY);
    expect_total(april, "0.00");
    bpo_statement_unref(preview);
    bpo_statement_unref(other_preview);
    bpo_statement_unref(april);
    bpo_desk_unref(behind);
    bpo_desk_unref(fresh);
    close_office(&o);
}

/* --- by chance ------------------------------------------------------------------------------------------------- */

enum { ROUNDS = 40, A_MONTH = 30, FACTS_MOST = 6 * A_MONTH, TICKETS = 8 };

typedef struct year {
    office o;
    test_random random;
    bpo_fact facts[FACTS_MOST];
    char keys[FACTS_MOST][8];
    size_t count;
    int64_t too_late;
} year;

static uint64_t below(year *y, uint64_t limit)
{
    return test_random_below(&y->random, limit);
}

/* A new fact of the last hundred days, or another word on an old one. */
static bpo_fact any_fact(year *y, bpo_time now)
{
    static const char *const tickets[TICKETS] = {"t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7"};
    bpo_time when = now - (bpo_time)below(y, 100 * 24) * BPO_HOUR;
    if (y->count > 0 && below(y, 3) == 0) {
        bpo_fact old = y->facts[below(y, y->count)];
        uint32_t flags = below(y, 3) == 0 ? BPO_FACT_RETRACTED : 0;
        return again(old, (uint32_t)y->count, below(y, 2) == 0 ? old.at : when, flags);
    }
    snprintf(y->keys[y->count], sizeof y->keys[y->count], "k%zu", y->count);
    bpo_fact_kind kind = below(y, 3) == 0 ? BPO_TICKET_OPENED : BPO_TICKET_SOLVED;
    return ticket_fact(kind, y->keys[y->count], tickets[below(y, TICKETS)], when);
}

static void record_month(year *y, bpo_time now)
{
    for (size_t i = 0; i < A_MONTH; i++) {
        bpo_fact fact = any_fact(y, now);
        record_ok(&y->o, y->o.desk, now, &fact, 1);
        for (size_t row = 0; row < bpo_report_count(y->o.report); row++) {
            bpo_report_row found = BPO_REPORT_ROW_INIT;
            assert_int_equal(bpo_report_at(y->o.report, row, &found), BPO_OK);
            y->too_late += found.code == BPO_REPORT_TOO_LATE;
        }
        y->facts[y->count++] = fact;
    }
}

/* The month as its keeper closes it, and as another process that read the stream would have. */
static void close_month(year *y, const char *period, bpo_time end)
{
    bpo_statement *preview = NULL;
    size_t size = 0, other_size = 0;
    bpo_desk *other = open_beside(&y->o);
    expect_ok(bpo_desk_preview(other, period, end, &preview, &y->o.err), &y->o.err);
    bpo_statement *closed = close_ok(&y->o, y->o.desk, period, end);
    const void *bytes = bpo_statement_closing_position(closed, &size);
    const void *other_bytes = bpo_statement_closing_position(preview, &other_size);
    assert_int_equal(size, other_size);
    assert_memory_equal(bytes, other_bytes, size);
    bpo_statement_unref(preview);
    bpo_statement_unref(closed);
    bpo_desk_unref(other);
}

/* No correction, however late, takes off what is not known any more, and no reader comes to something else. */
static void whatever_comes_every_month_closes(void **state)
{
    static const char *const periods[] = {"2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06"};
    static const char *const ends[] = {"2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z",
                                       "2026-05-01T00:00:00Z", "2026-06-01T00:00:00Z", "2026-07-01T00:00:00Z"};
    static year y;
    (void)state;
    y.too_late = 0;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        y.random.state = seed;
        y.count = 0;
        open_office(&y.o, "/contract/late_window", "P31D");
        for (size_t month = 0; month < 6; month++) {
            record_month(&y, at(ends[month]) - BPO_HOUR);
            close_month(&y, periods[month], at(ends[month]));
        }
        close_office(&y.o);
    }
    assert_true(y.too_late > ROUNDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fact_is_late_within_the_window_and_too_late_behind_it),
        cmocka_unit_test(what_is_settled_cannot_be_corrected_by_a_later_instant),
        cmocka_unit_test(what_was_withdrawn_may_come_back_in_the_open_period),
        cmocka_unit_test(whatever_comes_every_month_closes),
        cmocka_unit_test(every_reader_leaves_out_what_came_behind_the_seal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
