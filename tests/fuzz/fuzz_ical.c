/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as an iCalendar document: holidays within the years asked for, or a refusal that leaves the tree alone.
 *
 * Target function: bpo_ical_read_holidays. */
#include <bpo/ical.h>
#include <stdlib.h>
#include <string.h>

static void hold(int law)
{
    if (!law)
        abort();
}

static void check_holidays(const bpo_terms *terms)
{
    for (size_t i = 0; i < bpo_terms_count(terms); i++) {
        const char *path;
        const char *name;
        hold(bpo_terms_at(terms, i, &path, &name) == BPO_OK);
        hold(strlen(path) == strlen("/office/holidays/YYYY-MM-DD") && memcmp(path, "/office/holidays/20", 19) == 0);
        hold(strcmp(path + 17, "2020-01-01") >= 0 && strcmp(path + 17, "2039-12-31") <= 0);
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
    bpo_status status = bpo_ical_read_holidays(terms, "/office", text, size, 2020, 2039, &left_out, &err);
    hold(status == BPO_OK || (status < 0 && err.code == status && err.message[0] && status != BPO_E_NOMEM));
    if (status == BPO_OK) {
        check_holidays(terms);
        check_again(terms, text, size, left_out);
    } else {
        hold(bpo_terms_count(terms) == 0);
    }
    bpo_terms_unref(terms);
    bpo_context_unref(context);
    return 0;
}
