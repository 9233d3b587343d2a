/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "core/memory.h"
#include "support/fault.h"
#include <string.h>

static char last_line[64];

static void keep_line(void *user, int32_t level, const char *text)
{
    (void)user;
    assert_int_equal(level, BPO_LOG_WARNING);
    assert_true(strlen(text) < sizeof(last_line));
    memcpy(last_line, text, strlen(text) + 1);
}

static bpo_context *libc_context(void)
{
    bpo_context *context = NULL;
    assert_int_equal(bpo_context_new(NULL, &context, NULL), BPO_OK);
    return context;
}

static void nothing_is_asked_for_zero_bytes(void **state)
{
    bpo_context *context = libc_context();
    (void)state;
    assert_null(bpo__alloc(context, 0));
    assert_null(bpo__alloc_zeroed(context, 0));
    assert_null(bpo__resize(context, NULL, 0, 0));
    bpo__free(context, NULL, 0);
    bpo_context_unref(context);
}

static void zeroed_memory_is_zero(void **state)
{
    bpo_context *context = libc_context();
    (void)state;
    unsigned char *block = bpo__alloc_zeroed(context, 100);
    for (size_t i = 0; i < 100; i++)
        assert_int_equal(block[i], 0);
    bpo__free(context, block, 100);
    bpo_context_unref(context);
}

static void resizing_keeps_the_content_and_can_begin_and_end_a_block(void **state)
{
    bpo_context *context = libc_context();
    (void)state;
    char *block = bpo__resize(context, NULL, 0, 4);
    memcpy(block, "abc", 4);
    block = bpo__resize(context, block, 4, 4000);
    assert_string_equal(block, "abc");
    assert_null(bpo__resize(context, block, 4000, 0));
    bpo_context_unref(context);
}

static void reserving_doubles(void **state)
{
    bpo_context *context = libc_context();
    int32_t *items = NULL;
    void *array = NULL;
    size_t capacity = 0;
    (void)state;
    assert_int_equal(bpo__reserve(context, &array, &capacity, 0, 0, sizeof(*items)), BPO_OK);
    assert_null(array);
    assert_int_equal(bpo__reserve(context, &array, &capacity, 0, 1, sizeof(*items)), BPO_OK);
    assert_int_equal(capacity, 8);
    assert_int_equal(bpo__reserve(context, &array, &capacity, 7, 1, sizeof(*items)), BPO_OK);
    assert_int_equal(capacity, 8);
    assert_int_equal(bpo__reserve(context, &array, &capacity, 8, 1, sizeof(*items)), BPO_OK);
    assert_int_equal(capacity, 16);
    assert_int_equal(bpo__reserve(context, &array, &capacity, 16, 100, sizeof(*items)), BPO_OK);
    assert_int_equal(capacity, 116);
    bpo__free(context, array, capacity * sizeof(*items));
    bpo_context_unref(context);
}

static void what_cannot_be_counted_is_no_memory(void **state)
{
    static const size_t impossible[] = {SIZE_MAX, SIZE_MAX - 1, PTRDIFF_MAX, PTRDIFF_MAX / 16 + 1};
    bpo_context *context = libc_context();
    void *array = NULL;
    size_t capacity = 0;
    (void)state;
    for (size_t i = 0; i < sizeof(impossible) / sizeof(impossible[0]); i++) {
        assert_int_equal(bpo__reserve(context, &array, &capacity, 2, impossible[i], 16), BPO_E_NOMEM);
        assert_int_equal(bpo__reserve(context, &array, &capacity, impossible[i], 2, 16), BPO_E_NOMEM);
        assert_null(array);
        assert_int_equal(capacity, 0);
    }
    bpo_context_unref(context);
}

static void *refuse_alloc(void *user, size_t size)
{
    *(size_t *)user = size;
    return NULL;
}

static void *refuse_resize(void *user, void *block, size_t old_size, size_t new_size)
{
    (void)block;
    (void)old_size;
    return refuse_alloc(user, new_size);
}

static void no_free(void *user, void *block, size_t size)
{
    (void)user;
    (void)block;
    (void)size;
}

/* Doubling ends at what a pointer difference can count. */
static void growth_ends_at_the_address_space(void **state)
{
    size_t asked = 0;
    bpo_context context = {0};
    void *array = NULL;
    (void)state;
    context.host.user = &asked;
    context.host.alloc = refuse_alloc;
    context.host.resize = refuse_resize;
    context.host.free = no_free;
    size_t capacity = PTRDIFF_MAX / 2 + 2;
    assert_int_equal(bpo__reserve(&context, &array, &capacity, capacity, 1, 1), BPO_E_NOMEM);
    assert_int_equal(asked, PTRDIFF_MAX);
    assert_int_equal(capacity, PTRDIFF_MAX / 2 + 2);
    capacity = 0;
    assert_int_equal(bpo__reserve(&context, &array, &capacity, 0, 1, PTRDIFF_MAX / 2), BPO_E_NOMEM);
    assert_int_equal(asked, PTRDIFF_MAX / 2);
}

static void a_log_is_a_choice_of_the_host(void **state)
{
    bpo_host host = BPO_HOST_INIT;
    bpo_context *context = libc_context();
    (void)state;
    bpo__log(context, BPO_LOG_WARNING, "nobody reads this");
    bpo_context_unref(context);
    host.log = keep_line;
    assert_int_equal(bpo_context_new(&host, &context, NULL), BPO_OK);
    bpo__log(context, BPO_LOG_WARNING, "odd");
    assert_string_equal(last_line, "odd");
    bpo_context_unref(context);
}

static bpo_status an_array_grows(fault_host *fault, void *user)
{
    bpo_context *context = NULL;
    void *array = NULL;
    size_t capacity = 0;
    size_t count = 0;
    (void)user;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    while (status == BPO_OK && count < 40) {
        const void *before = array;
        size_t room = capacity;
        status = bpo__reserve(context, &array, &capacity, count, 1, sizeof(uint32_t));
        if (status == BPO_OK)
            ((uint32_t *)array)[count] = (uint32_t)count;
        else
            assert_true(array == before && capacity == room);
        count += status == BPO_OK;
    }
    for (size_t i = 0; i < count; i++)
        assert_int_equal(((uint32_t *)array)[i], i);
    if (context)
        bpo__free(context, array, capacity * sizeof(uint32_t));
    bpo_context_unref(context);
    return status;
}

static void lack_of_memory_keeps_the_array(void **state)
{
    (void)state;
    assert_int_equal(fault_torture(an_array_grows, NULL), 5); /* the context; 8, 16, 32 and 64 items */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_asked_for_zero_bytes),
        cmocka_unit_test(zeroed_memory_is_zero),
        cmocka_unit_test(resizing_keeps_the_content_and_can_begin_and_end_a_block),
        cmocka_unit_test(reserving_doubles),
        cmocka_unit_test(what_cannot_be_counted_is_no_memory),
        cmocka_unit_test(growth_ends_at_the_address_space),
        cmocka_unit_test(a_log_is_a_choice_of_the_host),
        cmocka_unit_test(lack_of_memory_keeps_the_array),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
