/* SPDX-License-Identifier: Apache-2.0 */
/* Status categories: what the library knows a ticket's status to be, whatever the host calls it. */
#include "terms/plan.h"

static const char *const categories[] = {"", "new", "open", "pending", "on_hold", "solved", "closed", "unknown"};

const char *bpo__category_text(bpo__category category)
{
    return categories[category];
}

bpo__category bpo__category_of(bpo__text word)
{
    for (int i = BPO__CATEGORY_NEW; i <= BPO__CATEGORY_UNKNOWN; i++)
        if (bpo__text_is(word, categories[i]))
            return (bpo__category)i;
    return BPO__CATEGORY_NONE;
}

bpo__category bpo__plan_category(const bpo__plan *plan, bpo__text status)
{
    size_t low = 0, high = plan->status_count;

    if (high == 0)
        return bpo__category_of(status);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = bpo__text_compare(status, plan->statuses[middle].word);
        if (order == 0)
            return plan->statuses[middle].category;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return BPO__CATEGORY_NONE;
}
