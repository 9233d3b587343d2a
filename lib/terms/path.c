/* SPDX-License-Identifier: Apache-2.0 */
/* Paths of terms. A slash sorts before every other byte, which is what makes a subtree contiguous: with plain bytes
 * "/a-b" would stand between "/a" and "/a/c". */
#include "terms/path.h"

#include "core/fail.h"

static const char *const days[7] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

static int rank_of(char byte)
{
    return byte == '/' ? 0 : (unsigned char)byte + 1;
}

static bool escapes_are_valid(bpo__text token)
{
    for (size_t i = 0; i < token.size; i++)
        if (token.data[i] == '~' && (i + 1 == token.size || (token.data[i + 1] != '0' && token.data[i + 1] != '1')))
            return false;
    return true;
}

static size_t decoded_size(bpo__text token)
{
    size_t size = token.size;

    for (size_t i = 0; i < token.size; i++)
        size -= token.data[i] == '~';
    return size;
}

static bool is_lower(char byte)
{
    return byte >= 'a' && byte <= 'z';
}

static bool is_name_byte(char byte)
{
    return is_lower(byte) || (byte >= '0' && byte <= '9') || byte == '_' || byte == '-';
}

bpo_status bpo__path_check(bpo__text path, bpo_error *err)
{
    const bpo__text none = {NULL, 0};
    bpo__text token;
    size_t position = 0;
    size_t depth = 0;

    if (path.size > BPO__PATH_SIZE_MAX)
        return bpo__fail_text(err, BPO_E_PATH, BPO__MSG_path_too_deep, path, none, none, none);
    if (!bpo__utf8_is_valid(path.data, path.size))
        return bpo__fail(err, BPO_E_PATH, BPO__MSG_path_not_utf8, NULL, NULL, NULL, NULL);
    if (path.size == 0 || path.data[0] != '/')
        return bpo__fail_text(err, BPO_E_PATH, BPO__MSG_path_not_pointer, path, none, none, none);
    while (bpo__path_next(path, &position, &token)) {
        if (!escapes_are_valid(token))
            return bpo__fail_text(err, BPO_E_PATH, BPO__MSG_path_escape, path, token, none, none);
        if (token.size == 0 || decoded_size(token) > BPO_TERMS_NAME_SIZE_MAX)
            return bpo__fail_text(err, BPO_E_PATH, BPO__MSG_path_token_size, path, token, none, none);
        if (++depth > BPO_TERMS_DEPTH_MAX)
            return bpo__fail_text(err, BPO_E_PATH, BPO__MSG_path_too_deep, path, none, none, none);
    }
    return BPO_OK;
}

int bpo__path_compare(bpo__text a, bpo__text b)
{
    size_t common = a.size < b.size ? a.size : b.size;

    for (size_t i = 0; i < common; i++)
        if (a.data[i] != b.data[i])
            return rank_of(a.data[i]) < rank_of(b.data[i]) ? -1 : 1;
    return a.size == b.size ? 0 : a.size < b.size ? -1 : 1;
}

bool bpo__path_within(bpo__text path, bpo__text root)
{
    if (path.size < root.size || (root.size > 0 && memcmp(path.data, root.data, root.size) != 0))
        return false;
    return path.size == root.size || path.data[root.size] == '/';
}

bool bpo__path_next(bpo__text path, size_t *position, bpo__text *ret_token)
{
    size_t start = *position + 1;
    size_t end = start;

    if (*position >= path.size)
        return false;
    while (end < path.size && path.data[end] != '/')
        end++;
    ret_token->data = path.data + start;
    ret_token->size = end - start;
    *position = end;
    return true;
}

size_t bpo__token_decode(bpo__text token, char *into)
{
    size_t size = 0;

    for (size_t i = 0; i < token.size; i++) {
        char byte = token.data[i];
        if (byte == '~' && i + 1 < token.size)
            byte = token.data[++i] == '0' ? '~' : '/';
        into[size++] = byte;
    }
    return size;
}

size_t bpo__token_encode(bpo__text token, char *into)
{
    size_t size = 0;

    for (size_t i = 0; i < token.size; i++) {
        char byte = token.data[i];
        bool escaped = byte == '~' || byte == '/';
        into[size++] = escaped ? '~' : byte;
        if (escaped)
            into[size++] = byte == '~' ? '0' : '1';
    }
    return size;
}

bool bpo__name_is_valid(bpo__text name)
{
    if (name.size == 0 || name.size > BPO_TERMS_NAME_SIZE_MAX || !is_lower(name.data[0]))
        return false;
    for (size_t i = 1; i < name.size; i++)
        if (!is_name_byte(name.data[i]))
            return false;
    return true;
}

int bpo__day_of(bpo__text word)
{
    for (int day = 0; day < 7; day++)
        if (bpo__text_is(word, days[day]))
            return day;
    return -1;
}

const char *bpo__day_text(int day)
{
    return days[day];
}

bool bpo__path_day_range(bpo__text path, bpo__day_range *ret_range)
{
    static const char parent[] = "/hours/";
    const size_t parent_size = sizeof(parent) - 1;
    const size_t range_size = 7; /* mon-fri */
    const char *last = path.data + path.size - range_size;
    int first, until;

    if (path.size < parent_size + range_size || memcmp(last - parent_size, parent, parent_size) != 0 || last[3] != '-')
        return false;
    first = bpo__day_of((bpo__text){last, 3});
    until = bpo__day_of((bpo__text){last + 4, 3});
    if (first < 0 || until < 0)
        return false;
    ret_range->stem = (bpo__text){path.data, path.size - range_size};
    ret_range->first = first;
    ret_range->count = (until - first + 7) % 7 + 1;
    return true;
}
