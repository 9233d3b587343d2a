/* SPDX-License-Identifier: Apache-2.0 */
#include "sla_support.h"

#include "sla/ticket_state.h"
#include "terms/plan.h"

typedef struct world {
    bpo_context *context;
    bpo_contract *contract;
    bpo__ticket_state state;
} world;

static world *new_world(world *w)
{
    assert_int_equal(bpo_context_new(NULL, &w->context, NULL), BPO_OK);
    w->contract = NULL;
    assert_int_equal(desk_contract(w->context, &w->contract, NULL), BPO_OK);
    bpo__ticket_state_init(&w->state, w->context, bpo__contract_plan(w->contract, 0));
    return w;
}

static void end_world(world *w)
{
    bpo__ticket_state_clear(&w->state);
    bpo_contract_unref(w->contract);
    bpo_context_unref(w->context);
}

static void apply(world *w, const event *one)
{
    event_fact made;
    make_fact(one, &made);
    assert_int_equal(bpo__ticket_state_apply(&w->state, &made.fact), BPO_OK);
}

static const bpo_value *see(const world *w, uint32_t name)
{
    bpo__sight sight;
    return bpo__attributes_find(bpo__ticket_state_see(&w->state, NULL, &sight), name);
}

static void the_last_value_of_a_name_counts(void **state)
{
    world w;
    const event low = {.kind = BPO_TICKET_OPENED, .key = "1", .priority = "low", .tier = "gold"};
    const event high = {.kind = BPO_TICKET_UPDATED, .key = "2", .priority = "high", .tier = "gold"};
    (void)state;
    new_world(&w);
    apply(&w, &low);
    assert_int_equal(w.state.changed_count, 2);
    apply(&w, &high);
    assert_int_equal(w.state.changed_count, 1);
    assert_int_equal(w.state.changed[0], BPO_VALUE_PRIORITY);
    assert_int_equal(see(&w, BPO_VALUE_PRIORITY)->size, 4);
    assert_non_null(see(&w, BPO_VALUE_TIER));
    assert_null(see(&w, BPO_VALUE_GROUP));
    end_world(&w);
}

static void what_a_fact_says_of_itself_does_not_stay(void **state)
{
    world w;
    const event reply = {.kind = BPO_TICKET_MESSAGED, .key = "1", .author = "agent"};
    const event target = {.kind = BPO_TICKET_TARGET_SET, .key = "2", .metric = "resolution", .target = 1};
    (void)state;
    new_world(&w);
    apply(&w, &reply);
    apply(&w, &target);
    assert_int_equal(w.state.changed_count, 0);
    assert_null(see(&w, BPO_VALUE_AUTHOR));
    assert_null(see(&w, BPO_VALUE_PUBLIC));
    assert_null(see(&w, BPO_VALUE_METRIC));
    assert_null(see(&w, BPO_VALUE_TARGET));
    end_world(&w);
}

static void the_category_follows_the_status_or_the_kind(void **state)
{
    static const struct {
        bpo_fact_kind kind;
        const char *status;
        bpo__category category;
    } rows[] = {
        {BPO_TICKET_OPENED, NULL, BPO__CATEGORY_NONE},           {BPO_TICKET_UPDATED, "Pending", BPO__CATEGORY_PENDING},
        {BPO_TICKET_ASSIGNED, NULL, BPO__CATEGORY_PENDING},      {BPO_TICKET_SOLVED, NULL, BPO__CATEGORY_SOLVED},
        {BPO_TICKET_REOPENED, NULL, BPO__CATEGORY_OPEN},         {BPO_TICKET_CLOSED, NULL, BPO__CATEGORY_CLOSED},
        {BPO_TICKET_SOLVED, "Open", BPO__CATEGORY_OPEN},         {BPO_TICKET_DELETED, NULL, BPO__CATEGORY_CLOSED},
        {BPO_TICKET_UPDATED, "Odd", BPO__CATEGORY_UNKNOWN},      {BPO_TICKET_UPDATED, "New", BPO__CATEGORY_NEW},
        {BPO_TICKET_UPDATED, "unmapped", BPO__CATEGORY_UNKNOWN},
    };
    world w;
    (void)state;
    new_world(&w);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        event one = {.kind = rows[i].kind, .key = "k", .status = rows[i].status};
        apply(&w, &one);
        assert_int_equal(w.state.category, rows[i].category);
    }
    end_world(&w);
}

static void words_are_absent_until_they_are_known(void **state)
{
    world w;
    event_fact made;
    const event one = {.kind = BPO_TICKET_UPDATED, .key = "1", .status = "Pending"};
    (void)state;
    new_world(&w);
    bpo__ticket_state_word(&w.state, NULL);
    assert_int_equal(w.state.word_count, 0);
    apply(&w, &one);
    make_fact(&one, &made);
    w.state.opened_weekday = 7;
    w.state.opened_in_hours = 0;
    bpo__ticket_state_word(&w.state, &made.fact);
    assert_memory_equal(see(&w, BPO_VALUE_KIND)->text, "ticket.updated", 14);
    assert_memory_equal(see(&w, BPO_VALUE_STATUS_CATEGORY)->text, "pending", 7);
    assert_memory_equal(see(&w, BPO_VALUE_OPENED_WEEKDAY)->text, "sun", 3);
    assert_int_equal(see(&w, BPO_VALUE_OPENED_IN_HOURS)->integer, 0);
    end_world(&w);
}

static void a_facts_own_value_comes_before_the_tickets(void **state)
{
    world w;
    bpo__sight sight;
    event_fact made;
    const event old = {.kind = BPO_TICKET_UPDATED, .key = "1", .priority = "low"};
    const event new = {.kind = BPO_TICKET_UPDATED, .key = "2", .priority = "high", .author = "agent"};
    (void)state;
    new_world(&w);
    apply(&w, &old);
    make_fact(&new, &made);
    const bpo__attributes *attributes = bpo__ticket_state_see(&w.state, &made.fact, &sight);
    assert_int_equal(bpo__attributes_find(attributes, BPO_VALUE_PRIORITY)->size, 4);
    assert_non_null(bpo__attributes_find(attributes, BPO_VALUE_AUTHOR));
    end_world(&w);
}

static bpo_status many_attributes_are_kept(fault_host *fault, void *user)
{
    world w = {NULL, NULL, {0}};
    bpo_status status = bpo_context_new(&fault->host, &w.context, NULL);
    (void)user;
    if (status >= 0)
        status = desk_contract(w.context, &w.contract, NULL);
    if (status >= 0) {
        bpo__ticket_state_init(&w.state, w.context, bpo__contract_plan(w.contract, 0));
        for (uint32_t i = 0; i < 4 * BPO__STATE_VALUES_INLINE && status >= 0; i++) {
            bpo_value value = {.name = BPO_VALUE_HOST_FIRST + i, .type = BPO_TYPE_INTEGER, .integer = i};
            bpo_fact fact = BPO_FACT_INIT;
            fact.kind = BPO_TICKET_UPDATED;
            fact.values = &value;
            fact.value_count = 1;
            status = bpo__ticket_state_apply(&w.state, &fact);
        }
        for (uint32_t i = 0; i < w.state.count; i++)
            assert_int_equal(see(&w, BPO_VALUE_HOST_FIRST + i)->integer, i);
        bpo__ticket_state_clear(&w.state);
    }
    bpo_contract_unref(w.contract);
    bpo_context_unref(w.context);
    return status;
}

static void any_number_of_attributes_is_kept_or_refused(void **state)
{
    (void)state;
    assert_true(fault_exhaust(many_attributes_are_kept, NULL, false) > 2);
    assert_true(fault_exhaust(many_attributes_are_kept, NULL, true) > 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_value_of_a_name_counts),
        cmocka_unit_test(what_a_fact_says_of_itself_does_not_stay),
        cmocka_unit_test(the_category_follows_the_status_or_the_kind),
        cmocka_unit_test(words_are_absent_until_they_are_known),
        cmocka_unit_test(a_facts_own_value_comes_before_the_tickets),
        cmocka_unit_test(any_number_of_attributes_is_kept_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
