/* SPDX-License-Identifier: Apache-2.0 */
/* Names of values: the library's own and the host's, interned. Shared by a book and all books amended from it; the
 * only thing in a contract that grows, under a spin lock. */
#ifndef BPO_TERMS_NAMES_H
#define BPO_TERMS_NAMES_H

#include "core/memory.h"
#include "core/text.h"

typedef struct bpo__names bpo__names;

bpo_status bpo__names_new(bpo_context *context, bpo__names **ret_names);
bpo__names *bpo__names_ref(bpo__names *names);
void bpo__names_unref(bpo__names *names);
/* The id of a name, interning it: built-in ids below BPO_VALUE_HOST_FIRST. BPO_E_INVALID for what is not
 * a name, BPO_E_LIMIT, BPO_E_NOMEM. */
bpo_status bpo__names_intern(bpo__names *names, bpo__text name, uint32_t *ret_id);
/* The name of an id; {NULL, 0} for an id that was never given. Valid as long as the table. */
bpo__text bpo__names_text(const bpo__names *names, uint32_t id);
/* Declared type of a host's attribute, from /attributes/NAME/type: BPO_TYPE_TEXT unless set. Types are set when a
 * book has been compiled; no amendment changes one. */
int32_t bpo__names_type(const bpo__names *names, uint32_t id);
void bpo__names_set_type(bpo__names *names, uint32_t id, int32_t type);

#endif
