/* SPDX-License-Identifier: Apache-2.0 */
/* A desk from within: what one engagement's stream comes to, as far as it was read.
 *
 * Law: everything here but the flags of caching is a function of the records 1..head, so every process that has read
 * as far has the same. Nothing is remembered before the store has it. */
#ifndef BPO_DESK_DESK_H
#define BPO_DESK_DESK_H

#include "codec/history.h"
#include "core/map.h"
#include "core/reference.h"
#include <bpo/desk.h>

/* No host key begins with this byte: those are the desk's own records. */
#define BPO__DESK_KEY_PREFIX '\x01'

/* What is kept about one subject. */
typedef struct bpo__dossier {
    bpo__text name;       /* lies behind the struct */
    bpo__history history; /* BPO_FACT_LATE: booked to the period after the last sealed one */
    bool is_ticket;       /* it has facts of a ticket */
    bool has_late;        /* it has entries with BPO_FACT_LATE */
    bool settled;         /* cache: ledgers of later periods need not see it until a fact is added */
    bpo_time wake_at;     /* cache: first instant at which a notice may be due; INT64_MIN: look */
    bpo_time wake_next;   /* what wake_at becomes once the notices are recorded */
    size_t pending_count; /* facts of the batch at hand, and their bytes */
    size_t pending_size;
} bpo__dossier;

/* A sealed period, in one of its revisions. */
typedef struct bpo__seal {
    bpo_time start, end;
    uint8_t *bytes; /* the record's */
    size_t size;
    size_t statement_offset; /* of the statement within them */
    size_t statement_size;
} bpo__seal;

struct bpo_desk {
    bpo__references references;
    bpo_context *context;
    bpo_contract *contract; /* the book; NULL only while a stream is opened */
    bpo_store store;
    char *id;
    size_t id_size; /* with the NUL */
    bool busy;      /* a call is under way */
    bool stale;     /* the stream may hold more than the last call should have read */
    uint64_t head;  /* sequence of the last record that was folded */
    uint8_t chain[BPO_DIGEST_SIZE]; /* h(head); zeros before the first record or without a digest callback */
    bpo__map dossier_of;      /* name -> bpo__dossier */
    bpo__dossier **dossiers;  /* in order of arrival */
    size_t dossier_count;
    size_t dossier_capacity;
    bpo__map given;           /* keys of notices that were given -> their copies */
    bpo__seal *seals;         /* in order of the stream: periods in sequence, restated ones again */
    size_t seal_count;
    size_t seal_capacity;
    bpo_time sealed_until;    /* end of the last sealed period; INT64_MIN where nothing is sealed */
    bpo_time restate_from;    /* from here on sealed periods are to be restated; BPO_TIME_NEVER: none */
    bpo_time watermark;       /* the latest instant at which something was said; INT64_MIN: never */
};

/* Entering refuses a missing desk, and one that is in use further up the stack. */
bpo_status bpo__desk_enter(bpo_desk *desk, bpo_error *err);
bpo_status bpo__desk_leave(bpo_desk *desk, bpo_status status);

/* The dossier of a subject, or NULL. */
bpo__dossier *bpo__desk_find(const bpo_desk *desk, bpo__text subject);
/* The same, made where there is none; NULL without memory. An empty dossier counts as none. */
bpo__dossier *bpo__desk_provide(bpo_desk *desk, bpo__text subject);
/* Adds a fact to a dossier, booked by its place in the stream: late where its period is sealed. */
bpo_status bpo__dossier_add(bpo_desk *desk, bpo__dossier *dossier, const bpo_fact *fixed_part, const void *bytes,
                            size_t size, bpo__added *ret_added, bpo_error *err);

/* End of the last sealed period; INT64_MIN where nothing is sealed. */
bpo_time bpo__desk_sealed_until(const bpo_desk *desk);
/* The sealed period that is to be restated next, in its latest revision; NULL where there is none. */
const bpo__seal *bpo__desk_restatement(const bpo_desk *desk);
/* The latest revision of the sealed period that starts, or ends, at an instant; NULL where there is none. */
const bpo__seal *bpo__desk_seal_from(const bpo_desk *desk, bpo_time start);
const bpo__seal *bpo__desk_seal_until(const bpo_desk *desk, bpo_time end);
/* Whether the fact's period is sealed. */
bool bpo__desk_is_late(const bpo_desk *desk, bpo_time at);
/* The message that says why the contract takes the fact no more; 0 where it does. Every reader judges by what stands
 * before the fact in the stream, so all of them come to the same. */
int32_t bpo__desk_refusal(const bpo_desk *desk, const bpo_fact *fact);
/* `now`, or the watermark where that is ahead by no more than the contract tolerates; else BPO_E_CLOCK_BACK. */
bpo_status bpo__desk_clock(const bpo_desk *desk, bpo_time now, bpo_time *ret_now, bpo_error *err);

#endif
