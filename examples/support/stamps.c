/* SPDX-License-Identifier: Apache-2.0 */
/* A log's stamps have no zone; the caller says which wall clock they were read from. */
#include "stamps.h"

#include <stdlib.h>
#include <string.h>

bool number_read(const char *text, long long *ret_number)
{
    char *end;
    long long number = strtoll(text, &end, 10);
    if (end == text || *end || strlen(text) > 18)
        return false;
    *ret_number = number;
    return true;
}

/* Digits up to a mark that must follow. */
static bool part(const char **text, int digits_most, char mark, int32_t *ret)
{
    int32_t value = 0;
    int digits = 0;
    while (**text >= '0' && **text <= '9' && digits < digits_most) {
        value = value * 10 + (**text - '0');
        digits++;
        (*text)++;
    }
    if (digits == 0 || **text != mark)
        return false;
    if (mark)
        (*text)++;
    *ret = value;
    return true;
}

bool stamp_read(const bpo_zone *zone, const char *text, bpo_time *ret_at)
{
    bpo_civil civil = {0};
    if (strchr(text, 'T'))
        return bpo_time_parse(text, ret_at, NULL) == BPO_OK;
    return part(&text, 2, '/', &civil.day) && part(&text, 2, '/', &civil.month) && part(&text, 4, ' ', &civil.year) &&
           part(&text, 2, ':', &civil.hour) && part(&text, 2, '\0', &civil.minute) &&
           bpo_zone_from_civil(zone, &civil, ret_at, NULL) == BPO_OK;
}
