/* SPDX-License-Identifier: Apache-2.0 */
/* Branches: reading a subtree of terms without copying it. Every step is a binary search in the run of its parent. */
#include "terms/tree.h"

static bpo__text path_of(bpo__branch branch, size_t index)
{
    return bpo__node_path(branch.terms->nodes[index]);
}

/* End of the run from `first` whose paths have the first `size` bytes of `root` as parent or self. */
static size_t end_of(bpo__branch branch, size_t first, bpo__text root)
{
    size_t low = first;
    size_t high = branch.end;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (bpo__path_within(path_of(branch, middle), root))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t start_of(bpo__branch branch, bpo__text root)
{
    size_t low = branch.first;
    size_t high = branch.end;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (bpo__path_compare(path_of(branch, middle), root) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bpo__branch bpo__branch_root(const bpo_terms *terms)
{
    bpo__branch branch = {terms, 0, terms->count, 0};
    return branch;
}

bool bpo__branch_is_empty(bpo__branch branch)
{
    return branch.first == branch.end;
}

bool bpo__branch_is_leaf(bpo__branch branch)
{
    return !bpo__branch_is_empty(branch) && path_of(branch, branch.first).size == branch.path_size;
}

bpo__text bpo__branch_path(bpo__branch branch)
{
    bpo__text path = {"", 0}; /* an empty branch has no path of its own to point at */

    if (!bpo__branch_is_empty(branch))
        path = (bpo__text){path_of(branch, branch.first).data, branch.path_size};
    return path;
}

bpo__branch bpo__branch_at(bpo__branch branch, const char *relative)
{
    char room[BPO__PATH_SIZE_MAX + BPO_TERMS_NAME_SIZE_MAX];
    size_t relative_size = strlen(relative);
    bpo__text path = bpo__branch_path(branch);
    bpo__text root = {room, path.size + 1 + relative_size};

    if (relative_size == 0)
        return branch;
    if (bpo__branch_is_empty(branch) || root.size > sizeof room) {
        branch.end = branch.first;
        return branch;
    }
    memcpy(room, path.data, path.size);
    room[path.size] = '/';
    memcpy(room + path.size + 1, relative, relative_size);
    branch.first = start_of(branch, root);
    branch.end = end_of(branch, branch.first, root);
    branch.path_size = root.size;
    return branch;
}

bpo__text bpo__branch_value(bpo__branch branch, const char *relative)
{
    bpo__branch at = bpo__branch_at(branch, relative);

    if (!bpo__branch_is_leaf(at))
        return (bpo__text){NULL, 0};
    return bpo__node_value(at.terms->nodes[at.first]);
}

bool bpo__branch_next(bpo__branch branch, size_t *position, bpo__branch *ret_child, bpo__text *ret_token)
{
    size_t first = branch.first + *position;
    size_t end = branch.path_size;
    bpo__text path;

    if (first >= branch.end || bpo__branch_is_leaf(branch))
        return false;
    path = path_of(branch, first);
    if (!bpo__path_next(path, &end, ret_token))
        return false;
    *ret_child = branch;
    ret_child->first = first;
    ret_child->end = end_of(branch, first, (bpo__text){path.data, end});
    ret_child->path_size = end;
    *position = ret_child->end - branch.first;
    return true;
}

size_t bpo__branch_child_count(bpo__branch branch)
{
    bpo__branch child;
    bpo__text token;
    size_t position = 0;
    size_t count = 0;

    while (bpo__branch_next(branch, &position, &child, &token))
        count++;
    return count;
}

bool bpo__branch_equal(bpo__branch a, bpo__branch b)
{
    if (a.end - a.first != b.end - b.first)
        return false;
    for (size_t i = 0; i < a.end - a.first; i++) {
        bpo__text left = path_of(a, a.first + i);
        bpo__text right = path_of(b, b.first + i);
        left.data += a.path_size, left.size -= a.path_size;
        right.data += b.path_size, right.size -= b.path_size;
        if (!bpo__text_equal(left, right) || !bpo__text_equal(bpo__node_value(a.terms->nodes[a.first + i]),
                                                              bpo__node_value(b.terms->nodes[b.first + i])))
            return false;
    }
    return true;
}
