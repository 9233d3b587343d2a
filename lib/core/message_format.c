/* SPDX-License-Identifier: Apache-2.0 */
/* Putting arguments into a message. Whatever the arguments hold, the result is one line of valid UTF-8 that fits:
 * a character or an escape is written whole or not at all, and nothing follows what did not fit. */
#include "core/message.h"

typedef struct line {
    char *into;
    size_t used;
    size_t room; /* without the NUL */
} line;

static line line_begin(char *into, size_t room)
{
    line l = {into, 0, room - 1};
    return l;
}

static size_t line_end(line *l)
{
    l->into[l->used] = '\0';
    return l->used;
}

/* False where it does not fit; nothing may follow then. */
static bool put(line *l, const char *piece, size_t size)
{
    if (size > l->room - l->used)
        return false;
    memcpy(l->into + l->used, piece, size);
    l->used += size;
    return true;
}

/* One byte that must not be shown as it is. */
static bool put_escape(line *l, unsigned char byte)
{
    static const char digits[] = "0123456789abcdef";
    char hex[4] = {'\\', 'x', digits[byte >> 4], digits[byte & 15]};
    switch (byte) {
    case '\n':
        return put(l, "\\n", 2);
    case '\r':
        return put(l, "\\r", 2);
    case '\t':
        return put(l, "\\t", 2);
    default:
        return put(l, hex, sizeof(hex));
    }
}

/* Control characters of C0 and C1, and the two separators of Unicode that break lines. */
static bool is_visible(const unsigned char *at, size_t length)
{
    if (length == 1)
        return at[0] >= 0x20 && at[0] != 0x7f;
    if (length == 2)
        return !(at[0] == 0xc2 && at[1] < 0xa0);
    return !(length == 3 && at[0] == 0xe2 && at[1] == 0x80 && (at[2] == 0xa8 || at[2] == 0xa9));
}

static bool put_text(line *l, bpo__text text)
{
    for (size_t i = 0; i < text.size;) {
        const unsigned char *at = (const unsigned char *)text.data + i;
        size_t length = bpo__utf8_length(text.data + i, text.size - i);
        bool fits = length > 0 && is_visible(at, length) ? put(l, text.data + i, length) : put_escape(l, *at);
        if (!fits)
            return false;
        i += length > 0 && is_visible(at, length) ? length : 1;
    }
    return true;
}

/* An argument in its own share of the line. False where the line is too short for it, not where its share is. */
static bool put_argument(line *l, bpo__text argument)
{
    size_t room = l->room - l->used;
    bool is_whole_share = room >= BPO__MESSAGE_ARGUMENT_MOST;
    line share = {l->into + l->used, 0, is_whole_share ? BPO__MESSAGE_ARGUMENT_MOST : room};
    bool fits = put_text(&share, argument);
    l->used += share.used;
    return fits || is_whole_share;
}

/* The index of a placeholder such as {1} at `at`, or -1. */
static int placeholder_at(const char *at)
{
    if (at[0] != '{' || at[1] < '0' || at[1] >= '0' + BPO__MESSAGE_ARGUMENTS || at[2] != '}')
        return -1;
    return at[1] - '0';
}

size_t bpo__message_show(bpo__text text, size_t most, char *into, size_t room)
{
    line l = line_begin(into, most < room ? most + 1 : room);
    put_text(&l, text);
    return line_end(&l);
}

size_t bpo__message_format(int32_t id, const bpo__text arguments[BPO__MESSAGE_ARGUMENTS], char *into, size_t room)
{
    line l = line_begin(into, room);
    for (const char *at = bpo__message_english(id); *at;) {
        int index = placeholder_at(at);
        bool fits = index >= 0 ? put_argument(&l, arguments[index]) : put(&l, at, 1);
        if (!fits)
            break;
        at += index >= 0 ? 3 : 1;
    }
    return line_end(&l);
}
