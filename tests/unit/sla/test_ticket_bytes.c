/* SPDX-License-Identifier: Apache-2.0 */
#include "sla_support.h"

#include "codec/frame.h"
#include "core/fail.h"

static const event life[] = {
    {.kind = BPO_TICKET_OPENED, .at = AT(0, 10, 0), .key = "1", .status = "New", .priority = "normal"},
    {.kind = BPO_TICKET_MESSAGED, .at = AT(0, 10, 20), .key = "2", .author = "agent"},
    {.kind = BPO_TICKET_STATUS_CHANGED, .at = AT(0, 12, 0), .key = "3", .status = "Pending"},
    {.kind = BPO_TICKET_STATUS_CHANGED, .at = AT(0, 12, 5), .key = "3", .status = "Pending", .revision = 1},
    {.kind = BPO_TICKET_UPDATED, .at = AT(0, 12, 0), .key = "4", .tier = "gold", .flags = BPO_FACT_RETRACTED},
    {.kind = BPO_TICKET_SOLVED, .at = AT(1, 12, 0), .key = "5"},
};
enum { LIFE = sizeof life / sizeof life[0], MINOR_AT = 5 };

static void any_order_of_arrival_gives_equal_bytes(void **state)
{
    byte_block first, bytes;
    (void)state;
    for (size_t turn = 0; turn < LIFE; turn++) {
        desk_ticket t = new_desk_ticket(NULL, 0);
        for (size_t i = 0; i < LIFE; i++)
            assert_int_equal(apply_event(&t, &life[turn % 2 ? (turn + i) % LIFE : (turn + LIFE - i) % LIFE]), BPO_OK);
        for (size_t i = 0; i < LIFE; i++) /* and again: duplicates count once */
            assert_int_equal(apply_event(&t, &life[i]), BPO_OK);
        assert_int_equal(encode_ticket(t.ticket, turn == 0 ? &first : &bytes), BPO_OK);
        if (turn > 0) {
            assert_int_equal(bytes.size, first.size);
            assert_memory_equal(bytes.data, first.data, first.size);
        }
        close_desk_ticket(&t);
    }
}

static void what_was_written_is_read(void **state)
{
    desk_ticket t = DESK_TICKET(life);
    byte_block bytes, again;
    bpo_ticket *back = NULL;
    (void)state;
    for (int advanced = 0; advanced < 2; advanced++) {
        assert_int_equal(encode_ticket(t.ticket, &bytes), BPO_OK);
        assert_int_equal(bpo_ticket_decode(t.contract, bytes.data, bytes.size, &back, NULL), BPO_OK);
        assert_int_equal(encode_ticket(back, &again), BPO_OK);
        assert_int_equal(again.size, bytes.size);
        assert_memory_equal(again.data, bytes.data, bytes.size);
        back = bpo_ticket_unref(back);
        assert_int_equal(bpo_ticket_advance(t.ticket, AT(2, 0, 0), t.changes, NULL), BPO_OK);
    }
    close_desk_ticket(&t);
}

static void a_ticket_read_back_says_no_crossing_twice(void **state)
{
    desk_ticket t = new_desk_ticket(life, 1);
    byte_block bytes;
    bpo_ticket *back = NULL;
    (void)state;
    assert_int_equal(bpo_ticket_advance(t.ticket, AT(0, 16, 0), t.changes, NULL), BPO_OK);
    assert_int_equal(bpo_changes_count(t.changes), 1);
    assert_int_equal(encode_ticket(t.ticket, &bytes), BPO_OK);
    assert_int_equal(bpo_ticket_decode(t.contract, bytes.data, bytes.size, &back, NULL), BPO_OK);
    assert_int_equal(bpo_ticket_advance(back, AT(0, 16, 0), t.changes, NULL), BPO_OK);
    assert_int_equal(bpo_changes_count(t.changes), 0);
    assert_int_equal(bpo_ticket_advance(back, AT(0, 15, 0), t.changes, NULL), BPO_E_CLOCK_BACK);
    bpo_ticket_unref(back);
    close_desk_ticket(&t);
}

static void an_empty_ticket_has_a_form_too(void **state)
{
    desk_ticket t = new_desk_ticket(NULL, 0);
    byte_block bytes;
    bpo_ticket *back = NULL;
    (void)state;
    assert_int_equal(encode_ticket(t.ticket, &bytes), BPO_OK);
    assert_int_equal(bpo_ticket_decode(t.contract, bytes.data, bytes.size, &back, NULL), BPO_OK);
    bpo_ticket_unref(back);
    close_desk_ticket(&t);
}

/* Puts a right checksum behind changed bytes, so that what lies behind the frame is reached. */
static void mend_sum(byte_block *bytes)
{
    uint32_t sum = bpo__crc32c(bytes->data, bytes->size - 4);
    for (size_t i = 0; i < 4; i++)
        bytes->data[bytes->size - 4 + i] = (unsigned char)(sum >> (8 * i));
}

static void any_bytes_give_a_ticket_or_a_refusal(void **state)
{
    desk_ticket t = DESK_TICKET(life);
    byte_block good, bytes, again;
    uint64_t seed = 3;
    (void)state;
    assert_int_equal(encode_ticket(t.ticket, &good), BPO_OK);
    for (unsigned round = 0; round < 20000; round++) {
        bpo_ticket *back = NULL;
        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        bytes = good;
        size_t at = (size_t)(seed >> 33) % (good.size - 4);
        at = at == MINOR_AT ? 0 : at; /* a later minor version is read, and written as ours */
        bytes.data[at] = (unsigned char)(seed >> 50);
        mend_sum(&bytes);
        bpo_status status = bpo_ticket_decode(t.contract, bytes.data, bytes.size, &back, NULL);
        if (status < 0) {
            assert_true(status == BPO_E_CORRUPT || status == BPO_E_TOO_NEW);
            assert_null(back);
            continue;
        }
        assert_int_equal(encode_ticket(back, &again), BPO_OK);
        assert_int_equal(again.size, bytes.size);
        assert_memory_equal(again.data, bytes.data, bytes.size);
        bpo_ticket_unref(back);
    }
    close_desk_ticket(&t);
}

static void each_refusal_says_why(void **state)
{
    desk_ticket t = DESK_TICKET(life);
    byte_block bytes;
    bpo_ticket *back = NULL;
    (void)state;
    assert_int_equal(encode_ticket(t.ticket, &bytes), BPO_OK);
    bytes.data[20] ^= 1;
    assert_int_equal(bpo_ticket_decode(t.contract, bytes.data, bytes.size, &back, &t.err), BPO_E_CORRUPT);
    assert_int_equal(t.err.message_id, BPO__MSG_frame_damaged);
    assert_int_equal(bpo_ticket_decode(t.contract, "", 0, &back, &t.err), BPO_E_CORRUPT);
    assert_int_equal(bpo_ticket_decode(t.contract, NULL, 0, &back, &t.err), BPO_E_INVALID);
    assert_int_equal(bpo_ticket_decode(NULL, bytes.data, bytes.size, &back, &t.err), BPO_E_INVALID);
    assert_int_equal(bpo_ticket_encode(NULL, NULL, &t.err), BPO_E_INVALID);
    assert_null(back);
    close_desk_ticket(&t);
}

static bpo_status refuse_write(void *user, const void *data, size_t size)
{
    (void)user;
    (void)data;
    (void)size;
    return -4321;
}

static void the_sinks_own_status_comes_back(void **state)
{
    desk_ticket t = DESK_TICKET(life);
    bpo_sink sink = BPO_SINK_INIT;
    (void)state;
    sink.write = refuse_write;
    assert_int_equal(bpo_ticket_encode(t.ticket, &sink, &t.err), -4321);
    assert_int_equal(t.err.host_status, -4321);
    close_desk_ticket(&t);
}

static bpo_status a_ticket_is_written_and_read(fault_host *fault, void *user)
{
    desk_ticket t;
    byte_block bytes;
    bpo_ticket *back = NULL;
    bpo_status status = open_desk_ticket(&fault->host, &t);
    (void)user;
    for (size_t i = 0; i < LIFE && status >= 0; i++)
        status = apply_event(&t, &life[i]);
    if (status >= 0 && (status = encode_ticket(t.ticket, &bytes)) < 0)
        assert_int_equal(bytes.size, 0);
    if (status >= 0 && (status = bpo_ticket_decode(t.contract, bytes.data, bytes.size, &back, NULL)) < 0)
        assert_null(back);
    bpo_ticket_unref(back);
    close_desk_ticket(&t);
    return status;
}

static void failure_leaves_the_output_alone(void **state)
{
    (void)state;
    assert_true(fault_exhaust(a_ticket_is_written_and_read, NULL, false) > 10);
    assert_true(fault_exhaust(a_ticket_is_written_and_read, NULL, true) > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_order_of_arrival_gives_equal_bytes),    cmocka_unit_test(what_was_written_is_read),
        cmocka_unit_test(a_ticket_read_back_says_no_crossing_twice), cmocka_unit_test(an_empty_ticket_has_a_form_too),
        cmocka_unit_test(any_bytes_give_a_ticket_or_a_refusal),      cmocka_unit_test(each_refusal_says_why),
        cmocka_unit_test(the_sinks_own_status_comes_back),           cmocka_unit_test(failure_leaves_the_output_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
