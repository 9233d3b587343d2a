/* SPDX-License-Identifier: Apache-2.0 */
/* The canonical bytes of a folded ledger: whose it is, then its books. Reading is total, and refuses what another
 * contract or other rules made. */
#include "codec/frame.h"
#include "core/fail.h"
#include "ledger/ledger.h"
#include <bpo/version.h>

enum { SECTION_IDENTITY = 2 };

/* Whose ledger it is. The digest of the contract is empty where the host has none. */
typedef struct identity {
    bpo__text contract;
    bpo__text digest;
    uint64_t semantics;
    bpo_time start, end, horizon;
} identity;

static const char *contract_id(const bpo_contract *contract)
{
    return bpo__contract_plan(contract, 0)->id;
}

static bpo_status identity_of(const bpo_ledger *ledger, uint8_t *digest, identity *ret_identity, bpo_error *err)
{
    size_t size;
    bpo_status status = bpo__ledger_contract_digest(ledger->contract, digest, &size, err);
    if (status < 0)
        return status;
    ret_identity->contract = bpo__text_of(contract_id(ledger->contract));
    ret_identity->digest = (bpo__text){(const char *)digest, size};
    ret_identity->semantics = bpo_semantics_version();
    ret_identity->start = ledger->start;
    ret_identity->end = ledger->end;
    ret_identity->horizon = ledger->horizon;
    return BPO_OK;
}

static bpo_status write_identity(const identity *it, bpo__buffer *into)
{
    bpo_status status = bpo__write_text(into, it->contract);
    if (status >= 0)
        status = bpo__write_text(into, it->digest);
    if (status >= 0)
        status = bpo__write_unsigned(into, it->semantics);
    if (status >= 0)
        status = bpo__write_signed(into, it->start);
    if (status >= 0)
        status = bpo__write_signed(into, it->end);
    if (status >= 0)
        status = bpo__write_signed(into, it->horizon);
    return status;
}

static bpo_status read_identity(bpo__reader *from, identity *it)
{
    bpo_status status = bpo__read_text(from, &it->contract);
    if (status >= 0)
        status = bpo__read_text(from, &it->digest);
    if (status >= 0)
        status = bpo__read_unsigned(from, &it->semantics);
    if (status >= 0)
        status = bpo__read_signed(from, &it->start);
    if (status >= 0)
        status = bpo__read_signed(from, &it->end);
    if (status >= 0)
        status = bpo__read_signed(from, &it->horizon);
    if (status >= 0 && from->position != from->end)
        status = BPO_E_CORRUPT;
    return status;
}

static bpo_status encode_payload(bpo_ledger *ledger, bpo__buffer *payload, bpo_error *err)
{
    uint8_t digest[BPO_DIGEST_SIZE];
    bpo__buffer content;
    bpo__books *books;
    identity it = {0};
    bpo_status status = bpo__ledger_books(ledger, &books, err);
    if (status < 0 || (status = identity_of(ledger, digest, &it, err)) < 0)
        return status;
    bpo__buffer_init(&content, ledger->context);
    status = write_identity(&it, &content);
    if (status >= 0)
        status = bpo__section_write(payload, SECTION_IDENTITY, &content);
    if (status >= 0)
        status = bpo__books_encode(books, payload);
    bpo__buffer_clear(&content);
    return status == BPO_E_NOMEM ? bpo__fail_memory(err) : status;
}

static bpo_status refuse_malformed(bpo_status status, bpo_error *err)
{
    if (status == BPO_E_NOMEM)
        return bpo__fail_memory(err);
    if (status == BPO_E_CORRUPT)
        return bpo__fail(err, status, BPO__MSG_bytes_malformed, "", "ledger", NULL, NULL);
    return status;
}

static bpo_status refuse_foreign(const bpo_contract *contract, const identity *it, bpo_error *err)
{
    uint8_t digest[BPO_DIGEST_SIZE];
    size_t size;
    bpo_status status = bpo__ledger_contract_digest(contract, digest, &size, err);
    if (status < 0)
        return status;
    bool other = size > 0 && it->digest.size == size && memcmp(it->digest.data, digest, size) != 0;
    if (other || !bpo__text_is(it->contract, contract_id(contract)))
        return bpo__fail(err, BPO_E_MISMATCH, BPO__MSG_part_other_contract, "", NULL, NULL, NULL);
    if (it->semantics != bpo_semantics_version())
        return bpo__fail(err, BPO_E_MISMATCH, BPO__MSG_part_other_semantics, "", NULL, NULL, NULL);
    return BPO_OK;
}

/* An empty ledger of the period that the identity names, which must be one of the contract's. */
static bpo_status new_of_identity(bpo_contract *contract, const identity *it, bpo_ledger **ret_ledger, bpo_error *err)
{
    bpo_time start, end;
    bpo_status status = refuse_foreign(contract, it, err);
    if (status < 0 || (status = bpo__contract_period_at(contract, it->start, &start, &end, err)) < 0)
        return status;
    if (start != it->start || end != it->end || it->horizon > end)
        return bpo__fail(err, BPO_E_CORRUPT, BPO__MSG_bytes_malformed, "", "ledger", NULL, NULL);
    return bpo__ledger_new_of(contract, start, end, it->horizon, ret_ledger, err);
}

/* Sections of the books stand in order of id, each once, and all are there; unknown ones of later versions may be
 * marked as skippable. */
static bpo_status read_books(bpo_ledger *ledger, bpo__reader *payload, bpo_error *err)
{
    uint32_t id, previous = SECTION_IDENTITY, known = 0;
    bpo__reader content;
    bpo_status status;
    while ((status = bpo__section_read(payload, &id, &content)) == BPO_OK) {
        if (id <= previous)
            return refuse_malformed(BPO_E_CORRUPT, err);
        previous = id;
        status = bpo__books_read_section(ledger->folded, id, &content);
        known += status == BPO_OK;
        if (status == BPO_DONE)
            status = bpo__section_unknown(id, err);
        if (status < 0)
            return refuse_malformed(status, err);
    }
    if (status >= 0 && known != BPO__BOOKS_SECTIONS)
        status = BPO_E_CORRUPT;
    return status < 0 ? refuse_malformed(status, err) : BPO_OK;
}

bpo_status bpo_ledger_encode(bpo_ledger *ledger, const bpo_sink *sink, bpo_error *err)
{
    bpo__buffer payload, frame;
    if (ledger == NULL || sink == NULL || sink->write == NULL)
        return bpo__fail_argument(err, ledger == NULL ? "ledger" : "sink");
    bpo__buffer_init(&payload, ledger->context);
    bpo__buffer_init(&frame, ledger->context);
    bpo_status status = encode_payload(ledger, &payload, err);
    if (status >= 0 && bpo__frame_write(&frame, BPO__FRAME_LEDGER, &payload) < 0)
        status = bpo__fail_memory(err);
    if (status >= 0 && (status = bpo_sink_write(sink, frame.data, frame.size)) < 0)
        bpo__fail_host(err, status, "write");
    bpo__buffer_clear(&frame);
    bpo__buffer_clear(&payload);
    return status;
}

bpo_status bpo_ledger_decode(bpo_contract *contract, const void *bytes, size_t size, bpo_ledger **ret_ledger,
                             bpo_error *err)
{
    bpo__reader payload, content;
    bpo_ledger *ledger;
    identity it = {0};
    uint32_t id = 0;
    if (contract == NULL || bytes == NULL || ret_ledger == NULL)
        return bpo__fail_argument(err, contract == NULL ? "contract" : bytes == NULL ? "bytes" : "ret_ledger");
    bpo_status status = bpo__frame_read(bytes, size, BPO__FRAME_LEDGER, &payload, err);
    if (status < 0)
        return status;
    if (bpo__section_read(&payload, &id, &content) != BPO_OK || id != SECTION_IDENTITY ||
        read_identity(&content, &it) < 0)
        return refuse_malformed(BPO_E_CORRUPT, err);
    if ((status = new_of_identity(contract, &it, &ledger, err)) < 0)
        return status;
    if ((status = read_books(ledger, &payload, err)) < 0) {
        bpo_ledger_unref(ledger);
        return status;
    }
    *ret_ledger = ledger;
    return BPO_OK;
}
