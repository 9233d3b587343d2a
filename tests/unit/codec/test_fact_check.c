/* SPDX-License-Identifier: Apache-2.0 */
#include "codec_support.h"

#include "codec/fact_bytes.h"
#include "codec/fact_check.h"
#include "core/fail.h"

typedef struct world {
    bpo_context *context;
    bpo_contract *contract;
} world;

static world new_world(void)
{
    world w = {NULL, NULL};
    bpo_host host = test_host();
    assert_int_equal(bpo_context_new(&host, &w.context, NULL), BPO_OK);
    assert_int_equal(small_contract(w.context, &w.contract), BPO_OK);
    return w;
}

static void end_world(world *w)
{
    bpo_contract_unref(w->contract);
    bpo_context_unref(w->context);
}

static void assert_refused(const world *w, const bpo_fact *fact, bpo_status status, int32_t message, const char *path)
{
    bpo__text names[BPO_FACT_VALUE_COUNT_MAX];
    bpo_error err = BPO_ERROR_INIT;
    assert_int_equal(bpo__fact_check(w->contract, fact, names, &err), status);
    assert_int_equal(err.message_id, message);
    assert_string_equal(err.path, path);
}

static void each_field_is_refused_by_its_path(void **state)
{
    world w = new_world();
    bpo_fact good = plain_fact(BPO_TICKET_UPDATED, 0, "k"), fact;
    char long_key[BPO_FACT_KEY_SIZE_MAX + 1] = {0};
    (void)state;
    memset(long_key, 'k', sizeof long_key);
    fact = good, fact.kind = 99;
    assert_refused(&w, &fact, BPO_E_FACT, BPO__MSG_fact_kind_unknown, "/kind");
    fact = good, fact.flags = 4;
    assert_refused(&w, &fact, BPO_E_FACT, BPO__MSG_fact_flags_unknown, "/flags");
    fact = good, fact.at = BPO__FACT_AT_END;
    assert_refused(&w, &fact, BPO_E_FACT, BPO__MSG_fact_instant_range, "/at");
    fact = good, fact.at = BPO__FACT_AT_MIN - 1;
    assert_refused(&w, &fact, BPO_E_FACT, BPO__MSG_fact_instant_range, "/at");
    fact = good, fact.key_size = 0;
    assert_refused(&w, &fact, BPO_E_FACT, BPO__MSG_fact_key_size, "/key");
    fact = good, fact.key = long_key, fact.key_size = sizeof long_key;
    assert_refused(&w, &fact, BPO_E_FACT, BPO__MSG_fact_key_size, "/key");
    fact = good, fact.key = "\xff", fact.key_size = 1;
    assert_refused(&w, &fact, BPO_E_FACT, BPO__MSG_fact_text_malformed, "/key");
    fact = good, fact.key = NULL;
    assert_refused(&w, &fact, BPO_E_INVALID, BPO__MSG_argument_missing, "/key");
    fact = good, fact.subject_size = 0;
    assert_refused(&w, &fact, BPO_E_FACT, BPO__MSG_fact_subject_missing, "/subject");
    fact = good, fact.actor = "a\0b", fact.actor_size = 3;
    assert_refused(&w, &fact, BPO_E_FACT, BPO__MSG_fact_text_malformed, "/actor");
    fact = good, fact.value_count = 65;
    assert_refused(&w, &fact, BPO_E_FACT, BPO__MSG_fact_value_count, "/values");
    end_world(&w);
}

static void each_value_is_refused_by_its_name(void **state)
{
    world w = new_world();
    const struct {
        bpo_value value;
        bpo_status status;
        int32_t message;
        const char *path;
    } bad[] = {
        {text_value(999, "x"), BPO_E_FACT, BPO__MSG_fact_value_unknown, "/values"},
        {text_value(BPO_VALUE_HOST_FIRST, "x"), BPO_E_FACT, BPO__MSG_fact_value_unknown, "/values"},
        {text_value(BPO_VALUE_STATUS_CATEGORY, "open"), BPO_E_FACT, BPO__MSG_fact_value_condition, "/values"},
        {integer_value(BPO_VALUE_PRIORITY, 1), BPO_E_FACT, BPO__MSG_fact_value_type, "/values/priority"},
        {text_value(BPO_VALUE_PRIORITY, "\xc0\x80"), BPO_E_FACT, BPO__MSG_fact_text_malformed, "/values/priority"},
        {decimal_value(BPO_VALUE_QUANTITY, 1, 19), BPO_E_FACT, BPO__MSG_fact_value_scale, "/values/quantity"},
        {integer_value(BPO_VALUE_DURATION, -1), BPO_E_FACT, BPO__MSG_fact_duration_negative, "/values/duration"},
        {integer_value(BPO_VALUE_SCORE, INT64_C(1) << 62), BPO_E_FACT, BPO__MSG_fact_integer_range, "/values/score"},
        {{BPO_VALUE_OPENED_AT, BPO_TYPE_INSTANT, INT64_MAX, {0, 0, 0, 0}, NULL, 0}, BPO_E_FACT,
         BPO__MSG_fact_instant_range, "/values/opened_at"},
        {text_value(BPO_VALUE_STATUS, "Parked"), BPO_E_VALUE, BPO__MSG_status_unmapped, "/values/status"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        bpo_fact fact = plain_fact(BPO_TICKET_UPDATED, 0, "k");
        fact.values = &bad[i].value;
        fact.value_count = 1;
        assert_refused(&w, &fact, bad[i].status, bad[i].message, bad[i].path);
    }
    end_world(&w);
}

static void what_a_kind_must_have_is_asked_for(void **state)
{
    world w = new_world();
    bpo__text names[BPO_FACT_VALUE_COUNT_MAX];
    bpo_fact fact = plain_fact(BPO_TICKET_STATUS_CHANGED, 0, "k");
    bpo_value mapped = text_value(BPO_VALUE_STATUS, "Awaiting User Info");
    (void)state;
    assert_refused(&w, &fact, BPO_E_FACT, BPO__MSG_fact_value_missing, "/values/status");
    fact.flags = BPO_FACT_RETRACTED;
    assert_int_equal(bpo__fact_check(w.contract, &fact, names, NULL), BPO_OK);
    fact.flags = 0;
    fact.values = &mapped;
    fact.value_count = 1;
    assert_int_equal(bpo__fact_check(w.contract, &fact, names, NULL), BPO_OK);
    assert_true(bpo__text_is(names[0], "status"));
    end_world(&w);
}

static void work_is_told_by_its_duration_or_by_its_start_and_end(void **state)
{
    world w = new_world();
    bpo__text names[BPO_FACT_VALUE_COUNT_MAX];
    bpo_value values[] = {{BPO_VALUE_STARTED, BPO_TYPE_INSTANT, BPO_HOUR, {0, 0, 0, 0}, NULL, 0},
                          {BPO_VALUE_ENDED, BPO_TYPE_INSTANT, 2 * BPO_HOUR, {0, 0, 0, 0}, NULL, 0}};
    bpo_fact fact = plain_fact(BPO_TIME_WORKED, 0, "k");
    (void)state;
    fact.values = values;
    fact.value_count = 1;
    assert_refused(&w, &fact, BPO_E_FACT, BPO__MSG_fact_value_missing, "/values/duration");
    fact.value_count = 2;
    assert_int_equal(bpo__fact_check(w.contract, &fact, names, NULL), BPO_OK);
    values[1].integer = BPO_HOUR - 1;
    assert_refused(&w, &fact, BPO_E_FACT, BPO__MSG_fact_span_backward, "/values/ended");
    values[0] = integer_value(BPO_VALUE_DURATION, BPO_HOUR);
    fact.value_count = 1;
    assert_int_equal(bpo__fact_check(w.contract, &fact, names, NULL), BPO_OK);
    end_world(&w);
}

static void an_engagement_needs_no_subject(void **state)
{
    world w = new_world();
    bpo__text names[BPO_FACT_VALUE_COUNT_MAX];
    bpo_value values[] = {text_value(BPO_VALUE_METER, "gb"), decimal_value(BPO_VALUE_QUANTITY, 15, 1)};
    bpo_fact fact = plain_fact(BPO_USAGE_RECORDED, 0, "k");
    (void)state;
    fact.subject_size = 0;
    fact.values = values;
    fact.value_count = 2;
    assert_int_equal(bpo__fact_check(w.contract, &fact, names, NULL), BPO_OK);
    end_world(&w);
}

static void memory_and_hosts_are_not_the_facts_fault(void **state)
{
    static const bpo_status others[] = {BPO_OK, BPO_E_NOMEM, BPO_E_HOST, BPO_E_ABI, BPO_E_CONFLICT, -7777};
    (void)state;
    assert_true(bpo__fact_is_to_blame(BPO_E_FACT));
    assert_true(bpo__fact_is_to_blame(BPO_E_SEALED));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_false(bpo__fact_is_to_blame(others[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_field_is_refused_by_its_path),
        cmocka_unit_test(each_value_is_refused_by_its_name),
        cmocka_unit_test(what_a_kind_must_have_is_asked_for),
        cmocka_unit_test(work_is_told_by_its_duration_or_by_its_start_and_end),
        cmocka_unit_test(an_engagement_needs_no_subject),
        cmocka_unit_test(memory_and_hosts_are_not_the_facts_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
