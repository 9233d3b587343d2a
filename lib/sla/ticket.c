/* SPDX-License-Identifier: Apache-2.0 */
/* The ticket handle.
 *
 * Law: a ticket is its facts and the instant up to which breaches were announced; everything else is replayed when it
 * is asked for. What a fact changed is the difference of the replays before and after it. */
#include "sla/ticket.h"
#include "core/fail.h"
#include "core/sized.h"
#include "sla/changes.h"
#include "sla/picture.h"
#include "terms/fact_table.h"

/* --- admitting facts --------------------------------------------------------------------------------------------- */

bpo__text bpo__ticket_subject(const bpo_ticket *ticket)
{
    bpo__text subject = {NULL, 0};
    uint64_t skipped = 0;
    if (ticket->history.count == 0)
        return subject;
    const bpo__entry *entry = &ticket->history.entries[0];
    bpo__reader from = bpo__reader_of(entry->bytes, entry->size);
    for (int i = 0; i < 5; i++) /* kind, flags, revision, at, order */
        bpo__read_unsigned(&from, &skipped);
    bpo__read_text(&from, &subject); /* the key stands before the subject */
    bpo__read_text(&from, &subject);
    return subject;
}

bpo_status bpo__ticket_admit(const bpo_ticket *ticket, const bpo_fact *fact, bpo_error *err)
{
    bpo__text subject = bpo__ticket_subject(ticket);
    bpo__text given = {fact->subject, fact->subject_size};
    bpo__text none = {NULL, 0};
    const bpo__fact_row *row = bpo__fact_row_of(fact->kind);
    if (row != NULL && row->subject != BPO__SUBJECT_TICKET)
        return bpo__fail(err, BPO_E_FACT, BPO__MSG_ticket_other_kind, "/kind", row->name, NULL, NULL);
    if (subject.size > 0 && !bpo__text_equal(subject, given))
        return bpo__fail_text(err, BPO_E_FACT, BPO__MSG_ticket_other_subject, BPO__TEXT("/subject"), subject, none,
                              none);
    if (ticket->history.count >= BPO_TICKET_FACT_COUNT_MAX) {
        char most[BPO__INTEGER_TEXT_SIZE];
        bpo__integer_format(BPO_TICKET_FACT_COUNT_MAX, most);
        return bpo__fail(err, BPO_E_LIMIT, BPO__MSG_ticket_full, "", most, NULL, NULL);
    }
    return BPO_OK;
}

/* --- looking ----------------------------------------------------------------------------------------------------- */

static bpo_time latest_fact(const bpo_ticket *ticket)
{
    size_t count = ticket->history.count;
    return count > 0 ? ticket->history.entries[count - 1].at : 0;
}

/* All facts, also those yet to come, clocks measured at the last of them. */
static bpo_status take_whole(const bpo_ticket *ticket, bpo__picture *picture, bpo_error *err)
{
    return bpo__picture_take(picture, ticket->contract, &ticket->history, BPO_TIME_NEVER, latest_fact(ticket), err);
}

static const bpo__metric *find_metric(const bpo_contract *contract, const char *name)
{
    for (size_t version = bpo_contract_version_count(contract); version-- > 0;) {
        const bpo__plan *plan = bpo__contract_plan(contract, version);
        for (size_t i = 0; i < plan->metric_count; i++)
            if (bpo__text_is(bpo__text_of(name), plan->metrics[i].name))
                return &plan->metrics[i];
    }
    return NULL;
}

static bpo_clock show_none(const char *metric)
{
    bpo_clock clock = BPO_CLOCK_INIT;
    clock.state = BPO_CLOCK_NONE;
    clock.metric = metric;
    clock.started_at = BPO_TIME_NEVER;
    clock.stopped_at = BPO_TIME_NEVER;
    clock.due_at = BPO_TIME_NEVER;
    clock.in_time_until = BPO_TIME_NEVER;
    clock.breach_at = BPO_TIME_NEVER;
    clock.target = -1;
    return clock;
}

static void show_cycle(const bpo__cycle *cycle, bpo_clock *clock)
{
    clock->state = cycle->state;
    clock->cycle = cycle->number;
    clock->metric = cycle->metric->name;
    clock->policy = cycle->policy;
    clock->started_at = cycle->started_at;
    clock->stopped_at = cycle->stopped_at;
    clock->due_at = cycle->due_at;
    clock->in_time_until = cycle->in_time_until;
    clock->breach_at = cycle->breach_at;
    clock->elapsed = cycle->elapsed;
    clock->target = cycle->target;
    clock->remaining = cycle->has_target ? cycle->target - cycle->elapsed : 0;
}

/* The metric's newest cycle, and the largest elapsed time of all of them that were not cancelled. */
static bpo_clock show_metric(const bpo__picture *picture, const char *metric)
{
    bpo_clock clock = show_none(metric);
    for (size_t i = 0; i < picture->count; i++) {
        const bpo__cycle *cycle = &picture->cycles[i];
        if (!bpo__text_is(bpo__text_of(metric), cycle->metric->name))
            continue;
        if (cycle->number > clock.cycle)
            show_cycle(cycle, &clock);
        if (cycle->elapsed > clock.elapsed_worst && cycle->state != BPO_CLOCK_CANCELLED)
            clock.elapsed_worst = cycle->elapsed;
    }
    return clock;
}

static int32_t ticket_state(const bpo__outcome *outcome)
{
    if (!outcome->opened)
        return BPO_TICKET_STATE_UNOPENED;
    if (outcome->category == BPO__CATEGORY_SOLVED)
        return BPO_TICKET_STATE_SOLVED;
    return outcome->category == BPO__CATEGORY_CLOSED ? BPO_TICKET_STATE_CLOSED : BPO_TICKET_STATE_OPEN;
}

static void summarize(const bpo_ticket *ticket, const bpo__picture *picture, bpo_ticket_summary *summary)
{
    bpo_time version_at = picture->outcome.opened ? picture->outcome.opened_at : latest_fact(ticket);
    summary->contract_version = (uint32_t)bpo_contract_version_at(ticket->contract, version_at);
    summary->state = ticket_state(&picture->outcome);
    summary->fact_count = (uint32_t)picture->outcome.fact_count;
    summary->due_at = BPO_TIME_NEVER;
    summary->breach_at = BPO_TIME_NEVER;
    summary->wake_at = BPO_TIME_NEVER;
    for (size_t i = 0; i < picture->count; i++) {
        const bpo__cycle *cycle = &picture->cycles[i];
        if (cycle->breach_at > ticket->advanced && cycle->breach_at < summary->wake_at)
            summary->wake_at = cycle->breach_at;
        if (!bpo__cycle_is_open(cycle))
            continue;
        if (cycle->breach_at < summary->breach_at)
            summary->breach_at = cycle->breach_at;
        if (cycle->due_at < summary->due_at) {
            summary->due_at = cycle->due_at;
            summary->due_metric = cycle->metric->name;
        }
    }
}

/* Calendars know no other instants, and differences of these cannot overflow. */
static bpo_status check_now(bpo_time now, bpo_error *err)
{
    if (now >= BPO__FACT_AT_MIN && now < BPO__FACT_AT_END)
        return BPO_OK;
    return bpo__fail(err, BPO_E_HORIZON, BPO__MSG_now_range, "", NULL, NULL, NULL);
}

/* --- applying ---------------------------------------------------------------------------------------------------- */

/* The differences that the fact made, the ticket holding it already. */
static bpo_status compare_after(const bpo_ticket *ticket, const bpo__picture *before, const bpo__said *said,
                                bpo_changes *changes, bpo_error *err)
{
    bpo__picture after;
    bpo__picture_init(&after, ticket->history.context);
    bpo_status status = take_whole(ticket, &after, err);
    if (status >= 0 && bpo__picture_compare(before, &after, said, changes) < 0)
        status = bpo__fail_memory(err);
    bpo__picture_clear(&after);
    return status;
}

/* Adds the fact whose bytes lie in the scratch, and says what it came to. Takes it back where that fails. */
static bpo_status add_fact(bpo_ticket *ticket, const bpo_fact *fact, const bpo__picture *before, const bpo__said *said,
                           bpo_changes *changes, bpo_error *err)
{
    bpo__added added = BPO__ADDED;
    bpo_status status =
        bpo__history_add(&ticket->history, fact, ticket->scratch.data, ticket->scratch.size, &added, err);
    if (status < 0)
        return status;
    if (added == BPO__ADDED && changes != NULL)
        status = compare_after(ticket, before, said, changes, err);
    bpo_change_kind kind = added == BPO__ADDED_DUPLICATE ? BPO_CHANGE_DUPLICATE : BPO_CHANGE_SUPERSEDED;
    if (added != BPO__ADDED && bpo__changes_add(changes, kind, NULL, 0, fact->at, BPO_TIME_NEVER) < 0)
        status = bpo__fail_memory(err);
    if (status < 0 && added != BPO__ADDED_DUPLICATE)
        bpo__history_take_back(&ticket->history);
    return status;
}

static bpo_status apply(bpo_ticket *ticket, const bpo_fact *fact, bpo_changes *changes, bpo_error *err)
{
    bpo__picture before;
    bpo__said said = {.fact_at = fact->at, .advanced = ticket->advanced, .known = ticket->advanced};
    if (ticket->history.count > 0 && latest_fact(ticket) > said.known)
        said.known = latest_fact(ticket);
    bpo__picture_init(&before, ticket->history.context);
    bpo_status status = changes != NULL ? take_whole(ticket, &before, err) : BPO_OK;
    if (status >= 0)
        status = add_fact(ticket, fact, &before, &said, changes, err);
    bpo__picture_clear(&before);
    return status;
}

/* --- the handle -------------------------------------------------------------------------------------------------- */

const bpo__history *bpo__ticket_history(const bpo_ticket *ticket)
{
    return &ticket->history;
}

bpo_status bpo_ticket_new(bpo_contract *contract, bpo_ticket **ret_ticket, bpo_error *err)
{
    if (contract == NULL || ret_ticket == NULL)
        return bpo__fail_argument(err, contract == NULL ? "contract" : "ret_ticket");
    bpo_context *context = bpo__contract_context(contract);
    bpo_ticket *ticket = bpo__alloc_zeroed(context, sizeof *ticket);
    if (ticket == NULL)
        return bpo__fail_memory(err);
    bpo__reference_init(&ticket->references);
    bpo__history_init(&ticket->history, context);
    bpo__buffer_init(&ticket->scratch, context);
    ticket->contract = bpo_contract_ref(contract);
    ticket->advanced = BPO__NEVER_ADVANCED;
    *ret_ticket = ticket;
    return BPO_OK;
}

bpo_ticket *bpo_ticket_ref(bpo_ticket *ticket)
{
    if (ticket != NULL)
        bpo__reference_take(&ticket->references);
    return ticket;
}

bpo_ticket *bpo_ticket_unref(bpo_ticket *ticket)
{
    if (ticket == NULL || !bpo__reference_drop(&ticket->references))
        return NULL;
    bpo_contract *contract = ticket->contract;
    bpo_context *context = ticket->history.context;
    bpo__history_clear(&ticket->history);
    bpo__buffer_clear(&ticket->scratch);
    bpo__free(context, ticket, sizeof *ticket);
    bpo_contract_unref(contract); /* last: it may hold the context */
    return NULL;
}

bpo_status bpo_ticket_apply(bpo_ticket *ticket, const bpo_fact *fact, bpo_changes *changes, bpo_error *err)
{
    bpo_fact known;
    if (ticket == NULL || fact == NULL)
        return bpo__fail_argument(err, ticket == NULL ? "ticket" : "fact");
    if (bpo__sized_read(fact, sizeof(bpo_fact), &known, sizeof known) < 0)
        return bpo__fail(err, BPO_E_ABI, BPO__MSG_struct_size, "", "bpo_fact", NULL, NULL);
    known.flags &= ~(uint32_t)BPO_FACT_LATE; /* a word of ledgers */
    bpo_status status = bpo__ticket_admit(ticket, &known, err);
    if (status < 0)
        return status;
    ticket->scratch.size = 0;
    status = bpo__fact_encode(ticket->contract, &known, &ticket->scratch, err);
    if (status < 0)
        return status;
    bpo__changes_begin(changes);
    status = apply(ticket, &known, changes, err);
    if (status < 0)
        return status;
    bpo__changes_commit(changes);
    return BPO_OK;
}

bpo_status bpo_ticket_clock(bpo_ticket *ticket, const char *metric, bpo_time now, bpo_clock *ret_clock, bpo_error *err)
{
    if (ticket == NULL || metric == NULL || ret_clock == NULL)
        return bpo__fail_argument(err, ticket == NULL ? "ticket" : metric == NULL ? "metric" : "ret_clock");
    const bpo__metric *known = find_metric(ticket->contract, metric);
    if (known == NULL)
        return bpo__fail(err, BPO_E_NOT_FOUND, BPO__MSG_metric_unknown, "", metric, NULL, NULL);
    bpo_status status = check_now(now, err);
    if (status < 0)
        return status;
    bpo__picture picture;
    bpo__picture_init(&picture, ticket->history.context);
    status = bpo__picture_take(&picture, ticket->contract, &ticket->history, now, now, err);
    if (status >= 0) {
        bpo_clock clock = show_metric(&picture, known->name);
        if (bpo__sized_write(&clock, sizeof clock, ret_clock, sizeof clock) < 0)
            status = bpo__fail(err, BPO_E_ABI, BPO__MSG_struct_size, "", "bpo_clock", NULL, NULL);
    }
    bpo__picture_clear(&picture);
    return status;
}

bpo_status bpo_ticket_summarize(bpo_ticket *ticket, bpo_ticket_summary *ret_summary, bpo_error *err)
{
    if (ticket == NULL || ret_summary == NULL)
        return bpo__fail_argument(err, ticket == NULL ? "ticket" : "ret_summary");
    bpo__picture picture;
    bpo__picture_init(&picture, ticket->history.context);
    bpo_status status = take_whole(ticket, &picture, err);
    if (status >= 0) {
        bpo_ticket_summary summary = BPO_TICKET_SUMMARY_INIT;
        summarize(ticket, &picture, &summary);
        if (bpo__sized_write(&summary, sizeof summary, ret_summary, sizeof summary) < 0)
            status = bpo__fail(err, BPO_E_ABI, BPO__MSG_struct_size, "", "bpo_ticket_summary", NULL, NULL);
    }
    bpo__picture_clear(&picture);
    return status;
}

/* The breaches after the last announcement, up to `now`. */
static bpo_status announce(const bpo_ticket *ticket, const bpo__picture *picture, bpo_time now, bpo_changes *changes)
{
    for (size_t i = 0; i < picture->count; i++) {
        const bpo__cycle *cycle = &picture->cycles[i];
        if (cycle->breach_at <= ticket->advanced || cycle->breach_at > now || cycle->breach_at == BPO_TIME_NEVER)
            continue;
        if (bpo__changes_add(changes, BPO_CHANGE_BREACHED, cycle->metric->name, cycle->number, cycle->breach_at,
                             BPO_TIME_NEVER) < 0)
            return BPO_E_NOMEM;
    }
    bpo__changes_sort(changes);
    return BPO_OK;
}

bpo_status bpo_ticket_advance(bpo_ticket *ticket, bpo_time now, bpo_changes *changes, bpo_error *err)
{
    if (ticket == NULL || changes == NULL)
        return bpo__fail_argument(err, ticket == NULL ? "ticket" : "changes");
    if (now < ticket->advanced) {
        uint64_t behind = (uint64_t)ticket->advanced - (uint64_t)now;
        if (behind > (uint64_t)bpo__contract_clock_tolerance(ticket->contract))
            return bpo__fail(err, BPO_E_CLOCK_BACK, BPO__MSG_clock_back, "", NULL, NULL, NULL);
        now = ticket->advanced;
    }
    bpo_status status = check_now(now, err);
    if (status < 0)
        return status;
    bpo__picture picture;
    bpo__picture_init(&picture, ticket->history.context);
    bpo__changes_begin(changes);
    status = bpo__picture_take(&picture, ticket->contract, &ticket->history, now, now, err);
    if (status >= 0 && announce(ticket, &picture, now, changes) < 0)
        status = bpo__fail_memory(err);
    bpo__picture_clear(&picture);
    if (status < 0)
        return status;
    bpo__changes_commit(changes);
    ticket->advanced = now;
    return BPO_OK;
}
