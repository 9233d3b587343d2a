/* SPDX-License-Identifier: Apache-2.0 */
/* Terms from a JSON document: objects and arrays become paths, texts, integers and flags become values.
 *
 * No decimal may pass through a binary number, so a number with a fraction or an exponent is refused, whatever it
 * holds. The tree is filled in a copy and exchanged at the end: a document is taken whole or not at all. */
#include <bpo/json.h>

#include "adapters/refuse.h"
#include <jansson.h>
#include <stdio.h>

/* Every token escaped ("~0", "~1") and led by a slash, and the NUL. */
#define PATH_SIZE (BPO_TERMS_DEPTH_MAX * (1 + 2 * BPO_TERMS_NAME_SIZE_MAX) + 1)

static const adapter_message argument_missing = {20000, "the argument {0} may not be NULL"};
static const adapter_message no_object = {20002, "the document is not an object; write { \"contract\": { ... } }"};
static const adapter_message too_deep = {20003, "nothing may stand deeper than {0} names"};
static const adapter_message name_too_long = {20004, "the name \"{0}\" is longer than 64 bytes"};
static const adapter_message number_inexact = {
    20005, "a number with a fraction or an exponent would pass through a binary number; write it as text, \"24.50\""};
static const adapter_message value_null = {20006, "null is not a value; leave the name out"};

/* What jansson found, and what would be right. */
typedef struct complaint {
    enum json_error_code found;
    bpo_status status;
    adapter_message message;
} complaint;

static const complaint complaints[] = {
    {json_error_premature_end_of_input, BPO_E_SYNTAX, {20010, "the document ends too early"}},
    {json_error_end_of_input_expected, BPO_E_SYNTAX, {20011, "something follows the document's end"}},
    {json_error_invalid_utf8, BPO_E_SYNTAX, {20012, "these bytes are not UTF-8"}},
    {json_error_duplicate_key, BPO_E_SYNTAX, {20013, "this name stands twice in its object; keep one"}},
    {json_error_numeric_overflow, BPO_E_VALUE, {20014, "the number is too large; write it as text, in quotes"}},
    {json_error_null_character, BPO_E_VALUE, {20015, "a text may not hold the character \\u0000"}},
    {json_error_null_byte_in_key, BPO_E_SYNTAX, {20016, "a name may not hold the character \\u0000"}},
    {json_error_stack_overflow, BPO_E_LIMIT, {20017, "objects and arrays are nested too deeply"}},
    {json_error_out_of_memory, BPO_E_NOMEM, {20018, "there is no memory to read on"}},
    {json_error_invalid_syntax, BPO_E_SYNTAX, {20019, "this is not JSON"}},
};

static bpo_status refuse_document(const json_error_t *found, bpo_error *err)
{
    size_t last = sizeof complaints / sizeof complaints[0] - 1;
    size_t i = 0;
    char place[64];

    while (i < last && complaints[i].found != json_error_code(found))
        i++;
    snprintf(place, sizeof place, "line %d, column %d", found->line, found->column);
    return adapter_refuse(err, complaints[i].status, &complaints[i].message, place, place, NULL);
}

/* The walk through a document. */
typedef struct walk {
    bpo_terms *terms;
    bpo_error *err;
    char path[PATH_SIZE];
    size_t end; /* of the path */
} walk;

static bpo_status refuse_here(const walk *w, bpo_status status, const adapter_message *message, const char *argument)
{
    return adapter_refuse(w->err, status, message, w->path, argument, NULL);
}

/* Adds one token to the path; the caller cuts it off again. */
static bpo_status descend(walk *w, const char *token, size_t depth)
{
    if (depth >= BPO_TERMS_DEPTH_MAX)
        return refuse_here(w, BPO_E_LIMIT, &too_deep, "12");
    if (strlen(token) > BPO_TERMS_NAME_SIZE_MAX)
        return refuse_here(w, BPO_E_PATH, &name_too_long, token);
    w->path[w->end++] = '/';
    for (const char *c = token; *c; c++) {
        if (*c == '~' || *c == '/') {
            w->path[w->end++] = '~';
            w->path[w->end++] = *c == '~' ? '0' : '1';
        } else {
            w->path[w->end++] = *c;
        }
    }
    w->path[w->end] = '\0';
    return BPO_OK;
}

static void ascend(walk *w, size_t end)
{
    w->end = end;
    w->path[end] = '\0';
}

static bpo_status take_value(walk *w, const json_t *value)
{
    char digits[32];

    switch (json_typeof(value)) {
    case JSON_STRING:
        return bpo_terms_set(w->terms, w->path, json_string_value(value), w->err);
    case JSON_INTEGER:
        snprintf(digits, sizeof digits, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        return bpo_terms_set(w->terms, w->path, digits, w->err);
    case JSON_TRUE:
        return bpo_terms_set(w->terms, w->path, "true", w->err);
    case JSON_FALSE:
        return bpo_terms_set(w->terms, w->path, "false", w->err);
    case JSON_REAL:
        return refuse_here(w, BPO_E_VALUE, &number_inexact, NULL);
    default:
        return refuse_here(w, BPO_E_VALUE, &value_null, NULL);
    }
}

static bpo_status take(walk *w, json_t *value, size_t depth);

/* One member of an object or array; depth is bounded by descend(). */
static bpo_status take_member(walk *w, const char *token, json_t *value, size_t depth)
{
    size_t end = w->end;
    bpo_status status = descend(w, token, depth);
    if (status == BPO_OK)
        status = take(w, value, depth + 1);
    if (status == BPO_OK)
        ascend(w, end);
    return status;
}

static bpo_status take_object(walk *w, json_t *object, size_t depth)
{
    const char *name;
    json_t *value;
    bpo_status status = BPO_OK;

    json_object_foreach (object, name, value) {
        status = take_member(w, name, value, depth);
        if (status != BPO_OK)
            break;
    }
    return status;
}

static bpo_status take_array(walk *w, const json_t *array, size_t depth)
{
    bpo_status status = BPO_OK;

    for (size_t i = 0; i < json_array_size(array) && status == BPO_OK; i++) {
        char token[24];
        snprintf(token, sizeof token, "%zu", i);
        status = take_member(w, token, json_array_get(array, i), depth);
    }
    return status;
}

static bpo_status take(walk *w, json_t *value, size_t depth)
{
    if (json_is_object(value))
        return take_object(w, value, depth);
    if (json_is_array(value))
        return take_array(w, value, depth);
    return take_value(w, value);
}

static bpo_status fill(bpo_terms *terms, json_t *document, bpo_error *err)
{
    walk w = {terms, err, {0}, 0};

    if (!json_is_object(document))
        return refuse_here(&w, BPO_E_SYNTAX, &no_object, NULL);
    return take(&w, document, 0);
}

bpo_status bpo_json_read_terms(bpo_terms *terms, const char *text, size_t size, bpo_error *err)
{
    json_error_t found;
    bpo_terms *filled = NULL;

    if (!terms || !text)
        return adapter_refuse(err, BPO_E_INVALID, &argument_missing, "", terms ? "text" : "terms", NULL);
    json_t *document = json_loadb(text, size, JSON_REJECT_DUPLICATES, &found);
    if (!document)
        return refuse_document(&found, err);
    bpo_status status = bpo_terms_copy(terms, &filled, err);
    if (status == BPO_OK)
        status = fill(filled, document, err);
    if (status == BPO_OK)
        bpo_terms_swap(terms, filled);
    bpo_terms_unref(filled);
    json_decref(document);
    return status;
}
