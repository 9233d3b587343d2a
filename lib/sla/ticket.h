/* SPDX-License-Identifier: Apache-2.0 */
/* A ticket: its contract, its facts, and how far its breaches have been announced. */
#ifndef BPO_SLA_TICKET_H
#define BPO_SLA_TICKET_H

#include "codec/history.h"
#include "core/reference.h"
#include <bpo/ticket.h>

/* `advanced` of a ticket that was never advanced. */
#define BPO__NEVER_ADVANCED INT64_MIN

struct bpo_ticket {
    bpo__references references;
    bpo_contract *contract;
    bpo__history history;
    bpo__buffer scratch; /* one fact's bytes */
    bpo_time advanced;   /* breaches up to it were announced */
};

/* The subject that its facts are about; empty without facts. */
bpo__text bpo__ticket_subject(const bpo_ticket *ticket);
/* Checks that a fact belongs to the ticket: kind and subject. */
bpo_status bpo__ticket_admit(const bpo_ticket *ticket, const bpo_fact *fact, bpo_error *err);

#endif
