/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions: what they hold of, and how they are refused. */
#include "terms_support.h"

#include "terms/condition.h"

#define TEXT(id, word)                                                                                                 \
    {                                                                                                                  \
        (id), BPO_TYPE_TEXT, 0, {0, 0, 0, 0}, (word), sizeof(word) - 1                                                 \
    }
#define NUMBER(id, type, number)                                                                                       \
    {                                                                                                                  \
        (id), (type), (number), {0, 0, 0, 0}, NULL, 0                                                                  \
    }

static bpo_context *context;
static bpo__arena arena;
static bpo__names *names;
static bpo__declared declared[3];
static const bpo__declarations declarations = {declared, 3};

static int set_up(void **state)
{
    (void)state;
    context = context_new();
    bpo__arena_init(&arena, context);
    assert_int_equal(bpo__names_new(context, &names), BPO_OK);
    declared[0].type = BPO_TYPE_INTEGER;
    declared[1].type = BPO_TYPE_DECIMAL;
    declared[2].type = BPO_TYPE_INSTANT;
    assert_int_equal(bpo__names_intern(names, BPO__TEXT("size"), &declared[0].name), BPO_OK);
    assert_int_equal(bpo__names_intern(names, BPO__TEXT("weight"), &declared[1].name), BPO_OK);
    assert_int_equal(bpo__names_intern(names, BPO__TEXT("since"), &declared[2].name), BPO_OK);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    bpo__names_unref(names);
    bpo__arena_clear(&arena);
    context = bpo_context_unref(context);
    return 0;
}

static bpo_status parse(const char *text, const bpo__condition **ret, bpo_error *err)
{
    return bpo__condition_parse(&arena, names, &declarations, "/here", bpo__text_of(text), ret, err);
}

static bool holds(const char *text, const bpo__attributes *attributes)
{
    const bpo__condition *condition = NULL;
    bpo_error err = BPO_ERROR_INIT;

    if (parse(text, &condition, &err) != BPO_OK)
        fail_msg("%s: %s", text, err.message);
    return bpo__condition_holds(condition, attributes);
}

/* The fact says urgent and by chat; the ticket behind it is of another priority, and of tier gold. */
static const bpo_value ticket_values[] = {TEXT(BPO_VALUE_PRIORITY, "low"), TEXT(BPO_VALUE_TIER, "gold"),
                                          TEXT(BPO_VALUE_KIND, "ticket.messaged"),
                                          TEXT(BPO_VALUE_STATUS_CATEGORY, "open")};
static const bpo_value fact_values[] = {TEXT(BPO_VALUE_PRIORITY, "urgent"), TEXT(BPO_VALUE_CHANNEL, "chat"),
                                        NUMBER(BPO_VALUE_PUBLIC, BPO_TYPE_INTEGER, 1)};
static const bpo__attributes ticket = {ticket_values, COUNT(ticket_values), NULL};
static const bpo__attributes seen = {fact_values, COUNT(fact_values), &ticket};

static void words_compare_bytewise_and_the_fact_comes_first(void **state)
{
    (void)state;
    assert_true(holds("priority = urgent", &seen));
    assert_false(holds("priority = low", &seen));
    assert_true(holds("priority = low", &ticket));
    assert_true(holds("priority in (high, urgent)", &seen));
    assert_false(holds("priority in (high, Urgent)", &seen));
    assert_true(holds("priority != low and tier = \"gold\"", &seen));
    assert_true(holds("kind = ticket.messaged", &seen));
    assert_true(bpo__condition_holds(NULL, &seen));
}

static void the_absent_is_never_equal_nor_unequal(void **state)
{
    (void)state;
    assert_false(holds("group = x", &seen));
    assert_false(holds("group != x", &seen));
    assert_false(holds("size > 3", &seen));
    assert_true(holds("not group = x", &seen));
    assert_false(holds("has group", &seen));
    assert_true(holds("has tier", &seen));
}

static void and_binds_tighter_than_or(void **state)
{
    (void)state;
    assert_true(holds("priority = urgent or tier = silver and channel = mail", &seen));
    assert_false(holds("(priority = urgent or tier = silver) and channel = mail", &seen));
    assert_true(holds("priority in (urgent, high) and not channel = mail", &seen));
    assert_false(holds("not (priority = urgent or tier = silver)", &seen));
    assert_true(holds("not not priority = urgent", &seen));
    assert_true(holds("tier = a or tier = b or tier = c or tier = gold", &seen));
}

static void truth_is_one(void **state)
{
    static const bpo_value internal[] = {NUMBER(BPO_VALUE_PUBLIC, BPO_TYPE_INTEGER, 0)};
    static const bpo__attributes note = {internal, 1, NULL};

    (void)state;
    assert_true(holds("public = true", &seen));
    assert_false(holds("public = false", &seen));
    assert_true(holds("public = false", &note));
    assert_true(holds("public != true", &note));
    assert_true(holds("public = 0", &note));
}

static void numbers_compare_exactly(void **state)
{
    bpo_value values[3] = {NUMBER(0, BPO_TYPE_INTEGER, 3), NUMBER(0, BPO_TYPE_DECIMAL, 0),
                           NUMBER(0, BPO_TYPE_INSTANT, 1000000)};
    const bpo__attributes numbers = {values, 3, NULL};

    (void)state;
    for (int i = 0; i < 3; i++)
        values[i].name = declared[i].name;
    assert_int_equal(bpo_decimal_parse("0.30", 4, &values[1].decimal, NULL), BPO_OK);
    assert_true(holds("size <= 3 and size >= 3 and not size < 3 and not size > 3", &numbers));
    assert_true(holds("size < 3.000000000000000001", &numbers));
    assert_true(holds("weight = 0.3", &numbers));
    assert_true(holds("weight in (0.1, 0.300)", &numbers));
    assert_true(holds("weight > 0.299999999999999999", &numbers));
    assert_true(holds("since = \"1970-01-01T00:00:01Z\"", &numbers));
    assert_true(holds("since < \"1970-01-01T02:00:01.000001+02:00\"", &numbers));
}

static void a_number_given_as_text_is_compared_by_value(void **state)
{
    bpo_value values[2] = {TEXT(0, "12"), TEXT(0, "twelve")};
    const bpo__attributes good = {&values[0], 1, NULL}, bad = {&values[1], 1, NULL};

    (void)state;
    values[0].name = values[1].name = declared[0].name;
    assert_true(holds("size > 3", &good));
    assert_false(holds("size > 3", &bad));
    assert_false(holds("size <= 3", &bad));
}

static void durations_count_as_microseconds(void **state)
{
    static const bpo_value values[] = {NUMBER(BPO_VALUE_TALK, BPO_TYPE_INTEGER, 5 * BPO_MINUTE)};
    static const bpo__attributes talked = {values, 1, NULL};

    (void)state;
    assert_true(holds("talk >= PT5M and talk < PT5M0.000001S", &talked));
}

static void quotes_hold_any_text(void **state)
{
    static const bpo_value values[] = {TEXT(BPO_VALUE_STATUS, "say \"a\\b\" (now)")};
    static const bpo__attributes odd = {values, 1, NULL};

    (void)state;
    assert_true(holds("status = \"say \\\"a\\\\b\\\" (now)\"", &odd));
}

static void what_is_mentioned_is_known(void **state)
{
    const bpo__condition *condition = NULL;

    (void)state;
    assert_int_equal(parse("not (priority = a or has tier) and channel in (x, y)", &condition, NULL), BPO_OK);
    assert_true(bpo__condition_mentions(condition, BPO_VALUE_PRIORITY));
    assert_true(bpo__condition_mentions(condition, BPO_VALUE_TIER));
    assert_true(bpo__condition_mentions(condition, BPO_VALUE_CHANNEL));
    assert_false(bpo__condition_mentions(condition, BPO_VALUE_GROUP));
    assert_false(bpo__condition_mentions(NULL, BPO_VALUE_GROUP));
}

static void refusals_name_the_place_in_the_text(void **state)
{
    static const struct {
        const char *text;
        const char *part;
    } cases[] = {
        {"", "at the end; expected the name of an attribute"},
        {"priority", "at the end; expected =, !=, <"},
        {"priority =", "at the end; expected a word"},
        {"priority = ,", "at ,; expected a word"},
        {"priority == a", "at =; expected a word"},
        {"priority ! a", "at !; expected"},
        {"priority = a b", "at b; expected and, or, or nothing more"},
        {"priority = a and", "at the end; expected the name"},
        {"(priority = a", "at the end; expected and, or or )"},
        {"priority = a)", "at ); expected and, or, or nothing more"},
        {"priority in ()", "at ); expected a word"},
        {"priority in (a b)", "at b; expected , or )"},
        {"priority in (a,", "at the end; expected a word"},
        {"Priority = a", "at Priority; expected the name"},
        {"priority = \"a", "expected a word, or text in double quotes"},
        {"priority = \xc3\xa9", "at \xc3\xa9; expected"},
        {"has 7", "at 7; expected the name"},
        {"kind = ticket.bought", "at ticket.bought; expected a kind of fact"},
        {"status_category = waiting", "on_hold"},
        {"opened_weekday = monday", "mon to sun"},
        {"public = maybe", "expected a number"},
        {"size = big", "at big; expected a number"},
        {"since > yesterday", "expected an instant"},
        {"priority < 3", "declare /attributes/priority/type"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const bpo__condition *condition = NULL;
        bpo_error err = BPO_ERROR_INIT;
        assert_int_equal(parse(cases[i].text, &condition, &err), BPO_E_VALUE);
        assert_string_equal(err.path, "/here");
        assert_contains(err.message, cases[i].part);
        assert_null(condition);
    }
}

static void depth_is_bounded(void **state)
{
    char text[2 * 40 + 32] = "";
    const bpo__condition *condition = NULL;

    (void)state;
    for (int i = 0; i < BPO__CONDITION_DEPTH_MAX; i++)
        strcat(text, "(");
    strcat(text, "has tier");
    for (int i = 0; i < BPO__CONDITION_DEPTH_MAX; i++)
        strcat(text, ")");
    assert_int_equal(parse(text, &condition, NULL), BPO_OK);
    memmove(text + 1, text, strlen(text) + 1);
    strcat(text, ")");
    assert_int_equal(parse(text, &condition, NULL), BPO_E_VALUE);
}

static void an_equality_can_be_made_without_text(void **state)
{
    const bpo__condition *condition = bpo__condition_equals(&arena, BPO_VALUE_PRIORITY, BPO__TEXT("urgent"));

    (void)state;
    assert_non_null(condition);
    assert_true(bpo__condition_holds(condition, &seen));
    assert_false(bpo__condition_holds(condition, &ticket));
}

static bpo_status parses_or_leaves_nothing(fault_host *fault, void *user)
{
    bpo_context *own = NULL;
    bpo__names *own_names = NULL;
    const bpo__condition *condition = NULL;
    bpo__arena room;
    bpo_status status = bpo_context_new(&fault->host, &own, NULL);

    (void)user;
    if (status != BPO_OK)
        return status;
    bpo__arena_init(&room, own);
    status = bpo__names_new(own, &own_names);
    if (status == BPO_OK)
        status = bpo__condition_parse(&room, own_names, NULL, "/x",
                                      BPO__TEXT("a in (b, \"c d\") and (not e = f or has g) or h != \"i\""), &condition,
                                      NULL);
    if (status != BPO_OK)
        assert_null(condition);
    bpo__names_unref(own_names);
    bpo__arena_clear(&room);
    bpo_context_unref(own);
    return status;
}

static void without_memory_there_is_no_condition(void **state)
{
    (void)state;
    fault_torture(parses_or_leaves_nothing, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_compare_bytewise_and_the_fact_comes_first),
        cmocka_unit_test(the_absent_is_never_equal_nor_unequal),
        cmocka_unit_test(and_binds_tighter_than_or),
        cmocka_unit_test(truth_is_one),
        cmocka_unit_test(numbers_compare_exactly),
        cmocka_unit_test(a_number_given_as_text_is_compared_by_value),
        cmocka_unit_test(durations_count_as_microseconds),
        cmocka_unit_test(quotes_hold_any_text),
        cmocka_unit_test(what_is_mentioned_is_known),
        cmocka_unit_test(refusals_name_the_place_in_the_text),
        cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(an_equality_can_be_made_without_text),
        cmocka_unit_test(without_memory_there_is_no_condition),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
