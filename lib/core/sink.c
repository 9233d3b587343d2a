/* SPDX-License-Identifier: Apache-2.0 */
/* Handing bytes to a sink of either side. */
#include "core/sized.h"
#include <bpo/types.h>

bpo_status bpo_sink_write(const bpo_sink *sink, const void *data, size_t size)
{
    if (!sink || (!data && size != 0))
        return BPO_E_INVALID;
    bpo_sink known;
    if (bpo__sized_read(sink, sizeof(bpo_sink), &known, sizeof(known)) != BPO_OK)
        return BPO_E_ABI;
    return known.write ? known.write(known.user, data, size) : BPO_E_INVALID;
}
