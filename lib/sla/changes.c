/* SPDX-License-Identifier: Apache-2.0 */
/* What a call changed about a ticket. Law: a failing call leaves the list of the call before it. */
#include "sla/changes.h"
#include "core/fail.h"
#include "core/reference.h"
#include "core/sized.h"
#include "core/sort.h"

typedef struct change_list {
    bpo_change *items;
    size_t count;
    size_t capacity;
} change_list;

struct bpo_changes {
    bpo__references references;
    bpo_context *context;
    change_list said;
    change_list draft;
};

static int compare_texts(const char *a, const char *b)
{
    return bpo__text_compare(bpo__text_of(a), bpo__text_of(b));
}

static int compare(const void *first, const void *second, void *user)
{
    const bpo_change *a = first, *b = second;
    (void)user;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    int order = compare_texts(a->metric, b->metric);
    if (order != 0)
        return order;
    if (a->cycle != b->cycle)
        return a->cycle < b->cycle ? -1 : 1;
    return (a->kind > b->kind) - (a->kind < b->kind);
}

static void free_list(bpo_context *context, change_list *list)
{
    bpo__free(context, list->items, list->capacity * sizeof *list->items);
}

void bpo__changes_begin(bpo_changes *changes)
{
    if (changes != NULL)
        changes->draft.count = 0;
}

bpo_status bpo__changes_add(bpo_changes *changes, bpo_change_kind kind, const char *metric, uint32_t cycle, bpo_time at,
                            bpo_time before)
{
    if (changes == NULL)
        return BPO_OK;
    change_list *draft = &changes->draft;
    void *items = draft->items;
    bpo_status status = bpo__reserve(changes->context, &items, &draft->capacity, draft->count, 1, sizeof *draft->items);
    draft->items = items;
    if (status < 0)
        return status;
    bpo_change change = BPO_CHANGE_INIT;
    change.kind = kind;
    change.metric = metric;
    change.cycle = cycle;
    change.at = at;
    change.before = before;
    draft->items[draft->count++] = change;
    return BPO_OK;
}

void bpo__changes_sort(bpo_changes *changes)
{
    if (changes != NULL)
        bpo__sort(changes->draft.items, changes->draft.count, sizeof *changes->draft.items, compare, NULL);
}

void bpo__changes_commit(bpo_changes *changes)
{
    if (changes == NULL)
        return;
    change_list said = changes->said;
    changes->said = changes->draft;
    changes->draft = said;
}

bpo_status bpo_changes_new(bpo_context *context, bpo_changes **ret_changes, bpo_error *err)
{
    if (context == NULL || ret_changes == NULL)
        return bpo__fail_argument(err, context == NULL ? "context" : "ret_changes");
    bpo_changes *changes = bpo__alloc_zeroed(context, sizeof *changes);
    if (changes == NULL)
        return bpo__fail_memory(err);
    bpo__reference_init(&changes->references);
    changes->context = bpo_context_ref(context);
    *ret_changes = changes;
    return BPO_OK;
}

bpo_changes *bpo_changes_unref(bpo_changes *changes)
{
    if (changes == NULL || !bpo__reference_drop(&changes->references))
        return NULL;
    bpo_context *context = changes->context;
    free_list(context, &changes->said);
    free_list(context, &changes->draft);
    bpo__free(context, changes, sizeof *changes);
    bpo_context_unref(context);
    return NULL;
}

size_t bpo_changes_count(const bpo_changes *changes)
{
    return changes != NULL ? changes->said.count : 0;
}

bpo_status bpo_changes_at(const bpo_changes *changes, size_t index, bpo_change *ret_change)
{
    if (changes == NULL || ret_change == NULL || index >= changes->said.count)
        return BPO_E_INVALID;
    return bpo__sized_write(&changes->said.items[index], sizeof(bpo_change), ret_change, sizeof(bpo_change));
}
