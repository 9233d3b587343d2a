/* SPDX-License-Identifier: Apache-2.0 */
/* The content lines of an iCalendar document, unfolded, each with the number of the line that it starts on.
 *
 * libical reads lines too, but tells neither where it is nor when it drops something; so a document is cut up here, and
 * libical sees one content line at a time. */
#ifndef BPO_ADAPTERS_ICAL_CONTENT_H
#define BPO_ADAPTERS_ICAL_CONTENT_H

#include <bpo/error.h>

#define ICAL_LINE_SIZE_MAX 65536

/* A refusal's place. */
typedef struct ical_place {
    char text[32];
} ical_place;
const char *bpo__ical_place(ical_place *place, size_t line);

typedef struct ical_content {
    const char *text;
    size_t size;
    size_t position;
    size_t next_line; /* from 1: where the reader stands */
    size_t line;      /* where the present content line starts */
    size_t end;       /* bytes of the present content line */
    size_t name_size; /* bytes before its first ':' or ';' */
    char bytes[ICAL_LINE_SIZE_MAX + 1]; /* the present content line, NUL-terminated */
} ical_content;

/* Starts at the text's first line, behind a byte order mark. */
void bpo__ical_content_start(ical_content *content, const char *text, size_t size);
/* The next content line that is not empty; BPO_DONE behind the last one. */
bpo_status bpo__ical_content_next(ical_content *content, bpo_error *err);
/* Whether the present line's name is this one (in capitals). */
int bpo__ical_content_is(const ical_content *content, const char *name);
/* What stands behind the name and its colon; for lines without parameters. */
const char *bpo__ical_content_value(const ical_content *content);

/* Whether anything stands behind the colon, parameters or not. */
int bpo__ical_content_has_value(const ical_content *content);

#endif
