/* SPDX-License-Identifier: Apache-2.0 */
/* The text of dates: 2026-12-25, and --12-25 for a date of every year. */
#ifndef BPO_TIME_DATE_H
#define BPO_TIME_DATE_H

#include "core/text.h"
#include "time/civil.h"
#include <bpo/error.h>

/* 2026-12-25 as a day number. Refused with BPO_E_VALUE at `path` (NULL: no path). */
bpo_status bpo__date_parse(const char *path, bpo__text text, int32_t *ret_days, bpo_error *err);
/* The same, or --12-25, which gives year 0; --02-29 is a date of leap years. */
bpo_status bpo__date_or_yearly_parse(const char *path, bpo__text text, bpo__date *ret_date, bpo_error *err);

#define BPO__DATE_TEXT_SIZE 16
size_t bpo__date_format(int32_t days, char *text); /* NUL-terminated; returns the length; years 1 to 9999 */

/* Exactly `count` digits at the start of text; for the other texts of this module. */
bool bpo__digits_parse(bpo__text text, size_t at, size_t count, int32_t *ret_value);
void bpo__digits_format(int32_t value, size_t count, char *text); /* value >= 0, zero-padded, no NUL */

#endif
