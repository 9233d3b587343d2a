/* SPDX-License-Identifier: Apache-2.0 */
/* The status codes' names and what a caller may do about them. */
#include <bpo/error.h>

typedef struct status_row {
    bpo_status code;
    int32_t is_retriable;
    char name[24];
} status_row;

#define ONCE(code)                                                                                                     \
    {                                                                                                                  \
        code, 0, #code                                                                                                 \
    }
#define AGAIN(code)                                                                                                    \
    {                                                                                                                  \
        code, 1, #code                                                                                                 \
    }

static const status_row rows[] = {
    ONCE(BPO_OK),          ONCE(BPO_DONE),         ONCE(BPO_NEVER),
    ONCE(BPO_PASS),        AGAIN(BPO_E_NOMEM),     ONCE(BPO_E_INVALID),
    ONCE(BPO_E_ABI),       ONCE(BPO_E_RANGE),      ONCE(BPO_E_UNSUPPORTED),
    ONCE(BPO_E_BUSY),      ONCE(BPO_E_STATE),      ONCE(BPO_E_LIMIT),
    ONCE(BPO_E_HOST),      ONCE(BPO_E_PATH),       ONCE(BPO_E_VALUE),
    ONCE(BPO_E_MISSING),   ONCE(BPO_E_SYNTAX),     ONCE(BPO_E_ZONE),
    ONCE(BPO_E_ZONE_DATA), ONCE(BPO_E_HORIZON),    ONCE(BPO_E_KEY_REUSED),
    ONCE(BPO_E_FACT),      AGAIN(BPO_E_CONFLICT),  AGAIN(BPO_E_UNKNOWN_OUTCOME),
    ONCE(BPO_E_NOT_FOUND), ONCE(BPO_E_EXISTS),     ONCE(BPO_E_CORRUPT),
    ONCE(BPO_E_TOO_NEW),   ONCE(BPO_E_CLOCK_BACK), ONCE(BPO_E_MISMATCH),
    ONCE(BPO_E_SEALED),    ONCE(BPO_E_IO),         AGAIN(BPO_E_LOCKED),
};

static const status_row *find_row(bpo_status code)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (rows[i].code == code)
            return &rows[i];
    }
    return NULL;
}

const char *bpo_status_name(bpo_status code)
{
    const status_row *row = find_row(code);
    return row ? row->name : "unknown";
}

int bpo_status_is_retriable(bpo_status code)
{
    const status_row *row = find_row(code);
    return row ? row->is_retriable : 0;
}
