/* SPDX-License-Identifier: Apache-2.0 */
/* Following a stream: what is not as it was written is refused, whoever wrote it. */
#include "core/fail.h"
#include "desk/desk.h"
#include "fixture.h"

#define NOON at("2026-01-05T12:00:00Z")
#define FEBRUARY at("2026-02-01T00:00:00Z")

/* A store that shows one record other than it is. */
typedef struct mirror {
    bpo_store inner;
    uint64_t sequence; /* of the record that is changed */
    void (*change)(bpo_record *record);
    bpo_visit visit;
    void *visit_user;
} mirror;

static bpo_status show(void *user, const bpo_record *record)
{
    mirror *m = user;
    bpo_record shown = *record;
    if (record->sequence == m->sequence)
        m->change(&shown);
    return m->visit(m->visit_user, &shown);
}

static bpo_status mirrored_append(void *user, const char *stream, uint64_t expected_seq,
                                  const bpo_record *const *records, size_t count, uint64_t *ret_seqs)
{
    mirror *m = user;
    return m->inner.append(m->inner.user, stream, expected_seq, records, count, ret_seqs);
}

static bpo_status mirrored_read(void *user, const char *stream, uint64_t from, bpo_visit visit, void *visit_user)
{
    mirror *m = user;
    m->visit = visit;
    m->visit_user = visit_user;
    return m->inner.read(m->inner.user, stream, from, show, m);
}

static bpo_status mirrored_read_subject(void *user, const char *stream, const char *subject, size_t size,
                                        bpo_visit visit, void *visit_user)
{
    mirror *m = user;
    return m->inner.read_subject(m->inner.user, stream, subject, size, visit, visit_user);
}

/* Terms, an amendment, a fact, a notice with its watermark, another fact, a seal. */
enum { TERMS = 1, AMENDMENT, FACT, NOTICE, WATERMARK, SECOND_FACT, SEAL };

static void write_stream(office *o)
{
    bpo_amendment amendment = BPO_AMENDMENT_INIT;
    bpo_terms *changes = NULL;
    bpo_statement *statement = NULL;
    bpo_fact facts[] = {ticket_fact(BPO_TICKET_OPENED, "a", "t1", NOON),
                        ticket_fact(BPO_TICKET_SOLVED, "b", "t1", NOON + 2 * BPO_HOUR)};
    open_office(o, NULL, NULL);
    expect_ok(bpo_terms_new(o->context, &changes, &o->err), &o->err);
    expect_ok(bpo_terms_set(changes, "/pricing/charges/tickets/rate", "2.00", &o->err), &o->err);
    amendment.number = 1;
    amendment.effective_from = FEBRUARY;
    amendment.client_approval = "c";
    amendment.provider_approval = "p";
    amendment.changes = changes;
    expect_ok(bpo_desk_amend(o->desk, &amendment, &o->err), &o->err);
    bpo_terms_unref(changes);
    record_ok(o, o->desk, NOON, &facts[0], 1);
    expect_ok(bpo_desk_advance(o->desk, NOON + 2 * BPO_HOUR, o->notices, &o->err), &o->err);
    record_ok(o, o->desk, NOON, &facts[1], 1);
    expect_ok(bpo_desk_close(o->desk, "2026-01", FEBRUARY, &statement, &o->err), &o->err);
    bpo_statement_unref(statement);
    assert_int_equal(o->desk->head, SEAL);
}

/* Opens the stream with one record changed. */
static bpo_status open_changed(office *o, uint64_t sequence, void (*change)(bpo_record *record))
{
    mirror m = {o->storage, sequence, change, NULL, NULL};
    bpo_store store = {sizeof store, 0, &m, NULL, mirrored_append, mirrored_read, mirrored_read_subject};
    bpo_desk *desk = NULL;
    bpo_status status = bpo_desk_open(o->context, &store, "acme", &desk, &o->err);
    assert_int_equal(desk != NULL, status == BPO_OK);
    bpo_desk_unref(desk);
    return status;
}

static void leave(bpo_record *record) { (void)record; }
static void skip_one(bpo_record *record) { record->sequence++; }
static void become_unknown(bpo_record *record) { record->kind = 77; }
static void become_another_fact(bpo_record *record) { record->kind = BPO_TICKET_CLOSED; }
static void move_in_time(bpo_record *record) { record->at--; }
static void lose_the_key(bpo_record *record) { record->key_size = 0; }
static void lose_the_size(bpo_record *record) { record->struct_size = 1; }
static void become_terms(bpo_record *record) { record->kind = BPO_RECORD_TERMS; }

static void lose_the_subject(bpo_record *record)
{
    record->subject = NULL;
    record->subject_size = 2;
}

static void cut_the_end(bpo_record *record) { record->size--; }

static void a_changed_record_is_refused(void **state)
{
    static const struct {
        uint64_t sequence;
        void (*change)(bpo_record *record);
        bpo_status status;
        int32_t message;
    } cases[] = {
        {FACT, leave, BPO_OK, 0},
        {TERMS, become_unknown, BPO_E_CORRUPT, BPO__MSG_stream_foreign},
        {TERMS, cut_the_end, BPO_E_CORRUPT, 0},
        {AMENDMENT, become_terms, BPO_E_CORRUPT, BPO__MSG_stream_record},
        {AMENDMENT, cut_the_end, BPO_E_CORRUPT, 0},
        {FACT, skip_one, BPO_E_CORRUPT, BPO__MSG_stream_gap},
        {FACT, become_unknown, BPO_E_TOO_NEW, BPO__MSG_stream_too_new},
        {FACT, become_another_fact, BPO_E_CORRUPT, BPO__MSG_stream_record},
        {FACT, cut_the_end, BPO_E_CORRUPT, 0},
        {FACT, lose_the_subject, BPO_E_CORRUPT, BPO__MSG_stream_record},
        {FACT, lose_the_size, BPO_E_ABI, BPO__MSG_struct_size},
        {NOTICE, lose_the_key, BPO_E_CORRUPT, BPO__MSG_stream_record},
        {WATERMARK, move_in_time, BPO_E_CORRUPT, BPO__MSG_stream_changed},
        {SECOND_FACT, move_in_time, BPO_E_CORRUPT, BPO__MSG_stream_changed},
        {SEAL, cut_the_end, BPO_E_CORRUPT, 0},
    };
    office o;
    (void)state;
    write_stream(&o);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bpo_status status = open_changed(&o, cases[i].sequence, cases[i].change);
        if (status != cases[i].status || (cases[i].message && o.err.message_id != cases[i].message))
            fail_msg("case %zu: %s, message %d: %s", i, bpo_status_name(status), o.err.message_id, o.err.message);
    }
    close_office(&o);
}

static int32_t logged; /* level of the last line, 0 for none */

static void take_log(void *user, int32_t level, const char *text)
{
    (void)user;
    assert_true(text[0] != '\0');
    logged = level;
}

static void a_stream_that_was_changed_after_its_seal_is_logged(void **state)
{
    bpo_host host = test_host();
    bpo_context *listening = NULL;
    office o;
    (void)state;
    write_stream(&o);
    host.log = take_log;
    expect_ok(bpo_context_new(&host, &listening, &o.err), &o.err);
    bpo_context *own = o.context;
    o.context = listening;
    logged = 0;
    assert_int_equal(open_changed(&o, FACT, leave), BPO_OK);
    assert_int_equal(logged, 0);
    assert_int_equal(open_changed(&o, SECOND_FACT, move_in_time), BPO_E_CORRUPT);
    assert_int_equal(logged, BPO_LOG_ERROR);
    o.context = own;
    bpo_context_unref(listening);
    close_office(&o);
}

/* --- a store that breaks the protocol -------------------------------------------------------------------------- */

static bpo_status read_on(void *user, const bpo_record *record)
{
    (void)show(user, record);
    return BPO_OK;
}

static bpo_status read_all(void *user, const char *stream, uint64_t from, bpo_visit visit, void *visit_user)
{
    mirror *m = user;
    m->visit = visit;
    m->visit_user = visit_user;
    return m->inner.read(m->inner.user, stream, from, read_on, m);
}

static void the_first_failure_counts_where_a_store_reads_on(void **state)
{
    office o;
    bpo_desk *desk = NULL;
    (void)state;
    write_stream(&o);
    mirror m = {o.storage, FACT, become_unknown, NULL, NULL};
    bpo_store store = {sizeof store, 0, &m, NULL, mirrored_append, read_all, mirrored_read_subject};
    assert_int_equal(bpo_desk_open(o.context, &store, "acme", &desk, &o.err), BPO_E_TOO_NEW);
    assert_int_equal(o.err.message_id, BPO__MSG_stream_too_new);
    assert_null(desk);
    close_office(&o);
}

static bpo_status read_and_be_done(void *user, const char *stream, uint64_t from, bpo_visit visit, void *visit_user)
{
    bpo_status status = mirrored_read(user, stream, from, visit, visit_user);
    return status == BPO_OK ? BPO_DONE : status;
}

static void a_status_that_is_no_failure_is_no_answer(void **state)
{
    office o;
    bpo_desk *desk = NULL;
    (void)state;
    write_stream(&o);
    mirror m = {o.storage, 0, leave, NULL, NULL};
    bpo_store store = {sizeof store, 0, &m, NULL, mirrored_append, read_and_be_done, mirrored_read_subject};
    assert_int_equal(bpo_desk_open(o.context, &store, "acme", &desk, &o.err), BPO_E_STATE);
    assert_int_equal(o.err.message_id, BPO__MSG_host_answer);
    assert_int_equal(o.err.host_status, BPO_DONE);
    assert_null(desk);
    close_office(&o);
}

/* A reader without a digest reads the same, and cannot tell that something was changed. */
static void without_a_digest_the_stream_is_read_all_the_same(void **state)
{
    office o;
    bpo_context *context = NULL;
    bpo_desk *desk = NULL;
    (void)state;
    write_stream(&o);
    bpo_store store = shared(&o.storage);
    expect_ok(bpo_context_new(NULL, &context, &o.err), &o.err);
    expect_ok(bpo_desk_open(context, &store, "acme", &desk, &o.err), &o.err);
    assert_int_equal(desk->head, SEAL);
    assert_int_equal(desk->watermark, FEBRUARY);
    assert_int_equal(bpo_desk_sealed_count(desk), 1);
    bpo_desk_unref(desk);
    bpo_context_unref(context);
    close_office(&o);
}

/* A reader that fails in the middle goes on from there. */
static bpo_status a_stream_is_read(fault_host *fault, void *user)
{
    bpo_context *context = NULL;
    bpo_desk *desk = NULL;
    bpo_store inner = shared(user);
    bpo_store store = fault_store(fault, &inner);
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    if (status == BPO_OK)
        status = bpo_desk_open(context, &store, "acme", &desk, NULL);
    assert_int_equal(desk != NULL, status == BPO_OK);
    if (!desk)
        store.release(store.user);
    bpo_desk_unref(desk);
    bpo_context_unref(context);
    return status;
}

static void a_failed_opening_leaves_nothing(void **state)
{
    office o;
    (void)state;
    write_stream(&o);
    assert_true(fault_torture(a_stream_is_read, &o.storage) > 100);
    close_office(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_changed_record_is_refused),
        cmocka_unit_test(a_stream_that_was_changed_after_its_seal_is_logged),
        cmocka_unit_test(the_first_failure_counts_where_a_store_reads_on),
        cmocka_unit_test(a_status_that_is_no_failure_is_no_answer),
        cmocka_unit_test(without_a_digest_the_stream_is_read_all_the_same),
        cmocka_unit_test(a_failed_opening_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
