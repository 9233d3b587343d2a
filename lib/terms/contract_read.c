/* SPDX-License-Identifier: Apache-2.0 */
/* What can be asked of a book: versions, attributes, and for the modules above its plans and settings. */
#include "core/fail.h"
#include "terms/book.h"

bpo_status bpo_contract_attribute(bpo_contract *contract, const char *name, uint32_t *ret_id, bpo_error *err)
{
    bpo_status status;

    if (!contract || !name || !ret_id)
        return bpo__fail_argument(err, !contract ? "contract" : !name ? "name" : "ret_id");
    status = bpo__names_intern(contract->names, bpo__text_of(name), ret_id);
    if (status == BPO_E_NOMEM)
        return bpo__fail_memory(err);
    if (status == BPO_E_INVALID)
        return bpo__fail(err, status, BPO__MSG_attribute_name, NULL, name, NULL, NULL);
    return status == BPO_OK ? BPO_OK : bpo__fail(err, status, BPO__MSG_limit_reached, NULL, "attributes", "4096", NULL);
}

size_t bpo_contract_version_count(const bpo_contract *contract)
{
    return contract ? contract->span_count : 0;
}

size_t bpo_contract_version_at(const bpo_contract *contract, bpo_time at)
{
    size_t low = 0;
    size_t high = contract ? contract->span_count : 0;

    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (contract->spans[middle].from <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

bpo_status bpo_contract_terms(const bpo_contract *contract, size_t version, bpo_terms **ret_terms, bpo_error *err)
{
    if (!contract || !ret_terms)
        return bpo__fail_argument(err, contract ? "ret_terms" : "contract");
    if (version >= contract->span_count)
        return bpo__fail(err, BPO_E_INVALID, BPO__MSG_argument_invalid, NULL, "version",
                         "it is below bpo_contract_version_count()", NULL);
    return bpo_terms_copy(contract->spans[version].plan->terms, ret_terms, err);
}

const bpo__plan *bpo__contract_plan(const bpo_contract *contract, size_t version)
{
    return contract->spans[version].plan;
}

const bpo__plan *bpo__contract_plan_at(const bpo_contract *contract, bpo_time at)
{
    return contract->spans[bpo_contract_version_at(contract, at)].plan;
}

bpo_time bpo__contract_next_version(const bpo_contract *contract, bpo_time at)
{
    size_t next = bpo_contract_version_at(contract, at) + 1;

    return next < contract->span_count ? contract->spans[next].from : BPO_TIME_NEVER;
}

bpo_context *bpo__contract_context(const bpo_contract *contract)
{
    return contract->context;
}

bpo__names *bpo__contract_names(const bpo_contract *contract)
{
    return contract->names;
}

bpo_time bpo__contract_start(const bpo_contract *contract)
{
    return contract->settings.start;
}

bpo__late_facts bpo__contract_late_facts(const bpo_contract *contract)
{
    return contract->settings.late_facts;
}

/* A period that ended `window` before `open`, or later, is still corrected: the first of these holds the instant just
 * before that. */
bpo_time bpo__contract_settled_until(const bpo_contract *contract, bpo_time open)
{
    bpo_duration window = contract->settings.late_window;
    bpo_time start, end;

    if (window == BPO__WINDOW_OPEN || open <= INT64_MIN + window)
        return INT64_MIN;
    if (bpo__contract_period_at(contract, open - window - 1, &start, &end, NULL) != BPO_OK)
        return INT64_MIN; /* the window is wider than the years of contracts */
    return start;
}

bpo_duration bpo__contract_clock_tolerance(const bpo_contract *contract)
{
    return contract->settings.clock_tolerance;
}

const bpo_terms *bpo__contract_base(const bpo_contract *contract)
{
    return contract->base;
}

size_t bpo__contract_amendment_count(const bpo_contract *contract)
{
    return contract->record_count;
}

const bpo_amendment *bpo__contract_amendment(const bpo_contract *contract, size_t index)
{
    return &contract->records[index]->amendment;
}
