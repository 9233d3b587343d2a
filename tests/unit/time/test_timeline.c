/* SPDX-License-Identifier: Apache-2.0 */
#define _POSIX_C_SOURCE 200809L
#include "office.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static void sums_run_from_the_first_page_asked_for(void **state)
{
    (void)state;
    static const uint32_t orders[4][3] = {{100, 101, 103}, {103, 101, 100}, {101, 103, 100}, {100, 103, 101}};
    int64_t lengths[4][2];
    for (size_t i = 0; i < 4; i++) {
        bpo_calendar *calendar = office_calendar(office_week(office_nine_to_five, 0, 4), "Europe/Berlin");
        const bpo__page *pages[104] = {NULL};
        for (size_t k = 0; k < 3; k++)
            assert_int_equal(bpo__timeline_page(calendar, orders[i][k], &pages[orders[i][k]], NULL), BPO_OK);
        assert_true(pages[orders[i][0]]->before == 0);
        assert_true(pages[101]->before == pages[100]->after);
        lengths[i][0] = pages[103]->before - pages[100]->before;
        lengths[i][1] = pages[103]->after - pages[101]->before;
        assert_true(lengths[i][0] == lengths[0][0] && lengths[i][1] == lengths[0][1]);
        bpo_calendar_unref(calendar);
    }
}

static void only_pages_that_are_asked_for_are_compiled(void **state)
{
    (void)state;
    bpo_calendar *calendar = office_calendar(office_week(office_nine_to_five, 0, 4), "Europe/Berlin");
    const bpo__page *page;
    assert_int_equal(bpo__timeline_page(calendar, 100, &page, NULL), BPO_OK);
    assert_int_equal(bpo__timeline_page(calendar, 120, &page, NULL), BPO_OK);
    for (uint32_t i = 0; i < BPO__PAGE_COUNT; i++)
        assert_true((bpo__timeline_peek(calendar, i) != NULL) == (i == 100 || i == 120));
    bpo_calendar_unref(calendar);
}

static void measures_are_those_of_the_pages(void **state)
{
    (void)state;
    bpo_calendar *calendar = office_calendar(office_week(office_whole_day, 0, 6), "UTC");
    const bpo__page *page;
    int64_t measured = -1;
    int64_t again = -1;
    assert_int_equal(bpo__timeline_measure(calendar, 50, &measured, NULL), BPO_OK);
    assert_int_equal(bpo__timeline_measure(calendar, 50, &again, NULL), BPO_OK);
    assert_true(measured == INT64_C(1) << BPO__PAGE_SHIFT && again == measured);
    assert_int_equal(bpo__timeline_page(calendar, 51, &page, NULL), BPO_OK);
    assert_int_equal(bpo__timeline_measure(calendar, 51, &measured, NULL), BPO_OK);
    assert_true(measured == page->after - page->before);
    bpo_calendar_unref(calendar);
}

/* Fewer exceptions than ten years have weeks can close two years: sums go over them all the same, in any order. */
static void a_steady_calendar_may_have_closed_pages(void **state)
{
    (void)state;
    enum { CLOSED = 110 };
    bpo__dated_hours closed[CLOSED];
    int32_t monday = office_days(2021, 1, 4);
    bpo__calendar_definition d = office_week(office_nine_to_five, 0, 0);
    for (int32_t i = 0; i < CLOSED; i++)
        closed[i] = (bpo__dated_hours){monday + 7 * i, {NULL, 0}};
    d.overrides = closed;
    d.override_count = CLOSED;
    for (int backward = 0; backward < 2; backward++) {
        bpo_calendar *calendar = office_calendar(d, "UTC");
        bpo_time from = (monday - 7 * 100) * BPO_DAY;
        bpo_time until = (monday + 7 * (CLOSED + 100)) * BPO_DAY;
        bpo_duration open = 0;
        bpo_time at = 0;
        assert_true(calendar->schedule.is_steady);
        if (backward)
            assert_int_equal(bpo_calendar_is_open(calendar, until, &(int){0}, NULL), BPO_OK);
        assert_int_equal(bpo_calendar_between(calendar, from, until, &open, NULL), BPO_OK);
        assert_true(open == 200 * 8 * BPO_HOUR);
        bpo_time other = backward ? from : until; /* the page that was asked for last, behind the closed ones */
        assert_true(bpo__timeline_peek(calendar, bpo__page_index(other))->reach > 0);
        assert_int_equal(bpo_calendar_add(calendar, from, open, BPO_LANDING_EARLIEST, &at, NULL), BPO_OK);
        assert_true(at == until - 7 * BPO_DAY + 17 * BPO_HOUR);
        assert_int_equal(bpo_calendar_add(calendar, until, -open, BPO_LANDING_EARLIEST, &at, NULL), BPO_OK);
        assert_true(at == from + 9 * BPO_HOUR);
        assert_int_equal(bpo_calendar_add(calendar, until, -open, BPO_LANDING_LATEST, &at, NULL), BPO_OK);
        assert_true(at == from - 7 * BPO_DAY + 17 * BPO_HOUR); /* the close of the Monday before */
        bpo_calendar_unref(calendar);
    }
}

static void instants_find_their_page(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < BPO__PAGE_COUNT; i++) {
        assert_int_equal(bpo__page_index(bpo__page_start(i)), i);
        if (i > 0)
            assert_int_equal(bpo__page_index(bpo__page_start(i) - 1), i - 1);
    }
    assert_int_equal(bpo__page_index(BPO__COVERED_UNTIL), BPO__PAGE_COUNT - 1);
    assert_int_equal(bpo__page_index(BPO__COVERED_UNTIL + 1), BPO__PAGE_COUNT);
    assert_int_equal(bpo__page_index(BPO__COVERED_FROM - 1), BPO__PAGE_COUNT);
    assert_int_equal(bpo__page_index(INT64_MIN), BPO__PAGE_COUNT);
    assert_int_equal(bpo__page_index(INT64_MAX), BPO__PAGE_COUNT);
    assert_true(BPO__COVERED_FROM == office_time("1900-01-01T00:00:00Z"));
    assert_true(BPO__COVERED_UNTIL == office_time("2201-01-01T00:00:00Z"));
}

/* --- threads ------------------------------------------------------------------------------------------------------ */

#define THREADS 4

/* Memory that threads share and that is counted: the page of a thread that came second must go back. */
static atomic_long live_blocks;
static atomic_long all_blocks;

static void *counted_alloc(void *user, size_t size)
{
    (void)user;
    atomic_fetch_add(&live_blocks, 1);
    atomic_fetch_add(&all_blocks, 1);
    return malloc(size);
}

static void *counted_resize(void *user, void *block, size_t old_size, size_t new_size)
{
    (void)user;
    (void)old_size;
    return realloc(block, new_size);
}

static void counted_free(void *user, void *block, size_t size)
{
    (void)user;
    (void)size;
    atomic_fetch_sub(&live_blocks, 1);
    free(block);
}

static bpo_calendar *counted_calendar(void)
{
    bpo_host host = test_host();
    bpo_context *context = NULL;
    bpo_calendar *calendar = NULL;
    bpo__calendar_definition d = office_week(office_night, 0, 5);
    host.alloc = counted_alloc;
    host.resize = counted_resize;
    host.free = counted_free;
    assert_int_equal(bpo_context_new(&host, &context, NULL), BPO_OK);
    assert_int_equal(bpo_zone_new(context, "America/New_York", &d.zone, NULL), BPO_OK);
    assert_int_equal(bpo__calendar_compile(context, &d, &calendar, NULL), BPO_OK);
    bpo_zone_unref(d.zone);
    bpo_context_unref(context);
    return calendar;
}

typedef struct racer {
    pthread_t thread;
    pthread_barrier_t *start;
    bpo_calendar *calendar;
    int number;
    bpo_duration open[40];
    bpo_time far[40];
} racer;

/* Every thread asks for the same years, from another end. */
static void *race(void *user)
{
    racer *r = user;
    bpo_time first = office_time("2000-01-01T00:00:00Z");
    pthread_barrier_wait(r->start);
    for (int i = 0; i < 40; i++) {
        int k = r->number % 2 ? 39 - i : i;
        bpo_calendar_between(r->calendar, first, first + k * 365 * BPO_DAY, &r->open[k], NULL);
        bpo_calendar_add(r->calendar, first, k * 2000 * BPO_HOUR, BPO_LANDING_EARLIEST, &r->far[k], NULL);
    }
    return NULL;
}

static void threads_that_compile_at_once_agree(void **state)
{
    (void)state;
    for (int run = 0; run < 50; run++) {
        racer racers[THREADS];
        pthread_barrier_t start;
        bpo_calendar *calendar = counted_calendar();
        pthread_barrier_init(&start, NULL, THREADS);
        for (int i = 0; i < THREADS; i++) {
            racers[i].start = &start;
            racers[i].calendar = calendar;
            racers[i].number = i;
            assert_int_equal(pthread_create(&racers[i].thread, NULL, race, &racers[i]), 0);
        }
        for (int i = 0; i < THREADS; i++)
            pthread_join(racers[i].thread, NULL);
        for (int i = 1; i < THREADS; i++)
            assert_memory_equal(racers[i].open, racers[0].open, sizeof racers[0].open);
        for (int i = 1; i < THREADS; i++)
            assert_memory_equal(racers[i].far, racers[0].far, sizeof racers[0].far);
        assert_true(racers[0].open[39] > racers[0].open[38]);
        pthread_barrier_destroy(&start);
        bpo_calendar_unref(calendar);
        assert_int_equal(atomic_load(&live_blocks), 0);
    }
    assert_true(atomic_load(&all_blocks) > 50 * 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_run_from_the_first_page_asked_for),
        cmocka_unit_test(only_pages_that_are_asked_for_are_compiled),
        cmocka_unit_test(measures_are_those_of_the_pages),
        cmocka_unit_test(a_steady_calendar_may_have_closed_pages),
        cmocka_unit_test(instants_find_their_page),
        cmocka_unit_test(threads_that_compile_at_once_agree),
    };
    return cmocka_run_group_tests_name("time_timeline", tests, NULL, NULL);
}
