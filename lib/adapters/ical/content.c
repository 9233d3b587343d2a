/* SPDX-License-Identifier: Apache-2.0 */
/* Unfolding (RFC 5545, 3.1): a line that starts with a blank continues the one before it. */
#include "adapters/ical/content.h"

#include "adapters/refuse.h"
#include <stdio.h>

static const adapter_message line_too_long = {20300, "the content line is longer than 65536 bytes"};
static const adapter_message control_character = {20301, "a control character; only text and tabs may stand here"};
static const adapter_message no_content = {20302, "this is not a content line; write NAME:VALUE"};

const char *bpo__ical_place(ical_place *place, size_t line)
{
    snprintf(place->text, sizeof place->text, "line %zu", line);
    return place->text;
}

static bpo_status refuse_line(size_t line, bpo_status status, const adapter_message *message, bpo_error *err)
{
    ical_place place;

    return adapter_refuse(err, status, message, bpo__ical_place(&place, line), NULL, NULL);
}

static int is_control(char c)
{
    return ((unsigned char)c < 0x20 && c != '\t') || c == 0x7f;
}

static int is_name(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

/* Appends the rest of the line at hand and steps behind its end. */
static bpo_status take_rest(ical_content *content, bpo_error *err)
{
    const char *from = content->text + content->position;
    size_t left = content->size - content->position;
    const char *feed = left ? memchr(from, '\n', left) : NULL;
    size_t whole = feed ? (size_t)(feed - from) : left;
    size_t size = whole > 0 && from[whole - 1] == '\r' ? whole - 1 : whole;

    for (size_t i = 0; i < size; i++)
        if (is_control(from[i]))
            return refuse_line(content->next_line, BPO_E_SYNTAX, &control_character, err);
    if (size > ICAL_LINE_SIZE_MAX - content->end)
        return refuse_line(content->line, BPO_E_LIMIT, &line_too_long, err);
    memcpy(content->bytes + content->end, from, size);
    content->end += size;
    content->position += whole + (feed != NULL);
    content->next_line++;
    return BPO_OK;
}

static int is_continued(const ical_content *content)
{
    return content->position < content->size &&
           (content->text[content->position] == ' ' || content->text[content->position] == '\t');
}

static bpo_status take_line(ical_content *content, bpo_error *err)
{
    content->line = content->next_line;
    content->end = 0;
    bpo_status status = take_rest(content, err);
    while (status == BPO_OK && is_continued(content)) {
        content->position++;
        status = take_rest(content, err);
    }
    content->bytes[content->end] = '\0';
    return status;
}

void bpo__ical_content_start(ical_content *content, const char *text, size_t size)
{
    content->text = text;
    content->size = size;
    content->position = size >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    content->next_line = 1;
}

bpo_status bpo__ical_content_next(ical_content *content, bpo_error *err)
{
    do {
        if (content->position >= content->size)
            return BPO_DONE;
        bpo_status status = take_line(content, err);
        if (status != BPO_OK)
            return status;
    } while (content->end == 0);
    content->name_size = 0;
    while (is_name(content->bytes[content->name_size]))
        content->name_size++;
    char behind = content->bytes[content->name_size];
    if (content->name_size == 0 || (behind != ':' && behind != ';'))
        return refuse_line(content->line, BPO_E_SYNTAX, &no_content, err);
    return BPO_OK;
}

int bpo__ical_content_is(const ical_content *content, const char *name)
{
    if (strlen(name) != content->name_size)
        return 0;
    for (size_t i = 0; i < content->name_size; i++) {
        char c = content->bytes[i];
        if ((c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c) != name[i])
            return 0;
    }
    return 1;
}

const char *bpo__ical_content_value(const ical_content *content)
{
    return content->bytes + content->name_size + 1;
}

int bpo__ical_content_has_value(const ical_content *content)
{
    int quoted = 0;

    for (const char *c = content->bytes + content->name_size; *c; c++) {
        if (*c == '"')
            quoted = !quoted;
        else if (*c == ':' && !quoted)
            return c[1] != '\0';
    }
    return 0;
}
