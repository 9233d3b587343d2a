/* SPDX-License-Identifier: Apache-2.0 */
/* Day numbers of civil dates, and what dates there are. */
#include "time/civil.h"

/* Division that rounds down, for a divisor above zero. */
static int32_t floor_divide(int32_t value, int32_t by)
{
    return value / by - (value % by < 0);
}

int32_t bpo__days_of_civil(int32_t year, int32_t month, int32_t day)
{
    int32_t march_year = year - (month <= 2);
    int32_t era = floor_divide(march_year, BPO__ERA_YEARS);
    int32_t year_of_era = march_year - era * BPO__ERA_YEARS;
    int32_t month_from_march = month > 2 ? month - 3 : month + 9;
    int32_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * BPO__ERA_DAYS + day_of_era - BPO__EPOCH_DAYS;
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
