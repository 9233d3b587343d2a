/* SPDX-License-Identifier: Apache-2.0 */
/* A statement as text for a terminal. */
#ifndef EXAMPLE_PRINT_STATEMENT_H
#define EXAMPLE_PRINT_STATEMENT_H

#include <bpo/bpo.h>
#include <stdio.h>

void print_statement(FILE *out, const bpo_statement *statement, const bpo_zone *zone);

#endif
