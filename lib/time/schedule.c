/* SPDX-License-Identifier: Apache-2.0 */
/* Shifts, holidays, overrides and closures of a date.
 *
 * A shift belongs to the date on which it starts; its tail is open on the next date, whatever that date's own hours. A
 * holiday of scope civil closes its date from 00:00 to 24:00, also the tail that reaches into it; one of scope
 * shift_start takes the shifts that start on it. Closures are taken from what is left, on their own date only. */
#include "time/schedule.h"
#include "core/fail.h"
#include "core/sort.h"

/* --- lists of ranges -------------------------------------------------------------------------------------------- */

/* Appends to ranges that are in order of their starts; what overlaps or touches the last one becomes part of it. */
static size_t append_range(bpo__range *ranges, size_t count, int32_t from, int32_t until)
{
    if (count > 0 && from <= ranges[count - 1].until) {
        if (until > ranges[count - 1].until)
            ranges[count - 1].until = until;
        return count;
    }
    ranges[count].from = from;
    ranges[count].until = until;
    return count + 1;
}

/* What is left of ranges without the closures; both in order. `result` is another array. */
static size_t subtract(const bpo__range *ranges, size_t count, bpo__hours closures, bpo__range *result)
{
    size_t left = 0;
    for (size_t i = 0; i < count; i++) {
        int32_t from = ranges[i].from;
        for (size_t k = 0; k < closures.count && from < ranges[i].until; k++) {
            bpo__range closed = closures.ranges[k];
            if (closed.until <= from || closed.from >= ranges[i].until)
                continue;
            if (closed.from > from)
                left = append_range(result, left, from, closed.from);
            from = closed.until;
        }
        if (from < ranges[i].until)
            left = append_range(result, left, from, ranges[i].until);
    }
    return left;
}

/* How far the shifts of a date reach into the next one. */
static int32_t tail_of(bpo__hours shifts)
{
    int32_t tail = 0;
    for (size_t i = 0; i < shifts.count; i++) {
        if (shifts.ranges[i].until - BPO__DAY_SECONDS > tail)
            tail = shifts.ranges[i].until - BPO__DAY_SECONDS;
    }
    return tail;
}

/* Open ranges of a date from the shifts of it and of the date before, both in order. */
static size_t join(bpo__hours shifts, bpo__hours shifts_before, bpo__range *ranges)
{
    int32_t tail = tail_of(shifts_before);
    size_t count = tail > 0 ? append_range(ranges, 0, 0, tail) : 0;
    for (size_t i = 0; i < shifts.count; i++) {
        int32_t until = shifts.ranges[i].until;
        count = append_range(ranges, count, shifts.ranges[i].from, until < BPO__DAY_SECONDS ? until : BPO__DAY_SECONDS);
    }
    return count;
}

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

/* The holiday of a date, or NULL; of several the first dated one by name, then the yearly ones by name. */
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
    return NULL;
}

static const bpo__hours *override_of(const bpo__schedule *schedule, int32_t days)
{
    return hours_of(schedule->overrides, schedule->override_count, days);
}

/* Shifts that start on a date if it is no holiday. */
static bpo__hours planned_shifts(const bpo__schedule *schedule, int32_t days)
{
    const bpo__hours *override = override_of(schedule, days);
    return override != NULL ? *override : schedule->weekly[bpo__weekday_of_days(days) - 1];
}

const bpo__holiday *bpo__schedule_holiday(const bpo__schedule *schedule, int32_t days)
{
    bool is_beaten = schedule->override_beats_holiday && override_of(schedule, days) != NULL;
    return is_beaten ? NULL : listed_holiday(schedule, days);
}

bpo__hours bpo__schedule_shifts(const bpo__schedule *schedule, int32_t days)
{
    bpo__hours none = {NULL, 0};
    if (schedule->holidays_by_shift_start && bpo__schedule_holiday(schedule, days) != NULL)
        return none;
    return planned_shifts(schedule, days);
}

/* Whether a holiday of scope civil closes the whole date. */
static bool is_closed(const bpo__schedule *schedule, int32_t days)
{
    return !schedule->holidays_by_shift_start && bpo__schedule_holiday(schedule, days) != NULL;
}

bool bpo__schedule_is_working(const bpo__schedule *schedule, int32_t days)
{
    return bpo__schedule_shifts(schedule, days).count > 0 && !is_closed(schedule, days);
}

const bpo__holiday *bpo__schedule_reason(const bpo__schedule *schedule, int32_t days, int32_t second,
                                         int32_t *ret_until)
{
    const bpo__holiday *holiday = bpo__schedule_holiday(schedule, days);
    *ret_until = BPO__DAY_SECONDS;
    if (holiday != NULL || !schedule->holidays_by_shift_start)
        return holiday;
    const bpo__holiday *before = bpo__schedule_holiday(schedule, days - 1);
    int32_t tail = before != NULL ? tail_of(planned_shifts(schedule, days - 1)) : 0;
    if (second >= tail)
        return NULL;
    *ret_until = tail;
    return before;
}

size_t bpo__schedule_ranges(const bpo__schedule *schedule, int32_t days, bpo__range *ranges)
{
    bpo__range open[BPO__HOURS_MOST + 1];
    if (is_closed(schedule, days))
        return 0;
    size_t count = join(bpo__schedule_shifts(schedule, days), bpo__schedule_shifts(schedule, days - 1), open);
    const bpo__hours *closures = hours_of(schedule->closures, schedule->closure_count, days);
    bpo__hours none = {NULL, 0};
    return subtract(open, count, closures != NULL ? *closures : none, ranges);
}

/* A date and the next, whose morning its night shift may fill. */
static void mark_date(int32_t days, int32_t first, size_t count, bool *marks)
{
    for (int64_t at = (int64_t)days - first; at <= (int64_t)days - first + 1; at++) {
        if (at >= 0 && at < (int64_t)count)
            marks[at] = true;
    }
}

static void mark_hours(const bpo__dated_hours *list, size_t list_count, int32_t first, size_t count, bool *marks)
{
    for (size_t i = first_hours_from(list, list_count, first - 1); i < list_count; i++) {
        if (list[i].days >= first + (int32_t)count)
            break;
        mark_date(list[i].days, first, count, marks);
    }
}

static void mark_yearly(const bpo__schedule *schedule, int32_t first, size_t count, bool *marks)
{
    int32_t last_year = bpo__civil_of_days(first + (int32_t)count).year;
    for (int32_t year = bpo__civil_of_days(first - 1).year; year <= last_year; year++) {
        for (size_t i = 0; i < schedule->yearly_count; i++) {
            bpo__date date = schedule->yearly[i].date;
            if (date.day <= bpo__month_length(year, date.month))
                mark_date(bpo__days_of_civil(year, date.month, date.day), first, count, marks);
        }
    }
}

void bpo__schedule_mark(const bpo__schedule *schedule, int32_t first, size_t count, bool *marks)
{
    memset(marks, 0, count * sizeof(*marks));
    mark_hours(schedule->overrides, schedule->override_count, first, count, marks);
    mark_hours(schedule->closures, schedule->closure_count, first, count, marks);
    for (size_t i = first_day_from(schedule->dated_days, schedule->dated_count, first - 1); i < schedule->dated_count;
         i++) {
        if (schedule->dated_days[i] >= first + (int32_t)count)
            break;
        mark_date(schedule->dated_days[i], first, count, marks);
    }
    if (schedule->yearly_count > 0)
        mark_yearly(schedule, first, count, marks);
}

/* --- copying a definition --------------------------------------------------------------------------------------- */

static int compare_ranges(const void *a, const void *b, void *user)
{
    const bpo__range *x = a;
    const bpo__range *y = b;
    (void)user;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return x->until < y->until ? -1 : x->until > y->until;
}

static int compare_dated(const void *a, const void *b, void *user)
{
    const bpo__dated_hours *x = a;
    const bpo__dated_hours *y = b;
    (void)user;
    return x->days < y->days ? -1 : x->days > y->days;
}

/* By date, then name, so that the order does not depend on the order of the definition. */
static int compare_holidays(const void *a, const void *b, void *user)
{
    const bpo__holiday *x = a;
    const bpo__holiday *y = b;
    const int32_t keys_x[3] = {x->date.year, x->date.month, x->date.day};
    const int32_t keys_y[3] = {y->date.year, y->date.month, y->date.day};
    (void)user;
    for (size_t i = 0; i < 3; i++) {
        if (keys_x[i] != keys_y[i])
            return keys_x[i] < keys_y[i] ? -1 : 1;
    }
    return bpo__text_compare(x->name, y->name);
}

/* The hours in order and merged, in the arena. */
static bpo_status copy_hours(bpo__arena *arena, bpo__hours hours, bpo__hours *ret_hours, bpo_error *err)
{
    bpo__hours copy = {NULL, 0};
    if (hours.count > BPO__HOURS_MOST)
        return bpo__fail(err, BPO_E_LIMIT, BPO__MSG_hours_many, NULL, BPO__HOURS_MOST_TEXT, NULL, NULL);
    if (hours.count > 0) {
        bpo__range *ranges = bpo__arena_alloc(arena, hours.count * sizeof(*ranges));
        if (ranges == NULL)
            return bpo__fail_memory(err);
        memcpy(ranges, hours.ranges, hours.count * sizeof(*ranges));
        bpo__sort(ranges, hours.count, sizeof(*ranges), compare_ranges, NULL);
        for (size_t i = 0; i < hours.count; i++)
            copy.count = append_range(ranges, copy.count, ranges[i].from, ranges[i].until);
        copy.ranges = ranges;
    }
    *ret_hours = copy;
    return BPO_OK;
}

/* In order of date; `what` names the list for an error. */
static bpo_status copy_dated(bpo__arena *arena, const bpo__dated_hours *list, size_t count, const char *what,
                             const bpo__dated_hours **ret_list, bpo_error *err)
{
    bpo__dated_hours *copy = bpo__arena_alloc(arena, count * sizeof(*copy));
    if (copy == NULL)
        return bpo__fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        copy[i].days = list[i].days;
        bpo_status status = copy_hours(arena, list[i].hours, &copy[i].hours, err);
        if (status != BPO_OK)
            return status;
    }
    bpo__sort(copy, count, sizeof(*copy), compare_dated, NULL);
    for (size_t i = 1; i < count; i++) {
        if (copy[i].days == copy[i - 1].days)
            return bpo__fail(err, BPO_E_INVALID, BPO__MSG_date_twice, NULL, what, NULL, NULL);
    }
    *ret_list = copy;
    return BPO_OK;
}

/* Yearly holidays first, as their year is 0, then the dated ones in order of date. */
static bpo_status copy_holidays(bpo__schedule *schedule, bpo__arena *arena, const bpo__holiday *list, size_t count,
                                bpo_error *err)
{
    bpo__holiday *copy = bpo__arena_alloc(arena, count * sizeof(*copy));
    int32_t *days = bpo__arena_alloc(arena, count * sizeof(*days));
    size_t yearly = 0;
    if (copy == NULL || days == NULL)
        return bpo__fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        copy[i] = list[i];
        copy[i].name.data = bpo__arena_text(arena, list[i].name.data, list[i].name.size);
        if (copy[i].name.data == NULL)
            return bpo__fail_memory(err);
        yearly += list[i].date.year == 0;
    }
    bpo__sort(copy, count, sizeof(*copy), compare_holidays, NULL);
    for (size_t i = yearly; i < count; i++)
        days[i - yearly] = bpo__days_of_civil(copy[i].date.year, copy[i].date.month, copy[i].date.day);
    schedule->yearly = copy;
    schedule->yearly_count = yearly;
    schedule->dated = copy + yearly;
    schedule->dated_days = days;
    schedule->dated_count = count - yearly;
    return BPO_OK;
}

static bpo_status copy_week(bpo__schedule *schedule, bpo__arena *arena, const bpo__hours *weekly, bpo_error *err)
{
    for (size_t i = 0; i < 7; i++) {
        bpo_status status = copy_hours(arena, weekly[i], &schedule->weekly[i], err);
        if (status != BPO_OK)
            return status;
    }
    for (size_t i = 0; i < 7; i++) {
        bpo__range *ranges = bpo__arena_alloc(arena, (schedule->weekly[i].count + 1) * sizeof(*ranges));
        if (ranges == NULL)
            return bpo__fail_memory(err);
        schedule->ordinary[i].count = join(schedule->weekly[i], schedule->weekly[(i + 6) % 7], ranges);
        schedule->ordinary[i].ranges = ranges;
    }
    return BPO_OK;
}

/* --- what can be known at once ----------------------------------------------------------------------------------- */

static bool has_exceptions(const bpo__schedule *s)
{
    return s->override_count + s->closure_count + s->dated_count + s->yearly_count > 0;
}

static bool is_always_open(const bpo__schedule *s)
{
    for (size_t i = 0; i < 7; i++) {
        bpo__hours day = s->ordinary[i];
        if (day.count != 1 || day.ranges[0].from != 0 || day.ranges[0].until != BPO__DAY_SECONDS)
            return false;
    }
    return !has_exceptions(s);
}

/* Ten years have more than 520 weeks. With a shift in each week, it takes an exception in each to close them all; a
 * clock that skips the hour adds a few at most. */
#define EXCEPTIONS_MOST 400
#define YEARLY_WEIGHT 11
static bool is_steady(const bpo__schedule *s)
{
    size_t shifts = 0;
    for (size_t i = 0; i < 7; i++)
        shifts += s->weekly[i].count;
    return shifts > 0 && s->override_count + s->closure_count + s->dated_count + YEARLY_WEIGHT * s->yearly_count <
                             EXCEPTIONS_MOST;
}

bpo_status bpo__schedule_init(bpo__schedule *schedule, bpo__arena *arena, const bpo__calendar_definition *definition,
                              bpo_error *err)
{
    bpo_status status = copy_week(schedule, arena, definition->weekly, err);
    if (status == BPO_OK)
        status = copy_dated(arena, definition->overrides, definition->override_count, "an override",
                            &schedule->overrides, err);
    if (status == BPO_OK)
        status = copy_dated(arena, definition->closures, definition->closure_count, "a closure", &schedule->closures,
                            err);
    if (status == BPO_OK)
        status = copy_holidays(schedule, arena, definition->holidays, definition->holiday_count, err);
    if (status != BPO_OK)
        return status;
    schedule->override_count = definition->override_count;
    schedule->closure_count = definition->closure_count;
    schedule->holidays_by_shift_start = definition->holidays_by_shift_start;
    schedule->override_beats_holiday = definition->override_beats_holiday;
    schedule->is_always_open = is_always_open(schedule);
    schedule->is_steady = is_steady(schedule);
    return BPO_OK;
}
