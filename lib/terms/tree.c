/* SPDX-License-Identifier: Apache-2.0 */
/* The tree of terms, as the public calls change it.
 *
 * Law: no path lies below a value. So the one path that could stand above a new one is its direct predecessor, and
 * the first that could lie below it is its direct successor: both checks look at one neighbour. */
#include "terms/tree.h"

#include "core/fail.h"

static size_t node_size(const bpo__term_node *node)
{
    return sizeof *node + node->path_size + node->value_size + 2;
}

static void node_free(bpo_context *context, bpo__term_node *node)
{
    if (node)
        bpo__free(context, node, node_size(node));
}

static bpo__term_node *node_new(bpo_context *context, bpo__text path, bpo__text value)
{
    bpo__term_node *node = bpo__alloc(context, sizeof *node + path.size + value.size + 2);

    if (!node)
        return NULL;
    node->path_size = (uint32_t)path.size;
    node->value_size = (uint32_t)value.size;
    memcpy(node->text, path.data, path.size);
    node->text[path.size] = '\0';
    if (value.size > 0)
        memcpy(node->text + path.size + 1, value.data, value.size);
    node->text[path.size + 1 + value.size] = '\0';
    return node;
}

/* Index of the first node that does not stand before the path. Appending in order costs one comparison. */
static size_t lower_bound(const bpo_terms *terms, bpo__text path)
{
    size_t low = 0;
    size_t high = terms->count;

    if (high > 0 && bpo__path_compare(bpo__node_path(terms->nodes[high - 1]), path) < 0)
        return high;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (bpo__path_compare(bpo__node_path(terms->nodes[middle]), path) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_at(const bpo_terms *terms, size_t index, bpo__text path)
{
    return index < terms->count && bpo__text_equal(bpo__node_path(terms->nodes[index]), path);
}

/* Refuses a path below a value or above values. */
static bpo_status check_neighbours(const bpo_terms *terms, bpo__text path, bpo_error *err)
{
    const bpo__text none = {NULL, 0};
    size_t index = lower_bound(terms, path);

    if (is_at(terms, index, path))
        return BPO_OK;
    if (index > 0 && bpo__path_within(path, bpo__node_path(terms->nodes[index - 1])))
        return bpo__fail_text(err, BPO_E_PATH, BPO__MSG_path_below_value, path, bpo__node_path(terms->nodes[index - 1]),
                              none, none);
    if (index < terms->count && bpo__path_within(bpo__node_path(terms->nodes[index]), path))
        return bpo__fail_text(err, BPO_E_PATH, BPO__MSG_path_above_values, path, bpo__node_path(terms->nodes[index]),
                              none, none);
    return BPO_OK;
}

static bpo_status check_value(bpo__text path, bpo__text value, bpo_error *err)
{
    const bpo__text none = {NULL, 0};

    if (value.size > BPO_TERMS_VALUE_SIZE_MAX)
        return bpo__fail_text(err, BPO_E_VALUE, BPO__MSG_value_too_long, path, none, none, none);
    if (!bpo__utf8_is_valid(value.data, value.size))
        return bpo__fail_text(err, BPO_E_VALUE, BPO__MSG_value_not_utf8, path, none, none, none);
    return BPO_OK;
}

/* Puts a node where it belongs; room for it is there. */
static void place(bpo_terms *terms, bpo__term_node *node)
{
    size_t index = lower_bound(terms, bpo__node_path(node));

    if (is_at(terms, index, bpo__node_path(node))) {
        node_free(terms->context, terms->nodes[index]);
    } else {
        memmove(terms->nodes + index + 1, terms->nodes + index, (terms->count - index) * sizeof *terms->nodes);
        terms->count++;
    }
    terms->nodes[index] = node;
}

/* Everything that can fail in setting one path; `fresh` is the node to be placed. */
static bpo_status prepare(bpo_terms *terms, bpo__text path, bpo__text value, bpo__term_node **fresh, size_t pending,
                          bpo_error *err)
{
    bpo_status status = check_neighbours(terms, path, err);

    if (status != BPO_OK)
        return status;
    if (terms->count + pending >= BPO_TERMS_COUNT_MAX && !is_at(terms, lower_bound(terms, path), path))
        return bpo__fail(err, BPO_E_LIMIT, BPO__MSG_limit_reached, NULL, "terms", "100000", NULL);
    *fresh = node_new(terms->context, path, value);
    return *fresh ? BPO_OK : bpo__fail_memory(err);
}

static bpo_status reserve(bpo_terms *terms, size_t extra)
{
    void *nodes = terms->nodes;
    bpo_status status =
        bpo__reserve(terms->context, &nodes, &terms->capacity, terms->count, extra, sizeof *terms->nodes);

    terms->nodes = nodes;
    return status;
}

static bpo_status set_one(bpo_terms *terms, bpo__text path, bpo__text value, bpo_error *err)
{
    bpo__term_node *fresh = NULL;
    bpo_status status = prepare(terms, path, value, &fresh, 0, err);

    if (status != BPO_OK)
        return status;
    if (reserve(terms, 1) != BPO_OK) {
        node_free(terms->context, fresh);
        return bpo__fail_memory(err);
    }
    place(terms, fresh);
    return BPO_OK;
}

static bpo__text day_path(const bpo__day_range *range, int index, char *room)
{
    memcpy(room, range->stem.data, range->stem.size);
    memcpy(room + range->stem.size, bpo__day_text((range->first + index) % 7), 3);
    return (bpo__text){room, range->stem.size + 3};
}

/* Sets each day of a range, or none of them. */
static bpo_status set_days(bpo_terms *terms, const bpo__day_range *range, bpo__text value, bpo_error *err)
{
    char room[BPO__PATH_SIZE_MAX];
    bpo__term_node *fresh[7] = {NULL};
    bpo_status status = BPO_OK;
    int count = 0;

    while (status == BPO_OK && count < range->count) {
        status = prepare(terms, day_path(range, count, room), value, &fresh[count], (size_t)count, err);
        count += status == BPO_OK;
    }
    if (status == BPO_OK && reserve(terms, (size_t)count) != BPO_OK)
        status = bpo__fail_memory(err);
    for (int i = 0; i < count; i++) {
        if (status == BPO_OK)
            place(terms, fresh[i]);
        else
            node_free(terms->context, fresh[i]);
    }
    return status;
}

bpo_status bpo__terms_set(bpo_terms *terms, bpo__text path, bpo__text value, bpo_error *err)
{
    bpo__day_range range;
    bpo_status status = bpo__path_check(path, err);

    if (status == BPO_OK)
        status = check_value(path, value, err);
    if (status != BPO_OK)
        return status;
    if (bpo__path_day_range(path, &range))
        return set_days(terms, &range, value, err);
    return set_one(terms, path, value, err);
}

bool bpo__terms_cut(bpo_terms *terms, bpo__text root)
{
    size_t first = lower_bound(terms, root);
    size_t end = first;

    while (end < terms->count && bpo__path_within(bpo__node_path(terms->nodes[end]), root))
        node_free(terms->context, terms->nodes[end++]);
    memmove(terms->nodes + first, terms->nodes + end, (terms->count - end) * sizeof *terms->nodes);
    terms->count -= end - first;
    return end > first;
}

bpo_status bpo_terms_new(bpo_context *context, bpo_terms **ret_terms, bpo_error *err)
{
    bpo_terms *terms;

    if (!context || !ret_terms)
        return bpo__fail_argument(err, context ? "ret_terms" : "context");
    terms = bpo__alloc_zeroed(context, sizeof *terms);
    if (!terms)
        return bpo__fail_memory(err);
    bpo__reference_init(&terms->references);
    terms->context = bpo_context_ref(context);
    *ret_terms = terms;
    return BPO_OK;
}

bpo_terms *bpo_terms_ref(bpo_terms *terms)
{
    if (terms)
        bpo__reference_take(&terms->references);
    return terms;
}

bpo_terms *bpo_terms_unref(bpo_terms *terms)
{
    bpo_context *context;

    if (!terms || !bpo__reference_drop(&terms->references))
        return NULL;
    context = terms->context;
    for (size_t i = 0; i < terms->count; i++)
        node_free(context, terms->nodes[i]);
    bpo__free(context, terms->nodes, terms->capacity * sizeof *terms->nodes);
    bpo__free(context, terms, sizeof *terms);
    bpo_context_unref(context);
    return NULL;
}

bpo_status bpo_terms_copy(const bpo_terms *terms, bpo_terms **ret_copy, bpo_error *err)
{
    bpo_terms *copy = NULL;
    bpo_status status;

    if (!terms || !ret_copy)
        return bpo__fail_argument(err, terms ? "ret_copy" : "terms");
    status = bpo_terms_new(terms->context, &copy, err);
    if (status != BPO_OK)
        return status;
    if (terms->count > 0 && reserve(copy, terms->count) != BPO_OK) {
        bpo_terms_unref(copy);
        return bpo__fail_memory(err);
    }
    for (size_t i = 0; i < terms->count; i++) {
        bpo__term_node *node =
            node_new(copy->context, bpo__node_path(terms->nodes[i]), bpo__node_value(terms->nodes[i]));
        if (!node) {
            bpo_terms_unref(copy);
            return bpo__fail_memory(err);
        }
        copy->nodes[copy->count++] = node;
    }
    *ret_copy = copy;
    return BPO_OK;
}

bpo_status bpo_terms_set(bpo_terms *terms, const char *path, const char *value, bpo_error *err)
{
    if (!terms || !path || !value)
        return bpo__fail_argument(err, !terms ? "terms" : !path ? "path" : "value");
    return bpo__terms_set(terms, bpo__text_of(path), bpo__text_of(value), err);
}

bpo_status bpo_terms_remove(bpo_terms *terms, const char *path, bpo_error *err)
{
    char room[BPO__PATH_SIZE_MAX];
    bpo__day_range range;
    bpo_status status = BPO_OK;
    bool found = false;

    if (!terms || !path)
        return bpo__fail_argument(err, terms ? "path" : "terms");
    if (path[0] != '\0')
        status = bpo__path_check(bpo__text_of(path), err);
    if (status != BPO_OK)
        return status;
    if (bpo__path_day_range(bpo__text_of(path), &range))
        for (int i = 0; i < range.count; i++)
            found |= bpo__terms_cut(terms, day_path(&range, i, room));
    else
        found = bpo__terms_cut(terms, bpo__text_of(path));
    return found ? BPO_OK : bpo__fail(err, BPO_E_NOT_FOUND, BPO__MSG_term_absent, path, NULL, NULL, NULL);
}

const char *bpo_terms_get(const bpo_terms *terms, const char *path)
{
    size_t index;

    if (!terms || !path)
        return NULL;
    index = lower_bound(terms, bpo__text_of(path));
    return is_at(terms, index, bpo__text_of(path)) ? bpo__node_value(terms->nodes[index]).data : NULL;
}

size_t bpo_terms_count(const bpo_terms *terms)
{
    return terms ? terms->count : 0;
}

bpo_status bpo_terms_at(const bpo_terms *terms, size_t index, const char **ret_path, const char **ret_value)
{
    if (!terms || !ret_path || !ret_value || index >= terms->count)
        return BPO_E_INVALID;
    *ret_path = terms->nodes[index]->text;
    *ret_value = bpo__node_value(terms->nodes[index]).data;
    return BPO_OK;
}

void bpo_terms_swap(bpo_terms *terms, bpo_terms *other)
{
    bpo__term_node **nodes;
    size_t count, capacity;

    if (!terms || !other)
        return;
    nodes = terms->nodes, count = terms->count, capacity = terms->capacity;
    terms->nodes = other->nodes, terms->count = other->count, terms->capacity = other->capacity;
    other->nodes = nodes, other->count = count, other->capacity = capacity;
}
