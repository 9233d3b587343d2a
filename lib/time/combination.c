/* SPDX-License-Identifier: Apache-2.0 */
/* Combining calendars, page by page. */
#include "time/combination.h"
#include "core/fail.h"
#include "time/layout.h"
#include "time/timeline.h"

/* --- making ------------------------------------------------------------------------------------------------------ */

/* Copies a list of calendars, each with a reference; the count follows, so that clearing gives back what was taken. */
static bpo_status copy_calendars(bpo__arena *arena, bpo_calendar *const *list, size_t count,
                                 bpo_calendar *const **ret_list, size_t *ret_count, uint32_t *depth)
{
    bpo_calendar **copy = bpo__arena_alloc(arena, count * sizeof(*copy));
    if (copy == NULL)
        return BPO_E_NOMEM;
    for (size_t i = 0; i < count; i++) {
        uint32_t below = list[i]->combination.depth;
        copy[i] = bpo_calendar_ref(list[i]);
        if (below + 1 > *depth)
            *depth = below + 1;
    }
    *ret_list = copy;
    *ret_count = count;
    return BPO_OK;
}

/* The names of what is taken away, empty where the definition has none. */
static bpo_status copy_names(bpo__arena *arena, const bpo__calendar_definition *definition,
                             const bpo__text **ret_names)
{
    bpo__text *copy = bpo__arena_alloc(arena, definition->minus_count * sizeof(*copy));
    if (copy == NULL)
        return BPO_E_NOMEM;
    for (size_t i = 0; i < definition->minus_count; i++) {
        bpo__text name = definition->minus_names != NULL ? definition->minus_names[i] : BPO__TEXT("");
        copy[i].data = bpo__arena_text(arena, name.data, name.size);
        copy[i].size = name.size;
        if (copy[i].data == NULL)
            return BPO_E_NOMEM;
    }
    *ret_names = copy;
    return BPO_OK;
}

static size_t parts_of(bpo_calendar *const *list, size_t count)
{
    size_t parts = 0;
    for (size_t i = 0; i < count; i++)
        parts += list[i]->combination.parts;
    return parts;
}

/* How many members are always open, or steady, or both. */
typedef struct tally {
    size_t always_open;
    size_t steady;
} tally;

static tally tally_of(const bpo__combination *combination)
{
    tally t = {0, 0};
    for (size_t i = 0; i < combination->member_count; i++) {
        t.always_open += combination->members[i]->schedule.is_always_open;
        t.steady += combination->members[i]->schedule.is_steady;
    }
    return t;
}

/* A union is steady by one of its members; an intersection by one if the others are always open. Of what is taken away
 * nothing is known. */
static void judge(const bpo__combination *combination, bpo__schedule *schedule)
{
    tally t = tally_of(combination);
    size_t count = combination->member_count;
    if (count > 0 && combination->combining == BPO__COMBINING_UNION) {
        schedule->is_always_open = t.always_open > 0;
        schedule->is_steady = t.steady > 0;
    } else if (count > 0) {
        schedule->is_always_open = t.always_open == count;
        schedule->is_steady = t.always_open + 1 >= count && t.steady == count;
    }
    schedule->is_always_open = schedule->is_always_open && combination->minus_count == 0;
    schedule->is_steady = schedule->is_steady && combination->minus_count == 0;
}

bpo_status bpo__combination_init(bpo__combination *combination, bpo__arena *arena,
                                 const bpo__calendar_definition *definition, bpo__schedule *schedule, bpo_error *err)
{
    bpo_status status = copy_calendars(arena, definition->members, definition->member_count, &combination->members,
                                       &combination->member_count, &combination->depth);
    if (status == BPO_OK)
        status = copy_calendars(arena, definition->minus, definition->minus_count, &combination->minus,
                                &combination->minus_count, &combination->depth);
    if (status == BPO_OK)
        status = copy_names(arena, definition, &combination->minus_names);
    if (status != BPO_OK)
        return bpo__fail_memory(err);
    if (combination->depth > BPO__COMBINING_DEPTH_MOST)
        return bpo__fail(err, BPO_E_LIMIT, BPO__MSG_calendar_deep, NULL, NULL, NULL, NULL);
    size_t parts = combination->member_count == 0 ? 1 : parts_of(combination->members, combination->member_count);
    parts += parts_of(combination->minus, combination->minus_count);
    if (parts > BPO__COMBINING_PARTS_MOST)
        return bpo__fail(err, BPO_E_LIMIT, BPO__MSG_calendar_parts, NULL, NULL, NULL, NULL);
    combination->parts = (uint32_t)parts;
    combination->combining = definition->combining;
    judge(combination, schedule);
    return BPO_OK;
}

void bpo__combination_clear(bpo__combination *combination)
{
    for (size_t i = 0; i < combination->member_count; i++)
        bpo_calendar_unref(combination->members[i]);
    for (size_t i = 0; i < combination->minus_count; i++)
        bpo_calendar_unref(combination->minus[i]);
}

/* --- the periods of a page --------------------------------------------------------------------------------------- */

/* Puts what an operation with a calendar makes of openings in their place. */
static bpo_status apply(bpo__openings *openings, bpo__set_operation operation, const bpo_calendar *calendar,
                        uint32_t index)
{
    bpo_context *context = calendar->context;
    bpo__openings other = {NULL, 0, 0};
    bpo__openings result = {NULL, 0, 0};
    bpo_status status = bpo__combination_openings(calendar, index, &other);
    if (status == BPO_OK)
        status = bpo__openings_combine(context, openings, &other, operation, &result);
    bpo__openings_clear(context, &other);
    bpo__openings_clear(context, openings);
    *openings = result;
    return status;
}

/* Calls itself once for each level of members, of which there are at most BPO__COMBINING_DEPTH_MOST. */
bpo_status bpo__combination_openings(const bpo_calendar *calendar, uint32_t index, bpo__openings *ret_openings)
{
    const bpo__combination *c = &calendar->combination;
    bpo__set_operation operation = c->combining == BPO__COMBINING_UNION ? BPO__SET_UNION : BPO__SET_INTERSECTION;
    bpo_status status = c->member_count > 0
                            ? bpo__combination_openings(c->members[0], index, ret_openings)
                            : bpo__layout_openings(calendar->context, &calendar->schedule, calendar->zone, index,
                                                 ret_openings);
    for (size_t i = 1; status == BPO_OK && i < c->member_count; i++)
        status = apply(ret_openings, operation, c->members[i], index);
    for (size_t i = 0; status == BPO_OK && i < c->minus_count; i++)
        status = apply(ret_openings, BPO__SET_DIFFERENCE, c->minus[i], index);
    return status;
}
