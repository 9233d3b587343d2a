/* SPDX-License-Identifier: Apache-2.0 */
#include "codec_support.h"

#include "codec/fact_bytes.h"
#include "core/fail.h"
#include "support/fault.h"

typedef struct world {
    bpo_context *context;
    bpo_contract *contract;
    bpo__buffer bytes;
} world;

static bpo_status open_world(const bpo_host *host, world *w)
{
    w->context = NULL;
    w->contract = NULL;
    bpo_status status = bpo_context_new(host, &w->context, NULL);
    bpo__buffer_init(&w->bytes, w->context);
    return status < 0 ? status : small_contract(w->context, &w->contract);
}

static world new_world(void)
{
    world w;
    bpo_host host = test_host();
    assert_int_equal(open_world(&host, &w), BPO_OK);
    return w;
}

static void end_world(world *w)
{
    if (w->context != NULL)
        bpo__buffer_clear(&w->bytes);
    bpo_contract_unref(w->contract);
    bpo_context_unref(w->context);
}

static uint32_t attribute(const world *w, const char *name)
{
    uint32_t id = 0;
    assert_int_equal(bpo_contract_attribute(w->contract, name, &id, NULL), BPO_OK);
    return id;
}

/* A fact with a value of each type, two of them the host's own, in an order that is not canonical. */
static bpo_fact rich_fact(const world *w, bpo_value *values)
{
    bpo_fact fact = plain_fact(BPO_TICKET_UPDATED, INT64_C(1751328000000001), "txn/88123");
    values[0] = text_value(attribute(w, "zone"), "north");
    values[1] = text_value(BPO_VALUE_STATUS, "New");
    values[2] = decimal_value(attribute(w, "impact"), 150, 2);
    values[3] = integer_value(BPO_VALUE_OPPORTUNITIES, -3);
    values[4] = text_value(BPO_VALUE_PRIORITY, "3 - Moderate");
    values[5] = (bpo_value){.name = BPO_VALUE_STARTED, .type = BPO_TYPE_INSTANT, .integer = -1};
    fact.order = -7;
    fact.revision = 2;
    fact.recorded_at = 99;
    fact.flags = BPO_FACT_LATE;
    fact.party = "client";
    fact.party_size = 6;
    fact.values = values;
    fact.value_count = 6;
    return fact;
}

static void a_fact_has_these_bytes_for_good(void **state)
{
    static const char golden[] = "\x68\x00\x02\x82\x80\x9a\xb5\xda\xb4\x9c\x06\x0d\x09txn/88123\x03T-1\x06"
                                 "client\x00\x06"
                                 "\x01\x01\x0c"
                                 "3 - Moderate\x08\x01\x03New\x10\x04\x01\x24\x02\x05"
                                 "\x00\x06impact\x03\x02\xac\x02\x00\x04zone\x01\x05north";
    world w = new_world();
    bpo_value values[6];
    bpo_fact fact = rich_fact(&w, values);
    (void)state;
    assert_int_equal(bpo__fact_encode(w.contract, &fact, &w.bytes, NULL), BPO_OK);
    assert_int_equal(w.bytes.size, sizeof golden - 1);
    assert_memory_equal(w.bytes.data, golden, w.bytes.size);
    end_world(&w);
}

static void the_order_of_values_does_not_count(void **state)
{
    world w = new_world();
    bpo_value values[6];
    bpo_fact fact = rich_fact(&w, values);
    size_t size;
    (void)state;
    assert_int_equal(bpo__fact_encode(w.contract, &fact, &w.bytes, NULL), BPO_OK);
    size = w.bytes.size;
    for (int round = 0; round < 6; round++) {
        bpo_value first = values[0];
        memmove(values, values + 1, 5 * sizeof values[0]);
        values[5] = first;
        w.bytes.size = size;
        assert_int_equal(bpo__fact_encode(w.contract, &fact, &w.bytes, NULL), BPO_OK);
        assert_int_equal(w.bytes.size, 2 * size);
        assert_memory_equal(w.bytes.data + size, w.bytes.data, size);
    }
    end_world(&w);
}

static void when_it_was_recorded_does_not_count(void **state)
{
    world w = new_world();
    bpo_fact fact = plain_fact(BPO_TICKET_OPENED, 5, "k");
    size_t size;
    (void)state;
    assert_int_equal(bpo__fact_encode(w.contract, &fact, &w.bytes, NULL), BPO_OK);
    size = w.bytes.size;
    fact.recorded_at = 1000;
    fact.flags = BPO_FACT_LATE;
    assert_int_equal(bpo__fact_encode(w.contract, &fact, &w.bytes, NULL), BPO_OK);
    assert_memory_equal(w.bytes.data + size, w.bytes.data, size);
    end_world(&w);
}

static void what_was_written_is_read(void **state)
{
    world w = new_world();
    bpo_value values[6], read[BPO_FACT_VALUE_COUNT_MAX];
    bpo_fact fact = rich_fact(&w, values), back = BPO_FACT_INIT;
    uint8_t bytes[256];
    (void)state;
    assert_int_equal(bpo__fact_encode(w.contract, &fact, &w.bytes, NULL), BPO_OK);
    size_t size = w.bytes.size;
    memcpy(bytes, w.bytes.data, size); /* what is read borrows from them */
    w.bytes.size = 0;
    assert_int_equal(bpo__fact_decode(w.contract, bytes, size, &back, read, NULL), BPO_OK);
    assert_int_equal(back.struct_size, sizeof back);
    assert_true(back.kind == fact.kind && back.at == fact.at && back.order == fact.order && back.revision == 2);
    assert_true(back.flags == 0 && back.recorded_at == 0 && back.value_count == 6 && back.values == read);
    assert_memory_equal(back.key, "txn/88123", back.key_size);
    assert_memory_equal(back.party, "client", back.party_size);
    assert_int_equal(read[0].name, BPO_VALUE_PRIORITY);
    assert_int_equal(read[5].name, attribute(&w, "zone"));
    assert_memory_equal(read[5].text, "north", 5);
    assert_true(read[4].decimal.lo == 150 && read[4].decimal.scale == 2 && read[3].integer == -3);
    assert_int_equal(bpo__fact_encode(w.contract, &back, &w.bytes, NULL), BPO_OK);
    assert_int_equal(w.bytes.size, size);
    assert_memory_equal(w.bytes.data, bytes, size);
    end_world(&w);
}

static void bytes_of_another_process_name_the_same_attributes(void **state)
{
    world writer = new_world(), reader = new_world();
    bpo_value values[6], read[BPO_FACT_VALUE_COUNT_MAX];
    bpo_fact fact = rich_fact(&writer, values), back;
    (void)state;
    attribute(&reader, "something_else");
    assert_int_equal(bpo__fact_encode(writer.contract, &fact, &writer.bytes, NULL), BPO_OK);
    assert_int_equal(bpo__fact_decode(reader.contract, writer.bytes.data, writer.bytes.size, &back, read, NULL),
                     BPO_OK);
    assert_int_equal(read[4].name, attribute(&reader, "impact"));
    assert_int_equal(read[5].name, attribute(&reader, "zone"));
    end_world(&writer);
    end_world(&reader);
}

static void a_value_given_twice_is_refused(void **state)
{
    world w = new_world();
    bpo_error err = BPO_ERROR_INIT;
    bpo_value values[3] = {text_value(BPO_VALUE_PRIORITY, "a"), text_value(BPO_VALUE_GROUP, "g"),
                           text_value(BPO_VALUE_PRIORITY, "a")};
    bpo_fact fact = plain_fact(BPO_TICKET_UPDATED, 0, "k");
    (void)state;
    fact.values = values;
    fact.value_count = 3;
    assert_int_equal(bpo__fact_encode(w.contract, &fact, &w.bytes, &err), BPO_E_FACT);
    assert_int_equal(err.message_id, BPO__MSG_fact_value_twice);
    assert_string_equal(err.path, "/values/priority");
    assert_int_equal(w.bytes.size, 0);
    end_world(&w);
}

/* Any bytes give a fact that is written the same way, or are refused and leave the result alone. */
static void assert_total(world *w, const uint8_t *bytes, size_t size)
{
    bpo_value read[BPO_FACT_VALUE_COUNT_MAX];
    bpo_fact back = BPO_FACT_INIT;
    bpo_status status = bpo__fact_decode(w->contract, bytes, size, &back, read, NULL);
    if (status < 0) {
        assert_true(status == BPO_E_CORRUPT || status == BPO_E_TOO_NEW);
        assert_int_equal(back.kind, 0);
        return;
    }
    bpo_error err = BPO_ERROR_INIT;
    w->bytes.size = 0;
    status = bpo__fact_encode(w->contract, &back, &w->bytes, &err);
    if (status == BPO_OK) {
        assert_int_equal(w->bytes.size, size);
        assert_memory_equal(w->bytes.data, bytes, size);
    } else { /* what only the contract and the table of kinds know */
        assert_true(err.message_id == BPO__MSG_status_unmapped || err.message_id == BPO__MSG_fact_value_missing ||
                        (err.message_id >= BPO__MSG_fact_integer_range &&
                         err.message_id <= BPO__MSG_fact_duration_negative) ||
                        err.message_id == BPO__MSG_fact_instant_range);
    }
}

static void any_bytes_give_a_fact_or_a_refusal(void **state)
{
    world w = new_world();
    bpo_value values[6];
    bpo_fact fact = rich_fact(&w, values);
    uint8_t bytes[256];
    uint64_t seed = 5;
    (void)state;
    assert_int_equal(bpo__fact_encode(w.contract, &fact, &w.bytes, NULL), BPO_OK);
    size_t size = w.bytes.size;
    memcpy(bytes, w.bytes.data, size);
    for (size_t cut = 0; cut < size; cut++)
        assert_total(&w, bytes, cut);
    for (unsigned round = 0; round < 60000; round++) {
        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        size_t at = (size_t)(seed >> 33) % size;
        uint8_t before = bytes[at];
        bytes[at] = (uint8_t)(seed >> 50);
        assert_total(&w, bytes, size);
        if (round % 4)
            bytes[at] = before;
        if (round % 64 == 0) {
            w.bytes.size = 0;
            assert_int_equal(bpo__fact_encode(w.contract, &fact, &w.bytes, NULL), BPO_OK);
            memcpy(bytes, w.bytes.data, size);
        }
    }
    end_world(&w);
}

static bpo_status a_fact_is_written_and_read(fault_host *fault, void *user)
{
    world w;
    bpo_value values[2] = {text_value(BPO_VALUE_GROUP, "g"), text_value(0, "north")};
    bpo_value read[BPO_FACT_VALUE_COUNT_MAX];
    bpo_fact fact = plain_fact(BPO_TICKET_UPDATED, 0, "k"), back = BPO_FACT_INIT;
    bpo_status status = open_world(&fault->host, &w);
    (void)user;
    fact.values = values;
    fact.value_count = 2;
    if (status >= 0)
        status = bpo_contract_attribute(w.contract, "zone", &values[1].name, NULL);
    if (status >= 0 && (status = bpo__fact_encode(w.contract, &fact, &w.bytes, NULL)) < 0)
        assert_int_equal(w.bytes.size, 0);
    if (status >= 0 && (status = bpo__fact_decode(w.contract, w.bytes.data, w.bytes.size, &back, read, NULL)) < 0)
        assert_int_equal(back.kind, 0);
    end_world(&w);
    return status;
}

static void failure_leaves_the_output_alone(void **state)
{
    (void)state;
    assert_true(fault_exhaust(a_fact_is_written_and_read, NULL, false) > 2);
    assert_true(fault_exhaust(a_fact_is_written_and_read, NULL, true) > 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fact_has_these_bytes_for_good),
        cmocka_unit_test(the_order_of_values_does_not_count),
        cmocka_unit_test(when_it_was_recorded_does_not_count),
        cmocka_unit_test(what_was_written_is_read),
        cmocka_unit_test(bytes_of_another_process_name_the_same_attributes),
        cmocka_unit_test(a_value_given_twice_is_refused),
        cmocka_unit_test(any_bytes_give_a_fact_or_a_refusal),
        cmocka_unit_test(failure_leaves_the_output_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
