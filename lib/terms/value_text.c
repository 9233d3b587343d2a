/* SPDX-License-Identifier: Apache-2.0 */
/* The text of a value, for grouping by it: equal values give equal text. */
#include "terms/value_text.h"
#include <bpo/decimal.h>
#include <bpo/zone.h>

static size_t without_trailing_zeros(const char *text, size_t size, int32_t scale)
{
    if (scale == 0)
        return size;
    while (text[size - 1] == '0')
        size--;
    return text[size - 1] == '.' ? size - 1 : size;
}

static size_t decimal_text(const bpo_decimal *decimal, char *room)
{
    size_t size = bpo_decimal_format(decimal, room, BPO__VALUE_TEXT_SIZE);
    return size == 0 ? 0 : without_trailing_zeros(room, size, decimal->scale);
}

/* Instants that no calendar knows are written as numbers. */
static size_t instant_text(bpo_time at, char *room)
{
    size_t size = bpo_time_format(at, room, BPO__VALUE_TEXT_SIZE);
    return size > 0 ? size : bpo__integer_format(at, room);
}

bpo__text bpo__value_text(const bpo_value *value, char room[BPO__VALUE_TEXT_SIZE])
{
    if (!value)
        return (bpo__text){NULL, 0};
    switch (value->type) {
    case BPO_TYPE_TEXT:
        return (bpo__text){value->text, value->size};
    case BPO_TYPE_DECIMAL:
        return (bpo__text){room, decimal_text(&value->decimal, room)};
    case BPO_TYPE_INSTANT:
        return (bpo__text){room, instant_text(value->integer, room)};
    default:
        return (bpo__text){room, bpo__integer_format(value->integer, room)};
    }
}
