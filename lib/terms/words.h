/* SPDX-License-Identifier: Apache-2.0 */
/* The words of lists and conditions. A word with anything but A-Za-z0-9_.-/ stands in double quotes, \" and \\ inside.
 *
 * Reading is one step at a time over borrowed text; quoted words are copied without their quotes. */
#ifndef BPO_TERMS_WORDS_H
#define BPO_TERMS_WORDS_H

#include "core/arena.h"
#include "core/text.h"

typedef enum bpo__lexeme_kind {
    BPO__LEXEME_END = 0,
    BPO__LEXEME_WORD,   /* bare */
    BPO__LEXEME_QUOTED, /* text is without quotes */
    BPO__LEXEME_SIGN,   /* ( ) , = != < <= > >= */
    BPO__LEXEME_BAD,    /* a character that has no place, or a quote that is not closed */
    BPO__LEXEME_MEMORY  /* no memory for a quoted word */
} bpo__lexeme_kind;

typedef struct bpo__lexeme {
    bpo__lexeme_kind kind;
    bpo__text text;
} bpo__lexeme;

/* The next lexeme; moves *position behind it. */
bpo__lexeme bpo__lexeme_read(bpo__arena *arena, bpo__text text, size_t *position);

/* A list such as `vip, standard` as words in the arena, at least one. BPO_E_VALUE with a message at `path`. */
bpo_status bpo__list_parse(bpo__arena *arena, const char *path, bpo__text text, const bpo__text **ret_words,
                           size_t *ret_count, bpo_error *err);

#endif
