/* SPDX-License-Identifier: Apache-2.0 */
/* All errors of a document in one pass: each path and value by itself, and when these are right, what a compilation
 * finds first. */
#include "core/fail.h"
#include "core/report.h"
#include "terms/schema.h"
#include <bpo/contract.h>

/* A refusal becomes a row; lack of memory, or of what the host must supply, ends the check. */
static bool is_refusal(bpo_status status)
{
    return status == BPO_E_PATH || status == BPO_E_VALUE || status == BPO_E_MISSING || status == BPO_E_ZONE ||
           status == BPO_E_ZONE_DATA || status == BPO_E_RANGE || status == BPO_E_LIMIT || status == BPO_E_INVALID;
}

static bpo_status take(bpo_report *report, size_t index, bpo_status status, const bpo_error *found, bpo_error *err)
{
    if (status == BPO_OK)
        return BPO_OK;
    if (is_refusal(status))
        return bpo__report_add_error(report, BPO_REPORT_REFUSED, index, found) == BPO_OK ? BPO_OK
                                                                                         : bpo__fail_memory(err);
    return bpo__fail_as(err, found);
}

static bpo_status check_each(bpo_context *context, const bpo_terms *terms, bpo_report *report, bpo_error *err)
{
    bpo_error found = BPO_ERROR_INIT;
    bpo__arena scratch;
    bpo_status status = BPO_OK;

    bpo__arena_init(&scratch, context);
    for (size_t i = 0; status == BPO_OK && i < terms->count; i++)
        status =
            take(report, i, bpo__schema_check(BPO__SCOPE_CONTRACT, terms->nodes[i], &scratch, &found), &found, err);
    bpo__arena_clear(&scratch);
    return status;
}

bpo_status bpo_contract_check(bpo_context *context, const bpo_terms *terms, bpo_report *report, bpo_error *err)
{
    bpo_error found = BPO_ERROR_INIT;
    bpo_contract *contract = NULL;
    bpo_status status;

    if (!context || !terms || !report)
        return bpo__fail_argument(err, !context ? "context" : !terms ? "terms" : "report");
    bpo__report_clear(report);
    status = check_each(context, terms, report, err);
    if (status != BPO_OK || bpo_report_count(report) > 0)
        return status;
    status = take(report, terms->count, bpo_contract_new(context, terms, &contract, &found), &found, err);
    bpo_contract_unref(contract);
    return status;
}
