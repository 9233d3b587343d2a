/* SPDX-License-Identifier: Apache-2.0 */
/* Differences: two walks over one sorted array of entries, side by side. */
#include "ledger/difference.h"

static void advance_after(bpo__difference *difference)
{
    difference->after_head =
        bpo__history_next(difference->history, difference->after, &difference->after_position);
}

static void advance_before(bpo__difference *difference)
{
    difference->before_head =
        bpo__history_next(difference->history, difference->before, &difference->before_position);
}

bpo__difference bpo__difference_of(const bpo__history *history, bpo__view after, bpo__view before)
{
    bpo__difference difference = {history, after, before, 0, 0, NULL, NULL};
    advance_after(&difference);
    advance_before(&difference);
    return difference;
}

const bpo__entry *bpo__difference_next(bpo__difference *difference, int32_t *ret_sign)
{
    while (difference->after_head != NULL && difference->after_head == difference->before_head) {
        advance_after(difference);
        advance_before(difference);
    }
    const bpo__entry *came = difference->after_head, *went = difference->before_head;
    if (came != NULL && (went == NULL || came < went)) {
        *ret_sign = 1;
        advance_after(difference);
        return came;
    }
    if (went != NULL) {
        *ret_sign = -1;
        advance_before(difference);
    }
    return went;
}
