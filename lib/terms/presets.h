/* SPDX-License-Identifier: Apache-2.0 */
/* Presets: metrics, meters and KPIs that a contract can use by name. They are terms like any other, only written here,
 * so that a contract can set each field otherwise and the compiler knows no special case. */
#ifndef BPO_TERMS_PRESETS_H
#define BPO_TERMS_PRESETS_H

#include "core/text.h"

typedef enum bpo__collection { BPO__COLLECTION_METRIC = 1, BPO__COLLECTION_METER, BPO__COLLECTION_KPI } bpo__collection;

bool bpo__preset_exists(bpo__collection collection, bpo__text name);
/* The value of one field, such as `start`; {NULL, 0} where the preset does not set it. */
bpo__text bpo__preset_value(bpo__collection collection, bpo__text name, const char *field);

#endif
