/* SPDX-License-Identifier: Apache-2.0 */
/* Following the stream: folding what the store has, and appending to it. */
#ifndef BPO_DESK_FOLLOW_H
#define BPO_DESK_FOLLOW_H

#include "desk/desk.h"

/* Reads and folds whatever lies behind the head. On failure the desk has read less far, or as far as before. */
bpo_status bpo__desk_catch_up(bpo_desk *desk, bpo_error *err);

/* Appends records and says whether they are all new and lie directly behind the head; then the head is moved and the
 * caller folds them, for which it has made room. Else the desk is stale until it has caught up. BPO_E_KEY_REUSED gives
 * the record's index in sequences[0]. On failure nothing has happened, or nobody knows: BPO_E_UNKNOWN_OUTCOME. */
bpo_status bpo__desk_append(bpo_desk *desk, uint64_t expected_seq, const bpo_record *const *records, size_t count,
                            uint64_t *sequences, bool *ret_dense, bpo_error *err);

/* Room for one seal more, so that adding it cannot fail; taking a sealed period in. `bytes` becomes the desk's. */
bpo_status bpo__desk_reserve_seal(bpo_desk *desk, bpo_error *err);
void bpo__desk_add_seal(bpo_desk *desk, const bpo__seal *seal, bpo_time said_at);
/* Room for notices, so that taking their keys in cannot fail. `key` becomes the desk's, of key.size bytes. */
bpo_status bpo__desk_reserve_given(bpo_desk *desk, size_t count, bpo_error *err);
void bpo__desk_add_given(bpo_desk *desk, bpo__text key);
void bpo__desk_add_watermark(bpo_desk *desk, bpo_time at);
/* The desk's book becomes another; takes the reference over. */
void bpo__desk_set_contract(bpo_desk *desk, bpo_contract *contract);

#endif
