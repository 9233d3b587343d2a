/* SPDX-License-Identifier: Apache-2.0 */
/* The canonical bytes of a fact. recorded_at and BPO_FACT_LATE are not in them: delivering a fact again gives equal
 * bytes. Values stand sorted: the library's own by id, then the host's by name, written as names, for ids of host
 * attributes are only good within one process. */
#ifndef BPO_CODEC_FACT_BYTES_H
#define BPO_CODEC_FACT_BYTES_H

#include "codec/reader.h"
#include "codec/writer.h"
#include <bpo/contract.h>

/* Checks the fact against the table of kinds (BPO_E_FACT, BPO_E_INVALID with what would be right), then appends its
 * bytes. err->path is "/values/priority", "/key" and so on. */
bpo_status bpo__fact_encode(bpo_contract *contract, const bpo_fact *fact, bpo__buffer *into, bpo_error *err);

/* Reads the fixed part and points at values; texts are borrowed from the bytes. Host attributes are interned.
 * values has room for BPO_FACT_VALUE_COUNT_MAX. */
bpo_status bpo__fact_decode(bpo_contract *contract, const void *bytes, size_t size, bpo_fact *ret_fact,
                            bpo_value *values, bpo_error *err);

#endif
