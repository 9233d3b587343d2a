/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions of the contract, compiled: `priority in (urgent, high) and not channel = chat`.
 *
 * Comparing an absent attribute is false, also with `!=`; `has NAME` asks for presence. Texts compare bytewise for
 * equality; numbers, decimals and instants compare by value, exactly. */
#ifndef BPO_TERMS_CONDITION_H
#define BPO_TERMS_CONDITION_H

#include "core/arena.h"
#include "core/text.h"
#include "terms/names.h"
#include <bpo/fact.h>

/* What a condition can see: the fact's values, then the ticket's, then the built-in words (BPO_VALUE_KIND and so on,
 * which the caller puts in as ordinary values). The first set that has the name decides. */
typedef struct bpo__attributes {
    const bpo_value *values;
    size_t count;
    const struct bpo__attributes *next;
} bpo__attributes;

const bpo_value *bpo__attributes_find(const bpo__attributes *attributes, uint32_t name);

typedef enum bpo__operator {
    BPO__OPERATOR_OR = 1, /* any of the children */
    BPO__OPERATOR_AND,    /* all of the children */
    BPO__OPERATOR_NOT,    /* the child */
    BPO__OPERATOR_HAS,
    BPO__OPERATOR_EQUAL, /* to any of the constants: `=` and `in` */
    BPO__OPERATOR_NOT_EQUAL,
    BPO__OPERATOR_LESS,
    BPO__OPERATOR_LESS_OR_EQUAL,
    BPO__OPERATOR_GREATER,
    BPO__OPERATOR_GREATER_OR_EQUAL
} bpo__operator;

/* What stands right of an operator, in every form that it can be read. */
typedef struct bpo__constant {
    bpo__text text;
    bool has_number; /* a decimal; a duration counts as its microseconds, true and false as 1 and 0 */
    bool has_instant;
    bpo_decimal number;
    bpo_time instant;
} bpo__constant;

typedef struct bpo__condition {
    bpo__operator operator;
    uint32_t name;
    const struct bpo__condition *children; /* OR, AND, NOT: the first; the others by their `next` */
    const struct bpo__condition *next;
    const bpo__constant *constants;
    size_t constant_count;
} bpo__condition;

/* Declared types, from /attributes/NAME/type; values that the library knows have the type of their table. */
typedef struct bpo__declared {
    uint32_t name;
    int32_t type; /* BPO_TYPE_... */
} bpo__declared;

typedef struct bpo__declarations {
    const bpo__declared *items;
    size_t count;
} bpo__declarations;

int32_t bpo__declared_type(const bpo__declarations *declarations, uint32_t name); /* TEXT where nothing says more */

/* Nesting of parentheses and `not` in one condition. */
#define BPO__CONDITION_DEPTH_MAX 32

/* Compiles text into the arena; the text itself is copied. err->path is `path`. BPO_E_VALUE, BPO_E_NOMEM,
 * BPO_E_LIMIT. */
bpo_status bpo__condition_parse(bpo__arena *arena, bpo__names *names, const bpo__declarations *declarations,
                                const char *path, bpo__text text, const bpo__condition **ret_condition, bpo_error *err);
/* `name = text`, for tables that are keyed by an attribute's value. NULL without memory. */
const bpo__condition *bpo__condition_equals(bpo__arena *arena, uint32_t name, bpo__text text);

/* NULL holds always. */
bool bpo__condition_holds(const bpo__condition *condition, const bpo__attributes *attributes);
bool bpo__condition_mentions(const bpo__condition *condition, uint32_t name);

#endif
