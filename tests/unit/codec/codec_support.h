/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of facts share: a small contract, and values in one line. */
#ifndef BPO_TESTS_CODEC_SUPPORT_H
#define BPO_TESTS_CODEC_SUPPORT_H

#include "support/test.h"

#include "support/host.h"
#include <bpo/bpo.h>
#include <string.h>

/* A contract that maps three status words; all made from `context`. */
static inline bpo_status small_contract(bpo_context *context, bpo_contract **ret_contract)
{
    static const char *const lines[][2] = {
        {"/contract/id", "small"},
        {"/contract/currency", "USD"},
        {"/tickets/statuses/New", "new"},
        {"/tickets/statuses/Awaiting User Info", "pending"},
        {"/tickets/statuses/-100", "unknown"},
        {"/sla/policies/standard/targets/resolution", "PT8H"},
    };
    bpo_terms *terms = NULL;
    bpo_status status = bpo_terms_new(context, &terms, NULL);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0] && status == BPO_OK; i++)
        status = bpo_terms_set(terms, lines[i][0], lines[i][1], NULL);
    if (status == BPO_OK)
        status = bpo_contract_new(context, terms, ret_contract, NULL);
    bpo_terms_unref(terms);
    return status;
}

static inline bpo_value text_value(uint32_t name, const char *text)
{
    bpo_value value = {.name = name, .type = BPO_TYPE_TEXT, .text = text, .size = strlen(text)};
    return value;
}

static inline bpo_value integer_value(uint32_t name, int64_t integer)
{
    bpo_value value = {.name = name, .type = BPO_TYPE_INTEGER, .integer = integer};
    return value;
}

static inline bpo_value decimal_value(uint32_t name, uint64_t coefficient, int32_t scale)
{
    bpo_value value = {.name = name, .type = BPO_TYPE_DECIMAL, .decimal = {0, coefficient, scale, 0}};
    return value;
}

/* A well-formed fact without values. */
static inline bpo_fact plain_fact(bpo_fact_kind kind, bpo_time at, const char *key)
{
    bpo_fact fact = BPO_FACT_INIT;
    fact.kind = kind;
    fact.at = at;
    fact.subject = "T-1";
    fact.subject_size = 3;
    fact.key = key;
    fact.key_size = strlen(key);
    return fact;
}

#endif
