/* SPDX-License-Identifier: Apache-2.0 */
/* Rows become facts: first the rows of one subject are gathered and put into the log's own order, then each rule of
 * the mapping makes its facts of the first, the last or each of them. */
#include "mapping.h"
#include "mapping_rules.h"
#include "stamps.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH_FACTS = 8192, KEY_SIZE = 65 };

typedef struct held_row {
    char *bytes;   /* all fields, NUL-terminated, one behind the other */
    char **fields; /* as many as the header has */
    size_t number;
    bpo_time at; /* of the order's first column */
    long long order;
} held_row;

struct mapping {
    mapping_rules rules;
    const bpo_zone *zone;
    mapping_host host;
    size_t column_count;
    held_row *rows; /* of the present subject */
    size_t row_count, row_capacity;
    bpo_fact *facts;
    size_t fact_count;
    bpo_value *values; /* MAPPING_VALUES_MAX for each fact of the batch */
    char (*keys)[KEY_SIZE];
    held_row *spent; /* rows that facts of the batch still point at */
    size_t spent_count, spent_capacity;
    char **subjects; /* sorted by nothing: a hash set of the subjects that are done */
    size_t subject_count, subject_capacity;
    size_t used, problems, made;
    bpo_time last_at;
};

static void report(mapping *m, size_t row, const char *column, const char *text, const char *advice)
{
    char line[512];
    m->problems++;
    snprintf(line, sizeof line, "row %zu, column %s: \"%.80s\" %s", row, column, text, advice);
    m->host.problem(m->host.user, line);
}

/* --- the set of subjects that are done -------------------------------------------------------------------------- */

static size_t subject_slot(char *const *table, size_t capacity, const char *subject)
{
    size_t hash = 1469598103u;
    for (const char *c = subject; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 16777619u;
    size_t slot = hash & (capacity - 1);
    while (table[slot] && strcmp(table[slot], subject) != 0)
        slot = (slot + 1) & (capacity - 1);
    return slot;
}

static int subjects_grow(mapping *m)
{
    size_t capacity = m->subject_capacity ? m->subject_capacity * 2 : 1024;
    char **table = calloc(capacity, sizeof *table);
    if (!table)
        return -1;
    for (size_t i = 0; i < m->subject_capacity; i++)
        if (m->subjects[i])
            table[subject_slot(table, capacity, m->subjects[i])] = m->subjects[i];
    free(m->subjects);
    m->subjects = table;
    m->subject_capacity = capacity;
    return 0;
}

/* 1: was there already, 0: noted now, -1: out of memory. */
static int subject_note(mapping *m, const char *subject)
{
    if (2 * (m->subject_count + 1) > m->subject_capacity && subjects_grow(m))
        return -1;
    size_t slot = subject_slot(m->subjects, m->subject_capacity, subject);
    if (m->subjects[slot])
        return 1;
    m->subjects[slot] = strdup(subject);
    if (!m->subjects[slot])
        return -1;
    m->subject_count++;
    return 0;
}

/* --- rows ------------------------------------------------------------------------------------------------------- */

static void row_free(held_row *row)
{
    free(row->bytes);
    free(row->fields);
}

static int row_hold(mapping *m, const log_row *row)
{
    size_t size = 0;
    if (m->row_count == m->row_capacity) {
        size_t capacity = m->row_capacity ? m->row_capacity * 2 : 64;
        held_row *rows = realloc(m->rows, capacity * sizeof *rows);
        if (!rows)
            return -1;
        m->rows = rows;
        m->row_capacity = capacity;
    }
    for (size_t i = 0; i < row->count; i++)
        size += strlen(row->fields[i]) + 1;
    held_row held = {malloc(size ? size : 1), malloc((row->count + 1) * sizeof(char *)), row->number, 0, 0};
    if (!held.bytes || !held.fields) {
        row_free(&held);
        return -1;
    }
    memcpy(held.bytes, row->fields[0], size); /* the fields stand one behind the other */
    for (size_t i = 0; i < row->count; i++)
        held.fields[i] = held.bytes + (row->fields[i] - row->fields[0]);
    m->rows[m->row_count++] = held;
    return 0;
}

static int compare_rows(const void *a, const void *b)
{
    const held_row *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static bool missing(const mapping *m, const char *text)
{
    return !*text || strcmp(text, m->rules.missing) == 0;
}

/* Reads what rows are ordered by; a row where that is bad is left out. */
static bool row_order(mapping *m, held_row *row)
{
    const mapping_rules *rules = &m->rules;
    const char *at = row->fields[rules->order_at.index];
    if (!stamp_read(m->zone, at, &row->at)) {
        report(m, row->number, rules->order_at.name, at, STAMP_ADVICE);
        return false;
    }
    if (!rules->order_number.name)
        return true;
    const char *number = row->fields[rules->order_number.index];
    if (missing(m, number) || number_read(number, &row->order))
        return true;
    report(m, row->number, rules->order_number.name, number, NUMBER_ADVICE);
    return false;
}

/* --- facts ------------------------------------------------------------------------------------------------------ */

static int batch_flush(mapping *m)
{
    int result = m->fact_count ? m->host.facts(m->host.user, m->facts, m->fact_count) : 0;
    m->made += m->fact_count;
    m->fact_count = 0;
    for (size_t i = 0; i < m->spent_count; i++)
        row_free(&m->spent[i]);
    m->spent_count = 0;
    return result;
}

static bool value_read(mapping *m, const mapping_value *rule, const held_row *row, bpo_value *value)
{
    const char *text = rule->text ? rule->text : row->fields[rule->column.index];
    long long number = 0;
    bool good = true;
    value->name = rule->id;
    value->type = rule->type;
    value->text = text;
    value->size = strlen(text);
    if (rule->type == BPO_TYPE_INTEGER)
        good = number_read(text, &number);
    else if (rule->type == BPO_TYPE_INSTANT)
        good = stamp_read(m->zone, text, &value->integer);
    else if (rule->type == BPO_TYPE_DECIMAL)
        good = bpo_decimal_parse(text, value->size, &value->decimal, NULL) == BPO_OK;
    if (rule->type == BPO_TYPE_INTEGER)
        value->integer = number;
    if (!good)
        report(m, row->number, rule->column.name, text,
               rule->type == BPO_TYPE_INSTANT ? STAMP_ADVICE : NUMBER_ADVICE);
    return good;
}

static bool values_read(mapping *m, const mapping_rule *rule, const held_row *row, bpo_fact *fact)
{
    bpo_value *values = m->values + m->fact_count * MAPPING_VALUES_MAX;
    for (size_t i = 0; i < rule->value_count; i++) {
        const mapping_value *value = &rule->values[i];
        if (!value->text && missing(m, row->fields[value->column.index]))
            continue;
        values[fact->value_count] = (bpo_value){0};
        if (!value_read(m, value, row, &values[fact->value_count]))
            return false;
        fact->value_count++;
    }
    fact->values = values;
    return true;
}

/* Makes one fact of one row; a value that cannot be read leaves the fact out and says so. */
static void fact_make(mapping *m, const mapping_rule *rule, const held_row *row, size_t ordinal)
{
    const char *at = row->fields[rule->at.index];
    const char *subject = row->fields[rule->subject.index];
    bpo_fact fact = BPO_FACT_INIT;
    char *key = m->keys[m->fact_count];
    long long order = 0;
    if (rule->when.name && strcmp(row->fields[rule->when.index], rule->when_text) != 0)
        return;
    if (missing(m, at))
        return;
    if (!stamp_read(m->zone, at, &fact.at)) {
        report(m, row->number, rule->at.name, at, STAMP_ADVICE);
        return;
    }
    if (rule->order.name && !number_read(row->fields[rule->order.index], &order)) {
        report(m, row->number, rule->order.name, row->fields[rule->order.index], NUMBER_ADVICE);
        return;
    }
    int length = rule->key ? snprintf(key, KEY_SIZE, "%s/%s", row->fields[m->rules.subject.index], rule->key)
                           : snprintf(key, KEY_SIZE, "%s/%zu", row->fields[m->rules.subject.index], ordinal);
    if (length <= 0 || length >= KEY_SIZE || !values_read(m, rule, row, &fact)) {
        if (length >= KEY_SIZE)
            report(m, row->number, m->rules.subject.name, subject, "is too long for a key of 64 bytes");
        return;
    }
    fact.kind = rule->kind;
    fact.order = order;
    fact.recorded_at = fact.at;
    fact.subject = subject;
    fact.subject_size = strlen(subject);
    fact.key = key;
    fact.key_size = (size_t)length;
    m->facts[m->fact_count++] = fact;
    if (fact.at > m->last_at)
        m->last_at = fact.at;
}

static int rule_apply(mapping *m, const mapping_rule *rule)
{
    size_t from = rule->row == MAPPING_ROW_LAST ? m->row_count - 1 : 0;
    size_t until = rule->row == MAPPING_ROW_FIRST ? 1 : m->row_count;
    for (size_t i = from; i < until; i++) {
        int result = m->fact_count == BATCH_FACTS ? batch_flush(m) : 0;
        if (result)
            return result;
        fact_make(m, rule, &m->rows[i], i + 1);
    }
    return 0;
}

/* The subject's rows are complete: put them into order, make the facts, and keep the rows until the batch is gone. */
static int subject_finish(mapping *m)
{
    int result = 0;
    if (!m->row_count)
        return 0;
    qsort(m->rows, m->row_count, sizeof *m->rows, compare_rows);
    for (size_t i = 0; !result && i < m->rules.count; i++)
        result = rule_apply(m, &m->rules.rules[i]);
    if (m->spent_count + m->row_count > m->spent_capacity) {
        size_t capacity = 2 * (m->spent_count + m->row_count);
        held_row *spent = realloc(m->spent, capacity * sizeof *spent);
        if (!spent)
            return -1;
        m->spent = spent;
        m->spent_capacity = capacity;
    }
    memcpy(m->spent + m->spent_count, m->rows, m->row_count * sizeof *m->rows);
    m->spent_count += m->row_count;
    m->used += m->row_count;
    m->row_count = 0;
    return result;
}

int mapping_row(void *user, const log_row *row)
{
    mapping *m = user;
    char problem[256];
    if (row->number == 1) {
        m->column_count = row->count;
        if (mapping_rules_bind(&m->rules, row, problem, sizeof problem) == 0)
            return 0;
        m->host.problem(m->host.user, problem);
        return -2;
    }
    if (row->count != m->column_count) {
        snprintf(problem, sizeof problem, "row %zu: %zu columns where the header has %zu; the row is left out",
                 row->number, row->count, m->column_count);
        m->problems++;
        m->host.problem(m->host.user, problem);
        return 0;
    }
    const char *subject = row->fields[m->rules.subject.index];
    if (m->row_count == 0 || strcmp(m->rows[0].fields[m->rules.subject.index], subject) != 0) {
        int result = subject_finish(m);
        int known = result ? result : subject_note(m, subject);
        if (known == 1)
            report(m, row->number, m->rules.subject.name, subject, "has rows further up; sort the log by this column");
        if (known)
            return known == 1 ? 0 : known;
    }
    if (row_hold(m, row))
        return -1;
    if (!row_order(m, &m->rows[m->row_count - 1]))
        row_free(&m->rows[--m->row_count]);
    return 0;
}

int mapping_finish(mapping *m)
{
    int result = subject_finish(m);
    return result ? result : batch_flush(m);
}

mapping *mapping_new(const char *path, bpo_contract *contract, const bpo_zone *zone, mapping_host host, char *problem,
                     size_t problem_size)
{
    mapping *m = calloc(1, sizeof *m);
    if (!m)
        return NULL;
    m->zone = zone;
    m->host = host;
    m->last_at = INT64_MIN;
    m->facts = calloc(BATCH_FACTS, sizeof *m->facts);
    m->values = calloc((size_t)BATCH_FACTS * MAPPING_VALUES_MAX, sizeof *m->values);
    m->keys = calloc(BATCH_FACTS, sizeof *m->keys);
    if (m->facts && m->values && m->keys &&
        mapping_rules_read(&m->rules, path, contract, problem, problem_size) == 0)
        return m;
    mapping_free(m);
    return NULL;
}

void mapping_free(mapping *m)
{
    if (!m)
        return;
    for (size_t i = 0; i < m->row_count; i++)
        row_free(&m->rows[i]);
    for (size_t i = 0; i < m->spent_count; i++)
        row_free(&m->spent[i]);
    for (size_t i = 0; i < m->subject_capacity; i++)
        free(m->subjects[i]);
    free(m->rows);
    free(m->spent);
    free(m->subjects);
    free(m->facts);
    free(m->values);
    free(m->keys);
    mapping_rules_clear(&m->rules);
    free(m);
}

size_t mapping_row_count(const mapping *m) { return m->used; }

size_t mapping_problem_count(const mapping *m) { return m->problems; }

size_t mapping_fact_count(const mapping *m) { return m->made; }

bpo_time mapping_last_at(const mapping *m) { return m->last_at; }
