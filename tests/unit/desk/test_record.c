/* SPDX-License-Identifier: Apache-2.0 */
/* Recording: what each fact of a batch comes to, alone and beside other processes. */
#include "desk/desk.h"
#include "fixture.h"

#define NOON at("2026-01-05T12:00:00Z")

static void each_fact_counts_once(void **state)
{
    office o;
    (void)state;
    open_office(&o, NULL, NULL);
    bpo_fact opened = ticket_fact(BPO_TICKET_OPENED, "a", "t1", NOON);
    bpo_fact corrected = ticket_fact(BPO_TICKET_OPENED, "a", "t1", NOON + BPO_HOUR);
    bpo_fact reused = ticket_fact(BPO_TICKET_OPENED, "a", "t1", NOON + 1);
    bpo_fact elsewhere = ticket_fact(BPO_TICKET_OPENED, "a", "t2", NOON);
    bpo_fact older = ticket_fact(BPO_TICKET_OPENED, "a", "t1", NOON - 1);
    bpo_fact future = ticket_fact(BPO_TICKET_SOLVED, "b", "t1", NOON + BPO_DAY);
    corrected.revision = 2;
    older.revision = 1;
    const bpo_fact first[] = {opened, corrected, opened, reused, older, future};
    record_ok(&o, o.desk, NOON, first, 6);
    assert_string_equal(rows(&o), "1:4 2:1 3:3 4:2 5:4");
    const bpo_fact second[] = {opened, reused, elsewhere, future};
    record_ok(&o, o.desk, NOON, second, 4);
    assert_string_equal(rows(&o), "0:1 1:3 3:1 2:3"); /* the last one only the store knew */
    assert_int_equal(o.desk->head, 5);
    close_office(&o);
}

static void a_fact_that_is_not_valid_is_left_out(void **state)
{
    office o;
    bpo_report_row row = BPO_REPORT_ROW_INIT;
    (void)state;
    open_office(&o, NULL, NULL);
    bpo_fact facts[] = {ticket_fact(BPO_TICKET_OPENED, "a", "t1", NOON), ticket_fact(12345, "b", "t1", NOON),
                        ticket_fact(BPO_TICKET_OPENED, "\x01terms", "t1", NOON),
                        ticket_fact(BPO_TICKET_SOLVED, "c", "t1", NOON)};
    record_ok(&o, o.desk, NOON, facts, 4);
    assert_string_equal(rows(&o), "1:5 2:5");
    assert_int_equal(bpo_report_at(o.report, 1, &row), BPO_OK);
    assert_string_equal(row.path, "/key");
    assert_int_equal(row.status, BPO_E_INVALID);
    assert_int_equal(o.desk->head, 3);
    close_office(&o);
}

static void without_a_report_nothing_is_lost_in_silence(void **state)
{
    office o;
    (void)state;
    open_office(&o, NULL, NULL);
    bpo_fact facts[] = {ticket_fact(BPO_TICKET_OPENED, "a", "t1", NOON), ticket_fact(12345, "b", "t1", NOON)};
    assert_int_equal(bpo_desk_record(o.desk, NOON, facts, 2, NULL, &o.err), BPO_E_FACT);
    assert_int_equal(o.err.code, BPO_E_FACT);
    assert_int_equal(o.desk->head, 1);
    expect_ok(bpo_desk_record(o.desk, NOON, facts, 1, NULL, &o.err), &o.err);
    facts[1] = ticket_fact(BPO_TICKET_OPENED, "a", "t1", NOON + 1);
    assert_int_equal(bpo_desk_record(o.desk, NOON, facts, 2, NULL, &o.err), BPO_E_KEY_REUSED);
    close_office(&o);
}

static void missing_arguments_are_refused(void **state)
{
    office o;
    bpo_fact small = {.struct_size = 4};
    (void)state;
    open_office(&o, NULL, NULL);
    assert_int_equal(bpo_desk_record(NULL, NOON, NULL, 0, NULL, &o.err), BPO_E_INVALID);
    assert_int_equal(bpo_desk_record(o.desk, NOON, NULL, 1, NULL, &o.err), BPO_E_INVALID);
    assert_int_equal(bpo_desk_record(o.desk, NOON, &small, 1, o.report, &o.err), BPO_E_ABI);
    expect_ok(bpo_desk_record(o.desk, NOON, NULL, 0, o.report, &o.err), &o.err);
    close_office(&o);
}

/* A newer caller's facts are larger; they are walked with their own size. */
static void larger_facts_are_walked_with_their_size(void **state)
{
    struct larger {
        bpo_fact fact;
        uint64_t more;
    } facts[2];
    office o;
    (void)state;
    open_office(&o, NULL, NULL);
    memset(facts, 0, sizeof facts);
    facts[0].fact = ticket_fact(BPO_TICKET_OPENED, "a", "t1", NOON);
    facts[1].fact = ticket_fact(BPO_TICKET_SOLVED, "b", "t1", NOON);
    facts[0].fact.struct_size = facts[1].fact.struct_size = sizeof facts[0];
    record_ok(&o, o.desk, NOON, &facts[0].fact, 2);
    assert_int_equal(bpo_report_count(o.report), 0);
    assert_int_equal(o.desk->head, 3);
    close_office(&o);
}

/* Two processes, each with facts that the other has not read. */
static void processes_record_side_by_side(void **state)
{
    office o;
    (void)state;
    open_office(&o, NULL, NULL);
    bpo_desk *other = open_beside(&o);
    bpo_fact opened = ticket_fact(BPO_TICKET_OPENED, "a", "t1", NOON);
    bpo_fact solved = ticket_fact(BPO_TICKET_SOLVED, "b", "t1", NOON + BPO_HOUR);
    bpo_fact another = ticket_fact(BPO_TICKET_SOLVED, "b", "t1", NOON + BPO_MINUTE);
    bpo_fact later = ticket_fact(BPO_TICKET_CLOSED, "c", "t1", NOON + BPO_HOUR);
    bpo_fact corrected = ticket_fact(BPO_TICKET_OPENED, "a", "t1", NOON - BPO_HOUR);
    bpo_time now = NOON + BPO_DAY;
    corrected.revision = 1;
    const bpo_fact here[] = {opened, solved, corrected};
    record_ok(&o, o.desk, now, here, 3);
    const bpo_fact there[] = {later, opened, another};
    record_ok(&o, other, now, there, 3);
    assert_string_equal(rows(&o), "2:3 1:1");
    assert_int_equal(other->head, o.desk->head + 1);
    bpo_clock clock = BPO_CLOCK_INIT, same = BPO_CLOCK_INIT;
    expect_ok(bpo_desk_clock(other, "t1", "resolution", now, &clock, &o.err), &o.err);
    assert_int_equal(clock.started_at, corrected.at);
    later.recorded_at = now; /* delivered again, elsewhere and at another time */
    record_ok(&o, o.desk, now, &later, 1);
    assert_int_equal(o.desk->head, other->head);
    assert_memory_equal(o.desk->chain, other->chain, BPO_DIGEST_SIZE);
    expect_ok(bpo_desk_clock(o.desk, "t1", "resolution", now, &same, &o.err), &o.err);
    assert_memory_equal(&clock, &same, offsetof(bpo_clock, metric));
    assert_int_equal(clock.elapsed, same.elapsed);
    bpo_desk_unref(other);
    close_office(&o);
}

/* --- stores that fail ------------------------------------------------------------------------------------------ */

/* A store that appends, and then does not know; once. */
typedef struct forgetful {
    bpo_store inner;
    bool forget;
    bpo_desk *reenter;
} forgetful;

static bpo_status forgetful_append(void *user, const char *stream, uint64_t expected_seq,
                                   const bpo_record *const *records, size_t count, uint64_t *ret_seqs)
{
    forgetful *f = user;
    if (f->reenter)
        return bpo_desk_record(f->reenter, 0, NULL, 0, NULL, NULL);
    bpo_status status = f->inner.append(f->inner.user, stream, expected_seq, records, count, ret_seqs);
    bool forget = f->forget;
    f->forget = false;
    return forget ? BPO_E_UNKNOWN_OUTCOME : status;
}

static bpo_status forgetful_read(void *user, const char *stream, uint64_t from, bpo_visit visit, void *visit_user)
{
    forgetful *f = user;
    return f->inner.read(f->inner.user, stream, from, visit, visit_user);
}

static bpo_status forgetful_read_subject(void *user, const char *stream, const char *subject, size_t size,
                                         bpo_visit visit, void *visit_user)
{
    forgetful *f = user;
    return f->inner.read_subject(f->inner.user, stream, subject, size, visit, visit_user);
}

static bpo_desk *open_forgetful(office *o, forgetful *f)
{
    bpo_desk *desk = NULL;
    bpo_store store = {sizeof store, 0, f, NULL, forgetful_append, forgetful_read, forgetful_read_subject};
    *f = (forgetful){o->storage, false, NULL};
    expect_ok(bpo_desk_open(o->context, &store, "acme", &desk, &o->err), &o->err);
    return desk;
}

static void a_batch_may_be_repeated_after_an_unknown_outcome(void **state)
{
    office o;
    forgetful f;
    (void)state;
    open_office(&o, NULL, NULL);
    bpo_desk *desk = open_forgetful(&o, &f);
    bpo_fact fact = ticket_fact(BPO_TICKET_OPENED, "a", "t1", NOON);
    f.forget = true;
    assert_int_equal(bpo_desk_record(desk, NOON, &fact, 1, o.report, &o.err), BPO_E_UNKNOWN_OUTCOME);
    assert_int_equal(bpo_status_is_retriable(o.err.code), 1);
    record_ok(&o, desk, NOON, &fact, 1);
    assert_string_equal(rows(&o), "0:1");
    assert_int_equal(desk->head, 2);
    bpo_desk_unref(desk);
    close_office(&o);
}

static void a_callback_may_not_call_its_desk(void **state)
{
    office o;
    forgetful f;
    (void)state;
    open_office(&o, NULL, NULL);
    bpo_desk *desk = open_forgetful(&o, &f);
    bpo_fact fact = ticket_fact(BPO_TICKET_OPENED, "a", "t1", NOON);
    f.reenter = desk;
    assert_int_equal(bpo_desk_record(desk, NOON, &fact, 1, o.report, &o.err), BPO_E_BUSY);
    f.reenter = NULL;
    record_ok(&o, desk, NOON, &fact, 1);
    assert_string_equal(rows(&o), "");
    bpo_desk_unref(desk);
    close_office(&o);
}

static bpo_status digest_status;

static bpo_status moody_digest(void *user, const void *data, size_t size, uint8_t *ret_digest)
{
    return digest_status == BPO_OK ? test_digest(user, data, size, ret_digest) : digest_status;
}

/* A digest may fail with any status; only the store's says which record is meant. */
static void a_digest_that_says_what_stores_say_drops_no_fact(void **state)
{
    bpo_host host = test_host();
    bpo_context *context = NULL;
    bpo_contract *contract = NULL;
    bpo_desk *desk = NULL;
    bpo_store store = BPO_STORE_INIT;
    bpo_error err = BPO_ERROR_INIT;
    bpo_fact fact = ticket_fact(BPO_TICKET_OPENED, "a", "t1", NOON);
    (void)state;
    host.digest = moody_digest;
    digest_status = BPO_OK;
    expect_ok(bpo_context_new(&host, &context, &err), &err);
    expect_ok(make_contract(context, NULL, NULL, &contract, &err), &err);
    expect_ok(bpo_memory_store_new(context, &store, &err), &err);
    expect_ok(bpo_desk_create(contract, &store, "acme", &desk, &err), &err);
    digest_status = BPO_E_KEY_REUSED;
    assert_int_equal(bpo_desk_record(desk, NOON, &fact, 1, NULL, &err), BPO_E_KEY_REUSED);
    assert_int_equal(err.host_status, BPO_E_KEY_REUSED);
    assert_int_equal(desk->head, 1);
    digest_status = BPO_OK;
    expect_ok(bpo_desk_record(desk, NOON, &fact, 1, NULL, &err), &err);
    assert_int_equal(desk->head, 2);
    bpo_desk_unref(desk);
    bpo_contract_unref(contract);
    bpo_context_unref(context);
}

/* --- torture --------------------------------------------------------------------------------------------------- */

/* After a failed call the desk is as before, and as the store has it: the same call then succeeds. */
static bpo_status two_batches(fault_host *fault, void *user)
{
    bpo_context *context = NULL;
    bpo_contract *contract = NULL;
    bpo_store memory = BPO_STORE_INIT, store = BPO_STORE_INIT;
    bpo_desk *desk = NULL;
    bpo_report *report = NULL;
    bpo_fact facts[] = {ticket_fact(BPO_TICKET_OPENED, "a", "t1", NOON),
                        ticket_fact(BPO_TICKET_OPENED, "b", "t2", NOON), ticket_fact(12345, "c", "t2", NOON),
                        ticket_fact(BPO_TICKET_SOLVED, "d", "t1", NOON + BPO_DAY)};
    (void)user;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    if (status == BPO_OK)
        status = bpo_memory_store_new(context, &memory, NULL);
    if (status == BPO_OK)
        store = fault_store(fault, &memory);
    if (status == BPO_OK)
        status = make_contract(context, NULL, NULL, &contract, NULL);
    if (status == BPO_OK)
        status = bpo_report_new(context, &report, NULL);
    if (status == BPO_OK)
        status = bpo_desk_create(contract, &store, "acme", &desk, NULL);
    if (!desk && store.release)
        store.release(store.user);
    for (size_t half = 0; half < 2 && status == BPO_OK; half++) {
        uint64_t head = desk->head;
        status = bpo_desk_record(desk, NOON, facts + 2 * half, 2, report, NULL);
        assert_int_equal(desk->head, status == BPO_OK ? head + 2 - half : head);
        assert_int_equal(bpo_report_count(report), status == BPO_OK ? 2 * half : 0);
    }
    bpo_report_unref(report);
    bpo_desk_unref(desk);
    bpo_contract_unref(contract);
    bpo_context_unref(context);
    return status;
}

static void a_failed_batch_changes_nothing(void **state)
{
    (void)state;
    assert_true(fault_torture(two_batches, NULL) > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_fact_counts_once),
        cmocka_unit_test(a_fact_that_is_not_valid_is_left_out),
        cmocka_unit_test(without_a_report_nothing_is_lost_in_silence),
        cmocka_unit_test(missing_arguments_are_refused),
        cmocka_unit_test(larger_facts_are_walked_with_their_size),
        cmocka_unit_test(processes_record_side_by_side),
        cmocka_unit_test(a_batch_may_be_repeated_after_an_unknown_outcome),
        cmocka_unit_test(a_callback_may_not_call_its_desk),
        cmocka_unit_test(a_digest_that_says_what_stores_say_drops_no_fact),
        cmocka_unit_test(a_failed_batch_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
