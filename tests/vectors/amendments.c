/* SPDX-License-Identifier: Apache-2.0 */
/* Vectors of terms in force: each version becomes an amendment of one book, seen as far as it was recorded. */
#include "driver.h"
#include <stdio.h>
#include <string.h>

/* Versions seen at `known_at`, in the order in which they were recorded. */
static size_t seen_versions(vector *v, const json_t **seen, size_t room)
{
    const json_t *versions = json_object_get(v->input, "versions");
    bpo_time known_at = instant_of(v, json_object_get(v->input, "known_at"));
    size_t count = 0;
    size_t index;
    const json_t *version;
    json_array_foreach(versions, index, version)
    {
        bpo_time recorded = instant_of(v, json_object_get(version, "recorded"));
        size_t place = count;
        if (recorded > known_at || count == room)
            continue;
        for (; place > 0 && instant_of(v, json_object_get(seen[place - 1], "recorded")) > recorded; place--)
            seen[place] = seen[place - 1];
        seen[place] = version;
        count++;
    }
    return count;
}

static bool set_number(vector *v, bpo_terms *terms, const json_t *version)
{
    char text[32];
    snprintf(text, sizeof text, "version %lld", (long long)integer_of(version, "n"));
    return set_term(v, terms, "/contract/title", text);
}

/* The first version is the base; it starts where its terms say. */
static bpo_contract *base_book(vector *v, const json_t *version)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_terms *terms = NULL;
    bpo_contract *book = NULL;
    char start[16] = "";
    snprintf(start, sizeof start, "%.10s", text_of(version, "from", ""));
    if (succeeded(v, bpo_terms_new(v->context, &terms, &err), &err) &&
        set_term(v, terms, "/contract/start", start) && set_term(v, terms, "/contract/time_zone", "UTC") &&
        set_number(v, terms, version))
        succeeded(v, bpo_contract_new(v->context, terms, &book, &err), &err);
    bpo_terms_unref(terms);
    return book;
}

static bpo_contract *amended(vector *v, bpo_contract *book, const json_t *version, uint32_t number)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_terms *changes = NULL;
    bpo_contract *next = NULL;
    bpo_amendment amendment = BPO_AMENDMENT_INIT;
    const json_t *until = json_object_get(version, "to");
    amendment.number = number;
    amendment.effective_from = instant_of(v, json_object_get(version, "from"));
    amendment.effective_to = until ? instant_of(v, until) : BPO_TIME_NEVER;
    amendment.recorded_at = instant_of(v, json_object_get(version, "recorded"));
    amendment.client_approval = "client";
    amendment.provider_approval = "provider";
    if (succeeded(v, bpo_terms_new(v->context, &changes, &err), &err) && set_number(v, changes, version)) {
        amendment.changes = changes;
        succeeded(v, bpo_contract_amend(book, &amendment, &next, &err), &err);
    }
    bpo_terms_unref(changes);
    bpo_contract_unref(book);
    return next;
}

static void expect_version(vector *v, const bpo_contract *book, bpo_time at)
{
    bpo_error err = BPO_ERROR_INIT;
    bpo_terms *terms = NULL;
    if (!succeeded(v, bpo_contract_terms(book, bpo_contract_version_at(book, at), &terms, &err), &err))
        return;
    const char *title = bpo_terms_get(terms, "/contract/title");
    expect_decimal(v, "version", title ? title + strlen("version ") : "none");
    bpo_terms_unref(terms);
}

static void terms_at(vector *v)
{
    const json_t *seen[16];
    size_t count = seen_versions(v, seen, sizeof seen / sizeof *seen);
    bpo_time at = instant_of(v, json_object_get(v->input, "instant"));
    if (count == 0 || at < instant_of(v, json_object_get(seen[0], "from"))) {
        skip(v, "an instant outside the term is not refused yet");
        return;
    }
    bpo_contract *book = base_book(v, seen[0]);
    for (size_t i = 1; book && i < count; i++)
        book = amended(v, book, seen[i], (uint32_t)i);
    if (book)
        expect_version(v, book, at);
    bpo_contract_unref(book);
}

const kind amendment_kinds[] = {{"lifecycle.terms_at", terms_at}, {NULL, NULL}};
