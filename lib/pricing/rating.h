/* SPDX-License-Identifier: Apache-2.0 */
/* Rating: from quantities to rounded lines with their explanation. A pure function.
 *
 * One line per charge, service period and version that has usage. The tier position goes on across a change of
 * version (spec/pricing.md section 19.4). An amount is exact until it is rounded once (R2). */
#ifndef BPO_PRICING_RATING_H
#define BPO_PRICING_RATING_H

#include "core/buffer.h"
#include "pricing/usage.h"

/* A quantity of one charge in one service period and version, as rated. */
typedef struct bpo__segment {
    const bpo__charge *charge; /* of the version */
    uint32_t version;
    bpo_decimal quantity; /* in the meter's unit; of a fixed charge: local dates on which it held */
} bpo__segment;

/* A rated line. Texts and steps are in the caller's arena. */
typedef struct bpo__line {
    const bpo__charge *charge;
    uint32_t version;
    bpo__ratio quantity; /* in the charge's unit: seats, tasks, hours */
    const char *quantity_text;
    const char *unit; /* "seat", "task", "hour"; "period" of a fixed charge */
    bpo_decimal amount; /* rounded */
    const char **steps; /* explanation */
    size_t step_count;
} bpo__line;

/* Rates the segments of one charge in one service period, in order of version; fills lines[0..count).
 * period_days: local dates of the service period, what seat-days and days of a fixed charge are divided by; > 0.
 *
 * For an adjustment rate the cumulative quantity (posted + delta) in the same way, and post each line's amount less
 * what was posted for its version.
 *
 * BPO_E_STATE for a quantity below zero, BPO_E_RANGE, BPO_E_NOMEM; err->path is the charge's. On failure lines are
 * untouched. */
bpo_status bpo__rate(const bpo__pricing *pricing, const bpo__segment *segments, size_t count, int64_t period_days,
                     bpo__arena *arena, bpo__line *lines, bpo_error *err);

/* The price of moving the position from `from` to `until` through the tiers, exact and unrounded; 0 <= from <= until.
 * Tier k covers (up_to[k-1], up_to[k]]; its flat amount is due when the position enters it. What vectors of kinds
 * charge.unit (one unbounded tier), charge.graduated and charge.graduated_delta run. */
bpo_status bpo__graduated_amount(const bpo__tier *tiers, size_t tier_count, bpo__ratio from, bpo__ratio until,
                                 bpo__ratio *ret_amount);

#endif
