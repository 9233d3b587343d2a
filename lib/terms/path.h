/* SPDX-License-Identifier: Apache-2.0 */
/* Paths of terms: JSON Pointer (RFC 6901). Pure text work; a text has exactly one escaped form, so that paths are
 * compared as they are written. */
#ifndef BPO_TERMS_PATH_H
#define BPO_TERMS_PATH_H

#include "core/text.h"
#include <bpo/terms.h>

/* Most bytes of a path: every token at its largest with each byte escaped. */
#define BPO__PATH_SIZE_MAX (BPO_TERMS_DEPTH_MAX * (2 * BPO_TERMS_NAME_SIZE_MAX + 1))

/* Syntax of a path that names a term; the root "" is refused. */
bpo_status bpo__path_check(bpo__text path, bpo_error *err);
/* Order by token, bytewise, a parent directly before what is below it: a subtree is contiguous. */
int bpo__path_compare(bpo__text a, bpo__text b);
/* Whether `path` lies in the subtree of `root`, the root itself included. */
bool bpo__path_within(bpo__text path, bpo__text root);
/* Walks the tokens as written: starts with *position = 0; false at the end. */
bool bpo__path_next(bpo__text path, size_t *position, bpo__text *ret_token);
/* The token without escapes; room for its size. Returns the length. */
size_t bpo__token_decode(bpo__text token, char *into);
/* The token with escapes; room for twice its size. Returns the length. */
size_t bpo__token_encode(bpo__text token, char *into);

/* A name: a letter, then a-z 0-9 _ -, at most 64. */
bool bpo__name_is_valid(bpo__text name);
/* 0 for mon to 6 for sun, -1 for another word. */
int bpo__day_of(bpo__text word);
const char *bpo__day_text(int day);

/* A path that ends in hours/DAY-DAY stands for one path a day. */
typedef struct bpo__day_range {
    bpo__text stem; /* up to and with the last slash */
    int first;
    int count;
} bpo__day_range;
bool bpo__path_day_range(bpo__text path, bpo__day_range *ret_range);

#endif
