/* SPDX-License-Identifier: Apache-2.0 */
/* The life of a ledger: live subjects and folded ones, what they come to together, merging. */
#include "ledger/ledger.h"

#include "core/fail.h"
#include "core/sized.h"

static void free_subject(bpo_context *context, bpo__subject *subject)
{
    bpo__history_clear(&subject->history);
    bpo__free(context, subject, sizeof *subject + subject->name.size);
}

static void free_ledger(bpo_ledger *ledger)
{
    bpo_context *context = ledger->context;
    for (size_t i = 0; i < ledger->subject_count; i++)
        free_subject(context, ledger->subjects[i]);
    bpo__free(context, ledger->subjects, ledger->subject_capacity * sizeof *ledger->subjects);
    bpo__map_clear(&ledger->live);
    bpo__folder_clear(&ledger->folder);
    bpo__books_free(ledger->total);
    bpo__books_free(ledger->folded);
    bpo_contract_unref(ledger->contract);
    bpo__free(context, ledger, sizeof *ledger);
    bpo_context_unref(context);
}

bpo_status bpo__ledger_new_of(bpo_contract *contract, bpo_time start, bpo_time end, bpo_time horizon,
                              bpo_ledger **ret_ledger, bpo_error *err)
{
    bpo_context *context = bpo__contract_context(contract);
    bpo_ledger *ledger = bpo__alloc_zeroed(context, sizeof *ledger);
    bpo__books *folded = NULL;
    if (ledger == NULL || bpo__books_new(context, &folded) < 0) {
        bpo__free(context, ledger, sizeof *ledger);
        return bpo__fail_memory(err);
    }
    bpo__reference_init(&ledger->references);
    ledger->context = bpo_context_ref(context);
    ledger->contract = bpo_contract_ref(contract);
    ledger->start = start;
    ledger->end = end;
    ledger->horizon = horizon < end ? horizon : end;
    ledger->folded = folded;
    bpo__map_init(&ledger->live, context);
    bpo__folder_init(&ledger->folder, contract, start, ledger->horizon);
    *ret_ledger = ledger;
    return BPO_OK;
}

/* Folds all live subjects into new books and adds those that came in folded. */
static bpo_status fold_live(bpo_ledger *ledger, bpo__books *into, bpo_error *err)
{
    bpo_status status = BPO_OK;
    ledger->folder.books = into;
    for (size_t i = 0; i < ledger->subject_count && status >= 0; i++) {
        const bpo__subject *subject = ledger->subjects[i];
        status = bpo__fold(&ledger->folder, subject->name, &subject->history, NULL, err);
    }
    return status < 0 ? status : bpo__books_merge(into, ledger->folded, err);
}

static bool same_terms(const bpo_terms *a, const bpo_terms *b)
{
    size_t count = bpo_terms_count(a);
    if (count != bpo_terms_count(b))
        return false;
    for (size_t i = 0; i < count; i++) {
        const char *path = "", *value = "", *other_path = "", *other_value = "";
        if (bpo_terms_at(a, i, &path, &value) < 0 || bpo_terms_at(b, i, &other_path, &other_value) < 0)
            return false;
        if (!bpo__text_is(bpo__text_of(path), other_path) || !bpo__text_is(bpo__text_of(value), other_value))
            return false;
    }
    return true;
}

/* Every version has the same terms and begins at the same instant. */
static bool same_versions(const bpo_contract *a, const bpo_contract *b)
{
    size_t count = bpo_contract_version_count(a);
    bpo_time from = INT64_MIN;
    if (count != bpo_contract_version_count(b))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!same_terms(bpo__contract_plan(a, i)->terms, bpo__contract_plan(b, i)->terms))
            return false;
        if (bpo__contract_next_version(a, from) != bpo__contract_next_version(b, from))
            return false;
        from = bpo__contract_next_version(a, from);
    }
    return true;
}

/* BPO_OK where both are the same book: one object, or books of equal digest, or of equal versions where a host has no
 * digest. */
static bpo_status compare_contracts(const bpo_contract *a, const bpo_contract *b, bpo_error *err)
{
    uint8_t digest_a[BPO_DIGEST_SIZE], digest_b[BPO_DIGEST_SIZE];
    size_t size_a, size_b;
    if (a == b)
        return BPO_OK;
    bpo_status status = bpo__ledger_contract_digest(a, digest_a, &size_a, err);
    if (status < 0 || (status = bpo__ledger_contract_digest(b, digest_b, &size_b, err)) < 0)
        return status;
    bool known = size_a > 0 && size_b > 0;
    if (known ? memcmp(digest_a, digest_b, size_a) == 0 : same_versions(a, b))
        return BPO_OK;
    return bpo__fail(err, BPO_E_MISMATCH, BPO__MSG_part_other_contract, "", NULL, NULL, NULL);
}

static bpo_status refuse_foreign_part(const bpo_ledger *ledger, const bpo_ledger *part, bpo_error *err)
{
    if (ledger->start != part->start || ledger->end != part->end || ledger->horizon != part->horizon)
        return bpo__fail(err, BPO_E_MISMATCH, BPO__MSG_part_other_period, "", NULL, NULL, NULL);
    return compare_contracts(ledger->contract, part->contract, err);
}

/* Live subjects of the ledger have no row yet: they are looked up by name. */
static bpo_status refuse_live_subjects(const bpo_ledger *ledger, const bpo__books *books, bpo_error *err)
{
    for (size_t i = 0; i < ledger->subject_count; i++) {
        const bpo__subject *subject = ledger->subjects[i];
        if (subject->history.count > 0 && bpo__books_has(books, subject->name))
            return bpo__fail_text(err, BPO_E_MISMATCH, BPO__MSG_subject_in_both, BPO__TEXT(""), subject->name,
                                  BPO__TEXT(""), BPO__TEXT(""));
    }
    return BPO_OK;
}

static size_t live_memory(const bpo_ledger *ledger)
{
    size_t bytes = sizeof *ledger + ledger->live.capacity * sizeof *ledger->live.entries +
                   ledger->subject_capacity * sizeof *ledger->subjects;
    for (size_t i = 0; i < ledger->subject_count; i++) {
        const bpo__subject *subject = ledger->subjects[i];
        bytes += sizeof *subject + subject->name.size + subject->history.block_capacity +
                 subject->history.capacity * sizeof *subject->history.entries;
    }
    return bytes;
}

bpo_status bpo__ledger_contract_digest(const bpo_contract *contract, uint8_t *digest, size_t *ret_size, bpo_error *err)
{
    bpo_status status = bpo_contract_digest(contract, digest, err);
    *ret_size = status == BPO_OK ? BPO_DIGEST_SIZE : 0;
    return status == BPO_E_UNSUPPORTED ? BPO_OK : status;
}

void bpo__ledger_touch(bpo_ledger *ledger)
{
    bpo__books_free(ledger->total);
    ledger->total = NULL;
}

bpo_status bpo__ledger_subject(bpo_ledger *ledger, bpo__text name, bpo__subject **ret_subject)
{
    void *subjects = ledger->subjects;
    bpo__subject *subject = bpo__map_get(&ledger->live, name);
    if (subject == NULL) {
        bpo_status status = bpo__reserve(ledger->context, &subjects, &ledger->subject_capacity,
                                         ledger->subject_count, 1, sizeof subject);
        ledger->subjects = subjects;
        if (status < 0 || bpo__map_reserve(&ledger->live, 1) < 0)
            return BPO_E_NOMEM;
        if ((subject = bpo__alloc_zeroed(ledger->context, sizeof *subject + name.size)) == NULL)
            return BPO_E_NOMEM;
        if (name.size > 0)
            memcpy(subject + 1, name.data, name.size);
        subject->name = (bpo__text){(const char *)(subject + 1), name.size};
        bpo__history_init(&subject->history, ledger->context);
        (void)bpo__map_set(&ledger->live, subject->name, subject); /* cannot fail: room was reserved */
        ledger->subjects[ledger->subject_count++] = subject;
    }
    *ret_subject = subject;
    return BPO_OK;
}

bpo_status bpo__ledger_books(bpo_ledger *ledger, bpo__books **ret_books, bpo_error *err)
{
    if (ledger->subject_count > 0 && ledger->total == NULL) {
        bpo__books *total;
        if (bpo__books_new(ledger->context, &total) < 0)
            return bpo__fail_memory(err);
        bpo_status status = fold_live(ledger, total, err);
        if (status < 0) {
            bpo__books_free(total);
            return status;
        }
        ledger->total = total;
    }
    *ret_books = ledger->total != NULL ? ledger->total : ledger->folded;
    return BPO_OK;
}

bpo_status bpo__ledger_new_until(bpo_contract *contract, const char *period, bpo_time horizon,
                                 bpo_ledger **ret_ledger, bpo_error *err)
{
    bpo_time start, end;
    bpo_status status = bpo_contract_period(contract, period, &start, &end, err);
    return status < 0 ? status : bpo__ledger_new_of(contract, start, end, horizon, ret_ledger, err);
}

bpo_status bpo__ledger_add_history(bpo_ledger *ledger, bpo__text subject, const bpo__history *history,
                                   bool *ret_settled, bpo_error *err)
{
    if (bpo__books_has(ledger->folded, subject) || bpo__map_get(&ledger->live, subject) != NULL)
        return bpo__fail_text(err, BPO_E_MISMATCH, BPO__MSG_subject_in_both, BPO__TEXT(""), subject, BPO__TEXT(""),
                              BPO__TEXT(""));
    bpo__ledger_touch(ledger);
    ledger->folder.books = ledger->folded;
    return bpo__fold(&ledger->folder, subject, history, ret_settled, err);
}

bpo_status bpo_ledger_new(bpo_contract *contract, const char *period, bpo_ledger **ret_ledger, bpo_error *err)
{
    if (contract == NULL || period == NULL || ret_ledger == NULL)
        return bpo__fail_argument(err, contract == NULL ? "contract" : period == NULL ? "period" : "ret_ledger");
    return bpo__ledger_new_until(contract, period, BPO_TIME_NEVER, ret_ledger, err);
}

bpo_ledger *bpo_ledger_ref(bpo_ledger *ledger)
{
    if (ledger != NULL)
        bpo__reference_take(&ledger->references);
    return ledger;
}

bpo_ledger *bpo_ledger_unref(bpo_ledger *ledger)
{
    if (ledger != NULL && bpo__reference_drop(&ledger->references))
        free_ledger(ledger);
    return NULL;
}

bpo_status bpo_ledger_merge(bpo_ledger *ledger, bpo_ledger *part, bpo_error *err)
{
    bpo__books *books;
    if (ledger == NULL || part == NULL)
        return bpo__fail_argument(err, ledger == NULL ? "ledger" : "part");
    if (ledger == part)
        return bpo__fail(err, BPO_E_INVALID, BPO__MSG_argument_invalid, "", "part", "it is the ledger itself", NULL);
    bpo_status status = refuse_foreign_part(ledger, part, err);
    if (status < 0 || (status = bpo__ledger_books(part, &books, err)) < 0)
        return status;
    if ((status = refuse_live_subjects(ledger, books, err)) < 0)
        return status;
    if ((status = bpo__books_merge(ledger->folded, books, err)) < 0)
        return status;
    bpo__ledger_touch(ledger);
    return BPO_OK;
}

bpo_status bpo_ledger_memory(bpo_ledger *ledger, bpo_ledger_size *ret_size, bpo_error *err)
{
    bpo_ledger_size size = BPO_LEDGER_SIZE_INIT;
    bpo__books *books;
    if (ledger == NULL || ret_size == NULL)
        return bpo__fail_argument(err, ledger == NULL ? "ledger" : "ret_size");
    bpo_status status = bpo__ledger_books(ledger, &books, err);
    if (status < 0)
        return status;
    size.cell_count = bpo__cells_total(books->cells) + bpo__usage_additive_count(books->usage);
    size.key_count = books->rows.count + bpo__usage_keyed_count(books->usage);
    size.byte_count = live_memory(ledger) + bpo__books_memory(books);
    if (bpo__sized_write(&size, sizeof size, ret_size, sizeof size) < 0)
        return bpo__fail(err, BPO_E_ABI, BPO__MSG_struct_size, "", "bpo_ledger_size", NULL, NULL);
    return BPO_OK;
}
