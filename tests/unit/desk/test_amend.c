/* SPDX-License-Identifier: Apache-2.0 */
/* Amendments in the stream. */
#include "desk/desk.h"
#include "fixture.h"

#define FEBRUARY at("2026-02-01T00:00:00Z")
#define MARCH at("2026-03-01T00:00:00Z")

/* An amendment that sets a price and takes a target away. */
static bpo_status amend(bpo_context *context, bpo_desk *desk, uint32_t number, const char *rate, bpo_time from,
                        bpo_error *err)
{
    static const char *const removals[] = {"/sla/policies/standard/targets/resolution"};
    bpo_amendment amendment = BPO_AMENDMENT_INIT;
    bpo_terms *changes = NULL;
    bpo_status status = bpo_terms_new(context, &changes, err);
    if (status == BPO_OK)
        status = bpo_terms_set(changes, "/pricing/charges/tickets/rate", rate, err);
    amendment.number = number;
    amendment.effective_from = from;
    amendment.recorded_at = from - BPO_DAY;
    amendment.client_approval = "client/17";
    amendment.provider_approval = "provider/4";
    amendment.changes = changes;
    amendment.removals = removals;
    amendment.removal_count = number == 1;
    if (status == BPO_OK)
        status = bpo_desk_amend(desk, &amendment, err);
    bpo_terms_unref(changes);
    return status;
}

static void expect_term(bpo_desk *desk, bpo_time when, const char *path, const char *wanted)
{
    bpo_contract *contract = bpo_desk_contract(desk);
    bpo_terms *terms = NULL;
    assert_int_equal(bpo_contract_terms(contract, bpo_contract_version_at(contract, when), &terms, NULL), BPO_OK);
    const char *value = bpo_terms_get(terms, path);
    if (wanted)
        assert_string_equal(value, wanted);
    else
        assert_null(value);
    bpo_terms_unref(terms);
}

static void an_amendment_is_the_same_for_every_reader(void **state)
{
    office o;
    uint8_t here[BPO_DIGEST_SIZE], there[BPO_DIGEST_SIZE];
    (void)state;
    open_office(&o, NULL, NULL);
    bpo_desk *other = open_beside(&o);
    expect_ok(amend(o.context, o.desk, 1, "2.00", FEBRUARY, &o.err), &o.err);
    expect_ok(amend(o.context, other, 2, "3.00", MARCH, &o.err), &o.err); /* it reads of the first one */
    bpo_desk *again = open_beside(&o);
    expect_term(again, FEBRUARY - 1, "/pricing/charges/tickets/rate", "1.20");
    expect_term(again, FEBRUARY, "/pricing/charges/tickets/rate", "2.00");
    expect_term(again, MARCH, "/pricing/charges/tickets/rate", "3.00");
    expect_term(again, FEBRUARY - 1, "/sla/policies/standard/targets/resolution", "PT8H");
    expect_term(again, FEBRUARY, "/sla/policies/standard/targets/resolution", NULL);
    assert_int_equal(bpo_contract_digest(bpo_desk_contract(other), here, NULL), BPO_OK);
    assert_int_equal(bpo_contract_digest(bpo_desk_contract(again), there, NULL), BPO_OK);
    assert_memory_equal(here, there, sizeof here);
    bpo_desk_unref(again);
    bpo_desk_unref(other);
    close_office(&o);
}

/* A book with amendments is written whole when an engagement begins. */
static void a_desk_begins_with_the_whole_book(void **state)
{
    office o;
    bpo_desk *copy = NULL;
    (void)state;
    open_office(&o, NULL, NULL);
    expect_ok(amend(o.context, o.desk, 1, "2.00", FEBRUARY, &o.err), &o.err);
    bpo_store store = shared(&o.storage);
    expect_ok(bpo_desk_create(bpo_desk_contract(o.desk), &store, "copy", &copy, &o.err), &o.err);
    bpo_desk_unref(copy);
    expect_ok(bpo_desk_open(o.context, &store, "copy", &copy, &o.err), &o.err);
    assert_int_equal(copy->head, 2);
    expect_term(copy, FEBRUARY, "/pricing/charges/tickets/rate", "2.00");
    bpo_desk_unref(copy);
    close_office(&o);
}

static void an_amendment_may_not_reach_into_a_sealed_period(void **state)
{
    office o;
    bpo_statement *statement = NULL;
    (void)state;
    open_office(&o, NULL, NULL);
    expect_ok(bpo_desk_close(o.desk, "2026-01", FEBRUARY, &statement, &o.err), &o.err);
    bpo_statement_unref(statement);
    assert_int_equal(amend(o.context, o.desk, 1, "2.00", FEBRUARY - 1, &o.err), BPO_E_SEALED);
    assert_non_null(strstr(o.err.message, "2026-02-01T00:00:00Z"));
    expect_ok(amend(o.context, o.desk, 1, "2.00", FEBRUARY, &o.err), &o.err);
    close_office(&o);
}

static void a_refused_amendment_is_not_recorded(void **state)
{
    office o;
    (void)state;
    open_office(&o, NULL, NULL);
    assert_int_equal(amend(o.context, o.desk, 2, "2.00", FEBRUARY, &o.err), BPO_E_INVALID); /* out of turn */
    assert_int_equal(amend(o.context, o.desk, 1, "cheap", FEBRUARY, &o.err), BPO_E_VALUE);
    assert_string_equal(o.err.path, "/pricing/charges/tickets/rate");
    assert_int_equal(bpo_desk_amend(o.desk, NULL, &o.err), BPO_E_INVALID);
    assert_int_equal(o.desk->head, 1);
    close_office(&o);
}

static bpo_status an_amendment_is_recorded(fault_host *fault, void *user)
{
    bpo_context *context = NULL;
    bpo_contract *contract = NULL;
    bpo_store memory = BPO_STORE_INIT, store = BPO_STORE_INIT;
    bpo_desk *desk = NULL, *again = NULL;
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
    if (status == BPO_OK) {
        status = amend(context, desk, 1, "2.00", FEBRUARY, NULL);
        assert_int_equal(desk->head, status == BPO_OK ? 2 : 1);
        assert_int_equal(bpo_contract_version_count(desk->contract), status == BPO_OK ? 2 : 1);
    }
    if (status == BPO_OK) {
        bpo_store beside = shared(&store);
        status = bpo_desk_open(context, &beside, "acme", &again, NULL);
        assert_int_equal(again != NULL, status == BPO_OK);
    }
    bpo_desk_unref(again);
    bpo_desk_unref(desk);
    bpo_contract_unref(contract);
    bpo_context_unref(context);
    return status;
}

static void a_failed_amendment_changes_nothing(void **state)
{
    (void)state;
    assert_true(fault_torture(an_amendment_is_recorded, NULL) > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_amendment_is_the_same_for_every_reader),
        cmocka_unit_test(a_desk_begins_with_the_whole_book),
        cmocka_unit_test(an_amendment_may_not_reach_into_a_sealed_period),
        cmocka_unit_test(a_refused_amendment_is_not_recorded),
        cmocka_unit_test(a_failed_amendment_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
