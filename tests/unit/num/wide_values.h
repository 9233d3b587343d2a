/* SPDX-License-Identifier: Apache-2.0 */
/* Wide values for tests: the corners of limbs, and random ones of every size. The same in every run. */
#ifndef BPO_TESTS_WIDE_VALUES_H
#define BPO_TESTS_WIDE_VALUES_H

#include "num/wide.h"

#define CORNERS 7

static const uint64_t corners[CORNERS] = {
    0,
    1,
    UINT64_C(0x7fffffffffffffff),
    UINT64_C(0x8000000000000000),
    UINT64_C(0x8000000000000001),
    UINT64_MAX - 1,
    UINT64_MAX,
};

/* 2^255 - 1. */
static const bpo__i256 largest = {{UINT64_MAX, UINT64_MAX, UINT64_MAX, INT64_MAX}};

static uint64_t random_state = 20;

static inline uint64_t random_limb(void)
{
    uint64_t bits = random_state += UINT64_C(0x9e3779b97f4a7c15);
    bits = (bits ^ bits >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    bits = (bits ^ bits >> 27) * UINT64_C(0x94d049bb133111eb);
    return bits ^ bits >> 31;
}

/* Any sign, 0 to 255 bits, often with limbs that are corners. */
static inline bpo__i256 random_wide(void)
{
    bpo__i256 value = {{0, 0, 0, 0}};
    size_t limbs = random_limb() % 5;
    for (size_t i = 0; i < limbs; i++)
        value.limb[i] = random_limb() % 4 == 0 ? corners[random_limb() % CORNERS] : random_limb();
    if (limbs > 0)
        value.limb[limbs - 1] >>= random_limb() % 64;
    value.limb[3] &= INT64_MAX;
    return random_limb() % 2 ? bpo__i256_negate(value) : value;
}

#endif
