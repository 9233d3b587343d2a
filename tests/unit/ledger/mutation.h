/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes changed at random, with the right checksum behind them, so that the change is met by the decoder proper. */
#ifndef BPO_TESTS_MUTATION_H
#define BPO_TESTS_MUTATION_H

#include "codec/frame.h"
#include "support/random.h"
#include <string.h>

enum { MUTATION_HEAD = 6, MUTATION_SUM = 4 };

static inline void mutation_mend(unsigned char *bytes, size_t size)
{
    uint32_t sum = bpo__crc32c(bytes, size - MUTATION_SUM);
    for (unsigned i = 0; i < MUTATION_SUM; i++)
        bytes[size - MUTATION_SUM + i] = (unsigned char)(sum >> (8 * i));
}

/* A changed copy: one to three bytes, mostly by a little. */
static inline void mutation_make(test_random *random, const unsigned char *from, unsigned char *into, size_t size)
{
    memcpy(into, from, size);
    for (uint64_t i = 0, n = 1 + test_random_below(random, 3); i < n; i++) {
        unsigned char *byte = &into[MUTATION_HEAD + test_random_below(random, size - MUTATION_HEAD - MUTATION_SUM)];
        uint64_t bits = test_random_bits(random);
        *byte = (unsigned char)(bits % 3 == 0 ? bits >> 8 : bits % 3 == 1 ? *byte + 1U : *byte - 1U);
    }
    mutation_mend(into, size);
}

#endif
