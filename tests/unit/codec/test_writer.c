/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "codec/writer.h"
#include "support/fault.h"

static bpo__buffer new_buffer(bpo_context **ret_context)
{
    bpo__buffer buffer;
    assert_int_equal(bpo_context_new(NULL, ret_context, NULL), BPO_OK);
    bpo__buffer_init(&buffer, *ret_context);
    return buffer;
}

static void assert_bytes(bpo__buffer *buffer, const char *expected, size_t size)
{
    assert_int_equal(buffer->size, size);
    assert_memory_equal(buffer->data, expected, size);
    buffer->size = 0;
}

static void unsigned_numbers_take_the_fewest_bytes(void **state)
{
    bpo_context *context;
    bpo__buffer buffer = new_buffer(&context);
    (void)state;
    assert_int_equal(bpo__write_unsigned(&buffer, 0), BPO_OK);
    assert_bytes(&buffer, "\0", 1);
    assert_int_equal(bpo__write_unsigned(&buffer, 127), BPO_OK);
    assert_bytes(&buffer, "\x7f", 1);
    assert_int_equal(bpo__write_unsigned(&buffer, 128), BPO_OK);
    assert_bytes(&buffer, "\x80\x01", 2);
    assert_int_equal(bpo__write_unsigned(&buffer, 624485), BPO_OK);
    assert_bytes(&buffer, "\xe5\x8e\x26", 3);
    assert_int_equal(bpo__write_unsigned(&buffer, UINT64_MAX), BPO_OK);
    assert_bytes(&buffer, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 10);
    bpo__buffer_clear(&buffer);
    bpo_context_unref(context);
}

static void small_magnitudes_of_either_sign_are_short(void **state)
{
    bpo_context *context;
    bpo__buffer buffer = new_buffer(&context);
    (void)state;
    assert_int_equal(bpo__write_signed(&buffer, -1), BPO_OK);
    assert_bytes(&buffer, "\x01", 1);
    assert_int_equal(bpo__write_signed(&buffer, 1), BPO_OK);
    assert_bytes(&buffer, "\x02", 1);
    assert_int_equal(bpo__write_signed(&buffer, -64), BPO_OK);
    assert_bytes(&buffer, "\x7f", 1);
    assert_int_equal(bpo__write_signed(&buffer, INT64_MIN), BPO_OK);
    assert_bytes(&buffer, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 10);
    assert_int_equal(bpo__write_signed(&buffer, INT64_MAX), BPO_OK);
    assert_bytes(&buffer, "\xfe\xff\xff\xff\xff\xff\xff\xff\xff\x01", 10);
    bpo__buffer_clear(&buffer);
    bpo_context_unref(context);
}

static void a_text_stands_behind_its_size(void **state)
{
    bpo_context *context;
    bpo__buffer buffer = new_buffer(&context);
    (void)state;
    assert_int_equal(bpo__write_text(&buffer, BPO__TEXT("desk")), BPO_OK);
    assert_bytes(&buffer,
                 "\x04"
                 "desk",
                 5);
    assert_int_equal(bpo__write_text(&buffer, (bpo__text){NULL, 0}), BPO_OK);
    assert_bytes(&buffer, "\0", 1);
    bpo__buffer_clear(&buffer);
    bpo_context_unref(context);
}

static void a_decimal_keeps_its_scale(void **state)
{
    bpo_context *context;
    bpo__buffer buffer = new_buffer(&context);
    bpo_decimal long_form = {0, 150, 2, 0}, short_form = {0, 15, 1, 0}, negative = {-1, UINT64_MAX, 3, 0};
    bpo_decimal largest = {INT64_MIN, 0, 18, 0};
    (void)state;
    assert_int_equal(bpo__write_decimal(&buffer, &long_form), BPO_OK);
    assert_bytes(&buffer, "\x02\xac\x02", 3);
    assert_int_equal(bpo__write_decimal(&buffer, &short_form), BPO_OK);
    assert_bytes(&buffer, "\x01\x1e", 2);
    assert_int_equal(bpo__write_decimal(&buffer, &negative), BPO_OK);
    assert_bytes(&buffer, "\x03\x01", 2);
    assert_int_equal(bpo__write_decimal(&buffer, &largest), BPO_OK);
    assert_int_equal(buffer.size, BPO__DECIMAL_SIZE_MAX);
    bpo__buffer_clear(&buffer);
    bpo_context_unref(context);
}

static bpo_status everything_is_written(fault_host *fault, void *user)
{
    bpo_context *context = NULL;
    bpo__buffer buffer;
    bpo_decimal number = {0, 150, 2, 0};
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    (void)user;
    if (status < 0)
        return status;
    bpo__buffer_init(&buffer, context);
    for (int i = 0; i < 100 && status >= 0; i++) {
        size_t before = buffer.size;
        status = i % 2 ? bpo__write_text(&buffer, BPO__TEXT("a longer text")) : bpo__write_decimal(&buffer, &number);
        if (status < 0)
            assert_int_equal(buffer.size, before);
    }
    bpo__buffer_clear(&buffer);
    bpo_context_unref(context);
    return status;
}

static void failure_leaves_the_buffer_alone(void **state)
{
    (void)state;
    assert_true(fault_torture(everything_is_written, NULL) > 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unsigned_numbers_take_the_fewest_bytes),
        cmocka_unit_test(small_magnitudes_of_either_sign_are_short),
        cmocka_unit_test(a_text_stands_behind_its_size),
        cmocka_unit_test(a_decimal_keeps_its_scale),
        cmocka_unit_test(failure_leaves_the_buffer_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
