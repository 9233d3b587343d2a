/* SPDX-License-Identifier: Apache-2.0 */
/* The conformance kit: one function for each promise of a store, tried on streams of its own.
 *
 * A run takes the first number that no run before it has taken, so that the kit may be pointed at the same storage
 * again. What a callback says where it should have succeeded comes back unchanged, with the promise as message. */
#include "core/fail.h"
#include "core/memory.h"
#include "desk/store_access.h"

#define RUNS_MOST 10000
#define LARGE_SIZE ((size_t)1 << 20)
#define STREAM_NAME_SIZE 48

typedef struct kit {
    bpo_context *context;
    bpo_store_open open;
    void *open_user;
    bpo_store first;  /* two connections to the same storage */
    bpo_store second;
    bpo_error *err;
    uint64_t run;
    char stream[STREAM_NAME_SIZE]; /* of the promise that is tried */
    int32_t promise;               /* its message */
} kit;

/* The promise is broken, unless a callback said why it could not keep it. */
static bpo_status broken(const kit *k, bpo_status said)
{
    return bpo__fail(k->err, said < 0 ? said : BPO_E_STATE, k->promise, k->stream, NULL, NULL, NULL);
}

static void name_stream(kit *k, uint64_t part)
{
    static const char prefix[] = "bpo-check-";
    size_t end = sizeof prefix - 1;

    memcpy(k->stream, prefix, end);
    end += bpo__unsigned_format(k->run, k->stream + end);
    k->stream[end++] = '-';
    bpo__unsigned_format(part, k->stream + end);
}

/* --- records and what is expected of them ------------------------------------------------------------------------ */

static bpo_record sample(const char *key, uint32_t revision, const char *subject, const char *bytes)
{
    bpo_record record = BPO_RECORD_INIT;

    record.kind = BPO_RECORD_NOTICE;
    record.key = key;
    record.key_size = strlen(key);
    record.revision = revision;
    record.subject = subject;
    record.subject_size = strlen(subject);
    record.bytes = bytes;
    record.size = strlen(bytes);
    return record;
}

/* What a read must give: records[0..count) with the sequences from `sequence` on. */
typedef struct expectation {
    const bpo_record *records;
    size_t count;
    uint64_t sequence;
    size_t seen;
    bool met;
} expectation;

static bool same_bytes(const void *a, size_t a_size, const void *b, size_t b_size)
{
    return a_size == b_size && (a_size == 0 || memcmp(a, b, a_size) == 0);
}

static bool same_record(const bpo_record *a, const bpo_record *b)
{
    return a->kind == b->kind && a->revision == b->revision && a->at == b->at && a->recorded_at == b->recorded_at &&
           same_bytes(a->key, a->key_size, b->key, b->key_size) &&
           same_bytes(a->subject, a->subject_size, b->subject, b->subject_size) &&
           same_bytes(a->bytes, a->size, b->bytes, b->size);
}

static bpo_status visit_expected(void *user, const bpo_record *record)
{
    expectation *e = user;
    e->met = e->met && e->seen < e->count && record->sequence == e->sequence + e->seen &&
             same_record(record, &e->records[e->seen]);
    e->seen++;
    return BPO_OK;
}

/* Reads from a sequence on; exactly these records must come. */
static bpo_status expect_read(const kit *k, const bpo_store *store, uint64_t from, const bpo_record *records,
                              size_t count)
{
    expectation e = {records, count, from, 0, true};
    bpo_status status = store->read(store->user, k->stream, from, visit_expected, &e);
    return status == BPO_OK && e.met && e.seen == count ? BPO_OK : broken(k, status);
}

#define BATCH_MOST 4

static bpo_status append_batch(const kit *k, const bpo_store *store, uint64_t expected_seq, const bpo_record *records,
                               size_t count, uint64_t *ret_seqs)
{
    const bpo_record *pointers[BATCH_MOST] = {NULL};
    for (size_t i = 0; i < count; i++)
        pointers[i] = &records[i];
    return store->append(store->user, k->stream, expected_seq, pointers, count, ret_seqs);
}

/* Appends; the records must get sequences from `first` on. */
static bpo_status expect_append(const kit *k, const bpo_store *store, const bpo_record *records, size_t count,
                                uint64_t first)
{
    uint64_t sequences[BATCH_MOST] = {0};
    bpo_status status = append_batch(k, store, BPO_SEQ_ANY, records, count, sequences);
    bool dense = true;
    for (size_t i = 0; i < count; i++)
        dense = dense && sequences[i] == first + i;
    return status == BPO_OK && dense ? BPO_OK : broken(k, status);
}

/* --- the promises ------------------------------------------------------------------------------------------------ */

static bpo_status try_unknown_stream(kit *k)
{
    expectation e = {NULL, 0, 1, 0, true};
    const bpo_store *store = &k->first;
    bpo_status status = expect_read(k, store, 1, NULL, 0);
    if (status != BPO_OK)
        return status;
    status = store->read_subject(store->user, k->stream, "t1", 2, visit_expected, &e);
    return status == BPO_OK && e.met ? BPO_OK : broken(k, status);
}

static bpo_status try_sequences(kit *k)
{
    const bpo_record records[] = {sample("a", 0, "t1", "1"), sample("b", 0, "t2", "2"), sample("c", 0, "t1", "3")};
    const bpo_record more[] = {sample("d", 0, "t1", "4"), sample("e", 0, "", "5")};
    bpo_status status = expect_append(k, &k->first, records, 3, 1);
    return status == BPO_OK ? expect_append(k, &k->first, more, 2, 4) : status;
}

static bpo_status try_contents(kit *k)
{
    static const char long_key[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    bpo_record records[] = {sample(long_key, UINT32_MAX, "", ""), sample("\x01k\xc3\xa9y", 7, "T1", "x"),
                            sample("K\xc3\xa9y", 7, "t1", "X")};
    records[0].kind = BPO_RECORD_TERMS;
    records[0].bytes = NULL;
    records[0].at = INT64_MIN;
    records[0].recorded_at = INT64_MAX;
    records[1].at = -1;
    records[1].recorded_at = 1;
    records[1].bytes = "a\0b\xff\n";
    records[1].size = 5;
    records[2].kind = INT32_MAX;
    bpo_status status = expect_append(k, &k->first, records, 3, 1);
    return status == BPO_OK ? expect_read(k, &k->first, 1, records, 3) : status;
}

static bpo_status try_from(kit *k)
{
    const bpo_record records[] = {sample("a", 0, "t", "1"), sample("b", 0, "t", "2"), sample("c", 0, "t", "3")};
    bpo_status status = expect_append(k, &k->first, records, 3, 1);
    if (status == BPO_OK)
        status = expect_read(k, &k->first, 2, records + 1, 2);
    if (status == BPO_OK)
        status = expect_read(k, &k->first, 4, NULL, 0);
    return status == BPO_OK ? expect_read(k, &k->first, UINT64_MAX, NULL, 0) : status;
}

/* A status that no store would come by itself. */
#define VISITOR_STATUS (-31415)

static bpo_status visit_once(void *user, const bpo_record *record)
{
    (void)record;
    ++*(size_t *)user;
    return VISITOR_STATUS;
}

static bpo_status try_visit(kit *k)
{
    const bpo_record records[] = {sample("a", 0, "t", "1"), sample("b", 0, "t", "2")};
    const bpo_store *store = &k->first;
    size_t visits = 0;
    bpo_status status = expect_append(k, store, records, 2, 1);
    if (status != BPO_OK)
        return status;
    status = store->read(store->user, k->stream, 1, visit_once, &visits);
    if (status != VISITOR_STATUS || visits != 1)
        return broken(k, status);
    status = store->read_subject(store->user, k->stream, "t", 1, visit_once, &visits);
    return status == VISITOR_STATUS && visits == 2 ? BPO_OK : broken(k, status == VISITOR_STATUS ? BPO_OK : status);
}

static bpo_status expect_conflict(const kit *k, const bpo_store *store, uint64_t expected_seq,
                                  const bpo_record *record)
{
    uint64_t sequence = 0;
    bpo_status status = append_batch(k, store, expected_seq, record, 1, &sequence);
    return status == BPO_E_CONFLICT ? BPO_OK : broken(k, status);
}

static bpo_status try_conflict(kit *k)
{
    const bpo_record records[] = {sample("a", 0, "t", "1"), sample("b", 0, "t", "2")};
    uint64_t sequence = 0;
    bpo_status status = expect_conflict(k, &k->first, 1, &records[0]);
    if (status != BPO_OK)
        return status;
    status = append_batch(k, &k->first, 0, &records[0], 1, &sequence);
    if (status != BPO_OK || sequence != 1)
        return broken(k, status);
    status = expect_conflict(k, &k->first, 0, &records[1]);
    if (status == BPO_OK)
        status = expect_conflict(k, &k->first, 2, &records[1]);
    if (status == BPO_OK)
        status = expect_read(k, &k->first, 1, records, 1);
    if (status != BPO_OK)
        return status;
    status = append_batch(k, &k->first, 1, &records[1], 1, &sequence);
    return status == BPO_OK && sequence == 2 ? BPO_OK : broken(k, status);
}

static bpo_status try_duplicate(kit *k)
{
    const bpo_record kept[] = {sample("a", 0, "t", "1"), sample("b", 0, "t", "2"), sample("c", 0, "t", "3")};
    const bpo_record mixed[] = {kept[1], kept[2], kept[0], kept[2]};
    static const uint64_t wanted[] = {2, 3, 1, 3};
    uint64_t sequences[4] = {0};
    bpo_status status = expect_append(k, &k->first, kept, 2, 1);
    if (status != BPO_OK)
        return status;
    status = append_batch(k, &k->first, BPO_SEQ_ANY, mixed, 4, sequences);
    if (status != BPO_OK || memcmp(sequences, wanted, sizeof wanted) != 0)
        return broken(k, status);
    return expect_read(k, &k->first, 1, kept, 3);
}

static bpo_status try_revision(kit *k)
{
    const bpo_record records[] = {sample("a", 2, "t", "1"), sample("a", 0, "t", "2"), sample("a", 1, "t", "1")};
    bpo_status status = expect_append(k, &k->first, records, 3, 1);
    return status == BPO_OK ? expect_read(k, &k->first, 1, records, 3) : status;
}

static bpo_status try_reused(kit *k)
{
    const bpo_record kept[] = {sample("a", 0, "t", "1")};
    const bpo_record batch[] = {sample("b", 0, "t", "2"), sample("a", 0, "t", "other"), sample("c", 0, "t", "3")};
    const bpo_record within[] = {sample("d", 0, "t", "4"), sample("d", 0, "t", "5")};
    uint64_t sequences[3] = {99, 99, 99};
    bpo_status status = expect_append(k, &k->first, kept, 1, 1);
    if (status != BPO_OK)
        return status;
    status = append_batch(k, &k->first, BPO_SEQ_ANY, batch, 3, sequences);
    if (status != BPO_E_KEY_REUSED || sequences[0] != 1)
        return broken(k, status == BPO_E_KEY_REUSED ? BPO_OK : status);
    status = append_batch(k, &k->first, BPO_SEQ_ANY, within, 2, sequences);
    return status == BPO_E_KEY_REUSED && sequences[0] == 1 ? BPO_OK
                                                          : broken(k, status == BPO_E_KEY_REUSED ? BPO_OK : status);
}

static bpo_status try_atomic(kit *k)
{
    const bpo_record kept[] = {sample("a", 0, "t", "1"), sample("b", 0, "t", "2")};
    const bpo_record batch[] = {sample("b", 0, "t", "else"), sample("c", 0, "t", "3"), sample("a", 0, "t", "other")};
    uint64_t sequences[3] = {0};
    bpo_status status = expect_append(k, &k->first, kept, 1, 1);
    if (status != BPO_OK)
        return status;
    status = append_batch(k, &k->first, BPO_SEQ_ANY, batch, 3, sequences);
    if (status != BPO_E_KEY_REUSED)
        return broken(k, status);
    status = expect_append(k, &k->first, kept + 1, 1, 2);
    return status == BPO_OK ? expect_read(k, &k->first, 1, kept, 2) : status;
}

static bpo_status try_streams(kit *k)
{
    const bpo_record records[] = {sample("a", 0, "t", "1"), sample("a", 0, "t", "other")};
    bpo_status status = expect_append(k, &k->first, &records[0], 1, 1);
    if (status != BPO_OK)
        return status;
    size_t end = strlen(k->stream);
    memcpy(k->stream + end, "-b", 3); /* one name begins like the other */
    status = expect_append(k, &k->first, &records[1], 1, 1);
    if (status == BPO_OK)
        status = expect_read(k, &k->first, 1, &records[1], 1);
    k->stream[end] = '\0';
    return status == BPO_OK ? expect_read(k, &k->first, 1, &records[0], 1) : status;
}

/* Subjects that are easily mixed up; each record's sequence is its bytes. */
typedef struct subject_expectation {
    const char *sequences; /* digits, in order */
    size_t seen;
    bool met;
} subject_expectation;

static bpo_status visit_subject(void *user, const bpo_record *record)
{
    subject_expectation *e = user;
    e->met = e->met && e->seen < strlen(e->sequences) && record->size == 1 &&
             *(const char *)record->bytes == e->sequences[e->seen] &&
             record->sequence == (uint64_t)(e->sequences[e->seen] - '0');
    e->seen++;
    return BPO_OK;
}

static bpo_status try_subject(kit *k)
{
    static const struct {
        const char *subject, *sequences;
    } cases[] = {{"t1", "146"}, {"T1", "2"}, {"", "3"}, {"t11", "5"}, {"t", ""}};
    const bpo_record first[] = {sample("a", 0, "t1", "1"), sample("b", 0, "T1", "2"), sample("c", 0, "", "3")};
    const bpo_record second[] = {sample("d", 0, "t1", "4"), sample("e", 0, "t11", "5"), sample("f", 0, "t1", "6")};
    const bpo_store *store = &k->first;
    bpo_status status = expect_append(k, store, first, 3, 1);
    if (status == BPO_OK)
        status = expect_append(k, store, second, 3, 4);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0] && status == BPO_OK; i++) {
        subject_expectation e = {cases[i].sequences, 0, true};
        status = store->read_subject(store->user, k->stream, cases[i].subject, strlen(cases[i].subject),
                                     visit_subject, &e);
        if (status != BPO_OK || !e.met || e.seen != strlen(e.sequences))
            return broken(k, status);
    }
    return status;
}

static bpo_status try_large(kit *k)
{
    bpo_record record = sample("a", 0, "t", "");
    uint8_t *bytes = bpo__alloc(k->context, LARGE_SIZE);
    if (!bytes)
        return bpo__fail_memory(k->err);
    for (size_t i = 0; i < LARGE_SIZE; i++)
        bytes[i] = (uint8_t)(i ^ (i >> 8) ^ (i >> 16));
    record.bytes = bytes;
    record.size = LARGE_SIZE;
    bpo_status status = expect_append(k, &k->first, &record, 1, 1);
    if (status == BPO_OK)
        status = expect_read(k, &k->first, 1, &record, 1);
    bpo__free(k->context, bytes, LARGE_SIZE);
    return status;
}

static bpo_status try_empty_batch(kit *k)
{
    uint64_t sequence = 0;
    bpo_status status = append_batch(k, &k->first, BPO_SEQ_ANY, NULL, 0, &sequence);
    return status == BPO_OK ? expect_read(k, &k->first, 1, NULL, 0) : broken(k, status);
}

static bpo_status try_visibility(kit *k)
{
    const bpo_record records[] = {sample("a", 0, "t", "1"), sample("b", 0, "t", "2"), sample("c", 0, "t", "3"),
                                  sample("d", 0, "t", "4")};
    const bpo_store *const writers[] = {&k->first, &k->second, &k->second, &k->first};
    bpo_status status = BPO_OK;
    for (size_t i = 0; i < 4 && status == BPO_OK; i++) {
        status = expect_append(k, writers[i], &records[i], 1, i + 1);
        if (status == BPO_OK)
            status = expect_read(k, &k->first, 1, records, i + 1);
        if (status == BPO_OK)
            status = expect_read(k, &k->second, i + 1, &records[i], 1);
    }
    return status;
}

static bpo_status try_connections(kit *k)
{
    const bpo_record records[] = {sample("a", 0, "t", "1"), sample("b", 0, "t", "2")};
    bpo_record other = sample("a", 0, "t", "other");
    uint64_t sequence = 99;
    bpo_status status = expect_append(k, &k->first, &records[0], 1, 1);
    if (status == BPO_OK)
        status = expect_conflict(k, &k->second, 0, &records[1]);
    if (status == BPO_OK)
        status = expect_append(k, &k->second, &records[0], 1, 1);
    if (status != BPO_OK)
        return status;
    status = append_batch(k, &k->second, BPO_SEQ_ANY, &other, 1, &sequence);
    if (status != BPO_E_KEY_REUSED || sequence != 0)
        return broken(k, status == BPO_E_KEY_REUSED ? BPO_OK : status);
    return expect_read(k, &k->second, 1, records, 1);
}

static void close_connections(kit *k)
{
    bpo__store_release(&k->first);
    bpo__store_release(&k->second);
}

static bpo_status open_connection(kit *k, bpo_store *ret_store)
{
    bpo_store store = BPO_STORE_INIT;
    bpo_status status = k->open(k->open_user, &store);
    if (status != BPO_OK)
        return bpo__fail_host(k->err, status, "open");
    status = bpo__store_copy(&store, ret_store, k->err);
    if (status != BPO_OK)
        bpo__store_release(&store);
    return status;
}

static bpo_status open_connections(kit *k)
{
    bpo_status status = open_connection(k, &k->first);
    return status == BPO_OK ? open_connection(k, &k->second) : status;
}

static bpo_status try_reopening(kit *k)
{
    const bpo_record records[] = {sample("a", 0, "t", "1"), sample("b", 0, "t", "2"), sample("c", 0, "t", "3")};
    bpo_status status = expect_append(k, &k->first, records, 2, 1);
    if (status != BPO_OK)
        return status;
    close_connections(k);
    status = open_connections(k);
    if (status == BPO_OK)
        status = expect_read(k, &k->second, 1, records, 2);
    if (status == BPO_OK)
        status = expect_append(k, &k->first, records + 1, 2, 2);
    return status;
}

typedef struct promise {
    int32_t message;
    bpo_status (*try_it)(kit *k);
} promise;

static const promise promises[] = {
    {BPO__MSG_store_unknown_stream, try_unknown_stream},
    {BPO__MSG_store_sequences, try_sequences},
    {BPO__MSG_store_contents, try_contents},
    {BPO__MSG_store_from, try_from},
    {BPO__MSG_store_visit, try_visit},
    {BPO__MSG_store_conflict, try_conflict},
    {BPO__MSG_store_duplicate, try_duplicate},
    {BPO__MSG_store_revision, try_revision},
    {BPO__MSG_store_reused, try_reused},
    {BPO__MSG_store_atomic, try_atomic},
    {BPO__MSG_store_streams, try_streams},
    {BPO__MSG_store_subject, try_subject},
    {BPO__MSG_store_large, try_large},
    {BPO__MSG_store_empty_batch, try_empty_batch},
    {BPO__MSG_store_visibility, try_visibility},
    {BPO__MSG_store_connections, try_connections},
    {BPO__MSG_store_reopening, try_reopening},
};

/* --- the run ----------------------------------------------------------------------------------------------------- */

/* Takes the first number whose marker can be set. */
static bpo_status take_run(kit *k)
{
    const bpo_record marker = sample("run", 0, "", "");
    uint64_t sequence = 0;
    bpo_status status = BPO_E_CONFLICT;

    k->promise = BPO__MSG_store_conflict;
    for (k->run = 0; status == BPO_E_CONFLICT && k->run < RUNS_MOST;) {
        k->run++;
        name_stream(k, 0);
        status = append_batch(k, &k->first, 0, &marker, 1, &sequence);
    }
    if (status == BPO_E_CONFLICT)
        return bpo__fail(k->err, BPO_E_LIMIT, BPO__MSG_store_check_runs, NULL, "10000", NULL, NULL);
    return status == BPO_OK ? BPO_OK : broken(k, status);
}

static bpo_status try_all(kit *k)
{
    bpo_status status = take_run(k);
    for (size_t i = 0; i < sizeof promises / sizeof promises[0] && status == BPO_OK; i++) {
        name_stream(k, i + 1);
        k->promise = promises[i].message;
        status = promises[i].try_it(k);
    }
    return status;
}

bpo_status bpo_store_check(bpo_context *context, bpo_store_open open, void *open_user, bpo_error *err)
{
    kit k = {context, open, open_user, BPO_STORE_INIT, BPO_STORE_INIT, err, 0, {0}, 0};

    if (!context || !open)
        return bpo__fail_argument(err, context ? "open" : "context");
    bpo_status status = open_connections(&k);
    if (status == BPO_OK)
        status = try_all(&k);
    close_connections(&k);
    return status;
}
