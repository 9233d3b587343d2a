/* SPDX-License-Identifier: Apache-2.0 */
/* A ledger from within: live subjects whose facts it keeps, books of subjects that were folded already, and what the
 * desk asks of it besides the public calls. */
#ifndef BPO_LEDGER_LEDGER_H
#define BPO_LEDGER_LEDGER_H

#include "core/reference.h"
#include "ledger/fold.h"
#include <bpo/ledger.h>

/* A subject whose facts the ledger keeps. */
typedef struct bpo__subject {
    bpo__text name; /* lies behind the struct */
    bpo__history history;
} bpo__subject;

struct bpo_ledger {
    bpo__references references;
    bpo_context *context;
    bpo_contract *contract;
    bpo_time start, end;
    bpo_time horizon; /* first instant not seen: end, or earlier for a preview */
    bpo__folder folder;
    bpo__books *folded; /* subjects that came in folded: merged, decoded, borrowed */
    bpo__books *total;  /* everything; NULL when it must be made anew, or when it is `folded` itself */
    bpo__map live;      /* name -> bpo__subject */
    bpo__subject **subjects; /* in order of arrival */
    size_t subject_count;
    size_t subject_capacity;
};

/* An empty ledger of the period [start, end), which is one of the contract's. */
bpo_status bpo__ledger_new_of(bpo_contract *contract, bpo_time start, bpo_time end, bpo_time horizon,
                              bpo_ledger **ret_ledger, bpo_error *err);
/* A ledger of which nothing at or after `horizon` (<= the period's end) is seen: what a preview shows. */
bpo_status bpo__ledger_new_until(bpo_contract *contract, const char *period, bpo_time horizon,
                                 bpo_ledger **ret_ledger, bpo_error *err);

/* Folds a subject whose facts somebody else keeps; nothing is copied or borrowed beyond the call. Facts that were
 * booked to this period carry BPO_FACT_LATE, those booked to earlier ones no longer do. ret_settled (may be NULL) says
 * that a ledger of a later period need not see the subject again until a fact is added to it.
 * BPO_E_MISMATCH for a subject that is in already. After any other failure the ledger is only good for unref. */
bpo_status bpo__ledger_add_history(bpo_ledger *ledger, bpo__text subject, const bpo__history *history,
                                   bool *ret_settled, bpo_error *err);

/* bpo_ledger_close() with the marks that only a desk gives. */
typedef struct bpo__closing {
    const void *opening; /* NULL for the first period */
    size_t opening_size;
    bpo_time as_of;
    bool provisional;
    uint32_t revision;
    const bpo_statement *former; /* the revision that this one replaces: its lines are taken back; or NULL */
} bpo__closing;

bpo_status bpo__ledger_close(bpo_ledger *ledger, const bpo__closing *closing, bpo_statement **ret_statement,
                             bpo_error *err);

/* Everything folded; belongs to the ledger and lives until its next change. */
bpo_status bpo__ledger_books(bpo_ledger *ledger, bpo__books **ret_books, bpo_error *err);

/* The live subject of a name, made if there is none. */
bpo_status bpo__ledger_subject(bpo_ledger *ledger, bpo__text name, bpo__subject **ret_subject);
/* The digest of the contract's book; *ret_size is 0 where the host has no digest. */
bpo_status bpo__ledger_contract_digest(const bpo_contract *contract, uint8_t *digest, size_t *ret_size,
                                       bpo_error *err);
/* What was folded together with live facts is no longer true. */
void bpo__ledger_touch(bpo_ledger *ledger);

#endif
