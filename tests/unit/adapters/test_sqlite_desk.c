/* SPDX-License-Identifier: Apache-2.0 */
/* One engagement in a SQLite file, kept by several processes, one of which is killed. */
#define _XOPEN_SOURCE 700
#include "../desk/fixture.h"
#include <bpo/sqlite.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define FOLDER "bpo-desk-XXXXXX"
#define FEBRUARY at("2026-02-01T00:00:00Z")
#define TICKETS 40

typedef struct place {
    char folder[sizeof FOLDER];
    char file[64];
    bpo_context *context;
    bpo_error err;
} place;

static int make_place(void **state)
{
    bpo_host host = test_host();
    place *p = calloc(1, sizeof *p);
    strcpy(p->folder, FOLDER);
    bpo_error_init(&p->err);
    if (!mkdtemp(p->folder))
        return -1;
    snprintf(p->file, sizeof p->file, "%s/books.db", p->folder);
    *state = p;
    return bpo_context_new(&host, &p->context, NULL);
}

static int clear_place(void **state)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    place *p = *state;
    for (size_t i = 0; i < 3; i++) {
        char name[96];
        snprintf(name, sizeof name, "%s%s", p->file, endings[i]);
        unlink(name);
    }
    bpo_context_unref(p->context);
    int result = rmdir(p->folder);
    free(p);
    return result;
}

static bpo_desk *begin(place *p)
{
    bpo_store store = BPO_STORE_INIT;
    bpo_contract *contract = NULL;
    bpo_desk *desk = NULL;
    expect_ok(bpo_sqlite_store_new(p->file, &store, &p->err), &p->err);
    expect_ok(make_contract(p->context, NULL, NULL, &contract, &p->err), &p->err);
    expect_ok(bpo_desk_create(contract, &store, "acme", &desk, &p->err), &p->err);
    bpo_contract_unref(contract);
    return desk;
}

static bpo_desk *open_desk(place *p)
{
    bpo_store store = BPO_STORE_INIT;
    bpo_desk *desk = NULL;
    expect_ok(bpo_sqlite_store_new(p->file, &store, &p->err), &p->err);
    expect_ok(bpo_desk_open(p->context, &store, "acme", &desk, &p->err), &p->err);
    return desk;
}

/* Both facts of ticket i. */
static void facts_of(unsigned i, char keys[2][16], char *subject, bpo_fact *facts)
{
    bpo_time opened = at("2026-01-05T12:00:00Z") + i * BPO_MINUTE;
    snprintf(subject, 16, "t%u", i);
    snprintf(keys[0], 16, "o%u", i);
    snprintf(keys[1], 16, "s%u", i);
    facts[0] = ticket_fact(BPO_TICKET_OPENED, keys[0], subject, opened);
    facts[1] = ticket_fact(BPO_TICKET_SOLVED, keys[1], subject, opened + 2 * BPO_HOUR);
}

static void record_ticket(bpo_desk *desk, unsigned i)
{
    char keys[2][16], subject[16];
    bpo_fact facts[2];
    facts_of(i, keys, subject, facts);
    if (bpo_desk_record(desk, FEBRUARY, facts, 2, NULL, NULL) != BPO_OK)
        _exit(1);
}

/* Records every ticket from its side, forwards or backwards, and gives notices: how many it prints. */
static void keep_books(place *p, bool forwards, int result)
{
    bpo_notices *notices = NULL;
    unsigned given = 0;
    bpo_desk *desk = open_desk(p);
    expect_ok(bpo_notices_new(p->context, &notices, &p->err), &p->err);
    for (unsigned i = 0; i < TICKETS; i++) {
        record_ticket(desk, forwards ? i : TICKETS - 1 - i);
        bpo_status status = BPO_E_CONFLICT;
        while (status == BPO_E_CONFLICT)
            status = bpo_desk_advance(desk, FEBRUARY, notices, NULL);
        if (status != BPO_OK)
            _exit(2);
        given += (unsigned)bpo_notices_count(notices);
    }
    if (write(result, &given, sizeof given) != sizeof given)
        _exit(3);
    bpo_notices_unref(notices);
    bpo_desk_unref(desk);
    _exit(0);
}

static uint64_t fact_count(bpo_statement *statement)
{
    bpo_statement_header header = BPO_STATEMENT_HEADER_INIT;
    assert_int_equal(bpo_statement_get_header(statement, &header), BPO_OK);
    return header.fact_count;
}

static void processes_keep_one_book(void **state)
{
    place *p = *state;
    int results[2];
    unsigned given[2] = {0};
    bpo_statement *statement = NULL;
    bpo_desk_unref(begin(p));
    assert_int_equal(pipe(results), 0);
    for (int i = 0; i < 2; i++)
        if (fork() == 0)
            keep_books(p, i == 0, results[1]);
    for (int i = 0; i < 2; i++) {
        int result = 0;
        assert_true(wait(&result) > 0);
        assert_int_equal(result, 0);
        assert_int_equal(read(results[0], &given[i], sizeof given[i]), sizeof given[i]);
    }
    close(results[0]);
    close(results[1]);
    assert_int_equal(given[0] + given[1], TICKETS); /* each breach once, by one of them */
    bpo_desk *desk = open_desk(p);
    expect_ok(bpo_desk_close(desk, "2026-01", FEBRUARY, &statement, &p->err), &p->err);
    assert_int_equal(fact_count(statement), 2 * TICKETS);
    bpo_statement_unref(statement);
    bpo_desk_unref(desk);
}

static void a_killed_process_leaves_whole_batches(void **state)
{
    place *p = *state;
    int progress[2];
    unsigned done = 0;
    bpo_statement *here = NULL, *there = NULL;
    bpo_desk_unref(begin(p));
    assert_int_equal(pipe(progress), 0);
    pid_t child = fork();
    if (child == 0) {
        bpo_desk *desk = open_desk(p);
        for (unsigned i = 0;; i = (i + 1) % TICKETS) {
            record_ticket(desk, i);
            if (write(progress[1], &i, sizeof i) != sizeof i)
                _exit(1);
        }
    }
    close(progress[1]);
    while (done < TICKETS / 2)
        assert_int_equal(read(progress[0], &done, sizeof done), sizeof done);
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, NULL, 0), child);
    close(progress[0]);

    bpo_desk *desk = open_desk(p);
    for (unsigned i = 0; i < TICKETS; i++) /* delivered again, all of it */
        record_ticket(desk, i);
    expect_ok(bpo_desk_preview(desk, "2026-01", FEBRUARY, &here, &p->err), &p->err);
    assert_int_equal(fact_count(here), 2 * TICKETS);
    bpo_desk *again = open_desk(p);
    expect_ok(bpo_desk_preview(again, "2026-01", FEBRUARY, &there, &p->err), &p->err);
    expect_same_statement(here, there);
    bpo_statement_unref(here);
    bpo_statement_unref(there);
    bpo_desk_unref(again);
    bpo_desk_unref(desk);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, make_place, clear_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(processes_keep_one_book),
        TEST(a_killed_process_leaves_whole_batches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
