/* SPDX-License-Identifier: Apache-2.0 */
/* Random calendars against the naive definition.
 *
 *     calendar-differential [CASES [SEED]]
 *
 * Each round makes a family of calendars by their terms (hours, holidays and rules for them, overrides, closures,
 * scopes, versions; some extend, unite, intersect others or take them away) and asks every question of each, until so
 * many answers are compared. A round has its own seed, the next number after the one before, so that a difference comes
 * again at once with `calendar-differential 1 SEED`. Stops at 20 of them; exits 1 if there was one. */
#define _GNU_SOURCE
#include "../support/host.h"
#include "made_calendars.h"
#include "questions.h"
#include "time/page.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define DAY              INT64_C(86400)
#define MINUTE           INT64_C(60)
#define QUARTER          INT64_C(900)
#define SHORT_WINDOW     (4 * DAY)           /* by seconds */
#define YEARS_WINDOW     (1000 * DAY)        /* by minutes: more than two of the library's pages */
#define DECADE_WINDOW    (5500 * DAY)        /* by quarters of an hour: long enough for what never comes */
#define STEADY_FROM      (180000 * QUARTER)  /* 1975: since then clocks are set by whole quarters */
#define STEADY_UNTIL     (4500000 * QUARTER) /* 2098 */
#define DIFFERENCES_MOST 20
#define STEPS_MOST       (YEARS_WINDOW / MINUTE)

/* The last ones set or have set their clocks at a minute past midnight. */
static const char *const zones[] = {
    "UTC",
    "America/New_York",
    "America/Chicago",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "America/Santiago",
    "America/Asuncion",
    "America/Havana",
    "America/Caracas",
    "America/Argentina/Buenos_Aires",
    "America/Bogota",
    "America/Mexico_City",
    "America/Anchorage",
    "America/Nuuk",
    "Europe/London",
    "Europe/Dublin",
    "Europe/Berlin",
    "Europe/Lisbon",
    "Europe/Moscow",
    "Europe/Istanbul",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Africa/Johannesburg",
    "Asia/Tehran",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Manila",
    "Asia/Tokyo",
    "Asia/Pyongyang",
    "Asia/Amman",
    "Australia/Sydney",
    "Australia/Lord_Howe",
    "Australia/Eucla",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Apia",
    "Antarctica/Troll",
    "America/Scoresbysund",
    "Asia/Gaza",
    "America/St_Johns",
};
#define ZONE_COUNT    ((int64_t)(sizeof zones / sizeof zones[0]))
#define QUARTER_ZONES (ZONE_COUNT - 2)

typedef struct session {
    bpo_context *context;
    test_random random;
    tally tally;
    int64_t calendars;
    const char *chosen[ZONE_COUNT]; /* zones, the round's first in front */
    naive_window windows[MADE_CALENDARS];
    naive_joint joints[MADE_CALENDARS];
} session;

static int64_t below(session *s, int64_t bound)
{
    return (int64_t)test_random_below(&s->random, (uint64_t)bound);
}

static void use_zone(const char *name)
{
    setenv("TZ", name, 1);
    tzset();
}

/* --- where the window lies ---------------------------------------------------------------------------------------- */

/* The day on which the offset changes next, or some day where it does not for a year. */
static int64_t next_change(int64_t second)
{
    time_t t = (time_t)second;
    struct tm wall;
    localtime_r(&t, &wall);
    long offset = wall.tm_gmtoff;
    for (int i = 0; i < 400 && wall.tm_gmtoff == offset; i++) {
        t += DAY;
        localtime_r(&t, &wall);
    }
    return (int64_t)t;
}

/* A window by seconds: mostly around a change of the first zone's clock, else anywhere, over the end of one of the
 * library's pages, or where the covered years begin or end. */
static int64_t any_first(session *s)
{
    int64_t covered = QUESTIONS_COVERED_UNTIL - QUESTIONS_COVERED_FROM;
    int64_t first = QUESTIONS_COVERED_FROM + below(s, covered - 2 * SHORT_WINDOW);
    switch (below(s, 20)) {
    case 0:
        return QUESTIONS_COVERED_FROM;
    case 1:
        return QUESTIONS_COVERED_UNTIL - SHORT_WINDOW / 2;
    case 2:
    case 3:
    case 4:
    case 5:
        return bpo__page_start(1 + (uint32_t)below(s, BPO__PAGE_COUNT - 1)) / BPO_SECOND - SHORT_WINDOW / 2;
    case 6:
        return first;
    default:
        first = below(s, 3) ? INT64_C(-600000000) + below(s, INT64_C(3600000000)) : first; /* 1950 to 2065 */
        return next_change(first) - below(s, SHORT_WINDOW);
    }
}

/* A window of years, by coarser steps. */
static naive_window window_of_years(session *s, int64_t length, int64_t step)
{
    naive_window w = {0, length / step, NULL, step};
    w.first = STEADY_FROM + below(s, (STEADY_UNTIL - STEADY_FROM - length) / step) * step;
    return w;
}

/* The window of a round; all calendars of the family have the same. */
static naive_window any_window(session *s)
{
    naive_window w = {0, SHORT_WINDOW, NULL, 1};
    int64_t kind = below(s, 30);
    if (kind < 2)
        return window_of_years(s, YEARS_WINDOW, MINUTE);
    if (kind < 5)
        return window_of_years(s, DECADE_WINDOW, QUARTER);
    w.first = any_first(s);
    if (w.first < QUESTIONS_COVERED_FROM)
        w.first = QUESTIONS_COVERED_FROM;
    return w;
}

/* --- openness of a family, member by member ----------------------------------------------------------------------- */

static int is_open_in(const session *s, const int *members, int count, int64_t i, int in_all)
{
    for (int j = 0; j < count; j++)
        if (s->windows[members[j]].open[i] != in_all)
            return !in_all;
    return in_all;
}

/* Hours of its own or what is made of its members, less what is taken away. */
static void fill_window(session *s, const made_calendar *c, naive_window *w)
{
    if (c->member_count == 0) {
        use_zone(c->zone);
        naive_window_fill(w, &c->own);
    }
    for (int64_t i = 0; i < w->count; i++) {
        if (c->member_count > 0)
            w->open[i] = (unsigned char)is_open_in(s, c->members, c->member_count, i, !c->is_union);
        if (is_open_in(s, c->minus, c->minus_count, i, 0))
            w->open[i] = 0;
    }
}

/* The dates of a calendar that is made from others are those of its members. */
static void fill_joint(session *s, const made_calendar *c, naive_joint *joint)
{
    const naive_window *w = &s->windows[0];
    memset(joint, 0, sizeof *joint);
    joint->zone = c->zone;
    joint->own = c->member_count > 0 ? NULL : &c->own;
    joint->is_union = c->is_union;
    joint->count = c->member_count;
    joint->last_day = (w->first + w->count * w->step) / DAY + 800; /* farther ones take long */
    for (int i = 0; i < c->member_count; i++)
        joint->members[i] = &s->joints[c->members[i]];
}

/* --- a round ------------------------------------------------------------------------------------------------------ */

static void ask_calendar(session *s, const made_family *f, int place, const char *seed)
{
    const made_calendar *c = &f->calendars[place];
    bpo_calendar *calendar = NULL;
    bpo_error err = BPO_ERROR_INIT;
    char label[160];
    snprintf(label, sizeof label, "seed %s, %s in %s", seed, c->name, c->zone);
    if (bpo_calendar_new_named(s->context, f->terms, c->name, &calendar, &err) != BPO_OK) {
        s->tally.differences++;
        printf("%s: %s: %s\n", label, err.path, err.message);
        return;
    }
    subject asked = {label, calendar, &s->windows[place], NULL, NULL, 0, &s->random, &s->tally};
    asked.own = c->member_count == 0 ? &c->own : NULL;
    asked.joint = c->member_count == 0 ? NULL : &s->joints[place];
    asked.is_explained = c->member_count == 0 && c->minus_count == 0;
    use_zone(c->zone);
    questions_ask(&asked, s->windows[place].step == 60 ? 2 : 5);
    bpo_calendar_unref(calendar);
    s->calendars++;
}

static void try_family(session *s, uint64_t seed)
{
    static made_family f;
    char text[32];
    s->random.state = seed;
    snprintf(text, sizeof text, "%llu", (unsigned long long)seed);
    memset(&f, 0, sizeof f);
    s->chosen[0] = zones[below(s, QUARTER_ZONES)];
    if (below(s, 20) == 0)
        s->chosen[0] = zones[QUARTER_ZONES + below(s, ZONE_COUNT - QUARTER_ZONES)];
    use_zone(s->chosen[0]);
    naive_window window = any_window(s);
    if (window.step == QUARTER)
        s->chosen[0] = zones[below(s, QUARTER_ZONES)];
    f.random = &s->random;
    f.zones = s->chosen;
    f.zone_count = (int)(window.step == QUARTER ? QUARTER_ZONES : ZONE_COUNT);
    f.first = window.first;
    f.length = window.count * window.step;
    f.grain = (int)window.step;
    f.has_silence = window.step == QUARTER;
    bpo_terms_new(s->context, &f.terms, NULL);
    made_family_fill(&f);
    s->tally.differences += f.refused;
    for (int i = 0; i < MADE_CALENDARS; i++) {
        window.open = s->windows[i].open;
        s->windows[i] = window;
        fill_window(s, &f.calendars[i], &s->windows[i]);
        fill_joint(s, &f.calendars[i], &s->joints[i]);
        ask_calendar(s, &f, i, text);
    }
    bpo_terms_unref(f.terms);
}

static int session_init(session *s)
{
    bpo_host host = test_host();
    memset(s, 0, sizeof *s);
    memcpy(s->chosen, zones, sizeof zones);
    for (int i = 0; i < MADE_CALENDARS; i++)
        if ((s->windows[i].open = malloc((size_t)STEPS_MOST)) == NULL)
            return 0;
    return bpo_context_new(&host, &s->context, NULL) == BPO_OK;
}

int main(int argc, char **argv)
{
    static session s;
    int64_t cases = argc > 1 ? strtoll(argv[1], NULL, 10) : 20000;
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : (uint64_t)time(NULL) * 1000000;
    if (!session_init(&s))
        return 2;
    printf("seed %llu\n", (unsigned long long)seed);
    for (uint64_t i = 0; s.tally.cases < cases && s.tally.differences < DIFFERENCES_MOST; i++)
        try_family(&s, seed + i);
    printf("oracle: %lld cases of %lld calendars against the naive definition, seed %llu, %lld differences\n",
           (long long)s.tally.cases, (long long)s.calendars, (unsigned long long)seed, (long long)s.tally.differences);
    for (int i = 0; i < MADE_CALENDARS; i++)
        free(s.windows[i].open);
    bpo_context_unref(s.context);
    return s.tally.differences > 0;
}
