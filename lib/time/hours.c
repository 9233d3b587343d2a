/* SPDX-License-Identifier: Apache-2.0 */
/* The text of hours. */
#include "time/hours.h"
#include "core/fail.h"
#include "time/date.h"

#define HOUR_SECONDS 3600
#define MINUTE_SECONDS 60

/* Steps over blanks. */
static size_t past_blanks(bpo__text text, size_t at)
{
    while (at < text.size && text.data[at] == ' ')
        at++;
    return at;
}

static bool skip(bpo__text text, size_t *at, char c)
{
    if (*at >= text.size || text.data[*at] != c)
        return false;
    ++*at;
    return true;
}

/* HH:MM or HH:MM:SS; 0 or the message that refuses it. */
static int32_t read_time(bpo__text text, size_t *at, int32_t *ret_second)
{
    int32_t hour;
    int32_t minute;
    int32_t second = 0;
    if (!bpo__digits_parse(text, *at, 2, &hour))
        return BPO__MSG_hours_malformed;
    *at += 2;
    if (!skip(text, at, ':') || !bpo__digits_parse(text, *at, 2, &minute))
        return BPO__MSG_hours_malformed;
    *at += 2;
    if (skip(text, at, ':')) {
        if (!bpo__digits_parse(text, *at, 2, &second))
            return BPO__MSG_hours_malformed;
        *at += 2;
    }
    *ret_second = hour * HOUR_SECONDS + minute * MINUTE_SECONDS + second;
    return minute > 59 || second > 59 || *ret_second > BPO__DAY_SECONDS ? BPO__MSG_hours_outside : 0;
}

/* START-END with blanks around either. */
static int32_t read_range(bpo__text text, size_t *at, bpo__range *ret_range)
{
    int32_t problem;
    bpo__range range;
    *at = past_blanks(text, *at);
    if ((problem = read_time(text, at, &range.from)) != 0)
        return problem;
    *at = past_blanks(text, *at);
    if (!skip(text, at, '-'))
        return BPO__MSG_hours_malformed;
    *at = past_blanks(text, *at);
    if ((problem = read_time(text, at, &range.until)) != 0)
        return problem;
    *at = past_blanks(text, *at);
    if (range.from == BPO__DAY_SECONDS)
        return BPO__MSG_hours_outside;
    if (range.until <= range.from)
        range.until += BPO__DAY_SECONDS;
    *ret_range = range;
    return 0;
}

/* Ranges of a text that is not blank; `ranges` may be NULL to count only. */
static int32_t read_list(bpo__text text, bpo__range *ranges, size_t *ret_count)
{
    size_t at = 0;
    size_t count = 0;
    do {
        bpo__range range;
        int32_t problem = read_range(text, &at, &range);
        if (problem != 0)
            return problem;
        if (ranges != NULL)
            ranges[count] = range;
        count++;
    } while (skip(text, &at, ','));
    *ret_count = count;
    return at == text.size ? 0 : BPO__MSG_hours_malformed;
}

bpo_status bpo__hours_parse(bpo__arena *arena, const char *path, bpo__text text, bpo__hours *ret_hours,
                            bpo_error *err)
{
    bpo__hours hours = {NULL, 0};
    if (past_blanks(text, 0) < text.size) {
        int32_t problem = read_list(text, NULL, &hours.count);
        bpo__text none = {NULL, 0};
        if (problem != 0)
            return bpo__fail_text(err, BPO_E_VALUE, problem, bpo__text_of(path), text, none, none);
        if (hours.count > BPO__HOURS_MOST)
            return bpo__fail(err, BPO_E_LIMIT, BPO__MSG_hours_many, path, BPO__HOURS_MOST_TEXT, NULL, NULL);
        bpo__range *ranges = bpo__arena_alloc(arena, hours.count * sizeof(*ranges));
        if (ranges == NULL)
            return bpo__fail_memory(err);
        read_list(text, ranges, &hours.count);
        hours.ranges = ranges;
    }
    *ret_hours = hours;
    return BPO_OK;
}
