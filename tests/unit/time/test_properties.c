/* SPDX-License-Identifier: Apache-2.0 */
/* Laws that hold for every calendar, tried on families of random ones: made from each other by extending, uniting,
 * intersecting and taking away, with versions, rules for holidays and all else that terms can say. */
#include "../../oracle/made_calendars.h"
#include "office.h"
#include <bpo/intervals.h>
#include <bpo/working_days.h>

#define FAMILIES 2
#define TRIES    25
#define FROM     INT64_C(-630000000) /* 1950 */
#define YEARS    (INT64_C(100) * 365 * 86400)

static test_random numbers = {1123581321};

/* A calendar, and what it takes to compile it anew. */
typedef struct subject {
    bpo_context *context;
    const made_family *family;
    const made_calendar *made;
    const bpo_calendar *calendar;
    int64_t answered; /* how many sums came to an end */
} subject;

static bpo_time any_instant(void)
{
    return (FROM + (int64_t)test_random_below(&numbers, YEARS)) * BPO_SECOND +
           (bpo_time)(test_random_below(&numbers, 3) == 0 ? test_random_below(&numbers, (uint64_t)BPO_SECOND) : 0);
}

static bpo_duration any_duration(void)
{
    return (bpo_duration)test_random_below(&numbers, (uint64_t)(4000 * BPO_HOUR / BPO_MINUTE)) * BPO_MINUTE +
           (bpo_duration)test_random_below(&numbers, 2);
}

static bpo_duration between(const bpo_calendar *c, bpo_time from, bpo_time until)
{
    bpo_duration open = 0;
    assert_int_equal(bpo_calendar_between(c, from, until, &open, NULL), BPO_OK);
    return open;
}

/* Whether the sum has an end; it can be never, or beyond what is covered. */
static bool add(const bpo_calendar *c, bpo_time from, bpo_duration open, bpo_landing landing, bpo_time *ret_at)
{
    bpo_status status = bpo_calendar_add(c, from, open, landing, ret_at, NULL);
    assert_true(status == BPO_OK || status == BPO_NEVER || status == BPO_E_HORIZON);
    return status == BPO_OK;
}

/* --- laws --------------------------------------------------------------------------------------------------------- */

static void adding_is_the_inverse_of_counting(subject *s)
{
    const bpo_calendar *c = s->calendar;
    bpo_time a = any_instant(), early, late;
    bpo_duration d = any_duration();
    bool has_early = add(c, a, d, BPO_LANDING_EARLIEST, &early);
    bool has_late = add(c, a, d, BPO_LANDING_LATEST, &late);
    s->answered += has_early;
    assert_true(!has_early || between(c, a, early) == d);
    assert_true(!has_late || (has_early && early <= late));
    assert_true(!has_late || (between(c, a, late) == d && between(c, a, late + 1) == d + 1));
    assert_true(!has_early || d == 0 || between(c, a, early - 1) == d - 1);
    has_early = add(c, a, -d, BPO_LANDING_EARLIEST, &early);
    has_late = add(c, a, -d, BPO_LANDING_LATEST, &late);
    assert_true(!has_early || between(c, a, early) == -d);
    assert_true(!has_late || between(c, a, late) == -d);
    assert_true(!has_late || d == 0 || late <= early);
}

static void counting_is_additive_and_monotone(subject *s)
{
    const bpo_calendar *c = s->calendar;
    bpo_time x = any_instant(), y = any_instant(), z = any_instant();
    assert_true(between(c, x, y) + between(c, y, z) == between(c, x, z));
    assert_true(between(c, x, y) == -between(c, y, x));
    assert_true(x > y || (between(c, x, y) >= 0 && between(c, x, y) <= y - x));
    assert_true(y > z || between(c, x, y) <= between(c, x, z));
    s->answered++;
}

static void adding_in_steps_is_adding(subject *s)
{
    bpo_time a = any_instant(), step, sum, at_once;
    bpo_duration d = any_duration() + 1, e = any_duration() + 1;
    if (!add(s->calendar, a, d, BPO_LANDING_EARLIEST, &step) || !add(s->calendar, step, e, BPO_LANDING_EARLIEST, &sum))
        return;
    assert_true(add(s->calendar, a, d + e, BPO_LANDING_EARLIEST, &at_once));
    assert_true(sum == at_once);
    s->answered++;
}

static void adding_is_monotone(subject *s)
{
    static const bpo_landing landings[] = {BPO_LANDING_EARLIEST, BPO_LANDING_LATEST};
    const bpo_calendar *c = s->calendar;
    bpo_time a = any_instant();
    bpo_time b = a + (bpo_time)test_random_below(&numbers, (uint64_t)(30 * BPO_DAY));
    bpo_duration d = any_duration() - 2000 * BPO_HOUR;
    for (size_t i = 0; i < 2; i++) {
        bpo_time sum, later, more;
        if (!add(c, a, d, landings[i], &sum))
            continue;
        assert_true(!add(c, b, d, landings[i], &later) || sum <= later);
        assert_true(d == 0 || d == -1 || !add(c, a, d + 1, landings[i], &more) || sum <= more);
        s->answered++;
    }
}

static void edges_are_edges(subject *s)
{
    const bpo_calendar *c = s->calendar;
    bpo_time a = any_instant();
    bpo_time open = 0, opening = 0, close = 0, last = 0, back = 0;
    if (bpo_calendar_next_open(c, a, &open, NULL) != BPO_OK || bpo_calendar_prev_close(c, a, &last, NULL) != BPO_OK)
        return;
    assert_true(last <= a && a <= open);
    assert_true(between(c, last, open) == 0 && between(c, last - 1, last) == 1 && between(c, open, open + 1) == 1);
    assert_true(add(c, a, 0, BPO_LANDING_EARLIEST | BPO_LANDING_ZERO_SNAP_BACK, &back) && back == last);
    assert_true(add(c, a, 0, BPO_LANDING_LATEST | BPO_LANDING_ZERO_IDENTITY, &back) && back == a);
    if (bpo_calendar_next_close(c, a, &close, NULL) != BPO_OK)
        return;
    assert_true(open < close && between(c, open, close) == close - open && between(c, close, close + 1) == 0);
    if (bpo_calendar_next_opening(c, a, &opening, NULL) != BPO_OK)
        return;
    assert_true(a < opening && between(c, opening - 1, opening + 1) == 1);
    s->answered++;
}

/* Pieces of a list follow each other, and their open times add up to what is open. */
static void lists_add_up(subject *s)
{
    const bpo_calendar *c = s->calendar;
    bpo_time from = any_instant();
    bpo_time until = from + (bpo_time)test_random_below(&numbers, (uint64_t)(200 * BPO_DAY));
    bpo_duration expected = between(c, from, until);
    bpo_coverage coverage = BPO_COVERAGE_INIT;
    assert_int_equal(bpo_calendar_coverage(c, from, until, &coverage, NULL), BPO_OK);
    assert_true(coverage.open == expected && coverage.open + coverage.closed == until - from);
    for (bpo_interval_list list = BPO_INTERVALS_OPEN; list <= BPO_INTERVALS_EXPLAINED; list++) {
        bpo_intervals *intervals = NULL;
        bpo_interval i = BPO_INTERVAL_INIT;
        bpo_duration open = 0, all = 0;
        bpo_time reached = from;
        assert_int_equal(bpo_intervals_new(c, from, until, list, &intervals, NULL), BPO_OK);
        while (bpo_intervals_next(intervals, &i, NULL) == BPO_OK) {
            assert_true(i.from >= reached && i.until >= i.from && i.until <= until);
            assert_true(i.open == between(c, i.from, i.until));
            assert_true(i.open == (i.kind == BPO_INTERVAL_OPEN ? i.until - i.from : 0));
            open += i.open;
            all += i.until - i.from;
            reached = i.until;
        }
        bpo_intervals_unref(intervals);
        assert_true(open == (list == BPO_INTERVALS_CLOSED ? 0 : expected));
        assert_true(all ==
                    (list == BPO_INTERVALS_OPEN ? expected : until - from - (list == BPO_INTERVALS_CLOSED) * expected));
    }
    s->answered++;
}

static void working_dates_are_counted_as_they_are_added(subject *s)
{
    bpo_time a = any_instant(), at = 0;
    int64_t days = (int64_t)test_random_below(&numbers, 100) + 1;
    int64_t count = 0;
    bpo_status status = bpo_calendar_add_days(s->calendar, a, days, 0, &at, NULL);
    s->answered++;
    if (status != BPO_OK) {
        assert_true(status == BPO_NEVER || status == BPO_E_HORIZON || s->made->member_count > 0);
        return;
    }
    assert_int_equal(bpo_calendar_count_days(s->calendar, a, at, BPO_DAYS_EXCLUDE_START, &count, NULL), BPO_OK);
    assert_true(count == days);
}

#define BATCH 8
static void a_batch_is_the_loop(subject *s)
{
    bpo_time from[BATCH], until[BATCH], sums[BATCH];
    bpo_duration open[BATCH], amounts[BATCH];
    bpo_landing landing = test_random_below(&numbers, 2) ? BPO_LANDING_EARLIEST : BPO_LANDING_LATEST;
    bpo_status first_failure = BPO_OK;
    landing |= test_random_below(&numbers, 3) ? 0 : BPO_LANDING_ZERO_SNAP_BACK;
    for (size_t i = 0; i < BATCH; i++) {
        from[i] = any_instant();
        until[i] = any_instant();
        amounts[i] = test_random_below(&numbers, 4) ? any_duration() - 2000 * BPO_HOUR : 0;
    }
    assert_int_equal(bpo_calendar_between_many(s->calendar, from, until, BATCH, open, NULL), BPO_OK);
    bpo_status status = bpo_calendar_add_many(s->calendar, from, amounts, BATCH, landing, sums, NULL);
    for (size_t i = 0; i < BATCH; i++) {
        bpo_time sum = 0;
        bpo_status one = bpo_calendar_add(s->calendar, from[i], amounts[i], landing, &sum, NULL);
        first_failure = first_failure == BPO_OK && one < BPO_OK ? one : first_failure;
        assert_true(open[i] == between(s->calendar, from[i], until[i]));
        assert_true(status != BPO_OK || sums[i] == sum);
    }
    assert_int_equal(status, first_failure);
    s->answered++;
}

/* --- the past of a calendar --------------------------------------------------------------------------------------- */

/* All that can be asked about two instants and an amount, in a fixed form; what fails leaves zeros. */
typedef struct answers {
    int64_t statuses[10];
    int64_t values[10];
} answers;

static answers answers_to(const bpo_calendar *c, const bpo_time *instants, bpo_duration amount)
{
    answers a;
    bpo_coverage coverage = BPO_COVERAGE_INIT;
    int open = 0;
    bpo_time x = instants[0], y = x + (instants[1] - x) / 64;
    memset(&a, 0, sizeof a);
    a.statuses[0] = bpo_calendar_between(c, x, instants[1], &a.values[0], NULL);
    a.statuses[1] = bpo_calendar_add(c, x, amount, BPO_LANDING_EARLIEST, &a.values[1], NULL);
    a.statuses[2] = bpo_calendar_add(c, x, -amount, BPO_LANDING_LATEST, &a.values[2], NULL);
    a.statuses[3] = bpo_calendar_next_open(c, x, &a.values[3], NULL);
    a.statuses[4] = bpo_calendar_next_close(c, x, &a.values[4], NULL);
    a.statuses[5] = bpo_calendar_prev_close(c, x, &a.values[5], NULL);
    a.statuses[6] = bpo_calendar_next_opening(c, x, &a.values[6], NULL);
    a.statuses[7] = bpo_calendar_is_open(c, x, &open, NULL);
    a.statuses[8] = bpo_calendar_coverage(c, x, y, &coverage, NULL);
    a.statuses[9] = bpo_calendar_add_days(c, x, amount / BPO_DAY, BPO_DAYS_END_OF_DAY, &a.values[9], NULL);
    a.values[7] = open;
    a.values[8] = coverage.open + coverage.longest_gap_from;
    return a;
}

static bpo_calendar *compiled_anew(const subject *s)
{
    bpo_calendar *calendar = NULL;
    assert_int_equal(bpo_calendar_new_named(s->context, s->family->terms, s->made->name, &calendar, NULL), BPO_OK);
    return calendar;
}

#define ASKED 6
static void neither_order_nor_preparing_changes_an_answer(subject *s)
{
    bpo_time instants[ASKED + 1];
    bpo_duration amount = any_duration();
    answers given[ASKED];
    bpo_calendar *other = compiled_anew(s);
    bpo_calendar *prepared = compiled_anew(s);
    for (size_t i = 0; i <= ASKED; i++)
        instants[i] = any_instant();
    for (size_t i = 0; i < ASKED; i++)
        given[i] = answers_to(s->calendar, instants + i, amount);
    assert_int_equal(bpo_calendar_prepare(prepared, instants[1], instants[0], NULL), BPO_OK);
    for (size_t i = ASKED; i > 0; i--) {
        answers backward = answers_to(other, instants + i - 1, amount);
        answers ready = answers_to(prepared, instants + i - 1, amount);
        assert_memory_equal(&backward, &given[i - 1], sizeof backward);
        assert_memory_equal(&ready, &given[i - 1], sizeof ready);
    }
    bpo_calendar_unref(other);
    bpo_calendar_unref(prepared);
    s->answered++;
}

/* --- every law on every calendar ---------------------------------------------------------------------------------- */

typedef void (*law)(subject *s);

static const char *const zones[] = {"America/New_York", "Australia/Lord_Howe", "Africa/Casablanca",
                                    "Pacific/Apia",     "America/Santiago",    "UTC",
                                    "Asia/Kolkata",     "Europe/London"};
#define ZONE_COUNT (sizeof zones / sizeof zones[0])

static int64_t try_family(bpo_context *context, law holds, int tries)
{
    static made_family family;
    subject s = {context, &family, NULL, NULL, 0};
    memset(&family, 0, sizeof family);
    family.random = &numbers;
    family.zones = zones;
    family.zone_count = ZONE_COUNT;
    family.first = FROM;
    family.length = YEARS;
    family.grain = 1;
    assert_int_equal(bpo_terms_new(context, &family.terms, NULL), BPO_OK);
    made_family_fill(&family);
    assert_int_equal(family.refused, 0);
    for (size_t i = 0; i < MADE_CALENDARS; i++) {
        s.made = &family.calendars[i];
        bpo_calendar *calendar = compiled_anew(&s);
        s.calendar = calendar;
        for (int j = 0; j < tries; j++)
            holds(&s);
        bpo_calendar_unref(calendar);
    }
    bpo_terms_unref(family.terms);
    return s.answered;
}

static void try_law(law holds, int tries)
{
    bpo_context *context = office_context();
    int64_t answered = 0;
    for (int i = 0; i < FAMILIES; i++)
        answered += try_family(context, holds, tries);
    assert_true(answered > (int64_t)FAMILIES * MADE_CALENDARS * tries / 2);
    bpo_context_unref(context);
}

#define LAW(name, tries)                                                                                               \
    static void law_##name(void **state)                                                                               \
    {                                                                                                                  \
        (void)state;                                                                                                   \
        try_law(name, tries);                                                                                          \
    }
LAW(adding_is_the_inverse_of_counting, TRIES)
LAW(counting_is_additive_and_monotone, TRIES)
LAW(adding_in_steps_is_adding, TRIES)
LAW(adding_is_monotone, TRIES)
LAW(edges_are_edges, TRIES)
LAW(lists_add_up, TRIES / 5)
LAW(working_dates_are_counted_as_they_are_added, TRIES)
LAW(a_batch_is_the_loop, TRIES)
LAW(neither_order_nor_preparing_changes_an_answer, TRIES / 5)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(law_adding_is_the_inverse_of_counting),
        cmocka_unit_test(law_counting_is_additive_and_monotone),
        cmocka_unit_test(law_adding_in_steps_is_adding),
        cmocka_unit_test(law_adding_is_monotone),
        cmocka_unit_test(law_edges_are_edges),
        cmocka_unit_test(law_lists_add_up),
        cmocka_unit_test(law_working_dates_are_counted_as_they_are_added),
        cmocka_unit_test(law_a_batch_is_the_loop),
        cmocka_unit_test(law_neither_order_nor_preparing_changes_an_answer),
    };
    return cmocka_run_group_tests_name("time_properties", tests, NULL, NULL);
}
