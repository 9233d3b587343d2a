/* SPDX-License-Identifier: Apache-2.0 */
/* Folding a seat: its changes make a timeline, and each stretch between two of them has one state. A change says what
 * changed; what it does not name stays as it was. The last state lasts until the horizon. */
#include "core/fail.h"
#include "ledger/fold.h"

typedef struct timeline {
    bpo__folder *folder;
    bpo__text subject;
    bpo_error *err;
    int32_t sign;
    bpo_time from; /* stretches before it cancel and are passed over */
    size_t count;  /* values of the state, which lie in the folder */
} timeline;

static bpo_status set_value(timeline *t, const bpo_value *value)
{
    void *state = t->folder->state;
    for (size_t i = 0; i < t->count; i++) {
        if (t->folder->state[i].name == value->name) {
            t->folder->state[i] = *value;
            return BPO_OK;
        }
    }
    if (bpo__reserve(t->folder->context, &state, &t->folder->state_capacity, t->count, 1, sizeof *value) < 0)
        return bpo__fail_memory(t->err);
    t->folder->state = state;
    t->folder->state[t->count++] = *value;
    return BPO_OK;
}

/* Applies a change. Texts of the state point into the history, which outlives the fold. */
static bpo_status change(timeline *t, const bpo__entry *entry)
{
    bpo_value values[BPO_FACT_VALUE_COUNT_MAX];
    bpo_fact fact = BPO_FACT_INIT;
    bpo_status status = bpo__fact_decode(t->folder->contract, entry->bytes, entry->size, &fact, values, t->err);
    for (size_t i = 0; i < fact.value_count && status >= 0; i++)
        status = set_value(t, &fact.values[i]);
    return status;
}

static bpo_status emit_stretch(timeline *t, bpo_time from, bpo_time until)
{
    bpo__attributes attributes = {t->folder->state, t->count, NULL};
    bpo__occurrence stretch = {.kind = BPO__OCCURRENCE_SEAT, .sign = t->sign, .from = from < t->from ? t->from : from,
                               .until = until, .subject = t->subject, .attributes = &attributes};
    return bpo__fold_emit_stretch(t->folder, &stretch, NULL, t->err);
}

static const bpo__entry *next_change(const bpo__history *history, bpo__view view, size_t *position)
{
    const bpo__entry *entry;
    do
        entry = bpo__history_next(history, view, position);
    while (entry != NULL && entry->kind != BPO_SEAT_CHANGED);
    return entry;
}

static bpo_status walk(timeline *t, const bpo__history *history, bpo__view view)
{
    size_t position = 0;
    const bpo__entry *entry = next_change(history, view, &position);
    bpo_status status = BPO_OK;
    t->count = 0;
    while (entry != NULL && status >= 0) {
        const bpo__entry *next = next_change(history, view, &position);
        status = change(t, entry);
        if (status >= 0)
            status = emit_stretch(t, entry->at, next != NULL ? next->at : view.until);
        entry = next;
    }
    return status;
}

bpo_status bpo__fold_seat(bpo__folder *folder, bpo__text subject, const bpo__history *history,
                          const bpo__outline *outline, bpo_error *err)
{
    timeline after = {folder, subject, err, +1, outline->revised ? INT64_MIN : folder->start, 0};
    timeline before = {folder, subject, err, -1, INT64_MIN, 0};
    bpo_status status = walk(&after, history, bpo__fold_after(folder));
    if (status >= 0 && outline->revised)
        status = walk(&before, history, bpo__fold_before(folder));
    return status;
}
