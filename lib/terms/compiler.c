/* SPDX-License-Identifier: Apache-2.0 */
/* What the parts of the compiler share: places, presets, tables, orders, references. */
#include "terms/compiler.h"

#include "core/fail.h"
#include "core/sort.h"
#include "terms/values.h"
#include "terms/words.h"

static const bpo__text none = {NULL, 0};

const char *bpo__place_of(bpo__place *place, bpo__branch branch, const char *relative)
{
    bpo__text path = bpo__branch_path(branch);
    size_t relative_size = strlen(relative);
    size_t room = sizeof place->path - 2 - path.size;

    memcpy(place->path, path.data, path.size);
    if (relative_size == 0) {
        place->path[path.size] = '\0';
        return place->path;
    }
    relative_size = relative_size < room ? relative_size : room;
    place->path[path.size] = '/';
    memcpy(place->path + path.size + 1, relative, relative_size);
    place->path[path.size + 1 + relative_size] = '\0';
    return place->path;
}

bpo_status bpo__refuse(bpo__compiler *c, bpo__branch branch, const char *relative, int32_t message, bpo__text argument0,
                       bpo__text argument1)
{
    bpo__place place;

    return bpo__fail_text(c->err, BPO_E_VALUE, message, bpo__text_of(bpo__place_of(&place, branch, relative)),
                          argument0, argument1, none);
}

bpo_status bpo__refuse_missing(bpo__compiler *c, bpo__branch branch, const char *relative, const char *hint)
{
    bpo__place place;

    return bpo__fail(c->err, BPO_E_MISSING, BPO__MSG_term_missing, bpo__place_of(&place, branch, relative), hint, NULL,
                     NULL);
}

bpo_status bpo__compile_text(bpo__compiler *c, bpo__text text, const char **ret_text)
{
    *ret_text = bpo__arena_text(c->arena, text.data, text.size);
    return *ret_text ? BPO_OK : bpo__fail_memory(c->err);
}

bpo_status bpo__compile_token(bpo__compiler *c, bpo__text token, bpo__text *ret_text)
{
    char *text = bpo__arena_text(c->arena, token.data, token.size);

    if (!text)
        return bpo__fail_memory(c->err);
    ret_text->data = text;
    ret_text->size = bpo__token_decode(token, text);
    return BPO_OK;
}

static bpo_status read_condition(bpo__compiler *c, const char *path, bpo__text text,
                                 const bpo__condition **ret_condition)
{
    *ret_condition = NULL;
    if (!text.data)
        return BPO_OK;
    return bpo__condition_parse(c->arena, c->names, &c->plan->declarations, path, text, ret_condition, c->err);
}

bpo_status bpo__compile_condition(bpo__compiler *c, bpo__branch branch, const char *relative,
                                  const bpo__condition **ret_condition)
{
    bpo__place place;

    return read_condition(c, bpo__place_of(&place, branch, relative), bpo__branch_value(branch, relative),
                          ret_condition);
}

bpo_status bpo__compile_attribute(bpo__compiler *c, bpo__text name, uint32_t *ret_name)
{
    bpo_status status = bpo__names_intern(c->names, name, ret_name);

    if (status == BPO_OK || status == BPO_E_NOMEM)
        return status == BPO_OK ? BPO_OK : bpo__fail_memory(c->err);
    return bpo__fail(c->err, status, BPO__MSG_limit_reached, "/attributes", "attributes", "4096", NULL);
}

bpo_status bpo__compile_dimensions(bpo__compiler *c, bpo__branch branch, const bpo__dimension **ret_dimensions,
                                   size_t *ret_count)
{
    bpo__branch by = bpo__branch_at(branch, "by");
    size_t position = 0, count = 0;
    bpo__dimension *dimensions = bpo__arena_alloc(c->arena, bpo__branch_child_count(by) * sizeof *dimensions);
    bpo_status status = dimensions ? BPO_OK : bpo__fail_memory(c->err);
    bpo__branch child;
    bpo__text token;

    while (status == BPO_OK && bpo__branch_next(by, &position, &child, &token)) {
        status = bpo__compile_text(c, token, &dimensions[count].name);
        if (status == BPO_OK)
            status = bpo__compile_attribute(c, bpo__branch_value(child, ""), &dimensions[count++].attribute);
    }
    *ret_dimensions = dimensions;
    *ret_count = count;
    return status;
}

bpo__definition bpo__definition_of(bpo__collection collection, const char *root, bpo__text name, bpo__branch branch)
{
    bpo__definition definition = {collection, root, name, bpo__branch_value(branch, "preset"), branch};

    if (!definition.preset.data && bpo__preset_exists(collection, name))
        definition.preset = name;
    return definition;
}

bpo__text bpo__definition_value(const bpo__definition *definition, const char *field)
{
    bpo__text value = bpo__branch_value(definition->branch, field);

    if (value.data || !definition->preset.data)
        return value;
    return bpo__preset_value(definition->collection, definition->preset, field);
}

const char *bpo__definition_place(const bpo__definition *definition, const char *field, bpo__place *place)
{
    bpo__text parts[] = {bpo__text_of(definition->root), BPO__TEXT("/"), definition->name, BPO__TEXT("/"),
                         bpo__text_of(field)};
    size_t size = 0;

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        memcpy(place->path + size, parts[i].data, parts[i].size);
        size += parts[i].size;
    }
    place->path[size] = '\0';
    return place->path;
}

bpo_status bpo__definition_condition(bpo__compiler *c, const bpo__definition *definition, const char *field,
                                     const bpo__condition **ret_condition)
{
    bpo__place place;

    return read_condition(c, bpo__definition_place(definition, field, &place), bpo__definition_value(definition, field),
                          ret_condition);
}

bpo_status bpo__definition_attribute(bpo__compiler *c, const bpo__definition *definition, const char *field,
                                     uint32_t *ret_name)
{
    bpo__text name = bpo__definition_value(definition, field);

    *ret_name = 0;
    return name.data ? bpo__compile_attribute(c, name, ret_name) : BPO_OK;
}

bpo_status bpo__definition_choice(bpo__compiler *c, const bpo__definition *definition, const char *field,
                                  const char *choices, int32_t initial, int32_t *ret_index)
{
    bpo__text value = bpo__definition_value(definition, field);
    bpo__place place;

    *ret_index = initial;
    if (!value.data)
        return BPO_OK;
    return bpo__value_choice(bpo__definition_place(definition, field, &place), value, choices, ret_index, c->err);
}

bpo_status bpo__definition_missing(bpo__compiler *c, const bpo__definition *definition, const char *field,
                                   const char *hint)
{
    bpo__place place;

    return bpo__fail(c->err, BPO_E_MISSING, BPO__MSG_term_missing, bpo__definition_place(definition, field, &place),
                     hint, NULL, NULL);
}

bpo_status bpo__definition_excludes(bpo__compiler *c, const bpo__definition *definition, const char *field,
                                    const char *other)
{
    bpo__place place;

    if (!bpo__definition_value(definition, field).data || !bpo__definition_value(definition, other).data)
        return BPO_OK;
    return bpo__fail(c->err, BPO_E_VALUE, BPO__MSG_field_excludes, bpo__definition_place(definition, field, &place),
                     other, NULL, NULL);
}

bpo__branch bpo__table_entry(bpo__branch table, size_t index)
{
    char token[BPO__INTEGER_TEXT_SIZE];

    bpo__unsigned_format(index, token);
    return bpo__branch_at(table, token);
}

bpo_status bpo__compile_table_size(bpo__compiler *c, bpo__branch table, size_t *ret_count)
{
    char missing[BPO__INTEGER_TEXT_SIZE];
    size_t position = 0, entries = 0, count = 0;
    bpo__branch child;
    bpo__text token;

    while (bpo__branch_next(table, &position, &child, &token))
        entries += token.data[0] >= '0' && token.data[0] <= '9';
    while (count < entries && !bpo__branch_is_empty(bpo__table_entry(table, count)))
        count++;
    *ret_count = count;
    if (count == entries)
        return BPO_OK;
    bpo__unsigned_format(count, missing);
    return bpo__refuse(c, table, missing, BPO__MSG_index_gap, bpo__text_of(missing), none);
}

const void *bpo__named_find(const void *items, size_t count, size_t item_size, bpo__text name)
{
    size_t low = 0;

    while (low < count) {
        size_t middle = low + (count - low) / 2;
        const char *item = (const char *)items + middle * item_size;
        int order = bpo__text_compare(name, bpo__text_of(*(const char *const *)item));
        if (order == 0)
            return item;
        if (order < 0)
            count = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* Copies the items in the order of the words; `used` marks what was taken. */
static bpo_status pick(bpo__compiler *c, const char *path, const char *noun, const bpo__text *words, size_t word_count,
                       char *from, char *into, bool *used, size_t count, size_t item_size)
{
    for (size_t i = 0; i < word_count; i++) {
        const char *item = bpo__named_find(from, count, item_size, words[i]);
        size_t index;
        if (!item)
            return bpo__reference_unknown(c, path, words[i], noun, "the order names what the contract has");
        index = (size_t)(item - from) / item_size;
        if (used[index])
            return bpo__value_refuse(path, words[i], BPO__MSG_order_repeated, NULL, c->err);
        used[index] = true;
        memcpy(into + i * item_size, item, item_size);
    }
    for (size_t i = 0; i < count; i++)
        if (!used[i])
            return bpo__value_refuse(path, bpo__text_of(*(const char **)(void *)(from + i * item_size)),
                                     BPO__MSG_order_incomplete, NULL, c->err);
    return BPO_OK;
}

bpo_status bpo__compile_order(bpo__compiler *c, const char *path, const char *noun, void *items, size_t count,
                              size_t item_size)
{
    bpo__text value = bpo__branch_value(c->root, path + 1);
    const bpo__text *words;
    size_t word_count;
    char *ordered = bpo__arena_alloc(c->arena, count * item_size);
    bool *used = bpo__arena_alloc(c->arena, count * sizeof *used);
    bpo_status status;

    if (!value.data)
        return BPO_OK;
    if (!ordered || !used)
        return bpo__fail_memory(c->err);
    status = bpo__list_parse(c->arena, path, value, &words, &word_count, c->err);
    if (status != BPO_OK)
        return status;
    if (word_count > count)
        ordered = bpo__arena_alloc(c->arena, word_count * item_size); /* one is wrong: pick() says which */
    if (!ordered)
        return bpo__fail_memory(c->err);
    status = pick(c, path, noun, words, word_count, items, ordered, used, count, item_size);
    if (status == BPO_OK && count > 0)
        memcpy(items, ordered, count * item_size);
    return status;
}

bpo_status bpo__reference_unknown(bpo__compiler *c, const char *path, bpo__text name, const char *noun,
                                  const char *hint)
{
    return bpo__fail_text(c->err, BPO_E_VALUE, BPO__MSG_reference_unknown, bpo__text_of(path), name, bpo__text_of(noun),
                          bpo__text_of(hint));
}

bpo_status bpo__find_metric(bpo__compiler *c, const char *path, bpo__text name, const bpo__metric **ret_metric)
{
    *ret_metric = bpo__named_find(c->plan->metrics, c->plan->metric_count, sizeof **ret_metric, name);
    if (*ret_metric)
        return BPO_OK;
    return bpo__reference_unknown(c, path, name, "metric", "define it below /sla/metrics, or name a preset");
}

bpo_status bpo__find_calendar(bpo__compiler *c, const char *path, bpo__text name, bpo_calendar **ret_calendar)
{
    const bpo__named_calendar *found =
        bpo__named_find(c->plan->calendars, c->plan->calendar_count, sizeof *found, name);

    if (!found)
        return bpo__reference_unknown(c, path, name, "calendar", "define it below /calendars");
    *ret_calendar = found->calendar;
    return BPO_OK;
}

bpo_status bpo__name_list_add(bpo__compiler *c, bpo__name_list *list, bpo__text name)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? 2 * list->capacity : 8;
        bpo__text *names = bpo__arena_alloc(c->arena, capacity * sizeof *names);
        if (!names)
            return bpo__fail_memory(c->err);
        if (list->count > 0)
            memcpy(names, list->names, list->count * sizeof *names);
        list->names = names;
        list->capacity = capacity;
    }
    list->names[list->count++] = name;
    return BPO_OK;
}

static int compare_names(const void *a, const void *b, void *user)
{
    (void)user;
    return bpo__text_compare(*(const bpo__text *)a, *(const bpo__text *)b);
}

void bpo__name_list_settle(bpo__name_list *list)
{
    size_t kept = 0;

    bpo__sort(list->names, list->count, sizeof *list->names, compare_names, NULL);
    for (size_t i = 0; i < list->count; i++)
        if (kept == 0 || !bpo__text_equal(list->names[kept - 1], list->names[i]))
            list->names[kept++] = list->names[i];
    list->count = kept;
}

bpo_status bpo__name_list_add_children(bpo__compiler *c, bpo__name_list *list, const char *path)
{
    bpo__branch branch = bpo__branch_at(c->root, path + 1);
    bpo_status status = BPO_OK;
    size_t position = 0;
    bpo__branch child;
    bpo__text token;

    while (status == BPO_OK && bpo__branch_next(branch, &position, &child, &token))
        status = bpo__name_list_add(c, list, token);
    return status;
}

bpo_status bpo__name_list_add_presets(bpo__compiler *c, bpo__name_list *list, const char *path, const char *field,
                                      bpo__collection collection)
{
    bpo__branch branch = bpo__branch_at(c->root, path + 1);
    bpo_status status = BPO_OK;
    size_t position = 0;
    bpo__branch child;
    bpo__text token, value;

    while (status == BPO_OK && bpo__branch_next(branch, &position, &child, &token)) {
        value = bpo__branch_value(child, field);
        if (value.data && bpo__preset_exists(collection, value))
            status = bpo__name_list_add(c, list, value);
    }
    return status;
}
