/* SPDX-License-Identifier: Apache-2.0 */
/* Answers questions about calendars, for an oracle in another language.
 *
 * Reads lines from stdin and writes one line for each question:
 *     term PATH VALUE                 gathers the terms of the next calendar
 *     calendar                        compiles them and forgets them
 *     between FROM UNTIL              microseconds
 *     add FROM OPEN earliest|latest   an instant, or "never"
 *     is_open AT                      1 or 0
 *     next_open AT                    an instant, or "never"; so next_close, next_opening, prev_close
 * A refusal is answered with its status and message. */
#include "../support/host.h"
#include <bpo/calendar.h>
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

static void ask(const session *s, const char *what, int64_t at, int64_t argument, const char *landing)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_status status = BPO_E_INVALID;
    int64_t value = 0;
    int open = 0;
    if (strcmp(what, "between") == 0)
        status = bpo_calendar_between(s->calendar, at, argument, &value, &err);
    else if (strcmp(what, "add") == 0)
        status = bpo_calendar_add(s->calendar, at, argument,
                                  strcmp(landing, "latest") == 0 ? BPO_LANDING_LATEST : BPO_LANDING_EARLIEST, &value,
                                  &err);
    else if (strcmp(what, "is_open") == 0)
        status = bpo_calendar_is_open(s->calendar, at, &open, &err);
    for (size_t i = 0; i < sizeof searches / sizeof searches[0]; i++)
        if (strcmp(what, searches[i].name) == 0)
            status = searches[i].run(s->calendar, at, &value, &err);
    answer(status, strcmp(what, "is_open") == 0 ? open : value, &err);
}

static void take(session *s, char *line)
{
    char what[16] = "";
    char landing[16] = "";
    int64_t at = 0;
    int64_t argument = 0;
    line[strcspn(line, "\n")] = '\0';
    if (strncmp(line, "term ", 5) == 0) {
        set_term(s, line + 5);
    } else if (strcmp(line, "calendar") == 0) {
        compile(s);
    } else {
        sscanf(line, "%15s %" SCNd64 " %" SCNd64 " %15s", what, &at, &argument, landing);
        ask(s, what, at, argument, landing);
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
