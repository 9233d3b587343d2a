/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "codec/history.h"
#include "core/fail.h"
#include "support/fault.h"
#include "terms/fact_table.h"

/* A fact of the tests: its canonical bytes are made here, without a contract. `note` stands for all content. */
typedef struct sample {
    bpo_time at;
    int64_t order;
    bpo_fact_kind kind;
    uint32_t flags;
    uint32_t revision;
    char key[8];
    char note;
} sample;

static bpo_context *new_context(void)
{
    bpo_context *context = NULL;
    assert_int_equal(bpo_context_new(NULL, &context, NULL), BPO_OK);
    return context;
}

static size_t make_bytes(const sample *one, uint8_t *bytes)
{
    uint8_t *to = bpo__put_unsigned(bytes, (uint64_t)one->kind);
    to = bpo__put_unsigned(to, one->flags & BPO_FACT_RETRACTED);
    to = bpo__put_unsigned(to, one->revision);
    to = bpo__put_signed(to, one->at);
    to = bpo__put_signed(to, one->order);
    to = bpo__put_text(to, bpo__text_of(one->key));
    to = bpo__put_text(to, (bpo__text){&one->note, 1});
    return (size_t)(to - bytes);
}

static bpo_status add(bpo__history *history, const sample *one, bpo__added *ret_added, bpo_error *err)
{
    uint8_t bytes[128];
    bpo_fact fact = BPO_FACT_INIT;
    fact.at = one->at;
    fact.order = one->order;
    fact.kind = one->kind;
    fact.flags = one->flags;
    fact.revision = one->revision;
    return bpo__history_add(history, &fact, bytes, make_bytes(one, bytes), ret_added, err);
}

static bpo__added add_well(bpo__history *history, const sample *one)
{
    bpo__added added = BPO__ADDED;
    assert_int_equal(add(history, one, &added, NULL), BPO_OK);
    return added;
}

/* What the view shows, as the notes of the facts in order. */
static size_t show(const bpo__history *history, bpo__view view, char *notes)
{
    size_t position = 0, count = 0;
    for (const bpo__entry *entry; (entry = bpo__history_next(history, view, &position)) != NULL;)
        notes[count++] = (char)entry->bytes[entry->size - 1];
    notes[count] = '\0';
    return count;
}

static const bpo__view whole = {BPO_TIME_NEVER, true, false};

static void assert_in_order(const bpo__history *history)
{
    for (size_t i = 1; i < history->count; i++) {
        const bpo__entry *a = &history->entries[i - 1], *b = &history->entries[i];
        assert_true(bpo__fact_order(a->at, a->order, a->kind, a->key, a->revision, b->at, b->order, b->kind, b->key,
                                    b->revision) < 0);
    }
}

/* --- order and arrival ------------------------------------------------------------------------------------------- */

static uint64_t seed = 11;

static uint32_t next_random(void)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(seed >> 33);
}

enum { MANY = 300 };

/* Colliding instants, orders and kinds; some keys have several revisions, late or retracted. */
static void make_samples(sample *samples)
{
    static const bpo_fact_kind kinds[] = {BPO_TICKET_OPENED, BPO_TICKET_UPDATED, BPO_TICKET_SOLVED};
    for (uint32_t i = 0; i < MANY; i++) {
        sample made = {.at = next_random() % 40,
                       .order = next_random() % 2,
                       .kind = kinds[next_random() % 3],
                       .revision = i % 3,
                       .key = {(char)('a' + i / 3 % 10), (char)('a' + i / 30)},
                       .note = (char)('!' + i % 90)};
        if (next_random() % 5 == 0)
            made.flags |= BPO_FACT_LATE;
        if (next_random() % 7 == 0)
            made.flags |= BPO_FACT_RETRACTED;
        samples[i] = made;
    }
}

static void shuffle(sample *samples)
{
    for (uint32_t i = MANY - 1; i > 0; i--) {
        uint32_t j = next_random() % (i + 1);
        sample swapped = samples[i];
        samples[i] = samples[j];
        samples[j] = swapped;
    }
}

/* The definition of a view, by looking at everything. */
static bool counts(const sample *samples, const sample *one, bpo__view view)
{
    if (one->at >= view.until || (!view.late && (one->flags & BPO_FACT_LATE)) || (one->flags & BPO_FACT_RETRACTED))
        return false;
    for (size_t i = 0; i < MANY; i++) {
        const sample *other = &samples[i];
        bool seen = other->at < view.until && (view.late || !(other->flags & BPO_FACT_LATE));
        if (seen && other->revision > one->revision && strcmp(other->key, one->key) == 0)
            return false;
    }
    return true;
}

static void assert_view(const bpo__history *history, const sample *samples, bpo__view view)
{
    char notes[MANY + 1];
    size_t expected = 0;
    for (size_t i = 0; i < MANY; i++)
        expected += counts(samples, &samples[i], view);
    assert_int_equal(show(history, view, notes), expected);
}

static void any_order_of_arrival_gives_the_same_history(void **state)
{
    bpo_context *context = new_context();
    sample samples[MANY];
    char first[3][MANY + 1], again[MANY + 1];
    const bpo__view views[3] = {whole, {BPO_TIME_NEVER, false, false}, {20, true, false}};
    (void)state;
    make_samples(samples);
    for (int round = 0; round < 20; round++) {
        bpo__history history;
        bpo__history_init(&history, context);
        for (size_t i = 0; i < MANY; i++)
            add_well(&history, &samples[i]);
        assert_int_equal(history.count, MANY);
        assert_in_order(&history);
        for (int i = 0; i < 3; i++) {
            assert_view(&history, samples, views[i]);
            show(&history, views[i], round == 0 ? first[i] : again);
            assert_string_equal(round == 0 ? first[i] : again, first[i]);
        }
        for (size_t i = 0; i < MANY; i++)
            assert_int_equal(add_well(&history, &samples[i]), BPO__ADDED_DUPLICATE);
        assert_int_equal(history.count, MANY);
        bpo__history_clear(&history);
        shuffle(samples);
    }
    bpo_context_unref(context);
}

/* --- identity ---------------------------------------------------------------------------------------------------- */

static void the_highest_revision_counts_whatever_arrives_first(void **state)
{
    bpo_context *context = new_context();
    bpo__history history;
    char notes[8];
    sample old = {.at = 5, .kind = BPO_TICKET_UPDATED, .revision = 0, .key = "k", .note = 'o'};
    sample corrected = {.at = 3, .kind = BPO_TICKET_UPDATED, .revision = 1, .key = "k", .note = 'c'};
    (void)state;
    bpo__history_init(&history, context);
    assert_int_equal(add_well(&history, &corrected), BPO__ADDED);
    assert_int_equal(add_well(&history, &old), BPO__ADDED_SUPERSEDED);
    show(&history, whole, notes);
    assert_string_equal(notes, "c");
    bpo__history_clear(&history);
    bpo_context_unref(context);
}

static void a_retraction_hides_its_key(void **state)
{
    bpo_context *context = new_context();
    bpo__history history;
    char notes[8];
    sample kept = {.at = 1, .kind = BPO_TICKET_UPDATED, .key = "a", .note = 'a'};
    sample gone = {.at = 2, .kind = BPO_TICKET_UPDATED, .key = "b", .note = 'b'};
    sample retraction = {
        .at = 2, .kind = BPO_TICKET_UPDATED, .flags = BPO_FACT_RETRACTED, .revision = 1, .key = "b", .note = 'r'};
    sample back = {.at = 2, .kind = BPO_TICKET_UPDATED, .revision = 2, .key = "b", .note = 'B'};
    (void)state;
    bpo__history_init(&history, context);
    add_well(&history, &kept);
    add_well(&history, &gone);
    add_well(&history, &retraction);
    show(&history, whole, notes);
    assert_string_equal(notes, "a");
    add_well(&history, &back);
    show(&history, whole, notes);
    assert_string_equal(notes, "aB");
    bpo__history_clear(&history);
    bpo_context_unref(context);
}

static void a_key_with_other_content_is_refused(void **state)
{
    bpo_context *context = new_context();
    bpo__history history;
    bpo_error err = BPO_ERROR_INIT;
    bpo__added added = BPO__ADDED_SUPERSEDED;
    sample first = {.at = 1, .kind = BPO_TICKET_UPDATED, .revision = 4, .key = "row/7", .note = 'a'};
    sample other = {.at = 1, .kind = BPO_TICKET_UPDATED, .revision = 4, .key = "row/7", .note = 'b'};
    (void)state;
    bpo__history_init(&history, context);
    add_well(&history, &first);
    assert_int_equal(add(&history, &other, &added, &err), BPO_E_KEY_REUSED);
    assert_int_equal(added, BPO__ADDED_SUPERSEDED);
    assert_int_equal(history.count, 1);
    assert_string_equal(err.path, "/key");
    assert_int_equal(err.message_id, BPO__MSG_key_reused);
    assert_memory_equal(err.arguments, "row/7\0004", 8);
    bpo__history_clear(&history);
    bpo_context_unref(context);
}

static void a_fact_that_also_came_in_time_is_not_late(void **state)
{
    bpo_context *context = new_context();
    sample late = {.at = 1, .kind = BPO_TICKET_UPDATED, .flags = BPO_FACT_LATE, .key = "a", .note = 'a'};
    sample in_time = {.at = 1, .kind = BPO_TICKET_UPDATED, .key = "a", .note = 'a'};
    const sample *orders[2][2] = {{&late, &in_time}, {&in_time, &late}};
    (void)state;
    for (int i = 0; i < 2; i++) {
        bpo__history history;
        bpo__history_init(&history, context);
        add_well(&history, orders[i][0]);
        assert_int_equal(add_well(&history, orders[i][1]), BPO__ADDED_DUPLICATE);
        assert_int_equal(history.entries[0].flags, 0);
        bpo__history_clear(&history);
    }
    bpo_context_unref(context);
}

static void what_was_added_can_be_taken_back(void **state)
{
    bpo_context *context = new_context();
    bpo__history history;
    sample samples[MANY];
    (void)state;
    make_samples(samples);
    bpo__history_init(&history, context);
    for (size_t i = 0; i < MANY; i++) {
        add_well(&history, &samples[i]);
        if (i % 2) {
            bpo__history_take_back(&history);
            assert_null(bpo__history_find(&history, bpo__text_of(samples[i].key), samples[i].revision, NULL));
        }
    }
    assert_int_equal(history.count, MANY / 2);
    assert_in_order(&history);
    for (size_t i = 0; i < MANY; i++)
        assert_int_equal(add_well(&history, &samples[i]) == BPO__ADDED_DUPLICATE, i % 2 == 0);
    bpo__history_clear(&history);
    bpo_context_unref(context);
}

static void the_newest_revision_is_found_whatever_arrived_first(void **state)
{
    static const sample samples[] = {{10, 0, BPO_TICKET_SOLVED, 0, 2, "a", 'm'},
                                     {30, 0, BPO_TICKET_SOLVED, 0, 0, "a", 'l'},
                                     {5, 0, BPO_TICKET_SOLVED, BPO_FACT_RETRACTED, 3, "a", 'h'},
                                     {20, 0, BPO_TICKET_SOLVED, 0, 9, "b", 'o'}};
    bpo_context *context = new_context();
    bpo__history history;
    (void)state;
    bpo__history_init(&history, context);
    assert_null(bpo__history_newest(&history, BPO__TEXT("a")));
    for (size_t i = 0; i < 4; i++)
        add_well(&history, &samples[i]);
    assert_int_equal(bpo__history_newest(&history, BPO__TEXT("a"))->revision, 3);
    assert_int_equal(bpo__history_newest(&history, BPO__TEXT("b"))->revision, 9);
    assert_null(bpo__history_newest(&history, BPO__TEXT("c")));
    bpo__history_clear(&history);
    bpo_context_unref(context);
}

static void a_revision_is_found_by_its_key(void **state)
{
    bpo_context *context = new_context();
    bpo__history history;
    sample samples[MANY];
    bool superseded = true;
    (void)state;
    make_samples(samples);
    bpo__history_init(&history, context);
    for (size_t i = 0; i < MANY; i++)
        add_well(&history, &samples[i]);
    for (size_t i = 0; i < MANY; i++) {
        const bpo__entry *entry =
            bpo__history_find(&history, bpo__text_of(samples[i].key), samples[i].revision, &superseded);
        assert_non_null(entry);
        assert_int_equal(entry->bytes[entry->size - 1], samples[i].note);
        assert_int_equal(superseded, samples[i].revision < 2);
    }
    assert_null(bpo__history_find(&history, BPO__TEXT("unknown"), 0, &superseded));
    assert_false(superseded);
    bpo__history_clear(&history);
    bpo_context_unref(context);
}

/* --- memory ------------------------------------------------------------------------------------------------------ */

static bpo_status many_facts_are_added(fault_host *fault, void *user)
{
    const sample *samples = user;
    bpo_context *context = NULL;
    bpo__history history;
    bpo__added added;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    if (status < 0)
        return status;
    bpo__history_init(&history, context);
    for (size_t i = 0; i < MANY && status >= 0; i++) {
        size_t before = history.count;
        status = add(&history, &samples[i], &added, NULL);
        assert_int_equal(history.count, status < 0 ? before : before + 1);
        assert_in_order(&history);
    }
    bpo__history_clear(&history);
    bpo_context_unref(context);
    return status;
}

static void failure_leaves_the_history_as_before(void **state)
{
    sample samples[MANY];
    (void)state;
    make_samples(samples);
    assert_true(fault_torture(many_facts_are_added, samples) > 10);
}

static bpo_status room_is_made_first(fault_host *fault, void *user)
{
    const sample *samples = user;
    bpo_context *context = NULL;
    bpo__history history;
    uint8_t bytes[128];
    size_t size = 0;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    if (status < 0)
        return status;
    bpo__history_init(&history, context);
    for (size_t i = 0; i < MANY; i++)
        size += make_bytes(&samples[i], bytes);
    status = bpo__history_reserve(&history, MANY, size);
    size_t calls = fault->memory.calls;
    for (size_t i = 0; i < MANY && status >= 0; i++)
        add_well(&history, &samples[i]);
    assert_int_equal(fault->memory.calls, calls);
    bpo__history_clear(&history);
    bpo_context_unref(context);
    return status;
}

static void after_making_room_nothing_is_allocated(void **state)
{
    sample samples[MANY];
    (void)state;
    make_samples(samples);
    fault_torture(room_is_made_first, samples);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_order_of_arrival_gives_the_same_history),
        cmocka_unit_test(the_highest_revision_counts_whatever_arrives_first),
        cmocka_unit_test(a_retraction_hides_its_key),
        cmocka_unit_test(a_key_with_other_content_is_refused),
        cmocka_unit_test(a_fact_that_also_came_in_time_is_not_late),
        cmocka_unit_test(what_was_added_can_be_taken_back),
        cmocka_unit_test(a_revision_is_found_by_its_key),
        cmocka_unit_test(the_newest_revision_is_found_whatever_arrived_first),
        cmocka_unit_test(failure_leaves_the_history_as_before),
        cmocka_unit_test(after_making_room_nothing_is_allocated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
