/* SPDX-License-Identifier: Apache-2.0 */
/* Drawn on standard error, and only where that is a terminal, so that results can be piped. */
#include "progress.h"

#include <stdio.h>
#include <unistd.h>

enum { WIDTH = 40 };

void progress_show(const char *what, size_t done, size_t total)
{
    static const char full[] = "########################################";
    static size_t shown = (size_t)-1;
    size_t percent = total ? done * 100 / total : 100;
    if (!isatty(STDERR_FILENO) || percent == shown)
        return;
    shown = percent;
    fprintf(stderr, "\r%-10s [%-40.*s] %3zu %%", what, (int)(percent * WIDTH / 100), full, percent);
    fflush(stderr);
}

void progress_clear(void)
{
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r%70s\r", "");
}
