/* SPDX-License-Identifier: Apache-2.0 */
/* Two lists are walked at once, each period looked at once. */
#include "time/openings.h"

static bpo_time least(bpo_time a, bpo_time b)
{
    return a < b ? a : b;
}

static bpo_time most(bpo_time a, bpo_time b)
{
    return a > b ? a : b;
}

/* Appends a period that begins no earlier than the last one does. */
static void append_or_grow(bpo__openings *openings, bpo__opening next)
{
    bpo__opening *last = openings->count > 0 ? &openings->list[openings->count - 1] : NULL;
    if (last != NULL && next.from <= last->until)
        last->until = most(last->until, next.until);
    else
        openings->list[openings->count++] = next;
}

static void unite(const bpo__openings *a, const bpo__openings *b, bpo__openings *result)
{
    size_t i = 0;
    size_t k = 0;
    while (i < a->count && k < b->count)
        append_or_grow(result, a->list[i].from <= b->list[k].from ? a->list[i++] : b->list[k++]);
    while (i < a->count)
        append_or_grow(result, a->list[i++]);
    while (k < b->count)
        append_or_grow(result, b->list[k++]);
}

static void intersect(const bpo__openings *a, const bpo__openings *b, bpo__openings *result)
{
    for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
        bpo_time from = most(a->list[i].from, b->list[k].from);
        bpo_time a_until = a->list[i].until;
        bpo_time b_until = b->list[k].until;
        if (from < least(a_until, b_until))
            bpo__openings_append(result, from, least(a_until, b_until));
        i += a_until <= b_until;
        k += b_until <= a_until;
    }
}

/* What of each period of `a` lies between those of `b`. */
static void subtract(const bpo__openings *a, const bpo__openings *b, bpo__openings *result)
{
    size_t k = 0;
    for (size_t i = 0; i < a->count; i++) {
        bpo_time from = a->list[i].from;
        while (k < b->count && b->list[k].until <= from)
            k++;
        for (size_t j = k; j < b->count && b->list[j].from < a->list[i].until; j++) {
            if (b->list[j].from > from)
                bpo__openings_append(result, from, b->list[j].from);
            from = b->list[j].until;
        }
        if (from < a->list[i].until)
            bpo__openings_append(result, from, a->list[i].until);
    }
}

bpo_status bpo__openings_combine(bpo_context *context, const bpo__openings *a, const bpo__openings *b,
                                 bpo__set_operation operation, bpo__openings *result)
{
    static void (*const operations[])(const bpo__openings *, const bpo__openings *, bpo__openings *) = {
        unite, intersect, subtract};
    bpo_status status = bpo__reserve(context, (void **)&result->list, &result->capacity, 0, a->count + b->count,
                                     sizeof(*result->list));
    if (status == BPO_OK)
        operations[operation](a, b, result);
    return status;
}

bpo_duration bpo__openings_sum(const bpo__openings *openings)
{
    bpo_duration sum = 0;
    for (size_t i = 0; i < openings->count; i++)
        sum += openings->list[i].until - openings->list[i].from;
    return sum;
}

void bpo__openings_clear(bpo_context *context, bpo__openings *openings)
{
    bpo__free(context, openings->list, openings->capacity * sizeof(*openings->list));
    openings->list = NULL;
    openings->count = 0;
    openings->capacity = 0;
}
