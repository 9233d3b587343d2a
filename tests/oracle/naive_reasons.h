/* SPDX-License-Identifier: Apache-2.0 */
/* Why calendars that are made from each other are open or closed, as their definition says: each second is asked of
 * each member. */
#ifndef BPO_TESTS_NAIVE_REASONS_H
#define BPO_TESTS_NAIVE_REASONS_H

#include "made_calendars.h"

/* A reason is NAIVE_OPEN, NAIVE_CLOSED, or one of these and the place in its family of the calendar that is taken away,
 * or the number in the holiday's name. */
enum { NAIVE_EXCLUDED = 1000, NAIVE_NAMED_HOLIDAY = 2000 };

/* Fills all[place] for some seconds in a row; all[i] has those of place i, for the places before it. Sets TZ. */
void naive_reasons(const made_family *family, int place, int64_t first, int64_t count, int *const *all);

#endif
