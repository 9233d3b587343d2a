/* SPDX-License-Identifier: Apache-2.0 */
/* What one subject comes to where it counts once in a period: lib/pricing/sightings.c. */
#include "pricing/sightings.h"
#include "support/fault.h"
#include "support/host.h"
#include "support/test.h"

static bpo_context *context;
static bpo__sightings sightings;

static int set_up(void **state)
{
    bpo_host host = test_host();
    (void)state;
    if (bpo_context_new(&host, &context, NULL) != BPO_OK)
        return -1;
    bpo__sightings_init(&sightings, context);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    bpo__sightings_clear(&sightings);
    context = bpo_context_unref(context);
    return 0;
}

static void see(const char *charge, bpo_time period, uint32_t version, int32_t sign)
{
    bpo__sighting seen = {bpo__text_of(charge), period, version, sign};
    assert_int_equal(bpo__sightings_note(&sightings, &seen), BPO_OK);
}

static void expect_worth(size_t index, int32_t worth)
{
    assert_int_equal(bpo__sightings_worth(&sightings, index), worth);
}

static void a_subject_is_noted_once(void **state)
{
    (void)state;
    see("tickets", 50, 0, 1);
    see("tickets", 50, 0, 1);
    assert_int_equal(sightings.count, 1);
    expect_worth(0, 1);
}

static void charges_and_periods_stand_apart(void **state)
{
    (void)state;
    see("tickets", 50, 1, 1);
    see("tickets", 60, 0, 1);
    see("chats", 50, 0, 1);
    see("chats", 60, 0, -1);
    assert_int_equal(sightings.count, 4);
    for (size_t i = 0; i < 3; i++)
        expect_worth(i, 1);
    expect_worth(3, -1);
}

static void the_first_version_counts(void **state)
{
    (void)state;
    see("tickets", 50, 2, 1);
    see("tickets", 50, 1, 1);
    expect_worth(0, 0);
    expect_worth(1, 1);
}

static void what_was_known_before_is_taken_off(void **state)
{
    (void)state;
    see("tickets", 50, 1, -1);
    see("tickets", 50, 1, 1);
    expect_worth(0, 0);
    expect_worth(1, 0);
}

/* Before: seen by version 1. Now by version 0 as well: it moves there. */
static void a_subject_moves_to_the_version_that_now_saw_it_first(void **state)
{
    (void)state;
    see("tickets", 50, 1, -1);
    see("tickets", 50, 0, 1);
    see("tickets", 50, 1, 1);
    expect_worth(0, -1);
    expect_worth(1, 1);
    expect_worth(2, 0);
}

static bpo_status some_are_noted(fault_host *fault, void *user)
{
    bpo_context *own = NULL;
    bpo__sightings noted;
    (void)user;
    bpo_status status = bpo_context_new(&fault->host, &own, NULL);
    if (status != BPO_OK)
        return status;
    bpo__sightings_init(&noted, own);
    for (bpo_time period = 0; period < 40 && status == BPO_OK; period++) {
        bpo__sighting seen = {BPO__TEXT("tickets"), period, 0, 1};
        size_t before = noted.count;
        status = bpo__sightings_note(&noted, &seen);
        assert_int_equal(noted.count, before + (status == BPO_OK));
    }
    bpo__sightings_clear(&noted);
    bpo_context_unref(own);
    return status;
}

static void without_memory_nothing_is_noted(void **state)
{
    (void)state;
    assert_true(fault_torture(some_are_noted, NULL) >= 3);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(a_subject_is_noted_once),
        TEST(charges_and_periods_stand_apart),
        TEST(the_first_version_counts),
        TEST(what_was_known_before_is_taken_off),
        TEST(a_subject_moves_to_the_version_that_now_saw_it_first),
        TEST(without_memory_nothing_is_noted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
