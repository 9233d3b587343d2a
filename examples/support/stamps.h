/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the stamps and numbers of a log. */
#ifndef EXAMPLE_STAMPS_H
#define EXAMPLE_STAMPS_H

#include <bpo/zone.h>
#include <stdbool.h>

#define STAMP_ADVICE "is not a date; write it like 29/2/2016 01:16 or 2016-02-29T01:16:00-03:00"
#define NUMBER_ADVICE "is not a whole number; write it like 12"

/* "d/m/yyyy hh:mm" on the zone's wall clock, or RFC 3339 with its own offset. */
bool stamp_read(const bpo_zone *zone, const char *text, bpo_time *ret_at);
bool number_read(const char *text, long long *ret_number);

#endif
