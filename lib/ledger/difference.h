/* SPDX-License-Identifier: Apache-2.0 */
/* The difference between what counts now and what counted when the period before was closed: facts that came, and
 * facts that no longer count because they were retracted, corrected or moved. What counts in both is passed over. */
#ifndef BPO_LEDGER_DIFFERENCE_H
#define BPO_LEDGER_DIFFERENCE_H

#include "codec/history.h"

typedef struct bpo__difference {
    const bpo__history *history;
    bpo__view after, before;
    size_t after_position, before_position;
    const bpo__entry *after_head, *before_head;
} bpo__difference;

bpo__difference bpo__difference_of(const bpo__history *history, bpo__view after, bpo__view before);
/* The next fact in fact order, with sign +1 if it came and -1 if it went; NULL at the end. */
const bpo__entry *bpo__difference_next(bpo__difference *difference, int32_t *ret_sign);

#endif
