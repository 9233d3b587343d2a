/* SPDX-License-Identifier: Apache-2.0 */
#include "time/zone_index.h"
#include "office.h"
#include "time/zone.h"

#define BUCKET (INT64_C(1) << BPO__ZONE_BUCKET_SHIFT)

/* Changes, `gap` seconds from each other, the first at `first`. */
static void fill(bpo__zone_change *entries, size_t count, int64_t first, int64_t gap)
{
    entries[0].at = INT64_MIN;
    entries[0].offset = -1;
    for (size_t i = 1; i <= count; i++) {
        entries[i].at = first + (int64_t)(i - 1) * gap;
        entries[i].offset = (int32_t)i;
    }
    entries[count + 1].at = INT64_MAX;
}

static size_t plain(const bpo__zone_change *entries, size_t count, int64_t second)
{
    size_t entry = 0;
    for (size_t i = 1; i <= count; i++)
        entry = entries[i].at <= second ? i : entry;
    return entry;
}

static void a_second_finds_the_change_in_force(void **state)
{
    (void)state;
    enum { COUNT = 40 };
    static const int64_t gaps[] = {BUCKET * 2 + 7, BUCKET, BUCKET - 1, BUCKET / 2 - 3, BUCKET / 4 + 1};
    bpo__zone_change entries[COUNT + 2];
    bpo_context *context = office_context();
    for (size_t g = 0; g < sizeof gaps / sizeof gaps[0]; g++) {
        bpo__arena arena;
        bpo__zone_index index = {0};
        bpo__arena_init(&arena, context);
        fill(entries, COUNT, 1000, gaps[g]);
        assert_int_equal(bpo__zone_index_init(&index, &arena, entries, COUNT, -3 * BUCKET, 90 * BUCKET), BPO_OK);
        assert_int_equal(index.span, 93 * BUCKET);
        assert_in_range(index.steps, 1, BPO__ZONE_STEPS_MOST);
        for (size_t i = 1; i <= COUNT; i++) {
            for (int64_t beside = -1; beside <= 1; beside++) {
                int64_t second = entries[i].at + beside;
                if (bpo__zone_index_knows(&index, second))
                    assert_int_equal(bpo__zone_index_at(&index, second) - entries, plain(entries, COUNT, second));
            }
        }
        for (int64_t at = -3 * BUCKET; at < 90 * BUCKET; at += BUCKET) {
            assert_int_equal(bpo__zone_index_at(&index, at) - entries, plain(entries, COUNT, at));
            assert_int_equal(bpo__zone_index_at(&index, at + BUCKET - 1) - entries,
                             plain(entries, COUNT, at + BUCKET - 1));
        }
        bpo__arena_clear(&arena);
    }
    bpo_context_unref(context);
}

static void only_its_own_seconds_are_known(void **state)
{
    (void)state;
    bpo__zone_change entries[2];
    bpo__zone_index index = {0};
    bpo__arena arena;
    bpo_context *context = office_context();
    bpo__arena_init(&arena, context);
    fill(entries, 0, 0, 0);
    assert_false(bpo__zone_index_knows(&index, 0)); /* an empty one knows none */
    assert_int_equal(bpo__zone_index_init(&index, &arena, entries, 0, 500, 500), BPO_OK);
    assert_int_equal(index.span, 0);
    assert_int_equal(bpo__zone_index_init(&index, &arena, entries, 0, -500, 500), BPO_OK);
    assert_false(bpo__zone_index_knows(&index, -501));
    assert_true(bpo__zone_index_knows(&index, -500));
    assert_true(bpo__zone_index_knows(&index, 499));
    assert_false(bpo__zone_index_knows(&index, 500));
    assert_false(bpo__zone_index_knows(&index, INT64_MIN));
    assert_false(bpo__zone_index_knows(&index, INT64_MAX));
    assert_int_equal(bpo__zone_index_at(&index, 499)->offset, -1);
    bpo__arena_clear(&arena);
    bpo_context_unref(context);
}

static void a_zone_with_many_changes_has_none(void **state)
{
    (void)state;
    enum { COUNT = BPO__ZONE_STEPS_MOST + 1 };
    bpo__zone_change entries[COUNT + 2];
    bpo__zone_index index = {0};
    bpo__arena arena;
    bpo_context *context = office_context();
    bpo__arena_init(&arena, context);
    fill(entries, COUNT, 1, 1);
    assert_int_equal(bpo__zone_index_init(&index, &arena, entries, COUNT, 0, BUCKET), BPO_OK);
    assert_int_equal(index.span, 0);
    fill(entries, COUNT - 1, 1, 1);
    assert_int_equal(bpo__zone_index_init(&index, &arena, entries, COUNT - 1, 0, BUCKET), BPO_OK);
    assert_int_equal(index.span, BUCKET);
    bpo__arena_clear(&arena);
    bpo_context_unref(context);
}

static void more_changes_than_an_entry_can_count_have_none(void **state)
{
    (void)state;
    enum { COUNT = UINT16_MAX };
    static bpo__zone_change entries[COUNT + 2];
    bpo__zone_index index = {0};
    bpo__arena arena;
    bpo_context *context = office_context();
    bpo__arena_init(&arena, context);
    fill(entries, COUNT, 0, BUCKET);
    assert_int_equal(bpo__zone_index_init(&index, &arena, entries, COUNT, 0, BUCKET), BPO_OK);
    assert_int_equal(index.span, 0);
    fill(entries, COUNT - 1, 0, BUCKET);
    assert_int_equal(bpo__zone_index_init(&index, &arena, entries, COUNT - 1, 0, COUNT * BUCKET), BPO_OK);
    assert_int_equal(index.span, COUNT * BUCKET);
    assert_int_equal(bpo__zone_index_at(&index, COUNT * BUCKET - 1) - entries, COUNT - 1);
    bpo__arena_clear(&arena);
    bpo_context_unref(context);
}

static void zones_of_the_world_have_one(void **state)
{
    (void)state;
    static const char *const names[] = {"America/New_York", "Africa/Casablanca", "Australia/Lord_Howe",
                                        "Pacific/Apia",     "Asia/Kolkata",      "Europe/Berlin"};
    bpo_context *context = office_context();
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        bpo_zone *zone = NULL;
        assert_int_equal(bpo_zone_new(context, names[i], &zone, NULL), BPO_OK);
        assert_true(bpo__zone_index_knows(&zone->index, 0));
        assert_true(bpo__zone_index_knows(&zone->index, bpo__days_of_civil(1900, 1, 1) * INT64_C(86400)));
        assert_true(bpo__zone_index_knows(&zone->index, bpo__days_of_civil(2200, 12, 31) * INT64_C(86400)));
        bpo_zone_unref(zone);
    }
    bpo_context_unref(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_second_finds_the_change_in_force),
        cmocka_unit_test(only_its_own_seconds_are_known),
        cmocka_unit_test(a_zone_with_many_changes_has_none),
        cmocka_unit_test(more_changes_than_an_entry_can_count_have_none),
        cmocka_unit_test(zones_of_the_world_have_one),
    };
    return cmocka_run_group_tests_name("time_zone_index", tests, NULL, NULL);
}
