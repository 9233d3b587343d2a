/* SPDX-License-Identifier: Apache-2.0 */
/* The terms of one calendar, read in layers.
 *
 * A calendar may extend another, and each may have versions. What holds on a date is a stack: the calendar that extends
 * nothing, its versions up to the date, the calendar that extends it, its versions up to the date, and so on. The
 * topmost layer that sets a term decides; a holiday rule is one term, whichever way it is written. */
#ifndef BPO_TERMS_CALENDAR_TERMS_H
#define BPO_TERMS_CALENDAR_TERMS_H

#include "core/arena.h"
#include "terms/tree.h"
#include "time/definition.h"

/* What a calendar extends first, itself last. */
typedef struct bpo__lineage {
    const bpo__branch *branches;
    size_t count;
} bpo__lineage;

/* Versions of one calendar, inherited ones included. */
#define BPO__VERSIONS_MOST 64

/* The calendar itself. */
bpo__branch bpo__lineage_own(bpo__lineage lineage);
/* A value that no version has: the topmost of the lineage, {NULL, 0} where none sets it. */
bpo__text bpo__lineage_value(bpo__lineage lineage, const char *relative);
/* The topmost branch at a relative path, empty where there is none. */
bpo__branch bpo__lineage_branch(bpo__lineage lineage, const char *relative);

/* Fills hours, holidays, rules, overrides, closures, their flags and the versions; all of it in scratch. */
bpo_status bpo__calendar_terms_read(bpo__lineage lineage, bpo__arena *scratch, bpo__calendar_definition *definition,
                                    bpo_error *err);

#endif
