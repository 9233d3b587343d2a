/* SPDX-License-Identifier: Apache-2.0 */
#include "support/fault.h"
#include "support/test.h"
#include <bpo/store.h>
#include <string.h>

static bpo_record record_of(const char *key, const char *subject, const char *bytes)
{
    bpo_record record = BPO_RECORD_INIT;
    record.kind = BPO_RECORD_NOTICE;
    record.key = key;
    record.key_size = strlen(key);
    record.subject = subject;
    record.subject_size = strlen(subject);
    record.bytes = bytes;
    record.size = strlen(bytes);
    return record;
}

/* The keys that a read gives, one after another. */
typedef struct seen {
    char keys[64];
} seen;

static bpo_status collect(void *user, const bpo_record *record)
{
    seen *s = user;
    size_t end = strlen(s->keys);
    assert_true(end + record->key_size < sizeof s->keys);
    memcpy(s->keys + end, record->key, record->key_size);
    return BPO_OK;
}

static bpo_status shared_open(void *user, bpo_store *ret_store)
{
    *ret_store = *(bpo_store *)user;
    ret_store->release = NULL; /* one store, many connections */
    return BPO_OK;
}

static void the_store_keeps_every_promise(void **state)
{
    bpo_context *context = NULL;
    bpo_store store = BPO_STORE_INIT;
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    assert_int_equal(bpo_context_new(NULL, &context, &err), BPO_OK);
    assert_int_equal(bpo_memory_store_new(context, &store, &err), BPO_OK);
    for (int run = 0; run < 2; run++)
        if (bpo_store_check(context, shared_open, &store, &err) != BPO_OK)
            fail_msg("%s: %s", err.path, err.message);
    store.release(store.user);
    bpo_context_unref(context);
}

/* A refused batch takes new subjects, old subjects and duplicates back. */
static void a_refused_batch_leaves_nothing_behind(void **state)
{
    bpo_context *context = NULL;
    bpo_store store = BPO_STORE_INIT;
    bpo_record first[] = {record_of("a", "t1", "1"), record_of("b", "t2", "2")};
    bpo_record batch[] = {record_of("c", "t1", "3"), record_of("d", "t3", "4"), record_of("e", "t1", "5"),
                          record_of("b", "t2", "other")};
    const bpo_record *pointers[] = {&first[0], &first[1]};
    const bpo_record *more[] = {&batch[0], &batch[1], &batch[2], &batch[3]};
    uint64_t sequences[4] = {0};
    seen all = {{0}}, one = {{0}}, none = {{0}};
    (void)state;
    assert_int_equal(bpo_context_new(NULL, &context, NULL), BPO_OK);
    assert_int_equal(bpo_memory_store_new(context, &store, NULL), BPO_OK);
    assert_int_equal(store.append(store.user, "s", BPO_SEQ_ANY, pointers, 2, sequences), BPO_OK);
    assert_int_equal(store.append(store.user, "s", BPO_SEQ_ANY, more, 4, sequences), BPO_E_KEY_REUSED);
    assert_int_equal(sequences[0], 3);
    store.read(store.user, "s", 1, collect, &all);
    store.read_subject(store.user, "s", "t1", 2, collect, &one);
    store.read_subject(store.user, "s", "t3", 2, collect, &none);
    assert_string_equal(all.keys, "ab");
    assert_string_equal(one.keys, "a");
    assert_string_equal(none.keys, "");
    assert_int_equal(store.append(store.user, "s", BPO_SEQ_ANY, more, 3, sequences), BPO_OK);
    store.read_subject(store.user, "s", "t1", 2, collect, &one);
    assert_string_equal(one.keys, "aace");
    store.release(store.user);
    bpo_context_unref(context);
}

static bpo_status two_batches(fault_host *fault, void *user)
{
    bpo_context *context = NULL;
    bpo_store store = BPO_STORE_INIT;
    bpo_record records[] = {record_of("a", "t1", "1"), record_of("b", "t2", "2"), record_of("c", "t1", "3")};
    const bpo_record *pointers[] = {&records[0], &records[1], &records[2]};
    uint64_t sequences[3] = {7, 7, 7};
    seen before = {{0}};
    (void)user;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    if (status == BPO_OK)
        status = bpo_memory_store_new(context, &store, NULL);
    if (status == BPO_OK) {
        status = store.append(store.user, "s", BPO_SEQ_ANY, pointers, 2, sequences);
        assert_int_equal(store.read(store.user, "s", 1, collect, &before), BPO_OK);
        assert_string_equal(before.keys, status == BPO_OK ? "ab" : "");
        assert_int_equal(sequences[0], status == BPO_OK ? 1 : 7);
    }
    if (status == BPO_OK) {
        seen after = {{0}};
        status = store.append(store.user, "s", BPO_SEQ_ANY, pointers, 3, sequences);
        assert_int_equal(store.read_subject(store.user, "s", "t1", 2, collect, &after), BPO_OK);
        assert_string_equal(after.keys, status == BPO_OK ? "ac" : "a");
    }
    if (store.release)
        store.release(store.user);
    bpo_context_unref(context);
    return status;
}

static void lack_of_memory_changes_nothing(void **state)
{
    (void)state;
    assert_true(fault_torture(two_batches, NULL) > 8);
}

static void missing_arguments_are_refused(void **state)
{
    bpo_context *context = NULL;
    bpo_store store = BPO_STORE_INIT;
    bpo_store small = {.struct_size = 8};
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    assert_int_equal(bpo_context_new(NULL, &context, NULL), BPO_OK);
    assert_int_equal(bpo_memory_store_new(NULL, &store, &err), BPO_E_INVALID);
    assert_int_equal(bpo_memory_store_new(context, NULL, &err), BPO_E_INVALID);
    assert_int_equal(bpo_memory_store_new(context, &small, &err), BPO_E_ABI);
    assert_null(store.append);
    bpo_store_init(NULL);
    bpo_context_unref(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_store_keeps_every_promise),
        cmocka_unit_test(a_refused_batch_leaves_nothing_behind),
        cmocka_unit_test(lack_of_memory_changes_nothing),
        cmocka_unit_test(missing_arguments_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
