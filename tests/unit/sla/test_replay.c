/* SPDX-License-Identifier: Apache-2.0 */
#include "sla_support.h"

#include "sla/replay.h"

static uint64_t seed = 17;

static uint32_t next_random(uint32_t below)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(seed >> 33) % below;
}

/* --- random tickets against a clock that counts minutes ---------------------------------------------------------- */

enum { EVENTS = 14, MINUTES = 6 * 1440 };

/* What the counting clock knows of the metric `resolution`: every minute in which it ran. */
typedef struct model {
    int ran[MINUTES];
    int count;
    int target;
    bool started, stopped, held;
} model;

static bool is_open(int minute)
{
    return minute / 1440 % 7 < 5 && minute % 1440 >= 9 * 60 && minute % 1440 < 17 * 60;
}

static int minutes_of(const char *priority)
{
    return strcmp(priority, "high") == 0 ? 240 : 480;
}

static void see_event(model *m, const event *one, const char **priority)
{
    if (one->priority != NULL)
        *priority = one->priority;
    if (one->kind == BPO_TICKET_OPENED)
        m->started = true;
    if (one->kind == BPO_TICKET_SOLVED) {
        m->stopped = true;
        m->held = false;
    } else if (one->kind == BPO_TICKET_REOPENED || one->status != NULL) {
        m->held = one->status != NULL && strcmp(one->status, "Pending") == 0;
        m->stopped = false;
    }
    if (!m->stopped)
        m->target = minutes_of(*priority);
}

/* Counts up to minute `now`; events of that minute are seen. */
static void count_minutes(model *m, const event *events, size_t count, int now)
{
    const char *priority = "normal";
    memset(m, 0, sizeof *m);
    for (int minute = 0; minute <= now; minute++) {
        for (size_t i = 0; i < count; i++)
            if (events[i].at == MONDAY + minute * BPO_MINUTE)
                see_event(m, &events[i], &priority);
        if (minute < now && m->started && !m->stopped && !m->held && is_open(minute))
            m->ran[m->count++] = minute;
    }
}

/* Goes on past `now` as if nothing more happened. */
static void count_on(model *m, int now)
{
    for (int minute = now; minute < MINUTES && m->count <= m->target; minute++)
        if (is_open(minute))
            m->ran[m->count++] = minute;
}

static void assert_agrees(desk_ticket *t, const event *events, size_t count, int now)
{
    static model m;
    bpo_clock clock = clock_at(t, "resolution", MONDAY + now * BPO_MINUTE);
    count_minutes(&m, events, count, now);
    bool breached = m.count > m.target;
    assert_int_equal(clock.elapsed, m.count * BPO_MINUTE);
    assert_int_equal(clock.target, m.target * BPO_MINUTE);
    if (m.stopped)
        assert_int_equal(clock.state, breached ? BPO_CLOCK_MISSED : BPO_CLOCK_MET);
    else if (breached)
        assert_int_equal(clock.state, BPO_CLOCK_BREACHED);
    else
        assert_int_equal(clock.state, m.held ? BPO_CLOCK_PAUSED : BPO_CLOCK_RUNNING);
    if (!m.stopped && !m.held)
        count_on(&m, now);
    if (m.count > m.target) {
        assert_int_equal(clock.breach_at, MONDAY + m.ran[m.target] * BPO_MINUTE + 1);
        assert_int_equal(clock.due_at, MONDAY + (m.ran[m.target - 1] + 1) * BPO_MINUTE);
    } else {
        assert_int_equal(clock.breach_at, BPO_TIME_NEVER);
    }
}

static size_t make_life(event *events, char (*keys)[4])
{
    static const char *const statuses[] = {"Open", "Pending"};
    static const char *const priorities[] = {"normal", "high"};
    size_t count = 1 + next_random(EVENTS);
    events[0] = opening;
    events[0].at = MONDAY + next_random(1440) * BPO_MINUTE;
    for (size_t i = 1; i < count; i++) {
        event one = {.kind = BPO_TICKET_STATUS_CHANGED, .key = keys[i], .order = (int64_t)i};
        keys[i][0] = 'k';
        keys[i][1] = (char)('a' + i);
        one.at = events[i - 1].at + (next_random(3) ? next_random(300) : 0) * BPO_MINUTE;
        uint32_t what = next_random(6);
        if (what < 3)
            one.status = statuses[what % 2];
        else if (what == 3)
            one.kind = BPO_TICKET_SOLVED;
        else if (what == 4)
            one.kind = BPO_TICKET_REOPENED;
        else
            one.kind = BPO_TICKET_UPDATED, one.priority = priorities[next_random(2)];
        events[i] = one;
    }
    return count;
}

static void random_tickets_agree_with_counting_minutes(void **state)
{
    (void)state;
    for (int round = 0; round < 150; round++) {
        event events[EVENTS + 1];
        char keys[EVENTS + 1][4] = {{0}};
        size_t count = make_life(events, keys);
        size_t first = next_random((uint32_t)count);
        desk_ticket t = new_desk_ticket(NULL, 0);
        for (size_t i = 0; i < count; i++)
            assert_int_equal(apply_event(&t, &events[(first + count - i) % count]), BPO_OK);
        for (int check = 0; check < 6; check++) {
            int opened = (int)((events[0].at - MONDAY) / BPO_MINUTE);
            assert_agrees(&t, events, count, opened + (int)next_random(3 * 1440));
        }
        close_desk_ticket(&t);
    }
}

/* --- what a visitor is told -------------------------------------------------------------------------------------- */

typedef struct told {
    int facts, unopened, cycles;
    bpo_duration run[2]; /* of resolution: while the priority was normal, high */
    bpo_clock_state last;
    bpo_status answer;
} told;

static bpo_status on_fact(void *user, const bpo_fact *fact, const bpo__attributes *attributes, bool opened)
{
    told *t = user;
    (void)fact;
    assert_non_null(bpo__attributes_find(attributes, BPO_VALUE_KIND));
    t->facts++;
    t->unopened += !opened;
    return t->answer;
}

static bpo_status on_cycle(void *user, const bpo__cycle *cycle, const bpo__attributes *attributes)
{
    told *t = user;
    assert_non_null(attributes);
    if (strcmp(cycle->metric->name, "resolution") == 0) {
        t->cycles++;
        t->last = cycle->state;
    }
    return BPO_OK;
}

static bpo_status on_run(void *user, const bpo__metric *metric, const char *policy, const bpo_calendar *calendar,
                         bpo_time from, bpo_time until, const bpo__attributes *attributes)
{
    told *t = user;
    bpo_duration open = 0;
    const bpo_value *priority = bpo__attributes_find(attributes, BPO_VALUE_PRIORITY);
    assert_true(from < until);
    assert_string_equal(policy, "standard");
    assert_null(bpo__attributes_find(attributes, BPO_VALUE_KIND));
    assert_int_equal(bpo_calendar_between(calendar, from, until, &open, NULL), BPO_OK);
    if (strcmp(metric->name, "resolution") == 0)
        t->run[priority->size == 4] += open;
    return BPO_OK;
}

static const event life[] = {
    {.kind = BPO_TICKET_OPENED, .at = AT(0, 10, 0), .key = "1", .status = "New", .priority = "normal"},
    {.kind = BPO_TICKET_STATUS_CHANGED, .at = AT(0, 11, 0), .key = "2", .status = "Pending"},
    {.kind = BPO_TICKET_STATUS_CHANGED, .at = AT(0, 12, 0), .key = "3", .status = "Open"},
    {.kind = BPO_TICKET_UPDATED, .at = AT(0, 13, 0), .key = "4", .priority = "high"},
    {.kind = BPO_TICKET_SOLVED, .at = AT(0, 15, 0), .key = "5"},
    {.kind = BPO_TICKET_REOPENED, .at = AT(0, 16, 0), .key = "6"},
};

static told replay_life(size_t first, size_t count, bpo_time horizon, bool *ret_open)
{
    told seen = {0};
    desk_ticket t = new_desk_ticket(life + first, count);
    bpo__replay_visitor visitor = {&seen, on_fact, on_cycle, on_run};
    bpo__view view = {BPO_TIME_NEVER, true, false};
    assert_int_equal(bpo__replay(t.contract, bpo__ticket_history(t.ticket), view, horizon, &visitor, ret_open, NULL),
                     BPO_OK);
    close_desk_ticket(&t);
    return seen;
}

static void runs_come_with_the_state_in_which_they_ran(void **state)
{
    bool open = false;
    told seen = replay_life(0, 6, AT(1, 9, 30), &open);
    (void)state;
    assert_int_equal(seen.run[0], 2 * BPO_HOUR);
    assert_int_equal(seen.run[1], 3 * BPO_HOUR + 30 * BPO_MINUTE);
    assert_int_equal(seen.facts, 6);
    assert_int_equal(seen.cycles, 1);
    assert_int_equal(seen.last, BPO_CLOCK_BREACHED);
    assert_true(open);
}

static void facts_at_the_horizon_are_not_seen(void **state)
{
    bool open = false;
    told seen = replay_life(0, 6, AT(0, 15, 0), &open);
    (void)state;
    assert_int_equal(seen.facts, 4);
    assert_int_equal(seen.last, BPO_CLOCK_RUNNING);
    seen = replay_life(0, 6, AT(0, 16, 0), &open);
    assert_int_equal(seen.facts, 5);
    assert_int_equal(seen.cycles, 1);
    assert_int_equal(seen.last, BPO_CLOCK_MET);
    assert_false(open);
}

static void facts_of_a_ticket_that_was_never_opened_are_told_apart(void **state)
{
    bool open = true;
    told seen = replay_life(1, 5, AT(5, 0, 0), &open);
    (void)state;
    assert_int_equal(seen.facts, 5);
    assert_int_equal(seen.unopened, 5);
    assert_int_equal(seen.cycles, 0);
    assert_false(open);
}

static void a_visitors_failure_ends_the_replay(void **state)
{
    told seen = {.answer = BPO_E_HOST};
    desk_ticket t = DESK_TICKET(life);
    bpo__replay_visitor visitor = {&seen, on_fact, on_cycle, on_run};
    bpo__view view = {BPO_TIME_NEVER, true, false};
    bool open = true;
    (void)state;
    assert_int_equal(bpo__replay(t.contract, bpo__ticket_history(t.ticket), view, AT(9, 0, 0), &visitor, &open, NULL),
                     BPO_E_HOST);
    assert_int_equal(seen.facts, 1);
    assert_true(open);
    close_desk_ticket(&t);
}

static void an_ordinary_ticket_is_replayed_without_allocating(void **state)
{
    fault_host fault;
    desk_ticket t;
    told seen = {0};
    bpo__replay_visitor visitor = {&seen, on_fact, on_cycle, on_run};
    bpo__view view = {BPO_TIME_NEVER, true, false};
    (void)state;
    fault_host_init(&fault);
    assert_int_equal(open_desk_ticket(&fault.host, &t), BPO_OK);
    for (size_t i = 0; i < sizeof life / sizeof life[0]; i++)
        assert_int_equal(apply_event(&t, &life[i]), BPO_OK);
    size_t calls = fault.memory.calls;
    assert_int_equal(bpo__replay(t.contract, bpo__ticket_history(t.ticket), view, AT(9, 0, 0), &visitor, NULL, NULL),
                     BPO_OK);
    assert_int_equal(fault.memory.calls, calls);
    close_desk_ticket(&t);
    fault_host_check(&fault);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_tickets_agree_with_counting_minutes),
        cmocka_unit_test(runs_come_with_the_state_in_which_they_ran),
        cmocka_unit_test(facts_at_the_horizon_are_not_seen),
        cmocka_unit_test(facts_of_a_ticket_that_was_never_opened_are_told_apart),
        cmocka_unit_test(a_visitors_failure_ends_the_replay),
        cmocka_unit_test(an_ordinary_ticket_is_replayed_without_allocating),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
