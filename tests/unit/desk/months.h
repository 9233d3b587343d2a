/* SPDX-License-Identifier: Apache-2.0 */
/* Two months of facts, for the tests that close them. */
#ifndef BPO_TESTS_DESK_MONTHS_H
#define BPO_TESTS_DESK_MONTHS_H

#include "fixture.h"

#define FEBRUARY at("2026-02-01T00:00:00Z")
#define MARCH at("2026-03-01T00:00:00Z")

/* Monday noon to Monday three: answered after two hours (missed), solved after three. */
static inline size_t january(bpo_fact *facts)
{
    bpo_time noon = at("2026-01-05T12:00:00Z");
    facts[0] = ticket_fact(BPO_TICKET_OPENED, "a", "t1", noon);
    facts[1] = ticket_fact(BPO_TICKET_MESSAGED, "b", "t1", noon + 2 * BPO_HOUR);
    facts[1].values = public_answer;
    facts[1].value_count = 2;
    facts[2] = ticket_fact(BPO_TICKET_SOLVED, "c", "t1", noon + 3 * BPO_HOUR);
    facts[3] = ticket_fact(BPO_TICKET_OPENED, "d", "t2", at("2026-01-30T15:00:00Z"));
    return 4;
}

static inline size_t february(bpo_fact *facts)
{
    facts[0] = ticket_fact(BPO_TICKET_SOLVED, "e", "t2", at("2026-02-02T10:00:00Z"));
    return 1;
}

static inline void record_months(office *o, bpo_desk *desk)
{
    bpo_fact facts[8];
    size_t count = january(facts);
    count += february(facts + count);
    record_ok(o, desk, MARCH, facts, count);
}

static inline bpo_statement *close_ok(office *o, bpo_desk *desk, const char *period, bpo_time now)
{
    bpo_statement *statement = NULL;
    expect_ok(bpo_desk_close(desk, period, now, &statement, &o->err), &o->err);
    return statement;
}

static inline void expect_total(const bpo_statement *statement, const char *wanted)
{
    bpo_decimal total, parsed;
    assert_int_equal(bpo_statement_invoice_total(statement, &total), BPO_OK);
    assert_int_equal(bpo_decimal_parse(wanted, strlen(wanted), &parsed, NULL), BPO_OK);
    assert_int_equal(bpo_decimal_compare(&total, &parsed), 0);
}

#endif
