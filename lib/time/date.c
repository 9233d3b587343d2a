/* SPDX-License-Identifier: Apache-2.0 */
/* The text of dates. One form only: all digits, no sign, no blanks. */
#include "time/date.h"
#include "core/fail.h"

#define DATE_SIZE 10   /* 2026-12-25 */
#define YEARLY_SIZE 7  /* --12-25 */
#define LEAP_YEAR 2000 /* a year that has every date of any year */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool bpo__digits_parse(bpo__text text, size_t at, size_t count, int32_t *ret_value)
{
    int32_t value = 0;
    if (count > 9 || at > text.size || count > text.size - at)
        return false;
    for (size_t i = at; i < at + count; i++) {
        if (!is_digit(text.data[i]))
            return false;
        value = value * 10 + (text.data[i] - '0');
    }
    *ret_value = value;
    return true;
}

void bpo__digits_format(int32_t value, size_t count, char *text)
{
    for (size_t i = count; i > 0; i--) {
        text[i - 1] = (char)('0' + value % 10);
        value /= 10;
    }
}

/* MM-DD at the end of either form, whose size is known to be right. */
static bool month_and_day(bpo__text text, size_t at, bpo__date *date)
{
    return bpo__digits_parse(text, at, 2, &date->month) && text.data[at + 2] == '-' &&
           bpo__digits_parse(text, at + 3, 2, &date->day);
}

static bool read_date(bpo__text text, bpo__date *date)
{
    return text.size == DATE_SIZE && bpo__digits_parse(text, 0, 4, &date->year) && text.data[4] == '-' &&
           month_and_day(text, 5, date);
}

static bool read_yearly(bpo__text text, bpo__date *date)
{
    date->year = 0;
    return text.size == YEARLY_SIZE && text.data[0] == '-' && text.data[1] == '-' && month_and_day(text, 2, date);
}

static bpo_status refuse(const char *path, bpo__text text, int32_t message, bpo_error *err)
{
    bpo__text none = {NULL, 0};
    return bpo__fail_text(err, BPO_E_VALUE, message, bpo__text_of(path), text, none, none);
}

bpo_status bpo__date_parse(const char *path, bpo__text text, int32_t *ret_days, bpo_error *err)
{
    bpo__date date;
    if (!read_date(text, &date))
        return refuse(path, text, BPO__MSG_date_malformed, err);
    if (!bpo__date_exists(date.year, date.month, date.day))
        return refuse(path, text, BPO__MSG_date_unknown, err);
    *ret_days = bpo__days_of_civil(date.year, date.month, date.day);
    return BPO_OK;
}

bpo_status bpo__date_or_yearly_parse(const char *path, bpo__text text, bpo__date *ret_date, bpo_error *err)
{
    bpo__date date;
    bool yearly = read_yearly(text, &date);
    if (!yearly && !read_date(text, &date))
        return refuse(path, text, BPO__MSG_yearly_date_malformed, err);
    if (!bpo__date_exists(yearly ? LEAP_YEAR : date.year, date.month, date.day))
        return refuse(path, text, BPO__MSG_date_unknown, err);
    *ret_date = date;
    return BPO_OK;
}

size_t bpo__date_format(int32_t days, char *text)
{
    bpo__date date = bpo__civil_of_days(days);
    bpo__digits_format(date.year, 4, text);
    text[4] = '-';
    bpo__digits_format(date.month, 2, text + 5);
    text[7] = '-';
    bpo__digits_format(date.day, 2, text + 8);
    text[DATE_SIZE] = '\0';
    return DATE_SIZE;
}
