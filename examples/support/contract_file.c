/* SPDX-License-Identifier: Apache-2.0 */
/* The examples' own sections are plain terms too: they are moved out before the contract is compiled. */
#include "contract_file.h"

#include <bpo/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool below(const char *path, const char *prefix)
{
    size_t size = strlen(prefix);
    return strncmp(path, prefix, size) == 0 && (path[size] == '/' || path[size] == '\0');
}

/* Copies every value below `from` to the same path below `to`. */
static bpo_status copy_below(const bpo_terms *source, const char *from, bpo_terms *target, const char *to,
                             bpo_error *err)
{
    for (size_t i = 0; i < bpo_terms_count(source); i++) {
        const char *path, *value;
        char renamed[1024];
        bpo_terms_at(source, i, &path, &value);
        if (!below(path, from))
            continue;
        snprintf(renamed, sizeof renamed, "%s%s", to, path + strlen(from));
        bpo_status status = bpo_terms_set(target, renamed, value, err);
        if (status < 0)
            return status;
    }
    return BPO_OK;
}

bpo_status contract_file_read(bpo_context *context, const char *path, bpo_terms **ret_terms, bpo_error *err)
{
    FILE *file = fopen(path, "rb");
    long size = file && fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    char *text = size >= 0 ? malloc((size_t)size + 1) : NULL;
    bpo_terms *terms = NULL;
    bpo_status status = BPO_E_IO;
    if (text && fseek(file, 0, SEEK_SET) == 0 && fread(text, 1, (size_t)size, file) == (size_t)size) {
        status = bpo_terms_new(context, &terms, err);
        if (status >= 0)
            status = bpo_json_read_terms(terms, text, (size_t)size, err);
    } else {
        snprintf(err->message, sizeof err->message, "cannot be read; give the name of a contract as JSON");
    }
    if (status < 0 && !err->path[0])
        snprintf(err->path, sizeof err->path, "%.200s", path);
    if (status < 0)
        terms = bpo_terms_unref(terms);
    else
        *ret_terms = terms;
    free(text);
    if (file)
        fclose(file);
    return status;
}

static const char *amendment_text(const bpo_terms *document, size_t index, const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "/amendments/%zu/%s", index, name);
    return bpo_terms_get(document, path);
}

static bpo_status amendment_time(const bpo_terms *document, size_t index, const char *name, bpo_time absent,
                                 bpo_time *ret_at, bpo_error *err)
{
    const char *text = amendment_text(document, index, name);
    *ret_at = absent;
    bpo_status status = text ? bpo_time_parse(text, ret_at, err) : BPO_OK;
    if (status < 0)
        snprintf(err->path, sizeof err->path, "/amendments/%zu/%s", index, name);
    return status;
}

/* Applies the document's amendment `index` to *contract, which it replaces. */
static bpo_status amend(bpo_context *context, const bpo_terms *document, size_t index, bpo_contract **contract,
                        bpo_error *err)
{
    bpo_amendment amendment = BPO_AMENDMENT_INIT;
    bpo_terms *changes = NULL;
    bpo_contract *next = NULL;
    char prefix[64];
    snprintf(prefix, sizeof prefix, "/amendments/%zu/changes", index);
    bpo_status status = bpo_terms_new(context, &changes, err);
    if (status >= 0)
        status = copy_below(document, prefix, changes, "", err);
    if (status >= 0)
        status = amendment_time(document, index, "effective_from", BPO_TIME_NEVER, &amendment.effective_from, err);
    if (status >= 0)
        status = amendment_time(document, index, "effective_to", BPO_TIME_NEVER, &amendment.effective_to, err);
    if (status >= 0)
        status = amendment_time(document, index, "recorded_at", amendment.effective_from, &amendment.recorded_at, err);
    amendment.number = (uint32_t)index + 1;
    amendment.client_approval = amendment_text(document, index, "client_approval");
    amendment.provider_approval = amendment_text(document, index, "provider_approval");
    amendment.changes = changes;
    if (status >= 0)
        status = bpo_contract_amend(*contract, &amendment, &next, err);
    bpo_terms_unref(changes);
    if (status < 0)
        return status;
    bpo_contract_unref(*contract);
    *contract = next;
    return BPO_OK;
}

/* The document without the sections that are not the contract's. */
static bpo_status agreed_terms(const bpo_terms *document, bpo_terms **ret_terms, bpo_error *err)
{
    static const char *const own[] = {"/amendments", "/models", "/mapping"};
    bpo_terms *terms = NULL;
    bpo_status status = bpo_terms_copy(document, &terms, err);
    for (size_t i = 0; status >= 0 && i < sizeof own / sizeof *own; i++) {
        status = bpo_terms_remove(terms, own[i], err);
        if (status == BPO_E_NOT_FOUND)
            status = BPO_OK;
    }
    if (status < 0)
        bpo_terms_unref(terms);
    else
        *ret_terms = terms;
    return status;
}

bpo_status contract_file_compile(bpo_context *context, const bpo_terms *document, const char *time_zone,
                                 bpo_contract **ret_contract, bpo_error *err)
{
    bpo_terms *terms = NULL;
    bpo_contract *contract = NULL;
    bpo_status status = agreed_terms(document, &terms, err);
    if (status >= 0 && time_zone)
        status = bpo_terms_set(terms, "/contract/time_zone", time_zone, err);
    if (status >= 0)
        status = bpo_contract_new(context, terms, &contract, err);
    for (size_t i = 0; status >= 0 && amendment_text(document, i, "effective_from"); i++)
        status = amend(context, document, i, &contract, err);
    bpo_terms_unref(terms);
    if (status < 0)
        bpo_contract_unref(contract);
    else
        *ret_contract = contract;
    return status;
}

bpo_status contract_file_model(bpo_context *context, const bpo_terms *document, const bpo_contract *contract,
                               size_t version, const char *model, bpo_contract **ret_contract, bpo_error *err)
{
    bpo_terms *terms = NULL;
    char prefix[128];
    snprintf(prefix, sizeof prefix, "/models/%s", model);
    bpo_status status = bpo_contract_terms(contract, version, &terms, err);
    if (status >= 0)
        status = bpo_terms_remove(terms, "/pricing", err);
    if (status >= 0 || status == BPO_E_NOT_FOUND)
        status = copy_below(document, prefix, terms, "/pricing", err);
    if (status >= 0)
        status = bpo_contract_new(context, terms, ret_contract, err);
    bpo_terms_unref(terms);
    return status;
}

size_t contract_file_models(const bpo_terms *document, char (*names)[65], size_t most)
{
    size_t count = 0;
    for (size_t i = 0; i < bpo_terms_count(document); i++) {
        const char *path, *value;
        char name[65];
        bpo_terms_at(document, i, &path, &value);
        if (sscanf(path, "/models/%64[^/]", name) != 1)
            continue;
        if (count && strcmp(names[count - 1], name) == 0)
            continue;
        if (count < most)
            snprintf(names[count++], 65, "%s", name);
    }
    return count;
}
