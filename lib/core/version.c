/* SPDX-License-Identifier: Apache-2.0 */
/* Which library is running, and which rules it computes by. */
#include <bpo/version.h>

/* Raised whenever any result could change, however slightly. */
#define SEMANTICS_VERSION 1

uint32_t bpo_version_number(void)
{
    return BPO_VERSION_NUMBER;
}

const char *bpo_version_text(void)
{
    return BPO_VERSION_TEXT;
}

uint32_t bpo_semantics_version(void)
{
    return SEMANTICS_VERSION;
}
