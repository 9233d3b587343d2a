/* SPDX-License-Identifier: Apache-2.0 */
/* A batch of facts on its way into the stream: checked, encoded, compared with what is known, and with room made for
 * everything, so that nothing can fail once the store has it. */
#ifndef BPO_DESK_BATCH_H
#define BPO_DESK_BATCH_H

#include "desk/desk.h"

/* Remarks that were made about a fact. */
enum { BPO__REMARK_LATE = 1, BPO__REMARK_SUPERSEDED = 2, BPO__REMARK_KNOWN = 4 };

/* A fact that is to be appended. */
typedef struct bpo__batch_item {
    bpo_fact fact; /* the fixed part; its texts are the caller's */
    size_t index;  /* which fact of the call */
    size_t offset; /* of its bytes */
    size_t size;
    bpo__dossier *dossier;
    struct bpo__batch_item *same_key; /* another revision in this batch */
    uint32_t remarks;
} bpo__batch_item;

typedef struct bpo__batch {
    bpo_desk *desk;
    bpo_time now;
    bpo_report *report; /* may be NULL: then what would be a row of refusal fails the batch */
    bpo_error *err;
    bpo__buffer bytes;      /* of all facts, one after another */
    bpo__batch_item *items; /* room for `capacity` */
    size_t capacity;
    size_t count;
    bpo__map key_of; /* key -> newest item with it */
} bpo__batch;

bpo_status bpo__batch_begin(bpo__batch *batch, bpo_desk *desk, bpo_time now, size_t capacity, bpo_report *report,
                            bpo_error *err);
void bpo__batch_end(bpo__batch *batch);
/* Takes one fact; a remark or refusal goes into the report. */
bpo_status bpo__batch_take(bpo__batch *batch, size_t index, const bpo_fact *given);
/* Drops an item that the store refused as reused. */
bpo_status bpo__batch_drop(bpo__batch *batch, size_t item);
/* Adds a row about a fact. */
bpo_status bpo__batch_remark(bpo__batch *batch, const bpo__batch_item *item, bpo_report_code code, int32_t message);

#endif
