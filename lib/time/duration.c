/* SPDX-License-Identifier: Apache-2.0 */
/* The text of durations: ISO 8601 in units of fixed length, largest first, each at most once. */
#include "time/duration.h"
#include "core/fail.h"

#define FRACTION_DIGITS 6

typedef struct unit {
    char letter;
    bool in_time; /* behind the T */
    bpo_duration size;
} unit;

/* In the order in which they may stand. */
static const unit units[] = {
    {'W', false, 7 * BPO_DAY}, {'D', false, BPO_DAY},    {'H', true, BPO_HOUR},
    {'M', true, BPO_MINUTE},   {'S', true, BPO_SECOND},
};
#define UNIT_COUNT (sizeof(units) / sizeof(units[0]))

/* A text being read. */
typedef struct scan {
    bpo__text text;
    size_t at;
    bool in_time;
    size_t next_unit; /* units before it may not stand any more */
    uint64_t total;   /* microseconds */
    uint64_t most;    /* of total */
    int32_t problem;  /* message, or 0 */
} scan;

static char peek(const scan *s)
{
    return s->at < s->text.size ? s->text.data[s->at] : '\0';
}

static bool skip(scan *s, char c)
{
    if (peek(s) != c)
        return false;
    s->at++;
    return true;
}

static bool refuse(scan *s, int32_t message)
{
    s->problem = message;
    return false;
}

/* Adds count * size to the total. */
static bool add_amount(scan *s, uint64_t count, uint64_t size)
{
    if (count > (s->most - s->total) / size)
        return refuse(s, BPO__MSG_duration_long);
    s->total += count * size;
    return true;
}

static bool read_number(scan *s, uint64_t *ret_value)
{
    size_t start = s->at;
    uint64_t value = 0;
    for (; peek(s) >= '0' && peek(s) <= '9'; s->at++) {
        if (value > (UINT64_MAX - 9) / 10)
            return refuse(s, BPO__MSG_duration_long);
        value = value * 10 + (uint64_t)(peek(s) - '0');
    }
    if (s->at == start)
        return refuse(s, BPO__MSG_duration_malformed);
    *ret_value = value;
    return true;
}

/* The digits behind the point, as microseconds. */
static bool read_fraction(scan *s, uint64_t *ret_microseconds)
{
    uint64_t value = 0;
    size_t digits = 0;
    for (; peek(s) >= '0' && peek(s) <= '9' && digits < FRACTION_DIGITS; s->at++, digits++)
        value = value * 10 + (uint64_t)(peek(s) - '0');
    if (digits == 0)
        return refuse(s, BPO__MSG_duration_malformed);
    for (; digits < FRACTION_DIGITS; digits++)
        value *= 10;
    *ret_microseconds = value;
    return true;
}

/* The unit that the letter stands for here; years and months have a message of their own. */
static const unit *read_unit(scan *s)
{
    char letter = peek(s);
    for (size_t i = s->next_unit; i < UNIT_COUNT; i++) {
        if (units[i].letter == letter && units[i].in_time == s->in_time) {
            s->at++;
            s->next_unit = i + 1;
            return &units[i];
        }
    }
    bool calendar = letter == 'Y' || (letter == 'M' && !s->in_time);
    refuse(s, calendar ? BPO__MSG_duration_calendar : BPO__MSG_duration_malformed);
    return NULL;
}

/* One number with its unit. */
static bool read_part(scan *s)
{
    uint64_t count;
    uint64_t fraction = 0;
    bool has_fraction = false;
    if (!read_number(s, &count))
        return false;
    if (skip(s, '.')) {
        has_fraction = true;
        if (!read_fraction(s, &fraction))
            return false;
    }
    const unit *u = read_unit(s);
    if (u == NULL)
        return false;
    if (has_fraction && u->letter != 'S')
        return refuse(s, BPO__MSG_duration_malformed);
    return add_amount(s, count, (uint64_t)u->size) && add_amount(s, fraction, 1);
}

/* Everything behind the P. */
static bool read_parts(scan *s)
{
    do {
        if (!s->in_time && skip(s, 'T'))
            s->in_time = true;
        if (!read_part(s))
            return false;
    } while (s->at < s->text.size);
    return true;
}

bpo_status bpo__duration_parse(const char *path, bpo__text text, bpo_duration *ret_duration, bpo_error *err)
{
    scan s = {text, 0, false, 0, 0, INT64_MAX, BPO__MSG_duration_malformed};
    bool negative = skip(&s, '-');
    if (!skip(&s, 'P') || !read_parts(&s)) {
        bpo__text none = {NULL, 0};
        return bpo__fail_text(err, BPO_E_VALUE, s.problem, bpo__text_of(path), text, none, none);
    }
    *ret_duration = negative ? -(int64_t)s.total : (int64_t)s.total;
    return BPO_OK;
}

static size_t put_part(char *text, uint64_t count, char letter)
{
    size_t size = bpo__unsigned_format(count, text);
    text[size] = letter;
    return size + 1;
}

/* Seconds with their fraction, if there are any of either. */
static size_t put_seconds(char *text, uint64_t microseconds)
{
    size_t size = bpo__unsigned_format(microseconds / BPO_SECOND, text);
    uint64_t fraction = microseconds % BPO_SECOND;
    if (fraction > 0)
        text[size++] = '.';
    for (uint64_t unit_size = BPO_SECOND / 10; fraction > 0; unit_size /= 10) {
        text[size++] = (char)('0' + fraction / unit_size);
        fraction %= unit_size;
    }
    text[size] = 'S';
    return size + 1;
}

size_t bpo__duration_format(bpo_duration duration, char *text)
{
    uint64_t left = duration < 0 ? 0 - (uint64_t)duration : (uint64_t)duration;
    size_t size = 0;
    if (duration < 0)
        text[size++] = '-';
    text[size++] = 'P';
    text[size++] = 'T';
    if (left >= BPO_HOUR)
        size += put_part(text + size, left / BPO_HOUR, 'H');
    if (left % BPO_HOUR >= BPO_MINUTE)
        size += put_part(text + size, left % BPO_HOUR / BPO_MINUTE, 'M');
    if (left % BPO_MINUTE > 0 || left == 0)
        size += put_seconds(text + size, left % BPO_MINUTE);
    text[size] = '\0';
    return size;
}
