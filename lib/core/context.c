/* SPDX-License-Identifier: Apache-2.0 */
/* The context: a counted copy of what the host supplies. It lies in the host's own memory, and the host's
 * release is the very last thing that is called. */
#include "core/fail.h"
#include "core/memory.h"
#include "core/sized.h"

static const bpo_host host_initial = BPO_HOST_INIT;

/* Copies the host's table, or makes one of nothing but the C library's memory. */
static bpo_status read_host(const bpo_host *host, bpo_host *known, bpo_error *err)
{
    if (!host)
        *known = host_initial;
    else if (bpo__sized_read(host, sizeof(bpo_host), known, sizeof(*known)) != BPO_OK)
        return bpo__fail(err, BPO_E_ABI, BPO__MSG_struct_size, NULL, "bpo_host", NULL, NULL);
    if (known->flags != 0)
        return bpo__fail(err, BPO_E_ABI, BPO__MSG_flags_unknown, NULL, "bpo_host", NULL, NULL);
    return BPO_OK;
}

/* Half an allocator would free a block of one heap into another. */
static bpo_status complete_allocator(bpo_host *known, bpo_error *err)
{
    int set = (known->alloc != NULL) + (known->resize != NULL) + (known->free != NULL);
    if (set == 0)
        bpo__host_use_libc(known);
    else if (set != 3)
        return bpo__fail(err, BPO_E_INVALID, BPO__MSG_allocator_incomplete, NULL, NULL, NULL, NULL);
    return BPO_OK;
}

void bpo_host_init(bpo_host *host)
{
    if (host)
        *host = host_initial;
}

bpo_status bpo_context_new(const bpo_host *host, bpo_context **ret_context, bpo_error *err)
{
    if (!ret_context)
        return bpo__fail_argument(err, "ret_context");
    bpo_host known;
    bpo_status status = read_host(host, &known, err);
    if (status == BPO_OK)
        status = complete_allocator(&known, err);
    if (status != BPO_OK)
        return status;
    bpo_context *context = known.alloc(known.user, sizeof(*context));
    if (!context)
        return bpo__fail_memory(err);
    bpo__reference_init(&context->references);
    context->host = known;
    *ret_context = context;
    return BPO_OK;
}

bpo_context *bpo_context_ref(bpo_context *context)
{
    if (context)
        bpo__reference_take(&context->references);
    return context;
}

bpo_context *bpo_context_unref(bpo_context *context)
{
    if (!context || !bpo__reference_drop(&context->references))
        return NULL;
    bpo_host host = context->host; /* the block that holds it goes first */
    host.free(host.user, context, sizeof(*context));
    if (host.release)
        host.release(host.user);
    return NULL;
}
