/* SPDX-License-Identifier: Apache-2.0 */
/* A place: the service period and the version of the contract that hold an instant. What happens is cut so that each
 * piece lies in one place. */
#ifndef BPO_LEDGER_PLACE_H
#define BPO_LEDGER_PLACE_H

#include "terms/plan.h"

typedef struct bpo__place {
    bpo_time from, until; /* the place holds all of [from, until); empty while nothing was looked up */
    bpo_time period_start, period_end;
    const bpo__plan *plan;
    uint32_t version;
} bpo__place;

/* Makes the place that of `at`; costs nothing where it holds `at` already. */
bpo_status bpo__place_find(bpo__place *place, const bpo_contract *contract, bpo_time at, bpo_error *err);

/* The places of a span of time, in order; to be freed with bpo__free(context, *ret, *ret_count * sizeof **ret). */
bpo_status bpo__places_of(const bpo_contract *contract, bpo_time start, bpo_time end, bpo__place **ret_places,
                          size_t *ret_count, bpo_error *err);

/* Local dates of the contract's zone from one instant to another, as seat-days are counted. */
int64_t bpo__place_days(const bpo__place *place, bpo_time from, bpo_time until);

#endif
