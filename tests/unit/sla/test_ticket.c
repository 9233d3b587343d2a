/* SPDX-License-Identifier: Apache-2.0 */
#include "sla_support.h"

#include "core/fail.h"

/* --- clocks ------------------------------------------------------------------------------------------------------ */

static void a_clock_runs_from_the_opening_in_open_time(void **state)
{
    const event events[] = {opening};
    desk_ticket t = DESK_TICKET(events);
    bpo_clock clock = clock_at(&t, "resolution", AT(1, 9, 30));
    (void)state;
    assert_int_equal(clock.state, BPO_CLOCK_RUNNING);
    assert_int_equal(clock.cycle, 1);
    assert_string_equal(clock.policy, "standard");
    assert_int_equal(clock.elapsed, 7 * BPO_HOUR + 30 * BPO_MINUTE);
    assert_int_equal(clock.remaining, 30 * BPO_MINUTE);
    assert_int_equal(clock.due_at, AT(1, 10, 0));
    assert_int_equal(clock.in_time_until, AT(1, 10, 0));
    assert_int_equal(clock.breach_at, AT(1, 10, 0) + 1);
    assert_int_equal(clock.stopped_at, BPO_TIME_NEVER);
    close_desk_ticket(&t);
}

static void nothing_is_seen_before_it_happened(void **state)
{
    const event events[] = {opening};
    desk_ticket t = DESK_TICKET(events);
    bpo_clock clock = clock_at(&t, "resolution", AT(0, 10, 0) - 1);
    (void)state;
    assert_int_equal(clock.state, BPO_CLOCK_NONE);
    assert_int_equal(clock.cycle, 0);
    assert_int_equal(clock.started_at, BPO_TIME_NEVER);
    assert_int_equal(clock_at(&t, "resolution", AT(0, 10, 0)).state, BPO_CLOCK_RUNNING);
    close_desk_ticket(&t);
}

static void the_last_microsecond_in_time_is_in_time(void **state)
{
    const event in_time = {.kind = BPO_TICKET_MESSAGED, .at = AT(0, 11, 0), .key = "reply", .author = "agent"};
    for (bpo_time late = 0; late < 2; late++) {
        event reply = in_time;
        reply.at += late;
        const event events[] = {opening, reply};
        desk_ticket t = DESK_TICKET(events);
        bpo_clock clock = clock_at(&t, "first_response", AT(2, 0, 0));
        assert_int_equal(clock.state, late ? BPO_CLOCK_MISSED : BPO_CLOCK_MET);
        assert_int_equal(clock.breach_at, late ? AT(0, 11, 0) + 1 : BPO_TIME_NEVER);
        assert_int_equal(clock.elapsed, BPO_HOUR + late);
        close_desk_ticket(&t);
    }
    (void)state;
}

static void closed_hours_after_the_due_time_are_still_in_time(void **state)
{
    event open_at_four = opening;
    const event reply = {.kind = BPO_TICKET_MESSAGED, .at = AT(0, 22, 0), .key = "reply", .author = "agent"};
    open_at_four.at = AT(0, 16, 0);
    const event events[] = {open_at_four, reply};
    desk_ticket t = DESK_TICKET(events);
    bpo_clock clock = clock_at(&t, "first_response", AT(0, 20, 0));
    (void)state;
    assert_int_equal(clock.due_at, AT(0, 17, 0));
    assert_int_equal(clock.in_time_until, AT(1, 9, 0));
    assert_int_equal(clock.breach_at, AT(1, 9, 0) + 1);
    assert_int_equal(clock_at(&t, "first_response", AT(1, 12, 0)).state, BPO_CLOCK_MET);
    close_desk_ticket(&t);
}

static void a_clock_is_held_while_the_customer_has_the_ticket(void **state)
{
    const event events[] = {
        opening,
        {.kind = BPO_TICKET_STATUS_CHANGED, .at = AT(0, 12, 0), .key = "p", .status = "Pending"},
        {.kind = BPO_TICKET_STATUS_CHANGED, .at = AT(2, 9, 0), .key = "o", .status = "Open"},
    };
    desk_ticket t = DESK_TICKET(events);
    bpo_clock clock = clock_at(&t, "resolution", AT(1, 12, 0));
    (void)state;
    assert_int_equal(clock.state, BPO_CLOCK_PAUSED);
    assert_int_equal(clock.due_at, BPO_TIME_NEVER);
    assert_int_equal(clock.breach_at, BPO_TIME_NEVER);
    assert_int_equal(clock.elapsed, 2 * BPO_HOUR);
    clock = clock_at(&t, "resolution", AT(2, 9, 0));
    assert_int_equal(clock.state, BPO_CLOCK_RUNNING);
    assert_int_equal(clock.due_at, AT(2, 15, 0));
    assert_int_equal(clock_at(&t, "first_response", AT(1, 12, 0)).state, BPO_CLOCK_BREACHED);
    close_desk_ticket(&t);
}

static void a_ticket_solved_when_opened_has_met_its_clocks(void **state)
{
    const event solved = {.kind = BPO_TICKET_SOLVED, .at = AT(0, 10, 0), .key = "a"};
    const event two[] = {solved, opening};
    desk_ticket t = DESK_TICKET(two);
    (void)state;
    assert_int_equal(clock_at(&t, "resolution", AT(5, 0, 0)).state, BPO_CLOCK_MET);
    assert_int_equal(clock_at(&t, "first_response", AT(5, 0, 0)).state, BPO_CLOCK_MET);
    assert_int_equal(clock_at(&t, "first_response", AT(5, 0, 0)).elapsed, 0);
    close_desk_ticket(&t);
}

static void a_ticket_opened_in_a_waiting_status_does_not_run(void **state)
{
    event waiting = opening;
    waiting.status = "Pending";
    const event events[] = {waiting};
    desk_ticket t = DESK_TICKET(events);
    bpo_clock clock = clock_at(&t, "resolution", AT(2, 0, 0));
    (void)state;
    assert_int_equal(clock.state, BPO_CLOCK_PAUSED);
    assert_int_equal(clock.elapsed, 0);
    assert_int_equal(clock.due_at, BPO_TIME_NEVER);
    close_desk_ticket(&t);
}

static void facts_before_the_opening_count_from_it(void **state)
{
    const event events[] = {{.kind = BPO_TICKET_STATUS_CHANGED, .at = AT(0, 9, 0), .key = "early", .status = "Pending"},
                            opening};
    desk_ticket t = DESK_TICKET(events);
    bpo_clock clock = clock_at(&t, "resolution", AT(0, 12, 0));
    (void)state;
    assert_int_equal(clock.state, BPO_CLOCK_PAUSED);
    assert_int_equal(clock.started_at, AT(0, 10, 0));
    assert_int_equal(clock.elapsed, 0);
    close_desk_ticket(&t);
}

static void a_reopened_ticket_goes_on_where_it_stopped(void **state)
{
    const event events[] = {
        opening,
        {.kind = BPO_TICKET_SOLVED, .at = AT(0, 12, 0), .key = "s"},
        {.kind = BPO_TICKET_REOPENED, .at = AT(1, 9, 0), .key = "r"},
    };
    desk_ticket t = DESK_TICKET(events);
    bpo_clock clock = clock_at(&t, "resolution", AT(1, 10, 0));
    (void)state;
    assert_int_equal(clock_at(&t, "resolution", AT(0, 20, 0)).state, BPO_CLOCK_MET);
    assert_int_equal(clock.state, BPO_CLOCK_RUNNING);
    assert_int_equal(clock.cycle, 1);
    assert_int_equal(clock.elapsed, 3 * BPO_HOUR);
    assert_int_equal(clock.due_at, AT(1, 15, 0));
    assert_int_equal(clock_at(&t, "first_response", AT(1, 10, 0)).state, BPO_CLOCK_MISSED);
    close_desk_ticket(&t);
}

static void each_customer_message_without_an_answer_is_a_cycle(void **state)
{
    const event events[] = {
        opening,
        {.kind = BPO_TICKET_MESSAGED, .at = AT(0, 10, 0), .key = "c1", .author = "customer"},
        {.kind = BPO_TICKET_MESSAGED, .at = AT(0, 10, 30), .key = "c2", .author = "customer"},
        {.kind = BPO_TICKET_MESSAGED, .at = AT(0, 13, 0), .key = "a1", .author = "agent"},
        {.kind = BPO_TICKET_MESSAGED, .at = AT(0, 14, 0), .key = "c3", .author = "customer"},
    };
    desk_ticket t = DESK_TICKET(events);
    bpo_clock clock = clock_at(&t, "next_response", AT(0, 13, 30));
    (void)state;
    assert_int_equal(clock.state, BPO_CLOCK_MISSED);
    assert_int_equal(clock.elapsed, 3 * BPO_HOUR);
    clock = clock_at(&t, "next_response", AT(0, 14, 30));
    assert_int_equal(clock.cycle, 2);
    assert_int_equal(clock.elapsed, 30 * BPO_MINUTE);
    assert_int_equal(clock.elapsed_worst, 3 * BPO_HOUR);
    assert_int_equal(clock.due_at, AT(0, 16, 0));
    close_desk_ticket(&t);
}

static void another_policy_keeps_what_has_run(void **state)
{
    const event events[] = {
        opening,
        {.kind = BPO_TICKET_MESSAGED, .at = AT(0, 10, 0), .key = "c1", .author = "customer"},
        {.kind = BPO_TICKET_UPDATED, .at = AT(0, 16, 0), .key = "u", .tier = "gold"},
    };
    desk_ticket t = DESK_TICKET(events);
    bpo_clock clock = clock_at(&t, "resolution", AT(0, 18, 0));
    (void)state;
    assert_string_equal(clock.policy, "vip");
    assert_int_equal(clock.state, BPO_CLOCK_BREACHED); /* six hours of office time, two more around the clock */
    assert_int_equal(clock.elapsed, 8 * BPO_HOUR);
    assert_int_equal(clock.in_time_until, AT(0, 16, 0));
    assert_int_equal(clock_at(&t, "next_response", AT(0, 18, 0)).state, BPO_CLOCK_CANCELLED);
    close_desk_ticket(&t);
}

static void another_target_keeps_what_has_run(void **state)
{
    const event events[] = {
        opening,
        {.kind = BPO_TICKET_UPDATED, .at = AT(0, 15, 0), .key = "u", .priority = "high"},
        {.kind = BPO_TICKET_TARGET_SET, .at = AT(0, 16, 0), .key = "t", .metric = "resolution", .target = BPO_DAY},
    };
    desk_ticket t = DESK_TICKET(events);
    bpo_clock clock = clock_at(&t, "resolution", AT(0, 15, 0));
    (void)state;
    assert_int_equal(clock.state, BPO_CLOCK_BREACHED);
    assert_int_equal(clock.due_at, AT(0, 14, 0));
    assert_int_equal(clock.breach_at, AT(0, 14, 0) + 1);
    clock = clock_at(&t, "resolution", AT(0, 16, 0));
    assert_int_equal(clock.state, BPO_CLOCK_RUNNING);
    assert_int_equal(clock.target, BPO_DAY);
    assert_int_equal(clock.elapsed, 6 * BPO_HOUR);
    close_desk_ticket(&t);
}

static void a_metric_without_a_target_waits_for_one(void **state)
{
    event unranked = opening;
    unranked.priority = NULL;
    const event events[] = {
        unranked,
        {.kind = BPO_TICKET_UPDATED, .at = AT(0, 12, 0), .key = "u", .priority = "high"},
        {.kind = BPO_TICKET_UPDATED, .at = AT(0, 13, 0), .key = "v", .priority = "unheard of"},
        {.kind = BPO_TICKET_UPDATED, .at = AT(0, 15, 0), .key = "w", .priority = "high"},
    };
    desk_ticket t = DESK_TICKET(events);
    (void)state;
    assert_int_equal(clock_at(&t, "resolution", AT(0, 11, 0)).state, BPO_CLOCK_NONE);
    assert_int_equal(clock_at(&t, "resolution", AT(0, 12, 30)).elapsed, 30 * BPO_MINUTE);
    assert_int_equal(clock_at(&t, "resolution", AT(0, 14, 0)).state, BPO_CLOCK_CANCELLED);
    assert_int_equal(clock_at(&t, "resolution", AT(0, 16, 0)).state, BPO_CLOCK_RUNNING);
    assert_int_equal(clock_at(&t, "resolution", AT(0, 16, 0)).elapsed, 2 * BPO_HOUR);
    close_desk_ticket(&t);
}

static void an_unknown_status_leaves_open_only_what_it_decides(void **state)
{
    const event events[] = {
        opening,
        {.kind = BPO_TICKET_STATUS_CHANGED, .at = AT(0, 12, 0), .key = "x", .status = "Odd"},
        {.kind = BPO_TICKET_STATUS_CHANGED, .at = AT(0, 14, 0), .key = "o", .status = "Open"},
        {.kind = BPO_TICKET_STATUS_CHANGED, .at = AT(1, 9, 30), .key = "s", .status = "Solved"},
    };
    desk_ticket t = DESK_TICKET(events);
    (void)state;
    assert_int_equal(clock_at(&t, "resolution", AT(0, 13, 0)).state, BPO_CLOCK_INDETERMINATE);
    assert_int_equal(clock_at(&t, "resolution", AT(0, 16, 0)).state, BPO_CLOCK_RUNNING); /* 4 h, at most 6 h of 8 h */
    assert_int_equal(clock_at(&t, "resolution", AT(1, 9, 0)).state, BPO_CLOCK_RUNNING);
    assert_int_equal(clock_at(&t, "resolution", AT(3, 0, 0)).state, BPO_CLOCK_MET); /* 5.5 h, at most 7.5 h */
    event late = events[3];
    late.revision = 1;
    late.at = AT(1, 11, 0);
    assert_int_equal(apply_event(&t, &late), BPO_OK);
    assert_int_equal(clock_at(&t, "resolution", AT(3, 0, 0)).state, BPO_CLOCK_INDETERMINATE); /* 7 h, at most 9 h */
    late.revision = 2;
    late.at = AT(1, 12, 1);
    assert_int_equal(apply_event(&t, &late), BPO_OK);
    assert_int_equal(clock_at(&t, "resolution", AT(3, 0, 0)).state, BPO_CLOCK_MISSED); /* over 8 h in any case */
    assert_int_equal(clock_at(&t, "first_response", AT(0, 13, 0)).state, BPO_CLOCK_BREACHED);
    close_desk_ticket(&t);
}

static void a_deleted_ticket_has_no_verdict(void **state)
{
    const event events[] = {opening, {.kind = BPO_TICKET_DELETED, .at = AT(3, 0, 0), .key = "spam"}};
    desk_ticket t = DESK_TICKET(events);
    bpo_clock clock = clock_at(&t, "resolution", AT(4, 0, 0));
    (void)state;
    assert_int_equal(clock.state, BPO_CLOCK_CANCELLED);
    assert_int_equal(clock.stopped_at, AT(3, 0, 0));
    assert_int_equal(clock.due_at, BPO_TIME_NEVER);
    close_desk_ticket(&t);
}

/* --- summary and advance ----------------------------------------------------------------------------------------- */

static void the_summary_has_the_earliest_instants(void **state)
{
    const event events[] = {opening};
    const event solved = {.kind = BPO_TICKET_SOLVED, .at = AT(0, 12, 0), .key = "s"};
    bpo_ticket_summary summary = BPO_TICKET_SUMMARY_INIT;
    desk_ticket t = DESK_TICKET(events);
    (void)state;
    assert_int_equal(bpo_ticket_summarize(t.ticket, &summary, NULL), BPO_OK);
    assert_int_equal(summary.state, BPO_TICKET_STATE_OPEN);
    assert_int_equal(summary.fact_count, 1);
    assert_int_equal(summary.due_at, AT(0, 11, 0));
    assert_string_equal(summary.due_metric, "first_response");
    assert_int_equal(summary.breach_at, AT(0, 11, 0) + 1);
    assert_int_equal(summary.wake_at, AT(0, 11, 0) + 1);
    assert_int_equal(bpo_ticket_advance(t.ticket, AT(0, 11, 30), t.changes, NULL), BPO_OK);
    assert_int_equal(bpo_ticket_summarize(t.ticket, &summary, NULL), BPO_OK);
    assert_int_equal(summary.breach_at, AT(0, 11, 0) + 1);
    assert_int_equal(summary.wake_at, AT(1, 10, 0) + 1);
    assert_int_equal(apply_event(&t, &solved), BPO_OK);
    assert_int_equal(bpo_ticket_summarize(t.ticket, &summary, NULL), BPO_OK);
    assert_int_equal(summary.state, BPO_TICKET_STATE_SOLVED);
    assert_int_equal(summary.due_at, BPO_TIME_NEVER);
    assert_int_equal(summary.wake_at, BPO_TIME_NEVER);
    close_desk_ticket(&t);
}

static void a_ticket_without_an_opening_is_unopened(void **state)
{
    const event events[] = {{.kind = BPO_TICKET_SOLVED, .at = AT(0, 12, 0), .key = "s"}};
    bpo_ticket_summary summary = BPO_TICKET_SUMMARY_INIT;
    desk_ticket t = DESK_TICKET(events);
    (void)state;
    assert_int_equal(bpo_ticket_summarize(t.ticket, &summary, NULL), BPO_OK);
    assert_int_equal(summary.state, BPO_TICKET_STATE_UNOPENED);
    assert_int_equal(summary.due_at, BPO_TIME_NEVER);
    assert_int_equal(clock_at(&t, "resolution", AT(3, 0, 0)).state, BPO_CLOCK_NONE);
    close_desk_ticket(&t);
}

static void each_crossing_is_said_once(void **state)
{
    const event events[] = {opening};
    desk_ticket t = DESK_TICKET(events);
    (void)state;
    assert_int_equal(bpo_ticket_advance(t.ticket, AT(0, 11, 0), t.changes, NULL), BPO_OK);
    assert_int_equal(bpo_changes_count(t.changes), 0);
    assert_int_equal(bpo_ticket_advance(t.ticket, AT(0, 11, 0) + 1, t.changes, NULL), BPO_OK);
    assert_int_equal(bpo_changes_count(t.changes), 1);
    assert_int_equal(bpo_ticket_advance(t.ticket, AT(5, 0, 0), t.changes, NULL), BPO_OK);
    assert_int_equal(bpo_changes_count(t.changes), 1);
    assert_true(has_change(&t, BPO_CHANGE_BREACHED, "resolution", AT(1, 10, 0) + 1));
    assert_int_equal(bpo_ticket_advance(t.ticket, AT(5, 0, 0) - BPO_SECOND, t.changes, NULL), BPO_OK);
    assert_int_equal(bpo_changes_count(t.changes), 0);
    assert_int_equal(bpo_ticket_advance(t.ticket, AT(4, 0, 0), t.changes, &t.err), BPO_E_CLOCK_BACK);
    assert_int_equal(t.err.message_id, BPO__MSG_clock_back);
    close_desk_ticket(&t);
}

/* --- refusals ---------------------------------------------------------------------------------------------------- */

static void the_longest_tolerance_takes_any_clock(void **state)
{
    const bpo_time in_1960 = -10 * 365 * BPO_DAY;
    const event events[] = {opening};
    desk_ticket t = DESK_TICKET(events);
    bpo_terms *terms = NULL;
    bpo_contract *patient = NULL;
    bpo_ticket *ticket = NULL;
    (void)state;
    assert_int_equal(bpo_contract_terms(t.contract, 0, &terms, NULL), BPO_OK);
    assert_int_equal(bpo_terms_set(terms, "/contract/clock_tolerance", "PT2562047788H", NULL), BPO_OK);
    assert_int_equal(bpo_contract_new(t.context, terms, &patient, &t.err), BPO_OK);
    assert_int_equal(bpo_ticket_new(patient, &ticket, NULL), BPO_OK);
    assert_int_equal(bpo_ticket_advance(ticket, in_1960, t.changes, NULL), BPO_OK);
    assert_int_equal(bpo_ticket_advance(ticket, in_1960 - BPO_DAY, t.changes, NULL), BPO_OK);
    bpo_ticket_unref(ticket);
    bpo_contract_unref(patient);
    bpo_terms_unref(terms);
    close_desk_ticket(&t);
}

static void a_refused_fact_changes_nothing(void **state)
{
    const event events[] = {opening};
    const event unmapped = {.kind = BPO_TICKET_STATUS_CHANGED, .at = AT(0, 12, 0), .key = "x", .status = "Parked"};
    byte_block before, after;
    event_fact made;
    desk_ticket t = DESK_TICKET(events);
    (void)state;
    assert_int_equal(encode_ticket(t.ticket, &before), BPO_OK);
    assert_int_equal(apply_event(&t, &unmapped), BPO_E_VALUE);
    assert_string_equal(t.err.path, "/values/status");
    make_fact(&opening, &made);
    made.fact.subject = "T-2";
    assert_int_equal(bpo_ticket_apply(t.ticket, &made.fact, NULL, &t.err), BPO_E_FACT);
    assert_string_equal(t.err.path, "/subject");
    made.fact.kind = BPO_TIME_WORKED;
    assert_int_equal(bpo_ticket_apply(t.ticket, &made.fact, NULL, &t.err), BPO_E_FACT);
    assert_int_equal(t.err.message_id, BPO__MSG_ticket_other_kind);
    made.fact.struct_size = 8;
    assert_int_equal(bpo_ticket_apply(t.ticket, &made.fact, NULL, &t.err), BPO_E_ABI);
    assert_int_equal(encode_ticket(t.ticket, &after), BPO_OK);
    assert_int_equal(after.size, before.size);
    assert_memory_equal(after.data, before.data, before.size);
    close_desk_ticket(&t);
}

static void null_is_refused_softly(void **state)
{
    bpo_clock clock = BPO_CLOCK_INIT;
    desk_ticket t = new_desk_ticket(NULL, 0);
    bpo_ticket *ticket = NULL;
    (void)state;
    assert_int_equal(bpo_ticket_new(NULL, &ticket, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_ticket_new(t.contract, NULL, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_ticket_apply(NULL, NULL, NULL, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_ticket_clock(t.ticket, NULL, 0, &clock, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_ticket_clock(t.ticket, "no_such", 0, &clock, &t.err), BPO_E_NOT_FOUND);
    assert_int_equal(bpo_ticket_clock(t.ticket, "resolution", BPO_TIME_NEVER, &clock, NULL), BPO_E_HORIZON);
    assert_int_equal(clock.state, 0);
    assert_int_equal(bpo_ticket_summarize(t.ticket, NULL, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_ticket_advance(t.ticket, 0, NULL, NULL), BPO_E_INVALID);
    assert_null(bpo_ticket_unref(NULL));
    assert_null(bpo_ticket_ref(NULL));
    assert_ptr_equal(bpo_ticket_ref(t.ticket), t.ticket);
    bpo_ticket_unref(t.ticket);
    close_desk_ticket(&t);
}

static bpo_status a_ticket_lives(fault_host *fault, void *user)
{
    const event events[] = {
        opening,
        {.kind = BPO_TICKET_STATUS_CHANGED, .at = AT(0, 12, 0), .key = "p", .status = "Pending"},
        {.kind = BPO_TICKET_UPDATED, .at = AT(0, 12, 30), .key = "u", .tier = "gold"},
        {.kind = BPO_TICKET_SOLVED, .at = AT(2, 12, 0), .key = "s"},
    };
    desk_ticket t;
    byte_block before, after;
    bpo_ticket_summary summary = BPO_TICKET_SUMMARY_INIT;
    bpo_clock clock = BPO_CLOCK_INIT;
    bpo_status status = open_desk_ticket(&fault->host, &t);
    (void)user;
    before.size = 0;
    for (size_t i = 0; i < 4 && status >= 0; i++) {
        bpo_status encoded = encode_ticket(t.ticket, &before);
        status = encoded < 0 ? encoded : apply_event(&t, &events[i]);
        bool failed = encoded >= 0 && status < 0;
        if (failed && encode_ticket(t.ticket, &after) >= 0) {
            assert_int_equal(after.size, before.size);
            assert_memory_equal(after.data, before.data, before.size);
        }
    }
    if (status >= 0)
        status = bpo_ticket_summarize(t.ticket, &summary, NULL);
    if (status >= 0)
        status = bpo_ticket_clock(t.ticket, "resolution", AT(3, 0, 0), &clock, NULL);
    assert_int_equal(clock.state != 0, status >= 0);
    if (status >= 0)
        status = bpo_ticket_advance(t.ticket, AT(3, 0, 0), t.changes, NULL);
    close_desk_ticket(&t);
    return status;
}

static void failure_leaves_the_ticket_as_before(void **state)
{
    (void)state;
    assert_true(fault_exhaust(a_ticket_lives, NULL, false) > 10);
    assert_true(fault_exhaust(a_ticket_lives, NULL, true) > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clock_runs_from_the_opening_in_open_time),
        cmocka_unit_test(nothing_is_seen_before_it_happened),
        cmocka_unit_test(the_last_microsecond_in_time_is_in_time),
        cmocka_unit_test(closed_hours_after_the_due_time_are_still_in_time),
        cmocka_unit_test(a_clock_is_held_while_the_customer_has_the_ticket),
        cmocka_unit_test(a_ticket_solved_when_opened_has_met_its_clocks),
        cmocka_unit_test(a_ticket_opened_in_a_waiting_status_does_not_run),
        cmocka_unit_test(facts_before_the_opening_count_from_it),
        cmocka_unit_test(a_reopened_ticket_goes_on_where_it_stopped),
        cmocka_unit_test(each_customer_message_without_an_answer_is_a_cycle),
        cmocka_unit_test(another_policy_keeps_what_has_run),
        cmocka_unit_test(another_target_keeps_what_has_run),
        cmocka_unit_test(a_metric_without_a_target_waits_for_one),
        cmocka_unit_test(an_unknown_status_leaves_open_only_what_it_decides),
        cmocka_unit_test(a_deleted_ticket_has_no_verdict),
        cmocka_unit_test(the_summary_has_the_earliest_instants),
        cmocka_unit_test(a_ticket_without_an_opening_is_unopened),
        cmocka_unit_test(each_crossing_is_said_once),
        cmocka_unit_test(the_longest_tolerance_takes_any_clock),
        cmocka_unit_test(a_refused_fact_changes_nothing),
        cmocka_unit_test(null_is_refused_softly),
        cmocka_unit_test(failure_leaves_the_ticket_as_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
