/* SPDX-License-Identifier: Apache-2.0 */
/* Taking facts in. A batch is whole or not at all: every fact is checked and encoded first, then added one by one,
 * and what was added is taken back in reverse order if memory ends on the way. A fact that is not valid is a row of
 * the report and left out; without a report it fails the batch, so that nothing is lost in silence. */
#include "codec/fact_check.h"
#include "core/fail.h"
#include "core/report.h"
#include "core/sized.h"
#include "ledger/ledger.h"
#include "sla/replay.h"

typedef struct batch {
    bpo_ledger *ledger;
    bpo_report *report;
    bpo_error *err;
    bpo__buffer bytes;     /* of the fact at hand */
    bpo__history **added;  /* histories that got an entry, in order */
    size_t added_count;
    size_t count;          /* facts of the batch */
} batch;

static bpo_report_code code_of(bpo_status status)
{
    if (status == BPO_E_SEALED)
        return BPO_REPORT_TOO_LATE;
    return status == BPO_E_KEY_REUSED ? BPO_REPORT_REUSED : BPO_REPORT_REFUSED;
}

static bpo_status refuse(batch *b, size_t index, bpo_status status, const bpo_error *reason)
{
    if (b->report == NULL || !bpo__fact_is_to_blame(status))
        return bpo__fail_as(b->err, reason);
    return bpo__report_add_error(b->report, code_of(status), index, reason) < 0 ? bpo__fail_memory(b->err) : BPO_OK;
}

static bpo_status remark(batch *b, size_t index, bpo_report_code code, int32_t message, const bpo_fact *fact)
{
    bpo__text none = {NULL, 0}, key = {fact->key, fact->key_size};
    bpo_status status = bpo__report_add(b->report, code, index, BPO_OK, message, "", key, none, none);
    return status < 0 ? bpo__fail_memory(b->err) : BPO_OK;
}

static bpo_status remark_added(batch *b, size_t index, const bpo_fact *fact, bpo__added added)
{
    if (added == BPO__ADDED_DUPLICATE)
        return remark(b, index, BPO_REPORT_DUPLICATE, BPO__MSG_fact_is_duplicate, fact);
    if (added == BPO__ADDED_SUPERSEDED)
        return remark(b, index, BPO_REPORT_SUPERSEDED, BPO__MSG_fact_is_superseded, fact);
    if (fact->at >= b->ledger->horizon)
        return remark(b, index, BPO_REPORT_FUTURE, BPO__MSG_fact_is_held, fact);
    return BPO_OK;
}

static bpo_status add_encoded(batch *b, size_t index, const bpo_fact *fact)
{
    bpo__text name = {fact->subject, fact->subject_size};
    bpo_error reason = BPO_ERROR_INIT;
    bpo__subject *subject;
    bpo__added added;
    if (bpo__books_has(b->ledger->folded, name))
        return bpo__fail_text(b->err, BPO_E_STATE, BPO__MSG_subject_is_folded, BPO__TEXT("/subject"), name,
                              BPO__TEXT(""), BPO__TEXT(""));
    if (bpo__ledger_subject(b->ledger, name, &subject) < 0)
        return bpo__fail_memory(b->err);
    bpo_status status = bpo__history_add(&subject->history, fact, b->bytes.data, b->bytes.size, &added, &reason);
    if (status < 0)
        return refuse(b, index, status, &reason);
    if (added != BPO__ADDED_DUPLICATE)
        b->added[b->added_count++] = &subject->history;
    return remark_added(b, index, fact, added);
}

/* A desk leaves such a fact out as well, so that both come to the same. */
static bpo_status check_window(const batch *b, const bpo_fact *fact, bpo_error *reason)
{
    bpo__text none = {NULL, 0}, key = {fact->key, fact->key_size};
    bool is_late = fact->flags & BPO_FACT_LATE;
    if (!is_late || fact->at >= bpo__contract_settled_until(b->ledger->contract, b->ledger->start))
        return BPO_OK;
    return bpo__fail_text(reason, BPO_E_SEALED, BPO__MSG_fact_beyond_window, BPO__TEXT("/at"), key, none, none);
}

static bpo_status add_fact(batch *b, size_t index, const bpo_fact *given)
{
    bpo_error reason = BPO_ERROR_INIT;
    bpo_fact fact;
    if (bpo__sized_read(given, sizeof fact, &fact, sizeof fact) < 0)
        return bpo__fail(b->err, BPO_E_ABI, BPO__MSG_struct_size, "", "bpo_fact", NULL, NULL);
    b->bytes.size = 0;
    bpo_status status = bpo__fact_encode(b->ledger->contract, &fact, &b->bytes, &reason);
    if (status >= 0)
        status = check_window(b, &fact, &reason);
    return status < 0 ? refuse(b, index, status, &reason) : add_encoded(b, index, &fact);
}

static bpo_status begin(batch *b, bpo_ledger *ledger, size_t count, bpo_report *report, bpo_error *err)
{
    *b = (batch){.ledger = ledger, .report = report, .err = err, .count = count};
    bpo__buffer_init(&b->bytes, ledger->context);
    if (count > SIZE_MAX / sizeof *b->added)
        return bpo__fail_memory(err);
    b->added = bpo__alloc(ledger->context, count * sizeof *b->added);
    if (b->added == NULL && count > 0)
        return bpo__fail_memory(err);
    bpo__report_clear(report);
    return BPO_OK;
}

static bpo_status finish(batch *b, bpo_status status)
{
    while (status < 0 && b->added_count > 0)
        bpo__history_take_back(b->added[--b->added_count]);
    if (status < 0)
        bpo__report_clear(b->report);
    else if (b->added_count > 0)
        bpo__ledger_touch(b->ledger);
    bpo__free(b->ledger->context, b->added, b->count * sizeof *b->added);
    bpo__buffer_clear(&b->bytes);
    return status;
}

bpo_status bpo_ledger_add(bpo_ledger *ledger, const bpo_fact *facts, size_t count, bpo_report *report, bpo_error *err)
{
    batch b;
    if (ledger == NULL || (facts == NULL && count > 0))
        return bpo__fail_argument(err, ledger == NULL ? "ledger" : "facts");
    bpo_status status = begin(&b, ledger, count, report, err);
    if (status < 0)
        return status;
    size_t stride = count > 0 ? facts->struct_size : 0; /* the caller's struct may be longer than ours */
    for (size_t i = 0; i < count && status >= 0; i++)
        status = add_fact(&b, i, (const bpo_fact *)((const char *)facts + i * stride));
    return finish(&b, status);
}

/* A ticket's own entry, as a fact of its fixed part and its bytes. */
static bpo_status copy_entry(batch *b, size_t index, const bpo__entry *entry)
{
    bpo_value values[BPO_FACT_VALUE_COUNT_MAX];
    bpo_fact fact = BPO_FACT_INIT;
    bpo_status status = bpo__fact_decode(b->ledger->contract, entry->bytes, entry->size, &fact, values, b->err);
    if (status < 0)
        return status;
    fact.flags = entry->flags;
    b->bytes.size = 0;
    if (bpo__buffer_append(&b->bytes, entry->bytes, entry->size) < 0)
        return bpo__fail_memory(b->err);
    return add_encoded(b, index, &fact);
}

bpo_status bpo_ledger_add_ticket(bpo_ledger *ledger, bpo_ticket *ticket, bpo_error *err)
{
    batch b;
    if (ledger == NULL || ticket == NULL)
        return bpo__fail_argument(err, ledger == NULL ? "ledger" : "ticket");
    const bpo__history *history = bpo__ticket_history(ticket);
    bpo_status status = begin(&b, ledger, history->count, NULL, err);
    if (status < 0)
        return status;
    for (size_t i = 0; i < history->count && status >= 0; i++)
        status = copy_entry(&b, i, &history->entries[i]);
    return finish(&b, status);
}
