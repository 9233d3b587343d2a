/* SPDX-License-Identifier: Apache-2.0 */
#include "support/fault.h"
#include "support/host.h"
#include "support/test.h"
#include "time/civil.h"
#include "time/zone.h"
#include "tzif_bytes.h"
#include <string.h>

static bpo_context *context;

static int set_up(void **state)
{
    (void)state;
    bpo_host host = test_host();
    return bpo_context_new(&host, &context, NULL) == BPO_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    context = bpo_context_unref(context);
    return 0;
}

static bpo_zone *zone_of(const char *name)
{
    bpo_zone *zone = NULL;
    assert_int_equal(bpo_zone_new(context, name, &zone, NULL), BPO_OK);
    return zone;
}

static bpo_time instant(const char *text)
{
    bpo_time at = 0;
    assert_int_equal(bpo_time_parse(text, &at, NULL), BPO_OK);
    return at;
}

static void utc_needs_no_host(void **state)
{
    (void)state;
    bpo_context *bare = NULL;
    bpo_zone *zone = NULL;
    bpo_civil civil = {0};
    assert_int_equal(bpo_context_new(NULL, &bare, NULL), BPO_OK);
    assert_int_equal(bpo_zone_new(bare, "UTC", &zone, NULL), BPO_OK);
    assert_int_equal(bpo_zone_to_civil(zone, -1, &civil, NULL), BPO_OK);
    assert_int_equal(civil.year, 1969);
    assert_int_equal(civil.month, 12);
    assert_int_equal(civil.day, 31);
    assert_int_equal(civil.hour, 23);
    assert_int_equal(civil.minute, 59);
    assert_int_equal(civil.second, 59);
    assert_int_equal(civil.microsecond, 999999);
    assert_int_equal(civil.weekday, 3);
    assert_int_equal(civil.utc_offset_seconds, 0);
    assert_null(bpo__zone_digest(zone));
    bpo_zone_unref(zone);
    zone = NULL;
    bpo_error err = BPO_ERROR_INIT;
    assert_int_equal(bpo_zone_new(bare, "Europe/Berlin", &zone, &err), BPO_E_UNSUPPORTED);
    assert_non_null(strstr(err.message, "zone"));
    assert_null(zone);
    bpo_context_unref(bare);
}

static void readings_come_back_to_their_instants(void **state)
{
    (void)state;
    static const char *const names[] = {"America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        bpo_zone *zone = zone_of(names[i]);
        for (bpo_time at = instant("2026-01-01T00:30:00Z"); at < instant("2027-01-01T00:00:00Z"); at += BPO_HOUR) {
            bpo_civil civil;
            bpo_time back;
            assert_int_equal(bpo_zone_to_civil(zone, at, &civil, NULL), BPO_OK);
            assert_int_equal(bpo_zone_from_civil(zone, &civil, &back, NULL), BPO_OK);
            if (back != at) { /* the second reading of a repeated hour: the first is taken */
                bpo_civil first;
                assert_true(at - back <= BPO_HOUR && at > back);
                assert_int_equal(bpo_zone_to_civil(zone, back, &first, NULL), BPO_OK);
                assert_int_equal(first.hour, civil.hour);
                assert_true(first.utc_offset_seconds > civil.utc_offset_seconds);
            }
        }
        bpo_zone_unref(zone);
    }
}

static void expect_instant(const char *name, bpo_civil civil, const char *text)
{
    bpo_zone *zone = zone_of(name);
    bpo_time at = 0;
    assert_int_equal(bpo_zone_from_civil(zone, &civil, &at, NULL), BPO_OK);
    assert_true(at == instant(text));
    bpo_zone_unref(zone);
}

static void a_skipped_reading_moves_forward_by_the_gap(void **state)
{
    (void)state;
    bpo_civil gap = {2026, 3, 8, 2, 30, 0, 0, 0, 0, 0};
    expect_instant("America/New_York", gap, "2026-03-08T03:30:00-04:00");
    bpo_civil apia = {2011, 12, 30, 12, 0, 0, 0, 0, 0, 0};
    expect_instant("Pacific/Apia", apia, "2011-12-31T12:00:00+14:00");
}

static void of_a_repeated_reading_the_first_is_taken(void **state)
{
    (void)state;
    bpo_civil twice = {2026, 11, 1, 1, 30, 0, 0, 0, 0, 0};
    expect_instant("America/New_York", twice, "2026-11-01T01:30:00-04:00");
}

static void midnight_is_the_first_instant_of_a_date(void **state)
{
    (void)state;
    bpo_zone *sao_paulo = zone_of("America/Sao_Paulo");
    bpo_zone *apia = zone_of("Pacific/Apia");
    bpo_time at = bpo__zone_midnight(sao_paulo, bpo__days_of_civil(2018, 11, 4));
    assert_true(at == instant("2018-11-04T01:00:00-02:00")); /* 00:00 was skipped */
    assert_int_equal(bpo__zone_local_days(sao_paulo, at), bpo__days_of_civil(2018, 11, 4));
    assert_int_equal(bpo__zone_local_days(sao_paulo, at - 1), bpo__days_of_civil(2018, 11, 3));
    at = bpo__zone_midnight(apia, bpo__days_of_civil(2011, 12, 30)); /* a date that never was */
    assert_true(at == instant("2011-12-31T00:00:00+14:00"));
    assert_true(at == bpo__zone_midnight(apia, bpo__days_of_civil(2011, 12, 31)));
    assert_true(bpo__zone_midnight(apia, bpo__days_of_civil(2026, 7, 1)) == instant("2026-07-01T00:00:00+13:00"));
    bpo_zone_unref(sao_paulo);
    bpo_zone_unref(apia);
}

static void readings_that_no_clock_shows_are_refused(void **state)
{
    (void)state;
    static const bpo_civil bad[] = {
        {2026, 2, 29, 0, 0, 0, 0, 0, 0, 0},  {2026, 13, 1, 0, 0, 0, 0, 0, 0, 0}, {2026, 1, 1, 24, 0, 0, 0, 0, 0, 0},
        {2026, 1, 1, 0, 60, 0, 0, 0, 0, 0},  {2026, 1, 1, 0, 0, 60, 0, 0, 0, 0},
        {2026, 1, 1, 0, 0, 0, 1000000, 0, 0, 0},
        {2026, 1, 1, -1, 0, 0, 0, 0, 0, 0},  {2026, 1, 1, 0, -1, 0, 0, 0, 0, 0}, {2026, 1, 1, 0, 0, -1, 0, 0, 0, 0},
        {2026, 1, 1, 0, 0, 0, -1, 0, 0, 0},
    };
    bpo_zone *zone = zone_of("UTC");
    bpo_time at = 77;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(bpo_zone_from_civil(zone, &bad[i], &at, NULL), BPO_E_INVALID);
    bpo_civil far = {10000, 1, 1, 0, 0, 0, 0, 0, 0, 0};
    assert_int_equal(bpo_zone_from_civil(zone, &far, &at, NULL), BPO_E_HORIZON);
    far.year = 0;
    assert_int_equal(bpo_zone_from_civil(zone, &far, &at, NULL), BPO_E_HORIZON);
    assert_true(at == 77);
    bpo_zone_unref(zone);
}

static void instants_beyond_the_years_are_refused(void **state)
{
    (void)state;
    bpo_zone *zone = zone_of("America/New_York");
    bpo_civil civil = {.year = 77};
    assert_int_equal(bpo_zone_to_civil(zone, INT64_MAX, &civil, NULL), BPO_E_HORIZON);
    assert_int_equal(bpo_zone_to_civil(zone, INT64_MIN, &civil, NULL), BPO_E_HORIZON);
    assert_int_equal(bpo_zone_to_civil(zone, instant("0001-01-01T00:00:00Z"), &civil, NULL), BPO_E_HORIZON);
    assert_int_equal(civil.year, 77);
    assert_int_equal(bpo_zone_to_civil(zone, instant("9999-12-31T23:00:00Z"), &civil, NULL), BPO_OK);
    bpo_zone_unref(zone);
    zone = zone_of("UTC");
    assert_int_equal(bpo_zone_to_civil(zone, instant("0001-01-01T00:00:00Z") - 1, &civil, NULL), BPO_E_HORIZON);
    assert_int_equal(bpo_zone_to_civil(zone, instant("0001-01-01T00:00:00Z"), &civil, NULL), BPO_OK);
    assert_int_equal(civil.year, 1);
    bpo_zone_unref(zone);
    zone = zone_of("Europe/Berlin"); /* whose clocks show the year 10000 then */
    civil.year = 77;
    assert_int_equal(bpo_zone_to_civil(zone, instant("9999-12-31T23:00:00Z"), &civil, NULL), BPO_E_HORIZON);
    assert_int_equal(civil.year, 77);
    assert_int_equal(bpo_zone_to_civil(zone, instant("9999-12-31T22:59:59Z"), &civil, NULL), BPO_OK);
    bpo_zone_unref(zone);
}

static void nothing_is_refused_softly(void **state)
{
    (void)state;
    bpo_zone *zone = NULL;
    bpo_civil civil = {2026, 1, 1, 0, 0, 0, 0, 0, 0, 0};
    bpo_time at = 0;
    assert_int_equal(bpo_zone_new(NULL, "UTC", &zone, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_zone_new(context, NULL, &zone, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_zone_new(context, "UTC", NULL, NULL), BPO_E_INVALID);
    assert_null(zone);
    zone = zone_of("UTC");
    assert_int_equal(bpo_zone_to_civil(NULL, 0, &civil, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_zone_to_civil(zone, 0, NULL, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_zone_from_civil(NULL, &civil, &at, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_zone_from_civil(zone, NULL, &at, NULL), BPO_E_INVALID);
    assert_int_equal(bpo_zone_from_civil(zone, &civil, NULL, NULL), BPO_E_INVALID);
    assert_ptr_equal(bpo_zone_ref(zone), zone);
    assert_null(bpo_zone_unref(zone));
    assert_null(bpo_zone_unref(zone));
    assert_null(bpo_zone_unref(NULL));
    assert_null(bpo_zone_ref(NULL));
}

static const int32_t one_offset[1] = {3600};

static void name_version_and_digest_are_kept(void **state)
{
    (void)state;
    tzif_bytes bytes = tzif_of(one_offset, 1, NULL, 0, "CET-1");
    uint8_t digest[BPO_DIGEST_SIZE];
    bpo_host host = test_host();
    bpo_context *own = NULL;
    bpo_zone *zone = NULL;
    host.user = &bytes;
    host.zone = tzif_zone;
    assert_int_equal(bpo_context_new(&host, &own, NULL), BPO_OK);
    assert_int_equal(bpo_zone_new(own, "Made/Up", &zone, NULL), BPO_OK);
    assert_string_equal(bpo__zone_name(zone), "Made/Up");
    assert_string_equal(bpo__zone_version(zone), "2026a");
    assert_int_equal(test_digest(NULL, bytes.data, bytes.size, digest), BPO_OK);
    assert_memory_equal(bpo__zone_digest(zone), digest, sizeof digest);
    bpo_zone_unref(zone);
    zone = NULL;
    bpo_error err = BPO_ERROR_INIT;
    assert_int_equal(bpo_zone_new(own, "Nowhere", &zone, &err), BPO_E_ZONE);
    assert_non_null(strstr(err.message, "Nowhere"));
    assert_null(zone);
    bpo_context_unref(own);
}

static int32_t logged; /* level of the last line, 0 for none */

static void take_log(void *user, int32_t level, const char *text)
{
    (void)user;
    assert_true(text[0] != '\0');
    logged = level;
}

/* A version that is too long; for the zone "Bytes/Wild" one that is not UTF-8. */
static bpo_status wordy_zone(void *user, const char *name, const bpo_sink *tzif, const bpo_sink *version)
{
    int count = strcmp(name, "Bytes/Wild") == 0 ? 1 : 65;
    for (int i = 0; i < count; i++)
        (void)version->write(version->user, count == 1 ? "\xff" : "x", 1);
    return tzif_zone(user, name, tzif, version);
}

static void a_version_that_is_no_text_is_left_out_and_logged(void **state)
{
    (void)state;
    tzif_bytes bytes = tzif_of(one_offset, 1, NULL, 0, "CET-1");
    bpo_host host = BPO_HOST_INIT;
    bpo_context *own = NULL;
    static const char *const names[] = {"Made/Up", "Bytes/Wild"};
    host.user = &bytes;
    host.zone = wordy_zone;
    host.log = take_log;
    assert_int_equal(bpo_context_new(&host, &own, NULL), BPO_OK);
    for (size_t i = 0; i < 2; i++) {
        bpo_zone *zone = NULL;
        logged = 0;
        assert_int_equal(bpo_zone_new(own, names[i], &zone, NULL), BPO_OK);
        assert_string_equal(bpo__zone_version(zone), "");
        assert_int_equal(logged, BPO_LOG_WARNING);
        bpo_zone_unref(zone);
    }
    bpo_context_unref(own);
}

/* Hosts that answer oddly; user is the status to answer with. */
static bpo_status odd_zone(void *user, const char *name, const bpo_sink *tzif, const bpo_sink *version)
{
    static unsigned char large[1 << 16];
    (void)version;
    if (strcmp(name, "Large") == 0) {
        for (int i = 0; i < 17; i++)
            tzif->write(tzif->user, large, sizeof large); /* and never listens */
    }
    return *(bpo_status *)user;
}

static void odd_hosts_are_understood(void **state)
{
    (void)state;
    bpo_status answer = -4321;
    bpo_host host = BPO_HOST_INIT;
    bpo_context *own = NULL;
    bpo_zone *zone = NULL;
    bpo_error err = BPO_ERROR_INIT;
    host.user = &answer;
    host.zone = odd_zone;
    assert_int_equal(bpo_context_new(&host, &own, NULL), BPO_OK);
    assert_int_equal(bpo_zone_new(own, "Any", &zone, &err), -4321);
    assert_int_equal(err.host_status, -4321);
    answer = BPO_PASS;
    assert_int_equal(bpo_zone_new(own, "Any", &zone, NULL), BPO_E_UNSUPPORTED);
    answer = BPO_OK;
    assert_int_equal(bpo_zone_new(own, "Any", &zone, NULL), BPO_E_ZONE_DATA);
    assert_int_equal(bpo_zone_new(own, "Large", &zone, &err), BPO_E_ZONE_DATA);
    assert_non_null(strstr(err.message, "larger than"));
    assert_null(zone);
    bpo_context_unref(own);
}

static bpo_status a_zone_is_loaded(fault_host *fault, void *user)
{
    bpo_context *own = NULL;
    bpo_zone *zone = NULL;
    bpo_status status = bpo_context_new(&fault->host, &own, NULL);
    if (status == BPO_OK)
        status = bpo_zone_new(own, user, &zone, NULL);
    if (status != BPO_OK)
        assert_null(zone);
    bpo_zone_unref(zone);
    bpo_context_unref(own);
    return status;
}

/* Does not listen when the version is not taken. */
static bpo_status deaf_zone(void *user, const char *name, const bpo_sink *tzif, const bpo_sink *version)
{
    bpo_status status = tzif_zone(user, name, tzif, version);
    return name[0] == 'x' ? status : BPO_OK;
}

/* The same from a host that tells a version. */
static bpo_status a_zone_with_a_version_is_loaded(fault_host *fault, void *user)
{
    tzif_bytes bytes = tzif_of(one_offset, 1, NULL, 0, "CET-1");
    fault->inner.user = &bytes;
    fault->inner.zone = deaf_zone;
    return a_zone_is_loaded(fault, user);
}

static void failures_leave_nothing_behind(void **state)
{
    (void)state;
    static char long_name[5001];
    char name[] = "Europe/Berlin";
    memset(long_name, 'x', sizeof long_name - 1);
    assert_true(fault_torture(a_zone_is_loaded, name) >= 4);
    size_t points = fault_torture(a_zone_with_a_version_is_loaded, name);
    /* A long name leaves no room for the version beside it. */
    assert_true(fault_torture(a_zone_with_a_version_is_loaded, long_name) > points);
}

#define WITH_HOST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HOST(utc_needs_no_host),
        WITH_HOST(readings_come_back_to_their_instants),
        WITH_HOST(a_skipped_reading_moves_forward_by_the_gap),
        WITH_HOST(of_a_repeated_reading_the_first_is_taken),
        WITH_HOST(midnight_is_the_first_instant_of_a_date),
        WITH_HOST(readings_that_no_clock_shows_are_refused),
        WITH_HOST(instants_beyond_the_years_are_refused),
        WITH_HOST(nothing_is_refused_softly),
        WITH_HOST(name_version_and_digest_are_kept),
        WITH_HOST(a_version_that_is_no_text_is_left_out_and_logged),
        WITH_HOST(odd_hosts_are_understood),
        WITH_HOST(failures_leave_nothing_behind),
    };
    return cmocka_run_group_tests_name("time_zone", tests, NULL, NULL);
}
