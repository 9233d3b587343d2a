/* SPDX-License-Identifier: Apache-2.0 */
/* The rule in a TZif footer: a POSIX TZ string with the extensions of RFC 9636, such as EST5EDT,M3.2.0,M11.1.0. */
#ifndef BPO_TIME_ZONE_RULE_H
#define BPO_TIME_ZONE_RULE_H

#include "core/text.h"

typedef enum bpo__rule_day {
    BPO__RULE_DAY_WEEKDAY = 1, /* Mm.w.d */
    BPO__RULE_DAY_JULIAN,      /* Jn: 1..365, 29 February never counts */
    BPO__RULE_DAY_ZERO         /* n: 0..365, 29 February counts */
} bpo__rule_day;

typedef struct bpo__rule_date {
    bpo__rule_day kind;
    int32_t month;   /* of Mm.w.d */
    int32_t week;    /* 1..5, 5 is the last */
    int32_t weekday; /* 0 Sunday .. 6 */
    int32_t day;     /* of the two others */
    int32_t second;  /* after 00:00 of the clock as it is before the change; -167 h .. 167 h */
} bpo__rule_date;

typedef struct bpo__zone_rule {
    int32_t standard; /* local minus UTC in seconds */
    int32_t daylight;
    bool has_daylight;
    bpo__rule_date starts; /* of daylight saving */
    bpo__rule_date ends;
} bpo__zone_rule;

/* A stretch of time [from, until) in seconds UTC with one offset. INT64_MIN and INT64_MAX stand for no end. */
typedef struct bpo__zone_span {
    int64_t from;
    int64_t until;
    int32_t offset;
} bpo__zone_span;

/* False for anything that is not such a string. */
bool bpo__zone_rule_parse(bpo__text text, bpo__zone_rule *ret_rule);
/* The span that holds a second, if the rule held for ever. */
bpo__zone_span bpo__zone_rule_span(const bpo__zone_rule *rule, int64_t second);

#endif
