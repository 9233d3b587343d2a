/* SPDX-License-Identifier: Apache-2.0 */
/* Which charges an occurrence concerns, and with which quantity: lib/pricing/metering.c. Plans are written by hand. */
#include "pricing/usage.h"
#include "support/fault.h"
#include "support/host.h"
#include "support/test.h"
#include <bpo/decimal.h>
#include <bpo/zone.h>

static bpo_context *context;
static bpo__usage *usage;
static const char *subject = "S-1";

static int set_up(void **state)
{
    bpo_host host = test_host();
    (void)state;
    if (bpo_context_new(&host, &context, NULL) != BPO_OK)
        return -1;
    return bpo__usage_new(context, &usage);
}

static int tear_down(void **state)
{
    (void)state;
    bpo__usage_free(usage);
    context = bpo_context_unref(context);
    return 0;
}

enum { POINTS = BPO_VALUE_HOST_FIRST };

static const bpo__constant chat = {.text = {"chat", 4}}, urgent = {.text = {"urgent", 6}}, ramp = {.text = {"ramp", 4}};
static const bpo__condition is_chat = {
    .operator = BPO__OPERATOR_EQUAL, .name = BPO_VALUE_CHANNEL, .constants = &chat, .constant_count = 1};
static const bpo__condition is_urgent = {
    .operator = BPO__OPERATOR_EQUAL, .name = BPO_VALUE_PRIORITY, .constants = &urgent, .constant_count = 1};
static const bpo__condition is_ramp = {
    .operator = BPO__OPERATOR_EQUAL, .name = BPO_VALUE_STATE, .constants = &ramp, .constant_count = 1};
static const bpo__metric agent_work = {.name = "agent_work"};

static const bpo__meter solved = {.source = BPO__METER_FACT, .fact = BPO_TICKET_SOLVED, .when = &is_urgent};
static const bpo__meter tickets = {.source = BPO__METER_FACT, .fact = BPO_TICKET_SOLVED,
                                   .once_per = BPO_VALUE_TICKET};
static const bpo__meter closures = {.source = BPO__METER_FACT, .fact = BPO_TICKET_CLOSED,
                                    .once_per = BPO_VALUE_TICKET, .once_per_subject = true};
static const bpo__meter tasks = {.source = BPO__METER_FACT, .fact = BPO_TASK_COMPLETED,
                                 .quantity = BPO_VALUE_QUANTITY};
static const bpo__meter points = {.source = BPO__METER_FACT, .fact = BPO_TASK_COMPLETED, .quantity = POINTS};
static const bpo__meter hours = {.source = BPO__METER_FACT, .fact = BPO_TIME_WORKED, .quantity = BPO_VALUE_DURATION,
                                 .quantity_is_duration = true};
static const bpo__meter clock_time = {.source = BPO__METER_METRIC, .metric = &agent_work};
static const bpo__meter seats = {.source = BPO__METER_SEATS};

static const bpo__charge charges[] = {
    {.name = "base", .model = BPO__MODEL_FIXED},
    {.name = "urgent", .meter = &solved},
    {.name = "urgent_chat", .meter = &solved, .filter = &is_chat},
    {.name = "once", .meter = &tickets},
    {.name = "tasks", .meter = &tasks},
    {.name = "points", .meter = &points},
    {.name = "hours", .meter = &hours},
    {.name = "clock", .meter = &clock_time},
    {.name = "seats", .meter = &seats},
    {.name = "ramp", .meter = &seats, .billable = &is_ramp},
    {.name = "closed", .meter = &closures},
    {.name = "closed_urgent", .meter = &closures, .filter = &is_urgent},
};
static bpo__plan plan = {.pricing = {.charges = charges, .charge_count = sizeof charges / sizeof *charges}};

static bpo_value text_value(uint32_t name, const char *text)
{
    return (bpo_value){.name = name, .type = BPO_TYPE_TEXT, .text = text, .size = strlen(text)};
}

static bpo_value integer_value(uint32_t name, int32_t type, int64_t integer)
{
    return (bpo_value){.name = name, .type = type, .integer = integer};
}

static bpo_value decimal_value(uint32_t name, const char *text)
{
    bpo_value value = {.name = name, .type = BPO_TYPE_DECIMAL};
    assert_int_equal(bpo_decimal_parse(text, strlen(text), &value.decimal, NULL), BPO_OK);
    return value;
}

static bpo_status count_fact(bpo_fact_kind kind, const bpo_value *values, size_t count, int32_t sign, bpo_error *err)
{
    bpo_fact fact = {.struct_size = sizeof fact, .kind = kind};
    bpo__attributes attributes = {values, count, NULL};
    bpo__occurrence occurrence = {.kind = BPO__OCCURRENCE_FACT, .sign = sign, .fact = &fact,
                                  .subject = bpo__text_of(subject), .attributes = &attributes, .plan = &plan,
                                  .version = 4, .period_start = 50};
    return bpo__usage_count(usage, &occurrence, err);
}

static void counted(bpo_fact_kind kind, const bpo_value *values, size_t count)
{
    assert_int_equal(count_fact(kind, values, count, 1, NULL), BPO_OK);
}

/* The quantity of a charge, keyed values as they count; "-" where there is none. */
static const char *quantity_of(const char *charge)
{
    static char text[BPO_DECIMAL_TEXT_SIZE];
    bpo__usage_item *list = NULL;
    bpo_decimal total = {0};
    size_t count = 0, found = 0;
    assert_int_equal(bpo__usage_list(usage, &list, &count), BPO_OK);
    for (size_t i = 0; i < count; i++) {
        if (!bpo__text_is(list[i].charge, charge))
            continue;
        bpo_decimal quantity = bpo__usage_item_quantity(&list[i]);
        assert_int_equal(list[i].version, 4);
        assert_int_equal(list[i].period_start, 50);
        assert_int_equal(bpo_decimal_add(&total, &quantity, &total), BPO_OK);
        found++;
    }
    bpo__free(context, list, count * sizeof *list);
    bpo_decimal_format(&total, text, sizeof text);
    return found ? text : "-";
}

static void facts_count_where_meter_and_filter_agree(void **state)
{
    (void)state;
    bpo_value both[] = {text_value(BPO_VALUE_PRIORITY, "urgent"), text_value(BPO_VALUE_CHANNEL, "chat")};
    bpo_value one[] = {text_value(BPO_VALUE_PRIORITY, "urgent"), text_value(BPO_VALUE_CHANNEL, "mail")};
    counted(BPO_TICKET_SOLVED, both, 2);
    counted(BPO_TICKET_SOLVED, one, 2);
    counted(BPO_TICKET_SOLVED, NULL, 0);
    counted(BPO_TICKET_CLOSED, both, 2);
    assert_string_equal(quantity_of("urgent"), "2");
    assert_string_equal(quantity_of("urgent_chat"), "1");
    assert_string_equal(quantity_of("base"), "-");
}

static void a_value_counts_once_in_a_period(void **state)
{
    (void)state;
    bpo_value first[] = {text_value(BPO_VALUE_TICKET, "T-1")}, second[] = {text_value(BPO_VALUE_TICKET, "T-2")};
    counted(BPO_TICKET_SOLVED, first, 1);
    counted(BPO_TICKET_SOLVED, first, 1);
    counted(BPO_TICKET_SOLVED, second, 1);
    assert_string_equal(quantity_of("once"), "2");
    counted(BPO_TICKET_SOLVED, NULL, 0); /* the subject stands for the ticket */
    counted(BPO_TICKET_SOLVED, NULL, 0);
    assert_string_equal(quantity_of("once"), "3");
    subject = "S-2";
    counted(BPO_TICKET_SOLVED, NULL, 0);
    subject = "S-1";
    assert_string_equal(quantity_of("once"), "4");
    assert_int_equal(count_fact(BPO_TICKET_SOLVED, first, 1, -1, NULL), BPO_OK);
    assert_string_equal(quantity_of("once"), "4"); /* T-1 was solved once more */
    assert_int_equal(count_fact(BPO_TICKET_SOLVED, first, 1, -1, NULL), BPO_OK);
    assert_string_equal(quantity_of("once"), "3");
    assert_int_equal(bpo__usage_keyed_count(usage), 3);
}

static void a_subject_counts_once_when_it_is_settled(void **state)
{
    (void)state;
    bpo_value urgent_one[] = {text_value(BPO_VALUE_PRIORITY, "urgent")};
    counted(BPO_TICKET_CLOSED, NULL, 0);
    counted(BPO_TICKET_CLOSED, urgent_one, 1);
    assert_string_equal(quantity_of("closed"), "-");
    assert_int_equal(bpo__usage_settle(usage, NULL), BPO_OK);
    assert_string_equal(quantity_of("closed"), "1");
    assert_string_equal(quantity_of("closed_urgent"), "1");
    counted(BPO_TICKET_CLOSED, NULL, 0); /* the next subject */
    assert_int_equal(bpo__usage_settle(usage, NULL), BPO_OK);
    assert_string_equal(quantity_of("closed"), "2");
    assert_int_equal(bpo__usage_keyed_count(usage), 0);
    counted(BPO_TICKET_CLOSED, urgent_one, 1);
    assert_int_equal(count_fact(BPO_TICKET_CLOSED, NULL, 0, -1, NULL), BPO_OK); /* it was closed, not urgent */
    assert_int_equal(bpo__usage_settle(usage, NULL), BPO_OK);
    assert_string_equal(quantity_of("closed"), "2");
    assert_string_equal(quantity_of("closed_urgent"), "2");
    assert_int_equal(bpo__usage_settle(usage, NULL), BPO_OK); /* nothing was left */
    assert_string_equal(quantity_of("closed_urgent"), "2");
}

static void quantities_are_taken_as_they_are_written(void **state)
{
    (void)state;
    bpo_value decimals[] = {decimal_value(BPO_VALUE_QUANTITY, "2.50"), decimal_value(POINTS, "0.125")};
    bpo_value integers[] = {integer_value(BPO_VALUE_QUANTITY, BPO_TYPE_INTEGER, 3),
                            integer_value(POINTS, BPO_TYPE_INTEGER, 8)};
    bpo_value words[] = {text_value(POINTS, "many")};
    counted(BPO_TASK_COMPLETED, decimals, 2);
    counted(BPO_TASK_COMPLETED, integers, 2);
    counted(BPO_TASK_COMPLETED, words, 1);
    assert_string_equal(quantity_of("tasks"), "6.5"); /* a task without a quantity is one */
    assert_string_equal(quantity_of("points"), "8.125");
}

static void time_is_a_duration_or_runs_from_start_to_end(void **state)
{
    (void)state;
    bpo_value duration[] = {integer_value(BPO_VALUE_DURATION, BPO_TYPE_INTEGER, 44 * BPO_MINUTE)};
    bpo_value interval[] = {integer_value(BPO_VALUE_STARTED, BPO_TYPE_INSTANT, 5 * BPO_MINUTE),
                            integer_value(BPO_VALUE_ENDED, BPO_TYPE_INSTANT, 6 * BPO_MINUTE)};
    counted(BPO_TIME_WORKED, duration, 1);
    counted(BPO_TIME_WORKED, interval, 2);
    counted(BPO_TIME_WORKED, interval, 1);
    counted(BPO_TIME_WORKED, NULL, 0);
    assert_string_equal(quantity_of("hours"), "2700000000");
}

static void stretches_of_a_metric_count_their_open_time(void **state)
{
    (void)state;
    bpo__occurrence run = {.kind = BPO__OCCURRENCE_RUN, .sign = 1, .metric = "agent_work", .elapsed = 90, .plan = &plan,
                           .version = 4, .period_start = 50};
    assert_int_equal(bpo__usage_count(usage, &run, NULL), BPO_OK);
    run.metric = "resolution";
    assert_int_equal(bpo__usage_count(usage, &run, NULL), BPO_OK);
    assert_string_equal(quantity_of("clock"), "90");
}

static void seat(const char *state, const char *from, const char *until)
{
    bpo_value values[] = {text_value(BPO_VALUE_STATE, state)};
    bpo__attributes attributes = {values, 1, NULL};
    bpo__occurrence stretch = {.kind = BPO__OCCURRENCE_SEAT, .sign = 1, .attributes = &attributes, .plan = &plan,
                               .version = 4, .period_start = 50};
    assert_int_equal(bpo_time_parse(from, &stretch.from, NULL), BPO_OK);
    assert_int_equal(bpo_time_parse(until, &stretch.until, NULL), BPO_OK);
    assert_int_equal(bpo__usage_count(usage, &stretch, NULL), BPO_OK);
}

static void seat_days_are_local_dates_and_a_day_of_change_counts_once(void **state)
{
    (void)state;
    assert_int_equal(bpo_zone_new(context, "America/New_York", &plan.zone, NULL), BPO_OK);
    seat("ramp", "2026-03-01T00:00:00-05:00", "2026-03-05T15:00:00-05:00");
    seat("productive", "2026-03-05T15:00:00-05:00", "2026-03-31T23:00:00-04:00"); /* over the change of the clock */
    seat("training", "2026-03-31T23:00:00-04:00", "2026-04-01T00:00:00-04:00");
    seat("productive", "2026-03-02T23:30:00-05:00", "2026-03-03T04:59:00Z"); /* one local evening */
    plan.zone = bpo_zone_unref(plan.zone);
    assert_string_equal(quantity_of("ramp"), "4");
    assert_string_equal(quantity_of("seats"), "26");
}

static void what_is_counted_can_be_withdrawn(void **state)
{
    (void)state;
    bpo_value values[] = {text_value(BPO_VALUE_PRIORITY, "urgent"), decimal_value(POINTS, "0.125"),
                          decimal_value(BPO_VALUE_QUANTITY, "184467440737095516.16")}; /* 2^64 hundredths */
    bpo__usage_item *list = NULL;
    size_t count = 1;
    counted(BPO_TICKET_SOLVED, values, 3);
    counted(BPO_TASK_COMPLETED, values, 3);
    assert_string_equal(quantity_of("tasks"), "184467440737095516.16");
    assert_int_equal(count_fact(BPO_TICKET_SOLVED, values, 3, -1, NULL), BPO_OK);
    assert_int_equal(count_fact(BPO_TASK_COMPLETED, values, 3, -1, NULL), BPO_OK);
    assert_int_equal(bpo__usage_list(usage, &list, &count), BPO_OK);
    assert_int_equal(count, 0);
}

static void usage_out_of_range_names_the_charge_and_counts_nowhere(void **state)
{
    (void)state;
    bpo_value large[] = {decimal_value(POINTS, "99999999999999999999999999999999999999"),
                         integer_value(BPO_VALUE_QUANTITY, BPO_TYPE_INTEGER, 2)};
    bpo_value backward[] = {integer_value(BPO_VALUE_STARTED, BPO_TYPE_INSTANT, 1),
                            integer_value(BPO_VALUE_ENDED, BPO_TYPE_INSTANT, 0)};
    bpo_error err = BPO_ERROR_INIT;
    counted(BPO_TASK_COMPLETED, large, 2);
    assert_int_equal(count_fact(BPO_TASK_COMPLETED, large, 2, 1, &err), BPO_E_RANGE);
    assert_string_equal(err.path, "/pricing/charges/points");
    assert_string_equal(quantity_of("tasks"), "2");
    assert_int_equal(count_fact(BPO_TIME_WORKED, backward, 2, 1, &err), BPO_E_RANGE);
    assert_string_equal(err.path, "/pricing/charges/hours");
    counted(BPO_TICKET_CLOSED, NULL, 0);
    assert_string_equal(quantity_of("tasks"), "2"); /* nothing was left staged */
}

static bpo_status tasks_are_counted(fault_host *fault, void *user)
{
    bpo_value values[] = {decimal_value(POINTS, "0.5"), decimal_value(BPO_VALUE_QUANTITY, "2")};
    bpo_context *own = NULL;
    bpo__usage *kept = usage;
    (void)user;
    bpo_status status = bpo_context_new(&fault->host, &own, NULL);
    if (status != BPO_OK)
        return status;
    usage = NULL;
    status = bpo__usage_new(own, &usage);
    for (size_t i = 0; i < 3 && status == BPO_OK; i++) {
        size_t before = bpo__usage_additive_count(usage);
        status = count_fact(BPO_TASK_COMPLETED, values, 2, 1, NULL);
        assert_int_equal(bpo__usage_additive_count(usage), status == BPO_OK ? 2 : before);
    }
    if (status == BPO_OK)
        status = count_fact(BPO_TICKET_CLOSED, values, 2, 1, NULL);
    if (status == BPO_OK) {
        status = bpo__usage_settle(usage, NULL);
        assert_int_equal(bpo__usage_additive_count(usage), status == BPO_OK ? 3 : 2);
    }
    bpo__usage_free(usage);
    usage = kept;
    bpo_context_unref(own);
    return status;
}

static void an_occurrence_counts_wholly_or_not_at_all(void **state)
{
    (void)state;
    assert_true(fault_torture(tasks_are_counted, NULL) >= 5);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(facts_count_where_meter_and_filter_agree),
        TEST(a_value_counts_once_in_a_period),
        TEST(a_subject_counts_once_when_it_is_settled),
        TEST(quantities_are_taken_as_they_are_written),
        TEST(time_is_a_duration_or_runs_from_start_to_end),
        TEST(stretches_of_a_metric_count_their_open_time),
        TEST(seat_days_are_local_dates_and_a_day_of_change_counts_once),
        TEST(what_is_counted_can_be_withdrawn),
        TEST(usage_out_of_range_names_the_charge_and_counts_nowhere),
        TEST(an_occurrence_counts_wholly_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
