/* SPDX-License-Identifier: Apache-2.0 */
/* The canonical bytes of a fact. recorded_at and BPO_FACT_LATE are not in them: delivering a fact again gives equal
 * bytes. Values stand sorted: the library's own by id, then the host's by name, written as names, for ids of host
 * attributes are only good within one process.
 *
 *     kind  flags  revision  at  order  key  subject  party  actor  count  { id | 0 name }  type  value
 *
 * A party or actor that is not known is the empty text. */
#ifndef BPO_CODEC_FACT_BYTES_H
#define BPO_CODEC_FACT_BYTES_H

#include "codec/reader.h"
#include "codec/writer.h"
#include <bpo/contract.h>

/* Instants of facts lie in the years 1900 to 2199, which calendars cover: half-open. */
#define BPO__FACT_AT_MIN (INT64_C(-2208988800) * BPO_SECOND)
#define BPO__FACT_AT_END (INT64_C(7258118400) * BPO_SECOND)

/* Checks the fact against the table of kinds (BPO_E_FACT, BPO_E_INVALID with what would be right; BPO_E_VALUE for a
 * status that no version of the contract maps), then appends its bytes. err->path is "/values/priority", "/key" and so
 * on. The fact is one of the library's own size: bpo__sized_read() a caller's first. On failure `into` is as before. */
bpo_status bpo__fact_encode(bpo_contract *contract, const bpo_fact *fact, bpo__buffer *into, bpo_error *err);

/* Reads a fact; texts are borrowed from the bytes, fact->values points at `values`. Host attributes are interned.
 * `values` has room for BPO_FACT_VALUE_COUNT_MAX. BPO_E_CORRUPT for any bytes that bpo__fact_encode() does not write,
 * BPO_E_TOO_NEW for a kind or value of a later version. */
bpo_status bpo__fact_decode(bpo_contract *contract, const void *bytes, size_t size, bpo_fact *ret_fact,
                            bpo_value *values, bpo_error *err);

#endif
