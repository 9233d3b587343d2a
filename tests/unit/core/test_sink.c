/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include <bpo/error.h>
#include <bpo/types.h>

#define REFUSAL (-4321)

static size_t bytes_taken;

static bpo_status take(void *user, const void *data, size_t size)
{
    assert_ptr_equal(user, &bytes_taken);
    assert_true(data || size == 0);
    bytes_taken += size;
    return BPO_OK;
}

static bpo_status refuse(void *user, const void *data, size_t size)
{
    (void)user;
    (void)data;
    (void)size;
    return REFUSAL;
}

static void bytes_reach_the_sink(void **state)
{
    bpo_sink sink = BPO_SINK_INIT;
    (void)state;
    sink.user = &bytes_taken;
    sink.write = take;
    bytes_taken = 0;
    assert_int_equal(bpo_sink_write(&sink, "abc", 3), BPO_OK);
    assert_int_equal(bpo_sink_write(&sink, NULL, 0), BPO_OK);
    assert_int_equal(bytes_taken, 3);
}

static void a_sinks_own_status_comes_back_unchanged(void **state)
{
    bpo_sink sink = BPO_SINK_INIT;
    (void)state;
    sink.write = refuse;
    assert_int_equal(bpo_sink_write(&sink, "abc", 3), REFUSAL);
}

static void what_is_no_sink_is_refused(void **state)
{
    bpo_sink sink = BPO_SINK_INIT;
    (void)state;
    assert_int_equal(bpo_sink_write(NULL, "abc", 3), BPO_E_INVALID);
    assert_int_equal(bpo_sink_write(&sink, "abc", 3), BPO_E_INVALID);
    sink.write = refuse;
    assert_int_equal(bpo_sink_write(&sink, NULL, 1), BPO_E_INVALID);
    sink.struct_size = 0;
    assert_int_equal(bpo_sink_write(&sink, "abc", 3), BPO_E_ABI);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_reach_the_sink),
        cmocka_unit_test(a_sinks_own_status_comes_back_unchanged),
        cmocka_unit_test(what_is_no_sink_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
