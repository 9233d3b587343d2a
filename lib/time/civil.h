/* SPDX-License-Identifier: Apache-2.0 */
/* Civil dates as day numbers: days since 1970-01-01 in the proleptic Gregorian calendar, without any zone. */
#ifndef BPO_TIME_CIVIL_H
#define BPO_TIME_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

/* The years that dates, civil readings and texts of instants can have. */
#define BPO__YEAR_MIN 1
#define BPO__YEAR_MAX 9999

typedef struct bpo__date {
    int32_t year;
    int32_t month; /* 1..12 */
    int32_t day;   /* 1..31 */
} bpo__date;

int32_t bpo__days_of_civil(int32_t year, int32_t month, int32_t day); /* any year within +-5,000,000 */
bpo__date bpo__civil_of_days(int32_t days);
int32_t bpo__weekday_of_days(int32_t days); /* 1 Monday .. 7 Sunday */
bool bpo__is_leap_year(int32_t year);
int32_t bpo__month_length(int32_t year, int32_t month);
bool bpo__date_exists(int32_t year, int32_t month, int32_t day); /* with year 1 to 9999 */

#endif
