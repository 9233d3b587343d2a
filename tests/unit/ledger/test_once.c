/* SPDX-License-Identifier: Apache-2.0 */
/* Once per ticket: a ticket counts once in a period, however often it was solved, and nothing of it is kept. What came
 * late, was corrected, moved or retracted ends where it would have been, had it been known in time. */
#include "support/test.h"

#include "acme.h"
#include "ledger/ledger.h"
#include "ledger/position.h"
#include "support/random.h"

enum { TICKETS = 12, FACTS_MOST = 160, VERSIONS = 2, MONTHS = 2 };

static const bpo_time month_starts[MONTHS + 1] = {JANUARY(1, 0, 0), FEBRUARY(1, 0, 0), MARCH(1, 0, 0)};
static const bpo_time version_start = JANUARY(17, 0, 0);

typedef struct world {
    bpo_context *context;
    bpo_contract *contract; /* of two versions */
    acme_fact facts[FACTS_MOST];
    size_t count;
    test_random random;
} world;

static void begin(world *w, uint64_t seed)
{
    bpo_host host = test_host();
    bpo_contract *first = NULL;
    *w = (world){.random = {seed}};
    assert_int_equal(bpo_context_new(&host, &w->context, NULL), BPO_OK);
    assert_int_equal(acme_open(&host, &first), BPO_OK);
    assert_int_equal(acme_amend(w->context, first, &w->contract), BPO_OK);
    bpo_contract_unref(first);
}

static void end(world *w)
{
    bpo_contract_unref(w->contract);
    bpo_context_unref(w->context);
}

static void keep(world *w, acme_fact fact)
{
    assert_true(w->count < FACTS_MOST);
    w->facts[w->count++] = fact;
}

static bpo_ledger *new_ledger(const world *w, size_t month)
{
    static const char *const names[] = {"2026-01", "2026-02"};
    bpo_ledger *ledger = NULL;
    assert_int_equal(bpo_ledger_new(w->contract, names[month], &ledger, NULL), BPO_OK);
    return ledger;
}

/* A month as it is closed: January's ledger has nothing that came late. */
static bpo_statement *close_month(const world *w, size_t month, const bpo_statement *before)
{
    bpo_ledger *ledger = new_ledger(w, month);
    bpo_statement *statement = NULL;
    bpo_error err = BPO_ERROR_INIT;
    size_t size = 0;
    const void *opening = bpo_statement_closing_position(before, &size);
    for (size_t i = 0; i < w->count; i++)
        if (month > 0 || !(w->facts[i].fact.flags & BPO_FACT_LATE))
            assert_int_equal(acme_add(ledger, w->facts[i], NULL, NULL), BPO_OK);
    if (bpo_ledger_close(ledger, opening, size, MARCH(1, 0, 0), &statement, &err) != BPO_OK)
        fail_msg("%s: %s", err.path, err.message);
    bpo_ledger_unref(ledger);
    return statement;
}

/* How many tickets the closing position says were solved, by month and version. */
static void read_posted(const world *w, const bpo_statement *statement, bpo_time position_end,
                        int64_t posted[MONTHS][VERSIONS])
{
    bpo__position position;
    bpo__usage_item *list = NULL;
    size_t size = 0, count = 0;
    const void *bytes = bpo_statement_closing_position(statement, &size);
    memset(posted, 0, MONTHS * sizeof *posted);
    assert_int_equal(bpo__position_init(&position, w->context), BPO_OK);
    assert_int_equal(bpo__position_read(&position, w->contract, position_end, bytes, size, NULL), BPO_OK);
    assert_int_equal(bpo__usage_list(position.quantities, &list, &count), BPO_OK);
    for (size_t i = 0; i < count; i++) {
        assert_false(list[i].keyed);
        assert_true(bpo__text_is(list[i].charge, "tickets"));
        assert_true(list[i].version < VERSIONS && list[i].quantity.scale == 0);
        posted[list[i].period_start > month_starts[0]][list[i].version] = (int64_t)list[i].quantity.lo;
    }
    bpo__free(w->context, list, count * sizeof *list);
    bpo__position_clear(&position);
}

/* --- by chance ------------------------------------------------------------------------------------------------- */

static uint64_t below(world *w, uint64_t limit)
{
    return test_random_below(&w->random, limit);
}

/* From January to the first days of March: what lies in March is not known to February. */
static bpo_time any_time(world *w)
{
    return ACME_NEW_YEAR + (bpo_time)below(w, 65 * 24) * BPO_HOUR;
}

static uint32_t late_at(bpo_time at)
{
    return at < month_starts[1] ? BPO_FACT_LATE : 0;
}

/* Sometimes what was said is corrected later: another instant, or that it never was. */
static void keep_solution(world *w, acme_fact fact)
{
    if (below(w, 4) == 0)
        fact.fact.flags = late_at(fact.fact.at);
    keep(w, fact);
    if (below(w, 3) > 0)
        return;
    fact.fact.revision = 1;
    fact.fact.at = below(w, 2) > 0 ? fact.fact.at : any_time(w);
    fact.fact.flags = late_at(fact.fact.at) | (below(w, 2) > 0 ? BPO_FACT_RETRACTED : 0);
    keep(w, fact);
}

static void add_ticket(world *w, size_t index)
{
    char name[16] = "T", key[24];
    bpo__integer_format((int64_t)index, name + 1);
    strcat(strcpy(key, name), "a");
    acme_fact opened = acme_opened(any_time(w), name, key, "low");
    if (below(w, 4) == 0)
        opened.fact.flags = late_at(opened.fact.at);
    keep(w, opened);
    for (char letter = 'b'; letter < 'b' + (char)below(w, 5); letter++) {
        key[strlen(name)] = letter;
        keep_solution(w, acme_solved(any_time(w), name, key));
    }
}

/* --- counted the plain way --------------------------------------------------------------------------------------- */

/* Whether no later revision of the fact is known by the end of February. */
static bool counts(const world *w, const acme_fact *fact)
{
    if (fact->fact.at >= MARCH(1, 0, 0) || fact->fact.flags & BPO_FACT_RETRACTED)
        return false;
    for (size_t i = 0; i < w->count; i++)
        if (strcmp(w->facts[i].key, fact->key) == 0 && w->facts[i].fact.revision > fact->fact.revision &&
            w->facts[i].fact.at < MARCH(1, 0, 0))
            return false;
    return true;
}

static void count_ticket(const world *w, const acme_fact *opened, int64_t expected[MONTHS][VERSIONS])
{
    bpo_time first[MONTHS] = {BPO_TIME_NEVER, BPO_TIME_NEVER};
    for (size_t i = 0; i < w->count; i++) {
        const acme_fact *fact = &w->facts[i];
        if (strcmp(fact->subject, opened->subject) != 0 || fact->fact.kind != BPO_TICKET_SOLVED || !counts(w, fact))
            continue;
        bpo_time at = fact->fact.at > opened->fact.at ? fact->fact.at : opened->fact.at;
        bpo_time *earliest = &first[at >= month_starts[1]];
        *earliest = at < *earliest ? at : *earliest;
    }
    for (size_t month = 0; month < MONTHS; month++)
        if (first[month] != BPO_TIME_NEVER)
            expected[month][first[month] >= version_start]++;
}

static void late_facts_count_as_if_they_had_come_in_time(void **state)
{
    static world w;
    (void)state;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        int64_t expected[MONTHS][VERSIONS] = {{0}}, posted[MONTHS][VERSIONS];
        begin(&w, seed);
        for (size_t i = 0; i < TICKETS; i++)
            add_ticket(&w, i);
        for (size_t i = 0; i < w.count; i++)
            if (w.facts[i].fact.kind == BPO_TICKET_OPENED && counts(&w, &w.facts[i]))
                count_ticket(&w, &w.facts[i], expected);
        bpo_statement *january = close_month(&w, 0, NULL), *february = close_month(&w, 1, january);
        read_posted(&w, february, MARCH(1, 0, 0), posted);
        assert_memory_equal(posted, expected, sizeof posted);
        bpo_statement_unref(january);
        bpo_statement_unref(february);
        end(&w);
    }
}

/* --- by hand ----------------------------------------------------------------------------------------------------- */

/* Solved under both versions of January and again in February. */
static void a_ticket_counts_once_in_a_period_under_the_first_version_that_saw_it(void **state)
{
    static const int64_t expected[MONTHS][VERSIONS] = {{1, 0}, {0, 1}};
    static world w;
    int64_t posted[MONTHS][VERSIONS];
    (void)state;
    begin(&w, 0);
    keep(&w, acme_opened(JANUARY(5, 9, 0), "T1", "1a", "high"));
    keep(&w, acme_solved(JANUARY(6, 9, 0), "T1", "1b"));
    keep(&w, acme_solved(JANUARY(7, 9, 0), "T1", "1c"));
    keep(&w, acme_solved(JANUARY(20, 9, 0), "T1", "1d"));
    keep(&w, acme_solved(FEBRUARY(2, 9, 0), "T1", "1e"));
    keep(&w, acme_solved(FEBRUARY(3, 9, 0), "T1", "1f"));
    bpo_statement *january = close_month(&w, 0, NULL), *february = close_month(&w, 1, january);
    read_posted(&w, february, MARCH(1, 0, 0), posted);
    assert_memory_equal(posted, expected, sizeof posted);
    bpo_statement_unref(january);
    bpo_statement_unref(february);
    end(&w);
}

/* The ticket of a ticket's fact is its subject, also where the fact names another. */
static void a_ticket_that_a_fact_names_is_not_its_subject(void **state)
{
    static world w;
    int64_t posted[MONTHS][VERSIONS];
    (void)state;
    begin(&w, 0);
    for (int i = 0; i < 2; i++) {
        const char *name = i == 0 ? "T1" : "T2";
        acme_fact solved = acme_solved(JANUARY(6, 9, 0), name, i == 0 ? "1b" : "2b");
        acme_text(&solved, BPO_VALUE_TICKET, "T1");
        keep(&w, acme_opened(JANUARY(5, 9, 0), name, i == 0 ? "1a" : "2a", "high"));
        keep(&w, solved);
    }
    bpo_statement *january = close_month(&w, 0, NULL);
    read_posted(&w, january, FEBRUARY(1, 0, 0), posted);
    assert_int_equal(posted[0][0], 2);
    bpo_statement_unref(january);
    end(&w);
}

/* January's ledger with so many tickets, each solved twice. */
static bpo_ledger *ledger_of(const world *w, int64_t tickets)
{
    bpo_ledger *ledger = new_ledger(w, 0);
    for (int64_t i = 0; i < tickets; i++) {
        char name[24] = "T", key[24];
        bpo__integer_format(i, name + 1);
        for (char letter = 'a'; letter <= 'c'; letter++) {
            size_t size = strlen(strcpy(key, name));
            key[size] = letter;
            key[size + 1] = '\0';
            bpo_time at = JANUARY(5, 9, 0) + (letter - 'a') * BPO_HOUR;
            acme_fact fact = letter == 'a' ? acme_opened(at, name, key, "low") : acme_solved(at, name, key);
            assert_int_equal(acme_add(ledger, fact, NULL, NULL), BPO_OK);
        }
    }
    return ledger;
}

/* Only the subjects' own rows, which no position keeps, are as many as the tickets. */
static void the_position_does_not_grow_with_the_tickets_solved(void **state)
{
    enum { FEW = 10, MANY = 1000, LONGER_NUMBERS = 8 };
    world w;
    size_t few = 0, many = 0;
    bpo_ledger_size size = BPO_LEDGER_SIZE_INIT;
    bpo_statement *small = NULL, *large = NULL;
    (void)state;
    begin(&w, 0);
    bpo_ledger *ledger = ledger_of(&w, MANY), *other = ledger_of(&w, FEW);
    assert_int_equal(bpo_ledger_memory(ledger, &size, NULL), BPO_OK);
    assert_int_equal(size.key_count, MANY);
    assert_int_equal(bpo_ledger_close(other, NULL, 0, FEBRUARY(1, 0, 0), &small, NULL), BPO_OK);
    assert_int_equal(bpo_ledger_close(ledger, NULL, 0, FEBRUARY(1, 0, 0), &large, NULL), BPO_OK);
    bpo_statement_closing_position(small, &few);
    bpo_statement_closing_position(large, &many);
    assert_in_range(many, few, few + LONGER_NUMBERS);
    bpo_statement_unref(small);
    bpo_statement_unref(large);
    bpo_ledger_unref(ledger);
    bpo_ledger_unref(other);
    end(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(late_facts_count_as_if_they_had_come_in_time),
        cmocka_unit_test(a_ticket_counts_once_in_a_period_under_the_first_version_that_saw_it),
        cmocka_unit_test(a_ticket_that_a_fact_names_is_not_its_subject),
        cmocka_unit_test(the_position_does_not_grow_with_the_tickets_solved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
