/* SPDX-License-Identifier: Apache-2.0 */
/* All calendars of a tree, compiled so that each finds the ones it is made from ready. */
#ifndef BPO_TERMS_CALENDAR_SET_H
#define BPO_TERMS_CALENDAR_SET_H

#include "core/arena.h"
#include "terms/tree.h"
#include <bpo/calendar.h>
#include <bpo/zone.h>

typedef struct bpo__calendar_entry {
    bpo__text name;
    bpo__branch branch;
    bpo_calendar *calendar; /* NULL until it is compiled */
    bool is_begun;
    bool is_known; /* taken over from another set */
} bpo__calendar_entry;

/* How many calendars can stand in a row, each made from the next. */
#define BPO__CALENDAR_CHAIN_MOST 16

typedef struct bpo__calendar_set {
    bpo_context *context;
    bpo_error *err;
    bpo__calendar_entry *entries; /* in order of name */
    size_t count;
    const bpo_zone *zone; /* for a calendar that names none; NULL: each names its own */
    /* A calendar of earlier terms with the same definition, or NULL. */
    bpo_calendar *(*find_known)(void *user, const bpo__calendar_entry *entry);
    void *user;
    size_t chain[BPO__CALENDAR_CHAIN_MOST]; /* entries that are being compiled, each for the one before */
    size_t chain_size;
    bpo__arena scratch;
} bpo__calendar_set;

/* `calendars` is the branch that has the calendars as children. BPO_E_NOMEM; to be cleared in any case. */
bpo_status bpo__calendar_set_init(bpo__calendar_set *set, bpo_context *context, bpo__branch calendars, bpo_error *err);
/* Compiles one and those that it is made from. */
bpo_status bpo__calendar_set_compile(bpo__calendar_set *set, size_t index);
/* The index of a name, or the count of entries. */
size_t bpo__calendar_set_find(const bpo__calendar_set *set, bpo__text name);
/* Gives back the calendars that were not taken out of their entries. */
void bpo__calendar_set_clear(bpo__calendar_set *set);

/* One calendar given as the root of a tree. */
bpo_status bpo__calendar_of_root(bpo_context *context, bpo__branch root, bpo_calendar **ret_calendar, bpo_error *err);

#endif
