/* SPDX-License-Identifier: Apache-2.0 */
/* A list of notices that the caller holds. */
#include "desk/notices.h"

#include "core/arena.h"
#include "core/fail.h"
#include "core/reference.h"
#include "core/sized.h"
#include "core/sort.h"

struct bpo_notices {
    bpo__references references;
    bpo_context *context;
    bpo_notice *items;
    size_t count;
    size_t capacity;
    bpo__arena texts;
};

void bpo__notices_clear(bpo_notices *notices)
{
    notices->count = 0;
    bpo__arena_clear(&notices->texts);
}

bpo_status bpo__notices_add(bpo_notices *notices, bpo__text subject, bpo__text metric, uint32_t cycle, bpo_time at)
{
    void *items = notices->items;
    bpo_notice notice = BPO_NOTICE_INIT;
    bpo_status status =
        bpo__reserve(notices->context, &items, &notices->capacity, notices->count, 1, sizeof *notices->items);

    notices->items = items;
    if (status != BPO_OK)
        return status;
    notice.kind = BPO_CHANGE_BREACHED;
    notice.subject = bpo__arena_text(&notices->texts, subject.data, subject.size);
    notice.metric = bpo__arena_text(&notices->texts, metric.data, metric.size);
    notice.cycle = cycle;
    notice.at = at;
    if (!notice.subject || !notice.metric)
        return BPO_E_NOMEM;
    notices->items[notices->count++] = notice;
    return BPO_OK;
}

static int compare(const void *a, const void *b, void *user)
{
    const bpo_notice *x = a, *y = b;

    (void)user;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    int order = bpo__text_compare(bpo__text_of(x->subject), bpo__text_of(y->subject));
    if (order == 0)
        order = bpo__text_compare(bpo__text_of(x->metric), bpo__text_of(y->metric));
    if (order == 0 && x->cycle != y->cycle)
        order = x->cycle < y->cycle ? -1 : 1;
    return order;
}

void bpo__notices_sort(bpo_notices *notices)
{
    bpo__sort(notices->items, notices->count, sizeof *notices->items, compare, NULL);
}

bpo_status bpo_notices_new(bpo_context *context, bpo_notices **ret_notices, bpo_error *err)
{
    if (!context || !ret_notices)
        return bpo__fail_argument(err, context ? "ret_notices" : "context");
    bpo_notices *notices = bpo__alloc_zeroed(context, sizeof *notices);
    if (!notices)
        return bpo__fail_memory(err);
    bpo__reference_init(&notices->references);
    notices->context = bpo_context_ref(context);
    bpo__arena_init(&notices->texts, context);
    *ret_notices = notices;
    return BPO_OK;
}

bpo_notices *bpo_notices_unref(bpo_notices *notices)
{
    if (!notices || !bpo__reference_drop(&notices->references))
        return NULL;
    bpo_context *context = notices->context;
    bpo__arena_clear(&notices->texts);
    bpo__free(context, notices->items, notices->capacity * sizeof *notices->items);
    bpo__free(context, notices, sizeof *notices);
    bpo_context_unref(context);
    return NULL;
}

size_t bpo_notices_count(const bpo_notices *notices) { return notices ? notices->count : 0; }

bpo_status bpo_notices_at(const bpo_notices *notices, size_t index, bpo_notice *ret_notice)
{
    if (!notices || !ret_notice || index >= notices->count)
        return BPO_E_INVALID;
    return bpo__sized_write(&notices->items[index], sizeof *notices->items, ret_notice, sizeof *notices->items);
}
