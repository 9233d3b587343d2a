/* SPDX-License-Identifier: Apache-2.0 */
/* One amendment: what a book keeps of it, and how it changes terms. Removals come first, then tables that it touches
 * are emptied (a table is replaced whole), then the new values are set. */
#include "core/fail.h"
#include "terms/book.h"
#include "terms/schema.h"

static bool is_named(const char *person)
{
    return person && person[0] != '\0';
}

static bpo_status check(const bpo_amendment *amendment, uint32_t number, bpo_error *err)
{
    char given[BPO__INTEGER_TEXT_SIZE], next[BPO__INTEGER_TEXT_SIZE];

    if (amendment->number != number) {
        bpo__unsigned_format(amendment->number, given);
        bpo__unsigned_format(number, next);
        return bpo__fail(err, BPO_E_INVALID, BPO__MSG_amendment_number, NULL, given, next, NULL);
    }
    if (amendment->effective_to <= amendment->effective_from)
        return bpo__fail(err, BPO_E_INVALID, BPO__MSG_amendment_span, NULL, NULL, NULL, NULL);
    if (!is_named(amendment->client_approval) || !is_named(amendment->provider_approval) ||
        bpo__text_is(bpo__text_of(amendment->client_approval), amendment->provider_approval))
        return bpo__fail(err, BPO_E_INVALID, BPO__MSG_amendment_approval, NULL, NULL, NULL, NULL);
    if (bpo_terms_count(amendment->changes) == 0 && amendment->removal_count == 0)
        return bpo__fail(err, BPO_E_INVALID, BPO__MSG_amendment_changes, NULL, NULL, NULL, NULL);
    if (amendment->removal_count > 0 && !amendment->removals)
        return bpo__fail_argument(err, "amendment->removals");
    return BPO_OK;
}

static bpo_status check_removals(const bpo_amendment *amendment, bpo_error *err)
{
    bpo_status status = BPO_OK;

    for (size_t i = 0; status == BPO_OK && i < amendment->removal_count; i++)
        status = amendment->removals[i] ? bpo__path_check(bpo__text_of(amendment->removals[i]), err)
                                        : bpo__fail_argument(err, "amendment->removals");
    return status;
}

static char *copy_text(bpo__record *record, const char *text)
{
    return bpo__arena_text(&record->arena, text, strlen(text));
}

static bpo_status copy(bpo__record *record, const bpo_amendment *from)
{
    bpo_amendment *into = &record->amendment;
    const char **removals = bpo__arena_alloc(&record->arena, from->removal_count * sizeof *removals);

    *into = *from;
    into->struct_size = sizeof *into;
    into->client_approval = copy_text(record, from->client_approval);
    into->provider_approval = copy_text(record, from->provider_approval);
    if (!removals || !into->client_approval || !into->provider_approval)
        return BPO_E_NOMEM;
    for (size_t i = 0; i < from->removal_count; i++) {
        removals[i] = copy_text(record, from->removals[i]);
        if (!removals[i])
            return BPO_E_NOMEM;
    }
    into->removals = removals;
    into->changes = record->changes;
    return BPO_OK;
}

bpo_status bpo__record_new(bpo_context *context, const bpo_amendment *amendment, uint32_t number,
                           bpo__record **ret_record, bpo_error *err)
{
    bpo__record *record;
    bpo_status status = check(amendment, number, err);

    if (status == BPO_OK)
        status = check_removals(amendment, err);
    if (status != BPO_OK)
        return status;
    record = bpo__alloc_zeroed(context, sizeof *record);
    if (!record)
        return bpo__fail_memory(err);
    bpo__reference_init(&record->references);
    bpo__arena_init(&record->arena, context);
    status = amendment->changes ? bpo_terms_copy(amendment->changes, &record->changes, err)
                                : bpo_terms_new(context, &record->changes, err);
    if (status == BPO_OK && copy(record, amendment) != BPO_OK)
        status = bpo__fail_memory(err);
    if (status != BPO_OK) {
        bpo__record_unref(record);
        return status;
    }
    *ret_record = record;
    return BPO_OK;
}

bpo__record *bpo__record_ref(bpo__record *record)
{
    bpo__reference_take(&record->references);
    return record;
}

void bpo__record_unref(bpo__record *record)
{
    bpo_context *context;

    if (!record || !bpo__reference_drop(&record->references))
        return;
    context = record->arena.context;
    bpo_terms_unref(record->changes);
    bpo__arena_clear(&record->arena);
    bpo__free(context, record, sizeof *record);
}

/* The path up to its table's index; {NULL, 0} where the path is not in a table. */
static bpo__text table_of(bpo__text path)
{
    const bpo__schema_row *row = bpo__schema_find(BPO__SCOPE_CONTRACT, path);
    size_t at_pattern = 0, at_path = 0, before = 0;
    bpo__text wanted, token;

    while (row && bpo__path_next(bpo__text_of(row->pattern), &at_pattern, &wanted)) {
        if (bpo__text_is(wanted, "{index}"))
            return (bpo__text){path.data, before};
        bpo__path_next(path, &at_path, &token);
        before = at_path;
    }
    return (bpo__text){NULL, 0};
}

static bool remove_path(bpo_terms *terms, const char *path)
{
    return bpo_terms_remove(terms, path, NULL) == BPO_OK;
}

bpo_status bpo__record_apply(const bpo__record *record, bpo_terms *terms, bool *removed, bpo_error *err)
{
    const bpo_terms *changes = record->changes;
    bpo_status status = BPO_OK;

    for (size_t i = 0; i < record->amendment.removal_count; i++) {
        bool found = remove_path(terms, record->amendment.removals[i]);
        if (removed)
            removed[i] |= found;
    }
    for (size_t i = 0; i < changes->count; i++) {
        bpo__text table = table_of(bpo__node_path(changes->nodes[i]));
        if (table.data)
            bpo__terms_cut(terms, table);
    }
    for (size_t i = 0; status == BPO_OK && i < changes->count; i++)
        status = bpo__terms_set(terms, bpo__node_path(changes->nodes[i]), bpo__node_value(changes->nodes[i]), err);
    return status;
}
