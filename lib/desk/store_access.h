/* SPDX-License-Identifier: Apache-2.0 */
/* Taking a host's store over: a checked copy, released exactly once. */
#ifndef BPO_DESK_STORE_ACCESS_H
#define BPO_DESK_STORE_ACCESS_H

#include <bpo/store.h>

/* Reads a store of any size and checks that it has its calls. On failure the store stays the caller's. */
bpo_status bpo__store_copy(const bpo_store *store, bpo_store *ret_copy, bpo_error *err);
/* Calls the host's release, if there is one, and clears the copy. */
void bpo__store_release(bpo_store *copy);

#endif
