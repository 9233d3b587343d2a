/* SPDX-License-Identifier: Apache-2.0 */
/* Answers questions about calendars, for an oracle in another language.
 *
 * Reads lines from stdin and writes one line for each question:
 *     term PATH VALUE                 gathers the terms of the next calendar
 *     calendar                        compiles them and forgets them
 *     between FROM UNTIL              microseconds
 *     add FROM OPEN LANDING           an instant, or "never"; earliest, latest, or for 0 snap_back, identity
 *     add_days FROM DAYS OPTIONS      likewise; s for snap_origin, e for end_of_day, f and b for the rolls, or -
 *     count_days FROM UNTIL RULE      inclusive or exclude_start
 *     is_open AT                      1 or 0
 *     next_open AT                    an instant, or "never"; so next_close, next_opening, prev_close
 * A refusal is answered with its status and message. */
#include "../support/host.h"
#include <bpo/working_days.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct session {
    bpo_context *context;
    bpo_terms *terms;
    bpo_calendar *calendar;
} session;

static void set_term(session *s, char *path)
{
    bpo_error err = BPO_ERROR_INIT;
    char *blank = strchr(path, ' ');
    if (blank)
        *blank = '\0';
    if (bpo_terms_set(s->terms, path, blank ? blank + 1 : "", &err) != BPO_OK)
        fprintf(stderr, "%s: %s\n", path, err.message);
}

static void compile(session *s)
{
    bpo_error err = BPO_ERROR_INIT;
    s->calendar = bpo_calendar_unref(s->calendar);
    if (bpo_calendar_new(s->context, s->terms, &s->calendar, &err) != BPO_OK)
        fprintf(stderr, "%s: %s\n", err.path, err.message);
    bpo_terms_remove(s->terms, "", NULL);
}

static void answer(bpo_status status, int64_t value, const bpo_error *err)
{
    if (status == BPO_OK)
        printf("%" PRId64 "\n", value);
    else if (status == BPO_NEVER)
        printf("never\n");
    else
        printf("%d %s\n", (int)status, err->message);
}

typedef bpo_status search(const bpo_calendar *calendar, bpo_time at, bpo_time *ret_at, bpo_error *err);

static const struct {
    const char *name;
    search *run;
} searches[] = {
    {"next_open", bpo_calendar_next_open},
    {"next_close", bpo_calendar_next_close},
    {"next_opening", bpo_calendar_next_opening},
    {"prev_close", bpo_calendar_prev_close},
};

/* Words and what they mean; 0 for others. */
typedef struct word {
    const char *text;
    int32_t value;
} word;

static const word landings[] = {
    {"earliest", BPO_LANDING_EARLIEST},
    {"latest", BPO_LANDING_LATEST},
    {"snap_back", BPO_LANDING_EARLIEST | BPO_LANDING_ZERO_SNAP_BACK},
    {"identity", BPO_LANDING_EARLIEST | BPO_LANDING_ZERO_IDENTITY},
    {NULL, 0},
};
static const word rules[] = {
    {"inclusive", BPO_DAYS_INCLUSIVE},
    {"exclude_start", BPO_DAYS_EXCLUDE_START},
    {NULL, 0},
};

static int32_t meaning_of(const word *words, const char *text)
{
    while (words->text && strcmp(words->text, text) != 0)
        words++;
    return words->value;
}

static bpo_days_options options_of(const char *letters)
{
    return (strchr(letters, 's') ? BPO_DAYS_SNAP_ORIGIN : 0u) | (strchr(letters, 'e') ? BPO_DAYS_END_OF_DAY : 0u) |
           (strchr(letters, 'f') ? BPO_DAYS_ROLL_FORWARD : 0u) | (strchr(letters, 'b') ? BPO_DAYS_ROLL_BACKWARD : 0u);
}

static void ask(const session *s, const char *what, int64_t at, int64_t argument, const char *how)
{
    const bpo_calendar *c = s->calendar;
    bpo_error err = BPO_ERROR_INIT;
    bpo_status status = BPO_E_INVALID;
    int64_t value = 0;
    int open = 0;
    if (strcmp(what, "between") == 0)
        status = bpo_calendar_between(c, at, argument, &value, &err);
    else if (strcmp(what, "add") == 0)
        status = bpo_calendar_add(c, at, argument, meaning_of(landings, how), &value, &err);
    else if (strcmp(what, "add_days") == 0)
        status = bpo_calendar_add_days(c, at, argument, options_of(how), &value, &err);
    else if (strcmp(what, "count_days") == 0)
        status = bpo_calendar_count_days(c, at, argument, meaning_of(rules, how), &value, &err);
    else if (strcmp(what, "is_open") == 0)
        status = bpo_calendar_is_open(c, at, &open, &err);
    for (size_t i = 0; i < sizeof searches / sizeof searches[0]; i++)
        if (strcmp(what, searches[i].name) == 0)
            status = searches[i].run(c, at, &value, &err);
    answer(status, strcmp(what, "is_open") == 0 ? open : value, &err);
}

static void take(session *s, char *line)
{
    char what[16] = "";
    char how[16] = "";
    int64_t at = 0;
    int64_t argument = 0;
    line[strcspn(line, "\n")] = '\0';
    if (strncmp(line, "term ", 5) == 0) {
        set_term(s, line + 5);
    } else if (strcmp(line, "calendar") == 0) {
        compile(s);
    } else {
        sscanf(line, "%15s %" SCNd64 " %" SCNd64 " %15s", what, &at, &argument, how);
        ask(s, what, at, argument, how);
    }
}

int main(void)
{
    bpo_host host = test_host();
    session s = {NULL, NULL, NULL};
    char line[4096];
    if (bpo_context_new(&host, &s.context, NULL) != BPO_OK || bpo_terms_new(s.context, &s.terms, NULL) != BPO_OK)
        return 2;
    while (fgets(line, sizeof line, stdin))
        take(&s, line);
    bpo_calendar_unref(s.calendar);
    bpo_terms_unref(s.terms);
    bpo_context_unref(s.context);
    return 0;
}
