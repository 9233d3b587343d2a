/* SPDX-License-Identifier: Apache-2.0 */
/* A program that knows nothing of the source tree: compiled as C and as C++ against what was installed. */
#include <bpo/bpo.h>
#include <stdio.h>

/* 90 minutes of work from Friday 16:30 on, 09:00-17:00 from Monday to Friday. */
static bpo_status due(bpo_context *context, bpo_time *ret_at, bpo_error *err)
{
    bpo_terms *terms = NULL;
    bpo_calendar *office = NULL;
    bpo_time opened = 0;
    bpo_status status = bpo_terms_new(context, &terms, err);
    if (status == BPO_OK)
        status = bpo_terms_set(terms, "/time_zone", "UTC", err);
    if (status == BPO_OK)
        status = bpo_terms_set(terms, "/hours/mon-fri", "09:00-17:00", err);
    if (status == BPO_OK)
        status = bpo_calendar_new(context, terms, &office, err);
    if (status == BPO_OK)
        status = bpo_time_parse("2026-07-03T16:30:00Z", &opened, err);
    if (status == BPO_OK)
        status = bpo_calendar_add(office, opened, 90 * BPO_MINUTE, BPO_LANDING_EARLIEST, ret_at, err);
    bpo_calendar_unref(office);
    bpo_terms_unref(terms);
    return status;
}

int main(void)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_context *context = NULL;
    bpo_time at = 0;
    char text[BPO_TIME_TEXT_SIZE] = "";
    bpo_status status = bpo_context_new(NULL, &context, &err);
    if (status == BPO_OK)
        status = due(context, &at, &err);
    bpo_context_unref(context);
    if (status != BPO_OK) {
        fprintf(stderr, "%s: %s: %s\n", bpo_status_name(status), err.path, err.message);
        return 1;
    }
    bpo_time_format(at, text, sizeof text);
    printf("%s\n", text);
    return bpo_version_number() == BPO_VERSION_NUMBER ? 0 : 1;
}
