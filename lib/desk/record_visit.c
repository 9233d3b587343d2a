/* SPDX-License-Identifier: Apache-2.0 */
/* Handing a record to a visit, for hosts that have the function pointer and cannot call it. */
#include <bpo/store.h>

bpo_status bpo_record_visit(bpo_visit visit, void *visit_user, const bpo_record *record)
{
    return visit && record ? visit(visit_user, record) : BPO_E_INVALID;
}
