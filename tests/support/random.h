/* SPDX-License-Identifier: Apache-2.0 */
/* Random numbers that are the same in every run and on every machine (SplitMix64). */
#ifndef BPO_TESTS_RANDOM_H
#define BPO_TESTS_RANDOM_H

#include <stdint.h>

typedef struct test_random {
    uint64_t state; /* the seed */
} test_random;

static inline uint64_t test_random_bits(test_random *random)
{
    uint64_t bits = random->state += UINT64_C(0x9e3779b97f4a7c15);
    bits = (bits ^ (bits >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    bits = (bits ^ (bits >> 27)) * UINT64_C(0x94d049bb133111eb);
    return bits ^ (bits >> 31);
}

/* 0 to below - 1 */
static inline uint64_t test_random_below(test_random *random, uint64_t below)
{
    return test_random_bits(random) % below;
}

#endif
