/* SPDX-License-Identifier: Apache-2.0 */
/* The canonical bytes of a fact; layout in codec/fact_bytes.h.
 *
 * Law: equal facts have equal bytes, whatever order their values came in and whichever process wrote them; bytes that
 * are read are exactly those that would be written. */
#include "codec/fact_bytes.h"
#include "codec/fact_check.h"
#include "core/fail.h"
#include "terms/fact_table.h"
#include "terms/plan.h"

/* --- writing ----------------------------------------------------------------------------------------------------- */

/* A fact's values in canonical order. */
typedef struct sorted {
    bpo__text names[BPO_FACT_VALUE_COUNT_MAX];
    uint8_t index[BPO_FACT_VALUE_COUNT_MAX]; /* positions in the fact */
} sorted;

/* The library's own by id before the host's by name. */
static bool stands_before(const bpo_fact *fact, const bpo__text *names, uint8_t a, uint8_t b)
{
    uint32_t name_a = fact->values[a].name, name_b = fact->values[b].name;
    if (name_a < BPO_VALUE_HOST_FIRST || name_b < BPO_VALUE_HOST_FIRST)
        return name_a < name_b;
    return bpo__text_compare(names[a], names[b]) < 0;
}

/* By insertion: a fact has a handful of values, mostly in order already. */
static bpo_status sort_values(const bpo_fact *fact, sorted *values, bpo_error *err)
{
    for (size_t i = 0; i < fact->value_count; i++) {
        size_t place = i;
        while (place > 0 && stands_before(fact, values->names, (uint8_t)i, values->index[place - 1])) {
            values->index[place] = values->index[place - 1];
            place--;
        }
        if (place > 0 && fact->values[values->index[place - 1]].name == fact->values[i].name)
            return bpo__fact_twice(values->names[i], err);
        values->index[place] = (uint8_t)i;
    }
    return BPO_OK;
}

/* Most bytes that the fact can take. */
static size_t bound(const bpo_fact *fact, const bpo__text *names)
{
    size_t numbers = 10 + 3 * fact->value_count;
    size_t size = numbers * BPO__UNSIGNED_SIZE_MAX;
    size += fact->key_size + fact->subject_size + fact->party_size + fact->actor_size;
    for (size_t i = 0; i < fact->value_count; i++) {
        const bpo_value *value = &fact->values[i];
        size += names[i].size + (value->type == BPO_TYPE_TEXT ? value->size : BPO__DECIMAL_SIZE_MAX);
    }
    return size;
}

static uint8_t *put_head(uint8_t *to, const bpo_fact *fact)
{
    to = bpo__put_unsigned(to, (uint64_t)fact->kind);
    to = bpo__put_unsigned(to, fact->flags & BPO_FACT_RETRACTED);
    to = bpo__put_unsigned(to, fact->revision);
    to = bpo__put_signed(to, fact->at);
    to = bpo__put_signed(to, fact->order);
    to = bpo__put_text(to, (bpo__text){fact->key, fact->key_size});
    to = bpo__put_text(to, (bpo__text){fact->subject, fact->subject_size});
    to = bpo__put_text(to, (bpo__text){fact->party, fact->party_size});
    return bpo__put_text(to, (bpo__text){fact->actor, fact->actor_size});
}

static uint8_t *put_value(uint8_t *to, const bpo_value *value, bpo__text name)
{
    bool own = value->name < BPO_VALUE_HOST_FIRST;
    to = bpo__put_unsigned(to, own ? value->name : 0);
    if (!own)
        to = bpo__put_text(to, name);
    to = bpo__put_unsigned(to, (uint64_t)value->type);
    if (value->type == BPO_TYPE_TEXT)
        return bpo__put_text(to, (bpo__text){value->text, value->size});
    if (value->type == BPO_TYPE_DECIMAL)
        return bpo__put_decimal(to, &value->decimal);
    return bpo__put_signed(to, value->integer);
}

bpo_status bpo__fact_encode(bpo_contract *contract, const bpo_fact *fact, bpo__buffer *into, bpo_error *err)
{
    sorted values;
    bpo_status status = bpo__fact_check(contract, fact, values.names, err);
    if (status < 0 || (status = sort_values(fact, &values, err)) < 0)
        return status;
    if (bpo__buffer_reserve(into, bound(fact, values.names)) < 0)
        return bpo__fail_memory(err);
    uint8_t *to = put_head(into->data + into->size, fact);
    to = bpo__put_unsigned(to, fact->value_count);
    for (size_t i = 0; i < fact->value_count; i++)
        to = put_value(to, &fact->values[values.index[i]], values.names[values.index[i]]);
    into->size = (size_t)(to - into->data);
    return BPO_OK;
}

/* --- reading ----------------------------------------------------------------------------------------------------- */

static bpo_status get_text(bpo__reader *from, size_t least, size_t most, const char **ret_data, size_t *ret_size)
{
    bpo__text text = {NULL, 0};
    if (bpo__read_text(from, &text) < 0 || text.size < least || text.size > most)
        return BPO_E_CORRUPT;
    if (text.size > 0 && !bpo__utf8_is_valid(text.data, text.size))
        return BPO_E_CORRUPT;
    *ret_data = text.data;
    *ret_size = text.size;
    return BPO_OK;
}

static bpo_status get_head(bpo__reader *from, bpo_fact *fact)
{
    uint32_t kind = 0;
    if (bpo__read_limited(from, INT32_MAX, &kind) < 0 ||
        bpo__read_limited(from, BPO_FACT_RETRACTED, &fact->flags) < 0 ||
        bpo__read_limited(from, UINT32_MAX, &fact->revision) < 0 || bpo__read_signed(from, &fact->at) < 0 ||
        bpo__read_signed(from, &fact->order) < 0)
        return BPO_E_CORRUPT;
    if (fact->at < BPO__FACT_AT_MIN || fact->at >= BPO__FACT_AT_END)
        return BPO_E_CORRUPT;
    fact->kind = (bpo_fact_kind)kind;
    const bpo__fact_row *row = bpo__fact_row_of(fact->kind);
    if (row == NULL)
        return BPO_E_TOO_NEW;
    size_t subject_least = row->subject == BPO__SUBJECT_ENGAGEMENT ? 0 : 1;
    if (get_text(from, 1, BPO_FACT_KEY_SIZE_MAX, &fact->key, &fact->key_size) < 0 ||
        get_text(from, subject_least, BPO_FACT_SUBJECT_SIZE_MAX, &fact->subject, &fact->subject_size) < 0 ||
        get_text(from, 0, BPO_FACT_TEXT_SIZE_MAX, &fact->party, &fact->party_size) < 0)
        return BPO_E_CORRUPT;
    return get_text(from, 0, BPO_FACT_TEXT_SIZE_MAX, &fact->actor, &fact->actor_size);
}

/* Name of a host's attribute: after the one before it, and never one of the library's own. */
static bpo_status get_host_name(bpo__reader *from, bpo__names *names, bpo__text *before, uint32_t *ret_name)
{
    bpo__text name = {NULL, 0};
    uint32_t id = 0;
    if (bpo__read_text(from, &name) < 0 || bpo__text_compare(*before, name) >= 0)
        return BPO_E_CORRUPT;
    bpo_status status = bpo__names_intern(names, name, &id);
    if (status == BPO_E_INVALID || (status >= 0 && id < BPO_VALUE_HOST_FIRST))
        return BPO_E_CORRUPT;
    if (status < 0)
        return status;
    *before = name;
    *ret_name = id;
    return BPO_OK;
}

/* Name of the library's own: above the one before it. */
static bpo_status check_own_name(uint32_t name, uint32_t before, int32_t type)
{
    if (name <= before || before >= BPO_VALUE_HOST_FIRST)
        return BPO_E_CORRUPT;
    const bpo__value_row *row = bpo__value_row_of(name);
    if (row == NULL)
        return BPO_E_TOO_NEW;
    return row->derived || row->type != type ? BPO_E_CORRUPT : BPO_OK;
}

static bpo_status get_content(bpo__reader *from, bpo_value *value)
{
    if (value->type == BPO_TYPE_TEXT)
        return get_text(from, 0, BPO_FACT_TEXT_SIZE_MAX, &value->text, &value->size);
    if (value->type == BPO_TYPE_DECIMAL)
        return bpo__read_decimal(from, &value->decimal);
    return bpo__read_signed(from, &value->integer);
}

/* `before` is the value before this one, or a zeroed one; `host` the last name of the host's. */
static bpo_status get_value(bpo__reader *from, bpo__names *names, uint32_t before, bpo__text *host, bpo_value *value)
{
    static const bpo_value none = {0};
    uint32_t name = 0, type = 0;
    *value = none;
    if (bpo__read_limited(from, BPO_VALUE_HOST_FIRST - 1, &name) < 0)
        return BPO_E_CORRUPT;
    bool own = name != 0;
    bpo_status status = own ? BPO_OK : get_host_name(from, names, host, &name);
    if (status < 0)
        return status;
    if (bpo__read_limited(from, BPO_TYPE_INSTANT, &type) < 0 || type < BPO_TYPE_TEXT)
        return BPO_E_CORRUPT;
    if (own && (status = check_own_name(name, before, (int32_t)type)) < 0)
        return status;
    value->name = name;
    value->type = (int32_t)type;
    return get_content(from, value);
}

static bpo_status get_values(bpo__reader *from, bpo__names *names, bpo_fact *fact, bpo_value *values)
{
    bpo__text host = {NULL, 0};
    uint32_t count = 0;
    if (bpo__read_limited(from, BPO_FACT_VALUE_COUNT_MAX, &count) < 0)
        return BPO_E_CORRUPT;
    for (uint32_t i = 0; i < count; i++) {
        bpo_status status = get_value(from, names, i > 0 ? values[i - 1].name : 0, &host, &values[i]);
        if (status < 0)
            return status;
    }
    fact->values = values;
    fact->value_count = count;
    return bpo__reader_left(from) > 0 ? BPO_E_CORRUPT : BPO_OK;
}

bpo_status bpo__fact_decode(bpo_contract *contract, const void *bytes, size_t size, bpo_fact *ret_fact,
                            bpo_value *values, bpo_error *err)
{
    bpo_fact fact = BPO_FACT_INIT;
    bpo__reader from = bpo__reader_of(bytes, size);
    bpo_status status = get_head(&from, &fact);
    if (status >= 0)
        status = get_values(&from, bpo__contract_names(contract), &fact, values);
    if (status == BPO_E_NOMEM)
        return bpo__fail_memory(err);
    if (status == BPO_E_CORRUPT)
        return bpo__fail(err, status, BPO__MSG_fact_bytes_damaged, "", NULL, NULL, NULL);
    if (status < 0)
        return bpo__fail(err, status, BPO__MSG_frame_too_new, "", NULL, NULL, NULL);
    *ret_fact = fact;
    return BPO_OK;
}
