/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "acme.h"
#include "ledger/position.h"
#include "mutation.h"
#include <stdlib.h>

typedef struct fixture {
    bpo_context *context;
    bpo_contract *contract;
    bpo__position position;
    bpo__buffer bytes;
} fixture;

static bpo_decimal cents(int64_t amount)
{
    bpo_decimal value;
    assert_int_equal(bpo_decimal_set(amount, 2, &value), BPO_OK);
    return value;
}

static void post(bpo__position *position, const char *charge, bpo_time period, uint32_t version, int64_t amount)
{
    bpo_decimal value = cents(amount);
    assert_int_equal(bpo__position_post(position, bpo__text_of(charge), period, version, &value), BPO_OK);
}

static void expect_amount(const bpo__position *position, const char *charge, bpo_time period, uint32_t version,
                          int64_t amount)
{
    bpo_decimal value = bpo__position_amount(position, bpo__text_of(charge), period, version);
    bpo_decimal expected = cents(amount);
    assert_int_equal(bpo_decimal_compare(&value, &expected), 0);
}

static void begin(fixture *f)
{
    bpo_host host = test_host();
    *f = (fixture){0};
    assert_int_equal(bpo_context_new(&host, &f->context, NULL), BPO_OK);
    assert_int_equal(acme_open(&host, &f->contract), BPO_OK);
    assert_int_equal(bpo__position_init(&f->position, f->context), BPO_OK);
    bpo__buffer_init(&f->bytes, f->context);
    f->position.contract = BPO__TEXT("acme-2026");
    f->position.end = MARCH(1, 0, 0);
}

static void write_it(fixture *f)
{
    f->bytes.size = 0;
    assert_int_equal(bpo__position_write(&f->position, &f->bytes), BPO_OK);
}

static void end(fixture *f)
{
    bpo__buffer_clear(&f->bytes);
    bpo__position_clear(&f->position);
    bpo_contract_unref(f->contract);
    bpo_context_unref(f->context);
}

static void fill(fixture *f)
{
    post(&f->position, "work", FEBRUARY(1, 0, 0), 1, 9000);
    post(&f->position, "fee", FEBRUARY(1, 0, 0), 0, 10000);
    post(&f->position, "work", FEBRUARY(1, 0, 0), 0, 6000);
    post(&f->position, "work", JANUARY(1, 0, 0), 0, -1500);
    assert_int_equal(bpo__position_set_failures(&f->position, BPO__TEXT("resolved"), 2), BPO_OK);
    assert_int_equal(bpo__position_set_failures(&f->position, BPO__TEXT("answered"), 1), BPO_OK);
}

static void amounts_add_up(void **state)
{
    fixture f;
    (void)state;
    begin(&f);
    fill(&f);
    expect_amount(&f.position, "work", FEBRUARY(1, 0, 0), 1, 9000);
    expect_amount(&f.position, "work", JANUARY(1, 0, 0), 0, -1500);
    expect_amount(&f.position, "work", JANUARY(1, 0, 0), 1, 0);
    expect_amount(&f.position, "wor", JANUARY(1, 0, 0), 0, 0);
    post(&f.position, "work", JANUARY(1, 0, 0), 0, 4000);
    expect_amount(&f.position, "work", JANUARY(1, 0, 0), 0, 2500);
    assert_int_equal(f.position.amount_count, 4);
    end(&f);
}

static void zeros_are_not_kept(void **state)
{
    fixture f;
    (void)state;
    begin(&f);
    fill(&f);
    post(&f.position, "work", JANUARY(1, 0, 0), 0, 1500);
    post(&f.position, "gone", JANUARY(1, 0, 0), 0, 0);
    assert_int_equal(f.position.amount_count, 3);
    assert_int_equal(bpo__position_failures(&f.position, BPO__TEXT("resolved")), 2);
    assert_int_equal(bpo__position_set_failures(&f.position, BPO__TEXT("resolved"), 0), BPO_OK);
    assert_int_equal(bpo__position_set_failures(&f.position, BPO__TEXT("other"), 0), BPO_OK);
    assert_int_equal(bpo__position_failures(&f.position, BPO__TEXT("resolved")), 0);
    assert_int_equal(bpo__position_failures(&f.position, BPO__TEXT("answered")), 1);
    assert_int_equal(f.position.streak_count, 1);
    end(&f);
}

static void what_was_posted_before_an_instant_can_be_forgotten(void **state)
{
    fixture f;
    (void)state;
    begin(&f);
    fill(&f);
    bpo__position_forget(&f.position, JANUARY(1, 0, 0));
    assert_int_equal(f.position.amount_count, 4);
    bpo__position_forget(&f.position, FEBRUARY(1, 0, 0));
    assert_int_equal(f.position.amount_count, 3);
    expect_amount(&f.position, "work", JANUARY(1, 0, 0), 0, 0);
    expect_amount(&f.position, "work", FEBRUARY(1, 0, 0), 0, 6000);
    assert_int_equal(bpo__position_failures(&f.position, BPO__TEXT("resolved")), 2);
    end(&f);
}

static void the_order_of_posting_leaves_no_trace(void **state)
{
    fixture a, b;
    (void)state;
    begin(&a);
    begin(&b);
    fill(&a);
    assert_int_equal(bpo__position_set_failures(&b.position, BPO__TEXT("answered"), 1), BPO_OK);
    assert_int_equal(bpo__position_set_failures(&b.position, BPO__TEXT("resolved"), 2), BPO_OK);
    post(&b.position, "work", JANUARY(1, 0, 0), 0, -500);
    post(&b.position, "work", FEBRUARY(1, 0, 0), 0, 6000);
    post(&b.position, "fee", FEBRUARY(1, 0, 0), 0, 10000);
    post(&b.position, "work", FEBRUARY(1, 0, 0), 1, 9000);
    post(&b.position, "work", JANUARY(1, 0, 0), 0, -1000);
    write_it(&a);
    write_it(&b);
    assert_int_equal(a.bytes.size, b.bytes.size);
    assert_memory_equal(a.bytes.data, b.bytes.data, a.bytes.size);
    end(&a);
    end(&b);
}

static void what_is_read_back_is_the_same(void **state)
{
    fixture f, copy;
    (void)state;
    begin(&f);
    begin(&copy);
    fill(&f);
    write_it(&f);
    assert_int_equal(bpo__position_read(&copy.position, f.contract, MARCH(1, 0, 0), f.bytes.data, f.bytes.size, NULL),
                     BPO_OK);
    expect_amount(&copy.position, "work", JANUARY(1, 0, 0), 0, -1500);
    assert_int_equal(bpo__position_failures(&copy.position, BPO__TEXT("resolved")), 2);
    write_it(&copy);
    assert_int_equal(copy.bytes.size, f.bytes.size);
    assert_memory_equal(copy.bytes.data, f.bytes.data, f.bytes.size);
    end(&copy);
    end(&f);
}

static bpo_status read_status(const fixture *f, bpo_time start, bpo_error *err)
{
    bpo__position position;
    assert_int_equal(bpo__position_init(&position, f->context), BPO_OK);
    bpo_status status = bpo__position_read(&position, f->contract, start, f->bytes.data, f->bytes.size, err);
    bpo__position_clear(&position);
    return status;
}

static void a_position_of_something_else_is_refused(void **state)
{
    fixture f;
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    begin(&f);
    write_it(&f);
    assert_int_equal(read_status(&f, FEBRUARY(1, 0, 0), &err), BPO_E_MISMATCH);
    assert_non_null(strstr(err.message, "2026-03-01T00:00:00Z"));
    f.position.contract = BPO__TEXT("globex-2026");
    write_it(&f);
    assert_int_equal(read_status(&f, MARCH(1, 0, 0), &err), BPO_E_MISMATCH);
    assert_non_null(strstr(err.message, "globex-2026"));
    end(&f);
}

/* A position knows nothing of the period that opens with it. */
static void amounts_of_the_future_are_refused(void **state)
{
    fixture f;
    (void)state;
    begin(&f);
    post(&f.position, "work", MARCH(1, 0, 0), 0, 1);
    write_it(&f);
    assert_int_equal(read_status(&f, MARCH(1, 0, 0), NULL), BPO_E_CORRUPT);
    end(&f);
}

static void hostile_bytes_never_crash(void **state)
{
    fixture f, copy;
    test_random random = {20260901};
    (void)state;
    begin(&f);
    fill(&f);
    write_it(&f);
    unsigned char *bytes = malloc(f.bytes.size);
    assert_non_null(bytes);
    for (int round = 0; round < 2000; round++) {
        begin(&copy);
        mutation_make(&random, f.bytes.data, bytes, f.bytes.size);
        if (bpo__position_read(&copy.position, f.contract, MARCH(1, 0, 0), bytes, f.bytes.size, NULL) == BPO_OK) {
            write_it(&copy); /* one state has one form */
            assert_int_equal(copy.bytes.size, f.bytes.size);
            assert_memory_equal(copy.bytes.data, bytes, f.bytes.size);
        }
        end(&copy);
    }
    free(bytes);
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_add_up),
        cmocka_unit_test(zeros_are_not_kept),
        cmocka_unit_test(what_was_posted_before_an_instant_can_be_forgotten),
        cmocka_unit_test(the_order_of_posting_leaves_no_trace),
        cmocka_unit_test(what_is_read_back_is_the_same),
        cmocka_unit_test(a_position_of_something_else_is_refused),
        cmocka_unit_test(amounts_of_the_future_are_refused),
        cmocka_unit_test(hostile_bytes_never_crash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
