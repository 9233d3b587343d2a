/* SPDX-License-Identifier: Apache-2.0 */
/* Laws of handing a record to a visit. */
#include "support/test.h"
#include <bpo/store.h>

#define VISITED 1234

static bpo_status remember(void *user, const bpo_record *record)
{
    *(const bpo_record **)user = record;
    return VISITED;
}

static void the_visit_gets_the_record_and_its_status_comes_back(void **state)
{
    (void)state;
    bpo_record record = BPO_RECORD_INIT;
    const bpo_record *seen = NULL;
    assert_int_equal(bpo_record_visit(remember, &seen, &record), VISITED);
    assert_ptr_equal(seen, &record);
}

static void nothing_to_call_or_to_give_is_refused(void **state)
{
    (void)state;
    bpo_record record = BPO_RECORD_INIT;
    const bpo_record *seen = NULL;
    assert_int_equal(bpo_record_visit(NULL, &seen, &record), BPO_E_INVALID);
    assert_int_equal(bpo_record_visit(remember, &seen, NULL), BPO_E_INVALID);
    assert_null(seen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_visit_gets_the_record_and_its_status_comes_back),
        cmocka_unit_test(nothing_to_call_or_to_give_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
