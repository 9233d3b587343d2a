/* SPDX-License-Identifier: Apache-2.0 */
/* The book: versions from amendments, what is shared and what is refused. */
#include "terms_support.h"

#include "terms/plan.h"

#define AT(text) instant(text)

static bpo_context *context;
static bpo_contract *base;

static int set_up(void **state)
{
    (void)state;
    context = context_new();
    base = contract_of(context, complete, COUNT(complete));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    base = bpo_contract_unref(base);
    context = bpo_context_unref(context);
    return 0;
}

static bpo_time instant(const char *text)
{
    bpo_time at = 0;

    assert_int_equal(bpo_time_parse(text, &at, NULL), BPO_OK);
    return at;
}

static bpo_amendment amendment_of(uint32_t number, bpo_time from, bpo_time to, const bpo_terms *changes)
{
    bpo_amendment amendment = BPO_AMENDMENT_INIT;

    amendment.number = number;
    amendment.effective_from = from;
    amendment.effective_to = to;
    amendment.client_approval = "ada";
    amendment.provider_approval = "grace";
    amendment.changes = changes;
    return amendment;
}

/* The book with one amendment more, of lines; the old one is given back. */
static bpo_contract *amended(bpo_contract *book, bpo_time from, bpo_time to, const line *lines, size_t count)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_terms *changes = terms_of(context, lines, count);
    bpo_amendment amendment = amendment_of((uint32_t)bpo__contract_amendment_count(book) + 1, from, to, changes);
    bpo_contract *next = NULL;

    if (bpo_contract_amend(book, &amendment, &next, &err) != BPO_OK)
        fail_msg("%s: %s", err.path, err.message);
    bpo_terms_unref(changes);
    bpo_contract_unref(book);
    return next;
}

static const char *seat_rate(const bpo_contract *book, const char *at)
{
    return bpo__contract_plan_at(book, AT(at))->pricing.charges[0].rate_text;
}

static void a_contract_without_amendments_has_one_version(void **state)
{
    (void)state;
    assert_int_equal(bpo_contract_version_count(base), 1);
    assert_int_equal(bpo_contract_version_at(base, INT64_MIN), 0);
    assert_int_equal(bpo_contract_version_at(base, INT64_MAX), 0);
    assert_int_equal(bpo__contract_next_version(base, 0), BPO_TIME_NEVER);
    assert_int_equal(bpo__contract_start(base), AT("2026-01-01T00:00:00-05:00"));
    assert_int_equal(bpo__contract_clock_tolerance(base), 5 * BPO_SECOND);
    assert_int_equal(bpo__contract_late_facts(base), BPO__LATE_ADJUST);
}

/* March ended 61 days before June begins, February 92 days less the hour of the change to summer time. */
static void the_window_for_late_facts_is_of_whole_periods(void **state)
{
    static const struct {
        const char *window, *settled_until; /* NULL: nothing is settled */
    } cases[] = {{"P92D", "2026-02-01T00:00:00-05:00"},   {"P91D", "2026-03-01T00:00:00-05:00"},
                 {"P61D", "2026-03-01T00:00:00-05:00"},   {"PT1463H59M", "2026-04-01T00:00:00-04:00"},
                 {"PT0S", "2026-05-01T00:00:00-04:00"},   {"P800000D", NULL},
                 {"P106751990D", NULL}};
    bpo_time june = AT("2026-06-01T00:00:00-04:00");

    (void)state;
    assert_int_equal(bpo__contract_settled_until(base, june), INT64_MIN);
    for (size_t i = 0; i < COUNT(cases); i++) {
        bpo_terms *terms = terms_of(context, complete, COUNT(complete));
        bpo_contract *book = NULL;
        assert_int_equal(bpo_terms_set(terms, "/contract/late_window", cases[i].window, NULL), BPO_OK);
        assert_int_equal(bpo_contract_new(context, terms, &book, NULL), BPO_OK);
        bpo_time expected = cases[i].settled_until ? AT(cases[i].settled_until) : INT64_MIN;
        assert_int_equal(bpo__contract_settled_until(book, june), expected);
        assert_int_equal(bpo__contract_settled_until(book, INT64_MIN), INT64_MIN); /* nothing is sealed */
        bpo_contract_unref(book);
        bpo_terms_unref(terms);
    }
}

static void an_amendment_cuts_time_where_it_begins_and_ends(void **state)
{
    static const line raise[] = {{"/pricing/charges/seats/rate", "1900.00"}};
    bpo_time from = AT("2026-07-15T00:00:00Z"), to = AT("2026-09-01T00:00:00Z");
    bpo_contract *book = amended(bpo_contract_ref(base), from, to, raise, 1);

    (void)state;
    assert_int_equal(bpo_contract_version_count(book), 3);
    assert_int_equal(bpo_contract_version_at(book, from - 1), 0);
    assert_int_equal(bpo_contract_version_at(book, from), 1);
    assert_int_equal(bpo_contract_version_at(book, to), 2);
    assert_int_equal(bpo__contract_next_version(book, from - 1), from);
    assert_int_equal(bpo__contract_next_version(book, from), to);
    assert_int_equal(bpo__contract_next_version(book, to), BPO_TIME_NEVER);
    assert_string_equal(seat_rate(book, "2026-07-14T23:59:59Z"), "1850.00");
    assert_string_equal(seat_rate(book, "2026-07-15T00:00:00Z"), "1900.00");
    assert_string_equal(seat_rate(book, "2026-09-01T00:00:00Z"), "1850.00");
    /* The book before is as it was. */
    assert_int_equal(bpo_contract_version_count(base), 1);
    bpo_contract_unref(book);
}

static void amendments_in_force_apply_in_order_of_number(void **state)
{
    static const line first[] = {{"/pricing/charges/seats/rate", "2000"}, {"/contract/title", "first"}};
    static const line second[] = {{"/pricing/charges/seats/rate", "2100"}};
    bpo_contract *book = amended(bpo_contract_ref(base), AT("2026-06-01T00:00:00Z"), BPO_TIME_NEVER, first, 2);

    (void)state;
    /* Recorded later, it begins earlier, and wins wherever both hold. */
    book = amended(book, AT("2026-03-01T00:00:00Z"), AT("2026-08-01T00:00:00Z"), second, 1);
    assert_int_equal(bpo_contract_version_count(book), 4);
    assert_string_equal(seat_rate(book, "2026-02-01T00:00:00Z"), "1850.00");
    assert_string_equal(seat_rate(book, "2026-04-01T00:00:00Z"), "2100");
    assert_string_equal(seat_rate(book, "2026-07-01T00:00:00Z"), "2100");
    assert_string_equal(seat_rate(book, "2026-09-01T00:00:00Z"), "2000");
    assert_string_equal(
        bpo_terms_get(bpo__contract_plan_at(book, AT("2026-07-01T00:00:00Z"))->terms, "/contract/title"), "first");
    bpo_contract_unref(book);
}

static void a_table_is_replaced_whole(void **state)
{
    static const line flat[] = {{"/pricing/charges/tickets/tiers/0/rate", "1.00"}};
    bpo_contract *book = amended(bpo_contract_ref(base), AT("2026-07-01T00:00:00Z"), BPO_TIME_NEVER, flat, 1);
    const bpo__plan *plan = bpo__contract_plan(book, 1);

    (void)state;
    assert_int_equal(plan->pricing.charges[1].tier_count, 1);
    assert_true(plan->pricing.charges[1].tiers[0].unbounded);
    assert_null(bpo_terms_get(plan->terms, "/pricing/charges/tickets/tiers/1/rate"));
    bpo_contract_unref(book);
}

static void removals_come_before_changes(void **state)
{
    static const line changes[] = {{"/sla/policies/standard/targets/resolution/by/priority/1", "PT4H"}};
    static const char *const removals[] = {"/sla/policies/standard/targets/resolution"};
    bpo_terms *terms = terms_of(context, changes, 1);
    bpo_amendment amendment = amendment_of(1, 0, BPO_TIME_NEVER, terms);
    bpo_contract *book = NULL;

    (void)state;
    amendment.removals = removals;
    amendment.removal_count = 1;
    assert_int_equal(bpo_contract_amend(base, &amendment, &book, NULL), BPO_OK);
    assert_non_null(bpo_terms_get(bpo__contract_plan(book, 1)->terms, changes[0].path));
    assert_int_equal(bpo__contract_amendment(book, 0)->removal_count, 1);
    assert_string_equal(bpo__contract_amendment(book, 0)->removals[0], removals[0]);
    bpo_contract_unref(book);
    bpo_terms_unref(terms);
}

static void what_an_amendment_leaves_alone_is_shared(void **state)
{
    static const line raise[] = {{"/pricing/charges/seats/rate", "1900.00"}};
    static const line shorter[] = {{"/calendars/office/hours/fri", "09:00-15:00"}};
    bpo_contract *first = amended(bpo_contract_ref(base), 0, BPO_TIME_NEVER, raise, 1);
    bpo_contract *second = amended(bpo_contract_ref(first), BPO_DAY, BPO_TIME_NEVER, shorter, 1);

    (void)state;
    assert_ptr_equal(bpo__contract_plan(base, 0), bpo__contract_plan(first, 0));
    assert_ptr_equal(bpo__contract_plan(first, 1), bpo__contract_plan(second, 1));
    assert_ptr_not_equal(bpo__contract_plan(first, 1), bpo__contract_plan(second, 2));
    /* The same calendar, compiled once; another one where its hours changed. */
    assert_ptr_equal(bpo__contract_plan(base, 0)->calendars[0].calendar,
                     bpo__contract_plan(first, 1)->calendars[0].calendar);
    assert_ptr_not_equal(bpo__contract_plan(first, 1)->calendars[0].calendar,
                         bpo__contract_plan(second, 2)->calendars[0].calendar);
    bpo_contract_unref(first);
    bpo_contract_unref(second);
}

static void a_calendar_is_made_anew_where_one_that_it_is_made_from_changes(void **state)
{
    static const line combined[] = {{"/calendars/all/union", "office"}, {"/calendars/other/hours/mon", "09:00-17:00"},
                                    {"/calendars/summer/extends", "office"}};
    static const line shorter[] = {{"/calendars/office/hours/fri", "09:00-15:00"}};
    bpo_contract *first = amended(bpo_contract_ref(base), 0, BPO_TIME_NEVER, combined, 3);
    bpo_contract *second = amended(bpo_contract_ref(first), BPO_DAY, BPO_TIME_NEVER, shorter, 1);
    const bpo__named_calendar *before = bpo__contract_plan(first, 1)->calendars;
    const bpo__named_calendar *after = bpo__contract_plan(second, 2)->calendars;

    (void)state;
    assert_string_equal(after[0].name, "all");
    assert_ptr_not_equal(before[0].calendar, after[0].calendar);
    assert_string_equal(after[2].name, "other");
    assert_ptr_equal(before[2].calendar, after[2].calendar);
    assert_ptr_not_equal(before[3].calendar, after[3].calendar);
    bpo_contract_unref(first);
    bpo_contract_unref(second);
}

static void attribute_ids_are_the_same_in_amended_books(void **state)
{
    static const line typed[] = {{"/attributes/weight/type", "decimal"}};
    uint32_t before, after;
    bpo_contract *book;
    bpo_error err = BPO_ERROR_INIT;

    (void)state;
    assert_int_equal(bpo_contract_attribute(base, "shoe_size", &before, NULL), BPO_OK);
    book = amended(bpo_contract_ref(base), 0, BPO_TIME_NEVER, typed, 1);
    assert_int_equal(bpo_contract_attribute(book, "shoe_size", &after, NULL), BPO_OK);
    assert_int_equal(before, after);
    assert_int_equal(bpo_contract_attribute(book, "weight", &after, NULL), BPO_OK);
    assert_int_equal(bpo__names_type(bpo__contract_names(book), after), BPO_TYPE_DECIMAL);
    assert_int_equal(bpo_contract_attribute(book, "Shoe", &after, &err), BPO_E_INVALID);
    assert_contains(err.message, "a-z");
    bpo_contract_unref(book);
}

static void terms_of_a_version_are_a_copy(void **state)
{
    bpo_terms *terms = NULL;

    (void)state;
    assert_int_equal(bpo_contract_terms(base, 0, &terms, NULL), BPO_OK);
    assert_int_equal(bpo_terms_set(terms, "/contract/id", "what-if", NULL), BPO_OK);
    assert_string_equal(bpo_terms_get(bpo__contract_base(base), "/contract/id"), "acme-2026");
    bpo_terms_unref(terms);
    terms = NULL;
    assert_int_equal(bpo_contract_terms(base, 1, &terms, NULL), BPO_E_INVALID);
    assert_null(terms);
}

typedef struct refusal {
    uint32_t number;
    bpo_time from, to;
    const char *client, *provider;
    line change;
    const char *removal;
    bpo_status status;
    const char *path, *part;
} refusal;

static const refusal refusals[] = {
    {2, 0, BPO_TIME_NEVER, "a", "b", {"/contract/title", "x"}, NULL, BPO_E_INVALID, "", "the next of the book is 1"},
    {1, 9, 9, "a", "b", {"/contract/title", "x"}, NULL, BPO_E_INVALID, "", "ends before"},
    {1, 0, 9, "a", "a", {"/contract/title", "x"}, NULL, BPO_E_INVALID, "", "two different"},
    {1, 0, 9, "a", "", {"/contract/title", "x"}, NULL, BPO_E_INVALID, "", "two different"},
    {1, 0, 9, NULL, "b", {"/contract/title", "x"}, NULL, BPO_E_INVALID, "", "two different"},
    {1, 0, 9, "a", "b", {NULL, NULL}, NULL, BPO_E_INVALID, "", "at least one term"},
    {1, 0, 9, "a", "b", {"/contract/currency", "EUR"}, NULL, BPO_E_VALUE, "/contract/currency", "no amendment"},
    {1, 0, 9, "a", "b", {"/contract/anchor_day", "3"}, NULL, BPO_E_VALUE, "/contract/anchor_day", "no amendment"},
    {1, 0, 9, "a", "b", {NULL, NULL}, "/contract", BPO_E_VALUE, "/contract/currency", "no amendment"},
    {1, 0, 9, "a", "b", {NULL, NULL}, "/contract/title", BPO_E_NOT_FOUND, "/contract/title", "nothing to remove"},
    {1, 0, 9, "a", "b", {NULL, NULL}, "contract", BPO_E_PATH, "contract", "slash"},
    {1, 0, 9, "a", "b", {"/contract/titel", "x"}, NULL, BPO_E_PATH, "/contract/titel", "title"},
    {1,
     0,
     9,
     "a",
     "b",
     {"/pricing/charges/seats/rate", "24,50"},
     NULL,
     BPO_E_VALUE,
     "/pricing/charges/seats/rate",
     "24.50"},
    {1,
     0,
     9,
     "a",
     "b",
     {"/pricing/charges/tickets/tiers/1/rate", "1"},
     NULL,
     BPO_E_VALUE,
     "/pricing/charges/tickets/tiers/0",
     "without a gap"},
    {1,
     0,
     9,
     "a",
     "b",
     {"/sla/policies/standard/targets/resolution/otherwise", "PT1H"},
     NULL,
     BPO_E_PATH,
     "/sla/policies/standard/targets/resolution/otherwise",
     "has a value"},
};

static void refusals_leave_the_book_alone(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refusals); i++) {
        const refusal *row = &refusals[i];
        bpo_error err = BPO_ERROR_INIT;
        bpo_terms *changes = terms_of(context, &row->change, row->change.path != NULL);
        bpo_amendment amendment = amendment_of(row->number, row->from, row->to, changes);
        bpo_contract *book = NULL;
        amendment.client_approval = row->client;
        amendment.provider_approval = row->provider;
        amendment.removals = &row->removal;
        amendment.removal_count = row->removal != NULL;
        assert_int_equal(bpo_contract_amend(base, &amendment, &book, &err), row->status);
        assert_string_equal(err.path, row->path);
        assert_contains(err.message, row->part);
        assert_null(book);
        bpo_terms_unref(changes);
    }
    assert_int_equal(bpo_contract_version_count(base), 1);
}

static void missing_arguments_are_refused_softly(void **state)
{
    bpo_contract *book = NULL;
    bpo_amendment amendment = BPO_AMENDMENT_INIT;
    uint32_t id;

    (void)state;
    assert_int_equal(bpo_contract_new(NULL, NULL, &book, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_contract_amend(base, NULL, &book, NULL), BPO_E_INVALID);
    amendment.struct_size = 3;
    assert_int_equal(bpo_contract_amend(base, &amendment, &book, NULL), BPO_E_ABI);
    assert_int_equal(bpo_contract_attribute(base, NULL, &id, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_contract_version_count(NULL), 0);
    assert_null(bpo_contract_unref(NULL));
    assert_null(bpo_contract_ref(NULL));
}

static bpo_status amends_or_leaves_nothing(fault_host *fault, void *user)
{
    static const line raise[] = {{"/pricing/charges/seats/rate", "1900.00"},
                                 {"/pricing/charges/tickets/tiers/0/rate", "1.00"},
                                 {"/calendars/late/hours/mon-fri", "17:00-23:00"}};
    static const char *const removals[] = {"/calendars/office/holidays"};
    bpo_context *own = NULL;
    bpo_terms *terms = NULL, *changes = NULL, *in_force = NULL;
    bpo_contract *book = NULL, *next = NULL;
    bpo_amendment amendment;
    bpo_status status = bpo_context_new(&fault->host, &own, NULL);

    (void)user;
    if (status == BPO_OK)
        status = bpo_terms_new(own, &terms, NULL);
    if (status == BPO_OK)
        status = put_lines(terms, complete, COUNT(complete), NULL);
    if (status == BPO_OK)
        status = bpo_terms_new(own, &changes, NULL);
    if (status == BPO_OK)
        status = put_lines(changes, raise, COUNT(raise), NULL);
    if (status == BPO_OK)
        status = bpo_contract_new(own, terms, &book, NULL);
    amendment = amendment_of(1, 0, BPO_DAY, changes);
    amendment.removals = removals;
    amendment.removal_count = 1;
    if (status == BPO_OK) {
        status = bpo_contract_amend(book, &amendment, &next, NULL);
        assert_int_equal(bpo_contract_version_count(book), 1);
        assert_true((status == BPO_OK) == (next != NULL));
    }
    if (status == BPO_OK) {
        status = bpo_contract_terms(next, 1, &in_force, NULL);
        assert_true((status == BPO_OK) == (in_force != NULL));
    }
    bpo_terms_unref(in_force);
    bpo_contract_unref(next);
    bpo_contract_unref(book);
    bpo_terms_unref(changes);
    bpo_terms_unref(terms);
    bpo_context_unref(own);
    return status;
}

static void a_failing_host_leaves_the_book_alone(void **state)
{
    (void)state;
    fault_torture(amends_or_leaves_nothing, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_contract_without_amendments_has_one_version),
        cmocka_unit_test(an_amendment_cuts_time_where_it_begins_and_ends),
        cmocka_unit_test(the_window_for_late_facts_is_of_whole_periods),
        cmocka_unit_test(amendments_in_force_apply_in_order_of_number),
        cmocka_unit_test(a_table_is_replaced_whole),
        cmocka_unit_test(removals_come_before_changes),
        cmocka_unit_test(what_an_amendment_leaves_alone_is_shared),
        cmocka_unit_test(a_calendar_is_made_anew_where_one_that_it_is_made_from_changes),
        cmocka_unit_test(attribute_ids_are_the_same_in_amended_books),
        cmocka_unit_test(terms_of_a_version_are_a_copy),
        cmocka_unit_test(refusals_leave_the_book_alone),
        cmocka_unit_test(missing_arguments_are_refused_softly),
        cmocka_unit_test(a_failing_host_leaves_the_book_alone),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
