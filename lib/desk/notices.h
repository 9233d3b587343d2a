/* SPDX-License-Identifier: Apache-2.0 */
/* A list of notices that the caller holds; the texts are its own. */
#ifndef BPO_DESK_NOTICES_H
#define BPO_DESK_NOTICES_H

#include "core/text.h"
#include <bpo/desk.h>

void bpo__notices_clear(bpo_notices *notices);
/* Adds a copy; BPO_E_NOMEM leaves the list as it was. */
bpo_status bpo__notices_add(bpo_notices *notices, bpo__text subject, bpo__text metric, uint32_t cycle, bpo_time at);
/* By instant, ticket, metric and cycle. */
void bpo__notices_sort(bpo_notices *notices);

#endif
