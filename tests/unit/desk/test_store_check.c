/* SPDX-License-Identifier: Apache-2.0 */
/* The kit must be able to fail: for each promise a store that breaks just that one. */
#include "core/fail.h"
#include "support/fault.h"
#include "support/test.h"
#include <bpo/store.h>
#include <stdlib.h>
#include <string.h>

/* What the connections of a broken storage share. */
typedef struct storage {
    bpo_context *context;
    bpo_store inner;
    int32_t breaks; /* message of the promise that it breaks; 0: none */
    int opened;
} storage;

typedef struct connection {
    storage *shared;
    int number;
} connection;

static bpo_status count_record(void *user, const bpo_record *record)
{
    (void)record;
    ++*(uint64_t *)user;
    return BPO_OK;
}

static uint64_t head_of(const bpo_store *store, const char *stream)
{
    uint64_t head = 0;
    store->read(store->user, stream, 1, count_record, &head);
    return head;
}

/* Appends the records one by one, so that those before a refused one stay. */
static bpo_status append_one_by_one(const bpo_store *store, const char *stream, const bpo_record *const *records,
                                    size_t count, uint64_t *ret_seqs)
{
    for (size_t i = 0; i < count; i++) {
        bpo_status status = store->append(store->user, stream, BPO_SEQ_ANY, &records[i], 1, &ret_seqs[i]);
        if (status != BPO_OK) {
            ret_seqs[0] = i;
            return status;
        }
    }
    return BPO_OK;
}

static bpo_status append_without_revision(const bpo_store *store, const char *stream, uint64_t expected_seq,
                                          const bpo_record *const *records, size_t count, uint64_t *ret_seqs)
{
    bpo_record copies[4];
    const bpo_record *pointers[4];
    for (size_t i = 0; i < count; i++) {
        copies[i] = *records[i];
        copies[i].revision = count == 3 && copies[i].revision <= 2 ? 0 : copies[i].revision;
        pointers[i] = &copies[i];
    }
    return store->append(store->user, stream, expected_seq, pointers, count, ret_seqs);
}

static void stream_of(const storage *s, const char *stream, char *name)
{
    strcpy(name, stream);
    char *suffix = strstr(name, "-b");
    if (s->breaks == BPO__MSG_store_streams && suffix && suffix[2] == '\0')
        *suffix = '\0';
}

static bpo_status on_append(void *user, const char *stream, uint64_t expected_seq, const bpo_record *const *records,
                            size_t count, uint64_t *ret_seqs)
{
    connection *c = user;
    storage *s = c->shared;
    char name[64];
    stream_of(s, stream, name);
    uint64_t head = head_of(&s->inner, name);
    if (s->breaks == BPO__MSG_store_empty_batch && count == 0)
        return BPO_E_INVALID;
    if ((s->breaks == BPO__MSG_store_conflict && expected_seq != 0) ||
        (s->breaks == BPO__MSG_store_connections && c->number == 2))
        expected_seq = BPO_SEQ_ANY;
    if (s->breaks == BPO__MSG_store_revision)
        return append_without_revision(&s->inner, name, expected_seq, records, count, ret_seqs);
    if (s->breaks == BPO__MSG_store_atomic && expected_seq == BPO_SEQ_ANY)
        return append_one_by_one(&s->inner, name, records, count, ret_seqs);
    bpo_status status = s->inner.append(s->inner.user, name, expected_seq, records, count, ret_seqs);
    for (size_t i = 0; i < count && status == BPO_OK; i++) {
        ret_seqs[i] += s->breaks == BPO__MSG_store_sequences;
        if (s->breaks == BPO__MSG_store_duplicate && ret_seqs[i] <= head)
            ret_seqs[i] = head + 1;
    }
    if (status == BPO_E_KEY_REUSED && s->breaks == BPO__MSG_store_reused)
        ret_seqs[0] = 0;
    return status;
}

/* What lies between the inner store and the visitor. */
typedef struct passage {
    const storage *shared;
    bpo_visit visit;
    void *visit_user;
    uint64_t hidden; /* sequence that is not shown */
} passage;

static bpo_status pass(void *user, const bpo_record *record)
{
    passage *p = user;
    bpo_record shown = *record;
    if (record->sequence == p->hidden)
        return BPO_OK;
    if (p->shared->breaks == BPO__MSG_store_contents && shown.at < 0)
        shown.at = 0;
    if (p->shared->breaks == BPO__MSG_store_large && shown.size > 65536)
        shown.size = 65536;
    bpo_status status = p->visit(p->visit_user, &shown);
    return p->shared->breaks == BPO__MSG_store_visit ? BPO_OK : status;
}

static bpo_status on_read(void *user, const char *stream, uint64_t from_seq, bpo_visit visit, void *visit_user)
{
    connection *c = user;
    storage *s = c->shared;
    char name[64];
    passage p = {s, visit, visit_user, 0};
    stream_of(s, stream, name);
    if (s->breaks == BPO__MSG_store_visibility && c->number == 2)
        p.hidden = head_of(&s->inner, name);
    if (s->breaks == BPO__MSG_store_from && from_seq == 4)
        from_seq = 3;
    if (s->breaks == BPO__MSG_store_unknown_stream && head_of(&s->inner, name) == 0) {
        bpo_record ghost = BPO_RECORD_INIT;
        return visit(visit_user, &ghost);
    }
    return s->inner.read(s->inner.user, name, from_seq, pass, &p);
}

static bpo_status on_read_subject(void *user, const char *stream, const char *subject, size_t subject_size,
                                  bpo_visit visit, void *visit_user)
{
    connection *c = user;
    storage *s = c->shared;
    passage p = {s, visit, visit_user, 0};
    if (s->breaks == BPO__MSG_store_subject && subject_size == 0)
        return s->inner.read(s->inner.user, stream, 1, visit, visit_user);
    return s->inner.read_subject(s->inner.user, stream, subject, subject_size, pass, &p);
}

static bpo_status open_storage(void *user, bpo_store *ret_store)
{
    storage *s = user;
    connection *c = malloc(sizeof *c);
    *c = (connection){s, ++s->opened};
    if (s->breaks == BPO__MSG_store_reopening && s->opened == 3) {
        s->inner.release(s->inner.user);
        assert_int_equal(bpo_memory_store_new(s->context, &s->inner, NULL), BPO_OK);
    }
    *ret_store = (bpo_store){sizeof *ret_store, 0, c, free, on_append, on_read, on_read_subject};
    return BPO_OK;
}

static bpo_status check(int32_t breaks, bpo_error *err)
{
    storage s = {NULL, BPO_STORE_INIT, breaks, 0};
    assert_int_equal(bpo_context_new(NULL, &s.context, NULL), BPO_OK);
    assert_int_equal(bpo_memory_store_new(s.context, &s.inner, NULL), BPO_OK);
    bpo_status status = bpo_store_check(s.context, open_storage, &s, err);
    s.inner.release(s.inner.user);
    bpo_context_unref(s.context);
    return status;
}

static void a_store_that_keeps_them_all_passes(void **state)
{
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    if (check(0, &err) != BPO_OK)
        fail_msg("%s: %s", err.path, err.message);
}

static void each_broken_promise_is_named(void **state)
{
    (void)state;
    for (int32_t breaks = BPO__MSG_store_unknown_stream; breaks <= BPO__MSG_store_reopening; breaks++) {
        bpo_error err = BPO_ERROR_INIT;
        bpo_status status = check(breaks, &err);
        if (status == BPO_OK || err.message_id != breaks)
            fail_msg("breaking %d gave status %d and message %d: %s", breaks, status, err.message_id, err.message);
        assert_int_equal(err.code, status);
        assert_non_null(strstr(err.path, "bpo-check-1-"));
    }
}

static bpo_status open_shared(void *user, bpo_store *ret_store)
{
    *ret_store = *(bpo_store *)user;
    ret_store->release = NULL;
    return BPO_OK;
}

static bpo_status a_check_of_a_failing_store(fault_host *fault, void *user)
{
    bpo_context *context = NULL;
    bpo_store memory = BPO_STORE_INIT;
    bpo_store failing = BPO_STORE_INIT;
    bpo_error err = BPO_ERROR_INIT;
    (void)user;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    if (status == BPO_OK)
        status = bpo_memory_store_new(context, &memory, NULL);
    if (status == BPO_OK) {
        failing = fault_store(fault, &memory);
        status = bpo_store_check(context, open_shared, &failing, &err);
        failing.release(failing.user);
    }
    bpo_context_unref(context);
    return status;
}

static void what_a_callback_says_comes_back_unchanged(void **state)
{
    (void)state;
    assert_true(fault_torture(a_check_of_a_failing_store, NULL) > 100);
}

static void a_store_without_its_calls_is_refused(void **state)
{
    bpo_context *context = NULL;
    bpo_store empty = BPO_STORE_INIT;
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    assert_int_equal(bpo_context_new(NULL, &context, NULL), BPO_OK);
    assert_int_equal(bpo_store_check(context, open_shared, &empty, &err), BPO_E_INVALID);
    assert_int_equal(err.message_id, BPO__MSG_store_callbacks);
    assert_int_equal(bpo_store_check(NULL, open_shared, &empty, &err), BPO_E_INVALID);
    assert_int_equal(bpo_store_check(context, NULL, &empty, &err), BPO_E_INVALID);
    bpo_context_unref(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_store_that_keeps_them_all_passes),
        cmocka_unit_test(each_broken_promise_is_named),
        cmocka_unit_test(what_a_callback_says_comes_back_unchanged),
        cmocka_unit_test(a_store_without_its_calls_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
