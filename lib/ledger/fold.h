/* SPDX-License-Identifier: Apache-2.0 */
/* Folding: what one subject's facts come to in one period P = [start, end).
 *
 * A statement counts every contribution once, in the first period that could know of it. So a fold takes what the
 * facts come to now, up to P's end and late facts included, and withdraws what they came to when the period before
 * was closed: up to P's start, without late facts. What did not change cancels; what is left and belongs to a period
 * before P corrects a sealed one. A subject of which nothing is left and no clock is open is not in the books.
 * Nothing is left of periods that are settled for good, or that lie before the service began. */
#ifndef BPO_LEDGER_FOLD_H
#define BPO_LEDGER_FOLD_H

#include "codec/history.h"
#include "ledger/books.h"
#include "ledger/place.h"

/* What folding needs besides the facts. Kept from subject to subject, for the place and the memory it holds. */
typedef struct bpo__folder {
    bpo_context *context;
    bpo_contract *contract;
    bpo_time start;      /* of P */
    bpo_time counted;    /* nothing counts in periods before it */
    bpo_time until;      /* first instant not seen: P's end, or earlier for a preview */
    bool restates;       /* late facts restate their own period */
    bool runs_count;     /* some meter counts the time that a metric ran */
    bpo__books *books;   /* where contributions go */
    bpo__place place;
    bpo__buffer scratch;
    bpo_value *state;    /* of a seat */
    size_t state_capacity;
} bpo__folder;

/* What is to be seen of a subject at a glance. */
typedef struct bpo__outline {
    bool has_tickets; /* facts of a ticket */
    bool has_seats;   /* seat.changed */
    bool has_plain;   /* facts that stand for themselves */
    bool has_earlier; /* facts before P */
    bool has_later;   /* facts not seen yet */
    bool differs;     /* facts came or went since the period before */
    bool revised;     /* ... among those before P */
} bpo__outline;

void bpo__folder_init(bpo__folder *folder, bpo_contract *contract, bpo_time start, bpo_time until);
void bpo__folder_clear(bpo__folder *folder);

/* Folds one subject into folder->books, in which it is not yet. On failure the books hold part of it.
 * ret_settled: nothing of it is open or still to be seen. */
bpo_status bpo__fold(bpo__folder *folder, bpo__text subject, const bpo__history *history, bool *ret_settled,
                     bpo_error *err);

/* The two views whose difference is folded. */
bpo__view bpo__fold_after(const bpo__folder *folder);
bpo__view bpo__fold_before(const bpo__folder *folder);

/* The kinds of subjects. ret_alive: it belongs into the books. ret_open: a clock goes on at the horizon. */
bpo_status bpo__fold_ticket(bpo__folder *folder, bpo__text subject, const bpo__history *history,
                            const bpo__outline *outline, bool *ret_alive, bool *ret_open, bpo_error *err);
bpo_status bpo__fold_seat(bpo__folder *folder, bpo__text subject, const bpo__history *history,
                          const bpo__outline *outline, bpo_error *err);

/* Counts an occurrence at occurrence->at, whose place is filled in. */
bpo_status bpo__fold_emit(bpo__folder *folder, bpo__occurrence *occurrence, bpo_error *err);
/* Counts a stretch [from, until), cut so that each piece lies in one place. calendar NULL: all its time is open. */
bpo_status bpo__fold_emit_stretch(bpo__folder *folder, const bpo__occurrence *stretch, const bpo_calendar *calendar,
                                  bpo_error *err);

#endif
