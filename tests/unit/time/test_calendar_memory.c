/* SPDX-License-Identifier: Apache-2.0 */
/* Every question to every kind of calendar with each allocation failing: what a question would write stays as it was,
 * and the same calendar, asked again, gives the answer that one gives which never lacked memory. */
#include "office.h"
#include "support/fault.h"
#include <bpo/intervals.h>
#include <bpo/working_days.h>
#include <string.h>

#define UNTOUCHED 77
#define AT        office_time("2026-11-21T12:00:00Z") /* a Saturday */
#define WORKING   office_time("2026-11-18T12:00:00Z") /* a Wednesday, at noon */

/* --- calendars ---------------------------------------------------------------------------------------------------- */

typedef bpo_status make(bpo_context *context, bpo_zone *zone, bpo_calendar **ret_calendar);

static bpo_status make_office(bpo_context *context, bpo_zone *zone, bpo_calendar **ret_calendar)
{
    bpo__holiday holidays[2] = {{{0, 12, 25}, BPO__TEXT("Christmas")}, {{2027, 1, 1}, BPO__TEXT("New Year")}};
    bpo__calendar_definition d = office_week(office_nine_to_five, 0, 4);
    d.zone = zone;
    d.holidays = holidays;
    d.holiday_count = 2;
    return bpo__calendar_compile(context, &d, ret_calendar, NULL);
}

/* Its periods last for years, over many pages. */
static bpo_status make_nearly_always_open(bpo_context *context, bpo_zone *zone, bpo_calendar **ret_calendar)
{
    bpo__holiday holidays[2] = {{{2024, 2, 29}, BPO__TEXT("A day")}, {{2030, 1, 1}, BPO__TEXT("Another")}};
    bpo__calendar_definition d = office_week(office_whole_day, 0, 6);
    d.zone = zone;
    d.holidays = holidays;
    d.holiday_count = 2;
    return bpo__calendar_compile(context, &d, ret_calendar, NULL);
}

/* Its closed times do. */
static bpo_status make_seldom_open(bpo_context *context, bpo_zone *zone, bpo_calendar **ret_calendar)
{
    bpo__dated_hours overrides[2] = {{office_days(2022, 5, 4), {office_nine_to_five, 1}},
                                     {office_days(2031, 5, 6), {office_nine_to_five, 1}}};
    bpo__calendar_definition d = {0};
    d.zone = zone;
    d.overrides = overrides;
    d.override_count = 2;
    return bpo__calendar_compile(context, &d, ret_calendar, NULL);
}

/* Open for some years, then closed for some, and then open once more. */
static bpo_status make_open_for_years(bpo_context *context, bpo_zone *zone, bpo_calendar **ret_calendar)
{
    bpo__dated_hours override = {office_days(2033, 5, 4), {office_nine_to_five, 1}};
    bpo__calendar_version versions[2] = {{office_days(2024, 1, 1), office_week(office_nine_to_five, 0, 4)},
                                         {office_days(2028, 6, 1), {0}}};
    bpo__calendar_definition d = {.zone = zone, .versions = versions, .version_count = 2};
    versions[1].definition.overrides = &override;
    versions[1].definition.override_count = 1;
    return bpo__calendar_compile(context, &d, ret_calendar, NULL);
}

/* An office or a night shift, but for the one that is seldom open. */
static bpo_status make_combined(bpo_context *context, bpo_zone *zone, bpo_calendar **ret_calendar)
{
    bpo_calendar *parts[3] = {NULL, NULL, NULL};
    bpo__calendar_definition night = office_week(office_night, 0, 6);
    bpo__calendar_definition d = {.zone = zone, .members = parts, .member_count = 2, .minus = parts + 2,
                                  .minus_count = 1};
    night.zone = zone;
    bpo_status status = make_office(context, zone, &parts[0]);
    if (status == BPO_OK)
        status = bpo__calendar_compile(context, &night, &parts[1], NULL);
    if (status == BPO_OK)
        status = make_seldom_open(context, zone, &parts[2]);
    if (status == BPO_OK)
        status = bpo__calendar_compile(context, &d, ret_calendar, NULL);
    for (size_t i = 0; i < 3; i++)
        bpo_calendar_unref(parts[i]);
    return status;
}

/* --- questions ---------------------------------------------------------------------------------------------------- */

#define VALUES 4

/* Writes some of the values, which are all untouched before. */
typedef bpo_status question(const bpo_calendar *c, int64_t *values);

static bpo_status is_open(const bpo_calendar *c, int64_t *values)
{
    int open = UNTOUCHED;
    bpo_status status = bpo_calendar_is_open(c, AT, &open, NULL);
    values[0] = open;
    return status;
}

static bpo_status next_open(const bpo_calendar *c, int64_t *values)
{
    return bpo_calendar_next_open(c, AT, values, NULL);
}

static bpo_status next_close(const bpo_calendar *c, int64_t *values)
{
    return bpo_calendar_next_close(c, AT, values, NULL);
}

static bpo_status prev_close(const bpo_calendar *c, int64_t *values)
{
    return bpo_calendar_prev_close(c, AT, values, NULL);
}

static bpo_status next_opening(const bpo_calendar *c, int64_t *values)
{
    return bpo_calendar_next_opening(c, WORKING, values, NULL);
}

static bpo_status between(const bpo_calendar *c, int64_t *values)
{
    return bpo_calendar_between(c, AT, AT + 500 * BPO_DAY, values, NULL);
}

static bpo_status between_backward(const bpo_calendar *c, int64_t *values)
{
    return bpo_calendar_between(c, AT, AT - 500 * BPO_DAY, values, NULL);
}

static bpo_status add(const bpo_calendar *c, int64_t *values)
{
    return bpo_calendar_add(c, AT, 9 * BPO_HOUR, BPO_LANDING_LATEST, values, NULL);
}

static bpo_status add_much(const bpo_calendar *c, int64_t *values)
{
    return bpo_calendar_add(c, AT, 4000 * BPO_HOUR, BPO_LANDING_EARLIEST, values, NULL);
}

static bpo_status add_backward(const bpo_calendar *c, int64_t *values)
{
    return bpo_calendar_add(c, AT, -4000 * BPO_HOUR, BPO_LANDING_LATEST, values, NULL);
}

static bpo_status add_nothing(const bpo_calendar *c, int64_t *values)
{
    return bpo_calendar_add(c, AT, 0, BPO_LANDING_EARLIEST | BPO_LANDING_ZERO_SNAP_BACK, values, NULL);
}

static bpo_status add_many_to(const bpo_calendar *c, bpo_landing landing, int64_t *values)
{
    const bpo_time from[VALUES] = {AT, WORKING, AT - 420 * BPO_DAY, AT + 420 * BPO_DAY};
    const bpo_duration open[VALUES] = {0, BPO_HOUR, -BPO_HOUR, 900 * BPO_HOUR};
    return bpo_calendar_add_many(c, from, open, VALUES, landing, values, NULL);
}

static bpo_status add_many(const bpo_calendar *c, int64_t *values)
{
    return add_many_to(c, BPO_LANDING_EARLIEST, values);
}

static bpo_status add_many_with_zero(const bpo_calendar *c, int64_t *values)
{
    return add_many_to(c, BPO_LANDING_LATEST | BPO_LANDING_ZERO_SNAP_BACK, values);
}

static bpo_status between_many(const bpo_calendar *c, int64_t *values)
{
    const bpo_time from[VALUES] = {AT, WORKING, AT - 420 * BPO_DAY, AT + 420 * BPO_DAY};
    const bpo_time until[VALUES] = {WORKING, AT, AT + 900 * BPO_DAY, AT - 420 * BPO_DAY};
    return bpo_calendar_between_many(c, from, until, VALUES, values, NULL);
}

static bpo_status prepare(const bpo_calendar *c, int64_t *values)
{
    (void)values;
    return bpo_calendar_prepare(c, AT, AT + 500 * BPO_DAY, NULL);
}

static bpo_status coverage(const bpo_calendar *c, int64_t *values)
{
    bpo_coverage report = BPO_COVERAGE_INIT;
    report.open = UNTOUCHED;
    report.closed = UNTOUCHED;
    report.longest_gap_from = UNTOUCHED;
    bpo_status status = bpo_calendar_coverage(c, AT, AT + 500 * BPO_DAY, &report, NULL);
    values[0] = report.open;
    values[1] = report.closed;
    values[2] = report.longest_gap_from;
    return status;
}

/* A sum over a list. A failing interval is asked for twice: it is neither lost nor written. */
static bpo_status list(const bpo_calendar *c, bpo_interval_list which, int64_t *values)
{
    bpo_intervals *intervals = NULL;
    bpo_interval interval = BPO_INTERVAL_INIT;
    int64_t sum = 0;
    bpo_status status = bpo_intervals_new(c, AT, AT + 500 * BPO_DAY, which, &intervals, NULL);
    assert_true((intervals != NULL) == (status == BPO_OK));
    while (status == BPO_OK) {
        bpo_interval before = interval;
        status = bpo_intervals_next(intervals, &interval, NULL);
        if (status == BPO_OK)
            sum += (interval.until - interval.from) * (int64_t)interval.kind;
        else
            assert_memory_equal(&interval, &before, sizeof before);
    }
    bpo_intervals_unref(intervals);
    if (status == BPO_DONE)
        values[0] = sum;
    return status == BPO_DONE ? BPO_OK : status;
}

static bpo_status list_open(const bpo_calendar *c, int64_t *values)
{
    return list(c, BPO_INTERVALS_OPEN, values);
}

static bpo_status list_closed(const bpo_calendar *c, int64_t *values)
{
    return list(c, BPO_INTERVALS_CLOSED, values);
}

static bpo_status list_explained(const bpo_calendar *c, int64_t *values)
{
    return list(c, BPO_INTERVALS_EXPLAINED, values);
}

static bpo_status add_days(const bpo_calendar *c, int64_t *values)
{
    return bpo_calendar_add_days(c, AT, 1, BPO_DAYS_ROLL_FORWARD, values, NULL);
}

static bpo_status add_days_backward(const bpo_calendar *c, int64_t *values)
{
    return bpo_calendar_add_days(c, AT, -1, BPO_DAYS_ROLL_BACKWARD | BPO_DAYS_SNAP_ORIGIN, values, NULL);
}

static bpo_status add_days_to_their_end(const bpo_calendar *c, int64_t *values)
{
    return bpo_calendar_add_days(c, AT, 0, BPO_DAYS_END_OF_DAY, values, NULL);
}

static bpo_status count_days(const bpo_calendar *c, int64_t *values)
{
    return bpo_calendar_count_days(c, AT, AT + 900 * BPO_DAY, BPO_DAYS_INCLUSIVE, values, NULL);
}

/* --- both --------------------------------------------------------------------------------------------------------- */

typedef struct answer {
    bpo_status status;
    int64_t values[VALUES];
} answer;

typedef struct scene {
    make *make;
    question *ask;
    answer expected;
} scene;

static answer answer_of(const scene *s, const bpo_calendar *c)
{
    answer a = {BPO_OK, {UNTOUCHED, UNTOUCHED, UNTOUCHED, UNTOUCHED}};
    a.status = s->ask(c, a.values);
    return a;
}

static void expect_untouched(const answer *a)
{
    for (size_t i = 0; i < VALUES; i++)
        assert_int_equal(a->values[i], UNTOUCHED);
}

static void expect_same(const answer *a, const answer *b)
{
    assert_int_equal(a->status, b->status);
    for (size_t i = 0; i < VALUES; i++)
        assert_int_equal(a->values[i], b->values[i]);
}

static bpo_status make_in(bpo_context *context, make *how, bpo_calendar **ret_calendar)
{
    bpo_zone *zone = NULL;
    bpo_status status = bpo_zone_new(context, "UTC", &zone, NULL);
    if (status == BPO_OK)
        status = how(context, zone, ret_calendar);
    bpo_zone_unref(zone);
    return status;
}

static bpo_status a_question_is_asked(fault_host *fault, void *user)
{
    const scene *s = user;
    bpo_context *context = NULL;
    bpo_calendar *c = NULL;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    if (status == BPO_OK)
        status = make_in(context, s->make, &c);
    if (status == BPO_OK) {
        answer a = answer_of(s, c);
        status = a.status;
        if (status == BPO_E_NOMEM) {
            expect_untouched(&a);
            if (!fault->memory.persistent)
                a = answer_of(s, c);
        }
        if (status != BPO_E_NOMEM || !fault->memory.persistent)
            expect_same(&a, &s->expected);
    } else {
        assert_null(c);
    }
    bpo_calendar_unref(c);
    bpo_context_unref(context);
    return status > BPO_OK ? BPO_OK : status;
}

static void ask_in_want(make *how, question *ask)
{
    scene s = {how, ask, {BPO_OK, {0}}};
    bpo_context *context = office_context();
    bpo_calendar *c = NULL;
    assert_int_equal(make_in(context, how, &c), BPO_OK);
    s.expected = answer_of(&s, c);
    assert_true(s.expected.status >= BPO_OK);
    fault_torture(a_question_is_asked, &s);
    bpo_calendar_unref(c);
    bpo_context_unref(context);
}

static void lack_of_memory_spoils_no_answer(void **state)
{
    (void)state;
    static make *const calendars[] = {make_office, make_nearly_always_open, make_seldom_open, make_open_for_years,
                                      make_combined};
    static question *const questions[] = {
        is_open,      next_open,   next_close,         prev_close,   next_opening, between,   between_backward,
        add,          add_much,    add_backward,       add_nothing,  add_many,     prepare,   add_many_with_zero,
        between_many, coverage,    list_open,          list_closed,  list_explained,
    };
    for (size_t i = 0; i < sizeof calendars / sizeof calendars[0]; i++) {
        for (size_t k = 0; k < sizeof questions / sizeof questions[0]; k++)
            ask_in_want(calendars[i], questions[k]);
    }
}

static void lack_of_memory_spoils_no_working_date(void **state)
{
    (void)state;
    static make *const calendars[] = {make_office, make_nearly_always_open, make_seldom_open, make_open_for_years,
                                      make_combined};
    static question *const questions[] = {add_days, add_days_backward, add_days_to_their_end, count_days};
    for (size_t i = 0; i < sizeof calendars / sizeof calendars[0]; i++) {
        for (size_t k = 0; k < sizeof questions / sizeof questions[0]; k++)
            ask_in_want(calendars[i], questions[k]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lack_of_memory_spoils_no_answer),
        cmocka_unit_test(lack_of_memory_spoils_no_working_date),
    };
    return cmocka_run_group_tests_name("time_calendar_memory", tests, NULL, NULL);
}
