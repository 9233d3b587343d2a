/* SPDX-License-Identifier: Apache-2.0 */
/* The compiler of plans from inside: what its parts (calendars, sla, pricing, kpis) share. One part, one file; each
 * reads its branch of the terms and fills its fields of the plan. */
#ifndef BPO_TERMS_COMPILER_H
#define BPO_TERMS_COMPILER_H

#include "terms/plan.h"
#include "terms/presets.h"
#include "terms/tree.h"

typedef struct bpo__compiler {
    bpo_context *context;
    bpo__names *names;
    bpo__plan *plan; /* in the making */
    bpo__arena *arena;
    bpo__branch root;
    const bpo__plan *known;
    bpo_error *err;
} bpo__compiler;

/* The parts, in this order: each may refer to what the ones before it made. */
bpo_status bpo__compile_attributes(bpo__compiler *c);
bpo_status bpo__compile_statuses(bpo__compiler *c);
bpo_status bpo__compile_calendars(bpo__compiler *c);
bpo_status bpo__compile_metrics(bpo__compiler *c);
bpo_status bpo__compile_policies(bpo__compiler *c);
bpo_status bpo__compile_meters(bpo__compiler *c);
bpo_status bpo__compile_charges(bpo__compiler *c);
bpo_status bpo__compile_measures(bpo__compiler *c);
bpo_status bpo__compile_levels(bpo__compiler *c);

/* A place for messages: the path of something at or below a branch. */
typedef struct bpo__place {
    char path[BPO__PATH_SIZE_MAX + 2 * BPO_TERMS_NAME_SIZE_MAX];
} bpo__place;
const char *bpo__place_of(bpo__place *place, bpo__branch branch, const char *relative);

/* Refusals at a relative path of a branch. */
bpo_status bpo__refuse(bpo__compiler *c, bpo__branch branch, const char *relative, int32_t message, bpo__text argument0,
                       bpo__text argument1);
bpo_status bpo__refuse_missing(bpo__compiler *c, bpo__branch branch, const char *relative, const char *hint);

/* Something that is defined by its own terms and, where they are silent, by a preset. */
typedef struct bpo__definition {
    bpo__collection collection;
    const char *root; /* "/sla/metrics" */
    bpo__text name;
    bpo__text preset; /* {NULL, 0}: none */
    bpo__branch branch;
} bpo__definition;

bpo__definition bpo__definition_of(bpo__collection collection, const char *root, bpo__text name, bpo__branch branch);
bpo__text bpo__definition_value(const bpo__definition *definition, const char *field);
const char *bpo__definition_place(const bpo__definition *definition, const char *field, bpo__place *place);
/* NULL where the field is not set. */
bpo_status bpo__definition_condition(bpo__compiler *c, const bpo__definition *definition, const char *field,
                                     const bpo__condition **ret_condition);
/* 0 where the field is not set. */
bpo_status bpo__definition_attribute(bpo__compiler *c, const bpo__definition *definition, const char *field,
                                     uint32_t *ret_name);
/* Index of the word in a list of choices; `initial` where the field is not set. */
bpo_status bpo__definition_choice(bpo__compiler *c, const bpo__definition *definition, const char *field,
                                  const char *choices, int32_t initial, int32_t *ret_index);
bpo_status bpo__definition_missing(bpo__compiler *c, const bpo__definition *definition, const char *field,
                                   const char *hint);
/* `field` cannot stand where `other` does. */
bpo_status bpo__definition_excludes(bpo__compiler *c, const bpo__definition *definition, const char *field,
                                    const char *other);

/* Values of a branch without presets. */
bpo_status bpo__compile_text(bpo__compiler *c, bpo__text text, const char **ret_text);
bpo_status bpo__compile_token(bpo__compiler *c, bpo__text token, bpo__text *ret_text); /* without escapes */
bpo_status bpo__compile_condition(bpo__compiler *c, bpo__branch branch, const char *relative,
                                  const bpo__condition **ret_condition);
bpo_status bpo__compile_attribute(bpo__compiler *c, bpo__text name, uint32_t *ret_name);
/* The dimensions of `by`. */
bpo_status bpo__compile_dimensions(bpo__compiler *c, bpo__branch branch, const bpo__dimension **ret_dimensions,
                                   size_t *ret_count);
/* How many entries a table has that is indexed from 0; refuses gaps. */
bpo_status bpo__compile_table_size(bpo__compiler *c, bpo__branch table, size_t *ret_count);
/* The entry of an index. */
bpo__branch bpo__table_entry(bpo__branch table, size_t index);

/* Things with a name as their first member, in order of name. */
const void *bpo__named_find(const void *items, size_t count, size_t item_size, bpo__text name);
/* Puts items of a collection into the order of a list term; without it they stay as they are. Every name stands in it
 * once. */
bpo_status bpo__compile_order(bpo__compiler *c, const char *path, const char *noun, void *items, size_t count,
                              size_t item_size);
/* What a reference names, or a refusal at the place of the reference. */
bpo_status bpo__reference_unknown(bpo__compiler *c, const char *path, bpo__text name, const char *noun,
                                  const char *hint);
bpo_status bpo__find_metric(bpo__compiler *c, const char *path, bpo__text name, const bpo__metric **ret_metric);
bpo_status bpo__find_calendar(bpo__compiler *c, const char *path, bpo__text name, bpo_calendar **ret_calendar);

/* Names that are collected from several places: sorted, each once. */
typedef struct bpo__name_list {
    bpo__text *names;
    size_t count;
    size_t capacity;
} bpo__name_list;
bpo_status bpo__name_list_add(bpo__compiler *c, bpo__name_list *list, bpo__text name);
void bpo__name_list_settle(bpo__name_list *list);
/* Adds every child of a branch. */
bpo_status bpo__name_list_add_children(bpo__compiler *c, bpo__name_list *list, const char *path);
/* Adds, for every child of a branch, the value of one of its fields where that is the name of a preset. */
bpo_status bpo__name_list_add_presets(bpo__compiler *c, bpo__name_list *list, const char *path, const char *field,
                                      bpo__collection collection);

/* A zone by name, with a message at the place of its term. */
bpo_status bpo__zone_read(bpo_context *context, const char *path, bpo__text name, bpo_zone **ret_zone, bpo_error *err);

#endif
