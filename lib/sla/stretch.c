/* SPDX-License-Identifier: Apache-2.0 */
/* Stretches of running time. Law: open time is additive, so a run may be cut anywhere without changing its sum. */
#include "sla/stretch.h"
#include "core/fail.h"
#include <string.h>

void bpo__stretches_init(bpo__stretches *stretches, bpo_context *context)
{
    stretches->context = context;
    stretches->items = stretches->first;
    stretches->count = 0;
    stretches->capacity = BPO__STRETCHES_INLINE;
}

void bpo__stretches_clear(bpo__stretches *stretches)
{
    if (stretches->items != stretches->first)
        bpo__free(stretches->context, stretches->items, stretches->capacity * sizeof *stretches->items);
    bpo__stretches_init(stretches, stretches->context);
}

static bpo_status grow(bpo__stretches *stretches)
{
    size_t capacity = stretches->capacity * 2;
    if (capacity >= BPO__STRETCH_NONE / sizeof *stretches->items)
        return BPO_E_NOMEM;
    bpo__stretch *items = bpo__alloc(stretches->context, capacity * sizeof *items);
    if (items == NULL)
        return BPO_E_NOMEM;
    memcpy(items, stretches->items, stretches->count * sizeof *items);
    if (stretches->items != stretches->first)
        bpo__free(stretches->context, stretches->items, stretches->capacity * sizeof *items);
    stretches->items = items;
    stretches->capacity = capacity;
    return BPO_OK;
}

bpo_status bpo__stretches_add(bpo__stretches *stretches, const bpo__stretch *stretch, uint32_t *ret_index)
{
    if (stretches->count == stretches->capacity && grow(stretches) < 0)
        return BPO_E_NOMEM;
    *ret_index = (uint32_t)stretches->count;
    stretches->items[stretches->count++] = *stretch;
    return BPO_OK;
}

bpo_status bpo__open_between(const bpo_calendar *calendar, bpo_time from, bpo_time until, bpo_duration *ret_open,
                             bpo_error *err)
{
    if (calendar != NULL)
        return bpo_calendar_between(calendar, from, until, ret_open, err);
    *ret_open = until - from;
    return BPO_OK;
}

bpo_status bpo__open_landing(const bpo_calendar *calendar, bpo_time from, bpo_duration open, bpo_landing landing,
                             bpo_time *ret_at, bpo_error *err)
{
    bpo_time at = BPO_TIME_NEVER;
    if (calendar == NULL) {
        *ret_at = from > 0 && open > BPO_TIME_NEVER - from ? BPO_TIME_NEVER : from + open;
        return BPO_OK;
    }
    bpo_status status = bpo_calendar_add(calendar, from, open, landing, &at, NULL);
    if (status == BPO_E_NOMEM)
        return bpo__fail_memory(err);
    if (status < 0 && status != BPO_E_HORIZON)
        return bpo__fail(err, status, BPO__MSG_clock_unmeasured, "", NULL, NULL, NULL);
    *ret_at = status == BPO_OK ? at : BPO_TIME_NEVER;
    return BPO_OK;
}
