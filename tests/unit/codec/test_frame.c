/* SPDX-License-Identifier: Apache-2.0 */
#include "support/test.h"

#include "codec/frame.h"
#include "core/fail.h"
#include "support/fault.h"

static const uint8_t golden[] = {'B', 'P', 'O', 3, 1, 0, 7, 2, 5, 'h', 'e', 'l', 'l', 'o', 0xae, 0x25, 0x40, 0x3f};

/* A frame of kind TICKET with one section, 2, that holds "hello". */
static bpo_status write_hello(bpo_context *context, bpo__buffer *frame)
{
    bpo__buffer content, payload;
    bpo__buffer_init(&content, context);
    bpo__buffer_init(&payload, context);
    bpo_status status = bpo__buffer_append_text(&content, "hello");
    if (status >= 0)
        status = bpo__section_write(&payload, 2, &content);
    if (status >= 0)
        status = bpo__frame_write(frame, BPO__FRAME_TICKET, &payload);
    bpo__buffer_clear(&content);
    bpo__buffer_clear(&payload);
    return status;
}

static void a_frame_has_these_bytes_for_good(void **state)
{
    bpo_context *context = NULL;
    bpo__buffer frame;
    (void)state;
    assert_int_equal(bpo_context_new(NULL, &context, NULL), BPO_OK);
    bpo__buffer_init(&frame, context);
    assert_int_equal(write_hello(context, &frame), BPO_OK);
    assert_int_equal(frame.size, sizeof golden);
    assert_memory_equal(frame.data, golden, sizeof golden);
    bpo__buffer_clear(&frame);
    bpo_context_unref(context);
}

static void a_frame_gives_its_sections_back(void **state)
{
    bpo__reader payload, content;
    uint32_t id = 0;
    (void)state;
    assert_int_equal(bpo__frame_read(golden, sizeof golden, BPO__FRAME_TICKET, &payload, NULL), BPO_OK);
    assert_int_equal(bpo__section_read(&payload, &id, &content), BPO_OK);
    assert_int_equal(id, 2);
    assert_int_equal(bpo__reader_left(&content), 5);
    assert_memory_equal(content.position, "hello", 5);
    assert_int_equal(bpo__section_read(&payload, &id, &content), BPO_DONE);
}

static void any_damaged_bit_is_found(void **state)
{
    uint8_t bytes[sizeof golden];
    bpo__reader payload = bpo__reader_of(NULL, 0);
    (void)state;
    for (size_t bit = 0; bit < 8 * sizeof golden; bit++) {
        memcpy(bytes, golden, sizeof golden);
        bytes[bit / 8] ^= (uint8_t)(1 << (bit % 8));
        bpo_status status = bpo__frame_read(bytes, sizeof bytes, BPO__FRAME_TICKET, &payload, NULL);
        assert_true(status == BPO_E_CORRUPT || (bit / 8 == 4 && status == BPO_E_TOO_NEW));
        assert_null(payload.position);
    }
}

static void a_cut_or_longer_frame_is_refused(void **state)
{
    uint8_t bytes[sizeof golden + 1] = {0};
    bpo__reader payload;
    (void)state;
    memcpy(bytes, golden, sizeof golden);
    for (size_t size = 0; size <= sizeof bytes; size++)
        if (size != sizeof golden)
            assert_int_equal(bpo__frame_read(bytes, size, BPO__FRAME_TICKET, &payload, NULL), BPO_E_CORRUPT);
}

static void each_refusal_says_why(void **state)
{
    uint8_t bytes[sizeof golden];
    bpo__reader payload;
    bpo_error err = BPO_ERROR_INIT;
    (void)state;
    assert_int_equal(bpo__frame_read("no frame at all", 15, BPO__FRAME_TICKET, &payload, &err), BPO_E_CORRUPT);
    assert_int_equal(err.message_id, BPO__MSG_frame_not_ours);
    assert_int_equal(bpo__frame_read(golden, sizeof golden, BPO__FRAME_LEDGER, &payload, &err), BPO_E_CORRUPT);
    assert_int_equal(err.message_id, BPO__MSG_frame_other_kind);
    memcpy(bytes, golden, sizeof golden);
    bytes[9] = 'H';
    assert_int_equal(bpo__frame_read(bytes, sizeof bytes, BPO__FRAME_TICKET, &payload, &err), BPO_E_CORRUPT);
    assert_int_equal(err.message_id, BPO__MSG_frame_damaged);
    bytes[4] = 2;
    assert_int_equal(bpo__frame_read(bytes, sizeof bytes, BPO__FRAME_TICKET, &payload, &err), BPO_E_TOO_NEW);
    assert_int_equal(err.message_id, BPO__MSG_frame_too_new);
}

static void a_later_version_says_what_may_be_skipped(void **state)
{
    (void)state;
    assert_int_equal(bpo__section_unknown(7, NULL), BPO_OK);
    assert_int_equal(bpo__section_unknown(8, NULL), BPO_E_TOO_NEW);
}

static void a_section_cannot_reach_behind_the_payload(void **state)
{
    bpo__reader payload = bpo__reader_of("\x02\x06"
                                         "hello",
                                         7);
    bpo__reader content;
    uint32_t id = 9;
    (void)state;
    assert_int_equal(bpo__section_read(&payload, &id, &content), BPO_E_CORRUPT);
    assert_int_equal(id, 9);
    assert_int_equal(bpo__reader_left(&payload), 7);
}

static bpo_status a_frame_is_written(fault_host *fault, void *user)
{
    bpo_context *context = NULL;
    bpo__buffer frame;
    bpo_status status = bpo_context_new(&fault->host, &context, NULL);
    (void)user;
    if (status < 0)
        return status;
    bpo__buffer_init(&frame, context);
    status = write_hello(context, &frame);
    if (status < 0)
        assert_int_equal(frame.size, 0);
    bpo__buffer_clear(&frame);
    bpo_context_unref(context);
    return status;
}

static void failure_leaves_the_output_alone(void **state)
{
    (void)state;
    assert_true(fault_torture(a_frame_is_written, NULL) >= 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_frame_has_these_bytes_for_good),
        cmocka_unit_test(a_frame_gives_its_sections_back),
        cmocka_unit_test(any_damaged_bit_is_found),
        cmocka_unit_test(a_cut_or_longer_frame_is_refused),
        cmocka_unit_test(each_refusal_says_why),
        cmocka_unit_test(a_later_version_says_what_may_be_skipped),
        cmocka_unit_test(a_section_cannot_reach_behind_the_payload),
        cmocka_unit_test(failure_leaves_the_output_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
