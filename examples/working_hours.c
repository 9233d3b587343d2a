/* SPDX-License-Identifier: Apache-2.0 */
/* working_hours: the hard cases of working hours, each explained by the calendar itself.
 *
 * docs/guide/working-hours.md shows these functions and what they print; a test holds the two together. Introduces:
 * bpo_intervals_new, bpo_intervals_next, bpo_calendar_new_named, bpo_calendar_add_days,
 * bpo_calendar_coverage. */
#include <bpo/bpo.h>
#include <bpo/files.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct term {
    const char *path;
    const char *value;
} term;

/* A calendar, and its zone to show instants in. */
typedef struct office {
    bpo_zone *zone;
    bpo_calendar *calendar;
} office;

static void must(bpo_status status, const bpo_error *err)
{
    if (status >= 0)
        return;
    fprintf(stderr, "working_hours: %s: %s\n", err->path, err->message);
    exit(1);
}

/* The first term is the zone; the last one is empty. A name is that of one calendar of several. */
static office open_office_named(bpo_context *context, const term *agreed, const char *name)
{
    office made = {NULL, NULL};
    bpo_error err = BPO_ERROR_INIT;
    bpo_terms *terms = NULL;

    must(bpo_terms_new(context, &terms, &err), &err);
    must(bpo_zone_new(context, agreed->value, &made.zone, &err), &err);
    for (; agreed->path; agreed++)
        must(bpo_terms_set(terms, agreed->path, agreed->value, &err), &err);
    must(name ? bpo_calendar_new_named(context, terms, name, &made.calendar, &err)
              : bpo_calendar_new(context, terms, &made.calendar, &err),
         &err);
    bpo_terms_unref(terms);
    return made;
}

static office open_office(bpo_context *context, const term *agreed)
{
    return open_office_named(context, agreed, NULL);
}

static void close_office(office made)
{
    bpo_calendar_unref(made.calendar);
    bpo_zone_unref(made.zone);
}

static bpo_time instant(const char *text)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_time at = 0;

    must(bpo_time_parse(text, &at, &err), &err);
    return at;
}

/* As the wall clock of the zone shows it, with its offset from UTC. */
static void print_instant(const bpo_zone *zone, bpo_time at)
{
    static const char *const weekdays[] = {"", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    bpo_error err = BPO_ERROR_INIT;
    bpo_civil c;

    must(bpo_zone_to_civil(zone, at, &c, &err), &err);
    int offset = c.utc_offset_seconds / 60;
    printf("%s %04d-%02d-%02d %02d:%02d%c%02d:%02d", weekdays[c.weekday], c.year, c.month, c.day, c.hour, c.minute,
           offset < 0 ? '-' : '+', abs(offset) / 60, abs(offset) % 60);
}

static void print_hours(bpo_duration time)
{
    printf("%d h %02d min", (int)(time / BPO_HOUR), (int)(time % BPO_HOUR / BPO_MINUTE));
}

static void print_interval(const bpo_zone *zone, const bpo_interval *i)
{
    static const char *const kinds[] = {"", "open", "closed", "holiday", "clock changes", "taken away"};

    printf("  ");
    print_instant(zone, i->from);
    printf("  %s", kinds[i->kind]);
    if (i->kind == BPO_INTERVAL_OPEN)
        printf(" "), print_hours(i->open);
    if (*i->name)
        printf(" (%s)", i->name);
    if (i->kind == BPO_INTERVAL_CLOCK_CHANGE)
        printf(" by %+d min", (int)i->clock_change_seconds / 60);
    printf("\n");
}

/* Every stretch of a range, and the sum, which is bpo_calendar_between(). */
static void explain(office o, const char *from, const char *until)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_interval interval = BPO_INTERVAL_INIT;
    bpo_intervals *intervals = NULL;
    bpo_duration open = 0;
    bpo_status status;

    must(bpo_intervals_new(o.calendar, instant(from), instant(until), BPO_INTERVALS_EXPLAINED, &intervals, &err), &err);
    while ((status = bpo_intervals_next(intervals, &interval, &err)) == BPO_OK)
        print_interval(o.zone, &interval);
    must(status, &err);
    bpo_intervals_unref(intervals);
    must(bpo_calendar_between(o.calendar, instant(from), instant(until), &open, &err), &err);
    printf("  ");
    print_hours(open);
    printf(" in all\n");
}

static void print_due(office o, const char *opened, bpo_duration target)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_time due_at = 0;

    must(bpo_calendar_add(o.calendar, instant(opened), target, BPO_LANDING_EARLIEST, &due_at, &err), &err);
    printf("  due ");
    print_instant(o.zone, due_at);
    printf("\n");
}

/* The close of business so many working dates later. */
static void print_close(office o, const char *from, int64_t days)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_time close_at = 0;

    must(bpo_calendar_add_days(o.calendar, instant(from), days, BPO_DAYS_END_OF_DAY, &close_at, &err), &err);
    printf("  %d working dates later: ", (int)days);
    print_instant(o.zone, close_at);
    printf("\n");
}

/* How much of a range is open, and when nobody is there for longest. */
static void print_coverage(office o, const char *from, const char *until)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_coverage covered = BPO_COVERAGE_INIT;

    must(bpo_calendar_coverage(o.calendar, instant(from), instant(until), &covered, &err), &err);
    printf("  open ");
    print_hours(covered.open);
    printf(" of ");
    print_hours(covered.open + covered.closed);
    printf("\n  longest gap from ");
    print_instant(o.zone, covered.longest_gap_from);
    printf(" to ");
    print_instant(o.zone, covered.longest_gap_until);
    printf("\n");
}

/* --- the cases --------------------------------------------------------------------------------------------------- */

static void the_clock_goes_forward(bpo_context *context)
{
    static const term agreed[] = {{"/time_zone", "Europe/Berlin"}, {"/hours/sat", "22:00-06:00"}, {0}};
    office berlin = open_office(context, agreed);

    explain(berlin, "2026-03-28T22:00:00+01:00", "2026-03-29T06:00:00+02:00");
    print_due(berlin, "2026-03-28T22:00:00+01:00", 5 * BPO_HOUR);
    close_office(berlin);
}

static void the_clock_goes_back(bpo_context *context)
{
    static const term agreed[] = {{"/time_zone", "Europe/Berlin"}, {"/hours/sat", "22:00-06:00"}, {0}};
    office berlin = open_office(context, agreed);

    explain(berlin, "2026-10-24T22:00:00+02:00", "2026-10-25T06:00:00+01:00");
    print_due(berlin, "2026-10-24T22:00:00+02:00", 5 * BPO_HOUR);
    close_office(berlin);
}

static void an_edge_that_comes_twice(bpo_context *context)
{
    static const term agreed[] = {{"/time_zone", "Europe/Berlin"}, {"/hours/sun", "01:00-02:30"}, {0}};
    office berlin = open_office(context, agreed);

    explain(berlin, "2026-10-25T01:00:00+02:00", "2026-10-25T04:00:00+01:00");
    close_office(berlin);
}

static void an_edge_that_is_skipped(bpo_context *context)
{
    static const term agreed[] = {{"/time_zone", "Europe/Berlin"}, {"/hours/sun", "02:30-04:00"}, {0}};
    office berlin = open_office(context, agreed);

    explain(berlin, "2026-03-29T01:00:00+01:00", "2026-03-29T05:00:00+02:00");
    close_office(berlin);
}

static void half_an_hour(bpo_context *context)
{
    static const term agreed[] = {{"/time_zone", "Australia/Lord_Howe"}, {"/hours/sun", "00:00-08:00"}, {0}};
    office island = open_office(context, agreed);

    explain(island, "2026-04-05T00:00:00+11:00", "2026-04-05T08:00:00+10:30");
    explain(island, "2026-10-04T00:00:00+10:30", "2026-10-04T08:00:00+11:00");
    close_office(island);
}

static void a_night_shift_on_a_holiday(bpo_context *context)
{
    static const term agreed[] = {{"/time_zone", "America/Chicago"},
                                  {"/hours/mon-fri", "22:00-06:00"},
                                  {"/holidays/2026-12-25", "Christmas"},
                                  {"/scope", "civil"},
                                  {0}};
    office chicago = open_office(context, agreed);

    explain(chicago, "2026-12-24T20:00:00-06:00", "2026-12-26T08:00:00-06:00");
    close_office(chicago);
}

static void the_same_by_the_start_of_the_shift(bpo_context *context)
{
    static const term agreed[] = {{"/time_zone", "America/Chicago"},
                                  {"/hours/mon-fri", "22:00-06:00"},
                                  {"/holidays/2026-12-25", "Christmas"},
                                  {"/scope", "shift_start"},
                                  {0}};
    office chicago = open_office(context, agreed);

    explain(chicago, "2026-12-24T20:00:00-06:00", "2026-12-26T08:00:00-06:00");
    close_office(chicago);
}

static void hours_of_one_date(bpo_context *context)
{
    static const term agreed[] = {{"/time_zone", "America/New_York"},
                                  {"/hours/mon-fri", "09:00-12:30, 13:15-17:00"},
                                  {"/holidays/2026-11-26", "Thanksgiving"},
                                  {"/holidays/2026-11-27", "Day after"},
                                  {"/overrides/2026-11-27", "10:00-14:00"},
                                  {"/closures/2026-11-25", "09:00-10:00"},
                                  {0}};
    office desk = open_office(context, agreed);

    explain(desk, "2026-11-25T08:00:00-05:00", "2026-11-28T00:00:00-05:00");
    print_due(desk, "2026-11-25T15:00:00-05:00", 8 * BPO_HOUR);
    close_office(desk);
}

static void holidays_by_rule(bpo_context *context)
{
    static const term agreed[] = {{"/time_zone", "Europe/Berlin"},
                                  {"/hours/mon-fri", "08:00-18:00"},
                                  {"/holiday_rules/good_friday", "easter-2"},
                                  {"/holiday_rules/easter_monday/rule", "easter+1"},
                                  {"/holiday_rules/easter_monday/title", "Ostermontag"},
                                  {"/holiday_rules/ascension", "easter+39"},
                                  {"/holiday_rules/whit_monday", "easter+50"},
                                  {"/holiday_rules/labour_day", "--05-01"},
                                  {0}};
    office desk = open_office(context, agreed);

    explain(desk, "2026-04-02T16:30:00+02:00", "2026-04-07T10:30:00+02:00");
    print_due(desk, "2026-04-02T16:30:00+02:00", 4 * BPO_HOUR);
    close_office(desk);
}

static void other_hours_from_a_date(bpo_context *context)
{
    static const term agreed[] = {{"/time_zone", "Asia/Riyadh"},
                                  {"/hours/sun-thu", "08:00-17:00"},
                                  {"/versions/2026-02-18/hours/sun-thu", "10:00-16:00"},
                                  {"/versions/2026-03-20/hours/sun-thu", "08:00-17:00"},
                                  {0}};
    office riyadh = open_office(context, agreed);

    explain(riyadh, "2026-02-17T00:00:00+03:00", "2026-02-19T00:00:00+03:00");
    print_due(riyadh, "2026-03-19T15:00:00+03:00", 3 * BPO_HOUR);
    close_office(riyadh);
}

static void each_site_for_itself(bpo_context *context)
{
    static const term in_manila[] = {{"/time_zone", "Asia/Manila"},
                                     {"/hours/mon-fri", "08:00-17:00"},
                                     {"/holidays/2026-11-30", "Bonifacio Day"},
                                     {0}};
    static const term in_bogota[] = {{"/time_zone", "America/Bogota"}, {"/hours/mon-fri", "08:00-17:00"}, {0}};
    office manila = open_office(context, in_manila);
    office bogota = open_office(context, in_bogota);

    print_due(manila, "2026-11-27T20:00:00Z", 4 * BPO_HOUR);
    print_due(bogota, "2026-11-27T20:00:00Z", 4 * BPO_HOUR);
    close_office(manila);
    close_office(bogota);
}

static void two_sites_as_one(bpo_context *context)
{
    static const term agreed[] = {{"/contract/time_zone", "UTC"},
                                  {"/calendars/manila/time_zone", "Asia/Manila"},
                                  {"/calendars/manila/hours/mon-fri", "08:00-17:00"},
                                  {"/calendars/manila/holidays/2026-11-30", "Bonifacio Day"},
                                  {"/calendars/bogota/time_zone", "America/Bogota"},
                                  {"/calendars/bogota/hours/mon-fri", "08:00-17:00"},
                                  {"/calendars/desk/union", "manila, bogota"},
                                  {0}};
    office desk = open_office_named(context, agreed, "desk");

    explain(desk, "2026-11-27T12:00:00Z", "2026-12-01T12:00:00Z");
    print_due(desk, "2026-11-27T20:00:00Z", 4 * BPO_HOUR);
    print_coverage(desk, "2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z");
    close_office(desk);
}

static void what_two_sides_share(bpo_context *context)
{
    static const term agreed[] = {{"/contract/time_zone", "America/New_York"},
                                  {"/calendars/client/hours/mon-fri", "09:00-17:00"},
                                  {"/calendars/client/holidays/2026-11-26", "Thanksgiving"},
                                  {"/calendars/provider/time_zone", "Europe/Warsaw"},
                                  {"/calendars/provider/hours/mon-fri", "12:00-20:00"},
                                  {"/calendars/review/hours/wed", "10:00-11:00"},
                                  {"/calendars/shared/intersection", "client, provider"},
                                  {"/calendars/shared/minus", "review"},
                                  {0}};
    office shared = open_office_named(context, agreed, "shared");

    explain(shared, "2026-11-25T08:00:00-05:00", "2026-11-27T12:00:00-05:00");
    print_close(shared, "2026-11-25T15:00:00-05:00", 2);
    close_office(shared);
}

static const struct {
    const char *name;
    void (*run)(bpo_context *context);
} cases[] = {
    {"the_clock_goes_forward", the_clock_goes_forward},
    {"the_clock_goes_back", the_clock_goes_back},
    {"an_edge_that_comes_twice", an_edge_that_comes_twice},
    {"an_edge_that_is_skipped", an_edge_that_is_skipped},
    {"half_an_hour", half_an_hour},
    {"a_night_shift_on_a_holiday", a_night_shift_on_a_holiday},
    {"the_same_by_the_start_of_the_shift", the_same_by_the_start_of_the_shift},
    {"hours_of_one_date", hours_of_one_date},
    {"holidays_by_rule", holidays_by_rule},
    {"other_hours_from_a_date", other_hours_from_a_date},
    {"each_site_for_itself", each_site_for_itself},
    {"two_sites_as_one", two_sites_as_one},
    {"what_two_sides_share", what_two_sides_share},
};

int main(void)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_host host = BPO_HOST_INIT;
    bpo_context *context = NULL;

    host.zone = bpo_files_zone;
    must(bpo_context_new(&host, &context, &err), &err);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        printf("%s\n", cases[i].name);
        cases[i].run(context);
    }
    bpo_context_unref(context);
    return 0;
}
