/* SPDX-License-Identifier: Apache-2.0 */
/* Zones: loading one through the host, and the two questions of time and wall clock.
 *
 * From an instant to a reading there is one answer. Back there may be none (the clock skipped it) or two (it went
 * back): a skipped reading is moved forward by the gap, of two the first is taken. */
#include "time/zone.h"
#include "core/buffer.h"
#include "core/digest.h"
#include "core/fail.h"
#include "time/civil.h"
#include "time/hours.h"

#define TZIF_SIZE_MOST (1u << 20)
#define VERSION_SIZE_MOST 64

/* No offset from UTC reaches this. */
#define OFFSET_BOUND (27 * 3600)

/* Days that may have an instant of the years 1 to 9999 in some zone. */
#define CIVIL_MARGIN 2
#define CIVIL_FIRST  (BPO__DAYS_MIN - CIVIL_MARGIN)
#define CIVIL_COUNT  (BPO__DAYS_MAX - BPO__DAYS_MIN + 1 + 2 * CIVIL_MARGIN)

/* --- loading --------------------------------------------------------------------------------------------------- */

/* Takes what the host's callback writes, and remembers why it refused any. */
typedef struct intake {
    bpo__buffer buffer;
    size_t most;
    bpo_status status;
} intake;

static bpo_status take(void *user, const void *data, size_t size)
{
    intake *in = user;
    if (in->status == BPO_OK && size > in->most - in->buffer.size)
        in->status = BPO_E_LIMIT;
    if (in->status == BPO_OK)
        in->status = bpo__buffer_append(&in->buffer, data, size);
    return in->status;
}

/* A version that is too long is left out, and no reason for the host to fail. */
static bpo_status take_version(void *user, const void *data, size_t size)
{
    bpo_status status = take(user, data, size);
    return status == BPO_E_LIMIT ? BPO_OK : status;
}

static bpo_sink intake_sink(intake *in, bpo_context *context, size_t most)
{
    bpo_sink sink = BPO_SINK_INIT;
    bpo__buffer_init(&in->buffer, context);
    in->most = most;
    in->status = BPO_OK;
    sink.user = in;
    sink.write = take;
    return sink;
}

/* What the callback's answer means; our own refusals count even if the host swallowed them. */
static bpo_status judge(bpo_status answer, const intake *tzif, const intake *version, const char *name, bpo_error *err)
{
    if (tzif->status == BPO_E_NOMEM || version->status == BPO_E_NOMEM)
        return bpo__fail_memory(err);
    if (tzif->status != BPO_OK)
        return bpo__fail(err, BPO_E_ZONE_DATA, BPO__MSG_zone_large, NULL, name, NULL, NULL);
    if (answer == BPO_PASS)
        return bpo__fail(err, BPO_E_UNSUPPORTED, BPO__MSG_callback_missing, NULL, "zone", NULL, NULL);
    if (answer == BPO_E_ZONE)
        return bpo__fail(err, BPO_E_ZONE, BPO__MSG_zone_unknown, NULL, name, NULL, NULL);
    return answer == BPO_OK ? BPO_OK : bpo__fail_host(err, answer, "zone");
}

static bpo_status take_digest(bpo_zone *zone, const bpo__buffer *tzif, bpo_error *err)
{
    bpo_status status = bpo__digest(zone->context, tzif->data, tzif->size, zone->digest, err);
    zone->has_digest = status == BPO_OK;
    return status == BPO_PASS ? BPO_OK : status;
}

/* A version that is too long or no text is as good as none. */
static bool set_version(bpo_zone *zone, const intake *version)
{
    const char *text = (const char *)version->buffer.data;
    bool is_text = version->status == BPO_OK && bpo__utf8_is_valid(text, version->buffer.size);
    if (!is_text)
        bpo__log(zone->context, BPO_LOG_WARNING, "the version of the zone database is no text of up to 64 bytes");
    zone->version = bpo__arena_text(&zone->arena, text, is_text ? version->buffer.size : 0);
    return zone->version != NULL;
}

static bpo_status fill(bpo_zone *zone, const intake *tzif, const intake *version, bpo_error *err)
{
    if (!set_version(zone, version))
        return bpo__fail_memory(err);
    bpo_status status = bpo__tzif_read(zone, tzif->buffer.data, tzif->buffer.size, err);
    return status == BPO_OK ? take_digest(zone, &tzif->buffer, err) : status;
}

static bpo_status load(bpo_zone *zone, bpo_error *err)
{
    const bpo_host *host = &zone->context->host;
    intake tzif;
    intake version;
    if (host->zone == NULL)
        return bpo__fail(err, BPO_E_UNSUPPORTED, BPO__MSG_callback_missing, NULL, "zone", NULL, NULL);
    bpo_sink tzif_sink = intake_sink(&tzif, zone->context, TZIF_SIZE_MOST);
    bpo_sink version_sink = intake_sink(&version, zone->context, VERSION_SIZE_MOST);
    version_sink.write = take_version;
    bpo_status status = host->zone(host->user, zone->name, &tzif_sink, &version_sink);
    status = judge(status, &tzif, &version, zone->name, err);
    if (status == BPO_OK)
        status = fill(zone, &tzif, &version, err);
    bpo__buffer_clear(&tzif.buffer);
    bpo__buffer_clear(&version.buffer);
    return status;
}

static void destroy(bpo_zone *zone)
{
    bpo_context *context = zone->context;
    bpo__arena_clear(&zone->arena);
    bpo__free(context, zone, sizeof(*zone));
    bpo_context_unref(context);
}

/* A zone without changes: UTC until something is loaded into it. */
static bpo_zone *make(bpo_context *context, const char *name)
{
    bpo_zone *zone = bpo__alloc_zeroed(context, sizeof(*zone));
    if (zone == NULL)
        return NULL;
    bpo__reference_init(&zone->references);
    zone->context = bpo_context_ref(context);
    bpo__arena_init(&zone->arena, context);
    zone->rule_until = INT64_MIN;
    zone->rule_from = INT64_MAX;
    zone->version = "";
    zone->name = bpo__arena_text(&zone->arena, name, strlen(name));
    if (zone->name == NULL) {
        destroy(zone);
        return NULL;
    }
    return zone;
}

bpo_status bpo_zone_new(bpo_context *context, const char *name, bpo_zone **ret_zone, bpo_error *err)
{
    if (context == NULL)
        return bpo__fail_argument(err, "context");
    if (name == NULL)
        return bpo__fail_argument(err, "name");
    if (ret_zone == NULL)
        return bpo__fail_argument(err, "ret_zone");
    bpo_zone *zone = make(context, name);
    if (zone == NULL)
        return bpo__fail_memory(err);
    bpo_status status = bpo__text_is(bpo__text_of(name), "UTC") ? BPO_OK : load(zone, err);
    if (status != BPO_OK) {
        destroy(zone);
        return status;
    }
    *ret_zone = zone;
    return BPO_OK;
}

bpo_zone *bpo_zone_ref(bpo_zone *zone)
{
    if (zone != NULL)
        bpo__reference_take(&zone->references);
    return zone;
}

bpo_zone *bpo_zone_unref(bpo_zone *zone)
{
    if (zone != NULL && bpo__reference_drop(&zone->references))
        destroy(zone);
    return NULL;
}

const char *bpo__zone_name(const bpo_zone *zone)
{
    return zone->name;
}

const char *bpo__zone_version(const bpo_zone *zone)
{
    return zone->version;
}

const uint8_t *bpo__zone_digest(const bpo_zone *zone)
{
    return zone->has_digest ? zone->digest : NULL;
}

/* --- from an instant to the wall clock ------------------------------------------------------------------------- */

/* How many changes lie at or before a second. */
static size_t changes_until(const bpo_zone *zone, int64_t second)
{
    size_t low = 0;
    size_t high = zone->change_count;
    if (bpo__zone_index_knows(&zone->index, second))
        return (size_t)(bpo__zone_index_at(&zone->index, second) - zone->index.entries);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (zone->changes[middle].at <= second)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bpo__zone_span bpo__zone_span_at(const bpo_zone *zone, int64_t second)
{
    if (zone->has_rule && (second < zone->rule_until || second >= zone->rule_from))
        return bpo__zone_rule_span(&zone->rule, second);
    size_t passed = changes_until(zone, second);
    bpo__zone_span span;
    span.from = passed > 0 ? zone->changes[passed - 1].at : zone->rule_until;
    span.until = passed < zone->change_count ? zone->changes[passed].at : zone->rule_from;
    span.offset = passed > 0 ? zone->changes[passed - 1].offset : zone->first_offset;
    return span;
}

/* Seconds, rounded down. */
static int64_t second_of(bpo_time at)
{
    return at / BPO_SECOND - (at % BPO_SECOND < 0);
}

static int32_t day_of(int64_t local_second)
{
    return (int32_t)(local_second / BPO__DAY_SECONDS - (local_second % BPO__DAY_SECONDS < 0));
}

static int32_t offset_at(const bpo_zone *zone, int64_t second)
{
    if (bpo__zone_index_knows(&zone->index, second))
        return bpo__zone_index_at(&zone->index, second)->offset;
    return bpo__zone_span_at(zone, second).offset;
}

int32_t bpo__zone_offset(const bpo_zone *zone, bpo_time at)
{
    return offset_at(zone, second_of(at));
}

int32_t bpo__zone_local_days(const bpo_zone *zone, bpo_time at)
{
    return day_of(second_of(at) + bpo__zone_offset(zone, at));
}

/* --- from the wall clock to an instant -------------------------------------------------------------------------- */

/* Where a local second falls. */
typedef struct landing {
    int64_t second;    /* UTC: its first reading; one that is skipped, moved forward by the gap */
    int64_t first_not_before; /* UTC: the first second whose reading is it or later */
} landing;

static landing land(const bpo_zone *zone, int64_t local_second)
{
    bpo__zone_span span = bpo__zone_span_at(zone, local_second - OFFSET_BOUND);
    int32_t offset_before = span.offset;
    while (local_second - span.offset >= span.until) {
        offset_before = span.offset;
        span = bpo__zone_span_at(zone, span.until);
    }
    landing l = {local_second - span.offset, local_second - span.offset};
    if (l.second < span.from) {
        l.second = local_second - offset_before;
        l.first_not_before = span.from;
    }
    return l;
}

bpo_time bpo__zone_midnight(const bpo_zone *zone, int32_t days)
{
    return land(zone, (int64_t)days * BPO__DAY_SECONDS).first_not_before * BPO_SECOND;
}

bpo_time bpo__zone_instant(const bpo_zone *zone, int32_t days, int32_t second_of_day)
{
    return land(zone, (int64_t)days * BPO__DAY_SECONDS + second_of_day).second * BPO_SECOND;
}

/* What the local clock shows. */
typedef struct reading {
    int32_t days;
    uint32_t second; /* of the day */
    int32_t microsecond;
    int32_t offset;
} reading;

/* False outside the years 1 to 9999. Counts from some days before them, without signs: that divides faster. */
static bool read_clock(const bpo_zone *zone, bpo_time at, reading *r)
{
    uint64_t since = (uint64_t)at - (uint64_t)(CIVIL_FIRST * BPO_DAY);
    if (since >= (uint64_t)(CIVIL_COUNT * BPO_DAY))
        return false;
    uint64_t second = since / BPO_SECOND;
    r->microsecond = (int32_t)(since % BPO_SECOND);
    r->offset = offset_at(zone, (int64_t)second + (int64_t)CIVIL_FIRST * BPO__DAY_SECONDS);
    uint64_t local = second + (uint64_t)((int64_t)CIVIL_MARGIN * BPO__DAY_SECONDS + r->offset);
    r->days = (int32_t)(local / BPO__DAY_SECONDS) + (CIVIL_FIRST - CIVIL_MARGIN);
    r->second = (uint32_t)(local % BPO__DAY_SECONDS);
    return r->days >= BPO__DAYS_MIN && r->days <= BPO__DAYS_MAX;
}

bpo_status bpo_zone_to_civil(const bpo_zone *zone, bpo_time at, bpo_civil *ret_civil, bpo_error *err)
{
    if (zone == NULL)
        return bpo__fail_argument(err, "zone");
    if (ret_civil == NULL)
        return bpo__fail_argument(err, "ret_civil");
    reading r = {0};
    if (!read_clock(zone, at, &r))
        return bpo__fail(err, BPO_E_HORIZON, BPO__MSG_civil_outside, NULL, NULL, NULL, NULL);
    bpo__date date = bpo__civil_of_days(r.days);
    uint32_t minute = r.second / 60;
    bpo_civil civil = {date.year, date.month, date.day, (int32_t)(minute / 60), (int32_t)(minute % 60),
                       (int32_t)(r.second % 60), r.microsecond, bpo__weekday_of_days(r.days), r.offset, 0};
    *ret_civil = civil;
    return BPO_OK;
}

/* The name of the field that is out of range, or NULL. */
static const char *misfit(const bpo_civil *civil)
{
    if (!bpo__date_exists(civil->year, civil->month, civil->day))
        return "the date";
    if (civil->hour < 0 || civil->hour > 23)
        return "the hour";
    if (civil->minute < 0 || civil->minute > 59)
        return "the minute";
    if (civil->second < 0 || civil->second > 59)
        return "the second";
    return civil->microsecond < 0 || civil->microsecond >= BPO_SECOND ? "the microsecond" : NULL;
}

bpo_status bpo_zone_from_civil(const bpo_zone *zone, const bpo_civil *civil, bpo_time *ret_at, bpo_error *err)
{
    if (zone == NULL)
        return bpo__fail_argument(err, "zone");
    if (civil == NULL)
        return bpo__fail_argument(err, "civil");
    if (ret_at == NULL)
        return bpo__fail_argument(err, "ret_at");
    if (civil->year < BPO__YEAR_MIN || civil->year > BPO__YEAR_MAX)
        return bpo__fail(err, BPO_E_HORIZON, BPO__MSG_civil_outside, NULL, NULL, NULL, NULL);
    const char *field = misfit(civil);
    if (field != NULL)
        return bpo__fail(err, BPO_E_INVALID, BPO__MSG_civil_unknown, NULL, field, NULL, NULL);
    int32_t days = bpo__days_of_civil(civil->year, civil->month, civil->day);
    int32_t of_day = civil->hour * 3600 + civil->minute * 60 + civil->second;
    *ret_at = bpo__zone_instant(zone, days, of_day) + civil->microsecond;
    return BPO_OK;
}
