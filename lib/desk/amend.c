/* SPDX-License-Identifier: Apache-2.0 */
/* Recording an agreed amendment. It is checked against the book as the stream has it; where another process wrote in
 * between, it is checked again against what that one wrote. */
#include "core/fail.h"
#include "core/sized.h"
#include "desk/book_bytes.h"
#include "desk/follow.h"
#include "desk/own_records.h"
#include <bpo/zone.h>

/* How often others may write in between before the caller is told. */
#define ATTEMPTS 16

static bpo_status check_unsealed(const bpo_desk *desk, const bpo_amendment *amendment, bpo_error *err)
{
    char from[BPO_TIME_TEXT_SIZE] = "", open[BPO_TIME_TEXT_SIZE] = "";

    if (!bpo__desk_is_late(desk, amendment->effective_from))
        return BPO_OK;
    bpo_time_format(amendment->effective_from, from, sizeof from);
    bpo_time_format(bpo__desk_sealed_until(desk), open, sizeof open);
    return bpo__fail(err, BPO_E_SEALED, BPO__MSG_amendment_sealed, NULL, from, open, NULL);
}

static bpo_status append_amendment(bpo_desk *desk, const bpo_amendment *amendment, bpo_contract *next,
                                   bpo_error *err)
{
    bpo__own_key key = bpo__amendment_key(amendment->number);
    bpo_record record = bpo__own_record(BPO_RECORD_AMENDMENT, &key, amendment->effective_from, amendment->recorded_at);
    const bpo_record *pointer = &record;
    uint64_t sequence = 0;
    bool dense = false;
    bpo__buffer bytes;

    bpo__buffer_init(&bytes, desk->context);
    bpo_status status = bpo__amendment_encode(desk->context, amendment, &bytes, err);
    if (status == BPO_OK) {
        record.bytes = bytes.data;
        record.size = bytes.size;
        status = bpo__desk_append(desk, desk->head, &pointer, 1, &sequence, &dense, err);
    }
    bpo__buffer_clear(&bytes);
    if (status == BPO_OK && !dense)
        return bpo__fail(err, BPO_E_CONFLICT, BPO__MSG_head_moved, NULL, NULL, NULL, NULL);
    if (status == BPO_OK)
        bpo__desk_set_contract(desk, bpo_contract_ref(next));
    return status;
}

static bpo_status try_once(bpo_desk *desk, const bpo_amendment *amendment, bpo_error *err)
{
    bpo_contract *next = NULL;
    bpo_status status = bpo__desk_catch_up(desk, err);

    if (status == BPO_OK)
        status = check_unsealed(desk, amendment, err);
    if (status == BPO_OK)
        status = bpo_contract_amend(desk->contract, amendment, &next, err);
    if (status == BPO_OK)
        status = append_amendment(desk, amendment, next, err);
    bpo_contract_unref(next);
    return status;
}

bpo_status bpo_desk_amend(bpo_desk *desk, const bpo_amendment *amendment, bpo_error *err)
{
    bpo_amendment known;

    if (!amendment)
        return bpo__fail_argument(err, "amendment");
    if (bpo__sized_read(amendment, sizeof known, &known, sizeof known) != BPO_OK)
        return bpo__fail(err, BPO_E_ABI, BPO__MSG_struct_size, NULL, "bpo_amendment", NULL, NULL);
    bpo_status status = bpo__desk_enter(desk, err);
    if (status != BPO_OK)
        return status;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        status = try_once(desk, &known, err);
        if (status != BPO_E_CONFLICT)
            break;
    }
    return bpo__desk_leave(desk, status);
}
