/* SPDX-License-Identifier: Apache-2.0 */
/* The message catalogue: every sentence that the library can say, in order of id. */
#include "core/message.h"
#include "core/fail.h"
#include "core/sized.h"

static const bpo_message catalogue[] = {
#define MESSAGE(id, name, english) {sizeof(bpo_message), (id), #name, (english)},
#include "core/messages/all.def"
#undef MESSAGE
};

#define CATALOGUE_COUNT (sizeof(catalogue) / sizeof(catalogue[0]))

const char *bpo__message_english(int32_t id)
{
    size_t low = 0;
    size_t high = CATALOGUE_COUNT;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (catalogue[middle].id == id)
            return catalogue[middle].english;
        if (catalogue[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return "";
}

size_t bpo_message_count(void)
{
    return CATALOGUE_COUNT;
}

bpo_status bpo_message_at(size_t index, bpo_message *ret_message)
{
    if (!ret_message || index >= CATALOGUE_COUNT)
        return BPO_E_INVALID;
    return bpo__sized_write(&catalogue[index], sizeof(bpo_message), ret_message, sizeof(bpo_message));
}
