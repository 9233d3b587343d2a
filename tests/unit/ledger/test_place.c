/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "acme.h"
#include "ledger/place.h"

typedef struct fixture {
    bpo_context *context;
    bpo_contract *contract;
    bpo_contract *amended; /* another version from 17 January on */
} fixture;

static void begin(fixture *f)
{
    bpo_host host = test_host();
    *f = (fixture){NULL, NULL, NULL};
    assert_int_equal(bpo_context_new(&host, &f->context, NULL), BPO_OK);
    assert_int_equal(acme_open(&host, &f->contract), BPO_OK);
    assert_int_equal(acme_amend(f->context, f->contract, &f->amended), BPO_OK);
}

static void end(fixture *f)
{
    bpo_contract_unref(f->amended);
    bpo_contract_unref(f->contract);
    bpo_context_unref(f->context);
}

static void expect(const fixture *f, bpo_time at, bpo_time from, bpo_time until, uint32_t version)
{
    bpo__place place = {0};
    assert_int_equal(bpo__place_find(&place, f->amended, at, NULL), BPO_OK);
    assert_int_equal(place.from, from);
    assert_int_equal(place.until, until);
    assert_int_equal(place.version, version);
    assert_ptr_equal(place.plan, bpo__contract_plan(f->amended, version));
}

static void a_place_ends_with_its_period_or_version(void **state)
{
    fixture f;
    (void)state;
    begin(&f);
    expect(&f, JANUARY(5, 0, 0), JANUARY(1, 0, 0), JANUARY(17, 0, 0), 0);
    expect(&f, JANUARY(17, 0, 0), JANUARY(17, 0, 0), FEBRUARY(1, 0, 0), 1);
    expect(&f, FEBRUARY(28, 23, 59), FEBRUARY(1, 0, 0), MARCH(1, 0, 0), 1);
    end(&f);
}

static void a_place_that_holds_the_instant_is_kept(void **state)
{
    fixture f;
    bpo__place place = {0};
    (void)state;
    begin(&f);
    assert_int_equal(bpo__place_find(&place, f.amended, JANUARY(5, 0, 0), NULL), BPO_OK);
    place.version = 99; /* would be set right by a search */
    assert_int_equal(bpo__place_find(&place, f.amended, JANUARY(16, 23, 59), NULL), BPO_OK);
    assert_int_equal(place.version, 99);
    assert_int_equal(bpo__place_find(&place, f.amended, JANUARY(17, 0, 0), NULL), BPO_OK);
    assert_int_equal(place.version, 1);
    end(&f);
}

static void the_places_of_a_period_cover_it(void **state)
{
    fixture f;
    bpo__place *places = NULL;
    size_t count = 0;
    (void)state;
    begin(&f);
    assert_int_equal(bpo__places_of(f.amended, JANUARY(1, 0, 0), FEBRUARY(1, 0, 0), &places, &count, NULL), BPO_OK);
    assert_int_equal(count, 2);
    assert_int_equal(places[0].from, JANUARY(1, 0, 0));
    assert_int_equal(places[0].until, places[1].from);
    assert_int_equal(places[1].until, FEBRUARY(1, 0, 0));
    bpo__free(f.context, places, count * sizeof *places);
    end(&f);
}

static void days_are_local_dates(void **state)
{
    fixture f;
    bpo__place place = {0};
    (void)state;
    begin(&f);
    assert_int_equal(bpo__place_find(&place, f.amended, JANUARY(5, 0, 0), NULL), BPO_OK);
    assert_int_equal(bpo__place_days(&place, JANUARY(1, 0, 0), FEBRUARY(1, 0, 0)), 31);
    assert_int_equal(bpo__place_days(&place, JANUARY(1, 0, 0), JANUARY(1, 23, 59)), 0);
    assert_int_equal(bpo__place_days(&place, JANUARY(1, 23, 0), JANUARY(2, 1, 0)), 1);
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_place_ends_with_its_period_or_version),
        cmocka_unit_test(a_place_that_holds_the_instant_is_kept),
        cmocka_unit_test(the_places_of_a_period_cover_it),
        cmocka_unit_test(days_are_local_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
