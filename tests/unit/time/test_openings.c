/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of open periods, and what becomes of two of them. */
#include "time/openings.h"
#include "office.h"
#include "support/fault.h"

static bpo_context *context;

static int set_up(void **state)
{
    (void)state;
    context = office_context();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    context = bpo_context_unref(context);
    return 0;
}

#define SPAN 10 /* instants of a small world */

/* The openings whose instants are the bits of a number. */
static bpo__openings openings_of(unsigned bits)
{
    bpo__openings openings = {NULL, 0, 0};
    assert_int_equal(bpo__reserve(context, (void **)&openings.list, &openings.capacity, 0, SPAN,
                                  sizeof(*openings.list)), BPO_OK);
    for (int i = 0; i < SPAN; i++) {
        if ((bits >> i & 1) == 0)
            continue;
        if (i > 0 && (bits >> (i - 1) & 1) != 0)
            openings.list[openings.count - 1].until = i + 1;
        else
            openings.list[openings.count++] = (bpo__opening){i, i + 1};
    }
    return openings;
}

/* Fails for a list that is not the shortest in order. */
static unsigned bits_of(const bpo__openings *openings)
{
    unsigned bits = 0;
    for (size_t i = 0; i < openings->count; i++) {
        assert_true(openings->list[i].from < openings->list[i].until);
        assert_true(i == 0 || openings->list[i - 1].until < openings->list[i].from);
        for (bpo_time t = openings->list[i].from; t < openings->list[i].until; t++)
            bits |= 1u << t;
    }
    return bits;
}

static unsigned combined(unsigned a, unsigned b, bpo__set_operation operation)
{
    bpo__openings left = openings_of(a);
    bpo__openings right = openings_of(b);
    bpo__openings result = {NULL, 0, 0};
    assert_int_equal(bpo__openings_combine(context, &left, &right, operation, &result), BPO_OK);
    unsigned bits = bits_of(&result);
    bpo__openings_clear(context, &left);
    bpo__openings_clear(context, &right);
    bpo__openings_clear(context, &result);
    return bits;
}

static void lists_combine_as_their_instants_do(void **state)
{
    (void)state;
    for (unsigned a = 0; a < 1u << SPAN; a += 7) {
        for (unsigned b = 0; b < 1u << SPAN; b += 13) {
            assert_int_equal(combined(a, b, BPO__SET_UNION), a | b);
            assert_int_equal(combined(a, b, BPO__SET_INTERSECTION), a & b);
            assert_int_equal(combined(a, b, BPO__SET_DIFFERENCE), a & ~b);
        }
    }
}

static void nothing_combines_with_anything(void **state)
{
    (void)state;
    const unsigned all = (1u << SPAN) - 1;
    assert_int_equal(combined(0, 0, BPO__SET_UNION), 0);
    assert_int_equal(combined(0, all, BPO__SET_UNION), all);
    assert_int_equal(combined(all, 0, BPO__SET_INTERSECTION), 0);
    assert_int_equal(combined(all, 0, BPO__SET_DIFFERENCE), all);
    assert_int_equal(combined(0, all, BPO__SET_DIFFERENCE), 0);
    assert_int_equal(combined(all, all, BPO__SET_DIFFERENCE), 0);
}

static void a_cleared_list_is_empty_and_can_be_cleared_again(void **state)
{
    (void)state;
    bpo__openings openings = openings_of(5);
    for (int i = 0; i < 2; i++) {
        bpo__openings_clear(context, &openings);
        assert_null(openings.list);
        assert_int_equal(openings.count, 0);
        assert_int_equal(openings.capacity, 0);
    }
}

/* The operands belong to the context of the test; the result to the one that fails. */
static bpo_status two_lists_are_combined(fault_host *fault, void *user)
{
    bpo__openings left = openings_of(5);
    bpo__openings right = openings_of(40);
    bpo__openings result = {NULL, 0, 0};
    bpo_context *own = NULL;
    (void)user;
    bpo_status status = bpo_context_new(&fault->host, &own, NULL);
    if (status == BPO_OK) {
        status = bpo__openings_combine(own, &left, &right, BPO__SET_UNION, &result);
        assert_int_equal(bits_of(&result), status == BPO_OK ? 45 : 0);
        bpo__openings_clear(own, &result);
    }
    assert_int_equal(bits_of(&left), 5);
    assert_int_equal(bits_of(&right), 40);
    bpo__openings_clear(context, &left);
    bpo__openings_clear(context, &right);
    bpo_context_unref(own);
    return status;
}

static void lack_of_memory_leaves_both_lists_alone(void **state)
{
    (void)state;
    assert_true(fault_torture(two_lists_are_combined, NULL) >= 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_combine_as_their_instants_do),
        cmocka_unit_test(nothing_combines_with_anything),
        cmocka_unit_test(a_cleared_list_is_empty_and_can_be_cleared_again),
        cmocka_unit_test(lack_of_memory_leaves_both_lists_alone),
    };
    return cmocka_run_group_tests_name("time_openings", tests, set_up, tear_down);
}
