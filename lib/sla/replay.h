/* SPDX-License-Identifier: Apache-2.0 */
/* Replaying a ticket: one pass over its facts in order gives the state of every clock. Nothing is stored between two
 * replays but the facts, so a late or corrected fact needs no special path. */
#ifndef BPO_SLA_REPLAY_H
#define BPO_SLA_REPLAY_H

#include "codec/history.h"
#include "terms/occurrence.h"
#include <bpo/ticket.h>

/* A cycle of one clock as it stands at the horizon. */
typedef struct bpo__cycle {
    const bpo__metric *metric;
    const char *policy; /* at its end */
    uint32_t number;    /* from 1 */
    bpo_clock_state state;
    bpo_time started_at;
    bpo_time stopped_at;  /* BPO_TIME_NEVER while it goes on */
    bpo_time breach_at;   /* first instant with elapsed > target; BPO_TIME_NEVER where there is none: no target, held,
                            or stopped in time */
    bpo_time breached_at; /* the breach as an event: breach_at, or the instant of the change that brought it about;
                             BPO_TIME_NEVER where it is not breached */
    bpo_time in_time_until;
    bpo_time due_at;
    bpo_duration elapsed;
    bpo_duration target; /* -1: none */
    bool has_target;
    bool held;          /* it goes on, but does not run */
    bool indeterminate; /* what was not known decides the verdict: state is BPO_CLOCK_INDETERMINATE, or will be */
} bpo__cycle;

/* What a replay tells, in order of time. Any may be NULL. Attributes hold for the call only. */
typedef struct bpo__replay_visitor {
    void *user;
    /* A fact that counts, with the ticket's state after it. `opened` is false for facts of an unopened ticket. */
    bpo_status (*on_fact)(void *user, const bpo_fact *fact, const bpo__attributes *attributes, bool opened);
    /* Each cycle once: when it ended for good, with the ticket's state then; one that goes on or may be resumed at the
     * horizon. */
    bpo_status (*on_cycle)(void *user, const bpo__cycle *cycle, const bpo__attributes *attributes);
    /* A stretch [from, until) in which the metric ran (not held) and nothing about the ticket changed, with the state
     * of the ticket in it; calendar NULL: elapsed. A run is cut at every fact; adjacent stretches add up. */
    bpo_status (*on_run)(void *user, const bpo__metric *metric, const char *policy, const bpo_calendar *calendar,
                         bpo_time from, bpo_time until, const bpo__attributes *attributes);
} bpo__replay_visitor;

/* Replays what `view` shows up to `horizon` (facts at or after it are not seen; open cycles are measured at it).
 * ret_open (may be NULL) says whether a clock is still without verdict at the horizon (so that later periods must look
 * again). A status that the visitor returns ends the replay and comes back. */
bpo_status bpo__replay(bpo_contract *contract, const bpo__history *history, bpo__view view, bpo_time horizon,
                       const bpo__replay_visitor *visitor, bool *ret_open, bpo_error *err);

/* What a ticket is at the end of a replay. */
typedef struct bpo__outcome {
    bool opened;
    bool active; /* a clock goes on */
    bpo_time opened_at;
    bpo__category category; /* BPO__CATEGORY_NONE where no fact said */
    size_t fact_count;      /* facts that count */
} bpo__outcome;

/* The same, with facts seen to the end of `view` and clocks measured at `at`, not before the last of them. */
bpo_status bpo__replay_at(bpo_contract *contract, const bpo__history *history, bpo__view view, bpo_time at,
                          const bpo__replay_visitor *visitor, bpo__outcome *ret_outcome, bpo_error *err);

/* The facts of a ticket, for bpo_ledger_add_ticket. */
const bpo__history *bpo__ticket_history(const bpo_ticket *ticket);

#endif
