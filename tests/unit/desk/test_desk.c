/* SPDX-License-Identifier: Apache-2.0 */
/* A desk's life: begun once, opened ever after, with the same contract. */
#include "fixture.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_desk_is_begun_once_and_opened_ever_after),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
