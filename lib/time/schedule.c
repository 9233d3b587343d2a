/* SPDX-License-Identifier: Apache-2.0 */
/* Shifts, holidays, overrides and closures of a date.
 *
 * A shift belongs to the date on which it starts; its tail is open on the next date, whatever that date's own hours. A
 * holiday of scope civil closes its date from 00:00 to 24:00, also the tail that reaches into it; one of scope
 * shift_start takes the shifts that start on it. Closures are taken from what is left, on their own date only. */
#include "time/schedule.h"
#include "time/ranges.h"

/* --- looking up a date ------------------------------------------------------------------------------------------ */

/* Index of the first entry whose date is not before `days`. */
static size_t first_hours_from(const bpo__dated_hours *list, size_t count, int32_t days)
{
    size_t low = 0;
    while (low < count) {
        size_t middle = low + (count - low) / 2;
        if (list[middle].days < days)
            low = middle + 1;
        else
            count = middle;
    }
    return low;
}

static size_t first_day_from(const int32_t *list, size_t count, int32_t days)
{
    size_t low = 0;
    while (low < count) {
        size_t middle = low + (count - low) / 2;
        if (list[middle] < days)
            low = middle + 1;
        else
            count = middle;
    }
    return low;
}

static const bpo__hours *hours_of(const bpo__dated_hours *list, size_t count, int32_t days)
{
    size_t at = first_hours_from(list, count, days);
    return at < count && list[at].days == days ? &list[at].hours : NULL;
}

/* The holiday of a date, or NULL; of several the first dated one by name, then the yearly ones by name,
 * then the rules. */
static const bpo__holiday *listed_holiday(const bpo__schedule *schedule, int32_t days)
{
    size_t at = first_day_from(schedule->dated_days, schedule->dated_count, days);
    if (at < schedule->dated_count && schedule->dated_days[at] == days)
        return &schedule->dated[at];
    bpo__date date = bpo__civil_of_days(days);
    for (size_t i = 0; i < schedule->yearly_count; i++) {
        if (schedule->yearly[i].date.month == date.month && schedule->yearly[i].date.day == date.day)
            return &schedule->yearly[i];
    }
    int32_t day_of_year = schedule->rule_count > 0 ? days - bpo__days_of_civil(date.year, 1, 1) : 0;
    for (size_t i = 0; i < schedule->rule_count; i++) {
        if (bpo__holiday_rule_holds(&schedule->rules[i], date.year, day_of_year))
            return &schedule->rule_holidays[i];
    }
    return NULL;
}

const bpo__schedule *bpo__schedule_version(const bpo__schedule *schedule, int32_t days)
{
    const bpo__schedule *version = schedule;
    for (size_t i = 0; i < schedule->version_count && schedule->versions[i].from_days <= days; i++)
        version = &schedule->versions[i];
    return version;
}

static const bpo__hours *override_of(const bpo__schedule *schedule, int32_t days)
{
    return hours_of(schedule->overrides, schedule->override_count, days);
}

/* Shifts that start on a date if it is no holiday. */
static bpo__hours planned_shifts(const bpo__schedule *version, int32_t days)
{
    const bpo__hours *override = override_of(version, days);
    return override != NULL ? *override : version->weekly[bpo__weekday_of_days(days) - 1];
}

/* The holiday that counts on a date of a version. */
static const bpo__holiday *holiday_of(const bpo__schedule *version, int32_t days)
{
    bool is_beaten = version->override_beats_holiday && override_of(version, days) != NULL;
    return is_beaten ? NULL : listed_holiday(version, days);
}

const bpo__holiday *bpo__schedule_holiday(const bpo__schedule *schedule, int32_t days)
{
    return holiday_of(bpo__schedule_version(schedule, days), days);
}

bpo__hours bpo__schedule_shifts(const bpo__schedule *schedule, int32_t days)
{
    const bpo__schedule *version = bpo__schedule_version(schedule, days);
    bpo__hours none = {NULL, 0};
    if (version->holidays_by_shift_start && holiday_of(version, days) != NULL)
        return none;
    return planned_shifts(version, days);
}

/* Whether a holiday of scope civil closes the whole date. */
static bool is_closed(const bpo__schedule *version, int32_t days)
{
    return !version->holidays_by_shift_start && holiday_of(version, days) != NULL;
}

bool bpo__schedule_is_working(const bpo__schedule *schedule, int32_t days)
{
    return bpo__schedule_shifts(schedule, days).count > 0 && !is_closed(bpo__schedule_version(schedule, days), days);
}

const bpo__holiday *bpo__schedule_reason(const bpo__schedule *schedule, int32_t days, int32_t second,
                                         int32_t *ret_until)
{
    const bpo__schedule *yesterday = bpo__schedule_version(schedule, days - 1);
    const bpo__holiday *holiday = bpo__schedule_holiday(schedule, days);
    *ret_until = BPO__DAY_SECONDS;
    if (holiday != NULL || !yesterday->holidays_by_shift_start)
        return holiday;
    const bpo__holiday *before = holiday_of(yesterday, days - 1);
    int32_t tail = before != NULL ? bpo__ranges_tail(planned_shifts(yesterday, days - 1)) : 0;
    if (second >= tail)
        return NULL;
    *ret_until = tail;
    return before;
}

/* Open ranges of a date, given whether a holiday counts on it and on the date before. */
static size_t ranges_of(const bpo__schedule *schedule, int32_t days, bool is_holiday, bool was_holiday,
                        bpo__range *ranges)
{
    bpo__range open[BPO__HOURS_MOST + 1];
    const bpo__hours none = {NULL, 0};
    const bpo__schedule *today = bpo__schedule_version(schedule, days);
    const bpo__schedule *yesterday = bpo__schedule_version(schedule, days - 1);
    if (is_holiday && !today->holidays_by_shift_start)
        return 0;
    bool are_taken = was_holiday && yesterday->holidays_by_shift_start;
    size_t count = bpo__ranges_join(is_holiday ? none : planned_shifts(today, days),
                                    are_taken ? none : planned_shifts(yesterday, days - 1), open);
    const bpo__hours *closures = hours_of(today->closures, today->closure_count, days);
    return bpo__ranges_subtract(open, count, closures != NULL ? *closures : none, ranges);
}

size_t bpo__schedule_ranges(const bpo__schedule *schedule, int32_t days, bpo__range *ranges)
{
    bool is_holiday = bpo__schedule_holiday(schedule, days) != NULL;
    bool was_holiday = bpo__schedule_holiday(schedule, days - 1) != NULL;
    return ranges_of(schedule, days, is_holiday, was_holiday, ranges);
}

/* --- marks -------------------------------------------------------------------------------------------------------- */

static bool is_marked_holiday(const bpo__schedule *schedule, int32_t days, bpo__date_mark mark)
{
    const bpo__schedule *version = bpo__schedule_version(schedule, days);
    if (mark & BPO__MARK_VERSION)
        return holiday_of(version, days) != NULL;
    return (mark & BPO__MARK_HOLIDAY) && !(version->override_beats_holiday && override_of(version, days) != NULL);
}

size_t bpo__schedule_marked_ranges(const bpo__schedule *schedule, int32_t days, const bpo__date_mark *mark,
                                   bpo__range *ranges)
{
    return ranges_of(schedule, days, is_marked_holiday(schedule, days, mark[0]),
                     is_marked_holiday(schedule, days - 1, mark[-1]), ranges);
}

#define HOLIDAY (BPO__MARK_ODD | BPO__MARK_HOLIDAY)

/* A date, and the next, whose morning its night shift may fill. */
static void mark_date(int32_t days, bpo__date_mark mark, int32_t first, size_t count, bpo__date_mark *marks)
{
    int64_t at = (int64_t)days - first;
    if (at >= 0 && at < (int64_t)count)
        marks[at] |= mark;
    if (at + 1 >= 0 && at + 1 < (int64_t)count)
        marks[at + 1] |= BPO__MARK_ODD;
}

static void mark_hours(const bpo__dated_hours *list, size_t list_count, int32_t first, size_t count,
                       bpo__date_mark *marks)
{
    for (size_t i = first_hours_from(list, list_count, first - 1); i < list_count; i++) {
        if (list[i].days >= first + (int32_t)count)
            break;
        mark_date(list[i].days, BPO__MARK_ODD, first, count, marks);
    }
}

static void mark_yearly(const bpo__schedule *schedule, int32_t first, size_t count, bpo__date_mark *marks)
{
    int32_t last_year = bpo__civil_of_days(first + (int32_t)count).year;
    for (int32_t year = bpo__civil_of_days(first - 1).year; year <= last_year; year++) {
        for (size_t i = 0; i < schedule->yearly_count; i++) {
            bpo__date date = schedule->yearly[i].date;
            if (date.day <= bpo__month_length(year, date.month))
                mark_date(bpo__days_of_civil(year, date.month, date.day), HOLIDAY, first, count, marks);
        }
    }
}

/* A rule may move a holiday over the turn of the year. */
static void mark_rules(const bpo__schedule *schedule, int32_t first, size_t count, bpo__date_mark *marks)
{
    int32_t last_year = bpo__civil_of_days(first + (int32_t)count).year + 1;
    for (int32_t year = bpo__civil_of_days(first - 1).year - 1; year <= last_year; year++) {
        for (size_t i = 0; i < schedule->rule_count; i++) {
            int32_t days;
            if (bpo__holiday_rule_date(&schedule->rules[i], year, &days))
                mark_date(days, HOLIDAY, first, count, marks);
        }
    }
}

/* From where another version than that of `first` has a hand in it; also where it begins on `first` itself, into which
 * the night before reaches. */
static void mark_versions(const bpo__schedule *schedule, int32_t first, size_t count, bpo__date_mark *marks)
{
    for (size_t i = 0; i < schedule->version_count; i++) {
        int64_t at = (int64_t)schedule->versions[i].from_days - first;
        if (at == 0)
            marks[0] |= BPO__MARK_ODD;
        for (; at > 0 && at < (int64_t)count; at++)
            marks[at] |= BPO__MARK_ODD | BPO__MARK_VERSION;
    }
}

static void mark_holidays(const bpo__schedule *schedule, int32_t first, size_t count, bpo__date_mark *marks)
{
    for (size_t i = first_day_from(schedule->dated_days, schedule->dated_count, first - 1); i < schedule->dated_count;
         i++) {
        if (schedule->dated_days[i] >= first + (int32_t)count)
            break;
        mark_date(schedule->dated_days[i], HOLIDAY, first, count, marks);
    }
    if (schedule->yearly_count > 0)
        mark_yearly(schedule, first, count, marks);
    if (schedule->rule_count > 0)
        mark_rules(schedule, first, count, marks);
}

void bpo__schedule_mark(const bpo__schedule *schedule, int32_t first, size_t count, bpo__date_mark *marks)
{
    const bpo__schedule *version = bpo__schedule_version(schedule, first);
    memset(marks, 0, count * sizeof(*marks));
    mark_hours(version->overrides, version->override_count, first, count, marks);
    mark_hours(version->closures, version->closure_count, first, count, marks);
    mark_holidays(version, first, count, marks);
    mark_versions(schedule, first, count, marks);
}
