/* SPDX-License-Identifier: Apache-2.0 */
/* Civil dates and day numbers, both ways without a loop.
 *
 * Years are counted from March, so that the leap day is the last of its year and the months before it have a length of
 * 153 days every five. 400 years are one era of 146,097 days. */
#include "time/civil.h"

#define ERA_YEARS 400
#define ERA_DAYS 146097
#define EPOCH_DAYS 719468 /* 1970-01-01 counted from 0000-03-01 */

/* Division that rounds down, for a divisor above zero. */
static int32_t floor_divide(int32_t value, int32_t by)
{
    return value / by - (value % by < 0);
}

int32_t bpo__days_of_civil(int32_t year, int32_t month, int32_t day)
{
    int32_t march_year = year - (month <= 2);
    int32_t era = floor_divide(march_year, ERA_YEARS);
    int32_t year_of_era = march_year - era * ERA_YEARS;
    int32_t month_from_march = month > 2 ? month - 3 : month + 9;
    int32_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * ERA_DAYS + day_of_era - EPOCH_DAYS;
}

bpo__date bpo__civil_of_days(int32_t days)
{
    int32_t era = floor_divide(days, ERA_DAYS); /* of 1970, so that nothing overflows near the ends */
    int32_t from_epoch = days - era * ERA_DAYS + EPOCH_DAYS;
    era += from_epoch / ERA_DAYS;
    int32_t day_of_era = from_epoch % ERA_DAYS;
    int32_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int32_t month_from_march = (5 * day_of_year + 2) / 153;
    int32_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    bpo__date date = {era * ERA_YEARS + year_of_era + (month <= 2), month,
                      day_of_year - (153 * month_from_march + 2) / 5 + 1};
    return date;
}

int32_t bpo__weekday_of_days(int32_t days)
{
    int32_t from_monday = (days % 7 + 3) % 7; /* 1970-01-01 was a Thursday */
    return (from_monday < 0 ? from_monday + 7 : from_monday) + 1;
}

bool bpo__is_leap_year(int32_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int32_t bpo__month_length(int32_t year, int32_t month)
{
    static const int8_t lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return lengths[month - 1] + (month == 2 && bpo__is_leap_year(year));
}

bool bpo__date_exists(int32_t year, int32_t month, int32_t day)
{
    return year >= BPO__YEAR_MIN && year <= BPO__YEAR_MAX && month >= 1 && month <= 12 && day >= 1 &&
           day <= bpo__month_length(year, month);
}
