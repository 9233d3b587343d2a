/* SPDX-License-Identifier: Apache-2.0 */
/* Positions: sorted arrays that are looked up, added to and kept free of zeros, so that one state has one form. */
#include "ledger/position.h"

#include "core/fail.h"
#include <bpo/decimal.h>

static int compare_posted(const bpo__posted *row, bpo__text charge, bpo_time period_start, uint32_t version)
{
    int order = bpo__text_compare(row->charge, charge);
    if (order != 0)
        return order;
    if (row->period_start != period_start)
        return row->period_start < period_start ? -1 : 1;
    return row->version == version ? 0 : row->version < version ? -1 : 1;
}

static bool is_zero(const bpo_decimal *value)
{
    return value->hi == 0 && value->lo == 0;
}

/* First row that does not stand before the wanted one. */
static size_t place_of_amount(const bpo__position *position, bpo__text charge, bpo_time period_start, uint32_t version)
{
    size_t low = 0, high = position->amount_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_posted(&position->amounts[middle], charge, period_start, version) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bpo__posted *find_amount(const bpo__position *position, bpo__text charge, bpo_time period_start,
                                uint32_t version, size_t *ret_place)
{
    size_t place = *ret_place = place_of_amount(position, charge, period_start, version);
    if (place == position->amount_count ||
        compare_posted(&position->amounts[place], charge, period_start, version) != 0)
        return NULL;
    return &position->amounts[place];
}

static bpo_status insert_amount(bpo__position *position, size_t place, const bpo__posted *row)
{
    void *amounts = position->amounts;
    const char *charge = bpo__arena_text(&position->arena, row->charge.data, row->charge.size);
    bpo_status status = bpo__reserve(position->context, &amounts, &position->amount_capacity, position->amount_count,
                                     1, sizeof *row);
    position->amounts = amounts;
    if (status < 0 || charge == NULL)
        return BPO_E_NOMEM;
    memmove(position->amounts + place + 1, position->amounts + place, (position->amount_count - place) * sizeof *row);
    position->amounts[place] = *row;
    position->amounts[place].charge.data = charge;
    position->amount_count++;
    return BPO_OK;
}

static bpo__streak *find_streak(const bpo__position *position, bpo__text level, size_t *ret_place)
{
    size_t place = 0;
    while (place < position->streak_count && bpo__text_compare(position->streaks[place].level, level) < 0)
        place++;
    *ret_place = place;
    if (place == position->streak_count || !bpo__text_equal(position->streaks[place].level, level))
        return NULL;
    return &position->streaks[place];
}

static bpo_status insert_streak(bpo__position *position, size_t place, bpo__text level, uint32_t failures)
{
    void *streaks = position->streaks;
    const char *name = bpo__arena_text(&position->arena, level.data, level.size);
    bpo__streak streak = {{name, level.size}, failures};
    bpo_status status = bpo__reserve(position->context, &streaks, &position->streak_capacity, position->streak_count,
                                     1, sizeof streak);
    position->streaks = streaks;
    if (status < 0 || name == NULL)
        return BPO_E_NOMEM;
    memmove(position->streaks + place + 1, position->streaks + place,
            (position->streak_count - place) * sizeof streak);
    position->streaks[place] = streak;
    position->streak_count++;
    return BPO_OK;
}

bpo_status bpo__position_init(bpo__position *position, bpo_context *context)
{
    *position = (bpo__position){.context = context};
    bpo__arena_init(&position->arena, context);
    return bpo__usage_new(context, &position->quantities);
}

void bpo__position_clear(bpo__position *position)
{
    if (position->quantities != NULL)
        bpo__usage_free(position->quantities);
    bpo__free(position->context, position->amounts, position->amount_capacity * sizeof *position->amounts);
    bpo__free(position->context, position->streaks, position->streak_capacity * sizeof *position->streaks);
    bpo__arena_clear(&position->arena);
}

bpo_decimal bpo__position_amount(const bpo__position *position, bpo__text charge, bpo_time period_start,
                                 uint32_t version)
{
    static const bpo_decimal nothing = {0, 0, 0, 0};
    size_t place;
    const bpo__posted *row = find_amount(position, charge, period_start, version, &place);
    return row != NULL ? row->amount : nothing;
}

bpo_status bpo__position_post(bpo__position *position, bpo__text charge, bpo_time period_start, uint32_t version,
                              const bpo_decimal *amount)
{
    size_t place;
    bpo__posted *row = find_amount(position, charge, period_start, version, &place);
    bpo__posted added = {charge, period_start, version, *amount};
    if (row == NULL)
        return is_zero(amount) ? BPO_OK : insert_amount(position, place, &added);
    bpo_status status = bpo_decimal_add(&row->amount, amount, &row->amount);
    if (status >= 0 && is_zero(&row->amount)) {
        position->amount_count--;
        memmove(row, row + 1, (position->amount_count - place) * sizeof *row);
    }
    return status;
}

void bpo__position_forget(bpo__position *position, bpo_time before)
{
    size_t kept = 0;
    for (size_t i = 0; i < position->amount_count; i++)
        if (position->amounts[i].period_start >= before)
            position->amounts[kept++] = position->amounts[i];
    position->amount_count = kept;
    bpo__usage_forget(position->quantities, before);
}

uint32_t bpo__position_failures(const bpo__position *position, bpo__text level)
{
    size_t place;
    const bpo__streak *streak = find_streak(position, level, &place);
    return streak != NULL ? streak->failures : 0;
}

bpo_status bpo__position_set_failures(bpo__position *position, bpo__text level, uint32_t failures)
{
    size_t place;
    bpo__streak *streak = find_streak(position, level, &place);
    if (streak == NULL)
        return failures == 0 ? BPO_OK : insert_streak(position, place, level, failures);
    streak->failures = failures;
    if (failures == 0) {
        position->streak_count--;
        memmove(streak, streak + 1, (position->streak_count - place) * sizeof *streak);
    }
    return BPO_OK;
}
