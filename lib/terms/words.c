/* SPDX-License-Identifier: Apache-2.0 */
/* The words of lists and conditions. */
#include "terms/words.h"

#include "core/fail.h"

static bool is_bare(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '_' || byte == '.' || byte == '-' || byte == '/';
}

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static size_t skip_space(bpo__text text, size_t position)
{
    while (position < text.size && is_space(text.data[position]))
        position++;
    return position;
}

static bpo__lexeme lexeme(bpo__lexeme_kind kind, const char *data, size_t size)
{
    bpo__lexeme result = {kind, {data, size}};

    return result;
}

/* Index of the closing quote, or the size of the text. */
static size_t closing_quote(bpo__text text, size_t position)
{
    while (position < text.size && text.data[position] != '"')
        position += text.data[position] == '\\' ? 2 : 1;
    return position < text.size ? position : text.size;
}

static bpo__lexeme read_quoted(bpo__arena *arena, bpo__text text, size_t *position)
{
    size_t start = *position;
    size_t end = closing_quote(text, start + 1);
    size_t size = 0;
    char *word;

    if (end == text.size)
        return lexeme(BPO__LEXEME_BAD, text.data + start, text.size - start);
    word = bpo__arena_text(arena, text.data + start + 1, end - start - 1);
    if (!word)
        return lexeme(BPO__LEXEME_MEMORY, NULL, 0);
    for (size_t i = start + 1; i < end; i++) {
        i += text.data[i] == '\\';
        word[size++] = text.data[i];
    }
    word[size] = '\0';
    *position = end + 1;
    return lexeme(BPO__LEXEME_QUOTED, word, size);
}

static bpo__lexeme read_sign(bpo__text text, size_t *position)
{
    const char *at = text.data + *position;
    bool before_equal = *at == '<' || *at == '>' || *at == '!';
    size_t size = before_equal && *position + 1 < text.size && at[1] == '=' ? 2 : 1;

    if (*at != '(' && *at != ')' && *at != ',' && *at != '=' && !before_equal)
        return lexeme(BPO__LEXEME_BAD, at, bpo__utf8_cut(at, text.size - *position, 4));
    if (*at == '!' && size == 1)
        return lexeme(BPO__LEXEME_BAD, at, 1);
    *position += size;
    return lexeme(BPO__LEXEME_SIGN, at, size);
}

bpo__lexeme bpo__lexeme_read(bpo__arena *arena, bpo__text text, size_t *position)
{
    size_t start = *position = skip_space(text, *position);

    if (start == text.size)
        return lexeme(BPO__LEXEME_END, text.data + start, 0);
    if (text.data[start] == '"')
        return read_quoted(arena, text, position);
    if (!is_bare(text.data[start]))
        return read_sign(text, position);
    while (*position < text.size && is_bare(text.data[*position]))
        ++*position;
    return lexeme(BPO__LEXEME_WORD, text.data + start, *position - start);
}

static bpo_status list_error(const char *path, bpo__text text, bpo__lexeme_kind kind, bpo_error *err)
{
    const bpo__text none = {NULL, 0};

    if (kind == BPO__LEXEME_MEMORY)
        return bpo__fail_memory(err);
    return bpo__fail_text(err, BPO_E_VALUE, BPO__MSG_list_malformed, bpo__text_of(path), text, none, none);
}

static bool is_word(bpo__lexeme lexeme_read)
{
    return lexeme_read.kind == BPO__LEXEME_WORD ||
           (lexeme_read.kind == BPO__LEXEME_QUOTED && lexeme_read.text.size > 0);
}

bpo_status bpo__list_parse(bpo__arena *arena, const char *path, bpo__text text, const bpo__text **ret_words,
                           size_t *ret_count, bpo_error *err)
{
    bpo__lexeme next = {BPO__LEXEME_SIGN, {",", 1}};
    bpo__text *words;
    size_t most = 1;
    size_t count = 0;
    size_t position = 0;

    for (size_t i = 0; i < text.size; i++)
        most += text.data[i] == ',';
    words = bpo__arena_alloc(arena, most * sizeof *words);
    if (!words)
        return bpo__fail_memory(err);
    while (next.kind == BPO__LEXEME_SIGN && bpo__text_is(next.text, ",")) {
        next = bpo__lexeme_read(arena, text, &position);
        if (!is_word(next))
            return list_error(path, text, next.kind, err);
        words[count].data = bpo__arena_text(arena, next.text.data, next.text.size);
        words[count].size = next.text.size;
        if (!words[count++].data)
            return bpo__fail_memory(err);
        next = bpo__lexeme_read(arena, text, &position);
    }
    if (next.kind != BPO__LEXEME_END)
        return list_error(path, text, next.kind, err);
    *ret_words = words;
    *ret_count = count;
    return BPO_OK;
}
