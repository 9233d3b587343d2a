/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as an iCalendar document: holidays within the years asked for, or a refusal that leaves the tree alone.
 *
 * Target function: bpo_ical_read_holidays. */
#include "hold.h"
#include <bpo/ical.h>
#include <bpo/zone.h>
#include <string.h>

#define TAKEN "/office/holidays/2019-12-31" /* is there before, and outside the years that are read */
#define DATE_AT strlen("/office/holidays/")

/* Every date exists and lies within the years asked for; what was there before is as it was. */
static void check_holidays(const bpo_terms *terms)
{
    const char *path;
    const char *name;
    hold(bpo_terms_at(terms, 0, &path, &name) == BPO_OK);
    hold(strcmp(path, TAKEN) == 0 && strcmp(name, "Before") == 0);
    for (size_t i = 1; i < bpo_terms_count(terms); i++) {
        char instant[40];
        bpo_time at;
        hold(bpo_terms_at(terms, i, &path, &name) == BPO_OK);
        hold(strlen(path) == strlen(TAKEN) && memcmp(path, TAKEN, DATE_AT) == 0);
        hold(strcmp(path + DATE_AT, "2020-01-01") >= 0 && strcmp(path + DATE_AT, "2039-12-31") <= 0);
        snprintf(instant, sizeof instant, "%sT00:00:00Z", path + DATE_AT);
        hold(bpo_time_parse(instant, &at, NULL) == BPO_OK);
        hold(name[0] != '\0');
    }
}

/* A second reading gives the same days. */
static void check_again(bpo_terms *terms, const char *text, size_t size, size_t left_out)
{
    size_t count = bpo_terms_count(terms);
    size_t again = left_out + 1;
    hold(bpo_ical_read_holidays(terms, "/office", text, size, 2020, 2039, &again, NULL) == BPO_OK);
    hold(again == left_out && bpo_terms_count(terms) == count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = size > 0 ? (const char *)data : "";
    bpo_error err = BPO_ERROR_INIT;
    bpo_context *context = NULL;
    bpo_terms *terms = NULL;
    size_t left_out = 0;
    hold(bpo_context_new(NULL, &context, NULL) == BPO_OK);
    hold(bpo_terms_new(context, &terms, NULL) == BPO_OK);
    hold(bpo_terms_set(terms, TAKEN, "Before", NULL) == BPO_OK);
    bpo_status status = bpo_ical_read_holidays(terms, "/office", text, size, 2020, 2039, &left_out, &err);
    hold(status == BPO_OK || (status < 0 && err.code == status && err.message[0] && status != BPO_E_NOMEM));
    check_holidays(terms);
    if (status == BPO_OK)
        check_again(terms, text, size, left_out);
    else
        hold(bpo_terms_count(terms) == 1 && left_out == 0);
    bpo_terms_unref(terms);
    bpo_context_unref(context);
    return 0;
}
