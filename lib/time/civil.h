/* SPDX-License-Identifier: Apache-2.0 */
/* Civil dates as day numbers: days since 1970-01-01 in the proleptic Gregorian calendar, without any zone.
 *
 * Years are counted from March, so that the leap day is the last of its year and the months before it have a length of
 * 153 days every five. 400 years are one era of 146,097 days. Both ways go without a loop or a branch. */
#ifndef BPO_TIME_CIVIL_H
#define BPO_TIME_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

/* The years that dates, civil readings and texts of instants can have. */
#define BPO__YEAR_MIN 1
#define BPO__YEAR_MAX 9999
#define BPO__DAYS_MIN (-719162) /* 0001-01-01 */
#define BPO__DAYS_MAX 2932896   /* 9999-12-31 */

#define BPO__ERA_YEARS  400
#define BPO__ERA_DAYS   146097
#define BPO__EPOCH_DAYS 719468 /* 1970-01-01 counted from 0000-03-01 */

typedef struct bpo__date {
    int32_t year;
    int32_t month; /* 1..12 */
    int32_t day;   /* 1..31 */
} bpo__date;

int32_t bpo__days_of_civil(int32_t year, int32_t month, int32_t day); /* any year within +-5,000,000 */
bool bpo__is_leap_year(int32_t year);
int32_t bpo__month_length(int32_t year, int32_t month);
bool bpo__date_exists(int32_t year, int32_t month, int32_t day); /* with year 1 to 9999 */

/* The date of any day number.
 *
 * Counted from many eras ago, so that nothing is negative. With four times a count of days plus three, a division by
 * the days of four centuries, or of four years, gives whole centuries or years and four times the days left. The second
 * one is a multiplication by 2^32 / 1461: its upper half is the quotient, its lower half the rest. Months likewise:
 * 2141 / 2^16 is 5 / 153, and the constant puts March at 3. */
static inline bpo__date bpo__civil_of_days(int32_t days)
{
    enum { ERAS = 15000, YEAR_FACTOR = 2939745, MONTH_FACTOR = 2141, MARCH = 197913, JANUARY_FIRST = 306 };
    uint64_t quarters = 4 * (uint64_t)((int64_t)days + BPO__EPOCH_DAYS + (int64_t)ERAS * BPO__ERA_DAYS) + 3;
    uint32_t century = (uint32_t)(quarters / BPO__ERA_DAYS);
    uint32_t of_century = (uint32_t)(quarters % BPO__ERA_DAYS) / 4;
    uint64_t years = (uint64_t)YEAR_FACTOR * (4 * of_century + 3);
    uint32_t day_of_year = (uint32_t)(years & UINT32_MAX) / YEAR_FACTOR / 4;
    uint32_t months = MONTH_FACTOR * day_of_year + MARCH;
    int32_t is_next_year = day_of_year >= JANUARY_FIRST;
    bpo__date date = {(int32_t)(100 * century + (uint32_t)(years >> 32)) - ERAS * BPO__ERA_YEARS + is_next_year,
                      (int32_t)(months >> 16) - 12 * is_next_year, (int32_t)((months & 0xffff) / MONTH_FACTOR) + 1};
    return date;
}

/* 1 Monday .. 7 Sunday */
static inline int32_t bpo__weekday_of_days(int32_t days)
{
    uint64_t from_monday = (uint64_t)(days + INT64_C(7) * (1 << 29) + 3); /* 1970-01-01 was a Thursday */
    return (int32_t)(from_monday % 7) + 1;
}

#endif
