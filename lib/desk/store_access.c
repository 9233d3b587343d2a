/* SPDX-License-Identifier: Apache-2.0 */
/* Taking a host's store over. */
#include "desk/store_access.h"

#include "core/fail.h"
#include "core/sized.h"

static const char *missing_call(const bpo_store *store)
{
    if (!store->append)
        return "append";
    if (!store->read)
        return "read";
    return store->read_subject ? NULL : "read_subject";
}

bpo_status bpo__store_copy(const bpo_store *store, bpo_store *ret_copy, bpo_error *err)
{
    bpo_store copy;

    if (bpo__sized_read(store, sizeof copy, &copy, sizeof copy) != BPO_OK)
        return bpo__fail(err, BPO_E_ABI, BPO__MSG_struct_size, NULL, "bpo_store", NULL, NULL);
    if (copy.flags != 0)
        return bpo__fail(err, BPO_E_ABI, BPO__MSG_flags_unknown, NULL, "bpo_store", NULL, NULL);
    const char *missing = missing_call(&copy);
    if (missing)
        return bpo__fail(err, BPO_E_INVALID, BPO__MSG_store_callbacks, NULL, missing, NULL, NULL);
    *ret_copy = copy;
    return BPO_OK;
}

void bpo__store_release(bpo_store *copy)
{
    bpo_store ended = *copy;

    bpo_store_init(copy);
    if (ended.release)
        ended.release(ended.user);
}
