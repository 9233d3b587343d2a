/* SPDX-License-Identifier: Apache-2.0 */
/* Conditions at work: pure functions of a compiled condition and what it can see. Recursion is bounded by
 * BPO__CONDITION_DEPTH_MAX, which the parser keeps. */
#include "terms/condition.h"

#include "terms/fact_table.h"
#include <bpo/decimal.h>

const bpo_value *bpo__attributes_find(const bpo__attributes *attributes, uint32_t name)
{
    for (; attributes; attributes = attributes->next)
        for (size_t i = 0; i < attributes->count; i++)
            if (attributes->values[i].name == name)
                return &attributes->values[i];
    return NULL;
}

int32_t bpo__declared_type(const bpo__declarations *declarations, uint32_t name)
{
    const bpo__value_row *row = bpo__value_row_of(name);

    for (size_t i = 0; declarations && i < declarations->count; i++)
        if (declarations->items[i].name == name)
            return declarations->items[i].type;
    return row ? row->type : BPO_TYPE_TEXT;
}

/* The number that a value is, where it is one; a text counts if it reads as a decimal. */
static bool number_of(const bpo_value *value, bpo_decimal *ret_number)
{
    switch (value->type) {
    case BPO_TYPE_INTEGER:
        return bpo_decimal_set(value->integer, 0, ret_number) == BPO_OK;
    case BPO_TYPE_DECIMAL:
        *ret_number = value->decimal;
        return true;
    case BPO_TYPE_TEXT:
        return bpo_decimal_parse(value->text, value->size, ret_number, NULL) == BPO_OK;
    default:
        return false;
    }
}

/* -1, 0 or 1; false where the two cannot be ordered. */
static bool compare(const bpo_value *value, const bpo__constant *constant, int *ret_order)
{
    bpo_decimal number;

    if (value->type == BPO_TYPE_INSTANT) {
        *ret_order = value->integer < constant->instant ? -1 : value->integer > constant->instant;
        return constant->has_instant;
    }
    if (!constant->has_number || !number_of(value, &number))
        return false;
    *ret_order = bpo_decimal_compare(&number, &constant->number);
    return true;
}

static bool equals(const bpo_value *value, const bpo__constant *constant)
{
    int order;

    if (value->type == BPO_TYPE_TEXT)
        return bpo__text_equal((bpo__text){value->text, value->size}, constant->text);
    return compare(value, constant, &order) && order == 0;
}

static bool equals_any(const bpo_value *value, const bpo__condition *condition)
{
    for (size_t i = 0; i < condition->constant_count; i++)
        if (equals(value, &condition->constants[i]))
            return true;
    return false;
}

static bool order_holds(bpo__operator operator, int order)
{
    switch (operator) {
    case BPO__OPERATOR_LESS:
        return order < 0;
    case BPO__OPERATOR_LESS_OR_EQUAL:
        return order <= 0;
    case BPO__OPERATOR_GREATER:
        return order > 0;
    default:
        return order >= 0;
    }
}

static bool comparison_holds(const bpo__condition *condition, const bpo__attributes *attributes)
{
    const bpo_value *value = bpo__attributes_find(attributes, condition->name);
    int order;

    if (!value || condition->operator == BPO__OPERATOR_HAS)
        return value != NULL;
    if (condition->operator == BPO__OPERATOR_EQUAL)
        return equals_any(value, condition);
    if (condition->operator == BPO__OPERATOR_NOT_EQUAL)
        return !equals_any(value, condition);
    return compare(value, condition->constants, &order) && order_holds(condition->operator, order);
}

bool bpo__condition_holds(const bpo__condition *condition, const bpo__attributes *attributes)
{
    bool any;

    if (!condition)
        return true;
    if (condition->operator == BPO__OPERATOR_NOT)
        return !bpo__condition_holds(condition->children, attributes);
    if (condition->operator > BPO__OPERATOR_NOT)
        return comparison_holds(condition, attributes);
    /* The first child that holds decides an `or`, the first that does not decides an `and`. */
    any = condition->operator == BPO__OPERATOR_OR;
    for (const bpo__condition *child = condition->children; child; child = child->next)
        if (bpo__condition_holds(child, attributes) == any)
            return any;
    return !any;
}

bool bpo__condition_mentions(const bpo__condition *condition, uint32_t name)
{
    if (!condition)
        return false;
    if (condition->operator > BPO__OPERATOR_NOT)
        return condition->name == name;
    for (const bpo__condition *child = condition->children; child; child = child->next)
        if (bpo__condition_mentions(child, name))
            return true;
    return false;
}
