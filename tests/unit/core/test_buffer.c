/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "core/buffer.h"
#include "support/fault.h"
#include <string.h>

static bpo_status everything_is_appended(fault_host *fault, void *user)
{
    bpo_context *context = NULL;
    bpo__buffer buffer;
    (void)user;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    if (status != BPO_OK)
        return status;
    bpo__buffer_init(&buffer, context);
    size_t size = 0;
    for (size_t i = 0; i < 30 && status == BPO_OK; i++) {
        bpo_sink sink = bpo__buffer_sink(&buffer);
        status = i % 3 == 0   ? bpo__buffer_append_text(&buffer, "ab")
                 : i % 3 == 1 ? bpo__buffer_append_byte(&buffer, 'c')
                              : bpo_sink_write(&sink, "def", 3);
        size += status != BPO_OK ? 0 : i % 3 == 0 ? 2 : i % 3 == 1 ? 1 : 3;
        assert_int_equal(buffer.size, size);
    }
    for (size_t i = 0; i < size; i++)
        assert_int_equal(buffer.data[i], "abcdef"[i % 6]);
    bpo__buffer_clear(&buffer);
    assert_null(buffer.data);
    assert_int_equal(buffer.capacity, 0);
    bpo_context_unref(context);
    return status;
}

static void bytes_come_in_order_and_stay_when_memory_lacks(void **state)
{
    (void)state;
    assert_int_equal(fault_torture(everything_is_appended, NULL), 5); /* the context; 8, 16, 32 and 64 bytes */
}

static bpo_status what_is_reserved_appends_without_memory(fault_host *fault, void *user)
{
    bpo_context *context = NULL;
    bpo__buffer buffer;
    (void)user;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    if (status != BPO_OK)
        return status;
    bpo__buffer_init(&buffer, context);
    status = bpo__buffer_reserve(&buffer, 100);
    size_t calls = fault->memory.calls;
    for (int i = 0; i < 100 && status == BPO_OK; i++)
        assert_int_equal(bpo__buffer_append_byte(&buffer, 1), BPO_OK);
    assert_int_equal(fault->memory.calls, calls);
    bpo__buffer_clear(&buffer);
    bpo_context_unref(context);
    return status;
}

static void a_reserve_makes_appends_infallible(void **state)
{
    (void)state;
    assert_int_equal(fault_torture(what_is_reserved_appends_without_memory, NULL), 2);
}

static void nothing_appended_needs_nothing(void **state)
{
    bpo__buffer buffer;
    (void)state;
    bpo__buffer_init(&buffer, NULL);
    assert_int_equal(bpo__buffer_append(&buffer, NULL, 0), BPO_OK);
    assert_int_equal(bpo__buffer_append_text(&buffer, ""), BPO_OK);
    assert_null(buffer.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_come_in_order_and_stay_when_memory_lacks),
        cmocka_unit_test(a_reserve_makes_appends_infallible),
        cmocka_unit_test(nothing_appended_needs_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
