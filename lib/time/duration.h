/* SPDX-License-Identifier: Apache-2.0 */
/* The text of durations: ISO 8601 without years and months. A day is 24 hours of elapsed or open time, a week 7 days.
 *
 * `P1DT2H30M`, `PT8H`, `P2W`, `PT1.5S`; only seconds have a fraction, of up to six digits; a leading `-` negates. */
#ifndef BPO_TIME_DURATION_H
#define BPO_TIME_DURATION_H

#include "core/text.h"
#include <bpo/error.h>

/* Refused with BPO_E_VALUE at `path` (NULL: no path); what does not fit into int64 microseconds is too long. */
bpo_status bpo__duration_parse(const char *path, bpo__text text, bpo_duration *ret_duration, bpo_error *err);

#define BPO__DURATION_TEXT_SIZE 48
/* Canonical form in hours, minutes and seconds, "PT0S" for nothing; NUL-terminated; returns the length. */
size_t bpo__duration_format(bpo_duration duration, char *text);

#endif
