/* SPDX-License-Identifier: Apache-2.0 */
/* A period's books over the desk's dossiers. */
#ifndef BPO_DESK_PERIOD_H
#define BPO_DESK_PERIOD_H

#include "desk/desk.h"
#include "ledger/ledger.h"

/* The period that closes next begins here; INT64_MIN where any may be the first: no start, no facts. */
bpo_status bpo__desk_next_start(const bpo_desk *desk, bpo_time *ret_start, bpo_error *err);

/* What is to be made. */
typedef struct bpo__period {
    bpo_contract *contract; /* the desk's, or other terms */
    const char *name;
    bpo_time horizon;  /* first instant that is not seen */
    bool booked;       /* late facts are corrections of this period; else everything counts as if it had come in time */
    bool *settled;     /* room for each dossier: nothing of it is left for later periods; or NULL */
    const void *opening;
    size_t opening_size;
    bpo_time as_of;
    bool provisional;
    uint32_t revision;
    const bpo_statement *former; /* what it restates, or NULL */
} bpo__period;

bpo_status bpo__desk_state(const bpo_desk *desk, const bpo__period *period, bpo_statement **ret_statement,
                           bpo_error *err);

#endif
