/* SPDX-License-Identifier: Apache-2.0 */
/* A desk's life: begun once, opened ever after, with the same contract; and asked. */
#include "desk/desk.h"
#include "fixture.h"

#define NOON at("2026-01-05T12:00:00Z")

static void a_desk_is_begun_once_and_opened_ever_after(void **state)
{
    office o;
    bpo_store store;
    bpo_desk *again = NULL;
    (void)state;
    open_office(&o, NULL, NULL);
    store = shared(&o.storage);
    assert_int_equal(bpo_desk_create(o.contract, &store, "acme", &again, &o.err), BPO_E_EXISTS);
    assert_null(again);
    assert_int_equal(bpo_desk_open(o.context, &store, "other", &again, &o.err), BPO_E_NOT_FOUND);
    assert_null(again);
    assert_non_null(strstr(o.err.message, "other"));
    again = open_beside(&o);
    assert_int_equal(bpo_desk_sealed_count(again), 0);
    assert_ptr_equal(bpo_desk_ref(again), again);
    bpo_desk_unref(again);
    bpo_desk_unref(again);
    close_office(&o);
}

static void the_contract_is_the_one_that_was_begun_with(void **state)
{
    office o;
    uint8_t begun[BPO_DIGEST_SIZE], read[BPO_DIGEST_SIZE];
    uint32_t here = 0, there = 0;
    (void)state;
    open_office(&o, NULL, NULL);
    bpo_desk *again = open_beside(&o);
    expect_ok(bpo_contract_digest(o.contract, begun, &o.err), &o.err);
    expect_ok(bpo_contract_digest(bpo_desk_contract(again), read, &o.err), &o.err);
    assert_memory_equal(begun, read, sizeof begun);
    expect_ok(bpo_contract_attribute(o.contract, "region", &here, &o.err), &o.err);
    expect_ok(bpo_contract_attribute(bpo_desk_contract(o.desk), "region", &there, &o.err), &o.err);
    assert_int_equal(here, there); /* the host's ids go on holding */
    bpo_desk_unref(again);
    close_office(&o);
}

/* Counts its releases. */
static void count_release(void *user) { ++*(int *)user; }

static void a_store_is_released_with_its_desk_and_only_then(void **state)
{
    office o;
    int releases = 0;
    bpo_desk *desk = NULL;
    (void)state;
    open_office(&o, NULL, NULL);
    bpo_store store = shared(&o.storage);
    store.release = count_release;
    bpo_store counting = store;
    counting.user = &releases;
    assert_int_equal(bpo_desk_open(o.context, &store, "", &desk, &o.err), BPO_E_INVALID);
    assert_int_equal(bpo_desk_open(o.context, &store, "a\xff", &desk, &o.err), BPO_E_INVALID);
    assert_int_equal(releases, 0);
    store.release = NULL;
    expect_ok(bpo_desk_open(o.context, &store, "acme", &desk, &o.err), &o.err);
    desk->store.user = &releases; /* from here on it is only released */
    desk->store.release = counting.release;
    bpo_desk_ref(desk);
    bpo_desk_unref(desk);
    assert_int_equal(releases, 0);
    assert_null(bpo_desk_unref(desk));
    assert_int_equal(releases, 1);
    close_office(&o);
}

static void a_clock_of_a_recorded_ticket_is_that_of_the_ticket(void **state)
{
    office o;
    bpo_ticket *ticket = NULL;
    bpo_clock here = BPO_CLOCK_INIT, there = BPO_CLOCK_INIT;
    (void)state;
    open_office(&o, NULL, NULL);
    bpo_fact facts[] = {ticket_fact(BPO_TICKET_OPENED, "a", "t1", NOON),
                        ticket_fact(BPO_TICKET_SOLVED, "b", "t1", NOON + 3 * BPO_HOUR),
                        ticket_fact(BPO_TIME_WORKED, "c", "agent", NOON)};
    bpo_value duration = {.name = BPO_VALUE_DURATION, .type = BPO_TYPE_INTEGER, .integer = BPO_HOUR};
    facts[2].values = &duration;
    facts[2].value_count = 1;
    record_ok(&o, o.desk, NOON + BPO_DAY, facts, 3);
    assert_string_equal(rows(&o), "");
    expect_ok(bpo_ticket_new(o.contract, &ticket, &o.err), &o.err);
    for (size_t i = 0; i < 2; i++)
        expect_ok(bpo_ticket_apply(ticket, &facts[i], NULL, &o.err), &o.err);
    for (bpo_time now = NOON; now < NOON + 4 * BPO_HOUR; now += BPO_HOUR) {
        expect_ok(bpo_desk_clock(o.desk, "t1", "resolution", now, &here, &o.err), &o.err);
        expect_ok(bpo_ticket_clock(ticket, "resolution", now, &there, &o.err), &o.err);
        assert_memory_equal(&here, &there, sizeof here);
    }
    assert_int_equal(here.elapsed, 3 * BPO_HOUR);
    assert_int_equal(bpo_desk_clock(o.desk, "t2", "resolution", NOON, &here, &o.err), BPO_E_NOT_FOUND);
    assert_int_equal(bpo_desk_clock(o.desk, "agent", "resolution", NOON, &here, &o.err), BPO_E_NOT_FOUND);
    assert_int_equal(bpo_desk_clock(o.desk, "t1", "applause", NOON, &here, &o.err), BPO_E_NOT_FOUND);
    bpo_ticket_unref(ticket);
    close_office(&o);
}

static void missing_arguments_are_refused(void **state)
{
    office o;
    bpo_desk *desk = NULL;
    bpo_clock clock = BPO_CLOCK_INIT;
    bpo_store empty = BPO_STORE_INIT, small = {.struct_size = 4};
    (void)state;
    open_office(&o, NULL, NULL);
    bpo_store store = shared(&o.storage);
    assert_int_equal(bpo_desk_create(NULL, &store, "x", &desk, &o.err), BPO_E_INVALID);
    assert_int_equal(bpo_desk_create(o.contract, NULL, "x", &desk, &o.err), BPO_E_INVALID);
    assert_int_equal(bpo_desk_create(o.contract, &store, NULL, &desk, &o.err), BPO_E_INVALID);
    assert_int_equal(bpo_desk_create(o.contract, &store, "x", NULL, &o.err), BPO_E_INVALID);
    assert_int_equal(bpo_desk_create(o.contract, &empty, "x", &desk, &o.err), BPO_E_INVALID);
    assert_int_equal(bpo_desk_create(o.contract, &small, "x", &desk, &o.err), BPO_E_ABI);
    assert_int_equal(bpo_desk_open(NULL, &store, "x", &desk, &o.err), BPO_E_INVALID);
    assert_int_equal(bpo_desk_open(o.context, NULL, "x", &desk, &o.err), BPO_E_INVALID);
    assert_int_equal(bpo_desk_open(o.context, &store, NULL, &desk, &o.err), BPO_E_INVALID);
    assert_int_equal(bpo_desk_open(o.context, &store, "x", NULL, &o.err), BPO_E_INVALID);
    assert_int_equal(bpo_desk_clock(NULL, "t", "m", 0, &clock, &o.err), BPO_E_INVALID);
    assert_int_equal(bpo_desk_clock(o.desk, NULL, "m", 0, &clock, &o.err), BPO_E_INVALID);
    assert_int_equal(bpo_desk_clock(o.desk, "t", NULL, 0, &clock, &o.err), BPO_E_INVALID);
    assert_int_equal(bpo_desk_clock(o.desk, "t", "m", 0, NULL, &o.err), BPO_E_INVALID);
    assert_null(desk);
    assert_null(bpo_desk_ref(NULL));
    assert_null(bpo_desk_unref(NULL));
    assert_null(bpo_desk_contract(NULL));
    assert_int_equal(bpo_desk_sealed_count(NULL), 0);
    close_office(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_desk_is_begun_once_and_opened_ever_after),
        cmocka_unit_test(the_contract_is_the_one_that_was_begun_with),
        cmocka_unit_test(a_store_is_released_with_its_desk_and_only_then),
        cmocka_unit_test(a_clock_of_a_recorded_ticket_is_that_of_the_ticket),
        cmocka_unit_test(missing_arguments_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
