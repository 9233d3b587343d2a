/* SPDX-License-Identifier: Apache-2.0 */
#include "kpi/cells.h"
#include "kpi/staging.h"
#include "support/fault.h"
#include "support/random.h"
#include "support/test.h"

static bpo_context *context;

static int set_up(void **state)
{
    (void)state;
    return bpo_context_new(NULL, &context, NULL);
}

static int tear_down(void **state)
{
    (void)state;
    context = bpo_context_unref(context);
    return 0;
}

static bpo__cells *new_cells(void)
{
    bpo__cells *cells = NULL;
    assert_int_equal(bpo__cells_new(context, &cells), BPO_OK);
    return cells;
}

static bpo__cell_name name_of(const char *id, const char *dimension, const char *value, bpo__cell_role role,
                              bpo_time period_start)
{
    return (bpo__cell_name){false, bpo__text_of(id), bpo__text_of(dimension), bpo__text_of(value), role, period_start};
}

static void add(bpo__cells *cells, const bpo__cell_name *name, bpo__cell_kind kind, int64_t value, int64_t weight)
{
    assert_int_equal(bpo__cells_stage(cells, name, kind, value, weight), BPO_OK);
    bpo__cells_commit(cells);
}

static bpo__buffer bytes_of(bpo__cells *cells)
{
    bpo__buffer bytes;
    bpo__buffer_init(&bytes, context);
    assert_int_equal(bpo__cells_encode(cells, &bytes), BPO_OK);
    return bytes;
}

static void assert_same(bpo__cells *a, bpo__cells *b)
{
    bpo__buffer bytes_a = bytes_of(a), bytes_b = bytes_of(b);
    assert_int_equal(bytes_a.size, bytes_b.size);
    assert_memory_equal(bytes_a.data, bytes_b.data, bytes_a.size);
    bpo__buffer_clear(&bytes_a);
    bpo__buffer_clear(&bytes_b);
}

/* One of many names; the kind follows from the id. */
static bpo__cell_name random_name(test_random *random, bpo__cell_kind *ret_kind)
{
    static const char *const ids[] = {"backlog", "cost", "handle_time"};
    static const char *const values[] = {"", "high", "low", "urgent"};
    uint64_t id = test_random_below(random, 3), value = test_random_below(random, 4);
    bpo__cell_name name = name_of(ids[id], value ? "priority" : "", values[value],
                                  (bpo__cell_role)(1 + test_random_below(random, 5)),
                                  (int64_t)test_random_below(random, 3) - 1);
    name.level = test_random_below(random, 4) == 0;
    *ret_kind = (bpo__cell_kind)(BPO__CELL_COUNT + id);
    return name;
}

static void add_random(bpo__cells *cells, test_random *random, int64_t weight)
{
    bpo__cell_kind kind;
    bpo__cell_name name = random_name(random, &kind);
    add(cells, &name, kind, (int64_t)test_random_below(random, 1000), weight);
}

static void nothing_counts_before_the_commit(void **state)
{
    (void)state;
    bpo__cells *cells = new_cells(), *empty = new_cells();
    bpo__cell_name name = name_of("cost", "", "", BPO__ROLE_MEASURE, 5);
    assert_int_equal(bpo__cells_stage(cells, &name, BPO__CELL_SUM, 7, 1), BPO_OK);
    assert_same(cells, empty);
    bpo__cells_abandon(cells);
    bpo__cells_commit(cells);
    assert_same(cells, empty);
    add(cells, &name, BPO__CELL_SUM, 7, 1);
    assert_int_equal(bpo__cell_count(bpo__cells_find(cells, &name)), 1);
    bpo__cells_free(cells);
    bpo__cells_free(empty);
}

static void each_part_of_a_name_tells_cells_apart(void **state)
{
    (void)state;
    bpo__cells *cells = new_cells();
    bpo__cell_name names[] = {
        name_of("a", "b", "c", BPO__ROLE_MET, 1),      name_of("ab", "", "c", BPO__ROLE_MET, 1),
        name_of("a", "bc", "", BPO__ROLE_MET, 1),      name_of("a", "b", "c", BPO__ROLE_BREACHED, 1),
        name_of("a", "b", "c", BPO__ROLE_MET, 2),      name_of("a", "b", "d", BPO__ROLE_MET, 1),
        name_of("a", "b", "c", BPO__ROLE_MET, 1),
    };
    names[6].level = true;
    for (size_t i = 0; i < 7; i++) {
        assert_null(bpo__cells_find(cells, &names[i]));
        add(cells, &names[i], BPO__CELL_COUNT, 0, (int64_t)i + 1);
    }
    for (size_t i = 0; i < 7; i++)
        assert_int_equal(bpo__cell_count(bpo__cells_find(cells, &names[i])), i + 1);
    assert_int_equal(bpo__cells_total(cells), 7);
    bpo__cells_free(cells);
}

static void the_list_is_in_canonical_order_without_empty_cells(void **state)
{
    (void)state;
    bpo__cells *cells = new_cells();
    bpo__cell_name names[] = {
        name_of("a", "", "", BPO__ROLE_MEASURE, 2), name_of("a", "", "", BPO__ROLE_NUMERATOR, 1),
        name_of("a", "p", "", BPO__ROLE_MEASURE, 1), name_of("a", "p", "x", BPO__ROLE_MEASURE, -9),
        name_of("a", "q", "", BPO__ROLE_MEASURE, 1), name_of("aa", "", "", BPO__ROLE_MEASURE, 1),
        name_of("a", "", "", BPO__ROLE_MEASURE, 1),
    };
    enum { COUNT = 7 };
    names[COUNT - 1].level = true;
    bpo__cell_item *list = NULL;
    size_t count = 0;
    for (size_t i = 0; i < COUNT; i++)
        add(cells, &names[(i * 3 + 2) % COUNT], BPO__CELL_COUNT, 0, 1);
    bpo__cell_name gone = name_of("gone", "", "", BPO__ROLE_MEASURE, 1);
    add(cells, &gone, BPO__CELL_DIST, 1, 1);
    add(cells, &gone, BPO__CELL_DIST, 1, -1);
    assert_int_equal(bpo__cells_list(cells, &list, &count), BPO_OK);
    assert_int_equal(count, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        assert_true(bpo__text_equal(list[i].name.id, names[i].id));
        assert_true(bpo__text_equal(list[i].name.dimension, names[i].dimension));
        assert_true(bpo__text_equal(list[i].name.value, names[i].value));
        assert_int_equal(list[i].name.role, names[i].role);
        assert_int_equal(list[i].name.period_start, names[i].period_start);
        assert_int_equal(list[i].name.level, names[i].level);
        assert_ptr_equal(list[i].cell, bpo__cells_find(cells, &names[i]));
    }
    bpo__free(context, list, count * sizeof *list);
    bpo__cells_free(cells);
}

static void parts_merge_into_the_whole_whatever_their_cut(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        test_random random = {seed}, cut = {seed * 31};
        bpo__cells *whole = new_cells(), *parts[4];
        for (size_t i = 0; i < 4; i++)
            parts[i] = new_cells();
        for (size_t i = 0; i < 500; i++) {
            test_random again = random;
            add_random(whole, &random, 1);
            add_random(parts[test_random_below(&cut, 4)], &again, 1);
            test_random undone = {seed + i};
            test_random undo = undone;
            add_random(parts[test_random_below(&cut, 4)], &undone, 1);
            add_random(parts[test_random_below(&cut, 4)], &undo, -1);
        }
        assert_int_equal(bpo__cells_merge(parts[2], parts[3]), BPO_OK);
        assert_int_equal(bpo__cells_merge(parts[0], parts[2]), BPO_OK);
        assert_int_equal(bpo__cells_merge(parts[1], parts[0]), BPO_OK);
        assert_same(parts[1], whole);
        for (size_t i = 0; i < 4; i++)
            bpo__cells_free(parts[i]);
        bpo__cells_free(whole);
    }
}

static void a_refused_merge_leaves_all_cells_alone(void **state)
{
    (void)state;
    bpo__cells *cells = new_cells(), *other = new_cells(), *same = new_cells();
    bpo__cell_name small = name_of("a", "", "", BPO__ROLE_MEASURE, 1);
    bpo__cell_name large = name_of("b", "", "", BPO__ROLE_MEASURE, 1);
    bpo__cell_name fresh = name_of("c", "", "", BPO__ROLE_MEASURE, 1);
    add(cells, &small, BPO__CELL_COUNT, 0, 1);
    add(same, &small, BPO__CELL_COUNT, 0, 1);
    add(cells, &large, BPO__CELL_COUNT, 0, INT64_MAX);
    add(same, &large, BPO__CELL_COUNT, 0, INT64_MAX);
    add(other, &small, BPO__CELL_COUNT, 0, 1);
    add(other, &large, BPO__CELL_COUNT, 0, 1);
    add(other, &fresh, BPO__CELL_COUNT, 0, 1);
    assert_int_equal(bpo__cells_merge(cells, other), BPO_E_RANGE);
    assert_same(cells, same);
    bpo__cells_free(cells);
    bpo__cells_free(other);
    bpo__cells_free(same);
}

static void cells_of_another_kind_are_a_mismatch(void **state)
{
    (void)state;
    bpo__cells *cells = new_cells(), *other = new_cells();
    bpo__cell_name name = name_of("a", "", "", BPO__ROLE_MEASURE, 1);
    add(cells, &name, BPO__CELL_COUNT, 0, 1);
    add(other, &name, BPO__CELL_SUM, 4, 1);
    assert_int_equal(bpo__cells_stage(cells, &name, BPO__CELL_SUM, 4, 1), BPO_E_MISMATCH);
    assert_int_equal(bpo__cells_merge(cells, other), BPO_E_MISMATCH);
    bpo__cells_free(cells);
    bpo__cells_free(other);
}

static void a_name_that_no_contract_gives_is_refused(void **state)
{
    (void)state;
    static char text[6000];
    memset(text, 'x', sizeof text - 1);
    bpo__cells *cells = new_cells();
    bpo__cell_name name = name_of("a", "b", text, BPO__ROLE_MEASURE, 1);
    assert_int_equal(bpo__cells_stage(cells, &name, BPO__CELL_COUNT, 0, 1), BPO_E_LIMIT);
    assert_null(bpo__cells_find(cells, &name));
    bpo__cells_free(cells);
}

static void reading_what_was_written_gives_the_same(void **state)
{
    (void)state;
    test_random random = {5};
    bpo__cells *cells = new_cells(), *again = NULL;
    for (size_t i = 0; i < 300; i++)
        add_random(cells, &random, i % 7 ? 1 : -2);
    bpo__buffer bytes = bytes_of(cells);
    bpo__reader from = bpo__reader_of(bytes.data, bytes.size);
    assert_int_equal(bpo__cells_decode(context, &from, &again), BPO_OK);
    assert_ptr_equal(from.position, from.end);
    assert_same(cells, again);
    bpo__buffer_clear(&bytes);
    bpo__cells_free(cells);
    bpo__cells_free(again);
}

static void damaged_bytes_are_canonical_or_corrupt(void **state)
{
    (void)state;
    test_random random = {6};
    bpo__cells *cells = new_cells();
    for (size_t i = 0; i < 12; i++)
        add_random(cells, &random, 1);
    bpo__buffer bytes = bytes_of(cells);
    for (size_t bit = 0; bit < bytes.size * 8; bit++) {
        bytes.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
        bpo__cells *read = NULL;
        bpo__reader from = bpo__reader_of(bytes.data, bytes.size);
        bpo_status status = bpo__cells_decode(context, &from, &read);
        if (status == BPO_OK) {
            bpo__buffer again = bytes_of(read);
            assert_int_equal(again.size, from.position - bytes.data);
            assert_memory_equal(again.data, bytes.data, again.size);
            bpo__buffer_clear(&again);
        } else {
            assert_int_equal(status, BPO_E_CORRUPT);
            assert_ptr_equal(from.position, bytes.data);
        }
        bpo__cells_free(read);
        bytes.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
    for (size_t size = 0; size < bytes.size; size++) {
        bpo__cells *read = NULL;
        bpo__reader from = bpo__reader_of(bytes.data, size);
        assert_int_equal(bpo__cells_decode(context, &from, &read), BPO_E_CORRUPT);
    }
    bpo__buffer_clear(&bytes);
    bpo__cells_free(cells);
}

static void the_memory_told_covers_what_is_held(void **state)
{
    (void)state;
    fault_host fault;
    bpo_context *own = NULL;
    bpo__cells *cells = NULL;
    test_random random = {8};
    fault_host_init(&fault);
    assert_int_equal(bpo_context_new(&fault.host, &own, NULL), BPO_OK);
    size_t before = fault.live_bytes;
    assert_int_equal(bpo__cells_new(own, &cells), BPO_OK);
    for (size_t i = 0; i < 1000; i++)
        add_random(cells, &random, 1);
    assert_int_equal(bpo__cells_memory(cells), fault.live_bytes - before);
    bpo__cells_free(cells);
    bpo_context_unref(own);
    fault_host_check(&fault);
}

static bpo_status everything_with_cells(fault_host *fault, void *user)
{
    bpo_context *own = NULL;
    bpo__cells *cells = NULL, *other = NULL, *read = NULL;
    bpo__buffer bytes = {0};
    test_random random = {9};
    (void)user;
    bpo_status status = bpo_context_new(&fault->host, &own, NULL);
    if (status != BPO_OK)
        return status;
    bpo__buffer_init(&bytes, own);
    status = bpo__cells_new(own, &cells);
    if (status == BPO_OK)
        status = bpo__cells_new(own, &other);
    for (size_t i = 0; i < 60 && status == BPO_OK; i++) {
        bpo__cell_kind kind;
        bpo__cell_name name = random_name(&random, &kind);
        status = bpo__cells_stage(i % 2 ? cells : other, &name, kind, (int64_t)i, 1);
        bpo__cells_commit(i % 2 ? cells : other);
    }
    if (status == BPO_OK)
        status = bpo__cells_merge(cells, other);
    if (status == BPO_OK)
        status = bpo__cells_encode(cells, &bytes);
    if (status != BPO_OK)
        assert_int_equal(bytes.size, 0);
    bpo__reader from = bpo__reader_of(bytes.data, bytes.size);
    if (status == BPO_OK)
        status = bpo__cells_decode(own, &from, &read);
    bpo__buffer_clear(&bytes);
    bpo__cells_free(cells);
    bpo__cells_free(other);
    bpo__cells_free(read);
    bpo_context_unref(own);
    return status;
}

static void cells_survive_every_lack_of_memory(void **state)
{
    (void)state;
    assert_true(fault_torture(everything_with_cells, NULL) > 50);
}

/* Merges two sets under each lack of memory: the first set is as before, or the whole. */
static bpo_status a_merge(fault_host *fault, void *user)
{
    bpo_context *own = NULL;
    bpo__cells *cells = NULL, *other = NULL;
    bpo__buffer before = {0}, after = {0};
    fault_point armed = fault->memory;
    (void)user;
    fault->memory.fail_at = 0;
    assert_int_equal(bpo_context_new(&fault->host, &own, NULL), BPO_OK);
    bpo__buffer_init(&before, own);
    bpo__buffer_init(&after, own);
    assert_int_equal(bpo__cells_new(own, &cells), BPO_OK);
    assert_int_equal(bpo__cells_new(own, &other), BPO_OK);
    test_random random = {10};
    for (size_t i = 0; i < 40; i++)
        add_random(i % 3 ? other : cells, &random, 1);
    assert_int_equal(bpo__cells_encode(cells, &before), BPO_OK);
    fault->memory = armed;
    bpo_status status = bpo__cells_merge(cells, other);
    armed = fault->memory;
    fault->memory.fail_at = 0;
    assert_int_equal(bpo__cells_encode(cells, &after), BPO_OK);
    fault->memory.calls = armed.calls;
    fault->memory.fail_at = armed.fail_at;
    fault->memory.failures = armed.failures;
    if (status != BPO_OK) {
        assert_int_equal(before.size, after.size);
        assert_memory_equal(before.data, after.data, after.size);
    } else {
        assert_true(after.size > before.size);
    }
    bpo__buffer_clear(&before);
    bpo__buffer_clear(&after);
    bpo__cells_free(cells);
    bpo__cells_free(other);
    bpo_context_unref(own);
    return status;
}

static void a_merge_without_memory_changes_nothing(void **state)
{
    (void)state;
    assert_true(fault_torture(a_merge, NULL) > 10);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_counts_before_the_commit),
        cmocka_unit_test(each_part_of_a_name_tells_cells_apart),
        cmocka_unit_test(the_list_is_in_canonical_order_without_empty_cells),
        cmocka_unit_test(parts_merge_into_the_whole_whatever_their_cut),
        cmocka_unit_test(a_refused_merge_leaves_all_cells_alone),
        cmocka_unit_test(cells_of_another_kind_are_a_mismatch),
        cmocka_unit_test(a_name_that_no_contract_gives_is_refused),
        cmocka_unit_test(reading_what_was_written_gives_the_same),
        cmocka_unit_test(damaged_bytes_are_canonical_or_corrupt),
        cmocka_unit_test(the_memory_told_covers_what_is_held),
        cmocka_unit_test(cells_survive_every_lack_of_memory),
        cmocka_unit_test(a_merge_without_memory_changes_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
