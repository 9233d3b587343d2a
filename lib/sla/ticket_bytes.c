/* SPDX-License-Identifier: Apache-2.0 */
/* A ticket as bytes, for a column of the host's row.
 *
 *     section 2: number of facts, then each fact's canonical bytes behind their size, in fact order, all revisions
 *     section 4: the instant up to which breaches were announced; left out where there is none
 *
 * Law: one state has one form; decoding what was encoded and encoding it again gives the same bytes. The contract is
 * not in them: the host names it when it reads. */
#include "codec/frame.h"
#include "core/fail.h"
#include "sla/ticket.h"

enum { SECTION_FACTS = 2, SECTION_ADVANCED = 4 };

/* --- writing ----------------------------------------------------------------------------------------------------- */

static bpo_status write_facts(const bpo__history *history, bpo__buffer *into)
{
    bpo_status status = bpo__write_unsigned(into, history->count);
    for (size_t i = 0; i < history->count && status >= 0; i++) {
        const bpo__entry *entry = &history->entries[i];
        status = bpo__write_text(into, (bpo__text){(const char *)entry->bytes, entry->size});
    }
    return status;
}

/* `content` and `payload` are scratch; the frame comes into `frame`. */
static bpo_status write_ticket(const bpo_ticket *ticket, bpo__buffer *content, bpo__buffer *payload, bpo__buffer *frame)
{
    bpo_status status = write_facts(&ticket->history, content);
    if (status >= 0)
        status = bpo__section_write(payload, SECTION_FACTS, content);
    if (status >= 0 && ticket->advanced != BPO__NEVER_ADVANCED) {
        content->size = 0;
        status = bpo__write_signed(content, ticket->advanced);
        if (status >= 0)
            status = bpo__section_write(payload, SECTION_ADVANCED, content);
    }
    return status < 0 ? status : bpo__frame_write(frame, BPO__FRAME_TICKET, payload);
}

bpo_status bpo_ticket_encode(bpo_ticket *ticket, const bpo_sink *sink, bpo_error *err)
{
    if (ticket == NULL || sink == NULL)
        return bpo__fail_argument(err, ticket == NULL ? "ticket" : "sink");
    bpo_context *context = ticket->history.context;
    bpo__buffer content, payload, frame;
    bpo__buffer_init(&content, context);
    bpo__buffer_init(&payload, context);
    bpo__buffer_init(&frame, context);
    bpo_status status = write_ticket(ticket, &content, &payload, &frame);
    if (status < 0)
        bpo__fail_memory(err);
    else if ((status = bpo_sink_write(sink, frame.data, frame.size)) < 0)
        bpo__fail_host(err, status, "write");
    bpo__buffer_clear(&content);
    bpo__buffer_clear(&payload);
    bpo__buffer_clear(&frame);
    return status < 0 ? status : BPO_OK;
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

static bpo_status refuse(bpo_error *err)
{
    return bpo__fail(err, BPO_E_CORRUPT, BPO__MSG_ticket_damaged, "", NULL, NULL, NULL);
}

/* Adds a fact that must stand behind all before it. */
static bpo_status read_fact(bpo_ticket *ticket, bpo__text bytes, bpo_error *err)
{
    bpo_value values[BPO_FACT_VALUE_COUNT_MAX];
    bpo_fact fact;
    bpo__added added = BPO__ADDED;
    bpo_status status = bpo__fact_decode(ticket->contract, bytes.data, bytes.size, &fact, values, err);
    if (status < 0)
        return status;
    if (bpo__ticket_admit(ticket, &fact, NULL) < 0)
        return refuse(err);
    status = bpo__history_add(&ticket->history, &fact, bytes.data, bytes.size, &added, err);
    if (status == BPO_E_NOMEM)
        return status;
    const bpo__entry *last = &ticket->history.entries[ticket->history.count - 1];
    bool behind = last->revision == fact.revision && bpo__text_equal(last->key, (bpo__text){fact.key, fact.key_size});
    return status < 0 || added == BPO__ADDED_DUPLICATE || !behind ? refuse(err) : BPO_OK;
}

static bpo_status read_facts(bpo_ticket *ticket, bpo__reader *from, bpo_error *err)
{
    uint64_t count = 0;
    if (bpo__read_unsigned(from, &count) < 0 || count > BPO_TICKET_FACT_COUNT_MAX)
        return refuse(err);
    for (uint64_t i = 0; i < count; i++) {
        bpo__text bytes = {NULL, 0};
        if (bpo__read_text(from, &bytes) < 0)
            return refuse(err);
        bpo_status status = read_fact(ticket, bytes, err);
        if (status < 0)
            return status;
    }
    return bpo__reader_left(from) > 0 ? refuse(err) : BPO_OK;
}

static bpo_status read_advanced(bpo_ticket *ticket, bpo__reader *from, bpo_error *err)
{
    bpo_time advanced = 0;
    if (bpo__read_signed(from, &advanced) < 0 || bpo__reader_left(from) > 0 || advanced < BPO__FACT_AT_MIN ||
        advanced >= BPO__FACT_AT_END)
        return refuse(err);
    ticket->advanced = advanced;
    return BPO_OK;
}

static bpo_status read_section(bpo_ticket *ticket, uint32_t id, bpo__reader *content, bpo_error *err)
{
    if (id == SECTION_FACTS)
        return read_facts(ticket, content, err);
    if (id == SECTION_ADVANCED)
        return read_advanced(ticket, content, err);
    return bpo__section_unknown(id, err);
}

static bpo_status read_ticket(bpo_ticket *ticket, const void *bytes, size_t size, bpo_error *err)
{
    bpo__reader payload, content;
    uint32_t id = 0, before = 0;
    bool has_facts = false;
    bpo_status status = bpo__frame_read(bytes, size, BPO__FRAME_TICKET, &payload, err);
    if (status < 0)
        return status;
    while ((status = bpo__section_read(&payload, &id, &content)) == BPO_OK) {
        if (id <= before)
            return refuse(err);
        if ((status = read_section(ticket, id, &content, err)) < 0)
            return status;
        has_facts = has_facts || id == SECTION_FACTS;
        before = id;
    }
    return status < 0 || !has_facts ? refuse(err) : BPO_OK;
}

bpo_status bpo_ticket_decode(bpo_contract *contract, const void *bytes, size_t size, bpo_ticket **ret_ticket,
                             bpo_error *err)
{
    bpo_ticket *ticket = NULL;
    if (bytes == NULL || ret_ticket == NULL)
        return bpo__fail_argument(err, bytes == NULL ? "bytes" : "ret_ticket");
    bpo_status status = bpo_ticket_new(contract, &ticket, err);
    if (status >= 0)
        status = read_ticket(ticket, bytes, size, err);
    if (status < 0) {
        bpo_ticket_unref(ticket);
        return status;
    }
    *ret_ticket = ticket;
    return BPO_OK;
}
