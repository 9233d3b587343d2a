/* SPDX-License-Identifier: Apache-2.0 */
/* How a failure is reported: one call, no allocation, stable message ids.
 *
 * Messages live in core/messages/<module>.def as MESSAGE(id, name, "English with {0} {1} {2}"); each module has
 * its own file and its own range of ids. BPO__MSG_<name> is the id. */
#ifndef BPO_CORE_FAIL_H
#define BPO_CORE_FAIL_H

#include "core/text.h"
#include <bpo/error.h>

enum {
#define MESSAGE(id, name, english) BPO__MSG_##name = (id),
#include "core/messages/all.def"
#undef MESSAGE
};

/* Fills err (may be NULL) and returns code. Arguments may be NULL where the message has none; a text is cut to
 * fit, quotes and control characters are shown as they are valid in one line. */
bpo_status bpo__fail(bpo_error *err, bpo_status code, int32_t message, const char *path, const char *argument0,
                     const char *argument1, const char *argument2);
/* The same with borrowed texts. */
bpo_status bpo__fail_text(bpo_error *err, bpo_status code, int32_t message, bpo__text path, bpo__text argument0,
                          bpo__text argument1, bpo__text argument2);
bpo_status bpo__fail_memory(bpo_error *err);                         /* BPO_E_NOMEM */
bpo_status bpo__fail_argument(bpo_error *err, const char *argument); /* BPO_E_INVALID: "{0} may not be NULL" */
/* Whatever a callback returned that is not BPO_OK: a failure unchanged; what is no failure, BPO_E_STATE. */
bpo_status bpo__fail_host(bpo_error *err, bpo_status status, const char *callback);
/* What another error says. */
bpo_status bpo__fail_as(bpo_error *err, const bpo_error *reason);
/* Puts a prefix before the path of an error that a part reported: "/calendars/office" + "/hours/mon". */
void bpo__fail_prefix(bpo_error *err, const char *prefix);

#endif
