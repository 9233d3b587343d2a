/* SPDX-License-Identifier: Apache-2.0 */
/* Checking a fact before it becomes bytes.
 *
 * Law: what the host saw is taken whole or refused with the field's path and what would be right. A status is checked
 * here and nowhere else: some version of the contract must map it. A retraction need not repeat the values. */
#include "codec/fact_check.h"
#include "codec/fact_bytes.h"
#include "core/fail.h"
#include "terms/fact_table.h"
#include "terms/plan.h"

static const char *const type_names[] = {"", "text", "integer", "decimal", "instant"};
enum { TYPE_FIRST = BPO_TYPE_TEXT, TYPE_LAST = BPO_TYPE_INSTANT };
enum { PATH_SIZE = 128, FLAGS_KNOWN = BPO_FACT_RETRACTED | BPO_FACT_LATE };

#define INTEGER_END (INT64_C(1) << 62)

static bpo_status refuse(bpo_error *err, int32_t message, const char *path, const char *argument0,
                         const char *argument1)
{
    return bpo__fail(err, BPO_E_FACT, message, path, argument0, argument1, NULL);
}

static bpo_status refuse_number(bpo_error *err, int32_t message, const char *path, int64_t number, int64_t most)
{
    char shown[BPO__INTEGER_TEXT_SIZE], limit[BPO__INTEGER_TEXT_SIZE];
    bpo__integer_format(number, shown);
    bpo__integer_format(most, limit);
    return refuse(err, message, path, shown, limit);
}

/* "/values/" and the name, cut where it would not fit. */
static const char *value_path(bpo__text name, char *path)
{
    static const char prefix[] = "/values/";
    size_t size = sizeof prefix - 1;
    size_t taken = bpo__utf8_cut(name.data, name.size, PATH_SIZE - sizeof prefix);
    memcpy(path, prefix, size);
    memcpy(path + size, name.data, taken);
    path[size + taken] = '\0';
    return path;
}

static bpo_status check_text(const char *data, size_t size, size_t most, const char *path, bpo_error *err)
{
    if (size > 0 && data == NULL)
        return bpo__fail(err, BPO_E_INVALID, BPO__MSG_argument_missing, path, path, NULL, NULL);
    if (size > most)
        return refuse_number(err, BPO__MSG_fact_text_size, path, (int64_t)size, (int64_t)most);
    if (size > 0 && !bpo__utf8_is_valid(data, size))
        return refuse(err, BPO__MSG_fact_text_malformed, path, NULL, NULL);
    return BPO_OK;
}

static bpo_status check_texts(const bpo_fact *fact, const bpo__fact_row *row, bpo_error *err)
{
    static const char *const subjects[] = {"", "ticket", "agent", "seat", "customer", "engagement"};
    bpo_status status;
    if (fact->key_size < 1 || fact->key_size > BPO_FACT_KEY_SIZE_MAX)
        return refuse_number(err, BPO__MSG_fact_key_size, "/key", (int64_t)fact->key_size, BPO_FACT_KEY_SIZE_MAX);
    if ((status = check_text(fact->key, fact->key_size, BPO_FACT_KEY_SIZE_MAX, "/key", err)) < 0)
        return status;
    if (fact->subject_size == 0 && row->subject != BPO__SUBJECT_ENGAGEMENT)
        return refuse(err, BPO__MSG_fact_subject_missing, "/subject", row->name, subjects[row->subject]);
    if ((status = check_text(fact->subject, fact->subject_size, BPO_FACT_SUBJECT_SIZE_MAX, "/subject", err)) < 0)
        return status;
    if ((status = check_text(fact->party, fact->party_size, BPO_FACT_TEXT_SIZE_MAX, "/party", err)) < 0)
        return status;
    return check_text(fact->actor, fact->actor_size, BPO_FACT_TEXT_SIZE_MAX, "/actor", err);
}

static bpo_status check_head(const bpo_fact *fact, const bpo__fact_row *row, bpo_error *err)
{
    if (row == NULL)
        return refuse_number(err, BPO__MSG_fact_kind_unknown, "/kind", fact->kind, 0);
    if (fact->flags & ~(uint32_t)FLAGS_KNOWN)
        return refuse_number(err, BPO__MSG_fact_flags_unknown, "/flags", fact->flags, 0);
    if (fact->at < BPO__FACT_AT_MIN || fact->at >= BPO__FACT_AT_END)
        return refuse_number(err, BPO__MSG_fact_instant_range, "/at", fact->at, 0);
    if (fact->value_count > BPO_FACT_VALUE_COUNT_MAX)
        return refuse_number(err, BPO__MSG_fact_value_count, "/values", (int64_t)fact->value_count,
                             BPO_FACT_VALUE_COUNT_MAX);
    if (fact->value_count > 0 && fact->values == NULL)
        return bpo__fail_argument(err, "fact->values");
    return BPO_OK;
}

/* Name of a value, and the type that it must have; 0 where any will do. */
static bpo_status name_value(const bpo_contract *contract, const bpo_value *value, bpo__text *ret_name,
                             int32_t *ret_type, bpo_error *err)
{
    if (value->name >= BPO_VALUE_HOST_FIRST) {
        *ret_name = bpo__names_text(bpo__contract_names(contract), value->name);
        *ret_type = 0;
        if (ret_name->size > 0)
            return BPO_OK;
        return refuse_number(err, BPO__MSG_fact_value_unknown, "/values", value->name, 0);
    }
    const bpo__value_row *row = bpo__value_row_of(value->name);
    if (row == NULL)
        return refuse_number(err, BPO__MSG_fact_value_unknown, "/values", value->name, 0);
    if (row->derived)
        return refuse(err, BPO__MSG_fact_value_condition, "/values", row->name, NULL);
    *ret_name = bpo__text_of(row->name);
    *ret_type = row->type;
    return BPO_OK;
}

/* Numbers that every sum, distribution and span can take, so that no fact can keep a period from closing. */
static bpo_status check_number(const bpo_value *value, bpo__text name, bpo_error *err)
{
    char path[PATH_SIZE];
    int64_t number = value->integer;
    if (value->type == BPO_TYPE_INSTANT && (number < BPO__FACT_AT_MIN || number >= BPO__FACT_AT_END))
        return refuse_number(err, BPO__MSG_fact_instant_range, value_path(name, path), number, 0);
    if (value->type == BPO_TYPE_INTEGER && (number <= -INTEGER_END || number >= INTEGER_END))
        return refuse_number(err, BPO__MSG_fact_integer_range, value_path(name, path), number, 0);
    if (value->name == BPO_VALUE_DURATION && number < 0)
        return refuse_number(err, BPO__MSG_fact_duration_negative, value_path(name, path), number, 0);
    return BPO_OK;
}

static bpo_status check_value(const bpo_value *value, bpo__text name, int32_t type, bpo_error *err)
{
    char path[PATH_SIZE];
    bool known = value->type >= TYPE_FIRST && value->type <= TYPE_LAST;
    if (!known || (type != 0 && value->type != type)) {
        value_path(name, path);
        return refuse(err, BPO__MSG_fact_value_type, path, path + strlen("/values/"),
                      type != 0 ? type_names[type] : "text, integer, decimal or instant");
    }
    if (value->type == BPO_TYPE_TEXT && value->size > 0)
        return check_text(value->text, value->size, BPO_FACT_TEXT_SIZE_MAX, value_path(name, path), err);
    if (value->type == BPO_TYPE_DECIMAL && (value->decimal.scale < 0 || value->decimal.scale > 18))
        return refuse_number(err, BPO__MSG_fact_value_scale, value_path(name, path), value->decimal.scale, 18);
    return check_number(value, name, err);
}

static const bpo_value *find_value(const bpo_fact *fact, uint32_t name)
{
    for (size_t i = 0; i < fact->value_count; i++)
        if (fact->values[i].name == name)
            return &fact->values[i];
    return NULL;
}

static bool has_value(const bpo_fact *fact, uint32_t name)
{
    return find_value(fact, name) != NULL;
}

/* Work that was told by its start and end. */
static bpo_status check_span(const bpo_fact *fact, bpo_error *err)
{
    const bpo_value *started = find_value(fact, BPO_VALUE_STARTED), *ended = find_value(fact, BPO_VALUE_ENDED);
    if (started == NULL || ended == NULL || ended->integer >= started->integer)
        return BPO_OK;
    return refuse(err, BPO__MSG_fact_span_backward, "/values/ended", NULL, NULL);
}

/* Whether the fact has all of a list of values, which is not empty. */
static bool has_all(const bpo_fact *fact, const uint32_t *names, size_t most)
{
    size_t i = 0;
    while (i < most && names[i] != 0 && has_value(fact, names[i]))
        i++;
    return i > 0 && (i == most || names[i] == 0);
}

static bpo_status check_required(const bpo_fact *fact, const bpo__fact_row *row, bpo_error *err)
{
    char path[PATH_SIZE];
    size_t most = sizeof row->required / sizeof row->required[0];
    if (fact->flags & BPO_FACT_RETRACTED || has_all(fact, row->instead, sizeof row->instead / sizeof row->instead[0]))
        return BPO_OK;
    for (size_t i = 0; i < most && row->required[i] != 0; i++) {
        if (has_value(fact, row->required[i]))
            continue;
        const bpo__value_row *missing = bpo__value_row_of(row->required[i]);
        return refuse(err, BPO__MSG_fact_value_missing, value_path(bpo__text_of(missing->name), path), row->name,
                      missing->name);
    }
    return BPO_OK;
}

static bpo_status check_status(const bpo_contract *contract, const bpo_value *value, bpo_error *err)
{
    bpo__text word = {value->text, value->size};
    size_t versions = bpo_contract_version_count(contract);
    for (size_t i = 0; i < versions; i++)
        if (bpo__plan_category(bpo__contract_plan(contract, i), word) != BPO__CATEGORY_NONE)
            return BPO_OK;
    return bpo__fail_text(err, BPO_E_VALUE, BPO__MSG_status_unmapped, BPO__TEXT("/values/status"), word,
                          (bpo__text){NULL, 0}, (bpo__text){NULL, 0});
}

bpo_status bpo__fact_twice(bpo__text name, bpo_error *err)
{
    char path[PATH_SIZE];
    value_path(name, path);
    return refuse(err, BPO__MSG_fact_value_twice, path, path + strlen("/values/"), NULL);
}

bool bpo__fact_is_to_blame(bpo_status status)
{
    static const bpo_status those[] = {BPO_E_FACT,       BPO_E_VALUE, BPO_E_INVALID, BPO_E_RANGE,
                                       BPO_E_KEY_REUSED, BPO_E_LIMIT, BPO_E_SEALED};
    for (size_t i = 0; i < sizeof those / sizeof those[0]; i++) {
        if (those[i] == status)
            return true;
    }
    return false;
}

bpo_status bpo__fact_check(const bpo_contract *contract, const bpo_fact *fact, bpo__text *names, bpo_error *err)
{
    const bpo__fact_row *row = bpo__fact_row_of(fact->kind);
    bpo_status status = check_head(fact, row, err);
    if (status < 0 || (status = check_texts(fact, row, err)) < 0)
        return status;
    for (size_t i = 0; i < fact->value_count; i++) {
        const bpo_value *value = &fact->values[i];
        int32_t type = 0;
        status = name_value(contract, value, &names[i], &type, err);
        if (status < 0 || (status = check_value(value, names[i], type, err)) < 0)
            return status;
        if (value->name == BPO_VALUE_STATUS && row->subject == BPO__SUBJECT_TICKET &&
            (status = check_status(contract, value, err)) < 0)
            return status;
    }
    if ((status = check_span(fact, err)) < 0)
        return status;
    return check_required(fact, row, err);
}
