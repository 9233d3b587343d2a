/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "core/fail.h"
#include "support/fault.h"
#include <string.h>

static int released;
static const fault_host *accounts;

/* Release is the very last call, so even the context's own block is back by then. */
static void count_release(void *user)
{
    released++;
    if (accounts && user == accounts)
        assert_int_equal(accounts->live, 0);
}

static void the_init_function_and_the_macro_agree(void **state)
{
    const bpo_host by_macro = BPO_HOST_INIT;
    bpo_host by_function;
    (void)state;
    memset(&by_function, 0xff, sizeof(by_function));
    bpo_host_init(&by_function);
    assert_memory_equal(&by_function, &by_macro, sizeof(by_macro));
    bpo_host_init(NULL);
}

static void a_context_needs_no_host(void **state)
{
    bpo_context *context = NULL;
    (void)state;
    assert_int_equal(bpo_context_new(NULL, &context, NULL), BPO_OK);
    assert_non_null(context);
    assert_null(bpo_context_unref(context));
}

static void it_ends_with_its_last_reference_and_releases_once(void **state)
{
    bpo_host host = BPO_HOST_INIT;
    bpo_context *context = NULL;
    (void)state;
    released = 0;
    host.release = count_release;
    assert_int_equal(bpo_context_new(&host, &context, NULL), BPO_OK);
    assert_ptr_equal(bpo_context_ref(context), context);
    assert_null(bpo_context_unref(context));
    assert_int_equal(released, 0);
    assert_null(bpo_context_unref(context));
    assert_int_equal(released, 1);
}

static void release_comes_after_the_last_block(void **state)
{
    fault_host fault;
    bpo_context *context = NULL;
    (void)state;
    fault_host_init(&fault);
    accounts = &fault;
    released = 0;
    bpo_host host = fault.host;
    host.release = count_release;
    assert_ptr_equal(host.user, &fault);
    assert_int_equal(bpo_context_new(&host, &context, NULL), BPO_OK);
    assert_int_equal(fault.live, 1);
    bpo_context_unref(context);
    assert_int_equal(released, 1);
    accounts = NULL;
}

static void no_context_is_no_trouble(void **state)
{
    (void)state;
    assert_null(bpo_context_ref(NULL));
    assert_null(bpo_context_unref(NULL));
}

/* The host is refused, nothing is kept and nothing released. */
static void assert_refused(const bpo_host *host, bpo_status status, int32_t message)
{
    bpo_context *const untouched = (bpo_context *)&released;
    bpo_context *context = untouched;
    bpo_error err = BPO_ERROR_INIT;
    released = 0;
    assert_int_equal(bpo_context_new(host, &context, &err), status);
    assert_ptr_equal(context, untouched);
    assert_int_equal(err.code, status);
    assert_int_equal(err.message_id, message);
    assert_int_equal(released, 0);
}

static void half_an_allocator_is_refused(void **state)
{
    fault_host fault;
    (void)state;
    fault_host_init(&fault);
    for (int set = 1; set < 7; set++) {
        bpo_host host = BPO_HOST_INIT;
        host.release = count_release;
        host.alloc = set & 1 ? fault.host.alloc : NULL;
        host.resize = set & 2 ? fault.host.resize : NULL;
        host.free = set & 4 ? fault.host.free : NULL;
        assert_refused(&host, BPO_E_INVALID, BPO__MSG_allocator_incomplete);
    }
}

static void a_host_of_unknown_shape_is_refused(void **state)
{
    bpo_host host = BPO_HOST_INIT;
    (void)state;
    host.release = count_release;
    host.struct_size = 0;
    assert_refused(&host, BPO_E_ABI, BPO__MSG_struct_size);
    host.struct_size = sizeof(host);
    host.flags = 1;
    assert_refused(&host, BPO_E_ABI, BPO__MSG_flags_unknown);
}

static void a_place_for_the_context_is_needed(void **state)
{
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    assert_int_equal(bpo_context_new(NULL, NULL, &err), BPO_E_INVALID);
    assert_string_equal(err.arguments, "ret_context");
}

static bpo_status a_context_comes_and_goes(fault_host *fault, void *user)
{
    bpo_context *context = NULL;
    bpo_error err = BPO_ERROR_INIT;
    (void)user;
    bpo_status status = bpo_context_new(&fault->host, &context, &err);
    if (status != BPO_OK) {
        assert_null(context);
        assert_int_equal(err.code, status);
    }
    bpo_context_unref(context);
    return status;
}

static void lack_of_memory_leaves_nothing_behind(void **state)
{
    (void)state;
    assert_int_equal(fault_torture(a_context_comes_and_goes, NULL), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_init_function_and_the_macro_agree),
        cmocka_unit_test(a_context_needs_no_host),
        cmocka_unit_test(it_ends_with_its_last_reference_and_releases_once),
        cmocka_unit_test(release_comes_after_the_last_block),
        cmocka_unit_test(no_context_is_no_trouble),
        cmocka_unit_test(half_an_allocator_is_refused),
        cmocka_unit_test(a_host_of_unknown_shape_is_refused),
        cmocka_unit_test(a_place_for_the_context_is_needed),
        cmocka_unit_test(lack_of_memory_leaves_nothing_behind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
