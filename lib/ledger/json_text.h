/* SPDX-License-Identifier: Apache-2.0 */
/* Canonical JSON text: no whitespace; the caller gives keys in order. A failure sticks, so that a caller checks once at
 * the end. */
#ifndef BPO_LEDGER_JSON_TEXT_H
#define BPO_LEDGER_JSON_TEXT_H

#include "core/buffer.h"
#include "core/text.h"

typedef struct bpo__json {
    bpo__buffer *into;
    bpo_status status;
    bool comma; /* the next item stands behind another */
} bpo__json;

void bpo__json_open(bpo__json *json, char bracket);  /* '{' or '[' */
void bpo__json_close(bpo__json *json, char bracket); /* '}' or ']' */
void bpo__json_key(bpo__json *json, const char *key);
void bpo__json_text(bpo__json *json, const char *text);
void bpo__json_number(bpo__json *json, int64_t value);
void bpo__json_flag(bpo__json *json, bool value);
void bpo__json_null(bpo__json *json);
void bpo__json_integer(bpo__json *json, int64_t value);           /* as decimal text, so that no reader loses digits */
void bpo__json_decimal(bpo__json *json, const bpo_decimal *value); /* as text */
void bpo__json_time(bpo__json *json, bpo_time at); /* RFC 3339 in UTC, null outside the years 1 to 9999 */
void bpo__json_bytes(bpo__json *json, const uint8_t *bytes, size_t size); /* hexadecimal */

#endif
