/* SPDX-License-Identifier: Apache-2.0 */
/* Periods of a contract: local dates, counted from the original anchor (31 January, 28 February, 31 March), and the
 * instants at which they begin. */
#include "core/fail.h"
#include "terms/book.h"
#include "terms/values.h"
#include "time/civil.h"
#include "time/date.h"
#include "time/duration.h"
#include "time/zone.h"

/* Far enough inside the years of dates that a period's both ends exist. */
#define FIRST_YEAR 2
#define LAST_YEAR  9998

static int32_t floor_divide(int32_t a, int32_t b)
{
    return a / b - (a % b < 0);
}

/* First date of the period that starts in a month; months are counted from year 0. */
static int32_t start_in_month(const bpo__settings *settings, int32_t month)
{
    int32_t year = floor_divide(month, 12);
    int32_t in_year = month - 12 * year + 1;
    int32_t length = bpo__month_length(year, in_year);
    int32_t day = settings->anchor_day < length ? settings->anchor_day : length;

    return bpo__days_of_civil(year, in_year, day);
}

static void month_period(const bpo__settings *settings, int32_t days, int32_t *ret_first, int32_t *ret_next)
{
    static const int32_t lengths[] = {0, 1, 0, 3, 12};
    int32_t length = lengths[settings->period];
    bpo__date date = bpo__civil_of_days(days);
    int32_t month = date.year * 12 + date.month - 1;
    int32_t first = month - (month - settings->anchor_month + 1 + 12 * length) % length;

    if (days < start_in_month(settings, first))
        first -= length;
    *ret_first = start_in_month(settings, first);
    *ret_next = start_in_month(settings, first + length);
}

void bpo__period_days(const bpo__settings *settings, int32_t days, int32_t *ret_first, int32_t *ret_next)
{
    int32_t since;

    if (settings->period != BPO__PERIOD_WEEK) {
        month_period(settings, days, ret_first, ret_next);
        return;
    }
    since = (bpo__weekday_of_days(days) - 1 - settings->week_start + 7) % 7;
    *ret_first = days - since;
    *ret_next = *ret_first + 7;
}

static bool is_inside(bpo_time at)
{
    return at >= bpo__days_of_civil(FIRST_YEAR, 1, 1) * BPO_DAY && at < bpo__days_of_civil(LAST_YEAR, 12, 31) * BPO_DAY;
}

bpo_status bpo__contract_period_at(const bpo_contract *contract, bpo_time at, bpo_time *ret_start, bpo_time *ret_end,
                                   bpo_error *err)
{
    const bpo__settings *settings = &contract->settings;
    int32_t first, next;

    if (!is_inside(at))
        return bpo__fail(err, BPO_E_HORIZON, BPO__MSG_period_outside, NULL, NULL, NULL, NULL);
    bpo__period_days(settings, bpo__zone_local_days(settings->zone, at), &first, &next);
    *ret_start = bpo__zone_midnight(settings->zone, first);
    *ret_end = bpo__zone_midnight(settings->zone, next);
    return BPO_OK;
}

/* `2026-07` stands for the first of July where periods are calendar months. */
static bpo_status first_date(const bpo__settings *settings, bpo__text period, int32_t *ret_days, bpo_error *err)
{
    char date[] = "YYYY-MM-01";
    bool of_months = settings->period == BPO__PERIOD_MONTH && settings->anchor_day == 1;

    if (period.size != 7)
        return bpo__date_parse(NULL, period, ret_days, NULL) == BPO_OK
                   ? BPO_OK
                   : bpo__value_refuse(NULL, period, BPO__MSG_period_malformed, NULL, err);
    memcpy(date, period.data, 7);
    if (bpo__date_parse(NULL, bpo__text_of(date), ret_days, NULL) != BPO_OK)
        return bpo__value_refuse(NULL, period, BPO__MSG_period_malformed, NULL, err);
    return of_months ? BPO_OK : bpo__value_refuse(NULL, period, BPO__MSG_period_of_months, NULL, err);
}

bpo_status bpo_contract_period(const bpo_contract *contract, const char *period, bpo_time *ret_start, bpo_time *ret_end,
                               bpo_error *err)
{
    char start[BPO__DATE_TEXT_SIZE];
    int32_t days, first, next;
    bpo_status status;

    if (!contract || !period || !ret_start || !ret_end)
        return bpo__fail_argument(err, !contract ? "contract" : !period ? "period" : "ret_start and ret_end");
    status = first_date(&contract->settings, bpo__text_of(period), &days, err);
    if (status != BPO_OK)
        return status;
    if (!is_inside(days * BPO_DAY))
        return bpo__fail(err, BPO_E_HORIZON, BPO__MSG_period_outside, NULL, NULL, NULL, NULL);
    bpo__period_days(&contract->settings, days, &first, &next);
    if (first != days) {
        bpo__date_format(first, start);
        return bpo__value_refuse(NULL, bpo__text_of(period), BPO__MSG_period_start, start, err);
    }
    *ret_start = bpo__zone_midnight(contract->settings.zone, first);
    *ret_end = bpo__zone_midnight(contract->settings.zone, next);
    return BPO_OK;
}

/* --- settings ------------------------------------------------------------------------------------------------- */

static bpo_status read_choice(bpo__branch root, const char *path, const char *choices, int32_t *ret_index,
                              bpo_error *err)
{
    bpo__text value = bpo__branch_value(root, path + 1);

    *ret_index = 0;
    return value.data ? bpo__value_choice(path, value, choices, ret_index, err) : BPO_OK;
}

static bpo_status read_start(bpo__branch root, bpo__settings *settings, bpo_error *err)
{
    bpo__text value = bpo__branch_value(root, "contract/start");
    int32_t days;
    bpo_status status;

    settings->start = INT64_MIN;
    settings->anchor_month = 1;
    if (!value.data)
        return BPO_OK;
    status = bpo__date_parse("/contract/start", value, &days, err);
    if (status != BPO_OK)
        return status;
    settings->start = bpo__zone_midnight(settings->zone, days);
    settings->anchor_month = bpo__civil_of_days(days).month;
    return BPO_OK;
}

static bpo_status read_anchor(bpo__branch root, bpo__settings *settings, bpo_error *err)
{
    bpo__text value = bpo__branch_value(root, "contract/anchor_day");
    int64_t day = 1;
    bpo_status status = BPO_OK;

    if (value.data)
        status = bpo__value_integer("/contract/anchor_day", value, 1, 31, &day, err);
    settings->anchor_day = (int32_t)day;
    return status;
}

static bpo_status read_span(bpo__branch root, const char *path, bpo_duration otherwise, bpo_duration *ret_span,
                            bpo_error *err)
{
    bpo__text value = bpo__branch_value(root, path + 1);
    bpo_status status = BPO_OK;

    *ret_span = otherwise;
    if (value.data)
        status = bpo__duration_parse(path, value, ret_span, err);
    if (status == BPO_OK && *ret_span < 0)
        return bpo__value_refuse(path, value, BPO__MSG_target_negative, NULL, err);
    return status;
}

bpo_status bpo__settings_read(const bpo__plan *plan, bpo__settings *settings, bpo_error *err)
{
    bpo__branch root = bpo__branch_root(plan->terms);
    int32_t period, late;
    bpo_status status = read_choice(root, "/contract/period", "month,week,quarter,year", &period, err);

    settings->zone = plan->zone;
    if (status == BPO_OK)
        status = read_choice(root, "/contract/week_start", "mon,tue,wed,thu,fri,sat,sun", &settings->week_start, err);
    if (status == BPO_OK)
        status = read_choice(root, "/contract/late_facts", "adjust,restate,refuse", &late, err);
    if (status == BPO_OK)
        status = read_start(root, settings, err);
    if (status == BPO_OK)
        status = read_anchor(root, settings, err);
    if (status == BPO_OK)
        status = read_span(root, "/contract/clock_tolerance", 5 * BPO_SECOND, &settings->clock_tolerance, err);
    if (status == BPO_OK)
        status = read_span(root, "/contract/late_window", BPO__WINDOW_OPEN, &settings->late_window, err);
    if (status != BPO_OK)
        return status;
    settings->period = (bpo__period_kind)(BPO__PERIOD_MONTH + period);
    settings->late_facts = (bpo__late_facts)(BPO__LATE_ADJUST + late);
    return BPO_OK;
}
