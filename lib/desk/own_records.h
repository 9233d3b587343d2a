/* SPDX-License-Identifier: Apache-2.0 */
/* The desk's own records: their keys, their bytes, and the chain of digests over all records.
 *
 *     seal    frame { 2: start end chain  4: statement }     key \x01seal/START
 *     notice  frame { 2: subject metric cycle crossing }     key derived from these
 *     the rest: \x01terms, \x01amendment/NUMBER, \x01watermark/INSTANT, the last without bytes */
#ifndef BPO_DESK_OWN_RECORDS_H
#define BPO_DESK_OWN_RECORDS_H

#include "core/buffer.h"
#include "core/text.h"
#include <bpo/store.h>

/* A key, at most as long as a host's. */
typedef struct bpo__own_key {
    char text[72];
    size_t size;
} bpo__own_key;

bpo__own_key bpo__terms_key(void);
bpo__own_key bpo__amendment_key(uint32_t number);
bpo__own_key bpo__seal_key(bpo_time start);
bpo__own_key bpo__watermark_key(bpo_time at);
/* The same notice has the same key in every process; a long one ends in a sum of the whole. */
bpo__own_key bpo__notice_key(bpo__text subject, bpo__text metric, uint32_t cycle);

/* Append canonical bytes; on failure `into` is as before. */
bpo_status bpo__notice_encode(bpo__text subject, bpo__text metric, uint32_t cycle, bpo__buffer *into, bpo_error *err);
bpo_status bpo__seal_encode(bpo_time start, bpo_time end, const uint8_t *chain, const bpo__buffer *statement,
                            bpo__buffer *into, bpo_error *err);

/* What a seal holds; the texts are borrowed from its bytes. */
typedef struct bpo__seal_content {
    bpo_time start, end;
    bpo__text chain;
    bpo__text statement;
} bpo__seal_content;
bpo_status bpo__seal_decode(const void *bytes, size_t size, bpo__seal_content *ret_content, bpo_error *err);

/* A record of a kind with a key; the key is borrowed. */
bpo_record bpo__own_record(int32_t kind, const bpo__own_key *key, bpo_time at, bpo_time recorded_at);

/* chain = H(chain, record); scratch is reused. Without a digest callback nothing happens. recorded_at is not in it: the
 * same record may be delivered twice, at two times, and whose time the store keeps is not seen by the other. */
bpo_status bpo__chain_add(bpo_context *context, uint8_t *chain, uint64_t sequence, const bpo_record *record,
                          bpo__buffer *scratch, bpo_error *err);

#endif
