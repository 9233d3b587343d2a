/* SPDX-License-Identifier: Apache-2.0 */
/* due_time: when is an answer due that was promised within eight working hours?
 *
 * For a helpdesk that wants nothing but calendars. Introduces: bpo_context_new, bpo_terms_set, bpo_calendar_new,
 * bpo_calendar_add, bpo_calendar_between. */
#include <bpo/bpo.h>
#include <bpo/files.h>
#include <stdio.h>

static int fail(const bpo_error *err)
{
    fprintf(stderr, "due_time: %s: %s\n", err->path, err->message);
    return 1;
}

int main(void)
{
    static const char *const hours[][2] = {{"/time_zone", "America/New_York"},
                                           {"/hours/mon-fri", "09:00-12:30, 13:15-17:00"},
                                           {"/holidays/2026-11-26", "Thanksgiving"}};
    bpo_error err = BPO_ERROR_INIT;
    bpo_host host = BPO_HOST_INIT;
    bpo_context *context = NULL;
    bpo_terms *terms = NULL;
    bpo_calendar *office = NULL;
    bpo_time opened_at, due_at;
    bpo_duration worked;
    char text[BPO_TIME_TEXT_SIZE];

    host.zone = bpo_files_zone;
    if (bpo_context_new(&host, &context, &err) < 0 || bpo_terms_new(context, &terms, &err) < 0)
        return fail(&err);
    for (size_t i = 0; i < sizeof hours / sizeof *hours; i++)
        if (bpo_terms_set(terms, hours[i][0], hours[i][1], &err) < 0)
            return fail(&err);
    if (bpo_calendar_new(context, terms, &office, &err) < 0)
        return fail(&err);
    terms = bpo_terms_unref(terms);

    /* Opened on the Wednesday before Thanksgiving at 15:00 in New York. */
    if (bpo_time_parse("2026-11-25T15:00:00-05:00", &opened_at, &err) < 0 ||
        bpo_calendar_add(office, opened_at, 8 * BPO_HOUR, BPO_LANDING_EARLIEST, &due_at, &err) < 0 ||
        bpo_calendar_between(office, opened_at, due_at, &worked, &err) < 0)
        return fail(&err);
    bpo_time_format(due_at, text, sizeof text);
    printf("due at %s, after %d working hours\n", text, (int)(worked / BPO_HOUR));

    bpo_calendar_unref(office);
    bpo_context_unref(context);
    return 0;
}
