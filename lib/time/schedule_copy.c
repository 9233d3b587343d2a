/* SPDX-License-Identifier: Apache-2.0 */
/* Copying a definition into a schedule: everything in order, hours merged, ordinary dates made ready, and what can be
 * known at once. */
#include "core/fail.h"
#include "core/sort.h"
#include "time/ranges.h"
#include "time/schedule.h"

/* --- lists ------------------------------------------------------------------------------------------------------- */

/* By their starts; which of two comes first does not matter to merging. */
static int compare_ranges(const void *a, const void *b, void *user)
{
    const bpo__range *x = a;
    const bpo__range *y = b;
    (void)user;
    return x->from < y->from ? -1 : x->from > y->from;
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
            copy.count = bpo__ranges_append(ranges, copy.count, ranges[i].from, ranges[i].until);
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

static int compare_rules(const void *a, const void *b, void *user)
{
    const bpo__holiday_rule *x = a;
    const bpo__holiday_rule *y = b;
    (void)user;
    return bpo__text_compare(x->name, y->name);
}

/* In order of name. */
static bpo_status copy_rules(bpo__schedule *schedule, bpo__arena *arena, const bpo__holiday_rule *list, size_t count,
                             bpo_error *err)
{
    bpo__holiday_rule *copy = bpo__arena_alloc(arena, count * sizeof(*copy));
    bpo__holiday *holidays = bpo__arena_alloc(arena, count * sizeof(*holidays));
    if (copy == NULL || holidays == NULL)
        return bpo__fail_memory(err);
    if (count > 0)
        memcpy(copy, list, count * sizeof(*copy));
    bpo__sort(copy, count, sizeof(*copy), compare_rules, NULL);
    for (size_t i = 0; i < count; i++) {
        copy[i].name.data = bpo__arena_text(arena, copy[i].name.data, copy[i].name.size);
        if (copy[i].name.data == NULL)
            return bpo__fail_memory(err);
        bpo__holiday_rule_settle(&copy[i]);
        holidays[i].name = copy[i].name;
    }
    schedule->rules = copy;
    schedule->rule_holidays = holidays;
    schedule->rule_count = count;
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
        schedule->ordinary[i].count = bpo__ranges_join(schedule->weekly[i], schedule->weekly[(i + 6) % 7], ranges);
        schedule->ordinary[i].ranges = ranges;
    }
    return BPO_OK;
}

/* --- what can be known at once ----------------------------------------------------------------------------------- */

/* Exceptions in ten years, where a yearly one counts as often as it can fall into them. */
#define YEARLY_WEIGHT 12
static size_t exceptions_of(const bpo__schedule *s)
{
    return s->override_count + s->closure_count + s->dated_count + YEARLY_WEIGHT * (s->yearly_count + s->rule_count);
}

static bool is_always_open(const bpo__schedule *s)
{
    for (size_t i = 0; i < 7; i++) {
        bpo__hours day = s->ordinary[i];
        if (day.count != 1 || day.ranges[0].from != 0 || day.ranges[0].until != BPO__DAY_SECONDS)
            return false;
    }
    return exceptions_of(s) == 0;
}

/* Whether there is a shift in each week. */
static bool has_shifts(const bpo__schedule *s)
{
    size_t shifts = 0;
    for (size_t i = 0; i < 7; i++)
        shifts += s->weekly[i].count;
    return shifts > 0;
}

/* --- the whole --------------------------------------------------------------------------------------------------- */

/* One version, or all of a definition without versions. */
static bpo_status copy_version(bpo__schedule *schedule, bpo__arena *arena, const bpo__calendar_definition *definition,
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
    if (status == BPO_OK)
        status = copy_rules(schedule, arena, definition->rules, definition->rule_count, err);
    if (status != BPO_OK)
        return status;
    schedule->override_count = definition->override_count;
    schedule->closure_count = definition->closure_count;
    schedule->holidays_by_shift_start = definition->holidays_by_shift_start;
    schedule->override_beats_holiday = definition->override_beats_holiday;
    schedule->is_always_open = is_always_open(schedule);
    schedule->is_steady = has_shifts(schedule); /* but for its exceptions */
    return BPO_OK;
}

static int compare_versions(const void *a, const void *b, void *user)
{
    const bpo__schedule *x = a;
    const bpo__schedule *y = b;
    (void)user;
    return x->from_days < y->from_days ? -1 : x->from_days > y->from_days;
}

/* Ten years have more than 520 weeks. With a shift in each week, it takes an exception in each to close them all; a
 * clock that skips the hour adds a few at most. A change of version can cost a shift, as an exception can. */
#define EXCEPTIONS_MOST 400

/* What is true of all versions is true of the whole. */
static void judge_versions(bpo__schedule *schedule)
{
    size_t exceptions = exceptions_of(schedule) + schedule->version_count;
    for (size_t i = 0; i < schedule->version_count; i++) {
        exceptions += exceptions_of(&schedule->versions[i]);
        schedule->is_always_open = schedule->is_always_open && schedule->versions[i].is_always_open;
        schedule->is_steady = schedule->is_steady && schedule->versions[i].is_steady;
    }
    schedule->is_steady = schedule->is_steady && exceptions < EXCEPTIONS_MOST;
}

bpo_status bpo__schedule_init(bpo__schedule *schedule, bpo__arena *arena, const bpo__calendar_definition *definition,
                              bpo_error *err)
{
    bpo__schedule *versions = bpo__arena_alloc(arena, definition->version_count * sizeof(*versions));
    bpo_status status = versions != NULL ? copy_version(schedule, arena, definition, err) : bpo__fail_memory(err);
    for (size_t i = 0; status == BPO_OK && i < definition->version_count; i++) {
        versions[i].from_days = definition->versions[i].from_days;
        status = copy_version(&versions[i], arena, &definition->versions[i].definition, err);
    }
    if (status != BPO_OK)
        return status;
    bpo__sort(versions, definition->version_count, sizeof(*versions), compare_versions, NULL);
    for (size_t i = 1; i < definition->version_count; i++) {
        if (versions[i].from_days == versions[i - 1].from_days)
            return bpo__fail(err, BPO_E_INVALID, BPO__MSG_date_twice, NULL, "a version", NULL, NULL);
    }
    schedule->versions = versions;
    schedule->version_count = definition->version_count;
    judge_versions(schedule);
    return BPO_OK;
}
