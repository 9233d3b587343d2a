/* SPDX-License-Identifier: Apache-2.0 */
/* A law that a fuzz target holds the library to: a broken one is named and ends the program, for the engine to see. */
#ifndef BPO_TESTS_HOLD_H
#define BPO_TESTS_HOLD_H

#include <stdio.h>
#include <stdlib.h>

#define hold(law) ((law) ? (void)0 : hold_broken(#law, __FILE__, __LINE__))

static inline void hold_broken(const char *law, const char *file, int line)
{
    fprintf(stderr, "%s:%d: broken law: %s\n", file, line, law);
    abort();
}

#endif
