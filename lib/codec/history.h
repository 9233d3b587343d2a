/* SPDX-License-Identifier: Apache-2.0 */
/* One subject's facts: every revision of every key that was seen, in fact order, as canonical bytes.
 *
 * The set decides, arrival never counts. Two views are asked for: what counts of all facts, and what counted before
 * a period (for late facts and corrections): see bpo__view. */
#ifndef BPO_CODEC_HISTORY_H
#define BPO_CODEC_HISTORY_H

#include "codec/fact_bytes.h"
#include "codec/key_index.h"

typedef struct bpo__entry {
    bpo_time at;
    int64_t order;
    bpo_fact_kind kind;
    uint32_t flags; /* BPO_FACT_RETRACTED, BPO_FACT_LATE */
    uint32_t revision;
    uint32_t size;        /* of bytes */
    const uint8_t *bytes; /* canonical fact; owned by the history, moves when facts are added */
    bpo__text key;        /* within bytes */
    uint32_t key_hash;
    bool has_revisions; /* whether other entries have the same key */
} bpo__entry;

typedef struct bpo__history {
    bpo_context *context;
    bpo__entry *entries; /* sorted by (at, order, precedence of the kind, key, revision) */
    size_t count;
    size_t capacity;
    uint8_t *block; /* the bytes of all entries, in order of arrival */
    size_t block_size;
    size_t block_capacity;
    bpo__key_index index; /* of long histories */
} bpo__history;

/* What a history's add came to: both ADDED and ADDED_SUPERSEDED leave one entry more. */
typedef enum bpo__added { BPO__ADDED, BPO__ADDED_DUPLICATE, BPO__ADDED_SUPERSEDED } bpo__added;

void bpo__history_init(bpo__history *history, bpo_context *context);
void bpo__history_clear(bpo__history *history);
/* After it, `count` facts of `size` bytes together can be added without a failure but BPO_E_KEY_REUSED. */
bpo_status bpo__history_reserve(bpo__history *history, size_t count, size_t size);
/* Adds canonical bytes (copied). Superseded revisions are kept too. BPO_E_KEY_REUSED for the same key and revision
 * with other bytes. A fact delivered both late and not is not late. On failure the history is as before. */
bpo_status bpo__history_add(bpo__history *history, const bpo_fact *fixed_part, const void *bytes, size_t size,
                            bpo__added *ret_added, bpo_error *err);
/* The entry of a key and revision, or NULL; ret_superseded (may be NULL) says whether a higher revision is there. */
const bpo__entry *bpo__history_find(const bpo__history *history, bpo__text key, uint32_t revision,
                                    bool *ret_superseded);
/* The highest revision of a key, retracted or not; NULL where there is none. */
const bpo__entry *bpo__history_newest(const bpo__history *history, bpo__text key);
/* Takes back the entry that was added last, and when called again the one before it, and so on. */
void bpo__history_take_back(bpo__history *history);

/* Which facts a reader sees: those before `until`, and without `late` only those not booked late. Of each key the
 * highest visible revision counts; a retracted one hides the key. Where sealed periods are restated, a revision that
 * moved a fact behind `until` hides it too: the period is made anew with what is known now. */
typedef struct bpo__view {
    bpo_time until; /* first instant not seen */
    bool late;      /* whether facts flagged BPO_FACT_LATE are seen */
    bool restated;  /* whether a revision behind `until` hides those before it */
} bpo__view;

/* Walks what counts, in fact order: starts with *position = 0; NULL at the end. */
const bpo__entry *bpo__history_next(const bpo__history *history, bpo__view view, size_t *position);

#endif
