/* SPDX-License-Identifier: Apache-2.0 */
/* The steps of a line's explanation, in plain words, kept in an arena. */
#include "pricing/steps.h"
#include <bpo/decimal.h>
#include <string.h>

bpo_status bpo__steps_init(bpo__steps *steps, bpo__arena *arena, size_t capacity)
{
    const char **list = bpo__arena_alloc(arena, capacity * sizeof *list);
    if (!list)
        return BPO_E_NOMEM;
    *steps = (bpo__steps){arena, list, 0, capacity};
    return BPO_OK;
}

bpo_status bpo__steps_add(bpo__steps *steps, const char *const pieces[BPO__STEP_PIECES])
{
    size_t size = 0;
    for (size_t i = 0; i < BPO__STEP_PIECES; i++)
        size += pieces[i] ? strlen(pieces[i]) : 0;
    char *text = steps->count < steps->capacity ? bpo__arena_alloc(steps->arena, size + 1) : NULL;
    if (!text)
        return BPO_E_NOMEM;
    steps->list[steps->count++] = text;
    for (size_t i = 0; i < BPO__STEP_PIECES; i++) {
        size_t piece = pieces[i] ? strlen(pieces[i]) : 0;
        memcpy(text, pieces[i] ? pieces[i] : "", piece);
        text += piece;
    }
    return BPO_OK;
}

void bpo__step_number(bpo__ratio number, int32_t digits, char text[BPO__RATIO_TEXT_SIZE])
{
    bpo_decimal decimal;
    bpo__ratio rounded;
    if (bpo__ratio_round(number, digits, BPO_ROUNDING_DOWN, NULL, &decimal) == BPO_OK &&
        bpo__ratio_of_decimal(&decimal, &rounded) == BPO_OK && bpo__ratio_compare(rounded, number) == 0)
        bpo_decimal_format(&decimal, text, BPO__RATIO_TEXT_SIZE);
    else
        bpo__ratio_format(number, text);
}
