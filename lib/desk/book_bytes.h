/* SPDX-License-Identifier: Apache-2.0 */
/* The contract's book as records of a stream: base terms and amendments as canonical bytes.
 *
 *     terms      frame { 2: count { path value } }
 *     amendment  frame { 2: number from to recorded_at client provider  4: changes  6: count { path } } */
#ifndef BPO_DESK_BOOK_BYTES_H
#define BPO_DESK_BOOK_BYTES_H

#include "core/buffer.h"
#include <bpo/contract.h>

/* Append canonical bytes; on failure `into` is as before. */
bpo_status bpo__terms_encode(const bpo_terms *terms, bpo__buffer *into, bpo_error *err);
bpo_status bpo__amendment_encode(bpo_context *context, const bpo_amendment *amendment, bpo__buffer *into,
                                 bpo_error *err);

/* Reads terms back. Any bytes give terms or BPO_E_CORRUPT, BPO_E_TOO_NEW, BPO_E_NOMEM. */
bpo_status bpo__terms_decode(bpo_context *context, const void *bytes, size_t size, bpo_terms **ret_terms,
                             bpo_error *err);
/* Gives the book with the amendment that the bytes hold. Likewise; and what bpo_contract_amend() says. */
bpo_status bpo__amendment_apply(bpo_context *context, bpo_contract *contract, const void *bytes, size_t size,
                                bpo_contract **ret_contract, bpo_error *err);

#endif
