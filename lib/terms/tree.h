/* SPDX-License-Identifier: Apache-2.0 */
/* The tree of terms from inside: one sorted array of (path, value). A branch is a subtree, that is a run of it. */
#ifndef BPO_TERMS_TREE_H
#define BPO_TERMS_TREE_H

#include "core/memory.h"
#include "core/reference.h"
#include "terms/path.h"

/* One value in one block: path, NUL, value, NUL. */
typedef struct bpo__term_node {
    uint32_t path_size;
    uint32_t value_size;
    char text[];
} bpo__term_node;

struct bpo_terms {
    bpo__references references;
    bpo_context *context;
    bpo__term_node **nodes; /* in order of bpo__path_compare */
    size_t count;
    size_t capacity;
};

static inline bpo__text bpo__node_path(const bpo__term_node *node)
{
    bpo__text path = {node->text, node->path_size};
    return path;
}

static inline bpo__text bpo__node_value(const bpo__term_node *node)
{
    bpo__text value = {node->text + node->path_size + 1, node->value_size};
    return value;
}

/* bpo_terms_set() and bpo_terms_remove() for texts without NUL. */
bpo_status bpo__terms_set(bpo_terms *terms, bpo__text path, bpo__text value, bpo_error *err);
/* Removes what is there; true when there was something. */
bool bpo__terms_cut(bpo_terms *terms, bpo__text root);

/* A subtree: nodes first to end - 1, whose paths begin with the first `path_size` bytes. */
typedef struct bpo__branch {
    const bpo_terms *terms;
    size_t first;
    size_t end;
    size_t path_size;
} bpo__branch;

bpo__branch bpo__branch_root(const bpo_terms *terms);
/* The part of a branch below a relative path such as "sla/policies"; empty where there is none. */
bpo__branch bpo__branch_at(bpo__branch branch, const char *relative);
bool bpo__branch_is_empty(bpo__branch branch);
bool bpo__branch_is_leaf(bpo__branch branch);
/* Path of a branch that is not empty. */
bpo__text bpo__branch_path(bpo__branch branch);
/* The value at a relative path ("" for the branch itself); {NULL, 0} where there is none. */
bpo__text bpo__branch_value(bpo__branch branch, const char *relative);
/* Walks the children in order: starts with *position = 0; false at the end. The token is as written, escaped. */
bool bpo__branch_next(bpo__branch branch, size_t *position, bpo__branch *ret_child, bpo__text *ret_token);
size_t bpo__branch_child_count(bpo__branch branch);
/* Whether two branches hold the same values under the same relative paths. */
bool bpo__branch_equal(bpo__branch a, bpo__branch b);

#endif
