/* SPDX-License-Identifier: Apache-2.0 */
/* A zone inside: changes of offset from the TZif bytes and, after them, from the footer's rule.
 *
 * The rule is written out as changes up to the last year that calendars cover, so that every question of ordinary
 * life is one look into one table; farther years ask the rule itself. */
#ifndef BPO_TIME_ZONE_H
#define BPO_TIME_ZONE_H

#include "core/reference.h"
#include "time/zone_index.h"
#include "time/zone_rule.h"
#include <bpo/zone.h>

struct bpo_zone {
    bpo__references references;
    bpo_context *context;
    const char *name;
    const char *version;             /* of the zone database, or "" */
    uint8_t digest[BPO_DIGEST_SIZE]; /* of the TZif bytes */
    bool has_digest;                 /* where the host supplies a digest; never for UTC */
    bool has_rule;                   /* with daylight saving */
    bpo__zone_rule rule;
    int64_t rule_until; /* with a rule: it holds before this second, too (INT64_MIN where the file knows the past) */
    int64_t rule_from;  /* and from this second on; between the two the changes say all */
    const bpo__zone_change *changes; /* ascending, each another offset than the one before */
    size_t change_count;
    bpo__zone_index index; /* over them; empty where a search by halves does */
    int32_t first_offset; /* before the first change */
    bpo__arena arena;
};

/* The span that holds a second; neighbours may have the same offset. */
bpo__zone_span bpo__zone_span_at(const bpo_zone *zone, int64_t second);
int32_t bpo__zone_offset(const bpo_zone *zone, bpo_time at);

/* Local date of an instant, as a day number. */
int32_t bpo__zone_local_days(const bpo_zone *zone, bpo_time at);
/* First instant of a local date. Where 00:00 is skipped, the first instant after the gap; a date that is skipped whole
 * begins where the next one does. For year 1 to 9999. */
bpo_time bpo__zone_midnight(const bpo_zone *zone, int32_t days);
/* The instant of second `second_of_day` of a local date, by the rule of bpo_zone_from_civil(). */
bpo_time bpo__zone_instant(const bpo_zone *zone, int32_t days, int32_t second_of_day);

const char *bpo__zone_name(const bpo_zone *zone);
const char *bpo__zone_version(const bpo_zone *zone);
/* The 32 bytes of the TZif bytes' digest, or NULL where the host supplies none. */
const uint8_t *bpo__zone_digest(const bpo_zone *zone);

/* Fills changes, first offset and rule of a zone that has its name and arena. */
bpo_status bpo__tzif_read(bpo_zone *zone, const uint8_t *bytes, size_t size, bpo_error *err);

#endif
