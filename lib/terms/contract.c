/* SPDX-License-Identifier: Apache-2.0 */
/* The book: from base terms, and from a book and one amendment more.
 *
 * Spans of time are cut where an amendment begins or ends; within one the amendments in force apply in order of their
 * numbers. A span that a new amendment leaves alone keeps its plan. */
#include "core/fail.h"
#include "core/sized.h"
#include "core/sort.h"
#include "terms/book.h"
#include "terms/schema.h"

static void book_free(bpo_contract *book)
{
    bpo_context *context = book->context;

    for (size_t i = 0; i < book->span_count; i++)
        bpo__plan_unref(book->spans[i].plan);
    for (size_t i = 0; i < book->record_count; i++)
        bpo__record_unref(book->records[i]);
    bpo__free(context, book->spans, book->span_capacity * sizeof *book->spans);
    bpo__free(context, book->records, book->record_count * sizeof *book->records);
    bpo_terms_unref(book->base);
    bpo__names_unref(book->names);
    bpo__free(context, book, sizeof *book);
    bpo_context_unref(context);
}

static bpo_contract *book_new(bpo_context *context)
{
    bpo_contract *book = bpo__alloc_zeroed(context, sizeof *book);

    if (!book)
        return NULL;
    bpo__reference_init(&book->references);
    book->context = bpo_context_ref(context);
    return book;
}

/* Room for spans, each from one of the instants on, without a plan yet. */
static bpo_status reserve_spans(bpo_contract *book, size_t count)
{
    book->spans = bpo__alloc_zeroed(book->context, count * sizeof *book->spans);
    if (!book->spans)
        return BPO_E_NOMEM;
    book->span_capacity = count;
    return BPO_OK;
}

/* Types become known to whoever encodes facts; it cannot fail, for the names are there. */
static void publish_types(const bpo_contract *book)
{
    for (size_t i = 0; i < book->span_count; i++) {
        const bpo__declarations *declared = &book->spans[i].plan->declarations;
        for (size_t j = 0; j < declared->count; j++)
            bpo__names_set_type(book->names, declared->items[j].name, declared->items[j].type);
    }
}

static bpo_status fill_first(bpo_contract *book, const bpo_terms *terms, bpo_error *err)
{
    bpo_status status = bpo_terms_copy(terms, &book->base, err);

    if (status != BPO_OK)
        return status;
    if (bpo__names_new(book->context, &book->names) != BPO_OK || reserve_spans(book, 1) != BPO_OK)
        return bpo__fail_memory(err);
    book->spans[0].from = INT64_MIN;
    status = bpo__plan_new(book->context, book->names, book->base, NULL, &book->spans[0].plan, err);
    if (status != BPO_OK)
        return status;
    book->span_count = 1;
    return bpo__settings_read(book->spans[0].plan, &book->settings, err);
}

bpo_status bpo_contract_new(bpo_context *context, const bpo_terms *terms, bpo_contract **ret_contract, bpo_error *err)
{
    bpo_contract *book;
    bpo_status status;

    if (!context || !terms || !ret_contract)
        return bpo__fail_argument(err, !context ? "context" : !terms ? "terms" : "ret_contract");
    book = book_new(context);
    if (!book)
        return bpo__fail_memory(err);
    status = fill_first(book, terms, err);
    if (status != BPO_OK) {
        book_free(book);
        return status;
    }
    publish_types(book);
    *ret_contract = book;
    return BPO_OK;
}

/* --- amending ------------------------------------------------------------------------------------------------- */

static bool is_in_force(const bpo__record *record, bpo_time at)
{
    return record->amendment.effective_from <= at && at < record->amendment.effective_to;
}

static int compare_spans(const void *a, const void *b, void *user)
{
    bpo_time left = ((const bpo__book_span *)a)->from;
    bpo_time right = ((const bpo__book_span *)b)->from;

    (void)user;
    return left < right ? -1 : left > right;
}

/* The instants at which spans begin, each once; returns how many. */
static size_t cut_spans(const bpo_contract *book, bpo__book_span *spans)
{
    size_t count = 0, kept = 1;

    spans[count++].from = INT64_MIN;
    for (size_t i = 0; i < book->record_count; i++) {
        spans[count++].from = book->records[i]->amendment.effective_from;
        if (book->records[i]->amendment.effective_to != BPO_TIME_NEVER)
            spans[count++].from = book->records[i]->amendment.effective_to;
    }
    bpo__sort(spans, count, sizeof *spans, compare_spans, NULL);
    for (size_t i = 1; i < count; i++)
        if (spans[i].from != spans[kept - 1].from)
            spans[kept++].from = spans[i].from;
    return kept;
}

/* What is fixed has one value in the whole book; only the type of a new attribute may be added. */
static bpo_status check_fixed_within(const bpo_terms *base, const bpo_terms *amended, const char *section, bool may_add,
                                     bpo_error *err)
{
    bpo__branch before = bpo__branch_at(bpo__branch_root(base), section);
    bpo__branch after = bpo__branch_at(bpo__branch_root(amended), section);
    const bpo__text none = {NULL, 0};

    for (size_t i = before.first; i < before.end; i++) {
        const char *value = bpo_terms_get(amended, base->nodes[i]->text);
        if (bpo__schema_is_fixed(bpo__node_path(base->nodes[i])) &&
            (!value || !bpo__text_is(bpo__node_value(base->nodes[i]), value)))
            return bpo__fail_text(err, BPO_E_VALUE, BPO__MSG_term_fixed, bpo__node_path(base->nodes[i]), none, none,
                                  none);
    }
    for (size_t i = after.first; !may_add && i < after.end; i++)
        if (bpo__schema_is_fixed(bpo__node_path(amended->nodes[i])) && !bpo_terms_get(base, amended->nodes[i]->text))
            return bpo__fail_text(err, BPO_E_VALUE, BPO__MSG_term_fixed, bpo__node_path(amended->nodes[i]), none, none,
                                  none);
    return BPO_OK;
}

static bpo_status check_fixed(const bpo_terms *base, const bpo_terms *amended, bpo_error *err)
{
    bpo_status status = check_fixed_within(base, amended, "contract", false, err);

    return status == BPO_OK ? check_fixed_within(base, amended, "attributes", true, err) : status;
}

/* The terms in force at an instant. `removed` is about the newest record. */
static bpo_status terms_at(const bpo_contract *book, bpo_time at, bool *removed, bpo_terms **ret_terms, bpo_error *err)
{
    bpo_terms *terms = NULL;
    bpo_status status = bpo_terms_copy(book->base, &terms, err);

    for (size_t i = 0; status == BPO_OK && i < book->record_count; i++)
        if (is_in_force(book->records[i], at))
            status = bpo__record_apply(book->records[i], terms, i + 1 == book->record_count ? removed : NULL, err);
    if (status == BPO_OK)
        status = check_fixed(book->base, terms, err);
    if (status != BPO_OK) {
        bpo_terms_unref(terms);
        return status;
    }
    *ret_terms = terms;
    return BPO_OK;
}

static bpo_status compile_span(bpo_contract *book, const bpo_contract *old, bool *removed, bpo__book_span *span,
                               bpo_error *err)
{
    const bpo__record *newest = book->records[book->record_count - 1];
    bpo__plan *known = old->spans[bpo_contract_version_at(old, span->from)].plan;
    bpo_terms *terms = NULL;
    bpo_status status;

    if (!is_in_force(newest, span->from)) {
        span->plan = bpo__plan_ref(known);
        return BPO_OK;
    }
    status = terms_at(book, span->from, removed, &terms, err);
    if (status != BPO_OK)
        return status;
    status = bpo__plan_new(book->context, book->names, terms, known, &span->plan, err);
    bpo_terms_unref(terms);
    return status;
}

static bpo_status check_removed(const bpo__record *record, const bool *removed, bpo_error *err)
{
    for (size_t i = 0; i < record->amendment.removal_count; i++)
        if (!removed[i])
            return bpo__fail(err, BPO_E_NOT_FOUND, BPO__MSG_amendment_removal, record->amendment.removals[i], NULL,
                             NULL, NULL);
    return BPO_OK;
}

static bpo_status compile_spans(bpo_contract *book, const bpo_contract *old, bpo_error *err)
{
    const bpo__record *newest = book->records[book->record_count - 1];
    size_t removals = newest->amendment.removal_count + 1;
    bool *removed = bpo__alloc_zeroed(book->context, removals * sizeof *removed);
    size_t count;
    bpo_status status = BPO_OK;

    if (!removed || reserve_spans(book, 2 * book->record_count + 1) != BPO_OK) {
        bpo__free(book->context, removed, removals * sizeof *removed);
        return bpo__fail_memory(err);
    }
    count = cut_spans(book, book->spans);
    while (status == BPO_OK && book->span_count < count) {
        status = compile_span(book, old, removed, &book->spans[book->span_count], err);
        book->span_count += status == BPO_OK;
    }
    if (status == BPO_OK)
        status = check_removed(newest, removed, err);
    bpo__free(book->context, removed, removals * sizeof *removed);
    return status;
}

/* The records of the old book and a new one. */
static bpo_status take_records(bpo_contract *book, const bpo_contract *old, const bpo_amendment *amendment,
                               bpo_error *err)
{
    size_t count = old->record_count + 1;
    bpo__record *record = NULL;
    bpo_status status = bpo__record_new(book->context, amendment, (uint32_t)count, &record, err);

    if (status != BPO_OK)
        return status;
    book->records = bpo__alloc(book->context, count * sizeof *book->records);
    if (!book->records) {
        bpo__record_unref(record);
        return bpo__fail_memory(err);
    }
    for (size_t i = 0; i < old->record_count; i++)
        book->records[i] = bpo__record_ref(old->records[i]);
    book->records[old->record_count] = record;
    book->record_count = count;
    return BPO_OK;
}

bpo_status bpo_contract_amend(bpo_contract *contract, const bpo_amendment *amendment, bpo_contract **ret_contract,
                              bpo_error *err)
{
    bpo_amendment known;
    bpo_contract *book;
    bpo_status status;

    if (!contract || !amendment || !ret_contract)
        return bpo__fail_argument(err, !contract ? "contract" : !amendment ? "amendment" : "ret_contract");
    status = bpo__sized_read(amendment, sizeof known, &known, sizeof known);
    if (status != BPO_OK)
        return bpo__fail(err, status, BPO__MSG_struct_size, NULL, "bpo_amendment", NULL, NULL);
    book = book_new(contract->context);
    if (!book)
        return bpo__fail_memory(err);
    book->base = bpo_terms_ref(contract->base);
    book->names = bpo__names_ref(contract->names);
    status = take_records(book, contract, &known, err);
    if (status == BPO_OK)
        status = compile_spans(book, contract, err);
    if (status == BPO_OK)
        status = bpo__settings_read(book->spans[0].plan, &book->settings, err);
    if (status != BPO_OK) {
        book_free(book);
        return status;
    }
    publish_types(book);
    *ret_contract = book;
    return BPO_OK;
}

bpo_contract *bpo_contract_ref(bpo_contract *contract)
{
    if (contract)
        bpo__reference_take(&contract->references);
    return contract;
}

bpo_contract *bpo_contract_unref(bpo_contract *contract)
{
    if (contract && bpo__reference_drop(&contract->references))
        book_free(contract);
    return NULL;
}
