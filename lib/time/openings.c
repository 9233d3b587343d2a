/* SPDX-License-Identifier: Apache-2.0 */
/* Both lists are walked at once, from edge to edge; what is open between two edges follows from where both stand. */
#include "time/openings.h"

/* Edge k of a list: even ones open, odd ones close. After the last, the end of time. */
static bpo_time edge(const bpo__openings *openings, size_t k)
{
    if (k >= 2 * openings->count)
        return INT64_MAX;
    const bpo__opening *opening = &openings->list[k / 2];
    return k % 2 == 0 ? opening->from : opening->until;
}

static bool holds(bpo__set_operation operation, bool in_a, bool in_b)
{
    static const bool table[3][2][2] = {{{false, true}, {true, true}},
                                        {{false, false}, {false, true}},
                                        {{false, false}, {true, false}}};
    return table[operation][in_a][in_b];
}

bpo_status bpo__openings_combine(bpo_context *context, const bpo__openings *a, const bpo__openings *b,
                                 bpo__set_operation operation, bpo__openings *result)
{
    bpo_status status = bpo__reserve(context, (void **)&result->list, &result->capacity, 0, a->count + b->count,
                                     sizeof(*result->list));
    bool is_open = false;
    for (size_t i = 0, k = 0; status == BPO_OK && (i < 2 * a->count || k < 2 * b->count);) {
        bpo_time next_a = edge(a, i);
        bpo_time next_b = edge(b, k);
        bpo_time at = next_a < next_b ? next_a : next_b;
        i += next_a == at;
        k += next_b == at;
        bool was_open = is_open;
        is_open = holds(operation, i % 2 == 1, k % 2 == 1);
        if (is_open && !was_open)
            result->list[result->count].from = at;
        else if (was_open && !is_open)
            result->list[result->count++].until = at;
    }
    return status;
}

void bpo__openings_clear(bpo_context *context, bpo__openings *openings)
{
    bpo__free(context, openings->list, openings->capacity * sizeof(*openings->list));
    openings->list = NULL;
    openings->count = 0;
    openings->capacity = 0;
}
