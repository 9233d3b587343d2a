/* SPDX-License-Identifier: Apache-2.0 */
/* Notices: each given once, by one process, when it is due. */
#include "desk/desk.h"
#include "fixture.h"

#define NINE at("2026-01-05T09:00:00Z") /* a Monday, and the office opens */

static bpo_fact opened(const char *subject, bpo_time when)
{
    static char keys[64][16];
    static int next;
    char *key = keys[next++ % 64];
    snprintf(key, sizeof keys[0], "k%d", next);
    return ticket_fact(BPO_TICKET_OPENED, key, subject, when);
}

/* The notices as "subject/metric/cycle@minutes after nine". */
static const char *given(const office *o)
{
    static char text[512];
    size_t end = 0;
    text[0] = '\0';
    for (size_t i = 0; i < bpo_notices_count(o->notices); i++) {
        bpo_notice notice = BPO_NOTICE_INIT;
        assert_int_equal(bpo_notices_at(o->notices, i, &notice), BPO_OK);
        assert_int_equal(notice.kind, BPO_CHANGE_BREACHED);
        end += (size_t)snprintf(text + end, sizeof text - end, "%s%s/%s/%u@%d", i ? " " : "", notice.subject,
                                notice.metric, notice.cycle, (int)((notice.at - NINE) / BPO_MINUTE));
    }
    return text;
}

static const char *advance(office *o, bpo_desk *desk, bpo_time now)
{
    expect_ok(bpo_desk_advance(desk, now, o->notices, &o->err), &o->err);
    return given(o);
}

static void a_notice_is_given_when_it_is_due_and_once(void **state)
{
    office o;
    (void)state;
    open_office(&o, NULL, NULL);
    bpo_fact facts[] = {opened("t2", NINE), opened("t1", NINE), opened("t3", NINE + BPO_HOUR)};
    record_ok(&o, o.desk, NINE + BPO_HOUR, facts, 3);
    bpo_time due = NINE + BPO_HOUR; /* in time still; a microsecond later it is not */
    assert_string_equal(advance(&o, o.desk, due), "");
    assert_int_equal(o.desk->head, 4);
    assert_string_equal(advance(&o, o.desk, due + 1), "t1/first_response/1@60 t2/first_response/1@60");
    assert_string_equal(advance(&o, o.desk, due + 1), "");
    /* eight open hours end with the day's last; the first instant too late is the next day's first */
    assert_string_equal(advance(&o, o.desk, NINE + BPO_DAY + 1),
                        "t3/first_response/1@120 t1/resolution/1@1440 t2/resolution/1@1440");
    close_office(&o);
}

static void one_process_gives_each_notice(void **state)
{
    office o;
    (void)state;
    open_office(&o, NULL, NULL);
    bpo_desk *other = open_beside(&o);
    bpo_fact facts[] = {opened("t1", NINE), opened("t2", NINE)};
    record_ok(&o, o.desk, NINE, &facts[0], 1);
    record_ok(&o, other, NINE, &facts[1], 1);
    assert_string_equal(advance(&o, o.desk, NINE + 2 * BPO_HOUR), "t1/first_response/1@60 t2/first_response/1@60");
    assert_string_equal(advance(&o, other, NINE + 2 * BPO_HOUR), "");
    bpo_desk *later = open_beside(&o);
    assert_string_equal(advance(&o, later, NINE + 3 * BPO_HOUR), "");
    bpo_desk_unref(later);
    bpo_desk_unref(other);
    close_office(&o);
}

/* What late, corrected and held facts show to be due is due. */
static void facts_that_come_late_are_no_special_case(void **state)
{
    office o;
    (void)state;
    open_office(&o, NULL, NULL);
    bpo_fact first = opened("t1", NINE + 5 * BPO_HOUR), corrected = first, held = opened("t3", NINE + 6 * BPO_HOUR);
    bpo_fact late = opened("t2", NINE + BPO_HOUR);
    corrected.at = NINE;
    corrected.revision = 1;
    const bpo_fact now[] = {first, held};
    record_ok(&o, o.desk, NINE + 5 * BPO_HOUR, now, 2);
    assert_string_equal(advance(&o, o.desk, NINE + 5 * BPO_HOUR), "");
    const bpo_fact then[] = {late, corrected};
    record_ok(&o, o.desk, NINE + 5 * BPO_HOUR, then, 2);
    assert_string_equal(advance(&o, o.desk, NINE + 5 * BPO_HOUR), "t1/first_response/1@60 t2/first_response/1@120");
    assert_string_equal(advance(&o, o.desk, NINE + 7 * BPO_HOUR + 1), "t3/first_response/1@420");
    close_office(&o);
}

static void an_answer_in_time_gives_no_notice(void **state)
{
    office o;
    (void)state;
    open_office(&o, NULL, NULL);
    bpo_fact facts[] = {opened("t1", NINE), ticket_fact(BPO_TICKET_MESSAGED, "m", "t1", NINE + BPO_HOUR)};
    facts[1].values = public_answer;
    facts[1].value_count = 2;
    record_ok(&o, o.desk, NINE + BPO_HOUR, facts, 2);
    assert_string_equal(advance(&o, o.desk, NINE + 2 * BPO_HOUR), "");
    close_office(&o);
}

static void long_names_have_keys_too(void **state)
{
    office o;
    char subject[201], other[201];
    (void)state;
    open_office(&o, NULL, NULL);
    memset(subject, 's', 200);
    subject[200] = '\0';
    memcpy(other, subject, sizeof other);
    other[199] = 't';
    bpo_fact facts[] = {opened(subject, NINE), opened(other, NINE)};
    record_ok(&o, o.desk, NINE, facts, 2);
    advance(&o, o.desk, NINE + 2 * BPO_HOUR);
    assert_int_equal(bpo_notices_count(o.notices), 2);
    bpo_desk *again = open_beside(&o);
    assert_string_equal(advance(&o, again, NINE + 2 * BPO_HOUR), "");
    bpo_desk_unref(again);
    close_office(&o);
}

static void the_clock_may_not_go_back_behind_what_was_said(void **state)
{
    office o;
    (void)state;
    open_office(&o, NULL, NULL);
    bpo_fact fact = opened("t1", NINE);
    record_ok(&o, o.desk, NINE, &fact, 1);
    advance(&o, o.desk, NINE + 2 * BPO_HOUR);
    assert_int_equal(bpo_desk_advance(o.desk, NINE + BPO_HOUR, o.notices, &o.err), BPO_E_CLOCK_BACK);
    assert_non_null(strstr(o.err.message, "2026-01-05T11:00:00Z"));
    advance(&o, o.desk, NINE + 2 * BPO_HOUR - BPO_SECOND);
    bpo_desk *again = open_beside(&o);
    assert_int_equal(bpo_desk_advance(again, NINE + BPO_HOUR, o.notices, &o.err), BPO_E_CLOCK_BACK);
    bpo_desk_unref(again);
    close_office(&o);
}

static void missing_arguments_are_refused(void **state)
{
    office o;
    bpo_notices *notices = NULL;
    bpo_notice notice = BPO_NOTICE_INIT;
    (void)state;
    open_office(&o, NULL, NULL);
    assert_int_equal(bpo_desk_advance(NULL, 0, o.notices, &o.err), BPO_E_INVALID);
    assert_int_equal(bpo_desk_advance(o.desk, 0, NULL, &o.err), BPO_E_INVALID);
    assert_int_equal(bpo_notices_new(NULL, &notices, &o.err), BPO_E_INVALID);
    assert_int_equal(bpo_notices_new(o.context, NULL, &o.err), BPO_E_INVALID);
    assert_int_equal(bpo_notices_at(o.notices, 0, &notice), BPO_E_INVALID);
    assert_int_equal(bpo_notices_count(NULL), 0);
    assert_null(bpo_notices_unref(NULL));
    close_office(&o);
}

static bpo_status a_breach_is_noticed(fault_host *fault, void *user)
{
    bpo_context *context = NULL;
    bpo_contract *contract = NULL;
    bpo_store memory = BPO_STORE_INIT, store = BPO_STORE_INIT;
    bpo_desk *desk = NULL;
    bpo_notices *notices = NULL;
    bpo_fact facts[] = {ticket_fact(BPO_TICKET_OPENED, "a", "t1", NINE),
                        ticket_fact(BPO_TICKET_OPENED, "b", "t2", NINE)};
    (void)user;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    if (status == BPO_OK)
        status = bpo_memory_store_new(context, &memory, NULL);
    if (status == BPO_OK)
        store = fault_store(fault, &memory);
    if (status == BPO_OK)
        status = make_contract(context, NULL, NULL, &contract, NULL);
    if (status == BPO_OK)
        status = bpo_notices_new(context, &notices, NULL);
    if (status == BPO_OK)
        status = bpo_desk_create(contract, &store, "acme", &desk, NULL);
    if (!desk && store.release)
        store.release(store.user);
    if (status == BPO_OK)
        status = bpo_desk_record(desk, NINE, facts, 2, NULL, NULL);
    if (status == BPO_OK) {
        status = bpo_desk_advance(desk, NINE + 2 * BPO_HOUR, notices, NULL);
        assert_int_equal(bpo_notices_count(notices), status == BPO_OK ? 2 : 0);
        assert_int_equal(desk->head, status == BPO_OK ? 6 : 3);
        assert_int_equal(desk->given.count, status == BPO_OK ? 2 : 0);
    }
    bpo_notices_unref(notices);
    bpo_desk_unref(desk);
    bpo_contract_unref(contract);
    bpo_context_unref(context);
    return status;
}

static void a_failed_advance_gives_nothing(void **state)
{
    (void)state;
    assert_true(fault_torture(a_breach_is_noticed, NULL) > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_notice_is_given_when_it_is_due_and_once),
        cmocka_unit_test(one_process_gives_each_notice),
        cmocka_unit_test(facts_that_come_late_are_no_special_case),
        cmocka_unit_test(an_answer_in_time_gives_no_notice),
        cmocka_unit_test(long_names_have_keys_too),
        cmocka_unit_test(the_clock_may_not_go_back_behind_what_was_said),
        cmocka_unit_test(missing_arguments_are_refused),
        cmocka_unit_test(a_failed_advance_gives_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
