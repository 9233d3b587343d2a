/* SPDX-License-Identifier: Apache-2.0 */
/* The steps of a line's explanation, in plain words, kept in an arena. */
#ifndef BPO_PRICING_STEPS_H
#define BPO_PRICING_STEPS_H

#include "core/arena.h"
#include "num/ratio.h"

#define BPO__STEP_PIECES 10

typedef struct bpo__steps {
    bpo__arena *arena;
    const char **list;
    size_t count;
    size_t capacity;
} bpo__steps;

bpo_status bpo__steps_init(bpo__steps *steps, bpo__arena *arena, size_t capacity);
/* Adds one step from its pieces; NULL pieces are left out. The capacity must suffice. */
bpo_status bpo__steps_add(bpo__steps *steps, const char *const pieces[BPO__STEP_PIECES]);

#define BPO__STEP(steps, ...) bpo__steps_add((steps), (const char *const[BPO__STEP_PIECES]){__VA_ARGS__})

/* An exact number in words: with `digits` places where it has no more, else as bpo__ratio_format. */
void bpo__step_number(bpo__ratio number, int32_t digits, char text[BPO__RATIO_TEXT_SIZE]);

#endif
