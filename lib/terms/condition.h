/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions of the contract, compiled: `priority in (urgent, high) and not channel = chat`.
 *
 * Comparing an absent attribute is false, also with `!=`; `has NAME` asks for presence. */
#ifndef BPO_TERMS_CONDITION_H
#define BPO_TERMS_CONDITION_H

#include "core/arena.h"
#include "core/text.h"
#include "terms/names.h"
#include <bpo/fact.h>

/* What a condition can see: the fact's values, then the ticket's, then the built-in words (BPO_VALUE_KIND and so on,
 * which the caller puts in as ordinary values). The first set that has the name decides. */
typedef struct bpo__attributes {
    const bpo_value *values;
    size_t count;
    const struct bpo__attributes *next;
} bpo__attributes;

const bpo_value *bpo__attributes_find(const bpo__attributes *attributes, uint32_t name);

typedef struct bpo__condition bpo__condition;

/* Compiles text into the arena. err->path is `path`. `types` tells the declared type of an attribute. */
bpo_status bpo__condition_parse(bpo__arena *arena, bpo__names *names, const char *path, bpo__text text,
                                const bpo__condition **ret_condition, bpo_error *err);
/* NULL holds always. */
bool bpo__condition_holds(const bpo__condition *condition, const bpo__attributes *attributes);
bool bpo__condition_mentions(const bpo__condition *condition, uint32_t name);

#endif
