/* SPDX-License-Identifier: Apache-2.0 */
/* Which cells an occurrence feeds: lib/kpi/counting.c. Plans are written by hand. */
#include "kpi/cells.h"
#include "support/fault.h"
#include "support/test.h"
#include <bpo/statement.h>

static bpo_context *context;
static bpo__cells *cells;

static int set_up(void **state)
{
    (void)state;
    if (bpo_context_new(NULL, &context, NULL) != BPO_OK)
        return -1;
    return bpo__cells_new(context, &cells);
}

static int tear_down(void **state)
{
    (void)state;
    bpo__cells_free(cells);
    context = bpo_context_unref(context);
    return 0;
}

enum { COLOR = BPO_VALUE_HOST_FIRST, WEIGHT, SINCE };

static const bpo__constant urgent = {.text = {"urgent", 6}}, chat = {.text = {"chat", 4}};
static const bpo__condition is_urgent = {
    .operator = BPO__OPERATOR_EQUAL, .name = BPO_VALUE_PRIORITY, .constants = &urgent, .constant_count = 1};
static const bpo__condition is_chat = {
    .operator = BPO__OPERATOR_EQUAL, .name = BPO_VALUE_CHANNEL, .constants = &chat, .constant_count = 1};

static const bpo__dimension by[] = {{"channel", BPO_VALUE_CHANNEL}, {"weight", WEIGHT}};
static const bpo__metric response = {.name = "first_response"}, resolution = {.name = "resolution"};

static const bpo__measure measures[] = {
    {.name = "solved", .form = BPO_KPI_COUNT, .fact = BPO_TICKET_SOLVED, .measured = BPO__MEASURED_ONE, .by = by,
     .by_count = 2},
    {.name = "urgent", .form = BPO_KPI_COUNT, .fact = BPO_TICKET_SOLVED, .measured = BPO__MEASURED_ONE,
     .where = &is_urgent},
    {.name = "weight", .form = BPO_KPI_SUM, .fact = BPO_TICKET_SOLVED, .measured = BPO__MEASURED_VALUE,
     .value = WEIGHT},
    {.name = "age", .form = BPO_KPI_DISTRIBUTION, .fact = BPO_TICKET_SOLVED, .measured = BPO__MEASURED_SINCE,
     .value = SINCE, .by = by, .by_count = 1},
    {.name = "urgent_by_chat", .form = BPO_KPI_RATIO, .fact = BPO_TICKET_SOLVED, .where = &is_urgent,
     .numerator = &is_chat},
    {.name = "in_time", .form = BPO_KPI_RATIO, .metric = &response, .where = &is_urgent, .by = by, .by_count = 1},
};
static const bpo__level levels[] = {
    {.name = "answered", .metric = &response, .by = by, .by_count = 1},
    {.name = "answered_gold", .metric = &response, .policy = "gold"},
    {.name = "resolved", .metric = &resolution},
    {.name = "of_a_kpi", .kpi = "solved"},
};
static const bpo__plan plan = {.measures = measures, .measure_count = 6, .levels = levels, .level_count = 4};

static bpo_value text_value(uint32_t name, const char *text)
{
    return (bpo_value){.name = name, .type = BPO_TYPE_TEXT, .text = text, .size = strlen(text)};
}

static bpo_value integer_value(uint32_t name, int32_t type, int64_t integer)
{
    return (bpo_value){.name = name, .type = type, .integer = integer};
}

static bpo_value decimal_value(uint32_t name, int64_t coefficient, int32_t scale)
{
    bpo_value value = {.name = name, .type = BPO_TYPE_DECIMAL};
    assert_int_equal(bpo_decimal_set(coefficient, scale, &value.decimal), BPO_OK);
    return value;
}

static bpo_status count_solved(const bpo_value *values, size_t count, int32_t sign, bpo_error *err)
{
    bpo_fact fact = {.struct_size = sizeof fact, .kind = BPO_TICKET_SOLVED};
    bpo__attributes attributes = {values, count, NULL};
    bpo__occurrence occurrence = {.kind = BPO__OCCURRENCE_FACT, .sign = sign, .at = 1000, .fact = &fact,
                                  .attributes = &attributes, .plan = &plan, .period_start = 50};
    return bpo__cells_count(cells, &occurrence, err);
}

static void solved(const bpo_value *values, size_t count)
{
    assert_int_equal(count_solved(values, count, 1, NULL), BPO_OK);
}

static void cycle(const char *metric, const char *policy, bpo__verdict verdict, const char *priority)
{
    bpo_value values[] = {text_value(BPO_VALUE_PRIORITY, priority), text_value(BPO_VALUE_CHANNEL, "chat")};
    bpo__attributes attributes = {values, 2, NULL};
    bpo__occurrence occurrence = {.kind = BPO__OCCURRENCE_CYCLE, .sign = 1, .at = 1000, .attributes = &attributes,
                                  .metric = metric, .policy = policy, .verdict = verdict, .plan = &plan,
                                  .period_start = 50};
    assert_int_equal(bpo__cells_count(cells, &occurrence, NULL), BPO_OK);
}

static bpo__cell *cell_of(bool level, const char *id, const char *dimension, const char *value, bpo__cell_role role)
{
    bpo__cell_name name = {level, bpo__text_of(id), bpo__text_of(dimension), bpo__text_of(value), role, 50};
    return bpo__cells_find(cells, &name);
}

static int64_t count_of(const char *id, const char *dimension, const char *value, bpo__cell_role role)
{
    bpo__cell *cell = cell_of(false, id, dimension, value, role);
    return cell ? bpo__cell_count(cell) : 0;
}

static int64_t level_count(const char *id, const char *dimension, const char *value, bpo__cell_role role)
{
    bpo__cell *cell = cell_of(true, id, dimension, value, role);
    return cell ? bpo__cell_count(cell) : 0;
}

static int64_t sum_of(const char *id)
{
    int64_t sum = 0;
    assert_int_equal(bpo__i256_to_i64(bpo__cell_sum(cell_of(false, id, "", "", BPO__ROLE_MEASURE)), &sum), BPO_OK);
    return sum;
}

static void a_fact_counts_in_the_whole_and_in_each_dimension(void **state)
{
    (void)state;
    bpo_value first[] = {text_value(BPO_VALUE_CHANNEL, "chat"), integer_value(WEIGHT, BPO_TYPE_INTEGER, 7)};
    bpo_value second[] = {text_value(BPO_VALUE_CHANNEL, "mail"), decimal_value(WEIGHT, 700, 2)};
    solved(first, 2);
    solved(second, 2);
    solved(NULL, 0);
    assert_int_equal(count_of("solved", "", "", BPO__ROLE_MEASURE), 3);
    assert_int_equal(count_of("solved", "channel", "chat", BPO__ROLE_MEASURE), 1);
    assert_int_equal(count_of("solved", "channel", "mail", BPO__ROLE_MEASURE), 1);
    assert_int_equal(count_of("solved", "channel", "", BPO__ROLE_MEASURE), 1); /* not known */
    assert_int_equal(count_of("solved", "weight", "7", BPO__ROLE_MEASURE), 2); /* 7 and 7.00 are one value */
}

static void only_facts_of_the_kind_count_where_the_condition_holds(void **state)
{
    (void)state;
    bpo_value high[] = {text_value(BPO_VALUE_PRIORITY, "high")}, now[] = {text_value(BPO_VALUE_PRIORITY, "urgent")};
    solved(high, 1);
    solved(now, 1);
    solved(NULL, 0);
    assert_int_equal(count_of("urgent", "", "", BPO__ROLE_MEASURE), 1);
    bpo_fact fact = {.struct_size = sizeof fact, .kind = BPO_TICKET_CLOSED};
    bpo__attributes attributes = {now, 1, NULL};
    bpo__occurrence other = {.kind = BPO__OCCURRENCE_FACT, .sign = 1, .fact = &fact, .attributes = &attributes,
                             .plan = &plan, .period_start = 50};
    assert_int_equal(bpo__cells_count(cells, &other, NULL), BPO_OK);
    other.kind = BPO__OCCURRENCE_SEAT;
    assert_int_equal(bpo__cells_count(cells, &other, NULL), BPO_OK);
    assert_int_equal(count_of("urgent", "", "", BPO__ROLE_MEASURE), 1);
    assert_int_equal(count_of("solved", "", "", BPO__ROLE_MEASURE), 3);
}

static void a_missing_or_broken_value_contributes_nothing(void **state)
{
    (void)state;
    bpo_value whole[] = {decimal_value(WEIGHT, -500, 2)}, broken[] = {decimal_value(WEIGHT, 150, 2)};
    bpo_value text[] = {text_value(WEIGHT, "5")}, number[] = {integer_value(WEIGHT, BPO_TYPE_INTEGER, 12)};
    solved(NULL, 0);
    solved(broken, 1);
    solved(text, 1);
    solved(whole, 1);
    solved(number, 1);
    assert_int_equal(count_of("weight", "", "", BPO__ROLE_MEASURE), 2);
    assert_int_equal(sum_of("weight"), 7);
}

static void durations_run_from_an_instant_to_the_fact(void **state)
{
    (void)state;
    int64_t least = 0, most = 0;
    bpo_value early[] = {integer_value(SINCE, BPO_TYPE_INSTANT, 400)};
    bpo_value late[] = {integer_value(SINCE, BPO_TYPE_INSTANT, 1100)};
    bpo_value number[] = {integer_value(SINCE, BPO_TYPE_INTEGER, 1)};
    solved(early, 1);
    solved(late, 1);
    solved(number, 1);
    assert_int_equal(count_of("age", "", "", BPO__ROLE_MEASURE), 2);
    bpo__cell *unknown_channel = cell_of(false, "age", "channel", "", BPO__ROLE_MEASURE);
    assert_int_equal(bpo__cell_extremes(unknown_channel, &least, &most), BPO_OK);
    assert_int_equal(least, -100);
    assert_int_equal(most, 600);
}

static void a_ratio_counts_below_and_above_the_line(void **state)
{
    (void)state;
    bpo_value both[] = {text_value(BPO_VALUE_PRIORITY, "urgent"), text_value(BPO_VALUE_CHANNEL, "chat")};
    bpo_value below[] = {text_value(BPO_VALUE_PRIORITY, "urgent"), text_value(BPO_VALUE_CHANNEL, "mail")};
    bpo_value neither[] = {text_value(BPO_VALUE_PRIORITY, "low"), text_value(BPO_VALUE_CHANNEL, "chat")};
    solved(both, 2);
    solved(below, 2);
    solved(neither, 2);
    assert_int_equal(count_of("urgent_by_chat", "", "", BPO__ROLE_MEASURE), 2);
    assert_int_equal(count_of("urgent_by_chat", "", "", BPO__ROLE_NUMERATOR), 1);
}

static void cycles_feed_attainments_and_levels_of_their_metric(void **state)
{
    (void)state;
    cycle("first_response", "gold", BPO__VERDICT_MET, "urgent");
    cycle("first_response", "gold", BPO__VERDICT_MET, "low");
    cycle("first_response", "silver", BPO__VERDICT_BREACHED, "urgent");
    cycle("first_response", NULL, BPO__VERDICT_INDETERMINATE, "urgent");
    cycle("resolution", "gold", BPO__VERDICT_BREACHED, "urgent");
    assert_int_equal(count_of("in_time", "", "", BPO__ROLE_MET), 1);
    assert_int_equal(count_of("in_time", "channel", "chat", BPO__ROLE_BREACHED), 1);
    assert_int_equal(count_of("in_time", "", "", BPO__ROLE_INDETERMINATE), 1);
    assert_int_equal(level_count("answered", "", "", BPO__ROLE_MET), 2);
    assert_int_equal(level_count("answered", "channel", "chat", BPO__ROLE_MET), 2);
    assert_int_equal(level_count("answered", "", "", BPO__ROLE_BREACHED), 1);
    assert_int_equal(level_count("answered", "", "", BPO__ROLE_INDETERMINATE), 1);
    assert_int_equal(level_count("answered_gold", "", "", BPO__ROLE_MET), 2);
    assert_int_equal(level_count("answered_gold", "", "", BPO__ROLE_BREACHED), 0);
    assert_int_equal(level_count("resolved", "", "", BPO__ROLE_BREACHED), 1);
    assert_int_equal(count_of("solved", "", "", BPO__ROLE_MEASURE), 0);
}

static void what_is_counted_can_be_withdrawn(void **state)
{
    (void)state;
    bpo_value values[] = {text_value(BPO_VALUE_PRIORITY, "urgent"), text_value(BPO_VALUE_CHANNEL, "chat"),
                          integer_value(WEIGHT, BPO_TYPE_INTEGER, 5), integer_value(SINCE, BPO_TYPE_INSTANT, 1)};
    bpo__cell_item *list = NULL;
    size_t count = 0;
    solved(values, 4);
    assert_int_equal(bpo__cells_list(cells, &list, &count), BPO_OK);
    assert_int_equal(count, 3 + 1 + 1 + 2 + 2);
    bpo__free(context, list, count * sizeof *list);
    assert_int_equal(count_solved(values, 4, -1, NULL), BPO_OK);
    assert_int_equal(bpo__cells_list(cells, &list, &count), BPO_OK);
    assert_int_equal(count, 0);
}

static void a_value_out_of_range_names_the_kpi_and_counts_nowhere(void **state)
{
    (void)state;
    bpo_value large[] = {integer_value(WEIGHT, BPO_TYPE_INTEGER, INT64_MAX)};
    bpo_value far[] = {integer_value(SINCE, BPO_TYPE_INSTANT, INT64_MIN)};
    bpo_error err = BPO_ERROR_INIT;
    assert_int_equal(count_solved(large, 1, 1, &err), BPO_E_RANGE);
    assert_string_equal(err.path, "/kpis/weight");
    assert_int_equal(count_solved(far, 1, 1, &err), BPO_E_RANGE);
    assert_string_equal(err.path, "/kpis/age");
    assert_int_equal(count_of("solved", "", "", BPO__ROLE_MEASURE), 0);
    solved(NULL, 0); /* and nothing of it was left staged */
    assert_int_equal(count_of("solved", "", "", BPO__ROLE_MEASURE), 1);
}

static void a_changed_form_names_the_kpi(void **state)
{
    (void)state;
    static const bpo__measure changed[] = {
        {.name = "solved", .form = BPO_KPI_DISTRIBUTION, .fact = BPO_TICKET_SOLVED, .measured = BPO__MEASURED_ONE}};
    static const bpo__plan later = {.measures = changed, .measure_count = 1};
    bpo_fact fact = {.struct_size = sizeof fact, .kind = BPO_TICKET_SOLVED};
    bpo__occurrence occurrence = {.kind = BPO__OCCURRENCE_FACT, .sign = 1, .fact = &fact, .plan = &later,
                                  .period_start = 50};
    bpo_error err = BPO_ERROR_INIT;
    solved(NULL, 0);
    assert_int_equal(bpo__cells_count(cells, &occurrence, &err), BPO_E_MISMATCH);
    assert_string_equal(err.path, "/kpis/solved");
    occurrence.period_start = 60; /* another period has cells of its own */
    assert_int_equal(bpo__cells_count(cells, &occurrence, &err), BPO_OK);
}

static bpo_status a_fact_is_counted(fault_host *fault, void *user)
{
    bpo_value values[] = {text_value(BPO_VALUE_PRIORITY, "urgent"), text_value(BPO_VALUE_CHANNEL, "chat"),
                          integer_value(WEIGHT, BPO_TYPE_INTEGER, 5), integer_value(SINCE, BPO_TYPE_INSTANT, 1)};
    bpo_context *own = NULL;
    bpo__cells *kept = cells;
    (void)user;
    bpo_status status = bpo_context_new(&fault->host, &own, NULL);
    if (status != BPO_OK)
        return status;
    cells = NULL;
    status = bpo__cells_new(own, &cells);
    for (int64_t i = 0; i < 6 && status == BPO_OK; i++) {
        status = count_solved(values, 4, 1, NULL);
        int64_t counted = status == BPO_OK ? i + 1 : i;
        assert_int_equal(count_of("solved", "", "", BPO__ROLE_MEASURE), counted);
        assert_int_equal(count_of("age", "channel", "chat", BPO__ROLE_MEASURE), counted);
        assert_int_equal(count_of("urgent_by_chat", "", "", BPO__ROLE_NUMERATOR), counted);
    }
    bpo__cells_free(cells);
    cells = kept;
    bpo_context_unref(own);
    return status;
}

static void an_occurrence_counts_wholly_or_not_at_all(void **state)
{
    (void)state;
    assert_true(fault_torture(a_fact_is_counted, NULL) > 20);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        TEST(a_fact_counts_in_the_whole_and_in_each_dimension),
        TEST(only_facts_of_the_kind_count_where_the_condition_holds),
        TEST(a_missing_or_broken_value_contributes_nothing),
        TEST(durations_run_from_an_instant_to_the_fact),
        TEST(a_ratio_counts_below_and_above_the_line),
        TEST(cycles_feed_attainments_and_levels_of_their_metric),
        TEST(what_is_counted_can_be_withdrawn),
        TEST(a_value_out_of_range_names_the_kpi_and_counts_nowhere),
        TEST(a_changed_form_names_the_kpi),
        TEST(an_occurrence_counts_wholly_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
