/* SPDX-License-Identifier: Apache-2.0 */
/* Canonical JSON text (RFC 8785 in what it uses: two-character escapes where JSON has them, else \u00xx for control
 * characters only). */
#include "ledger/json_text.h"

#include <bpo/decimal.h>
#include <bpo/zone.h>

static const char hexadecimal[] = "0123456789abcdef";

static void append(bpo__json *json, const char *data, size_t size)
{
    if (json->status >= 0)
        json->status = bpo__buffer_append(json->into, data, size);
}

/* What stands before an item: a comma, unless it is the first. */
static void begin_item(bpo__json *json)
{
    if (json->comma)
        append(json, ",", 1);
    json->comma = true;
}

static size_t escape(unsigned char c, char *text)
{
    static const char letters[] = "\bb\tt\nn\ff\rr\"\"\\\\";
    for (size_t i = 0; letters[i] != 0; i += 2) {
        if ((unsigned char)letters[i] == c) {
            text[0] = '\\';
            text[1] = letters[i + 1];
            return 2;
        }
    }
    if (c >= 0x20) {
        text[0] = (char)c;
        return 1;
    }
    memcpy(text, "\\u00", 4);
    text[4] = hexadecimal[c >> 4];
    text[5] = hexadecimal[c & 15];
    return 6;
}

static void append_quoted(bpo__json *json, const char *text)
{
    append(json, "\"", 1);
    for (; *text != 0; text++) {
        char escaped[6];
        append(json, escaped, escape((unsigned char)*text, escaped));
    }
    append(json, "\"", 1);
}

void bpo__json_open(bpo__json *json, char bracket)
{
    begin_item(json);
    append(json, &bracket, 1);
    json->comma = false;
}

void bpo__json_close(bpo__json *json, char bracket)
{
    append(json, &bracket, 1);
    json->comma = true;
}

void bpo__json_key(bpo__json *json, const char *key)
{
    begin_item(json);
    append_quoted(json, key);
    append(json, ":", 1);
    json->comma = false;
}

void bpo__json_text(bpo__json *json, const char *text)
{
    begin_item(json);
    append_quoted(json, text);
}

void bpo__json_number(bpo__json *json, int64_t value)
{
    char text[BPO__INTEGER_TEXT_SIZE];
    begin_item(json);
    append(json, text, bpo__integer_format(value, text));
}

void bpo__json_flag(bpo__json *json, bool value)
{
    begin_item(json);
    append(json, value ? "true" : "false", value ? 4 : 5);
}

void bpo__json_null(bpo__json *json)
{
    begin_item(json);
    append(json, "null", 4);
}

void bpo__json_integer(bpo__json *json, int64_t value)
{
    char text[BPO__INTEGER_TEXT_SIZE];
    bpo__integer_format(value, text);
    bpo__json_text(json, text);
}

void bpo__json_decimal(bpo__json *json, const bpo_decimal *value)
{
    char text[BPO_DECIMAL_TEXT_SIZE];
    bpo_decimal_format(value, text, sizeof text);
    bpo__json_text(json, text);
}

void bpo__json_time(bpo__json *json, bpo_time at)
{
    char text[BPO_TIME_TEXT_SIZE];
    if (at != BPO_TIME_NEVER && bpo_time_format(at, text, sizeof text) > 0)
        bpo__json_text(json, text);
    else
        bpo__json_null(json);
}

void bpo__json_bytes(bpo__json *json, const uint8_t *bytes, size_t size)
{
    begin_item(json);
    append(json, "\"", 1);
    for (size_t i = 0; i < size; i++) {
        char digits[2] = {hexadecimal[bytes[i] >> 4], hexadecimal[bytes[i] & 15]};
        append(json, digits, sizeof digits);
    }
    append(json, "\"", 1);
}
