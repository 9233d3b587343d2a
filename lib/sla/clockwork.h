/* SPDX-License-Identifier: Apache-2.0 */
/* The works of one clock: what facts do to it, and what it shows.
 *
 *     idle -> waiting -> running <-> held, unknown, suspended -> stopped, cancelled -> (again) running
 */
#ifndef BPO_SLA_CLOCKWORK_H
#define BPO_SLA_CLOCKWORK_H

#include "sla/choice.h"
#include "sla/replay.h"
#include "sla/stretch.h"

typedef enum bpo__phase {
    BPO__PHASE_IDLE = 0, /* no cycle yet */
    BPO__PHASE_WAITING,  /* its start was seen, but nothing of the contract lets it run yet */
    BPO__PHASE_RUNNING,
    BPO__PHASE_HELD,
    BPO__PHASE_UNKNOWN,   /* running or held: the status is not known */
    BPO__PHASE_SUSPENDED, /* no target any more; what it ran is kept in case there is one again */
    BPO__PHASE_STOPPED,
    BPO__PHASE_CANCELLED
} bpo__phase;

typedef struct bpo__clockwork {
    const bpo__metric *metric;
    const bpo__objective *objective; /* under the ticket's policy; NULL where it has none */
    const char *policy;              /* name of the policy that the cycle is under */
    const bpo_calendar *calendar;    /* what it is measured by from now on; NULL: elapsed time */
    bpo__phase phase;
    bool stopped_running; /* it ran until it was stopped */
    bool told;            /* the cycle was given to the visitor */
    bool needs_category;  /* its pause depends on the status category */
    uint32_t number;      /* of the cycle, from 1 */
    uint32_t finished;    /* cycles that were stopped */
    uint32_t last;        /* the cycle's last stretch */
    bpo_time started_at;
    bpo_time stopped_at;
    bpo_time breached_at; /* when a target that was changed since was breached, or the change itself did it */
    bpo_duration elapsed; /* of ended stretches */
    bpo_duration doubt;   /* open time of ended unknown stretches */
    bpo_time doubt_from;  /* start of the unknown stretch that goes on */
    bpo_duration target;  /* -1: none */
    bpo_duration ordered; /* target that a fact set, or -1 */
    bpo_landing due_landing;
    bpo_time run_told_until; /* how much of its running the visitor knows */
} bpo__clockwork;

/* One fact as all clocks of a ticket see it. */
typedef struct bpo__moment {
    bpo_time at;
    bool opening;          /* the fact that opens the ticket */
    bool changed;          /* attributes, policy or calendar are others than before: targets are looked up again */
    bool category_unknown; /* the ticket's status is not known */
    const bpo__policy *policy;
    const bpo_calendar *calendar; /* of the policy */
    const bpo__attributes *attributes;
    bpo__stretches *stretches;
    bpo_error *err;
} bpo__moment;

void bpo__clockwork_init(bpo__clockwork *works, const bpo__metric *metric);
/* Takes another target, as a fact ordered it. */
void bpo__clockwork_order(bpo__clockwork *works, bpo_duration target);
/* One fact's effect. `tell` is called for each cycle that is over for good. */
typedef bpo_status (*bpo__tell)(void *user, bpo__clockwork *works);
bpo_status bpo__clockwork_step(bpo__clockwork *works, const bpo__moment *moment, bpo__tell tell, void *user);
/* Whether it has a cycle that goes on. */
bool bpo__clockwork_is_active(const bpo__clockwork *works);
/* The cycle as it stands at an instant not before its last fact. */
bpo_status bpo__clockwork_show(const bpo__clockwork *works, const bpo__stretches *stretches, bpo_time at,
                               bpo__cycle *ret_cycle, bpo_error *err);

#endif
