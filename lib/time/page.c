/* SPDX-License-Identifier: Apache-2.0 */
/* Making a page of open periods: segments and sums first, then an index each way. */
#include "time/page.h"

#define GUESS_LEAST (1u << 15) /* units of open time in a page: 38 hours; its share then stays below 2^24 */

/* For each bucket of time the last segment that starts at or before it, and the most that start in one bucket. */
static void index_forward(bpo__page *page, bpo_time page_start)
{
    const bpo__segment *s = page->segments;
    uint32_t at = 0;
    page->forward_steps = 0;
    for (uint32_t i = 0; i < BPO__FORWARD_COUNT; i++) {
        bpo_time bucket = page_start + (bpo_time)((uint64_t)i << BPO__FORWARD_SHIFT);
        uint32_t before = at;
        while (at + 1 < page->segment_count && s[at + 1].start <= bucket)
            at++;
        page->forward[i] = (uint16_t)at;
        if (i > 0 && at - before > page->forward_steps)
            page->forward_steps = at - before;
    }
    if (page->segment_count - 1 - at > page->forward_steps)
        page->forward_steps = page->segment_count - 1 - at;
}

/* The same over open time. */
static void index_inverse(bpo__page *page, uint16_t *inverse, uint32_t count)
{
    const bpo__segment *s = page->segments;
    uint32_t at = 0;
    page->inverse_steps = 0;
    for (uint32_t i = 0; i < count; i++) {
        int64_t bucket = page->before + (int64_t)((uint64_t)i << BPO__INVERSE_SHIFT);
        uint32_t before = at;
        while (at + 1 < page->segment_count && s[at + 1].before <= bucket)
            at++;
        inverse[i] = (uint16_t)at;
        if (i > 0 && at - before > page->inverse_steps)
            page->inverse_steps = at - before;
    }
    if (page->segment_count - 1 - at > page->inverse_steps)
        page->inverse_steps = page->segment_count - 1 - at;
    page->inverse = inverse;
}

/* The periods behind an entry for the closed start, if there is one, and the page's end behind them. */
static void fill_segments(bpo__page *page, const bpo__openings *openings)
{
    bpo__segment *s = page->segments;
    int64_t before = page->before;
    if (openings->count == 0 || openings->list[0].from > bpo__page_start(page->index)) {
        s->start = bpo__page_start(page->index);
        s++->before = before;
    }
    for (size_t i = 0; i < openings->count; i++) {
        s->start = openings->list[i].from;
        s++->before = before;
        before += openings->list[i].until - openings->list[i].from;
    }
    s->start = bpo__page_start(page->index + 1);
    s->before = before;
    page->segment_count = (uint32_t)(s - page->segments);
}

/* From a page beyond a closed time that may be "never", no other is guessed: the guess is outside the covered years. */
static void set_share(bpo__page *page)
{
    uint64_t page_units = UINT64_C(1) << (BPO__PAGE_SHIFT - BPO__UNIT_SHIFT);
    uint64_t open_units = (uint64_t)(page->after - page->before) >> BPO__UNIT_SHIFT;
    page->time_per_open = 0;
    if (open_units > GUESS_LEAST)
        page->time_per_open = (uint32_t)((page_units << BPO__SHARE_SHIFT) / open_units);
    uint64_t most = (uint64_t)BPO__OPEN_MOST >> BPO__UNIT_SHIFT;
    page->guess_offset = (most * page->time_per_open >> BPO__SHARE_SHIFT) + page_units / 2;
    if (page->reach == 0)
        page->guess_offset = UINT64_MAX / 2;
}

static void fill(bpo__page *page, const bpo__openings *openings, uint32_t inverse_count)
{
    size_t count = openings->count;
    page->first_open = count > 0 ? openings->list[0].from : bpo__page_start(page->index + 1);
    page->last_close = count > 0 ? openings->list[count - 1].until : bpo__page_start(page->index);
    fill_segments(page, openings);
    set_share(page);
    index_forward(page, bpo__page_start(page->index));
    index_inverse(page, bpo__page_inverse_of(page), inverse_count);
}

bpo_status bpo__page_new(bpo_context *context, const bpo__openings *openings, uint32_t index, int64_t before,
                         bool is_steady, bpo__page **ret_page)
{
    int64_t open = bpo__openings_sum(openings);
    uint32_t inverse_count = (uint32_t)(open >> BPO__INVERSE_SHIFT) + 1;
    size_t size = sizeof(bpo__page) + (openings->count + 2) * sizeof(bpo__segment) + inverse_count * sizeof(uint16_t);
    bpo__page *page = bpo__alloc(context, size);
    if (page == NULL)
        return BPO_E_NOMEM;
    page->index = index;
    page->size = size;
    page->before = before;
    page->after = before + open;
    page->reach = is_steady ? open : 0;
    fill(page, openings, inverse_count);
    *ret_page = page;
    return BPO_OK;
}

void bpo__page_free(bpo_context *context, bpo__page *page)
{
    if (page != NULL)
        bpo__free(context, page, page->size);
}
