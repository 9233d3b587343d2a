/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of facts, and the total order. */
#include "terms_support.h"

#include "terms/fact_table.h"

/* Whether a comma-separated list has exactly the names of the ids. */
static void assert_same(const char *list, const uint32_t *ids, size_t most)
{
    char joined[256] = "";

    for (size_t i = 0; i < most && ids[i]; i++) {
        assert_non_null(bpo__value_row_of(ids[i]));
        if (i > 0)
            strcat(joined, ",");
        strcat(joined, bpo__value_row_of(ids[i])->name);
    }
    assert_string_equal(list, joined);
}

static void names_and_numbers_of_a_kind_agree(void **state)
{
    bpo_fact_kind_info info = BPO_FACT_KIND_INFO_INIT;

    (void)state;
    assert_int_equal(bpo_fact_kind_count(), 21);
    for (size_t i = 0; i < bpo_fact_kind_count(); i++) {
        const bpo__fact_row *row;
        bpo_fact_kind found = 0;
        assert_int_equal(bpo_fact_kind_at(i, &info), BPO_OK);
        row = bpo__fact_row_of(info.kind);
        assert_string_equal(row->name, info.name);
        assert_int_equal(bpo_fact_kind_find(info.name, strlen(info.name), &found), BPO_OK);
        assert_int_equal(found, info.kind);
        assert_same(info.required, row->required, COUNT(row->required));
        assert_same(info.optional, row->optional, COUNT(row->optional));
        assert_true(strlen(info.subject) > 0 && strlen(info.description) > 0);
    }
    assert_int_equal(bpo_fact_kind_at(bpo_fact_kind_count(), &info), BPO_E_INVALID);
    assert_int_equal(bpo_fact_kind_find("ticket.open", 11, &info.kind), BPO_E_NOT_FOUND);
    assert_null(bpo__fact_row_of(1));
}

static void values_are_found_by_name_and_id(void **state)
{
    uint32_t id = 0;

    (void)state;
    for (size_t i = 0; i < bpo__value_row_count(); i++) {
        const bpo__value_row *row = bpo__value_row_at(i);
        assert_int_equal(bpo_value_find(row->name, strlen(row->name), &id), BPO_OK);
        assert_int_equal(id, row->id);
        assert_ptr_equal(bpo__value_row_of(id), row);
    }
    assert_int_equal(bpo_value_find("shoe_size", 9, &id), BPO_E_NOT_FOUND);
    assert_null(bpo__value_row_of(0));
    assert_null(bpo__value_row_of(39));
    assert_null(bpo__value_row_of(BPO_VALUE_HOST_FIRST));
}

static int order_at(int64_t order_a, bpo_fact_kind a, const char *key_a, int64_t order_b, bpo_fact_kind b,
                    const char *key_b)
{
    return bpo__fact_order(0, order_a, a, bpo__text_of(key_a), 0, 0, order_b, b, bpo__text_of(key_b), 0);
}

static void the_hosts_order_comes_before_precedence_and_key(void **state)
{
    (void)state;
    assert_true(order_at(1, BPO_TICKET_SOLVED, "z", 2, BPO_TICKET_OPENED, "a") < 0);
    assert_true(order_at(0, BPO_TICKET_SOLVED, "a", 0, BPO_TICKET_OPENED, "b") > 0);
    assert_true(order_at(0, BPO_TICKET_UPDATED, "b", 0, BPO_TICKET_DELETED, "a") < 0);
    assert_true(order_at(0, BPO_TICKET_DELETED, "b", 0, BPO_TICKET_SOLVED, "a") < 0);
    assert_true(order_at(0, BPO_TICKET_SOLVED, "b", 0, BPO_TICKET_STATUS_CHANGED, "a") < 0);
    assert_true(order_at(0, BPO_TICKET_STATUS_CHANGED, "b", 0, BPO_TICKET_REOPENED, "a") < 0);
    assert_true(order_at(0, BPO_TICKET_SOLVED, "a", 0, BPO_TICKET_CLOSED, "b") < 0);
    assert_true(bpo__fact_order(1, 0, 100, BPO__TEXT("a"), 0, 2, 0, 100, BPO__TEXT("a"), 0) < 0);
    assert_true(bpo__fact_order(1, 0, 100, BPO__TEXT("a"), 2, 1, 0, 100, BPO__TEXT("a"), 1) > 0);
    assert_int_equal(bpo__fact_order(1, 0, 100, BPO__TEXT("a"), 1, 1, 0, 100, BPO__TEXT("a"), 1), 0);
}

static void a_fact_is_initialised_alike_by_macro_and_function(void **state)
{
    const bpo_fact by_macro = BPO_FACT_INIT;
    bpo_fact by_function;

    (void)state;
    memset(&by_function, 0xaa, sizeof by_function);
    bpo_fact_init(&by_function);
    assert_memory_equal(&by_function, &by_macro, sizeof by_macro);
    bpo_fact_set_key(&by_function, "txn/1");
    bpo_fact_set_subject(&by_function, "1042");
    assert_int_equal(by_function.key_size, 5);
    assert_int_equal(by_function.subject_size, 4);
    bpo_fact_set_key(&by_function, NULL);
    bpo_fact_set_subject(&by_function, NULL);
    assert_memory_equal(&by_function, &by_macro, sizeof by_macro);
    bpo_fact_set_key(NULL, "k");
    bpo_fact_set_subject(NULL, "s");
    bpo_fact_init(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_and_numbers_of_a_kind_agree),
        cmocka_unit_test(values_are_found_by_name_and_id),
        cmocka_unit_test(the_hosts_order_comes_before_precedence_and_key),
        cmocka_unit_test(a_fact_is_initialised_alike_by_macro_and_function),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
