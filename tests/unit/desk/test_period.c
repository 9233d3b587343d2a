/* SPDX-License-Identifier: Apache-2.0 */
/* What a period comes to before it is closed, under these terms and others; and which is the first. */
#include "desk/desk.h"
#include "months.h"

static void a_preview_is_the_statement_to_come(void **state)
{
    office o;
    bpo_statement *preview = NULL, *later = NULL, *early = NULL, *sealed = NULL;
    bpo_statement_header header = BPO_STATEMENT_HEADER_INIT;
    (void)state;
    open_office(&o, NULL, NULL);
    record_months(&o, o.desk);
    expect_ok(bpo_desk_preview(o.desk, "2026-01", FEBRUARY, &preview, &o.err), &o.err);
    assert_int_equal(bpo_statement_get_header(preview, &header), BPO_OK);
    assert_int_equal(header.provisional, 1);
    expect_total(preview, "1.20");
    expect_ok(bpo_desk_preview(o.desk, "2026-02", MARCH, &later, &o.err), &o.err); /* before January is closed */
    expect_total(later, "1.20");
    expect_ok(bpo_desk_preview(o.desk, "2026-01", at("2026-01-05T13:00:00Z"), &early, &o.err), &o.err);
    expect_total(early, "0.00");
    assert_int_equal(o.desk->head, 6);
    bpo_statement_unref(close_ok(&o, o.desk, "2026-01", FEBRUARY));
    assert_int_equal(bpo_desk_preview(o.desk, "2026-01", MARCH, &sealed, &o.err), BPO_E_SEALED);
    assert_null(sealed);
    bpo_statement_unref(preview);
    bpo_statement_unref(later);
    bpo_statement_unref(early);
    close_office(&o);
}

static void other_terms_give_another_total(void **state)
{
    office o;
    bpo_contract *dearer = NULL;
    bpo_statement *quoted = NULL;
    (void)state;
    open_office(&o, NULL, NULL);
    record_months(&o, o.desk);
    bpo_statement_unref(close_ok(&o, o.desk, "2026-01", FEBRUARY));
    expect_ok(make_contract(o.context, "/pricing/charges/tickets/rate", "2.50", &dearer, &o.err), &o.err);
    uint64_t head = o.desk->head;
    expect_ok(bpo_desk_quote(o.desk, dearer, "2026-01", FEBRUARY, &quoted, &o.err), &o.err);
    expect_total(quoted, "2.50");
    assert_int_equal(o.desk->head, head);
    bpo_statement_unref(quoted);
    bpo_contract_unref(dearer);
    close_office(&o);
}

static void without_a_start_the_earliest_fact_decides(void **state)
{
    bpo_host host = test_host();
    bpo_context *context = NULL;
    bpo_terms *terms = NULL;
    bpo_contract *contract = NULL;
    bpo_desk *desk = NULL;
    bpo_statement *statement = NULL;
    bpo_store store = BPO_STORE_INIT;
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    expect_ok(bpo_context_new(&host, &context, &err), &err);
    expect_ok(bpo_terms_new(context, &terms, &err), &err);
    for (size_t i = 0; i < sizeof base_terms / sizeof base_terms[0]; i++)
        if (strcmp(base_terms[i][0], "/contract/start") != 0)
            expect_ok(bpo_terms_set(terms, base_terms[i][0], base_terms[i][1], &err), &err);
    expect_ok(bpo_contract_new(context, terms, &contract, &err), &err);
    expect_ok(bpo_memory_store_new(context, &store, &err), &err);
    expect_ok(bpo_desk_create(contract, &store, "acme", &desk, &err), &err);
    bpo_fact fact = ticket_fact(BPO_TICKET_OPENED, "a", "t1", at("2025-11-20T00:00:00Z"));
    expect_ok(bpo_desk_record(desk, MARCH, &fact, 1, NULL, &err), &err);
    assert_int_equal(bpo_desk_close(desk, "2026-01", MARCH, &statement, &err), BPO_E_STATE);
    assert_non_null(strstr(err.message, "2025-11-01T00:00:00Z"));
    expect_ok(bpo_desk_close(desk, "2025-11", MARCH, &statement, &err), &err);
    bpo_statement_unref(statement);
    bpo_desk_unref(desk);
    bpo_contract_unref(contract);
    bpo_terms_unref(terms);
    bpo_context_unref(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_preview_is_the_statement_to_come),
        cmocka_unit_test(other_terms_give_another_total),
        cmocka_unit_test(without_a_start_the_earliest_fact_decides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
