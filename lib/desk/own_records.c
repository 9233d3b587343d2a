/* SPDX-License-Identifier: Apache-2.0 */
/* The desk's own records; layout in desk/own_records.h. */
#include "desk/own_records.h"

#include "codec/frame.h"
#include "core/digest.h"
#include "core/fail.h"
#include "desk/desk.h"
#include <bpo/fact.h>

/* Sections; even, so that no reader may skip them. */
enum { SECTION_HEAD = 2, SECTION_STATEMENT = 4 };

_Static_assert(sizeof(((bpo__own_key *)0)->text) > BPO_FACT_KEY_SIZE_MAX, "a key and its NUL fit");

/* --- keys -------------------------------------------------------------------------------------------------------- */

static void put(bpo__own_key *key, const char *text, size_t size)
{
    memcpy(key->text + key->size, text, size);
    key->size += size;
}

static bpo__own_key numbered(const char *word, int64_t number)
{
    bpo__own_key key = {{BPO__DESK_KEY_PREFIX}, 1};
    char digits[BPO__INTEGER_TEXT_SIZE];

    put(&key, word, strlen(word));
    put(&key, digits, bpo__integer_format(number, digits));
    return key;
}

bpo__own_key bpo__terms_key(void)
{
    bpo__own_key key = {{BPO__DESK_KEY_PREFIX}, 1};
    put(&key, "terms", 5);
    return key;
}

bpo__own_key bpo__amendment_key(uint32_t number) { return numbered("amendment/", number); }

bpo__own_key bpo__seal_key(bpo_time start) { return numbered("seal/", start); }

bpo__own_key bpo__watermark_key(bpo_time at) { return numbered("watermark/", at); }

/* FNV-1a from a given start. */
static uint64_t sum_of(uint64_t sum, const void *data, size_t size)
{
    const uint8_t *byte = data;
    for (size_t i = 0; i < size; i++)
        sum = (sum ^ byte[i]) * UINT64_C(0x100000001b3);
    return sum;
}

static void put_sum(bpo__own_key *key, uint64_t start, bpo__text subject, bpo__text metric)
{
    uint64_t sum = sum_of(start, metric.data, metric.size);
    sum = sum_of(sum, "/", 1);
    sum = sum_of(sum, subject.data, subject.size);
    for (int shift = 60; shift >= 0; shift -= 4)
        put(key, &"0123456789abcdef"[(sum >> shift) & 15], 1);
}

bpo__own_key bpo__notice_key(bpo__text subject, bpo__text metric, uint32_t cycle)
{
    bpo__own_key key = numbered("breached/", cycle);

    if (key.size + 2 + metric.size + subject.size <= BPO_FACT_KEY_SIZE_MAX) {
        put(&key, "/", 1);
        put(&key, metric.data, metric.size);
        put(&key, "/", 1);
        put(&key, subject.data, subject.size);
    } else {
        put(&key, "#", 1);
        put_sum(&key, UINT64_C(0xcbf29ce484222325), subject, metric);
        put_sum(&key, UINT64_C(0x84222325cbf29ce4), subject, metric);
    }
    return key;
}

/* --- bytes ------------------------------------------------------------------------------------------------------- */

static bpo_status write_notice(bpo__buffer *into, bpo__text subject, bpo__text metric, uint32_t cycle)
{
    bpo_status status = bpo__write_text(into, subject);
    if (status == BPO_OK)
        status = bpo__write_text(into, metric);
    if (status == BPO_OK)
        status = bpo__write_unsigned(into, cycle);
    return status == BPO_OK ? bpo__write_text(into, BPO__TEXT("breached")) : status;
}

bpo_status bpo__notice_encode(bpo__text subject, bpo__text metric, uint32_t cycle, bpo__buffer *into, bpo_error *err)
{
    bpo__buffer content, payload;

    bpo__buffer_init(&content, into->context);
    bpo__buffer_init(&payload, into->context);
    bpo_status status = write_notice(&content, subject, metric, cycle);
    if (status == BPO_OK)
        status = bpo__section_write(&payload, SECTION_HEAD, &content);
    if (status == BPO_OK)
        status = bpo__frame_write(into, BPO__FRAME_NOTICE, &payload);
    bpo__buffer_clear(&content);
    bpo__buffer_clear(&payload);
    return status == BPO_E_NOMEM ? bpo__fail_memory(err) : status;
}

static bpo_status write_seal(bpo__buffer *into, bpo_time start, bpo_time end, const uint8_t *chain)
{
    bpo_status status = bpo__write_signed(into, start);
    if (status == BPO_OK)
        status = bpo__write_signed(into, end);
    return status == BPO_OK ? bpo__write_text(into, (bpo__text){(const char *)chain, BPO_DIGEST_SIZE}) : status;
}

bpo_status bpo__seal_encode(bpo_time start, bpo_time end, const uint8_t *chain, const bpo__buffer *statement,
                            bpo__buffer *into, bpo_error *err)
{
    bpo__buffer content, payload;

    bpo__buffer_init(&content, into->context);
    bpo__buffer_init(&payload, into->context);
    bpo_status status = write_seal(&content, start, end, chain);
    if (status == BPO_OK)
        status = bpo__section_write(&payload, SECTION_HEAD, &content);
    if (status == BPO_OK)
        status = bpo__section_write(&payload, SECTION_STATEMENT, statement);
    if (status == BPO_OK)
        status = bpo__frame_write(into, BPO__FRAME_SEAL, &payload);
    bpo__buffer_clear(&content);
    bpo__buffer_clear(&payload);
    return status == BPO_E_NOMEM ? bpo__fail_memory(err) : status;
}

static bpo_status read_seal(bpo__reader *payload, bpo__seal_content *ret_content)
{
    bpo__reader head, statement;
    uint32_t first = 0, second = 0;

    if (bpo__section_read(payload, &first, &head) != BPO_OK || first != SECTION_HEAD ||
        bpo__section_read(payload, &second, &statement) != BPO_OK || second != SECTION_STATEMENT)
        return BPO_E_CORRUPT;
    if (bpo__read_signed(&head, &ret_content->start) != BPO_OK ||
        bpo__read_signed(&head, &ret_content->end) != BPO_OK ||
        bpo__read_text(&head, &ret_content->chain) != BPO_OK || bpo__reader_left(&head) > 0 ||
        ret_content->chain.size != BPO_DIGEST_SIZE || ret_content->end <= ret_content->start)
        return BPO_E_CORRUPT;
    ret_content->statement = (bpo__text){(const char *)statement.position, bpo__reader_left(&statement)};
    return BPO_OK;
}

bpo_status bpo__seal_decode(const void *bytes, size_t size, bpo__seal_content *ret_content, bpo_error *err)
{
    bpo__reader payload, rest;
    uint32_t id = 0;
    bpo_status status = bpo__frame_read(bytes, size, BPO__FRAME_SEAL, &payload, err);

    if (status != BPO_OK)
        return status;
    status = read_seal(&payload, ret_content);
    while (status == BPO_OK && (status = bpo__section_read(&payload, &id, &rest)) == BPO_OK) {
        status = bpo__section_unknown(id, err);
        if (status != BPO_OK)
            return status;
    }
    return status == BPO_DONE ? BPO_OK
                              : bpo__fail(err, BPO_E_CORRUPT, BPO__MSG_book_damaged, NULL, NULL, NULL, NULL);
}

/* --- records and their chain ------------------------------------------------------------------------------------- */

bpo_record bpo__own_record(int32_t kind, const bpo__own_key *key, bpo_time at, bpo_time recorded_at)
{
    bpo_record record = BPO_RECORD_INIT;

    record.kind = kind;
    record.key = key->text;
    record.key_size = key->size;
    record.subject = "";
    record.bytes = "";
    record.at = at;
    record.recorded_at = recorded_at;
    return record;
}

static bpo_status write_link(bpo__buffer *into, const uint8_t *chain, uint64_t sequence, const bpo_record *record)
{
    const bpo__text texts[] = {{record->key, record->key_size},
                               {record->subject, record->subject_size},
                               {record->bytes, record->size}};
    bpo_status status = bpo__buffer_append(into, chain, BPO_DIGEST_SIZE);
    if (status == BPO_OK)
        status = bpo__write_unsigned(into, sequence);
    if (status == BPO_OK)
        status = bpo__write_signed(into, record->kind);
    if (status == BPO_OK)
        status = bpo__write_unsigned(into, record->revision);
    if (status == BPO_OK)
        status = bpo__write_signed(into, record->at);
    for (size_t i = 0; i < 3 && status == BPO_OK; i++)
        status = bpo__write_text(into, texts[i]);
    return status;
}

bpo_status bpo__chain_add(bpo_context *context, uint8_t *chain, uint64_t sequence, const bpo_record *record,
                          bpo__buffer *scratch, bpo_error *err)
{
    if (!context->host.digest)
        return BPO_OK;
    scratch->size = 0;
    if (write_link(scratch, chain, sequence, record) != BPO_OK)
        return bpo__fail_memory(err);
    bpo_status status = bpo__digest(context, scratch->data, scratch->size, chain, err);
    return status == BPO_PASS ? BPO_OK : status;
}
