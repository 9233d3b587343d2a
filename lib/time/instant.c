/* SPDX-License-Identifier: Apache-2.0 */
/* The text of instants, RFC 3339. A leap second is refused, as POSIX time has none. */
#include "time/instant.h"
#include "core/fail.h"
#include "time/date.h"

#define LOCAL_SIZE 19 /* 2026-07-01T00:00:00 */
#define FRACTION_DIGITS 6
#define NEVER_TEXT "never"

/* The fields of a text. */
typedef struct fields {
    bpo__date date;
    int32_t hour;
    int32_t minute;
    int32_t second;
    int32_t microsecond;
    int32_t offset_minutes;
} fields;

static bool is_one_of(bpo__text text, size_t at, char a, char b)
{
    return at < text.size && (text.data[at] == a || text.data[at] == b);
}

/* YYYY-MM-DDTHH:MM:SS */
static bool read_local(bpo__text text, fields *f)
{
    return bpo__digits_parse(text, 0, 4, &f->date.year) && is_one_of(text, 4, '-', '-') &&
           bpo__digits_parse(text, 5, 2, &f->date.month) && is_one_of(text, 7, '-', '-') &&
           bpo__digits_parse(text, 8, 2, &f->date.day) && is_one_of(text, 10, 'T', 't') &&
           bpo__digits_parse(text, 11, 2, &f->hour) && is_one_of(text, 13, ':', ':') &&
           bpo__digits_parse(text, 14, 2, &f->minute) && is_one_of(text, 16, ':', ':') &&
           bpo__digits_parse(text, 17, 2, &f->second);
}

/* .5 or .123456; returns where it ends, or 0 for one that is malformed. */
static size_t read_fraction(bpo__text text, size_t at, int32_t *ret_microsecond)
{
    int32_t value = 0;
    size_t digits = 0;
    *ret_microsecond = 0;
    if (!is_one_of(text, at, '.', '.'))
        return at;
    for (at++; at < text.size && text.data[at] >= '0' && text.data[at] <= '9'; at++, digits++) {
        if (digits == FRACTION_DIGITS)
            return 0;
        value = value * 10 + (text.data[at] - '0');
    }
    if (digits == 0)
        return 0;
    for (; digits < FRACTION_DIGITS; digits++)
        value *= 10;
    *ret_microsecond = value;
    return at;
}

/* Z or +HH:MM, to the end of the text. */
static bool read_offset(bpo__text text, size_t at, int32_t *ret_minutes)
{
    int32_t hours;
    int32_t minutes;
    *ret_minutes = 0;
    if (is_one_of(text, at, 'Z', 'z'))
        return at + 1 == text.size;
    if (!is_one_of(text, at, '+', '-') || !bpo__digits_parse(text, at + 1, 2, &hours) ||
        !is_one_of(text, at + 3, ':', ':') || !bpo__digits_parse(text, at + 4, 2, &minutes))
        return false;
    *ret_minutes = (text.data[at] == '-' ? -1 : 1) * (hours * 60 + minutes);
    return at + 6 == text.size && hours <= 23 && minutes <= 59;
}

static bool read_instant(bpo__text text, fields *f)
{
    if (!read_local(text, f))
        return false;
    size_t at = read_fraction(text, LOCAL_SIZE, &f->microsecond);
    return at != 0 && read_offset(text, at, &f->offset_minutes);
}

static bool fields_exist(const fields *f)
{
    return bpo__date_exists(f->date.year, f->date.month, f->date.day) && f->hour <= 23 && f->minute <= 59 &&
           f->second <= 59;
}

static bool is_in_years(bpo_time at)
{
    bpo_time first = bpo__days_of_civil(BPO__YEAR_MIN, 1, 1) * BPO_DAY;
    bpo_time end = bpo__days_of_civil(BPO__YEAR_MAX + 1, 1, 1) * BPO_DAY;
    return at >= first && at < end;
}

static bpo_time instant_of(const fields *f)
{
    int64_t days = bpo__days_of_civil(f->date.year, f->date.month, f->date.day);
    return days * BPO_DAY + f->hour * BPO_HOUR + f->minute * BPO_MINUTE + f->second * BPO_SECOND + f->microsecond -
           f->offset_minutes * BPO_MINUTE;
}

bpo_status bpo__instant_parse(const char *path, bpo__text text, bpo_time *ret_at, bpo_error *err)
{
    fields f;
    bpo__text none = {NULL, 0};
    if (!read_instant(text, &f) || !fields_exist(&f))
        return bpo__fail_text(err, BPO_E_VALUE, BPO__MSG_instant_malformed, bpo__text_of(path), text, none, none);
    bpo_time at = instant_of(&f);
    if (!is_in_years(at))
        return bpo__fail_text(err, BPO_E_HORIZON, BPO__MSG_instant_outside, bpo__text_of(path), text, none, none);
    *ret_at = at;
    return BPO_OK;
}

bpo_status bpo_time_parse(const char *text, bpo_time *ret_at, bpo_error *err)
{
    if (text == NULL)
        return bpo__fail_argument(err, "text");
    if (ret_at == NULL)
        return bpo__fail_argument(err, "ret_at");
    return bpo__instant_parse(NULL, bpo__text_of(text), ret_at, err);
}

/* .5 for half a second, nothing for none; returns the size. */
static size_t put_fraction(char *text, int32_t microsecond)
{
    size_t size = 0;
    if (microsecond > 0)
        text[size++] = '.';
    for (int32_t unit = BPO_SECOND / 10; microsecond > 0; unit /= 10) {
        text[size++] = (char)('0' + microsecond / unit);
        microsecond %= unit;
    }
    return size;
}

/* HH:MM:SS of an instant of the day. */
static void put_time(char *text, int64_t second_of_day)
{
    bpo__digits_format((int32_t)(second_of_day / 3600), 2, text);
    text[2] = ':';
    bpo__digits_format((int32_t)(second_of_day / 60 % 60), 2, text + 3);
    text[5] = ':';
    bpo__digits_format((int32_t)(second_of_day % 60), 2, text + 6);
}

static size_t format_instant(bpo_time at, char *text)
{
    int64_t days = at / BPO_DAY - (at % BPO_DAY < 0);
    bpo_duration of_day = at - days * BPO_DAY;
    size_t size = bpo__date_format((int32_t)days, text);
    text[size] = 'T';
    put_time(text + size + 1, of_day / BPO_SECOND);
    size = LOCAL_SIZE + put_fraction(text + LOCAL_SIZE, (int32_t)(of_day % BPO_SECOND));
    text[size++] = 'Z';
    text[size] = '\0';
    return size;
}

size_t bpo_time_format(bpo_time at, char *text, size_t size)
{
    char whole[BPO_TIME_TEXT_SIZE] = NEVER_TEXT;
    size_t length = sizeof(NEVER_TEXT) - 1;
    if (text == NULL || (at != BPO_TIME_NEVER && !is_in_years(at)))
        return 0;
    if (at != BPO_TIME_NEVER)
        length = format_instant(at, whole);
    if (length >= size)
        return 0;
    memcpy(text, whole, length + 1);
    return length;
}
