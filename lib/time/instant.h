/* SPDX-License-Identifier: Apache-2.0 */
/* The text of instants: RFC 3339 with an offset, 2026-07-01T00:00:00-03:00. Formatting is bpo_time_format(). */
#ifndef BPO_TIME_INSTANT_H
#define BPO_TIME_INSTANT_H

#include "core/text.h"
#include <bpo/zone.h>

/* Refused with BPO_E_VALUE, or BPO_E_HORIZON outside the years 1 to 9999, at `path` (NULL: no path). */
bpo_status bpo__instant_parse(const char *path, bpo__text text, bpo_time *ret_at, bpo_error *err);

#endif
