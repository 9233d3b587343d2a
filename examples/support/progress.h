/* SPDX-License-Identifier: Apache-2.0 */
/* A progress bar on a terminal; silent elsewhere. */
#ifndef EXAMPLE_PROGRESS_H
#define EXAMPLE_PROGRESS_H

#include <stddef.h>

void progress_show(const char *what, size_t done, size_t total);
void progress_clear(void);

#endif
