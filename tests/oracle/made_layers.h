/* SPDX-License-Identifier: Apache-2.0 */
/* Layers of a random calendar: what it or one of its versions says of hours, holidays and dates. */
#ifndef BPO_TESTS_MADE_LAYERS_H
#define BPO_TESTS_MADE_LAYERS_H

#include "made_calendars.h"

/* 0 to below - 1 */
int made_any(made_family *family, int below);
/* One term at a path below a calendar's. */
void made_term(made_family *family, const char *base, const char *value, const char *format, ...);

/* Anything that a calendar or a version can set; `all` sets the whole week. */
void made_layer(made_family *family, const char *path, made_calendar *calendar, int from, int all);
/* A week and nothing else; often one that is always open. */
void made_plain_layer(made_family *family, const char *path, made_calendar *calendar);
/* Up to two versions, the earlier one first. */
void made_versions(made_family *family, const char *path, made_calendar *calendar);
/* A version without hours, or always open, and about ten years later, when the end of that becomes never, another. */
void made_silence(made_family *family, const char *path, made_calendar *calendar);

#endif
