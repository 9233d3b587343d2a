/* SPDX-License-Identifier: Apache-2.0 */
/* The accounting allocator, the failing callbacks, and the loops that try every failure point. */
#include "fault.h"
#include "host.h"
#include "test.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_ALIVE 0x6c697665u
#define FRESH_BYTE 0xA5
#define FREED_BYTE 0xDD

/* Stands before every block that the library holds. */
typedef struct fault_block {
    struct fault_block *previous;
    struct fault_block *next;
    size_t size;
    uint32_t alive;
    uint32_t reserved;
} fault_block;

#define HEADER_SIZE ((sizeof(fault_block) + 15u) / 16u * 16u)

static bool point_fails(fault_point *point)
{
    point->calls++;
    bool fails =
        point->fail_at != 0 && (point->persistent ? point->calls >= point->fail_at : point->calls == point->fail_at);
    point->failures += fails;
    return fails;
}

/* --- memory --------------------------------------------------------------------------------------------------- */

static void *block_new(fault_host *fault, size_t size)
{
    fault_block *block = malloc(HEADER_SIZE + size);
    assert_non_null(block);
    *block = (fault_block){NULL, fault->blocks, size, BLOCK_ALIVE, 0};
    if (fault->blocks)
        fault->blocks->previous = block;
    fault->blocks = block;
    fault->live++;
    fault->live_bytes += size;
    if (fault->live_bytes > fault->peak_bytes)
        fault->peak_bytes = fault->live_bytes;
    return memset((char *)block + HEADER_SIZE, FRESH_BYTE, size);
}

static fault_block *block_of(void *memory, size_t size)
{
    assert_non_null(memory);
    fault_block *block = (fault_block *)(void *)((char *)memory - HEADER_SIZE);
    assert_int_equal(block->alive, BLOCK_ALIVE); /* else: freed twice, or never ours */
    assert_int_equal(block->size, size);         /* else: given back with another size than asked for */
    return block;
}

static void block_free(fault_host *fault, fault_block *block)
{
    if (block->previous)
        block->previous->next = block->next;
    else
        fault->blocks = block->next;
    if (block->next)
        block->next->previous = block->previous;
    fault->live--;
    fault->live_bytes -= block->size;
    memset(block, FREED_BYTE, HEADER_SIZE + block->size);
    free(block);
}

static void *on_alloc(void *user, size_t size)
{
    fault_host *fault = user;
    assert_true(size > 0);
    return point_fails(&fault->memory) ? NULL : block_new(fault, size);
}

static void *on_resize(void *user, void *memory, size_t old_size, size_t new_size)
{
    fault_host *fault = user;
    assert_true(new_size > 0);
    fault_block *old = block_of(memory, old_size);
    if (point_fails(&fault->memory))
        return NULL;
    void *moved = block_new(fault, new_size);
    memcpy(moved, memory, old_size < new_size ? old_size : new_size);
    block_free(fault, old);
    return moved;
}

static void on_free(void *user, void *memory, size_t size)
{
    block_free(user, block_of(memory, size));
}

/* --- callbacks ------------------------------------------------------------------------------------------------ */

/* A failing call is skipped, or done and then reported as failed. */
#define THROUGH(fault, call)                                                                                           \
    do {                                                                                                               \
        fault_host *through = (fault);                                                                                 \
        if (!point_fails(&through->callbacks))                                                                         \
            return (call);                                                                                             \
        if (through->act_then_fail)                                                                                    \
            (void)(call);                                                                                              \
        return FAULT_STATUS;                                                                                           \
    } while (0)

static bpo_status on_zone(void *user, const char *name, const bpo_sink *tzif, const bpo_sink *version)
{
    fault_host *fault = user;
    THROUGH(fault, fault->inner.zone(fault->inner.user, name, tzif, version));
}

static bpo_status on_digest(void *user, const void *data, size_t size, uint8_t *ret_digest)
{
    fault_host *fault = user;
    THROUGH(fault, fault->inner.digest(fault->inner.user, data, size, ret_digest));
}

typedef struct wrapped_store {
    fault_host *fault;
    bpo_store inner;
} wrapped_store;

static void on_store_release(void *user)
{
    wrapped_store *store = user;
    if (store->inner.release)
        store->inner.release(store->inner.user);
    free(store);
}

static bpo_status on_append(void *user, const char *stream, uint64_t expected_seq, const bpo_record *const *records,
                            size_t count, uint64_t *ret_seqs)
{
    wrapped_store *store = user;
    THROUGH(store->fault,
            store->inner.append(store->inner.user, stream, expected_seq, records, count, ret_seqs));
}

static bpo_status on_read(void *user, const char *stream, uint64_t from_seq, bpo_visit visit, void *visit_user)
{
    wrapped_store *store = user;
    THROUGH(store->fault, store->inner.read(store->inner.user, stream, from_seq, visit, visit_user));
}

static bpo_status on_read_subject(void *user, const char *stream, const char *subject, size_t subject_size,
                                  bpo_visit visit, void *visit_user)
{
    wrapped_store *store = user;
    THROUGH(store->fault,
            store->inner.read_subject(store->inner.user, stream, subject, subject_size, visit, visit_user));
}

static bpo_status on_write(void *user, const void *data, size_t size)
{
    fault_sink_state *state = user;
    THROUGH(state->fault, state->inner.write(state->inner.user, data, size));
}

/* --- the loops ------------------------------------------------------------------------------------------------ */

typedef struct exhaustion {
    fault_scenario run;
    void *user;
    bool persistent;
    bool callbacks; /* else allocations */
} exhaustion;

static fault_point *point_of(fault_host *fault, const exhaustion *what)
{
    return what->callbacks ? &fault->callbacks : &fault->memory;
}

static size_t run_undisturbed(const exhaustion *what)
{
    fault_host fault;
    fault_host_init(&fault);
    assert_int_equal(what->run(&fault, what->user), BPO_OK);
    fault_host_check(&fault);
    return point_of(&fault, what)->calls;
}

static void run_disturbed(const exhaustion *what, size_t fail_at)
{
    fault_host fault;
    fault_host_init(&fault);
    fault_point *point = point_of(&fault, what);
    point->fail_at = fail_at;
    point->persistent = what->persistent;
    bpo_status status = what->run(&fault, what->user);
    bpo_status wanted = what->callbacks ? FAULT_STATUS : BPO_E_NOMEM;
    if (status != wanted || fault.live != 0 || point->failures == 0)
        fprintf(stderr, "# %s %zu failing %s: status %d, %zu blocks left, %zu failures\n",
                what->callbacks ? "callback" : "allocation", fail_at, what->persistent ? "from then on" : "once",
                (int)status, fault.live, point->failures);
    assert_true(point->failures > 0); /* else: the scenario is not deterministic */
    assert_int_equal(status, wanted);
    fault_host_check(&fault);
}

static uint64_t seed_of_run(void)
{
    const char *text = getenv("BPO_TEST_SEED");
    return text ? strtoull(text, NULL, 10) : 20260701;
}

static void run_sampled(const exhaustion *what, size_t count)
{
    uint64_t state = seed_of_run();
    fprintf(stderr, "# %zu failure points, %d of them tried; BPO_TEST_SEED=%llu\n", count, FAULT_POINT_LIMIT,
            (unsigned long long)state);
    for (size_t i = 0; i < FAULT_POINT_LIMIT; i++) {
        /* One point from each of equal strata, so that the whole scenario is covered. */
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        size_t low = i * count / FAULT_POINT_LIMIT;
        size_t high = (i + 1) * count / FAULT_POINT_LIMIT;
        run_disturbed(what, 1 + low + (size_t)(state >> 33) % (high - low));
    }
}

static size_t exhaust(const exhaustion *what)
{
    size_t count = run_undisturbed(what);
    if (count > FAULT_POINT_LIMIT) {
        run_sampled(what, count);
        return count;
    }
    for (size_t n = 1; n <= count; n++)
        run_disturbed(what, n);
    return count;
}

/* --- in the order of the header ---------------------------------------------------------------------------------- */

void fault_host_init(fault_host *fault)
{
    memset(fault, 0, sizeof(*fault));
    fault->inner = test_host();
    fault->host = (bpo_host)BPO_HOST_INIT;
    fault->host.user = fault;
    fault->host.alloc = on_alloc;
    fault->host.resize = on_resize;
    fault->host.free = on_free;
    fault->host.zone = on_zone;
    fault->host.digest = on_digest;
}

void fault_host_check(const fault_host *fault)
{
    assert_int_equal(fault->live, 0);
    assert_int_equal(fault->live_bytes, 0);
}

bpo_store fault_store(fault_host *fault, const bpo_store *inner)
{
    wrapped_store *wrapped = malloc(sizeof(*wrapped));
    assert_non_null(wrapped);
    *wrapped = (wrapped_store){fault, *inner};
    bpo_store store = BPO_STORE_INIT;
    store.user = wrapped;
    store.release = on_store_release;
    store.append = on_append;
    store.read = on_read;
    store.read_subject = on_read_subject;
    return store;
}

bpo_sink fault_sink(fault_host *fault, const bpo_sink *inner, fault_sink_state *state)
{
    *state = (fault_sink_state){fault, *inner};
    bpo_sink sink = BPO_SINK_INIT;
    sink.user = state;
    sink.write = on_write;
    return sink;
}

size_t fault_exhaust(fault_scenario run, void *user, bool persistent)
{
    exhaustion what = {run, user, persistent, false};
    return exhaust(&what);
}

size_t fault_exhaust_callbacks(fault_scenario run, void *user, bool persistent)
{
    exhaustion what = {run, user, persistent, true};
    return exhaust(&what);
}

size_t fault_torture(fault_scenario run, void *user)
{
    size_t count = fault_exhaust(run, user, false);
    fault_exhaust(run, user, true);
    fault_exhaust_callbacks(run, user, false);
    fault_exhaust_callbacks(run, user, true);
    return count;
}
