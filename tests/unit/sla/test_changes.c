/* SPDX-License-Identifier: Apache-2.0 */
#include "sla_support.h"

#include "sla/changes.h"

static bpo_changes *new_changes(bpo_context **ret_context)
{
    bpo_changes *changes = NULL;
    assert_int_equal(bpo_context_new(NULL, ret_context, NULL), BPO_OK);
    assert_int_equal(bpo_changes_new(*ret_context, &changes, NULL), BPO_OK);
    return changes;
}

static void a_draft_is_not_seen_before_it_is_committed(void **state)
{
    bpo_context *context;
    bpo_changes *changes = new_changes(&context);
    bpo_change change = BPO_CHANGE_INIT;
    (void)state;
    assert_int_equal(bpo__changes_add(changes, BPO_CHANGE_STARTED, "m", 1, 5, 6), BPO_OK);
    assert_int_equal(bpo_changes_count(changes), 0);
    bpo__changes_commit(changes);
    assert_int_equal(bpo_changes_count(changes), 1);
    assert_int_equal(bpo_changes_at(changes, 0, &change), BPO_OK);
    assert_true(change.kind == BPO_CHANGE_STARTED && change.cycle == 1 && change.at == 5 && change.before == 6);
    bpo__changes_begin(changes);
    bpo__changes_commit(changes);
    assert_int_equal(bpo_changes_count(changes), 0);
    bpo_changes_unref(changes);
    bpo_context_unref(context);
}

static void crossings_stand_in_order_of_time(void **state)
{
    bpo_context *context;
    bpo_changes *changes = new_changes(&context);
    bpo_time before = 0;
    (void)state;
    for (int i = 0; i < 50; i++)
        assert_int_equal(bpo__changes_add(changes, BPO_CHANGE_BREACHED, i % 2 ? "b" : "a", 1, i * 37 % 50 / 2, 0),
                         BPO_OK);
    bpo__changes_sort(changes);
    bpo__changes_commit(changes);
    for (size_t i = 0; i < 50; i++) {
        bpo_change change = BPO_CHANGE_INIT;
        assert_int_equal(bpo_changes_at(changes, i, &change), BPO_OK);
        assert_true(change.at >= before);
        before = change.at;
    }
    bpo_changes_unref(changes);
    bpo_context_unref(context);
}

static void null_is_refused_softly(void **state)
{
    bpo_context *context;
    bpo_changes *changes = new_changes(&context);
    bpo_change change = BPO_CHANGE_INIT;
    (void)state;
    assert_int_equal(bpo_changes_new(NULL, &changes, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_changes_new(context, NULL, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_changes_count(NULL), 0);
    assert_int_equal(bpo_changes_at(changes, 0, &change), BPO_E_INVALID);
    bpo__changes_add(changes, BPO_CHANGE_STARTED, NULL, 0, 0, 0);
    bpo__changes_commit(changes);
    assert_int_equal(bpo_changes_at(changes, 0, NULL), BPO_E_INVALID);
    change.struct_size = 4;
    assert_int_equal(bpo_changes_at(changes, 0, &change), BPO_E_ABI);
    assert_null(bpo_changes_unref(NULL));
    assert_int_equal(bpo__changes_add(NULL, BPO_CHANGE_STARTED, NULL, 0, 0, 0), BPO_OK);
    bpo_changes_unref(changes);
    bpo_context_unref(context);
}

static bpo_status changes_are_added(fault_host *fault, void *user)
{
    bpo_context *context = NULL;
    bpo_changes *changes = NULL;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    (void)user;
    if (status >= 0)
        status = bpo_changes_new(context, &changes, NULL);
    for (int i = 0; i < 100 && status >= 0; i++)
        status = bpo__changes_add(changes, BPO_CHANGE_STARTED, "m", 1, i, 0);
    bpo_changes_unref(changes);
    bpo_context_unref(context);
    return status;
}

static void changes_survive_a_lack_of_memory(void **state)
{
    (void)state;
    assert_true(fault_torture(changes_are_added, NULL) >= 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_draft_is_not_seen_before_it_is_committed),
        cmocka_unit_test(crossings_stand_in_order_of_time),
        cmocka_unit_test(null_is_refused_softly),
        cmocka_unit_test(changes_survive_a_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
