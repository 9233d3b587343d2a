/* SPDX-License-Identifier: Apache-2.0 */
#include "sla_support.h"

static void each_fact_says_what_it_changed(void **state)
{
    const event events[] = {opening};
    const event pending = {.kind = BPO_TICKET_STATUS_CHANGED, .at = AT(0, 12, 0), .key = "p", .status = "Pending"};
    const event again = {.kind = BPO_TICKET_STATUS_CHANGED, .at = AT(0, 13, 0), .key = "o", .status = "Open"};
    const event solved = {.kind = BPO_TICKET_SOLVED, .at = AT(0, 14, 0), .key = "s"};
    const event noise = {.kind = BPO_TICKET_ASSIGNED, .at = AT(0, 15, 0), .key = "n"};
    desk_ticket t = DESK_TICKET(events);
    (void)state;
    assert_true(has_change(&t, BPO_CHANGE_STARTED, "resolution", AT(0, 10, 0)));
    assert_true(has_change(&t, BPO_CHANGE_DUE_MOVED, "resolution", AT(1, 10, 0)));
    assert_int_equal(bpo_changes_count(t.changes), 4); /* first_response likewise */
    assert_int_equal(apply_event(&t, &pending), BPO_OK);
    assert_true(has_change(&t, BPO_CHANGE_PAUSED, "resolution", AT(0, 12, 0)));
    assert_true(has_change(&t, BPO_CHANGE_DUE_MOVED, "resolution", BPO_TIME_NEVER));
    assert_int_equal(apply_event(&t, &again), BPO_OK);
    assert_true(has_change(&t, BPO_CHANGE_RESUMED, "resolution", AT(0, 13, 0)));
    assert_true(has_change(&t, BPO_CHANGE_DUE_MOVED, "resolution", AT(1, 11, 0)));
    assert_int_equal(apply_event(&t, &solved), BPO_OK);
    assert_true(has_change(&t, BPO_CHANGE_STOPPED, "resolution", AT(0, 14, 0)));
    assert_true(has_change(&t, BPO_CHANGE_STOPPED, "first_response", AT(0, 14, 0)));
    assert_int_equal(apply_event(&t, &noise), BPO_OK);
    assert_int_equal(bpo_changes_count(t.changes), 0);
    close_desk_ticket(&t);
}

static void a_late_reply_retracts_a_breach(void **state)
{
    const event events[] = {opening};
    const event reply = {.kind = BPO_TICKET_MESSAGED, .at = AT(0, 10, 30), .key = "r", .author = "agent"};
    event withdrawn = reply;
    desk_ticket t = DESK_TICKET(events);
    (void)state;
    assert_int_equal(bpo_ticket_advance(t.ticket, AT(0, 12, 0), t.changes, NULL), BPO_OK);
    assert_true(has_change(&t, BPO_CHANGE_BREACHED, "first_response", AT(0, 11, 0) + 1));
    assert_int_equal(apply_event(&t, &reply), BPO_OK);
    assert_true(has_change(&t, BPO_CHANGE_BREACH_RETRACTED, "first_response", AT(0, 11, 0) + 1));
    assert_int_equal(clock_at(&t, "first_response", AT(0, 12, 0)).state, BPO_CLOCK_MET);
    withdrawn.revision = 1;
    withdrawn.flags = BPO_FACT_RETRACTED;
    assert_int_equal(apply_event(&t, &withdrawn), BPO_OK);
    assert_true(has_change(&t, BPO_CHANGE_BREACHED, "first_response", AT(0, 11, 0) + 1));
    assert_int_equal(clock_at(&t, "first_response", AT(0, 12, 0)).state, BPO_CLOCK_BREACHED);
    close_desk_ticket(&t);
}

static void facts_known_already_are_changes_not_failures(void **state)
{
    const event events[] = {opening};
    event corrected = opening, old = opening, other = opening;
    desk_ticket t = DESK_TICKET(events);
    (void)state;
    assert_int_equal(apply_event(&t, &opening), BPO_OK);
    assert_int_equal(bpo_changes_count(t.changes), 1);
    assert_true(has_change(&t, BPO_CHANGE_DUPLICATE, NULL, opening.at));
    corrected.revision = 2;
    corrected.at = AT(0, 11, 0);
    assert_int_equal(apply_event(&t, &corrected), BPO_OK);
    assert_true(has_change(&t, BPO_CHANGE_DUE_MOVED, "resolution", AT(1, 11, 0)));
    old.revision = 1;
    assert_int_equal(apply_event(&t, &old), BPO_OK);
    assert_true(has_change(&t, BPO_CHANGE_SUPERSEDED, NULL, opening.at));
    assert_int_equal(clock_at(&t, "resolution", AT(0, 12, 0)).started_at, AT(0, 11, 0));
    other.revision = 1;
    other.priority = "high";
    assert_int_equal(apply_event(&t, &other), BPO_E_KEY_REUSED);
    assert_true(has_change(&t, BPO_CHANGE_SUPERSEDED, NULL, opening.at)); /* a failure leaves the list alone */
    close_desk_ticket(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_fact_says_what_it_changed),
        cmocka_unit_test(a_late_reply_retracts_a_breach),
        cmocka_unit_test(facts_known_already_are_changes_not_failures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
