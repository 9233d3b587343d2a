/* SPDX-License-Identifier: Apache-2.0 */
/* The message catalogue and how arguments go into a message. Errors, report rows, notices and explanations all
 * come from here, so that hosts can translate each of them by id. */
#ifndef BPO_CORE_MESSAGE_H
#define BPO_CORE_MESSAGE_H

#include "core/text.h"

#define BPO__MESSAGE_ARGUMENTS 3
/* An argument is shown up to here, so that a long one does not push out what would be right. */
#define BPO__MESSAGE_ARGUMENT_MOST 120

/* The English of a message with {0} {1} {2}, a static text; "" for an id that is not in the catalogue. */
const char *bpo__message_english(int32_t id);
/* Writes `text` to `room` bytes of `into` (> 0), NUL-terminated, in one line of valid UTF-8: control characters
 * and stray bytes as \n, \t, \r or \xHH. Cut at a character's end; at most `most` bytes. Returns the length. */
size_t bpo__message_show(bpo__text text, size_t most, char *into, size_t room);
/* Writes the English of a message with its arguments put in, by the same rules. Returns the length. */
size_t bpo__message_format(int32_t id, const bpo__text arguments[BPO__MESSAGE_ARGUMENTS], char *into, size_t room);

#endif
