/* SPDX-License-Identifier: Apache-2.0 */
/* Hosts that fail on purpose: the n-th allocation, or the n-th callback, once or from then on.
 *
 * A scenario is one function that makes its own context from `&fault->host`, does something, asserts its laws, gives
 * everything back and returns what the library said:
 *
 *     static bpo_status a_zone_is_loaded(fault_host *fault, void *user)
 *     {
 *         bpo_context *context = NULL;
 *         bpo_zone *zone = NULL;
 *         bpo_status status = bpo_context_new(&fault->host, &context, NULL);
 *         if (status == BPO_OK)
 *             status = bpo_zone_new(context, "Europe/Berlin", &zone, NULL);
 *         if (status != BPO_OK)
 *             assert_null(zone);
 *         bpo_zone_unref(zone);
 *         bpo_context_unref(context);
 *         return status;
 *     }
 *
 *     fault_torture(a_zone_is_loaded, NULL);
 *
 * The accounting is exact: every block goes back with the size that was asked for, freed memory is poisoned, a resize
 * always moves, and no block may outlive the scenario. One thread at a time. */
#ifndef BPO_TESTS_FAULT_H
#define BPO_TESTS_FAULT_H

#include <bpo/context.h>
#include <bpo/store.h>
#include <stdbool.h>

/* What a failing callback returns; the library must give it back unchanged. */
#define FAULT_STATUS (-7777)

/* Scenarios with more failure points than this are sampled; the seed is printed, and BPO_TEST_SEED sets it. */
#define FAULT_POINT_LIMIT 2000

/* Counts calls and says which of them fail. */
typedef struct fault_point {
    size_t calls;    /* so far */
    size_t fail_at;  /* from 1; 0 for never */
    bool persistent; /* fail from then on, not only once */
    size_t failures; /* how many failed */
} fault_point;

typedef struct fault_host {
    bpo_host host;         /* for bpo_context_new(): memory that is accounted for, the test host's zones and digest */
    bpo_host inner;        /* where zones and digests come from */
    fault_point memory;    /* allocations and resizes that grow */
    fault_point callbacks; /* zone, digest, and the wrapped stores and sinks below */
    bool act_then_fail;    /* a failing callback does its work first: a connection that breaks in the commit */
    size_t live;           /* blocks not yet given back */
    size_t live_bytes;
    size_t peak_bytes;
    struct fault_block *blocks;
} fault_host;

void fault_host_init(fault_host *fault);
/* Asserts that every block went back, and that releases were balanced. */
void fault_host_check(const fault_host *fault);

/* A store whose callbacks count as callbacks of the host. Takes the inner store over: its release releases both. */
bpo_store fault_store(fault_host *fault, const bpo_store *inner);

/* A sink whose writes count as callbacks of the host. */
typedef struct fault_sink_state {
    fault_host *fault;
    bpo_sink inner;
} fault_sink_state;
bpo_sink fault_sink(fault_host *fault, const bpo_sink *inner, fault_sink_state *state);

typedef bpo_status (*fault_scenario)(fault_host *fault, void *user);

/* Runs the scenario undisturbed, then with each allocation failing. Every run must leave nothing behind; a disturbed
 * one must return BPO_E_NOMEM. Returns the number of failure points, so that a test can pin it. */
size_t fault_exhaust(fault_scenario run, void *user, bool persistent);
/* The same with each callback failing; a disturbed run must return FAULT_STATUS. */
size_t fault_exhaust_callbacks(fault_scenario run, void *user, bool persistent);
/* All of it: allocations once and persistent, callbacks once and persistent. Returns the allocation points. */
size_t fault_torture(fault_scenario run, void *user);

#endif
