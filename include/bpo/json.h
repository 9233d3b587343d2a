/* SPDX-License-Identifier: Apache-2.0 */
/**
 * @file json.h
 * Adapter bpo-json: terms from a JSON document (on jansson). Link with `bpo-json`.
 */
#ifndef BPO_JSON_H
#define BPO_JSON_H

#include <bpo/terms.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Reads terms from JSON text: objects and arrays become paths, texts become values.
 *
 * Integers and booleans are taken as their text. A number with a fraction or an exponent is refused with the advice
 * to write a string, for no decimal may pass through a binary number; null and duplicate keys are refused. The values
 * add to those that the tree has; an empty object or array adds nothing.
 *
 * @param terms the tree that is filled; as before on failure
 * @param text UTF-8 JSON
 * @param size bytes of @p text
 * @param err details of a failure with line and column or path, or NULL
 * @return #BPO_OK, #BPO_E_SYNTAX, #BPO_E_VALUE, #BPO_E_PATH, #BPO_E_LIMIT, #BPO_E_NOMEM
 * @par Threads one thread at a time per tree
 * @since 0.1
 */
BPO_API bpo_status bpo_json_read_terms(bpo_terms *terms, const char *text, size_t size, bpo_error *err);

#ifdef __cplusplus
}
#endif
#endif
