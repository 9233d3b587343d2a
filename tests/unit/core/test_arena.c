/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "core/arena.h"
#include "support/fault.h"
#include <stdalign.h>
#include <string.h>

static bool is_zero(const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != 0)
            return false;
    }
    return true;
}

/* Pieces of many sizes: zeroed, aligned, and none touches another. */
static bpo_status pieces_are_handed_out(fault_host *fault, void *user)
{
    unsigned char *pieces[300];
    bpo_context *context = NULL;
    bpo__arena arena;
    size_t count = 0;
    (void)user;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    if (status != BPO_OK)
        return status;
    bpo__arena_init(&arena, context);
    for (; count < 300; count++) {
        pieces[count] = bpo__arena_alloc(&arena, count * 3);
        if (!pieces[count])
            break;
        assert_int_equal((uintptr_t)pieces[count] % alignof(max_align_t), 0);
        assert_true(is_zero(pieces[count], count * 3));
        memset(pieces[count], (int)(count & 0xff), count * 3);
    }
    for (size_t i = 0; i < count; i++) {
        for (size_t at = 0; at < i * 3; at++)
            assert_int_equal(pieces[i][at], i & 0xff);
    }
    bpo__arena_clear(&arena);
    assert_null(arena.blocks);
    bpo_context_unref(context);
    return count == 300 ? BPO_OK : BPO_E_NOMEM;
}

static void pieces_are_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    /* 300 pieces of up to 900 bytes: the context, and blocks of 4, 8, 16, 32, 64 and 128 KiB */
    assert_int_equal(fault_torture(pieces_are_handed_out, NULL), 7);
}

static void no_bytes_are_a_piece_too(void **state)
{
    bpo_context *context = NULL;
    bpo__arena arena;
    (void)state;
    assert_int_equal(bpo_context_new(NULL, &context, NULL), BPO_OK);
    bpo__arena_init(&arena, context);
    const void *first = bpo__arena_alloc(&arena, 0);
    const void *second = bpo__arena_alloc(&arena, 0);
    assert_non_null(first);
    assert_non_null(second);
    assert_ptr_not_equal(first, second);
    bpo__arena_clear(&arena);
    bpo_context_unref(context);
}

static void a_large_piece_gets_a_block_of_its_own_size(void **state)
{
    fault_host fault;
    bpo_context *context = NULL;
    bpo__arena arena;
    (void)state;
    fault_host_init(&fault);
    assert_int_equal(bpo_context_new(&fault.host, &context, NULL), BPO_OK);
    bpo__arena_init(&arena, context);
    for (int i = 0; i < 4; i++) {
        unsigned char *piece = bpo__arena_alloc(&arena, (size_t)3 << 20);
        assert_non_null(piece);
        piece[((size_t)3 << 20) - 1] = 1;
    }
    assert_true(fault.live_bytes < (size_t)13 << 20); /* growth does not double without end */
    bpo__arena_clear(&arena);
    bpo_context_unref(context);
    fault_host_check(&fault);
}

static void a_size_that_wraps_is_no_memory(void **state)
{
    bpo_context *context = NULL;
    bpo__arena arena;
    (void)state;
    assert_int_equal(bpo_context_new(NULL, &context, NULL), BPO_OK);
    bpo__arena_init(&arena, context);
    for (size_t less = 0; less < 64; less++)
        assert_null(bpo__arena_alloc(&arena, SIZE_MAX - less));
    assert_null(bpo__arena_text(&arena, "", SIZE_MAX));
    bpo__arena_clear(&arena);
    bpo_context_unref(context);
}

static void a_text_is_copied_with_a_nul(void **state)
{
    bpo_context *context = NULL;
    bpo__arena arena;
    (void)state;
    assert_int_equal(bpo_context_new(NULL, &context, NULL), BPO_OK);
    bpo__arena_init(&arena, context);
    assert_string_equal(bpo__arena_text(&arena, "seats", 4), "seat");
    assert_string_equal(bpo__arena_text(&arena, NULL, 0), "");
    bpo__arena_clear(&arena);
    bpo_context_unref(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
        cmocka_unit_test(no_bytes_are_a_piece_too),
        cmocka_unit_test(a_large_piece_gets_a_block_of_its_own_size),
        cmocka_unit_test(a_size_that_wraps_is_no_memory),
        cmocka_unit_test(a_text_is_copied_with_a_nul),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
