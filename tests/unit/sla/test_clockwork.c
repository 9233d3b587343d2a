/* SPDX-License-Identifier: Apache-2.0 */
#include "sla_support.h"

#include "sla/clockwork.h"

/* Clocks without a calendar that answer to one word: the value `reason` of a fact. */
static const char *const terms_of_words[][2] = {
    {"/contract/id", "words"},
    {"/contract/currency", "USD"},
    {"/sla/metrics/a_never/start", "reason in (go, both)"},
    {"/sla/metrics/a_never/stop", "reason in (halt, both)"},
    {"/sla/metrics/a_never/cancel", "reason = drop"},
    {"/sla/metrics/a_never/pause", "reason = hold"},
    {"/sla/metrics/b_cycles/start", "reason in (go, both)"},
    {"/sla/metrics/b_cycles/stop", "reason in (halt, both)"},
    {"/sla/metrics/b_cycles/cancel", "reason = drop"},
    {"/sla/metrics/b_cycles/restart", "reason = anew"},
    {"/sla/metrics/b_cycles/again", "new_cycle"},
    {"/sla/metrics/c_resumes/start", "reason = go"},
    {"/sla/metrics/c_resumes/stop", "reason = halt"},
    {"/sla/metrics/c_resumes/again", "resume"},
    {"/sla/policies/all/targets/a_never", "PT10M"},
    {"/sla/policies/all/targets/b_cycles", "PT10M"},
    {"/sla/policies/all/targets/c_resumes", "PT0S"},
};

typedef struct world {
    bpo_context *context;
    bpo_contract *contract;
    const bpo__plan *plan;
    bpo__stretches stretches;
    bpo__clockwork works;
    bpo_clock_state told[8]; /* states of the cycles that were over */
    int told_count;
} world;

static void open_world(world *w, size_t metric)
{
    bpo_terms *terms = NULL;
    memset(w, 0, sizeof *w);
    assert_int_equal(bpo_context_new(NULL, &w->context, NULL), BPO_OK);
    assert_int_equal(bpo_terms_new(w->context, &terms, NULL), BPO_OK);
    for (size_t i = 0; i < sizeof terms_of_words / sizeof terms_of_words[0]; i++)
        assert_int_equal(bpo_terms_set(terms, terms_of_words[i][0], terms_of_words[i][1], NULL), BPO_OK);
    assert_int_equal(bpo_contract_new(w->context, terms, &w->contract, NULL), BPO_OK);
    bpo_terms_unref(terms);
    w->plan = bpo__contract_plan(w->contract, 0);
    bpo__stretches_init(&w->stretches, w->context);
    bpo__clockwork_init(&w->works, &w->plan->metrics[metric]);
}

static void close_world(world *w)
{
    bpo__stretches_clear(&w->stretches);
    bpo_contract_unref(w->contract);
    bpo_context_unref(w->context);
}

static bpo__cycle show(const world *w, bpo_time minute)
{
    bpo__cycle cycle;
    assert_int_equal(bpo__clockwork_show(&w->works, &w->stretches, minute * BPO_MINUTE, &cycle, NULL), BPO_OK);
    return cycle;
}

static bpo_status tell(void *user, bpo__clockwork *works)
{
    world *w = user;
    bpo__cycle cycle;
    assert_int_equal(bpo__clockwork_show(works, &w->stretches, works->stopped_at, &cycle, NULL), BPO_OK);
    w->told[w->told_count++] = cycle.state;
    return BPO_OK;
}

static void say(world *w, bpo_time minute, const char *word)
{
    bpo_value value = {.name = BPO_VALUE_REASON, .type = BPO_TYPE_TEXT, .text = word, .size = strlen(word)};
    bpo__attributes attributes = {&value, 1, NULL};
    bpo__moment moment = {.at = minute * BPO_MINUTE,
                          .opening = strncmp(word, "open", 4) == 0,
                          .changed = true,
                          .policy = &w->plan->policies[0],
                          .attributes = &attributes,
                          .stretches = &w->stretches};
    assert_int_equal(bpo__clockwork_step(&w->works, &moment, tell, w), BPO_OK);
}

static void a_clock_that_never_starts_again_keeps_its_verdict(void **state)
{
    world w;
    (void)state;
    open_world(&w, 0);
    say(&w, 0, "go");
    say(&w, 5, "halt");
    say(&w, 6, "go");
    say(&w, 90, "halt");
    assert_int_equal(show(&w, 99).state, BPO_CLOCK_MET);
    assert_int_equal(show(&w, 99).elapsed, 5 * BPO_MINUTE);
    assert_int_equal(w.told_count, 1);
    close_world(&w);
}

static void a_cancelled_clock_without_a_verdict_may_start_once_more(void **state)
{
    world w;
    (void)state;
    open_world(&w, 0);
    say(&w, 0, "go");
    say(&w, 20, "drop");
    assert_int_equal(show(&w, 30).state, BPO_CLOCK_CANCELLED);
    assert_int_equal(show(&w, 30).due_at, BPO_TIME_NEVER);
    say(&w, 40, "go");
    assert_int_equal(show(&w, 41).state, BPO_CLOCK_RUNNING);
    assert_int_equal(show(&w, 41).number, 2);
    assert_int_equal(show(&w, 41).elapsed, BPO_MINUTE);
    close_world(&w);
}

static void stop_comes_before_start_within_one_fact(void **state)
{
    world w;
    (void)state;
    open_world(&w, 1);
    say(&w, 0, "both");
    assert_int_equal(show(&w, 1).state, BPO_CLOCK_RUNNING);
    say(&w, 11, "both");
    assert_int_equal(w.told_count, 1);
    assert_int_equal(w.told[0], BPO_CLOCK_MISSED);
    assert_int_equal(show(&w, 12).number, 2);
    assert_int_equal(show(&w, 12).elapsed, BPO_MINUTE);
    close_world(&w);
}

static void a_restart_counts_from_zero_and_gives_no_verdict(void **state)
{
    world w;
    (void)state;
    open_world(&w, 1);
    say(&w, 0, "go");
    say(&w, 15, "anew");
    assert_int_equal(w.told_count, 1);
    assert_int_equal(w.told[0], BPO_CLOCK_CANCELLED);
    assert_int_equal(show(&w, 20).number, 2);
    assert_int_equal(show(&w, 20).elapsed, 5 * BPO_MINUTE);
    assert_int_equal(show(&w, 20).due_at, 25 * BPO_MINUTE);
    close_world(&w);
}

static void a_zero_target_is_breached_after_the_first_open_microsecond(void **state)
{
    world w;
    (void)state;
    open_world(&w, 2);
    say(&w, 5, "go");
    assert_int_equal(show(&w, 5).state, BPO_CLOCK_RUNNING);
    assert_int_equal(show(&w, 5).in_time_until, 5 * BPO_MINUTE);
    assert_int_equal(show(&w, 5).breach_at, 5 * BPO_MINUTE + 1);
    assert_int_equal(show(&w, 6).state, BPO_CLOCK_BREACHED);
    say(&w, 5, "halt");
    assert_int_equal(show(&w, 6).state, BPO_CLOCK_MET);
    close_world(&w);
}

static void a_resumed_cycle_leaves_the_time_stopped_out(void **state)
{
    world w;
    (void)state;
    open_world(&w, 2);
    bpo__clockwork_order(&w.works, 10 * BPO_MINUTE);
    say(&w, 0, "go");
    say(&w, 4, "halt");
    say(&w, 60, "go");
    assert_int_equal(w.told_count, 0); /* it is told when no fact can resume it: at the horizon */
    assert_int_equal(show(&w, 61).number, 1);
    assert_int_equal(show(&w, 61).elapsed, 5 * BPO_MINUTE);
    assert_int_equal(show(&w, 61).due_at, 66 * BPO_MINUTE);
    assert_int_equal(show(&w, 61).stopped_at, BPO_TIME_NEVER);
    close_world(&w);
}

static void a_breach_stays_while_held_and_names_its_instant(void **state)
{
    world w;
    (void)state;
    open_world(&w, 0);
    say(&w, 0, "go");
    say(&w, 12, "hold");
    assert_int_equal(show(&w, 40).state, BPO_CLOCK_BREACHED);
    assert_int_equal(show(&w, 40).elapsed, 12 * BPO_MINUTE);
    assert_true(show(&w, 40).held);
    assert_int_equal(show(&w, 40).due_at, 10 * BPO_MINUTE);
    assert_int_equal(show(&w, 40).breach_at, 10 * BPO_MINUTE + 1);
    bpo__clockwork_order(&w.works, 11 * BPO_MINUTE);
    say(&w, 50, "noise");
    say(&w, 51, "hold");
    assert_int_equal(show(&w, 60).breach_at, 11 * BPO_MINUTE + 1);
    bpo__clockwork_order(&w.works, 60 * BPO_MINUTE); /* a raised target heals it */
    say(&w, 60, "hold");
    assert_int_equal(show(&w, 70).state, BPO_CLOCK_PAUSED);
    assert_int_equal(show(&w, 70).breach_at, BPO_TIME_NEVER);
    close_world(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clock_that_never_starts_again_keeps_its_verdict),
        cmocka_unit_test(a_cancelled_clock_without_a_verdict_may_start_once_more),
        cmocka_unit_test(stop_comes_before_start_within_one_fact),
        cmocka_unit_test(a_restart_counts_from_zero_and_gives_no_verdict),
        cmocka_unit_test(a_zero_target_is_breached_after_the_first_open_microsecond),
        cmocka_unit_test(a_resumed_cycle_leaves_the_time_stopped_out),
        cmocka_unit_test(a_breach_stays_while_held_and_names_its_instant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
