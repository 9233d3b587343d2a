/* SPDX-License-Identifier: Apache-2.0 */
/* The law of ledgers: any partition by subject, any order of facts and any tree of merges, over encoded parts or not,
 * gives the bytes of one ledger. */
#include "support/test.h"

#include "acme.h"
#include "ledger/ledger.h"
#include "support/random.h"
#include <stdlib.h>

enum { SUBJECTS = 24, FACTS_MOST = 400, PARTS_MOST = 6 };

typedef struct world {
    bpo_contract *contract;
    acme_fact facts[FACTS_MOST];
    size_t count;
    test_random random;
    test_bytes opening; /* January's closing position */
} world;

static uint64_t below(world *w, uint64_t limit)
{
    return test_random_below(&w->random, limit);
}

/* Any instant from January to the middle of March, on a whole minute. */
static bpo_time any_time(world *w)
{
    return ACME_NEW_YEAR + (bpo_time)below(w, 75 * 24 * 60) * BPO_MINUTE;
}

static void keep(world *w, acme_fact fact)
{
    assert_true(w->count < FACTS_MOST);
    w->facts[w->count++] = fact;
}

/* Sometimes a second revision: moved, retracted, late, or simply the same again. */
static void keep_revised(world *w, acme_fact fact)
{
    keep(w, fact);
    if (below(w, 4) > 0)
        return;
    if (below(w, 3) > 0) {
        fact.fact.revision = 1;
        fact.fact.at = below(w, 2) > 0 ? fact.fact.at : any_time(w);
        fact.fact.flags = below(w, 2) > 0 ? BPO_FACT_RETRACTED : 0;
        fact.fact.flags |= fact.fact.at < FEBRUARY(1, 0, 0) ? BPO_FACT_LATE : 0;
    }
    keep(w, fact);
}

static void add_ticket(world *w, const char *name)
{
    static const char *const priorities[] = {"high", "low", "normal"};
    char key[16];
    bpo_time at = any_time(w);
    strcat(strcpy(key, name), "a");
    keep_revised(w, acme_opened(at, name, key, priorities[below(w, 3)]));
    for (char letter = 'b'; letter < 'b' + (char)below(w, 4); letter++) {
        key[strlen(name)] = letter;
        at += (bpo_time)below(w, 20000) * BPO_MINUTE;
        keep_revised(w, below(w, 2) > 0 ? acme_replied(at, name, key) : acme_solved(at, name, key));
    }
}

static void add_subject(world *w, size_t index)
{
    char name[16], key[16];
    bpo__integer_format((int64_t)index, name + 1);
    name[0] = index % 4 == 0 ? 'A' : index % 4 == 1 ? 'S' : 'T';
    if (name[0] == 'T') {
        add_ticket(w, name);
        return;
    }
    strcat(strcpy(key, name), "x");
    for (char letter = 'a'; letter < 'f'; letter++) {
        key[strlen(name)] = letter;
        keep_revised(w, name[0] == 'A'
                            ? acme_worked(any_time(w), name, key, (bpo_duration)below(w, 600) * BPO_MINUTE)
                            : acme_seat(any_time(w), name, key, below(w, 2) > 0 ? "productive" : "training"));
    }
}

static bpo_ledger *new_ledger(const world *w, const char *period)
{
    bpo_ledger *ledger = NULL;
    assert_int_equal(bpo_ledger_new(w->contract, period, &ledger, NULL), BPO_OK);
    return ledger;
}

static void add(bpo_ledger *ledger, acme_fact fact)
{
    bpo_error err = BPO_ERROR_INIT;
    if (acme_add(ledger, fact, NULL, &err) != BPO_OK)
        fail_msg("%s", err.message);
}

static void shuffle(world *w)
{
    for (size_t i = w->count; i > 1; i--) {
        size_t other = (size_t)below(w, i);
        acme_fact fact = w->facts[i - 1];
        w->facts[i - 1] = w->facts[other];
        w->facts[other] = fact;
    }
}

static test_bytes bytes_of(bpo_ledger *ledger)
{
    test_bytes bytes = {0};
    bpo_sink sink = test_bytes_sink(&bytes);
    bpo_error err = BPO_ERROR_INIT;
    if (bpo_ledger_encode(ledger, &sink, &err) != BPO_OK)
        fail_msg("%s", err.message);
    return bytes;
}

/* The statement's bytes; the ledger ends. */
static test_bytes close_ledger(const world *w, bpo_ledger *ledger)
{
    bpo_statement *statement = NULL;
    test_bytes bytes = {0};
    bpo_sink sink = test_bytes_sink(&bytes);
    bpo_error err = BPO_ERROR_INIT;
    if (bpo_ledger_close(ledger, w->opening.data, w->opening.size, MARCH(1, 0, 0), &statement, &err) != BPO_OK)
        fail_msg("%s: %s", err.path, err.message);
    assert_int_equal(bpo_statement_encode(statement, &sink, NULL), BPO_OK);
    bpo_statement_unref(statement);
    bpo_ledger_unref(ledger);
    return bytes;
}

/* January as it was sealed: without what is late. */
static void seal_january(world *w)
{
    bpo_ledger *ledger = new_ledger(w, "2026-01");
    bpo_statement *statement = NULL;
    size_t size = 0;
    for (size_t i = 0; i < w->count; i++)
        if (!(w->facts[i].fact.flags & BPO_FACT_LATE))
            add(ledger, w->facts[i]);
    assert_int_equal(bpo_ledger_close(ledger, NULL, 0, FEBRUARY(1, 0, 0), &statement, NULL), BPO_OK);
    const void *closing = bpo_statement_closing_position(statement, &size);
    bpo_sink sink = test_bytes_sink(&w->opening);
    assert_int_equal(bpo_sink_write(&sink, closing, size), BPO_OK);
    bpo_statement_unref(statement);
    bpo_ledger_unref(ledger);
}

static void begin(world *w, uint64_t seed)
{
    bpo_host host = test_host();
    memset(w, 0, sizeof *w);
    w->random.state = seed;
    assert_int_equal(acme_open(&host, &w->contract), BPO_OK);
    for (size_t i = 0; i < SUBJECTS; i++)
        add_subject(w, i);
    seal_january(w);
}

static void end(world *w)
{
    test_bytes_clear(&w->opening);
    bpo_contract_unref(w->contract);
}

static void expect_same(test_bytes a, test_bytes b)
{
    assert_int_equal(a.size, b.size);
    assert_memory_equal(a.data, b.data, a.size);
    test_bytes_clear(&b);
}

/* The part, or what its bytes are read back as. */
static bpo_ledger *maybe_sent(world *w, bpo_ledger *part)
{
    bpo_ledger *copy = NULL;
    bpo_error err = BPO_ERROR_INIT;
    test_bytes bytes = bytes_of(part); /* folded here; what was folded may not stick to it */
    if (below(w, 2) > 0) {
        test_bytes_clear(&bytes);
        return part;
    }
    if (bpo_ledger_decode(w->contract, bytes.data, bytes.size, &copy, &err) != BPO_OK)
        fail_msg("%s", err.message);
    test_bytes_clear(&bytes);
    bpo_ledger_unref(part);
    return copy;
}

static bpo_ledger *merge_randomly(world *w)
{
    bpo_ledger *parts[PARTS_MOST];
    size_t count = 1 + (size_t)below(w, PARTS_MOST);
    uint64_t salt = test_random_bits(&w->random);
    for (size_t i = 0; i < count; i++)
        parts[i] = new_ledger(w, "2026-02");
    for (size_t i = 0; i < w->count; i++) {
        test_random hash = {salt};
        for (const char *c = w->facts[i].subject; *c != 0; c++)
            hash.state ^= (uint64_t)*c + test_random_bits(&hash);
        add(parts[test_random_bits(&hash) % count], w->facts[i]);
    }
    while (count > 1) {
        size_t into = (size_t)below(w, count), from = (size_t)below(w, count - 1);
        from += from >= into;
        parts[into] = maybe_sent(w, parts[into]);
        parts[from] = maybe_sent(w, parts[from]);
        bpo_error err = BPO_ERROR_INIT;
        if (bpo_ledger_merge(parts[into], parts[from], &err) != BPO_OK)
            fail_msg("%s", err.message);
        bpo_ledger_unref(parts[from]);
        parts[from] = parts[--count];
    }
    return parts[0];
}

static void any_partition_and_any_tree_gives_the_same_bytes(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        world *w = malloc(sizeof *w);
        assert_non_null(w);
        begin(w, seed);
        bpo_ledger *whole = new_ledger(w, "2026-02");
        for (size_t i = 0; i < w->count; i++)
            add(whole, w->facts[i]);
        test_bytes folded = bytes_of(whole);
        test_bytes statement = close_ledger(w, whole);
        for (int round = 0; round < 6; round++) {
            shuffle(w);
            bpo_ledger *merged = merge_randomly(w);
            expect_same(folded, bytes_of(merged));
            expect_same(statement, close_ledger(w, merged));
        }
        test_bytes_clear(&folded);
        test_bytes_clear(&statement);
        end(w);
        free(w);
    }
}

/* What the desk does: histories of its own, folded without copying; settled subjects are left out next time. */
static void borrowed_histories_give_the_same_bytes(void **state)
{
    world *w = malloc(sizeof *w);
    (void)state;
    assert_non_null(w);
    for (uint64_t seed = 1; seed <= 20; seed++) {
        begin(w, seed);
        bpo_ledger *kept = new_ledger(w, "2026-02"), *borrowing = new_ledger(w, "2026-02");
        for (size_t i = 0; i < w->count; i++)
            add(kept, w->facts[i]);
        for (size_t i = 0; i < kept->subject_count; i++)
            assert_int_equal(bpo__ledger_add_history(borrowing, kept->subjects[i]->name,
                                                     &kept->subjects[i]->history, NULL, NULL),
                             BPO_OK);
        test_bytes folded = bytes_of(kept);
        expect_same(folded, bytes_of(borrowing));
        test_bytes_clear(&folded);
        assert_int_equal(bpo__ledger_add_history(kept, kept->subjects[0]->name, &kept->subjects[0]->history, NULL,
                                                 NULL),
                         BPO_E_MISMATCH);
        bpo_ledger_unref(kept);
        bpo_ledger_unref(borrowing);
        end(w);
    }
    free(w);
}

static void a_settled_subject_adds_nothing_to_later_periods(void **state)
{
    world *w = malloc(sizeof *w);
    size_t settled_count = 0;
    (void)state;
    assert_non_null(w);
    for (uint64_t seed = 1; seed <= 20; seed++) {
        begin(w, seed);
        bpo_ledger *kept = new_ledger(w, "2026-02"), *february = new_ledger(w, "2026-02");
        bpo_ledger *all = new_ledger(w, "2026-03"), *unsettled = new_ledger(w, "2026-03");
        for (size_t i = 0; i < w->count; i++) {
            w->facts[i].fact.flags &= ~(uint32_t)BPO_FACT_LATE;
            add(kept, w->facts[i]);
        }
        for (size_t i = 0; i < kept->subject_count; i++) {
            const bpo__subject *s = kept->subjects[i];
            bool settled = false;
            assert_int_equal(bpo__ledger_add_history(february, s->name, &s->history, &settled, NULL), BPO_OK);
            assert_int_equal(bpo__ledger_add_history(all, s->name, &s->history, NULL, NULL), BPO_OK);
            if (!settled)
                assert_int_equal(bpo__ledger_add_history(unsettled, s->name, &s->history, NULL, NULL), BPO_OK);
            settled_count += settled;
        }
        test_bytes whole = bytes_of(all);
        expect_same(whole, bytes_of(unsettled));
        test_bytes_clear(&whole);
        bpo_ledger_unref(kept);
        bpo_ledger_unref(february);
        bpo_ledger_unref(all);
        bpo_ledger_unref(unsettled);
        end(w);
    }
    assert_true(settled_count > 20);
    free(w);
}

static void a_subject_in_both_parts_is_refused(void **state)
{
    world *w = malloc(sizeof *w);
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    assert_non_null(w);
    begin(w, 1);
    bpo_ledger *a = new_ledger(w, "2026-01"), *b = new_ledger(w, "2026-01");
    add(a, acme_opened(JANUARY(5, 9, 0), "T1", "1a", "high"));
    add(b, acme_solved(JANUARY(5, 12, 0), "T1", "1c"));
    test_bytes before = bytes_of(a);
    assert_int_equal(bpo_ledger_merge(a, b, &err), BPO_E_MISMATCH);
    assert_non_null(strstr(err.message, "T1"));
    expect_same(before, bytes_of(a));
    test_bytes_clear(&before);
    bpo_ledger *c = new_ledger(w, "2026-01");
    assert_int_equal(bpo_ledger_merge(c, a, &err), BPO_OK);
    assert_int_equal(bpo_ledger_merge(c, b, &err), BPO_E_MISMATCH);
    assert_int_equal(acme_add(c, acme_solved(JANUARY(5, 12, 0), "T1", "1c"), NULL, &err), BPO_E_STATE);
    assert_string_equal(err.path, "/subject");
    bpo_ledger_unref(a);
    bpo_ledger_unref(b);
    bpo_ledger_unref(c);
    end(w);
    free(w);
}

static void a_foreign_part_is_refused(void **state)
{
    world *w = malloc(sizeof *w);
    bpo_host host = test_host();
    bpo_context *context = NULL;
    bpo_contract *amended = NULL, *twin = NULL;
    bpo_ledger *foreign = NULL, *same = NULL;
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    assert_non_null(w);
    begin(w, 1);
    assert_int_equal(bpo_context_new(&host, &context, NULL), BPO_OK);
    assert_int_equal(acme_amend(context, w->contract, &amended), BPO_OK);
    assert_int_equal(acme_open(&host, &twin), BPO_OK);
    bpo_ledger *a = new_ledger(w, "2026-01"), *february = new_ledger(w, "2026-02");
    assert_int_equal(bpo_ledger_new(amended, "2026-01", &foreign, NULL), BPO_OK);
    assert_int_equal(bpo_ledger_new(twin, "2026-01", &same, NULL), BPO_OK);
    assert_int_equal(bpo_ledger_merge(a, foreign, &err), BPO_E_MISMATCH);
    assert_int_equal(bpo_ledger_merge(a, february, &err), BPO_E_MISMATCH);
    assert_int_equal(bpo_ledger_merge(a, same, &err), BPO_OK);
    bpo_ledger *preview = NULL;
    assert_int_equal(bpo__ledger_new_until(w->contract, "2026-01", JANUARY(9, 0, 0), &preview, NULL), BPO_OK);
    assert_int_equal(bpo_ledger_merge(a, preview, &err), BPO_E_MISMATCH);
    bpo_ledger_unref(preview);
    test_bytes bytes = bytes_of(foreign);
    bpo_ledger *copy = NULL;
    assert_int_equal(bpo_ledger_decode(w->contract, bytes.data, bytes.size, &copy, &err), BPO_E_MISMATCH);
    assert_null(copy);
    test_bytes_clear(&bytes);
    bpo_ledger_unref(a);
    bpo_ledger_unref(february);
    bpo_ledger_unref(foreign);
    bpo_ledger_unref(same);
    bpo_contract_unref(amended);
    bpo_contract_unref(twin);
    bpo_context_unref(context);
    end(w);
    free(w);
}

/* Without a digest callback contracts are compared term by term. */
static void contracts_are_told_apart_without_digests(void **state)
{
    bpo_context *context = NULL;
    bpo_contract *a = NULL, *b = NULL, *amended = NULL;
    bpo_ledger *ledger = NULL, *twin = NULL, *foreign = NULL;
    bpo_host host = test_host();
    (void)state;
    host.digest = NULL;
    assert_int_equal(bpo_context_new(&host, &context, NULL), BPO_OK);
    assert_int_equal(acme_open(&host, &a), BPO_OK);
    assert_int_equal(acme_open(&host, &b), BPO_OK);
    assert_int_equal(acme_amend(context, b, &amended), BPO_OK);
    assert_int_equal(bpo_ledger_new(a, "2026-01", &ledger, NULL), BPO_OK);
    assert_int_equal(bpo_ledger_new(b, "2026-01", &twin, NULL), BPO_OK);
    assert_int_equal(bpo_ledger_new(amended, "2026-01", &foreign, NULL), BPO_OK);
    assert_int_equal(bpo_ledger_merge(ledger, twin, NULL), BPO_OK);
    assert_int_equal(bpo_ledger_merge(ledger, foreign, NULL), BPO_E_MISMATCH);
    bpo_ledger_unref(ledger);
    bpo_ledger_unref(twin);
    bpo_ledger_unref(foreign);
    bpo_contract_unref(a);
    bpo_contract_unref(b);
    bpo_contract_unref(amended);
    bpo_context_unref(context);
}

static bpo_status two_parts_are_merged(fault_host *fault, void *user)
{
    bpo_contract *contract = NULL;
    bpo_ledger *a = NULL, *b = NULL, *copy = NULL;
    bpo_statement *statement = NULL;
    test_bytes bytes = {0};
    bpo_sink inner = test_bytes_sink(&bytes);
    fault_sink_state sink_state;
    bpo_sink sink = fault_sink(fault, &inner, &sink_state);
    (void)user;
    bpo_status status = acme_open(&fault->host, &contract);
    if (status >= 0)
        status = bpo_ledger_new(contract, "2026-01", &a, NULL);
    if (status >= 0)
        status = bpo_ledger_new(contract, "2026-01", &b, NULL);
    if (status >= 0)
        status = acme_add(a, acme_opened(JANUARY(5, 9, 0), "T1", "1a", "high"), NULL, NULL);
    if (status >= 0)
        status = acme_add(b, acme_worked(JANUARY(7, 12, 0), "ann", "w1", 90 * BPO_MINUTE), NULL, NULL);
    if (status >= 0)
        status = bpo_ledger_merge(a, b, NULL);
    if (status >= 0)
        status = bpo_ledger_encode(a, &sink, NULL);
    if (status >= 0)
        status = bpo_ledger_decode(contract, bytes.data, bytes.size, &copy, NULL);
    if (status >= 0)
        status = bpo_ledger_close(copy, NULL, 0, FEBRUARY(1, 0, 0), &statement, NULL);
    bpo_statement_unref(statement);
    bpo_ledger_unref(copy);
    bpo_ledger_unref(b);
    bpo_ledger_unref(a);
    bpo_contract_unref(contract);
    test_bytes_clear(&bytes);
    return status;
}

static void every_failure_is_reported_and_leaves_nothing(void **state)
{
    (void)state;
    assert_true(fault_torture(two_parts_are_merged, NULL) > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_partition_and_any_tree_gives_the_same_bytes),
        cmocka_unit_test(borrowed_histories_give_the_same_bytes),
        cmocka_unit_test(a_settled_subject_adds_nothing_to_later_periods),
        cmocka_unit_test(a_subject_in_both_parts_is_refused),
        cmocka_unit_test(a_foreign_part_is_refused),
        cmocka_unit_test(contracts_are_told_apart_without_digests),
        cmocka_unit_test(every_failure_is_reported_and_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
