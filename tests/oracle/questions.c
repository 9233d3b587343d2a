/* SPDX-License-Identifier: Apache-2.0 */
/* The questions. Where the naive answer lies beyond the window, nothing is compared, unless the covered years end
 * there: then the library must say so. */
#include "questions.h"
#include <stdio.h>

#define SECOND            INT64_C(1000000)
#define DAY               (86400 * SECOND)
#define HOUR              3600
#define BATCH             6
#define DIFFERENCES_SHOWN 20

static int64_t below(const subject *s, int64_t bound)
{
    return (int64_t)test_random_below(s->random, (uint64_t)bound);
}

/* --- comparing ---------------------------------------------------------------------------------------------------- */

static int differ(const subject *s, const char *what, int64_t at, int64_t argument, int64_t expected, int64_t found)
{
    if (expected == found)
        return 0;
    if (s->tally->differences++ < DIFFERENCES_SHOWN)
        printf("%s: %s(%lld, %lld) is %lld, not %lld\n", s->label, what, (long long)at, (long long)argument,
               (long long)expected, (long long)found);
    return 1;
}

static void compare(const subject *s, const char *what, int64_t at, int64_t argument, int64_t expected, int64_t found)
{
    s->tally->cases++;
    differ(s, what, at, argument, expected, found);
}

/* What a search came to. */
typedef struct outcome {
    bpo_status status;
    int64_t at;
} outcome;

static int is_covered(int64_t at)
{
    return at >= QUESTIONS_COVERED_FROM * SECOND && at <= QUESTIONS_COVERED_UNTIL * SECOND;
}

/* Whether nothing is covered beyond the window on one of its sides. */
static int ends_the_covered_years(const naive_window *w, int back)
{
    return back ? w->first <= QUESTIONS_COVERED_FROM : w->first + w->count * w->step > QUESTIONS_COVERED_UNTIL;
}

/* The outcome that a naive answer asks for; false where there is nothing to compare. */
static int expected_outcome(const subject *s, int64_t naive, int back, outcome *ret_outcome)
{
    outcome o = {BPO_OK, naive};
    if (naive == NAIVE_NONE && !ends_the_covered_years(s->window, back))
        return 0;
    if (naive == NAIVE_NEVER)
        o = (outcome){BPO_NEVER, back ? -BPO_TIME_NEVER : BPO_TIME_NEVER};
    else if (naive == NAIVE_NONE || !is_covered(naive))
        o.status = BPO_E_HORIZON;
    *ret_outcome = o;
    return 1;
}

static int is_open_throughout(const naive_window *w)
{
    int64_t end = (w->first + w->count * w->step) * SECOND;
    return w->open[0] && naive_piece_end(w, w->first * SECOND, end) == end;
}

/* A calendar that is always open is known to be so beyond the covered years: it never closes, and was open just before
 * the first covered instant. */
static int is_known_of_always_open(outcome found, int back)
{
    return back ? found.status == BPO_OK && found.at == QUESTIONS_COVERED_FROM * SECOND : found.status == BPO_NEVER;
}

static void compare_search(const subject *s, const char *what, int64_t at, int64_t argument, int64_t naive, int back,
                           outcome found)
{
    outcome expected;
    if (!expected_outcome(s, naive, back, &expected))
        return;
    s->tally->cases++;
    if (naive == NAIVE_NONE && is_open_throughout(s->window) && is_known_of_always_open(found, back))
        return;
    if (!differ(s, what, at, argument, expected.status, found.status) && expected.status >= BPO_OK)
        differ(s, what, at, argument, expected.at, found.at);
}

/* --- what is asked about ------------------------------------------------------------------------------------------ */

static int64_t window_end(const naive_window *w)
{
    int64_t end = w->first + w->count * w->step;
    return end < QUESTIONS_COVERED_UNTIL ? end : QUESTIONS_COVERED_UNTIL;
}

/* A covered instant of the window: a third of them at microseconds, some at an edge or beside it. */
static int64_t any_instant(const subject *s)
{
    const naive_window *w = s->window;
    int64_t at = (w->first + below(s, window_end(w) - w->first)) * SECOND;
    int64_t edge = below(s, 2) ? naive_next_open(w, at) : naive_next_close(w, at);
    if (below(s, 4) == 0 && edge != NAIVE_NONE && edge != NAIVE_NEVER)
        at = edge + below(s, 3) - 1;
    else if (below(s, 3) == 0)
        at += below(s, SECOND);
    else if (below(s, 8) == 0) /* the first or the last covered instant, where the window has it */
        at = ends_the_covered_years(w, 0) ? QUESTIONS_COVERED_UNTIL * SECOND : w->first * SECOND;
    return is_covered(at) ? at : w->first * SECOND;
}

/* An amount of open time; often one that ends at an edge. */
static int64_t any_amount(const subject *s, int64_t from)
{
    int64_t length = s->window->count * s->window->step;
    switch (below(s, 4)) {
    case 0:
        return (below(s, 2 * length / 3) - length / 3) * SECOND;
    case 1:
        return (below(s, 2 * length / 50 + 2) - length / 50) * SECOND + below(s, SECOND);
    default:
        return naive_between(s->window, from, any_instant(s));
    }
}

/* --- sums --------------------------------------------------------------------------------------------------------- */

static void ask_between(const subject *s)
{
    int64_t from[BATCH], until[BATCH], many[BATCH];
    for (int i = 0; i < BATCH; i++) {
        from[i] = any_instant(s);
        until[i] = any_instant(s);
        many[i] = -1;
    }
    bpo_calendar_between_many(s->calendar, from, until, BATCH, many, NULL);
    for (int i = 0; i < BATCH; i++) {
        int64_t expected = naive_between(s->window, from[i], until[i]);
        int64_t found = -1;
        bpo_calendar_between(s->calendar, from[i], until[i], &found, NULL);
        compare(s, "between", from[i], until[i], expected, found);
        differ(s, "between_many", from[i], until[i], expected, many[i]);
    }
}

/* One sum, naively, at a landing with its flag for adding nothing. */
static int64_t naive_sum(const subject *s, int64_t from, int64_t open, bpo_landing landing)
{
    if (open == 0 && (landing & BPO_LANDING_ZERO_IDENTITY))
        return from;
    if (open == 0 && (landing & BPO_LANDING_ZERO_SNAP_BACK))
        return naive_prev_close(s->window, from);
    return naive_add(s->window, from, open, (landing & BPO_LANDING_LATEST) != 0);
}

static bpo_landing any_landing(const subject *s)
{
    static const bpo_landing zeros[] = {0, 0, BPO_LANDING_ZERO_SNAP_BACK, BPO_LANDING_ZERO_IDENTITY};
    return (below(s, 2) ? BPO_LANDING_LATEST : BPO_LANDING_EARLIEST) | zeros[below(s, 4)];
}

/* A batch fails as a whole; in its place a search that never ends is no failure. */
static void compare_sums(const subject *s, const int64_t *from, const int64_t *open, bpo_landing landing)
{
    int64_t many[BATCH];
    bpo_status status = bpo_calendar_add_many(s->calendar, from, open, BATCH, landing, many, NULL);
    bpo_status worst = BPO_OK;
    for (int i = 0; i < BATCH; i++) {
        int back = open[i] < 0 || (open[i] == 0 && (landing & BPO_LANDING_ZERO_SNAP_BACK) != 0);
        int64_t naive = naive_sum(s, from[i], open[i], landing);
        outcome found = {BPO_E_STATE, 0};
        found.status = bpo_calendar_add(s->calendar, from[i], open[i], landing, &found.at, NULL);
        compare_search(s, landing & BPO_LANDING_LATEST ? "add latest" : "add earliest", from[i], open[i], naive, back,
                       found);
        if (worst == BPO_OK && found.status < BPO_OK)
            worst = found.status;
        if (status == BPO_OK)
            differ(s, "add_many", from[i], open[i], found.at, many[i]);
    }
    differ(s, "status of add_many", from[0], open[0], worst, status);
}

static void ask_add(const subject *s)
{
    int64_t from[BATCH], open[BATCH];
    bpo_landing landing = any_landing(s);
    for (int i = 0; i < BATCH; i++) {
        from[i] = any_instant(s);
        open[i] = below(s, 6) ? any_amount(s, from[i]) : 0;
    }
    compare_sums(s, from, open, landing);
}

/* --- searches ----------------------------------------------------------------------------------------------------- */

static const struct search {
    const char *name;
    bpo_status (*ask)(const bpo_calendar *calendar, bpo_time at, bpo_time *ret_at, bpo_error *err);
    int64_t (*naive)(const naive_window *window, int64_t at);
    int back;
} searches[] = {
    {"next_open", bpo_calendar_next_open, naive_next_open, 0},
    {"next_close", bpo_calendar_next_close, naive_next_close, 0},
    {"next_opening", bpo_calendar_next_opening, naive_next_opening, 0},
    {"prev_close", bpo_calendar_prev_close, naive_prev_close, 1},
};

static void ask_searches(const subject *s)
{
    int64_t at = any_instant(s);
    int open = -1;
    bpo_calendar_is_open(s->calendar, at, &open, NULL);
    compare(s, "is_open", at, 0, naive_is_open(s->window, at), open);
    for (unsigned i = 0; i < sizeof searches / sizeof searches[0]; i++) {
        outcome found = {BPO_E_STATE, 0};
        at = any_instant(s);
        found.status = searches[i].ask(s->calendar, at, &found.at, NULL);
        compare_search(s, searches[i].name, at, 0, searches[i].naive(s->window, at), searches[i].back, found);
    }
}

/* --- lists -------------------------------------------------------------------------------------------------------- */

static void compare_piece(const subject *s, bpo_intervals *list, int is_open, int64_t from, int64_t until)
{
    bpo_interval interval = BPO_INTERVAL_INIT;
    differ(s, "a piece", from, until, BPO_OK, bpo_intervals_next(list, &interval, NULL));
    differ(s, "start of a piece", from, until, from, interval.from);
    differ(s, "end of a piece", from, until, until, interval.until);
    differ(s, "kind of a piece", from, until, is_open ? BPO_INTERVAL_OPEN : BPO_INTERVAL_CLOSED, interval.kind);
    differ(s, "open time of a piece", from, until, is_open ? until - from : 0, interval.open);
}

static void compare_coverage(const subject *s, int64_t from, int64_t until, const bpo_coverage *expected)
{
    bpo_coverage found = BPO_COVERAGE_INIT;
    bpo_calendar_coverage(s->calendar, from, until, &found, NULL);
    differ(s, "coverage, open", from, until, expected->open, found.open);
    differ(s, "coverage, closed", from, until, expected->closed, found.closed);
    differ(s, "coverage, periods", from, until, expected->period_count, found.period_count);
    differ(s, "coverage, gaps", from, until, expected->gap_count, found.gap_count);
    differ(s, "coverage, longest gap", from, until, expected->longest_gap_from, found.longest_gap_from);
    differ(s, "coverage, its end", from, until, expected->longest_gap_until, found.longest_gap_until);
    s->tally->cases++;
}

static void count_piece(bpo_coverage *c, int is_open, int64_t from, int64_t until)
{
    *(is_open ? &c->open : &c->closed) += until - from;
    *(is_open ? &c->period_count : &c->gap_count) += 1;
    if (!is_open && until - from > c->longest_gap_until - c->longest_gap_from) {
        c->longest_gap_from = from;
        c->longest_gap_until = until;
    }
}

/* Periods and gaps of a range in turn, and what they come to. */
static void ask_lists(const subject *s)
{
    int64_t from = any_instant(s), until = below(s, 8) ? any_instant(s) : from;
    bpo_coverage coverage = BPO_COVERAGE_INIT;
    bpo_interval interval = BPO_INTERVAL_INIT;
    bpo_intervals *lists[2] = {NULL, NULL};
    coverage.longest_gap_from = coverage.longest_gap_until = from;
    bpo_intervals_new(s->calendar, from, until, BPO_INTERVALS_CLOSED, &lists[0], NULL);
    bpo_intervals_new(s->calendar, from, until, BPO_INTERVALS_OPEN, &lists[1], NULL);
    for (int64_t at = from; at < until;) {
        int is_open = naive_is_open(s->window, at);
        int64_t end = naive_piece_end(s->window, at, until);
        compare_piece(s, lists[is_open], is_open, at, end);
        count_piece(&coverage, is_open, at, end);
        at = end;
    }
    for (int i = 0; i < 2; i++) {
        compare(s, "end of a list", from, until, BPO_DONE, bpo_intervals_next(lists[i], &interval, NULL));
        bpo_intervals_unref(lists[i]);
    }
    compare_coverage(s, from, until, &coverage);
}

/* --- dates and reasons -------------------------------------------------------------------------------------------- */

/* `holiday 17` is 17. */
static int64_t tag_of(const char *name)
{
    int64_t tag = 0;
    for (; *name != '\0'; name++)
        if (*name >= '0' && *name <= '9')
            tag = tag * 10 + (*name - '0');
    return tag;
}

/* One second has the reason of the stretch that it lies in, the holiday's name included. */
static int differs_from_stretch(const subject *s, int64_t second, const bpo_interval *stretch)
{
    int reason = naive_reason(s->own, second);
    int64_t tag = reason == NAIVE_HOLIDAY ? naive_holiday_tag(s->own, second) : 0;
    return differ(s, "reason", second, 0, reason, stretch->kind) ||
           differ(s, "holiday's name", second, 0, tag, tag_of(stretch->name));
}

/* Each second of up to a day has the reason that the naive definition gives it, and each change of the clock is
 * told. */
static void ask_explanation(const subject *s)
{
    int64_t from = any_instant(s) / SECOND;
    int64_t until = from + below(s, DAY / SECOND);
    int64_t second = from, told = 0, sum = 0;
    bpo_intervals *list = NULL;
    bpo_interval stretch = BPO_INTERVAL_INIT;
    until = until < window_end(s->window) ? until : window_end(s->window);
    bpo_intervals_new(s->calendar, from * SECOND, until * SECOND, BPO_INTERVALS_EXPLAINED, &list, NULL);
    while (bpo_intervals_next(list, &stretch, NULL) == BPO_OK) {
        if (differ(s, "explanation's start", from, until, second * SECOND, stretch.from))
            break;
        told += stretch.clock_change_seconds;
        for (; second * SECOND < stretch.until; second++, told = 0)
            if (differs_from_stretch(s, second, &stretch) ||
                differ(s, "clock change", second, 0, naive_clock_change(second), told))
                break;
        sum += stretch.open;
    }
    bpo_intervals_unref(list);
    differ(s, "explanation's end", from, until, until > from ? until : from, second);
    compare(s, "explanation's sum", from, until,
            until > from ? naive_between(s->window, from * SECOND, until * SECOND) : 0, sum);
}

/* Often at a time of day at which the clock is changed on some date of the window. */
static int64_t any_origin(const subject *s)
{
    int64_t change = s->window->step == 1 && below(s, 3) == 0 ? naive_first_change(s->window) : NAIVE_NONE;
    int64_t at = any_instant(s);
    if (change == NAIVE_NONE)
        return at;
    int64_t same_time = (change + below(s, 4 * HOUR) - 2 * HOUR) * SECOND + (below(s, 7) - 3) * DAY;
    return naive_is_open(s->window, same_time) >= 0 && is_covered(same_time) ? same_time : at;
}

/* NAIVE_NONE where that is not known. */
static int64_t naive_landing(const subject *s, int64_t from, int days, bpo_days_options options)
{
    naive_days_options naive = {(options & BPO_DAYS_SNAP_ORIGIN) != 0, (options & BPO_DAYS_END_OF_DAY) != 0};
    return s->joint ? naive_joint_add_days(s->joint, from, days, naive) : naive_add_days(s->own, from, days, naive);
}

/* Naively; NAIVE_NONE where a roll leaves the window. */
static int64_t naive_rolled(const subject *s, int64_t at, bpo_days_options options)
{
    if (at == NAIVE_NEVER || !is_covered(at) || (options & BPO_DAYS_END_OF_DAY))
        return at;
    if (options & BPO_DAYS_ROLL_FORWARD)
        return naive_is_open(s->window, at) < 0 ? NAIVE_NONE : naive_next_open(s->window, at);
    if (options & BPO_DAYS_ROLL_BACKWARD)
        return naive_is_open(s->window, at - 1) < 0 ? NAIVE_NONE : naive_prev_close(s->window, at);
    return at;
}

/* The dates of a roll are near, so that the window has its end. */
static void ask_added_days(const subject *s)
{
    static const bpo_days_options rolls[] = {0, 0, BPO_DAYS_ROLL_FORWARD, BPO_DAYS_ROLL_BACKWARD};
    bpo_days_options options = rolls[below(s, 4)];
    int64_t from = any_origin(s);
    int days = (int)(options != 0 || below(s, 2) ? below(s, 5) - 2 : below(s, 41) - 20);
    options |= below(s, 2) ? BPO_DAYS_SNAP_ORIGIN : 0u;
    options |= below(s, 4) == 0 ? BPO_DAYS_END_OF_DAY : 0u;
    int64_t landing = naive_landing(s, from, days, options);
    if (landing == NAIVE_NONE)
        return;
    int64_t expected = naive_rolled(s, landing, options);
    int back = landing != NAIVE_NEVER && expected != landing ? (options & BPO_DAYS_ROLL_BACKWARD) != 0 : days < 0;
    outcome found = {BPO_E_STATE, 0};
    found.status = bpo_calendar_add_days(s->calendar, from, days, options, &found.at, NULL);
    if (expected == NAIVE_NONE && naive_is_open(s->window, landing - (back != 0)) < 0)
        return;
    /* A walk that finds nothing may leave the covered years before it has seen ten. */
    if (landing == NAIVE_NEVER && found.status == BPO_E_HORIZON && ends_the_covered_years(s->window, days < 0))
        return;
    compare_search(s, "add_days", from, days * 100 + (int64_t)options, expected, back, found);
}

static void ask_counted_days(const subject *s)
{
    int64_t from = any_instant(s);
    int64_t until = any_instant(s) + (below(s, 60) - 30) * DAY;
    bpo_days_rule rule = below(s, 2) ? BPO_DAYS_INCLUSIVE : BPO_DAYS_EXCLUDE_START;
    int64_t found = -1;
    if (!is_covered(until))
        until = from;
    int64_t expected = s->joint ? naive_joint_count_days(s->joint, from, until, rule == BPO_DAYS_INCLUSIVE)
                                : naive_count_days(s->own, from, until, rule == BPO_DAYS_INCLUSIVE);
    bpo_calendar_count_days(s->calendar, from, until, rule, &found, NULL);
    if (expected != NAIVE_NONE)
        compare(s, rule == BPO_DAYS_INCLUSIVE ? "count_days, inclusive" : "count_days", from, until, expected, found);
}

void questions_ask(const subject *s, int rounds)
{
    for (int i = 0; i < rounds; i++) {
        ask_between(s);
        ask_add(s);
        ask_add(s);
        ask_searches(s);
        ask_lists(s);
        ask_added_days(s);
        ask_added_days(s);
        ask_counted_days(s);
        if (i % 4 == 0 && s->is_explained)
            ask_explanation(s);
    }
}
