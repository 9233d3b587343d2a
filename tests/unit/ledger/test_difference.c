/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "acme.h"
#include "ledger/difference.h"

typedef struct fixture {
    bpo_context *context;
    bpo_contract *contract;
    bpo__history history;
} fixture;

static void add(fixture *f, bpo_time at, const char *key, uint32_t revision, uint32_t flags)
{
    acme_fact fact = acme_worked(at, "ann", key, BPO_MINUTE);
    bpo__buffer bytes;
    bpo__added added;
    bpo__buffer_init(&bytes, f->context);
    fact.fact.revision = revision;
    fact.fact.flags = flags;
    assert_int_equal(bpo__fact_encode(f->contract, acme_point(&fact), &bytes, NULL), BPO_OK);
    assert_int_equal(bpo__history_add(&f->history, &fact.fact, bytes.data, bytes.size, &added, NULL), BPO_OK);
    bpo__buffer_clear(&bytes);
}

static void begin(fixture *f)
{
    bpo_host host = test_host();
    *f = (fixture){0};
    assert_int_equal(bpo_context_new(&host, &f->context, NULL), BPO_OK);
    assert_int_equal(acme_open(&host, &f->contract), BPO_OK);
    bpo__history_init(&f->history, f->context);
}

/* The difference of February to January, as "+key" and "-key"; the fixture ends. */
static void expect(fixture *f, const char *expected)
{
    const bpo__view after = {MARCH(1, 0, 0), true, false}, before = {FEBRUARY(1, 0, 0), false, false};
    bpo__difference difference = bpo__difference_of(&f->history, after, before);
    const bpo__entry *entry;
    int32_t sign;
    char found[128] = "";
    while ((entry = bpo__difference_next(&difference, &sign)) != NULL) {
        strcat(found, sign > 0 ? "+" : "-");
        strncat(found, entry->key.data, entry->key.size);
        assert_true(strlen(found) < 100);
    }
    assert_string_equal(found, expected);
    bpo__history_clear(&f->history);
    bpo_contract_unref(f->contract);
    bpo_context_unref(f->context);
}

static void what_counts_in_both_is_passed_over(void **state)
{
    fixture f;
    (void)state;
    begin(&f);
    add(&f, JANUARY(3, 0, 0), "a", 0, 0);
    add(&f, JANUARY(4, 0, 0), "b", 0, 0);
    add(&f, FEBRUARY(3, 0, 0), "c", 0, 0);
    add(&f, MARCH(1, 0, 0), "d", 0, 0);
    expect(&f, "+c");
}

static void a_late_fact_came(void **state)
{
    fixture f;
    (void)state;
    begin(&f);
    add(&f, JANUARY(3, 0, 0), "a", 0, BPO_FACT_LATE);
    add(&f, JANUARY(4, 0, 0), "b", 0, 0);
    expect(&f, "+a");
}

static void a_correction_comes_and_what_it_corrects_goes(void **state)
{
    fixture f;
    (void)state;
    begin(&f);
    add(&f, JANUARY(4, 0, 0), "b", 0, 0);
    add(&f, JANUARY(3, 0, 0), "b", 1, BPO_FACT_LATE);
    add(&f, JANUARY(9, 0, 0), "z", 0, 0);
    expect(&f, "+b-b");
}

static void a_retracted_fact_goes(void **state)
{
    fixture f;
    (void)state;
    begin(&f);
    add(&f, JANUARY(4, 0, 0), "b", 0, 0);
    add(&f, JANUARY(4, 0, 0), "b", 1, BPO_FACT_LATE | BPO_FACT_RETRACTED);
    expect(&f, "-b");
}

static void a_fact_that_moves_behind_the_horizon_stays_until_then(void **state)
{
    fixture f;
    (void)state;
    begin(&f);
    add(&f, JANUARY(4, 0, 0), "b", 0, 0);
    add(&f, MARCH(4, 0, 0), "b", 1, 0);
    expect(&f, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_counts_in_both_is_passed_over),
        cmocka_unit_test(a_late_fact_came),
        cmocka_unit_test(a_correction_comes_and_what_it_corrects_goes),
        cmocka_unit_test(a_retracted_fact_goes),
        cmocka_unit_test(a_fact_that_moves_behind_the_horizon_stays_until_then),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
