/* SPDX-License-Identifier: Apache-2.0 */
#include "pricing/rating.h"
#include "support/fault.h"
#include "support/random.h"
#include "support/test.h"

static bpo_context *context;
static bpo__arena arena;

static int set_up(void **state)
{
    (void)state;
    if (bpo_context_new(NULL, &context, NULL) != BPO_OK)
        return -1;
    bpo__arena_init(&arena, context);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    bpo__arena_clear(&arena);
    context = bpo_context_unref(context);
    return 0;
}

static bpo_decimal decimal(const char *text)
{
    bpo_decimal value = {0};
    assert_int_equal(bpo_decimal_parse(text, strlen(text), &value, NULL), BPO_OK);
    return value;
}

static bpo__ratio ratio(const char *text)
{
    bpo__ratio value;
    assert_int_equal(bpo__ratio_parse(text, strlen(text), &value), BPO_OK);
    return value;
}

static bpo__tier tier(const char *up_to, const char *rate, const char *flat)
{
    return (bpo__tier){.unbounded = !up_to, .up_to = decimal(up_to ? up_to : "0"), .rate = decimal(rate),
                       .flat = decimal(flat ? flat : "0"), .rate_text = rate};
}

static const bpo__meter facts = {.name = "tickets", .source = BPO__METER_FACT};
static const bpo__meter seats = {.name = "seats", .source = BPO__METER_SEATS};
static const bpo__pricing dollars = {.rounding = BPO_ROUNDING_HALF_AWAY, .currency = "USD", .currency_digits = 2};

static bpo__charge charge_of(bpo__model model, const bpo__meter *meter, const char *rate)
{
    return (bpo__charge){.name = "charge", .model = model, .meter = meter, .rate = decimal(rate), .rate_text = rate};
}

static bpo__segment segment_of(const bpo__charge *charge, uint32_t version, const char *quantity)
{
    return (bpo__segment){charge, version, decimal(quantity)};
}

static bpo__line rated(const bpo__pricing *pricing, const bpo__charge *charge, const char *quantity)
{
    bpo__line line;
    bpo__segment segment = segment_of(charge, 3, quantity);
    assert_int_equal(bpo__rate(pricing, &segment, 1, 31, &arena, &line, NULL), BPO_OK);
    assert_ptr_equal(line.charge, charge);
    assert_int_equal(line.version, 3);
    return line;
}

static void assert_amount(const bpo__line *line, const char *expected)
{
    char text[BPO_DECIMAL_TEXT_SIZE];
    bpo_decimal_format(&line->amount, text, sizeof text);
    assert_string_equal(text, expected);
}

static void assert_steps(const bpo__line *line, const char *const *steps, size_t count)
{
    for (size_t i = 0; i < line->step_count && i < count; i++)
        assert_string_equal(line->steps[i], steps[i]);
    assert_int_equal(line->step_count, count);
}

#define ASSERT_STEPS(line, ...)                                                                                       \
    do {                                                                                                              \
        static const char *const expected_steps[] = {__VA_ARGS__};                                                    \
        assert_steps(&(line), expected_steps, sizeof expected_steps / sizeof expected_steps[0]);                      \
    } while (0)

static void a_fixed_charge_is_its_rate_by_the_days_that_it_held(void **state)
{
    (void)state;
    bpo__charge charge = charge_of(BPO__MODEL_FIXED, NULL, "1200");
    bpo__line line = rated(&dollars, &charge, "31");
    assert_amount(&line, "1200.00");
    assert_string_equal(line.unit, "period");
    assert_string_equal(line.quantity_text, "1");
    ASSERT_STEPS(line, "quantity: 31 days / 31 = 1 period", "1 x 1200 = 1200.00",
                 "round half_away to 2 places: 1200.00");
    line = rated(&dollars, &charge, "10");
    assert_amount(&line, "387.10");
    assert_string_equal(line.quantity_text, "10/31");
}

static void tasks_are_priced_flat(void **state)
{
    (void)state;
    bpo__charge charge = charge_of(BPO__MODEL_PER_TASK, &facts, "0.005");
    bpo__line line = rated(&dollars, &charge, "7351");
    assert_amount(&line, "36.76");
    assert_string_equal(line.unit, "task");
    ASSERT_STEPS(line, "quantity: 7351 tasks", "7351 x 0.005 = 36.755", "round half_away to 2 places: 36.76");
}

static void tasks_are_priced_tier_by_tier(void **state)
{
    (void)state;
    bpo__tier tiers[] = {tier("5000", "1.20", NULL), tier(NULL, "0.95", "50.00")};
    bpo__charge charge = charge_of(BPO__MODEL_PER_TASK, &facts, "0");
    charge.tiers = tiers;
    charge.tier_count = 2;
    bpo__line line = rated(&dollars, &charge, "7350");
    assert_amount(&line, "8282.50");
    ASSERT_STEPS(line, "quantity: 7350 tasks", "tier 1: 5000 x 1.20 = 6000.00", "tier 2: 2350 x 0.95 = 2232.50",
                 "tier 2: flat 50.00", "round half_away to 2 places: 8282.50");
    line = rated(&dollars, &charge, "5000");
    assert_amount(&line, "6000.00");
    assert_int_equal(line.step_count, 3);
    line = rated(&dollars, &charge, "0");
    assert_amount(&line, "0.00");
    assert_int_equal(line.step_count, 2);
}

static void hours_are_exact_to_the_microsecond(void **state)
{
    (void)state;
    bpo__charge charge = charge_of(BPO__MODEL_HOURLY, &facts, "50.00");
    bpo__line line = rated(&dollars, &charge, "2640000000"); /* 44 minutes */
    assert_amount(&line, "36.67");
    assert_string_equal(line.quantity_text, "11/15");
    assert_string_equal(line.unit, "hour");
    ASSERT_STEPS(line, "quantity: 2640000000 microseconds / 3600000000 = 11/15 hours", "11/15 x 50.00 = 110/3",
                 "round half_away to 2 places: 36.67");
    line = rated(&dollars, &charge, "5400000000");
    assert_amount(&line, "75.00");
    assert_string_equal(line.quantity_text, "1.5");
}

static void seat_days_are_divided_by_the_days_of_the_period(void **state)
{
    (void)state;
    bpo__charge charge = charge_of(BPO__MODEL_PER_SEAT, &seats, "1850.00");
    bpo__line line = rated(&dollars, &charge, "310");
    assert_amount(&line, "18500.00");
    assert_string_equal(line.quantity_text, "10");
    line = rated(&dollars, &charge, "22");
    assert_amount(&line, "1312.90");
    assert_string_equal(line.unit, "seat");
    ASSERT_STEPS(line, "quantity: 22 seat-days / 31 = 22/31 seats", "22/31 x 1850.00 = 40700/31",
                 "round half_away to 2 places: 1312.90");
}

static void seats_that_another_meter_counts_are_whole(void **state)
{
    (void)state;
    bpo__charge charge = charge_of(BPO__MODEL_PER_SEAT, &facts, "100");
    bpo__line line = rated(&dollars, &charge, "2.5");
    assert_amount(&line, "250.00");
    assert_string_equal(line.quantity_text, "2.5");
}

static void rounding_follows_contract_and_currency(void **state)
{
    (void)state;
    static const struct {
        bpo_rounding mode;
        const char *amount;
    } cases[] = {{BPO_ROUNDING_HALF_AWAY, "3"}, {BPO_ROUNDING_HALF_EVEN, "2"}, {BPO_ROUNDING_HALF_DOWN, "2"},
                 {BPO_ROUNDING_UP, "3"},        {BPO_ROUNDING_DOWN, "2"},      {BPO_ROUNDING_FLOOR, "2"},
                 {BPO_ROUNDING_CEILING, "3"}};
    bpo__charge charge = charge_of(BPO__MODEL_PER_TASK, &facts, "0.5");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bpo__pricing yen = {.rounding = cases[i].mode, .currency = "JPY", .currency_digits = 0};
        bpo__line line = rated(&yen, &charge, "5");
        assert_amount(&line, cases[i].amount);
    }
}

static void the_position_goes_on_across_versions(void **state)
{
    (void)state;
    bpo__tier old_tiers[] = {tier("1000", "1.20", "10"), tier(NULL, "0.95", "20")};
    bpo__tier new_tiers[] = {tier("1000", "1.30", "11"), tier("1500", "1.00", "21"), tier(NULL, "0.50", "31")};
    bpo__charge old_charge = charge_of(BPO__MODEL_PER_TASK, &facts, "0"), new_charge = old_charge;
    old_charge.tiers = old_tiers;
    old_charge.tier_count = 2;
    new_charge.tiers = new_tiers;
    new_charge.tier_count = 3;
    bpo__segment segments[] = {segment_of(&old_charge, 0, "600"), segment_of(&new_charge, 1, "700"),
                               segment_of(&new_charge, 2, "300")};
    bpo__line lines[3];
    assert_int_equal(bpo__rate(&dollars, segments, 3, 30, &arena, lines, NULL), BPO_OK);
    assert_amount(&lines[0], "730.00"); /* 600 x 1.20 + 10 */
    assert_amount(&lines[1], "841.00"); /* 400 x 1.30 + 300 x 1.00 + 21 */
    assert_amount(&lines[2], "281.00"); /* 200 x 1.00 + 100 x 0.50 + 31 */
    ASSERT_STEPS(lines[1], "quantity: 700 tasks", "position: 600 tasks came before in the period",
                 "tier 1: 400 x 1.30 = 520.00", "tier 2: 300 x 1.00 = 300.00", "tier 2: flat 21",
                 "round half_away to 2 places: 841.00");
}

static void a_tier_of_fractions_leaves_no_hole(void **state)
{
    (void)state;
    bpo__tier tiers[] = {tier("100", "1", NULL), tier("200", "0.5", NULL), tier(NULL, "0.25", NULL)};
    bpo__ratio amount;
    assert_int_equal(bpo__graduated_amount(tiers, 3, ratio("0"), ratio("199.5"), &amount), BPO_OK);
    assert_int_equal(bpo__ratio_compare(amount, ratio("149.75")), 0);
    assert_int_equal(bpo__graduated_amount(tiers, 3, ratio("199.5"), ratio("601/3"), &amount), BPO_OK);
    assert_int_equal(bpo__ratio_compare(amount, ratio("1/3")), 0); /* 1/2 x 0.5 + 1/3 x 0.25 */
}

/* Rating is split-invariant: any cut of the way gives the same exact total. */
static void any_cut_of_the_way_costs_the_same(void **state)
{
    (void)state;
    test_random random = {99};
    bpo__tier tiers[] = {tier("10", "2.5", "7"), tier("10.5", "1", NULL), tier("40", "0.3333", "3"),
                         tier(NULL, "-0.1", "0.01")};
    for (size_t round = 0; round < 300; round++) {
        bpo__ratio from = bpo__ratio_of(0), total = from, once, part, until = from;
        for (size_t piece = 0; piece < 5; piece++) {
            bpo__ratio step;
            assert_int_equal(bpo__ratio_make(bpo__i256_of((int64_t)test_random_below(&random, 50)),
                                             bpo__i256_of(1 + (int64_t)test_random_below(&random, 7)), &step),
                             BPO_OK);
            assert_int_equal(bpo__ratio_add(from, step, &until), BPO_OK);
            assert_int_equal(bpo__graduated_amount(tiers, 4, from, until, &part), BPO_OK);
            assert_int_equal(bpo__ratio_add(total, part, &total), BPO_OK);
            from = until;
        }
        assert_int_equal(bpo__graduated_amount(tiers, 4, bpo__ratio_of(0), until, &once), BPO_OK);
        assert_int_equal(bpo__ratio_compare(once, total), 0);
    }
}

static void an_adjustment_is_the_difference_of_two_cumulative_amounts(void **state)
{
    (void)state;
    bpo__tier tiers[] = {tier("1000", "1.20", NULL), tier(NULL, "0.95", NULL)};
    bpo__charge charge = charge_of(BPO__MODEL_PER_TASK, &facts, "0");
    charge.tiers = tiers;
    charge.tier_count = 2;
    bpo__line posted = rated(&dollars, &charge, "998"), again = rated(&dollars, &charge, "1003");
    assert_amount(&posted, "1197.60");
    assert_amount(&again, "1202.85"); /* five late tasks cost 5.25, two at 1.20 and three at 0.95 */
}

static void refusals_name_the_charge_and_leave_the_lines_alone(void **state)
{
    (void)state;
    bpo__charge charge = charge_of(BPO__MODEL_PER_TASK, &facts, "99999999999999999999999999999999999999");
    bpo__segment segments[] = {segment_of(&charge, 0, "1"), segment_of(&charge, 1, "-1")};
    bpo__line lines[2] = {{.version = 77}, {.version = 78}};
    bpo_error err = BPO_ERROR_INIT;
    assert_int_equal(bpo__rate(&dollars, segments, 2, 30, &arena, lines, &err), BPO_E_RANGE);
    assert_string_equal(err.path, "/pricing/charges/charge");
    segments[0].quantity = decimal("0");
    assert_int_equal(bpo__rate(&dollars, segments, 2, 30, &arena, lines, &err), BPO_E_STATE);
    assert_string_equal(err.path, "/pricing/charges/charge");
    assert_string_equal(err.message, "more usage of charge charge was withdrawn than counted: -1");
    assert_int_equal(bpo__rate(&dollars, segments, 1, 0, &arena, lines, &err), BPO_E_INVALID);
    assert_int_equal(lines[0].version, 77);
    assert_int_equal(lines[1].version, 78);
}

static bpo_status a_rating(fault_host *fault, void *user)
{
    bpo_context *own = NULL;
    bpo__arena room;
    bpo__tier tiers[] = {tier("1000", "1.20", "5"), tier(NULL, "0.95", "6")};
    bpo__charge charge = charge_of(BPO__MODEL_PER_TASK, &facts, "0");
    bpo__line line = {.version = 77};
    bpo__segment segment = segment_of(&charge, 0, "2000");
    (void)user;
    charge.tiers = tiers;
    charge.tier_count = 2;
    bpo_status status = bpo_context_new(&fault->host, &own, NULL);
    if (status != BPO_OK)
        return status;
    bpo__arena_init(&room, own);
    status = bpo__rate(&dollars, &segment, 1, 30, &room, &line, NULL);
    assert_int_equal(line.version, status == BPO_OK ? 0 : 77);
    bpo__arena_clear(&room);
    bpo_context_unref(own);
    return status;
}

static void rating_survives_every_lack_of_memory(void **state)
{
    (void)state;
    assert_true(fault_torture(a_rating, NULL) >= 2);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fixed_charge_is_its_rate_by_the_days_that_it_held),
        cmocka_unit_test(tasks_are_priced_flat),
        cmocka_unit_test(tasks_are_priced_tier_by_tier),
        cmocka_unit_test(hours_are_exact_to_the_microsecond),
        cmocka_unit_test(seat_days_are_divided_by_the_days_of_the_period),
        cmocka_unit_test(seats_that_another_meter_counts_are_whole),
        cmocka_unit_test(rounding_follows_contract_and_currency),
        cmocka_unit_test(the_position_goes_on_across_versions),
        cmocka_unit_test(a_tier_of_fractions_leaves_no_hole),
        cmocka_unit_test(any_cut_of_the_way_costs_the_same),
        cmocka_unit_test(an_adjustment_is_the_difference_of_two_cumulative_amounts),
        cmocka_unit_test(refusals_name_the_charge_and_leave_the_lines_alone),
        cmocka_unit_test(rating_survives_every_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
