/* SPDX-License-Identifier: Apache-2.0 */
/* What a period's statement reports on: the measures, service levels and charges of every version in force in it. Where
 * versions differ, the last one that has the name says how it is reported; what was counted, each version said
 * itself. */
#ifndef BPO_LEDGER_DEFINITIONS_H
#define BPO_LEDGER_DEFINITIONS_H

#include "ledger/place.h"

typedef struct bpo__definitions {
    bpo_context *context;
    const bpo__place *places; /* of the period, in order */
    size_t place_count;
    const bpo__measure **measures; /* in order of name */
    size_t measure_count, measure_capacity;
    const bpo__level **levels; /* in order of name */
    size_t level_count, level_capacity;
    const char **charges; /* names, in the order of the contract */
    size_t charge_count, charge_capacity;
} bpo__definitions;

/* places are borrowed. */
bpo_status bpo__definitions_init(bpo__definitions *definitions, bpo_context *context, const bpo__place *places,
                                 size_t place_count);
void bpo__definitions_clear(bpo__definitions *definitions);
/* Adds a charge at the end of the order, unless it is there. */
bpo_status bpo__definitions_add_charge(bpo__definitions *definitions, const char *name);
/* The charge of a name in a version, or NULL. */
const bpo__charge *bpo__charge_of(const bpo__plan *plan, bpo__text name);

#endif
