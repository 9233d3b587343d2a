/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the mapping file (jansson) and finding its columns in a log's header. */
#include "mapping_rules.h"

#include <stdio.h>
#include <string.h>

typedef struct reading {
    mapping_rules *rules;
    bpo_contract *contract;
    char *problem;
    size_t problem_size;
} reading;

static int complain(const reading *r, const char *place, const char *advice)
{
    snprintf(r->problem, r->problem_size, "mapping: %s: %s", place, advice);
    return -1;
}

static const char *text_of(const json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

static int value_type(const char *name)
{
    static const struct {
        const char *name;
        int32_t type;
    } types[] = {{"text", BPO_TYPE_TEXT}, {"integer", BPO_TYPE_INTEGER}, {"decimal", BPO_TYPE_DECIMAL},
                 {"instant", BPO_TYPE_INSTANT}};
    if (!name)
        return BPO_TYPE_TEXT;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i].name, name) == 0)
            return types[i].type;
    return 0;
}

static int read_value(const reading *r, const json_t *from, mapping_value *value)
{
    bpo_error err = BPO_ERROR_INIT;
    const char *name = text_of(from, "name");
    value->text = text_of(from, "text");
    value->column.name = text_of(from, "column");
    value->type = value_type(text_of(from, "type"));
    if (!name || !value->text == !value->column.name)
        return complain(r, "values", "each has a name and either a column or a text");
    if (!value->type)
        return complain(r, name, "type is text, integer, decimal or instant");
    if (bpo_contract_attribute(r->contract, name, &value->id, &err) < 0)
        return complain(r, name, err.message);
    return 0;
}

static int read_row(const char *word, mapping_which *ret)
{
    static const char *const words[] = {"each", "first", "last"};
    for (size_t i = 0; i < 3; i++)
        if (word && strcmp(words[i], word) == 0) {
            *ret = (mapping_which)(i + 1);
            return 0;
        }
    return -1;
}

static int read_rule(const reading *r, const json_t *from, mapping_rule *rule)
{
    const char *kind = text_of(from, "kind");
    const json_t *when = json_object_get(from, "when"), *values = json_object_get(from, "values"), *value;
    size_t index;
    if (!kind || bpo_fact_kind_find(kind, strlen(kind), &rule->kind) != BPO_OK)
        return complain(r, kind ? kind : "kind", "is not a kind of fact; take one such as ticket.opened");
    if (read_row(text_of(from, "row"), &rule->row))
        return complain(r, kind, "row is each, first or last");
    rule->at.name = text_of(from, "at");
    rule->order.name = text_of(from, "order");
    rule->key = text_of(from, "key");
    rule->subject.name = text_of(from, "subject") ? text_of(from, "subject") : r->rules->subject.name;
    rule->when.name = text_of(when, "column");
    rule->when_text = text_of(when, "text");
    if (!rule->at.name || !rule->when.name != !rule->when_text)
        return complain(r, kind, "needs at, a column; when has a column and a text");
    if (json_array_size(values) > MAPPING_VALUES_MAX)
        return complain(r, kind, "has more than 16 values");
    json_array_foreach(values, index, value)
        if (read_value(r, value, &rule->values[rule->value_count++]))
            return -1;
    return 0;
}

int mapping_rules_read(mapping_rules *rules, const char *path, bpo_contract *contract, char *problem,
                       size_t problem_size)
{
    json_error_t where;
    const json_t *rule;
    size_t index;
    reading r = {rules, contract, problem, problem_size};
    rules->file = json_load_file(path, JSON_REJECT_DUPLICATES, &where);
    if (!rules->file) {
        snprintf(problem, problem_size, "%s: line %d: %s", path, where.line, where.text);
        return -1;
    }
    const json_t *order = json_object_get(rules->file, "order"), *facts = json_object_get(rules->file, "facts");
    rules->subject.name = text_of(rules->file, "subject");
    rules->missing = text_of(rules->file, "missing") ? text_of(rules->file, "missing") : "";
    rules->order_at.name = json_string_value(json_array_get(order, 0));
    rules->order_number.name = json_string_value(json_array_get(order, 1));
    if (!rules->subject.name || !rules->order_at.name)
        return complain(&r, path, "needs subject, a column, and order, a list of one or two columns");
    if (!json_array_size(facts) || json_array_size(facts) > MAPPING_RULES_MAX)
        return complain(&r, path, "needs facts, a list of 1 to 16 rules");
    json_array_foreach(facts, index, rule)
        if (read_rule(&r, rule, &rules->rules[rules->count++]))
            return -1;
    return 0;
}

static int bind(mapping_column *column, const log_row *header, char *problem, size_t problem_size)
{
    if (!column->name)
        return 0;
    for (size_t i = 0; i < header->count; i++)
        if (strcmp(header->fields[i], column->name) == 0) {
            column->index = i;
            return 0;
        }
    snprintf(problem, problem_size, "row 1: the header has no column %s, which the mapping names", column->name);
    return -1;
}

int mapping_rules_bind(mapping_rules *rules, const log_row *header, char *problem, size_t problem_size)
{
    mapping_column *own[] = {&rules->subject, &rules->order_at, &rules->order_number};
    for (size_t i = 0; i < 3; i++)
        if (bind(own[i], header, problem, problem_size))
            return -1;
    for (size_t i = 0; i < rules->count; i++) {
        mapping_rule *rule = &rules->rules[i];
        mapping_column *columns[] = {&rule->subject, &rule->at, &rule->order, &rule->when};
        for (size_t k = 0; k < 4; k++)
            if (bind(columns[k], header, problem, problem_size))
                return -1;
        for (size_t k = 0; k < rule->value_count; k++)
            if (bind(&rule->values[k].column, header, problem, problem_size))
                return -1;
    }
    return 0;
}

void mapping_rules_clear(mapping_rules *rules)
{
    json_decref(rules->file);
}
